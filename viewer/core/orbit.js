// SPDX-License-Identifier: GPL-3.0-or-later

// Where one looks at the board from in space: around its middle, from a distance.

const STEEPEST = Math.PI / 2 - 0.01;
const FIELD = Math.PI / 5;
const NEAREST = 0.15;
const FARTHEST = 6;

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

export class Orbit {
  /** Around the axis that stands on the board, and above its plane; negative: from behind. */
  turn_rad = -0.5;
  tilt_rad = 0.9;

  /** Distances from which the whole board is just seen. */
  zoom = 1;

  #middle = [0, 0, 0];
  #size = 100;

  /** `box`: [x0, y0, x1, y1] in mm. */
  setBox([x0, y0, x1, y1]) {
    this.#middle = [(x0 + x1) / 2, (y0 + y1) / 2, 0];
    this.#size = Math.max(1, Math.hypot(x1 - x0, y1 - y0));
  }

  turn(dx_px, dy_px) {
    this.turn_rad = (this.turn_rad + dx_px * 0.008) % (2 * Math.PI);
    this.tilt_rad = clamp(this.tilt_rad + dy_px * 0.008, -STEEPEST, STEEPEST);
  }

  zoomBy(factor) {
    this.zoom = clamp(this.zoom / factor, NEAREST, FARTHEST);
  }

  /**
   * What takes a point (x, y, z) to the canvas: { right, down, toward } are directions on the
   * board, `middle` is what is looked at, `distance` in mm, `focus` in halves of the canvas's
   * smaller side.
   */
  get view() {
    const [ct, st] = [Math.cos(this.turn_rad), Math.sin(this.turn_rad)];
    const [ce, se] = [Math.cos(this.tilt_rad), Math.sin(this.tilt_rad)];
    return {
      right: [ct, st, 0],
      down: [-st * se, ct * se, -ce],
      toward: [-st * ce, ct * ce, se],
      middle: this.#middle,
      distance: (this.#size / 2 / Math.tan(FIELD / 2)) * this.zoom,
      focus: 1 / Math.tan(FIELD / 2),
      near: this.#size * 0.01,
      far: this.#size * 20,
    };
  }

  /** A column-major 4×4 matrix for WebGL, for a canvas of width × height. */
  matrix(width, height) {
    const { right, down, toward, middle, distance, focus, near, far } = this.view;
    const small = Math.min(width, height);
    const sx = (focus * small) / width;
    const sy = (focus * small) / height;
    const dot = (axis) => axis[0] * middle[0] + axis[1] * middle[1] + axis[2] * middle[2];
    // w is the way from the eye; z goes from −1 at `near` to 1 at `far`.
    const a = (far + near) / (far - near);
    const b = (-2 * far * near) / (far - near);
    const out = new Float32Array(16);
    for (let k = 0; k < 3; k++) {
      out[4 * k] = sx * right[k];
      out[4 * k + 1] = -sy * down[k];
      out[4 * k + 2] = -a * toward[k];
      out[4 * k + 3] = -toward[k];
    }
    out[12] = -sx * dot(right);
    out[13] = sy * dot(down);
    out[14] = a * (distance + dot(toward)) + b;
    out[15] = distance + dot(toward);
    return out;
  }
}
