// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { COLORS } from '../../viewer/core/colors.js';
import { hullOf } from '../../viewer/core/pieces.js';
import { colorsOf, moduleColor, netGroups, readColor, themeFor } from '../../viewer/core/theme.js';

test('a zone looks on the bare board as the window draws it', () => {
  for (const scheme of ['light', 'dark']) {
    const board = readColor(COLORS[scheme].board);
    ['front', 'back'].forEach((side, i) => {
      const [r, g, b, alpha] = readColor(COLORS[scheme][`zone_${side}`]);
      const { zone, alpha: sheet } = themeFor(scheme).copper[i];
      const mixed = readColor(zone);
      [r, g, b].forEach((value, k) => {
        const wanted = board[k] + alpha * (value - board[k]);
        const got = board[k] + sheet * (mixed[k] - board[k]);
        assert.ok(Math.abs(wanted - got) < 1, `${scheme} ${side}: ${got} is not ${wanted}`);
        assert.ok(mixed[k] >= 0 && mixed[k] <= 255);
      });
    });
  }
});

test('every scheme has every colour, and one that is not known is light', () => {
  const names = Object.keys(themeFor('light')).sort();
  for (const scheme of ['dark', 'light-more', 'dark-more']) {
    for (const end of ['', '-safe']) {
      assert.deepEqual(Object.keys(themeFor(scheme + end)).sort(), names, scheme + end);
    }
  }
  assert.equal(themeFor('sepia'), themeFor('light'));
});

