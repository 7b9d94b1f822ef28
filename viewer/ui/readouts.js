// SPDX-License-Identifier: GPL-3.0-or-later

// What the page says in words and numbers: metrics, events, the tip at the pointer.

import {
  formatBytes, formatChange, formatCount, formatLength, formatNumber,
} from '../core/format.js';
import { PHASES } from '../core/messages.js';
import { seldom } from './seldom.js';
import { netFacts, setText } from './text.js';

const LEVEL_NAMES = { info: '', warning: 'Warning: ', error: 'Error: ', complete: '' };
const MOST_EVENTS = 200;
const SHOWN_MS = 100;
const RATE_WINDOW_MS = 3000;
const MOST_NAMED = 12;

const byId = (id) => document.getElementById(id);

export class Metrics {
  #times_ms = [];
  #age_ms = null;
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

  /** A frame of that age was drawn. */
  noteAge(age_ms) {
    this.#age_ms = Math.max(0, age_ms);
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
    for (const name of ['overlaps', 'outside']) {
      const count = frame?.[name] ?? null;
      setText(byId(`m-${name}`), formatCount(count));
      byId(`m-${name}`).dataset.tone = count > 0 ? 'bad' : count === 0 ? 'good' : '';
    }
    setText(byId('m-move'), formatLength(frame?.maxMove_mm ?? null));
  }

  showTraffic(now_ms, bytes) {
    while (this.#times_ms.length > 0 && now_ms - this.#times_ms[0] > RATE_WINDOW_MS) {
      this.#times_ms.shift();
    }
    const span_ms = this.#times_ms.at(-1) - this.#times_ms[0];
    const rate = this.#times_ms.length > 2 ? ((this.#times_ms.length - 1) * 1000) / span_ms : 0;
    setText(byId('m-rate'), rate > 0 ? `${rate.toFixed(1)} /s` : '–');
    const age = rate > 0 && this.#age_ms !== null ? `${formatCount(this.#age_ms)} ms old` : '';
    setText(byId('m-age'), age);
    setText(byId('m-data'), formatBytes(bytes));
  }
}

export class Events {
  #root = byId('log');
  #card = byId('log-card');
  #follows = true;
  #waiting = [];

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
    this.#waiting = [];
    this.#root.replaceChildren();
    this.#follows = true;
  }

  /** They may come by thousands: the newest are shown, together. */
  add(level, message) {
    this.#waiting.push(Events.#item(level, message));
    if (this.#waiting.length > 2 * MOST_EVENTS) {
      this.#waiting.splice(0, MOST_EVENTS);
    }
    this.#show();
  }

  #show = seldom(() => {
    this.#root.append(...this.#waiting.splice(0));
    while (this.#root.childElementCount > MOST_EVENTS) {
      this.#root.firstElementChild.remove();
    }
    this.#showNewest();
  }, SHOWN_MS);

  static #item(level, message) {
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
    return item;
  }
}

function line(text) {
  const node = document.createElement('span');
  node.textContent = text;
  return node;
}

function angle(angle_rad) {
  const degrees = (((angle_rad * 180) / Math.PI) % 360 + 360) % 360;
  return String(Math.round(degrees * 10) / 10);
}

/** What is to be said of a part, line by line, in its pose [x_mm, y_mm, angle_rad, side]. */
function factsOf(scene, part, pose, held) {
  return [
    part.value,
    scene.modules[part.module] ?? '',
    `${pose[0].toFixed(2)}, ${pose[1].toFixed(2)} mm · ${angle(pose[2])}° · `
      + `${pose[3] === 1 ? 'back' : 'front'}`,
    part.locked ? 'Locked in the board' : !held ? '' : part.held ? 'Held in place'
      : 'Held by hand',
  ].filter((text) => text !== '');
}

/** What is under the pointer. */
export class Tip {
  #root = byId('tip');

  hide() {
    if (!this.#root.hidden) {
      this.#root.hidden = true;
    }
  }

