// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { readForces } from '../../viewer/core/forces.js';
import { readBoard } from '../../viewer/core/board.js';
import { byteLength, looksLikeFrame, readMessage } from '../../viewer/core/messages.js';
import { board, frame, part } from './boards.js';

const read = (message) => readMessage(JSON.stringify(message));

test('a frame of the protocol is read whole', () => {
  const message = read(frame({ C1: [10.5, 20.3, 0] }));
  assert.deepEqual(message, {
    type: 'frame', timestamp_s: 1234567890.123, index: 42, iteration: 42, phase: 'refinement',
    components: { C1: [10.5, 20.3, 0] }, forces: {}, energy: 123.45, maxMove_mm: 0.5,
    overlaps: 0, wireLength_mm: 150.3,
  });
});

test('a frame may lack everything but its parts', () => {
  const message = read({ type: 'frame', data: { components: {} } });
  assert.equal(message.phase, null);
  assert.equal(message.energy, null);
  assert.equal(message.iteration, null);
  assert.equal(read({ type: 'frame', data: { components: [] } }), null);
  assert.equal(read({ type: 'frame', data: null }), null);
});

test('absurd numbers are not known rather than shown', () => {
  const raw = '{"type":"frame","data":{"components":{},"energy":1e400,"max_move":1e99,'
    + '"overlap_count":-3,"iteration":"7","total_wire_length":null,"phase":"<b>"}}';
  const message = readMessage(raw);
  for (const field of ['energy', 'maxMove_mm', 'overlaps', 'iteration', 'wireLength_mm', 'phase']) {
    assert.equal(message[field], null, field);
  }
  assert.equal(readMessage(raw.replace('1e400', 'NaN')), null);
});

test('the other messages of the dialect are read', () => {
  assert.deepEqual(read({ type: 'welcome', fps: 10, paused: true }),
                   { type: 'welcome', fps: 10, paused: true });
  assert.deepEqual(read({ type: 'status', status: 'warning', message: 'x' }),
                   { type: 'status', status: 'warning', message: 'x' });
  assert.deepEqual(read({ type: 'control_state', paused: true, stop_requested: true }),
                   { type: 'control_state', paused: true, stopRequested: true });
  assert.deepEqual(read({ type: 'pong' }), { type: 'pong' });
});

test('what is not in the dialect is left alone', () => {
  for (const raw of ['', 'x', '1', 'null', '[]', '{}', '{"type":1}', '{"type":"stats"}']) {
    assert.equal(readMessage(raw), null, raw);
  }
});

test('a status of another level counts as information, and is not endless', () => {
  const message = read({ type: 'status', status: 'fatal', message: 'x'.repeat(100_000) });
  assert.equal(message.status, 'info');
  assert.equal(message.message.length, 500);
  assert.equal(read({ type: 'status', status: 'info', message: {} }).message, '');
});

test('a frame is known by its first bytes', () => {
  assert.equal(looksLikeFrame(JSON.stringify(frame({}))), true);
  assert.equal(looksLikeFrame('{"type":"status","message":"frame"}'), false);
});

test('bytes are those of UTF-8', () => {
  assert.equal(byteLength('abc'), 3);
  assert.equal(byteLength('µm'), 3);
  assert.equal(byteLength('😀'), 4);
});

test('forces are those of parts that are there, with numbers that can be', () => {
  const scene = readBoard(board([part('A', 0, 0), part('B', 0, 0)]));
  assert.deepEqual(readForces(scene, {
    B: [[1, 2, 'attraction'], [3, 4, '<b>'], [null, 1, 'repulsion'], 'x'],
    Z: [[1, 1, 'attraction']],
    A: 'no',
  }), [{ part: 1, fx: 1, fy: 2, kind: 'attraction' }, { part: 1, fx: 3, fy: 4, kind: 'other' }]);
});
