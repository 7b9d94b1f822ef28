// SPDX-License-Identifier: GPL-3.0-or-later

// What the page says in words and numbers: metrics, events, the tip at the pointer.

import {
  formatBytes, formatChange, formatCount, formatLength, formatNumber,
} from '../core/format.js';
import { PHASES } from '../core/messages.js';

const LEVEL_NAMES = { info: '', warning: 'Warning: ', error: 'Error: ', complete: '' };
const MOST_EVENTS = 200;
const RATE_WINDOW_MS = 3000;

const byId = (id) => document.getElementById(id);

function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

export class Metrics {
  #times_ms = [];
  #steps;

  constructor() {
    this.#steps = PHASES.map(() => document.createElement('i'));
    byId('m-steps').append(...this.#steps);
  }

  /** A frame has come. */
  tick(now_ms) {
    this.#times_ms.push(now_ms);
    if (this.#times_ms.length > 400) {
      this.#times_ms.splice(0, 200);
    }
  }

  /** The state of the run in words; `legal` where it has ended so. */
  showState(text, legal) {
    setText(byId('m-phase'), text);
    byId('m-phase').title = text;
    byId('m-phase').dataset.tone = legal === true ? 'good' : legal === false ? 'bad' : '';
  }

  /** `before_mm`: the wire length of the placement in the file. */
  showFrame(frame, before_mm) {
    const step = PHASES.indexOf(frame?.phase ?? '');
    this.#steps.forEach((node, i) => node.classList.toggle('done', i <= step));
    setText(byId('m-iteration'), formatCount(frame?.iteration ?? null));
    setText(byId('m-energy'), formatNumber(frame?.energy ?? null));
    setText(byId('m-wire'), formatLength(frame?.wireLength_mm ?? null));
    const change = formatChange(frame?.wireLength_mm ?? null, before_mm);
    setText(byId('m-wire-change'), change);
    byId('m-wire-change').dataset.tone = change.startsWith('−') ? 'good' : '';
    const overlaps = byId('m-overlaps');
    setText(overlaps, formatCount(frame?.overlaps ?? null));
    overlaps.dataset.tone = frame?.overlaps > 0 ? 'bad' : frame?.overlaps === 0 ? 'good' : '';
    setText(byId('m-move'), formatLength(frame?.maxMove_mm ?? null));
  }

  showTraffic(now_ms, bytes) {
    while (this.#times_ms.length > 0 && now_ms - this.#times_ms[0] > RATE_WINDOW_MS) {
      this.#times_ms.shift();
    }
    const span_ms = this.#times_ms.at(-1) - this.#times_ms[0];
    const rate = this.#times_ms.length > 2 ? ((this.#times_ms.length - 1) * 1000) / span_ms : 0;
    setText(byId('m-rate'), rate > 0 ? `${rate.toFixed(1)} /s` : '–');
    setText(byId('m-data'), formatBytes(bytes));
  }
}

export class Events {
  #root = byId('log');
  #card = byId('log-card');
  #follows = true;

  /** Shows the newest, until somebody scrolls up to read an older one. */
  constructor() {
    this.#card.addEventListener('scroll', () => {
      const { scrollHeight, scrollTop, clientHeight } = this.#card;
      this.#follows = scrollHeight - scrollTop - clientHeight < 24;
    });
    this.#card.addEventListener('toggle', () => this.#showNewest());
    new ResizeObserver(() => this.#showNewest()).observe(this.#card);
  }

  #showNewest() {
    if (this.#follows) {
      this.#card.scrollTop = this.#card.scrollHeight;
    }
  }

  clear() {
    this.#root.replaceChildren();
    this.#follows = true;
  }

  add(level, message) {
    const item = document.createElement('li');
    const time = document.createElement('time');
    const text = document.createElement('p');
    const now = new Date();
    time.dateTime = now.toISOString();
    time.textContent = now.toTimeString().slice(0, 8);
    item.dataset.level = level;
    const kind = document.createElement('span');
    kind.className = 'visually-hidden';
    kind.textContent = LEVEL_NAMES[level] ?? '';
    text.append(kind, message);
    item.append(time, text);
    this.#root.append(item);
    while (this.#root.childElementCount > MOST_EVENTS) {
      this.#root.firstElementChild.remove();
    }
    this.#showNewest();
  }
}

/** What is under the pointer. */
export class Tip {
  #root = byId('tip');
  #part = -1;

  hide() {
    this.#root.hidden = true;
    this.#part = -1;
  }

  /** At a point of the stage, for a part in its pose [x_mm, y_mm, angle_rad, side]. */
  show(scene, part, pose, x_px, y_px) {
    this.#part = part;
    this.update(scene, pose);
    this.#root.hidden = false;
    const { clientWidth, clientHeight } = this.#root.parentElement;
    const { offsetWidth, offsetHeight } = this.#root;
    const x = x_px + 16 + offsetWidth > clientWidth ? x_px - offsetWidth - 12 : x_px + 16;
    const y = y_px + 18 + offsetHeight > clientHeight ? y_px - offsetHeight - 12 : y_px + 18;
    this.#root.style.transform = `translate(${Math.max(4, x)}px, ${Math.max(4, y)}px)`;
  }

  update(scene, pose) {
    if (this.#part < 0) {
      return;
    }
    const part = scene.parts[this.#part];
    const title = document.createElement('strong');
    title.textContent = part.reference || part.key;
    const lines = [
      part.value,
      scene.modules[part.module] ?? '',
      `${pose[0].toFixed(2)}, ${pose[1].toFixed(2)} mm · ${angle(pose[2])}° · `
        + `${pose[3] === 1 ? 'back' : 'front'}`,
      part.locked ? 'Locked' : part.held ? 'Held in place' : '',
    ].filter((line) => line !== '').map((line) => {
      const node = document.createElement('span');
      node.textContent = line;
      return node;
    });
    this.#root.replaceChildren(title, ...lines);
  }
}

function angle(angle_rad) {
  const degrees = (((angle_rad * 180) / Math.PI) % 360 + 360) % 360;
  return String(Math.round(degrees * 10) / 10);
}
