// SPDX-License-Identifier: GPL-3.0-or-later

// Who else is at the board, where they point, what they have selected and what they drag.

const MOST_PEOPLE = 300;

export class People {
  #people = new Map();

  /** The number of who is here. */
  you = 0;

  /** All, by number: { number, role, hue_deg, name, cursor, selection, grabbed }. */
  get all() {
    return [...this.#people.values()];
  }

  /** All but who is here. */
  get others() {
    return this.all.filter(({ number }) => number !== this.you);
  }

  clear() {
    this.#people.clear();
  }

  /** Takes a message of the session's; whether it told of anybody. */
  hear(message) {
    if (message.type === 'welcome') {
      this.you = message.you ?? 0;
      this.clear();
      return true;
    }
    if (message.type !== 'presence') {
      return false;
    }
    if (message.whole) {
      this.clear();
    }
    for (const { number, gone, ...news } of message.people) {
      if (gone) {
        this.#people.delete(number);
      } else if (this.#people.has(number) || this.#people.size < MOST_PEOPLE) {
        const nobody = { number, role: 'viewer', hue_deg: 0, name: '', cursor: null,
                         selection: [], grabbed: [] };
        this.#people.set(number, { ...(this.#people.get(number) ?? nobody), ...news });
      }
    }
    return true;
  }

  /** Who else drags a part, or undefined. */
  holderOf(part) {
    return this.others.find(({ grabbed }) => grabbed.includes(part));
  }
}
