// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { BoardPainter } from '../../viewer/core/board-painter.js';
import { Camera } from '../../viewer/core/camera.js';
import { readBoard } from '../../viewer/core/board.js';
import { Copper } from '../../viewer/core/copper.js';
import { partAt } from '../../viewer/core/geometry.js';
import { Painter } from '../../viewer/core/painter.js';
import { Ratsnest } from '../../viewer/core/ratsnest.js';
import { moduleColor, themeFor } from '../../viewer/core/theme.js';
import { Trails, TRAIL_LENGTH } from '../../viewer/core/trails.js';
import { board, pad, part } from './boards.js';

const mm = (...values) => values.map((value) => value * 1e6);

/** Writes down what is drawn: { call, args, fillStyle, strokeStyle, lineWidth, path }. */
function recorder(calls = []) {
  let path = [];
  return new Proxy({ calls, canvas: { width: 1000, height: 600 } }, {
    get(target, name) {
      if (name in target) {
        return target[name];
      }
      return (...args) => {
        if (name === 'beginPath') {
          path = [];
        }
        if (['moveTo', 'lineTo', 'rect', 'arc'].includes(name)) {
          path.push(args);
        }
        calls.push({
          call: name, args,
          path: name !== 'fill' && name !== 'stroke' ? [] : args[0]?.points ?? [...path],
          fillStyle: target.fillStyle, strokeStyle: target.strokeStyle,
          lineWidth: target.lineWidth,
        });
      };
    },
  });
}

class FakePath {
  points = [];

  moveTo(x, y) {
    this.points.push([x, y]);
  }

  lineTo(x, y) {
    this.points.push([x, y]);
  }

  closePath() {}
}

const LAYERS = {
  grid: true, ratsnest: true, power: true, trails: true, forces: true, pads: true, labels: true,
  modules: true, drawings: true, tracks: true, areas: true,
};

function paint(json, change = {}, flip = 1) {
  const scene = readBoard(json);
  const camera = new Camera();
  camera.resize(1000, 600);
  camera.flip = flip;
  camera.fit(scene.box);
  const ratsnest = new Ratsnest(scene);
  ratsnest.withPower = true;
  ratsnest.update(scene.poses);
  const trails = new Trails(scene.parts.length);
  trails.add(scene.poses);
  const view = {
    scene, poses: scene.poses, camera, dpr: 1, theme: themeFor('light'), layers: LAYERS,
    overlaps: [], ratsnest, trails, forces: [], held: new Set(), people: [], heats: [],
    copper: new Copper(scene), module: null, grid_mm: 1.27, strays: [],
    hovered: -1, selection: [], net: -1, ...change,
  };
  const ctx = recorder();
  const sheet = { getContext: () => recorder(ctx.calls) };
  new BoardPainter(scene, FakePath, () => sheet).draw(ctx, view);
  new Painter(scene).draw(ctx, view, { exact: false });
  return { calls: ctx.calls, theme: view.theme };
}

const texts = ({ calls }) =>
  calls.filter(({ call }) => call === 'fillText').map(({ args }) => args[0]);
const drawn = ({ calls }, call, style) =>
  calls.filter((entry) => entry.call === call
    && (call === 'fill' || call === 'fillRect' ? entry.fillStyle : entry.strokeStyle) === style);

test('a part is drawn where its pose puts it', () => {
  const result = paint(board([part('R1', 50, 30, { pose: [9000, 0] })]));
  const body = result.calls.find(({ call, path }) => call === 'fill' && path.length === 4);
  const xs = body.path.map(([x]) => Math.round(x)).sort((a, b) => a - b);
  const ys = body.path.map(([, y]) => Math.round(y)).sort((a, b) => a - b);
  assert.deepEqual(xs, [490, 490, 510, 510]);
  assert.deepEqual(ys, [280, 280, 320, 320]);
});

