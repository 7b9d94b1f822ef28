// SPDX-License-Identifier: GPL-3.0-or-later

// The bytes that the C tests say the server writes (tests/data/wire/boardwalk.1.json).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import * as writer from './wire-writer.js';
import { acknowledgement, readHistory, WireError, WireReader } from '../../viewer/core/wire.js';

const { vectors } = JSON.parse(readFileSync(
  new URL('../data/wire/boardwalk.1.json', import.meta.url), 'utf8'));

const bytesOf = (name) => Buffer.from(vectors.find((one) => one.name === name).hex, 'hex');
const bufferOf = (bytes) => bytes.buffer.slice(bytes.byteOffset,
                                               bytes.byteOffset + bytes.byteLength);
const read = (name, reader = new WireReader()) => reader.read(bufferOf(bytesOf(name)));

const close = (actual, expected) => {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, i) => assert.ok(Math.abs(actual[i] - value) < 1e-9,
                                           `${i}: ${actual[i]} is not ${value}`));
};

test('a key frame is the whole state', () => {
  const frame = read('key');
  assert.equal(frame.type, 'frame');
  assert.equal(frame.seq, 7);
  assert.equal(frame.index, 6);
  assert.ok(frame.wantsAck && !frame.final && !frame.exact && !frame.replay);
  assert.equal(frame.timestamp_s, 1700000000.123456);
  assert.equal(frame.epoch, 2);
  assert.equal(frame.iteration, 47);
  assert.equal(frame.budget, 1000);
  assert.equal(frame.overlaps, 2);
  assert.equal(frame.outside, 1);
  assert.equal(frame.conflicts, 4);
  assert.equal(frame.energy, 123.5);
  assert.equal(frame.wireLength_mm, 150.25);
  assert.equal(frame.phase, 'refinement');
  close(frame.poses, [10.5, 20.3, Math.PI / 2, 0, -30, 20.301, 0, 0, 20, 30, Math.PI, 1]);
});

test('changes lead from frame to frame, and the last is exact', () => {
  const reader = new WireReader();
  read('key', reader);
  const delta = read('delta', reader);
  assert.equal(delta.seq, 9);
  close(delta.poses, [10.4, 20.3, Math.PI / 2, 0, -30, 20.301, 0, 0, 18, 31, 1.5 * Math.PI, 0]);
  assert.ok(Math.abs(delta.maxMove_mm - Math.sqrt(5)) < 1e-9);
  const last = read('final', reader);
  assert.ok(last.final && last.exact);
  assert.equal(last.phase, 'final');
  close(last.poses, [10.400001, 20.3, Math.PI / 2, 0, 2000, -2000, 0, 0,
                     18, 31, 1.5 * Math.PI, 0]);
});

test('a change against a frame that is not here is refused', () => {
  assert.throws(() => read('delta'), WireError);
  const reader = new WireReader();
  read('key', reader);
  assert.throws(() => read('final', reader), WireError);
});

test('parts that are far apart are found', () => {
  const reader = new WireReader();
  const key = Buffer.alloc(24 + 41 + 300 * 11);
  key[0] = 3;
  key.writeUInt32LE(11, 4);
  key.writeUInt32LE(300, 12);
  reader.read(bufferOf(key));
  const { poses } = read('gap', reader);
  assert.equal(poses[16 * 4], 0.001);
  assert.equal(poses[299 * 4 + 1], -40);
  assert.equal(poses.filter((value) => value !== 0).length, 2);
});

test('who comes is told where it is, and of the parts if it asks', () => {
  const { modules, parts, ...hello } = read('hello');
  assert.deepEqual(hello, {
    type: 'welcome', version: 1, role: 'controller', state: 'paused', stopRequested: true,
    resumed: false, paused: true, fps: 12.5, you: 3, epoch: 2, instance: '0123456789abcdef',
    id: 'abc234', title: 'täst.kicad_pcb',
  });
  assert.deepEqual([modules, parts], [[], []]);
  const full = read('hello-with-parts');
  assert.ok(full.resumed && !full.paused);
  assert.deepEqual(full.parts.map(({ key, side }) => [key, side]),
                   [['R1#0', 0], ['R1#1', 0], ['C1', 1]]);
  assert.equal(full.modules[full.parts[2].module], 'Decoupling');
  assert.equal(full.parts[0].module, -1);
});

