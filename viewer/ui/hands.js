// SPDX-License-Identifier: GPL-3.0-or-later

// Parts by hand, for who may control the run: moved, turned, flipped, held and released, one or
// several as one, while it goes on. The picture knows where they lie and shows at once what is
// asked for; the session has the last word.

import { LATENESS_MS } from '../core/asked.js';
import { about, commandsFor, Edits } from '../core/edits.js';
import { noteHolds } from '../core/holds.js';

// The server takes 20 commands a second, each about so many parts.
const MOVE_MS = 70;
const MOST_PARTS = 256;
const NUDGE_MM = 0.5;

// Who is silent for ten seconds has let go.
const GRAB_MS = 5000;

const byId = (id) => document.getElementById(id);

export class Hands {
  #session;
  #stage;
  #edits = new Edits();
  #held = new Set();
  #scene = null;
  #pose = null;
  // Of parts: whether they are to be held, and since when that was asked for.
  #askedHolds = new Map();
  #drag = null;
  // Put down or taken back, in order, until the picture has told where each came to lie.
  #dropped = [];
  // Whether each change that the picture has not told of yet leaves its parts held, in order.
  #editing = [];
  // What is to be done once all that is known.
  #next = [];
  // Clicks whose answer is due, and what is to be done once it is known what they chose.
  #choices = 0;
  #chosen = [];
  #sent_ms = -Infinity;
  #timer = 0;
  #grabTimer = 0;

  /** Whether what is shown is not the run as it is now. */
  past = false;

  /**
   * `onSelect (parts)`: what is undone is selected; `onChange ()`: what may be done changed;
   * `isTaken (part)`: somebody else drags it.
   */
  constructor(session, stage, { onSelect, onChange, isTaken }) {
    this.#session = session;
    this.#stage = stage;
    this.onSelect = onSelect;
    this.onChange = onChange;
    this.isTaken = isTaken;
    for (const [id, act] of [['rotate', () => this.rotate()], ['flip-part', () => this.flip()],
      ['lock', () => this.lock()], ['undo', () => this.undo()], ['redo', () => this.redo()]]) {
      byId(id).addEventListener('click', () => {
        if (byId(id).getAttribute('aria-disabled') !== 'true') {
          act();
        }
      });
    }
  }

  setScene(scene) {
    this.#scene = scene;
    this.#held = new Set(scene?.parts.flatMap((part, i) => (part.held || part.locked ? [i] : [])));
    this.forget();
  }

