// SPDX-License-Identifier: GPL-3.0-or-later

// Sessions side by side: one camera for all, and how their numbers differ.

import { compare, readSessions } from '../core/comparison.js';
import { initialLayers } from '../core/layers.js';
import { Pointer } from './pointer.js';
import { Session } from './session.js';
import { Stage } from './stage.js';
import { setText } from './text.js';

const UPDATE_MS = 250;

const byId = (id) => document.getElementById(id);
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const scheme = () => (dark.matches ? 'dark' : 'light');
const reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)');
const NOBODY = { allowed: false, moving: false, mayMove: () => false };

const LINK_WORDS = {
  live: ['Connected', 'live'], connecting: ['Connecting', 'wait'],
  waiting: ['Reconnecting', 'wait'], refused: ['Not connected', 'bad'], idle: ['', 'idle'],
  failed: ['Stopped', 'bad'],
};

/** What is done to one picture is done to all. */
export const stages = [];
const chorus = {
  move: (step, ...values) => stages.forEach((stage) => stage.move(step, ...values)),
  send: () => {},
};

class Pane {
  frame = null;
  name = '';

  constructor({ id, token }) {
    const root = document.createElement('section');
    const head = document.createElement('header');
    const canvas = document.createElement('canvas');
    this.title = document.createElement('h2');
    this.chip = document.createElement('p');
    this.note = document.createElement('p');
    root.className = 'pane';
    this.chip.className = 'chip';
    this.note.className = 'pane-note';
    canvas.tabIndex = 0;
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', 'The board');
    head.append(this.title, this.chip);
    root.append(head, canvas, this.note);
    byId('panes').append(root);
    this.stage = new Stage(canvas, {
      scheme: scheme(), layers: initialLayers(), module: null, net: -1, selected: -1,
      ease: !reducedMotion.matches,
    }, (message) => this.#hear(message));
    stages.push(this.stage);
    new Pointer(canvas, { ...chorus, send: (message) => this.stage.send(message) }, NOBODY,
                { point: () => {}, pick: () => {}, selected: () => -1 });
    this.session = new Session(this.stage);
    this.session.join({ hash: `#${token}`, href: new URL(`s/${id}/`, document.baseURI).href });
  }

  #hear(message) {
    if (message.type === 'scene') {
      this.name = message.scene.name;
      setText(this.title, this.name);
    } else if (message.type === 'link') {
      this.session.hear(message);
      this.#showLink();
    } else if (message.type === 'failed') {
      this.session.state = 'failed';
      this.#showLink();
      setText(this.note, `This page cannot go on: load it anew. ${message.fault}`);
    } else if (message.type === 'frame') {
      this.frame = message.frame;
    }
  }

  #showLink() {
    const { state, refusal } = this.session;
    const [text, kind] = LINK_WORDS[state];
    setText(this.chip, text);
    this.chip.dataset.kind = kind;
    setText(this.note, refusal === null ? '' : `${refusal.title}. ${refusal.message}`);
  }
}

const panes = readSessions(window.location.hash).map((session) => new Pane(session));

function showDifferences() {
  const rows = compare(panes.map(({ frame }) => frame));
  byId('names').replaceChildren(document.createElement('td'), ...panes.map(({ name }) => {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = name || '–';
    return cell;
  }));
  byId('rows').replaceChildren(...rows.map(({ name, cells }) => {
    const row = document.createElement('tr');
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = name;
    row.append(head, ...cells.map(({ text, change, better }) => {
      const cell = document.createElement('td');
      const small = document.createElement('small');
      small.textContent = change;
      small.dataset.tone = better ? 'good' : '';
      cell.append(`${text} `, small);
      return cell;
    }));
    return row;
  }));
}

if (panes.length < 2) {
  setText(byId('fault'), 'The address names fewer than two sessions: it is /compare#ID:TOKEN,'
    + 'ID:TOKEN, of what stands in the links to them.');
}
document.addEventListener('visibilitychange', () =>
  panes.forEach(({ session }) => session.setAsleep(document.hidden)));
document.addEventListener('keydown', ({ key, ctrlKey, altKey, metaKey }) => {
  const steps = { 0: ['fit'], b: ['flip'] };
  if (!ctrlKey && !altKey && !metaKey && Object.hasOwn(steps, key)) {
    chorus.move(...steps[key]);
  } else if (key === '+' || key === '-') {
    chorus.move('zoomAt', ...stages[0].middle, key === '+' ? 1.3 : 1 / 1.3);
  }
});
dark.addEventListener('change', () =>
  stages.forEach((stage) => stage.change({ scheme: scheme() })));
window.addEventListener('hashchange', () => window.location.reload());
setInterval(() => {
  if (!document.hidden) {
    showDifferences();
  }
}, UPDATE_MS);
showDifferences();
