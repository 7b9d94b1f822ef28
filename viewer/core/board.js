// SPDX-License-Identifier: GPL-3.0-or-later

// From the server's board JSON to a Scene: checked, in millimetres, in lists that are quick to
// draw. What comes in is hostile until it has been through here.

import {
  addPoint, addRing, angleFromDegrees, coarseRing, cornersOf, emptyBox, isEmptyBox, mmFromNm,
  POSE_SIZE,
} from './geometry.js';
import { colorsOf } from './theme.js';

export const FORMAT = 2;

const MAX_PARTS = 50_000;
const MAX_SHAPES = 50_000;
const MAX_POINTS = 2_000_000;
const MAX_NETS = 200_000;
const MAX_DRAWINGS = 1_000_000;

// Of all parts together, each with all that its shape has.
const MAX_PADS = 2_000_000;
// Nobody names more; what is in one past that counts as in the usual one.
const MAX_CLASSES = 10_000;

export class BoardError extends Error {}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function object(value) {
  return isObject(value) ? value : {};
}

function list(value) {
  return Array.isArray(value) ? value : [];
}

/** A list of what is drawn, or joined. */
function limited(value, most, what) {
  const all = list(value);
  if (all.length > most) {
    throw new BoardError(`the board has more ${what} than this page can draw`);
  }
  return all;
}

function text(value) {
  return typeof value === 'string' ? value.slice(0, 1000) : '';
}

function number(value) {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function index(value, count) {
  return Number.isInteger(value) && value >= 0 && value < count ? value : -1;
}

function sidesOf(value) {
  return Number.isInteger(value) ? value & 3 : 0;
}

function width(value) {
  return Math.max(0, mmFromNm(value));
}

/** Twice the signed area of a ring. */
function signedArea(ring) {
  let sum = 0;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    sum += ring[j] * ring[i + 1] - ring[i] * ring[j + 1];
  }
  return sum;
}

/** All rings turn the same way, so that two which overlap fill as one in one path. */
function wind(ring) {
  if (signedArea(ring) < 0) {
    for (let i = 0, j = ring.length - 2; i < j; i += 2, j -= 2) {
      [ring[i], ring[j]] = [ring[j], ring[i]];
      [ring[i + 1], ring[j + 1]] = [ring[j + 1], ring[i + 1]];
    }
  }
  return ring;
}

// Layers of a drawing that is seen, though the part has no body.
const PRINTED = new Set(['silk', 'fab', 'copper']);
const LAYERS = new Set(['copper', 'silk', 'fab', 'courtyard', 'edge', 'other']);

class Reader {
  #points = 0;

  /** The first point, then the way to each next one. */
  points(value) {
    const numbers = list(value);
    const length = numbers.length - (numbers.length % 2);
    this.#points += length / 2;
    if (this.#points > MAX_POINTS) {
      throw new BoardError('the board has more points than this page can draw');
    }
    const out = new Float64Array(length);
    let x = 0;
    let y = 0;
    for (let i = 0; i < length; i += 2) {
      x += number(numbers[i]);
      y += number(numbers[i + 1]);
      out[i] = mmFromNm(x);
      out[i + 1] = mmFromNm(y);
    }
    return out;
  }

  ring(value) {
    return wind(this.points(value));
  }

  paths(value) {
    return list(value).map((points) => this.points(points)).filter(({ length }) => length >= 2);
  }

  area(value) {
    const from = object(value);
    return {
      name: text(from.name), sides: sidesOf(from.sides), points: this.points(from.points),
    };
  }

  /** Drawings of one style. */
  graphic(value) {
    const from = object(value);
    return {
      layer: LAYERS.has(from.layer) ? from.layer : 'other',
      side: from.side === 1 ? 1 : 0,
      width: width(from.width),
      closed: from.closed === true,
      filled: from.filled === true,
      paths: this.paths(from.paths),
    };
  }

  text(value) {
    const from = object(value);
    const at = list(from.at);
    const align = list(from.align).map((side) => (side === -1 || side === 1 ? side : 0));
    const height = width(from.height);
    return {
      lines: text(from.text).split('\n'),
      x: mmFromNm(at[0]),
      y: mmFromNm(at[1]),
      height,
      width: width(from.width) || height,
      angle: angleFromDegrees(number(from.rotation) / 100),
      alignX: align[0] ?? 0,
      alignY: align[1] ?? 0,
      layer: LAYERS.has(from.layer) ? from.layer : 'other',
      side: from.side === 1 ? 1 : 0,
      mirrored: from.mirrored === true,
      upright: from.upright === true,
    };
  }

  /** Tracks, or vias, of one net, width and side. */
  track(value, netCount) {
    const from = object(value);
    return {
      net: index(from.net, netCount),
      sides: sidesOf(from.sides),
      width: width(from.width),
      drill: width(from.drill),
      paths: this.paths(from.paths),
    };
  }

