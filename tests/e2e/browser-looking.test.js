// SPDX-License-Identifier: GPL-3.0-or-later

// What the page shows beside the parts themselves, in Chromium: the minimap, legends.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { board, frame, part } from '../viewer/boards.js';
import { MockServer } from '../viewer/mock-server.js';
import { launchBrowser, onScreen, openPage, pixels, refreshes, says, still } from './browser.js';

let browser;
let server;
let port;
let pages;

async function open(options = {}) {
  const page = await openPage(browser, `http://127.0.0.1:${port}/s/mock/#control-token`, options);
  pages.push(page);
  await says(page, '#link-state', 'Running');
  await still(page);
  return page;
}

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

beforeEach(async () => {
  pages = [];
  server = new MockServer(board([part('R1', 20, 20), part('C1', 70, 40, { module: 0 })]));
  server.onJoin = (send) => {
    send({ type: 'welcome', fps: 10, paused: false });
    send(frame({}, { overlap_count: 0 }));
  };
  port = await server.start();
});

afterEach(async () => {
  await Promise.all(pages.map((page) => page.context().close()));
  await server.stop();
  pages.forEach(({ faults }) => assert.deepEqual(faults, []));
});

for (const drawnBy of ['worker', 'page']) {
  test(`a press in the minimap brings that place into view, drawn by the ${drawnBy}`, async () => {
    const page = await openPage(browser, 'about:blank');
    pages.push(page);
    if (drawnBy === 'page') {
      await page.addInitScript(() => {
        delete HTMLCanvasElement.prototype.transferControlToOffscreen;
      });
    }
    await page.goto(`http://127.0.0.1:${port}/s/mock/#control-token`);
    await says(page, '#link-state', 'Running');
    await still(page);
    assert.equal(await page.getAttribute('#canvas', 'data-drawn-by'), drawnBy);
    assert.ok(await page.isHidden('#minimap'), 'all of the board is in view');
    for (let i = 0; i < 5; i++) {
      await page.click('#zoom-in');
    }
    await page.waitForSelector('#minimap:not([hidden])');
    const { width, height } = await page.locator('#minimap').boundingBox();
    assert.ok(Math.abs(width / height - 100 / 60) < 0.05, `${width} × ${height}`);
    await page.click('#minimap', { position: { x: width * 0.25, y: height * 0.25 } });
    const [x, y] = await onScreen(page, 25, 15);
    const canvas = await page.locator('#canvas').boundingBox();
    // A pixel and the margin there are that many here.
    assert.ok(Math.abs(x - canvas.x - canvas.width / 2) < 40, String(x));
    assert.ok(Math.abs(y - canvas.y - canvas.height / 2) < 40, String(y));
    const picture = await pixels(page);
    await page.click('#layer-minimap');
    await page.waitForSelector('#minimap', { state: 'hidden' });
    assert.equal(await pixels(page), picture, 'it lies beside the picture');
    await page.keyboard.press('n');
    await page.waitForSelector('#minimap:not([hidden])');
  });
}

test('two fingers bring closer what is between them', async () => {
  const page = await open({ hasTouch: true });
  const client = await page.context().newCDPSession(page);
  const [x, y] = await onScreen(page, 60, 30);
  const [right] = await onScreen(page, 65, 30);
  const touch = (type, ...apart_px) => client.send('Input.dispatchTouchEvent', {
    type, touchPoints: apart_px.flatMap((px) => [{ x: x - px, y, id: 0 }, { x: x + px, y, id: 1 }]),
  });
  await touch('touchStart', 40);
  for (const apart of [60, 80, 100, 120]) {
    await refreshes(page, 1);
    await touch('touchMove', apart);
  }
  await touch('touchEnd');
  const [xAfter, yAfter] = await onScreen(page, 60, 30);
  assert.ok(Math.hypot(xAfter - x, yAfter - y) < 3, `it moved to ${xAfter}, ${yAfter}`);
  const scale = ((await onScreen(page, 65, 30))[0] - xAfter) / (right - x);
  assert.ok(Math.abs(scale - 3) < 0.3, `${scale} times as large`);
});

test('each force is named with its colour while forces are shown', async () => {
  const page = await open();
  assert.ok(await page.isHidden('#force-legend'));
  await page.click('#layer-forces');
  assert.equal(await page.locator('#force-legend li').count(), 5);
  const colors = await page.locator('#force-legend .swatch').evaluateAll((nodes) =>
    nodes.map((node) => getComputedStyle(node).backgroundColor));
  assert.equal(new Set(colors).size, 5);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForFunction((before) => getComputedStyle(
    document.querySelector('#force-legend .swatch')).backgroundColor !== before, colors[0]);
  await page.click('#layer-forces');
  assert.ok(await page.isHidden('#force-legend'));
});

test('colours that the colour-blind tell apart are chosen, and kept for next time', async () => {
  const page = await open();
  const swatch = () => page.locator('#modules .swatch').first()
    .evaluate((element) => element.style.backgroundColor);
  const usual = await swatch();
  await page.check('#safe-colors');
  const safe = await swatch();
  assert.notEqual(safe, usual);
  await page.reload();
  await says(page, '#link-state', 'Running');
  await page.waitForSelector('#modules .swatch');
  assert.equal(await page.isChecked('#safe-colors'), true);
  assert.equal(await swatch(), safe);
  await page.uncheck('#safe-colors');
  assert.equal(await swatch(), usual);
});

test('on a phone held sideways the board has most of the height, and nothing is cut off',
  async () => {
    const page = await open({
      viewport: { width: 740, height: 360 }, hasTouch: true, isMobile: true,
    });
    const { height } = await page.locator('#canvas').boundingBox();
    assert.ok(height > 200, `${height} px`);
    const [wide, high] = await page.evaluate(() =>
      [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
    assert.ok(wide <= 740 && high <= 360, `${wide} × ${high}`);
    const save = await page.locator('#save').boundingBox();
    const zoom = await page.locator('.zoom').boundingBox();
    assert.ok(zoom.y >= save.y + save.height, 'the buttons have room');
  });

test('on a phone the page itself does not scroll, however many events it tells', async () => {
  const page = await open({
    viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true,
  });
  for (let i = 0; i < 30; i++) {
    server.send({ type: 'status', status: 'info', message: `line ${i}` });
  }
  await says(page, '#log li:last-child', /line 29$/);
  const [room, need] = await page.evaluate(() =>
    [document.documentElement.clientHeight, document.documentElement.scrollHeight]);
  assert.equal(need, room);
});

test('by keys the ways to save are left again, and no step leads nowhere', async () => {
  const page = await open();
  const focused = () => page.evaluate(() => document.activeElement.closest('#save')?.id
    ?? document.activeElement.id);
  await page.focus('#save summary');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#save-picture', { state: 'visible' });
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'save-picture');
  await page.keyboard.press('Escape');
  await page.waitForSelector('#save-picture', { state: 'hidden' });
  assert.equal(await focused(), 'save');

  // What was found is a list that scrolls, which some browsers let be reached.
  await page.focus('#find');
  await page.waitForSelector('#found', { state: 'visible' });
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement === document.body), false);
});
