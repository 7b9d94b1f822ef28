// SPDX-License-Identifier: GPL-3.0-or-later

// The connection to a session: opens, listens, notices when it is dead, comes back by itself
// with growing pauses. Knows no DOM: WebSocket, timers and chance are given.
//
//   connecting → live → waiting → connecting → …
//   connecting → refused: nothing would change by trying again
//
// Each attempt first awaits `prepare()` (what the page needs over HTTP) and is refused where
// that throws a Refusal.

import {
  byteLength, COMMANDS, HAND_COMMANDS, looksLikeFrame, readMessage, RUN_COMMANDS, WEIGHT_COMMANDS,
} from './messages.js';
import { acknowledgement, isOfPicture, WireError, WireReader } from './wire.js';

/** The dialects that are spoken, the preferred one first. */
export const BINARY = 'boardwalk.1';
export const SUBPROTOCOLS = [BINARY, 'boardwalk.json'];

const BINARY_COMMANDS = [...COMMANDS, ...RUN_COMMANDS, ...WEIGHT_COMMANDS, ...HAND_COMMANDS];

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const QUIET_MS = 10_000;
const ANSWER_MS = 8_000;
const OPEN = 1;
const VERSION = 1;

// What comes beside the picture is passed on one by one, to a page that takes longer than what
// reads it. No session says so much: who does is left, and what it says later counts as well.
const WORDS_BURST = 4 * 1024 * 1024;
const WORDS_PER_MS = 512;
const WORD_COST = 64;

// The close code of a server that would do the same again.
const SENT_AWAY = 1008;

/** Answers to a command that was not obeyed, in words. */
const REFUSALS = {
  denied: 'You may only watch this run.',
  taken: 'Somebody else is moving that part.',
};

