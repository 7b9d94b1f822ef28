// SPDX-License-Identifier: GPL-3.0-or-later

// The ratsnest: for each net the shortest tree that joins its pins where they are now.
//
// A tree stays a right tree of its net when parts move, it is only no longer the shortest. So
// the work may be spread over several frames, and no board can hold up the page.

import { POSE_SIZE, Turns } from './geometry.js';

// Above this Prim's n² is too much for a frame.
const MAX_EXACT_PINS = 1500;

// Two pins are joined in one way, three in one of three.
const PAIR = [0, 1];
const BY_FIRST = [0, 1, 0, 2];
const BY_SECOND = [0, 1, 1, 2];
const BY_THIRD = [0, 2, 1, 2];

/** The shortest tree over three points: all but the longest side. */
function treeOfThree(points) {
  const between = (a, b) =>
    (points[a] - points[b]) ** 2 + (points[a + 1] - points[b + 1]) ** 2;
  const ab = between(0, 2);
  const ac = between(0, 4);
  const bc = between(2, 4);
  if (bc >= ab && bc >= ac) {
    return BY_FIRST;
  }
  return ac >= ab ? BY_SECOND : BY_THIRD;
}

/** The shortest tree over points [x0, y0, …] by Prim: pairs of indexes [a0, b0, …]. */
export function spanningTree(points) {
  const n = points.length / 2;
  const edges = [];
  if (n < 2) {
    return edges;
  }
  const distance = new Float64Array(n).fill(Infinity);
  const nearest = new Uint32Array(n);
  const open = Uint32Array.from({ length: n - 1 }, (_, i) => i + 1);
  let openCount = n - 1;
  let last = 0;
  while (openCount > 0) {
    let best = 0;
    let bestDistance = Infinity;
    for (let k = 0; k < openCount; k++) {
      const i = open[k];
      const dx = points[2 * i] - points[2 * last];
      const dy = points[2 * i + 1] - points[2 * last + 1];
      const d = dx * dx + dy * dy;
      if (d < distance[i]) {
        distance[i] = d;
        nearest[i] = last;
      }
      if (distance[i] < bestDistance) {
        bestDistance = distance[i];
        best = k;
      }
    }
    last = open[best];
    edges.push(nearest[last], last);
    open[best] = open[--openCount];
  }
  return edges;
}

/** A tree for nets of thousands of pins: along strips, back and forth. Short, not the shortest. */
export function stripTree(points) {
  const n = points.length / 2;
  let x0 = Infinity;
  let x1 = -Infinity;
  for (let i = 0; i < n; i++) {
    x0 = Math.min(x0, points[2 * i]);
    x1 = Math.max(x1, points[2 * i]);
  }
  const width = (x1 - x0) / Math.ceil(Math.sqrt(n / 3)) || 1;
  const strip = (i) => Math.floor((points[2 * i] - x0) / width);
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => {
    const sa = strip(a);
    const sb = strip(b);
    const dy = points[2 * a + 1] - points[2 * b + 1];
    return sa - sb || (sa % 2 === 0 ? dy : -dy) || a - b;
  });
  return order.slice(1).flatMap((to, i) => [order[i], to]);
}

export class Ratsnest {
  #scene;
  #stale;
  #staleCount = [0, 0];
  #next = 0;
  #turns;
  #powerCount;

  /** Whether supplies are joined as well. */
  withPower = false;

  constructor(scene) {
    this.#scene = scene;
    this.#turns = new Turns(scene.parts.length);
    this.#powerCount = scene.nets.filter(({ power }) => power).length;
    /** Per net: pairs of pin numbers within the net, [a0, b0, …]. */
    this.trees = scene.nets.map(() => []);
    this.#stale = new Uint8Array(scene.nets.length);
    this.invalidate();
  }

  get done() {
    return this.#staleCount[0] === 0 && (!this.withPower || this.#staleCount[1] === 0);
  }

  /** Parts lie elsewhere now. */
  invalidate() {
    this.#stale.fill(1);
    this.#staleCount = [this.#stale.length - this.#powerCount, this.#powerCount];
  }

  /** Works until done or `expired()`; always at least one net. Returns whether trees changed. */
  update(poses, expired = () => false) {
    let changed = false;
    const { nets } = this.#scene;
    if (!this.done) {
      this.#turns.update(poses);
    }
    for (let seen = 0; !this.done && seen < nets.length; seen++) {
      const net = this.#next;
      this.#next = (net + 1) % nets.length;
      if (!this.#stale[net] || (nets[net].power && !this.withPower)) {
        continue;
      }
      this.trees[net] = this.#tree(nets[net], poses);
      this.#stale[net] = 0;
      this.#staleCount[Number(nets[net].power)]--;
      changed = true;
      if (expired()) {
        break;
      }
    }
    return changed;
  }

  #tree({ pins, at }, poses) {
    if (pins.length === 4) {
      return PAIR;
    }
    const points = new Float64Array(pins.length);
    for (let i = 0; i < pins.length; i += 2) {
      const part = pins[i];
      const cos = this.#turns.cos(part);
      const sin = this.#turns.sin(part);
      const pose = part * POSE_SIZE;
      const y = poses[pose + 3] === 1 ? -at[i + 1] : at[i + 1];
      points[i] = poses[pose] + at[i] * cos + y * sin;
      points[i + 1] = poses[pose + 1] - at[i] * sin + y * cos;
    }
    if (points.length === 6) {
      return treeOfThree(points);
    }
    return points.length / 2 > MAX_EXACT_PINS ? stripTree(points) : spanningTree(points);
  }
}
