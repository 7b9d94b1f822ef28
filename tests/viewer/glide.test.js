// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { glide } from '../../viewer/core/glide.js';

const NM_PER_MM = 1e6;
const DIAGONAL_MM = 100;
const REFRESH_MS = 1000 / 60;

const poseAt = (x, y) => Float64Array.from([x, y, 0, 0]);

test('a step is as the window does it', () => {
  const text = readFileSync(new URL('../data/glide.txt', import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  assert.ok(lines.length > 5);
  for (const line of lines) {
    const [fromX, fromY, toX, toY, held, diagonal, passed_ms, x, y, moving] =
      line.split(' ').map(Number);
    const drawn = poseAt(fromX / NM_PER_MM, fromY / NM_PER_MM);
    const target = poseAt(toX / NM_PER_MM, toY / NM_PER_MM);
    const went = glide(drawn, target, new Set(held ? [0] : []), diagonal / NM_PER_MM, passed_ms);
    assert.equal(went, moving === 1, line);
    assert.ok(Math.abs(drawn[0] * NM_PER_MM - x) <= 1, line);
    assert.ok(Math.abs(drawn[1] * NM_PER_MM - y) <= 1, line);
  }
});

test('no part is drawn faster than the eye can follow, and each arrives soon', () => {
  const drawn = poseAt(0, 0);
  const target = poseAt(60, 80);
  let ms = 0;
  for (let before = 0, moving = true; moving; ms += REFRESH_MS) {
    moving = glide(drawn, target, new Set(), DIAGONAL_MM, REFRESH_MS);
    const way_mm = Math.hypot(drawn[0], drawn[1]);
    assert.ok(way_mm > before && way_mm - before < 0.025 * DIAGONAL_MM);
    before = way_mm;
  }
  assert.deepEqual(drawn, target);
  assert.ok(ms < 1500, `${ms}`);
});

test('it is as far after the same time, however often it was drawn', () => {
  const ends = [1, 2, 8].map((n) => {
    const drawn = poseAt(0, 0);
    for (let i = 0; i < n; i++) {
      glide(drawn, poseAt(5, 0), new Set(), DIAGONAL_MM, 80 / n);
    }
    return drawn[0];
  });
  ends.forEach((end) => assert.ok(Math.abs(end - ends[0]) < 1e-9));
});

test('turns and sides are there at once', () => {
  const drawn = poseAt(0, 0);
  glide(drawn, Float64Array.from([50, 0, 1.5, 1]), new Set(), DIAGONAL_MM, REFRESH_MS);
  assert.deepEqual([...drawn.subarray(2)], [1.5, 1]);
});
