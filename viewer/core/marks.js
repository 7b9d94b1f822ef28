// SPDX-License-Identifier: GPL-3.0-or-later

// What a session tells of parts beside where they are: what pulls at them, which stay where they
// are, and which of a frame lie where they may not.

import { noteHolds } from './holds.js';
import { colorsOf } from './theme.js';

export class Marks {
  #parts = 0;
  #nets = 0;

  /** What has been said of a frame that is to come. */
  #next = { seq: 0 };

  forces = [];
  held = new Set();

  /**
   * Of the newest frame, and never changed but replaced: `strays`, parts that are outside;
   * `barred`, those in conflict by what is no body; `clashes`, those that are held and in conflict
   * with such; `copper`, nets whose tracks a save takes out, though no part of theirs has moved;
   * `held`.
   */
  told;

  constructor(scene = { parts: [], nets: [] }) {
    this.setScene(scene);
  }

  /** The board is another one. */
  setScene({ parts, nets }) {
    this.#parts = parts.length;
    this.#nets = nets.length;
    this.held = new Set(parts.flatMap(({ locked, held }, i) => (locked || held ? [i] : [])));
    this.clear();
  }

  /** The run is another one. */
  clear() {
    this.forces = [];
    this.told = { strays: [], barred: [], clashes: [], copper: [], held: this.held };
  }

  /** Of a frame without forces those before it stay: they come with every so many. */
  noteFrame({ outside, seq }) {
    const { barred = [], clashes = [], copper = [] } = this.#next.seq === seq ? this.#next : {};
    // Which are outside comes behind it.
    const strays = outside > 0 ? this.told.strays : [];
    this.told = { strays, barred, clashes, copper, held: this.held };
  }

  /** Whether it is of these, and to be seen. `scene`: whose colours it may be; null: none. */
  hear(message, scene) {
    const { type, seq, marked } = message;
    switch (type) {
      case 'forces':
        this.forces = message.forces.filter(({ part }) => part < this.#parts);
        return true;
      case 'strays':
        this.told = { ...this.told, strays: marked.filter((part) => part < this.#parts) };
        return true;
      case 'copper':
      case 'clashes':
      case 'barred':
        this.#next = this.#next.seq === seq ? this.#next : { seq };
        this.#next[type] = marked.filter((i) => i < (type === 'copper' ? this.#nets : this.#parts));
        return true;
      case 'holds':
        this.held = new Set(this.held);
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

/** The frames among the messages of a history, with what was told of each (`told`). */
export function framesOf(messages, scene) {
  const marks = new Marks(scene);
  const frames = [];
  for (const message of messages) {
    if (message.type === 'frame') {
      marks.noteFrame(message);
      frames.push({ ...message, told: { ...marks.told, strays: [] } });
    } else if (marks.hear(message, null) && message.type === 'strays' && frames.length > 0) {
      frames.at(-1).told.strays = marks.told.strays;
    }
  }
  return frames;
}
