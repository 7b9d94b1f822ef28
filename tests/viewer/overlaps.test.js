// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { readBoard } from '../../viewer/core/board.js';
import { Overlaps } from '../../viewer/core/overlaps.js';
import { areaOf } from '../../viewer/core/pieces.js';
import { board, part } from './boards.js';

function areasOf(...parts) {
  const scene = readBoard(board(parts));
  const overlaps = new Overlaps(scene);
  overlaps.update(scene.poses);
  return overlaps.areas;
}

/** What is red in all, mm². */
const redOf = (...parts) =>
  Math.round(areasOf(...parts).reduce((sum, area) => sum + areaOf(area), 0) * 1e6) / 1e6;

test('the common area of two parts is red, and nothing else', () => {
  const areas = areasOf(part('A', 0, 0), part('B', 3, 1), part('C', 30, 0));
  assert.equal(areas.length, 1);
  const xs = areas[0].filter((_, i) => i % 2 === 0);
  const ys = areas[0].filter((_, i) => i % 2 === 1);
  assert.deepEqual([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)],
                   [1, 2, 0, 1]);
});

test('parts that touch do not overlap', () => {
  assert.equal(redOf(part('A', 0, 0), part('B', 4, 0), part('C', 0, 2)), 0);
});

test('rounding to a micrometre does not make parts overlap', () => {
  assert.equal(redOf(part('A', 0, 0), part('B', 3.999, 0)), 0);
  assert.equal(redOf(part('A', 0, 0), part('B', 3.99, 0)), 0.02);
});

test('the two sides of the board are apart', () => {
  assert.equal(redOf(part('A', 0, 0), part('B', 1, 0, { pose: [0, 1] })), 0);
  assert.equal(redOf(part('A', 0, 0, { pose: [0, 1] }), part('B', 1, 0, { pose: [0, 1] })), 6);
});

test('a part that takes up both sides meets those on the back', () => {
  const through = part('J', 0, 0);
  through.body = [through.body[0], through.body[0]];
  assert.equal(redOf(through, part('B', 1, 0, { pose: [0, 1] })), 6);
  assert.equal(areasOf(through, { ...through, key: 'K' }).length, 2);
});

test('of a set of parts those overlaps are found that are between them', () => {
  const scene = readBoard(board([part('A', 0, 0), part('B', 1, 0), part('C', 2, 0)]));
  const overlaps = new Overlaps(scene);
  const found = (...only) => {
    overlaps.update(scene.poses, new Set(only));
    return overlaps.areas.map(areaOf);
  };
  assert.deepEqual(found(0, 1), [6]);
  assert.deepEqual(found(0, 2), [4]);
  assert.deepEqual(found(2), []);
});

test('a turned part is measured by its true shape', () => {
  // The corner of the turned square points between the boxes but not into the part.
  const diamond = part('D', 0, 0, { width: 4, height: 4, pose: [4500, 0] });
  assert.equal(redOf(diamond, part('A', 3.9, 2.5)), 0);
  // A right corner that reaches in by d covers d².
  const depth = 2 * Math.SQRT2 - 1.9;
  assert.equal(redOf(diamond, part('A', 3.9, 0)).toFixed(3), (depth ** 2).toFixed(3));
});

test('the inside of an L is free, on either side of the board', () => {
  for (const side of [0, 1]) {
    const shape = (key, ...ring) => part(key, 0, 0, {
      pose: [0, side], body: [[ring.map((value) => value * 1e6)], []],
    });
    const l = shape('L', 0, 0, 10, 0, 10, 2, 2, 2, 2, 10, 0, 10);
    assert.equal(redOf(l, shape('A', 4, 4, 8, 4, 8, 8, 4, 8)), 0);
    assert.equal(redOf(l, shape('A', 2, 2, 8, 2, 8, 8, 2, 8)), 0);
    assert.equal(redOf(l, shape('A', 1, 4, 8, 4, 8, 8, 1, 8)), 4);
    assert.equal(redOf(l, shape('A', 0.5, 0.5, 1, 0.5, 1, 1, 0.5, 1)), 0.25);
    assert.equal(redOf(l, { ...l, key: 'M' }), 36);
  }
});

test('a heap of parts at one place ends in time', () => {
  const parts = Array.from({ length: 3000 }, (_, i) => part(`R${i}`, 5, 5));
  assert.ok(areasOf(...parts).length >= 1000);
});

test('a body that crosses itself, or has a great many corners, ends in time', () => {
  const star = Array.from({ length: 4000 }, (_, i) => {
    const radius = i % 2 === 0 ? 5e6 : 2e6;
    return [radius * Math.cos(i / 636.62), radius * Math.sin(i / 636.62)];
  }).flat();
  const bow = [0, 0, 4e6, 4e6, 4e6, 0, 0, 4e6];
  const odd = (key, ring) => part(key, 0, 0, { body: [[ring], []] });
  for (const area of areasOf(odd('A', star), odd('B', star), odd('C', bow), odd('D', bow))) {
    assert.ok(area.every(Number.isFinite));
  }
});
