// SPDX-License-Identifier: GPL-3.0-or-later

// The board in space on a 2D canvas: its slab and the lids of its parts, those far away first.
// Sides are left out: without graphics hardware they would cost more than they show.

import { POSE_SIZE, transformPoint } from './geometry.js';
import { bodiesOf, BOARD_MM } from './solids.js';

const NEAREST = 0.05;

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
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = this.#theme.background;
    ctx.fillRect(0, 0, width, height);
    this.#lids(poses, !above, ring);
    ctx.beginPath();
    this.#scene.outlines.forEach(({ points }) => ring(points, face));
    ctx.fillStyle = this.#theme.board;
    ctx.fill('evenodd');
    ctx.strokeStyle = this.#theme.boardEdge;
    ctx.lineWidth = 1.5;
    ctx.stroke();
    this.#lids(poses, above, ring, (x, y) => dot(toward, x, y, face));
  }

  /** The lids of the parts on a side; `nearness (x, y)` sorts them. */
  #lids(poses, front, ring, nearness = () => 0) {
    const ctx = this.#ctx;
    const at = [0, 0];
    const order = this.#bodies.map((_, part) => part)
      .filter((part) => (poses[part * POSE_SIZE + 3] === 0) === front)
      .sort((a, b) => nearness(poses[a * POSE_SIZE], poses[a * POSE_SIZE + 1])
        - nearness(poses[b * POSE_SIZE], poses[b * POSE_SIZE + 1]));
    ctx.lineWidth = 1;
    for (const part of order) {
      const { ring: body, height, color } = this.#bodies[part];
      const placed = body.slice();
      for (let i = 0; i < body.length; i += 2) {
        transformPoint(poses, part, body[i], body[i + 1], at);
        [placed[i], placed[i + 1]] = at;
      }
      const shade = (light) => `rgb(${color.map((value) => Math.round(value * 255 * light))
        .join(' ')})`;
      ctx.beginPath();
      ring(placed, (front ? 1 : -1) * (BOARD_MM / 2 + height));
      ctx.fillStyle = shade(0.85);
      ctx.fill();
      ctx.strokeStyle = shade(0.5);
      ctx.stroke();
    }
  }
}
