// SPDX-License-Identifier: GPL-3.0-or-later

// Small boards in the server's form, for the tests of the viewer. Tests write parts and points as
// they lie, board() brings them to the form of PROTOCOL.md.

const mm = (...values) => values.map((value) => Math.round(value * 1e6));

/** Points as the server sends them: the first, then the way to each next one. */
export function encode(points) {
  return Array.isArray(points)
    ? points.map((value, i) => (i < 2 ? value : value - points[i - 2])) : points;
}

const object = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const each = (list, change) => (Array.isArray(list) ? list.map((value) => change(value)) : list);
const withPoints = (value) => (object(value) ? { ...value, points: encode(value.points) } : value);
const withPaths = (value) =>
  (object(value) ? { ...value, paths: each(value.paths, encode) } : value);

/** What parts of one kind share; `shared` of a part is more of it, in the server's form. */
export function shapeOf({ body, graphics, keepouts, pads, ...extra }) {
  return {
    body: each(body, (rings) => each(rings, encode)),
    graphics: each(graphics, withPaths),
    keepouts: each(keepouts ?? [], withPoints),
    ...extra,
    pads: each(pads, (pad) => {
      const { net, ...rest } = withPoints(pad) ?? {};
      return 'copper' in rest ? { ...rest, copper: each(rest.copper, withPaths) } : rest;
    }),
  };
}

/** A square pad of 1 mm around (x, y) in mm. */
export function pad(number, net, x, y, extra = {}) {
  return {
    number, net, at: mm(x, y), sides: 1, drill: 0,
    points: mm(x - 0.5, y - 0.5, x + 0.5, y - 0.5, x + 0.5, y + 0.5, x - 0.5, y + 0.5),
    ...extra,
  };
}

/** A part of `width` × `height` mm at (x, y) with two pads on nets 0 and 1. */
export function part(key, x, y, { width = 4, height = 2, pose = [0, 0], ...extra } = {}) {
  const w = width / 2;
  const h = height / 2;
  return {
    key, reference: key, value: '10k', module: -1, locked: false, held: false,
    pose: [...mm(x, y), ...pose], label: mm(0, 0),
    body: [[mm(-w, -h, w, -h, w, h, -w, h)], []],
    graphics: [{
      layer: 'silk', side: 0, width: 120000, closed: true, filled: false,
      paths: [mm(-w, -h, w, -h, w, h, -w, h)],
    }],
    pads: [pad('1', 0, -w + 0.6, 0), pad('2', 1, w - 0.6, 0)],
    ...extra,
  };
}

/** A board of 100 × 60 mm with a hole and these footprints; nets 0 and 1 join all their pads. */
export function board(footprints, extra = {}) {
  const {
    outlines, keepouts = [], pad_keepouts: padKeepouts = [], areas = [], zones = [], graphics = [],
    tracks = [], vias = [], ...rest
  } = extra;
  const pins = (k) => footprints.flatMap(({ pads }, i) => (pads.length > k ? [i, k] : []));
  return {
    format: 2, name: 'test.kicad_pcb', hash: '0011', box: mm(0, 0, 100, 60),
    outlines: each(outlines ?? [
      { hole: false, points: mm(0, 0, 100, 0, 100, 60, 0, 60) },
      { hole: true, points: mm(80, 40, 90, 40, 90, 50, 80, 50) },
    ], withPoints),
    keepouts: each(keepouts, withPoints), pad_keepouts: each(padKeepouts, withPoints),
    areas: each(areas, withPoints),
    zones: each(zones, (zone) => (object(zone) ? {
      ...zone, outlines: each(zone.outlines, encode), fills: each(zone.fills, withPoints),
    } : zone)),
    graphics: each(graphics, withPaths), tracks: each(tracks, withPaths),
    vias: each(vias, withPaths), modules: ['power'],
    nets: [{ name: 'A', power: false, pins: pins(0) }, { name: 'GND', power: true, pins: pins(1) }],
    shapes: footprints.map(({ body, graphics: drawn, keepouts: own, pads, shared = {} }) =>
      shapeOf({ body, graphics: drawn, keepouts: own, pads, ...shared })),
    footprints: footprints.map(
      ({ body, graphics: drawn, keepouts: own, pads, shared, ...part }, i) => ({
        ...part, shape: i, nets: pads.map(({ net }) => net),
      })),
    ...rest,
  };
}

/** A frame of the plain JSON dialect. */
export function frame(components, extra = {}) {
  return {
    type: 'frame',
    timestamp: 1234567890.123,
    data: {
      index: 42, label: 'Iteration 42', iteration: 42, phase: 'refinement', components,
      modules: {}, forces: {}, energy: 123.45, max_move: 0.5, overlap_count: 0,
      total_wire_length: 150.3, ...extra,
    },
  };
}
