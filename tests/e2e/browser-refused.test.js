// SPDX-License-Identifier: GPL-3.0-or-later

// What the page says, in Chromium, where a session cannot be joined, or not as it was; and that it
// works where it is no secure context.

import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { board, part } from '../viewer/boards.js';
import { MockServer } from '../viewer/mock-server.js';
import { hello, key } from '../viewer/wire-writer.js';
import { launchBrowser, openPage, pixels, says, still } from './browser.js';

const POSES = [[20, 20], [50, 30]];

let browser;
let server;
let port;
let pages;
let version;

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

beforeEach(async () => {
  pages = [];
  version = 1;
  server = new MockServer(board([part('R1', 20, 20), part('C1', 50, 30)]));
  server.dialect = 'boardwalk.1';
  server.onMessage = ({ type }) => {
    if (type === 'hello') {
      server.send(hello({ version }));
      server.send(key(POSES));
    }
  };
  port = await server.start();
});

afterEach(async () => {
  for (const page of pages) {
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
  await server.stop();
});

async function open(host = '127.0.0.1') {
  const page = await openPage(browser, `http://${host}:${port}/s/mock/#control-token`);
  pages.push(page);
  return page;
}

test('a session that has ended is told, and can be tried again', async () => {
  server.boardStatus = 404;
  const page = await open();
  await says(page, '#notice-title', 'This session has ended');
  await says(page, '#notice-text', /no longer shared/);
  await says(page, '#link-state', 'Not connected');
  server.boardStatus = null;
  await page.click('#notice-retry');
  await says(page, '#link-state', 'Running');
  assert.equal(await page.isVisible('#notice'), false);
});

test('a server that is full says so, and lets who waits in by itself', async () => {
  server.streamStatus = 503;
  const page = await open();
  await says(page, '#notice-title', 'The session cannot be joined now');
  await says(page, '#notice-text', /as many viewers as it takes/);
  server.streamStatus = null;
  await says(page, '#link-state', 'Running');
  assert.equal(await page.isVisible('#notice'), false);
});

test('who is sent away is told why, keeps the board, and controls nothing', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  server.close(1008, 'This link is not valid any more');
  await says(page, '#notice-title', 'You were disconnected');
  await says(page, '#notice-text', 'This link is not valid any more');
  await says(page, '#board-name', 'test.kicad_pcb');
  assert.equal(await page.getAttribute('#pause', 'aria-disabled'), 'true');
  await says(page, '#log li:last-child', /This link is not valid any more\.$/);
  assert.doesNotMatch(await page.textContent('#log'), /was lost/);

  // The token was renewed: to try again leads nowhere, and that is said.
  server.tokens.clear();
  await page.click('#notice-retry');
  await says(page, '#notice-title', 'This link does not open the session');
});

test('a session of another protocol asks for the page to be loaded anew', async () => {
  version = 2;
  const page = await open();
  await says(page, '#notice-title', 'This page does not fit the session');
  await says(page, '#notice-text', /load it anew/);
});

test('the page works over plain HTTP from another address, no secure context', async (t) => {
  const address = Object.values(networkInterfaces()).flat()
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
  if (address === undefined) {
    t.skip('this computer has no address but its own');
    return;
  }
  await server.stop();
  port = await server.start(0, address);
  const page = await open(address);
  await says(page, '#link-state', 'Running');
  assert.equal(await page.evaluate(() => window.isSecureContext), false);
  assert.equal(await page.getAttribute('#canvas', 'data-drawn-by'), 'worker');
  await still(page);
  const before_ = await pixels(page);
  server.send(key([[30, 25], [50, 30]], { seq: 2, iteration: 43 }));
  await says(page, '#m-iteration', '43');
  assert.notEqual(await pixels(page), before_);
});
