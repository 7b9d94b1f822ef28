// SPDX-License-Identifier: GPL-3.0-or-later

// What is drawn about the parts rather than of them: heat, trails, ratsnest, overlaps, forces,
// what is marked, labels. See painter.js for the view.

import { Batch } from './batch.js';
import { hullOf } from './pieces.js';
import { moduleColor, netColors, netGroups, POWER_GROUP } from './theme.js';

export const FONT = 'system-ui, -apple-system, "Segoe UI", Cantarell, "DejaVu Sans", sans-serif';

const SMALLEST_LABEL_PX = 7;
const SMALLEST_HALO_PX = 8;
const LARGEST_LABEL_PX = 15;
const FAR_LABELS = 0.5;

// As in the window.
const HULL_ALPHA = 0.14;
const HULL_RIM_ALPHA = 0.65;
const STRAY_RIM_PX = 2;
const LEAST_STRAY_PX = 4;

/** Indexes of the parts for which `test (part)` holds. */
export function indexesOf(parts, test) {
  return parts.flatMap((part, i) => (test(part) ? [i] : []));
}

function labelOf(part) {
  return part.reference || part.key;
}

export class OverlayPainter {
  #scene;
  #placed;
  #withAreas;
  #modules;
  #netGroups = [];

  /** `placed` is where the parts are, kept up to date by its owner. */
  constructor(scene, placed) {
    this.#scene = scene;
    this.#placed = placed;
    this.#withAreas = indexesOf(scene.parts, ({ keepouts, rules }) =>
      keepouts.length + rules.length > 0);
    netGroups(scene.nets).forEach((group, i) => (this.#netGroups[group] ??= []).push(i));
    // One part alone is its own hull.
    this.#modules = scene.modules.map((_, module) => ({
      module, parts: indexesOf(scene.parts, (part) => part.module === module),
    })).filter(({ parts }) => parts.length > 1);
  }

  drawBelow(ctx, view) {
    view.heats.forEach((heat) => this.#heat(ctx, view, heat));
    if (view.layers.modules) {
      this.#hulls(ctx, view);
    }
    if (view.layers.trails) {
      this.#trails(ctx, view);
    }
    if (view.layers.areas) {
      this.#areas(ctx, view);
    }
  }

  drawAbove(ctx, view) {
    if (view.layers.ratsnest) {
      this.#ratsnest(ctx, view);
    }
    this.#overlaps(ctx, view);
    this.#strays(ctx, view);
    if (view.layers.forces) {
      this.#forces(ctx, view);
    }
    if (view.net >= 0) {
      this.#markNet(ctx, view);
    }
    this.#markSelection(ctx, view);
    if (view.hovered >= 0 && !view.selection.includes(view.hovered)) {
      this.#mark(ctx, view, view.hovered, 2);
    }
  }

  #heat(ctx, { camera }, heat) {
    const [x0, y0, x1, y1] = heat.box;
    ctx.save();
    ctx.globalAlpha = 0.75;
    ctx.imageSmoothingEnabled = true;
    ctx.translate(camera.screenX(x0), camera.screenY(y0));
    ctx.scale(camera.flip * camera.scale, camera.scale);
    ctx.drawImage(heat.canvas, 0, 0, x1 - x0, y1 - y0);
    ctx.restore();
  }

  /** A tinted hull round the parts of each module. */
  #hulls(ctx, { theme, module: only }) {
    const corners = new Float64Array(8);
    ctx.lineWidth = 1.2;
    for (const { module, parts } of this.#modules) {
      if (only !== null && only !== module) {
        continue;
      }
      const points = new Float64Array(8 * parts.length);
      parts.forEach((part, i) => {
        this.#placed.corners(part, this.#scene.parts[part].box, 0, 1, corners);
        points.set(corners, 8 * i);
      });
      const hull = hullOf(points);
      ctx.fillStyle = moduleColor(theme, module, HULL_ALPHA);
      ctx.strokeStyle = moduleColor(theme, module, HULL_RIM_ALPHA);
      ctx.beginPath();
      for (let i = 0; i < hull.length; i += 2) {
        ctx[i === 0 ? 'moveTo' : 'lineTo'](hull[i], hull[i + 1]);
      }
      ctx.closePath();
      ctx.fill();
      ctx.stroke();
    }
  }

  /** Keepouts and rule areas that move with their part. */
  #areas(ctx, { theme }) {
    ctx.strokeStyle = theme.keepout;
    ctx.lineWidth = 1.2;
    for (const [kind, dash] of [['keepouts', [4, 3]], ['rules', [1.5, 3]]]) {
      const batch = new Batch(ctx, () => ctx.stroke());
      ctx.setLineDash(dash);
      for (const part of this.#withAreas.filter((i) => this.#placed.sees(i))) {
        for (const { points } of this.#scene.parts[part][kind]) {
          batch.add(points.length / 2);
          this.#placed.trace(ctx, part, points, true);
        }
      }
      batch.end();
    }
    ctx.setLineDash([]);
  }

  /** Whole parts that lie where they may not; one too small to be seen by its middle. */
  #strays(ctx, { theme, strays }) {
    const batch = new Batch(ctx, () => {
      ctx.fill();
      ctx.stroke();
    });
    ctx.fillStyle = theme.strayFill;
    ctx.strokeStyle = theme.overlapEdge;
    ctx.lineWidth = STRAY_RIM_PX;
    for (const part of strays.filter((i) => this.#placed.sees(i))) {
      const [x0, y0, x1, y1] = this.#placed.screenBox(part);
      batch.add(5);
      if (Math.max(x1 - x0, y1 - y0) < LEAST_STRAY_PX) {
        const [x, y, half] = [(x0 + x1) / 2, (y0 + y1) / 2, LEAST_STRAY_PX / 2];
        ctx.moveTo(x - half, y - half);
        ctx.lineTo(x + half, y - half);
        ctx.lineTo(x + half, y + half);
        ctx.lineTo(x - half, y + half);
        ctx.closePath();
      } else {
        this.#placed.traceBody(ctx, part);
      }
    }
    batch.end();
  }

  /** The common area alone; a sliver thinner than a pixel is seen by its rim. */
  #overlaps(ctx, { theme, overlaps, camera }) {
    const batch = new Batch(ctx, () => {
      ctx.fill();
      ctx.stroke();
    });
    ctx.fillStyle = theme.overlapFill;
    ctx.strokeStyle = theme.overlapEdge;
    ctx.lineWidth = 1.2;
    for (const area of overlaps) {
      batch.add(area.length / 2);
      for (let i = 0; i < area.length; i += 2) {
        const x = camera.screenX(area[i]);
        const y = camera.screenY(area[i + 1]);
        if (i === 0) {
          ctx.moveTo(x, y);
        } else {
          ctx.lineTo(x, y);
        }
      }
      ctx.closePath();
    }
    batch.end();
  }

  #pin({ pins, at }, number, out) {
    this.#placed.point(pins[2 * number], at[2 * number], at[2 * number + 1], out);
  }

  /** Adds what is in sight of the tree of a net. */
  #traceNet(ctx, { ratsnest, camera }, i, batch) {
    const from = [0, 0];
    const to = [0, 0];
    const net = this.#scene.nets[i];
    const tree = ratsnest.trees[i];
    for (let k = 0; k < tree.length; k += 2) {
      this.#pin(net, tree[k], from);
      this.#pin(net, tree[k + 1], to);
      if (!outside(from, to, camera)) {
        batch.add(2);
        ctx.moveTo(from[0], from[1]);
        ctx.lineTo(to[0], to[1]);
      }
    }
  }

  #ratsnest(ctx, view) {
    const { theme, layers, net: marked } = view;
    ctx.lineWidth = 1;
    ctx.globalAlpha = marked >= 0 ? 0.35 : 1;
    const colors = netColors(theme);
    this.#netGroups.forEach((nets, group) => {
      if (group === POWER_GROUP && !layers.power) {
        return;
      }
      const batch = new Batch(ctx, () => ctx.stroke());
      ctx.strokeStyle = colors[group];
      for (const i of nets) {
        if (i !== marked) {
          this.#traceNet(ctx, view, i, batch);
        }
      }
      batch.end();
    });
    ctx.globalAlpha = 1;
  }

  #trails(ctx, { camera, theme, trails }) {
    ctx.strokeStyle = theme.trail;
    ctx.lineWidth = 1;
    const batch = new Batch(ctx, () => ctx.stroke());
    for (const part of this.#placed.visible) {
      batch.add(trails.count);
      trails.each(part, (x_mm, y_mm, first) => {
        const x = camera.screenX(x_mm);
        const y = camera.screenY(y_mm);
        if (first) {
          ctx.moveTo(x, y);
        } else {
          ctx.lineTo(x, y);
        }
      });
    }
    batch.end();
  }

  #forces(ctx, { theme, forces, camera }) {
    const largest = forces.reduce((most, { fx, fy }) => Math.max(most, Math.hypot(fx, fy)), 0);
    const at = [0, 0];
    if (!(largest > 0)) {
      return;
    }
    ctx.lineWidth = 1.6;
    for (const [kind, color] of Object.entries(theme.forces)) {
      ctx.strokeStyle = color;
      ctx.beginPath();
      for (const force of forces) {
        const length = Math.hypot(force.fx, force.fy);
        if (force.kind === kind && length > 0 && this.#placed.sees(force.part)) {
          const px = 4 + 40 * Math.sqrt(length / largest);
          this.#placed.point(force.part, 0, 0, at);
          arrow(ctx, at[0], at[1], (camera.flip * force.fx) / length, force.fy / length, px);
        }
      }
      ctx.stroke();
    }
  }

  /** A net: its connections and its pads. */
  #markNet(ctx, view) {
    const { pins } = this.#scene.nets[view.net];
    ctx.strokeStyle = view.theme.netStrong;
    ctx.fillStyle = view.theme.netStrong;
    ctx.lineWidth = 2;
    const lines = new Batch(ctx, () => ctx.stroke());
    this.#traceNet(ctx, view, view.net, lines);
    lines.end();
    const pads = new Batch(ctx, () => ctx.fill());
    for (let k = 0; k < pins.length; k += 2) {
      if (this.#placed.sees(pins[k])) {
        const pad = this.#scene.parts[pins[k]].pads[pins[k + 1]];
        pads.add(pad.points.length / 2);
        this.#placed.trace(ctx, pins[k], pad.points, true);
      }
    }
    pads.end();
  }

  /** One with its connections; of several the rims alone, or there were nothing else to see. */
  #markSelection(ctx, view) {
    const { selection, theme } = view;
    if (selection.length === 1) {
      this.#mark(ctx, view, selection[0], 3);
      return;
    }
    ctx.strokeStyle = theme.highlight;
    ctx.lineWidth = 2;
    const batch = new Batch(ctx, () => ctx.stroke());
    for (const part of selection) {
      if (this.#placed.sees(part)) {
        batch.add(5);
        this.#placed.traceBody(ctx, part);
      }
    }
    batch.end();
  }

  /** A part: its rim, and its connections. */
  #mark(ctx, view, part, width) {
    const { theme, layers } = view;
    ctx.strokeStyle = theme.highlight;
    ctx.lineWidth = width;
    ctx.beginPath();
    this.#placed.traceBody(ctx, part);
    ctx.stroke();
    if (!layers.ratsnest) {
      return;
    }
    ctx.strokeStyle = theme.netStrong;
    ctx.lineWidth = 1.5;
    const batch = new Batch(ctx, () => ctx.stroke());
    for (const i of new Set(this.#scene.parts[part].nets)) {
      if (i >= 0 && (!this.#scene.nets[i].power || layers.power)) {
        this.#traceNet(ctx, view, i, batch);
      }
    }
    batch.end();
  }

  /** How large, and where, a part's reference is drawn in it; null: not at all. */
  labelIn({ module: only, camera }, part) {
    const { flat, radius, module } = this.#scene.parts[part];
    // Nobody looks for a logo by its reference.
    if (flat || 2 * radius * camera.scale < SMALLEST_LABEL_PX
        || (only !== null && module !== only)) {
      return null;
    }
    const [x0, y0, x1, y1] = this.#placed.screenBox(part);
    const upright = y1 - y0 > 1.6 * (x1 - x0);
    const along = upright ? y1 - y0 : x1 - x0;
    const across = upright ? x1 - x0 : y1 - y0;
    const { length } = labelOf(this.#scene.parts[part]);
    const size = Math.floor(Math.min(across * 0.72, along / (0.64 * Math.max(length, 1)),
                                     LARGEST_LABEL_PX));
    return length > 0 && length < 40 && size >= SMALLEST_LABEL_PX
      ? { size, x: (x0 + x1) / 2, y: (y0 + y1) / 2, upright } : null;
  }

  /** The references of the parts on a side. */
  drawLabels(ctx, view, side) {
    const { theme, dpr, camera } = view;
    const sizes = Array.from({ length: LARGEST_LABEL_PX + 1 }, () => []);
    for (const part of this.#placed.visibleOn(side)) {
      const label = this.labelIn(view, part);
      if (label !== null) {
        sizes[label.size].push(part, label.x, label.y, label.upright ? 1 : 0);
      }
    }
    const near = side === camera.side;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = theme.label;
    ctx.strokeStyle = theme.labelHalo;
    ctx.lineWidth = 2.5;
    ctx.globalAlpha = near ? 1 : FAR_LABELS;
    sizes.forEach((labels, size) => {
      if (labels.length > 0) {
        ctx.font = `600 ${size}px ${FONT}`;
        this.#labelsOfSize(ctx, labels, dpr, near && size > SMALLEST_HALO_PX);
      }
    });
    ctx.globalAlpha = 1;
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  }

  #labelsOfSize(ctx, labels, dpr, halo) {
    for (let i = 0; i < labels.length; i += 4) {
      const label = labelOf(this.#scene.parts[labels[i]]);
      const x = labels[i + 1];
      const y = labels[i + 2] + 0.5;
      if (labels[i + 3]) {
        ctx.setTransform(0, -dpr, dpr, 0, x * dpr, y * dpr);
      } else {
        ctx.setTransform(dpr, 0, 0, dpr, x * dpr, y * dpr);
      }
      if (halo) {
        ctx.strokeText(label, 0, 0);
      }
      ctx.fillText(label, 0, 0);
    }
  }
}

function outside([ax, ay], [bx, by], { width_px, height_px }) {
  return (ax < 0 && bx < 0) || (ay < 0 && by < 0)
    || (ax > width_px && bx > width_px) || (ay > height_px && by > height_px);
}

function arrow(ctx, x, y, dx, dy, length) {
  const tipX = x + dx * length;
  const tipY = y + dy * length;
  const head = Math.min(6, length * 0.4);
  ctx.moveTo(x, y);
  ctx.lineTo(tipX, tipY);
  ctx.moveTo(tipX - (dx + dy * 0.6) * head, tipY - (dy - dx * 0.6) * head);
  ctx.lineTo(tipX, tipY);
  ctx.lineTo(tipX - (dx - dy * 0.6) * head, tipY - (dy + dx * 0.6) * head);
}
