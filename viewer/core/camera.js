// SPDX-License-Identifier: GPL-3.0-or-later

// What part of the board is seen, and how large. Screen points are CSS pixels from the canvas's
// top left corner; board points are millimetres, y down in both.

export const MIN_SCALE_PX_PER_MM = 0.02;
export const MAX_SCALE_PX_PER_MM = 2000;
const MAX_CENTRE_MM = 4000;

function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

export class Camera {
  width_px = 1;
  height_px = 1;
  scale = 1;
  x_mm = 0;
  y_mm = 0;

  /** Which way x goes on the screen: 1, or −1 where the board is seen from its back. */
  flip = 1;

  /** The side that is seen: 0 front, 1 back. */
  get side() {
    return this.flip < 0 ? 1 : 0;
  }

  /** Where it is: { scale, x_mm, y_mm, flip }. */
  get pose() {
    const { scale, x_mm, y_mm, flip } = this;
    return { scale, x_mm, y_mm, flip };
  }

  resize(width_px, height_px) {
    this.width_px = Math.max(1, width_px);
    this.height_px = Math.max(1, height_px);
  }

  screenX(x_mm) {
    return this.flip * (x_mm - this.x_mm) * this.scale + this.width_px / 2;
  }

  screenY(y_mm) {
    return (y_mm - this.y_mm) * this.scale + this.height_px / 2;
  }

  boardX(x_px) {
    return (this.flip * (x_px - this.width_px / 2)) / this.scale + this.x_mm;
  }

  boardY(y_px) {
    return (y_px - this.height_px / 2) / this.scale + this.y_mm;
  }

  #moveTo(x_mm, y_mm) {
    if (Number.isFinite(x_mm) && Number.isFinite(y_mm)) {
      this.x_mm = clamp(x_mm, -MAX_CENTRE_MM, MAX_CENTRE_MM);
      this.y_mm = clamp(y_mm, -MAX_CENTRE_MM, MAX_CENTRE_MM);
    }
  }

  /** Moves the picture by so many pixels. */
  pan(dx_px, dy_px) {
    this.#moveTo(this.x_mm - (this.flip * dx_px) / this.scale, this.y_mm - dy_px / this.scale);
  }

  /** Scales about a point of the screen, which keeps showing the same point of the board. */
  zoomAt(x_px, y_px, factor) {
    if (!(factor > 0) || !Number.isFinite(factor)) {
      return;
    }
    const x_mm = this.boardX(x_px);
    const y_mm = this.boardY(y_px);
    this.scale = clamp(this.scale * factor, MIN_SCALE_PX_PER_MM, MAX_SCALE_PX_PER_MM);
    this.#moveTo(x_mm - (this.flip * (x_px - this.width_px / 2)) / this.scale,
                 y_mm - (y_px - this.height_px / 2) / this.scale);
  }

  /** Two fingers: the point under their middle follows it, their distance sets the scale. */
  pinch(from, to, factor) {
    this.pan(to.x - from.x, to.y - from.y);
    this.zoomAt(to.x, to.y, factor);
  }

  /** Shows all of a box [x0, y0, x1, y1] in mm, with margins [top, right, bottom, left] in px. */
  fit(box, [top, right, bottom, left] = [0, 0, 0, 0]) {
    const width_mm = Math.max(box[2] - box[0], 1e-3);
    const height_mm = Math.max(box[3] - box[1], 1e-3);
    const scale = Math.min(Math.max(this.width_px - left - right, 20) / width_mm,
                           Math.max(this.height_px - top - bottom, 20) / height_mm);
    if (Number.isFinite(scale)) {
      this.scale = clamp(scale, MIN_SCALE_PX_PER_MM, MAX_SCALE_PX_PER_MM);
      this.#moveTo((box[0] + box[2]) / 2 + (this.flip * (right - left)) / 2 / this.scale,
                   (box[1] + box[3]) / 2 + (bottom - top) / 2 / this.scale);
    }
  }

  /** The part of the board in sight: [x0, y0, x1, y1] in mm. */
  view() {
    const left = this.boardX(0);
    const right = this.boardX(this.width_px);
    return [
      Math.min(left, right), this.boardY(0), Math.max(left, right), this.boardY(this.height_px),
    ];
  }
}

/** The least of 1, 2 or 5 times a power of ten that is at least `least`. */
export function roundStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((n) => n * power >= least) ?? 10) * power;
}

/** The longest of 1, 2 or 5 times a power of ten mm that is at most `max_px` long. */
export function scaleStep(scale_px_per_mm, max_px) {
  const most = max_px / scale_px_per_mm;
  const power = 10 ** Math.floor(Math.log10(most));
  const times = [5, 2, 1].find((n) => n * power <= most) ?? 1;
  return times * power;
}
