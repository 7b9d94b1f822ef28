// SPDX-License-Identifier: GPL-3.0-or-later

// The page in Debian's Firefox, by WebDriver BiDi: what it shows there, what a click and a drag
// do. Skipped (77) where there is no Firefox, or its driver was not fetched.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { board, part } from '../viewer/boards.js';
import { MockServer } from '../viewer/mock-server.js';
import { hello, key, state } from '../viewer/wire-writer.js';
import { change, onScreen, PATIENCE_MS, pixels, says, until } from './browser.js';

const EXECUTABLE = process.env.BW_FIREFOX ?? '/usr/bin/firefox-esr';
const RUNNING = 1;
const PAUSED = 2;

let browser;
let server;
let page;
let seq = 0;
const commands = [];
const poses = [[20, 20, 0, 0], [50, 30, 0, 0]];
const faults = [];

const tell = () => server.send(key(poses, { seq: ++seq, iteration: seq }));

function obey(message) {
  if (message.type === 'hello') {
    server.send(hello());
    tell();
  } else if (message.type === 'command') {
    commands.push(message.command);
    if (message.command === 'move') {
      poses[message.part] = [message.x / 1e6, message.y / 1e6, 0, 0];
      tell();
    } else {
      server.send(state(message.command === 'pause' ? PAUSED : RUNNING));
    }
  }
}

before(async () => {
  let puppeteer;
  try {
    puppeteer = await import('puppeteer-core');
  } catch {
    console.log('1..0 # SKIP puppeteer-core is not installed: npm ci in tests/');
    process.exit(77);
  }
  if (!existsSync(EXECUTABLE)) {
    console.log(`1..0 # SKIP there is no ${EXECUTABLE}`);
    process.exit(77);
  }
  server = new MockServer(board([
    part('R1', 20, 20), part('C1', 50, 30, { width: 20, height: 10 }),
  ]));
  server.dialect = 'boardwalk.1';
  server.onMessage = obey;
  const port = await server.start();
  browser = await puppeteer.default.launch({
    browser: 'firefox', executablePath: EXECUTABLE, headless: true, timeout: PATIENCE_MS,
    protocolTimeout: PATIENCE_MS,
    defaultViewport: { width: 1200, height: 800 },
  });
  page = await browser.newPage();
  page.on('pageerror', (error) => faults.push(String(error)));
  // What says() and onScreen() ask of a page is what both drivers call the same, but for this.
  page.waitForFunction = ((wait) => (test_, argument) =>
    wait.call(page, test_, { timeout: PATIENCE_MS }, argument))(page.waitForFunction);
  page.textContent = (selector) => page.$eval(selector, (node) => node.textContent);
  await page.goto(`http://127.0.0.1:${port}/s/mock/#control-token`,
                  { waitUntil: 'domcontentloaded', timeout: PATIENCE_MS });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test('Firefox shows the board, and a frame changes the picture', async () => {
  await says(page, '#link-state', 'Running');
  await says(page, '#board-facts', '2 parts · 2 nets');
  const shown = await pixels(page);
  poses[0] = [70, 50, 90, 0];
  tell();
  await says(page, '#m-iteration', '2');
  await change(page, shown);
});

test('in Firefox a click pauses and a drag moves a part', async () => {
  await page.click('#pause');
  await says(page, '#link-state', 'Paused');
  const from = await onScreen(page, 50, 30);
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(from[0] + 40, from[1] + 30, { steps: 4 });
  await page.mouse.up();
  await says(page, '#selection-title', 'C1');
  await says(page, '#selection-facts', /Held by hand|mm/);
  await until(() => poses[1][0] >= 50.5, 'it was moved');
  assert.deepEqual([...new Set(commands)], ['pause', 'move']);
  assert.deepEqual(faults, []);
});
