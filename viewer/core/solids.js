// SPDX-License-Identifier: GPL-3.0-or-later

// The board as a slab and its parts as bodies, for the view in space: triangles with a normal and
// a colour each, in millimetres, z towards who looks at the front.

import { coarseRing, cornersOf, POSE_SIZE, transformPoint } from './geometry.js';
import { convexPieces, isConvex } from './pieces.js';
import { readColor } from './theme.js';

export const BOARD_MM = 1.6;

/** Numbers a corner: x, y, z, normal x, y, z, red, green, blue. */
export const CORNER = 9;

// How high parts stand, by what their references begin with: where nothing better is known.
const HEIGHTS_MM = {
  R: 0.6, C: 0.9, L: 1.5, D: 1.1, Q: 1.2, U: 1.4, IC: 1.4, Y: 1.2, X: 1.2, J: 6, P: 6, CN: 6,
  SW: 3.5, K: 8, T: 8, TR: 8, F: 2, FB: 0.8, RN: 0.7, BT: 5, LED: 1.1, TP: 0.1, H: 0.1, FID: 0.05,
  MH: 0.1, LS: 5, M: 3,
};
const ORDINARY_MM = 1.5;

// How far a round rim may be off, by its size: a dozen or so faces are enough.
const ROUGHNESS = 0.012;

/** The height of a part in mm: by its kind, and no higher than it is wide. */
export function heightOf({ reference, box }) {
  const [kind] = /^[A-Za-z]*/.exec(reference);
  const height = HEIGHTS_MM[kind.toUpperCase()] ?? ORDINARY_MM;
  const span = Math.max(box[2] - box[0], box[3] - box[1]);
  return Math.min(height, Math.max(0.05, span));
}

/** Gathers corners of triangles. */
class Mesh {
  #out = [];

  triangle(a, b, c, normal, color) {
    for (const point of [a, b, c]) {
      this.#out.push(...point, ...normal, ...color);
    }
  }

  /** A convex ring [x0, y0, …] as a prism from z0 up to z1. */
  prism(ring, z0, z1, color) {
    let turn = 0;
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      turn += ring[j] * ring[i + 1] - ring[i] * ring[j + 1];
    }
    const way = turn < 0 ? -1 : 1;
    for (let i = 2; i + 3 < ring.length; i += 2) {
      const corners = [0, i, i + 2].map((k) => [ring[k], ring[k + 1]]);
      this.triangle(...corners.map(([x, y]) => [x, y, z1]), [0, 0, 1], color);
      this.triangle(...corners.map(([x, y]) => [x, y, z0]), [0, 0, -1], color);
    }
    for (let i = 0; i < ring.length; i += 2) {
      const k = (i + 2) % ring.length;
      const [ax, ay, bx, by] = [ring[i], ring[i + 1], ring[k], ring[k + 1]];
      const length = Math.hypot(bx - ax, by - ay);
      if (length === 0) {
        continue;
      }
      const normal = [(way * (by - ay)) / length, (-way * (bx - ax)) / length, 0];
      this.triangle([ax, ay, z0], [bx, by, z0], [bx, by, z1], normal, color);
      this.triangle([ax, ay, z0], [bx, by, z1], [ax, ay, z1], normal, color);
    }
  }

  get corners() {
    return Float32Array.from(this.#out);
  }
}

const rgb = (css) => readColor(css).slice(0, 3).map((value) => value / 255);

/** The slab: it never moves. Holes of the outline are left out. */
export function boardMesh(scene, theme) {
  const mesh = new Mesh();
  for (const { hole, points } of scene.outlines) {
    if (!hole) {
      convexPieces(points).forEach((ring) => mesh.prism(ring, -BOARD_MM / 2, BOARD_MM / 2,
                                                        rgb(theme.boardEdge)));
    }
  }
  return mesh.corners;
}

/** The rim of what a part takes up on its own side, where that is one convex ring; else its box. */
function rimOf({ body: [rings], box, flat }) {
  const [x0, y0, x1, y1] = box;
  if (flat) {
    return new Float64Array(0);
  }
  if (rings.length === 1) {
    const rim = coarseRing(rings[0], ROUGHNESS * Math.max(x1 - x0, y1 - y0));
    if (isConvex(rim)) {
      return rim;
    }
  }
  return cornersOf(box);
}

/** Body and colours of each part in the frame of the part: { ring, height, color }. The ring of
 * what takes up no room has no points. */
export function bodiesOf(scene, theme) {
  return scene.parts.map((part) => {
    const module = part.module < 0 ? theme.neutral
      : theme.modules[part.module % theme.modules.length];
    return { ring: rimOf(part), height: heightOf(part),
             color: module.map((value) => value / 255) };
  });
}

/** All parts where they are. */
export function partsMesh(bodies, poses) {
  const mesh = new Mesh();
  const at = [0, 0];
  bodies.forEach(({ ring, height, color }, part) => {
    const placed = ring.slice();
    for (let i = 0; i < ring.length; i += 2) {
      transformPoint(poses, part, ring[i], ring[i + 1], at);
      placed[i] = at[0];
      placed[i + 1] = at[1];
    }
    const back = poses[part * POSE_SIZE + 3] === 1;
    mesh.prism(placed, back ? -BOARD_MM / 2 - height : BOARD_MM / 2,
               back ? -BOARD_MM / 2 : BOARD_MM / 2 + height, color);
  });
  return mesh.corners;
}
