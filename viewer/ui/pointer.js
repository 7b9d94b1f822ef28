// SPDX-License-Identifier: GPL-3.0-or-later

// Mouse, touch and pen on the canvas: a drag takes the part that it begins on, with all that is
// selected where it is one of these and parts may be moved, else it pans; with Shift it draws a
// box round parts to select, and a click adds one. Wheel and pinch zoom where the pointer is, a
// double click zooms in. With a finger a part is taken once it is selected, or pressed for long.

const WHEEL_STEP = 0.0016;
const PINCH_STEP = 0.011;
const LINE_PX = 18;
const PAGE_PX = 400;
const TAP_PX = 6;
const LONG_PRESS_MS = 500;

export class Pointer {
  #canvas;
  #stage;
  #hands;
  #on;
  #pointers = new Map();
  #travel = 0;
  #start = null;
  #grab = 0;
  #mode = 'pan';
  #longPress = 0;
  #moves = false;
  #box = document.getElementById('box');
  // What follows a drag that is over, until the picture has told what it was of.
  #later = [];

  /** Where it is over the canvas; null: nowhere. */
  at = null;

  /**
   * `on`: { point ({ x, y } or null): what the pointer is over, pick ({ x, y }, more): what was
   * clicked (`more`: besides what is selected), box (from, to): around what is to be selected,
   * selected (): the selected parts }.
   */
  constructor(canvas, stage, hands, on) {
    this.#canvas = canvas;
    this.#stage = stage;
    this.#hands = hands;
    this.#on = on;
    const hear = (type, act) => canvas.addEventListener(type, (event) => {
      this.#inOrder(() => act(event));
    });
    // Not later: by then the pointer may be gone.
    canvas.addEventListener('pointerdown', ({ pointerId }) => canvas.setPointerCapture(pointerId));
    hear('pointerdown', (event) => this.#down(event));
    hear('pointermove', (event) => this.#move(event));
    hear('pointerup', (event) => this.#up(event, true));
    hear('pointercancel', (event) => this.#up(event, false));
    hear('pointerleave', () => this.#point(null));
    canvas.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    canvas.addEventListener('contextmenu', (event) => event.preventDefault());
    canvas.addEventListener('dblclick', (event) => {
      const { x, y } = this.#at(event);
      stage.move('zoomAt', x, y, 2);
    });
  }

  /** The picture has looked what lies where a press began. */
  grabbed({ id, free, part, parts, poses }) {
    if (free) {
      this.#hands.grabbed(poses);
      return;
    }
    if (id !== this.#grab || this.#mode !== 'asking') {
      return;
    }
    const taken = this.#hands.mayMove(part)
      && (this.#start.type !== 'touch' || this.#start.long || this.#on.selected().includes(part));
    this.#mode = taken ? 'part' : 'pan';
    this.#moves = false;
    this.#start.parts = parts;
    this.#start.poses = poses;
    const now = this.#start.released ?? [...this.#pointers.values()][0];
    if (this.#travel > TAP_PX) {
      this.#drag(this.#start, now);
    } else if (taken && this.#start.long) {
      this.#take();
    }
    if (this.#start.released) {
      this.#putDown();
      this.#start.released = null;
      this.#later.splice(0).forEach((act) => this.#inOrder(act));
    }
  }

  #inOrder(act) {
    if (this.#start?.released) {
      this.#later.push(act);
    } else {
      act();
    }
  }

  #at(event) {
    const { left, top } = this.#canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  #point(at) {
    this.at = at;
    this.#on.point(at);
  }

  #down(event) {
    if (event.pointerType === 'mouse' && event.button > 1) {
      return;
    }
    const at = this.#at(event);
    if (this.#hands.moving && this.#pointers.size === 0) {
      this.#hands.drop(at);
      return;
    }
    this.#pointers.set(event.pointerId, at);
    this.#travel = 0;
    if (this.#pointers.size > 1) {
      this.#travel = Infinity;
      this.#putDown();
      return;
    }
    this.#start = { ...at, type: event.pointerType, long: false, released: null };
    this.#mode = event.shiftKey && event.button === 0 ? 'box' : 'pan';
    if (event.button === 0 && this.#mode === 'pan') {
      this.#ask();
      this.#longPress = event.pointerType === 'touch'
        ? setTimeout(() => this.#pressLong(), LONG_PRESS_MS) : 0;
    }
  }

  #ask() {
    if (this.#hands.allowed) {
      this.#mode = 'asking';
      this.#stage.send({ type: 'grab', at: { x: this.#start.x, y: this.#start.y },
                         id: ++this.#grab, parts: this.#hands.movable });
    }
  }

  /** A finger that rests tells what it rests on, as a mouse does, and takes it. */
  #pressLong() {
    if (this.#pointers.size === 1 && this.#travel <= TAP_PX) {
      this.#start.long = true;
      this.#on.point({ x: this.#start.x, y: this.#start.y });
      this.#on.pick({ x: this.#start.x, y: this.#start.y }, false);
      this.#ask();
    }
  }

  #take() {
    this.#moves = true;
    this.#hands.begin(this.#start.parts, this.#start.poses);
    this.#canvas.classList.add('moving');
  }

  #putDown() {
    clearTimeout(this.#longPress);
    if (this.#moves) {
      this.#hands.drop();
    }
    this.#moves = false;
    this.#mode = 'pan';
    this.#canvas.classList.remove('moving');
  }

  #drag(from, to) {
    if (this.#mode === 'pan') {
      this.#stage.move('pan', to.x - from.x, to.y - from.y);
    } else if (this.#mode === 'part') {
      if (!this.#moves) {
        this.#take();
      }
      this.#stage.send({ type: 'carry', at: to });
    } else if (this.#mode === 'box') {
      this.#showBox(this.#start, to);
    }
  }