test('the other messages are read', () => {
  assert.deepEqual(read('board'),
                   { type: 'board', hash: '9f86d081884c7d65', bytes: 4711, parts: 3 });
  assert.deepEqual(read('forces'), {
    type: 'forces', seq: 7,
    forces: [{ part: 0, fx: 65534, fy: -32768, kind: 'attraction' },
             { part: 2, fx: 0, fy: 2, kind: 'alignment' }],
  });
  assert.deepEqual(read('strays'), { type: 'strays', seq: 7, marked: [0, 2, 199] });
  assert.deepEqual(read('copper'), { type: 'copper', seq: 7, marked: [1] });
  assert.deepEqual(read('clashes'), { type: 'clashes', seq: 7, marked: [1, 3] });
  assert.deepEqual(read('barred'), { type: 'barred', seq: 7, marked: [0, 3] });
  assert.deepEqual(read('colors'), { type: 'colors', colors: [0x1c061cb, 0] });
  const { samples } = read('metrics');
  assert.deepEqual(samples.map(({ iteration }) => iteration), [47, 48]);
  assert.deepEqual(samples[0], {
    epoch: 2, iteration: 47, overlaps: 2, outside: 1, energy: 123.5, wireLength_mm: 150.25,
    maxMove_mm: 0.5, phase: 'global',
  });
  assert.deepEqual(read('status'), {
    type: 'status', status: 'warning', message: 'Stopped', epoch: 2, iteration: 47,
  });
  assert.deepEqual(read('state'), {
    type: 'control_state', state: 'stopped', paused: false, stopRequested: true, epoch: 2,
    iteration: 47,
  });
  assert.deepEqual(read('command'), {
    type: 'command', command: 'pause', origin: 'remote', who: 'Ann', number: 3, part: null,
    epoch: 2, iteration: 47,
  });
  assert.deepEqual(read('move'), {
    type: 'command', command: 'move', origin: 'window', who: 'Zoe', number: 0, part: 2,
    epoch: 2, iteration: 47,
  });
  assert.deepEqual(read('holds'), {
    type: 'holds', whole: true, parts: [{ part: 0, held: true }, { part: 2, held: true }],
  });
  assert.deepEqual(read('hold-changes'), {
    type: 'holds', whole: false, parts: [{ part: 1, held: false }, { part: 2, held: true }],
  });
  assert.deepEqual(read('presence'), {
    type: 'presence', whole: true, people: [
      { number: 1, gone: true },
      { number: 3, gone: false, role: 'controller', hue_deg: 281.25, name: 'Ann',
        cursor: { x_mm: 12, y_mm: -0.000005 }, selection: [0, 2] },
      { number: 0, gone: false, role: 'owner', hue_deg: 0, name: 'Zoe', grabbed: [0, 2] },
      { number: 4, gone: false, cursor: null },
    ],
  });
});

test('what the tests write for a server is what the server writes', () => {
  const key = writer.key([[10.5, 20.3, 90, 0], [-30, 20.301, 0, 0], [20, 30, 180, 1]], {
    seq: 7, iteration: 47, epoch: 2, overlaps: 2, energy: 123.5, wireLength: 150.25,
    time_us: 1700000000123456,
  });
  // Who is outside and in conflict is of no account to who writes it.
  assert.equal(key.toString('hex'), bytesOf('key').fill(0, 40, 48).toString('hex'));
});

test('a message that is cut off anywhere, or too long, is refused and breaks nothing', () => {
  for (const { name, hex } of vectors) {
    const bytes = Buffer.from(hex, 'hex');
    for (let length = 0; length < bytes.length; length++) {
      const reader = new WireReader();
      try {
        read('key', reader);
        const message = reader.read(bufferOf(bytes.subarray(0, length)));
        assert.equal(message, null, `${name} at ${length}`);
      } catch (error) {
        assert.ok(error instanceof WireError, `${name} at ${length}: ${error}`);
      }
    }
  }
  const longer = Buffer.concat([bytesOf('key'), Buffer.from([0])]);
  assert.throws(() => new WireReader().read(bufferOf(longer)), WireError);
});

test('numbers that are not to be believed size nothing', () => {
  for (const name of ['key', 'delta', 'forces', 'metrics', 'presence', 'holds',
                      'hello-with-parts', 'strays', 'copper', 'clashes', 'barred',
                      'colors']) {
    const bytes = Buffer.from(bytesOf(name));
    bytes.writeUInt32LE(0xffffffff, 12);
    const reader = new WireReader();
    read('key', reader);
    assert.throws(() => reader.read(bufferOf(bytes)), WireError, name);
  }
});

test('a message of an operation that is not known is left alone', () => {
  const bytes = Buffer.from(bytesOf('board'));
  bytes[0] = 77;
  assert.equal(new WireReader().read(bufferOf(bytes)), null);
});

test('an acknowledgement has five bytes', () => {
  assert.deepEqual([...new Uint8Array(acknowledgement(0x12345678))],
                   [129, 0x78, 0x56, 0x34, 0x12]);
});

test('a history is frames with their lengths', () => {
  const pieces = ['key', 'delta', 'final'].flatMap((name) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytesOf(name).length);
    return [length, bytesOf(name)];
  });
  const whole = Buffer.concat(pieces);
  assert.deepEqual(readHistory(bufferOf(whole)).map(({ seq }) => seq), [7, 9, 10]);
  assert.deepEqual(readHistory(new ArrayBuffer(0)), []);
  assert.throws(() => readHistory(bufferOf(whole.subarray(0, whole.length - 1))), WireError);
});
