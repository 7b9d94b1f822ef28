// SPDX-License-Identifier: GPL-3.0-or-later

// Parts that go where the pointer goes, or by steps.

import { moved } from './group.js';

export class Carried {
  #grip = null;
  #start;

  /** `poses`: of each part; `at`: where on the canvas they are held, or null. */
  constructor(parts, poses, camera, at) {
    this.parts = parts;
    this.poses = poses;
    this.#start = poses;
    this.#hold(camera, at);
  }

  #hold(camera, at) {
    if (at !== null && this.#grip === null) {
      const [x, y] = this.poses[0];
      this.#grip = [x - camera.boardX(at.x), y - camera.boardY(at.y)];
    }
  }

  /** To where they were taken. */
  takeBack() {
    this.poses = this.#start;
  }

  /** To a point of the canvas (or null), and by a step in mm, as it is seen. */
  move(camera, at, [dx, dy]) {
    this.#hold(camera, at);
    const [x, y] = this.poses[0];
    const step = [camera.flip * dx, dy];
    const way = at === null ? [0, 0]
      : [camera.boardX(at.x) + this.#grip[0] - x, camera.boardY(at.y) + this.#grip[1] - y];
    this.poses = moved(this.poses, way[0] + step[0], way[1] + step[1]);
    this.#grip = this.#grip?.map((one, i) => one + step[i]) ?? null;
  }
}
