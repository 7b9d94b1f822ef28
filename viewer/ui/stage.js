// SPDX-License-Identifier: GPL-3.0-or-later

// The canvas: eases parts from frame to frame, draws once a display refresh and only when
// something changed, keeps the picture of what does not move.

import { BoardPainter } from '../core/board-painter.js';
import { Camera, scaleStep } from '../core/camera.js';
import { mixPoses, POSE_SIZE, viewBox } from '../core/geometry.js';
import { Room } from '../core/outside.js';
import { Overlaps } from '../core/overlaps.js';
import { Painter } from '../core/painter.js';
import { Ratsnest } from '../core/ratsnest.js';
import { Trails } from '../core/trails.js';

const LONGEST_EASE_MS = 250;
const TREES_MS = 4;
const MAX_PIXEL_RATIO = 3;

// Top, right, bottom, left: the zoom buttons and the scale bar lie beside the board.
const MARGINS_PX = [22, 64, 46, 22];

export class Stage {
  #canvas;
  #ctx;
  #board = document.createElement('canvas');
  #boardFresh = false;
  #request = 0;
  #scene = null;
  #boardPainter = null;
  #painter = null;
  #from = null;
  #target = null;
  #shown = null;
  #easeStart_ms = 0;
  #ease_ms = 0;
  #frameAt_ms = 0;
  #interval_ms = 100;
  #overlapsStale = false;
  #overlapCount = 0;
  #overlaps = null;
  #room = null;
  #ratsnest = null;
  #reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)');

  camera = new Camera();
  layers;
  theme;
  forces = [];
  trails = null;
  module = null;
  hovered = -1;

  /** Called when the camera or the theme has changed. */
  onCamera = () => {};

  /** Until the person moves the picture it keeps all of the board in sight. */
  follows = true;

