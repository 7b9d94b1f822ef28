// SPDX-License-Identifier: GPL-3.0-or-later

// Where the parts are on the screen: a matrix each, computed once a picture, and which of them
// are in sight. In CSS pixels.

import { POSE_SIZE, Turns } from './geometry.js';

const MATRIX = 6;

export class Placed {
  #parts;
  #matrices;
  #radii;
  #turns;
  #visible;
  #seen;
  #count = 0;
  #onSide;
  #onSideCount = [0, 0];
  #square = [0, 0, 0, 0];

  constructor(scene) {
    this.#parts = scene.parts;
    this.#matrices = new Float64Array(scene.parts.length * MATRIX);
    this.#radii = scene.radii;
    this.#turns = new Turns(scene.parts.length);
    this.#visible = new Uint32Array(scene.parts.length);
    this.#seen = new Uint8Array(scene.parts.length);
    this.#onSide = [0, 1].map(() => new Uint32Array(scene.parts.length));
  }

  /** Those in sight. */
  get visible() {
    return this.#visible.subarray(0, this.#count);
  }

  /** Those of them that lie on a side. */
  visibleOn(side) {
    return this.#onSide[side].subarray(0, this.#onSideCount[side]);
  }

  sees(part) {
    return this.#seen[part] === 1;
  }

  place({ poses, camera }) {
    const matrices = this.#matrices;
    const turns = this.#turns;
    const radii = this.#radii;
    const { flip, scale, x_mm, y_mm, width_px, height_px } = camera;
    this.#count = 0;
    this.#onSideCount = [0, 0];
    this.#seen.fill(0);
    turns.update(poses);
    for (let i = 0; i < radii.length; i++) {
      const at = i * POSE_SIZE;
      const m = i * MATRIX;
      const x = flip * (poses[at] - x_mm) * scale + width_px / 2;
      const y = (poses[at + 1] - y_mm) * scale + height_px / 2;
      const mirror = poses[at + 3] === 1 ? -1 : 1;
      const cos = turns.cos(i) * scale;
      const sin = turns.sin(i) * scale;
      matrices[m] = flip * cos;
      matrices[m + 1] = -sin;
      matrices[m + 2] = flip * sin * mirror;
      matrices[m + 3] = cos * mirror;
      matrices[m + 4] = x;
      matrices[m + 5] = y;
      const reach = radii[i] * scale + 2;
      if (x > -reach && x < width_px + reach && y > -reach && y < height_px + reach) {
        const side = mirror < 0 ? 1 : 0;
        this.#visible[this.#count++] = i;
        this.#seen[i] = 1;
        this.#onSide[side][this.#onSideCount[side]++] = i;
      }
    }
  }

  trace(ctx, part, points, closed) {
    const m = part * MATRIX;
    const t = this.#matrices;
    const a = t[m];
    const b = t[m + 1];
    const c = t[m + 2];
    const d = t[m + 3];
    const e = t[m + 4];
    const f = t[m + 5];
    for (let i = 0; i < points.length; i += 2) {
      const x = a * points[i] + c * points[i + 1] + e;
      const y = b * points[i] + d * points[i + 1] + f;
      if (i === 0) {
        ctx.moveTo(x, y);
      } else {
        ctx.lineTo(x, y);
      }
    }
    if (closed) {
      ctx.closePath();
    }
  }

  traceBody(ctx, part) {
    for (const ring of this.#parts[part].silhouette) {
      this.trace(ctx, part, ring, true);
    }
  }

  /** The part's box on the screen: [x0, y0, x1, y1]. */
  screenBox(part) {
    const { box } = this.#parts[part];
    const m = part * MATRIX;
    const t = this.#matrices;
    const cx = (box[0] + box[2]) / 2;
    const cy = (box[1] + box[3]) / 2;
    const hw = (box[2] - box[0]) / 2;
    const hh = (box[3] - box[1]) / 2;
    const x = t[m] * cx + t[m + 2] * cy + t[m + 4];
    const y = t[m + 1] * cx + t[m + 3] * cy + t[m + 5];
    const rx = Math.abs(t[m]) * hw + Math.abs(t[m + 2]) * hh;
    const ry = Math.abs(t[m + 1]) * hw + Math.abs(t[m + 3]) * hh;
    return [x - rx, y - ry, x + rx, y + ry];
  }

  /** The point of a part's front frame on the screen, into `out`. */
  point(part, x, y, out) {
    const m = part * MATRIX;
    const t = this.#matrices;
    out[0] = t[m] * x + t[m + 2] * y + t[m + 4];
    out[1] = t[m + 1] * x + t[m + 3] * y + t[m + 5];
    return out;
  }

  /** From a part's front frame to the canvas's own pixels. */
  matrix(part, dpr) {
    return Array.from(this.#matrices.subarray(part * MATRIX, (part + 1) * MATRIX),
                      (value) => value * dpr);
  }

  /**
   * Where the box at `k` of `boxes` (four numbers a box) of a part lies, in pixels of which there
   * are `dpr` to one of CSS: [x0, y0, x1, y1] into `out`. False where it lies askew.
   */
  square(part, boxes, k, dpr, out) {
    const m = part * MATRIX;
    const t = this.#matrices;
    const a = t[m];
    const b = t[m + 1];
    if (a !== 0 && b !== 0) {
      return false;
    }
    // One of either two is 0.
    const turned = a === 0 ? 1 : 0;
    const alongX = (turned === 0 ? a : t[m + 2]) * dpr;
    const alongY = (turned === 0 ? t[m + 3] : b) * dpr;
    const x = t[m + 4] * dpr;
    const y = t[m + 5] * dpr;
    const ax = alongX * boxes[k + turned] + x;
    const bx = alongX * boxes[k + 2 + turned] + x;
    const ay = alongY * boxes[k + 1 - turned] + y;
    const by = alongY * boxes[k + 3 - turned] + y;
    out[0] = ax < bx ? ax : bx;
    out[1] = ay < by ? ay : by;
    out[2] = ax < bx ? bx : ax;
    out[3] = ay < by ? by : ay;
    return true;
  }

  /** The corners of that box in order, wherever it lies, into `out`. */
  corners(part, boxes, k, dpr, out) {
    const at = [0, 0];
    for (let i = 0; i < 4; i++) {
      this.point(part, boxes[k + (i === 1 || i === 2 ? 2 : 0)], boxes[k + (i > 1 ? 3 : 1)], at);
      out[2 * i] = at[0] * dpr;
      out[2 * i + 1] = at[1] * dpr;
    }
  }

  /** Fills a box of a part that lies square; false where it lies askew. */
  fillSquare(ctx, part, box) {
    const at = this.#square;
    const isSquare = this.square(part, box, 0, 1, at);
    if (isSquare) {
      ctx.fillRect(at[0], at[1], at[2] - at[0], at[3] - at[1]);
    }
    return isSquare;
  }
}
