// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import test from 'node:test';

import { endpoints, readToken } from '../../viewer/core/address.js';
import {
  formatBytes, formatChange, formatCount, formatLength, formatNumber,
} from '../../viewer/core/format.js';

test('the token is the fragment, if it could be one', () => {
  assert.equal(readToken('#abc-_9'), 'abc-_9');
  for (const hash of ['', '#', '#a b', '#<script>', `#${'a'.repeat(513)}`, '#a,b']) {
    assert.equal(readToken(hash), null, hash);
  }
});

test('everything lies beside the page of a session', () => {
  assert.deepEqual(endpoints('http://127.0.0.1:8765/s/amp-1/?x=1#TOKEN'), {
    id: 'amp-1',
    board: 'http://127.0.0.1:8765/s/amp-1/board',
    history: 'http://127.0.0.1:8765/s/amp-1/history',
    placed: 'http://127.0.0.1:8765/s/amp-1/placed',
    sessions: 'http://127.0.0.1:8765/api/sessions',
    socket: 'ws://127.0.0.1:8765/s/amp-1/ws',
  });
});

test('the page at the root shows the newest session', () => {
  assert.deepEqual(endpoints('https://example.org/#TOKEN'), {
    id: null,
    board: 'https://example.org/board',
    history: 'https://example.org/history',
    placed: 'https://example.org/placed',
    sessions: 'https://example.org/api/sessions',
    socket: 'wss://example.org/',
  });
});

test('a prefix that a proxy adds is kept', () => {
  const { board, sessions, socket } = endpoints('https://example.org/pcb/s/a%20b/index.html#T');
  assert.equal(board, 'https://example.org/pcb/s/a%20b/board');
  assert.equal(sessions, 'https://example.org/pcb/api/sessions');
  assert.equal(socket, 'wss://example.org/pcb/s/a%20b/ws');
  assert.equal(endpoints('https://example.org/pcb/').socket, 'wss://example.org/pcb/');
  assert.equal(endpoints('https://example.org/pcb/s/a%20b/').id, 'a b');
});

test('an address with a broken escape is still an address', () => {
  assert.equal(endpoints('http://localhost/s/%E0%A4%A/').id, '%E0%A4%A');
});

test('numbers are written for people', () => {
  assert.equal(formatNumber(0.1234), '0.123');
  assert.equal(formatNumber(12.345), '12.35');
  assert.equal(formatNumber(-123.45), '−123.5');
  assert.equal(formatNumber(12345.6), '12,346');
  assert.equal(formatNumber(1.5e12), '1.50e+12');
  assert.equal(formatNumber(NaN), '–');
  assert.equal(formatNumber(null), '–');
  assert.equal(formatCount(1234), '1,234');
  assert.equal(formatCount(null), '–');
  assert.equal(formatLength(4201.26), '4,201 mm');
  assert.equal(formatBytes(999), '999 B');
  assert.equal(formatBytes(1_234_567), '1.23 MB');
  assert.equal(formatBytes(45_600), '45.6 kB');
});

test('a change is told with its sign, where there is something to compare with', () => {
  assert.equal(formatChange(70, 100), '−30.0 %');
  assert.equal(formatChange(130, 100), '+30.0 %');
  assert.equal(formatChange(100, 100), '±0 %');
  assert.equal(formatChange(70, 0), '');
  assert.equal(formatChange(null, 100), '');
});
