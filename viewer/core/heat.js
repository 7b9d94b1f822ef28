// SPDX-License-Identifier: GPL-3.0-or-later

// How crowded the board is: the share of each cell that bodies of parts take up, on both sides
// together, as a small picture that is drawn enlarged.

import { POSE_SIZE, cosSin } from './geometry.js';
import { areaOf } from './pieces.js';

const CELLS = 48;

export class Heat {
  #parts;
  #context = null;
  #shares;

  /** What the picture covers: [x0, y0, x1, y1] in mm. */
  box;

  columns;
  rows;

  /** The picture, a cell a pixel; null before the first update. */
  canvas = null;

  constructor(scene) {
    const [x0, y0, x1, y1] = scene.box;
    const cell = Math.max((x1 - x0) / CELLS, (y1 - y0) / CELLS, 1e-3);
    this.box = scene.box;
    this.columns = Math.max(1, Math.round((x1 - x0) / cell));
    this.rows = Math.max(1, Math.round((y1 - y0) / cell));
    this.#shares = new Float32Array(this.columns * this.rows);
    this.#parts = scene.parts.map(({ body, box }) => {
      const [bx0, by0, bx1, by1] = box;
      const whole = Math.max((bx1 - bx0) * (by1 - by0), 1e-9);
      // How much of its box a part takes up, of both sides.
      const weight = body.reduce((sum, rings) => sum + Math.min(1,
        rings.reduce((area, ring) => area + areaOf(ring), 0) / whole), 0);
      return {
        x: (bx0 + bx1) / 2, y: (by0 + by1) / 2, w: (bx1 - bx0) / 2, h: (by1 - by0) / 2, weight,
      };
    });
  }

  /** Shares of the cells, row by row. */
  measure(poses) {
    const [x0, y0, x1, y1] = this.box;
    const sx = this.columns / (x1 - x0);
    const sy = this.rows / (y1 - y0);
    this.#shares.fill(0);
    this.#parts.forEach((part, i) => {
      const at = i * POSE_SIZE;
      const [cos, sin] = cosSin(poses[at + 2]);
      const y = poses[at + 3] === 1 ? -part.y : part.y;
      const cx = (poses[at] + part.x * cos + y * sin - x0) * sx;
      const cy = (poses[at + 1] - part.x * sin + y * cos - y0) * sy;
      const w = (Math.abs(cos) * part.w + Math.abs(sin) * part.h) * sx;
      const h = (Math.abs(sin) * part.w + Math.abs(cos) * part.h) * sy;
      // A turned box is larger than the part: as much less of it is taken up.
      const share = part.weight * ((part.w * part.h * sx * sy) / Math.max(w * h, 1e-12));
      this.#spread(cx - w, cy - h, cx + w, cy + h, share);
    });
    return this.#shares;
  }

  #spread(x0, y0, x1, y1, share) {
    const last = Math.min(this.rows, Math.ceil(y1));
    const end = Math.min(this.columns, Math.ceil(x1));
    for (let row = Math.max(0, Math.floor(y0)); row < last; row++) {
      const tall = Math.min(y1, row + 1) - Math.max(y0, row);
      for (let column = Math.max(0, Math.floor(x0)); column < end; column++) {
        const wide = Math.min(x1, column + 1) - Math.max(x0, column);
        this.#shares[row * this.columns + column] += share * tall * wide;
      }
    }
  }

  /** Measures and paints; `stops` are colours [r, g, b, a] from empty to two full sides. */
  update(poses, stops, makeCanvas) {
    const shares = this.measure(poses);
    if (this.canvas === null) {
      this.canvas = makeCanvas();
      this.canvas.width = this.columns;
      this.canvas.height = this.rows;
      this.#context = this.canvas.getContext('2d');
    }
    const picture = this.#context.createImageData(this.columns, this.rows);
    for (let i = 0; i < shares.length; i++) {
      const place = Math.min(1, shares[i] / 2) * (stops.length - 1);
      const low = Math.min(stops.length - 2, Math.floor(place));
      for (let k = 0; k < 4; k++) {
        picture.data[4 * i + k] = stops[low][k]
          + (stops[low + 1][k] - stops[low][k]) * (place - low);
      }
    }
    this.#context.putImageData(picture, 0, 0);
  }
}
