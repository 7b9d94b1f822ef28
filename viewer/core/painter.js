// SPDX-License-Identifier: GPL-3.0-or-later

// Draws what moves, on anything like a CanvasRenderingContext2D: parts, pads, overlaps, ratsnest,
// trails, forces, labels. Works in CSS pixels: each part's transform is computed once a picture,
// shapes of one colour go into one path, and what is out of sight or below a pixel is left out.
//
// A view is { scene, poses, camera, dpr, theme, layers, overlaps, ratsnest, trails, forces,
// module, hovered }: `overlaps` are polygons on the board, `module` is the one to show alone
// (null: all), `hovered` a part or −1.

import { POSE_SIZE, cosSin } from './geometry.js';
import { bodyColors } from './theme.js';

const FONT = 'system-ui, -apple-system, "Segoe UI", Cantarell, "DejaVu Sans", sans-serif';
const SMALLEST_LABEL_PX = 7;
const SMALLEST_HALO_PX = 8;
const LARGEST_LABEL_PX = 15;
const BOX_PAD_PX = 5;
const COARSE_PAD_PX = 18;
const DRAWING_PX = 9;
const MATRIX = 6;
const DIMMED = 0.3;
const BACK_LABELS = 0.5;

// A path of more points than this is ended and another begun: browsers rasterize many small
// paths in half the time of a huge one.
const PATH_POINTS = 300;

function labelOf(part) {
  return part.reference || part.key;
}

export class Painter {
  #scene;
  #groups;
  #matrices;
  #visible;
  #visibleCount = 0;
  #seen;

  constructor(scene) {
    this.#scene = scene;
    this.#matrices = new Float64Array(scene.parts.length * MATRIX);
    this.#visible = new Uint32Array(scene.parts.length);
    this.#seen = new Uint8Array(scene.parts.length);
    const groups = new Map();
    scene.parts.forEach((part, i) => {
      if (!groups.has(part.module)) {
        groups.set(part.module, []);
      }
      groups.get(part.module).push(i);
    });
    this.#groups = [...groups].sort(([a], [b]) => a - b);
  }

  draw(ctx, view) {
    this.#place(view);
    ctx.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
    ctx.lineJoin = 'round';
    ctx.lineCap = 'butt';
    if (view.layers.trails) {
      this.#trails(ctx, view);
    }
    for (const side of [1, 0]) {
      this.#bodies(ctx, view, side);
      this.#drawings(ctx, view, side);
      if (view.layers.pads) {
        this.#pads(ctx, view, side);
      }
      if (side === 1 && view.layers.labels) {
        // Beneath the front, as all that lies on the back.
        this.#labels(ctx, view, side);
      }
    }
    this.#locks(ctx, view);
    if (view.layers.ratsnest) {
      this.#ratsnest(ctx, view);
    }
    this.#overlaps(ctx, view);
    if (view.layers.forces) {
      this.#forces(ctx, view);
    }
    if (view.hovered >= 0) {
      this.#hover(ctx, view);
    }
    if (view.layers.labels) {
      this.#labels(ctx, view, 0);
    }
  }

