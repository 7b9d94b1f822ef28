// SPDX-License-Identifier: GPL-3.0-or-later

// The canvas on the page. The session that it shows is read and drawn by a Watch: in a worker,
// where the browser draws from there, else here. Until that is known, messages to it wait.

import { scaleStep } from '../core/camera.js';
import { takeWorker } from './early-worker.js';

const MAX_PIXEL_RATIO = 3;

// A worker that has not said a word by then never will.
const WORKER_MS = 20_000;

// Half a minute of a page that is seen. What it does longest, reading a board as large as any,
// takes some seconds.
const MOST_UNHEARD = 60;

export class Stage {
  #canvas;
  #minimap;
  #minimapSize = null;
  #on;
  #waiting = [];
  #deliver = null;
  #snapshots = new Map();
  #snapshotCount = 0;
  #camera = { scale: 1, x_mm: 0, y_mm: 0, flip: 1 };
  #unheard = 0;
  #giveUp = () => {};
  #failed = false;

  /** What is shown how: see Picture. */
  look;

  /** The side that is seen: 0 front, 1 back. */
  side = 0;

  /** Hears of each picture that was drawn: { ms, age_ms } among what Picture tells. */
  onDrawn = () => {};

  /** 'worker' or 'page' once it is known who draws. */
  drawnBy = null;

