// SPDX-License-Identifier: GPL-3.0-or-later

// Watches a session: joins it, reads what it sends and draws it, all in one place, so that in a
// worker neither costs the page anything. It hears the page's messages and tells what is to be
// known there; what is about the picture alone goes on to Picture, which says what that is.

import { Picture } from './picture.js';
import { Session } from './session.js';

export class Watch {
  #env;
  #picture;
  #session;
  #fault = '';

  /** `env` is that of Picture. */
  constructor(env) {
    this.#env = env;
    this.#picture = new Picture({ ...env, post: (message) => this.#hearPicture(message) });
    this.#session = new Session({
      now: env.now,
      state: () => this.#tellLink(),
      board: (text) => this.#setBoard(text),
      message: (message) => this.#hearSession(message),
      frame: (raw) => this.#picture.hear({ type: 'frame', raw, at_ms: env.now() }),
    });
  }

  hear(message) {
    const { link } = this.#session;
    switch (message.type) {
      case 'join':
        this.#session.join(message.address);
        break;
      case 'leave':
        this.#session.leave();
        this.#picture.hear({ type: 'clear' });
        break;
      case 'retry':
        if (link.state === 'waiting') {
          link.connect();
        }
        break;
      case 'command':
        link.send(message.name, message.more);
        break;
      case 'say':
        link.say(message.message);
        break;
      case 'rename':
        link.name = message.name;
        link.say({ type: 'name', name: message.name });
        break;
      case 'want-forces':
        link.setForces(message.on);
        break;
      case 'asleep':
        link.setAsleep(message.on);
        break;
      case 'placed':
        this.#tellPlaced();
        break;
      case 'traffic':
        this.#env.post({ type: 'traffic', bytes: link.bytes, clockOffset_ms: link.clockOffset_ms });
        break;
      default:
        this.#picture.hear(message);
    }
  }

  #tellLink() {
    const { link, role, mayDownload } = this.#session;
    const { state, refusal, retryAt_ms, unopened, speaksBinary } = link;
    this.#env.post({
      type: 'link', state, retryAt_ms, unopened, speaksBinary, role, mayDownload,
      refusal: refusal && { title: refusal.title, message: refusal.message, links: refusal.links },
    });
  }

  /** The board's file as it is placed now; null where it cannot be had. */
  async #tellPlaced() {
    const bytes = await this.#session.fetchPlaced().catch(() => null);
    this.#env.post({ type: 'placed', bytes });
  }

  #setBoard(text) {
    this.#fault = '';
    this.#picture.hear({ type: 'board', text });
    return this.#fault;
  }

  #hearPicture(message) {
    if (message.type === 'unreadable') {
      this.#fault = message.message;
    } else {
      this.#env.post(message);
    }
  }

  async #hearSession(message) {
    this.#picture.hear({ type: 'relay', message });
    // Plain JSON has no history.
    if (message.type === 'welcome' && message.instance !== undefined && !message.resumed) {
      const buffer = await this.#session.fetchHistory();
      if (buffer !== null) {
        this.#picture.hear({ type: 'history', buffer });
      }
    }
  }
}
