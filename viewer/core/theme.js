// SPDX-License-Identifier: GPL-3.0-or-later

// What the painters draw in: the colours that the page shares with the window, and what only the
// page draws, or draws in another way.

import { COLORS } from './colors.js';

/** '#rrggbb' or 'rgb(r g b / a%)' as [r, g, b, alpha]. */
export function readColor(color) {
  if (color.startsWith('#')) {
    const value = Number.parseInt(color.slice(1), 16);
    return [value >> 16, (value >> 8) & 255, value & 255, 1];
  }
  const [r, g, b, percent = 100] = color.match(/[\d.]+/g).map(Number);
  return [r, g, b, percent / 100];
}

function css([r, g, b], alpha) {
  return `rgb(${r} ${g} ${b} / ${Math.round(alpha * 100)}%)`;
}

/**
 * Copper of a side is drawn as one sheet, which then gets the `alpha` of tracks: zones of the
 * colours that look there as they do on the bare board.
 */
function copperOf(track, zone, board) {
  const [r, g, b, alpha] = readColor(track);
  const [zr, zg, zb, zoneAlpha] = readColor(zone);
  const under = readColor(board);
  const share = zoneAlpha / alpha;
  const mixed = [zr, zg, zb].map((value, i) =>
    Math.round(under[i] + share * (value - under[i])));
  return { alpha, track: css([r, g, b], 1), zone: css(mixed, 1) };
}

// Of a body's colour: what a chosen one is judged by, here and in the window.
const WINDOW_BODY_ALPHA = 0.42;

function themeOf(colors, own) {
  const { track_front, track_back, zone_front, zone_back, board, overlap, selection } = colors;
  return {
    ...colors,
    bodyAlpha: WINDOW_BODY_ALPHA,
    bodyAlphaBack: 0.16,
    edgeAlpha: 1,
    edgeAlphaBack: 0.55,
    boardEdge: colors.edge,
    areaName: css(readColor(colors.area), 1),
    copper: [copperOf(track_front, zone_front, board), copperOf(track_back, zone_back, board)],
    padBack: colors.pad_back,
    net: colors.ratsnest,
    power: colors.ratsnest_power,
    netClasses: colors.net_classes,
    netStrong: selection,
    highlight: selection,
    overlapFill: css(readColor(overlap), 0.55),
    overlapEdge: overlap,
    strayFill: css(readColor(overlap), 0.25),
    neutral: readColor(colors.part).slice(0, 3),
    heat: colors.heat.map(readColor).map(([r, g, b, alpha]) => [r, g, b, 255 * alpha]),
    modules: colors.modules.map((color) => readColor(color).slice(0, 3)),
    ...own,
  };
}

const OWN_LIGHT = {
  dark: false,
  gridMajor: 'rgb(30 60 50 / 16%)',
  boardShadow: 'rgb(20 40 50 / 10%)',
  zoneEdge: 'rgb(120 84 36 / 30%)',
  padThrough: '#96713a',
  labelHalo: 'rgb(255 255 255 / 80%)',
};
const OWN_DARK = {
  dark: true,
  gridMajor: 'rgb(220 240 230 / 13%)',
  boardShadow: 'rgb(0 0 0 / 35%)',
  zoneEdge: 'rgb(224 176 110 / 28%)',
  padThrough: '#b58f4c',
  labelHalo: 'rgb(10 22 19 / 80%)',
};

// What is faint for the eye's comfort is not where contrast is asked for.
const MORE = { bodyAlpha: 0.3, bodyAlphaBack: 0.1, edgeAlphaBack: 0.85 };
const MORE_LIGHT = { ...MORE, zoneEdge: '#6b4a1c', labelHalo: '#ffffff' };
const MORE_DARK = { ...MORE, zoneEdge: '#e0b06e', labelHalo: '#000000' };
const THEMES = {};
for (const [name, own, more] of [['light', OWN_LIGHT, MORE_LIGHT], ['dark', OWN_DARK, MORE_DARK]]) {
  const usual = COLORS[name];
  const safe = COLORS[`${name}_safe`];
  const strong = COLORS[`${name}_more`];
  THEMES[name] = themeOf(usual, own);
  THEMES[`${name}-safe`] = themeOf({ ...usual, ...safe }, own);
  THEMES[`${name}-more`] = themeOf({ ...usual, ...strong }, { ...own, ...more });
  THEMES[`${name}-more-safe`] = themeOf(
    { ...usual, ...safe, ...strong, ...COLORS[`${name}_more_safe`] }, { ...own, ...more });
}

