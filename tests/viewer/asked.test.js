// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { Asked } from '../../viewer/core/asked.js';

test('what was asked for is shown until a frame has it', () => {
  const asked = new Asked();
  asked.set(1, [5, 6, Math.PI, 1], 1000);
  const frame = () => Float64Array.of(1, 1, 0, 0, 2, 2, 0, 0);
  const late = frame();
  asked.apply(late, 10);
  assert.deepEqual([...late], [1, 1, 0, 0, 5, 6, Math.PI, 1]);
  // A whole turn more, and rounded.
  const there = Float64Array.of(1, 1, 0, 0, 5.0004, 6, 3 * Math.PI, 1);
  asked.apply(there, 20);
  assert.equal(there[4], 5.0004);
  const after = frame();
  asked.apply(after, 30);
  assert.deepEqual([...after], [...frame()]);
});

test('what nobody obeys is given up, what is still carried is not', () => {
  const asked = new Asked();
  asked.set(0, [5, 6, 0, 0], 1000);
  asked.set(1, [7, 8, 0, 0], Infinity);
  const poses = Float64Array.of(1, 1, 0, 0, 7, 8, 0, 0);
  asked.apply(poses, 1000);
  assert.deepEqual([...poses], [1, 1, 0, 0, 7, 8, 0, 0]);
  const moved = Float64Array.of(1, 1, 0, 0, 3, 3, 0, 0);
  asked.apply(moved, 9e9);
  assert.deepEqual([...moved.subarray(4)], [7, 8, 0, 0]);
  asked.clear();
  asked.apply(moved, 9e9);
});
