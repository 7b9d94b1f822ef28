// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { readBoard } from '../../viewer/core/board.js';
import { Ratsnest, spanningTree, stripTree } from '../../viewer/core/ratsnest.js';
import { board, part } from './boards.js';

function random(seed) {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

function lengthOf(points, edges) {
  let sum = 0;
  for (let i = 0; i < edges.length; i += 2) {
    const [a, b] = [edges[i], edges[i + 1]];
    sum += Math.hypot(points[2 * a] - points[2 * b], points[2 * a + 1] - points[2 * b + 1]);
  }
  return sum;
}

function isTree(n, edges) {
  const parent = Array.from({ length: n }, (_, i) => i);
  const root = (i) => (parent[i] === i ? i : root(parent[i]));
  for (let i = 0; i < edges.length; i += 2) {
    const a = root(edges[i]);
    const b = root(edges[i + 1]);
    if (a === b) {
      return false;
    }
    parent[a] = b;
  }
  return edges.length / 2 === Math.max(0, n - 1);
}

/** The shortest tree by another method: Kruskal. */
function kruskalLength(points) {
  const n = points.length / 2;
  const edges = [];
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      edges.push([lengthOf(points, [a, b]), a, b]);
    }
  }
  edges.sort(([p], [q]) => p - q);
  const parent = Array.from({ length: n }, (_, i) => i);
  const root = (i) => (parent[i] === i ? i : root(parent[i]));
  return edges.reduce((sum, [length, a, b]) => {
    if (root(a) === root(b)) {
      return sum;
    }
    parent[root(a)] = root(b);
    return sum + length;
  }, 0);
}

test('no pins or one make no lines', () => {
  assert.deepEqual(spanningTree([]), []);
  assert.deepEqual(spanningTree([1, 2]), []);
});

test('a tree joins all pins and is as short as Kruskal finds', () => {
  const next = random(7);
  for (let n = 2; n < 40; n++) {
    const points = Array.from({ length: 2 * n }, () => next() * 100);
    const edges = spanningTree(points);
    assert.ok(isTree(n, edges));
    assert.ok(Math.abs(lengthOf(points, edges) - kruskalLength(points)) < 1e-6);
  }
});

test('pins at one place are joined as well', () => {
  assert.ok(isTree(4, spanningTree([5, 5, 5, 5, 5, 5, 5, 5])));
});

test('the tree of a huge net joins all pins and is not much longer', () => {
  const next = random(3);
  const points = Array.from({ length: 2 * 900 }, () => next() * 100);
  const edges = stripTree(points);
  assert.ok(isTree(900, edges));
  assert.ok(lengthOf(points, edges) < 2 * lengthOf(points, spanningTree(points)));
});

test('the work is spread over frames and ends', () => {
  const scene = readBoard(board([part('A', 0, 0), part('B', 10, 0), part('C', 20, 0)]));
  const ratsnest = new Ratsnest(scene);
  ratsnest.withPower = true;
  assert.equal(ratsnest.done, false);
  assert.equal(ratsnest.update(scene.poses, () => true), true);
  assert.equal(ratsnest.done, false);
  ratsnest.update(scene.poses, () => true);
  assert.equal(ratsnest.done, true);
  assert.equal(ratsnest.update(scene.poses), false);
  assert.ok(isTree(3, ratsnest.trees[0]) && isTree(3, ratsnest.trees[1]));
});

test('supplies are left out until they are asked for', () => {
  const scene = readBoard(board([part('A', 0, 0), part('B', 10, 0), part('C', 20, 0)]));
  const ratsnest = new Ratsnest(scene);
  ratsnest.update(scene.poses);
  assert.equal(ratsnest.done, true);
  assert.ok(isTree(3, ratsnest.trees[0]));
  assert.deepEqual(ratsnest.trees[1], []);
  ratsnest.withPower = true;
  assert.equal(ratsnest.done, false);
  ratsnest.update(scene.poses);
  assert.ok(isTree(3, ratsnest.trees[1]));
});

test('parts that move change the tree', () => {
  const scene = readBoard(board([part('A', 0, 0), part('B', 10, 0), part('C', 20, 0)]));
  const ratsnest = new Ratsnest(scene);
  ratsnest.update(scene.poses);
  const joins = (a, b) => {
    const tree = ratsnest.trees[0];
    return tree.some((end, i) => i % 2 === 0
      && ((end === a && tree[i + 1] === b) || (end === b && tree[i + 1] === a)));
  };
  assert.ok(joins(0, 1) && joins(1, 2) && !joins(0, 2));
  const poses = scene.poses.slice();
  poses[4] = 40;
  ratsnest.invalidate();
  ratsnest.update(poses);
  assert.ok(joins(0, 2) && joins(1, 2) && !joins(0, 1));
});

test('a board without nets is done at once', () => {
  const ratsnest = new Ratsnest(readBoard(board([part('A', 0, 0)], { nets: [] })));
  assert.equal(ratsnest.done, true);
  assert.equal(ratsnest.update(new Float64Array(4)), false);
});
