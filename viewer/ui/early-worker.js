// SPDX-License-Identifier: GPL-3.0-or-later

// The worker that draws starts before the rest of the page is there: its code is half of all, and
// comes meanwhile.

function start() {
  try {
    const worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module' });
    // Whoever takes the worker may come later than its end.
    const failed = new Promise((resolve) => { worker.onerror = resolve; });
    return { worker, failed };
  } catch {
    return null;
  }
}

/** Whether the browser lets a worker draw. */
const canDraw = window.Worker !== undefined
  && HTMLCanvasElement.prototype.transferControlToOffscreen !== undefined;

let early = canDraw ? start() : null;

/**
 * { worker, failed }: a worker of one's own, which says whether it 'draws' when it is asked to
 * 'wake', and a Promise of the first thing that goes wrong in it. Null where there is none.
 */
export function takeWorker() {
  const taken = early ?? (canDraw ? start() : null);
  early = null;
  return taken;
}