// What WCAG asks of text.
const LEAST_CONTRAST = 4.5;
const STEPS = 20;

function mix(color, share, below) {
  return color.map((value, i) => below[i] + share * (value - below[i]));
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}

/**
 * A colour that somebody chose, 0xrrggbb, or as near to it as what is written on its parts can be
 * read: as render/bw-theme.c has it for the window.
 */
function fitColor(theme, chosen) {
  const color = [chosen >> 16, (chosen >> 8) & 255, chosen & 255];
  const [board, label] = [theme.board, theme.label].map((one) => readColor(one).slice(0, 3));
  for (let step = 0; step < STEPS; step++) {
    const fit = mix(color, 1 - step / STEPS, board);
    if (contrast(label, mix(fit, WINDOW_BODY_ALPHA, board)) >= LEAST_CONTRAST) {
      return fit.map(Math.round);
    }
  }
  return board;
}

/** Of each module the colour that was chosen for it, 0xrrggbb; −1: none. */
export function colorsOf(told, modules) {
  return modules.map((_, i) => (told[i] >> 24 === 1 ? told[i] & 0xffffff : -1));
}

// By the colours that were chosen: themes by their scheme.
const colored = new WeakMap();

/**
 * The colours of a scheme: 'light' or 'dark', with '-more' contrast, and '-safe' for the
 * colour-blind; with those that were chosen for modules.
 */
export function themeFor(scheme, colors = []) {
  const theme = THEMES[scheme] ?? THEMES.light;
  if (!colors.some((color) => color >= 0)) {
    return theme;
  }
  if (!colored.has(colors)) {
    colored.set(colors, new Map());
  }
  const themes = colored.get(colors);
  if (!themes.has(scheme)) {
    themes.set(scheme, {
      ...theme,
      modules: colors.map((color, i) => (color >= 0 ? fitColor(theme, color)
        : theme.modules[i % theme.modules.length])),
    });
  }
  return themes.get(scheme);
}

function moduleRgb(theme, module) {
  return module < 0 ? theme.neutral : theme.modules[module % theme.modules.length];
}

/** A module's colour, opaque unless told; −1 is no module. */
export function moduleColor(theme, module, alpha = 1) {
  return css(moduleRgb(theme, module), alpha);
}

/** { fill, edge } of a body; `dim` 0 to 1 fades it. */
export function bodyColors(theme, module, back, dim = 1) {
  const rgb = moduleRgb(theme, module);
  return {
    fill: css(rgb, (back ? theme.bodyAlphaBack : theme.bodyAlpha) * dim),
    edge: css(rgb, (back ? theme.edgeAlphaBack : theme.edgeAlpha) * dim),
  };
}

/** The group of supplies. */
export const POWER_GROUP = 0;

/** What the lines of nets are drawn in, from the lowest on: a group is an index into it. */
export function netColors({ power, net, netClasses }) {
  return [power, net, ...netClasses];
}

/** The class that most signals are in, whatever its name: what is in another one stands out. */
function usualClass(nets) {
  const counts = new Map();
  for (const { power, netClass, pins } of nets) {
    if (!power && pins.length > 2) {
      counts.set(netClass, (counts.get(netClass) ?? 0) + 1);
    }
  }
  return [...counts].reduce((best, next) => {
    const more = next[1] - best[1] || best[0] - next[0];
    return more > 0 ? next : best;
  }, [0, 0])[0];
}

/** The group of each net; those of one group have one colour. */
export function netGroups(nets) {
  const usual = usualClass(nets);
  return nets.map(({ power, netClass }) => {
    if (power) {
      return POWER_GROUP;
    }
    const rank = netClass < usual ? netClass : netClass - 1;
    return netClass === usual ? 1 : 2 + rank % THEMES.light.netClasses.length;
  });
}

/** The colour of somebody who is at the board. */
export function personColor(hue_deg, dark) {
  return `hsl(${Math.round(hue_deg)} 75% ${dark ? 68 : 38}%)`;
}
