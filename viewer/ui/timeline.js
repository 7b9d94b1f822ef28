// SPDX-License-Identifier: GPL-3.0-or-later

// The run so far as curves, its phases as bands, and the way into it: a press or drag on it shows
// the board as it was then, arrows step, space plays.

import { PHASE_NAMES } from '../core/run.js';
import { setText } from './text.js';

const PLAY_MS = 100;
const CURVES = { energy: 't-energy', wireLength_mm: 't-wire', overlaps: 't-overlaps' };
const PAUSE_ICON = 'M4 3h3v10H4zM9 3h3v10H9z';
const PLAY_ICON = 'M4 2.5v11l9-5.5z';
const SVG = 'http://www.w3.org/2000/svg';

const byId = (id) => document.getElementById(id);

export class Timeline {
  #stage;
  #history;
  #track = byId('track');
  #drawnFor = null;
  #timer = 0;

  /** The frame of the past that is shown; null: the run as it is now. */
  frame = null;

  constructor(stage, history) {
    this.#stage = stage;
    this.#history = history;
    this.#track.addEventListener('pointerdown', (event) => {
      this.#track.setPointerCapture(event.pointerId);
      this.#seekTo(event);
    });
    this.#track.addEventListener('pointermove', (event) => {
      if (this.#track.hasPointerCapture(event.pointerId)) {
        this.#seekTo(event);
      }
    });
    this.#track.addEventListener('keydown', (event) => {
      if (this.#press(event)) {
        event.preventDefault();
      }
    });
    byId('play').addEventListener('click', () => this.play());
    byId('to-live').addEventListener('click', () => this.goLive());
    byId('speed').addEventListener('change', () => {
      if (this.#timer !== 0) {
        this.#stop();
        this.#start();
      }
    });
  }

  #seekTo({ clientX }) {
    const { left, width } = this.#track.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (clientX - left) / Math.max(1, width)));
    const { samples } = this.#history;
    if (samples.length > 1) {
      const [first, last] = [samples[0].iteration, samples.at(-1).iteration];
      this.#stop();
      this.#stage.send({ type: 'seek', iteration: first + share * (last - first) });
    }
  }

  #press({ key, ctrlKey, altKey, metaKey }) {
    if (ctrlKey || altKey || metaKey) {
      return false;
    }
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1,
                    PageDown: -10, PageUp: 10 };
    if (Object.hasOwn(steps, key)) {
      this.#step(steps[key]);
    } else if (key === 'Home') {
      this.#stop();
      this.#stage.send({ type: 'seek', iteration: -1 });
    } else if (key === 'End' || (key === 'Escape' && this.frame !== null)) {
      this.goLive();
    } else if (key === ' ') {
      this.play();
    } else {
      return false;
    }
    return true;
  }

  #step(step) {
    this.#stop();
    this.#stage.send({ type: 'seek', step });
  }

  goLive() {
    this.#stop();
    this.#stage.send({ type: 'seek', live: true });
  }

  /** Plays from where it is, or from the start; while it plays, pauses that. */
  play() {
    if (this.#timer !== 0) {
      this.#stop();
      return;
    }
    if (this.frame === null) {
      this.#stage.send({ type: 'seek', iteration: -1 });
    }
    this.#start();
  }

  #start() {
    this.#timer = setInterval(() => this.#stage.send({ type: 'seek', step: 1, ease: true }),
                              PLAY_MS / Number(byId('speed').value));
    this.#showPlay();
  }

  #stop() {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#showPlay();
  }

  #showPlay() {
    const plays = this.#timer !== 0;
    byId('play-icon').setAttribute('d', plays ? PAUSE_ICON : PLAY_ICON);
    byId('play').setAttribute('aria-label', plays ? 'Pause the Replay' : 'Play');
  }

  /** What the picture tells of the past: a frame's numbers, or null for now. */
  show(frame) {
    this.frame = frame;
    if (frame === null) {
      this.#stop();
    }
    byId('to-live').setAttribute('aria-disabled', String(frame === null));
    this.#showNow();
  }

  startOver() {
    this.#stop();
    this.frame = null;
    this.#drawnFor = null;
    this.update();
  }

  #showNow() {
    const { samples } = this.#history;
    const [first, last] = [samples[0]?.iteration ?? 0, samples.at(-1)?.iteration ?? 0];
    const iteration = Math.min(last, this.frame?.iteration ?? last);
    byId('now').style.left = `${((iteration - first) / (last - first || 1)) * 100}%`;
    this.#track.setAttribute('aria-valuemin', String(first));
    this.#track.setAttribute('aria-valuemax', String(last));
    this.#track.setAttribute('aria-valuenow', String(iteration));
    this.#track.setAttribute('aria-valuetext',
                             this.frame === null ? `${iteration}, now` : `${iteration}, past`);
  }

  /** Draws what has been added to the history. */
  update() {
    const { samples } = this.#history;
    if (this.#drawnFor === samples.at(-1)) {
      return;
    }
    this.#drawnFor = samples.at(-1);
    for (const [name, id] of Object.entries(CURVES)) {
      byId(id).setAttribute('points', this.#history.curve(name)
        .map(([x, y]) => `${(x * 100).toFixed(2)},${(6.5 + y * 12.5).toFixed(2)}`).join(' '));
    }
    this.#showBands(this.#history.bands());
    this.#showNow();
  }

  #showBands(bands) {
    const root = byId('bands');
    const names = byId('band-names');
    while (root.childElementCount < bands.length) {
      root.append(document.createElementNS(SVG, 'rect'));
      names.append(document.createElement('li'));
    }
    while (root.childElementCount > bands.length) {
      root.lastElementChild.remove();
      names.lastElementChild.remove();
    }
    bands.forEach(({ phase, from, to }, i) => {
      const rect = root.children[i];
      rect.setAttribute('x', (from * 100).toFixed(2));
      rect.setAttribute('width', ((to - from) * 100).toFixed(2));
      rect.setAttribute('height', '20');
      const name = names.children[i];
      name.style.left = `${from * 100}%`;
      name.style.width = `${(to - from) * 100}%`;
      setText(name, to - from > 0.05 ? PHASE_NAMES[phase] ?? '' : '');
    });
  }
}
