// SPDX-License-Identifier: GPL-3.0-or-later

// What a person here does to parts, as far as it takes to know where they lie: a part of Picture,
// which it asks for that and tells where they are to be shown. What was done is told in order.

import { LATENESS_MS } from './asked.js';
import { Carried } from './carried.js';
import { flipped, turned } from './group.js';

const CHANGES = {
  rotate: turned,
  flip: flipped,
  hold: (boxes, poses) => poses,
  place: (boxes, [pose], [x_mm, y_mm, angle_rad]) => [[x_mm, y_mm, angle_rad, pose[3]]],
};

export class ByHand {
  #on;
  #carried = null;

  /**
   * `on`: { camera (), scene (), now (), under (at): { part }, poseOf (part): its pose or null,
   * seenAt (part): the same, but on its way there as it is drawn, show (part, pose,
   * until_ms), post (message) }.
   */
  constructor(on) {
    this.#on = on;
  }

  /** Nothing is carried any more. */
  drop() {
    this.#carried = null;
  }

  /** Takes a message of the page's; false where it is about something else. */
  hear(message) {
    switch (message.type) {
      case 'grab':
        this.#grab(message);
        break;
      case 'carry':
        this.#carry(message);
        break;
      case 'ask':
        this.#put(message.parts, message.poses);
        break;
      case 'edit':
        this.#edit(message);
        break;
      default:
        return false;
    }
    return true;
  }

  #posesOf(parts, poseOf = this.#on.poseOf) {
    return parts.map((part) => poseOf(part)).filter((pose) => pose !== null);
  }

  #put(parts, poses, until_ms = this.#on.now() + LATENESS_MS) {
    parts.forEach((part, i) => this.#on.show(part, poses[i], until_ms));
  }

  /**
   * Looks what is to be carried: what lies at a point, with the others of `parts` where it is one
   * of them; or (`free`) these wherever they are.
   */
  #grab({ at, id, parts = [], free = false }) {
    const under = free ? parts[0] ?? -1 : this.#on.under(at).part;
    const taken = parts.includes(under) ? parts : [under];
    const poses = this.#posesOf(taken, this.#on.seenAt);
    const known = poses.length === taken.length;
    this.#carried = known ? new Carried(taken, poses, this.#on.camera(), at) : null;
    this.#on.post({
      type: 'grabbed', id, free, part: under, parts: taken, poses: known ? poses : null,
    });
  }

  /** Carries it to a point, or by so many mm as they are seen; `back`: to where it was taken;
   *  `done`: and puts it down, which is always answered. */
  #carry({ at = null, nudge = [0, 0], back = false, done = false }) {
    const carried = this.#carried;
    if (carried === null) {
      if (done) {
        this.#on.post({ type: 'carried', parts: [], poses: null, done });
      }
      return;
    }
    if (back) {
      carried.takeBack();
    } else {
      carried.move(this.#on.camera(), at, nudge);
    }
    this.#put(carried.parts, carried.poses, done ? undefined : Infinity);
    this.#carried = done ? null : carried;
    this.#on.post({ type: 'carried', parts: carried.parts, poses: carried.poses, done });
  }

  /** Changes parts where they lie now, and tells what became of them. */
  #edit({ parts, change, value = null }) {
    const before = this.#posesOf(parts);
    if (before.length !== parts.length) {
      this.#on.post({ type: 'edited', change, parts: [], before: [], after: [] });
      return;
    }
    const boxes = parts.map((part) => this.#on.scene().parts[part].box);
    const after = CHANGES[change](boxes, before, value);
    this.#put(parts, after);
    this.#on.post({ type: 'edited', change, parts, before, after });
  }
}
