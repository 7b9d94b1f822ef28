// SPDX-License-Identifier: GPL-3.0-or-later

// Finds parts and nets by what is typed: the list under the field holds all parts while nothing
// is, and is the way to them for whoever does not see the board or uses no mouse.

import { netFacts } from './text.js';

const MOST_FOUND = 200;

const byId = (id) => document.getElementById(id);

/** How well a text fits: 0 best, Infinity not at all. */
export function rank(text, query) {
  const place = text.toLowerCase().indexOf(query);
  return place < 0 ? Infinity : place === 0 ? (text.length === query.length ? 0 : 1) : 2;
}

export class Find {
  #field = byId('find');
  #list = byId('found');
  #scene = null;
  #choose;
  #options = [];
  #active = -1;

  /** `choose ({ part })`, `choose ({ net })` or `choose ({ parts })` hears what was picked. */
  constructor(choose) {
    this.#choose = choose;
    this.#field.addEventListener('input', () => this.#fill());
    this.#field.addEventListener('focus', () => this.#fill());
    this.#field.addEventListener('blur', () => this.#close());
    this.#field.addEventListener('keydown', (event) => this.#press(event));
    // Before the field loses the focus to it.
    this.#list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#list.addEventListener('click', (event) => {
      const option = event.target.closest('[role="option"]');
      if (option !== null) {
        this.#pick(this.#options.indexOf(option), event.shiftKey);
      }
    });
  }

  setScene(scene) {
    this.#scene = scene;
    this.#field.disabled = scene === null;
    this.#field.value = '';
    this.#close();
  }

  open() {
    this.#field.focus();
    this.#field.select();
  }

  #matches() {
    const query = this.#field.value.trim().toLowerCase();
    const parts = this.#scene.parts.map((part, i) => ({
      what: { part: i }, name: part.reference || part.key, more: part.value, kind: 'Part',
      rank: Math.min(rank(part.reference, query), rank(part.key, query),
                     rank(part.value, query) + 3),
    }));
    const nets = query === '' ? [] : this.#scene.nets.map((net, i) => ({
      what: { net: i }, name: net.name, more: netFacts(this.#scene, net), kind: 'Net',
      rank: rank(net.name, query) + 0.5,
    }));
    return [...parts, ...nets].filter((match) => match.rank < Infinity)
      .sort((a, b) => a.rank - b.rank
        || a.name.localeCompare(b.name, 'en', { numeric: true }))
      .slice(0, MOST_FOUND);
  }

  #fill() {
    if (this.#scene === null) {
      return;
    }
    this.#options = this.#matches().map(({ what, name, more, kind }, i) => {
      const option = document.createElement('li');
      const title = document.createElement('strong');
      const note = document.createElement('span');
      option.id = `found-${i}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      option.what = what;
      title.textContent = name;
      note.textContent = kind === 'Net' ? `Net, ${more}` : more;
      option.append(title, note);
      return option;
    });
    const none = document.createElement('li');
    none.className = 'none';
    none.textContent = 'Nothing by that name';
    this.#list.replaceChildren(...(this.#options.length > 0 ? this.#options : [none]));
    this.#list.hidden = false;
    this.#field.setAttribute('aria-expanded', 'true');
    this.#mark(this.#field.value.trim() === '' ? -1 : 0);
  }

  #close() {
    this.#list.hidden = true;
    this.#field.setAttribute('aria-expanded', 'false');
    this.#field.removeAttribute('aria-activedescendant');
  }

  #mark(i) {
    this.#options[this.#active]?.setAttribute('aria-selected', 'false');
    this.#active = this.#options[i] === undefined ? -1 : i;
    const option = this.#options[this.#active];
    if (option === undefined) {
      this.#field.removeAttribute('aria-activedescendant');
      return;
    }
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    this.#field.setAttribute('aria-activedescendant', option.id);
  }

  #press(event) {
    const count = this.#options.length;
    if (event.key === 'ArrowDown' && this.#list.hidden) {
      this.#fill();
    } else if (event.key === 'ArrowDown') {
      this.#mark((this.#active + 1) % Math.max(1, count));
    } else if (event.key === 'ArrowUp') {
      this.#mark((this.#active + count - 1) % Math.max(1, count));
    } else if (event.key === 'Enter') {
      this.#pick(this.#active, event.shiftKey);
    } else if (event.key === 'Escape') {
      this.#field.value = '';
      this.#field.blur();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** `all`: every part that was found, beside it. */
  #pick(i, all) {
    const option = this.#options[i];
    const parts = this.#options.map(({ what }) => what.part ?? -1).filter((part) => part >= 0);
    if (all && parts.length > 0) {
      this.#choose({ parts });
    } else if (option !== undefined) {
      this.#choose(option.what);
    } else {
      return;
    }
    byId('canvas').focus({ preventScroll: true });
  }
}
