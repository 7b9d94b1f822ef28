// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { commandsFor, Edits } from '../../viewer/core/edits.js';

test('a pose is reached by the commands that it takes, in whole nanometres and cdeg', () => {
  const from = [[1, 2, 0, 0]];
  assert.deepEqual(commandsFor([3], [[1.5, -2, 0, 0]], from),
                   [['move', { part: 3, x: 1_500_000, y: -2_000_000 }]]);
  assert.deepEqual(commandsFor([3], [[1, 2, -Math.PI / 2, 1]], from), [
    ['flip', { part: 3, side: 1 }],
    ['rotate', { part: 3, rotation: 27_000 }],
    ['move', { part: 3, x: 1_000_000, y: 2_000_000 }],
  ]);
  assert.equal(commandsFor([3], [[1, 2, 2 * Math.PI - 1e-7, 0]], from)[0][1].rotation, 0);
});

test('several parts are one command of each kind, about those that it changes', () => {
  const from = [[1, 2, 0, 0], [3, 4, 0, 0], [5, 6, 0, 1]];
  const to = [[1, 2, Math.PI, 0], [3, 5, Math.PI, 0], [5, 6, 0, 0]];
  const turns = ['rotate', { parts: [7, 8], rotation: [18_000, 18_000] }];
  assert.deepEqual(commandsFor([7, 8, 9], to, from, false), [
    ['flip', { part: 9, side: 0 }], turns, ['move', { part: 8, x: 3_000_000, y: 5_000_000 }],
  ]);
  assert.deepEqual(commandsFor([7, 8, 9], to, from).at(-1), ['move', {
    parts: [7, 8, 9], x: [1e6, 3e6, 5e6], y: [2e6, 5e6, 6e6],
  }]);
  assert.deepEqual(commandsFor([7], from, from, false), []);
});

test('edits are undone from the last on, and done again', () => {
  const edits = new Edits();
  assert.equal(edits.undo(), undefined);
  edits.add({ part: 1 });
  edits.add({ part: 2 });
  assert.deepEqual(edits.undo(), { part: 2 });
  assert.deepEqual(edits.undo(), { part: 1 });
  assert.ok(!edits.canUndo && edits.canRedo);
  assert.deepEqual(edits.redo(), { part: 1 });
  edits.add({ part: 3 });
  assert.equal(edits.redo(), undefined, 'what was undone is gone');
  assert.deepEqual(edits.undo(), { part: 3 });
  edits.clear();
  assert.ok(!edits.canUndo && !edits.canRedo);
});

test('no more than so many are kept', () => {
  const edits = new Edits();
  for (let part = 0; part < 1000; part++) {
    edits.add({ part });
  }
  let count = 0;
  for (; edits.undo() !== undefined; count++);
  assert.equal(count, 200);
});
