// SPDX-License-Identifier: GPL-3.0-or-later

// When a frame is drawn, and how long parts take to get to where it has them.

// Frames that come about as fast as they can be drawn leave nothing to ease between.
const SHORTEST_EASE_MS = 25;
const LONGEST_EASE_MS = 250;

// A display is refreshed no more often than about that; and whoever has rested for so long has
// nothing else waiting.
const REFRESH_MS = 14;
const REST_MS = 2;

export class Pace {
  #frame_ms = null;
  #interval_ms = 100;
  #begun_ms = -Infinity;
  #ended_ms = -Infinity;

  /** Whether no frame has come since it was made or started over. */
  get isNew() {
    return this.#frame_ms === null;
  }

  startOver() {
    this.#frame_ms = null;
  }

  /** A frame has come; returns how long parts are on their way, in ms. */
  ease(now_ms) {
    const first = this.isNew;
    if (!first) {
      const passed_ms = Math.min(1000, now_ms - this.#frame_ms);
      this.#interval_ms += (passed_ms - this.#interval_ms) * 0.25;
    }
    this.#frame_ms = now_ms;
    return first || this.#interval_ms < SHORTEST_EASE_MS ? 0
      : Math.min(LONGEST_EASE_MS, this.#interval_ms);
  }

  /** A picture was drawn, from one time to the other. */
  note(begun_ms, ended_ms) {
    this.#begun_ms = begun_ms;
    this.#ended_ms = ended_ms;
  }

  /**
   * Whether a frame that comes now is drawn at once: the next refresh may be nearly a whole one
   * away. Whoever draws slowly waits for it, so that of all frames that have come meanwhile the
   * newest alone is drawn.
   */
  isIdle(now_ms) {
    return now_ms - this.#begun_ms > REFRESH_MS && now_ms - this.#ended_ms > REST_MS;
  }
}
