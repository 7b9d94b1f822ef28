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

const timer = setTimeout(showRest, MOST_ALONE_MS);

function showRest() {
  clearTimeout(timer);
  import('./main.js').catch(reloadOnceItCan);
}

async function reloadOnceItCan() {
  const part = new URL('./main.js', import.meta.url);
  const answer = await fetch(part, { cache: 'reload' }).catch(() => null);
  if (answer?.ok) {
    window.location.reload();
  } else {
    setTimeout(reloadOnceItCan, AGAIN_MS);
  }
}

export const stage = new Stage(byId('canvas'), {
  scheme: scheme(), layers: initialLayers(), module: null, net: -1, selection: [],
  ease: !reducedMotion.matches,
}, (message) => on(message), byId('minimap'));
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
