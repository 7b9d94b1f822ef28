// SPDX-License-Identifier: GPL-3.0-or-later

// How the runs are to be done that this page begins: for how long, with which seed, close to what
// is there or not, and with which parts alone.

const MOST_PARTS = 256;
const REFINES = { place: false, refine: true };

const byId = (id) => document.getElementById(id);

export class RunOptions {
  #card = byId('run-card');
  #time = byId('run-time');
  #seed = byId('run-seed');
  #manner = byId('run-manner');
  #place = byId('place-selection');

  /** `place ()` hears that a run is to move what is selected, alone. */
  constructor(place) {
    this.#place.addEventListener('click', () => {
      if (this.#place.getAttribute('aria-disabled') === 'false') {
        place();
      }
    });
    byId('run-form').addEventListener('submit', (event) => event.preventDefault());
  }

  /** Of a command that begins a run; null where a number makes no sense, which is shown. */
  asked() {
    const wrong = [this.#time, this.#seed].find((field) => !field.checkValidity());
    if (wrong !== undefined) {
      this.#card.open = true;
      wrong.reportValidity();
      return null;
    }
    const asked = {};
    if (this.#time.value !== '') {
      asked.time = this.#time.valueAsNumber;
    }
    if (this.#seed.value !== '') {
      asked.seed = this.#seed.valueAsNumber;
    }
    if (Object.hasOwn(REFINES, this.#manner.value)) {
      asked.refine = REFINES[this.#manner.value];
    }
    return asked;
  }

  /** `may`: whether runs may be begun from here; `free`: one may be now; `selected`: how many. */
  show(may, free, selected) {
    const fits = selected > 0 && selected <= MOST_PARTS;
    this.#card.hidden = !may;
    this.#place.setAttribute('aria-disabled', String(!free || !fits));
    this.#place.title = fits ? 'Move What Is Selected, and Leave All Else'
      : selected === 0 ? 'Select parts first' : `Up to ${MOST_PARTS} parts can be placed alone`;
  }
}
