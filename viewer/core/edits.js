// SPDX-License-Identifier: GPL-3.0-or-later

// What a person here has done to parts, to be undone and done again, and the commands that do it.

const MOST_EDITS = 200;
const CDEG_PER_RAD = 18_000 / Math.PI;

const nm = (value_mm) => Math.round(value_mm * 1e6);

/** What names parts in a command, with `more` about each: { NAME: [value, …] }. */
export function about(parts, more = {}) {
  return parts.length > 1 ? { parts, ...more }
    : { part: parts[0],
        ...Object.fromEntries(Object.entries(more).map(([name, [value]]) => [name, value])) };
}

const cdeg = (angle_rad) =>
  ((Math.round(angle_rad * CDEG_PER_RAD) % 36_000) + 36_000) % 36_000;

/**
 * The commands that bring parts from poses to others: [name, { part or parts, … }]. Those that
 * stay where they are are moved there as well if `all` is set, since what else is done may move
 * their anchors, and so that there is always one.
 */
export function commandsFor(parts, to, from, all = true) {
  const commands = [];
  const add = (name, differs, more) => {
    const some = parts.map((_, i) => i).filter(differs);
    if (some.length > 0) {
      commands.push([name, about(some.map((i) => parts[i]), more(some))]);
    }
  };
  add('flip', (i) => from[i][3] !== to[i][3], (some) => ({ side: some.map((i) => to[i][3]) }));
  add('rotate', (i) => from[i][2] !== to[i][2],
      (some) => ({ rotation: some.map((i) => cdeg(to[i][2])) }));
  add('move', (i) => all || from[i][0] !== to[i][0] || from[i][1] !== to[i][1],
      (some) => ({ x: some.map((i) => nm(to[i][0])), y: some.map((i) => nm(to[i][1])) }));
  return commands;
}

/** An edit is { parts, before, after, heldBefore, heldAfter }, the latter one of each part. */
export class Edits {
  #done = [];
  #undone = [];

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  clear() {
    this.#done = [];
    this.#undone = [];
  }

  /** What is done after something was undone takes the place of what was undone. */
  add(edit) {
    this.#done.push(edit);
    this.#done.splice(0, this.#done.length - MOST_EDITS);
    this.#undone = [];
  }

  /** The edit that is to be taken back, or undefined. */
  undo() {
    const edit = this.#done.pop();
    if (edit !== undefined) {
      this.#undone.push(edit);
    }
    return edit;
  }

  /** The edit that is to be done again, or undefined. */
  redo() {
    const edit = this.#undone.pop();
    if (edit !== undefined) {
      this.#done.push(edit);
    }
    return edit;
  }
}
