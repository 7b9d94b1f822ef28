// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { readBoard } from '../../viewer/core/geometry.js';
import { findOverlaps, ringsOverlap } from '../../viewer/core/overlaps.js';
import { board, part } from './boards.js';

function overlapsOf(...parts) {
  const scene = readBoard(board(parts));
  const marks = new Uint8Array(parts.length);
  findOverlaps(scene, scene.poses, marks);
  return [...marks];
}

test('parts that lie on each other are marked, others not', () => {
  assert.deepEqual(overlapsOf(part('A', 0, 0), part('B', 3, 1), part('C', 30, 0)),
                   [1, 1, 0]);
});

test('parts that touch do not overlap', () => {
  assert.deepEqual(overlapsOf(part('A', 0, 0), part('B', 4, 0), part('C', 0, 2)), [0, 0, 0]);
});

test('rounding to a micrometre does not make parts overlap', () => {
  assert.deepEqual(overlapsOf(part('A', 0, 0), part('B', 3.999, 0)), [0, 0]);
  assert.deepEqual(overlapsOf(part('A', 0, 0), part('B', 3.99, 0)), [1, 1]);
});

test('the two sides of the board are apart', () => {
  assert.deepEqual(overlapsOf(part('A', 0, 0), part('B', 1, 0, { pose: [0, 1] })), [0, 0]);
  assert.deepEqual(overlapsOf(part('A', 0, 0, { pose: [0, 1] }),
                          part('B', 1, 0, { pose: [0, 1] })), [1, 1]);
});

test('a part that takes up both sides meets those on the back', () => {
  const through = part('J', 0, 0);
  through.body = [through.body[0], through.body[0]];
  assert.deepEqual(overlapsOf(through, part('B', 1, 0, { pose: [0, 1] })), [1, 1]);
  assert.deepEqual(overlapsOf(through, { ...through, key: 'K' }), [1, 1]);
});

test('parts that both lie fast are not counted', () => {
  const locked = { locked: true };
  const held = { held: true };
  assert.deepEqual(overlapsOf(part('A', 0, 0, locked), part('B', 1, 0, held)), [0, 0]);
  assert.deepEqual(overlapsOf(part('A', 0, 0, locked), part('B', 1, 0)), [1, 1]);
});

test('a turned part is measured by its true shape', () => {
  // The corner of the turned square points between the boxes but not into the part.
  const diamond = part('D', 0, 0, { width: 4, height: 4, pose: [4500, 0] });
  assert.deepEqual(overlapsOf(diamond, part('A', 3.9, 2.5)), [0, 0]);
  assert.deepEqual(overlapsOf(diamond, part('A', 3.9, 0)), [1, 1]);
});

test('the inside of an L is free', () => {
  const l = [0, 0, 10, 0, 10, 2, 2, 2, 2, 10, 0, 10];
  assert.equal(ringsOverlap(l, [4, 4, 8, 4, 8, 8, 4, 8]), false);
  assert.equal(ringsOverlap(l, [2, 2, 8, 2, 8, 8, 2, 8]), false);
  assert.equal(ringsOverlap(l, [1, 4, 8, 4, 8, 8, 1, 8]), true);
  assert.equal(ringsOverlap(l, [0.5, 0.5, 1, 0.5, 1, 1, 0.5, 1]), true);
  assert.equal(ringsOverlap(l, l), true);
});

test('a heap of parts at one place ends in time', () => {
  const parts = Array.from({ length: 3000 }, (_, i) => part(`R${i}`, 5, 5));
  assert.ok(overlapsOf(...parts).every((mark) => mark === 1));
  const rings = parts.map((one) => ({ ...one, held: true }));
  assert.ok(overlapsOf(...rings).every((mark) => mark === 0));
});
