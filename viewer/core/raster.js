// SPDX-License-Identifier: GPL-3.0-or-later

// Small boxes and thin lines by the thousand, blended into pixels: many times as fast as paths of
// a canvas that has no graphics hardware. Points are pixels, edges are smooth.
//
// A colour is a pixel, RGBA bytes as a Uint32Array has them, and an alpha of 0 to 256.

import { readColor } from './theme.js';

const ROUND = 0.5;

/** [pixel, alpha] of a colour. */
export function toPixel(css, opacity = 1) {
  const [r, g, b, alpha] = readColor(css);
  return [(255 << 24) | (b << 16) | (g << 8) | r, Math.round(256 * alpha * opacity)];
}

function blend(pixels, at, pixel, alpha) {
  const under = pixels[at];
  const underRb = under & 0xff00ff;
  const underG = under & 0xff00;
  pixels[at] = 0xff000000
    | ((underRb + (Math.imul((pixel & 0xff00ff) - underRb, alpha) >> 8)) & 0xff00ff)
    | ((underG + (Math.imul((pixel & 0xff00) - underG, alpha) >> 8)) & 0xff00);
}

export class Raster {
  #width = 0;
  #height = 0;
  #pixels = new Uint32Array(0);

  /** `data` is the Uint32Array of a picture of width × height pixels. */
  target(data, width, height) {
    this.#pixels = data;
    this.#width = width;
    this.#height = height;
  }

  /** Pixels from `from` up to `to` of the row that begins at `row`. */
  #span(row, from, to, pixel, alpha) {
    const pixels = this.#pixels;
    for (let i = row + from; i < row + to; i++) {
      blend(pixels, i, pixel, alpha);
    }
  }

  /** Fills a box that lies square. */
  box(x0, y0, x1, y1, pixel, alpha) {
    const left = x0 > 0 ? x0 : 0;
    const top = y0 > 0 ? y0 : 0;
    const right = x1 < this.#width ? x1 : this.#width;
    const bottom = y1 < this.#height ? y1 : this.#height;
    if (!(x1 > x0 && y1 > y0 && right > left && bottom > top)) {
      return;
    }
    const pixels = this.#pixels;
    // Each row has a first pixel, whole ones, and a last one that may be none.
    const first = left | 0;
    const last = right | 0;
    const head = last > first ? first + 1 - left : right - left;
    const tail = last > first ? right - last : 0;
    for (let y = top | 0; y < bottom; y++) {
      const row = y * this.#width;
      const share = alpha * ((bottom < y + 1 ? bottom : y + 1) - (top > y ? top : y));
      blend(pixels, row + first, pixel, (share * head + ROUND) | 0);
      if (last - first > 1) {
        this.#span(row, first + 1, last, pixel, (share + ROUND) | 0);
      }
      if (tail > 0) {
        blend(pixels, row + last, pixel, (share * tail + ROUND) | 0);
      }
    }
  }

  /** The rim of a box, a pixel wide, within it. */
  frame(x0, y0, x1, y1, pixel, alpha) {
    if (x1 - x0 <= 2 || y1 - y0 <= 2) {
      this.box(x0, y0, x1, y1, pixel, alpha);
      return;
    }
    this.box(x0, y0, x1, y0 + 1, pixel, alpha);
    this.box(x0, y1 - 1, x1, y1, pixel, alpha);
    this.box(x0, y0 + 1, x0 + 1, y1 - 1, pixel, alpha);
    this.box(x1 - 1, y0 + 1, x1, y1 - 1, pixel, alpha);
  }

  /** Fills four corners [x0, y0, …] in order, which lie askew; its edges are not smooth. */
  quad(corners, pixel, alpha) {
    let top = Infinity;
    let bottom = -Infinity;
    for (let i = 1; i < 8; i += 2) {
      top = Math.min(top, corners[i]);
      bottom = Math.max(bottom, corners[i]);
    }
    const last = Math.min(this.#height - 1, Math.ceil(bottom - ROUND) - 1);
    for (let y = Math.max(0, Math.ceil(top - ROUND)); y <= last; y++) {
      let from = Infinity;
      let to = -Infinity;
      for (let i = 0; i < 8; i += 2) {
        const k = (i + 2) & 7;
        const dy = corners[k + 1] - corners[i + 1];
        const share = (y + ROUND - corners[i + 1]) / dy;
        if (share >= 0 && share <= 1) {
          const x = corners[i] + share * (corners[k] - corners[i]);
          from = Math.min(from, x);
          to = Math.max(to, x);
        }
      }
      if (to > from) {
        this.#span(y * this.#width, Math.max(0, Math.round(from)),
                   Math.min(this.#width, Math.round(to)), pixel, alpha);
      }
    }
  }

  /** A line a pixel wide, from one point to the other. */
  line(ax, ay, bx, by, pixel, alpha) {
    if (Math.abs(by - ay) > Math.abs(bx - ax)) {
      this.#along(ay, ax, by, bx, this.#height, this.#width, this.#width, 1, pixel, alpha);
    } else {
      this.#along(ax, ay, bx, by, this.#width, this.#height, 1, this.#width, pixel, alpha);
    }
  }

  /**
   * The same in the direction in which it is longer: from (u0, v0) to (u1, v1), where a step along
   * u is `stepU` pixels in memory.
   */
  #along(u0, v0, u1, v1, sizeU, sizeV, stepU, stepV, pixel, alpha) {
    if (u0 > u1) {
      this.#along(u1, v1, u0, v0, sizeU, sizeV, stepU, stepV, pixel, alpha);
      return;
    }
    const slope = (v1 - v0) / (u1 - u0 || 1);
    if (slope === 0 && !(v0 > -1 && v0 < sizeV)) {
      return;
    }
    // Where it comes into the picture and leaves it.
    const enter = slope > 0 ? -1 - v0 : sizeV - v0;
    const leave = slope > 0 ? sizeV - v0 : -1 - v0;
    const from = Math.max(0, u0, slope === 0 ? 0 : u0 + enter / slope);
    const to = Math.min(sizeU - 1, u1, slope === 0 ? sizeU : u0 + leave / slope);
    const first = Math.floor(from);
    const end = Math.floor(to);
    // In 1/65536 of a pixel: an addition a step, and no number that is not whole.
    let v = ((v0 + slope * (first - u0)) * 65536) | 0;
    const step = (slope * 65536) | 0;
    const pixels = this.#pixels;
    for (let u = first; u <= end; u++, v += step) {
      const near = v >> 16;
      const share = ((v & 0xffff) * alpha) >> 16;
      const at = u * stepU + near * stepV;
      if (near >= 0 && near < sizeV) {
        blend(pixels, at, pixel, alpha - share);
      }
      if (near >= -1 && near + 1 < sizeV) {
        blend(pixels, at + stepV, pixel, share);
      }
    }
  }
}
