// SPDX-License-Identifier: GPL-3.0-or-later

// Small boxes and thin lines by the thousand, blended into pixels: many times as fast as paths of
// a canvas that has no graphics hardware. Points are pixels, edges are smooth.
//
// A colour is a pixel, RGBA bytes as a Uint32Array has them, and an alpha of 0 to 256.

const ROUND = 0.5;

/** '#rrggbb' or 'rgb(r g b / a%)' as [r, g, b, alpha]. */
export function readColor(css) {
  if (css.startsWith('#')) {
    const value = Number.parseInt(css.slice(1), 16);
    return [value >> 16, (value >> 8) & 255, value & 255, 1];
  }
  const [r, g, b, percent = 100] = css.match(/[\d.]+/g).map(Number);
  return [r, g, b, percent / 100];
}

/** [pixel, alpha] of a colour. */
export function toPixel(css, opacity = 1) {
  const [r, g, b, alpha] = readColor(css);
  return [(255 << 24) | (b << 16) | (g << 8) | r, Math.round(256 * alpha * opacity)];
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
    const rb = pixel & 0xff00ff;
    const g = pixel & 0xff00;
    for (let i = row + from; i < row + to; i++) {
      const under = pixels[i];
      const underRb = under & 0xff00ff;
      const underG = under & 0xff00;
      pixels[i] = 0xff000000
        | ((underRb + (Math.imul(rb - underRb, alpha) >> 8)) & 0xff00ff)
        | ((underG + (Math.imul(g - underG, alpha) >> 8)) & 0xff00);
    }
  }

  /** One row of a box, `alpha` already less where the row is not whole. */
  #row(y, x0, x1, pixel, alpha) {
    const row = y * this.#width;
    const first = Math.floor(x0);
    const last = Math.floor(x1);
    if (first === last) {
      this.#edge(row, first, pixel, alpha * (x1 - x0));
      return;
    }
    this.#edge(row, first, pixel, alpha * (first + 1 - x0));
    this.#span(row, Math.max(0, first + 1), Math.min(this.#width, last), pixel, alpha);
    this.#edge(row, last, pixel, alpha * (x1 - last));
  }

  #edge(row, x, pixel, alpha) {
    if (x >= 0 && x < this.#width) {
      this.#span(row, x, x + 1, pixel, (alpha + ROUND) | 0);
    }
  }

  /** Fills a box that lies square. */
  box(x0, y0, x1, y1, pixel, alpha) {
    if (!(x1 > 0 && y1 > 0 && x0 < this.#width && y0 < this.#height)) {
      return;
    }
    const first = Math.max(0, Math.floor(y0));
    const last = Math.min(this.#height - 1, Math.ceil(y1) - 1);
    for (let y = first; y <= last; y++) {
      const share = Math.min(y + 1, y1) - Math.max(y, y0);
      this.#row(y, x0, x1, pixel, (alpha * share + ROUND) | 0);
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
    const first = Math.max(0, Math.floor(u0));
    const end = Math.min(sizeU - 1, Math.floor(u1));
    let v = v0 + slope * (first - u0);
    for (let u = first; u <= end; u++, v += slope) {
      const near = Math.floor(v);
      const share = ((v - near) * alpha) | 0;
      const at = u * stepU + near * stepV;
      if (near >= 0 && near < sizeV) {
        this.#blend(at, pixel, alpha - share);
      }
      if (near >= -1 && near + 1 < sizeV) {
        this.#blend(at + stepV, pixel, share);
      }
    }
  }

  #blend(at, pixel, alpha) {
    const under = this.#pixels[at];
    const underRb = under & 0xff00ff;
    const underG = under & 0xff00;
    this.#pixels[at] = 0xff000000
      | ((underRb + (Math.imul((pixel & 0xff00ff) - underRb, alpha) >> 8)) & 0xff00ff)
      | ((underG + (Math.imul((pixel & 0xff00) - underG, alpha) >> 8)) & 0xff00);
  }
}
