// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { Past } from '../../viewer/core/past.js';

const poses = (x) => Float64Array.of(x, 2, 3, 1);
const numbers = (iteration, epoch = 1) => ({ iteration, epoch });

function read(past, place) {
  const out = new Float64Array(4);
  return [past.read(place, out).iteration, ...out];
}

test('each frame is there as it was', () => {
  const past = new Past(1);
  past.add(numbers(0), poses(10));
  past.add(numbers(5), poses(11));
  assert.equal(past.length, 2);
  assert.deepEqual(read(past, 0), [0, 10, 2, 3, 1]);
  assert.deepEqual(read(past, 1), [5, 11, 2, 3, 1]);
  assert.deepEqual(past.samples.map(({ iteration }) => iteration), [0, 5]);
  past.add(numbers(5), poses(12));
  assert.equal(past.length, 2, 'moved by hand at the same iteration');
  assert.deepEqual(read(past, 1), [5, 12, 2, 3, 1]);
});

test('what is full is thinned evenly, and has its first and its newest always', () => {
  const past = new Past(1, 15 * 20);
  for (let i = 0; i <= 1000; i++) {
    past.add(numbers(i), poses(i));
    assert.ok(past.length <= 20);
    assert.deepEqual(read(past, 0)[0], 0);
    assert.deepEqual(read(past, past.length - 1), [i, i, 2, 3, 1]);
  }
  const steps = past.samples.slice(1, -1).map(({ iteration }, i) =>
    iteration - past.samples[i].iteration);
  assert.ok(Math.max(...steps) <= 2 * Math.min(...steps), String(steps));
});

test('another run forgets the one before', () => {
  const past = new Past(1);
  past.add(numbers(7), poses(1));
  past.add(numbers(9, 2), poses(2));
  assert.equal(past.length, 1);
  past.add(numbers(3, 2), poses(3));
  assert.deepEqual(past.samples, [numbers(3, 2)]);
});

test('what came before is put before, once, and of the same run alone', () => {
  const past = new Past(1);
  past.add(numbers(5), poses(5));
  const frame = (iteration, epoch = 1) =>
    ({ ...numbers(iteration, epoch), poses: poses(iteration) });
  past.prepend([frame(0, 9), frame(1), frame(4), frame(5), frame(6)]);
  assert.deepEqual(past.samples.map(({ iteration }) => iteration), [1, 4, 5]);
  past.add(numbers(6), poses(6));
  assert.equal(past.length, 4);
});

test('the last frame that is not after an iteration is found', () => {
  const past = new Past(1);
  [0, 10, 20, 30].forEach((i) => past.add(numbers(i), poses(i)));
  assert.deepEqual([-5, 0, 9, 10, 29, 30, 99].map((i) => past.find(i)), [0, 0, 0, 1, 2, 3, 3]);
});
