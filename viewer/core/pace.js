// SPDX-License-Identifier: GPL-3.0-or-later

// When a frame is drawn.

// A display is refreshed no more often than about that; and whoever has rested for so long has
// nothing else waiting.
const REFRESH_MS = 14;
const REST_MS = 2;

export class Pace {
  #begun_ms = -Infinity;
  #ended_ms = -Infinity;

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
