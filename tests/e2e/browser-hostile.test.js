// SPDX-License-Identifier: GPL-3.0-or-later

// A server that lies, before the real page in Chromium: whatever it sends, no script of it runs,
// and the page answers whoever uses it.

import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, test } from 'node:test';

import { board, part } from '../viewer/boards.js';
import { MockServer } from '../viewer/mock-server.js';
import { hello, history, key, line, metrics, presence } from '../viewer/wire-writer.js';
import { launchBrowser, openPage, pixels, says, until } from './browser.js';

const PARTS = [part('R1', 20, 20), part('C1', 50, 30), part('J1', 85, 12)];
const POSES = [[20, 20, 0, 0], [50, 30, 0, 0], [85, 12, 0, 0]];
const MARKUP = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>';

// A page that does not answer for so long is said to hang. On a busy machine one that does
// nothing at all may be kept waiting for a part of that.
const HANGS_MS = 5000;

let browser;
let server;
let port;
let pages;

/** Opens the page, and notes from then on for how long it does not answer. */
async function open(path = 's/mock/') {
  const page = await openPage(browser, 'about:blank');
  pages.push(page);
  await page.addInitScript(() => {
    let last_ms = performance.now();
    window.longest_ms = 0;
    setInterval(() => {
      const now_ms = performance.now();
      window.longest_ms = Math.max(window.longest_ms, now_ms - last_ms);
      last_ms = now_ms;
    }, 20);
  });
  await page.goto(`http://127.0.0.1:${port}/${path}#control-token`);
  return page;
}

/** What all of it comes to, once all that was sent is behind the page. */
async function assertUnharmed(page) {
  const { harmed, longest_ms: longest } = await page.evaluate(() => (
    { harmed: window.harmed, longest_ms: window.longest_ms }));
  console.log(`# the page was away for ${longest.toFixed(0)} ms at most`);
  assert.equal(harmed, undefined);
  assert.ok(longest < HANGS_MS, `${longest} ms`);
}

/** Sends `flood ()` to who says hello, behind a first frame. */
function floodWith(flood) {
  server.onMessage = async ({ type }) => {
    if (type === 'hello') {
      server.send(hello());
      server.send(key(POSES));
      await flood();
    }
  };
}

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

beforeEach(async () => {
  pages = [];
  server = new MockServer(board(PARTS));
  server.dialect = 'boardwalk.1';
  floodWith(() => {});
  port = await server.start();
});

afterEach(async () => {
  await Promise.all(pages.map((page) => page.context().close()));
  await server.stop();
  pages.forEach(({ faults }) => assert.deepEqual(faults, []));
});

test('markup in what people and the session are called is text', async () => {
  floodWith(() => {
    server.send(presence([{ number: 1, role: 1, name: MARKUP }, { number: 2, name: MARKUP }]));
    server.send(line(MARKUP));
  });
  server.board = board([part(MARKUP, 20, 20, { value: MARKUP }), ...PARTS.slice(1)],
                       { name: MARKUP,
                         nets: [{ name: MARKUP, power: false, pins: [0, 0, 1, 0] }] });
  const page = await open();
  await says(page, '#log li:last-child p', /<img/);
  await page.focus('#find');
  await page.fill('#find', 'img');
  await says(page, '#found', /<img/);
  await page.keyboard.press('Enter');
  await says(page, '#selection', /<img/);
  await page.click('#parts-card summary');
  await says(page, '#parts-rows', /<img/);
  assert.equal(await page.locator('img:not(.logo)').count(), 0);
  await assertUnharmed(page);
});

test('words without end are heard, or not, and the page answers', async () => {
  const words = Buffer.alloc(60_000, 'word ').toString();
  floodWith(async () => {
    for (let i = 0; i < 20_000; i++) {
      server.send(line(`line ${i}`));
      if (i % 100 === 0) {
        server.send(line(words));
        await new Promise(setImmediate);
      }
    }
  });
  const page = await open();
  await says(page, '#log', /line/);
  await page.waitForTimeout(0);
  await says(page, '#link-state', /Running|Reconnecting/);
  assert.ok(await page.locator('#log li').count() <= 200);
  await assertUnharmed(page);
});

