// SPDX-License-Identifier: GPL-3.0-or-later

// The plain JSON dialect: one message of the server's, checked. A field that is missing or
// cannot be becomes null; a message that makes no sense becomes null as a whole.

export const STATUS_LEVELS = ['info', 'warning', 'error', 'complete'];
export const PHASES = ['initial', 'global', 'annealing', 'legalization', 'refinement', 'final'];
export const COMMANDS = ['pause', 'resume', 'stop'];

/** What boardwalk.1 has beyond those of plain JSON: about the run, a net, a part. */
export const RUN_COMMANDS = ['start', 'restart', 'untangle'];
export const WEIGHT_COMMANDS = ['weigh'];
export const HAND_COMMANDS = ['move', 'rotate', 'flip', 'lock', 'unlock'];

/** In characters: nobody reads on. */
export const MAX_TEXT = 500;

// No quantity of a run is larger; what claims to be is not shown.
const MAX_NUMBER = 1e15;

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function number(value) {
  return typeof value === 'number' && Math.abs(value) <= MAX_NUMBER ? value : null;
}

function count(value) {
  const checked = number(value);
  return checked !== null && checked >= 0 ? Math.floor(checked) : null;
}

function text(value) {
  return typeof value === 'string' ? value.slice(0, MAX_TEXT) : '';
}

function readFrame(message) {
  const data = message.data;
  if (!isObject(data) || !isObject(data.components)) {
    return null;
  }
  return {
    type: 'frame',
    timestamp_s: number(message.timestamp),
    index: count(data.index),
    iteration: count(data.iteration),
    phase: PHASES.includes(data.phase) ? data.phase : null,
    components: data.components,
    forces: isObject(data.forces) ? data.forces : {},
    energy: number(data.energy),
    maxMove_mm: number(data.max_move),
    overlaps: count(data.overlap_count),
    wireLength_mm: number(data.total_wire_length),
  };
}

/** A text message to a checked object with `type`, or null. */
export function readMessage(raw) {
  let message;
  try {
    message = JSON.parse(raw);
  } catch {
    return null;
  }
  if (!isObject(message)) {
    return null;
  }
  switch (message.type) {
    case 'welcome':
      return { type: 'welcome', fps: number(message.fps), paused: message.paused === true };
    case 'frame':
      return readFrame(message);
    case 'status':
      return {
        type: 'status',
        status: STATUS_LEVELS.includes(message.status) ? message.status : 'info',
        message: text(message.message),
      };
    case 'control_state':
      return {
        type: 'control_state',
        paused: message.paused === true,
        stopRequested: message.stop_requested === true,
      };
    case 'pong':
      return { type: 'pong' };
    default:
      return null;
  }
}

/** Whether this raw message is a frame, without reading all of it. */
export function looksLikeFrame(raw) {
  return raw.startsWith('{"type":"frame"');
}

/** Bytes of a text on the wire. */
export function byteLength(raw) {
  return /^[\x00-\x7f]*$/.test(raw) ? raw.length : new TextEncoder().encode(raw).length;
}