test('every part in sight has its label, and none out of sight', () => {
  const result = paint(board([part('R1', 50, 30), part('C7', 20, 20), part('U9', 900, 900)]));
  assert.deepEqual(texts(result).sort(), ['C7', 'R1']);
});

const COPPER = {
  zones: [{
    net: 1, sides: 1, outlines: [mm(10, 10, 90, 10, 90, 30, 10, 30)],
    fills: [{ sides: 1, points: mm(11, 11, 89, 11, 89, 29, 11, 29) }],
  }],
  tracks: [{ net: 0, sides: 2, width: 250000, paths: [mm(10, 10, 20, 10), mm(20, 10, 20, 20)] }],
  vias: [{ net: 0, sides: 3, width: 600000, paths: [mm(20, 20)] }],
};

test('a custom pad shows its strokes and areas, and not the hull around them', () => {
  const piece = (filled, width, ...points) => ({
    layer: 'copper', side: 0, width, closed: filled, filled, paths: [mm(...points)],
  });
  const copper = [piece(false, 200000, 0, 0, 8, 0), piece(true, 0, 4, 4, 8, 4, 8, 8, 4, 8)];
  const pads = [pad('1', 0, 0, 0, { points: mm(0, -1, 8, -1, 8, 8, 4, 8), copper })];
  const result = paint(board([part('A', 20, 20, { pads })]));
  const areas = drawn(result, 'fill', result.theme.pad);
  assert.deepEqual(areas.map(({ path }) => path),
                   [[[240, 240], [280, 240], [280, 280], [240, 280]]]);
  const [stroke] = drawn(result, 'stroke', result.theme.pad);
  assert.deepEqual(stroke.path, [[200, 200], [280, 200]]);
});

test('a slot is a stroke as wide as its drill', () => {
  const pads = [pad('1', 0, 0, 0, { drill: 1e6, slot: mm(0, 2) })];
  const result = paint(board([part('A', 20, 20, { pads })]));
  const [slot] = drawn(result, 'stroke', result.theme.hole);
  assert.deepEqual(slot.path, [[200, 180], [200, 220]]);
  assert.equal(slot.lineWidth, 10);
});

test('zones, tracks and vias of each side are drawn in its colours', () => {
  const result = paint(board([part('A', 50, 50)], COPPER));
  const [front, back] = result.theme.copper;
  assert.deepEqual(drawn(result, 'fill', front.zone)[0].path,
                   [[11, 11], [89, 11], [89, 29], [11, 29]]);
  assert.equal(drawn(result, 'fill', back.zone).length, 0);
  assert.deepEqual(drawn(result, 'stroke', back.track)[0].path,
                   [[10, 10], [20, 10], [20, 10], [20, 20]]);
  assert.ok(drawn(result, 'stroke', front.track).length > 0, 'the via');
  const off = { layers: { ...LAYERS, tracks: false } };
  const without = paint(board([part('A', 50, 50)], COPPER), off);
  assert.equal(drawn(without, 'fill', front.zone).length, 0);
  assert.equal(drawn(without, 'stroke', back.track).length, 0);
});

test('copper that a save takes out is not drawn', () => {
  const copper = (net, fillsGone) => ({ version: 1, fillsGone, isGone: (n) => n === net });
  const json = board([part('A', 50, 50)], COPPER);
  const all = paint(json);
  const [front, back] = all.theme.copper;
  const result = paint(json, { copper: copper(0, true) });
  assert.equal(drawn(result, 'fill', front.zone).length, 0);
  assert.equal(drawn(result, 'stroke', back.track).length, 0);
  assert.equal(drawn(result, 'stroke', front.track).length, 0);
  assert.equal(drawn(paint(json, { copper: copper(1, false) }), 'fill', front.zone).length, 1);
  const teardrop = board([part('A', 50, 50)], {
    ...COPPER, zones: [{ ...COPPER.zones[0], teardrop: true }],
  });
  assert.equal(drawn(paint(teardrop, { copper: copper(0, true) }), 'fill', front.zone).length, 1);
  assert.equal(drawn(paint(teardrop, { copper: copper(1, true) }), 'fill', front.zone).length, 0);
});

