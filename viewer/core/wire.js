// SPDX-License-Identifier: GPL-3.0-or-later

// boardwalk.1: one binary message of the server's, checked. viewer/PROTOCOL.md has every byte.
// What does not hold together is a WireError: whoever reads it begins anew.

import { COORD_MAX_MM, NM_PER_MM, POSE_SIZE } from './geometry.js';
import { MAX_TEXT, PHASES, STATUS_LEVELS } from './messages.js';

export const OP = { HELLO: 1, BOARD: 2, KEY: 3, DELTA: 4, STATE: 5, FORCES: 6, METRICS: 7,
                    EVENT: 8, PRESENCE: 9, STRAYS: 10, COLORS: 11, COPPER: 12, CLASHES: 13,
                    BARRED: 14 };
export const FLAG = { ACK: 1, FINAL: 2, REPLAY: 4, EXACT: 8, NANOMETRES: 16, WHOLE: 32 };
export const ROLES = ['viewer', 'controller', 'owner'];
export const STATES = ['none', 'running', 'paused', 'stopped', 'finished'];
export const FORCE_KINDS = ['attraction', 'repulsion', 'boundary', 'constraint', 'alignment'];
export const COMMAND_NAMES = ['start', 'pause', 'resume', 'step', 'stop', 'restart', 'untangle',
                              'move', 'rotate', 'flip', 'lock', 'unlock', 'set', 'weigh'];
export const ORIGINS = ['window', 'remote', 'program'];

// What a save does to copper that is laid, in the highest bits of the flags of a frame.
export const TRACKS = ['refuse', 'keep', 'ripup', 'lock'];
const TRACKS_SHIFT = 6;

const HEADER_BYTES = 24;
const INFO_BYTES = 41;
const KEY_PART_BYTES = 11;
const METRICS_BYTES = 37;
const FORCE_BYTES = 7;
const MAX_PARTS = 50_000;
const MAX_RECORDS = 200_000;
const MAX_SAMPLES = 16_384;

// Whoever is told of after so many others is not passed on.
const MOST_PEOPLE = 2000;

// Parts times frames of a history. A server keeps a fifth of that; what has changed nowhere takes
// no room on the way, and all of it here.
const MAX_HISTORY = 4_000_000;
const NM_PER_UM = 1000;
const RAD_PER_CDEG = Math.PI / 18_000;
const STATE_BYTES = 5;
const COLOR_BYTES = 4;
const NO_MODULE = 0xffff;
const NO_PART = 0xffffffff;
const ACK_OP = 129;

export class WireError extends Error {}

const OF_PICTURE = new Set([OP.KEY, OP.DELTA, OP.STRAYS, OP.FORCES, OP.COPPER, OP.CLASHES,
                            OP.BARRED]);

// Of parts, or nets, that stand out in a frame.
const MARKS = { [OP.STRAYS]: 'strays', [OP.COPPER]: 'copper', [OP.CLASHES]: 'clashes',
                [OP.BARRED]: 'barred' };

/** Whether a message, binary or not, is of the picture: of those only the newest counts. */
export function isOfPicture(raw) {
  const op = typeof raw === 'string' || raw.byteLength === 0 ? 0 : new Uint8Array(raw)[0];
  return OF_PICTURE.has(op);
}

/** What acknowledges all frames up to `seq`. */
export function acknowledgement(seq) {
  const bytes = new DataView(new ArrayBuffer(5));
  bytes.setUint8(0, ACK_OP);
  bytes.setUint32(1, seq, true);
  return bytes.buffer;
}

/** Reads on in a message, and never beyond its end. */
class Cursor {
  #view;
  at = 0;

  constructor(buffer) {
    this.#view = new DataView(buffer);
  }

