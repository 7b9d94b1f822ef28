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

  /**
   * Takes a message of the session's; whether it told of anybody. `changed (person)` hears of each
   * who was here and has another role now.
   */
  hear(message, changed = () => {}) {
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
        const before = this.#people.get(number);
        const now = { ...(before ?? nobody), ...news };
        this.#people.set(number, now);
        if (before !== undefined && before.role !== now.role) {
          changed(now);
        }
      }
    }
    return true;
  }

  /** Who else drags a part, or undefined. */
  holderOf(part) {
    return this.others.find(({ grabbed }) => grabbed.includes(part));
  }
}