  zone(value, netCount) {
    const from = object(value);
    return {
      net: index(from.net, netCount),
      sides: sidesOf(from.sides),
      teardrop: from.teardrop === true,
      outlines: this.paths(from.outlines),
      fills: list(from.fills).map((fill) => this.area(fill)),
    };
  }

  pad(value) {
    const from = object(value);
    const at = list(from.at);
    const slot = list(from.slot);
    const outline = this.ring(from.points);
    const copper = list(from.copper).map((piece) => this.graphic(piece));
    const box = emptyBox();
    addRing(box, outline);
    return {
      number: text(from.number),
      x: mmFromNm(at[0]),
      y: mmFromNm(at[1]),
      sides: sidesOf(from.sides),
      drill: width(from.drill),
      slot: [mmFromNm(slot[0]), mmFromNm(slot[1])],
      points: outline,
      // Of a custom pad: what its copper is made of; the outline is the hull around it.
      areas: copper.filter(({ filled }) => filled).flatMap(({ paths }) => paths.map(wind)),
      strokes: copper.filter((piece) => piece.width > 0),
      coarse: coarseRing(outline, 0.035 * Math.max(box[2] - box[0], box[3] - box[1], 0)),
      box,
    };
  }

  /** What parts of one kind share. */
  shape(value) {
    const from = object(value);
    const bodies = list(from.body);
    const body = [0, 1].map((side) => list(bodies[side])
      .map((points) => this.ring(points)).filter((ring) => ring.length >= 6));
    const pads = list(from.pads).map((pad) => this.pad(pad));
    const graphics = list(from.graphics).map((graphic) => this.graphic(graphic));
    const box = emptyBox();
    body.flat().forEach((ring) => addRing(box, ring));
    if (isEmptyBox(box)) {
      graphics.filter(({ layer }) => PRINTED.has(layer)).forEach(({ paths }) =>
        paths.forEach((points) => addRing(box, points)));
    }
    if (isEmptyBox(box)) {
      addPoint(box, -0.5, -0.5);
      addPoint(box, 0.5, 0.5);
    }
    const silhouette = body.find((rings) => rings.length > 0);
    const size = ({ box: [x0, y0, x1, y1] }) => Math.max(x1 - x0, y1 - y0, 0);
    const shown = pads.filter(({ points }) => points.length >= 6);
    return {
      body,
      // What is seen and grasped of it: of a logo, which takes up no room (`flat`), its box.
      silhouette: silhouette ?? [cornersOf(box)],
      flat: silhouette === undefined,
      pads,
      // Those with copper on the part's own side, on the other, on both; and the holes.
      padsOn: [1, 2, 3].map((sides) => shown.filter((pad) => pad.sides === sides)),
      largestPad: shown.reduce((most, pad) => Math.max(most, size(pad)), 0),
      drilled: pads.filter(({ drill }) => drill > 0),
      graphics,
      texts: list(from.texts).map((one) => this.text(one)),
      keepouts: list(from.keepouts).map((keepout) => this.area(keepout)),
      rules: list(from.rules).map((rule) => this.area(rule)),
      box,
      // Around the anchor: what may be seen of the part, whichever way it is turned.
      radius: Math.hypot(Math.max(-box[0], box[2]), Math.max(-box[1], box[3])),
    };
  }
}

function readPart(value, reader, shapes, moduleCount, netCount) {
  const from = object(value);
  const shape = shapes[from.shape] ?? reader.shape(null);
  const nets = list(from.nets);
  const meant = { '${REFERENCE}': text(from.reference), '${VALUE}': text(from.value) };
  const shared = shape.texts.map((one) => (Object.hasOwn(meant, one.lines[0])
    ? { ...one, lines: [meant[one.lines[0]]] } : one));
  return {
    // One by one: of so many fields `...shape` makes a dictionary, four times as slow to make.
    body: shape.body,
    silhouette: shape.silhouette,
    flat: shape.flat,
    pads: shape.pads,
    padsOn: shape.padsOn,
    largestPad: shape.largestPad,
    drilled: shape.drilled,
    graphics: shape.graphics,
    keepouts: shape.keepouts,
    rules: shape.rules,
    box: shape.box,
    radius: shape.radius,
    texts: [...shared, ...list(from.texts).map((one) => reader.text(one))],
    key: text(from.key),
    reference: text(from.reference),
    value: text(from.value),
    module: index(from.module, moduleCount),
    locked: from.locked === true,
    held: from.held === true,
    /** Of each pad; −1: none. */
    nets: shape.pads.map((_, i) => index(nets[i], netCount)),
  };
}

