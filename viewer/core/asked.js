// SPDX-License-Identifier: GPL-3.0-or-later

// Where a person here has just put parts: they are shown there at once, until a frame has them
// there as well, or so much time has passed that nobody obeyed.

import { POSE_SIZE } from './geometry.js';

export const LATENESS_MS = 1000;

// Frames come rounded to a micrometre.
const SAME_MM = 0.002;
const SAME_RAD = 1e-4;

function isThere(poses, part, pose) {
  const at = part * POSE_SIZE;
  const turn = Math.abs(poses[at + 2] - pose[2]) % (2 * Math.PI);
  return Math.abs(poses[at] - pose[0]) < SAME_MM && Math.abs(poses[at + 1] - pose[1]) < SAME_MM
    && Math.min(turn, 2 * Math.PI - turn) < SAME_RAD && poses[at + 3] === pose[3];
}

export class Asked {
  #parts = new Map();

  /** `pose`: [x_mm, y_mm, angle_rad, side]. */
  set(part, pose, until_ms) {
    this.#parts.set(part, { pose, until_ms });
  }

  clear() {
    this.#parts.clear();
  }

  /** Writes over the poses of a frame what it does not have yet. */
  apply(poses, now_ms) {
    for (const [part, { pose, until_ms }] of this.#parts) {
      if (now_ms >= until_ms || (until_ms < Infinity && isThere(poses, part, pose))) {
        this.#parts.delete(part);
      } else {
        poses.set(pose, part * POSE_SIZE);
      }
    }
  }
}
