// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { readBoard } from '../../viewer/core/board.js';
import { Camera } from '../../viewer/core/camera.js';
import { Ratsnest } from '../../viewer/core/ratsnest.js';
import { SvgContext, SvgPath } from '../../viewer/core/svg.js';
import { Copper } from '../../viewer/core/copper.js';
import { themeFor } from '../../viewer/core/theme.js';
import { Trails } from '../../viewer/core/trails.js';
import { toSvg } from '../../viewer/core/vector.js';
import { board, part } from './boards.js';

test('what is drawn is in the drawing, where the transform puts it', () => {
  const ctx = new SvgContext(100, 50);
  ctx.setTransform(2, 0, 0, 2, 10, 0);
  ctx.fillStyle = '#123456';
  ctx.fillRect(1, 2, 3, 4);
  assert.match(ctx.toString(), /<path d="M12 4L18 4L18 12L12 12Z" fill="#123456"\/>/);
  ctx.strokeStyle = 'red';
  ctx.lineWidth = 1.5;
  ctx.setLineDash([4, 2]);
  ctx.beginPath();
  ctx.moveTo(0, 0);
  ctx.lineTo(5, 0);
  ctx.stroke();
  assert.match(ctx.toString(), /M10 0L20 0.*stroke-width="3".*stroke-dasharray="8 4"/);
  const path = new SvgPath();
  path.moveTo(1, 1);
  path.lineTo(2, 2);
  path.closePath();
  ctx.globalAlpha = 0.5;
  ctx.fill(path);
  assert.match(ctx.toString(), /M1 1L2 2Z" fill="#123456" opacity="0.5" transform="matrix\(2/);
});

test('markup in texts is text', () => {
  const ctx = new SvgContext(100, 50);
  ctx.font = '600 12px "A <b>", sans-serif';
  ctx.fillText('</text><script>&\u0000', 1, 2);
  const svg = ctx.toString();
  assert.ok(!svg.includes('<script>') && !svg.includes('\u0000'));
  assert.match(svg, />&lt;\/text&gt;&lt;script&gt;&amp;<\/text>/);
});

test('groups that clips begin are ended', () => {
  const ctx = new SvgContext(10, 10);
  ctx.save();
  ctx.clip(new SvgPath());
  ctx.restore();
  ctx.save();
  ctx.clip(new SvgPath());
  const svg = ctx.toString();
  assert.equal(svg.split('<g').length, svg.split('</g>').length);
});

test('a whole board becomes a drawing', () => {
  const scene = readBoard(board([part('R<1>', 50, 30, { locked: true })], {
    keepouts: [{ sides: 3, points: [1e7, 1e7, 2e7, 1e7, 2e7, 2e7] }],
    tracks: [{ net: 0, sides: 1, width: 500000, paths: [[1e7, 5e7, 7e7, 5e7]] }],
  }));
  const camera = new Camera();
  camera.resize(1000, 600);
  camera.fit(scene.box);
  const svg = toSvg({
    scene, poses: scene.poses, camera, dpr: 2, theme: themeFor('dark'), overlaps: [], strays: [],
    layers: { grid: true, pads: true, labels: true, tracks: true, areas: true, drawings: true },
    copper: new Copper(scene), ratsnest: new Ratsnest(scene),
    trails: new Trails(1), forces: [], held: new Set([0]),
    people: [{ hue_deg: 1, name: 'Ann', cursor: { x_mm: 1, y_mm: 1 }, selection: [], grabbed: [] }],
    heats: [{}], module: null, grid_mm: 1.27, hovered: -1, selection: [], net: -1,
  });
  assert.match(svg, />R&lt;1&gt;<\/text>/);
  assert.match(svg, /<clipPath/);
  assert.ok(!/NaN|undefined|Ann/.test(svg));
  assert.equal(svg.split(/<g[ >]/).length, svg.split('</g>').length);
});
