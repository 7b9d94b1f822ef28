// SPDX-License-Identifier: GPL-3.0-or-later

// What a session tells of parts beside where they are: what pulls at them and which are outside,
// of the frame before it, and which stay where they are.

import { noteHolds } from './holds.js';
import { colorsOf } from './theme.js';

export class Marks {
  #count = 0;
  #next = { seq: 0, nets: [] };

  forces = [];
  strays = [];

  /** Nets whose tracks a save takes out, though no part of theirs has moved. */
  inWay = [];
  held = new Set();

  /** The board is another one. */
  setScene({ parts }) {
    this.#count = parts.length;
    this.held = new Set(parts.flatMap(({ locked, held }, i) => (locked || held ? [i] : [])));
    this.clear();
  }

  /** The run is another one. */
  clear() {
    this.forces = [];
    this.strays = [];
  }

  /** Of a frame without forces those before it stay: they come with every so many. */
  noteFrame({ outside, seq }) {
    this.inWay = this.#next.seq === seq ? this.#next.nets : [];
    if (!(outside > 0)) {
      this.strays = [];
    }
  }

  /** Whether it is of these, and to be seen. `scene`: whose colours it may be; null: none. */
  hear(message, scene) {
    switch (message.type) {
      case 'forces':
        this.forces = message.forces.filter(({ part }) => part < this.#count);
        return true;
      case 'strays':
        this.strays = message.parts.filter((part) => part < this.#count);
        return true;
      case 'copper':
        // Of the frame behind it.
        this.#next = message;
        return true;
      case 'holds':
        noteHolds(this.held, message);
        return true;
      case 'colors':
        if (scene !== null) {
          scene.colors = colorsOf(message.colors, scene.modules);
        }
        return scene !== null;
      default:
        return false;
    }
  }
}
