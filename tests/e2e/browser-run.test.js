// SPDX-License-Identifier: GPL-3.0-or-later

// How a run is asked for on the page, in Chromium, before a session that hears it.

import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, test } from 'node:test';

import { board, part } from '../viewer/boards.js';
import { MockServer } from '../viewer/mock-server.js';
import { clashes, hello, key } from '../viewer/wire-writer.js';
import { launchBrowser, openPage, says, until } from './browser.js';

const PARTS = [part('R1', 20, 20), part('C1', 50, 30), part('J1', 85, 12)];
const READY = 0;

let browser;
let server;
let port;
let pages;
let commands;

async function open(token = 'control-token') {
  const page = await openPage(browser, `http://127.0.0.1:${port}/s/mock/#${token}`);
  pages.push(page);
  await says(page, '#link-state', 'Ready');
  return page;
}

/** The last of so many commands. */
async function command(count) {
  await until(() => commands.length >= count, `${count} commands came`);
  assert.equal(commands.length, count);
  const { type, cmd_id: id, ...last } = commands.at(-1);
  return last;
}

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

beforeEach(async () => {
  pages = [];
  commands = [];
  server = new MockServer(board(PARTS));
  server.dialect = 'boardwalk.1';
  server.onMessage = (message, role) => {
    if (message.type === 'hello') {
      server.send(hello({ role: role === 'controller' ? 1 : 0, state: READY }));
      server.send(key(PARTS.map((_, i) => [20 + 30 * i, 20, 0, 0]),
                      { seq: 1, iteration: 0, phase: 'initial' }));
    } else if (message.type === 'command') {
      commands.push(message);
    }
  };
  port = await server.start();
});

afterEach(async () => {
  await Promise.all(pages.map((page) => page.context().close()));
  await server.stop();
  pages.forEach(({ faults }) => assert.deepEqual(faults, []));
});

test('a run is asked for with the time, the seed and the manner that are chosen', async () => {
  const page = await open();
  await page.click('#start');
  assert.deepEqual(await command(1), { command: 'start' });

  await page.click('#run-card summary');
  await page.fill('#run-time', '30');
  await page.fill('#run-seed', '7');
  await page.selectOption('#run-manner', 'refine');
  await page.click('#start');
  assert.deepEqual(await command(2), { command: 'start', time: 30, seed: 7, refine: true });

  await page.fill('#run-time', '');
  await page.selectOption('#run-manner', 'place');
  await page.click('#restart');
  assert.deepEqual(await command(3), { command: 'restart', seed: 7, refine: false });
});

test('a number that makes no sense begins nothing, and is shown', async () => {
  const page = await open();
  await page.click('#run-card summary');
  await page.fill('#run-seed', '-1');
  await page.click('#run-card summary');
  await page.click('#start');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'run-seed');
  await page.fill('#run-seed', '1');
  await page.click('#start');
  assert.deepEqual(await command(1), { command: 'start', seed: 1 });
});

test('what is selected is placed alone, once something is', async () => {
  const page = await open();
  await page.click('#run-card summary');
  assert.equal(await page.getAttribute('#place-selection', 'aria-disabled'), 'true');
  await page.click('#place-selection', { force: true });
  await page.focus('#canvas');
  await page.keyboard.press('Control+a');
  await page.waitForSelector('#place-selection[aria-disabled="false"]');
  await page.click('#place-selection');
  assert.deepEqual(await command(1), { command: 'start', parts: [0, 1, 2] });
});

test('what is to become of tracks is asked before a run that would leave some behind', async () => {
  const tracks = [{ net: 0, sides: 1, width: 250000, paths: [[0, 0, 1e7, 0]] }];
  server.board = board([PARTS[0], ...['C1', 'J1'].map((name) =>
    part(name, 50, 30, { pads: [] }))], { tracks });
  const page = await open();
  const asked = '#tracks-question[open]';
  await page.click('#start');
  await says(page, '#tracks-text', /^1 track on 1 net would stay/);
  await page.keyboard.press('Escape');
  await page.waitForSelector(asked, { state: 'detached' });
  await page.click('#start');
  await page.click(`${asked} [value=""]`);
  assert.equal(commands.length, 0);
  await page.click('#restart');
  await page.click(`${asked} [value="ripup"]`);
  assert.deepEqual(await command(1), { command: 'restart', tracks: 'ripup' });

  // Somebody has said it by now: the flags of a frame.
  server.send(key(PARTS.map(() => [50, 30, 0, 0]),
                  { seq: 2, flags: 1 | (2 << 6), iteration: 5, phase: 'final' }));
  await says(page, '#m-iteration', /^5/);
  await page.click('#start');
  assert.deepEqual(await command(2), { command: 'start' });
});

test('held parts in conflict are named with the end of a run, be it by pads alone', async () => {
  server.board = board([
    part('R1', 50, 30, { held: true }), part('C1', 60, 30, { held: true }), PARTS[2],
  ]);
  const page = await open();
  server.send(clashes([0, 1], 2));
  server.send(key([[50, 30, 0, 0], [60, 30, 0, 0], [85, 12, 0, 0]],
                  { seq: 2, flags: 1, iteration: 5, phase: 'final', conflicts: 1 }));
  await says(page, '#m-phase', 'Finished, Legal, but 2 held parts are in conflict: R1, C1');
});

test('a net that is marked is weighed, and keeps what was set here', async () => {
  const page = await open();
  const mark = async (net) => {
    await page.fill('#find', net);
    await page.keyboard.press('Enter');
    await says(page, '#selection-title', net);
  };
  await mark('GND');
  assert.equal(await page.inputValue('#net-weight-value'), '');
  await page.fill('#net-weight-value', '2.5');
  await page.keyboard.press('Enter');
  assert.deepEqual(await command(1), { command: 'weigh', net: 1, value: 2.5 });
  await mark('A');
  assert.equal(await page.inputValue('#net-weight-value'), '');
  await page.fill('#net-weight-value', '-1');
  await page.keyboard.press('Enter');
  await mark('GND');
  assert.equal(await page.inputValue('#net-weight-value'), '2.5');
  assert.equal(commands.length, 1);
});

test('who may only watch has no options of runs, and weighs no net', async () => {
  const page = await open('watch-token');
  await says(page, '#controls-note', /watching/);
  await page.fill('#find', 'GND');
  await page.keyboard.press('Enter');
  await says(page, '#selection-title', 'GND');
  assert.equal(await page.isHidden('#net-weight'), true);
  assert.equal(await page.isHidden('#run-card'), true);
});