test('people and samples without end do not keep the page from answering', async () => {
  const crowd = presence(Array.from({ length: 100_000 }, (_, i) => ({ number: i, name: 'Ann' })));
  const samples = metrics(Array.from({ length: 100_000 }, (_, iteration) => ({ iteration })));
  let sent = 0;
  floodWith(() => {
    for (let i = 0; i < 10; i++) {
      server.send(crowd);
      server.send(samples);
    }
    sent++;
  });
  const page = await open();
  await until(() => sent > 1, 'the page gave the connection up, and came back');
  await pixels(page);
  await assertUnharmed(page);
});

test('frames without end, none of which was asked for, are read or given up', async () => {
  const many = Array.from({ length: 2000 }, (_, i) => part(`R${i}`, i % 50 * 5, i / 10));
  const poses = many.map((_, i) => [i % 50 * 5, i / 10, 0, 0]);
  let sent = 0;
  server.board = board(many);
  server.onMessage = async ({ type }) => {
    if (type === 'hello') {
      server.send(hello());
      for (let seq = 1; seq < 2000; seq++) {
        poses[seq % 2000][0] += 1;
        server.send(key(poses, { seq, iteration: seq }));
        await new Promise(setImmediate);
      }
      sent++;
    }
  };
  const page = await open();
  await until(() => sent > 0, 'all frames were sent');
  await says(page, '#m-iteration', /1,999/);
  await assertUnharmed(page);
});

test('a history that is far longer than it may be is left', async () => {
  const frames = Array.from({ length: 2000 }, (_, i) => key(POSES, { seq: i + 1, iteration: i }));
  server.history = Buffer.concat(Array.from({ length: 100 }, () => history(frames)));
  const page = await open();
  await says(page, '#link-state', 'Running');
  await pixels(page);
  await assertUnharmed(page);
});

test('a board of absurd counts is refused in words', async () => {
  const pad = { number: '1', at: [0, 0], sides: 1, drill: 0, points: [] };
  const one = board(PARTS);
  const times = (length, what) => Array.from({ length }, () => what);
  const absurd = {
    nets: { ...one, nets: times(1_500_000, { name: 'N' }) },
    pads: { ...one, shapes: [{ ...one.shapes[0], pads: times(50_000, pad) }],
            footprints: times(20_000, { ...one.footprints[0], shape: 0 }) },
    texts: { ...one, texts: times(3_000_000, {}) },
    points: { ...one, outlines: [{ points: times(5_000_000, 1e9) }] },
  };
  for (const [name, json] of Object.entries(absurd)) {
    console.log(`# ${name}`);
    server.board = JSON.stringify(json);
    const page = await open();
    await says(page, '#notice-title', 'This board cannot be shown');
    await says(page, '#notice-text', /more .* than this page can draw/);
    await assertUnharmed(page);
    await page.context().close();
  }
});

test('an answer without end is given up', async () => {
  let served = 0;
  server.onRequest = (path, response) => {
    if (path !== '/board') {
      return false;
    }
    const more = () => {
      served++;
      if (!response.destroyed) {
        response.write(' '.repeat(1 << 20), more);
      }
    };
    response.on('error', () => {});
    more();
    return true;
  };
  const page = await open();
  await says(page, '#notice-title', 'The session does not answer');
  assert.ok(served < 2000, `${served} MB were taken`);
  await assertUnharmed(page);
});

test('of half a million sessions as many are listed as anybody reads', async () => {
  server.onRequest = (path, response) => {
    if (path === '/api/sessions') {
      response.end(JSON.stringify({ sessions: Array.from({ length: 500_000 }, (_, id) => (
        { id: `javascript:${id}`, name: MARKUP, role: 'viewer' })) }));
    }
    return path === '/api/sessions';
  };
  const page = await open('');
  await says(page, '#notice-title', 'Several boards are shared here');
  assert.ok(await page.locator('#notice-links a').count() <= 100);
  assert.ok((await page.locator('#notice-links a').first().getAttribute('href')).startsWith('s/'));
  await assertUnharmed(page);
});
