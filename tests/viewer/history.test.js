// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { readBoard } from '../../viewer/core/board.js';
import { Congestion, Density } from '../../viewer/core/heat.js';
import { History } from '../../viewer/core/history.js';
import { board, part } from './boards.js';

const sample = (iteration, energy = iteration, extra = {}) => ({
  iteration, energy, wireLength_mm: null, overlaps: 0, phase: 'global', ...extra,
});

test('a long run is kept whole, ever more coarsely', () => {
  const history = new History();
  for (let i = 0; i < 100_000; i++) {
    history.add(sample(i));
  }
  const iterations = history.samples.map(({ iteration }) => iteration);
  assert.ok(iterations.length > 100 && iterations.length <= 400, `${iterations.length} samples`);
  assert.equal(iterations[0], 0);
  assert.ok(iterations.at(-1) > 99_000);
  assert.ok(iterations.every((value, i) => i === 0 || value > iterations[i - 1]));
});

test('the same iteration counts once, and an earlier one begins anew', () => {
  const history = new History();
  [1, 2, 2, 3, null].forEach((iteration) => history.add(sample(iteration)));
  assert.equal(history.samples.length, 3);
  history.add(sample(1));
  assert.deepEqual(history.samples.map(({ iteration }) => iteration), [1]);
});

test('a curve goes from the first to the last, high values up', () => {
  const history = new History();
  [[10, 4], [20, 2], [30, 3], [40, 0]].forEach(([i, energy]) => history.add(sample(i, energy)));
  const points = history.curve('energy');
  assert.deepEqual(points[0], [0, 0]);
  assert.deepEqual(points.at(-1), [1, 1]);
  assert.deepEqual(history.curve('wireLength_mm'), []);
  assert.ok(history.curve('overlaps').every(([, y]) => y === 1));
});

function near(actual, expected) {
  assert.ok(Math.abs(actual - expected) <= 0.01 * expected, `${actual} is not ${expected}`);
}

/** The taken area in cells, and the largest share of one. */
function heatOf(...parts) {
  const scene = readBoard(board(parts));
  const heat = new Density(scene);
  const shares = heat.measure(scene.poses);
  const cell = (100 / heat.columns) * (60 / heat.rows);
  return {
    area: shares.reduce((sum, share) => sum + share, 0) * cell, most: Math.max(...shares), heat,
  };
}

test('density adds up to the area of the parts, turned ones and those on the back too', () => {
  near(heatOf(part('A', 50, 30, { width: 20, height: 10 })).area, 200);
  near(heatOf(part('A', 50, 30, { width: 20, height: 10, pose: [3000, 1] })).area, 200);
  near(heatOf(part('A', 50, 30, { width: 20, height: 20 })).most, 1);
  near(heatOf(part('A', 50, 30, { width: 20, height: 20 }),
              part('B', 50, 30, { width: 20, height: 20 })).most, 2);
});

test('a part beside the board takes up none of it', () => {
  assert.equal(heatOf(part('A', -500, 30), part('B', 50, 900)).area, 0);
});

test('a frame that samples are ahead of changes nothing, another run begins anew', () => {
  const history = new History();
  const sample = (iteration, epoch) => ({ iteration, epoch, phase: 'global', energy: 1 });
  [0, 10, 20].forEach((iteration) => history.add(sample(iteration, 1)));
  history.add(sample(15, 1));
  assert.deepEqual(history.samples.map(({ iteration }) => iteration), [0, 10, 20]);
  assert.equal(history.first.iteration, 0);
  history.add(sample(30, 2));
  assert.deepEqual(history.samples.map(({ iteration }) => iteration), [30]);
  history.replace([sample(5, 3), sample(6, 3)]);
  assert.equal(history.first.iteration, 5);
});

test('phases are bands one after the other', () => {
  const history = new History();
  [['initial', 0], ['global', 10], ['global', 40], ['final', 100]].forEach(([phase, iteration]) =>
    history.add({ iteration, epoch: 1, phase }));
  assert.deepEqual(history.bands(), [
    { phase: 'initial', from: 0, to: 0.1 }, { phase: 'global', from: 0.1, to: 1 },
    { phase: 'final', from: 1, to: 1 },
  ]);
});

test('nets fill the board with the track that they need, supplies none', () => {
  const scene = readBoard(board([part('A', 10, 10), part('B', 60, 40)]));
  const map = new Congestion(scene);
  const shares = map.measure(scene.poses);
  const cell = (100 / map.columns) * (60 / map.rows);
  // Net A alone, from pad to pad, over two layers of 0.4 mm a track.
  near(shares.reduce((sum, share) => sum + share, 0) * cell, ((50 + 30) * 0.4) / 2);
  const filled = shares.filter((share) => share > 1e-9).length * cell;
  assert.ok(filled > 1300 && filled < 1900, `${filled} mm²`);

  // What lies beyond the board counts at its edge, and a net of no extent nowhere.
  scene.poses.set([-500, 900], 0);
  assert.ok(map.measure(scene.poses).every(Number.isFinite));
  scene.poses.set([60, 40], 0);
  assert.ok(map.measure(scene.poses).every((share) => Math.abs(share) < 1e-9));
});
