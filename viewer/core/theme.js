// SPDX-License-Identifier: GPL-3.0-or-later

// The colours of the board, light and dark; those of the window (src/render/bw-theme.c), so that
// a part looks the same wherever it is seen. Red is for overlaps alone.

const LIGHT = {
  dark: false,
  background: '#f3f4f6',
  grid: 'rgb(30 60 50 / 7%)',
  gridMajor: 'rgb(30 60 50 / 13%)',
  board: '#dfeae1',
  boardEdge: '#3f6f58',
  boardShadow: 'rgb(20 40 50 / 10%)',
  keepout: 'rgb(138 90 0 / 45%)',
  area: 'rgb(75 63 160 / 60%)',
  areaName: '#4b3fa0',
  copper: [
    { zone: '#d9b27e', track: '#a8691f', via: '#8d5a1c' },
    { zone: '#9fc1d3', track: '#2f6f8f', via: '#8d5a1c' },
  ],
  copperAlpha: 0.42,
  copperAlphaBack: 0.3,
  zoneEdge: 'rgb(120 84 36 / 30%)',
  silk: 'rgb(36 68 58 / 65%)',
  fab: 'rgb(31 42 55 / 40%)',
  pad: '#b9822a',
  padThrough: '#96713a',
  padBack: 'rgb(140 122 88 / 55%)',
  hole: '#f7f8f9',
  label: '#17212b',
  labelHalo: 'rgb(255 255 255 / 80%)',
  neutral: [114, 137, 166],
  bodyAlpha: 0.42,
  bodyAlphaBack: 0.16,
  edgeAlpha: 1,
  edgeAlphaBack: 0.55,
  net: 'rgb(31 95 168 / 42%)',
  power: 'rgb(75 85 99 / 20%)',
  netStrong: '#0b5cad',
  overlapFill: 'rgb(216 27 42 / 55%)',
  overlapEdge: '#d81b2a',
  lock: '#2b3440',
  trail: 'rgb(43 60 80 / 32%)',
  highlight: '#0b5cad',
  // From empty to full on both sides.
  heat: [[255, 255, 255, 0], [250, 214, 90, 170], [214, 120, 40, 210], [92, 26, 110, 235]],
  forces: {
    attraction: '#18794e', repulsion: '#c2412d', boundary: '#8a5a00',
    constraint: '#6d3fc0', alignment: '#0b6fb8', other: '#4d5966',
  },
  modules: [
    [47, 111, 181], [217, 165, 20], [125, 79, 163], [47, 168, 154], [199, 111, 168],
    [111, 125, 31], [99, 179, 228], [154, 106, 58], [61, 79, 159], [168, 181, 69],
  ],
};

const DARK = {
  dark: true,
  background: '#17191d',
  grid: 'rgb(220 240 230 / 5%)',
  gridMajor: 'rgb(220 240 230 / 9%)',
  board: '#12322a',
  boardEdge: '#5aa583',
  boardShadow: 'rgb(0 0 0 / 35%)',
  keepout: 'rgb(224 176 80 / 45%)',
  area: 'rgb(176 164 255 / 60%)',
  areaName: '#b9aefc',
  copper: [
    { zone: '#7d5a2b', track: '#d79b4a', via: '#e8c07d' },
    { zone: '#2f5f79', track: '#5aa7cf', via: '#e8c07d' },
  ],
  copperAlpha: 0.42,
  copperAlphaBack: 0.32,
  zoneEdge: 'rgb(224 176 110 / 28%)',
  silk: 'rgb(207 227 217 / 62%)',
  fab: 'rgb(230 237 243 / 34%)',
  pad: '#dcab4e',
  padThrough: '#b58f4c',
  padBack: 'rgb(161 143 106 / 50%)',
  hole: '#0d1012',
  label: '#f4f7f9',
  labelHalo: 'rgb(10 22 19 / 80%)',
  neutral: [130, 152, 181],
  bodyAlpha: 0.42,
  bodyAlphaBack: 0.15,
  edgeAlpha: 1,
  edgeAlphaBack: 0.5,
  net: 'rgb(159 208 255 / 40%)',
  power: 'rgb(195 204 214 / 16%)',
  netStrong: '#9fd0ff',
  overlapFill: 'rgb(255 77 85 / 55%)',
  overlapEdge: '#ff4d55',
  lock: '#f0f3f6',
  trail: 'rgb(205 225 240 / 28%)',
  highlight: '#9fd0ff',
  heat: [[0, 0, 0, 0], [120, 60, 140, 170], [226, 120, 60, 210], [255, 224, 120, 235]],
  forces: {
    attraction: '#5fd6a0', repulsion: '#ff8a75', boundary: '#f0bd55',
    constraint: '#b99cff', alignment: '#6cc4ff', other: '#b6c2cd',
  },
  modules: [
    [91, 155, 224], [232, 191, 69], [171, 130, 214], [69, 196, 180], [224, 143, 195],
    [165, 181, 60], [154, 212, 245], [196, 147, 99], [116, 136, 224], [211, 221, 133],
  ],
};

function css([r, g, b], alpha) {
  return `rgb(${r} ${g} ${b} / ${Math.round(alpha * 100)}%)`;
}

// What is faint for the eye's comfort is not where contrast is asked for.
const MORE_LIGHT = {
  ...LIGHT, boardEdge: '#10402b', silk: '#12241e', fab: 'rgb(20 28 38 / 75%)',
  net: 'rgb(10 70 150 / 85%)', power: 'rgb(40 48 58 / 55%)', trail: 'rgb(20 30 45 / 70%)',
  area: '#3a2f95', keepout: '#6a4500', zoneEdge: '#6b4a1c', bodyAlpha: 0.3, bodyAlphaBack: 0.1,
  edgeAlphaBack: 0.85, label: '#000000', labelHalo: '#ffffff',
};
const MORE_DARK = {
  ...DARK, boardEdge: '#8fe0ba', silk: '#eef8f3', fab: 'rgb(240 245 250 / 75%)',
  net: 'rgb(180 220 255 / 85%)', power: 'rgb(215 222 230 / 55%)', trail: 'rgb(225 238 250 / 70%)',
  area: '#c9c0ff', keepout: '#ffd27a', zoneEdge: '#e0b06e', bodyAlpha: 0.3, bodyAlphaBack: 0.1,
  edgeAlphaBack: 0.85, label: '#ffffff', labelHalo: '#000000',
};
const THEMES = { light: LIGHT, dark: DARK, 'light-more': MORE_LIGHT, 'dark-more': MORE_DARK };

/** The colours of a scheme: 'light' or 'dark', or these with '-more' contrast. */
export function themeFor(scheme) {
  return THEMES[scheme] ?? LIGHT;
}

function moduleRgb(theme, module) {
  return module < 0 ? theme.neutral : theme.modules[module % theme.modules.length];
}

/** A module's opaque colour; −1 is no module. */
export function moduleColor(theme, module) {
  return css(moduleRgb(theme, module), 1);
}

/** { fill, edge } of a body; `dim` 0 to 1 fades it. */
export function bodyColors(theme, module, back, dim = 1) {
  const rgb = moduleRgb(theme, module);
  return {
    fill: css(rgb, (back ? theme.bodyAlphaBack : theme.bodyAlpha) * dim),
    edge: css(rgb, (back ? theme.edgeAlphaBack : theme.edgeAlpha) * dim),
  };
}

/** The colour of somebody who is at the board. */
export function personColor(hue_deg, dark) {
  return `hsl(${Math.round(hue_deg)} 75% ${dark ? 68 : 38}%)`;
}
