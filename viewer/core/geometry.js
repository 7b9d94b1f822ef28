// SPDX-License-Identifier: GPL-3.0-or-later

// Points, boxes and poses. Poses of all parts are one Float64Array with POSE_SIZE numbers a part:
// x_mm, y_mm, angle_rad (counter-clockwise as seen, y down), side (0 front, 1 back).

export const POSE_SIZE = 4;
export const NM_PER_MM = 1e6;

// Beyond this nothing is a board: 2 m, as in the reader of the files.
export const COORD_MAX_MM = 2000;

const QUARTER_TURN = Math.PI / 2;

/** A finite number in millimetres from nanometres, within the coordinate range; else 0. */
export function mmFromNm(value) {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return 0;
  }
  return Math.min(COORD_MAX_MM, Math.max(-COORD_MAX_MM, value / NM_PER_MM));
}

/** [cos, sin] of an angle; exact for quarter turns, as the server's own transform is. */
export function cosSin(angle_rad) {
  const quarters = angle_rad / QUARTER_TURN;
  const nearest = Math.round(quarters);
  if (Math.abs(quarters - nearest) < 1e-9) {
    switch (((nearest % 4) + 4) % 4) {
      case 0: return [1, 0];
      case 1: return [0, 1];
      case 2: return [-1, 0];
      default: return [0, -1];
    }
  }
  return [Math.cos(angle_rad), Math.sin(angle_rad)];
}

/** Cosine and sine of the angle of each part, found anew only for those that turn: few do. */
export class Turns {
  #of;

  constructor(count) {
    // The angle that was asked for last, its cosine and sine.
    this.#of = new Float64Array(count * 3).fill(NaN);
  }

  /** Of all parts in `poses`. */
  update(poses) {
    const of = this.#of;
    for (let at = 2, t = 0; t < of.length; at += POSE_SIZE, t += 3) {
      if (of[t] !== poses[at]) {
        of[t] = poses[at];
        [of[t + 1], of[t + 2]] = cosSin(poses[at]);
      }
    }
  }

  cos(part) {
    return this.#of[3 * part + 1];
  }

  sin(part) {
    return this.#of[3 * part + 2];
  }
}

export function angleFromDegrees(angle_deg) {
  return ((angle_deg % 360) * Math.PI) / 180;
}

/**
 * Takes a point of the front frame to the board: on the back y is mirrored first, then
 * x' = x + px·cos + py·sin, y' = y − px·sin + py·cos.
 */
export function transformPoint(poses, part, px, py, out = [0, 0]) {
  const at = part * POSE_SIZE;
  const [cos, sin] = cosSin(poses[at + 2]);
  const qy = poses[at + 3] === 1 ? -py : py;
  out[0] = poses[at] + px * cos + qy * sin;
  out[1] = poses[at + 1] - px * sin + qy * cos;
  return out;
}

/** The point of the front frame that transformPoint() takes to (x, y). */
export function transformPointBack(poses, part, x, y, out = [0, 0]) {
  const at = part * POSE_SIZE;
  const [cos, sin] = cosSin(poses[at + 2]);
  const dx = x - poses[at];
  const dy = y - poses[at + 1];
  const qy = dx * sin + dy * cos;
  out[0] = dx * cos - dy * sin;
  out[1] = poses[at + 3] === 1 ? -qy : qy;
  return out;
}

export function emptyBox() {
  return [Infinity, Infinity, -Infinity, -Infinity];
}

export function cornersOf([x0, y0, x1, y1]) {
  return Float64Array.of(x0, y0, x1, y0, x1, y1, x0, y1);
}

export function isEmptyBox(box) {
  return !(box[2] >= box[0] && box[3] >= box[1]);
}

export function addPoint(box, x, y) {
  if (x < box[0]) box[0] = x;
  if (y < box[1]) box[1] = y;
  if (x > box[2]) box[2] = x;
  if (y > box[3]) box[3] = y;
}

export function addRing(box, ring) {
  for (let i = 0; i + 1 < ring.length; i += 2) {
    addPoint(box, ring[i], ring[i + 1]);
  }
}

/** Distance of the points between `first` and `last` of a ring from the line through these. */
function deviation(ring, first, last) {
  const dx = ring[last] - ring[first];
  const dy = ring[last + 1] - ring[first + 1];
  const length = Math.hypot(dx, dy) || 1e-12;
  let most = 0;
  for (let i = first + 2; i < last; i += 2) {
    const off = Math.abs((ring[i] - ring[first]) * dy - (ring[i + 1] - ring[first + 1]) * dx);
    most = Math.max(most, off / length);
  }
  return most;
}