function readNet(value, parts, classCount) {
  const from = object(value);
  const pins = [];
  const flat = list(from.pins);
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const part = index(flat[i], parts.length);
    if (part >= 0 && index(flat[i + 1], parts[part].pads.length) >= 0) {
      pins.push(part, flat[i + 1]);
    }
  }
  // Where each pin is in the frame of its part: looked up for each net in each picture.
  const at = new Float64Array(pins.length);
  for (let i = 0; i < pins.length; i += 2) {
    const pad = parts[pins[i]].pads[pins[i + 1]];
    at[i] = pad.x;
    at[i + 1] = pad.y;
  }
  return {
    name: text(from.shown ?? from.name),
    power: from.power === true,
    netClass: Math.max(index(from.class, classCount), 0),
    pins: Uint32Array.from(pins),
    at,
  };
}

/** Poses of n parts as in the file. */
function readPoses(footprints) {
  const poses = new Float64Array(footprints.length * POSE_SIZE);
  footprints.forEach((footprint, i) => {
    const pose = list(object(footprint).pose);
    poses[i * POSE_SIZE] = mmFromNm(pose[0]);
    poses[i * POSE_SIZE + 1] = mmFromNm(pose[1]);
    poses[i * POSE_SIZE + 2] = angleFromDegrees(number(pose[2]) / 100);
    poses[i * POSE_SIZE + 3] = pose[3] === 1 ? 1 : 0;
  });
  return poses;
}

/** Small shapes can be on a board so often that they are no small thing. */
function checkSum(footprints, shapes) {
  let pads = 0;
  for (const footprint of footprints) {
    const shape = shapes[object(footprint).shape];
    pads += shape === undefined ? 0 : shape.pads.length + shape.texts.length;
  }
  if (pads > MAX_PADS) {
    throw new BoardError('the board has more pads than this page can draw');
  }
}

/** The board JSON of PROTOCOL.md to a Scene. Throws BoardError. */
export function readBoard(json) {
  if (!isObject(json) || json.format !== FORMAT) {
    throw new BoardError('the server sends the board in a form that this page does not know');
  }
  const footprints = limited(json.footprints, MAX_PARTS, 'parts');
  limited(json.shapes, MAX_SHAPES, 'parts');
  const nets = limited(json.nets, MAX_NETS, 'nets');
  const [zones, graphics, texts, tracks, vias] = ['zones', 'graphics', 'texts', 'tracks', 'vias']
    .map((kind) => limited(json[kind], MAX_DRAWINGS, kind));
  const reader = new Reader();
  const modules = list(json.modules).map(text);
  const netClasses = list(json.classes).slice(0, MAX_CLASSES).map(text);
  const netCount = nets.length;
  const shapes = list(json.shapes).map((shape) => reader.shape(shape));
  checkSum(footprints, shapes);
  const parts = footprints
    .map((part) => readPart(part, reader, shapes, modules.length, netCount));
  const scene = {
    name: text(json.name),
    hash: text(json.hash),
    modules,
    colors: colorsOf(list(json.colors), modules),
    parts,
    poses: readPoses(footprints),
    netClasses,
    nets: nets.map((net) => readNet(net, parts, netClasses.length)),
    outlines: list(json.outlines).map((outline) => ({
      hole: object(outline).hole === true,
      points: reader.points(object(outline).points),
    })),
    keepouts: list(json.keepouts).map((keepout) => reader.area(keepout)),
    padKeepouts: list(json.pad_keepouts).map((keepout) => ({
      ...reader.area(keepout), net: index(object(keepout).net, netCount),
    })),
    rules: list(json.rules).map((rule) => reader.area(rule)),
    areas: list(json.areas).map((area) => reader.area(area)),
    zones: zones.map((zone) => reader.zone(zone, netCount)),
    graphics: graphics.map((graphic) => reader.graphic(graphic)),
    texts: texts.map((one) => reader.text(one)),
    tracks: tracks.map((track) => reader.track(track, netCount)),
    vias: vias.map((via) => reader.track(via, netCount)),
    radii: Float64Array.from(parts, ({ radius }) => radius),
    indexOf: new Map(parts.map((part, i) => [part.key, i])),
  };
  scene.box = sceneBox(scene, list(json.box));
  return scene;
}

function sceneBox(scene, given) {
  const box = emptyBox();
  scene.outlines.forEach((outline) => addRing(box, outline.points));
  if (isEmptyBox(box) && given.length === 4) {
    const [x0, y0, x1, y1] = given.map(mmFromNm);
    addPoint(box, Math.min(x0, x1), Math.min(y0, y1));
    addPoint(box, Math.max(x0, x1), Math.max(y0, y1));
  }
  if (isEmptyBox(box) || (box[0] === box[2] && box[1] === box[3])) {
    scene.parts.forEach((part, i) => addPoint(box, scene.poses[i * 4], scene.poses[i * 4 + 1]));
  }
  if (isEmptyBox(box)) {
    return [0, 0, 100, 100];
  }
  return box;
}
