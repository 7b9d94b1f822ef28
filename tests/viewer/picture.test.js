// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { Picture } from '../../viewer/core/picture.js';
import { WireReader } from '../../viewer/core/wire.js';
import { board, frame, part } from './boards.js';
import { fakeCanvas, FakePath } from './canvases.js';
import { barred, clashes, key } from './wire-writer.js';

/** A picture whose clock and refreshes move only when told to. */
class Bench {
  now_ms = 1000;
  told = [];
  drawn = [];
  boards = [];
  #frames = new Map();
  #id = 0;

  constructor(json = board([part('A', 20, 20), part('B', 50, 30)]), look = {}) {
    this.picture = new Picture({
      canvas: fakeCanvas(this.drawn),
      makeCanvas: () => fakeCanvas(this.boards),
      Path2D: FakePath,
      requestFrame: (draw) => {
        this.#frames.set(++this.#id, draw);
        return this.#id;
      },
      cancelFrame: (id) => this.#frames.delete(id),
      now: () => this.now_ms,
      post: (message) => this.told.push(message),
    });
    this.hear('look', { ease: false, layers: { ratsnest: true }, ...look });
    this.hear('size', { width: 1000, height: 600, dpr: 1 });
    this.hear('board', { text: JSON.stringify(json) });
    this.settle();
  }

  hear(type, more = {}) {
    this.picture.hear({ type, ...more });
  }

  frame(components, extra = {}) {
    this.hear('frame', { raw: JSON.stringify(frame(components, extra)), at_ms: this.now_ms });
  }

