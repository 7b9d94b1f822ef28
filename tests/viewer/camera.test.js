// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { readBoard } from '../../viewer/core/board.js';
import {
  Camera, MAX_SCALE_PX_PER_MM, MIN_SCALE_PX_PER_MM, roundStep, scaleStep,
} from '../../viewer/core/camera.js';
import { Viewpoint } from '../../viewer/core/viewpoint.js';
import { board, part } from './boards.js';

function camera() {
  const made = new Camera();
  made.resize(800, 600);
  made.fit([0, 0, 100, 60]);
  return made;
}

const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

test('fitting shows the whole box in the middle', () => {
  const it = camera();
  assert.equal(it.scale, 8);
  near(it.screenX(50), 400);
  near(it.screenY(30), 300);
  assert.deepEqual(it.view(), [0, -7.5, 100, 67.5]);
});

test('fitting keeps the margins free', () => {
  const it = camera();
  it.fit([0, 0, 100, 60], [20, 60, 40, 10]);
  assert.ok(it.screenX(0) >= 10 - 1e-9 && it.screenX(100) <= 740 + 1e-9);
  assert.ok(it.screenY(0) >= 20 - 1e-9 && it.screenY(60) <= 560 + 1e-9);
  near(it.screenX(0), 10);
  near(it.screenX(100), 740);
});

test('screen and board points go to each other and back', () => {
  const it = camera();
  it.pan(37, -11);
  it.zoomAt(10, 20, 1.7);
  near(it.boardX(it.screenX(12.25)), 12.25);
  near(it.boardY(it.screenY(-3.5)), -3.5);
});

test('zooming keeps the point under the pointer', () => {
  const it = camera();
  const x = it.boardX(123);
  const y = it.boardY(456);
  it.zoomAt(123, 456, 2.5);
  near(it.scale, 20);
  near(it.boardX(123), x);
  near(it.boardY(456), y);
});

test('panning moves the picture by that many pixels', () => {
  const it = camera();
  const x = it.screenX(10);
  const y = it.screenY(10);
  it.pan(15, -25);
  near(it.screenX(10), x + 15);
  near(it.screenY(10), y - 25);
});

test('a pinch moves the point between the fingers with them', () => {
  const it = camera();
  const x = it.boardX(200);
  const y = it.boardY(100);
  it.pinch({ x: 200, y: 100 }, { x: 230, y: 90 }, 1.5);
  near(it.scale, 12);
  near(it.boardX(230), x);
  near(it.boardY(90), y);
});

test('the scale stays within its limits', () => {
  const it = camera();
  for (let i = 0; i < 100; i++) it.zoomAt(0, 0, 10);
  assert.equal(it.scale, MAX_SCALE_PX_PER_MM);
  for (let i = 0; i < 100; i++) it.zoomAt(0, 0, 0.1);
  assert.equal(it.scale, MIN_SCALE_PX_PER_MM);
});

test('numbers that cannot be leave the camera as it is', () => {
  const it = camera();
  const before = [it.scale, it.x_mm, it.y_mm];
  it.zoomAt(10, 10, NaN);
  it.zoomAt(10, 10, 0);
  it.zoomAt(10, 10, -1);
  it.zoomAt(10, 10, Infinity);
  it.pan(NaN, 5);
  it.pan(Infinity, 5);
  it.fit([NaN, 0, 1, 1]);
  assert.deepEqual([it.scale, it.x_mm, it.y_mm], before);
});

test('an empty box or an empty canvas can be fitted', () => {
  const it = new Camera();
  it.resize(0, 0);
  it.fit([5, 5, 5, 5]);
  assert.ok(Number.isFinite(it.scale) && it.scale > 0);
  near(it.x_mm, 5);
});

test('the scale bar is the longest round length that fits', () => {
  assert.equal(scaleStep(8, 100), 10);
  assert.equal(scaleStep(8, 40), 5);
  assert.equal(scaleStep(8, 39), 2);
  near(scaleStep(1000, 100), 0.1);
  assert.deepEqual([1.1, 2, 2.1, 5.1, 10, 0.3].map(roundStep), [2, 2, 5, 10, 10, 0.5]);
});

test('a viewpoint follows the parts until somebody moves it, and again once it is fitted', () => {
  const scene = readBoard(board([part('A', 50, 30)]));
  const poses = scene.poses.slice();
  let now_ms = 0;
  const viewpoint = new Viewpoint(() => now_ms);
  viewpoint.resize(1000, 600, null, null);
  viewpoint.fit(scene, poses);
  const scale = () => viewpoint.camera.scale;
  const whole = scale();
  poses[0] = 200;
  viewpoint.follow(scene, poses, false);
  assert.equal(scale(), whole, 'not at each frame');
  now_ms += 1000;
  viewpoint.follow(scene, poses, false);
  assert.ok(scale() < whole);
  assert.equal(viewpoint.step('leap', [1, 2]), false);
  assert.equal(viewpoint.step('zoomAt', [500, 300, 4]), true);
  const near = scale();
  now_ms += 1000;
  poses[0] = 50;
  viewpoint.follow(scene, poses, false);
  viewpoint.resize(1000, 600, scene, poses);
  assert.equal(scale(), near);
  viewpoint.fit(scene, poses);
  assert.equal(scale(), whole);
});

test('a viewpoint brings a point, or a part, to the middle', () => {
  const scene = readBoard(board([part('A', 70, 20)]));
  const viewpoint = new Viewpoint(() => 0);
  viewpoint.resize(1000, 600, scene, scene.poses);
  viewpoint.lookAt(10, 50);
  assert.deepEqual([viewpoint.camera.boardX(500), viewpoint.camera.boardY(300)].map(Math.round),
                   [10, 50]);
  viewpoint.showPart(scene, scene.poses, 0);
  assert.deepEqual([viewpoint.camera.boardX(500), viewpoint.camera.boardY(300)].map(Math.round),
                   [70, 20]);
  assert.ok(viewpoint.camera.scale > 20);
});
