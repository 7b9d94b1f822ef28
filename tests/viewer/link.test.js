// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { BINARY, Link, pauseBefore, Refusal } from '../../viewer/core/link.js';
import { readMessage } from '../../viewer/core/messages.js';

const { vectors } = JSON.parse(readFileSync(
  new URL('../data/wire/boardwalk.1.json', import.meta.url), 'utf8'));

/** A message of boardwalk.1 as the server writes it. */
function binary(name) {
  const bytes = Buffer.from(vectors.find((one) => one.name === name).hex, 'hex');
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

class FakeSocket {
  readyState = 0;
  sent = [];
  closed = false;

  send(text) {
    this.sent.push(text);
  }

  close() {
    this.closed = true;
    this.readyState = 3;
  }

  hear(message) {
    this.readyState = 1;
    const asIs = typeof message === 'string' || message instanceof ArrayBuffer;
    this.onmessage({ data: asIs ? message : JSON.stringify(message) });
  }

  /** The handshake is done, in boardwalk.1. */
  openBinary() {
    this.readyState = 1;
    this.protocol = BINARY;
    this.onopen();
  }

  /** What was sent as text since it was asked last. */
  take() {
    return this.sent.splice(0).filter((one) => typeof one === 'string')
      .map((one) => JSON.parse(one));
  }

  drop(event = {}) {
    this.readyState = 3;
    this.onclose(event);
  }
}

const WELCOME = { type: 'welcome', fps: 10, paused: false };

/** A link whose clock moves only when told to. */
class Bench {
  now_ms = 0;
  timers = new Map();
  sockets = [];
  states = [];
  messages = [];
  prepare = async () => {};
  #id = 0;

  constructor() {
    this.link = new Link({
      open: () => {
        this.sockets.push(new FakeSocket());
        return this.socket;
      },
      prepare: () => this.prepare(),
      setTimeout: (callback, delay_ms) => {
        this.timers.set(++this.#id, { callback, at_ms: this.now_ms + delay_ms });
        return this.#id;
      },
      clearTimeout: (id) => this.timers.delete(id),
      now: () => this.now_ms,
      random: () => 1,
      utc: () => 1000 + this.now_ms,
      name: 'Ann',
      onState: () => this.states.push(this.link.state),
      onMessage: (message) => this.messages.push(message),
      onFrame: (frame) => this.messages.push(
        ...[typeof frame === 'string' ? readMessage(frame) : frame].filter(Boolean)),
    });
  }

  get socket() {
    return this.sockets.at(-1);
  }

  async settle() {
    for (let i = 0; i < 10; i++) {
      await Promise.resolve();
    }
  }

  async pass(time_ms) {
    const end_ms = this.now_ms + time_ms;
    for (;;) {
      const due = [...this.timers].filter(([, { at_ms }]) => at_ms <= end_ms)
        .sort(([, a], [, b]) => a.at_ms - b.at_ms)[0];
      if (!due) {
        break;
      }
      this.timers.delete(due[0]);
      this.now_ms = due[1].at_ms;
      due[1].callback();
      await this.settle();
    }
    this.now_ms = end_ms;
  }

  async join() {
    this.link.connect();
    await this.settle();
    this.socket.hear(WELCOME);
  }
}

test('a link is live once it has been welcomed', async () => {
  const bench = new Bench();
  bench.link.connect();
  await bench.settle();
  assert.equal(bench.link.state, 'connecting');
  bench.socket.hear(WELCOME);
  assert.equal(bench.link.state, 'live');
  assert.deepEqual(bench.messages, [{ type: 'welcome', fps: 10, paused: false }]);
});

test('commands are sent while live and never otherwise', async () => {
  const bench = new Bench();
  assert.equal(bench.link.send('pause'), false);
  await bench.join();
  assert.equal(bench.link.send('pause'), true);
  assert.equal(bench.link.send('reboot'), false);
  assert.deepEqual(bench.socket.sent, ['{"type":"pause"}']);
  bench.socket.drop();
  assert.equal(bench.link.send('resume'), false);
});

test('a lost connection comes back with growing pauses', async () => {
  const bench = new Bench();
  await bench.join();
  bench.socket.drop();
  const pauses = [];
  for (let i = 0; i < 9; i++) {
    assert.equal(bench.link.state, 'waiting');
    pauses.push(bench.link.retryAt_ms - bench.now_ms);
    await bench.pass(pauses.at(-1));
    assert.equal(bench.link.state, 'connecting');
    bench.socket.drop();
  }
  assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
});

test('a welcome makes the pauses short again', async () => {
  const bench = new Bench();
  await bench.join();
  bench.socket.drop();
  await bench.pass(500);
  bench.socket.drop();
  await bench.pass(1000);
  bench.socket.hear(WELCOME);
  bench.socket.drop();
  assert.equal(bench.link.retryAt_ms - bench.now_ms, 500);
});

test('chance shortens a pause by a fifth at most', () => {
  assert.equal(pauseBefore(2, 0), 1600);
  assert.equal(pauseBefore(2, 1), 2000);
  assert.equal(pauseBefore(5000, 1), 30_000);
});

test('a refusal ends the tries and says why', async () => {
  const bench = new Bench();
  bench.prepare = async () => {
    throw new Refusal('No', 'Because.');
  };
  bench.link.connect();
  await bench.settle();
  assert.equal(bench.link.state, 'refused');
  assert.equal(bench.link.refusal.title, 'No');
  assert.equal(bench.link.refusal.message, 'Because.');
  await bench.pass(100_000);
  assert.equal(bench.sockets.length, 0);
  bench.prepare = async () => {};
  bench.link.connect();
  await bench.settle();
  assert.equal(bench.link.refusal, null);
  assert.equal(bench.link.state, 'connecting');
});

test('a server that cannot be reached is tried again', async () => {
  const bench = new Bench();
  bench.prepare = async () => {
    throw new TypeError('fetch failed');
  };
  bench.link.connect();
  await bench.settle();
  assert.equal(bench.link.state, 'waiting');
});

test('a silent server is asked, then given up', async () => {
  const bench = new Bench();
  await bench.join();
  const first = bench.socket;
  await bench.pass(10_000);
  assert.deepEqual(first.sent, ['{"type":"ping"}']);
  first.hear({ type: 'pong' });
  await bench.pass(9_000);
  assert.equal(bench.link.state, 'live');
  await bench.pass(9_000);
  assert.equal(bench.link.state, 'waiting');
  assert.equal(first.closed, true);
});

test('a connection that never opens is given up', async () => {
  const bench = new Bench();
  bench.link.connect();
  await bench.settle();
  await bench.pass(10_000);
  assert.equal(bench.link.state, 'waiting');
  assert.equal(bench.socket.closed, true);
});

test('a connection that was left says nothing any more', async () => {
  const bench = new Bench();
  await bench.join();
  const old = bench.socket;
  const hear = old.onmessage;
  bench.link.connect();
  await bench.settle();
  hear({ data: JSON.stringify({ type: 'control_state', paused: true, stop_requested: false }) });
  assert.equal(bench.messages.length, 1);
  assert.equal(old.closed, true);
});

test('an attempt that was overtaken does not open a connection', async () => {
  const bench = new Bench();
  let finish;
  bench.prepare = () => new Promise((resolve) => { finish = resolve; });
  bench.link.connect();
  await bench.settle();
  const first = finish;
  bench.link.close();
  first();
  await bench.settle();
  assert.equal(bench.sockets.length, 0);
  assert.equal(bench.link.state, 'idle');
});

test('a page that nobody sees reads the newest frame alone, when it is seen again', async () => {
  const bench = new Bench();
  await bench.join();
  bench.link.setAsleep(true);
  for (let iteration = 1; iteration <= 50; iteration++) {
    bench.socket.hear({ type: 'frame', data: { iteration, components: {} } });
  }
  bench.socket.hear({ type: 'control_state', paused: true, stop_requested: false });
  assert.deepEqual(bench.messages.map(({ type }) => type), ['welcome', 'control_state']);
  bench.link.setAsleep(false);
  assert.equal(bench.messages.at(-1).iteration, 50);
  assert.equal(bench.messages.length, 3);
});

test('rubbish is counted and otherwise left alone', async () => {
  const bench = new Bench();
  await bench.join();
  const before = bench.link.bytes;
  for (const raw of ['', '{', 'null', '[]', '"x"', '{"type":"eval"}', '{"type":"frame"}', 'é']) {
    bench.socket.hear(raw);
  }
  bench.socket.onmessage({ data: new ArrayBuffer(8) });
  assert.equal(bench.messages.length, 1);
  assert.equal(bench.link.bytes - before, 43);
});

test('in boardwalk.1 a hello comes first, and each frame is acknowledged when it was read',
     async () => {
  const bench = new Bench();
  bench.link.connect();
  await bench.settle();
  bench.socket.openBinary();
  assert.equal(bench.socket.binaryType, 'arraybuffer');
  assert.deepEqual(bench.socket.take(), [
    { type: 'hello', forces: false, instance: '', last_seq: 0, name: 'Ann' }]);
  bench.socket.hear(binary('hello'));
  assert.equal(bench.link.state, 'live');
  assert.deepEqual(bench.socket.take(), [{ type: 'ping', t0: 1000 }]);
  bench.socket.hear(binary('key'));
  bench.socket.hear(binary('delta'));
  assert.deepEqual(bench.messages.map(({ type }) => type), ['welcome', 'frame', 'frame']);
  assert.deepEqual(bench.socket.sent.map((one) => new Uint8Array(one)[1]), [7, 9]);
});

test('in boardwalk.1 commands have numbers, and a page that nobody sees says so', async () => {
  const bench = new Bench();
  bench.link.connect();
  await bench.settle();
  bench.socket.openBinary();
  bench.socket.hear(binary('hello'));
  bench.socket.take();
  assert.ok(bench.link.send('pause'));
  assert.ok(bench.link.send('resume'));
  assert.ok(!bench.link.send('explode'));
  bench.link.setAsleep(true);
  bench.link.setAsleep(true);
  bench.link.setAsleep(false);
  assert.deepEqual(bench.socket.take(), [
    { type: 'command', cmd_id: 1, command: 'pause' },
    { type: 'command', cmd_id: 2, command: 'resume' },
    { type: 'hide' }, { type: 'show' }]);
  bench.socket.hear({ type: 'answer', cmd_id: 1, result: 'denied' });
  assert.equal(bench.messages.at(-1).type, 'status');
  bench.socket.hear({ type: 'answer', cmd_id: 2, result: 'accepted' });
  bench.socket.hear({ type: 'something' });
  bench.socket.hear('{');
  assert.equal(bench.messages.length, 2);
});

test('in boardwalk.1 who comes back says what it has, and goes on from there', async () => {
  const bench = new Bench();
  bench.link.connect();
  await bench.settle();
  bench.socket.openBinary();
  bench.socket.hear(binary('hello'));
  bench.socket.hear(binary('key'));
  bench.socket.drop();
  await bench.pass(600);
  assert.equal(bench.sockets.length, 2);
  bench.socket.openBinary();
  assert.deepEqual(bench.socket.take(), [
    { type: 'hello', forces: false, instance: '0123456789abcdef', last_seq: 7, name: 'Ann' }]);
  bench.socket.hear(binary('hello'));
  bench.socket.hear(binary('delta'));
  assert.equal(bench.messages.at(-1).seq, 9);
});

test('in boardwalk.1 what cannot be read ends the connection, and the next begins anew',
     async () => {
  const bench = new Bench();
  bench.link.connect();
  await bench.settle();
  bench.socket.openBinary();
  bench.socket.hear(binary('hello'));
  bench.socket.hear(binary('delta'));
  assert.equal(bench.link.state, 'waiting');
  assert.ok(bench.socket.closed);
  await bench.pass(600);
  bench.socket.openBinary();
  assert.equal(bench.socket.take()[0].last_seq, 0);
});

test('who says more than any session does is left, and may speak again after a while',
     async () => {
  const bench = new Bench();
  bench.link.connect();
  await bench.settle();
  bench.socket.openBinary();
  bench.socket.hear(binary('hello'));
  const much = binary('status');
  let said = 0;
  while (bench.link.state === 'live' && said < 1e6) {
    bench.socket.hear(much);
    said++;
  }
  assert.equal(bench.link.state, 'waiting');
  assert.ok(said > 10_000 && said < 100_000, `${said}`);
  await bench.pass(10_000);
  bench.socket.openBinary();
  bench.socket.hear(binary('hello'));
  assert.equal(bench.link.state, 'live');
});

test('pictures are never too many', async () => {
  const bench = new Bench();
  bench.link.connect();
  await bench.settle();
  bench.socket.openBinary();
  bench.socket.hear(binary('hello'));
  const picture = binary('key');
  for (let i = 0; i < 100_000; i++) {
    bench.socket.hear(picture);
  }
  assert.equal(bench.link.state, 'live');
});

test('in boardwalk.1 the shortest way there and back sets the clock', async () => {
  const bench = new Bench();
  bench.link.connect();
  await bench.settle();
  bench.socket.openBinary();
  bench.socket.hear(binary('hello'));
  assert.equal(bench.link.clockOffset_ms, null);
  await bench.pass(100);
  bench.socket.hear({ type: 'pong', t0: 1000, t1: 6050, t2: 6050 });
  assert.equal(bench.link.clockOffset_ms, 5000);
  bench.socket.hear({ type: 'pong', t0: 900, t1: 6090, t2: 6090 });
  assert.equal(bench.link.clockOffset_ms, 5000);
  bench.socket.hear({ type: 'pong', t0: 1090, t1: 6096, t2: 6096 });
  assert.equal(bench.link.clockOffset_ms, 5001);
  bench.socket.hear({ type: 'pong', t0: 'x' });
  assert.equal(bench.link.clockOffset_ms, 5001);
});

test('in boardwalk.1 a role is told, and told again when it changes', async () => {
  const bench = new Bench();
  bench.link.connect();
  await bench.settle();
  bench.socket.openBinary();
  assert.equal(bench.link.role, null);
  bench.socket.hear(binary('hello'));
  assert.equal(bench.link.role, 'controller');
  const demoted = new Uint8Array(binary('presence').slice(0));
  // The record of number 3, which is this viewer: its role follows number and fields.
  demoted[24 + 5 + 5] = 0;
  bench.socket.hear(demoted.buffer);
  assert.equal(bench.link.role, 'viewer');
  bench.socket.hear(binary('presence'));
  assert.equal(bench.link.role, 'controller');
});

test('who is sent away is told why, and does not come back by itself', async () => {
  const bench = new Bench();
  await bench.join();
  bench.socket.drop({ code: 1008, reason: 'You were disconnected by whoever shares this board' });
  assert.equal(bench.link.state, 'refused');
  assert.match(bench.link.refusal.message, /whoever shares this board/);
  await bench.pass(100_000);
  assert.equal(bench.sockets.length, 1);
  bench.link.connect();
  await bench.settle();
  bench.socket.hear(WELCOME);
  assert.equal(bench.link.state, 'live');
});

test('a stream that never opens though all else does is counted', async () => {
  const bench = new Bench();
  bench.link.connect();
  await bench.settle();
  bench.socket.drop({ code: 1006 });
  await bench.pass(500);
  bench.socket.drop({ code: 1006 });
  assert.equal(bench.link.unopened, 2);
  assert.equal(bench.link.state, 'waiting');
  await bench.pass(1000);
  bench.socket.hear(WELCOME);
  assert.equal(bench.link.unopened, 0);
});

test('a session of another version is not joined', async () => {
  const bench = new Bench();
  bench.link.connect();
  await bench.settle();
  bench.socket.openBinary();
  const hello = binary('hello');
  new DataView(hello).setUint16(24, 2, true);
  bench.socket.hear(hello);
  assert.equal(bench.link.state, 'refused');
  assert.match(bench.link.refusal.message, /load it anew/);
});

test('forces are asked for while they are shown', async () => {
  const bench = new Bench();
  bench.link.setForces(true);
  bench.link.connect();
  await bench.settle();
  bench.socket.openBinary();
  assert.equal(bench.socket.take()[0].forces, true);
  bench.socket.hear(binary('hello'));
  bench.link.setForces(true);
  bench.link.setForces(false);
  assert.deepEqual(bench.socket.take().filter(({ type }) => type === 'forces'),
                   [{ type: 'forces', on: false }]);
});
