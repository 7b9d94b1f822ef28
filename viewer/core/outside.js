// SPDX-License-Identifier: GPL-3.0-or-later

// How many parts are not wholly on the board, or in a hole or keepout, or have pads where none may
// be: with the overlaps of the frame this says whether a placement is legal.

import { POSE_SIZE } from './geometry.js';
import { isArea, placeRing, SLACK_MM } from './overlaps.js';
import {
  areaOf, boxesMeet, boxOf, convexPieces, intersection, isConvex, perimeterOf,
} from './pieces.js';

// Of pieces of the board, times points of parts: above this it is not worth the wait to know.
const MAX_STEPS = 20_000_000;

function withBoxes(rings) {
  return rings.flatMap((ring) => convexPieces(ring)).map((ring) => ({ ring, box: boxOf(ring) }));
}

/** The room of a board, cut up once. */
export class Room {
  #parts;
  #inner;
  #taken;
  #takenOfPads;
  #points;
  #known;

  constructor(scene) {
    const holes = scene.outlines.filter(({ hole }) => hole);
    this.#parts = scene.parts;
    this.#inner = withBoxes(scene.outlines.filter(({ hole }) => !hole).map(({ points }) => points));
    this.#taken = [
      ...withBoxes(holes.map(({ points }) => points)).map((one) => ({ ...one, sides: 3 })),
      ...scene.keepouts.flatMap(({ sides, points }) =>
        withBoxes([points]).map((one) => ({ ...one, sides }))),
    ];
    this.#takenOfPads = scene.padKeepouts.flatMap(({ sides, net, points }) =>
      withBoxes([points]).map((one) => ({ ...one, sides, net })));
    this.#known = [...this.#inner, ...this.#taken, ...this.#takenOfPads]
      .every(({ ring }) => isConvex(ring));
    this.#points = [...this.#inner, ...this.#taken]
      .reduce((sum, { ring }) => sum + ring.length, 0);
  }

  /** How many parts that may move are outside; null where that would take too much to know. */
  countOutside(poses) {
    const pointsOfPads = this.#takenOfPads.reduce((sum, { ring }) => sum + ring.length, 0);
    let count = 0;
    let steps = 0;
    if (!this.#known) {
      return null;
    }
    for (let i = 0; i < this.#parts.length; i++) {
      const part = this.#parts[i];
      if (part.locked || part.held) {
        continue;
      }
      const points = part.body.flat().reduce((sum, ring) => sum + ring.length, 0);
      steps += points * this.#points;
      if (pointsOfPads > 0) {
        steps += part.pads.reduce((sum, pad) => sum + pad.points.length, 0) * pointsOfPads;
      }
      if (steps > MAX_STEPS) {
        return null;
      }
      const back = poses[i * POSE_SIZE + 3];
      if (part.body.some((rings, side) => rings.some((ring) =>
        this.#isOutside(placeRing(ring, poses, i, new Float64Array(ring.length)), side ^ back)))
          || part.pads.some((pad, k) => this.#isBarred(pad, part.nets[k], poses, i))) {
        count++;
      }
    }
    return count;
  }

  #isBarred(pad, net, poses, part) {
    if (this.#takenOfPads.length === 0 || pad.points.length < 6) {
      return false;
    }
    const ring = placeRing(pad.points, poses, part, new Float64Array(pad.points.length));
    const box = boxOf(ring);
    const back = poses[part * POSE_SIZE + 3];
    const sides = back ? (pad.sides >> 1) | ((pad.sides & 1) << 1) : pad.sides;
    return this.#takenOfPads.some((one) => (one.net < 0 || one.net !== net)
      && (pad.drill > 0 || (one.sides & sides) !== 0)
      && boxesMeet(one.box, box) && isArea(intersection(ring, one.ring)));
  }

  #isOutside(ring, side) {
    const box = boxOf(ring);
    const near = (one) => boxesMeet(one.box, box);
    if (this.#taken.some((one) => one.sides & (1 << side) && near(one)
        && isArea(intersection(ring, one.ring)))) {
      return true;
    }
    if (this.#inner.length === 0) {
      return false;
    }
    const covered = this.#inner.filter(near)
      .reduce((sum, one) => sum + areaOf(intersection(ring, one.ring)), 0);
    return areaOf(ring) - covered > (SLACK_MM * perimeterOf(ring)) / 2;
  }
}
