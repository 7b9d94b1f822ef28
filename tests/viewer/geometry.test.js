// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { BoardError, readBoard } from '../../viewer/core/board.js';
import {
  angleFromDegrees, applyComponents, coarseRing, cosSin, partAt, transformPoint,
  transformPointBack, viewBox, wireLength,
} from '../../viewer/core/geometry.js';
import { board, pad, part, shapeOf } from './boards.js';

const near = (actual, expected, slack = 1e-9) => {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]) <= slack, `${actual} is not ${expected}`));
};
const poseOf = (x, y, degrees, side) => Float64Array.of(x, y, angleFromDegrees(degrees), side);

test('a quarter turn is exact and counter-clockwise as seen', () => {
  assert.deepEqual(transformPoint(poseOf(10, 20, 90, 0), 0, 3, 0), [10, 17]);
  assert.deepEqual(transformPoint(poseOf(10, 20, 90, 0), 0, 0, 2), [12, 20]);
  assert.deepEqual(transformPoint(poseOf(10, 20, 180, 0), 0, 3, 2), [7, 18]);
  assert.deepEqual(transformPoint(poseOf(10, 20, 270, 0), 0, 3, 0), [10, 23]);
  assert.deepEqual(transformPoint(poseOf(10, 20, -90, 0), 0, 3, 0), [10, 23]);
});

test('the back mirrors y before it turns', () => {
  assert.deepEqual(transformPoint(poseOf(0, 0, 0, 1), 0, 3, 2), [3, -2]);
  assert.deepEqual(transformPoint(poseOf(0, 0, 90, 1), 0, 3, 2), [-2, -3]);
});

test('any other angle follows the formula of the protocol', () => {
  const a = (30 * Math.PI) / 180;
  near(transformPoint(poseOf(1, 2, 30, 0), 0, 3, 4), [
    1 + 3 * Math.cos(a) + 4 * Math.sin(a), 2 - 3 * Math.sin(a) + 4 * Math.cos(a),
  ]);
});

test('a point comes back from the board to the front frame', () => {
  for (const side of [0, 1]) {
    for (const degrees of [0, 33.3, 90, 215, 270]) {
      const pose = poseOf(-7, 12, degrees, side);
      const [x, y] = transformPoint(pose, 0, 1.5, -2.25);
      near(transformPointBack(pose, 0, x, y), [1.5, -2.25]);
    }
  }
});

test('cosine and sine of many turns are those of none', () => {
  assert.deepEqual(cosSin(angleFromDegrees(720)), [1, 0]);
  assert.deepEqual(cosSin(angleFromDegrees(-450)), [0, -1]);
});

test('a board is read into millimetres and radians', () => {
  const scene = readBoard(board([part('R1', 10, 20, { pose: [9000, 1], module: 0 })]));
  near([...scene.poses], [10, 20, Math.PI / 2, 1]);
  assert.equal(scene.parts[0].module, 0);
  near(scene.parts[0].box, [-2, -1, 2, 1]);
  near(scene.box, [0, 0, 100, 60]);
  assert.equal(scene.indexOf.get('R1'), 0);
  assert.equal(scene.outlines[1].hole, true);
});

test('points are read from the ways between them', () => {
  const json = board([part('A', 1, 2)]);
  json.tracks = [{ net: 1, sides: 1, width: 250000, paths: [[1e6, 2e6, 5e5, 0, 0, -1e6]] }];
  json.zones = [{
    net: 0, sides: 2, outlines: [], fills: [{ sides: 2, points: [0, 0, 1e6, 0, 0, 1e6] }],
  }];
  const { tracks, zones } = readBoard(json);
  assert.deepEqual([...tracks[0].paths[0]], [1, 2, 1.5, 2, 1.5, 1]);
  assert.deepEqual([tracks[0].net, tracks[0].sides, tracks[0].width], [1, 1, 0.25]);
  assert.deepEqual([...zones[0].fills[0].points], [0, 0, 1, 0, 1, 1]);
});

test('parts of one shape share it, each with nets of its own', () => {
  const json = board([part('A', 0, 0), part('B', 10, 5)]);
  json.footprints[1].shape = 0;
  json.footprints[1].nets = [1, 7];
  const { parts } = readBoard(json);
  assert.equal(parts[1].pads, parts[0].pads);
  assert.deepEqual([...parts[0].nets], [0, 1]);
  assert.deepEqual([...parts[1].nets], [1, -1]);
});

