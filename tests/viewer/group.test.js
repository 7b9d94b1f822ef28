// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { readBoard } from '../../viewer/core/board.js';
import { flipped, moved, partsIn, turned } from '../../viewer/core/group.js';
import { board, part } from './boards.js';

const BOX = [-2, -1, 2, 1];
const ODD = [0, 0, 4, 2];
const rounded = (poses) => poses.map((pose) => pose.map((value) => Math.round(value * 1e6) / 1e6));
const HALF = Math.round((Math.PI / 2) * 1e6) / 1e6;

test('one part turns about its anchor, and flips as it lies', () => {
  assert.deepEqual(rounded(turned([ODD], [[10, 20, 0, 0]])), [[10, 20, HALF, 0]]);
  assert.deepEqual(flipped([ODD], [[10, 20, 1, 0]]), [[10, 20, 1, 1]]);
});

test('several turn about the middle of what they take up, and four turns bring them back', () => {
  const poses = [[0, 0, 0, 0], [10, 4, Math.PI / 2, 1]];
  const boxes = [BOX, BOX];
  let now = poses;
  for (let i = 0; i < 4; i++) {
    now = turned(boxes, now);
    const [[ax, ay], [bx, by]] = now;
    assert.ok(Math.abs(Math.hypot(bx - ax, by - ay) - Math.hypot(10, 4)) < 1e-9, 'as far apart');
  }
  assert.deepEqual(rounded(now), rounded(poses));
});

test('several flip as one, upside down, and back again', () => {
  const poses = [[0, 0, 0, 0], [10, 4, Math.PI / 2, 1]];
  const once = flipped([BOX, BOX], poses);
  assert.deepEqual(once.map(([x, , , side]) => [x, side]), [[0, 1], [10, 0]]);
  assert.ok(Math.abs((once[0][1] - once[1][1]) - 4) < 1e-9);
  assert.deepEqual(rounded(flipped([BOX, BOX], once)), rounded(poses));
});

test('what is moved stays as it lies to each other, and within all bounds', () => {
  assert.deepEqual(moved([[1, 2, 3, 0], [5, 6, 0, 1]], 2, -1), [[3, 1, 3, 0], [7, 5, 0, 1]]);
  const [a, b] = moved([[1, 2, 3, 0], [5, 6, 0, 1]], 1e9, -1e9);
  assert.deepEqual([a[0], b[0]], [1996, 2000]);
  assert.deepEqual([a[1], b[1]], [-2000, -1996]);
});

test('a box has the parts that lie wholly in it, or those that reach into it', () => {
  const scene = readBoard(board([part('A', 10, 10), part('B', 20, 10, { pose: [9000, 0] }),
                                 part('C', 40, 40)]));
  const box = [7, 7, 20, 13];
  assert.deepEqual(partsIn(scene, scene.poses, box, false), [0]);
  assert.deepEqual(partsIn(scene, scene.poses, box, true), [0, 1]);
  // B stands upright, 2 mm wide.
  assert.deepEqual(partsIn(scene, scene.poses, [18.9, 7, 21.1, 13], false), [1]);
});
