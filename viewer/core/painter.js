// SPDX-License-Identifier: GPL-3.0-or-later

// Draws the parts and what lies on them, on anything like a CanvasRenderingContext2D. Works in
// CSS pixels: each part's transform is computed once a picture, shapes of one colour go into one
// path, and what is out of sight or below a pixel is left out.
//
// A view is { scene, poses, camera, dpr, theme, layers, copper, overlaps, ratsnest, trails, forces,
// heats, strays, held, people, module, hovered, selection, net }: `copper` knows what of it is
// left, `overlaps` are polygons on the board, `strays` the parts that lie outside, `held` those
// that stay where they are, `people` the others who are here, `module` is the one to show alone
// (null: all), `hovered` a part or −1, `selection` parts, `net` one to mark or −1.

import { Batch } from './batch.js';
import { CrowdPainter } from './crowd-painter.js';
import { POSE_SIZE } from './geometry.js';
import { OverlayPainter } from './overlay-painter.js';
import { drawPeople } from './people-painter.js';
import { Placed } from './placed.js';
import { beginTexts, drawText, isReadable } from './texts.js';
import { bodyColors } from './theme.js';

const LEAST_PAD_PX = 0.8;
const BOX_PAD_PX = 5;
const COARSE_PAD_PX = 18;
const DRAWING_PX = 9;
const DIMMED = 0.3;
const FAR_DRAWINGS = 0.45;

export class Painter {
  #scene;
  #groups;
  #placed;
  #overlay;
  #crowd;

  constructor(scene) {
    this.#scene = scene;
    this.#placed = new Placed(scene);
    this.#overlay = new OverlayPainter(scene, this.#placed);
    this.#crowd = new CrowdPainter(scene, this.#placed);
    const groups = new Map();
    scene.parts.forEach((part, i) => {
      if (!groups.has(part.module)) {
        groups.set(part.module, []);
      }
      groups.get(part.module).push(i);
    });
    this.#groups = [...groups].sort(([a], [b]) => a - b);
  }

