// SPDX-License-Identifier: GPL-3.0-or-later

// How full the board is, cell by cell, as a small picture that is drawn enlarged: of bodies of
// parts, on both sides together (Density), or of the tracks that nets will need (Congestion).

import { cosSin, netBox, POSE_SIZE } from './geometry.js';
import { areaOf } from './pieces.js';

const CELLS = 48;

// What a track and the gap beside it take, and how many layers there are for tracks.
const TRACK_PITCH_MM = 0.4;
const TRACK_LAYERS = 2;

/** Cells over a box [x0, y0, x1, y1] in mm; who extends it measures them. */
class HeatMap {
  #context = null;

  /** What is in each cell, row by row. */
  shares;

  columns;
  rows;

  /** The picture, a cell a pixel; null before the first update. */
  canvas = null;

  /** `full` is the share that has the last colour. */
  constructor(box, full) {
    const [x0, y0, x1, y1] = box;
    const cell = Math.max((x1 - x0) / CELLS, (y1 - y0) / CELLS, 1e-3);
    this.box = box;
    this.full = full;
    this.columns = Math.max(1, Math.round((x1 - x0) / cell));
    this.rows = Math.max(1, Math.round((y1 - y0) / cell));
    this.shares = new Float32Array(this.columns * this.rows);
  }

  /** Measures and paints; `stops` are colours [r, g, b, a] from empty to full. */
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
      // A board without width has cells without any, and shares that are no numbers.
      const share = Math.min(1, Math.max(0, shares[i] / this.full)) || 0;
      const place = share * (stops.length - 1);
      const low = Math.min(stops.length - 2, Math.floor(place));
      for (let k = 0; k < 4; k++) {
        picture.data[4 * i + k] = stops[low][k]
          + (stops[low + 1][k] - stops[low][k]) * (place - low);
      }
    }
    this.#context.putImageData(picture, 0, 0);
  }
}

export class Density extends HeatMap {
  #parts;

  constructor(scene) {
    // Both sides.
    super(scene.box, 2);
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
    this.shares.fill(0);
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
    return this.shares;
  }

  #spread(x0, y0, x1, y1, share) {
    const last = Math.min(this.rows, Math.ceil(y1));
    const end = Math.min(this.columns, Math.ceil(x1));
    for (let row = Math.max(0, Math.floor(y0)); row < last; row++) {
      const tall = Math.min(y1, row + 1) - Math.max(y0, row);
      for (let column = Math.max(0, Math.floor(x0)); column < end; column++) {
        const wide = Math.min(x1, column + 1) - Math.max(x0, column);
        this.shares[row * this.columns + column] += share * tall * wide;
      }
    }
  }
}

/**
 * Each net needs the half perimeter of its pins' box in track, anywhere in that box alike: the
 * usual estimate where nothing is routed. Supplies go by planes.
 */
export class Congestion extends HeatMap {
  #nets;
  #corners;

  constructor(scene) {
    super(scene.box, 1);
    this.#nets = scene.nets.filter(({ pins, power }) => pins.length >= 4 && !power);
    this.#corners = new Float64Array((this.columns + 1) * (this.rows + 1));
  }

  /** Shares of the tracks that a cell has room for. */
  measure(poses) {
    const stride = this.columns + 1;
    this.#corners.fill(0);
    this.#nets.forEach((net) => this.#spread(netBox(net, poses)));
    // What was put down at corners alone, summed up from the first, fills the boxes.
    const sums = new Float64Array(this.columns);
    for (let row = 0; row < this.rows; row++) {
      let sum = 0;
      for (let column = 0; column < this.columns; column++) {
        sum += this.#corners[row * stride + column];
        sums[column] += sum;
        this.shares[row * this.columns + column] = sums[column];
      }
    }
    return this.shares;
  }

  #spread([x0, y0, x1, y1]) {
    const [left, top, right, bottom] = this.box;
    const wide = (right - left) / this.columns;
    const tall = (bottom - top) / this.rows;
    const within = (value, most) => Math.min(most, Math.max(0, value));
    const c0 = within(Math.floor((x0 - left) / wide), this.columns - 1);
    const r0 = within(Math.floor((y0 - top) / tall), this.rows - 1);
    const c1 = within(Math.floor((x1 - left) / wide), this.columns - 1) + 1;
    const r1 = within(Math.floor((y1 - top) / tall), this.rows - 1) + 1;
    const share = ((x1 - x0 + y1 - y0) * TRACK_PITCH_MM)
      / ((c1 - c0) * (r1 - r0) * wide * tall * TRACK_LAYERS);
    const stride = this.columns + 1;
    this.#corners[r0 * stride + c0] += share;
    this.#corners[r0 * stride + c1] -= share;
    this.#corners[r1 * stride + c0] -= share;
    this.#corners[r1 * stride + c1] += share;
  }
}