/** Why the session cannot be joined, for people: `title` and message; `links`: where else to go. */
export class Refusal extends Error {
  constructor(title, message, links = []) {
    super(message);
    this.title = title;
    this.links = links;
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

  /** What who is here is called; '' where no name was given. */
  name = '';

  /** How often in a row all went well but for the stream itself. */
  unopened = 0;

  /** What may still be said at once, and since when. */
  #words = WORDS_BURST;
  #words_ms = 0;

  /** While true frames are kept unread, the newest only, or none are sent. */
  #asleep = false;

  /** Of boardwalk.1: what the stream is known by, what it has sent, the clock's offset. */
  #reader = new WireReader();
  #instance = '';
  #commands = 0;
  #trips = [];

  #you = 0;
  #forces = false;

  /** 'viewer', 'controller' or 'owner' where boardwalk.1 has told it, and as it changes. */
  role = null;

  /** What the server's clock is ahead of `Date.now ()`, in ms; null where that is not known. */
  clockOffset_ms = null;

  /**
   * options: `open ()` → WebSocket, `prepare ()` → Promise, `setTimeout`, `clearTimeout`,
   * `now ()` → ms, `random ()`, `onState ()`, `onMessage (message)`, `onFrame (frame)`: as it
   * came, unread, in plain JSON; of boardwalk.1, where each is told by the one before, read.
   * `utc ()` → ms since 1970 and `name` may be left out.
   */
  constructor(options) {
    this.#options = options;
    this.name = options.name ?? '';
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
          this.#refuse(error);
        } else {
          this.#wait();
        }
      });
  }

  close() {
    this.#drop();
    this.#set('idle');
  }

  /** Whether parts can be moved by hand over this connection, and people be seen. */
  get speaksBinary() {
    return this.state === 'live' && this.#isBinary();
  }

  /** Sends a command, `more` of it in boardwalk.1 alone; false where nobody would hear it. */
  send(command, more = {}) {
    const binary = this.speaksBinary;
    if (this.state !== 'live'
        || !(binary ? BINARY_COMMANDS : COMMANDS).includes(command)) {
      return false;
    }
    this.#tell(binary ? { type: 'command', cmd_id: ++this.#commands, command, ...more }
      : { type: command });
    return true;
  }

  /** Whether forces are wanted: they are more than all else that is sent. */
  setForces(on) {
    if (on !== this.#forces) {
      this.#forces = on;
      this.say({ type: 'forces', on });
    }
  }

  /** Says something else of boardwalk.1: where the cursor is, what is selected, a name. */
  say(message) {
    if (this.speaksBinary) {
      this.#tell(message);
    }
  }

  /** A page that nobody sees reads no frames; when it is seen again it gets the newest. */
  setAsleep(asleep) {
    if (asleep !== this.#asleep && this.state === 'live' && this.#isBinary()) {
      this.#tell({ type: asleep ? 'hide' : 'show' });
    }
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
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      if (this.#socket === socket && this.#isBinary()) {
        this.#sayHello();
      }
    };
    socket.onmessage = (event) => this.#hear(socket, event.data);
    socket.onclose = (event) => {
      if (this.#socket !== socket) {
        return;
      }
      if (this.state === 'connecting') {
        this.unopened++;
      }
      if (event.code === SENT_AWAY) {
        this.#refuse(new Refusal('You were disconnected',
          event.reason || 'The server does not want this connection.'));
      } else {
        this.#wait();
      }
    };
    this.#watch();
  }

  #isBinary() {
    return this.#socket.protocol === BINARY;
  }

  #tell(message) {
    this.#socket.send(JSON.stringify(message));
  }

  #sayHello() {
    const hello = { type: 'hello', forces: this.#forces, instance: this.#instance,
                    last_seq: this.#reader.seq };
    if (this.name !== '') {
      hello.name = this.name;
    }
    this.#tell(hello);
  }

  #hear(socket, raw) {
    if (this.#socket !== socket) {
      return;
    }
    if (this.#isBinary()) {
      this.#hearBinary(socket, raw);
      return;
    }
    if (typeof raw !== 'string') {
      return;
    }
    this.bytes += byteLength(raw);
    this.#watch();
    if (this.#asleep && looksLikeFrame(raw)) {
      this.#heldFrame = raw;
    } else if (looksLikeFrame(raw) || this.#takesWord(raw.length)) {
      this.#read(raw);
    } else {
      this.#wait();
    }
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
      this.unopened = 0;
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

  #hearBinary(socket, raw) {
    this.bytes += typeof raw === 'string' ? byteLength(raw) : raw.byteLength;
    this.#watch();
    let message;
    try {
      if (!isOfPicture(raw) && !this.#takesWord(raw.byteLength ?? raw.length)) {
        throw new WireError('So much is not to be said');
      }
      message = typeof raw === 'string' ? this.#readText(raw) : this.#reader.read(raw);
    } catch (error) {
      if (!(error instanceof WireError)) {
        throw error;
      }
      // What is held cannot be relied on: the next connection begins anew.
      this.#reader = new WireReader();
      this.#wait();
      return;
    }
    if (message === null) {
      return;
    }
    if (message.type === 'frame') {
      // First of all: the next one can be on its way while this is drawn.
      if (message.wantsAck) {
        socket.send(acknowledgement(message.seq));
      }
      this.#options.onFrame(message);
      return;
    }
    if (message.type === 'presence') {
      const me = message.people.find(({ number, role }) => number === this.#you && role);
      this.role = me?.role ?? this.role;
    } else if (message.type === 'welcome' && message.version !== VERSION) {
      this.#refuse(new Refusal('This page does not fit the session',
        'Boardwalk has been updated since it was opened: load it anew.'));
      return;
    } else if (message.type === 'welcome') {
      this.#you = message.you;
      this.role = message.role;
    }
    this.#options.onMessage(message);
    if (message.type === 'welcome') {
      this.#welcome(message);
    }
  }

  #takesWord(bytes) {
    const now_ms = this.#options.now();
    this.#words = Math.min(WORDS_BURST,
                           this.#words + (now_ms - this.#words_ms) * WORDS_PER_MS);
    this.#words_ms = now_ms;
    this.#words -= bytes + WORD_COST;
    return this.#words > 0;
  }

  #welcome(hello) {
    this.#attempt = 0;
    this.unopened = 0;
    this.#instance = hello.instance;
    this.#trips = [];
    if (this.#asleep) {
      this.#tell({ type: 'hide' });
    }
    this.#askTime();
    this.#set('live');
  }

  #utc() {
    return this.#options.utc?.() ?? Date.now();
  }

  #askTime() {
    this.#tell({ type: 'ping', t0: this.#utc() });
  }

  /** A text message of boardwalk.1, as one of plain JSON where it says as much; else null. */
  #readText(raw) {
    let message;
    try {
      message = JSON.parse(raw);
    } catch {
      return null;
    }
    switch (message?.type) {
      case 'pong':
        this.#hearTime(message);
        return { type: 'pong' };
      case 'answer':
        return Object.hasOwn(REFUSALS, message.result)
          ? { type: 'status', status: 'error', message: REFUSALS[message.result] } : null;
      default:
        return null;
    }
  }

  /** The shortest of the last eight ways there and back tells the clocks apart best. */
  #hearTime({ t0, t1, t2 }) {
    if (![t0, t1, t2].every(Number.isFinite)) {
      return;
    }
    const t3 = this.#utc();
    this.#trips.push({ trip_ms: t3 - t0 - (t2 - t1), offset_ms: (t1 - t0 + (t2 - t3)) / 2 });
    this.#trips = this.#trips.slice(-8);
    this.clockOffset_ms = this.#trips.reduce(
      (best, one) => (one.trip_ms < best.trip_ms ? one : best)).offset_ms;
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
      if (this.#isBinary()) {
        this.#askTime();
      } else {
        this.#tell({ type: 'ping' });
      }
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

  #refuse(refusal) {
    this.#drop();
    this.refusal = refusal;
    this.#set('refused');
  }

  #drop() {
    this.#options.clearTimeout(this.#timer);
    this.#timer = null;
    const socket = this.#socket;
    this.#socket = null;
    this.#heldFrame = null;
    if (socket?.close) {
      socket.onopen = null;
      socket.onmessage = null;
      socket.onclose = null;
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
