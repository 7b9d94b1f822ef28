// SPDX-License-Identifier: GPL-3.0-or-later

// Where on the board the pointer is, in millimetres or inches.

import { setText } from './text.js';

const UNIT_KEY = 'boardwalk.unit';
const UNITS = { mm: { size_mm: 1, digits: 2 }, in: { size_mm: 25.4, digits: 4 } };

const byId = (id) => document.getElementById(id);

function savedUnit() {
  try {
    return window.localStorage.getItem(UNIT_KEY) === 'in' ? 'in' : 'mm';
  } catch {
    return 'mm';
  }
}

export class Coordinates {
  #unit = savedUnit();
  #point = null;

  constructor() {
    byId('unit').addEventListener('click', () => {
      this.#unit = this.#unit === 'mm' ? 'in' : 'mm';
      try {
        window.localStorage.setItem(UNIT_KEY, this.#unit);
      } catch {
        // It is kept as long as the page.
      }
      this.#update();
    });
    this.#update();
  }

  /** { x_mm, y_mm }; null: nowhere. */
  show(point) {
    this.#point = point;
    this.#update();
  }

  #update() {
    const { size_mm, digits } = UNITS[this.#unit];
    const text = (value_mm) => (value_mm / size_mm).toFixed(digits).replace('-', '−');
    setText(byId('unit'), this.#unit);
    setText(byId('coordinates'), this.#point === null ? ''
      : `${text(this.#point.x_mm)}, ${text(this.#point.y_mm)}`);
  }
}
