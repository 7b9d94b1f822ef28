// SPDX-License-Identifier: GPL-3.0-or-later

// The past of a run on the page, in Chromium: what came before the page was opened, and since.

import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, test } from 'node:test';

import { board, part } from '../viewer/boards.js';
import { MockServer } from '../viewer/mock-server.js';
import { hello, history, key } from '../viewer/wire-writer.js';
import { launchBrowser, openPage, says } from './browser.js';

let browser;
let server;
let page;

/** The frame of an iteration: C1 goes to the right, and the run gets better. */
const frameOf = (iteration) => key([[20, 20], [40 + iteration / 10, 30]], {
  seq: iteration + 1, flags: 1, iteration, wireLength: 200 - iteration,
  phase: iteration < 50 ? 'global' : 'refinement',
});

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

beforeEach(async () => {
  server = new MockServer(board([part('R1', 20, 20), part('C1', 50, 30)]));
  server.dialect = 'boardwalk.1';
  server.history = history([0, 20, 40, 60, 80].map(frameOf));
  server.onMessage = ({ type }) => {
    if (type === 'hello') {
      server.send(hello());
      server.send(frameOf(100));
    }
  };
  const port = await server.start();
  page = await openPage(browser, `http://127.0.0.1:${port}/s/mock/#control-token`);
  await says(page, '#link-state', 'Running');
  // With what came before.
  await says(page, '#band-names', /Global Placement\s*Refinement/);
  await page.keyboard.press('/');
  await page.keyboard.type('c1');
  await page.keyboard.press('Enter');
});

afterEach(async () => {
  await page.context().close();
  await server.stop();
  assert.deepEqual(page.faults, []);
});

const at = async (share) => {
  const box = await page.locator('#track').boundingBox();
  return [box.x + share * box.width, box.y + box.height / 2];
};

test('a press on the timeline shows the board as it was then, and Live as it is', async () => {
  await says(page, '#m-wire-change', '+25.0 %');
  await page.mouse.click(...await at(0.45));
  await says(page, '#m-iteration', '40');
  await says(page, '#m-phase', 'Global Placement, Past');
  await says(page, '#selection-facts', /44\.00, 30\.00 mm/);
  assert.equal(await page.isHidden('#hands'), true, 'nobody moves what was');
  // The run goes on meanwhile.
  server.send(frameOf(120));
  await page.waitForFunction(() =>
    document.getElementById('track').getAttribute('aria-valuemax') === '120');
  await says(page, '#selection-facts', /44\.00, 30\.00 mm/);
  await page.click('#to-live');
  await says(page, '#selection-facts', /52\.00, 30\.00 mm/);
  await says(page, '#m-iteration', '120');
  await says(page, '#m-phase', 'Refinement');
  assert.equal(await page.isHidden('#hands'), false);
});

test('arrows step, Home and End go to the ends, space plays to the present', async () => {
  await page.focus('#track');
  await page.keyboard.press('ArrowLeft');
  await says(page, '#m-iteration', '80');
  await page.keyboard.press('Home');
  await says(page, '#m-iteration', '0');
  await page.keyboard.press('ArrowRight');
  await says(page, '#m-iteration', '20');
  assert.equal(await page.getAttribute('#track', 'aria-valuenow'), '20');
  await page.keyboard.press('End');
  await says(page, '#m-iteration', '100');
  await page.selectOption('#speed', '4');
  await page.keyboard.press('Escape');
  // The past may be over before anybody looks.
  await page.evaluate(() => {
    const phase = document.getElementById('m-phase');
    window.phases = [];
    new MutationObserver(() => window.phases.push(phase.textContent))
      .observe(phase, { characterData: true, childList: true, subtree: true });
  });
  await page.click('#play');
  await page.waitForFunction(() => window.phases.at(-1) === 'Refinement'
    && window.phases.some((phase) => phase.endsWith(', Past')));
  assert.equal(await page.getAttribute('#to-live', 'aria-disabled'), 'true');
});

test('phases are bands with their names, and another run begins anew', async () => {
  await says(page, '#band-names li:nth-child(1)', 'Global Placement');
  await says(page, '#band-names li:nth-child(2)', 'Refinement');
  assert.equal(await page.locator('#bands rect').count(), 2);
  server.send(key([[20, 20], [50, 30]], { seq: 500, iteration: 3, epoch: 2, phase: 'global' }));
  server.send(key([[20, 20], [51, 30]], { seq: 501, iteration: 9, epoch: 2, phase: 'global' }));
  await page.waitForFunction(() => document.querySelectorAll('#bands rect').length === 1);
  await page.focus('#track');
  await page.keyboard.press('Home');
  await says(page, '#m-iteration', /^[39]$/);
});

test('the board is seen in space, turns by keys, and moves live', async () => {
  await page.click('#open-space');
  await says(page, '#space-note', /fewer faces/);
  const drawn = () => page.evaluate(() => {
    const canvas = document.getElementById('space-canvas');
    return canvas.dataset.drawn === undefined ? null : canvas.toDataURL();
  });
  const changed = (from) => page.waitForFunction((before_) => {
    const canvas = document.getElementById('space-canvas');
    return canvas?.dataset.drawn !== undefined && canvas.toDataURL() !== before_;
  }, from);
  await page.waitForSelector('#space-canvas[data-drawn]');
  const first = await drawn();
  await page.keyboard.press('ArrowRight');
  await changed(first);
  const turned = await drawn();
  server.send(frameOf(300));
  await changed(turned);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.getElementById('space').open
    && document.getElementById('space-canvas') === null);
});

test('two sessions are seen side by side, by one camera, with their difference', async () => {
  const address = await page.evaluate(() =>
    new URL('/compare#mock:watch-token,mock:control-token', document.baseURI).href);
  const both = await openPage(browser, address);
  await both.waitForFunction(() => [...document.querySelectorAll('.pane .chip')]
    .filter(({ textContent }) => textContent === 'Connected').length === 2);
  await says(both, '#names', /^test\.kicad_pcbtest\.kicad_pcb$/);
  await says(both, '#rows', /Wire length100\.0 mm 100\.0 mm ±0 %/);
  const cameras = () => both.evaluate(async () => {
    const { stages } = await import(new URL('ui/compare.js', document.baseURI).href);
    return stages.map((stage) => stage.toScreen(0, 0).x);
  });
  const [before_] = await cameras();
  const box = await both.locator('.pane:nth-child(2) canvas').boundingBox();
  await both.mouse.move(box.x + 50, box.y + 50);
  await both.mouse.wheel(0, -300);
  let now;
  do {
    now = await cameras();
  } while (now[0] === before_ || Math.abs(now[0] - now[1]) > 1e-6);
  await both.context().close();
  assert.deepEqual(both.faults, []);
});
