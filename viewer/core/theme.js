// SPDX-License-Identifier: GPL-3.0-or-later

// The colours of the board, light and dark. Modules go round a palette whose neighbours are
// far apart in hue.

const LIGHT = {
  background: '#eceff2',
  grid: 'rgb(30 50 70 / 9%)',
  gridMajor: 'rgb(30 50 70 / 17%)',
  board: '#fbfcfa',
  boardEdge: '#4a5a52',
  boardShadow: 'rgb(20 40 50 / 13%)',
  keepout: 'rgb(190 60 50 / 30%)',
  trackFront: 'rgb(176 110 40 / 24%)',
  trackBack: 'rgb(50 110 170 / 18%)',
  boardDrawing: 'rgb(60 75 90 / 42%)',
  silk: 'rgb(45 60 70 / 80%)',
  fab: 'rgb(45 60 70 / 38%)',
  pad: '#c08a2b',
  padThrough: '#8d6a34',
  padBack: 'rgb(90 130 165 / 75%)',
  hole: '#eceff2',
  label: '#141a20',
  labelHalo: 'rgb(255 255 255 / 82%)',
  neutral: [96, 110, 124],
  neutralBack: [70, 120, 165],
  bodyAlpha: 0.3,
  bodyAlphaBack: 0.13,
  edgeAlpha: 0.95,
  edgeAlphaBack: 0.5,
  net: 'rgb(40 80 110 / 42%)',
  power: 'rgb(120 130 140 / 28%)',
  netStrong: '#0b6fb8',
  overlapFill: 'rgb(214 40 30 / 24%)',
  overlapEdge: '#c81e14',
  lock: '#2a333c',
  lockHatch: 'rgb(40 52 64 / 32%)',
  trail: 'rgb(60 80 100 / 34%)',
  highlight: '#0b6fb8',
  forces: {
    attraction: '#18794e', repulsion: '#c2412d', boundary: '#8a5a00',
    constraint: '#6d3fc0', alignment: '#0b6fb8', other: '#4d5966',
  },
  modules: [
    [23, 132, 188], [214, 112, 20], [46, 140, 70], [178, 62, 156], [186, 144, 0],
    [96, 88, 205], [201, 60, 66], [0, 140, 140], [132, 96, 50], [110, 145, 20],
    [190, 80, 115], [70, 105, 150],
  ],
};

const DARK = {
  background: '#101418',
  grid: 'rgb(200 220 240 / 6%)',
  gridMajor: 'rgb(200 220 240 / 12%)',
  board: '#15211d',
  boardEdge: '#86a397',
  boardShadow: 'rgb(0 0 0 / 45%)',
  keepout: 'rgb(255 110 100 / 28%)',
  trackFront: 'rgb(214 150 70 / 21%)',
  trackBack: 'rgb(90 150 215 / 18%)',
  boardDrawing: 'rgb(200 215 225 / 34%)',
  silk: 'rgb(225 235 240 / 66%)',
  fab: 'rgb(215 228 238 / 30%)',
  pad: '#d9a849',
  padThrough: '#b18b4a',
  padBack: 'rgb(105 150 190 / 62%)',
  hole: '#0c1012',
  label: '#f2f5f8',
  labelHalo: 'rgb(14 20 20 / 80%)',
  neutral: [148, 163, 178],
  neutralBack: [96, 150, 200],
  bodyAlpha: 0.34,
  bodyAlphaBack: 0.14,
  edgeAlpha: 0.95,
  edgeAlphaBack: 0.5,
  net: 'rgb(160 205 235 / 34%)',
  power: 'rgb(170 180 190 / 17%)',
  netStrong: '#6cc4ff',
  overlapFill: 'rgb(255 70 60 / 27%)',
  overlapEdge: '#ff5a4f',
  lock: '#dfe6ec',
  lockHatch: 'rgb(220 232 242 / 24%)',
  trail: 'rgb(180 205 225 / 28%)',
  highlight: '#6cc4ff',
  forces: {
    attraction: '#5fd6a0', repulsion: '#ff8a75', boundary: '#f0bd55',
    constraint: '#b99cff', alignment: '#6cc4ff', other: '#b6c2cd',
  },
  modules: [
    [84, 178, 232], [245, 150, 72], [98, 200, 118], [222, 118, 204], [232, 196, 74],
    [150, 142, 250], [246, 112, 112], [62, 200, 196], [196, 156, 108], [170, 208, 76],
    [244, 142, 172], [134, 168, 212],
  ],
};

function css([r, g, b], alpha) {
  return `rgb(${r} ${g} ${b} / ${Math.round(alpha * 100)}%)`;
}

/** The colours of a scheme, 'light' or 'dark'. */
export function themeFor(scheme) {
  return scheme === 'dark' ? DARK : LIGHT;
}

/** A module's opaque colour; −1 is no module. */
export function moduleColor(theme, module, back = false) {
  const base = back ? theme.neutralBack : theme.neutral;
  return css(module < 0 ? base : theme.modules[module % theme.modules.length], 1);
}

/** { fill, edge } of a body; `dim` 0 to 1 fades it. */
export function bodyColors(theme, module, back, dim = 1) {
  const rgb = module < 0
    ? (back ? theme.neutralBack : theme.neutral)
    : theme.modules[module % theme.modules.length];
  return {
    fill: css(rgb, (back ? theme.bodyAlphaBack : theme.bodyAlpha) * dim),
    edge: css(rgb, (back ? theme.edgeAlphaBack : theme.edgeAlpha) * dim),
  };
}
