// SPDX-License-Identifier: GPL-3.0-or-later

// The board on a canvas: takes boards, frames and what a person does as messages, draws once a
// display refresh and only when something changed, and tells what it has drawn. It lives in a
// worker where the browser lets it, else on the page itself; it knows no DOM.
//
// Frames are read when they are drawn, the newest alone. Every other message of the session
// passes through here as well ('relay'), so that what the page hears keeps its order.

import { Asked } from './asked.js';
import { BoardError, readBoard } from './board.js';
import { BoardPainter } from './board-painter.js';
import { ByHand } from './by-hand.js';
import { Copper } from './copper.js';
import { Derived } from './derived.js';
import { readForces } from './forces.js';
import { applyComponents, padAt, partAt, POSE_SIZE } from './geometry.js';
import { glide } from './glide.js';
import { partsIn } from './group.js';
import { Marks } from './marks.js';
import { readMessage } from './messages.js';
import { Minimap } from './minimap.js';
import { Room } from './outside.js';
import { Pace } from './pace.js';
import { Painter } from './painter.js';
import { People } from './people.js';
import { Replay } from './replay.js';
import { Still } from './still.js';
import { solidsOf, summaryOf } from './summary.js';
import { themeFor } from './theme.js';
import { Trails } from './trails.js';
import { Viewpoint } from './viewpoint.js';

// What passes between two pictures on most displays.
const REFRESH_MS = 16;

// Nobody but the picture is to know of them.
const OF_FRAMES = ['forces', 'strays', 'copper', 'clashes', 'barred'];

/** A frame's numbers, without what only the picture needs. */
function numbersOf({ components, poses, forces, ...numbers }) {
  return numbers;
}

