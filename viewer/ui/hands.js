// SPDX-License-Identifier: GPL-3.0-or-later

// Parts by hand, for who may control the run: moved, turned, flipped, held and released, while it
// goes on. What is asked for is shown at once; the session has the last word.

import { LATENESS_MS } from '../core/asked.js';
import { commandsTo, Edits } from '../core/edits.js';
import { noteHolds } from '../core/holds.js';

// The server takes 20 commands a second.
const MOVE_MS = 70;
const QUARTER_TURN = Math.PI / 2;
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
  #asked = { part: -1, pose: null, held: false, at_ms: -Infinity };
  #drag = null;
  // Put down or taken back, in order, until the picture has told where each came to lie.
  #dropped = [];
  // What is to be done once that is known; and once it is known where the selected part lies.
  #next = [];
  #waiting = [];
  // Clicks whose answer is due, and what is to be done once it is known what they chose.
  #choices = 0;
  #chosen = [];
  #sent_ms = -Infinity;
  #timer = 0;
  #grabTimer = 0;

  /** Whether what is shown is not the run as it is now. */
  past = false;

  /**
   * `onSelect (part)`: what is undone is selected; `onChange ()`: what may be done changed;
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
    this.#asked.at_ms = -Infinity;
    this.update();
  }

  /** Which parts stay where they are, as the session tells it. */
  noteHolds(message) {
    noteHolds(this.#held, message);
    this.update();
  }

  /** The pose of the selected part in the newest frame. */
  setPose(pose) {
    this.#pose = pose;
    if (pose !== null) {
      this.#waiting.splice(0).forEach((change) => this.#change(change));
    }
  }

  /** Another part is selected: where it lies is told next. */
  select() {
    this.#pose = null;
    this.#waiting = [];
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
    return this.#isAsked(part) ? this.#asked.held : this.#held.has(part);
  }

  #isAsked(part) {
    return this.#asked.part === part && performance.now() - this.#asked.at_ms < LATENESS_MS;
  }

  get #selected() {
    const { selected } = this.#stage.look;
    return this.mayMove(selected) ? selected : -1;
  }

  #poseOf(part) {
    return this.#isAsked(part) ? this.#asked.pose : this.#pose;
  }

  #put(part, pose, from, held) {
    this.#command(part, pose, from, held);
    this.#ask(part, pose, held);
  }

  #command(part, pose, from, held) {
    commandsTo(part, pose, from).forEach(([name, more]) => this.#session.send(name, more));
    if (!held) {
      this.#session.send('unlock', { part });
    }
  }

  #ask(part, pose, held) {
    this.#stage.send({ type: 'ask', part, pose });
    this.#expect(part, pose, held);
  }

  #expect(part, pose, held) {
    this.#asked = { part, pose, held, at_ms: performance.now() };
    this.update();
  }

  #edit(name, more, after, heldAfter) {
    const part = this.#selected;
    const before = this.#poseOf(part);
    this.#session.send(name, { part, ...more });
    this.#edits.add({ part, before, after, heldBefore: this.isHeld(part), heldAfter });
    this.#ask(part, after, heldAfter);
  }

  /** Does an edit of the selected part: `change (pose)`, once nothing is on its way any more. */
  #change(change) {
    this.#afterDrop(() => {
      const pose = this.#selected < 0 ? null : this.#poseOf(this.#selected);
      if (pose !== null) {
        change(pose);
      } else if (this.#selected >= 0) {
        this.#waiting.push(change);
      }
    });
  }

  /** Where the selected part lies; null where it may not be moved, or that is not known. */
  get selectedPose() {
    return this.#selected < 0 ? null : this.#poseOf(this.#selected);
  }

  /** Brings the selected part to a place on its side. */
  place(x_mm, y_mm, angle_rad) {
    this.#change((before) => {
      const part = this.#selected;
      const after = [x_mm, y_mm, angle_rad, before[3]];
      this.#edits.add({ part, before, after, heldBefore: this.isHeld(part), heldAfter: true });
      this.#put(part, after, before, true);
    });
  }

  rotate() {
    this.#change((pose) => {
      const after = [pose[0], pose[1], (pose[2] + QUARTER_TURN) % (2 * Math.PI), pose[3]];
      const rotation = Math.round((after[2] * 18_000) / Math.PI) % 36_000;
      this.#edit('rotate', { rotation }, after, true);
    });
  }

  flip() {
    this.#change(([x, y, angle, side]) =>
      this.#edit('flip', { side: 1 - side }, [x, y, angle, 1 - side], true));
  }

  lock() {
    this.#change((pose) => {
      const held = this.isHeld(this.#selected);
      this.#edit(held ? 'unlock' : 'lock', {}, pose, !held);
    });
  }

  undo() {
    if (this.#drag !== null) {
      this.cancel();
      return;
    }
    this.#afterDrop(() => {
      const edit = this.allowed ? this.#edits.undo() : undefined;
      if (edit !== undefined) {
        this.onSelect(edit.part);
        this.#put(edit.part, edit.before, edit.after, edit.heldBefore);
      }
    });
  }

  redo() {
    this.#afterDrop(() => {
      const edit = this.allowed ? this.#edits.redo() : undefined;
      if (edit !== undefined) {
        this.onSelect(edit.part);
        this.#put(edit.part, edit.after, edit.before, edit.heldAfter);
      }
    });
  }

  // --- dragging ---

  /** A part that the picture has grabbed goes where the pointer goes. */
  begin(part, pose) {
    this.onSelect(part);
    this.#drag = { part, before: pose, after: pose, heldBefore: this.isHeld(part),
                   heldAfter: true, takenBack: false, forgotten: false };
    this.#grab();
  }

  /** Tells that the part is in this hand: nobody else may move it meanwhile. */
  #grab() {
    clearTimeout(this.#grabTimer);
    this.#session.say({ type: 'grab', parts: this.#drag === null ? [] : [this.#drag.part] });
    if (this.#drag !== null) {
      this.#grabTimer = setTimeout(() => this.#grab(), GRAB_MS);
    }
  }

  /** Begins to move what is selected, without a button held. */
  beginMove() {
    const part = this.#selected;
    if (part >= 0 && this.#drag === null) {
      this.#stage.send({ type: 'grab', part, at: null, free: true });
      this.begin(part, null);
    }
  }

  /** What beginMove() began with is known now: before anything is said of where it went. */
  grabbed(pose) {
    const drag = [...this.#dropped, this.#drag].find((one) => one !== null && one.before === null);
    if (drag !== undefined) {
      drag.before = pose;
      drag.after = pose;
    }
  }

  nudge(dx, dy) {
    this.#stage.send({ type: 'carry', nudge: [dx * NUDGE_MM, dy * NUDGE_MM] });
  }

  /** What the picture tells of a part that is carried; `pose` is null: nothing was. */
  carried({ pose, done }) {
    const [dropped] = this.#dropped;
    const drag = dropped ?? this.#drag;
    // Before it is known where it was taken, what is told is of the one before.
    if (drag === null || (drag.before === null && !done)) {
      return;
    }
    drag.after = pose ?? drag.after;
    if (dropped !== undefined && done) {
      this.#dropped.shift();
      this.#finish(drag);
    } else if (dropped === undefined && this.#timer === 0) {
      const wait_ms = Math.max(0, this.#sent_ms + MOVE_MS - performance.now());
      this.#timer = setTimeout(() => this.#send(this.#drag), wait_ms);
    }
  }

  #send({ part, after }) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#sent_ms = performance.now();
    commandsTo(part, after, after).forEach(([name, more]) => this.#session.send(name, more));
  }

  #finish(drag) {
    if (drag.forgotten) {
      return;
    }
    // The picture shows it there already, or in the next drag.
    if (drag.before !== null && drag.takenBack) {
      this.#command(drag.part, drag.before, drag.after, drag.heldBefore);
      this.#expect(drag.part, drag.before, drag.heldBefore);
    } else if (drag.before !== null
               && (drag.after[0] !== drag.before[0] || drag.after[1] !== drag.before[1])) {
      this.#send(drag);
      this.#edits.add(drag);
      this.#expect(drag.part, drag.after, true);
    }
    this.#grab();
    this.update();
    if (this.#dropped.length === 0) {
      this.#next.splice(0).forEach((act) => act());
    }
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

  #afterDrop(act) {
    this.drop();
    if (this.#dropped.length === 0) {
      act();
    } else {
      this.#next.push(act);
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
    const selected = this.#selected;
    byId('hands').hidden = selected < 0;
    byId('history-buttons').hidden = !this.allowed;
    byId('undo').setAttribute('aria-disabled', String(!this.#edits.canUndo));
    byId('redo').setAttribute('aria-disabled', String(!this.#edits.canRedo));
    if (selected >= 0) {
      const held = this.isHeld(selected);
      byId('lock').setAttribute('aria-pressed', String(held));
      byId('lock').lastElementChild.textContent = held ? 'Unlock' : 'Lock';
    }
    this.onChange();
  }
}
