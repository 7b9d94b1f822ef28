// SPDX-License-Identifier: GPL-3.0-or-later

// The exact position of the selected part, typed.

const MOST_MM = 2000;

const byId = (id) => document.getElementById(id);
const DEGREES = 180 / Math.PI;

function shown(value, digits) {
  return String(Number(value.toFixed(digits)));
}

export class PlaceForm {
  #form = byId('place');
  #x = byId('place-x');
  #y = byId('place-y');
  #angle = byId('place-angle');
  #hands;

  constructor(hands) {
    this.#hands = hands;
    byId('edit-place').addEventListener('click', () =>
      (this.#form.hidden ? this.open() : this.close()));
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#apply();
    });
    this.#form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        event.stopPropagation();
        this.close();
      }
    });
    for (const field of [this.#x, this.#y]) {
      field.min = -MOST_MM;
      field.max = MOST_MM;
    }
  }

  /** Shows where the selected part lies, to be changed; nothing where it may not be moved. */
  open() {
    const pose = this.#hands.selectedPose;
    if (pose === null) {
      return;
    }
    const [x_mm, y_mm, angle_rad] = pose;
    this.#x.value = shown(x_mm, 4);
    this.#y.value = shown(y_mm, 4);
    this.#angle.value = shown((((angle_rad * DEGREES) % 360) + 360) % 360, 2);
    this.#show(true);
    this.#x.select();
    // On a phone it would be below what is seen.
    this.#form.scrollIntoView({ block: 'nearest' });
  }

  close() {
    if (!this.#form.hidden) {
      this.#show(false);
      byId('canvas').focus({ preventScroll: true });
    }
  }

  /** Another part is selected, or none. */
  reset() {
    this.#show(false);
  }

  #show(open) {
    this.#form.hidden = !open;
    byId('edit-place').setAttribute('aria-expanded', String(open));
  }

  #apply() {
    const [x, y, angle] = [this.#x, this.#y, this.#angle].map((field) => field.valueAsNumber);
    this.#hands.place(x, y, (((angle % 360) + 360) % 360) / DEGREES);
    this.close();
  }
}
