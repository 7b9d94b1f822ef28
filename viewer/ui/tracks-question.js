// SPDX-License-Identifier: GPL-3.0-or-later

// What is to become of tracks whose parts a run moves, asked before it begins; the words are the
// window's (src/app/bw-window-run.c).

const byId = (id) => document.getElementById(id);

const count = (n, one) => `${n} ${one}${n === 1 ? '' : 's'}`;

export class TracksQuestion {
  #dialog = byId('tracks-question');
  #answer = null;

  constructor() {
    for (const button of this.#dialog.querySelectorAll('button')) {
      button.addEventListener('click', () => {
        this.#dialog.close();
        if (button.value !== '') {
          this.#answer(button.value);
        }
      });
    }
  }

  /** `answer (tracks)` hears the word of the command for it, unless nothing is to be done. */
  ask({ tracks, nets }, answer) {
    this.#answer = answer;
    byId('tracks-text').textContent = `${count(tracks, 'track')} on ${count(nets, 'net')} would `
      + 'stay where they are while their parts move away.';
    this.#dialog.showModal();
  }
}
