// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { Run } from '../../viewer/core/run.js';

const welcome = (paused = false) => ({ type: 'welcome', fps: 10, paused });
const control = (paused, stopRequested = false) =>
  ({ type: 'control_state', paused, stopRequested });
const frame = (phase, iteration) => ({ type: 'frame', phase, iteration });
const status = (level) => ({ type: 'status', status: level, message: 'x' });

function after(...messages) {
  const run = new Run();
  messages.forEach((message) => run.hear(message));
  return run;
}

test('a newcomer knows the state of the run', () => {
  assert.equal(after(welcome()).state, 'none');
  assert.equal(after(welcome(), frame('initial', 0)).state, 'none');
  assert.equal(after(welcome(), frame('global', 7)).state, 'running');
  assert.equal(after(welcome(true), frame('global', 7)).state, 'paused');
  assert.equal(after(welcome(), frame('final', 90)).state, 'finished');
  assert.equal(after(welcome(), frame('global', 7), control(false, true)).state, 'stopped');
});

test('a pause and a resume by anybody are seen at once', () => {
  const run = after(welcome(), frame('global', 7));
  run.hear(control(true));
  assert.equal(run.state, 'paused');
  run.hear(control(false));
  assert.equal(run.state, 'running');
});

test('a run that ends stays ended, until the next one', () => {
  const run = after(welcome(), frame('refinement', 90), status('complete'), control(false));
  assert.equal(run.state, 'finished');
  run.hear(frame('refinement', 90));
  assert.equal(run.state, 'finished');
  run.hear(frame('global', 1));
  assert.equal(run.state, 'running');
});

test('a stopped run is over until another starts', () => {
  const run = after(welcome(), frame('global', 7), control(true, true));
  assert.equal(run.state, 'stopped');
  run.hear(control(false, false));
  run.hear(frame('global', 1));
  assert.equal(run.state, 'running');
});

test('a run that begins while somebody watches is seen', () => {
  const run = after(welcome(), frame('initial', 0));
  run.hear(frame('global', 1));
  assert.equal(run.state, 'running');
});

test('a new welcome forgets what was known', () => {
  const run = after(welcome(), frame('final', 9), welcome(true), frame('global', 3));
  assert.equal(run.state, 'paused');
});

test('only what makes sense now may be asked', () => {
  const asked = (run) => {
    const { pause, resume, stop } = run.controls('controller', true);
    return [pause, resume, stop];
  };
  assert.deepEqual(asked(after(welcome())), [false, false, false]);
  assert.deepEqual(asked(after(welcome(), frame('global', 1))), [true, false, true]);
  assert.deepEqual(asked(after(welcome(true), frame('global', 1))), [false, true, true]);
  assert.deepEqual(asked(after(welcome(), frame('final', 1))), [false, false, false]);
});

test('a run is begun where the session takes that, and none is under way', () => {
  const asked = (run, starts = true) => {
    const { start, restart, untangle, note } = run.controls('controller', true, starts);
    return [start, restart, untangle, note];
  };
  const none = after(welcome(), frame('initial', 0));
  assert.deepEqual(asked(none), [true, true, false, '']);
  assert.deepEqual(asked(none, false).slice(0, 3), [false, false, false]);
  assert.match(asked(none, false)[3], /started where the board is open/);
  assert.deepEqual(asked(after(welcome(), frame('global', 1))), [false, true, true, '']);
  assert.deepEqual(asked(after(welcome(), frame('final', 1))).slice(0, 3), [true, true, true]);
});

test('a run that is told to go on has not finished, whatever the newest frame says', () => {
  const run = after(welcome(), frame('final', 9));
  run.hear({ type: 'control_state', state: 'running', paused: false, stopRequested: false });
  assert.equal(run.state, 'running');
  run.hear(frame('initial', 0));
  assert.equal(run.state, 'running');
  run.hear({ type: 'control_state', state: 'finished', paused: false, stopRequested: false });
  assert.equal(run.state, 'finished');
});

test('who may only watch is told so, and nothing works without a connection', () => {
  const run = after(welcome(), frame('global', 1));
  const watching = run.controls('viewer', true);
  assert.deepEqual([watching.pause, watching.resume, watching.stop], [false, false, false]);
  assert.match(watching.note, /watching/);
  const away = run.controls('controller', false);
  assert.deepEqual([away.pause, away.resume, away.stop], [false, false, false]);
});

test('the state is told in the words of the window', () => {
  const said = (legal, ...messages) => after(welcome(), ...messages).describe(legal);
  assert.equal(said(null, frame('initial', 0)), 'Ready');
  assert.equal(said(null, frame('global', 7)), 'Global Placement');
  assert.equal(said(null, frame('annealing', 7), control(true)), 'Annealing, Paused');
  assert.equal(said(true, frame('annealing', 7), control(false, true)), 'Stopped, Legal');
  assert.equal(said(false, frame('annealing', 7), control(false, true)), 'Stopped, Not Legal');
  assert.equal(said(true, frame('final', 7)), 'Finished, Legal');
  assert.equal(said(false, frame('final', 7)), 'Finished, Not Legal');
  assert.equal(said(null, frame('final', 7)), 'Finished');
  const clash = (legal, clashing) => after(welcome(), frame('final', 7)).describe(legal, clashing);
  assert.equal(clash(true, ['R1', 'U2']),
               'Finished, Legal, but 2 held parts are in conflict: R1, U2');
  assert.equal(clash(true, Array(9).fill('R')),
               'Finished, Legal, but 9 held parts are in conflict: R, R, R, R, R, R, R, R, …');
  assert.equal(clash(false, ['R1', 'U2']), 'Finished, Not Legal');
});

test('a welcome of boardwalk.1 says the state, and what was seen before stays when it resumes',
     () => {
  const run = new Run();
  const hello = (state, resumed) => run.hear({
    type: 'welcome', fps: 10, paused: state === 'paused', state, resumed,
    stopRequested: state === 'stopped',
  });
  for (const state of ['stopped', 'finished', 'paused']) {
    hello(state, false);
    assert.equal(run.state, state);
  }
  hello('running', false);
  run.hear({ type: 'frame', phase: 'global', iteration: 5 });
  assert.equal(run.state, 'running');
  hello('paused', true);
  assert.equal(run.frame.iteration, 5);
  assert.equal(run.state, 'paused');
  hello('paused', false);
  assert.equal(run.frame, null);
});
