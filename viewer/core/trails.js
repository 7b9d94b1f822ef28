// SPDX-License-Identifier: GPL-3.0-or-later

// Where parts have been: the last positions of each, bounded.

import { POSE_SIZE } from './geometry.js';

export const TRAIL_LENGTH = 40;

export class Trails {
  #points;
  #parts;
  #next = 0;

  count = 0;

  constructor(partCount) {
    this.#parts = partCount;
    this.#points = new Float32Array(partCount * TRAIL_LENGTH * 2);
  }

  clear() {
    this.count = 0;
  }

  /** Takes the positions of a frame; one in which nothing moved leaves the trails as long. */
  add(poses) {
    if (this.count > 0 && !this.#moved(poses)) {
      return;
    }
    const base = this.#next * this.#parts * 2;
    for (let i = 0; i < this.#parts; i++) {
      this.#points[base + 2 * i] = poses[i * POSE_SIZE];
      this.#points[base + 2 * i + 1] = poses[i * POSE_SIZE + 1];
    }
    this.#next = (this.#next + 1) % TRAIL_LENGTH;
    this.count = Math.min(this.count + 1, TRAIL_LENGTH);
  }

  #moved(poses) {
    const base = ((this.#next - 1 + TRAIL_LENGTH) % TRAIL_LENGTH) * this.#parts * 2;
    for (let i = 0; i < this.#parts; i++) {
      if (this.#points[base + 2 * i] !== Math.fround(poses[i * POSE_SIZE])
          || this.#points[base + 2 * i + 1] !== Math.fround(poses[i * POSE_SIZE + 1])) {
        return true;
      }
    }
    return false;
  }

  /** Calls `visit (x_mm, y_mm, first)` for a part's positions, the oldest first. */
  each(part, visit) {
    for (let k = 0; k < this.count; k++) {
      const slot = (this.#next - this.count + k + TRAIL_LENGTH) % TRAIL_LENGTH;
      const at = (slot * this.#parts + part) * 2;
      visit(this.#points[at], this.#points[at + 1], k === 0);
    }
  }
}