  constructor(canvas, layers, theme) {
    this.#canvas = canvas;
    this.#ctx = canvas.getContext('2d', { alpha: false });
    this.layers = layers;
    this.theme = theme;
    new ResizeObserver(() => this.#resize()).observe(canvas);
    this.#resize();
  }

  get scene() {
    return this.#scene;
  }

  /** The poses of the newest frame, not those on the way to it. */
  get target() {
    return this.#target;
  }

  /** The poses on the screen. */
  get shown() {
    return this.#shown;
  }

  setScene(scene) {
    this.#scene = scene;
    this.#boardPainter = new BoardPainter(scene, Path2D, () => document.createElement('canvas'));
    this.#painter = new Painter(scene);
    this.#ratsnest = new Ratsnest(scene);
    this.#overlaps = new Overlaps(scene);
    this.#room = new Room(scene);
    this.#target = scene.poses.slice();
    this.#shown = scene.poses.slice();
    this.#from = scene.poses.slice();
    this.trails = new Trails(scene.parts.length);
    this.forces = [];
    this.module = null;
    this.hovered = -1;
    this.#overlapsStale = true;
    this.#overlapCount = Infinity;
    this.#frameAt_ms = 0;
    this.fit();
  }

  /** Shows nothing, until the next scene. */
  clear() {
    this.#scene = null;
    this.#ratsnest = null;
    this.trails = null;
    this.module = null;
    this.hovered = -1;
    this.invalidate(true);
  }

  /** Parts of the newest frame that are not wholly on the board; null where it is not known. */
  countOutside() {
    return this.#scene === null ? null : this.#room.countOutside(this.#target);
  }

  /** Goes to the poses of a frame, in which `overlapCount` pairs overlap (null: not known). */
  setPoses(poses, overlapCount) {
    const now_ms = performance.now();
    const first = this.#frameAt_ms === 0;
    if (!first) {
      const interval_ms = Math.min(1000, now_ms - this.#frameAt_ms);
      this.#interval_ms += (interval_ms - this.#interval_ms) * 0.25;
    }
    this.#frameAt_ms = now_ms;
    this.#from.set(this.#shown);
    this.#target.set(poses);
    this.#easeStart_ms = now_ms;
    this.#ease_ms = first || this.#reducedMotion.matches
      ? 0 : Math.min(LONGEST_EASE_MS, this.#interval_ms);
    this.trails.add(poses);
    this.#ratsnest.invalidate();
    this.#overlapsStale = true;
    this.#overlapCount = overlapCount ?? Infinity;
    if (first && this.follows) {
      this.fit();
    }
    this.invalidate();
  }

  /** Something is to be drawn anew; `board`: also what does not move. */
  invalidate(board = false) {
    if (board) {
      this.#boardFresh = false;
    }
    if (this.#request === 0) {
      this.#request = window.requestAnimationFrame((now_ms) => this.#draw(now_ms));
    }
  }

  fit() {
    if (this.#scene !== null) {
      this.camera.fit(viewBox(this.#scene, this.#target), MARGINS_PX);
      this.follows = true;
      this.invalidate(true);
    }
  }

  /** Lets `change (camera)` move the picture, on somebody's behalf. */
  moveCamera(change) {
    change(this.camera);
    this.follows = false;
    this.invalidate(true);
  }

  get #pixelRatio() {
    return Math.min(MAX_PIXEL_RATIO, window.devicePixelRatio || 1);
  }

  #resize() {
    const { width, height } = this.#canvas.getBoundingClientRect();
    const dpr = this.#pixelRatio;
    for (const canvas of [this.#canvas, this.#board]) {
      canvas.width = Math.max(1, Math.round(width * dpr));
      canvas.height = Math.max(1, Math.round(height * dpr));
    }
    this.camera.resize(width, height);
    if (this.follows) {
      this.fit();
    }
    // A canvas that has changed its size is empty until it is drawn.
    this.#boardFresh = false;
    window.cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.#draw(performance.now());
  }

  #draw(now_ms) {
    this.#request = 0;
    if (this.#scene === null) {
      this.#ctx.fillStyle = this.theme.background;
      this.#ctx.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
      return;
    }
    const easing = this.#advance(now_ms);
    const view = this.#view();
    if (!this.#boardFresh) {
      this.#boardPainter.draw(this.#board.getContext('2d', { alpha: false }), view);
      this.#boardFresh = true;
      this.onCamera();
    }
    this.#ctx.setTransform(1, 0, 0, 1, 0, 0);
    this.#ctx.drawImage(this.#board, 0, 0);
    this.#painter.draw(this.#ctx, view);
    const moving = easing || (this.layers.ratsnest && !this.#ratsnest.done);
    this.#canvas.dataset.moving = String(moving);
    this.#canvas.dataset.drawn = String(Number(this.#canvas.dataset.drawn ?? 0) + 1);
    if (moving) {
      this.invalidate();
    }
  }

  /** Brings what is shown up to now; true while it is still on its way. */
  #advance(now_ms) {
    const passed = Math.max(0, now_ms - this.#easeStart_ms);
    const share = this.#ease_ms > 0 ? Math.min(1, passed / this.#ease_ms) : 1;
    mixPoses(this.#from, this.#target, share, this.#shown);
    this.#ratsnest.withPower = this.layers.power;
    if (this.layers.ratsnest) {
      const end_ms = performance.now() + TREES_MS;
      this.#ratsnest.update(this.#target, () => performance.now() > end_ms);
    }
    if (this.#overlapsStale) {
      this.#overlapsStale = share < 1;
      if (this.#overlapCount > 0) {
        this.#overlaps.update(this.#shown);
      } else {
        this.#overlaps.clear();
      }
    }
    return share < 1;
  }

  #view() {
    return {
      scene: this.#scene,
      poses: this.#shown,
      camera: this.camera,
      dpr: this.#pixelRatio,
      theme: this.theme,
      layers: this.layers,
      overlaps: this.#overlaps.areas,
      ratsnest: this.#ratsnest,
      trails: this.trails,
      forces: this.forces,
      module: this.module,
      hovered: this.hovered,
      selected: -1,
      net: -1,
      heat: null,
    };
  }

  /** { length_mm, width_px } of a scale bar that suits the picture. */
  scaleBar() {
    const length_mm = scaleStep(this.camera.scale, 130);
    return { length_mm, width_px: length_mm * this.camera.scale };
  }

  /** [x_mm, y_mm, angle_rad, side] of a part in the newest frame. */
  poseOf(part) {
    return this.#target.slice(part * POSE_SIZE, (part + 1) * POSE_SIZE);
  }
}
