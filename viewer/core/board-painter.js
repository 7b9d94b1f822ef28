// SPDX-License-Identifier: GPL-3.0-or-later

// Draws what never moves: grid, the board itself, its drawings and tracks. Paths are made once a
// board, in millimetres; the picture is kept by the caller until camera or theme change.

import { scaleStep } from './camera.js';

const MIN_GRID_PX = 11;
const HATCH_PX = 8;

function addPolyline(path, points, closed) {
  if (points.length < 2) {
    return;
  }
  path.moveTo(points[0], points[1]);
  if (points.length === 2) {
    // A dot: a line of no length, drawn by its round ends.
    path.lineTo(points[0], points[1]);
    return;
  }
  for (let i = 2; i < points.length; i += 2) {
    path.lineTo(points[i], points[i + 1]);
  }
  if (closed) {
    path.closePath();
  }
}

export class BoardPainter {
  #slab;
  #hasSlab;
  #keepouts;
  #hasKeepouts;
  #strokes;
  #fills;

  /** `Path2D` is the browser's. */
  constructor(scene, Path2D) {
    this.#slab = new Path2D();
    scene.outlines.forEach((outline) => addPolyline(this.#slab, outline.points, true));
    this.#hasSlab = scene.outlines.length > 0;
    this.#keepouts = new Path2D();
    this.#hasKeepouts = scene.keepouts.length > 0;
    scene.keepouts.forEach(({ points }) => addPolyline(this.#keepouts, points, true));
    this.#strokes = new Map();
    this.#fills = new Map();
    for (const track of scene.tracks) {
      const color = track.sides & 1 ? 'trackFront' : 'trackBack';
      const closed = track.points.length === 2;
      addPolyline(this.#path(this.#strokes, color, track.width, Path2D), track.points, closed);
    }
    for (const graphic of scene.graphics) {
      const edge = graphic.layer === 'edge';
      if (edge && this.#hasSlab) {
        continue;
      }
      const color = edge ? 'boardEdge' : 'boardDrawing';
      if (graphic.filled) {
        addPolyline(this.#path(this.#fills, color, 0, Path2D), graphic.points, true);
      } else {
        addPolyline(this.#path(this.#strokes, color, graphic.width, Path2D), graphic.points,
                    graphic.closed);
      }
    }
  }

  #path(paths, color, width, Path2D) {
    const key = `${color} ${width}`;
    if (!paths.has(key)) {
      paths.set(key, { color, width, path: new Path2D() });
    }
    return paths.get(key).path;
  }

  draw(ctx, { camera, dpr, theme, layers }) {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = theme.background;
    ctx.fillRect(0, 0, Math.ceil(camera.width_px * dpr), Math.ceil(camera.height_px * dpr));
    if (!this.#hasSlab && layers.grid) {
      this.#grid(ctx, camera, dpr, theme);
    }
    this.#toBoard(ctx, camera, dpr);
    const px = 1 / camera.scale;
    ctx.lineJoin = 'round';
    ctx.lineCap = 'round';
    if (this.#hasSlab) {
      ctx.strokeStyle = theme.boardShadow;
      ctx.lineWidth = 9 * px;
      ctx.stroke(this.#slab);
      ctx.fillStyle = theme.board;
      ctx.fill(this.#slab, 'evenodd');
      if (layers.grid) {
        this.#grid(ctx, camera, dpr, theme);
        this.#toBoard(ctx, camera, dpr);
      }
    }
    if (this.#hasKeepouts) {
      this.#hatch(ctx, camera, dpr, theme);
    }
    for (const { color, path } of this.#fills.values()) {
      ctx.fillStyle = theme[color];
      ctx.fill(path);
    }
    for (const { color, width, path } of this.#strokes.values()) {
      ctx.strokeStyle = theme[color];
      ctx.lineWidth = Math.max(width, px);
      ctx.stroke(path);
    }
    ctx.strokeStyle = theme.boardEdge;
    ctx.lineWidth = 1.6 * px;
    ctx.stroke(this.#slab);
  }

  #toBoard(ctx, camera, dpr) {
    const scale = camera.scale * dpr;
    ctx.setTransform(scale, 0, 0, scale, camera.screenX(0) * dpr, camera.screenY(0) * dpr);
  }

  /** Keepouts: an edge and slanted lines, on the screen's own grid. */
  #hatch(ctx, camera, dpr, theme) {
    ctx.save();
    ctx.strokeStyle = theme.keepout;
    ctx.lineWidth = 1.5 / camera.scale;
    ctx.stroke(this.#keepouts);
    ctx.clip(this.#keepouts);
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    ctx.lineWidth = 1;
    ctx.beginPath();
    for (let x = -camera.height_px; x < camera.width_px; x += HATCH_PX) {
      ctx.moveTo(x, camera.height_px);
      ctx.lineTo(x + camera.height_px, 0);
    }
    ctx.stroke();
    ctx.restore();
    this.#toBoard(ctx, camera, dpr);
  }

  #grid(ctx, camera, dpr, theme) {
    let step = scaleStep(camera.scale, MIN_GRID_PX);
    while (step * camera.scale < MIN_GRID_PX) {
      step = step === 2 * 10 ** Math.floor(Math.log10(step)) ? step * 2.5 : step * 2;
    }
    const [x0, y0, x1, y1] = camera.view();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    const width = camera.width_px * dpr;
    const height = camera.height_px * dpr;
    for (let n = Math.ceil(x0 / step); n * step <= x1; n++) {
      ctx.fillStyle = n % 5 === 0 ? theme.gridMajor : theme.grid;
      ctx.fillRect(Math.round(camera.screenX(n * step) * dpr), 0, 1, height);
    }
    for (let n = Math.ceil(y0 / step); n * step <= y1; n++) {
      ctx.fillStyle = n % 5 === 0 ? theme.gridMajor : theme.grid;
      ctx.fillRect(0, Math.round(camera.screenY(n * step) * dpr), width, 1);
    }
  }
}
