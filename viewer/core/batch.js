// SPDX-License-Identifier: GPL-3.0-or-later

// A path of more points than this is ended and another begun: browsers rasterize many small
// paths in half the time of a huge one.
const PATH_POINTS = 300;

/** Gathers shapes of one style into paths of a bounded length. */
export class Batch {
  #ctx;
  #finish;
  #points = 0;

  /** `finish ()` fills or strokes the path. */
  constructor(ctx, finish) {
    this.#ctx = ctx;
    this.#finish = finish;
  }

  /** Makes room for so many points. */
  add(points) {
    if (this.#points > PATH_POINTS) {
      this.end();
    }
    if (this.#points === 0) {
      this.#ctx.beginPath();
    }
    this.#points += points;
  }

  end() {
    if (this.#points > 0) {
      this.#finish();
    }
    this.#points = 0;
  }
}
