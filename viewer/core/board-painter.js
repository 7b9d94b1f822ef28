// SPDX-License-Identifier: GPL-3.0-or-later

// Draws what never moves: the board, its grid, copper, areas and drawings. Paths are made once a
// board, in millimetres; the picture is kept by the caller until something of the view changes.

import { roundStep } from './camera.js';
import { FONT } from './overlay-painter.js';
import { PathSet } from './path-set.js';
import { beginTexts, drawText, isReadable } from './texts.js';

const MIN_GRID_PX = 11;
const HATCH_PX = 8;
const AREA_NAME_PX = 90;
const FAR_DRAWINGS = 0.4;
const SMALLEST_HOLE_PX = 0.8;

/** A map of PathSets by `key`, each made for strokes of `width`. */
class Styles {
  #Path2D;

  sets = new Map();

  constructor(Path2D) {
    this.#Path2D = Path2D;
  }

  get(key, width = 0) {
    const name = `${key} ${width}`;
    if (!this.sets.has(name)) {
      this.sets.set(name, { key, width, paths: new PathSet(this.#Path2D, width / 2) });
    }
    return this.sets.get(name).paths;
  }
}

export class BoardPainter {
  #scene;
  #makeCanvas;
  #scratch = null;
  #slab;
  #keepouts;
  #areas;
  #rules;
  #copper = [];
  #copperVersion = 0;
  #Path2D;
  #zoneEdges;
  #drawings;
  #edges;

  /** `Path2D` is the browser's; `makeCanvas ()` makes a canvas. */
  constructor(scene, Path2D, makeCanvas) {
    this.#scene = scene;
    this.#makeCanvas = makeCanvas;
    this.#slab = new PathSet(Path2D);
    scene.outlines.forEach(({ points }) => this.#slab.add(points, true));
    this.#keepouts = new PathSet(Path2D);
    scene.keepouts.forEach(({ points }) => this.#keepouts.add(points, true));
    this.#rules = new PathSet(Path2D);
    scene.rules.forEach(({ points }) => this.#rules.add(points, true));
    this.#areas = new PathSet(Path2D);
    scene.areas.forEach(({ points }) => this.#areas.add(points, true));
    this.#zoneEdges = new PathSet(Path2D);
    scene.zones.forEach(({ outlines }) =>
      outlines.forEach((ring) => this.#zoneEdges.add(ring, true)));
    this.#Path2D = Path2D;
    this.#copper = this.#copperWhere(() => true);
    this.#drawings = [0, 1].map((side) => this.#drawingsOf(Path2D, side));
    this.#edges = new PathSet(Path2D);
    scene.graphics.filter(({ layer }) => layer === 'edge').forEach(({ paths, closed }) =>
      paths.forEach((points) => this.#edges.add(points, closed)));
  }

  /** Of both sides. */
  #copperWhere(wanted) {
    return [0, 1].map((side) => this.#copperOf(this.#Path2D, 1 << side, wanted));
  }

  /** Whether a save leaves it. */
  #isLeft(copper, item) {
    return item.fills !== undefined && !item.teardrop ? !copper.fillsGone
      : item.layer === 'copper' || !copper.isGone(item.net);
  }

  #copperOf(Path2D, bit, wanted) {
    const styles = { fills: new PathSet(Path2D), strokes: new Styles(Path2D) };
    for (const zone of this.#scene.zones.filter(wanted)) {
      zone.fills.filter(({ sides }) => sides & bit)
        .forEach(({ points }) => styles.fills.add(points, true));
    }
    const { tracks, vias } = this.#scene;
    for (const { width, sides, paths } of [...tracks, ...vias].filter(wanted)) {
      if (sides & bit) {
        paths.forEach((points) => styles.strokes.get('track', width).add(points, false));
      }
    }
    for (const graphic of this.#scene.graphics) {
      if (graphic.layer === 'copper' && 1 << graphic.side === bit && wanted(graphic)) {
        this.#addDrawing(styles.strokes, 'track', graphic);
      }
    }
    return styles;
  }

  #drawingsOf(Path2D, side) {
    const styles = new Styles(Path2D);
    for (const graphic of this.#scene.graphics) {
      if (graphic.side === side && (graphic.layer === 'silk' || graphic.layer === 'fab')) {
        this.#addDrawing(styles, graphic.layer, graphic);
      }
    }
    return styles;
  }

  #addDrawing(styles, key, { width, filled, closed, paths }) {
    const set = styles.get(filled ? `${key} filled` : key, width);
    paths.forEach((points) => set.add(points, closed || filled));
  }

  draw(ctx, view) {
    const { camera, dpr, theme, layers } = view;
    const sight = camera.view();
    const px = 1 / camera.scale;
    const each = (set, call) => set.each(sight, camera.scale, call);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = theme.background;
    ctx.fillRect(0, 0, Math.ceil(camera.width_px * dpr), Math.ceil(camera.height_px * dpr));
    this.#toBoard(ctx, view);
    this.#drawSlab(ctx, view, each);
    if (layers.grid) {
      this.#grid(ctx, view);
    }
    if (layers.tracks) {
      if (this.#copperVersion !== view.copper.version) {
        this.#copperVersion = view.copper.version;
        this.#copper = this.#copperWhere((item) => this.#isLeft(view.copper, item));
      }
      for (const side of [1 - camera.side, camera.side]) {
        this.#drawCopper(ctx, view, each, side);
      }
      this.#drawHoles(ctx, view);
      this.#drawEdges(ctx, each, this.#zoneEdges, theme.zoneEdge, px);
    }
    if (layers.areas) {
      this.#drawEdges(ctx, each, this.#rules, theme.keepout, px, [1.5 * px, 3 * px]);
      this.#drawEdges(ctx, each, this.#areas, theme.area, 1.5 * px, [6 * px, 4 * px]);
      this.#areaNames(ctx, view);
      this.#hatch(ctx, view, each);
    }
    if (layers.drawings) {
      this.#drawDrawings(ctx, view, each, 1 - camera.side, FAR_DRAWINGS);
      this.#drawDrawings(ctx, view, each, camera.side, 1);
    }
    const outline = this.#slab.empty ? this.#edges : this.#slab;
    this.#drawEdges(ctx, each, outline, theme.boardEdge, 1.6 * px);
  }

  #toBoard(ctx, { camera, dpr }) {
    const scale = camera.scale * dpr;
    ctx.setTransform(camera.flip * scale, 0, 0, scale,
                     camera.screenX(0) * dpr, camera.screenY(0) * dpr);
    ctx.lineJoin = 'round';
    ctx.lineCap = 'round';
  }

  #drawSlab(ctx, { camera, theme }, each) {
    ctx.strokeStyle = theme.boardShadow;
    ctx.lineWidth = 9 / camera.scale;
    each(this.#slab, (path) => ctx.stroke(path));
    // Holes are cut out by those around them: all of an outline is one path.
    ctx.fillStyle = theme.board;
    ctx.beginPath();
    for (const { points } of this.#scene.outlines) {
      for (let i = 0; i < points.length; i += 2) {
        ctx[i === 0 ? 'moveTo' : 'lineTo'](points[i], points[i + 1]);
      }
      ctx.closePath();
    }
    ctx.fill('evenodd');
  }

  #drawEdges(ctx, each, set, color, width, dash = []) {
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    ctx.setLineDash(dash);
    each(set, (path) => ctx.stroke(path));
    ctx.setLineDash([]);
  }

  /** One side's copper: as one sheet, through which the other side shines. */
  #drawCopper(ctx, view, each, side) {
    const { camera, theme, net, dpr, copper } = view;
    const near = side === camera.side;
    const sheet = this.#sheet(ctx);
    const colors = theme.copper[side];
    this.#toBoard(sheet, view);
    this.#paintCopper(sheet, view, each, this.#copper[side], colors);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = colors.alpha;
    ctx.drawImage(sheet.canvas, 0, 0);
    ctx.globalAlpha = 1;
    this.#toBoard(ctx, { camera, dpr });
    if (net >= 0) {
      ctx.globalAlpha = near ? 0.8 : 0.45;
      const strong = { zone: theme.netStrong, track: theme.netStrong };
      const own = this.#copperWhere((item) => item.net === net && this.#isLeft(copper, item));
      this.#paintCopper(ctx, view, each, own[side], strong);
      ctx.globalAlpha = 1;
    }
  }

  #drawHoles(ctx, { camera, theme, copper }) {
    const [x0, y0, x1, y1] = camera.view();
    ctx.fillStyle = theme.hole;
    for (const { net, drill, paths } of this.#scene.vias) {
      const radius = drill / 2;
      if (radius * camera.scale < SMALLEST_HOLE_PX || copper.isGone(net)) {
        continue;
      }
      ctx.beginPath();
      for (const [x, y] of paths) {
        if (x > x0 - radius && x < x1 + radius && y > y0 - radius && y < y1 + radius) {
          ctx.moveTo(x + radius, y);
          ctx.arc(x, y, radius, 0, 2 * Math.PI);
        }
      }
      ctx.fill();
    }
  }

  #sheet(ctx) {
    this.#scratch ??= this.#makeCanvas();
    const { width, height } = ctx.canvas;
    if (this.#scratch.width !== width || this.#scratch.height !== height) {
      this.#scratch.width = width;
      this.#scratch.height = height;
    }
    const sheet = this.#scratch.getContext('2d');
    sheet.setTransform(1, 0, 0, 1, 0, 0);
    sheet.clearRect(0, 0, width, height);
    return sheet;
  }

  #paintCopper(ctx, { camera }, each, { fills, strokes }, colors) {
    ctx.fillStyle = colors.zone;
    each(fills, (path) => ctx.fill(path));
    for (const { key, width, paths } of strokes.sets.values()) {
      this.#paintStyle(ctx, each, paths, colors[key.split(' ')[0]], key.endsWith('filled'),
                       Math.max(width, 0.8 / camera.scale));
    }
  }

