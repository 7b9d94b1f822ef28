// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { COLORS } from '../../viewer/core/colors.js';
import { hullOf } from '../../viewer/core/pieces.js';
import { readColor, themeFor } from '../../viewer/core/theme.js';

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
    assert.deepEqual(Object.keys(themeFor(scheme)).sort(), names, scheme);
  }
  assert.equal(themeFor('sepia'), themeFor('light'));
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
