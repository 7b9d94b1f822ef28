// SPDX-License-Identifier: GPL-3.0-or-later

// What a person here has done to parts, to be undone and done again, and the commands that do it.

const MOST_EDITS = 200;
const CDEG_PER_RAD = 18_000 / Math.PI;

const nm = (value_mm) => Math.round(value_mm * 1e6);

/** The commands that bring a part from one pose to another: [name, { part, … }]. */
export function commandsTo(part, [x_mm, y_mm, angle_rad, side], from) {
  const rotation = ((Math.round(angle_rad * CDEG_PER_RAD) % 36_000) + 36_000) % 36_000;
  const commands = [];
  if (from[3] !== side) {
    commands.push(['flip', { part, side }]);
  }
  if (from[2] !== angle_rad) {
    commands.push(['rotate', { part, rotation }]);
  }
  // Last, since the others may move its anchor, and so that there is always one.
  commands.push(['move', { part, x: nm(x_mm), y: nm(y_mm) }]);
  return commands;
}

/** An edit is { part, before, after, heldBefore, heldAfter }. */
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