  #drawDrawings(ctx, view, each, side, alpha) {
    const { camera, theme } = view;
    const { dpr } = view;
    ctx.globalAlpha = alpha;
    for (const { key, width, paths } of this.#drawings[side].sets.values()) {
      this.#paintStyle(ctx, each, paths, theme[key.split(' ')[0]], key.endsWith('filled'),
                       Math.max(width, 0.7 / camera.scale));
    }
    const scale = camera.scale * dpr;
    const matrix = [camera.flip * scale, 0, 0, scale,
      camera.screenX(0) * dpr, camera.screenY(0) * dpr];
    const copper = theme.copper[side].track;
    beginTexts(ctx);
    for (const text of this.#scene.texts) {
      const color = text.layer === 'copper' ? copper : theme[text.layer];
      if (text.side === side && typeof color === 'string'
          && isReadable(text, camera.scale)) {
        ctx.fillStyle = color;
        drawText(ctx, text, matrix);
      }
    }
    this.#toBoard(ctx, view);
    ctx.globalAlpha = 1;
  }

  #paintStyle(ctx, each, paths, color, filled, width) {
    ctx.fillStyle = color;
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    each(paths, (path) => {
      if (filled) {
        ctx.fill(path);
      }
      ctx.stroke(path);
    });
  }

  /** The names of placement areas, where there is room for them. */
  #areaNames(ctx, { camera, dpr, theme }) {
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    ctx.font = `600 11px ${FONT}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'top';
    ctx.fillStyle = theme.areaName;
    for (const { name, points } of this.#scene.areas) {
      let left = Infinity;
      let right = -Infinity;
      let top = Infinity;
      for (let i = 0; i < points.length; i += 2) {
        left = Math.min(left, camera.screenX(points[i]));
        right = Math.max(right, camera.screenX(points[i]));
        top = Math.min(top, camera.screenY(points[i + 1]));
      }
      if (right - left > AREA_NAME_PX) {
        ctx.fillText(name.slice(0, Math.floor((right - left) / 7)), left + 5, top + 4);
      }
    }
    this.#toBoard(ctx, { camera, dpr });
  }

  /** Keepouts: an edge and slanted lines, on the screen's own grid. */
  #hatch(ctx, view, each) {
    const { camera, dpr, theme } = view;
    this.#drawEdges(ctx, each, this.#keepouts, theme.keepout, 1.5 / camera.scale);
    each(this.#keepouts, (path) => {
      ctx.save();
      ctx.clip(path);
      ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
      ctx.lineWidth = 1;
      ctx.beginPath();
      for (let x = -camera.height_px; x < camera.width_px; x += HATCH_PX) {
        ctx.moveTo(x, camera.height_px);
        ctx.lineTo(x + camera.height_px, 0);
      }
      ctx.stroke();
      ctx.restore();
    });
  }

  #grid(ctx, view) {
    const { camera, dpr, theme } = view;
    // As it was chosen, or coarser by 2, 5, 10, …
    const least = MIN_GRID_PX / camera.scale / view.grid_mm;
    const step = view.grid_mm * (least <= 1 ? 1 : roundStep(least));
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
    this.#toBoard(ctx, view);
  }
}
