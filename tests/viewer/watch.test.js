// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';

import { Watch } from '../../viewer/core/watch.js';
import { board, part } from './boards.js';
import { fakeCanvas, FakePath } from './canvases.js';
import { hello, history, key, presence } from './wire-writer.js';

const ADDRESS = { hash: '#token', href: 'http://localhost:8765/s/amp/' };
const PARTS = [part('A', 20, 20), part('B', 50, 30)];

const { fetch, WebSocket } = globalThis;
let sockets = [];
let watches = [];
let answers;

/** The stream: what it is sent is kept, and it hears what a test tells it. */
class FakeSocket {
  readyState = 1;
  protocol = 'boardwalk.1';
  sent = [];

  constructor(address) {
    this.address = address;
    sockets.push(this);
  }

  send(message) {
    this.sent.push(typeof message === 'string' ? JSON.parse(message) : message);
  }

  close() {
    this.readyState = 3;
  }

  hear(bytes) {
    this.onmessage({ data: bytes.buffer.slice(bytes.byteOffset,
                                              bytes.byteOffset + bytes.byteLength) });
  }
}

beforeEach(() => {
  sockets = [];
  answers = {
    'http://localhost:8765/s/amp/board': JSON.stringify(board(PARTS)),
    'http://localhost:8765/api/sessions': JSON.stringify({
      sessions: [{ id: 'amp', name: 'amp', role: 'controller' }],
    }),
    'http://localhost:8765/s/amp/history': history([key([[1, 1], [2, 2]], { iteration: 7 })]),
  };
  globalThis.WebSocket = FakeSocket;
  globalThis.fetch = async (address) =>
    (answers[address] === undefined ? new Response('', { status: 404 })
      : new Response(answers[address]));
});

afterEach(() => {
  watches.splice(0).forEach((one) => one.hear({ type: 'leave' }));
  Object.assign(globalThis, { fetch, WebSocket });
});

/** Who watches, and what the page is told: `until (type)` awaits the next message of a type. */
function watch() {
  const told = [];
  const waiting = [];
  const frames = [];
  const subject = new Watch({
    canvas: fakeCanvas([]),
    makeCanvas: () => fakeCanvas([]),
    Path2D: FakePath,
    requestFrame: (draw) => frames.push(draw),
    cancelFrame: () => {},
    now: () => 1000,
    post: (message) => {
      told.push(message);
      waiting.splice(0).forEach((again) => again());
    },
  });
  watches.push(subject);
  const until = async (test_) => {
    for (;;) {
      const at = told.findIndex(test_);
      if (at >= 0) {
        return told.splice(0, at + 1).pop();
      }
      await new Promise((resolve) => { waiting.push(resolve); });
    }
  };
  return {
    hear: (type, more = {}) => subject.hear({ type, ...more }), until,
    refresh: () => frames.splice(0).forEach((draw) => draw()),
  };
}

/** One who has joined. */
async function joined() {
  const one = watch();
  one.hear('join', { address: ADDRESS });
  await one.until(({ type }) => type === 'scene');
  // The socket is opened in the turn after the one that reads the board.
  await new Promise((resolve) => { setImmediate(resolve); });
  const [socket] = sockets;
  socket.onopen();
  socket.hear(hello({ you: 3 }));
  await one.until(({ type, state }) => type === 'link' && state === 'live');
  return { ...one, socket };
}

test('a link without a token is refused in words, and nothing is asked for', async () => {
  const one = watch();
  one.hear('join', { address: { ...ADDRESS, hash: '' } });
  const { refusal } = await one.until(({ state }) => state === 'refused');
  assert.equal(refusal.title, 'This link is incomplete');
  assert.equal(sockets.length, 0);
});

test('a board that cannot be read is refused with the reason', async () => {
  answers['http://localhost:8765/s/amp/board'] = '{"format": 99}';
  const one = watch();
  one.hear('join', { address: ADDRESS });
  const { refusal } = await one.until(({ state }) => state === 'refused');
  assert.equal(refusal.title, 'This board cannot be shown');
  assert.match(refusal.message, /form that this page does not know/);
});

test('a session that is gone is refused', async () => {
  delete answers['http://localhost:8765/s/amp/board'];
  const one = watch();
  one.hear('join', { address: ADDRESS });
  const { refusal } = await one.until(({ state }) => state === 'refused');
  assert.equal(refusal.title, 'This session has ended');
});

test('a frame is read and drawn, acknowledged, and only its numbers are told', async () => {
  const { socket, refresh, until } = await joined();
  socket.hear(key([[21, 20], [50, 30]], { iteration: 9 }));
  refresh();
  const { frame } = await until(({ type }) => type === 'frame');
  assert.equal(frame.iteration, 9);
  assert.equal('poses' in frame, false);
  assert.ok(socket.sent.some((message) => message instanceof ArrayBuffer));
});

test('what came before is fetched when the stream begins', async () => {
  const { until } = await joined();
  const { samples } = await until(({ type }) => type === 'history');
  assert.deepEqual(samples.map(({ iteration }) => iteration), [7]);
});

test('what came before stays, though it comes before the first frame', async () => {
  const { socket, hear, refresh, until } = await joined();
  await until(({ type }) => type === 'history');
  socket.hear(key([[21, 20], [50, 30]], { iteration: 9 }));
  refresh();
  await until(({ type }) => type === 'frame');
  hear('seek', { step: -1 });
  assert.equal((await until(({ type }) => type === 'past')).frame.iteration, 7);
});

test('commands, words and a name go to the session', async () => {
  const { socket, hear } = await joined();
  socket.sent.length = 0;
  hear('command', { name: 'pause', more: {} });
  hear('say', { message: { type: 'cursor' } });
  hear('rename', { name: 'Ada' });
  hear('want-forces', { on: true });
  assert.deepEqual(socket.sent, [
    { type: 'command', cmd_id: 1, command: 'pause' }, { type: 'cursor' },
    { type: 'name', name: 'Ada' }, { type: 'forces', on: true },
  ]);
});

test('a role that is taken away is told', async () => {
  const { socket, until } = await joined();
  socket.hear(presence([{ number: 3, name: 'me', role: 0 }]));
  const { role } = await until(({ type }) => type === 'link');
  assert.equal(role, 'viewer');
});

test('what has been received is told when it is asked for', async () => {
  const { socket, hear, until } = await joined();
  await until(({ type }) => type === 'history');
  hear('traffic');
  const before = (await until(({ type }) => type === 'traffic')).bytes;
  const bytes = key([[21, 20], [50, 30]]);
  socket.hear(bytes);
  hear('traffic');
  assert.equal((await until(({ type }) => type === 'traffic')).bytes, before + bytes.length);
});

test('who leaves is told no more, and the board is gone', async () => {
  const { socket, hear, until } = await joined();
  hear('leave');
  await until(({ state }) => state === 'idle');
  assert.equal(socket.readyState, 3);
  hear('point', { at: { x: 500, y: 300 } });
  assert.equal((await until(({ type }) => type === 'hover')).part, -1);
});
