// SPDX-License-Identifier: GPL-3.0-or-later

// The whole way: `boardwalk serve` places a real board, and browsers watch and control it.
// Usage: node browser.test.js, with BW_BINARY and BW_EXAMPLES in the environment.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import {
  change, controls, launchBrowser, openPage, pixels, refreshes, says, still,
} from './browser.js';

const ALL_OFF = { pause: false, resume: false, stop: false };

let browser;
let program;
let ended;
let urls;

/** Starts the program; resolves to { watch, control } as it prints them. */
function serve(board) {
  program = spawn(process.env.BW_BINARY, ['serve', board, '--port', '0', '--time', '3600'],
                  { stdio: ['ignore', 'pipe', 'inherit'] });
  ended = new Promise((resolve) => { program.once('exit', resolve); });
  return new Promise((resolve, reject) => {
    const found = {};
    program.once('error', reject);
    ended.then((status) => reject(new Error(`boardwalk ended with status ${status}`)));
    createInterface({ input: program.stdout }).on('line', (line) => {
      const match = /^(Watch|Control):\s+(\S+)$/.exec(line);
      if (match) {
        found[match[1].toLowerCase()] = match[2];
      }
      if (found.watch && found.control) {
        resolve(found);
      }
    });
  });
}

const iteration = async (page) =>
  Number((await page.textContent('#m-iteration')).replace(/,/g, ''));

before(async () => {
  browser = await launchBrowser();
  urls = await serve(join(process.env.BW_EXAMPLES, 'motor-controller.kicad_pcb'));
});

after(async () => {
  await browser?.close();
  program?.kill('SIGINT');
  await ended;
});

test('a page asks for little before the board is seen', async () => {
  const page = await openPage(browser, urls.watch);
  await says(page, '#link-state', 'Running');
  await page.waitForFunction(() => document.getElementById('canvas').dataset.firstDrawn);
  const names = await page.evaluate(() => performance.getEntriesByType('resource')
    .map(({ name }) => name.replace(/^.*\/s\/[^/]+\//, '')));
  assert.ok(names.includes('ui/main.js') && names.includes('ui/stage.js'), names.join(' '));
  assert.ok(names.length <= 12, names.join(' '));
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a browser sees the run, stops and continues it, and every other sees that', async () => {
  const control = await openPage(browser, urls.control);
  await says(control, '#link-state', 'Running');
  await says(control, '#board-name', 'motor-controller.kicad_pcb');

  // How old what is seen is comes by the server's clock.
  await says(control, '#m-age', /^[\d,]+ ms old$/);

  // Parts move.
  const first = await pixels(control);
  const second = await change(control, first);
  await change(control, second);

  // Pause stands still.
  await control.click('#pause');
  await says(control, '#link-state', 'Paused');
  await still(control);
  assert.deepEqual(await controls(control), { pause: false, resume: true, stop: true });
  const paused = { pixels: await pixels(control), iteration: await iteration(control) };
  await refreshes(control, 60);
  assert.equal(await pixels(control), paused.pixels);
  assert.equal(await iteration(control), paused.iteration);

  // One who comes later and may only watch sees the same.
  const watch = await openPage(browser, urls.watch);
  await says(watch, '#link-state', 'Paused');
  await says(watch, '#controls-note', /watching/);
  await says(watch, '#m-iteration', await control.textContent('#m-iteration'));
  assert.deepEqual(await controls(watch), ALL_OFF);

  // Resume goes on, for both.
  await control.click('#resume');
  await says(control, '#link-state', 'Running');
  await says(watch, '#link-state', 'Running');
  await change(control, paused.pixels);
  await watch.waitForFunction((from) =>
    Number(document.getElementById('m-iteration').textContent.replace(/,/g, '')) > from,
  paused.iteration);

  // A drag moves the part in the program, so that everybody sees it there.
  for (const page of [control, watch]) {
    await page.keyboard.press('/');
    await page.keyboard.type('C1');
    await page.keyboard.press('Enter');
    await says(page, '#selection-title', 'C1');
  }
  const canvas = await control.locator('#canvas').boundingBox();
  const from = [canvas.x + canvas.width / 2, canvas.y + canvas.height / 2];
  await control.keyboard.press('m');
  await control.mouse.move(...from);
  await control.mouse.move(from[0] + 90, from[1] + 50, { steps: 5 });
  await control.mouse.click(from[0] + 90, from[1] + 50);
  await says(control, '#selection-facts', /Held by hand/);
  await says(watch, '#selection-facts', /Held by hand/);
  const place = (page) => page.$eval('#selection-facts', ({ textContent }) =>
    /[-\d.]+, [-\d.]+ mm/.exec(textContent)[0]);
  // What is on its way is shown at once to who moved it: exactly, and rounded when it comes back.
  while (await place(control) !== await place(watch)) {
    await refreshes(watch, 2);
  }
  await control.keyboard.press('Control+z');
  await control.waitForFunction(() =>
    !/Held/.test(document.getElementById('selection-facts').textContent));
  await watch.waitForFunction(() =>
    !/Held/.test(document.getElementById('selection-facts').textContent));

  // Stop ends it, for both and for whoever comes later, by the short address as well.
  await control.click('#stop');
  await says(control, '#link-state', 'Stopped');
  await says(watch, '#link-state', 'Stopped');
  assert.deepEqual(await controls(control), ALL_OFF);
  await says(control, '#log', /topped/);
  await still(control);
  const stopped = await pixels(control);
  const late = await openPage(browser, urls.watch.replace(/\/s\/[^/]+\//, '/'));
  await says(late, '#link-state', 'Stopped');
  await says(late, '#m-iteration', await control.textContent('#m-iteration'));
  await refreshes(control, 30);
  assert.equal(await pixels(control), stopped);

  // Who controls starts it again, from here and from the file.
  await control.click('#start');
  await says(watch, '#link-state', 'Running');
  await change(watch, stopped.pixels);
  await control.click('#restart');
  await says(watch, '#log', /Started.*Started/);

  for (const page of [control, watch, late]) {
    assert.deepEqual(page.faults, []);
  }
});

test('a token that is not the session\'s does not open it', async () => {
  const page = await openPage(browser, urls.watch.replace(/#.*/, '#AAAA'));
  await says(page, '#notice-title', 'This link does not open the session');
});

test('a page on disk leads to the board', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'boardwalk-'));
  try {
    const file = join(folder, 'board.html');
    await promisify(execFile)(process.env.BW_BINARY, ['viewer', urls.watch, '-o', file]);
    const page = await openPage(browser, pathToFileURL(file).href);
    await says(page, '#board-name', 'motor-controller.kicad_pcb');
    assert.deepEqual(page.faults, []);
  } finally {
    await rm(folder, { recursive: true });
  }
});
