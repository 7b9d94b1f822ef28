// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { readBoard } from '../../viewer/core/board.js';
import { Orbit } from '../../viewer/core/orbit.js';
import { FlatPainter } from '../../viewer/core/solid-painter.js';
import {
  bodiesOf, boardMesh, BOARD_MM, CORNER, heightOf, partsMesh,
} from '../../viewer/core/solids.js';
import { themeFor } from '../../viewer/core/theme.js';
import { board, part } from './boards.js';

const scene = readBoard(board([part('R1', 20, 20, { width: 4, height: 2 }),
  part('J1', 60, 30, { width: 12, height: 8, pose: [0, 1] })]));
const theme = themeFor('light');

/** Where a matrix puts a point on a canvas of 800 × 600, and how far it is. */
function seen(orbit, [x, y, z]) {
  const m = orbit.matrix(800, 600);
  const [cx, cy, cz, cw] = [0, 1, 2, 3].map((k) =>
    m[k] * x + m[4 + k] * y + m[8 + k] * z + m[12 + k]);
  return { x: 400 + (cx / cw) * 400, y: 300 - (cy / cw) * 300, z: cz / cw, w: cw };
}

test('seen from the front the board lies as on the flat view, whole and in the middle', () => {
  const orbit = new Orbit();
  orbit.setBox(scene.box);
  orbit.turn_rad = 0;
  orbit.tilt_rad = Math.PI / 2 - 0.01;
  const middle = seen(orbit, [50, 30, 0]);
  assert.ok(Math.hypot(middle.x - 400, middle.y - 300) < 1);
  const [left, right] = [seen(orbit, [0, 30, 0]), seen(orbit, [100, 30, 0])];
  assert.ok(left.x > 0 && left.x < middle.x && right.x > middle.x && right.x < 800);
  assert.ok(seen(orbit, [50, 60, 0]).y > middle.y, 'y points down');
  assert.ok(seen(orbit, [50, 30, 5]).w < middle.w, 'the front is nearer');
  for (const point of [left, right, middle]) {
    assert.ok(point.z > -1 && point.z < 1);
  }
});

test('it is turned, tilted to the back and zoomed, within bounds', () => {
  const orbit = new Orbit();
  orbit.setBox(scene.box);
  orbit.turn(1e9, -1e9);
  assert.ok(Math.abs(orbit.turn_rad) <= 2 * Math.PI && orbit.tilt_rad > -Math.PI / 2);
  assert.ok(seen(orbit, [50, 30, -5]).w < seen(orbit, [50, 30, 5]).w, 'the back is nearer');
  const far = seen(orbit, [50, 30, 0]).w;
  orbit.zoomBy(2);
  assert.ok(Math.abs(seen(orbit, [50, 30, 0]).w - far / 2) < 1e-3);
  orbit.zoomBy(1e9);
  assert.ok(Number.isFinite(orbit.zoom) && orbit.zoom > 0);
});

test('a body stands on its side of the board, as high as its kind', () => {
  const corners = partsMesh(bodiesOf(scene, theme), scene.poses);
  assert.equal(corners.length % (3 * CORNER), 0);
  const heights = (from, to) => {
    const zs = [];
    for (let i = from; i < to; i += CORNER) {
      zs.push(corners[i + 2]);
    }
    return [Math.min(...zs), Math.max(...zs)].map((value) => Math.round(value * 100) / 100);
  };
  const half = corners.length / 2;
  assert.deepEqual(heights(0, half), [BOARD_MM / 2, BOARD_MM / 2 + 0.6]);
  assert.deepEqual(heights(half, corners.length), [-BOARD_MM / 2 - 6, -BOARD_MM / 2]);
  assert.equal(heightOf({ reference: 'U7', box: [0, 0, 5, 5] }), 1.4);
  assert.equal(heightOf({ reference: '', box: [0, 0, 0.3, 0.3] }), 0.3);
  assert.equal(heightOf({ reference: '__proto__', box: [0, 0, 9, 9] }), 1.5);
});

test('what is round stands as a prism of few faces, what is bent as its box', () => {
  const circle = Array.from({ length: 64 }, (_, i) => [
    Math.round(5e6 * Math.cos((i * Math.PI) / 32)), Math.round(5e6 * Math.sin((i * Math.PI) / 32)),
  ]).flat();
  const bent = [0, 0, 4e6, 0, 4e6, 1e6, 1e6, 1e6, 1e6, 4e6, 0, 4e6];
  const [round, box] = bodiesOf(readBoard(board([
    part('C1', 20, 20, { body: [[circle], []] }), part('J1', 60, 30, { body: [[bent], []] })])),
  theme);
  const corners = round.ring.length / 2;
  assert.ok(corners >= 8 && corners <= 24, `${corners} corners`);
  for (let i = 0; i < round.ring.length; i += 2) {
    assert.ok(Math.abs(Math.hypot(round.ring[i], round.ring[i + 1]) - 5) < 0.01);
  }
  assert.deepEqual([...box.ring], [0, 0, 4, 0, 4, 4, 0, 4]);
});

test('normals point outwards, whichever way a ring turns', () => {
  for (const mesh of [boardMesh(scene, theme), partsMesh(bodiesOf(scene, theme), scene.poses)]) {
    for (let i = 0; i < mesh.length; i += CORNER) {
      const length = Math.hypot(mesh[i + 3], mesh[i + 4], mesh[i + 5]);
      assert.ok(Math.abs(length - 1) < 1e-6);
    }
  }
  const slab = boardMesh(scene, theme);
  for (let i = 0; i < slab.length; i += CORNER) {
    const [x, y, , nx, ny] = slab.subarray(i, i + CORNER);
    assert.ok(nx * (x - 50) + ny * (y - 30) >= -1e-6, 'away from the middle');
  }
});

test('without graphics hardware the faces that are seen are drawn, the far side below', () => {
  const fills = [];
  const ctx = new Proxy({ canvas: { width: 800, height: 600 } }, {
    get: (target, name) => (name in target ? target[name] : () => {
      if (name === 'fill') {
        fills.push(target.fillStyle);
      }
    }),
  });
  const orbit = new Orbit();
  orbit.setBox(scene.box);
  new FlatPainter(ctx, scene, theme).draw(orbit, scene.poses);
  // Of each part two sides and a lid, of the slab both faces.
  assert.equal(fills.length, 3 + 2 + 3);
  assert.deepEqual(fills.slice(3, 5), [theme.boardEdge, theme.board], 'between back and front');
});
