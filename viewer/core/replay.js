// SPDX-License-Identifier: GPL-3.0-or-later

// The way into the past of a run: which moment of it is shown, and what was true then.

import { framesOf } from './marks.js';
import { Past } from './past.js';
import { readHistory, WireError } from './wire.js';

export class Replay {
  #scene;
  #past;
  #place = -1;

  /** What was told of the frame that is shown (Marks); null: it is shown as it is now. */
  told = null;

  constructor(scene) {
    this.#scene = scene;
    this.#past = new Past(scene.parts.length);
  }

  get isLive() {
    return this.#place < 0;
  }

  /** The numbers of all frames, oldest first. */
  get samples() {
    return this.#past.samples;
  }

  clear() {
    this.#past.clear();
    this.#place = -1;
    this.told = null;
  }

  /** Takes the newest frame. Which of its parts are outside is told behind it. */
  add(numbers, poses, told) {
    this.#past.add(numbers, poses, { ...told, strays: [] });
  }

  /** What is told of the newest frame, if it is that of `seq`. */
  tell(seq, told) {
    this.#past.tell(seq, told);
  }

  /** What came before the first frame that was heard of; false where it cannot be read. */
  takeHistory(buffer) {
    const { length } = this.#scene.poses;
    try {
      this.#past.prepend(framesOf(readHistory(buffer), this.#scene)
        .filter(({ poses }) => poses.length === length));
    } catch (error) {
      if (!(error instanceof WireError)) {
        throw error;
      }
      return false;
    }
    return true;
  }

  /**
   * Goes to an iteration, by so many frames from where it is (`step`), or (`live`) to now. The
   * numbers of the frame there, whose poses are written; null: it is now; undefined: there is no
   * past.
   */
  seek({ iteration = null, step = 0, live = false }, poses) {
    const end = this.#past.length - 1;
    if (end < 0) {
      return undefined;
    }
    const from = this.#place < 0 ? end : Math.min(this.#place, end);
    const place = iteration === null ? Math.max(0, from + step) : this.#past.find(iteration);
    this.#place = live || place > end ? -1 : place;
    this.told = this.#place < 0 ? null : this.#past.toldOf(place);
    return this.#place < 0 ? null : this.#past.read(place, poses);
  }
}