  /** Shows what the picture tells of the pointer ('hover'). */
  show(scene, { part: i, at, pose, pad, padNumber, net, forces }, isHeld) {
    const part = scene?.parts[i];
    if (part === undefined) {
      this.hide();
      return;
    }
    const title = document.createElement('strong');
    title.textContent = part.reference || part.key;
    const facts = factsOf(scene, part, pose, isHeld(i));
    if (pad >= 0) {
      facts.unshift(`Pad ${padNumber || '–'} · ${scene.nets[net]?.name ?? 'no net'}`);
    }
    if (scene.nets[net]?.netClass > 0) {
      facts.splice(1, 0, `Net class ${scene.netClasses[scene.nets[net].netClass]}`);
    }
    if (forces.length > 0) {
      facts.push(`Pulled by ${[...new Set(forces.map(({ kind }) => kind))].join(', ')}`);
    }
    this.#root.replaceChildren(title, ...facts.map(line));
    this.#root.hidden = false;
    const { clientWidth, clientHeight } = this.#root.parentElement;
    const { offsetWidth, offsetHeight } = this.#root;
    const x = at.x + 16 + offsetWidth > clientWidth ? at.x - offsetWidth - 12 : at.x + 16;
    const y = at.y + 18 + offsetHeight > clientHeight ? at.y - offsetHeight - 12 : at.y + 18;
    this.#root.style.transform = `translate(${Math.max(4, x)}px, ${Math.max(4, y)}px)`;
  }
}

/** The part and the net that are marked, beside the board. */
export class Selection {
  #root = byId('selection');
  #title = byId('selection-title');
  #facts = byId('selection-facts');
  #nets = byId('selection-nets');
  #shown = null;
  #chooseNet;

  /** `chooseNet (net)` hears a net that is to be marked, `clear ()` that nothing is. */
  constructor(chooseNet, clear) {
    this.#chooseNet = chooseNet;
    byId('selection-close').addEventListener('click', clear);
  }

  /**
   * `parts` and `net`: indexes, or −1; `pose` of an only part may be null; `holder`: who else moves
   * it.
   */
  show(scene, parts, net, pose, held, holder) {
    const [part] = parts.length === 1 ? parts : [-1];
    const chosen = scene?.parts[part];
    const marked = scene?.nets[net];
    this.#root.hidden = parts.length === 0 && marked === undefined;
    byId('select-net').hidden = marked === undefined || parts.length > 0;
    if (this.#root.hidden) {
      this.#shown = null;
      return;
    }
    if (parts.length > 1) {
      this.#showMany(scene, parts);
      return;
    }
    setText(this.#title, chosen ? chosen.reference || chosen.key : marked.name);
    const facts = chosen && pose ? factsOf(scene, chosen, pose, held)
      : chosen ? [chosen.value] : [`Net of ${netFacts(scene, marked)}`];
    if (chosen && holder !== '') {
      facts.push(`${holder} is moving it`);
    }
    setText(this.#facts, facts.join('\n'));
    const key = `${part} ${net}`;
    if (this.#shown !== key) {
      this.#shown = key;
      const nets = chosen ? chosen.nets : [];
      this.#nets.replaceChildren(...nets.slice(0, 40).map((i) => this.#button(scene, i, net)));
    }
  }

  #showMany(scene, parts) {
    const names = parts.slice(0, MOST_NAMED).map((i) => scene.parts[i].reference
      || scene.parts[i].key);
    this.#shown = null;
    setText(this.#title, `${parts.length} parts`);
    setText(this.#facts, names.join(', ') + (parts.length > MOST_NAMED ? ' …' : ''));
    this.#nets.replaceChildren();
  }

  #button(scene, i, marked) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = scene.nets[i].name;
    button.setAttribute('aria-pressed', String(i === marked));
    button.addEventListener('click', () => this.#chooseNet(i === marked ? -1 : i));
    return button;
  }
}

const CURVES = { energy: 'c-energy', wireLength_mm: 'c-wire', overlaps: 'c-overlaps' };

/** The course of the run under its numbers. */
export class Curves {
  #drawnFor = null;

  update(history) {
    const { samples } = history;
    if (this.#drawnFor === samples.at(-1)) {
      return;
    }
    this.#drawnFor = samples.at(-1);
    for (const [name, id] of Object.entries(CURVES)) {
      const points = history.curve(name)
        .map(([x, y]) => `${(x * 100).toFixed(2)},${(1 + y * 18).toFixed(2)}`).join(' ');
      byId(id).setAttribute('points', points);
    }
  }
}
