// SPDX-License-Identifier: GPL-3.0-or-later

// What a save leaves of the copper that is laid, as whoever shares the board has chosen: of nets
// whose parts have moved the tracks may go, and with any part that has, what fills zones.

import { POSE_SIZE } from './geometry.js';

// Frames come rounded to a micrometre, and angles are whole hundredths of a degree.
const SAME_MM = 0.0006;
const SAME_RAD = 1e-4;

function hasMoved(poses, file, at) {
  const turn = Math.abs(poses[at + 2] - file[at + 2]) % (2 * Math.PI);
  return Math.abs(poses[at] - file[at]) > SAME_MM
    || Math.abs(poses[at + 1] - file[at + 1]) > SAME_MM
    || Math.min(turn, 2 * Math.PI - turn) > SAME_RAD || poses[at + 3] !== file[at + 3];
}

export class Copper {
  #scene;
  #gone;

  /** What has been chosen, as the wire has it. */
  tracks = 'refuse';

  /** Another one with each change; 0: all is there. */
  version = 0;
  fillsGone = false;

  constructor(scene) {
    this.#scene = scene;
    this.#gone = new Uint8Array(scene.nets.length);
  }

  /** Whether the net's tracks are. */
  isGone(net) {
    return net >= 0 && this.#gone[net] === 1;
  }

  /** What is gone with parts at these poses; `inWay`: nets that a server has told of as well. */
  update(poses, inWay = []) {
    const { tracks } = this;
    const gone = new Uint8Array(this.#gone.length);
    let moved = false;
    if (tracks === 'ripup' || tracks === 'lock') {
      this.#scene.parts.forEach(({ nets }, i) => {
        if (hasMoved(poses, this.#scene.poses, i * POSE_SIZE)) {
          moved = true;
          nets.forEach((net) => net >= 0 && tracks === 'ripup' && gone.fill(1, net, net + 1));
        }
      });
    }
    if (tracks === 'ripup') {
      inWay.filter((net) => net < gone.length).forEach((net) => { gone[net] = 1; });
    }
    if (moved !== this.fillsGone || gone.some((value, i) => value !== this.#gone[i])) {
      this.#gone = gone;
      this.fillsGone = moved;
      this.version++;
    }
  }
}

/**
 * How many tracks and vias, on how many nets, stay behind when parts move; `moves (part)`. The nets
 * are those of a summary (summary.js).
 */
export function countStale({ parts, nets }, moves) {
  const touched = new Set(parts.flatMap((part, i) => (moves(i) ? part.nets : [])));
  const counts = [...touched].map((net) => nets[net].tracks).filter((count) => count > 0);
  return { nets: counts.length, tracks: counts.reduce((sum, count) => sum + count, 0) };
}
