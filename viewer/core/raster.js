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

/** The same for a colour that comes often: `rb` and `g` are its channels times alpha. */
function mix(under, rest, rb, g) {
  return 0xff000000 | (((Math.imul(under & 0xff00ff, rest) + rb) >>> 8) & 0xff00ff)
    | (((Math.imul(under & 0xff00, rest) + g) >>> 8) & 0xff00);
}

export class Raster {
  #width = 0;
  #height = 0;
  #pixels = new Uint32Array(0);
  #way = { first: 0, end: 0, start: 0, step: 0, sizeV: 0, stepU: 1, stepV: 1 };

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

  /** The same of whole pixels, one at least each way: for small boxes by the thousand. */
  block(x0, y0, x1, y1, pixel, alpha) {
    const width = this.#width;
    if (!(x1 > 0 && y1 > 0 && x0 < width - 1 && y0 < this.#height - 1)) {
      return;
    }
    const left = x0 > 0 ? (x0 + ROUND) | 0 : 0;
    const top = y0 > 0 ? (y0 + ROUND) | 0 : 0;
    const right = Math.min(width, Math.max(left + 1, (x1 + ROUND) | 0));
    const bottom = Math.min(this.#height, Math.max(top + 1, (y1 + ROUND) | 0));
    const pixels = this.#pixels;
    const rest = 256 - alpha;
    const rb = Math.imul(pixel & 0xff00ff, alpha);
    const g = Math.imul(pixel & 0xff00, alpha);
    for (let y = top; y < bottom; y++) {
      const end = y * width + right;
      for (let i = y * width + left; i < end; i++) {
        pixels[i] = rest <= 0 ? pixel : mix(pixels[i], rest, rb, g);
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
    const way = this.#wayOf(ax, ay, bx, by);
    if (way === null) {
      return;
    }
    const { first, end, start, step, sizeV, stepU, stepV } = way;
    const pixels = this.#pixels;
    for (let u = first, v = start; u <= end; u++, v += step) {
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

  /** The same of whole pixels, for lines by the thousand: in half the time, and not smooth. */
  hairline(ax, ay, bx, by, pixel, alpha) {
    const way = this.#wayOf(ax, ay, bx, by);
    if (way === null) {
      return;
    }
    const { first, end, start, step, sizeV, stepU, stepV } = way;
    const pixels = this.#pixels;
    const rest = 256 - alpha;
    const rb = Math.imul(pixel & 0xff00ff, alpha);
    const g = Math.imul(pixel & 0xff00, alpha);
    for (let u = first, v = start + 0x8000; u <= end; u++, v += step) {
      const near = v >> 16;
      if (near >= 0 && near < sizeV) {
        const at = u * stepU + near * stepV;
        pixels[at] = mix(pixels[at], rest, rb, g);
      }
    }
  }

  /** How to go along a line, in the direction in which it is longer; null: it is out of sight. */
  #wayOf(ax, ay, bx, by) {
    const way = this.#way;
    const steep = Math.abs(by - ay) > Math.abs(bx - ax);
    const [u0, v0, u1, v1] = steep ? this.#ends(ay, ax, by, bx) : this.#ends(ax, ay, bx, by);
    const sizeU = steep ? this.#height : this.#width;
    way.sizeV = steep ? this.#width : this.#height;
    way.stepU = steep ? this.#width : 1;
    way.stepV = steep ? 1 : this.#width;
    const slope = (v1 - v0) / (u1 - u0 || 1);
    if (slope === 0 && !(v0 > -1 && v0 < way.sizeV)) {
      return null;
    }
    // Where it comes into the picture and leaves it.
    const enter = slope > 0 ? -1 - v0 : way.sizeV - v0;
    const leave = slope > 0 ? way.sizeV - v0 : -1 - v0;
    way.first = Math.floor(Math.max(0, u0, slope === 0 ? 0 : u0 + enter / slope));
    way.end = Math.floor(Math.min(sizeU - 1, u1, slope === 0 ? sizeU : u0 + leave / slope));
    // In 1/65536 of a pixel: an addition a step, and no number that is not whole.
    way.start = ((v0 + slope * (way.first - u0)) * 65536) | 0;
    way.step = (slope * 65536) | 0;
    return way;
  }

  /** The ends of a line in the order in which it is gone along. */
  #ends(u0, v0, u1, v1) {
    return u0 > u1 ? [u1, v1, u0, v0] : [u0, v0, u1, v1];
  }
}
