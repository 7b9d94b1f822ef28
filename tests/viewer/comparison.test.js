// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { compare, readSessions } from '../../viewer/core/comparison.js';

test('the sessions of an address are read, and what is none is left out', () => {
  assert.deepEqual(readSessions('#abc:T_1,d-e:T-2'),
                   [{ id: 'abc', token: 'T_1' }, { id: 'd-e', token: 'T-2' }]);
  assert.deepEqual(readSessions('#../x:T,abc,:T,abc:,a b:T,abc:T'), [{ id: 'abc', token: 'T' }]);
  assert.deepEqual(readSessions(''), []);
  assert.equal(readSessions(`#${Array(50).fill('a:b').join(',')}`).length, 6);
});

test('numbers are compared with the first, and less is better', () => {
  const frame = (wireLength_mm, overlaps) => ({
    phase: 'final', iteration: 9, energy: 1, wireLength_mm, overlaps, maxMove_mm: null,
  });
  const rows = compare([frame(200, 0), frame(150, 3), null]);
  const row = (name) => rows.find((one) => one.name === name).cells;
  assert.deepEqual(row('Wire length').map(({ change }) => change), ['', '−25.0 %', '']);
  assert.deepEqual(row('Wire length').map(({ better }) => better), [false, true, false]);
  assert.deepEqual(row('Overlaps').map(({ text }) => text), ['0', '3', '–']);
  assert.equal(row('Largest move')[0].text, '–');
  assert.deepEqual(compare([]).map(({ cells }) => cells), Array(6).fill([]));
});