  #take(bytes) {
    const at = this.at;
    if (at + bytes > this.#view.byteLength) {
      throw new WireError('A message is cut off');
    }
    this.at = at + bytes;
    return at;
  }

  get rest() { return this.#view.byteLength - this.at; }
  u8() { return this.#view.getUint8(this.#take(1)); }
  i8() { return this.#view.getInt8(this.#take(1)); }
  u16() { return this.#view.getUint16(this.#take(2), true); }
  i16() { return this.#view.getInt16(this.#take(2), true); }
  u32() { return this.#view.getUint32(this.#take(4), true); }
  i32() { return this.#view.getInt32(this.#take(4), true); }
  u64() { return this.#view.getBigUint64(this.#take(8), true); }
  f32() { return this.#view.getFloat32(this.#take(4), true); }
  f64() { return this.#view.getFloat64(this.#take(8), true); }

  text(length) {
    const at = this.#take(length);
    return new TextDecoder().decode(new Uint8Array(this.#view.buffer, at, length));
  }

  text8() { return this.text(this.u8()); }
  text16() { return this.text(this.u16()); }

  varint() {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 28; scale *= 128) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        return value;
      }
    }
    throw new WireError('A number has no end');
  }
}

function finite(value) {
  return Number.isFinite(value) ? value : null;
}

function hex64(value) {
  return value.toString(16).padStart(16, '0');
}

function readHeader(cursor) {
  const header = {
    op: cursor.u8(), flags: cursor.u8(), board: cursor.u16(), seq: cursor.u32(),
    base: cursor.u32(), n: cursor.u32(), time_us: cursor.u64(),
  };
  if (header.n > MAX_RECORDS) {
    throw new WireError('A message has too many records');
  }
  return header;
}

function readHello(header, cursor) {
  const hello = {
    type: 'welcome', version: cursor.u16(), role: ROLES[cursor.u8()] ?? 'viewer',
    state: STATES[cursor.u8()] ?? 'none',
  };
  const bits = cursor.u8();
  hello.stopRequested = (bits & 1) !== 0;
  hello.resumed = (bits & 2) !== 0;
  hello.paused = hello.state === 'paused';
  hello.fps = finite(cursor.f32());
  hello.you = cursor.u32();
  hello.epoch = cursor.u32();
  hello.instance = hex64(cursor.u64());
  hello.id = cursor.text8();
  hello.title = cursor.text8();
  hello.modules = [];
  hello.parts = [];
  if (header.n > 0) {
    const modules = cursor.u16();
    for (let i = 0; i < modules; i++) {
      hello.modules.push(cursor.text8());
    }
    for (let i = 0; i < header.n; i++) {
      const key = cursor.text8();
      const module = cursor.u16();
      hello.parts.push({ key, module: module === NO_MODULE ? -1 : module, side: cursor.u8() });
    }
  }
  return hello;
}

function readForces(header, cursor) {
  const scale = cursor.f32();
  if (!Number.isFinite(scale) || cursor.rest !== header.n * FORCE_BYTES) {
    throw new WireError('Forces make no sense');
  }
  const forces = [];
  for (let i = 0; i < header.n; i++) {
    const partAndKind = cursor.u8() | (cursor.u16() << 8);
    const fx = cursor.i16() * scale;
    const fy = cursor.i16() * scale;
    forces.push({ part: partAndKind >>> 3, fx, fy,
                  kind: FORCE_KINDS[partAndKind & 7] ?? 'other' });
  }
  return { type: 'forces', seq: header.seq, forces };
}

/** Indexes, each as how many lie between it and the one before. */
function readMarked(header, cursor) {
  const marked = [];
  let next = 0;
  for (let i = 0; i < header.n; i++) {
    next += cursor.varint() + 1;
    marked.push(next - 1);
  }
  return marked;
}

function readColors(header, cursor) {
  if (cursor.rest !== header.n * COLOR_BYTES) {
    throw new WireError('Colours make no sense');
  }
  return { type: 'colors', colors: Array.from({ length: header.n }, () => cursor.u32()) };
}

function readMetrics(header, cursor) {
  if (header.n > MAX_SAMPLES || cursor.rest !== header.n * METRICS_BYTES) {
    throw new WireError('Samples make no sense');
  }
  const samples = [];
  for (let i = 0; i < header.n; i++) {
    samples.push({
      epoch: cursor.u32(), iteration: cursor.u32(), overlaps: cursor.u32(), outside: cursor.u32(),
      energy: finite(cursor.f64()), wireLength_mm: finite(cursor.f64()),
      maxMove_mm: finite(cursor.f32()), phase: PHASES[cursor.u8()] ?? null,
    });
  }
  return { type: 'metrics', samples };
}

function readEvent(header, cursor) {
  const kind = cursor.u8();
  const what = cursor.u8();
  const detail = cursor.u8();
  const where = { epoch: cursor.u32(), iteration: cursor.u32() };
  const text = cursor.text16().slice(0, MAX_TEXT);
  switch (kind) {
    case 1:
      return { type: 'status', status: STATUS_LEVELS[what] ?? 'info', message: text, ...where };
    case 2:
      return { type: 'control_state', state: STATES[what] ?? 'none', paused: what === 2,
               stopRequested: (detail & 1) !== 0, ...where };
    case 3: {
      const number = cursor.u32();
      const part = cursor.u32();
      return { type: 'command', command: COMMAND_NAMES[what] ?? null,
               origin: ORIGINS[detail] ?? null, who: text, number,
               part: part === NO_PART ? null : part, ...where };
    }
    default:
      return null;
  }
}

/** Which parts stay where they are: those that do, or those of which it has changed. */
function readState(header, cursor) {
  if (cursor.rest !== header.n * STATE_BYTES) {
    throw new WireError('What is held makes no sense');
  }
  const parts = Array.from({ length: header.n },
                           () => ({ part: cursor.u32(), held: cursor.u8() !== 0 }));
  return { type: 'holds', whole: (header.flags & FLAG.WHOLE) !== 0, parts };
}

function readParts(cursor) {
  return Array.from({ length: cursor.u16() }, () => cursor.u32());
}

function readPerson(cursor) {
  const person = { number: cursor.u32() };
  const fields = cursor.u8();
  person.gone = (fields & 1) !== 0;
  if (fields & 2) {
    person.role = ROLES[cursor.u8()] ?? 'viewer';
    person.hue_deg = (cursor.u8() * 360) / 256;
    person.name = cursor.text8();
  }
  if (fields & 4) {
    person.cursor = { x_mm: cursor.i32() / NM_PER_MM, y_mm: cursor.i32() / NM_PER_MM };
  } else if (fields & 8) {
    person.cursor = null;
  }
  if (fields & 16) {
    person.selection = readParts(cursor);
  }
  if (fields & 32) {
    person.grabbed = readParts(cursor);
  }
  return person;
}

function readPresence(header, cursor) {
  const people = [];
  for (let i = 0; i < Math.min(header.n, MOST_PEOPLE); i++) {
    people.push(readPerson(cursor));
  }
  return { type: 'presence', whole: (header.flags & FLAG.WHOLE) !== 0, people };
}

/** Steps of a DELTA's record by the two lowest bits of its control byte. */
const STEPS = [
  (cursor) => [cursor.i8(), cursor.i8()],
  (cursor) => {
    const low = cursor.u8();
    const middle = cursor.u8();
    const high = cursor.i8();
    return [((low | (middle << 8)) << 20) >> 20, (high << 4) | (middle >> 4)];
  },
  (cursor) => [cursor.i16(), cursor.i16()],
  (cursor) => [cursor.i32(), cursor.i32()],
];

/** Reads messages one after the other; holds what the next DELTA is against. */
export class WireReader {
  #xy_nm = new Int32Array(0);
  #rotations_cdeg = new Uint16Array(0);
  #sides = new Uint8Array(0);

  /** The number of the frame that is held; 0: none. */
  seq = 0;

  /** An ArrayBuffer to a checked message, or null for one that is not known. */
  read(buffer) {
    const cursor = new Cursor(buffer);
    const header = readHeader(cursor);
    switch (header.op) {
      case OP.HELLO: return readHello(header, cursor);
      case OP.BOARD:
        return { type: 'board', hash: hex64(cursor.u64()), bytes: cursor.u32(), parts: header.n };
      case OP.KEY: return this.#readKey(header, cursor);
      case OP.DELTA: return this.#readDelta(header, cursor);
      case OP.STATE: return readState(header, cursor);
      case OP.FORCES: return readForces(header, cursor);
      case OP.METRICS: return readMetrics(header, cursor);
      case OP.EVENT: return readEvent(header, cursor);
      case OP.PRESENCE: return readPresence(header, cursor);
      case OP.STRAYS:
      case OP.COPPER:
      case OP.CLASHES:
      case OP.BARRED:
        return { type: MARKS[header.op], seq: header.seq, marked: readMarked(header, cursor) };
      case OP.COLORS: return readColors(header, cursor);
      default: return null;
    }
  }

  #readKey(header, cursor) {
    const frame = this.#readInfo(header, cursor);
    if (header.n > MAX_PARTS || cursor.rest !== header.n * KEY_PART_BYTES) {
      throw new WireError('A key frame makes no sense');
    }
    this.#xy_nm = new Int32Array(2 * header.n);
    this.#rotations_cdeg = new Uint16Array(header.n);
    this.#sides = new Uint8Array(header.n);
    for (let i = 0; i < header.n; i++) {
      this.#xy_nm[2 * i] = cursor.i32();
      this.#xy_nm[2 * i + 1] = cursor.i32();
      this.#rotations_cdeg[i] = cursor.u16();
      this.#sides[i] = cursor.u8() & 1;
    }
    return this.#finish(header, frame, null);
  }

  #readDelta(header, cursor) {
    const frame = this.#readInfo(header, cursor);
    if (header.base !== this.seq || header.base === 0) {
      throw new WireError('A change is against a frame that is not here');
    }
    const unit_nm = header.flags & FLAG.NANOMETRES ? 1 : NM_PER_UM;
    let part = 0;
    let moved_nm = 0;
    for (let i = 0; i < header.n; i++) {
      const control = cursor.u8();
      part += control >> 4 === 15 ? 15 + cursor.varint() : control >> 4;
      if (part >= this.#sides.length) {
        throw new WireError('A part that moved is not there');
      }
      const [dx, dy] = STEPS[control & 3](cursor);
      const x = this.#xy_nm[2 * part];
      const y = this.#xy_nm[2 * part + 1];
      // An Int32Array adds modulo 2^32, as the protocol has it.
      this.#xy_nm[2 * part] = x + dx * unit_nm;
      this.#xy_nm[2 * part + 1] = y + dy * unit_nm;
      moved_nm = Math.max(moved_nm, Math.hypot(this.#xy_nm[2 * part] - x,
                                               this.#xy_nm[2 * part + 1] - y));
      if (control & 4) {
        this.#rotations_cdeg[part] = cursor.u16();
      }
      if (control & 8) {
        this.#sides[part] ^= 1;
      }
      part++;
    }
    if (cursor.rest !== 0) {
      throw new WireError('A change is longer than it says');
    }
    return this.#finish(header, frame, moved_nm / NM_PER_MM);
  }

  #readInfo(header, cursor) {
    if (cursor.rest < INFO_BYTES) {
      throw new WireError('A frame is cut off');
    }
    return {
      type: 'frame', seq: header.seq, index: header.seq - 1,
      wantsAck: (header.flags & FLAG.ACK) !== 0, replay: (header.flags & FLAG.REPLAY) !== 0,
      final: (header.flags & FLAG.FINAL) !== 0, exact: (header.flags & FLAG.EXACT) !== 0,
      tracks: TRACKS[header.flags >> TRACKS_SHIFT],
      timestamp_s: Number(header.time_us) / 1e6,
      epoch: cursor.u32(), iteration: cursor.u32(), budget: cursor.u32(),
      overlaps: cursor.u32(), outside: cursor.u32(), conflicts: cursor.u32(),
      energy: finite(cursor.f64()), wireLength_mm: finite(cursor.f64()),
      phase: PHASES[cursor.u8()] ?? null, forces: {},
    };
  }

  #finish(header, frame, maxMove_mm) {
    const n = this.#sides.length;
    const poses = new Float64Array(n * POSE_SIZE);
    for (let i = 0; i < n; i++) {
      poses[POSE_SIZE * i] = this.#inside(this.#xy_nm[2 * i]);
      poses[POSE_SIZE * i + 1] = this.#inside(this.#xy_nm[2 * i + 1]);
      poses[POSE_SIZE * i + 2] = this.#rotations_cdeg[i] * RAD_PER_CDEG;
      poses[POSE_SIZE * i + 3] = this.#sides[i];
    }
    this.seq = header.seq;
    frame.poses = poses;
    frame.maxMove_mm = maxMove_mm;
    return frame;
  }

  #inside(value_nm) {
    return Math.min(COORD_MAX_MM, Math.max(-COORD_MAX_MM, value_nm / NM_PER_MM));
  }
}

/** The messages of `/s/ID/history`, oldest first: frames, and what was told of each. */
export function readHistory(buffer) {
  const reader = new WireReader();
  const view = new DataView(buffer);
  const messages = [];
  let room = MAX_HISTORY;
  for (let at = 0; at < buffer.byteLength;) {
    if (at + 4 > buffer.byteLength || at + 4 + view.getUint32(at, true) > buffer.byteLength) {
      throw new WireError('The history is cut off');
    }
    const end = at + 4 + view.getUint32(at, true);
    const message = reader.read(buffer.slice(at + 4, end));
    if (message !== null) {
      messages.push(message);
      room -= (message.poses?.length ?? 0) / POSE_SIZE + (message.marked?.length ?? 0)
        + (message.parts?.length ?? 0);
    }
    if (room < 0) {
      throw new WireError('The history is longer than any');
    }
    at = end;
  }
  return messages;
}
