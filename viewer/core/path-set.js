// SPDX-License-Identifier: GPL-3.0-or-later

// Lines or rings of one style as paths of the browser's, in millimetres: cut into chunks, of
// which only those in sight are drawn, and with fewer points where nobody could tell.

import { addRing, coarseRing, emptyBox } from './geometry.js';
import { boxesMeet } from './pieces.js';

// Browsers rasterize many small paths in half the time of a huge one.
const CHUNK_POINTS = 400;
const COARSE_MM = 0.04;
const COARSE_PX = 0.5;

function addTo(path, points, closed) {
  path.moveTo(points[0], points[1]);
  if (points.length === 2) {
    // A dot: a line of no length, drawn by its round ends.
    path.lineTo(points[0], points[1]);
    return;
  }
  for (let i = 2; i < points.length; i += 2) {
    path.lineTo(points[i], points[i + 1]);
  }
  if (closed) {
    path.closePath();
  }
}

export class PathSet {
  #Path2D;
  #reach;
  #chunks = [];

  /** `Path2D` is the browser's; strokes reach `reach` mm beyond their points. */
  constructor(Path2D, reach = 0) {
    this.#Path2D = Path2D;
    this.#reach = reach;
  }

  get empty() {
    return this.#chunks.length === 0;
  }

  add(points, closed) {
    if (points.length < 2) {
      return;
    }
    let chunk = this.#chunks.at(-1);
    if (chunk === undefined || chunk.points + points.length / 2 > CHUNK_POINTS) {
      chunk = { points: 0, box: emptyBox(), fine: new this.#Path2D(), coarse: new this.#Path2D() };
      this.#chunks.push(chunk);
    }
    chunk.points += points.length / 2;
    addRing(chunk.box, points);
    addTo(chunk.fine, points, closed);
    addTo(chunk.coarse, closed ? coarseRing(points, COARSE_MM) : points, closed);
  }

  /** Calls `draw (path)` for what is in sight: the box [x0, y0, x1, y1] in mm. */
  each([x0, y0, x1, y1], scale, draw) {
    const r = this.#reach + 1e-6;
    const sight = [x0 - r, y0 - r, x1 + r, y1 + r];
    const coarse = COARSE_MM * scale < COARSE_PX;
    for (const chunk of this.#chunks) {
      if (boxesMeet(chunk.box, sight)) {
        draw(coarse ? chunk.coarse : chunk.fine);
      }
    }
  }
}