  refresh(ms = 16) {
    const frames = [...this.#frames.values()];
    this.#frames.clear();
    this.now_ms += ms;
    frames.forEach((draw) => draw());
  }

  /** Until nothing asks for a refresh. */
  settle() {
    for (let i = 0; this.#frames.size > 0; i++) {
      assert.ok(i < 200, 'it never comes to rest');
      this.refresh();
    }
    const { told } = this;
    this.told = [];
    return told;
  }

  of(type) {
    return this.told.filter((message) => message.type === type);
  }
}

test('of the frames between two refreshes the newest alone is read', () => {
  const bench = new Bench();
  for (let i = 1; i <= 5; i++) {
    bench.frame({ A: [20 + i, 20, 0] }, { iteration: i });
  }
  assert.equal(bench.of('frame').length, 0);
  bench.refresh();
  assert.deepEqual(bench.of('frame').map((told) => told.frame.iteration), [5]);
  assert.equal(bench.of('drawn').length, 1);
  assert.equal('components' in bench.of('frame')[0].frame, false);
});

test('what else the session says comes after the frames before it', () => {
  const bench = new Bench();
  bench.frame({ A: [21, 20, 0] }, { iteration: 1 });
  bench.hear('relay', { message: { type: 'status', status: 'complete', message: '' } });
  bench.frame({ A: [22, 20, 0] }, { iteration: 2 });
  bench.refresh();
  const order = bench.told.filter(({ type }) => type === 'frame' || type === 'relay')
    .map((told) => told.frame?.iteration ?? told.message.type);
  assert.deepEqual(order, [1, 'status', 2]);
});

test('it draws when something changes, and then no more', () => {
  const bench = new Bench();
  bench.frame({ A: [30, 20, 0] }, { iteration: 1 });
  const [last] = bench.settle().filter(({ type }) => type === 'drawn').slice(-1);
  assert.equal(last.moving, false);
  assert.equal(bench.told.length, 0);
  bench.refresh();
  assert.equal(bench.told.length, 0);
});

test('the age at which a frame is drawn is told once', () => {
  const bench = new Bench();
  bench.frame({ A: [30, 20, 0] }, { iteration: 1 });
  bench.refresh(7);
  assert.equal(bench.of('drawn')[0].age_ms, 7);
  bench.told = [];
  bench.hear('camera', { step: 'pan', values: [5, 5] });
  bench.refresh();
  assert.equal(bench.of('drawn')[0].age_ms, null);
});

test('what does not move is drawn once while parts move', () => {
  const bench = new Bench();
  const before = bench.boards.length;
  for (let i = 1; i < 20; i++) {
    bench.frame({ A: [20 + i, 20, 0] }, { iteration: i });
    bench.settle();
  }
  assert.equal(bench.boards.length, before);
  bench.hear('camera', { step: 'zoomAt', values: [100, 100, 2] });
  bench.settle();
  assert.ok(bench.boards.length > before);
});

test('a board that takes long is moved with the camera, and drawn when it rests', () => {
  const bench = new Bench();
  // Each look at the clock takes 10 ms: so does drawing the board.
  const { now_ms } = bench;
  let looks = 0;
  Object.defineProperty(bench, 'now_ms', {
    get: () => now_ms + 10 * looks++, set: () => {},
  });
  bench.hear('camera', { step: 'pan', values: [5, 5] });
  bench.settle();
  const before = bench.boards.length;
  bench.hear('camera', { step: 'pan', values: [5, 5] });
  bench.refresh();
  assert.equal(bench.boards.length, before, 'moved');
  bench.settle();
  assert.ok(bench.boards.length > before, 'drawn');
});

test('what lies under a point is told: the part, its pad and net', () => {
  const bench = new Bench();
  bench.hear('camera', { step: 'fit', values: [] });
  const { scale } = bench.settle().findLast(({ type }) => type === 'drawn').camera;
  bench.hear('pick', { at: { x: 500, y: 300 } });
  bench.hear('pick', { at: { x: 500 + 1.4 * scale, y: 300 } });
  const [middle, pad] = bench.of('picked');
  assert.deepEqual([pad.part, pad.pad, pad.net], [1, 1, 1]);
  assert.equal(Math.round(middle.x_mm), 50);
  assert.equal(Math.round(middle.y_mm), 30);
  assert.equal(middle.part, 1);
  assert.equal(middle.net, -1);
});

test('a part is brought into sight, and one that is not there is not', () => {
  const bench = new Bench();
  bench.hear('camera', { step: 'show', values: [0] });
  bench.hear('camera', { step: 'show', values: [99] });
  bench.hear('camera', { step: 'constructor', values: [] });
  bench.settle();
  bench.hear('pick', { at: { x: 500, y: 300 } });
  assert.equal(bench.of('picked')[0].part, 0);
});

test('a board that cannot be read is told in words', () => {
  const bench = new Bench();
  bench.hear('board', { text: '{"format":1}' });
  bench.hear('board', { text: '<html>' });
  assert.equal(bench.of('unreadable').length, 2);
  assert.match(bench.of('unreadable')[0].message, /form that this page does not know/);
  bench.frame({ A: [1, 1, 0] }, { iteration: 9 });
  bench.refresh();
  assert.equal(bench.of('frame').length, 1, 'the board before goes on');
});

test('whether parts lie outside is told of the newest frame', () => {
  const bench = new Bench();
  bench.frame({ A: [0, 0, 0] }, { index: 7, iteration: 7 });
  bench.hear('judge');
  assert.deepEqual(bench.of('judged'), [{
    type: 'judged', outside: 1, clashing: [], index: 7,
  }]);
});

test('who is held in conflict is told by name, by pads alone as well', () => {
  const bench = new Bench();
  const reader = new WireReader();
  const hear = (bytes) => {
    const message = reader.read(Uint8Array.from(bytes).buffer);
    bench.hear(...(message.type === 'frame' ? ['frame', { raw: message, at_ms: bench.now_ms }]
      : ['relay', { message }]));
  };
  hear(clashes([0, 1], 7));
  hear(key([[20, 20], [50, 30]], { seq: 7, conflicts: 1 }));
  bench.hear('judge');
  hear(key([[20, 20], [50, 30]], { seq: 8, outside: 3 }));
  bench.hear('judge');
  assert.deepEqual(bench.of('judged'), [
    { type: 'judged', outside: 0, clashing: ['A', 'B'], index: 6 },
    { type: 'judged', outside: 3, clashing: [], index: 7 },
  ]);
  assert.equal(bench.of('relay').length, 0);
});

test('what is barred is marked, now and in the past, and not before it was', () => {
  const bench = new Bench();
  const reader = new WireReader();
  const read = (bytes) => reader.read(Uint8Array.from(bytes).buffer);
  const strokes = (act) => {
    bench.drawn.length = 0;
    act();
    bench.refresh();
    return bench.drawn.filter((name) => name === 'stroke').length;
  };
  const frameOf = (seq) => strokes(() => bench.hear('frame', {
    raw: read(key([[20, 20], [50, 30]], { seq, iteration: seq })), at_ms: bench.now_ms,
  }));
  const calm = frameOf(1);
  bench.hear('relay', { message: read(barred([1], 2)) });
  assert.equal(frameOf(2), calm + 1);
  assert.equal(strokes(() => bench.hear('seek', { iteration: 1 })), calm);
  assert.equal(strokes(() => bench.hear('seek', { iteration: 2 })), calm + 1);
});

test('a frame of another board, and none, do no harm', () => {
  const bench = new Bench();
  bench.hear('clear');
  bench.frame({ A: [1, 1, 0] });
  for (const type of ['pick', 'point']) {
    bench.hear(type, { at: { x: 5, y: 5 } });
  }
  bench.hear('judge');
  bench.hear('camera', { step: 'show', values: [0] });
  bench.hear('relay', { message: { type: 'pong' } });
  bench.settle();
  const fresh = new Bench();
  fresh.hear('frame', { raw: '{"type":"frame","data":{"components":{"A":[1]}}', at_ms: 0 });
  fresh.frame({ NOBODY: [1, 1, 0] });
  fresh.settle();
});

test('a part is carried by the pointer, and stays where it was put until a frame has it', () => {
  const bench = new Bench();
  bench.hear('camera', { step: 'fit', values: [] });
  const px = bench.settle().findLast(({ type }) => type === 'drawn').camera.scale;
  const at = { x: 500, y: 300 };
  bench.hear('grab', { at, id: 5 });
  assert.deepEqual(bench.of('grabbed'), [{
    type: 'grabbed', id: 5, free: false, part: 1, parts: [1], poses: [[50, 30, 0, 0]],
  }]);
  bench.hear('carry', { at: { x: at.x + 10 * px, y: at.y - 5 * px } });
  bench.hear('carry', { nudge: [0.5, 0] });
  const round = (pose) => pose.map((value) => Math.round(value * 1000) / 1000);
  assert.deepEqual(bench.of('carried').map(({ poses, done }) => [round(poses[0]), done]),
                   [[[60, 25, 0, 0], false], [[60.5, 25, 0, 0], false]]);
  // A frame that does not know it yet changes nothing, however late it is.
  bench.frame({ B: [50, 30, 0] }, { iteration: 1 });
  bench.refresh(5000);
  bench.told = [];
  bench.hear('carry', { done: true });
  bench.hear('carry', { at });
  assert.deepEqual(bench.of('carried').map(({ done }) => done), [true]);
  const where = () => {
    bench.hear('look', { selection: [1] });
    return round(bench.of('hover').at(-1).selected);
  };
  assert.deepEqual(where(), [60.5, 25, 0, 0]);
  bench.frame({ B: [50, 30, 0] }, { iteration: 2 });
  bench.refresh();
  assert.deepEqual(where(), [60.5, 25, 0, 0], 'on its way');
  bench.frame({ B: [50, 30, 0] }, { iteration: 3 });
  bench.refresh(2000);
  assert.deepEqual(where(), [50, 30, 0, 0], 'nobody obeyed');
});

test('nothing is carried where there is nothing, nor beyond all bounds', () => {
  const bench = new Bench();
  bench.hear('grab', { at: { x: 5, y: 5 }, id: 1 });
  assert.equal(bench.of('grabbed')[0].part, -1);
  bench.hear('grab', { parts: [99], at: null, free: true });
  bench.hear('carry', { at: { x: 50, y: 50 } });
  bench.hear('ask', { parts: [99], poses: [[0, 0, 0, 0]] });
  assert.equal(bench.of('carried').length, 0);
  bench.hear('carry', { done: true });
  assert.deepEqual(bench.of('carried'), [{ type: 'carried', parts: [], poses: null, done: true }],
                   'who puts something down waits for the answer');
  bench.told = [];
  bench.hear('grab', { parts: [0], at: null, free: true });
  bench.hear('carry', { nudge: [1e9, -1e9] });
  assert.deepEqual(bench.of('carried')[0].poses[0], [2000, -2000, 0, 0]);
});

test('the board is in the middle, and stays there when parts come onto it', () => {
  const bench = new Bench(board([part('A', 160, 20), part('B', 50, 30)]));
  const middle = () => {
    bench.hear('pick', { at: { x: 500, y: 300 } });
    const { x_mm, y_mm } = bench.of('picked').at(-1);
    return [Math.round(x_mm), Math.round(y_mm)];
  };
  assert.ok(middle()[0] > 70, 'A lies far to the right');
  bench.now_ms += 1000;
  bench.frame({ A: [80, 20, 0] }, { iteration: 1 });
  bench.settle();
  assert.deepEqual(middle(), [50, 30]);
  bench.hear('camera', { step: 'pan', values: [50, 0] });
  const moved = middle();
  bench.now_ms += 1000;
  bench.frame({ A: [160, 20, 0] }, { iteration: 2 });
  bench.settle();
  assert.deepEqual(middle(), moved, 'but not where somebody has moved the camera');
});

test('the run is shown as it was, and again as it is', () => {
  const bench = new Bench();
  for (let i = 0; i < 5; i++) {
    bench.frame({ A: [20 + i, 20, 0] }, { iteration: 10 * i, index: i });
    bench.refresh();
  }
  const where = () => {
    bench.settle();
    bench.hear('look', { selection: [0] });
    return bench.of('hover').at(-1).selected[0];
  };
  const seek = (what) => {
    bench.told = [];
    bench.hear('seek', what);
    return bench.of('past')[0].frame?.iteration ?? null;
  };
  assert.equal(seek({ iteration: 25 }), 20);
  assert.equal(where(), 22);
  bench.frame({ A: [30, 20, 0] }, { iteration: 50 });
  bench.refresh();
  assert.equal(where(), 22, 'what comes meanwhile is kept');
  assert.equal(seek({ step: -1 }), 10);
  assert.equal(seek({ iteration: -1 }), 0);
  assert.equal(where(), 20);
  assert.equal(seek({ step: 1 }), 10);
  assert.equal(seek({ live: true }), null);
  assert.equal(where(), 30);
  assert.equal(seek({ step: -1 }), 40);
  assert.equal(seek({ step: 1 }), 50);
  assert.equal(seek({ step: 1 }), null, 'past the end is now');
});

test('a frame that comes to an idle picture is drawn at once, one on its heels later', () => {
  const bench = new Bench();
  const pictures = () => bench.told.filter(({ type }) => type === 'drawn').length;
  bench.now_ms += 100;
  bench.frame({ A: [30, 20, 0] });
  assert.equal(pictures(), 1);
  bench.now_ms += 1;
  bench.frame({ A: [31, 20, 0] });
  bench.frame({ A: [32, 20, 0] });
  assert.equal(pictures(), 1);
  bench.refresh();
  assert.equal(pictures(), 2);
});

test('parts are drawn on their way to a frame, and are taken where they are seen', () => {
  const bench = new Bench(undefined, { ease: true });
  bench.hear('camera', { step: 'fit', values: [] });
  const px = bench.settle().findLast(({ type }) => type === 'drawn').camera.scale;
  const under = (x_mm) => {
    bench.hear('pick', { at: { x: 500 + (x_mm - 50) * px, y: 300 } });
    return bench.of('picked').at(-1).part;
  };
  bench.frame({ B: [50, 30, 0] }, { iteration: 1 });
  bench.refresh();
  assert.equal(under(50), 1, 'the first frame is there at once');
  bench.frame({ B: [80, 30, 0] }, { iteration: 2 });
  bench.refresh(100);
  assert.equal(bench.of('drawn').at(-1).moving, true);
  assert.equal(under(80), -1, 'not there yet');
  const seen_mm = Array.from({ length: 30 }, (_, i) => 50 + i).find((x_mm) => under(x_mm) === 1);
  assert.ok(seen_mm > 50);
  bench.hear('grab', { at: { x: 500 + (seen_mm - 50) * px, y: 300 }, id: 1 });
  const [[x_mm]] = bench.of('grabbed')[0].poses;
  assert.ok(x_mm > 50 && x_mm < 80);
  bench.hear('carry', { at: { x: 500 + (40 - 50) * px, y: 300 } });
  assert.equal(under(40), 1, 'in the hand there is no way');
  assert.equal(bench.settle().findLast(({ type }) => type === 'drawn').moving, false);
});
