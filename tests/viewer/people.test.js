// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { People } from '../../viewer/core/people.js';

const told = (people, whole = false) => ({ type: 'presence', whole, people });

test('who comes, moves and leaves is known, each by what was told last', () => {
  const people = new People();
  assert.equal(people.hear({ type: 'frame' }), false);
  people.hear({ type: 'welcome', you: 3 });
  people.hear(told([{ number: 3, name: 'Me', role: 'viewer' },
    { number: 5, name: 'Ann', role: 'controller', hue_deg: 90 }], true));
  people.hear(told([{ number: 5, cursor: { x_mm: 1, y_mm: 2 } }]));
  people.hear(told([{ number: 5, selection: [7], grabbed: [7] }]));
  assert.deepEqual(people.others, [{
    number: 5, name: 'Ann', role: 'controller', hue_deg: 90, cursor: { x_mm: 1, y_mm: 2 },
    selection: [7], grabbed: [7],
  }]);
  assert.equal(people.holderOf(7).name, 'Ann');
  assert.equal(people.holderOf(8), undefined);
  people.hear(told([{ number: 5, gone: true }]));
  assert.deepEqual(people.all.map(({ number }) => number), [3]);
});

test('who was here and has another role now is told of', () => {
  const people = new People();
  const changed = [];
  const hear = (message) =>
    people.hear(message, ({ number, role }) => changed.push([number, role]));
  hear(told([{ number: 3, role: 'viewer' }, { number: 5, role: 'controller' }], true));
  hear(told([{ number: 5, name: 'Ann', role: 'controller' }, { number: 7, role: 'owner' }]));
  assert.deepEqual(changed, []);
  hear(told([{ number: 3, role: 'controller' }, { number: 5, role: 'viewer' }]));
  assert.deepEqual(changed, [[3, 'controller'], [5, 'viewer']]);
});

test('a crowd without end is not kept', () => {
  const people = new People();
  people.hear(told(Array.from({ length: 5000 }, (_, number) => ({ number, name: 'x' }))));
  assert.equal(people.all.length, 300);
  people.hear(told([], true));
  assert.equal(people.all.length, 0);
});
