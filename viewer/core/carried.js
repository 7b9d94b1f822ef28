// SPDX-License-Identifier: GPL-3.0-or-later

// A part that goes where the pointer goes, or by steps.

import { COORD_MAX_MM } from './geometry.js';

function within(value) {
  return Math.min(COORD_MAX_MM, Math.max(-COORD_MAX_MM, value));
}

export class Carried {
  #grip = null;
  #start;

  /** `pose`: [x_mm, y_mm, angle_rad, side]; `at`: where on the canvas it is held, or null. */
  constructor(part, pose, camera, at) {
    this.part = part;
    this.pose = pose;
    this.#start = pose;
    this.#hold(camera, at);
  }

  #hold(camera, at) {
    if (at !== null && this.#grip === null) {
      const [x, y] = this.pose;
      this.#grip = [x - camera.boardX(at.x), y - camera.boardY(at.y)];
    }
  }

  /** To where it was taken. */
  takeBack() {
    this.pose = this.#start;
  }

  /** To a point of the canvas (or null), and by a step in mm, as it is seen. */
  move(camera, at, [dx, dy]) {
    this.#hold(camera, at);
    let [x, y] = this.pose;
    if (at !== null) {
      x = camera.boardX(at.x) + this.#grip[0];
      y = camera.boardY(at.y) + this.#grip[1];
    }
    const step = [camera.flip * dx, dy];
    this.pose = [within(x + step[0]), within(y + step[1]), ...this.pose.slice(2)];
    this.#grip = this.#grip?.map((way, i) => way + step[i]) ?? null;
  }
}