  /**
   * `look` begins as given; `on (message)` hears what Watch tells, and where it does not go on,
   * that it has 'failed', with a `fault` in words; `minimap`: a small canvas.
   */
  constructor(canvas, look, on, minimap = null) {
    this.#canvas = canvas;
    this.#minimap = minimap;
    this.#on = on;
    this.look = look;
    this.change(look);
    this.#start();
    new ResizeObserver(() => this.#resize()).observe(canvas);
    this.#resize();
  }

  send(message) {
    if (this.#deliver === null) {
      this.#waiting.push(message);
    } else {
      this.#deliver(message);
    }
  }

  /** Shows it otherwise: some of the look anew. */
  change(look) {
    this.look = { ...this.look, ...look };
    this.send({ type: 'look', ...look });
  }

  /** A step of the camera: 'pan', 'zoomAt', 'pinch', 'fit', 'flip', 'show' or 'minimap'. */
  move(step, ...values) {
    this.send({ type: 'camera', step, values });
  }

  /** Brings to the middle what lies under a pointer that is over the minimap. */
  moveTo({ clientX, clientY }) {
    const { left, top } = this.#minimap.getBoundingClientRect();
    this.move('minimap', clientX - left, clientY - top);
  }

  /** The middle of the canvas. */
  get middle() {
    return [this.#canvas.clientWidth / 2, this.#canvas.clientHeight / 2];
  }

  /** { length_mm, width_px } of a scale bar that suits the picture. */
  scaleBar() {
    const length_mm = scaleStep(this.#camera.scale, 130);
    return { length_mm, width_px: length_mm * this.#camera.scale };
  }

  /** Where a point of the board is on the canvas, in what was drawn last. */
  toScreen(x_mm, y_mm) {
    const { scale, flip, x_mm: x, y_mm: y } = this.#camera;
    const [left, top] = this.middle;
    return { x: left + flip * (x_mm - x) * scale, y: top + (y_mm - y) * scale };
  }

  /** The picture as a 'png' or 'svg'. */
  snapshot(kind = 'png') {
    return new Promise((resolve) => {
      const id = this.#snapshotCount++;
      this.#snapshots.set(id, resolve);
      this.send({ type: 'snapshot', id, kind });
    });
  }

  /** Asks for what is always answered, now and then while the page is seen. */
  askTraffic() {
    this.send({ type: 'traffic' });
    if (this.drawnBy === 'worker' && ++this.#unheard > MOST_UNHEARD) {
      this.#giveUp('What draws the board does not answer any more.');
    }
  }

  #start() {
    const taken = takeWorker();
    if (taken === null) {
      this.#drawHere();
      return;
    }
    const { worker, failed } = taken;
    const timer = setTimeout(() => this.#giveUp(''), WORKER_MS);
    this.#giveUp = (fault) => {
      clearTimeout(timer);
      worker.onmessage = null;
      worker.terminate();
      if (this.drawnBy === null) {
        this.#drawHere();
      } else {
        this.#fail(fault);
      }
    };
    failed.then(({ message }) => this.#giveUp(message ?? ''));
    worker.onmessage = ({ data }) => {
      if (data.type !== 'ready') {
        this.#hear(data);
      } else if (data.draws) {
        clearTimeout(timer);
        this.#handOver(worker);
      } else {
        this.#giveUp('');
      }
    };
    worker.postMessage({ type: 'wake' });
  }

  #handOver(worker) {
    const canvas = this.#canvas.transferControlToOffscreen();
    const minimap = this.#minimap?.transferControlToOffscreen() ?? null;
    worker.postMessage({ type: 'canvas', canvas, minimap },
                       [canvas, minimap].filter((one) => one !== null));
    this.#begin('worker', (message) => worker.postMessage(message));
  }

  async #drawHere() {
    this.#giveUp = () => {};
    try {
      // A page whose worker draws never loads it.
      const { Watch } = await import('../core/watch.js');
      const watch = new Watch({
        canvas: this.#canvas,
        minimap: this.#minimap,
        makeCanvas: () => document.createElement('canvas'),
        Path2D: window.Path2D,
        requestFrame: (draw) => window.requestAnimationFrame(this.#guarded(draw)),
        cancelFrame: (request) => window.cancelAnimationFrame(request),
        setTimeout: (callback, delay_ms) => window.setTimeout(callback, delay_ms),
        now: () => performance.timeOrigin + performance.now(),
        // Later, as a worker would.
        post: (message) => queueMicrotask(() => this.#hear(message)),
      });
      this.#begin('page', this.#guarded((message) => watch.hear(message)));
    } catch (error) {
      this.#fail(error.message);
    }
  }

  #guarded(act) {
    return (value) => {
      try {
        act(value);
      } catch (error) {
        this.#fail(error.message);
      }
    };
  }

  /** Nobody draws any more, nor listens. */
  #fail(fault) {
    if (!this.#failed) {
      this.#failed = true;
      this.#deliver = () => {};
      this.#waiting = [];
      this.#on({ type: 'failed', fault });
    }
  }

  #begin(drawnBy, deliver) {
    this.drawnBy = drawnBy;
    this.#deliver = deliver;
    this.#canvas.dataset.drawnBy = drawnBy;
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach((message) => deliver(message));
  }

  /** As large as it was drawn; `size` null: there is none to be seen. */
  #showMinimap(size) {
    const key = size && `${size.width} ${size.height}`;
    if (this.#minimapSize !== key && this.#minimap !== null) {
      this.#minimapSize = key;
      this.#minimap.hidden = size === null;
      this.#minimap.style.width = `${size?.width ?? 0}px`;
      this.#minimap.style.height = `${size?.height ?? 0}px`;
    }
  }

  #resize() {
    const { width, height } = this.#canvas.getBoundingClientRect();
    const dpr = Math.min(MAX_PIXEL_RATIO, window.devicePixelRatio || 1);
    this.send({ type: 'size', width, height, dpr });
  }

  #hear(message) {
    this.#unheard = 0;
    if (this.#failed) {
      return;
    }
    if (message.type === 'drawn') {
      this.#camera = message.camera;
      this.side = message.camera.flip < 0 ? 1 : 0;
      this.#showMinimap(message.minimap);
      this.#canvas.dataset.moving = String(message.moving);
      this.#canvas.dataset.drawn = String(message.count);
      if (message.board) {
        this.#canvas.dataset.firstDrawn ??= String(Math.round(performance.now()));
      }
      this.onDrawn(message);
    } else if (message.type === 'snapshot') {
      this.#snapshots.get(message.id)?.(message.blob);
      this.#snapshots.delete(message.id);
    }
    this.#on(message);
  }
}
