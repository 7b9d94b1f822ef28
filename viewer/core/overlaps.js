// SPDX-License-Identifier: GPL-3.0-or-later

// Where bodies of parts lie on one another, for showing it in red. The count itself comes with
// the frame.

import { POSE_SIZE, transformPoint } from './geometry.js';
import { areaOf, boxesMeet, boxOf, convexPieces, intersection, perimeterOf } from './pieces.js';

// Poses come rounded to a micrometre, so parts that touch may seem to overlap by that much.
export const SLACK_MM = 0.003;

// Past this many areas, parts piled on one heap, no more are looked for; a heap of hollow shapes,
// or of shapes with many points, ends there as well.
const MAX_AREAS = 4000;
const MAX_LOOKED = 2_000_000;
const MAX_STEPS = 2_000_000;

/** Whether what two bodies have in common is wider than rounding makes it. */
export function isArea(ring, slack_mm = SLACK_MM) {
  return ring.length >= 6 && areaOf(ring) > (slack_mm * perimeterOf(ring)) / 2;
}

/** Puts a ring of a part's front frame on the board, into `out`. */
export function placeRing(ring, poses, part, out) {
  const point = [0, 0];
  for (let i = 0; i < ring.length; i += 2) {
    transformPoint(poses, part, ring[i], ring[i + 1], point);
    out[i] = point[0];
    out[i + 1] = point[1];
  }
  return out;
}

export class Overlaps {
  #pieces;

  /** What is red: polygons on the board, [x0, y0, …] in mm. */
  areas = [];

  constructor(scene) {
    this.#pieces = scene.parts.flatMap(({ body }, part) =>
      body.flatMap((rings, side) => rings.flatMap(convexPieces).map((local) => ({
        part, side, local, points: new Float64Array(local.length),
        box: [0, 0, 0, 0],
      }))));
  }

  clear() {
    this.areas = [];
  }

  /** Finds all anew; `only`: those of pairs of parts that are both in this set. */
  update(poses, only = null) {
    this.clear();
    const bounds = { looked: 0, steps: 0 };
    for (const piece of this.#pieces) {
      boxOf(placeRing(piece.local, poses, piece.part, piece.points), piece.box);
    }
    for (const side of [0, 1]) {
      const pieces = this.#pieces
        .filter((piece) => (piece.side ^ poses[piece.part * POSE_SIZE + 3]) === side
          && (only === null || only.has(piece.part)))
        .sort((a, b) => a.box[0] - b.box[0]);
      this.#sweep(pieces, bounds);
    }
  }

  #sweep(pieces, bounds) {
    for (let i = 0; i < pieces.length; i++) {
      const a = pieces[i];
      for (let k = i + 1; k < pieces.length && pieces[k].box[0] < a.box[2]; k++) {
        const b = pieces[k];
        if (++bounds.looked > MAX_LOOKED) {
          return;
        }
        if (a.part === b.part || !boxesMeet(a.box, b.box)) {
          continue;
        }
        bounds.steps += a.points.length * b.points.length;
        if (bounds.steps > MAX_STEPS) {
          return;
        }
        const area = intersection(a.points, b.points);
        if (isArea(area) && this.areas.push(area) >= MAX_AREAS) {
          bounds.looked = MAX_LOOKED;
          return;
        }
      }
    }
  }
}
