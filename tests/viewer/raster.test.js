// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { readBoard } from '../../viewer/core/board.js';
import { Camera } from '../../viewer/core/camera.js';
import { CrowdPainter } from '../../viewer/core/crowd-painter.js';
import { Placed } from '../../viewer/core/placed.js';
import { Raster, toPixel } from '../../viewer/core/raster.js';
import { Ratsnest } from '../../viewer/core/ratsnest.js';
import { readColor, themeFor } from '../../viewer/core/theme.js';
import { board, part } from './boards.js';

const WIDTH = 20;
const HEIGHT = 10;
const BLACK = 0xff000000;
const WHITE = toPixel('#ffffff');

/** What `draw (raster)` leaves of black pixels: how white each is, from 0 to 255. */
function draw(act) {
  const raster = new Raster();
  const pixels = new Uint32Array(WIDTH * HEIGHT).fill(BLACK);
  raster.target(pixels, WIDTH, HEIGHT);
  act(raster);
  const values = [...pixels].map((pixel) => {
    assert.equal(pixel >>> 24, 255, 'opaque');
    assert.equal(pixel & 255, (pixel >> 8) & 255, 'grey');
    assert.equal(pixel & 255, (pixel >> 16) & 255, 'grey');
    return pixel & 255;
  });
  return { at: (x, y) => values[y * WIDTH + x], sum: values.reduce((a, b) => a + b, 0) / 255 };
}

test('colours of the theme are read', () => {
  assert.deepEqual(readColor('#0b5cad'), [11, 92, 173, 1]);
  assert.deepEqual(readColor('rgb(30 60 50 / 7%)'), [30, 60, 50, 0.07]);
  assert.deepEqual(toPixel('rgb(1 2 3 / 50%)', 0.5), [(255 << 24) | 0x030201, 64]);
});

test('a box covers as much of each pixel as it does', () => {
  const picture = draw((raster) => raster.box(2.5, 3, 6, 5.25, ...WHITE));
  assert.equal(picture.at(3, 3), 255);
  assert.ok(Math.abs(picture.at(2, 3) - 128) < 3);
  assert.ok(Math.abs(picture.at(3, 5) - 64) < 3);
  assert.ok(Math.abs(picture.sum - 3.5 * 2.25) < 0.2, String(picture.sum));
  const speck = draw((raster) => raster.box(4.25, 4.25, 4.75, 4.75, ...WHITE));
  assert.ok(Math.abs(speck.sum - 0.25) < 0.02);
});

test('half a colour is half of it and half of what was there', () => {
  const [pixel] = toPixel('#ffffff');
  const picture = draw((raster) => raster.box(0, 0, 4, 4, pixel, 128));
  assert.ok(Math.abs(picture.at(1, 1) - 128) < 2);
});

test('a rim is a pixel wide, and what is too small for one is filled', () => {
  const picture = draw((raster) => raster.frame(2, 2, 8, 7, ...WHITE));
  assert.equal(picture.sum, 6 * 5 - 4 * 3);
  assert.equal(picture.at(4, 4), 0);
  assert.equal(draw((raster) => raster.frame(2, 2, 4, 7, ...WHITE)).sum, 10);
});

test('what lies askew has its area', () => {
  const picture = draw((raster) => raster.quad([10, 1, 14, 5, 10, 9, 6, 5], ...WHITE));
  assert.ok(Math.abs(picture.sum - 32) < 5, String(picture.sum));
});

test('a line is as bright as it is long, whichever way it goes', () => {
  for (const [ax, ay, bx, by] of [[2, 2, 12, 2], [12, 2, 2, 2], [3, 1, 3, 8], [2, 2, 12, 7]]) {
    for (const kind of ['line', 'hairline']) {
      const { sum } = draw((raster) => raster[kind](ax, ay, bx, by, ...WHITE));
      const length = Math.max(Math.abs(bx - ax), Math.abs(by - ay));
      assert.ok(Math.abs(sum - length) < 1.5, `${kind}: ${sum} of ${length}`);
    }
  }
});

test('a hairline and a block are made of whole pixels', () => {
  const line = draw((raster) => raster.hairline(2, 2, 12, 7, ...WHITE));
  assert.equal(line.sum, 11);
  assert.equal(line.at(2, 2), 255);
  assert.equal(line.at(12, 7), 255);
  const block = draw((raster) => raster.block(2.4, 3.4, 5.6, 4.7, ...WHITE));
  assert.equal(block.sum, 4 * 2);
  assert.equal(block.at(2, 3), 255);
  assert.equal(block.at(5, 4), 255);
  const speck = draw((raster) => raster.block(4.1, 4.1, 4.3, 4.3, ...WHITE));
  assert.equal(speck.sum, 1, 'nothing is too small to be seen');
  const [pixel] = WHITE;
  const faint = draw((raster) => raster.block(0, 0, 4, 4, pixel, 128));
  assert.ok(Math.abs(faint.at(1, 1) - 128) < 2);
});

