// SPDX-License-Identifier: GPL-3.0-or-later

// The keyboard. Whoever may move parts has KiCad's letters for that; to all others they switch
// the layers that they begin the names of.

import { LayersList } from './panel.js';

const PAN_PX = 60;
const ZOOM_STEP = 1.3;
const ARROWS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

const OF_HANDS = new Set(['r', 'f', 'l', 'm', 'u', 'g', 'Enter', 'Escape', ...Object.keys(ARROWS)]);

export class Keys {
  #stage;
  #hands;
  #layers;
  #keys;

  /** `more`: KEY → what it does, beyond what the stage and hands do. */
  constructor(stage, hands, layers, more) {
    const fit = () => stage.move('fit');
    this.#stage = stage;
    this.#hands = hands;
    this.#layers = layers;
    this.#keys = {
      '+': () => this.zoom(1), '=': () => this.zoom(1), '-': () => this.zoom(-1),
      0: fit, Home: fit, b: () => stage.move('flip'), ...more,
    };
    document.addEventListener('keydown', (event) => this.#press(event));
  }

  zoom(steps) {
    this.#stage.move('zoomAt', ...this.#stage.middle, ZOOM_STEP ** steps);
  }

  #press(event) {
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.defaultPrevented || target.closest('dialog') !== null) {
      return;
    }
    const onControl = target.closest('button, summary, a, [role="slider"], tr') !== null;
    const typing = target.closest('input, select, textarea') !== null;
    const done = event.ctrlKey || event.metaKey ? this.#pressControl(event, typing)
      : !event.altKey && !typing && this.#pressPlain(event.key, event.shiftKey, onControl);
    if (done) {
      event.preventDefault();
    }
  }

  #pressControl(event, typing) {
    const key = event.key.toLowerCase();
    if (key === 'f' && !event.altKey && !event.shiftKey) {
      this.#keys['/']();
    } else if (key === 'a' && !typing && !event.altKey && !event.shiftKey) {
      this.#keys['Ctrl+A']();
    } else if (key === 'z' && !typing && this.#hands.allowed) {
      this.#hands[event.shiftKey ? 'redo' : 'undo']();
    } else if (key === 'y' && !typing && this.#hands.allowed) {
      this.#hands.redo();
    } else {
      return false;
    }
    return true;
  }

  #pressPlain(name, shift, onControl) {
    const key = name.length === 1 ? name.toLowerCase() : name;
    if (onControl && (key === ' ' || key === 'Enter' || Object.hasOwn(ARROWS, key))) {
      return false;
    }
    if (this.#hands.allowed && this.#hands.choosing && OF_HANDS.has(key)) {
      // It is for what was clicked just now.
      this.#hands.whenChosen(() => this.#pressPlain(name, shift, onControl));
      return true;
    }
    if (this.#pressHands(key, shift)) {
      return true;
    }
    const layer = LayersList.forKey(key);
    if (layer !== null) {
      this.#layers.toggle(layer);
    } else if (Object.hasOwn(this.#keys, key)) {
      this.#keys[key]();
    } else if (Object.hasOwn(ARROWS, key)) {
      const [dx, dy] = ARROWS[key];
      this.#stage.move('pan', -dx * PAN_PX, -dy * PAN_PX);
    } else {
      return false;
    }
    return true;
  }

  #pressHands(key, shift) {
    const hands = this.#hands;
    if (!hands.allowed) {
      return false;
    }
    if (hands.moving && Object.hasOwn(ARROWS, key)) {
      hands.nudge(...ARROWS[key].map((step) => step * (shift ? 10 : 1)));
    } else if (hands.moving && key === 'Enter') {
      hands.drop();
    } else if (hands.moving && key === 'Escape') {
      hands.cancel();
    } else if (key === 'r') {
      hands.rotate();
    } else if (key === 'f') {
      hands.flip();
    } else if (key === 'l') {
      hands.lock();
    } else if (key === 'm') {
      hands.beginMove();
    } else if (key === 'g') {
      this.#keys.g();
    } else {
      return false;
    }
    return true;
  }
}
