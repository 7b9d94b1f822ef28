// SPDX-License-Identifier: GPL-3.0-or-later

// Joins a session: what is needed over HTTP, then the stream. It lives where the picture does, and
// uses what pages and workers have alike: fetch, WebSocket and timers.

import { endpoints, readToken } from './address.js';
import { Link, Refusal, SUBPROTOCOLS } from './link.js';

// Without a byte.
const REQUEST_MS = 15_000;

const MOST_BYTES = 256 * 1024 * 1024;
const MOST_LISTED = 100;

/** An owner may do no more here than who may control. */
function limited(role) {
  return role === 'controller' || role === 'owner' ? 'controller' : 'viewer';
}

export class Session {
  #on;
  #token = null;
  #places = null;

  #boardText = '';

  // One that can be shown.
  #hasBoard = false;

  /** Whether the placed board may be saved. */
  mayDownload = false;

  /** 'viewer', 'controller', or null while unknown. */
  role = null;

  /**
   * on: { now () → ms, state (), board (text), message (message), frame (frame) }; `board` returns
   * what is wrong with it in words, '' for nothing.
   */
  constructor(on) {
    this.#on = on;
    this.link = new Link({
      open: () => this.#open(),
      prepare: () => this.#prepare(),
      setTimeout: (callback, delay_ms) => setTimeout(callback, delay_ms),
      clearTimeout: (timer) => clearTimeout(timer),
      now: on.now,
      random: Math.random,
      onState: () => on.state(),
      onMessage: (message) => this.#hear(message),
      onFrame: (frame) => on.frame(frame),
    });
  }

  #hear(message) {
    const { role } = this.link;
    if (role !== null && this.role !== limited(role)) {
      this.role = limited(role);
      this.#on.state();
    }
    this.#on.message(message);
  }

  /** Joins what an address names, or tries to again. */
  join({ hash, href }) {
    this.#token = readToken(hash);
    this.#places = endpoints(href);
    this.role = null;
    this.link.connect();
  }

  /** As if nothing had been joined before. */
  leave() {
    this.link.close();
    this.#hasBoard = false;
    this.#boardText = '';
  }

  #open() {
    return new WebSocket(this.#places.socket, [...SUBPROTOCOLS, `bw.auth.${this.#token}`]);
  }

  async #get(address, form = 'text') {
    const abort = new AbortController();
    let timer = 0;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(), REQUEST_MS);
    };
    wait();
    try {
      const response = await fetch(address, {
        headers: { Authorization: `Bearer ${this.#token}` },
        cache: 'no-cache',
        credentials: 'omit',
        signal: abort.signal,
      });
      if (response.status === 401 || response.status === 403) {
        throw new Refusal('This link does not open the session',
          'Its token is wrong, or no longer valid. Ask whoever shares the board for a new link.');
      }
      if (response.status === 404) {
        throw new Refusal('This session has ended',
          'The board is no longer shared at this address.');
      }
      if (!response.ok) {
        throw new Error(`${address}: status ${response.status}`);
      }
      const pieces = [];
      let bytes = 0;
      const reader = response.body.getReader();
      for (let piece; (piece = (await reader.read()).value) !== undefined;) {
        bytes += piece.byteLength;
        if (bytes > MOST_BYTES) {
          throw new Error(`${address}: more than ${MOST_BYTES} bytes`);
        }
        pieces.push(piece);
        wait();
      }
      this.link.bytes += bytes;
      return await new Blob(pieces)[form]();
    } finally {
      clearTimeout(timer);
      abort.abort();
    }
  }

  /** The board's file as it is placed now, an ArrayBuffer. Throws a Refusal, or what fetch does. */
  fetchPlaced() {
    return this.#get(this.#places.placed, 'arrayBuffer');
  }

  /** The frames of the run so far, an ArrayBuffer; null where there are none to be had. */
  async fetchHistory() {
    try {
      return await this.#get(this.#places.history, 'arrayBuffer');
    } catch {
      // The run can be watched from here on.
      return null;
    }
  }

  /** What is wrong with a board, '' for nothing. To try again would lead to the same. */
  #read(text) {
    try {
      return this.#on.board(text);
    } catch (error) {
      return `The browser could not take it in: ${error.message}`;
    }
  }

  async #prepare() {
    if (this.#token === null) {
      throw new Refusal('This link is incomplete',
        'The part behind # is missing. It is the key to the session: copy the whole link, '
        + 'or ask whoever shares the board for it.');
    }
    const places = this.#places;
    // Both at once: a link that opens nothing is told by either.
    const [answer, text] = await Promise.all([this.#get(places.sessions), this.#get(places.board)]);
    const list = JSON.parse(answer)?.sessions;
    const sessions = Array.isArray(list) ? list : [];
    const session = places.id === null ? sessions[0] : sessions.find(({ id }) => id === places.id);
    if (places.id === null && sessions.length > 1) {
      throw new Refusal('Several boards are shared here', 'Which one would you like to see?',
        sessions.slice(0, MOST_LISTED).map(({ id, name }) => ({
          text: String(name), href: `s/${encodeURIComponent(id)}/#${this.#token}`,
        })));
    }
    if (!session && places.id !== null) {
      throw new Refusal('This session has ended', 'The board is no longer shared at this address.');
    }
    this.role = limited(session?.role);
    this.mayDownload = session?.download === true;
    if (this.#hasBoard && text === this.#boardText) {
      return;
    }
    const fault = this.#read(text);
    if (fault !== '') {
      throw new Refusal('This board cannot be shown', `${fault}.`);
    }
    this.#boardText = text;
    this.#hasBoard = true;
  }
}