  /** Nothing that was done can be undone any more: parts lie elsewhere, or are gone. */
  forget() {
    this.#edits.clear();
    this.drop();
    this.#dropped.forEach((drag) => {
      drag.forgotten = true;
    });
    this.#next = [];
    clearTimeout(this.#grabTimer);
    this.#askedHolds.clear();
    this.update();
  }

  /** Which parts stay where they are, as the session tells it. */
  noteHolds(message) {
    noteHolds(this.#held, message);
    this.update();
  }

  /** The pose of the part that was selected last, in the newest frame. */
  setPose(pose) {
    this.#pose = pose;
  }

  /** Something else is selected: where it lies is told next. */
  select() {
    this.#pose = null;
    this.drop();
  }

  get allowed() {
    return !this.past && this.#session.role === 'controller' && this.#session.speaksBinary;
  }

  get moving() {
    return this.#drag !== null;
  }

  /** Whether it is not known yet what was clicked. */
  get choosing() {
    return this.#choices > 0;
  }

  /** A click is on its way to the picture, which will tell by chosen() that it is known. */
  choose() {
    this.#choices++;
  }

  chosen() {
    if (--this.#choices === 0) {
      this.#chosen.splice(0).forEach((act) => act());
    }
  }

  /** Does something once it is known what was clicked. */
  whenChosen(act) {
    this.#chosen.push(act);
  }

  mayMove(part) {
    return this.allowed && this.#scene?.parts[part]?.locked === false && !this.isTaken(part);
  }

  isHeld(part) {
    const asked = this.#askedHolds.get(part);
    return asked !== undefined && performance.now() - asked.at_ms < LATENESS_MS ? asked.held
      : this.#held.has(part);
  }

  /** Those of the selected parts that may be moved; none where they are too many. */
  get movable() {
    const parts = this.#stage.look.selection.filter((part) => this.mayMove(part));
    return parts.length > MOST_PARTS ? [] : parts;
  }

  /** Where the only selected part lies; null where it may not be moved, or that is not known. */
  get selectedPose() {
    return this.#stage.look.selection.length === 1 && this.movable.length === 1 ? this.#pose : null;
  }

  // --- at once ---

  #command(parts, to, from, held) {
    commandsFor(parts, to, from).forEach(([name, more]) => this.#session.send(name, more));
    const free = parts.filter((_, i) => !held[i]);
    if (free.length > 0) {
      this.#session.send('unlock', about(free));
    }
  }

  #expect(parts, held) {
    const at_ms = performance.now();
    parts.forEach((part, i) => this.#askedHolds.set(part, { held: held[i], at_ms }));
    this.update();
  }

  /** Asks the picture to change what is selected; it will tell what became of it. */
  #edit(change, { value = null, hold = true } = {}) {
    this.drop();
    const parts = this.movable;
    if (parts.length > 0) {
      this.#editing.push(hold);
      this.#stage.send({ type: 'edit', parts, change, value });
      this.#expect(parts, parts.map(() => hold));
    }
  }

  /** The picture has changed parts, and shows them so. */
  edited({ change, parts, before, after }) {
    const heldAfter = this.#editing.shift();
    if (parts.length > 0 && this.allowed) {
      if (change === 'hold') {
        this.#session.send(heldAfter ? 'lock' : 'unlock', about(parts));
      } else {
        const all = change === 'place';
        commandsFor(parts, after, before, all)
          .forEach(([name, more]) => this.#session.send(name, more));
      }
      const heldBefore = parts.map((part) => this.#held.has(part));
      this.#edits.add({ parts, before, after, heldBefore, heldAfter: parts.map(() => heldAfter) });
    }
    this.update();
    this.#goOn();
  }

  /** Brings the selected part to a place on its side. */
  place(x_mm, y_mm, angle_rad) {
    this.#edit('place', { value: [x_mm, y_mm, angle_rad] });
  }

  rotate() {
    this.#edit('rotate');
  }

  flip() {
    this.#edit('flip');
  }

  /** Holds what is selected, or releases it where all of it is held. */
  lock() {
    this.#edit('hold', { hold: !this.movable.every((part) => this.isHeld(part)) });
  }

  #redoAs({ parts }, to, from, held) {
    this.onSelect(parts);
    this.#command(parts, to, from, held);
    this.#stage.send({ type: 'ask', parts, poses: to });
    this.#expect(parts, held);
  }

  undo() {
    if (this.#drag !== null) {
      this.cancel();
      return;
    }
    this.#whenKnown(() => {
      const edit = this.allowed ? this.#edits.undo() : undefined;
      if (edit !== undefined) {
        this.#redoAs(edit, edit.before, edit.after, edit.heldBefore);
      }
    });
  }

  redo() {
    this.#whenKnown(() => {
      const edit = this.allowed ? this.#edits.redo() : undefined;
      if (edit !== undefined) {
        this.#redoAs(edit, edit.after, edit.before, edit.heldAfter);
      }
    });
  }

  // --- dragging ---

  /** Parts that the picture has grabbed go where the pointer goes. */
  begin(parts, poses) {
    if (!parts.every((part) => this.#stage.look.selection.includes(part))) {
      this.onSelect(parts);
    }
    this.#drag = { parts, before: poses, after: poses,
                   heldBefore: parts.map((part) => this.isHeld(part)),
                   heldAfter: parts.map(() => true), takenBack: false, forgotten: false };
    this.#grab();
  }

  /** Tells that the parts are in this hand: nobody else may move them meanwhile. */
  #grab() {
    clearTimeout(this.#grabTimer);
    this.#session.say({ type: 'grab', parts: this.#drag === null ? [] : this.#drag.parts });
    if (this.#drag !== null) {
      this.#grabTimer = setTimeout(() => this.#grab(), GRAB_MS);
    }
  }

  /** Begins to move what is selected, without a button held. */
  beginMove() {
    const parts = this.movable;
    if (parts.length > 0 && this.#drag === null) {
      this.#stage.send({ type: 'grab', parts, at: null, free: true });
      this.begin(parts, null);
    }
  }

  /** What beginMove() began with is known now: before anything is said of where it went. */
  grabbed(poses) {
    const drag = [...this.#dropped, this.#drag].find((one) => one !== null && one.before === null);
    if (drag !== undefined) {
      drag.before = poses;
      drag.after = poses;
    }
  }

  nudge(dx, dy) {
    this.#stage.send({ type: 'carry', nudge: [dx * NUDGE_MM, dy * NUDGE_MM] });
  }

  /** What the picture tells of parts that are carried; `poses` is null: nothing was. */
  carried({ poses, done }) {
    const [dropped] = this.#dropped;
    const drag = dropped ?? this.#drag;
    // Before it is known where they were taken, what is told is of those before.
    if (drag === null || (drag.before === null && !done)) {
      return;
    }
    drag.after = poses ?? drag.after;
    if (dropped !== undefined && done) {
      this.#dropped.shift();
      this.#finish(drag);
    } else if (dropped === undefined && this.#timer === 0) {
      const wait_ms = Math.max(0, this.#sent_ms + MOVE_MS - performance.now());
      this.#timer = setTimeout(() => this.#send(this.#drag), wait_ms);
    }
  }

  #send({ parts, after }) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#sent_ms = performance.now();
    commandsFor(parts, after, after).forEach(([name, more]) => this.#session.send(name, more));
  }

  #finish(drag) {
    if (drag.forgotten) {
      return;
    }
    const { parts, before, after } = drag;
    // The picture shows it there already, or in the next drag.
    if (before !== null && drag.takenBack) {
      this.#command(parts, before, after, drag.heldBefore);
      this.#expect(parts, drag.heldBefore);
    } else if (before !== null
               && after.some((pose, i) => pose[0] !== before[i][0] || pose[1] !== before[i][1])) {
      this.#send(drag);
      this.#edits.add(drag);
      this.#expect(parts, drag.heldAfter);
    }
    this.#grab();
    this.update();
    this.#goOn();
  }

  /** Puts down what is moved: where the pointer is, or where it is. The picture tells where. */
  drop(at = null, back = false) {
    if (this.#drag !== null) {
      clearTimeout(this.#timer);
      this.#timer = 0;
      this.#dropped.push(this.#drag);
      this.#drag = null;
      this.#stage.send({ type: 'carry', at, back, done: true });
    }
  }

  /** Does something once the picture has told what became of all that was done before. */
  #whenKnown(act) {
    this.drop();
    this.#next.push(act);
    this.#goOn();
  }

  #goOn() {
    while (this.#next.length > 0 && this.#dropped.length === 0 && this.#editing.length === 0) {
      this.#next.shift()();
    }
  }

  /** Takes back what a drag began. */
  cancel() {
    if (this.#drag !== null) {
      this.#drag.takenBack = true;
      this.drop(null, true);
    }
  }

  // --- the buttons ---

  update() {
    const parts = this.movable;
    const held = parts.length > 0 && parts.every((part) => this.isHeld(part));
    byId('hands').hidden = parts.length === 0;
    byId('edit-place').hidden = this.#stage.look.selection.length !== 1;
    byId('history-buttons').hidden = !this.allowed;
    byId('undo').setAttribute('aria-disabled', String(!this.#edits.canUndo));
    byId('redo').setAttribute('aria-disabled', String(!this.#edits.canRedo));
    byId('lock').setAttribute('aria-pressed', String(held));
    byId('lock').lastElementChild.textContent = held ? 'Unlock' : 'Lock';
    this.onChange();
  }
}
