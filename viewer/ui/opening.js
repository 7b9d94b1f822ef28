// SPDX-License-Identifier: GPL-3.0-or-later

// The board is seen first, and what stands around it comes to life then: the session is joined and
// drawn before the rest of the page (main.js) is asked for, and what is told meanwhile waits.

import { initialLayers } from '../core/layers.js';
import { areColorsSafe, setColorsSafe } from './safe-colors.js';
import { Session } from './session.js';
import { Stage } from './stage.js';

// A board that takes longer is not waited for.
const MOST_ALONE_MS = 1500;

// A module that could not be fetched stays so until the page is loaded anew, which leads nowhere
// while the server is away.
const AGAIN_MS = 2000;

const media = (query) => window.matchMedia(query);
const byId = (id) => document.getElementById(id);

export { areColorsSafe, setColorsSafe };
export const dark = media('(prefers-color-scheme: dark)');
export const contrast = media('(prefers-contrast: more)');
export const reducedMotion = media('(prefers-reduced-motion: reduce)');
export const scheme = () => (dark.matches ? 'dark' : 'light')
  + (contrast.matches ? '-more' : '') + (areColorsSafe() ? '-safe' : '');

let waiting = [];
let on = (message) => {
  waiting.push(message);
  if (message.type === 'drawn' ? message.board
    : message.type === 'link' && message.state !== 'connecting') {
    showRest();
  }
};

// What browsers say where there is no room.
const NO_ROOM = /out of memory|allocation failed|invalid array(buffer)? length/i;

/** Nothing goes on here before the page is loaded anew. */
function showFailure(title, fault) {
  const chip = byId('link-state');
  chip.textContent = 'Stopped';
  chip.dataset.kind = 'bad';
  byId('notice-title').textContent = title;
  byId('notice-text').textContent = NO_ROOM.test(fault)
    ? 'The browser has run out of memory. Close some of its tabs, then reload this page.'
    : `Reload it; what was placed is safe with whoever shares the board. ${fault}`.trim();
  byId('notice-links').replaceChildren();
  byId('notice-retry').hidden = true;
  byId('notice-reload').hidden = false;
  byId('notice-reload').addEventListener('click', () => window.location.reload());
  byId('notice').hidden = false;
  byId('unloaded')?.remove();
}

const timer = setTimeout(showRest, MOST_ALONE_MS);

function showRest() {
  clearTimeout(timer);
  import('./main.js').catch(reloadOnceItCan);
}

async function reloadOnceItCan(error) {
  const part = new URL('./main.js', import.meta.url);
  const answer = await fetch(part, { cache: 'reload' }).catch(() => null);
  const [{ type }] = performance.getEntriesByType('navigation');
  if (answer?.ok && type !== 'reload') {
    window.location.reload();
    return;
  }
  if (answer !== null) {
    showFailure('This page could not be loaded', error.message);
  }
  // One that was loaded anew already, and has all of it, would only do so for ever.
  if (!answer?.ok) {
    setTimeout(() => reloadOnceItCan(error), AGAIN_MS);
  }
}

export const stage = new Stage(byId('canvas'), {
  scheme: scheme(), layers: initialLayers(), module: null, net: -1, selection: [],
  ease: !reducedMotion.matches,
}, (message) => {
  if (message.type === 'failed') {
    showFailure('This page cannot go on', message.fault);
  }
  on(message);
}, byId('minimap'));
export const session = new Session(stage);

/** The address whose session is joined. */
export const opened = window.location.href;
session.join();

/** Hears what the stage tells, from its first message on. */
export function listen(callback) {
  on = callback;
  const messages = waiting;
  waiting = [];
  messages.forEach((message) => callback(message));
}
