// SPDX-License-Identifier: GPL-3.0-or-later

// What the page says of its connection: the chip at the top, the notice where there is no board,
// lines in the log.

import { setText } from './text.js';

// So often in a row the board came and the stream did not.
const SHUT_AFTER = 2;

const byId = (id) => document.getElementById(id);

export function showChip(text, kind) {
  setText(byId('link-state'), text);
  byId('link-state').dataset.kind = kind;
}

export class LinkState {
  #session;
  #events;
  #joined = false;
  #live = false;

  constructor(session, events) {
    this.#session = session;
    this.#events = events;
  }

  /** Another link in the same page. */
  startOver() {
    this.#joined = false;
    this.#live = false;
  }

  /** `empty`: there is no board to be seen. */
  show(empty) {
    const { state, refusal } = this.#session;
    if (state === 'failed') {
      // The page's own notice is there (opening.js).
      return;
    }
    this.#log(state, refusal);
    this.#notice(refusal, empty);
    this.countDown();
  }

  #log(state, refusal) {
    if (state === 'live' && !this.#live) {
      const first = this.#session.role === 'controller'
        ? 'Connected. You may control the run.' : 'Connected. You are watching.';
      this.#events.add('info', this.#joined ? 'Connected again.' : first);
      this.#joined = true;
      this.#live = true;
    } else if (state === 'refused' && refusal !== null && this.#live) {
      this.#events.add('warning', `${refusal.message.replace(/\.$/, '')}.`);
      this.#live = false;
    } else if (state === 'waiting' && this.#live) {
      this.#events.add('warning', 'The connection was lost. It is tried again by itself.');
      this.#live = false;
    }
  }

  #notice(refusal, empty) {
    const { state, unopened } = this.#session;
    const waiting = state === 'waiting' && empty;
    const shut = state === 'waiting' && unopened >= SHUT_AFTER;
    byId('notice').hidden = refusal === null && !waiting && !shut;
    byId('notice-retry').hidden = refusal !== null
      && (refusal.title === 'This link is incomplete' || refusal.links.length > 0);
    byId('notice-links').replaceChildren(...(refusal?.links ?? []).map(({ text, href }) => {
      const item = document.createElement('li');
      const link = item.appendChild(document.createElement('a'));
      link.textContent = text;
      link.href = href;
      return item;
    }));
    if (refusal !== null) {
      setText(byId('notice-title'), refusal.title);
      setText(byId('notice-text'), refusal.message);
      showChip('Not connected', refusal.links.length > 0 ? 'wait' : 'bad');
    } else if (shut) {
      setText(byId('notice-title'), 'The session cannot be joined now');
      setText(byId('notice-text'), 'It may have as many viewers as it takes, or something on the '
        + 'way keeps WebSockets out. It is tried again by itself.');
    } else if (waiting) {
      setText(byId('notice-title'), 'The session does not answer');
      setText(byId('notice-text'),
              'Is Boardwalk still running and sharing? It is tried again by itself.');
    }
  }

  /** The pause before the next attempt, as it gets shorter. */
  countDown() {
    const { state, retryAt_ms } = this.#session;
    if (state === 'connecting') {
      showChip(this.#joined ? 'Reconnecting' : 'Connecting', 'wait');
    } else if (state === 'waiting') {
      const rest_ms = retryAt_ms - performance.timeOrigin - performance.now();
      const rest_s = Math.max(1, Math.ceil(rest_ms / 1000));
      showChip(`Reconnecting in ${rest_s} s`, 'wait');
    }
  }
}
