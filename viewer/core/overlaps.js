// SPDX-License-Identifier: GPL-3.0-or-later

// Which parts' bodies overlap: those to be shown in red. The count itself comes with the frame.

import { POSE_SIZE, transformPoint, emptyBox, addPoint } from './geometry.js';

// Poses come rounded to a micrometre, so parts that touch may seem to overlap by that much.
const SLACK_MM = 0.003;

// So many neighbours are looked at in a frame, and so many of them measured; a hostile heap ends
// there, real boards are far below.
const MAX_PAIRS = 2_000_000;
const MAX_MEASURED = 20_000;

/** A body ring on the board, as [x0, y0, …]. */
function placedRing(ring, poses, part) {
  const out = new Float64Array(ring.length);
  const point = [0, 0];
  for (let i = 0; i < ring.length; i += 2) {
    transformPoint(poses, part, ring[i], ring[i + 1], point);
    out[i] = point[0];
    out[i + 1] = point[1];
  }
  return out;
}

function isConvex(ring) {
  let sign = 0;
  const n = ring.length;
  for (let i = 0; i < n; i += 2) {
    const j = (i + 2) % n;
    const k = (i + 4) % n;
    const turn = (ring[j] - ring[i]) * (ring[k + 1] - ring[j + 1])
      - (ring[j + 1] - ring[i + 1]) * (ring[k] - ring[j]);
    if (Math.abs(turn) > 1e-9) {
      if (sign !== 0 && Math.sign(turn) !== sign) {
        return false;
      }
      sign = Math.sign(turn);
    }
  }
  return true;
}

/** True where an edge of `a` has all of `b` on its outer side, but for the slack. */
function separates(a, b) {
  for (let i = 0, j = a.length - 2; i < a.length; j = i, i += 2) {
    let nx = a[i + 1] - a[j + 1];
    let ny = a[j] - a[i];
    const length = Math.hypot(nx, ny);
    if (length < 1e-9) {
      continue;
    }
    nx /= length;
    ny /= length;
    let aLow = Infinity;
    let aHigh = -Infinity;
    for (let k = 0; k < a.length; k += 2) {
      const d = a[k] * nx + a[k + 1] * ny;
      if (d < aLow) aLow = d;
      if (d > aHigh) aHigh = d;
    }
    let bLow = Infinity;
    let bHigh = -Infinity;
    for (let k = 0; k < b.length; k += 2) {
      const d = b[k] * nx + b[k + 1] * ny;
      if (d < bLow) bLow = d;
      if (d > bHigh) bHigh = d;
    }
    if (bLow > aHigh - SLACK_MM || aLow > bHigh - SLACK_MM) {
      return true;
    }
  }
  return false;
}

/** Distance into the ring of a point inside it; 0 outside. */
function depthIn(ring, x, y) {
  let inside = false;
  let nearest = Infinity;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const ax = ring[j];
    const ay = ring[j + 1];
    const dx = ring[i] - ax;
    const dy = ring[i + 1] - ay;
    if ((ring[i + 1] > y) !== (ay > y) && x < (dx * (y - ay)) / dy + ax) {
      inside = !inside;
    }
    const along = Math.min(1, Math.max(0,
      ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return inside ? nearest : 0;
}

/** True where a point just inside an edge of `a` lies truly inside `b`. */
function reachesInto(a, b) {
  for (let i = 0, j = a.length - 2; i < a.length; j = i, i += 2) {
    const dx = a[i] - a[j];
    const dy = a[i + 1] - a[j + 1];
    const inward = (2 * SLACK_MM) / (Math.hypot(dx, dy) || 1);
    for (let share = 0.5 / 8; share < 1; share += 1 / 8) {
      for (const way of [inward, -inward]) {
        const x = a[j] + dx * share - dy * way;
        const y = a[j + 1] + dy * share + dx * way;
        if (depthIn(b, x, y) > SLACK_MM && depthIn(a, x, y) > 0) {
          return true;
        }
      }
    }
  }
  return false;
}

function crosses(a, b) {
  const side = (px, py, qx, qy, x, y) => (qx - px) * (y - py) - (qy - py) * (x - px);
  const tolerance = 1e-4;
  for (let i = 0, j = a.length - 2; i < a.length; j = i, i += 2) {
    for (let k = 0, l = b.length - 2; k < b.length; l = k, k += 2) {
      const d1 = side(a[j], a[j + 1], a[i], a[i + 1], b[l], b[l + 1]);
      const d2 = side(a[j], a[j + 1], a[i], a[i + 1], b[k], b[k + 1]);
      const d3 = side(b[l], b[l + 1], b[k], b[k + 1], a[j], a[j + 1]);
      const d4 = side(b[l], b[l + 1], b[k], b[k + 1], a[i], a[i + 1]);
      const parted = (p, q) => p * q < 0 && Math.min(Math.abs(p), Math.abs(q)) > tolerance;
      if (parted(d1, d2) && parted(d3, d4)) {
        return true;
      }
    }
  }
  return false;
}

/** Whether two rings on the board overlap by more than rounding. */
export function ringsOverlap(a, b, convex = isConvex(a) && isConvex(b)) {
  if (convex) {
    return !separates(a, b) && !separates(b, a);
  }
  return crosses(a, b) || reachesInto(a, b) || reachesInto(b, a);
}

/** All bodies on one side of the board, with their boxes, from left to right. */
function bodiesOn(scene, poses, side) {
  const bodies = [];
  scene.parts.forEach((part, i) => {
    const own = side === poses[i * POSE_SIZE + 3] ? 0 : 1;
    for (const ring of part.body[own]) {
      const points = placedRing(ring, poses, i);
      const box = emptyBox();
      for (let k = 0; k < points.length; k += 2) {
        addPoint(box, points[k], points[k + 1]);
      }
      bodies.push({
        part: i, fixed: part.locked || part.held, convex: isConvex(points), points, box,
      });
    }
  });
  return bodies.sort((a, b) => a.box[0] - b.box[0]);
}

/**
 * Marks in `out` (a byte a part) the parts that overlap another on a side. Pairs that nothing
 * may move are left out, as they are in the frame's count.
 */
export function findOverlaps(scene, poses, out) {
  let looked = 0;
  let measured = 0;
  out.fill(0);
  for (const side of [0, 1]) {
    const bodies = bodiesOn(scene, poses, side);
    for (let i = 0; i < bodies.length; i++) {
      const a = bodies[i];
      for (let k = i + 1; k < bodies.length && bodies[k].box[0] < a.box[2] - SLACK_MM; k++) {
        const b = bodies[k];
        if (++looked > MAX_PAIRS || measured > MAX_MEASURED) {
          return;
        }
        if (a.part === b.part || (a.fixed && b.fixed) || (out[a.part] && out[b.part])
            || b.box[1] > a.box[3] - SLACK_MM || a.box[1] > b.box[3] - SLACK_MM) {
          continue;
        }
        measured++;
        if (ringsOverlap(a.points, b.points, a.convex && b.convex)) {
          out[a.part] = 1;
          out[b.part] = 1;
        }
      }
    }
  }
}
