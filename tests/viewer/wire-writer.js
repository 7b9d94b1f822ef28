// SPDX-License-Identifier: GPL-3.0-or-later

// Messages of boardwalk.1 as the server writes them, for tests that need some of their own. That
// they are what the server writes, tests/data/wire/boardwalk.1.json says to wire.test.js.

const HEADER_BYTES = 24;
const PHASES = ['initial', 'global', 'annealing', 'legalization', 'refinement', 'final'];

function message(op, { flags = 0, seq = 0, base = 0, n = 0, time_us = 0 }, body = Buffer.alloc(0)) {
  const head = Buffer.alloc(HEADER_BYTES);
  head[0] = op;
  head[1] = flags;
  head.writeUInt32LE(seq, 4);
  head.writeUInt32LE(base, 8);
  head.writeUInt32LE(n, 12);
  head.writeBigUInt64LE(BigInt(time_us), 16);
  return Buffer.concat([head, body]);
}

function text(value, bytes = 1) {
  const utf8 = Buffer.from(value);
  const length = Buffer.alloc(bytes);
  length.writeUIntLE(utf8.length, 0, bytes);
  return Buffer.concat([length, utf8]);
}

function u32s(...values) {
  const out = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => out.writeInt32LE(value | 0, 4 * i));
  return out;
}

/** role and state are numbers as in PROTOCOL.md. */
export function hello({
  role = 1, state = 1, fps = 10, you = 1, epoch = 1, resumed = false, version = 1,
} = {}) {
  const rate = Buffer.alloc(4);
  rate.writeFloatLE(fps);
  return message(1, {}, Buffer.concat([
    Buffer.from([version, 0, role, state, resumed ? 2 : 0]), rate, u32s(you, epoch, 7, 0),
    text('mock'), text('test.kicad_pcb'),
  ]));
}

/** The numbers of a frame. */
function infoOf({
  iteration = 42, epoch = 1, overlaps = 0, energy = 123.45, wireLength = 150.3,
  phase = 'refinement', outside = 0, conflicts = 0,
}) {
  const info = Buffer.alloc(41);
  [epoch, iteration, 1000, overlaps, outside, conflicts]
    .forEach((value, i) => info.writeUInt32LE(value, 4 * i));
  info.writeDoubleLE(energy, 24);
  info.writeDoubleLE(wireLength, 32);
  info[40] = PHASES.indexOf(phase);
  return info;
}

/** A frame in which nothing has moved since the one before. */
export function unmoved({ seq, base = seq - 1, ...numbers }) {
  return message(4, { seq, base }, infoOf(numbers));
}

/** poses: [x_mm, y_mm, rotation_deg, side] of each part. */
export function key(poses, { seq = 1, flags = 1, time_us = 1.7e15, ...numbers } = {}) {
  const records = Buffer.alloc(11 * poses.length);
  poses.forEach(([x, y, rotation = 0, side = 0], i) => {
    records.writeInt32LE(Math.round(x * 1e6), 11 * i);
    records.writeInt32LE(Math.round(y * 1e6), 11 * i + 4);
    records.writeUInt16LE(rotation * 100, 11 * i + 8);
    records[11 * i + 10] = side;
  });
  return message(3, { flags, seq, n: poses.length, time_us },
                 Buffer.concat([infoOf(numbers), records]));
}

/** All parts that are held. */
export function held(parts) {
  return message(5, { flags: 32, n: parts.length }, Buffer.concat(parts.map((part) =>
    Buffer.concat([u32s(part), Buffer.from([1])]))));
}

/** forces: [part, kind (a number), fx, fy]. */
export function forces(list, { seq = 1 } = {}) {
  const body = Buffer.alloc(4 + 7 * list.length);
  body.writeFloatLE(1);
  list.forEach(([part, kind, fx, fy], i) => {
    body.writeUIntLE(part * 8 + kind, 4 + 7 * i, 3);
    body.writeInt16LE(fx, 7 + 7 * i);
    body.writeInt16LE(fy, 9 + 7 * i);
  });
  return message(6, { seq, n: list.length }, body);
}

function marked(op, indexes, seq) {
  const gaps = indexes.map((index, i) => index - (i > 0 ? indexes[i - 1] + 1 : 0));
  return message(op, { seq, n: indexes.length }, Buffer.from(gaps));
}

/** Of the frame of that seq: parts that are outside, nets whose tracks go; indexes below 128. */
export const strays = (parts, seq) => marked(10, parts, seq);
export const copper = (nets, seq) => marked(12, nets, seq);

/** Held parts that are in conflict, and parts that are by a keepout or pad alone. */
export const clashes = (parts, seq) => marked(13, parts, seq);
export const barred = (parts, seq) => marked(14, parts, seq);

/** samples: { epoch, iteration, overlaps, energy, wireLength, maxMove, phase }. */
export function metrics(samples) {
  return message(7, { n: samples.length }, Buffer.concat(samples.map((sample) => {
    const body = Buffer.alloc(37);
    [sample.epoch ?? 1, sample.iteration, sample.overlaps ?? 0, 0]
      .forEach((value, i) => body.writeUInt32LE(value, 4 * i));
    body.writeDoubleLE(sample.energy ?? 1, 16);
    body.writeDoubleLE(sample.wireLength ?? 1, 24);
    body.writeFloatLE(sample.maxMove ?? 0, 32);
    body[36] = PHASES.indexOf(sample.phase ?? 'refinement');
    return body;
  })));
}

/** A state of the run: a number as in PROTOCOL.md. */
export function state(what, { iteration = 0, epoch = 1 } = {}) {
  return message(8, {}, Buffer.concat([
    Buffer.from([2, what, 0]), u32s(epoch, iteration), text('', 2)]));
}

/** A line for people. */
export function line(words) {
  return message(8, {}, Buffer.concat([Buffer.from([1, 0, 0]), u32s(1, 1), text(words, 2)]));
}

/** people: { number, gone, role, hue, name, cursor: [x_mm, y_mm] or null, selection, grabbed }. */
export function presence(people, { whole = true } = {}) {
  return message(9, { flags: whole ? 32 : 0, n: people.length }, Buffer.concat(people.map((one) => {
    const parts = [];
    let fields = one.gone ? 1 : 0;
    if (one.name !== undefined) {
      fields |= 2;
      parts.push(Buffer.from([one.role ?? 0, one.hue ?? 0]), text(one.name));
    }
    if (one.cursor) {
      fields |= 4;
      parts.push(u32s(...one.cursor.map((value) => Math.round(value * 1e6))));
    } else if (one.cursor === null) {
      fields |= 8;
    }
    [[16, one.selection], [32, one.grabbed]].filter(([, list]) => list).forEach(([bit, list]) => {
      const count = Buffer.alloc(2);
      count.writeUInt16LE(list.length);
      fields |= bit;
      parts.push(count, u32s(...list));
    });
    return Buffer.concat([u32s(one.number), Buffer.from([fields]), ...parts]);
  })));
}

/** `/s/ID/history`: messages with their lengths. */
export function history(messages) {
  return Buffer.concat(messages.flatMap((one) => [u32s(one.length), one]));
}
