// SPDX-License-Identifier: GPL-3.0-or-later

// The whole board in a corner while it is not all in view, with a frame round what is: its form,
// and each part as a box of one colour. As large, and there at the same times, as in the window
// (src/app/bw-canvas-overview.c).

import { Camera } from './camera.js';
import { POSE_SIZE, viewBox } from './geometry.js';
import { placedBox } from './group.js';
import { Raster, toPixel } from './raster.js';
import { moduleColor } from './theme.js';

const LONGEST_PX = 170;
const LEAST_PX = 24;
const MARGIN_PX = 2;
const RIM_PX = 1.5;
const PART_OPACITY = 0.75;
const DIMMED = 0.3;
const OUTSIDE_OPACITY = 0.35;

// Frames come faster than anybody could see here.
const INTERVAL_MS = 200;

export class Minimap {
  #ctx;
  #sheet;
  #now;
  #raster = new Raster();
  #camera = new Camera();
  #bounds = null;

  // For which layout the bounds are, and which one is drawn.
  #measured = { layout: NaN, at_ms: -Infinity };
  #drawn = { look: '', layout: NaN };

  /** `canvas` is its own, `now ()` in ms. */
  constructor(canvas, makeCanvas, now) {
    this.#ctx = canvas.getContext('2d', { alpha: false });
    this.#sheet = makeCanvas().getContext('2d', { alpha: false });
    this.#now = now;
  }

  /** { width, height } in CSS pixels while it is to be seen, else null. */
  size = null;

  /**
   * `view` as the painters have it, `layout` another number each time that parts lie elsewhere.
   * Returns after how many ms it is to be drawn again, 0: not before something changes.
   */
  draw(view, layout) {
    const { scene, poses, camera } = view;
    const wait_ms = this.#measured.layout === layout ? 0
      : Math.max(0, this.#measured.at_ms + INTERVAL_MS - this.#now());
    if (this.#measured.layout !== layout && wait_ms === 0) {
      this.#bounds = viewBox(scene, poses);
      this.#measured = { layout, at_ms: this.#now() };
    }
    if (view.layers.minimap !== true || this.#isAllInView(camera)
        || camera.width_px <= 3 * LONGEST_PX || camera.height_px <= 2 * LONGEST_PX) {
      this.size = null;
      return 0;
    }
    const look = [view.theme.background, camera.flip, view.dpr, view.module,
                  view.selection].join(' ');
    if (this.#drawn.layout !== this.#measured.layout || this.#drawn.look !== look
        || this.#drawn.theme !== view.theme) {
      this.#drawn = { look, theme: view.theme, layout: this.#measured.layout };
      this.#drawBoard(view);
    }
    this.#drawSight(view);
    return wait_ms;
  }

  /** The board is another one. */
  startOver() {
    this.#measured = { layout: NaN, at_ms: -Infinity };
    this.#drawn = { look: '', layout: NaN };
    this.size = null;
  }

  /** The point of the board, [x_mm, y_mm], at one of this picture, in CSS pixels. */
  boardAt(x_px, y_px) {
    return [this.#camera.boardX(x_px), this.#camera.boardY(y_px)];
  }

  #isAllInView(camera) {
    const [x0, y0, x1, y1] = this.#bounds;
    const xs = [camera.screenX(x0), camera.screenX(x1)];
    return Math.min(...xs) >= 0 && Math.max(...xs) <= camera.width_px
      && camera.screenY(y0) >= 0 && camera.screenY(y1) <= camera.height_px;
  }

  /** All of what a fit shows, as large as there is room for. */
  #fit({ camera, dpr }) {
    const [x0, y0, x1, y1] = this.#bounds;
    const scale = LONGEST_PX / Math.max(x1 - x0, y1 - y0, 1e-3);
    const width = Math.ceil(Math.max((x1 - x0) * scale, LEAST_PX));
    const height = Math.ceil(Math.max((y1 - y0) * scale, LEAST_PX));
    for (const { canvas } of [this.#ctx, this.#sheet]) {
      canvas.width = Math.round(width * dpr);
      canvas.height = Math.round(height * dpr);
    }
    this.size = { width, height };
    this.#camera.flip = camera.flip;
    this.#camera.resize(width, height);
    this.#camera.fit(this.#bounds, [MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX]);
  }

  #drawBoard(view) {
    const { scene, dpr, theme } = view;
    const ctx = this.#sheet;
    this.#fit(view);
    const { width, height } = ctx.canvas;
    ctx.fillStyle = theme.background;
    ctx.fillRect(0, 0, width, height);
    ctx.fillStyle = theme.board;
    ctx.beginPath();
    for (const { points } of scene.outlines) {
      for (let i = 0; i < points.length; i += 2) {
        ctx[i === 0 ? 'moveTo' : 'lineTo'](this.#camera.screenX(points[i]) * dpr,
                                           this.#camera.screenY(points[i + 1]) * dpr);
      }
      ctx.closePath();
    }
    ctx.fill('evenodd');
    const image = ctx.getImageData(0, 0, width, height);
    this.#raster.target(new Uint32Array(image.data.buffer), width, height);
    this.#drawParts(view);
    ctx.putImageData(image, 0, 0);
  }

  #drawParts({ scene, poses, dpr, theme, module: only, selection }) {
    const selected = new Set(selection);
    const colors = new Map();
    scene.parts.forEach(({ box, module, flat }, i) => {
      if (flat) {
        return;
      }
      const group = selected.has(i) ? 'selected' : module;
      if (!colors.has(group)) {
        colors.set(group, group === 'selected' ? toPixel(theme.highlight)
          : toPixel(moduleColor(theme, group), PART_OPACITY));
      }
      const [pixel, alpha] = colors.get(group);
      const [x0, y0, x1, y1] = placedBox(box, poses.subarray(i * POSE_SIZE, (i + 1) * POSE_SIZE));
      const ax = this.#camera.screenX(x0) * dpr;
      const bx = this.#camera.screenX(x1) * dpr;
      this.#raster.box(Math.min(ax, bx), this.#camera.screenY(y0) * dpr, Math.max(ax, bx),
                       this.#camera.screenY(y1) * dpr, pixel,
                       only !== null && only !== module ? Math.round(alpha * DIMMED) : alpha);
    });
  }

  /** What is not in view is faint, what is has a frame. */
  #drawSight({ camera, dpr, theme }) {
    const ctx = this.#ctx;
    const { width, height } = ctx.canvas;
    const [x0, y0, x1, y1] = camera.view();
    const xs = [x0, x1].map((x) => this.#camera.screenX(x) * dpr).sort((a, b) => a - b);
    const ys = [y0, y1].map((y) => this.#camera.screenY(y) * dpr);
    const sight = [xs[0], ys[0], xs[1] - xs[0], ys[1] - ys[0]];
    ctx.drawImage(this.#sheet.canvas, 0, 0);
    ctx.beginPath();
    ctx.rect(0, 0, width, height);
    ctx.rect(...sight);
    ctx.globalAlpha = OUTSIDE_OPACITY;
    ctx.fillStyle = theme.background;
    ctx.fill('evenodd');
    ctx.globalAlpha = 1;
    ctx.strokeStyle = theme.highlight;
    ctx.lineWidth = RIM_PX * dpr;
    ctx.strokeRect(...sight);
    ctx.strokeRect(0, 0, width, height);
  }
}
