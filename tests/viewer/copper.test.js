// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { readBoard } from '../../viewer/core/board.js';
import { Copper, countStale } from '../../viewer/core/copper.js';
import { summaryOf } from '../../viewer/core/summary.js';
import { board, part } from './boards.js';

const mm = (...values) => values.map((value) => value * 1e6);

// A is on nets 0 and 1, B on none.
const SCENE = readBoard(board([part('A', 50, 50), part('B', 20, 20, { pads: [] })], {
  tracks: [{ net: 0, sides: 2, width: 250000, paths: [mm(10, 10, 20, 10), mm(20, 10, 20, 20)] }],
  vias: [{ net: 0, sides: 3, width: 600000, paths: [mm(20, 20)] }],
}));

function gone(tracks, part, by_mm) {
  const copper = new Copper(SCENE);
  const poses = SCENE.poses.slice();
  copper.tracks = tracks;
  poses[4 * part] += by_mm;
  copper.update(poses);
  return { nets: [0, 1].filter((net) => copper.isGone(net)), fills: copper.fillsGone };
}

test('tracks of what moved are gone where they are taken out, and fills of zones', () => {
  assert.deepEqual(gone('ripup', 0, 1), { nets: [0, 1], fills: true });
  assert.deepEqual(gone('ripup', 1, 1), { nets: [], fills: true });
  assert.deepEqual(gone('lock', 0, 1), { nets: [], fills: true });
  for (const tracks of ['refuse', 'keep', undefined]) {
    assert.deepEqual(gone(tracks, 0, 1), { nets: [], fills: false });
  }
});

test('nets that are told of are gone as well, where tracks are taken out', () => {
  const copper = new Copper(SCENE);
  copper.update(SCENE.poses, [1]);
  assert.equal(copper.isGone(1), false);
  copper.tracks = 'ripup';
  copper.update(SCENE.poses, [1, 99]);
  assert.deepEqual([0, 1].map((net) => copper.isGone(net)), [false, true]);
  copper.update(SCENE.poses);
  assert.equal(copper.isGone(1), false);
});

test('what a frame rounds to a micrometre has not moved', () => {
  assert.deepEqual(gone('ripup', 0, 0.0005), { nets: [], fills: false });
});

test('the version is another one where other copper is gone', () => {
  const copper = new Copper(SCENE);
  const poses = SCENE.poses.slice();
  copper.tracks = 'ripup';
  copper.update(poses);
  assert.equal(copper.version, 0);
  poses[0] += 1;
  copper.update(poses);
  const { version } = copper;
  assert.notEqual(version, 0);
  poses[0] += 1;
  copper.update(poses);
  assert.equal(copper.version, version);
  poses.set(SCENE.poses);
  copper.update(poses);
  assert.notEqual(copper.version, version);
  assert.equal(copper.isGone(0), false);
});

test('what would be left behind is counted by the parts that move', () => {
  const summary = summaryOf(SCENE);
  assert.deepEqual(countStale(summary, () => true), { nets: 1, tracks: 3 });
  assert.deepEqual(countStale(summary, (part) => part === 1), { nets: 0, tracks: 0 });
});