/** What the two common kinds of colour blindness see of a colour (Machado and others, 2009). */
const BLINDNESS = {
  deuteranopia: [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
  protanopia: [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
};

function seenBy(kind, [r, g, b]) {
  const linear = [r, g, b].map((value) => (value / 255) ** 2.2);
  return BLINDNESS[kind].map((row) => {
    const value = row.reduce((sum, weight, i) => sum + weight * linear[i], 0);
    return 255 * Math.min(Math.max(value, 0), 1) ** (1 / 2.2);
  });
}

const apart = (a, b) => Math.hypot(...a.map((value, i) => value - b[i]));

test('the first modules, the forces and overlaps are apart for the colour-blind', () => {
  for (const scheme of ['light-safe', 'dark-safe']) {
    const theme = themeFor(scheme);
    const groups = {
      modules: [...theme.modules.slice(0, 7), readColor(theme.overlap).slice(0, 3)],
      forces: Object.values(theme.forces).map((color) => readColor(color).slice(0, 3)),
    };
    for (const kind of Object.keys(BLINDNESS)) {
      for (const [name, colors] of Object.entries(groups)) {
        const seen = colors.map((color) => seenBy(kind, color));
        seen.forEach((one, i) => seen.slice(i + 1).forEach((other, k) => {
          assert.ok(apart(one, other) > 30, `${scheme}, ${kind}: ${name} ${i} and ${i + 1 + k}`);
        }));
      }
    }
  }
});

test('a hull holds all points, and is made of some of them', () => {
  const points = new Float64Array(2000);
  let seed = 1;
  const next = () => {
    seed = (seed * 48271) % 2147483647;
    return seed % 1000;
  };
  for (let round = 0; round < 20; round++) {
    points.forEach((_, i) => {
      points[i] = next();
    });
    const hull = hullOf(points);
    const corners = hull.length / 2;
    assert.ok(corners >= 3 && corners < 100);
    for (let i = 0; i < corners; i++) {
      const [ax, ay] = hull.slice(2 * i);
      const k = (2 * i + 2) % hull.length;
      const [bx, by] = hull.slice(k);
      for (let p = 0; p < points.length; p += 2) {
        assert.ok((bx - ax) * (points[p + 1] - ay) - (by - ay) * (points[p] - ax) >= 0);
      }
    }
  }
});

test('the hull of points on a line, or of one place, is no more than these', () => {
  assert.deepEqual(hullOf([3, 3, 1, 1, 2, 2]), [1, 1, 3, 3]);
  assert.deepEqual(hullOf([5, 5, 5, 5, 5, 5]).length <= 4, true);
  assert.deepEqual(hullOf([]), []);
});

// What is left of a colour, in linear light, for who lacks the cones for long or middle waves:
// Viénot, Brettel and Mollon 1999.
const EYES = {
  all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  'no long waves': [[0.1121, 0.8853, -0.0005], [0.1127, 0.8897, -0.0001], [0.0045, 0.0001, 1.0019]],
  'no middle waves': [[0.2920, 0.7054, -0.0003], [0.2934, 0.7089, 0], [-0.0209, 0.0256, 1.0019]],
};

/** CIE L*a*b* of a colour as such an eye sees it. */
function seen(rgb, eye) {
  const light = rgb.map((value) => (value <= 10.3 ? value / 3294.6
    : ((value / 255 + 0.055) / 1.055) ** 2.4));
  const [r, g, b] = eye.map((row) =>
    Math.max(0, row.reduce((sum, share, i) => sum + share * light[i], 0)));
  const [x, y, z] = [(0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
    0.2126 * r + 0.7152 * g + 0.0722 * b, (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089]
    .map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

test('lines of net classes are told apart, also by who is colour-blind', () => {
  for (const scheme of ['light', 'dark', 'light_more', 'dark_more']) {
    const { board, ratsnest, ratsnest_power, net_classes, overlap } =
      { ...COLORS[scheme.split('_')[0]], ...COLORS[scheme] };
    const under = readColor(board);
    const drawn = [board, ratsnest, ratsnest_power, overlap, ...net_classes].map((color) => {
      const [r, g, b, alpha] = readColor(color);
      return [r, g, b].map((value, i) => under[i] + alpha * (value - under[i]));
    });
    for (const [name, eye] of Object.entries(EYES)) {
      const colors = drawn.map((color) => seen(color, eye));
      for (let i = 4; i < colors.length; i++) {
        for (let j = 0; j < i; j++) {
          const apart = Math.hypot(...colors[i].map((value, k) => value - colors[j][k]));
          assert.ok(apart > 12, `${scheme}, ${name}: ${i} and ${j} are ${apart} apart`);
        }
      }
    }
  }
});

test('where contrast is asked for, what is drawn stands out three to one', () => {
  // Of the Web Content Accessibility Guidelines.
  const luminance = (rgb) => seen(rgb, EYES.all)[0];
  const light = (lightness) => ((lightness + 16) / 116) ** 3;
  for (const scheme of ['light-more', 'dark-more', 'light-more-safe', 'dark-more-safe']) {
    const theme = themeFor(scheme);
    const under = readColor(theme.board).slice(0, 3);
    const drawn = [theme.boardEdge, theme.keepout, theme.silk, theme.fab, theme.area, theme.label,
                   theme.net, theme.power, theme.trail, theme.overlapEdge, theme.lock,
                   theme.highlight, ...theme.netClasses, ...Object.values(theme.forces)];
    drawn.forEach((color) => {
      const [r, g, b, alpha] = readColor(color);
      const over = [r, g, b].map((value, i) => under[i] + alpha * (value - under[i]));
      const [dark, bright] = [over, under].map((rgb) => light(luminance(rgb)))
        .sort((one, other) => one - other);
      const ratio = (bright + 0.05) / (dark + 0.05);
      assert.ok(ratio >= 3, `${scheme}: ${color} is ${ratio.toFixed(2)} to one`);
    });
  }
});

test('modules have the colours that were chosen, as far as text on them can be read', () => {
  const colors = colorsOf([0, 0x1c061cb, 0x1ffffff, 7], Array.from({ length: 12 }));
  assert.deepEqual(colors.slice(0, 4), [-1, 0xc061cb, 0xffffff, -1]);
  assert.equal(themeFor('light', colorsOf([], ['a'])), themeFor('light'));
  const [light, dark] = ['light', 'dark'].map((scheme) => themeFor(scheme, colors));
  assert.equal(light, themeFor('light', colors));
  assert.equal(moduleColor(light, 1), 'rgb(192 97 203 / 100%)');
  assert.equal(moduleColor(light, 11), moduleColor(themeFor('light'), 11));
  assert.equal(moduleColor(light, -1), moduleColor(themeFor('light'), -1));
  // Where letters are white, white is not.
  assert.ok(readColor(moduleColor(dark, 2))[0] < 200);
});

test('every scheme has as many colours for net classes', () => {
  const count = COLORS.light.net_classes.length;
  for (const scheme of ['light', 'dark', 'light-more', 'dark-more']) {
    assert.equal(new Set(themeFor(scheme).netClasses).size, count, scheme);
  }
});

test('the class of most signals is the usual one, whatever its number', () => {
  const net = (netClass, { power = false, pins = 2 } = {}) =>
    ({ power, netClass, pins: new Uint32Array(2 * pins) });
  assert.deepEqual(netGroups([net(0), net(1), net(2)]), [1, 2, 3]);
  assert.deepEqual(netGroups([net(1), net(0), net(1), net(2)]), [1, 2, 1, 3]);
  // Supplies and what joins nothing do not count.
  assert.deepEqual(netGroups([net(0), net(1, { power: true }), net(1, { power: true })]),
                   [1, 0, 0]);
  assert.deepEqual(netGroups([net(0), net(1, { pins: 1 }), net(1, { pins: 1 })]), [1, 2, 2]);
  assert.deepEqual(netGroups([]), []);
});
