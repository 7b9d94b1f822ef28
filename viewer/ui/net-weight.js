// SPDX-License-Identifier: GPL-3.0-or-later

// How much the wires of the net that is marked count, from now on. What others have set is not
// told, so that the field shows what was set here.

const byId = (id) => document.getElementById(id);

export class NetWeight {
  #form = byId('net-weight');
  #field = byId('net-weight-value');
  #net = -1;
  #set = new Map();

  constructor(session) {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      const value = this.#field.valueAsNumber;
      this.#set.set(this.#net, value);
      session.send('weigh', { net: this.#net, value });
      byId('canvas').focus({ preventScroll: true });
    });
    this.#form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        event.stopPropagation();
        byId('canvas').focus({ preventScroll: true });
      }
    });
  }

  /** Another board. */
  forget() {
    this.#set.clear();
    this.#net = -1;
  }

  /** `net` −1: none is marked; `allowed`: who is here may weigh it. */
  show(net, allowed) {
    this.#form.hidden = net < 0 || !allowed;
    if (net !== this.#net) {
      this.#net = net;
      this.#field.value = this.#set.get(net) ?? '';
    }
  }
}
