// SPDX-License-Identifier: GPL-3.0-or-later

// The course of a run's numbers, bounded: where it is full every other sample goes, so that all
// of the run is kept, ever more coarsely.

const MOST_SAMPLES = 400;

export class History {
  #samples = [];
  #every = 1;
  #skipped = 0;

  /** { iteration, energy, wireLength_mm, overlaps, phase } and so on, oldest first. */
  get samples() {
    return this.#samples;
  }

  clear() {
    this.#samples = [];
    this.#every = 1;
    this.#skipped = 0;
  }

  /** The numbers that the run began with; undefined while they are not known. */
  get first() {
    return this.#samples[0];
  }

  /** Takes what is known of a run, from its start. */
  replace(samples) {
    this.clear();
    samples.forEach((sample) => this.add(sample));
  }

  /** The phases in their order: { phase, from, to } as shares of the iterations so far. */
  bands() {
    const first = this.#samples[0]?.iteration ?? 0;
    const span = (this.#samples.at(-1)?.iteration ?? first) - first || 1;
    const bands = [];
    for (const { phase, iteration } of this.#samples) {
      const at = (iteration - first) / span;
      if (bands.at(-1)?.phase !== phase) {
        bands.push({ phase, from: at, to: 1 });
        if (bands.length > 1) {
          bands.at(-2).to = at;
        }
      }
    }
    return bands;
  }

  /** Takes a frame's numbers; another run, or in plain JSON an earlier iteration, begins anew. */
  add(frame) {
    const last = this.#samples.at(-1);
    if (frame.iteration === null || frame.iteration === last?.iteration) {
      return;
    }
    if (last !== undefined && frame.epoch !== last.epoch) {
      this.clear();
    } else if (last !== undefined && frame.iteration < last.iteration) {
      if (frame.epoch !== undefined) {
        // Samples may be ahead of the frame that is shown.
        return;
      }
      this.clear();
    }
    if (++this.#skipped < this.#every && frame.phase === last?.phase) {
      return;
    }
    this.#skipped = 0;
    this.#samples.push(frame);
    if (this.#samples.length > MOST_SAMPLES) {
      this.#samples = this.#samples.filter((_, i) => i % 2 === 0);
      this.#every *= 2;
    }
  }

  /** Points [x, y] of a curve in the unit square, y down; a null in the data is left out. */
  curve(name) {
    const known = this.#samples.filter((sample) => sample[name] !== null);
    if (known.length < 2) {
      return [];
    }
    const first = known[0].iteration;
    const span = known.at(-1).iteration - first || 1;
    const values = known.map((sample) => sample[name]);
    // A start far above the rest would press the rest flat: it is cut off.
    const sorted = [...values].sort((a, b) => a - b);
    const high = sorted[Math.floor((sorted.length - 1) * 0.95)];
    const low = Math.min(sorted[0], name === 'overlaps' ? 0 : sorted[0]);
    const range = high - low || 1;
    return known.map((sample) => [
      (sample.iteration - first) / span,
      1 - Math.min(1, Math.max(0, (sample[name] - low) / range)),
    ]);
  }
}
