// SPDX-License-Identifier: GPL-3.0-or-later

// Who is at the board: a list in the panel, with the name that one goes by oneself; and what the
// others are told of this pointer and selection.

import { People } from '../core/people.js';
import { personColor } from '../core/theme.js';
import { setText } from './text.js';

const CURSOR_MS = 66;
const NAME_KEY = 'boardwalk.name';
const MOST_SHOWN = 50;
const MOST_SELECTED = 256;
const ROLE_NAMES = { viewer: 'watches', controller: 'may control', owner: 'shares the board' };

const NEW_ROLES = {
  viewer: 'may only watch from now on',
  controller: 'may control the run from now on',
  owner: 'may control the run and say who else may from now on',
};

const byId = (id) => document.getElementById(id);

/** The name that was given here before; '' where none was, or none can be kept. */
function savedName() {
  try {
    return window.localStorage.getItem(NAME_KEY) ?? '';
  } catch {
    return '';
  }
}

export class PeopleList {
  #session;
  #events;
  #people = new People();
  #cursor = null;
  #told_ms = -Infinity;
  #timer = 0;

  constructor(session, events) {
    const field = byId('your-name');
    this.#session = session;
    this.#events = events;
    field.value = savedName();
    session.rename(field.value);
    field.addEventListener('change', () => {
      const name = field.value.trim();
      session.rename(name);
      try {
        window.localStorage.setItem(NAME_KEY, name);
      } catch {
        // It is kept as long as the page.
      }
    });
  }

  /** Takes a message of the session's. */
  hear(message) {
    if (this.#people.hear(message, (person) => this.#tellRole(person))) {
      this.update();
    }
  }

  #tellRole({ number, name, role }) {
    const who = number === this.#people.you ? 'You' : name || 'Somebody';
    this.#events.add('info', `${who} ${NEW_ROLES[role] ?? NEW_ROLES.viewer}.`);
  }

  clear() {
    this.#people.clear();
    this.update();
  }

  holderOf(part) {
    return this.#people.holderOf(part);
  }

  update() {
    const people = this.#people.all;
    const dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
    byId('people-card').hidden = people.length === 0;
    setText(byId('people-count'), String(people.length));
    byId('people').replaceChildren(...people.slice(0, MOST_SHOWN).map((person) => {
      const item = document.createElement('li');
      const swatch = document.createElement('span');
      const name = document.createElement('span');
      const role = document.createElement('small');
      swatch.className = 'swatch';
      swatch.style.backgroundColor = personColor(person.hue_deg, dark);
      name.className = 'name';
      name.textContent = person.name || 'Somebody';
      role.textContent = person.number === this.#people.you ? 'you' : ROLE_NAMES[person.role] ?? '';
      item.append(swatch, name, role);
      return item;
    }));
  }

  /** Where the pointer is on the board, for the others; null: nowhere. */
  point(cursor) {
    if (cursor?.x_mm === this.#cursor?.x_mm && cursor?.y_mm === this.#cursor?.y_mm) {
      return;
    }
    this.#cursor = cursor;
    if (this.#timer === 0) {
      const wait_ms = Math.max(0, this.#told_ms + CURSOR_MS - performance.now());
      this.#timer = setTimeout(() => this.#tellCursor(), wait_ms);
    }
  }

  #tellCursor() {
    this.#timer = 0;
    this.#told_ms = performance.now();
    const nm = (value_mm) => Math.round(value_mm * 1e6);
    this.#session.say(this.#cursor === null ? { type: 'cursor' }
      : { type: 'cursor', x: nm(this.#cursor.x_mm), y: nm(this.#cursor.y_mm) });
  }

  select(parts) {
    this.#session.say({ type: 'select', parts: parts.slice(0, MOST_SELECTED) });
  }
}
