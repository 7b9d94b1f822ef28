// SPDX-License-Identifier: GPL-3.0-or-later

// The connection to a session: opens, listens, notices when it is dead, comes back by itself
// with growing pauses. Knows no DOM: WebSocket, timers and chance are given.
//
//   connecting → live → waiting → connecting → …
//   connecting → refused: nothing would change by trying again
//
// Each attempt first awaits `prepare()` (what the page needs over HTTP) and is refused where
// that throws a Refusal.

import { byteLength, COMMANDS, looksLikeFrame, readMessage } from './messages.js';

export const SUBPROTOCOL = 'boardwalk.json';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const QUIET_MS = 10_000;
const ANSWER_MS = 8_000;
const OPEN = 1;

/** Why the session cannot be joined, for people: `title` and message. */
export class Refusal extends Error {
  constructor(title, message) {
    super(message);
    this.title = title;
  }
}

/** The pause before the nth attempt in a row (from 0), with up to a fifth of it by chance. */
export function pauseBefore(attempt, random) {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt, 16));
  return Math.round(pause * (0.8 + 0.2 * random));
}

export class Link {
  #options;
  #socket = null;
  #timer = null;
  #attempt = 0;
  #asked = false;
  #heldFrame = null;

  /** 'idle', 'connecting', 'live', 'waiting' or 'refused'. */
  state = 'idle';

  /** While waiting: when the next attempt starts, on the clock of `now`. */
  retryAt_ms = 0;

  /** While refused: a Refusal. */
  refusal = null;

  bytes = 0;

  /** While true frames are kept unread, the newest only. */
  #asleep = false;

  /**
   * options: `open ()` → WebSocket, `prepare ()` → Promise, `setTimeout`, `clearTimeout`,
   * `now ()` → ms, `random ()`, `onState ()`, `onMessage (message)`, `onFrame (raw)`: frames are
   * not read here.
   */
  constructor(options) {
    this.#options = options;
  }

  /** Starts, or tries again at once. */
  connect() {
    this.#drop();
    this.#set('connecting');
    const attempt = {};
    this.#socket = attempt;
    Promise.resolve()
      .then(() => this.#options.prepare())
      .then(() => {
        if (this.#socket === attempt) {
          this.#open();
        }
      })
      .catch((error) => {
        if (this.#socket !== attempt) {
          return;
        }
        if (error instanceof Refusal) {
          this.#drop();
          this.refusal = error;
          this.#set('refused');
        } else {
          this.#wait();
        }
      });
  }

  close() {
    this.#drop();
    this.#set('idle');
  }

  /** Sends a command of the plain JSON dialect; false where nobody would hear it. */
  send(type) {
    if (this.state !== 'live' || !COMMANDS.includes(type)) {
      return false;
    }
    this.#socket.send(JSON.stringify({ type }));
    return true;
  }

  /** A page that nobody sees reads no frames; when it is seen again it gets the newest. */
  setAsleep(asleep) {
    this.#asleep = asleep;
    if (!asleep && this.#heldFrame !== null) {
      const raw = this.#heldFrame;
      this.#heldFrame = null;
      this.#read(raw);
    }
  }

  #open() {
    let socket;
    try {
      socket = this.#options.open();
    } catch {
      this.#wait();
      return;
    }
    this.#socket = socket;
    socket.onmessage = (event) => this.#hear(socket, event.data);
    socket.onclose = () => {
      if (this.#socket === socket) {
        this.#wait();
      }
    };
    socket.onerror = socket.onclose;
    this.#watch();
  }

  #hear(socket, raw) {
    if (this.#socket !== socket || typeof raw !== 'string') {
      return;
    }
    this.bytes += byteLength(raw);
    this.#watch();
    if (this.#asleep && looksLikeFrame(raw)) {
      this.#heldFrame = raw;
      return;
    }
    this.#read(raw);
  }

  #read(raw) {
    if (looksLikeFrame(raw)) {
      this.#options.onFrame(raw);
      return;
    }
    const message = readMessage(raw);
    if (message === null) {
      return;
    }
    if (message.type === 'welcome') {
      this.#attempt = 0;
      this.#heldFrame = null;
      this.#options.onMessage(message);
      this.#set('live');
      return;
    }
    if (message.type === 'frame') {
      this.#options.onFrame(raw);
    } else {
      this.#options.onMessage(message);
    }
  }

  /** A silent line is asked for a sign of life, then given up. */
  #watch() {
    this.#options.clearTimeout(this.#timer);
    this.#asked = false;
    const again = () => {
      if (this.#asked || this.#socket.readyState !== OPEN || this.state !== 'live') {
        this.#wait();
        return;
      }
      this.#asked = true;
      this.#socket.send('{"type":"ping"}');
      this.#timer = this.#options.setTimeout(again, ANSWER_MS);
    };
    this.#timer = this.#options.setTimeout(again, QUIET_MS);
  }

  #wait() {
    this.#drop();
    const pause_ms = pauseBefore(this.#attempt++, this.#options.random());
    this.retryAt_ms = this.#options.now() + pause_ms;
    this.#timer = this.#options.setTimeout(() => this.connect(), pause_ms);
    this.#set('waiting');
  }

  #drop() {
    this.#options.clearTimeout(this.#timer);
    this.#timer = null;
    const socket = this.#socket;
    this.#socket = null;
    this.#heldFrame = null;
    if (socket?.close) {
      socket.onmessage = null;
      socket.onclose = null;
      socket.onerror = null;
      socket.close();
    }
  }

  #set(state) {
    this.state = state;
    if (state !== 'refused') {
      this.refusal = null;
    }
    this.#options.onState();
  }
}
