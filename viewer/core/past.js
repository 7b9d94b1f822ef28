// SPDX-License-Identifier: GPL-3.0-or-later

// The frames of a run since its start, bounded: past a size every other one goes, evenly over the
// run; the first and the newest are always there.

import { POSE_SIZE } from './geometry.js';

const MAX_BYTES = 24 * 1024 * 1024;
const LEAST_FRAMES = 16;
// The poses, and most of what is told of them.
const BYTES_A_PART = 15;

/** Poses in less than half the room: to a tenth of a micrometre. */
function pack(poses) {
  const n = poses.length / POSE_SIZE;
  const where = new Float32Array(3 * n);
  const sides = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    where[3 * i] = poses[POSE_SIZE * i];
    where[3 * i + 1] = poses[POSE_SIZE * i + 1];
    where[3 * i + 2] = poses[POSE_SIZE * i + 2];
    sides[i] = poses[POSE_SIZE * i + 3];
  }
  return { where, sides };
}

export class Past {
  #frames = [];
  #most;
  #every = 1;
  #skipped = 0;
  #newest = null;

  constructor(partCount, maxBytes = MAX_BYTES) {
    this.#most = Math.max(LEAST_FRAMES,
                          Math.floor(maxBytes / (BYTES_A_PART * Math.max(1, partCount))));
  }

  /** How many there are. */
  get length() {
    return this.#frames.length;
  }

  /** The numbers of each, oldest first. */
  get samples() {
    return this.#frames.map(({ numbers }) => numbers);
  }

  clear() {
    this.#frames = [];
    this.#every = 1;
    this.#skipped = 0;
    this.#newest = null;
  }

  /** Takes a frame's numbers, poses, and what was told of it; another run forgets all before. */
  add(numbers, poses, told = null) {
    const last = this.#newest;
    if (last !== null && (numbers.iteration < last.iteration || numbers.epoch !== last.epoch)) {
      this.clear();
    } else if (last !== null && numbers.iteration === last.iteration) {
      // Another picture of the same moment: parts moved by hand, or the run's end.
      this.#frames[this.#frames.length - 1] = { numbers, told, ...pack(poses) };
      this.#newest = numbers;
      return;
    }
    // The newest is there whether or not it is its turn; the one before it stays if it was.
    if (this.#newest !== null && this.#skipped !== 0) {
      this.#frames.pop();
    }
    this.#frames.push({ numbers, told, ...pack(poses) });
    this.#newest = numbers;
    this.#skipped = (this.#skipped + 1) % this.#every;
    if (this.#frames.length > this.#most) {
      this.#frames = this.#frames.filter((_, i) => i % 2 === 0 || i === this.#frames.length - 1);
      this.#every *= 2;
      this.#skipped = 0;
    }
  }

  /** What came before what is here: frames with their poses, oldest first. */
  prepend(frames) {
    const own = this.#frames;
    const first = own[0]?.numbers;
    const older = frames.filter(({ iteration, epoch }) => first === undefined
      || (epoch === first.epoch && iteration < first.iteration));
    this.#frames = [
      ...older.map(({ poses, told, ...numbers }) => ({ numbers, told, ...pack(poses) })), ...own,
    ];
    this.#newest = this.#frames.at(-1)?.numbers ?? null;
    while (this.#frames.length > this.#most) {
      this.#frames = this.#frames.filter((_, i) => i % 2 === 0 || i === this.#frames.length - 1);
      this.#every *= 2;
    }
  }

  /** What is told of the newest frame, where `seq` is its own. */
  tell(seq, told) {
    if (this.#newest !== null && this.#newest.seq === seq) {
      this.#frames.at(-1).told = told;
    }
  }

  /** What was told of the frame at a place. */
  toldOf(place) {
    return this.#frames[place].told;
  }

  /** The place of the last frame that is not after an iteration. */
  find(iteration) {
    let low = 0;
    let high = this.#frames.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#frames[middle].numbers.iteration <= iteration) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Writes the poses of the frame at a place, and returns its numbers. */
  read(place, poses) {
    const { numbers, where, sides } = this.#frames[place];
    for (let i = 0; i < sides.length; i++) {
      poses[POSE_SIZE * i] = where[3 * i];
      poses[POSE_SIZE * i + 1] = where[3 * i + 1];
      poses[POSE_SIZE * i + 2] = where[3 * i + 2];
      poses[POSE_SIZE * i + 3] = sides[i];
    }
    return numbers;
  }
}
