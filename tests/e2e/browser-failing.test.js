// SPDX-License-Identifier: GPL-3.0-or-later

// What the page says, in Chromium, where it cannot go on by itself: what draws does not start, or
// ends, or scripts are missing. It never says for ever that it connects.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { board, part } from '../viewer/boards.js';
import { MockServer } from '../viewer/mock-server.js';
import { hello, key } from '../viewer/wire-writer.js';
import { launchBrowser, openPage, says } from './browser.js';

const WORKER = readFileSync(new URL('../../viewer/ui/worker.js', import.meta.url), 'utf8');

let browser;
let server;
let port;
let page;

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

beforeEach(async () => {
  server = new MockServer(board([part('R1', 20, 20), part('C1', 50, 30)]));
  server.dialect = 'boardwalk.1';
  server.onMessage = ({ type }) => {
    if (type === 'hello') {
      server.send(hello());
      server.send(key([[20, 20], [50, 30]]));
    }
  };
  port = await server.start();
});

afterEach(async () => {
  await page.context().close();
  await server.stop();
});

/** Opens the page, once `init` has run in it. */
async function open(init = () => {}) {
  page = await openPage(browser, 'about:blank');
  await page.addInitScript(init);
  await page.goto(`http://127.0.0.1:${port}/s/mock/#control-token`);
}

/** Answers in the place of the server: { path: text, or null for 404 }. */
function serve(texts) {
  server.onRequest = (path, response) => {
    const text = texts[path];
    if (text === undefined) {
      return false;
    }
    response.statusCode = text === null ? 404 : 200;
    response.setHeader('Content-Type', 'text/javascript');
    response.end(text ?? 'no such file');
    return true;
  };
}

async function drawsOnThePage() {
  await says(page, '#link-state', 'Running');
  assert.equal(await page.getAttribute('#canvas', 'data-drawn-by'), 'page');
  assert.equal(await page.isVisible('#notice'), false);
  assert.equal(await page.locator('#unloaded').count(), 0);
}

async function saysThatItFailed(title, text) {
  await says(page, '#notice-title', title);
  await says(page, '#notice-text', text);
  await says(page, '#link-state', 'Stopped');
  assert.equal(await page.isVisible('#notice-retry'), false);
}

/** Presses the button for it, once the page would be whole. */
async function isReloaded() {
  server.onRequest = () => false;
  await page.click('#notice-reload');
  await says(page, '#link-state', 'Running');
}

test('where the worker is missing, the page draws at once', async () => {
  serve({ '/ui/worker.js': null });
  await open();
  await drawsOnThePage();
  // Long before a worker that says nothing would be given up.
  assert.ok(Number(await page.getAttribute('#canvas', 'data-first-drawn')) < 15_000);
});

test('where the worker cannot be made, or throws as it starts, the page draws', async () => {
  await open(() => {
    window.Worker = function Worker() {
      throw new Error('not allowed');
    };
  });
  await drawsOnThePage();
  await page.context().close();
  serve({ '/ui/worker.js': 'throw new Error(\'broken\');' });
  await open();
  await drawsOnThePage();
});

test('where a worker cannot draw, or no canvas be handed over, the page draws', async () => {
  serve({ '/ui/worker.js': `${WORKER}\nOffscreenCanvas.prototype.getContext = () => null;` });
  await open();
  await drawsOnThePage();
  await page.context().close();
  await open(() => {
    delete HTMLCanvasElement.prototype.transferControlToOffscreen;
  });
  await drawsOnThePage();
});

test('where neither can draw it says so, and can be reloaded', async () => {
  serve({ '/ui/worker.js': null, '/core/watch.js': null });
  await open();
  await saysThatItFailed('This page cannot go on', /^Reload it; .*watch\.js/);
  await isReloaded();
});

test('where there is no canvas at all it says so', async () => {
  serve({ '/ui/worker.js': null });
  await open(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await saysThatItFailed('This page cannot go on', /no canvas to draw on/);
});

test('a worker that dies in mid-session is told, and nothing can be done any more', async () => {
  serve({ '/ui/worker.js': `${WORKER}
    self.addEventListener('message', ({ data }) => {
      if (data.type === 'camera' && data.step === 'flip') {
        throw new RangeError('Array buffer allocation failed');
      }
    });` });
  await open();
  await says(page, '#link-state', 'Running');
  assert.equal(await page.getAttribute('#pause', 'aria-disabled'), 'false');
  await page.click('#flip');
  await saysThatItFailed('This page cannot go on', /run out of memory/);
  assert.equal(await page.getAttribute('#pause', 'aria-disabled'), 'true');
  await says(page, '#log li:last-child', /The page cannot go on\.$/);
  await isReloaded();
});

test('a worker that falls silent is told', async () => {
  serve({ '/ui/worker.js': `${WORKER}
    self.addEventListener('message', ({ data }) => {
      while (data.type === 'camera' && data.step === 'flip');
    });` });
  await open(() => {
    // Half a minute in some seconds.
    const setInterval_ = window.setInterval;
    window.setInterval = (act, pause_ms) => setInterval_(act, pause_ms / 10);
  });
  await says(page, '#link-state', 'Running');
  await page.click('#flip');
  await saysThatItFailed('This page cannot go on', /does not answer any more/);
});

test('a board that there is no room for is not said to be a server that is away', async () => {
  serve({ '/ui/worker.js': `${WORKER}
    const parse = JSON.parse;
    JSON.parse = (text) => {
      if (text.includes('"footprints"')) {
        throw new RangeError('Array buffer allocation failed');
      }
      return parse(text);
    };` });
  await open();
  await says(page, '#notice-title', 'This board cannot be shown');
  await says(page, '#notice-text', /allocation failed/);
});

test('a page whose rest is broken is reloaded once, and then says so', async () => {
  serve({ '/ui/main.js': 'throw new Error(\'broken\');' });
  await open();
  await saysThatItFailed('This page could not be loaded', /broken/);
  await isReloaded();
});

test('a page without its scripts says that it is not all there', async () => {
  serve({ '/ui/opening.js': null });
  await open();
  await page.waitForFunction(() =>
    getComputedStyle(document.getElementById('unloaded')).visibility === 'visible');
});

test('side by side, each board says by itself that it cannot go on', async () => {
  serve({ '/ui/worker.js': null, '/core/watch.js': null });
  page = await openPage(browser,
    `http://127.0.0.1:${port}/compare#mock:control-token,mock:watch-token`);
  for (const pane of ['.pane:first-child', '.pane:last-child']) {
    await says(page, `${pane} .pane-note`, /^This page cannot go on: load it anew/);
    await says(page, `${pane} .chip`, 'Stopped');
  }
});
