// SPDX-License-Identifier: GPL-3.0-or-later

// What is drawn that follows from where parts are: the ratsnest, overlaps, density. Each is found
// anew only when parts have moved, and only while it is shown.

import { Congestion, Density } from './heat.js';
import { Overlaps } from './overlaps.js';
import { Ratsnest } from './ratsnest.js';
import { themeFor } from './theme.js';

const TREES_MS = 4;
const NETS_A_LOOK = 64;
const OVERLAPS_SHARE = 0.2;
const MAPS = { heat: Density, congestion: Congestion };

export class Derived {
  #env;
  #scene;
  #overlaps = null;
  #overlapsStale = true;
  #overlapCount = Infinity;
  #conflictCount = 0;
  #overlapsAt_ms = -Infinity;
  #overlapsMs = 0;
  #maps = {};
  #mapsFor = '';
  #isFirst = true;
  #withTrees = false;

  /** `env`: { now (), makeCanvas () }. */
  constructor(scene, env) {
    this.#env = env;
    this.#scene = scene;
    this.ratsnest = new Ratsnest(scene);
  }

  /** Another number each time that parts lie elsewhere. */
  layout = 0;

  /** The heat maps that are shown. */
  heats = [];

  /** Polygons on the board, [x0, y0, …] in mm. */
  get overlaps() {
    return this.#overlaps?.areas ?? [];
  }

  /** Whether all that is shown fits where parts are. */
  get done() {
    return !this.#overlapsStale && (!this.#withTrees || this.ratsnest.done);
  }

  /**
   * Parts lie elsewhere now; so many pairs overlap of which one may move (null: as may be), and so
   * many others.
   */
  invalidate(overlapCount = null, conflictCount = 0) {
    this.layout++;
    this.ratsnest.invalidate();
    this.#overlapsStale = true;
    this.#overlapCount = overlapCount ?? Infinity;
    this.#conflictCount = conflictCount ?? 0;
  }

  /**
   * Brings all to `shown`, the ratsnest in the end to `target`, where parts are on their way to;
   * `arrived`: they are there; `held`: a Set of those that stay where they are.
   */
  update({ layers, scheme }, shown, target, arrived, held) {
    this.ratsnest.withPower = layers.power === true;
    this.#withTrees = layers.ratsnest === true;
    if (this.#withTrees) {
      const end_ms = this.#env.now() + TREES_MS;
      let nets = 0;
      // A look at the clock takes as long as some nets.
      this.ratsnest.update(target, () => ++nets % NETS_A_LOOK === 0 && this.#env.now() > end_ms);
    }
    // The board is to be seen before it is known what overlaps: that takes as long again.
    if (this.#overlapsStale && !this.#isFirst) {
      this.#updateOverlaps(shown, arrived, held);
    }
    this.#isFirst = false;
    const names = Object.keys(MAPS).filter((name) => layers[name]);
    const mapsFor = `${this.layout} ${scheme} ${names}`;
    this.heats = names.map((name) => (this.#maps[name] ??= new MAPS[name](this.#scene)));
    if (!arrived || this.#mapsFor !== mapsFor) {
      this.heats.forEach((map) =>
        map.update(shown, themeFor(scheme).heat, this.#env.makeCanvas));
      this.#mapsFor = arrived ? mapsFor : '';
    }
  }

  /** On the way only as often as it takes no more than a share of the time. */
  #updateOverlaps(shown, arrived, held) {
    const now_ms = this.#env.now();
    if (this.#overlapCount === 0 && this.#conflictCount === 0) {
      this.#overlaps?.clear();
      this.#overlapsStale = false;
    } else if (arrived || now_ms - this.#overlapsAt_ms > this.#overlapsMs / OVERLAPS_SHARE) {
      this.#overlaps ??= new Overlaps(this.#scene);
      // Where the others overlap none, they do so only on their way past each other.
      this.#overlaps.update(shown, this.#overlapCount === 0 ? held : null);
      this.#overlapsAt_ms = this.#env.now();
      this.#overlapsMs = this.#overlapsAt_ms - now_ms;
      this.#overlapsStale = !arrived;
    }
  }
}