  /** `still` has drawn the board (Still). */
  draw(ctx, view, still) {
    const near = view.camera.side;
    this.#placed.place(view);
    ctx.lineJoin = 'round';
    ctx.lineCap = 'butt';
    if (still.exact && this.#crowd.suits(this.#placed)) {
      this.#crowd.draw(ctx, view, still);
      ctx.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
      this.#overlay.drawBelow(ctx, view);
      this.#overlay.drawAbove(ctx, { ...view, layers: { ...view.layers, ratsnest: false } });
      drawPeople(ctx, view, this.#placed);
      return;
    }
    ctx.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
    this.#overlay.drawBelow(ctx, view);
    for (const side of [1 - near, near]) {
      this.#bodies(ctx, view, side);
      if (view.layers.drawings) {
        this.#drawings(ctx, view, side);
      }
      if (view.layers.pads) {
        this.#pads(ctx, view, side);
      }
      if (side !== near && view.layers.labels) {
        // Beneath the near side, as all that lies on the far one.
        this.#overlay.drawLabels(ctx, view, side);
      }
    }
    this.#locks(ctx, view);
    this.#overlay.drawAbove(ctx, view);
    if (view.layers.labels) {
      this.#overlay.drawLabels(ctx, view, near);
    }
    drawPeople(ctx, view, this.#placed);
  }

  #bodies(ctx, { poses, theme, module, camera }, side) {
    const far = side !== camera.side;
    for (const [group, parts] of this.#groups) {
      const dim = module !== null && module !== group ? DIMMED : 1;
      const colors = bodyColors(theme, group, far, dim);
      const batch = new Batch(ctx, () => {
        ctx.fillStyle = colors.fill;
        ctx.fill();
        ctx.strokeStyle = colors.edge;
        ctx.lineWidth = 1;
        ctx.stroke();
      });
      for (const part of parts) {
        if (this.#placed.sees(part) && poses[part * POSE_SIZE + 3] === side
            && !this.#scene.parts[part].flat) {
          batch.add(5);
          this.#placed.traceBody(ctx, part);
        }
      }
      batch.end();
    }
  }

  /** What is drawn on a side, by the parts that are large enough to show it. */
  #drawings(ctx, view, side) {
    const { poses, camera, theme } = view;
    const { parts } = this.#scene;
    const large = [...this.#placed.visible]
      .filter((part) => parts[part].radius * camera.scale >= DRAWING_PX);
    const far = side !== camera.side;
    ctx.globalAlpha = far ? FAR_DRAWINGS : 1;
    for (const layer of ['copper', 'fab', 'silk']) {
      const color = layer === 'copper' ? theme[far ? 'padBack' : 'pad'] : theme[layer];
      ctx.fillStyle = color;
      ctx.strokeStyle = color;
      ctx.lineWidth = Math.min(2, Math.max(1, 0.12 * camera.scale));
      for (const filled of [true, false]) {
        const batch = new Batch(ctx, () => (filled ? ctx.fill() : ctx.stroke()));
        for (const part of large) {
          const own = poses[part * POSE_SIZE + 3];
          for (const graphic of parts[part].graphics) {
            if (graphic.layer === layer && graphic.filled === filled
                && (graphic.side ^ own) === side) {
              this.#drawing(ctx, part, graphic, batch);
            }
          }
        }
        batch.end();
      }
    }
    this.#texts(ctx, view, side, large);
    ctx.globalAlpha = 1;
  }

  /**
   * Labels stand for the texts of the fabrication layer: those are larger than the part more often
   * than not, and nobody sees them on the board. And each for its reference, where it is shown.
   */
  #texts(ctx, view, side, large) {
    const { poses, camera, theme, dpr, layers } = view;
    beginTexts(ctx);
    for (const part of large) {
      const { texts, reference } = this.#scene.parts[part];
      const own = poses[part * POSE_SIZE + 3];
      for (const text of texts) {
        const color = theme[text.layer];
        const labelled = layers.labels && (text.layer === 'fab'
          || (text.lines[0] === reference && this.#overlay.labelIn(view, part) !== null));
        if (typeof color === 'string' && (text.side ^ own) === side && !labelled
            && isReadable(text, camera.scale)) {
          ctx.fillStyle = color;
          drawText(ctx, text, this.#placed.matrix(part, dpr));
        }
      }
    }
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  }

  #drawing(ctx, part, { paths, closed, filled }, batch) {
    for (const points of paths) {
      if (points.length >= 4) {
        batch.add(points.length / 2);
        this.#placed.trace(ctx, part, points, closed || filled);
      }
    }
  }

  #pads(ctx, view, side) {
    const { camera, theme } = view;
    const { parts } = this.#scene;
    // Below a pixel there is nothing to see of any pad of a part.
    const shown = this.#placed.visibleOn(side)
      .filter((part) => parts[part].largestPad * camera.scale >= LEAST_PAD_PX);
    const far = side !== camera.side;
    const own = far ? 'padBack' : 'pad';
    const other = far ? 'pad' : 'padBack';
    for (const [kind, color] of far ? [[0, own], [1, other], [2, 'padThrough']]
      : [[1, other], [0, own], [2, 'padThrough']]) {
      ctx.fillStyle = theme[color];
      this.#padsOf(ctx, view, shown, kind);
    }
    this.#holes(ctx, view, shown);
  }

  #padsOf(ctx, { camera }, shown, kind) {
    const batch = new Batch(ctx, () => ctx.fill());
    const stroked = [];
    for (const part of shown) {
      for (const pad of this.#scene.parts[part].padsOn[kind]) {
        const size = Math.max(pad.box[2] - pad.box[0], pad.box[3] - pad.box[1]) * camera.scale;
        if (size < LEAST_PAD_PX
            || (size < BOX_PAD_PX && this.#placed.fillSquare(ctx, part, pad.box))) {
          continue;
        }
        const fine = size < COARSE_PAD_PX ? pad.coarse : pad.points;
        for (const outline of pad.areas.length > 0 ? pad.areas : [fine]) {
          batch.add(outline.length / 2);
          this.#placed.trace(ctx, part, outline, true);
        }
        if (pad.strokes.length > 0) {
          stroked.push([part, pad]);
        }
      }
    }
    batch.end();
    this.#strokesOf(ctx, camera, stroked);
  }

  /** The strokes of custom pads, in the colour that is set. */
  #strokesOf(ctx, camera, stroked) {
    ctx.strokeStyle = ctx.fillStyle;
    ctx.lineCap = 'round';
    for (const [part, pad] of stroked) {
      for (const { width, closed, paths } of pad.strokes) {
        ctx.lineWidth = width * camera.scale;
        ctx.beginPath();
        paths.forEach((points) => this.#placed.trace(ctx, part, points, closed));
        ctx.stroke();
      }
    }
    ctx.lineCap = 'butt';
  }

  #holes(ctx, { camera, theme }, shown) {
    const at = [0, 0];
    const slots = [];
    ctx.fillStyle = theme.hole;
    ctx.beginPath();
    for (const part of shown) {
      for (const pad of this.#scene.parts[part].drilled) {
        const radius = (pad.drill / 2) * camera.scale;
        if (radius <= 1) {
          continue;
        }
        if (pad.slot[0] !== 0 || pad.slot[1] !== 0) {
          slots.push([part, pad]);
        } else {
          this.#placed.point(part, pad.x, pad.y, at);
          ctx.moveTo(at[0] + radius, at[1]);
          ctx.arc(at[0], at[1], radius, 0, 2 * Math.PI);
        }
      }
    }
    ctx.fill();
    this.#slots(ctx, camera, slots);
  }

