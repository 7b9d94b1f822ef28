// SPDX-License-Identifier: GPL-3.0-or-later

// Several boards at one address, in Chromium.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';

import { launchBrowser, openPage, says } from './browser.js';

const NAMES = ['blinker.kicad_pcb', 'sensor-node.kicad_pcb'];

let browser;
let program;
let links;

before(async () => {
  browser = await launchBrowser();
  program = spawn(process.env.BW_BINARY,
    ['serve', ...NAMES.map((name) => path.join(process.env.BW_EXAMPLES, name)), '--port', '0'],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  links = [];
  for await (const line of createInterface({ input: program.stdout })) {
    const found = /^Watch: +(\S+)$/.exec(line);
    if (found && links.push(found[1]) === NAMES.length + 1) {
      break;
    }
  }
});

after(async () => {
  program?.kill('SIGINT');
  await browser?.close();
});

test('a link to all boards lists them, and each opens its own', async () => {
  const page = await openPage(browser, links[NAMES.length]);
  await says(page, '#notice-title', 'Several boards are shared here');
  // The newest is first.
  assert.deepEqual(await page.locator('#notice-links a').allTextContents(), [...NAMES].reverse());
  await page.click(`#notice-links a:text-is("${NAMES[0]}")`);
  await says(page, '#board-name', NAMES[0]);
  assert.equal(await page.isHidden('#notice'), true);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a link to one board shows it at the root as well', async () => {
  const link = new URL(links[1]);
  const page = await openPage(browser, `${link.origin}/${link.hash}`);
  await says(page, '#board-name', NAMES[1]);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