test('nothing is drawn beyond the edges, and nothing hangs', () => {
  for (const far of [-1e12, -30, 1e12, NaN, Infinity]) {
    const picture = draw((raster) => {
      raster.box(far, 2, far + 1, 5, ...WHITE);
      raster.block(far, 2, far + 1, 5, ...WHITE);
      raster.frame(far, 2, far + 5, 5, ...WHITE);
      raster.line(far, 50, far, 60, ...WHITE);
      raster.hairline(far, 50, far, 60, ...WHITE);
      raster.quad([far, 50, far, 60, far, 70, far, 80], ...WHITE);
    });
    assert.equal(picture.sum, 0, String(far));
  }
  assert.equal(draw((raster) => raster.box(-1e9, -1e9, 1e9, 1e9, ...WHITE)).sum, WIDTH * HEIGHT);
  assert.equal(draw((raster) => raster.block(-1e9, -1e9, 1e9, 1e9, ...WHITE)).sum,
               WIDTH * HEIGHT);
  assert.ok(draw((raster) => raster.line(-1e9, 5, 1e9, 5, ...WHITE)).sum <= WIDTH);
  assert.ok(draw((raster) => raster.hairline(-1e9, 5, 1e9, 5, ...WHITE)).sum <= WIDTH);
});

test('thousands of parts are drawn where they are, in their colours', () => {
  const parts = Array.from({ length: 2000 }, (_, i) =>
    part(`R${i}`, 1 + (i % 50) * 2, 1 + Math.floor(i / 50) * 1.4, { width: 1, height: 0.6 }));
  const scene = readBoard(board(parts));
  const camera = new Camera();
  camera.resize(500, 300);
  camera.fit(scene.box);
  const placed = new Placed(scene);
  const ratsnest = new Ratsnest(scene);
  const view = {
    scene, poses: scene.poses, camera, dpr: 1, theme: themeFor('light'), held: new Set([0]),
    layers: { pads: false, ratsnest: false, modules: false }, module: null, net: -1, ratsnest,
  };
  placed.place(view);
  const painter = new CrowdPainter(scene, placed);
  assert.ok(painter.suits(placed));
  let drawn = null;
  const ctx = {
    canvas: { width: 500, height: 300 },
    createImageData: (width, height) => ({
      width, height, data: new Uint8ClampedArray(4 * width * height),
    }),
    putImageData: (image) => { drawn = new Uint32Array(image.data.buffer.slice(0)); },
  };
  const still = { pixels: () => new Uint32Array(500 * 300).fill(BLACK) };
  painter.draw(ctx, view, still);
  const at = (x_mm, y_mm) =>
    drawn[Math.floor(camera.screenY(y_mm)) * 500 + Math.floor(camera.screenX(x_mm))];
  const [r, g, b] = view.theme.neutral.map((value) => value * view.theme.bodyAlpha);
  for (const [x, y] of [[1, 1], [3, 1], [99, 55.6]]) {
    const pixel = at(x, y);
    assert.ok(Math.abs((pixel & 255) - r) < 4 && Math.abs(((pixel >> 8) & 255) - g) < 4
      && Math.abs(((pixel >> 16) & 255) - b) < 4, `${x} ${y}: ${pixel.toString(16)}`);
    assert.equal(at(x + 1, y), BLACK, 'between two');
  }
  const bare = drawn;
  view.layers = { pads: true, ratsnest: true, power: true, modules: true };
  ratsnest.withPower = true;
  ratsnest.update(scene.poses);
  painter.draw(ctx, view, still);
  assert.notDeepEqual(drawn, bare);

  const usual = drawn;
  // Most nets are in the usual class still.
  for (let i = 0; i < 2; i++) {
    scene.nets.push({ ...scene.nets[0] });
    ratsnest.trees.push([]);
  }
  scene.nets[0].netClass = 1;
  new CrowdPainter(scene, placed).draw(ctx, view, still);
  const changed = drawn.filter((pixel, i) => pixel !== usual[i]);
  // Blue lines have become amber.
  assert.ok(changed.length > 50);
  assert.ok(changed.filter((pixel) => (pixel & 255) > ((pixel >> 16) & 255)).length
    > 0.9 * changed.length);
});
