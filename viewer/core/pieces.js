// SPDX-License-Identifier: GPL-3.0-or-later

// Rings cut into convex pieces, what two pieces have in common, and the hull of points. Rings are
// [x0, y0, x1, y1, …].

// Cutting costs the square of the points and more: a hollow ring of more than this stays whole.
const MAX_CUT_POINTS = 400;

/** Twice the area of a ring, signed. */
function doubledArea(ring) {
  let sum = 0;
  for (let i = 2; i + 3 < ring.length; i += 2) {
    sum += (ring[i] - ring[0]) * (ring[i + 3] - ring[1])
      - (ring[i + 1] - ring[1]) * (ring[i + 2] - ring[0]);
  }
  return sum;
}

export function areaOf(ring) {
  return Math.abs(doubledArea(ring)) / 2;
}

export function perimeterOf(ring) {
  let sum = 0;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    sum += Math.hypot(ring[i] - ring[j], ring[i + 1] - ring[j + 1]);
  }
  return sum;
}

/** How far the point k turns off the line from i to j, as an area; indexes are of points. */
function turn(ring, i, j, k) {
  return (ring[2 * j] - ring[2 * i]) * (ring[2 * k + 1] - ring[2 * i + 1])
    - (ring[2 * j + 1] - ring[2 * i + 1]) * (ring[2 * k] - ring[2 * i]);
}

export function isConvex(ring, sign = doubledArea(ring) < 0 ? -1 : 1) {
  const n = ring.length / 2;
  for (let i = 0; i < n; i++) {
    if (sign * turn(ring, i, (i + 1) % n, (i + 2) % n) < -1e-12) {
      return false;
    }
  }
  return true;
}

function isEar(ring, at, sign) {
  const n = ring.length / 2;
  const before = (at + n - 1) % n;
  const next = (at + 1) % n;
  if (sign * turn(ring, before, at, next) < 0) {
    return false;
  }
  for (let i = 0; i < n; i++) {
    if (i !== at && i !== before && i !== next && sign * turn(ring, before, at, i) > 0
        && sign * turn(ring, at, next, i) > 0 && sign * turn(ring, next, before, i) > 0) {
      return false;
    }
  }
  return true;
}

/**
 * The convex pieces of a ring. What cannot be cut up (it crosses itself, or has too many points)
 * stays whole.
 */
export function convexPieces(ring) {
  const pieces = [];
  const left = Array.from(ring);
  const sign = doubledArea(ring) < 0 ? -1 : 1;
  if (ring.length < 6) {
    return pieces;
  }
  while (left.length > 6 && left.length <= 2 * MAX_CUT_POINTS && !isConvex(left, sign)) {
    const n = left.length / 2;
    let ear = 0;
    while (ear < n && !isEar(left, ear, sign)) {
      ear++;
    }
    if (ear === n) {
      break;
    }
    const corners = [(ear + n - 1) % n, ear, (ear + 1) % n];
    pieces.push(Float64Array.from(corners.flatMap((i) => [left[2 * i], left[2 * i + 1]])));
    left.splice(2 * ear, 2);
  }
  pieces.push(Float64Array.from(left));
  return pieces;
}

/** Keeps of a ring what lies on the `sign` side of the line from (ax, ay) to (bx, by). */
function cutAlong(ring, ax, ay, bx, by, sign) {
  const nx = -sign * (by - ay);
  const ny = sign * (bx - ax);
  const out = [];
  for (let i = 0; i < ring.length; i += 2) {
    const k = (i + 2) % ring.length;
    const d = nx * (ring[i] - ax) + ny * (ring[i + 1] - ay);
    const e = nx * (ring[k] - ax) + ny * (ring[k + 1] - ay);
    if (d >= 0) {
      out.push(ring[i], ring[i + 1]);
    }
    if ((d < 0) !== (e < 0)) {
      const share = d / (d - e);
      out.push(ring[i] + share * (ring[k] - ring[i]),
               ring[i + 1] + share * (ring[k + 1] - ring[i + 1]));
    }
  }
  return out;
}

/** What a ring has in common with a convex piece, by Sutherland and Hodgman; [] for nothing. */
export function intersection(ring, piece) {
  const sign = doubledArea(piece) < 0 ? -1 : 1;
  let out = ring;
  for (let i = 0; i < piece.length && out.length >= 6; i += 2) {
    const k = (i + 2) % piece.length;
    out = cutAlong(out, piece[i], piece[i + 1], piece[k], piece[k + 1], sign);
  }
  return out.length >= 6 ? out : [];
}

/** The box of a ring: [x0, y0, x1, y1], written to `box`. */
export function boxOf(ring, box = [0, 0, 0, 0]) {
  box[0] = box[1] = Infinity;
  box[2] = box[3] = -Infinity;
  for (let i = 0; i < ring.length; i += 2) {
    box[0] = Math.min(box[0], ring[i]);
    box[1] = Math.min(box[1], ring[i + 1]);
    box[2] = Math.max(box[2], ring[i]);
    box[3] = Math.max(box[3], ring[i + 1]);
  }
  return box;
}

export function boxesMeet(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

// The points that lie farthest out in eight directions are on the hull, whatever lies between them
// is not: of thousands of points a few are left to be sorted.
const OUTWARD = [[-1, 0], [-1, -1], [0, -1], [1, -1], [1, 0], [1, 1], [0, 1], [-1, 1]];

function farthestOut(points) {
  const found = new Uint32Array(OUTWARD.length);
  const far = new Float64Array(OUTWARD.length).fill(-Infinity);
  for (let i = 0; i < points.length; i += 2) {
    for (let k = 0; k < OUTWARD.length; k++) {
      const reach = OUTWARD[k][0] * points[i] + OUTWARD[k][1] * points[i + 1];
      if (reach > far[k]) {
        far[k] = reach;
        found[k] = i;
      }
    }
  }
  return Float64Array.from([...found].flatMap((i) => [points[i], points[i + 1]]));
}

function isInside(ring, x, y) {
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const dx = ring[i] - ring[j];
    const dy = ring[i + 1] - ring[j + 1];
    // One point may lie farthest out in several directions.
    if ((dx !== 0 || dy !== 0) && dx * (y - ring[j + 1]) - dy * (x - ring[j]) <= 0) {
      return false;
    }
  }
  return true;
}

/** The convex hull of points [x0, y0, …]. */
export function hullOf(points) {
  const ring = farthestOut(points);
  const left = [];
  for (let i = 0; i < points.length; i += 2) {
    if (!isInside(ring, points[i], points[i + 1])) {
      left.push([points[i], points[i + 1]]);
    }
  }
  left.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  // Andrew's monotone chain: one way along the hull, then the other.
  const half = (list) => {
    const hull = [];
    for (const [x, y] of list) {
      while (hull.length >= 4 && turn([...hull.slice(-4), x, y], 0, 1, 2) <= 0) {
        hull.length -= 2;
      }
      hull.push(x, y);
    }
    return hull.slice(0, -2);
  };
  return [...half(left), ...half(left.reverse())];
}
