// SPDX-License-Identifier: GPL-3.0-or-later

// The colours of the board, wherever it is seen: the page takes them from here, the window from
// what src/render/make-theme.py makes of them. That reads all between the outermost braces as
// JSON, so everything is quoted and nothing is told there in comments. By name:
//
// background       around the board, and in its holes
// silk, fab        drawings of the board and of its parts
// pad_back         copper that is on the far side alone
// area             where the parts of a sheet belong
// selection        what a person points at or chose, and its nets
// part             of a part without a module
// net_classes      ratsnest lines of nets that are in a class other than the usual one: told apart
//                  from the other lines, and from each other, by the colour-blind as well
// trail            where a part has been
// heat             from empty to full on both sides, evenly apart
// modules          told apart by people with the common kinds of colour blindness as well:
//                  neighbours differ in lightness, none is red, which is for overlaps alone
//
// light_safe and dark_safe have what is otherwise where a person chose colours that are safe for
// the colour-blind: those of Okabe and Ito, and cividis for the heat. Black, or white on dark, is
// for overlaps alone: orange looks like copper to many of them.
//
// light_more and dark_more have what is otherwise where contrast is asked for: what is faint for
// the eye's comfort is not then. Those with _safe as well have what the two together need.

export const COLORS = {
  "light": {
    "background": "#f3f4f6",
    "board": "#dfeae1",
    "edge": "#3f6f58",
    "keepout": "rgb(138 90 0 / 45%)",
    "silk": "rgb(36 68 58 / 55%)",
    "fab": "rgb(31 42 55 / 50%)",
    "pad": "#b9822a",
    "pad_back": "rgb(140 122 88 / 55%)",
    "hole": "#f7f8f9",
    "track_front": "rgb(168 105 31 / 45%)",
    "track_back": "rgb(47 111 143 / 35%)",
    "zone_front": "rgb(192 124 44 / 22%)",
    "zone_back": "rgb(67 137 171 / 18%)",
    "area": "rgb(75 63 160 / 80%)",
    "grid": "rgb(30 60 50 / 10%)",
    "label": "#17212b",
    "ratsnest": "rgb(31 95 168 / 42%)",
    "ratsnest_power": "rgb(75 85 99 / 20%)",
    "net_classes": [
      "rgb(208 128 0 / 70%)", "rgb(142 31 122 / 70%)", "rgb(0 163 122 / 70%)",
      "rgb(77 90 0 / 70%)", "rgb(124 77 255 / 70%)"
    ],
    "overlap": "#d81b2a",
    "lock": "#2b3440",
    "selection": "#0b5cad",
    "part": "#7289a6",
    "trail": "rgb(43 60 80 / 32%)",
    "forces": {
      "attraction": "#18794e",
      "repulsion": "#c2412d",
      "boundary": "#8a5a00",
      "constraint": "#6d3fc0",
      "alignment": "#0b6fb8"
    },
    "heat": [
      "rgb(255 255 255 / 0%)", "rgb(250 214 90 / 67%)", "rgb(214 120 40 / 82%)",
      "rgb(92 26 110 / 92%)"
    ],
    "modules": [
      "#2f6fb5", "#d9a514", "#7d4fa3", "#2fa89a", "#c76fa8",
      "#6f7d1f", "#63b3e4", "#9a6a3a", "#3d4f9f", "#a8b545"
    ]
  },
  "dark": {
    "background": "#17191d",
    "board": "#12322a",
    "edge": "#5aa583",
    "keepout": "rgb(224 176 80 / 45%)",
    "silk": "rgb(207 227 217 / 50%)",
    "fab": "rgb(230 237 243 / 45%)",
    "pad": "#dcab4e",
    "pad_back": "rgb(161 143 106 / 50%)",
    "hole": "#0d1012",
    "track_front": "rgb(215 155 74 / 40%)",
    "track_back": "rgb(90 167 207 / 35%)",
    "zone_front": "rgb(192 138 66 / 24%)",
    "zone_back": "rgb(79 150 187 / 20%)",
    "area": "rgb(185 174 252 / 80%)",
    "grid": "rgb(220 240 230 / 8%)",
    "label": "#f4f7f9",
    "ratsnest": "rgb(159 208 255 / 40%)",
    "ratsnest_power": "rgb(195 204 214 / 16%)",
    "net_classes": [
      "rgb(255 204 51 / 70%)", "rgb(255 154 224 / 70%)", "rgb(64 224 176 / 70%)",
      "rgb(255 255 255 / 70%)", "rgb(149 117 255 / 70%)"
    ],
    "overlap": "#ff4d55",
    "lock": "#f0f3f6",
    "selection": "#bfe2ff",
    "part": "#8298b5",
    "trail": "rgb(205 225 240 / 28%)",
    "forces": {
      "attraction": "#5fd6a0",
      "repulsion": "#ff8a75",
      "boundary": "#f0bd55",
      "constraint": "#b99cff",
      "alignment": "#6cc4ff"
    },
    "heat": [
      "rgb(0 0 0 / 0%)", "rgb(120 60 140 / 67%)", "rgb(226 120 60 / 82%)",
      "rgb(255 224 120 / 92%)"
    ],
    "modules": [
      "#5b9be0", "#e8bf45", "#ab82d6", "#45c4b4", "#e08fc3",
      "#a5b53c", "#9ad4f5", "#c49363", "#7488e0", "#d3dd85"
    ]
  },
  "light_safe": {
    "net_classes": [
      "rgb(230 159 0 / 85%)", "rgb(204 121 167 / 85%)", "rgb(0 158 115 / 85%)",
      "rgb(0 0 0 / 60%)", "rgb(86 180 233 / 85%)"
    ],
    "overlap": "#000000",
    "forces": {
      "attraction": "#009e73",
      "repulsion": "#d55e00",
      "boundary": "#e69f00",
      "constraint": "#000000",
      "alignment": "#0072b2"
    },
    "heat": [
      "rgb(254 232 56 / 0%)", "rgb(211 193 100 / 67%)", "rgb(87 93 109 / 82%)",
      "rgb(0 34 78 / 92%)"
    ],
    "modules": [
      "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9",
      "#d55e00", "#f0e442", "#004b75", "#8fd4bd", "#7a3d62"
    ]
  },
  "dark_safe": {
    "net_classes": [
      "rgb(240 228 66 / 75%)", "rgb(204 121 167 / 85%)", "rgb(0 190 140 / 85%)",
      "rgb(255 255 255 / 70%)", "rgb(230 159 0 / 85%)"
    ],
    "overlap": "#ffffff",
    "forces": {
      "attraction": "#00be8c",
      "repulsion": "#ff6a13",
      "boundary": "#f0e442",
      "constraint": "#ffffff",
      "alignment": "#56b4e9"
    },
    "heat": [
      "rgb(0 34 78 / 0%)", "rgb(66 78 108 / 67%)", "rgb(166 157 117 / 82%)",
      "rgb(254 232 56 / 92%)"
    ],
    "modules": [
      "#56b4e9", "#e69f00", "#00be8c", "#e59ac4", "#3d9be0",
      "#ff6a13", "#f0e442", "#8ab8d8", "#a9e5d2", "#b06a94"
    ]
  },
  "light_more": {
    "edge": "#10402b",
    "keepout": "#6a4500",
    "silk": "#12241e",
    "fab": "rgb(20 28 38 / 75%)",
    "area": "#3a2f95",
    "label": "#000000",
    "ratsnest": "rgb(10 70 150 / 85%)",
    "ratsnest_power": "rgb(40 48 58 / 55%)",
    "trail": "rgb(20 30 45 / 70%)",
    "net_classes": [
      "rgb(211 91 13 / 95%)", "rgb(144 13 103 / 95%)", "rgb(0 120 82 / 95%)",
      "rgb(51 82 0 / 95%)", "rgb(128 76 255 / 95%)"
    ]
  },
  "dark_more": {
    "edge": "#8fe0ba",
    "keepout": "#ffd27a",
    "silk": "#eef8f3",
    "fab": "rgb(240 245 250 / 75%)",
    "area": "#c9c0ff",
    "label": "#ffffff",
    "ratsnest": "rgb(180 220 255 / 85%)",
    "ratsnest_power": "rgb(215 222 230 / 55%)",
    "trail": "rgb(225 238 250 / 70%)",
    "net_classes": [
      "rgb(246 209 48 / 95%)", "rgb(255 144 204 / 95%)", "rgb(48 205 157 / 95%)",
      "rgb(255 255 255 / 95%)", "rgb(160 131 255 / 95%)"
    ]
  },
  "light_more_safe": {
    "net_classes": [
      "rgb(160 106 0 / 95%)", "rgb(158 62 112 / 95%)", "rgb(0 110 80 / 95%)",
      "rgb(0 0 0 / 95%)", "rgb(30 128 196 / 95%)"
    ],
    "forces": {
      "attraction": "#007656",
      "repulsion": "#b04a00",
      "boundary": "#946400",
      "constraint": "#000000",
      "alignment": "#0072b2"
    }
  },
  "dark_more_safe": {
    "net_classes": [
      "rgb(240 228 66 / 95%)", "rgb(204 121 167 / 95%)", "rgb(0 190 140 / 95%)",
      "rgb(255 255 255 / 95%)", "rgb(230 159 0 / 95%)"
    ]
  }
};