test('the copper of a marked net stands out', () => {
  const json = board([part('A', 50, 50)], COPPER);
  const calm = paint(json);
  assert.equal(drawn(calm, 'fill', calm.theme.netStrong).length, 0);
  const result = paint(json, { net: 1 });
  assert.equal(drawn(result, 'fill', result.theme.netStrong)
    .some(({ path }) => path.length === 4 && path[0][0] === 11), true);
  assert.equal(drawn(result, 'stroke', result.theme.netStrong)
    .some(({ path }) => path.some(([x]) => x === 20)), false);
});

test('areas for parts bear their names, and keepouts are hatched', () => {
  const square = mm(10, 10, 60, 10, 60, 40, 10, 40);
  const own = [{ sides: 1, points: mm(0, 0, 1, 0, 1, 1) }];
  const json = board([part('A', 50, 50, { keepouts: own })], {
    areas: [{ name: 'power supply', sides: 1, points: square }],
    keepouts: [{ sides: 1, points: square }],
  });
  const result = paint(json);
  assert.ok(texts(result).includes('power supply'));
  assert.equal(drawn(result, 'stroke', result.theme.area).length, 1);
  // The board's and its hatch, and the one that moves with its part.
  assert.equal(drawn(result, 'stroke', result.theme.keepout).length, 3);
  const without = paint(json, { layers: { ...LAYERS, areas: false } });
  assert.equal(drawn(without, 'stroke', without.theme.keepout).length, 0);
});

test('drawings of the board and of parts are on their side', () => {
  const silk = (side, x) => ({
    layer: 'silk', side, width: 120000, closed: false, filled: false, paths: [mm(x, 50, x, 55)],
  });
  const json = board([part('A', 20, 20, { graphics: [], pose: [0, 1] })],
                     { graphics: [silk(0, 5), silk(1, 7)] });
  const result = paint(json);
  const lines = drawn(result, 'stroke', result.theme.silk).map(({ path }) => path[0][0]);
  // The far side first.
  assert.deepEqual(lines, [7, 5]);
});

/** The texts drawn, with the canvas's transform at that time and their alignment. */
function lettering({ calls }) {
  const found = [];
  let transform = null;
  for (const { call, args } of calls) {
    if (call === 'setTransform') {
      transform = args.map((value) => Math.round(value * 1000) / 1000);
    } else if (call === 'fillText') {
      const signs = transform.slice(0, 4).map((value) => Math.sign(value) + 0);
      found.push([args[0], ...signs, ...transform.slice(4)]);
    }
  }
  return found;
}

const TEXT = { text: 'Vin', at: mm(30, 40), height: 2e6, stroke: 2e5, layer: 'silk' };

test('texts of the board stand where they are, turned and mirrored', () => {
  // 10 px a mm.
  const drawnAs = (extra) => lettering(paint(board([], { texts: [{ ...TEXT, ...extra }] })));
  assert.deepEqual(drawnAs({}), [['Vin', 1, 0, 0, 1, 300, 400]]);
  assert.deepEqual(drawnAs({ rotation: 9000 }), [['Vin', 0, -1, 1, 0, 300, 400]]);
  assert.deepEqual(drawnAs({ side: 1, mirrored: true }), [['Vin', -1, 0, 0, 1, 300, 400]]);
  assert.deepEqual(drawnAs({ text: 'a\nb' }).map(([line]) => line), ['a', 'b']);
  assert.deepEqual(drawnAs({ height: 1e5 }), []);
});

