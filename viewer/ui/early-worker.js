// SPDX-License-Identifier: GPL-3.0-or-later

// The worker that draws starts before the rest of the page is there: its code is half of all, and
// comes meanwhile.

function start() {
  return new Worker(new URL('worker.js', import.meta.url), { type: 'module' });
}

/** Whether the browser lets a worker draw. */
export const canDraw = window.Worker !== undefined
  && HTMLCanvasElement.prototype.transferControlToOffscreen !== undefined;

let early = canDraw ? start() : null;

/** A worker of one's own. It says 'ready' when it is asked to 'wake'. */
export function takeWorker() {
  const worker = early ?? start();
  early = null;
  return worker;
}