  #showBox(from, to) {
    const { style } = this.#box;
    style.left = `${Math.min(from.x, to.x)}px`;
    style.top = `${Math.min(from.y, to.y)}px`;
    style.width = `${Math.abs(to.x - from.x)}px`;
    style.height = `${Math.abs(to.y - from.y)}px`;
    this.#box.classList.toggle('touching', to.x < from.x);
    this.#box.hidden = false;
  }

  #move(event) {
    const to = this.#at(event);
    const from = this.#pointers.get(event.pointerId);
    if (from === undefined) {
      if (this.#hands.moving) {
        this.#stage.send({ type: 'carry', at: to });
      }
      this.#point(to);
      return;
    }
    this.#pointers.set(event.pointerId, to);
    this.#travel += Math.hypot(to.x - from.x, to.y - from.y);
    if (this.#travel > TAP_PX) {
      clearTimeout(this.#longPress);
      this.#canvas.classList.add('dragging');
      this.#point(null);
    }
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other !== undefined) {
      const middle = (p) => ({ x: (p.x + other.x) / 2, y: (p.y + other.y) / 2 });
      const apart = (p) => Math.max(1, Math.hypot(p.x - other.x, p.y - other.y));
      this.#stage.move('pinch', middle(from), middle(to), apart(to) / apart(from));
    } else if (this.#mode === 'pan' || this.#travel > TAP_PX) {
      this.#drag(from, to);
    }
  }

  #up(event, done) {
    if (this.#pointers.delete(event.pointerId) && done) {
      if (this.#moves) {
        this.#hands.drop(this.#at(event));
      } else if (this.#mode === 'box' && this.#travel > TAP_PX) {
        this.#on.box(this.#start, this.#at(event));
      } else if (this.#mode === 'asking' && this.#travel > TAP_PX) {
        // The picture, busy drawing, has not said yet what the drag was of.
        this.#start.released = this.#at(event);
      } else if (this.#travel <= TAP_PX && !this.#start.long) {
        this.#point(this.#at(event));
        this.#on.pick(this.#at(event), event.shiftKey || event.ctrlKey || event.metaKey);
      }
    } else if (this.#moves) {
      this.#hands.cancel();
    }
    this.#moves = false;
    this.#box.hidden = true;
    if (this.#pointers.size === 0) {
      clearTimeout(this.#longPress);
      this.#mode = this.#start?.released ? 'asking' : 'pan';
      this.#canvas.classList.remove('dragging', 'moving');
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
