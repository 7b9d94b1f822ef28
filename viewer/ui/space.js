// SPDX-License-Identifier: GPL-3.0-or-later

// The board in space, in a dialog: by WebGL 2 where there is graphics hardware, else with fewer
// faces on a 2D canvas, and it says so. It asks the picture where parts are, so it moves live.

import { Orbit } from '../core/orbit.js';
import { FlatPainter } from '../core/solid-painter.js';
import { themeFor } from '../core/theme.js';
import { setText } from './text.js';
import { SolidRenderer } from './webgl.js';

const UPDATE_MS = 100;
const byId = (id) => document.getElementById(id);

export class Space {
  #stage;
  #dialog = byId('space');
  #orbit = new Orbit();
  #board = null;
  #scheme;
  #painter = null;
  #canvas = null;
  #poses = null;
  #request = 0;
  #timer = 0;
  #pointers = new Map();

  /** `scheme ()` is that of the page. */
  constructor(stage, scheme) {
    this.#stage = stage;
    this.#scheme = scheme;
    byId('close-space').addEventListener('click', () => this.#dialog.close());
    this.#dialog.addEventListener('close', () => this.#end());
    this.#dialog.addEventListener('keydown', (event) => this.#press(event));
    new ResizeObserver(() => this.#draw()).observe(this.#dialog);
  }

  /** Takes the scene as the picture has read it. */
  setScene(scene) {
    this.#board = scene;
    this.#orbit.setBox(scene.box);
    this.#painter = null;
    if (this.#dialog.open) {
      this.#begin();
    }
  }

  open() {
    this.#dialog.showModal();
    this.#stage.send({ type: 'solids' });
    this.#stage.send({ type: 'poses' });
    this.#timer = setInterval(() => {
      if (!document.hidden) {
        this.#stage.send({ type: 'poses' });
      }
    }, UPDATE_MS);
  }

  #end() {
    clearInterval(this.#timer);
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.#painter?.dispose?.();
    this.#painter = null;
    this.#canvas?.remove();
    this.#canvas = null;
  }

  /** Where parts are now. */
  setPoses(poses) {
    this.#poses = poses;
    if (this.#dialog.open) {
      this.#draw();
    }
  }

  #begin() {
    this.#end();
    this.#timer = setInterval(() => this.#stage.send({ type: 'poses' }), UPDATE_MS);
    this.#newCanvas();
    const theme = themeFor(this.#scheme(), this.#board.colors);
    this.#painter = SolidRenderer.make(this.#canvas, this.#board, theme);
    setText(byId('space-note'), '');
    if (this.#painter === null) {
      // A canvas that was asked for WebGL gives no other context.
      this.#newCanvas();
      this.#painter = new FlatPainter(this.#canvas.getContext('2d'), this.#board, theme);
      setText(byId('space-note'),
              'Without graphics hardware the board is drawn with fewer faces here.');
    }
    this.#draw();
  }

  #newCanvas() {
    this.#canvas?.remove();
    this.#canvas = document.createElement('canvas');
    this.#canvas.tabIndex = 0;
    this.#canvas.id = 'space-canvas';
    this.#canvas.setAttribute('role', 'img');
    this.#canvas.setAttribute('aria-label', 'The board in space. Arrows turn it.');
    byId('space-stage').append(this.#canvas);
    this.#canvas.addEventListener('pointerdown', (event) => {
      this.#canvas.setPointerCapture(event.pointerId);
      this.#pointers.set(event.pointerId, [event.clientX, event.clientY]);
    });
    this.#canvas.addEventListener('pointermove', (event) => this.#move(event));
    for (const type of ['pointerup', 'pointercancel']) {
      this.#canvas.addEventListener(type, ({ pointerId }) => this.#pointers.delete(pointerId));
    }
    this.#canvas.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.#orbit.zoomBy(Math.exp(-Math.min(600, Math.max(-600, event.deltaY)) * 0.0016));
      this.#draw();
    }, { passive: false });
  }

  #move({ pointerId, clientX, clientY }) {
    const from = this.#pointers.get(pointerId);
    if (from === undefined) {
      return;
    }
    const other = [...this.#pointers].find(([id]) => id !== pointerId)?.[1];
    if (other === undefined) {
      this.#orbit.turn(clientX - from[0], clientY - from[1]);
    } else {
      const apart = (x, y) => Math.max(1, Math.hypot(x - other[0], y - other[1]));
      this.#orbit.zoomBy(apart(clientX, clientY) / apart(...from));
    }
    this.#pointers.set(pointerId, [clientX, clientY]);
    this.#draw();
  }

  #press(event) {
    const turns = { ArrowLeft: [-20, 0], ArrowRight: [20, 0], ArrowUp: [0, -20],
                    ArrowDown: [0, 20] };
    if (Object.hasOwn(turns, event.key)) {
      this.#orbit.turn(...turns[event.key]);
    } else if (event.key === '+' || event.key === '=') {
      this.#orbit.zoomBy(1.3);
    } else if (event.key === '-') {
      this.#orbit.zoomBy(1 / 1.3);
    } else {
      return;
    }
    event.preventDefault();
    this.#draw();
  }

  #draw() {
    if (this.#request === 0) {
      this.#request = requestAnimationFrame(() => this.#drawNow());
    }
  }

  #drawNow() {
    this.#request = 0;
    if (this.#painter === null || this.#poses === null) {
      return;
    }
    const { clientWidth, clientHeight } = byId('space-stage');
    const dpr = Math.min(2, window.devicePixelRatio || 1);
    const width = Math.max(1, Math.round(clientWidth * dpr));
    const height = Math.max(1, Math.round(clientHeight * dpr));
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    this.#painter.draw(this.#orbit, this.#poses);
    this.#canvas.dataset.drawn = String(Number(this.#canvas.dataset.drawn ?? 0) + 1);
  }
}