test('rings all turn the same way', () => {
  const one = part('A', 0, 0);
  const other = part('B', 0, 0);
  const ring = other.body[0][0];
  other.body[0][0] = [ring[0], ring[1], ring[6], ring[7], ring[4], ring[5], ring[2], ring[3]];
  const scene = readBoard(board([one, other]));
  const area = (points) => {
    let sum = 0;
    for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
      sum += points[j] * points[i + 1] - points[i] * points[j + 1];
    }
    return sum / 2;
  };
  assert.equal(area(scene.parts[0].body[0][0]), 8);
  assert.equal(area(scene.parts[1].body[0][0]), 8);
});

test('the wire length is the half perimeter of each net of two pins or more', () => {
  const scene = readBoard(board([part('A', 0, 0), part('B', 10, 5)]));
  assert.ok(Math.abs(wireLength(scene, scene.poses) - 30) < 1e-9);
  const alone = readBoard(board([part('A', 0, 0)]));
  assert.equal(wireLength(alone, alone.poses), 0);
});

test('a frame moves the parts that it names and leaves the others', () => {
  const scene = readBoard(board([part('A', 1, 2, { pose: [0, 1] }), part('B', 3, 4)]));
  const poses = scene.poses.slice();
  assert.equal(applyComponents(scene, { A: [7.5, 8.25, 90], Z: [1, 1, 1] }, poses), 1);
  near([...poses], [7.5, 8.25, Math.PI / 2, 1, 3, 4, 0, 0]);
});

test('positions that cannot be leave a part where it is', () => {
  const scene = readBoard(board([part('A', 1, 2)]));
  const bad = [
    [NaN, 0, 0], [1e9, 0, 0], [0, -1e9, 0], [0, 0, Infinity], ['1', '2', '3'], [1], null, 'x', {},
    [null, null, null], 7,
  ];
  for (const pose of bad) {
    const poses = scene.poses.slice();
    assert.equal(applyComponents(scene, { A: pose }, poses), 0);
    near([...poses], [1, 2, 0, 0]);
  }
  assert.equal(applyComponents(scene, [[1, 2, 3]], scene.poses), 0);
});

test('names that mean something to JavaScript are only names', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  const scene = readBoard(JSON.parse(JSON.stringify(board(names.map((name) => part(name, 1, 2))))));
  const poses = scene.poses.slice();
  const components = JSON.parse(`{${names.map((name, i) => `"${name}":[${i},${i},0]`).join()}}`);
  assert.equal(applyComponents(scene, components, poses), names.length);
  near([...poses.slice(12)], [3, 3, 0, 0]);
  assert.equal({}.x, undefined);
});

test('nets are called as people read them', () => {
  const json = board([part(0, 0)]);
  json.nets[0] = { ...json.nets[0], name: 'A{slash}B', shown: 'A/B' };
  assert.deepEqual(readBoard(json).nets.map(({ name }) => name), ['A/B', 'GND']);
});

test('a board with rubbish in every field is read without harm', () => {
  const rubbish = [null, undefined, 'x', -1, 1e300, NaN, {}, [], [[[[]]]], true];
  for (const value of rubbish) {
    const json = board([part('A', 1, 2)], {
      name: value, hash: value, box: value, outlines: [value], keepouts: [value],
      pad_keepouts: [value], areas: [value], rules: [value], texts: [value], zones: [value],
      graphics: [value], tracks: [value], vias: [value], modules: [value], nets: [value],
    });
    json.footprints.push(value);
    for (const field of Object.keys(json.footprints[0])) {
      json.footprints.push({ ...json.footprints[0], [field]: value });
    }
    const add = (shape) => {
      json.footprints.push({ ...json.footprints[0], shape: json.shapes.push(shape) - 1 });
    };
    add(value);
    for (const field of Object.keys(json.shapes[0])) {
      add({ ...json.shapes[0], [field]: value });
      add({ ...json.shapes[0], [field]: [value] });
    }
    for (const field of Object.keys(pad('1', 0, 0, 0))) {
      add(shapeOf({ ...part('C', 0, 0), pads: [{ ...pad('1', 0, 0, 0), [field]: value }] }));
    }
    add(shapeOf({ ...part('C', 0, 0), pads: [pad('1', 0, 0, 0, { copper: value })] }));
    add(shapeOf({ ...part('C', 0, 0), pads: [pad('1', 0, 0, 0, { copper: [value] })] }));
    add(shapeOf({ ...part('C', 0, 0), pads: [pad('1', 0, 0, 0, { slot: value })] }));
    for (const field of ['outlines', 'fills', 'paths', 'points']) {
      json.zones.push({ [field]: value }, { [field]: [value] });
      json.tracks.push({ [field]: value }, { [field]: [value] });
    }
    const scene = readBoard(json);
    assert.equal(scene.parts.length, json.footprints.length);
    assert.ok(scene.poses.every(Number.isFinite));
    assert.ok(scene.box.every(Number.isFinite));
    for (const { box, radius } of scene.parts) {
      assert.ok([...box, radius].every(Number.isFinite));
    }
  }
});