test('a text of a part turns with it, and never stands on its head where it should not', () => {
  const text = { ...TEXT, text: '${VALUE}', at: mm(1, 0), upright: true };
  const drawnAs = (pose, extra = {}) => lettering(paint(board([
    part('A', 50, 30, { pose, width: 20, height: 20, shared: { texts: [{ ...text, ...extra }] } }),
  ]))).filter(([line]) => line === '10k');
  assert.deepEqual(drawnAs([0, 0]), [['10k', 1, 0, 0, 1, 510, 300]]);
  assert.deepEqual(drawnAs([18000, 0]), [['10k', 1, 0, 0, 1, 490, 300]]);
  assert.deepEqual(drawnAs([9000, 0]), [['10k', 0, -1, 1, 0, 500, 290]]);
  assert.deepEqual(drawnAs([27000, 0]), [['10k', 0, -1, 1, 0, 500, 310]]);
  assert.deepEqual(drawnAs([18000, 0], { upright: false }), [['10k', -1, 0, 0, -1, 490, 300]]);
  assert.deepEqual(drawnAs([0, 1], { upright: false }), [['10k', 1, 0, 0, -1, 510, 300]]);
});

test('a logo is its drawing alone, and is found by its box', () => {
  const drawing = (...points) => ({
    layer: 'silk', side: 0, width: 120000, closed: true, filled: true, paths: [mm(...points)],
  });
  const logo = part('G1', 50, 30, { body: [[], []], pads: [], held: true,
                                    graphics: [drawing(-6, -4, 6, -4, 0, 4)] });
  const json = board([logo]);
  const result = paint(json, { held: new Set([0]) });
  assert.deepEqual(texts(result), []);
  assert.equal(drawn(result, 'fill', result.theme.silk).length, 1);
  assert.equal(drawn(result, 'stroke', result.theme.lock).filter(({ path }) => path.length > 0)
    .length, 0);
  const scene = readBoard(json);
  assert.equal(partAt(scene, scene.poses, 45, 27), 0);
  assert.equal(partAt(scene, scene.poses, 43, 30), -1);
});

test('the reference on the fabrication drawing is left to the label', () => {
  const fab = [{ ...TEXT, text: '${REFERENCE}', at: mm(0, 0), layer: 'fab' }];
  const json = board([part('A', 50, 30, { width: 20, height: 20, shared: { texts: fab } })]);
  assert.deepEqual(texts(paint(json)), ['A']);
  assert.deepEqual(texts(paint(json, { layers: { ...LAYERS, labels: false } })), ['A']);
});

test('a printed reference is left to the label where there is one', () => {
  const silk = [{ ...TEXT, text: '${REFERENCE}', at: mm(0, 5) }];
  const json = (size) => board([part('A', 50, 30,
                                     { width: size, height: size, shared: { texts: silk } })]);
  assert.deepEqual(texts(paint(json(20))), ['A']);
  const unlabelled = { layers: { ...LAYERS, labels: false } };
  assert.deepEqual(texts(paint(json(20), unlabelled)), ['A']);
  assert.equal(lettering(paint(json(20))).length, 1);
  assert.equal(lettering(paint(json(20)))[0][6], 300.5);
  assert.equal(lettering(paint(json(20), unlabelled))[0][6], 350);
});

test('from the back the board is mirrored, and the back is near', () => {
  const json = board([part('A', 20, 30), part('B', 20, 30, { pose: [0, 1] })]);
  const seen = paint(json, {}, -1);
  const bodies = seen.calls.filter(({ call, path }) => call === 'fill' && path.length === 4)
    .map(({ path }) => path[0][0]);
  // 20 mm from the left edge of the board is 20 mm from the right of the view.
  assert.ok(bodies.every((x) => x >= 780 && x <= 820), `${bodies}`);
  const labels = texts(seen);
  assert.deepEqual(labels, ['A', 'B']);
  assert.deepEqual(texts(paint(json)), ['B', 'A']);
});

test('labels are left out where they would be too small to read', () => {
  assert.deepEqual(texts(paint(board([part('R1', 50, 30, { width: 0.5, height: 0.2 })]))), []);
});

