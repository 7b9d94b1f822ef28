// SPDX-License-Identifier: GPL-3.0-or-later

// All parts as a table: what the canvas shows, for whoever reads rather than looks, and a way to a
// part by the keyboard. It is brought up to date while it is open.

import { POSE_SIZE } from '../core/geometry.js';
import { setText } from './text.js';

const MOST_ROWS = 400;
const UPDATE_MS = 1000;
const COLUMNS = [
  { name: 'Part', text: (row) => row.name },
  { name: 'Value', text: (row) => row.value },
  { name: 'X', number: (row) => row.x, text: (row) => row.x.toFixed(2) },
  { name: 'Y', number: (row) => row.y, text: (row) => row.y.toFixed(2) },
  { name: '°', number: (row) => row.angle, text: (row) => String(row.angle) },
  { name: 'Side', text: (row) => row.side },
];

const byId = (id) => document.getElementById(id);

export class PartsTable {
  #stage;
  #choose;
  #card = byId('parts-card');
  #body = byId('parts-rows');
  #headers;
  #scene = null;
  #rows = [];
  #column = 0;
  #falling = false;

  /** `choose ({ part, more })` hears which was picked; `more`: besides what is selected. */
  constructor(stage, choose) {
    this.#stage = stage;
    this.#choose = choose;
    this.#headers = COLUMNS.map(({ name }, i) => {
      const cell = document.createElement('th');
      const button = document.createElement('button');
      cell.scope = 'col';
      button.type = 'button';
      button.textContent = name;
      button.addEventListener('click', () => this.#sortBy(i));
      cell.append(button);
      return cell;
    });
    byId('parts-head').append(...this.#headers);
    this.#card.addEventListener('toggle', () => this.ask());
    this.#body.addEventListener('click', (event) => this.#pick(event));
    this.#body.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        this.#pick(event);
        event.preventDefault();
      }
    });
    setInterval(() => this.ask(), UPDATE_MS);
  }

  setScene(scene) {
    this.#scene = scene;
    this.#body.replaceChildren();
    this.ask();
  }

  /** Asks the picture where parts are, if anybody would see it. */
  ask() {
    if (this.#card.open && !document.hidden && this.#scene !== null) {
      this.#stage.send({ type: 'poses' });
    }
  }

  #pick({ target, shiftKey, ctrlKey, metaKey }) {
    const row = target.closest('tr');
    if (row !== null) {
      const more = shiftKey || ctrlKey || metaKey;
      this.#choose({ part: Number(row.dataset.part), more });
    }
  }

  #sortBy(column) {
    this.#falling = column === this.#column && !this.#falling;
    this.#column = column;
    this.#show();
  }

  /** Where all parts are in the newest frame. */
  setPoses(poses) {
    if (this.#scene === null || poses.length !== this.#scene.parts.length * POSE_SIZE) {
      return;
    }
    this.#rows = this.#scene.parts.map((part, i) => {
      const [x, y, angle_rad, side] = poses.subarray(i * POSE_SIZE, (i + 1) * POSE_SIZE);
      const angle = Math.round((((angle_rad * 180) / Math.PI) % 360 + 360) * 10) / 10 % 360;
      return { part: i, name: part.reference || part.key, value: part.value, x, y, angle,
               side: side === 1 ? 'back' : 'front' };
    });
    this.#show();
  }

  #show() {
    const { number, text } = COLUMNS[this.#column];
    const order = number ? (a, b) => number(a) - number(b)
      : (a, b) => text(a).localeCompare(text(b), 'en', { numeric: true });
    this.#rows.sort((a, b) => (this.#falling ? -1 : 1) * order(a, b) || a.part - b.part);
    const shown = this.#rows.slice(0, MOST_ROWS);
    while (this.#body.rows.length > shown.length) {
      this.#body.deleteRow(-1);
    }
    while (this.#body.rows.length < shown.length) {
      const row = this.#body.insertRow();
      row.tabIndex = 0;
      COLUMNS.forEach(() => row.insertCell());
    }
    const selected = new Set(this.#stage.look.selection);
    shown.forEach((one, i) => {
      const row = this.#body.rows[i];
      row.dataset.part = String(one.part);
      row.setAttribute('aria-selected', String(selected.has(one.part)));
      COLUMNS.forEach((column, k) => setText(row.cells[k], column.text(one)));
    });
    this.#headers.forEach((cell, i) => {
      if (i === this.#column) {
        cell.setAttribute('aria-sort', this.#falling ? 'descending' : 'ascending');
      } else {
        cell.removeAttribute('aria-sort');
      }
    });
    const rest = this.#rows.length - shown.length;
    setText(byId('parts-rest'), rest > 0 ? `and ${rest.toLocaleString('en')} more: find them by `
      + 'name' : '');
  }
}