test('coordinates of a billion millimetres end at the edge of the range', () => {
  const scene = readBoard(board([part('A', 1e9, -1e9)]));
  near([...scene.poses], [2000, -2000, 0, 0]);
});

test('pins of parts and pads that are not there are left out', () => {
  const json = board([part('A', 0, 0), part('B', 5, 5)]);
  json.nets[0].pins = [0, 0, 7, 0, 1, 9, -1, 0, 0.5, 0, 1, 0, 1];
  assert.deepEqual([...readBoard(json).nets[0].pins], [0, 0, 1, 0]);
});

test('what is not a board of this form is refused in words', () => {
  for (const json of [null, [], 'board', {}, { format: 1 }]) {
    assert.throws(() => readBoard(json), BoardError);
  }
  const many = { format: 2, footprints: Array.from({ length: 50_001 }, () => ({})) };
  assert.throws(() => readBoard(many), /more parts/);
  const points = new Array(5_000_000).fill(1);
  assert.throws(() => readBoard({ format: 2, tracks: [{ paths: [points] }] }), /more points/);
});

test('parts far off the board do not make it a speck', () => {
  const scene = readBoard(board([part('A', 50, 30), part('B', -20, 30), part('C', 1900, 1900)]));
  const [x0, , x1, y1] = viewBox(scene, scene.poses);
  assert.ok(x0 < -20 && x0 > -30);
  assert.equal(x1, 100);
  assert.equal(y1, 60);
});

test('a coarse outline has few points and stays close', () => {
  const circle = Float64Array.from({ length: 128 }, (_, i) =>
    (i % 2 ? Math.sin : Math.cos)((Math.floor(i / 2) * Math.PI) / 32));
  const coarse = coarseRing(circle, 0.05);
  assert.ok(coarse.length / 2 >= 6 && coarse.length / 2 <= 16, `${coarse.length / 2} points`);
  for (let i = 0; i < coarse.length; i += 2) {
    const j = (i + 2) % coarse.length;
    const middle = Math.hypot(coarse[i] + coarse[j], coarse[i + 1] + coarse[j + 1]) / 2;
    assert.ok(middle > 0.94, `the edge at ${i} is ${middle} from the middle`);
  }
  const square = Float64Array.of(0, 0, 1, 0, 1, 1, 0, 1);
  assert.equal(coarseRing(square, 0.1), square);
});

test('the part under a point is the smallest on the near side', () => {
  const scene = readBoard(board([
    part('BIG', 50, 30, { width: 40, height: 40 }),
    part('SMALL', 50, 30),
    part('BACK', 50, 30, { width: 1, height: 1, pose: [0, 1] }),
  ]));
  assert.equal(partAt(scene, scene.poses, 50, 30), 1);
  assert.equal(partAt(scene, scene.poses, 50, 30, 1), 2);
  assert.equal(partAt(scene, scene.poses, 60, 30), 0);
  assert.equal(partAt(scene, scene.poses, 5, 5), -1);
});

test('a part whose anchor is at its end is in sight by its box', () => {
  const header = part('J1', 10, 30);
  header.body = [[[0, -1e6, 80e6, -1e6, 80e6, 1e6, 0, 1e6]], []];
  const scene = readBoard(board([header]));
  assert.deepEqual([...viewBox(scene, scene.poses)], [0, 0, 100, 60]);
});