test('the area that parts have in common is red, and no more of them', () => {
  const json = board([part('A', 50, 30), part('B', 20, 20)]);
  const calm = paint(json);
  assert.equal(drawn(calm, 'fill', calm.theme.overlapFill).length, 0);
  const result = paint(json, { overlaps: [[50, 30, 51, 30, 51, 32]] });
  const [red] = drawn(result, 'fill', result.theme.overlapFill);
  assert.deepEqual(red.path, [[500, 300], [510, 300], [510, 320]]);
});

test('a part that lies outside is marked whole, one too small to be seen by its middle', () => {
  const json = board([part('A', 50, 30, { width: 20, height: 10 }),
                      part('B', 20, 20, { width: 0.1, height: 0.1 })]);
  const calm = paint(json);
  assert.equal(drawn(calm, 'fill', calm.theme.strayFill).length, 0);
  const result = paint(json, { strays: [0, 1] });
  const { path } = drawn(result, 'fill', result.theme.strayFill)[0];
  assert.deepEqual(path.slice(0, 4), [[400, 250], [600, 250], [600, 350], [400, 350]]);
  assert.deepEqual(path.slice(4), [[198, 198], [202, 198], [202, 202], [198, 202]]);
});

test('what is held has a rim, and a padlock unless a rule holds it', () => {
  for (const [lock, padlocks] of [[{}, true], [{ locked: true, held: true }, true],
    [{ held: true }, false]]) {
    const json = board([part('A', 50, 30, { ...lock, width: 20, height: 10 })]);
    assert.equal(drawn(paint(json), 'stroke', themeFor('light').lock).length, 0);
    const result = paint(json, { held: new Set([0, 99]) });
    assert.ok(drawn(result, 'stroke', result.theme.lock).length > 0);
    assert.equal(drawn(result, 'fill', result.theme.lock).length > 0, padlocks);
  }
});

test('a layer that is off is not drawn', () => {
  const json = board([part('A', 50, 30), part('B', 20, 20)]);
  for (const [layer, call, style] of [
    ['ratsnest', 'stroke', 'net'], ['power', 'stroke', 'power'], ['pads', 'fill', 'pad'],
    ['grid', 'fillRect', 'grid'],
    ['labels', 'fillText', null],
  ]) {
    const count = (result) => (style === null
      ? texts(result).length : drawn(result, call, result.theme[style]).length);
    assert.ok(count(paint(json)) > 0, layer);
    assert.equal(count(paint(json, { layers: { ...LAYERS, [layer]: false } })), 0, layer);
  }
});

test('forces are arrows of the colour of their kind', () => {
  const forces = [{ part: 0, fx: 1, fy: 0, kind: 'attraction' }];
  const result = paint(board([part('A', 50, 30)]), { forces });
  const [arrow] = drawn(result, 'stroke', result.theme.forces.attraction);
  assert.ok(arrow.path.length === 5);
});

test('a huge heap of parts is drawn in bounded paths', () => {
  const parts = Array.from({ length: 3000 }, (_, i) => part(`R${i}`, 50 + (i % 50) / 10, 30));
  const { calls } = paint(board(parts));
  const longest = Math.max(...calls.map(({ path }) => path.length));
  assert.ok(longest < 1000, `${longest} points in one path`);
});

test('trails are bounded, in order, and only of frames that moved something', () => {
  const trails = new Trails(1);
  const trail = () => {
    const xs = [];
    trails.each(0, (x) => xs.push(x));
    return xs;
  };
  for (let x = 0; x < 3; x++) {
    trails.add(Float64Array.of(x, 0, 0, 0));
    trails.add(Float64Array.of(x, 0, 0, 0));
  }
  assert.deepEqual(trail(), [0, 1, 2]);
  for (let x = 3; x < 100; x++) {
    trails.add(Float64Array.of(x, 0, 0, 0));
  }
  assert.equal(trails.count, TRAIL_LENGTH);
  assert.deepEqual(trail(), Array.from({ length: TRAIL_LENGTH }, (_, i) => 100 - TRAIL_LENGTH + i));
  trails.clear();
  assert.deepEqual(trail(), []);
});

