// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { Pace } from '../../viewer/core/pace.js';

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
