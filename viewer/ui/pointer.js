// SPDX-License-Identifier: GPL-3.0-or-later

// Mouse, touch and pen on the canvas: drag pans, wheel and pinch zoom where the pointer is,
// a double click zooms in. `onPoint ({ x, y })` hears what the pointer is over, or null, and
// `onPick ({ x, y })` what was clicked.

const WHEEL_STEP = 0.0016;
const PINCH_STEP = 0.011;
const LINE_PX = 18;
const PAGE_PX = 400;
const TAP_PX = 6;

export class Pointer {
  #canvas;
  #stage;
  #onPoint;
  #onPick;
  #pointers = new Map();
  #travel = 0;

  constructor(canvas, stage, onPoint, onPick) {
    this.#canvas = canvas;
    this.#stage = stage;
    this.#onPoint = onPoint;
    this.#onPick = onPick;
    canvas.addEventListener('pointerdown', (event) => this.#down(event));
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    canvas.addEventListener('pointerup', (event) => this.#up(event, true));
    canvas.addEventListener('pointercancel', (event) => this.#up(event, false));
    canvas.addEventListener('pointerleave', () => onPoint(null));
    canvas.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    canvas.addEventListener('dblclick', (event) => {
      const { x, y } = this.#at(event);
      stage.move('zoomAt', x, y, 2);
    });
  }

  #at(event) {
    const { left, top } = this.#canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  #down(event) {
    if (event.pointerType === 'mouse' && event.button > 1) {
      return;
    }
    this.#canvas.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, this.#at(event));
    this.#travel = this.#pointers.size > 1 ? Infinity : 0;
  }

  #move(event) {
    const to = this.#at(event);
    const from = this.#pointers.get(event.pointerId);
    if (from === undefined) {
      this.#onPoint(to);
      return;
    }
    this.#travel += Math.hypot(to.x - from.x, to.y - from.y);
    if (this.#travel > TAP_PX) {
      this.#canvas.classList.add('dragging');
      this.#onPoint(null);
    }
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other === undefined) {
      this.#stage.move('pan', to.x - from.x, to.y - from.y);
    } else {
      const middle = (p) => ({ x: (p.x + other.x) / 2, y: (p.y + other.y) / 2 });
      const apart = (p) => Math.max(1, Math.hypot(p.x - other.x, p.y - other.y));
      this.#stage.move('pinch', middle(from), middle(to), apart(to) / apart(from));
    }
    this.#pointers.set(event.pointerId, to);
  }

  #up(event, done) {
    if (this.#pointers.delete(event.pointerId) && done && this.#travel <= TAP_PX) {
      this.#onPoint(this.#at(event));
      this.#onPick(this.#at(event));
    }
    if (this.#pointers.size === 0) {
      this.#canvas.classList.remove('dragging');
    }
  }

  #wheel(event) {
    event.preventDefault();
    const unit = [1, LINE_PX, PAGE_PX][event.deltaMode] ?? 1;
    const step = event.ctrlKey ? PINCH_STEP : WHEEL_STEP;
    const delta = Math.min(600, Math.max(-600, event.deltaY * unit));
    const { x, y } = this.#at(event);
    this.#stage.move('zoomAt', x, y, Math.exp(-delta * step));
  }
}
