// SPDX-License-Identifier: GPL-3.0-or-later

// The page's side of a session, which is joined and read where the picture is drawn: what is known
// of the connection here, and the way to it.

export class Session {
  #stage;

  /** Of Link, as it was told last: 'idle', 'connecting', 'live', 'waiting' or 'refused'; or
   *  'failed', once there is nobody left who could be told of it. */
  state = 'idle';

  /** While waiting: when the next attempt starts, on the clock that page and worker share. */
  retryAt_ms = 0;

  /** While refused: { title, message, links }. */
  refusal = null;

  /** How often in a row all went well but for the stream itself. */
  unopened = 0;

  /** Whether parts can be moved by hand, and people be seen. */
  speaksBinary = false;

  /** 'viewer', 'controller', or null while unknown. */
  role = null;

  /** Whether the placed board may be saved. */
  mayDownload = false;

  /** Received so far. */
  bytes = 0;

  /** What the server's clock is ahead of `Date.now ()`, in ms; null where that is not known. */
  clockOffset_ms = null;

  constructor(stage) {
    this.#stage = stage;
  }

  /** Takes what the stage tells of the connection ('link', 'traffic'). */
  hear({ type, ...told }) {
    Object.assign(this, told);
  }

  /** Joins what an address names: the page's, where none is given. */
  join({ hash, href } = window.location) {
    this.#stage.send({ type: 'join', address: { hash, href } });
  }

  /** Joins what the address names by now, as if nothing had been joined before. */
  rejoin() {
    this.#stage.send({ type: 'leave' });
    this.join();
  }

  /** Does not wait any longer for the next attempt. */
  retry() {
    this.#stage.send({ type: 'retry' });
  }

  /** Sends a command, `more` of it in boardwalk.1 alone. */
  send(name, more = {}) {
    this.#stage.send({ type: 'command', name, more });
  }

  /** Says something else of boardwalk.1: where the cursor is, what is selected. */
  say(message) {
    this.#stage.send({ type: 'say', message });
  }

  rename(name) {
    this.#stage.send({ type: 'rename', name });
  }

  setForces(on) {
    this.#stage.send({ type: 'want-forces', on });
  }

  setAsleep(on) {
    this.#stage.send({ type: 'asleep', on });
  }

  /** Asks for the board's file as it is placed now ('placed'). */
  askPlaced() {
    this.#stage.send({ type: 'placed' });
  }

  askTraffic() {
    this.#stage.askTraffic();
  }
}