export class Picture {
  #env;
  #canvas;
  #ctx;
  #still;
  #request = 0;
  #scene = null;
  #boardPainter = null;
  #painter = null;
  #copper = null;
  #newest = null;
  #replay = null;
  #target = null;
  #shown = null;
  #gliding = false;
  #glided_ms = 0;
  #isNew = true;
  #atOnce = true;
  #pace = new Pace();
  #held = null;
  #heldAt_ms = 0;
  #drawnAge_ms = null;
  #lastFrame = null;
  #room = null;
  #derived = null;
  #trails = null;
  #marks = new Marks();
  #viewpoint;
  #dpr = 1;
  #pointer = null;
  #asked = new Asked();
  #byHand;
  #minimap;
  #minimapWaits = false;
  #people = new People();
  #hovered = -1;
  #drawn = 0;
  #look = {
    scheme: 'light', layers: {}, module: null, net: -1, selection: [], ease: true, grid_mm: 1.27,
  };

  /**
   * env: `canvas`, `minimap` (another one, or none), `makeCanvas ()`, `Path2D`,
   * `requestFrame (callback)`, `cancelFrame (id)`, `setTimeout (callback, delay_ms)`, `now ()` on a
   * clock that page and worker share, `post (message)`.
   */
  constructor(env) {
    this.#env = env;
    this.#canvas = env.canvas;
    this.#ctx = env.canvas.getContext('2d', { alpha: false });
    if (this.#ctx === null) {
      throw new Error('The browser gives no canvas to draw on.');
    }
    this.#still = new Still(env.makeCanvas(), env.now);
    this.#viewpoint = new Viewpoint(env.now);
    this.#minimap = env.minimap ? new Minimap(env.minimap, env.makeCanvas, env.now) : null;
    this.#byHand = new ByHand({
      camera: () => this.#camera,
      scene: () => this.#scene,
      now: env.now,
      under: (at) => this.#under(at),
      poseOf: (part) => this.#poseOf(part),
      // What moves is taken where it is seen.
      seenAt: (part) => this.#poseOf(part, this.#lastFrame?.phase === 'final'
        ? this.#target : this.#shown),
      show: (...asked) => this.#ask(...asked),
      post: env.post,
    });
  }

  hear(message) {
    switch (message.type) {
      case 'frame':
        this.#hold(message);
        break;
      case 'relay':
        this.#readHeld();
        if (this.#marks.hear(message.message, this.#scene)) {
          this.#invalidate();
        }
        if (message.message.type === 'strays') {
          this.#replay?.tell(message.message.seq, this.#marks.told);
        }
        if (OF_FRAMES.includes(message.message.type)) {
          break;
        }
        if (this.#people.hear(message.message)) {
          this.#invalidate();
        }
        if (message.message.type === 'welcome' && !message.message.resumed) {
          this.#startRun();
        }
        this.#env.post(message);
        break;
      case 'board':
        this.#setBoard(message.text);
        break;
      case 'size':
        this.#resize(message);
        break;
      case 'look':
        this.#setLook(message);
        break;
      case 'camera':
        this.#moveCamera(message);
        break;
      case 'point':
        this.#pointer = message.at;
        this.#point();
        break;
      case 'pick':
        this.#env.post({ type: 'picked', more: message.more, ...this.#under(message.at) });
        break;
      case 'pick-box':
        this.#pickBox(message);
        break;
      case 'history':
        this.#takeHistory(message.buffer);
        break;
      case 'seek':
        this.#seek(message);
        break;
      case 'solids':
        if (this.#scene !== null) {
          this.#env.post({ type: 'solids', scene: solidsOf(this.#scene) });
        }
        break;
      case 'poses':
        this.#env.post({ type: 'poses', poses: this.#target.slice() });
        break;
      case 'judge':
        this.#judge();
        break;
      case 'snapshot':
        this.#snapshot(message);
        break;
      case 'clear':
        this.#clear();
        break;
      default:
        this.#byHand.hear(message);
    }
  }

  // --- boards and frames ---

  #setBoard(text) {
    let scene;
    try {
      scene = readBoard(JSON.parse(text));
    } catch (error) {
      if (!(error instanceof BoardError || error instanceof SyntaxError)) {
        throw error;
      }
      const known = error instanceof BoardError ? error.message : 'it is not in JSON';
      this.#env.post({ type: 'unreadable', message: known });
      return;
    }
    this.#scene = scene;
    this.#boardPainter = new BoardPainter(scene, this.#env.Path2D, this.#env.makeCanvas);
    this.#painter = new Painter(scene);
    this.#copper = new Copper(scene);
    this.#derived = new Derived(scene, this.#env);
    this.#room = null;
    this.#newest = scene.poses.slice();
    this.#target = scene.poses.slice();
    this.#replay = new Replay(scene);
    this.#shown = scene.poses.slice();
    this.#trails = new Trails(scene.parts.length);
    this.#marks.setScene(scene);
    this.#asked.clear();
    this.#byHand.drop();
    this.#hovered = -1;
    this.#isNew = true;
    this.#minimap?.startOver();
    this.#lastFrame = null;
    this.#fit();
    // What there is to tell of a large board takes as long as to draw it.
    this.#draw();
    this.#env.post({ type: 'scene', scene: summaryOf(scene) });
  }

  #clear() {
    this.#scene = null;
    this.#minimap?.startOver();
    this.#people.clear();
    this.#marks.clear();
    this.#replay = null;
    this.#room = null;
    this.#held = null;
    this.#lastFrame = null;
    this.#hovered = -1;
    this.#invalidate(true);
  }

  #hold({ raw, at_ms }) {
    if (this.#scene !== null) {
      this.#held = raw;
      this.#heldAt_ms = at_ms;
      if (this.#pace.isIdle(this.#env.now())) {
        this.#draw();
      } else {
        this.#invalidate();
      }
    }
  }

  #readHeld() {
    const raw = this.#held;
    this.#held = null;
    const frame = typeof raw === 'string' ? readMessage(raw) : raw;
    if (frame === null || frame.type !== 'frame' || this.#scene === null) {
      return;
    }
    if (frame.poses === undefined) {
      applyComponents(this.#scene, frame.components, this.#newest);
    } else if (frame.poses.length === this.#newest.length) {
      this.#newest.set(frame.poses);
    }
    this.#note(numbersOf(frame));
    this.#drawnAge_ms = this.#heldAt_ms;
    if (this.#replay.isLive) {
      this.#showNewest(readForces(this.#scene, frame.forces));
    }
    this.#env.post({ type: 'frame', frame: this.#lastFrame });
    if (this.#pointer !== null || this.#look.selection.length > 0) {
      this.#tellPart();
    }
  }

  #note(numbers) {
    const before = this.#lastFrame;
    if (before !== null && (numbers.iteration < before.iteration
                            || numbers.epoch !== before.epoch)) {
      this.#startRun();
    }
    this.#lastFrame = numbers;
    this.#marks.noteFrame(numbers);
    this.#replay.add(numbers, this.#newest, this.#marks.told);
  }

  /** The past and trails of another run start here: before its history comes, or its frames. */
  #startRun() {
    this.#replay?.clear();
    this.#trails?.clear();
    this.#marks.clear();
    this.#lastFrame = null;
  }

  #showNewest(forces) {
    this.#target.set(this.#newest);
    this.#copper.tracks = this.#lastFrame.tracks;
    this.#asked.apply(this.#target, this.#env.now());
    if (forces.length > 0) {
      this.#marks.forces = forces;
    }
    this.#setOut(this.#lastFrame);
  }

  /** What was told of what is shown: of then, or of now. */
  get #told() {
    return this.#replay.told ?? { ...this.#marks.told, held: this.#marks.held };
  }

  // --- the past ---

  #takeHistory(buffer) {
    if (this.#replay?.takeHistory(buffer)) {
      this.#env.post({ type: 'history', samples: this.#replay.samples });
    }
  }

  /** Shows the run as it was, or as it is now: see Replay. */
  #seek({ ease = false, ...where }) {
    const frame = this.#replay?.seek(where, this.#target);
    if (frame === undefined) {
      return;
    }
    this.#byHand.drop();
    this.#trails.clear();
    if (frame === null) {
      this.#showNewest([]);
    } else {
      this.#copper.tracks = frame.tracks;
      this.#setOut(frame);
    }
    this.#env.post({ type: 'past', frame });
    this.#atOnce = !ease;
    this.#tellPart();
  }

  /** Parts set out for where a frame has them, that of these numbers. */
  #setOut({ overlaps, conflicts }) {
    this.#trails.add(this.#target);
    this.#derived.invalidate(overlaps, conflicts);
    this.#viewpoint.follow(this.#scene, this.#target, this.#isNew);
    this.#atOnce ||= this.#isNew;
    this.#isNew = false;
    this.#invalidate();
  }

  /** Tells what is to be known of the newest frame once a run is over. */
  #judge() {
    this.#readHeld();
    if (this.#scene !== null) {
      this.#room ??= new Room(this.#scene);
    }
    this.#env.post({
      type: 'judged', index: this.#lastFrame?.index ?? null,
      // Plain JSON does not tell.
      outside: this.#lastFrame?.outside ?? this.#room?.countOutside(this.#newest) ?? null,
      clashing: this.#marks.told.clashes.map((part) => this.#scene.parts[part].key),
    });
  }

  // --- what the person does ---

  #setLook({ type, ...look }) {
    this.#look = { ...this.#look, ...look };
    this.#invalidate(true);
    this.#tellPart();
  }

  #resize({ width, height, dpr }) {
    this.#dpr = dpr;
    this.#canvas.width = Math.max(1, Math.round(width * dpr));
    this.#canvas.height = Math.max(1, Math.round(height * dpr));
    this.#still.resize(this.#canvas.width, this.#canvas.height);
    this.#viewpoint.resize(width, height, this.#scene, this.#target);
    // A canvas that has changed its size is empty until it is drawn. Without a board there is no
    // haste, but a session to be joined.
    if (this.#scene === null) {
      this.#invalidate();
    } else {
      this.#draw();
    }
  }

  get #camera() {
    return this.#viewpoint.camera;
  }

  #moveCamera({ step, values }) {
    if (this.#viewpoint.step(step, values)) {
      this.#still.step();
    } else if (this.#scene === null) {
      return;
    } else if (step === 'fit') {
      this.#fit();
    } else if (step === 'flip') {
      this.#camera.flip = -this.#camera.flip;
      this.#fit();
    } else if (step === 'show' && this.#scene.parts[values[0]] !== undefined) {
      this.#viewpoint.showPart(this.#scene, this.#target, values[0]);
    } else if (step === 'minimap') {
      this.#viewpoint.lookAt(...this.#minimap.boardAt(...values));
      this.#still.step();
    }
    this.#invalidate();
  }

  #fit() {
    this.#viewpoint.fit(this.#scene, this.#target);
    this.#invalidate();
  }

  /** { part, pad, net, x_mm, y_mm } of what lies under a point; −1: none. */
  #under(at) {
    const x_mm = at === null ? 0 : this.#camera.boardX(at.x);
    const y_mm = at === null ? 0 : this.#camera.boardY(at.y);
    const nothing = { part: -1, pad: -1, net: -1, x_mm, y_mm };
    if (at === null || this.#scene === null) {
      return nothing;
    }
    const part = partAt(this.#scene, this.#shown, x_mm, y_mm, this.#camera.side);
    const pad = part < 0 ? -1 : padAt(this.#scene, this.#shown, part, x_mm, y_mm);
    const net = pad < 0 ? -1 : this.#scene.parts[part].nets[pad];
    return { ...nothing, part, pad, net };
  }

  /** Which parts lie in a box on the screen; from right to left: which reach into it. */
  #pickBox({ from, to }) {
    const [x0, x1] = [from, to].map(({ x }) => this.#camera.boardX(x)).sort((a, b) => a - b);
    const [y0, y1] = [from, to].map(({ y }) => this.#camera.boardY(y)).sort((a, b) => a - b);
    const parts = this.#scene === null ? []
      : partsIn(this.#scene, this.#shown, [x0, y0, x1, y1], to.x < from.x);
    this.#env.post({ type: 'boxed', parts });
  }

  #point() {
    const { part } = this.#under(this.#pointer);
    if (part !== this.#hovered) {
      this.#hovered = part;
      this.#invalidate();
    }
    this.#tellPart();
  }

  /** What lies under the pointer, as far as it changes. */
  #tellPart() {
    const under = this.#under(this.#pointer);
    const { part, pad } = under;
    const selected = this.#look.selection.at(-1) ?? -1;
    this.#env.post({
      type: 'hover', ...under, at: this.#pointer, pose: this.#poseOf(part),
      padNumber: pad < 0 ? '' : this.#scene.parts[part].pads[pad].number,
      forces: part < 0 || !this.#replay.isLive ? []
        : this.#marks.forces.filter((force) => force.part === part),
      selected: this.#poseOf(selected), selectedPart: selected,
    });
  }

  /** [x_mm, y_mm, angle_rad, side] of a part in the newest frame; null where there is none. */
  #poseOf(part, poses = this.#target) {
    return this.#scene?.parts[part] === undefined ? null
      : [...poses.slice(part * POSE_SIZE, (part + 1) * POSE_SIZE)];
  }

  /** Shows a part where somebody here has put it, though no frame has it there yet. */
  #ask(part, pose, until_ms) {
    if (this.#poseOf(part) === null) {
      return;
    }
    this.#asked.set(part, pose, until_ms);
    for (const poses of [this.#shown, this.#target]) {
      poses.set(pose, part * POSE_SIZE);
    }
    this.#derived.invalidate();
    this.#invalidate();
    this.#tellPart();
  }

  // --- drawing ---

  /** Something is to be drawn anew; `board`: also what does not move. */
  #invalidate(board = false) {
    if (board) {
      this.#still.invalidate();
    }
    if (this.#request === 0) {
      this.#request = this.#env.requestFrame(() => this.#draw());
    }
  }

  #draw() {
    const start_ms = this.#env.now();
    this.#readHeld();
    this.#env.cancelFrame(this.#request);
    this.#request = 0;
    if (this.#scene === null) {
      this.#ctx.setTransform(1, 0, 0, 1, 0, 0);
      this.#ctx.fillStyle = themeFor(this.#look.scheme).background;
      this.#ctx.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
      this.#tellDrawn(start_ms, false);
      return;
    }
    const easing = this.#advance(start_ms);
    const view = this.#view();
    const inexact = this.#still.draw(this.#ctx, view, this.#boardPainter);
    this.#painter.draw(this.#ctx, view, this.#still);
    this.#drawMinimap(view);
    const moving = inexact || easing || !this.#derived.done;
    if (moving) {
      this.#invalidate();
    }
    this.#tellDrawn(start_ms, moving);
  }

  #drawMinimap(view) {
    const wait_ms = this.#minimap?.draw(view, this.#derived.layout) ?? 0;
    if (wait_ms > 0 && !this.#minimapWaits) {
      this.#minimapWaits = true;
      this.#env.setTimeout(() => {
        this.#minimapWaits = false;
        this.#invalidate();
      }, wait_ms);
    }
  }

  #tellDrawn(start_ms, moving) {
    const now_ms = this.#env.now();
    this.#pace.note(start_ms, now_ms);
    this.#drawn++;
    this.#env.post({
      type: 'drawn', count: this.#drawn, board: this.#scene !== null,
      moving: moving || this.#request !== 0, camera: this.#camera.pose, ms: now_ms - start_ms,
      minimap: this.#minimap?.size ?? null,
      age_ms: this.#drawnAge_ms === null ? null : now_ms - this.#drawnAge_ms,
    });
    this.#drawnAge_ms = null;
  }

  /** Brings what is shown up to now; true while it is still on its way. */
  #advance(now_ms) {
    const { box } = this.#scene;
    const passed_ms = this.#gliding ? Math.max(0, now_ms - this.#glided_ms) : REFRESH_MS;
    if (this.#atOnce || !this.#look.ease) {
      this.#shown.set(this.#target);
    }
    this.#atOnce = false;
    const { held, copper } = this.#told;
    this.#gliding = glide(this.#shown, this.#target, held,
                          Math.hypot(box[2] - box[0], box[3] - box[1]), passed_ms);
    this.#glided_ms = now_ms;
    this.#derived.update(this.#look, this.#shown, this.#target, !this.#gliding, held);
    this.#copper.update(this.#target, copper);
    return this.#gliding;
  }

  #view() {
    const { scheme, layers, module, net, selection, grid_mm } = this.#look;
    const { strays, barred, held } = this.#told;
    return {
      scene: this.#scene,
      poses: this.#shown,
      camera: this.#camera,
      dpr: this.#dpr,
      theme: themeFor(scheme, this.#scene.colors),
      layers,
      grid_mm,
      overlaps: this.#derived.overlaps,
      ratsnest: this.#derived.ratsnest,
      copper: this.#copper,
      trails: this.#trails,
      // Nobody keeps those of the past.
      forces: this.#replay.isLive ? this.#marks.forces : [],
      strays: [...strays, ...barred],
      held,
      people: this.#replay.isLive ? this.#people.others : [],
      heats: this.#derived.heats,
      module,
      hovered: this.#hovered,
      selection: selection.filter((part) => part < this.#scene.parts.length),
      net: net < this.#scene.nets.length ? net : -1,
    };
  }

  /** The picture as a PNG or SVG, with all that was asked for until now. */
  async #snapshot({ id, kind }) {
    this.#still.rest();
    if (this.#request !== 0) {
      this.#draw();
    }
    const blob = kind === 'svg' && this.#scene !== null
      ? new Blob([(await import('./vector.js')).toSvg(this.#view())], { type: 'image/svg+xml' })
      : await (this.#canvas.convertToBlob?.({ type: 'image/png' })
        ?? new Promise((resolve) => { this.#canvas.toBlob(resolve, 'image/png'); }));
    this.#env.post({ type: 'snapshot', id, blob });
  }
}
