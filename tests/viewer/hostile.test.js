// SPDX-License-Identifier: GPL-3.0-or-later

// A server that means ill, or has gone wrong: whatever it sends, the page says what is wrong or
// draws something, and goes on. What is sent is made from what a good server sends, by a seed, so
// that a failure comes again; BW_FUZZ_ROUNDS asks for more of it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { Picture } from '../../viewer/core/picture.js';
import { readMessage } from '../../viewer/core/messages.js';
import { readHistory, WireError, WireReader } from '../../viewer/core/wire.js';
import { board, frame, pad, part } from './boards.js';
import { fakeCanvas, FakePath } from './canvases.js';
import { history, key, unmoved } from './wire-writer.js';

const ROUNDS = Number(process.env.BW_FUZZ_ROUNDS ?? 300);

// A round takes a few ms; what takes so long has hung.
const HUNG_MS = 20_000;

const { vectors: VECTORS } = JSON.parse(
  readFileSync(new URL('../data/wire/boardwalk.1.json', import.meta.url)));

const ODD = [
  null, true, '', '__proto__', 'constructor', '<img src=x onerror=alert(1)>', '\u0000\ud800', [],
  {}, [[]], -1, 0, 0.5, 1e9, -1e9, 1e308, 2 ** 31, 2 ** 32, 2 ** 53, '9'.repeat(400),
  Array(300).fill(1e15), Array(40).fill(null), { points: [0, 0, 1e12, -1e12, 5, 5] },
];

/** Numbers from 0 up to 1, the same for the same seed. */
function randomFrom(seed) {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0;
    return state / 2 ** 32;
  };
}

const pick = (random, list) => list[Math.floor(random() * list.length)];

/** Every place in a value: [holder, name]. */
function placesIn(value, out = []) {
  for (const name of Object.keys(value)) {
    out.push([value, name]);
    if (typeof value[name] === 'object' && value[name] !== null) {
      placesIn(value[name], out);
    }
  }
  return out;
}

/** A copy of a value that is wrong in some places. */
function spoilt(value, random) {
  const copy = JSON.parse(JSON.stringify(value));
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--) {
    const [holder, name] = pick(random, placesIn(copy)) ?? [copy, 'type'];
    if (random() < 0.2) {
      delete holder[name];
    } else {
      holder[name] = structuredClone(pick(random, ODD));
    }
  }
  return copy;
}

/** A copy of bytes that is wrong in some, cut off, or longer than it was. */
function spoiltBytes(bytes, random) {
  const out = Uint8Array.from(bytes);
  for (let left = 1 + Math.floor(random() * 6); left > 0 && out.length > 0; left--) {
    out[Math.floor(random() * out.length)] = pick(random, [0, 1, 127, 128, 255, random() * 256]);
  }
  const length = pick(random, [out.length, out.length, Math.floor(random() * out.length),
                               out.length + 7]);
  const cut = new Uint8Array(length);
  cut.set(out.subarray(0, length));
  return cut.buffer;
}

const good = () => board([
  part('A', 20, 20, { pads: [pad('1', 0, -1, 0, { drill: 300000, slot: [500000, 0] }),
                             pad('2', 1, 1, 0)] }),
  part('B', 50, 30), part('C', 60, 30, { locked: true, pose: [9000, 1] }),
], {
  keepouts: [{ sides: 3, points: [1e6, 1e6, 2e6, 1e6, 2e6, 2e6] }],
  areas: [{ name: 'power', sides: 1, points: [1e6, 1e6, 9e6, 1e6, 9e6, 9e6] }],
  zones: [{ net: 0, sides: 1, outlines: [[1e6, 1e6, 5e6, 1e6, 5e6, 5e6]],
            fills: [{ sides: 1, points: [1e6, 1e6, 5e6, 1e6, 5e6, 5e6] }] }],
  tracks: [{ net: 0, sides: 1, width: 250000, paths: [[1e6, 1e6, 9e6, 9e6]] }],
  vias: [{ net: 0, sides: 3, width: 600000, drill: 300000, paths: [[3e6, 3e6]] }],
  texts: [{ text: 'Vin', at: [1e6, 1e6], height: 1e6, stroke: 150000, layer: 'silk' }],
  classes: ['Default', 'Fast'],
  nets: [{ name: 'A', power: false, class: 1, pins: [0, 0, 1, 0, 2, 0] },
         { name: 'GND', power: true, pins: [0, 1, 1, 1, 2, 1] }],
});

const LAYERS = Object.fromEntries(['ratsnest', 'power', 'labels', 'modules', 'pads', 'drawings',
  'tracks', 'areas', 'grid', 'forces', 'heat', 'congestion', 'trails'].map((name) => [name, true]));

/** A picture that draws whenever it may, with all layers. */
class Bench {
  now_ms = 1000;
  told = new Set();
  #draw = null;

  constructor(json) {
    const drawn = { push() {} };
    this.picture = new Picture({
      canvas: fakeCanvas(drawn), makeCanvas: () => fakeCanvas(drawn), Path2D: FakePath,
      requestFrame: (draw) => {
        this.#draw = draw;
        return 1;
      },
      cancelFrame: () => {
        this.#draw = null;
      },
      now: () => this.now_ms,
      post: ({ type }) => this.told.add(type),
    });
    this.hear('look', { ease: false, layers: LAYERS, selection: [0, 2, 9], net: 0 });
    this.hear('size', { width: 800, height: 500, dpr: 1 });
    this.hear('board', { text: JSON.stringify(json) });
  }

