// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { readBoard } from '../../viewer/core/board.js';
import { Room } from '../../viewer/core/outside.js';
import { board, pad, part } from './boards.js';

const mm = (...values) => values.map((value) => value * 1e6);

function outsideOf(parts, extra = {}) {
  const scene = readBoard(board(parts, extra));
  return new Room(scene).countOutside(scene.poses);
}

test('a part on the board is inside, up to its very edge', () => {
  assert.equal(outsideOf([part('A', 50, 30), part('B', 2, 1), part('C', 98.0005, 59.0005)]), 0);
});

test('a part over the edge, beside the board or on a hole is outside', () => {
  assert.equal(outsideOf([part('A', 1.9, 30), part('B', 200, 30), part('C', 85, 45)]), 3);
});

test('a part that may not move is not counted', () => {
  assert.equal(outsideOf([part('A', 0, 0, { locked: true }), part('B', 0, 0, { held: true })]), 0);
});

test('a keepout counts on its own side alone', () => {
  const keepouts = [{ sides: 2, points: mm(40, 20, 60, 20, 60, 40, 40, 40) }];
  assert.equal(outsideOf([part('A', 50, 30)], { keepouts }), 0);
  assert.equal(outsideOf([part('A', 50, 30, { pose: [0, 1] })], { keepouts }), 1);
});

test('where pads may not be, a part is outside by its pads alone', () => {
  // The pads of A, of 1 mm each, are in the middle of 48.6 and 51.4.
  const padKeepout = (x, extra) => [{
    net: -1, sides: 1, points: mm(x, 29, x + 1, 29, x + 1, 31, x, 31), ...extra,
  }];
  const outside = (keepouts, extra = {}) =>
    outsideOf([part('A', 50, 30, extra)], { pad_keepouts: keepouts });
  assert.equal(outside(padKeepout(49.5)), 0);
  assert.equal(outside(padKeepout(48.5)), 1);
  assert.equal(outside(padKeepout(48.5, { net: 0 })), 0);
  assert.equal(outside(padKeepout(48.5, { net: 1 })), 1);
  assert.equal(outside(padKeepout(48.5, { sides: 2 })), 0);
  assert.equal(outside(padKeepout(48.5, { sides: 2 }), { pose: [0, 1] }), 1);
  assert.equal(outside(padKeepout(48.5, { sides: 0 })), 0);
  const holes = [pad('1', 0, -1.4, 0, { drill: 5e5, sides: 3 })];
  assert.equal(outside(padKeepout(48.5, { sides: 0 }), { pads: holes }), 1);
});

test('the notch of an outline is outside', () => {
  const outlines = [{ hole: false, points: mm(0, 0, 60, 0, 60, 20, 20, 20, 20, 60, 0, 60) }];
  assert.equal(outsideOf([part('A', 10, 50), part('B', 50, 10)], { outlines }), 0);
  assert.equal(outsideOf([part('A', 40, 40), part('B', 20, 20)], { outlines }), 2);
});

test('without an outline nothing is outside', () => {
  assert.equal(outsideOf([part('A', 5000, 0)], { outlines: [] }), 0);
});

test('what cannot be known is not told', () => {
  const points = Array.from({ length: 1000 }, (_, i) => {
    const radius = i % 2 === 0 ? 50 : 40;
    const turn = (i * 2 * Math.PI) / 1000;
    return mm(50 + radius * Math.cos(turn), 50 + radius * Math.sin(turn));
  }).flat();
  assert.equal(outsideOf([part('A', 50, 50)], { outlines: [{ hole: false, points }] }), null);
});