  /** Every part's matrix from its front frame to the screen, and which parts are in sight. */
  #place({ poses, camera }) {
    const { parts } = this.#scene;
    this.#visibleCount = 0;
    for (let i = 0; i < parts.length; i++) {
      const at = i * POSE_SIZE;
      const x = camera.screenX(poses[at]);
      const y = camera.screenY(poses[at + 1]);
      const [cos, sin] = cosSin(poses[at + 2]);
      const mirror = poses[at + 3] === 1 ? -1 : 1;
      const m = i * MATRIX;
      this.#matrices[m] = cos * camera.scale;
      this.#matrices[m + 1] = -sin * camera.scale;
      this.#matrices[m + 2] = sin * mirror * camera.scale;
      this.#matrices[m + 3] = cos * mirror * camera.scale;
      this.#matrices[m + 4] = x;
      this.#matrices[m + 5] = y;
      const reach = parts[i].radius * camera.scale + 2;
      if (x > -reach && x < camera.width_px + reach
          && y > -reach && y < camera.height_px + reach) {
        this.#visible[this.#visibleCount++] = i;
      }
    }
    this.#seen.fill(0);
    for (let k = 0; k < this.#visibleCount; k++) {
      this.#seen[this.#visible[k]] = 1;
    }
  }

  #trace(ctx, part, points, closed) {
    const m = part * MATRIX;
    const t = this.#matrices;
    const a = t[m];
    const b = t[m + 1];
    const c = t[m + 2];
    const d = t[m + 3];
    const e = t[m + 4];
    const f = t[m + 5];
    for (let i = 0; i < points.length; i += 2) {
      const x = a * points[i] + c * points[i + 1] + e;
      const y = b * points[i] + d * points[i + 1] + f;
      if (i === 0) {
        ctx.moveTo(x, y);
      } else {
        ctx.lineTo(x, y);
      }
    }
    if (closed) {
      ctx.closePath();
    }
  }

  #traceBody(ctx, part) {
    const { body, box } = this.#scene.parts[part];
    const rings = body[0].length > 0 ? body[0] : body[1];
    for (const ring of rings) {
      this.#trace(ctx, part, ring, true);
    }
    if (rings.length === 0) {
      const [x0, y0, x1, y1] = box;
      this.#trace(ctx, part, [x0, y0, x1, y0, x1, y1, x0, y1], true);
    }
  }

  #bodies(ctx, { poses, theme, layers, module }, side) {
    for (const [group, parts] of this.#groups) {
      const dim = module !== null && module !== group ? DIMMED : 1;
      const colors = bodyColors(theme, layers.modules ? group : -1, side === 1, dim);
      let points = 0;
      const finish = () => {
        if (points > 0) {
          ctx.fillStyle = colors.fill;
          ctx.fill();
          ctx.strokeStyle = colors.edge;
          ctx.lineWidth = 1;
          ctx.stroke();
        }
        points = 0;
      };
      for (const part of parts) {
        if (!this.#seen[part] || poses[part * POSE_SIZE + 3] !== side) {
          continue;
        }
        if (points === 0) {
          ctx.beginPath();
        }
        this.#traceBody(ctx, part);
        points += 5;
        if (points > PATH_POINTS) {
          finish();
        }
      }
      finish();
    }
  }

  /** Silkscreen and fabrication drawings of the parts that are large enough to show them. */
  #drawings(ctx, { poses, camera, theme }, side) {
    for (const layer of ['fab', 'silk']) {
      let points = 0;
      ctx.strokeStyle = theme[layer];
      ctx.globalAlpha = side === 1 ? 0.45 : 1;
      ctx.lineWidth = Math.min(2, Math.max(1, 0.12 * camera.scale));
      for (let k = 0; k < this.#visibleCount; k++) {
        const part = this.#visible[k];
        const { graphics, radius } = this.#scene.parts[part];
        if (poses[part * POSE_SIZE + 3] !== side || radius * camera.scale < DRAWING_PX) {
          continue;
        }
        for (const graphic of graphics) {
          if (graphic.layer !== layer || graphic.points.length < 4) {
            continue;
          }
          if (points === 0) {
            ctx.beginPath();
          }
          this.#trace(ctx, part, graphic.points, graphic.closed);
          points += graphic.points.length / 2;
          if (points > PATH_POINTS) {
            ctx.stroke();
            points = 0;
          }
        }
      }
      if (points > 0) {
        ctx.stroke();
      }
    }
    ctx.globalAlpha = 1;
  }

  #pads(ctx, view, side) {
    const { theme } = view;
    for (const kind of ['padBack', 'pad', 'padThrough']) {
      ctx.fillStyle = theme[kind];
      this.#padsOf(ctx, view, side, kind);
    }
    this.#holes(ctx, view, side);
  }

  #padsOf(ctx, { poses, camera }, side, kind) {
    let points = 0;
    for (let k = 0; k < this.#visibleCount; k++) {
      const part = this.#visible[k];
      if (poses[part * POSE_SIZE + 3] !== side) {
        continue;
      }
      for (const pad of this.#scene.parts[part].pads) {
        if (padKind(pad, side) !== kind || pad.points.length < 6) {
          continue;
        }
        const size = Math.max(pad.box[2] - pad.box[0], pad.box[3] - pad.box[1]) * camera.scale;
        if (size < 0.8 || (size < BOX_PAD_PX && this.#smallPad(ctx, part, pad.box))) {
          continue;
        }
        if (points === 0) {
          ctx.beginPath();
        }
        const outline = size < COARSE_PAD_PX ? pad.coarse : pad.points;
        this.#trace(ctx, part, outline, true);
        points += outline.length / 2;
        if (points > PATH_POINTS) {
          ctx.fill();
          points = 0;
        }
      }
    }
    if (points > 0) {
      ctx.fill();
    }
  }

  /** A pad of a few pixels on a part that lies square: its box. False where it lies askew. */
  #smallPad(ctx, part, box) {
    const m = part * MATRIX;
    const t = this.#matrices;
    if (t[m] !== 0 && t[m + 1] !== 0) {
      return false;
    }
    const x0 = t[m] * box[0] + t[m + 2] * box[1] + t[m + 4];
    const y0 = t[m + 1] * box[0] + t[m + 3] * box[1] + t[m + 5];
    const x1 = t[m] * box[2] + t[m + 2] * box[3] + t[m + 4];
    const y1 = t[m + 1] * box[2] + t[m + 3] * box[3] + t[m + 5];
    ctx.fillRect(Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0));
    return true;
  }

  #holes(ctx, { poses, camera, theme }, side) {
    ctx.fillStyle = theme.hole;
    ctx.beginPath();
    for (let k = 0; k < this.#visibleCount; k++) {
      const part = this.#visible[k];
      if (poses[part * POSE_SIZE + 3] !== side) {
        continue;
      }
      const m = part * MATRIX;
      const t = this.#matrices;
      for (const { drill, x, y } of this.#scene.parts[part].pads) {
        const radius = (drill / 2) * camera.scale;
        if (radius > 1) {
          const cx = t[m] * x + t[m + 2] * y + t[m + 4];
          const cy = t[m + 1] * x + t[m + 3] * y + t[m + 5];
          ctx.moveTo(cx + radius, cy);
          ctx.arc(cx, cy, radius, 0, 2 * Math.PI);
        }
      }
    }
    ctx.fill();
  }

  /** The common area alone; a sliver thinner than a pixel is seen by its rim. */
  #overlaps(ctx, { theme, overlaps, camera }) {
    let points = 0;
    const finish = () => {
      if (points > 0) {
        ctx.fill();
        ctx.stroke();
      }
      points = 0;
    };
    ctx.fillStyle = theme.overlapFill;
    ctx.strokeStyle = theme.overlapEdge;
    ctx.lineWidth = 1.2;
    for (const area of overlaps) {
      if (points === 0) {
        ctx.beginPath();
      }
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
      points += area.length / 2;
      if (points > PATH_POINTS) {
        finish();
      }
    }
    finish();
  }

  /** Locked parts: a dashed edge, and a padlock where there is room. */
  #locks(ctx, { camera, theme }) {
    ctx.strokeStyle = theme.lock;
    ctx.lineWidth = 1.25;
    ctx.setLineDash([5, 4]);
    ctx.beginPath();
    const marked = [];
    for (let k = 0; k < this.#visibleCount; k++) {
      const part = this.#visible[k];
      if (this.#scene.parts[part].locked) {
        this.#traceBody(ctx, part);
        if (this.#scene.parts[part].radius * camera.scale > 20) {
          marked.push(part);
        }
      }
    }
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = theme.lock;
    for (const part of marked) {
      const [x0, y0, x1] = this.#screenBox(part);
      this.#padlock(ctx, Math.min(x1, camera.width_px) - 7.5, Math.max(y0, 0) + 9, x1 - x0);
    }
  }

  #padlock(ctx, x, y, room) {
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

  /** The part's box on the screen: [x0, y0, x1, y1]. */
  #screenBox(part) {
    const { box } = this.#scene.parts[part];
    const m = part * MATRIX;
    const t = this.#matrices;
    const cx = (box[0] + box[2]) / 2;
    const cy = (box[1] + box[3]) / 2;
    const hw = (box[2] - box[0]) / 2;
    const hh = (box[3] - box[1]) / 2;
    const x = t[m] * cx + t[m + 2] * cy + t[m + 4];
    const y = t[m + 1] * cx + t[m + 3] * cy + t[m + 5];
    const rx = Math.abs(t[m]) * hw + Math.abs(t[m + 2]) * hh;
    const ry = Math.abs(t[m + 1]) * hw + Math.abs(t[m + 3]) * hh;
    return [x - rx, y - ry, x + rx, y + ry];
  }

  #pin(pins, number, out) {
    const part = pins[2 * number];
    const pad = this.#scene.parts[part].pads[pins[2 * number + 1]];
    const m = part * MATRIX;
    const t = this.#matrices;
    out[0] = t[m] * pad.x + t[m + 2] * pad.y + t[m + 4];
    out[1] = t[m + 1] * pad.x + t[m + 3] * pad.y + t[m + 5];
  }

  #ratsnest(ctx, { theme, ratsnest, camera, layers }) {
    const from = [0, 0];
    const to = [0, 0];
    ctx.lineWidth = 1;
    for (const power of layers.power ? [true, false] : [false]) {
      let lines = 0;
      ctx.strokeStyle = power ? theme.power : theme.net;
      this.#scene.nets.forEach((net, i) => {
        const tree = net.power === power ? ratsnest.trees[i] : [];
        for (let k = 0; k < tree.length; k += 2) {
          this.#pin(net.pins, tree[k], from);
          this.#pin(net.pins, tree[k + 1], to);
          if (outside(from, to, camera)) {
            continue;
          }
          if (lines++ === 0) {
            ctx.beginPath();
          }
          ctx.moveTo(from[0], from[1]);
          ctx.lineTo(to[0], to[1]);
          if (lines > PATH_POINTS / 2) {
            ctx.stroke();
            lines = 0;
          }
        }
      });
      if (lines > 0) {
        ctx.stroke();
      }
    }
  }

  #trails(ctx, { camera, theme, trails }) {
    ctx.strokeStyle = theme.trail;
    ctx.lineWidth = 1;
    let points = 0;
    for (let k = 0; k < this.#visibleCount; k++) {
      if (points === 0) {
        ctx.beginPath();
      }
      trails.each(this.#visible[k], (x_mm, y_mm, first) => {
        const x = camera.screenX(x_mm);
        const y = camera.screenY(y_mm);
        if (first) {
          ctx.moveTo(x, y);
        } else {
          ctx.lineTo(x, y);
        }
        points++;
      });
      if (points > PATH_POINTS) {
        ctx.stroke();
        points = 0;
      }
    }
    if (points > 0) {
      ctx.stroke();
    }
  }

  #forces(ctx, { theme, forces }) {
    const largest = forces.reduce((most, { fx, fy }) => Math.max(most, Math.hypot(fx, fy)), 0);
    if (!(largest > 0)) {
      return;
    }
    ctx.lineWidth = 1.6;
    for (const [kind, color] of Object.entries(theme.forces)) {
      ctx.strokeStyle = color;
      ctx.beginPath();
      for (const force of forces) {
        const length = Math.hypot(force.fx, force.fy);
        if (force.kind === kind && length > 0 && this.#seen[force.part]) {
          const px = 4 + 40 * Math.sqrt(length / largest);
          const m = force.part * MATRIX;
          arrow(ctx, this.#matrices[m + 4], this.#matrices[m + 5],
                force.fx / length, force.fy / length, px);
        }
      }
      ctx.stroke();
    }
  }

  #hover(ctx, { theme, ratsnest, hovered, layers }) {
    const from = [0, 0];
    const to = [0, 0];
    ctx.strokeStyle = theme.highlight;
    ctx.lineWidth = 2;
    ctx.beginPath();
    this.#traceBody(ctx, hovered);
    ctx.stroke();
    if (!layers.ratsnest) {
      return;
    }
    const nets = new Set(this.#scene.parts[hovered].pads.map((pad) => pad.net));
    ctx.strokeStyle = theme.netStrong;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    for (const i of nets) {
      const net = this.#scene.nets[i];
      if (!net || (net.power && !layers.power)) {
        continue;
      }
      for (let k = 0; k < ratsnest.trees[i].length; k += 2) {
        this.#pin(net.pins, ratsnest.trees[i][k], from);
        this.#pin(net.pins, ratsnest.trees[i][k + 1], to);
        ctx.moveTo(from[0], from[1]);
        ctx.lineTo(to[0], to[1]);
      }
    }
    ctx.stroke();
  }

  #labels(ctx, { theme, dpr, module, poses }, side) {
    const sizes = Array.from({ length: LARGEST_LABEL_PX + 1 }, () => []);
    for (let k = 0; k < this.#visibleCount; k++) {
      const part = this.#visible[k];
      if (poses[part * POSE_SIZE + 3] !== side
          || (module !== null && this.#scene.parts[part].module !== module)) {
        continue;
      }
      const [x0, y0, x1, y1] = this.#screenBox(part);
      const upright = y1 - y0 > 1.6 * (x1 - x0);
      const along = upright ? y1 - y0 : x1 - x0;
      const across = upright ? x1 - x0 : y1 - y0;
      const { length } = labelOf(this.#scene.parts[part]);
      const size = Math.floor(Math.min(across * 0.72, along / (0.64 * Math.max(length, 1)),
                                       LARGEST_LABEL_PX));
      if (length > 0 && length < 40 && size >= SMALLEST_LABEL_PX) {
        sizes[size].push(part, (x0 + x1) / 2, (y0 + y1) / 2, upright ? 1 : 0);
      }
    }
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = theme.label;
    ctx.strokeStyle = theme.labelHalo;
    ctx.lineWidth = 2.5;
    ctx.globalAlpha = side === 1 ? BACK_LABELS : 1;
    sizes.forEach((labels, size) => {
      if (labels.length > 0) {
        ctx.font = `600 ${size}px ${FONT}`;
        this.#labelsOfSize(ctx, labels, dpr, side === 0 && size > SMALLEST_HALO_PX);
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

/** The colour's name of a pad of a part on `side`; none for a bare hole. */
function padKind(pad, side) {
  if (pad.sides === 3) {
    return 'padThrough';
  }
  if (pad.sides === 0) {
    return null;
  }
  return (pad.sides === 1) === (side === 0) ? 'pad' : 'padBack';
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