/** The ring with fewer points, none of it farther off than `tolerance`. */
export function coarseRing(ring, tolerance) {
  if (ring.length <= 8) {
    return ring;
  }
  const kept = [ring[0], ring[1]];
  let first = 0;
  for (let i = 4; i < ring.length; i += 2) {
    if (i - first > 64 || deviation(ring, first, i) > tolerance) {
      first = i - 2;
      kept.push(ring[first], ring[first + 1]);
    }
  }
  kept.push(ring[ring.length - 2], ring[ring.length - 1]);
  return kept.length >= 8 ? Float64Array.from(kept) : ring;
}

/**
 * What should be in sight at first: the board, and the parts beside it unless they lie so far
 * off that the board would be a speck.
 */
export function viewBox(scene, poses) {
  const [x0, y0, x1, y1] = scene.box;
  const reach = Math.max(x1 - x0, y1 - y0, 10) * 1.5;
  const box = [x0, y0, x1, y1];
  const at = [0, 0];
  scene.parts.forEach((part, i) => {
    const x = poses[i * POSE_SIZE];
    const y = poses[i * POSE_SIZE + 1];
    if (x > x0 - reach && x < x1 + reach && y > y0 - reach && y < y1 + reach) {
      // Its box, not a circle about its anchor: that of a pin header is at one end.
      const [px0, py0, px1, py1] = part.box;
      for (const [px, py] of [[px0, py0], [px1, py0], [px1, py1], [px0, py1]]) {
        transformPoint(poses, i, px, py, at);
        addPoint(box, at[0], at[1]);
      }
    }
  });
  return box;
}

/**
 * Writes the positions of a frame, KEY → [x_mm, y_mm, angle_deg], over `poses`. What the frame
 * does not name, or names with numbers that cannot be, stays where it is. Returns how many
 * parts were set.
 */
export function applyComponents(scene, components, poses) {
  let count = 0;
  for (const key of Object.keys(components)) {
    const part = scene.indexOf.get(key);
    const pose = components[key];
    if (part === undefined || !Array.isArray(pose)) {
      continue;
    }
    const [x, y, angle_deg] = pose;
    if (Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(angle_deg)
        && Math.abs(x) <= COORD_MAX_MM && Math.abs(y) <= COORD_MAX_MM) {
      poses[part * POSE_SIZE] = x;
      poses[part * POSE_SIZE + 1] = y;
      poses[part * POSE_SIZE + 2] = angleFromDegrees(angle_deg);
      count++;
    }
  }
  return count;
}

/** The box around the pins of a net, which has some. */
export function netBox({ pins, at }, poses) {
  const point = [0, 0];
  const box = emptyBox();
  for (let i = 0; i < pins.length; i += 2) {
    transformPoint(poses, pins[i], at[i], at[i + 1], point);
    addPoint(box, point[0], point[1]);
  }
  return box;
}

/** Sum over nets with two pins or more of the half perimeter of their pins' box, mm. */
export function wireLength(scene, poses) {
  let sum = 0;
  for (const net of scene.nets) {
    if (net.pins.length >= 4) {
      const [x0, y0, x1, y1] = netBox(net, poses);
      sum += x1 - x0 + y1 - y0;
    }
  }
  return sum;
}

function inRing(ring, x, y) {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    if ((ring[i + 1] > y) !== (ring[j + 1] > y)
        && x < ((ring[j] - ring[i]) * (y - ring[i + 1])) / (ring[j + 1] - ring[i + 1]) + ring[i]) {
      inside = !inside;
    }
  }
  return inside;
}

/** The pad of a part at a point of the board, the uppermost; −1: none. */
export function padAt(scene, poses, part, x, y) {
  const [px, py] = transformPointBack(poses, part, x, y);
  return scene.parts[part].pads.findLastIndex(({ points }) => inRing(points, px, py));
}

/** The part at a point of the board, those on `near` and the smallest first; −1: none. */
export function partAt(scene, poses, x, y, near = 0) {
  const local = [0, 0];
  let best = -1;
  let bestRank = Infinity;
  scene.parts.forEach((part, i) => {
    if (Math.hypot(x - poses[i * POSE_SIZE], y - poses[i * POSE_SIZE + 1]) > part.radius) {
      return;
    }
    transformPointBack(poses, i, x, y, local);
    const hit = part.silhouette.some((ring) => inRing(ring, local[0], local[1]));
    const rank = part.radius + (poses[i * POSE_SIZE + 3] === near ? 0 : 2 * COORD_MAX_MM);
    if (hit && rank < bestRank) {
      best = i;
      bestRank = rank;
    }
  });
  return best;
}
