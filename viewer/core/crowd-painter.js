// SPDX-License-Identifier: GPL-3.0-or-later

// Draws thousands of parts that are a few pixels each: bodies and pads as boxes, and the ratsnest,
// by Raster. What else there is of a part cannot be told apart at that size.

import { POSE_SIZE } from './geometry.js';
import { Raster, toPixel } from './raster.js';
import { bodyColors } from './theme.js';

// From so many parts in sight on.
const CROWD = 1500;

const LEAST_PAD_PX = 0.8;
const LEAST_RIM_PX = 4;
const DIMMED = 0.3;
const FAINT = 0.35;

export class CrowdPainter {
  #scene;
  #placed;
  #raster = new Raster();
  #image = null;
  #corners = new Float64Array(8);

  /** `placed` is where the parts are, kept up to date by its owner. */
  constructor(scene, placed) {
    this.#scene = scene;
    this.#placed = placed;
  }

  /** Whether it is to draw what is in sight. */
  suits({ visible }) {
    return visible.length >= CROWD;
  }

  /** Draws over `still`, a Still whose picture is that of the board. */
  draw(ctx, view, still) {
    const { width, height } = ctx.canvas;
    if (this.#image === null || this.#image.width !== width || this.#image.height !== height) {
      this.#image = ctx.createImageData(width, height);
    }
    const pixels = new Uint32Array(this.#image.data.buffer);
    pixels.set(still.pixels());
    this.#raster.target(pixels, width, height);
    const near = view.camera.side;
    for (const side of [1 - near, near]) {
      this.#bodies(view, side);
      if (view.layers.pads) {
        this.#pads(view, side);
      }
    }
    if (view.layers.ratsnest) {
      this.#ratsnest(view);
    }
    ctx.putImageData(this.#image, 0, 0);
  }

  /** A box of a part, in pixels; true where it lies square: [x0, y0, …, x1, y1] then. */
  #place(part, box, dpr) {
    const corners = this.#corners;
    const square = this.#placed.corners(part, box, corners);
    for (let i = 0; i < 8; i++) {
      corners[i] *= dpr;
    }
    return square;
  }

  #fill(color, square) {
    const c = this.#corners;
    if (square) {
      this.#raster.box(Math.min(c[0], c[4]), Math.min(c[1], c[5]), Math.max(c[0], c[4]),
                       Math.max(c[1], c[5]), color);
    } else {
      this.#raster.quad(c, color);
    }
  }

  #rim(color, square) {
    const c = this.#corners;
    if (square) {
      this.#raster.frame(Math.min(c[0], c[4]), Math.min(c[1], c[5]), Math.max(c[0], c[4]),
                         Math.max(c[1], c[5]), color);
      return;
    }
    for (let i = 0; i < 8; i += 2) {
      const k = (i + 2) & 7;
      this.#raster.line(c[i], c[i + 1], c[k], c[k + 1], color);
    }
  }

  #bodies({ theme, layers, module, camera, dpr, held, poses }, side) {
    const far = side !== camera.side;
    const colors = new Map();
    const lock = toPixel(theme.lock, far ? 0.5 : 0.8);
    const colorsOf = (group) => {
      if (!colors.has(group)) {
        const dim = module !== null && module !== group ? DIMMED : 1;
        const { fill, edge } = bodyColors(theme, layers.modules ? group : -1, far, dim);
        colors.set(group, { fill: toPixel(fill), edge: toPixel(edge) });
      }
      return colors.get(group);
    };
    for (const part of this.#placed.visible) {
      if (poses[part * POSE_SIZE + 3] !== side) {
        continue;
      }
      const { box, module: group, radius } = this.#scene.parts[part];
      const { fill, edge } = colorsOf(group);
      const square = this.#place(part, box, dpr);
      this.#fill(fill, square);
      if (radius * camera.scale * dpr > LEAST_RIM_PX) {
        this.#rim(held.has(part) ? lock : edge, square);
      }
    }
  }

  #pads({ theme, camera, dpr }, side) {
    const { parts } = this.#scene;
    const far = side !== camera.side;
    const own = toPixel(theme[far ? 'padBack' : 'pad']);
    const other = toPixel(theme[far ? 'pad' : 'padBack']);
    const through = toPixel(theme.padThrough);
    const kinds = far ? [[0, own], [1, other], [2, through]] : [[1, other], [0, own], [2, through]];
    for (const part of this.#placed.visibleOn(side)) {
      const { padsOn, largestPad } = parts[part];
      if (largestPad * camera.scale * dpr < LEAST_PAD_PX) {
        continue;
      }
      for (const [kind, color] of kinds) {
        for (const { box } of padsOn[kind]) {
          const size = Math.max(box[2] - box[0], box[3] - box[1]) * camera.scale * dpr;
          if (size >= LEAST_PAD_PX) {
            this.#fill(color, this.#place(part, box, dpr));
          }
        }
      }
    }
  }

  #ratsnest({ theme, layers, net: marked, ratsnest, dpr }) {
    const { nets, parts } = this.#scene;
    const opacity = marked >= 0 ? FAINT : 1;
    const colors = [toPixel(theme.net, opacity), toPixel(theme.power, opacity)];
    const from = [0, 0];
    const to = [0, 0];
    const pin = (pins, number, out) => {
      const pad = parts[pins[2 * number]].pads[pins[2 * number + 1]];
      this.#placed.point(pins[2 * number], pad.x, pad.y, out);
    };
    for (let i = 0; i < nets.length; i++) {
      const { pins, power } = nets[i];
      const tree = ratsnest.trees[i];
      if (i === marked || (power && !layers.power)) {
        continue;
      }
      for (let k = 0; k < tree.length; k += 2) {
        pin(pins, tree[k], from);
        pin(pins, tree[k + 1], to);
        this.#raster.line(from[0] * dpr, from[1] * dpr, to[0] * dpr, to[1] * dpr,
                          colors[Number(power)]);
      }
    }
  }
}