test('every number that reaches the canvas is one', () => {
  const hostile = board([part('A', 1e9, -1e9), part('B', 20, 20)]);
  hostile.shapes[0].body = [[[1e300, 0, NaN, 5, null, 9]], []];
  hostile.shapes[0].pads[0].drill = 1e300;
  const { calls } = paint(hostile);
  for (const { call, args } of calls) {
    if (['moveTo', 'lineTo', 'fillRect', 'arc', 'setTransform'].includes(call)) {
      assert.ok(args.every(Number.isFinite), `${call} ${args}`);
    }
  }
});

test('a hull lies round the parts of each module of several, while modules are shown', () => {
  const json = board([
    part('A', 20, 20, { module: 0 }), part('B', 40, 20, { module: 0 }),
    part('C', 30, 30, { module: 0, pose: [9000, 0] }), part('D', 60, 40, { module: 1 }),
  ], { modules: ['power', 'alone'] });
  const color = (module) => moduleColor(themeFor('light'), module, 0.14);
  const result = paint(json);
  const [hull] = drawn(result, 'fill', color(0));
  assert.deepEqual(hull.path, [
    [180, 190], [420, 190], [420, 210], [310, 320], [290, 320], [180, 210],
  ]);
  assert.equal(drawn(result, 'fill', color(1)).length, 0, 'one part is its own hull');
  const off = paint(json, { layers: { ...LAYERS, modules: false } });
  assert.equal(drawn(off, 'fill', color(0)).length, 0);
});

// Nets of two parts each, in these classes.
const ofClasses = (classes, names = ['Default', 'HV', 'Fast']) => {
  const parts = Array.from({ length: 2 * classes.length }, (_, i) =>
    part(`R${i}`, 10 + 6 * i, 20));
  return board(parts, {
    classes: names,
    nets: classes.map((netClass, i) => ({
      name: `N${i}`, power: false, class: netClass, pins: [2 * i, 0, 2 * i + 1, 0],
    })),
  });
};

test('lines have the colour of the class of their net, and one stroke draws all of one', () => {
  const result = paint(ofClasses([1, 0, 1, 0, 0]));
  const [high, fast] = result.theme.netClasses;
  assert.deepEqual(drawn(result, 'stroke', high).map(({ path }) => path.length), [4]);
  assert.deepEqual(drawn(result, 'stroke', result.theme.net).map(({ path }) => path.length), [6]);
  assert.equal(drawn(result, 'stroke', fast).length, 0);
  assert.equal(drawn(paint(ofClasses([1, 2, 0])), 'stroke', fast).length, 1);
});

test('classes repeat the colours past the last, and one that is not there is the usual one', () => {
  const { theme } = paint(ofClasses([0, 0, 0]));
  const count = theme.netClasses.length;
  const names = Array.from({ length: count + 2 }, (_, i) => `C${i}`);
  const repeated = paint(ofClasses([0, 1, count, count + 1], names));
  assert.deepEqual(drawn(repeated, 'stroke', theme.netClasses[0])
    .map(({ path }) => path.length), [4]);
  assert.equal(drawn(repeated, 'stroke', theme.netClasses.at(-1)).length, 1);
  for (const odd of [3, -1, 0.5, 1e9, '1', null, [1], '<script>']) {
    const result = paint(ofClasses([odd, odd, odd]));
    assert.deepEqual(drawn(result, 'stroke', theme.net).map(({ path }) => path.length), [6],
                     String(odd));
  }
  assert.equal(drawn(paint(ofClasses([1, 1, 1], { length: 9 })), 'stroke', theme.net).length, 1);
});

test('of a million classes the page keeps some, and draws all nets', () => {
  const { netClasses, nets } = readBoard(ofClasses([1, 9_999, 999_999],
                                                   Array(1_000_000).fill('x')));
  assert.ok(netClasses.length <= 10_000);
  assert.deepEqual(nets.map(({ netClass }) => netClass), [1, 9_999, 0]);
});
