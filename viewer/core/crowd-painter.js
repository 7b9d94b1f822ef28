// SPDX-License-Identifier: GPL-3.0-or-later

// Draws thousands of parts that are a few pixels each: bodies and pads as boxes, and the ratsnest,
// by Raster. What else there is of a part cannot be told apart at that size, nor whether small
// boxes and lines are smooth. All that is looked up for each part and picture lies in flat arrays.

import { Raster, toPixel } from './raster.js';
import { bodyColors, netColors, netGroups } from './theme.js';

// From so many parts in sight on.
const CROWD = 1500;

const LEAST_PAD_PX = 0.8;
const LEAST_RIM_PX = 4;
// Smaller boxes end on whole pixels.
const SMOOTH_PX = 6;
const DIMMED = 0.3;
const FAINT = 0.35;

export class CrowdPainter {
  #scene;
  #placed;
  #raster = new Raster();
  #boxes;
  #modules;
  #netGroups;
  #padStarts;
  #padKinds;
  #padBoxes;
  #padSizes;
  #image = null;
  #corners = new Float64Array(8);

  /** `placed` is where the parts are, kept up to date by its owner. */
  constructor(scene, placed) {
    this.#scene = scene;
    this.#placed = placed;
    const { parts } = scene;
    const count = parts.reduce((sum, { padsOn }) =>
      sum + padsOn[0].length + padsOn[1].length + padsOn[2].length, 0);
    this.#boxes = new Float64Array(4 * parts.length);
    this.#modules = new Int32Array(parts.length);
    this.#netGroups = Uint8Array.from(netGroups(scene.nets));
    this.#padStarts = new Uint32Array(parts.length + 1);
    this.#padKinds = new Uint8Array(count);
    this.#padBoxes = new Float64Array(4 * count);
    this.#padSizes = new Float64Array(count);
    parts.forEach((part, i) => {
      this.#boxes.set(part.box, 4 * i);
      this.#modules[i] = part.module;
      this.#padStarts[i + 1] = this.#addPads(part.padsOn, this.#padStarts[i]);
    });
  }

  /** Notes pads from the place `at` on; returns the one behind the last. */
  #addPads(padsOn, at) {
    for (let kind = 0; kind < padsOn.length; kind++) {
      for (const { box } of padsOn[kind]) {
        this.#padKinds[at] = kind;
        this.#padBoxes.set(box, 4 * at);
        this.#padSizes[at] = Math.max(box[2] - box[0], box[3] - box[1]);
        at++;
      }
    }
    return at;
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

  /** Fills the box at `k` of `boxes` of a part. */
  #fill(part, boxes, k, dpr, [pixel, alpha]) {
    const c = this.#corners;
    if (!this.#placed.square(part, boxes, k, dpr, c)) {
      this.#placed.corners(part, boxes, k, dpr, c);
      this.#raster.quad(c, pixel, alpha);
    } else if (c[2] - c[0] < SMOOTH_PX && c[3] - c[1] < SMOOTH_PX) {
      this.#raster.block(c[0], c[1], c[2], c[3], pixel, alpha);
    } else {
      this.#raster.box(c[0], c[1], c[2], c[3], pixel, alpha);
    }
  }

  #rim(part, boxes, k, dpr, [pixel, alpha]) {
    const c = this.#corners;
    if (this.#placed.square(part, boxes, k, dpr, c)) {
      this.#raster.frame(c[0], c[1], c[2], c[3], pixel, alpha);
      return;
    }
    this.#placed.corners(part, boxes, k, dpr, c);
    for (let i = 0; i < 8; i += 2) {
      const next = (i + 2) & 7;
      this.#raster.line(c[i], c[i + 1], c[next], c[next + 1], pixel, alpha);
    }
  }

  /** { fill, edge } of the bodies of each module; at −1: of those without one. */
  #colors({ theme, module }, far) {
    const colors = {};
    for (let group = -1; group < this.#scene.modules.length; group++) {
      const dim = module !== null && module !== group ? DIMMED : 1;
      const { fill, edge } = bodyColors(theme, group, far, dim);
      colors[group] = { fill: toPixel(fill), edge: toPixel(edge) };
    }
    return colors;
  }

  #bodies(view, side) {
    const { theme, camera, dpr, held } = view;
    const far = side !== camera.side;
    const colors = this.#colors(view, far);
    const lock = toPixel(theme.lock, far ? 0.5 : 0.8);
    const least = LEAST_RIM_PX / (camera.scale * dpr);
    for (const part of this.#placed.visibleOn(side)) {
      const { fill, edge } = colors[this.#modules[part]];
      if (this.#scene.parts[part].flat) {
        continue;
      }
      this.#fill(part, this.#boxes, 4 * part, dpr, fill);
      if (this.#scene.radii[part] > least) {
        this.#rim(part, this.#boxes, 4 * part, dpr, held.has(part) ? lock : edge);
      }
    }
  }

  #pads({ theme, camera, dpr }, side) {
    const far = side !== camera.side;
    const own = toPixel(theme[far ? 'padBack' : 'pad']);
    const other = toPixel(theme[far ? 'pad' : 'padBack']);
    const colors = [own, other, toPixel(theme.padThrough)];
    const boxes = this.#padBoxes;
    const least = LEAST_PAD_PX / (camera.scale * dpr);
    for (const part of this.#placed.visibleOn(side)) {
      for (let k = this.#padStarts[part]; k < this.#padStarts[part + 1]; k++) {
        if (this.#padSizes[k] >= least) {
          this.#fill(part, boxes, 4 * k, dpr, colors[this.#padKinds[k]]);
        }
      }
    }
  }

  #ratsnest({ theme, layers, net: marked, ratsnest, dpr }) {
    const { nets } = this.#scene;
    const opacity = marked >= 0 ? FAINT : 1;
    const colors = netColors(theme).map((color) => toPixel(color, opacity));
    const from = [0, 0];
    const to = [0, 0];
    for (let i = 0; i < nets.length; i++) {
      const { pins, at, power } = nets[i];
      const tree = ratsnest.trees[i];
      if (i === marked || (power && !layers.power)) {
        continue;
      }
      const [pixel, alpha] = colors[this.#netGroups[i]];
      for (let k = 0; k < tree.length; k += 2) {
        const a = 2 * tree[k];
        const b = 2 * tree[k + 1];
        this.#placed.point(pins[a], at[a], at[a + 1], from);
        this.#placed.point(pins[b], at[b], at[b + 1], to);
        this.#raster.hairline(from[0] * dpr, from[1] * dpr, to[0] * dpr, to[1] * dpr, pixel,
                              alpha);
      }
    }
  }
}
