// SPDX-License-Identifier: GPL-3.0-or-later

// What was true of a moment of the past is told of it, and what is true now is not.

import assert from 'node:assert/strict';
import test from 'node:test';

import { readBoard } from '../../viewer/core/board.js';
import { framesOf, Marks } from '../../viewer/core/marks.js';
import { Replay } from '../../viewer/core/replay.js';
import { readHistory, WireReader } from '../../viewer/core/wire.js';
import { board, part } from './boards.js';
import {
  barred, clashes, copper, held, history, key, strays, unmoved,
} from './wire-writer.js';

const SCENE = readBoard(board(['A', 'B', 'C'].map((name, i) => part(name, 10 * i, 0)), {
  nets: [{ name: 'n', power: false, pins: [0, 0, 1, 0] },
         { name: 'm', power: false, pins: [1, 0, 2, 0] }],
}));
const POSES = [[0, 0], [10, 0], [20, 0]];
const NOTHING = { strays: [], barred: [], clashes: [], copper: [], held: [] };

const bufferOf = (bytes) => Uint8Array.from(bytes).buffer;
const plain = (told) => ({ ...told, held: [...told.held] });

/** Two frames that much is said of, and one that nothing is. */
const PAST = [
  held([1]), copper([1], 1), clashes([0, 1], 1), barred([2], 1),
  key(POSES, { seq: 1, iteration: 1, outside: 1, flags: 4 }), strays([2], 1),
  held([0]), unmoved({ seq: 2, iteration: 2, outside: 2 }),
  copper([0], 3), unmoved({ seq: 3, iteration: 3, outside: 2 }), strays([0, 1], 3),
];

test('each frame of a history has what was told of it, and of no other', () => {
  const frames = framesOf(readHistory(bufferOf(history(PAST))), SCENE);
  assert.deepEqual(frames.map(({ iteration, told }) => [iteration, plain(told)]), [
    [1, { strays: [2], barred: [2], clashes: [0, 1], copper: [1], held: [1] }],
    [2, { ...NOTHING, held: [0] }],
    [3, { ...NOTHING, strays: [0, 1], copper: [0], held: [0] }],
  ]);
});

test('what is shown of the past was told of it, before and since one is here', () => {
  const replay = new Replay(SCENE);
  const marks = new Marks(SCENE);
  const reader = new WireReader();
  const poses = SCENE.poses.slice();
  const hear = (bytes) => {
    const message = reader.read(bufferOf(bytes));
    if (message.type === 'frame') {
      marks.noteFrame(message);
      replay.add(message, message.poses, marks.told);
    } else if (marks.hear(message, null) && message.type === 'strays') {
      replay.tell(message.seq, marks.told);
    }
  };
  hear(held([2]));
  [barred([0, 1], 10), key(POSES, { seq: 10, iteration: 10, outside: 1 }), strays([1], 10),
   unmoved({ seq: 11, iteration: 11, outside: 1 }),
   held([]), unmoved({ seq: 12, iteration: 12 })].forEach(hear);
  assert.equal(replay.takeHistory(bufferOf(history(PAST))), true);
  assert.equal(replay.told, null);
  const at = (iteration) => {
    assert.equal(replay.seek({ iteration }, poses).iteration, iteration);
    return plain(replay.told);
  };
  assert.deepEqual(at(1).copper, [1]);
  assert.deepEqual(at(1).held, [1]);
  assert.deepEqual(at(3).strays, [0, 1]);
  assert.deepEqual(at(10), { ...NOTHING, strays: [1], barred: [0, 1], held: [2] });
  // Which parts are outside was not told of it.
  assert.deepEqual(at(11), { ...NOTHING, held: [2] });
  assert.deepEqual(at(12), NOTHING);
  assert.equal(replay.seek({ live: true }, poses), null);
  assert.equal(replay.told, null);
});

test('what is told of a frame names parts and nets of the board alone', () => {
  const marks = new Marks(SCENE);
  for (const bytes of [copper([1, 2], 5), clashes([2, 3], 5), barred([0, 9], 5)]) {
    marks.hear(new WireReader().read(bufferOf(bytes)), null);
  }
  marks.noteFrame({ outside: 0, seq: 5 });
  assert.deepEqual([marks.told.copper, marks.told.clashes, marks.told.barred], [[1], [2], [0]]);
  marks.noteFrame({ outside: 0, seq: 6 });
  assert.deepEqual([marks.told.copper, marks.told.clashes, marks.told.barred], [[], [], []]);
});

test('a history that names a great many parts is refused', () => {
  const many = Array.from({ length: 40 }, () => strays(Array.from({ length: 120_000 },
    (_, i) => i), 1));
  assert.throws(() => readHistory(bufferOf(history([key(POSES), ...many]))), /longer than any/);
});
