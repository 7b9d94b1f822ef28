// SPDX-License-Identifier: GPL-3.0-or-later

// What state the run is in, told from the messages of the plain JSON dialect, and what may be
// asked of it. The words are the window's (src/app/bw-window-run.c).

export const PHASE_NAMES = {
  initial: 'Initial',
  global: 'Global Placement',
  annealing: 'Annealing',
  legalization: 'Legalization',
  refinement: 'Refinement',
  final: 'Final',
};

// What a line has room for.
const MAX_NAMED = 8;

export class Run {
  #paused = false;
  #stopped = false;
  #finished = false;
  #moving = false;
  #iteration = null;

  /** The newest frame's numbers; null before the first. */
  frame = null;

  /** Takes a checked message (messages.js). */
  hear(message) {
    switch (message.type) {
      case 'welcome':
        this.#paused = message.paused;
        // boardwalk.1 says more than plain JSON, which lets a control_state or a frame follow.
        this.#stopped = message.stopRequested === true;
        this.#finished = message.state === 'finished';
        this.#moving = message.paused || message.state === 'running';
        if (message.resumed !== true) {
          this.#iteration = null;
          this.frame = null;
        }
        break;
      case 'control_state':
        this.#paused = message.paused;
        this.#stopped = message.stopRequested;
        if (message.state !== undefined) {
          this.#finished = message.state === 'finished';
          this.#moving ||= message.state === 'running';
        }
        break;
      case 'frame':
        this.#hearFrame(message);
        break;
      case 'status':
        if (message.status === 'complete') {
          this.#finished = true;
        }
        break;
      default:
    }
  }

  #hearFrame(frame) {
    this.frame = frame;
    if (frame.phase === 'final') {
      this.#finished = true;
    } else if (frame.iteration !== null && frame.iteration !== this.#iteration) {
      // A run is under way that was over, or had not begun, when it was last heard of.
      this.#finished = false;
    }
    this.#moving ||= frame.phase !== 'initial' || this.#paused || frame.iteration > 0;
    this.#iteration = frame.iteration;
  }

  /** 'none' before a run, else 'running', 'paused', 'stopped' or 'finished'. */
  get state() {
    if (this.#stopped) return 'stopped';
    if (this.#finished) return 'finished';
    if (this.#paused) return 'paused';
    return this.frame !== null && this.#moving ? 'running' : 'none';
  }

  /**
   * The state in words; `legal` says whether the placement is, null where that is not known, and
   * `clashing` names the parts that are held on top of one another.
   */
  describe(legal, clashing = []) {
    const phase = PHASE_NAMES[this.frame?.phase];
    const but = clashing.length === 0 ? '' : `, but ${clashing.length} held parts are in conflict: `
      + clashing.slice(0, MAX_NAMED).join(', ') + (clashing.length > MAX_NAMED ? ', …' : '');
    const ending = legal === null ? '' : legal ? `, Legal${but}` : ', Not Legal';
    switch (this.state) {
      case 'running':
        return phase ?? 'Running';
      case 'paused':
        return phase === undefined ? 'Paused' : `${phase}, Paused`;
      case 'stopped':
        return `Stopped${ending}`;
      case 'finished':
        return `Finished${ending}`;
      default:
        return 'Ready';
    }
  }

  /**
   * Which commands may be sent now, and in words why not: a member for each, and `note`.
   * `role` is 'viewer', 'controller' or null while unknown; `starts`: the session takes what
   * begins a run.
   */
  controls(role, live, starts) {
    const state = this.state;
    const may = live && role === 'controller';
    const under = state === 'running' || state === 'paused';
    const notes = {
      none: starts ? '' : 'No run yet. It is started where the board is open.',
      stopped: 'The run was stopped.',
      finished: 'The run has finished.',
    };
    const watching = live && role === 'viewer'
      ? 'You are watching. Controls need the control link.' : '';
    return {
      start: may && starts && !under,
      pause: may && state === 'running',
      resume: may && state === 'paused',
      stop: may && under,
      restart: may && starts,
      untangle: may && starts && state !== 'none',
      note: may ? notes[state] ?? '' : watching,
    };
  }
}