  hear(type, more = {}) {
    this.picture.hear({ type, ...more });
    this.now_ms += 20;
    this.#draw?.();
  }

  use() {
    this.hear('point', { at: { x: 300, y: 200 } });
    this.hear('camera', { step: 'flip', values: [] });
    this.hear('camera', { step: 'zoomAt', values: [300, 200, 4] });
    this.hear('judge');
    this.hear('solids');
    this.hear('pick-box', { from: { x: 900, y: 0 }, to: { x: 0, y: 900 } });
    this.hear('edit', { parts: [0, 1], change: 'rotate' });
    this.hear('seek', { step: -1 });
    this.hear('seek', { live: true });
  }
}

/** Runs the rounds, and says of which seed one fails. */
function rounds(act) {
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const start_ms = performance.now();
    try {
      act(randomFrom(seed), seed);
    } catch (error) {
      throw new Error(`seed ${seed}: ${error.stack}`, { cause: error });
    }
    assert.ok(performance.now() - start_ms < HUNG_MS, `seed ${seed} takes too long`);
  }
}

test('boards that are wrong in places are drawn, or it is said what is wrong', () => {
  let shown = 0;
  rounds((random) => {
    const bench = new Bench(spoilt(good(), random));
    const { told } = bench;
    assert.ok(told.has('scene') !== told.has('unreadable'));
    shown += told.has('scene');
    bench.use();
  });
  assert.ok(shown > ROUNDS / 2);
});

test('frames and words that are wrong in places are left alone, or drawn', () => {
  const messages = [
    frame({ A: [25, 20, 90], B: [50, 31, 0] }, { forces: { A: [[1, 2, 'attraction']] } }),
    { type: 'welcome', fps: 10, paused: false },
    { type: 'status', status: 'info', message: 'Paused' },
    { type: 'control_state', paused: true, stop_requested: false },
  ];
  rounds((random) => {
    const bench = new Bench(good());
    for (const message of messages) {
      const raw = JSON.stringify(spoilt(message, random));
      const read = readMessage(raw);
      if (read !== null && read.type !== 'frame') {
        bench.hear('relay', { message: read });
      }
      bench.hear('frame', { raw, at_ms: bench.now_ms });
    }
    bench.use();
  });
});

test('binary messages that are wrong in places are refused as such, or read and drawn', () => {
  const bytes = VECTORS.map(({ hex }) => Buffer.from(hex, 'hex'));
  let refused = 0;
  rounds((random) => {
    const bench = new Bench(good());
    let reader = new WireReader();
    for (let i = 0; i < 12; i++) {
      const sent = pick(random, bytes);
      const buffer = random() < 0.3 ? Uint8Array.from(sent).buffer : spoiltBytes(sent, random);
      try {
        const message = reader.read(buffer);
        if (message?.type === 'frame') {
          bench.hear('frame', { raw: message, at_ms: bench.now_ms });
        } else if (message !== null) {
          bench.hear('relay', { message });
        }
      } catch (error) {
        assert.ok(error instanceof WireError, error.stack);
        refused++;
        reader = new WireReader();
      }
    }
    bench.use();
  });
  assert.ok(refused > ROUNDS);
});

test('a change that comes before any frame, or is against another, is refused', () => {
  const one = (buffer) => Uint8Array.from(buffer).buffer;
  const reader = new WireReader();
  assert.throws(() => reader.read(one(unmoved({ seq: 2 }))), WireError);
  reader.read(one(key([[1, 2]], { seq: 1 })));
  assert.throws(() => reader.read(one(unmoved({ seq: 3 }))), WireError);
  assert.equal(reader.read(one(unmoved({ seq: 2 }))).type, 'frame');
});

test('a message that claims a billion parts takes no room for them', () => {
  const claimed = Buffer.from(key([[1, 2]]));
  claimed.writeUInt32LE(1e9, 12);
  assert.throws(() => new WireReader().read(Uint8Array.from(claimed).buffer), WireError);
  const parts = Array.from({ length: 60_000 }, () => ({ shape: 0 }));
  const bench = new Bench({ ...good(), footprints: parts });
  assert.ok(bench.told.has('unreadable'));
});

test('a history that is small on the way and huge once read is refused', () => {
  const more = Array.from({ length: 3000 }, (_, i) => unmoved({ seq: i + 2, iteration: i }));
  const many = history([key(Array.from({ length: 20_000 }, () => [1, 2])), ...more]);
  assert.throws(() => readHistory(Uint8Array.from(many).buffer), WireError);
  const few = history([key([[1, 2]]), ...more.slice(0, 5)]);
  assert.equal(readHistory(Uint8Array.from(few).buffer).length, 6);
  rounds((random) => {
    try {
      readHistory(spoiltBytes(few, random));
    } catch (error) {
      assert.ok(error instanceof WireError, error.stack);
    }
  });
});
