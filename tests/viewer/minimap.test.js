// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { readBoard } from '../../viewer/core/board.js';
import { Camera } from '../../viewer/core/camera.js';
import { Minimap } from '../../viewer/core/minimap.js';
import { themeFor } from '../../viewer/core/theme.js';
import { board, part } from './boards.js';

const WHITE = 0xffffffff;
const NONE = { module: null, selection: [] };

/** A canvas that keeps what was put into it, white before that. */
function sheet() {
  const canvas = { width: 1, height: 1, pixels: null };
  const ctx = new Proxy({ canvas }, {
    get: (target, name) => ({
      canvas,
      getImageData: (x, y, width, height) =>
        ({ data: new Uint8Array(width * height * 4).fill(255) }),
      putImageData: ({ data }) => {
        canvas.pixels = new Uint32Array(data.buffer);
      },
    }[name] ?? (() => {})),
    set: () => true,
  });
  canvas.getContext = () => ctx;
  return canvas;
}

/** A minimap of a board of 100 × 60 mm whose clock moves only when told to. */
class Bench {
  now_ms = 1000;
  layout = 1;
  camera = new Camera();
  #below = sheet();

  constructor() {
    this.scene = readBoard(board([part('A', 25, 15), part('B', 75, 45, { module: 0 })]));
    this.poses = this.scene.poses.slice();
    this.map = new Minimap(sheet(), () => this.#below, () => this.now_ms);
    this.camera.resize(1000, 600);
    this.camera.fit([0, 0, 100, 60]);
  }

  draw(look = {}) {
    const { scene, poses, camera } = this;
    return this.map.draw({
      scene, poses, camera, dpr: 1, theme: themeFor('light'),
      layers: { minimap: true, modules: true }, ...NONE, ...look,
    }, this.layout);
  }

  /** Whether there is a part at a point of the board in what was drawn. */
  hasPart(x_mm, y_mm) {
    const { width, height } = this.map.size;
    const [[x0, y0], [x1, y1]] = [this.map.boardAt(0, 0), this.map.boardAt(width, height)];
    const x = Math.floor(((x_mm - x0) / (x1 - x0)) * width);
    const y = Math.floor(((y_mm - y0) / (y1 - y0)) * height);
    return this.#below.pixels[y * width + x] !== WHITE;
  }
}

test('it is seen only while some of the board is out of view, and there is room', () => {
  const bench = new Bench();
  bench.draw();
  assert.equal(bench.map.size, null);
  bench.camera.zoomAt(500, 300, 2);
  bench.draw();
  assert.deepEqual(bench.map.size, { width: 170, height: 102 });
  bench.draw({ layers: { minimap: false } });
  assert.equal(bench.map.size, null);
  bench.camera.resize(400, 600);
  bench.draw();
  assert.equal(bench.map.size, null, 'on a small screen it would hide the board');
});

test('it shows each part where it lies, from whichever side', () => {
  for (const flip of [1, -1]) {
    const bench = new Bench();
    bench.camera.flip = flip;
    bench.camera.zoomAt(500, 300, 4);
    bench.draw();
    assert.ok(bench.hasPart(25, 15));
    assert.ok(bench.hasPart(75, 45));
    assert.ok(!bench.hasPart(75, 15));
    assert.equal(Math.sign(bench.map.boardAt(170, 0)[0] - bench.map.boardAt(0, 0)[0]), flip);
  }
});

test('frames that come faster than anybody could see here are drawn later, and not forgotten',
  () => {
    const bench = new Bench();
    bench.camera.zoomAt(500, 300, 2);
    assert.equal(bench.draw(), 0);
    bench.poses[0] = 50;
    bench.layout++;
    bench.now_ms += 20;
    const wait_ms = bench.draw();
    assert.ok(wait_ms > 0 && wait_ms < 1000, String(wait_ms));
    assert.ok(bench.hasPart(25, 15) && !bench.hasPart(50, 15));
    bench.now_ms += wait_ms;
    assert.equal(bench.draw(), 0);
    assert.ok(bench.hasPart(50, 15) && !bench.hasPart(25, 15));
  });

test('what is not seen is measured no more often than what is', () => {
  const bench = new Bench();
  bench.draw();
  bench.poses[0] = 130;
  bench.layout++;
  bench.now_ms += 20;
  bench.draw();
  assert.equal(bench.map.size, null, 'it is not known yet that a part lies far out');
  bench.now_ms += 1000;
  bench.draw();
  assert.notEqual(bench.map.size, null);
});

test('another board is drawn at once, with its own bounds', () => {
  const bench = new Bench();
  bench.camera.zoomAt(500, 300, 2);
  bench.draw();
  bench.scene = readBoard(board([part('Z', 10, 10)], {
    box: [0, 0, 30e6, 60e6],
    outlines: [{ hole: false, points: [0, 0, 30e6, 0, 30e6, 60e6, 0, 60e6] }],
  }));
  bench.poses = bench.scene.poses.slice();
  bench.map.startOver();
  assert.equal(bench.map.size, null);
  bench.camera.fit([10, 10, 12, 12]);
  bench.draw();
  assert.deepEqual(bench.map.size, { width: 85, height: 170 });
});
