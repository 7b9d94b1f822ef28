// SPDX-License-Identifier: GPL-3.0-or-later

// Where the board is seen from: the camera, which sees all that is to be seen and follows it, until
// somebody moves it.

import { Camera } from './camera.js';
import { POSE_SIZE, viewBox } from './geometry.js';

// Top, right, bottom, left: the zoom buttons and the scale bar lie beside the board. Where there is
// room it is in the middle all the same.
const MARGINS_PX = [40, 60, 40, 60];
const NARROW_MARGINS_PX = [16, 52, 40, 16];
const NARROW_PX = 600;

// Parts that jitter about the edge move no camera.
const LOOSE_SCALE = 1.1;
const LOOSE_PX = 24;

// How often it is looked whether the board is in the middle, while nobody moves the camera.
const REFIT_MS = 700;

const STEPS = new Set(['pan', 'zoomAt', 'pinch']);

/** A camera of that size and side that sees the board and the parts beside it. */
function fitted(camera, scene, poses) {
  const fit = Object.assign(new Camera(), camera);
  fit.fit(viewBox(scene, poses), camera.width_px < NARROW_PX ? NARROW_MARGINS_PX : MARGINS_PX);
  return fit;
}

/** Whether a camera sees much less, or much more, than a fitted one, or elsewhere. */
function isLoose(camera, fit) {
  const ratio = fit.scale / camera.scale;
  return ratio > LOOSE_SCALE || ratio < 1 / LOOSE_SCALE
    || Math.hypot(fit.x_mm - camera.x_mm, fit.y_mm - camera.y_mm) * fit.scale > LOOSE_PX;
}

export class Viewpoint {
  camera = new Camera();
  #follows = true;
  #fitted_ms = -Infinity;
  #now;

  /** `now ()` in ms. */
  constructor(now) {
    this.#now = now;
  }

  /** Sees all of a scene with its parts at `poses`, and follows them from now on. */
  fit(scene, poses) {
    this.camera = fitted(this.camera, scene, poses);
    this.#follows = true;
    this.#fitted_ms = this.#now();
  }

  /** `scene` null: there is no board yet. */
  resize(width, height, scene, poses) {
    this.camera.resize(width, height);
    if (this.#follows && scene !== null) {
      this.fit(scene, poses);
    }
  }

  /** Parts lie elsewhere now; `first`: at all. */
  follow(scene, poses, first) {
    const now_ms = this.#now();
    if (this.#follows && (first || now_ms - this.#fitted_ms > REFIT_MS)) {
      this.#fitted_ms = now_ms;
      if (isLoose(this.camera, fitted(this.camera, scene, poses))) {
        this.fit(scene, poses);
      }
    }
  }

  /** A step of somebody's; false where it is none. */
  step(name, values) {
    const known = STEPS.has(name);
    if (known) {
      this.camera[name](...values);
      this.#follows = false;
    }
    return known;
  }

  /** Brings a point of the board to the middle. */
  lookAt(x_mm, y_mm) {
    const { width_px, height_px } = this.camera;
    this.step('pan', [width_px / 2 - this.camera.screenX(x_mm),
                      height_px / 2 - this.camera.screenY(y_mm)]);
  }

  /** Brings a part to the middle, near enough to be seen. */
  showPart(scene, poses, part) {
    const x = poses[part * POSE_SIZE];
    const y = poses[part * POSE_SIZE + 1];
    const reach = Math.max(scene.parts[part].radius * 3, 120 / Math.max(this.camera.scale, 12));
    this.camera.fit([x - reach, y - reach, x + reach, y + reach]);
    this.#follows = false;
  }
}
