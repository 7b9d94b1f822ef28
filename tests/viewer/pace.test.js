// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { Pace } from '../../viewer/core/pace.js';

/** How long parts are on their way after many frames so far apart. */
function easeAt(interval_ms, from_ms = 0) {
  const pace = new Pace();
  let ease_ms = 0;
  for (let i = 0; i < 60; i++) {
    ease_ms = pace.ease(from_ms + i * interval_ms);
  }
  return ease_ms;
}

test('parts take as long as frames are apart, and no time to where they lie first', () => {
  assert.equal(new Pace().ease(0), 0);
  assert.ok(Math.abs(easeAt(100) - 100) < 1);
  assert.ok(Math.abs(easeAt(40, 7) - 40) < 1);
  assert.equal(easeAt(5000), 250);
});

test('between frames that come as fast as the display is refreshed nothing is eased', () => {
  assert.equal(easeAt(1000 / 60), 0);
});

test('after a new start the first frame is there at once again', () => {
  const pace = new Pace();
  pace.ease(0);
  assert.equal(pace.isNew, false);
  pace.startOver();
  assert.equal(pace.isNew, true);
  assert.equal(pace.ease(100), 0);
});

test('who has rested draws a frame at once, who is busy with the next refresh', () => {
  const pace = new Pace();
  assert.equal(pace.isIdle(0), true);
  pace.note(100, 106);
  assert.equal(pace.isIdle(107), false, 'this refresh has its picture');
  assert.equal(pace.isIdle(116), true);
  pace.note(116, 146);
  assert.equal(pace.isIdle(147), false, 'others may be waiting');
  assert.equal(pace.isIdle(149), true);
});
