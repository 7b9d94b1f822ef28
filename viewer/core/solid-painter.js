// SPDX-License-Identifier: GPL-3.0-or-later

// The board in space on a 2D canvas: its slab, and of each part the lid and the sides that face
// who looks, those far away first. Of many parts the lids alone: without graphics hardware more
// would cost more than it shows.

import { POSE_SIZE, transformPoint } from './geometry.js';
import { bodiesOf, BOARD_MM } from './solids.js';

const NEAREST = 0.05;
const MOST_WITH_SIDES = 1500;

/** The middle of the points of a ring. */
function middleOf(ring) {
  let x = 0;
  let y = 0;
  for (let i = 0; i < ring.length; i += 2) {
    x += (2 * ring[i]) / ring.length;
    y += (2 * ring[i + 1]) / ring.length;
  }
  return [x, y];
}

export class FlatPainter {
  #ctx;
  #scene;
  #theme;
  #bodies;

  constructor(ctx, scene, theme) {
    this.#ctx = ctx;
    this.#scene = scene;
    this.#theme = theme;
    this.#bodies = bodiesOf(scene, theme);
  }

  draw(orbit, poses) {
    const ctx = this.#ctx;
    const { width, height } = ctx.canvas;
    const { right, down, toward, middle, distance, focus } = orbit.view;
    const half = (Math.min(width, height) / 2) * focus;
    const dot = (axis, x, y, z) => axis[0] * (x - middle[0]) + axis[1] * (y - middle[1])
      + axis[2] * (z - middle[2]);
    const project = (x, y, z) => {
      const way = Math.max(distance * NEAREST, distance - dot(toward, x, y, z));
      return [width / 2 + (dot(right, x, y, z) * half) / way,
        height / 2 + (dot(down, x, y, z) * half) / way];
    };
    const ring = (points, z) => {
      for (let i = 0; i < points.length; i += 2) {
        ctx[i === 0 ? 'moveTo' : 'lineTo'](...project(points[i], points[i + 1], z));
      }
      ctx.closePath();
    };
    const above = toward[2] > 0;
    const face = (above ? 1 : -1) * (BOARD_MM / 2);
    const space = { project, ring, toward, nearness: (x, y) => dot(toward, x, y, face) };
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.lineJoin = 'round';
    ctx.fillStyle = this.#theme.background;
    ctx.fillRect(0, 0, width, height);
    this.#bodiesOn(poses, !above, space);
    this.#slab(ring, -face, this.#theme.boardEdge);
    this.#slab(ring, face, this.#theme.board);
    this.#bodiesOn(poses, above, space);
  }

  #slab(ring, z, color) {
    const ctx = this.#ctx;
    ctx.beginPath();
    this.#scene.outlines.forEach(({ points }) => ring(points, z));
    ctx.fillStyle = color;
    ctx.fill('evenodd');
    ctx.strokeStyle = this.#theme.boardEdge;
    ctx.lineWidth = 1.5;
    ctx.stroke();
  }

  /** The parts on a side, the farthest first. */
  #bodiesOn(poses, front, space) {
    const at = [0, 0];
    const way = (part) => space.nearness(poses[part * POSE_SIZE], poses[part * POSE_SIZE + 1]);
    const order = this.#bodies.map((_, part) => part)
      .filter((part) => (poses[part * POSE_SIZE + 3] === 0) === front
        && this.#bodies[part].ring.length > 0)
      .sort((a, b) => way(a) - way(b));
    this.#ctx.lineWidth = 1;
    for (const part of order) {
      const body = this.#bodies[part];
      const placed = body.ring.slice();
      for (let i = 0; i < placed.length; i += 2) {
        transformPoint(poses, part, body.ring[i], body.ring[i + 1], at);
        [placed[i], placed[i + 1]] = at;
      }
      this.#body(placed, body, front ? 1 : -1, space);
    }
  }

  #body(placed, { height, color }, up, { project, ring, toward }) {
    const ctx = this.#ctx;
    const foot = (up * BOARD_MM) / 2;
    const top = up * (BOARD_MM / 2 + height);
    const shade = (light) => `rgb(${color.map((value) => Math.round(value * 255 * light))
      .join(' ')})`;
    const face = (light, trace, edge = shade(0.45)) => {
      ctx.beginPath();
      trace();
      ctx.fillStyle = shade(light);
      ctx.fill();
      ctx.strokeStyle = edge;
      ctx.stroke();
    };
    const [x, y] = middleOf(placed);
    // The seams between the faces of what is round are not seen.
    const seam = shade(placed.length > 8 ? 0.6 : 0.45);
    for (let i = 0; i < placed.length && this.#bodies.length <= MOST_WITH_SIDES; i += 2) {
      const k = (i + 2) % placed.length;
      const [ax, ay, bx, by] = [placed[i], placed[i + 1], placed[k], placed[k + 1]];
      const out = [(ax + bx) / 2 - x, (ay + by) / 2 - y];
      if (out[0] * toward[0] + out[1] * toward[1] > 0) {
        face(0.6, () => {
          ctx.moveTo(...project(ax, ay, foot));
          ctx.lineTo(...project(bx, by, foot));
          ctx.lineTo(...project(bx, by, top));
          ctx.lineTo(...project(ax, ay, top));
          ctx.closePath();
        }, seam);
      }
    }
    face(0.88, () => ring(placed, top));
  }
}