  /** Holes that are longer than wide, in the colour of holes that is set. */
  #slots(ctx, camera, slots) {
    ctx.strokeStyle = ctx.fillStyle;
    ctx.lineCap = 'round';
    for (const [part, { x, y, drill, slot: [dx, dy] }] of slots) {
      ctx.lineWidth = drill * camera.scale;
      ctx.beginPath();
      this.#placed.trace(ctx, part, [x - dx, y - dy, x + dx, y + dy], false);
      ctx.stroke();
    }
    ctx.lineCap = 'butt';
  }

  /** What stays where it is has a rim of its own; what a person locked, a padlock as well. */
  #locks(ctx, { camera, theme, held }) {
    ctx.strokeStyle = theme.lock;
    ctx.lineWidth = 1.4;
    const batch = new Batch(ctx, () => ctx.stroke());
    const marked = [];
    for (const part of held) {
      if (this.#placed.sees(part)) {
        const { locked, held: byRule, radius, flat } = this.#scene.parts[part];
        if (!flat) {
          batch.add(5);
          this.#placed.traceBody(ctx, part);
        }
        if ((locked || !byRule) && radius * camera.scale > 20) {
          marked.push(part);
        }
      }
    }
    batch.end();
    ctx.fillStyle = theme.lock;
    for (const part of marked) {
      const [x0, y0, x1] = this.#placed.screenBox(part);
      padlock(ctx, Math.min(x1, camera.width_px) - 7.5, Math.max(y0, 0) + 9, x1 - x0);
    }
  }
}

function padlock(ctx, x, y, room) {
  if (room < 18) {
    return;
  }
  ctx.beginPath();
  ctx.rect(x - 4, y - 1, 8, 6);
  ctx.fill();
  ctx.beginPath();
  ctx.arc(x, y - 1, 2.6, Math.PI, 2 * Math.PI);
  ctx.lineWidth = 1.4;
  ctx.stroke();
}
