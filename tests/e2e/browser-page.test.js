// SPDX-License-Identifier: GPL-3.0-or-later

// The page alone, in Chromium, before a session that does what each test needs: errors, a lost
// connection, hostile data, small screens.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, beforeEach, afterEach, test } from 'node:test';

import { board, frame, part } from '../viewer/boards.js';
import { MockServer } from '../viewer/mock-server.js';
import {
  change, controls, launchBrowser, onScreen, openPage, pixels, refreshes, says, still,
} from './browser.js';

const PARTS = [
  part('R1', 20, 20, { module: 0 }), part('C1', 50, 30, { width: 20, height: 10 }),
  part('J1', 85, 12, { width: 12, height: 16, locked: true, held: true }),
];

let browser;
let server;
let port;
let pages;

const url = (token = 'control-token') => `http://127.0.0.1:${port}/s/mock/#${token}`;

async function open(address = url(), options = {}) {
  const page = await openPage(browser, address, options);
  pages.push(page);
  return page;
}

function welcome(send, components = {}, extra = {}) {
  send({ type: 'welcome', fps: 10, paused: false });
  send(frame(components, { overlap_count: 0, ...extra }));
}

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

beforeEach(async () => {
  pages = [];
  server = new MockServer(board(PARTS));
  server.onJoin = (send) => welcome(send);
  port = await server.start();
});

afterEach(async () => {
  await Promise.all(pages.map((page) => page.context().close()));
  await server.stop();
  pages.forEach(({ faults }) => assert.deepEqual(faults, []));
});

test('a page of which a part was lost on the way is loaded again', async () => {
  const page = await open('about:blank');
  let asked = 0;
  await page.route('**/ui/main.js', (route) => (asked++ < 2 ? route.abort() : route.continue()));
  await page.goto(url());
  await says(page, '#link-state', 'Running');
  assert.ok(asked > 2);
  page.faults.length = 0;
});

test('the page shows the board, the numbers of the frame and what may be done', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  await says(page, '#board-name', 'test.kicad_pcb');
  await says(page, '#board-facts', '3 parts · 2 nets · 1 locked');
  await says(page, '#m-phase', 'Refinement');
  await says(page, '#m-iteration', '42');
  await says(page, '#m-energy', '123.5');
  await says(page, '#m-wire', '150.3 mm');
  await says(page, '#m-overlaps', '0');
  await says(page, '#m-move', '0.500 mm');
  await says(page, '#m-data', /B$/);
  assert.deepEqual(await controls(page), { pause: true, resume: false, stop: true });
});

test('a click sends the command, and the answer sets the controls', async () => {
  const commands = [];
  server.onMessage = ({ type }) => {
    commands.push(type);
    server.send({
      type: 'control_state', paused: type === 'pause', stop_requested: type === 'stop',
    });
  };
  const page = await open();
  await says(page, '#link-state', 'Running');
  await page.click('#pause');
  await says(page, '#link-state', 'Paused');
  assert.deepEqual(await controls(page), { pause: false, resume: true, stop: true });
  await page.click('#pause', { force: true });
  await page.click('#resume');
  await says(page, '#link-state', 'Running');
  await page.focus('#canvas');
  await page.keyboard.press('Space');
  await says(page, '#link-state', 'Paused');
  await page.click('#stop');
  await says(page, '#link-state', 'Stopped');
  assert.deepEqual(await controls(page), { pause: false, resume: false, stop: false });
  assert.deepEqual(commands, ['pause', 'resume', 'pause', 'stop']);
});

test('who may only watch is told so', async () => {
  const page = await open(url('watch-token'));
  await says(page, '#link-state', 'Running');
  await says(page, '#controls-note', /watching/);
  assert.deepEqual(await controls(page), { pause: false, resume: false, stop: false });
});

test('a link without its token, and one with a wrong one, say what is the matter', async () => {
  const page = await open(url('').replace('#', ''));
  await says(page, '#notice-title', 'This link is incomplete');
  const wrong = await open(url('wrong'));
  await says(wrong, '#notice-title', 'This link does not open the session');
  await says(wrong, '#link-state', 'Not connected');
  assert.deepEqual(await controls(wrong), { pause: false, resume: false, stop: false });
});

test('a token that is put right joins the session', async () => {
  const page = await open(url('wrong'));
  await says(page, '#notice-title', 'This link does not open the session');
  await page.evaluate(() => { window.location.hash = '#control-token'; });
  await says(page, '#link-state', 'Running');
  assert.equal(await page.isHidden('#notice'), true);
});

test('another link in the same tab leaves nothing of the one before', async () => {
  const page = await open(url('watch-token'));
  await says(page, '#log', /You are watching/);
  await page.evaluate(() => { window.location.hash = '#control-token'; });
  await says(page, '#log', /You may control the run/);
  await says(page, '#link-state', 'Running');
  assert.doesNotMatch(await page.textContent('body'), /watching/);
  assert.deepEqual(await controls(page), { pause: true, resume: false, stop: true });
  await page.evaluate(() => { window.location.hash = '#wrong'; });
  await says(page, '#notice-title', 'This link does not open the session');
  assert.deepEqual(await controls(page), { pause: false, resume: false, stop: false });
  assert.equal(await page.textContent('#m-iteration'), '–');
});

/** Whether the element is wholly within the window and its own scrolling card. */
const inSight = (page, selector) => page.evaluate((where) => {
  const node = document.querySelector(where);
  const box = node.getBoundingClientRect();
  const card = node.closest('details').getBoundingClientRect();
  return box.top >= card.top && box.bottom <= card.bottom + 1
    && box.bottom <= window.innerHeight && box.height > 0;
}, selector);

test('the newest event is in sight, unless somebody reads an older one', async () => {
  const many = Array.from({ length: 30 }, (_, i) => part(`R${i}`, 20, 20, { module: i }));
  server.board = board(many, { modules: many.map(({ key }) => `module ${key}`) });
  for (const viewport of [{ width: 1200, height: 700 }, { width: 390, height: 844 }]) {
    const page = await open(url(), { viewport });
    await says(page, '#link-state', 'Running');
    for (let i = 0; i < 40; i++) {
      server.send({ type: 'status', status: 'info', message: `event ${i}` });
    }
    await says(page, '#log li:last-child p', /event 39$/);
    assert.equal(await inSight(page, '#log li:last-child'), true, `${viewport.width} px`);
    await page.evaluate(() => { document.getElementById('log-card').scrollTop = 0; });
    await refreshes(page, 2);
    server.send({ type: 'status', status: 'info', message: 'event 40' });
    await says(page, '#log li:last-child p', /event 40$/);
    assert.equal(await inSight(page, '#log li:first-child'), true, `${viewport.width} px`);
    await page.context().close();
    pages.pop();
  }
});

test('every layer and number has room for its name', async () => {
  for (const width of [1200, 390]) {
    const page = await open(url(), { viewport: { width, height: 800 } });
    await says(page, '#link-state', 'Running');
    await page.evaluate(() => { document.getElementById('layers-card').open = true; });
    const cut = await page.$$eval('#layers span, .metric dd, .metric dt', (nodes) => nodes
      .filter((node) => node.scrollWidth > node.clientWidth).map((node) => node.textContent));
    assert.deepEqual(cut, [], `${width} px`);
  }
});

test('the change of the wire length is shown whole, or not at all', async () => {
  const page = await open();
  await says(page, '#m-wire-change', /%$/);
  for (const width of [1920, 1280, 1200, 1101, 900, 760, 500, 390, 360]) {
    await page.setViewportSize({ width, height: 700 });
    const { shown, whole } = await page.evaluate(() => {
      const name = document.getElementById('m-wire-change').parentElement.getBoundingClientRect();
      const change = document.getElementById('m-wire-change').getBoundingClientRect();
      return { shown: change.top < name.bottom, whole: change.right <= name.right + 0.5 };
    });
    assert.ok(!shown || whole, `${width} px`);
    assert.ok(shown || width < 1000, `${width} px`);
  }
});

test('a lost connection is told, its controls are off, and it comes back', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  const samePort = port;
  await server.stop();
  await says(page, '#link-state', /Reconnecting/);
  assert.deepEqual(await controls(page), { pause: false, resume: false, stop: false });
  await says(page, '#log', /connection was lost/);
  await server.start(samePort);
  await says(page, '#link-state', 'Running');
  await says(page, '#log', /Connected again/);
  assert.deepEqual(await controls(page), { pause: true, resume: false, stop: true });
});

test('parts move to where a frame puts them, and then nothing is drawn', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  await still(page);
  const before_ = await pixels(page);
  server.send(frame({ R1: [60, 45, 90] }, { iteration: 43 }));
  await says(page, '#m-iteration', '43');
  await still(page);
  assert.notEqual(await pixels(page), before_);
  const drawn = await page.getAttribute('#canvas', 'data-drawn');
  await refreshes(page, 20);
  assert.equal(await page.getAttribute('#canvas', 'data-drawn'), drawn);
});

test('each layer has its key, and its key changes the picture', async () => {
  server.board = board(PARTS.map((one) => ({ ...one, module: 0 })), {
    tracks: [{ net: 0, sides: 1, width: 500000, paths: [[1e7, 5e7, 7e7, 5e7]] }],
    areas: [{ name: 'amp', sides: 1, points: [5e6, 5e6, 3e7, 5e6, 3e7, 3e7, 5e6, 3e7] }],
  });
  server.onJoin = (send) => welcome(send, {}, { forces: { C1: [[5, 2, 'attraction']] } });
  const page = await open();
  await says(page, '#link-state', 'Running');
  server.send(frame({ C1: [52, 31, 0] }, { iteration: 43 }));
  await says(page, '#m-iteration', '43');
  await still(page);
  const layers = [
    'grid', 'ratsnest', 'power', 'forces', 'pads', 'labels', 'modules', 'trails', 'drawings',
    'tracks', 'areas', 'heat',
  ];
  for (const layer of layers) {
    const button = `#layer-${layer}`;
    const [key] = (await page.getAttribute(button, 'aria-keyshortcuts')).split(' ');
    const [pressed, shown] = [await page.getAttribute(button, 'aria-pressed'), await pixels(page)];
    await page.keyboard.press(key.toLowerCase());
    assert.notEqual(await page.getAttribute(button, 'aria-pressed'), pressed, layer);
    await refreshes(page, 2);
    assert.notEqual(await pixels(page), shown, layer);
    await page.keyboard.press(key.toLowerCase());
    await refreshes(page, 2);
    assert.equal(await pixels(page), shown, layer);
  }
});

test('the wheel zooms, a drag pans, and fit brings the board back', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  await still(page);
  const whole = await pixels(page);
  await page.mouse.move(300, 300);
  await page.mouse.wheel(0, -400);
  const closer = await change(page, whole);
  await page.mouse.down();
  await page.mouse.move(380, 340, { steps: 4 });
  await page.mouse.up();
  await change(page, closer);
  await page.mouse.move(1190, 790);
  await page.click('#zoom-fit');
  await page.mouse.move(1190, 790);
  await refreshes(page, 2);
  assert.equal(await pixels(page), whole);
});

test('the part under the pointer is named', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  await still(page);
  const box = await page.locator('#canvas').boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await says(page, '#tip', /^C1.*50\.00, 30\.00 mm · 0° · front$/);
});

test('the pointer tells where it is, in millimetres or inches, and the grid has its spacing',
     async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  await page.mouse.move(...await onScreen(page, 25.4, 50.8));
  await says(page, '#coordinates', /^25\.\d\d, 50\.\d\d$/);
  await page.click('#unit');
  await page.mouse.move(...await onScreen(page, 25.4, 50.8));
  await says(page, '#coordinates', /^(0\.99|1\.00)\d\d, (1\.99|2\.00)\d\d$/);
  await page.mouse.move(1190, 790);
  await says(page, '#coordinates', '');

  const before = await pixels(page);
  await page.selectOption('#grid-spacing', '5');
  assert.notEqual(await pixels(page), before);
});

test('every level of status is in the log, in order', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  for (const level of ['info', 'warning', 'error', 'complete']) {
    server.send({ type: 'status', status: level, message: `it is ${level}` });
  }
  await says(page, '#log li:last-child p', /it is complete$/);
  const levels = await page.$$eval('#log li', (items) => items.map((item) => item.dataset.level));
  assert.deepEqual(levels.slice(-4), ['info', 'warning', 'error', 'complete']);
  await says(page, '#link-state', 'Finished');
  await says(page, '#m-phase', 'Finished, Legal');
});

test('markup in names is text, and absurd numbers hang nothing', async () => {
  const evil = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>';
  server.board = board([
    part(evil, 20, 20, { value: evil, module: 0 }),
    part('__proto__', 1e9, -1e9),
    part('HUGE', 50, 30, { width: 1e12, height: 1e12 }),
  ], { name: evil, modules: [evil] });
  server.board.footprints[0].reference = evil;
  server.onJoin = (send) => {
    welcome(send, { [evil]: [1e9, -1e9, 1e300] }, { label: evil, phase: evil, energy: 1e300 });
    send({ type: 'status', status: evil, message: evil });
    send('{"type":"frame","data":{"components":{"HUGE":[NaN,0,0]}}}');
    send('{"type":"frame","data":{"components":{"HUGE":[1e999,-1e999,1e999]},"energy":1e999}}');
    send('\u0000\u0001{{{');
    send({ type: evil });
    send({ type: 'status', status: 'info', message: 'last' });
  };
  const page = await open();
  await says(page, '#log li:last-child p', /last$/);
  await says(page, '#board-name', /<img/);
  await says(page, '#modules .name', /<img/);
  await says(page, '#m-energy', '–');
  await page.mouse.move(300, 300);
  for (const key of ['f', 't', 'r', 'l', '+', '+', '-', '0']) {
    await page.keyboard.press(key);
  }
  await refreshes(page, 3);
  assert.equal(await page.evaluate(() => window.harmed), undefined);
  assert.equal(await page.locator('img:not(.logo)').count(), 0);
});

test('a board that is none, and one of another form, say so', async () => {
  for (const body of ['{"format":99}', '[]', 'null']) {
    server.board = body;
    const page = await open();
    await says(page, '#notice-title', 'This board cannot be shown');
  }
});

test('a board without parts, nets or outline is shown', async () => {
  server.board = board([], { outlines: [], nets: [], modules: [], box: [0, 0, 0, 0] });
  server.onJoin = (send) => welcome(send, {}, { phase: 'initial', iteration: 0 });
  const page = await open();
  await says(page, '#link-state', 'Ready');
  await says(page, '#board-facts', '0 parts · 0 nets');
  await says(page, '#controls-note', /No run yet/);
});

test('a narrow window leaves the corner of the board to the board', async () => {
  const page = await open(url(), { viewport: { width: 1200, height: 740 } });
  await page.waitForSelector('#grid-spacing', { state: 'visible' });
  await page.setViewportSize({ width: 390, height: 740 });
  await page.waitForSelector('#grid-spacing', { state: 'hidden' });
  assert.equal(await page.locator('#unit').isVisible(), true);
});

test('on a phone nothing is cut off, and the controls are large enough for a thumb', async () => {
  const page = await open(url(), {
    viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true,
  });
  await says(page, '#link-state', 'Running');
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `${width} px wide`);
  for (const name of ['pause', 'resume', 'stop']) {
    const box = await page.locator(`#${name}`).boundingBox();
    assert.ok(box.height >= 40 && box.x >= 0 && box.x + box.width <= 360, name);
  }
  server.send(frame({}, { phase: 'final', overlap_count: 3 }));
  await says(page, '#m-phase', 'Finished, Not Legal');
  for (const id of ['m-phase', 'm-iteration', 'm-wire', 'm-overlaps', 'm-data']) {
    const [room, need] = await page.locator(`#${id}`).evaluate((node) =>
      [node.clientWidth, node.scrollWidth]);
    assert.ok(need <= room && room > 0, `${id} needs ${need} px of ${room}`);
  }
  const canvas = await page.locator('#canvas').boundingBox();
  assert.ok(canvas.height > 250, `the board has ${canvas.height} px`);
});

test('a worker draws, or the page where there can be none, and both the same', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  await still(page);
  assert.equal(await page.getAttribute('#canvas', 'data-drawn-by'), 'worker');
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 } });
  await context.addInitScript(() => {
    delete HTMLCanvasElement.prototype.transferControlToOffscreen;
  });
  const plain = await context.newPage();
  plain.faults = [];
  plain.on('pageerror', (error) => plain.faults.push(String(error)));
  pages.push(plain);
  await plain.goto(url());
  await says(plain, '#link-state', 'Running');
  await still(plain);
  assert.equal(await plain.getAttribute('#canvas', 'data-drawn-by'), 'page');
  assert.equal(await pixels(plain), await pixels(page));
});

test('a part is found by its name, marked, and let go', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  await still(page);
  const whole = await pixels(page);
  await page.keyboard.press('/');
  assert.deepEqual(await page.$$eval('#found strong', (found) =>
    found.map(({ textContent }) => textContent)), ['C1', 'J1', 'R1']);
  await page.keyboard.type('c1');
  assert.equal(await page.locator('#found [role=option]').count(), 1);
  await page.keyboard.press('Enter');
  await says(page, '#selection-title', 'C1');
  await says(page, '#selection-facts', /10k\n50\.00, 30\.00 mm/);
  assert.notEqual(await pixels(page), whole);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.getElementById('selection').hidden);
  await page.keyboard.press('0');
  await page.mouse.move(1190, 790);
  assert.equal(await pixels(page), whole);
});

test('a pad tells its net, and a click marks both part and net', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  const [x, y] = await onScreen(page, 59.4, 30);
  await page.mouse.move(x, y);
  await says(page, '#tip', /^C1Pad 2 · GND/);
  await page.mouse.click(x, y);
  await says(page, '#selection-title', 'C1');
  const pressed = () => page.$$eval('#selection-nets [aria-pressed=true]', (buttons) =>
    buttons.map(({ textContent }) => textContent));
  assert.deepEqual(await pressed(), ['GND']);
  await page.mouse.move(1190, 790);
  const marked = await pixels(page);
  await page.click('#selection-nets button:has-text("A")');
  assert.deepEqual(await pressed(), ['A']);
  assert.notEqual(await pixels(page), marked);
  await page.click('#selection-close');
  assert.equal(await page.isHidden('#selection'), true);
});

test('the back is seen by a key and by a button, and the picture can be saved', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  await still(page);
  const front = await pixels(page);
  await page.keyboard.press('b');
  assert.notEqual(await pixels(page), front);
  await page.waitForFunction(() =>
    document.getElementById('flip').getAttribute('aria-pressed') === 'true');
  await page.click('#flip');
  await page.mouse.move(1190, 790);
  assert.equal(await pixels(page), front);
});

/** What is taken away by a press on a button of the menu: its name and bytes. */
async function saved(page, button) {
  await page.click('#save summary');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(button)]);
  return [download.suggestedFilename(), await readFile(await download.path())];
}

test('what is seen is saved as a picture and as a drawing', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  await still(page);
  const [picture, png] = await saved(page, '#save-picture');
  assert.equal(picture, 'test.png');
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  const [drawing, svg] = await saved(page, '#save-drawing');
  assert.equal(drawing, 'test.svg');
  // A browser reads it as XML, and draws much the same.
  const [faults, size] = await page.evaluate(async (text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml');
    return [root.querySelectorAll('parsererror').length, root.querySelectorAll('path').length];
  }, svg.toString());
  assert.equal(faults, 0);
  assert.ok(size > 10, `${size} paths`);
  assert.match(svg.toString(), /<text [^>]*>C1<\/text>/);
});

test('the placed board is saved where whoever shares it allows that', async () => {
  const barred = await open();
  await says(barred, '#link-state', 'Running');
  await barred.click('#save summary');
  assert.equal(await barred.isVisible('#save-board'), false);

  server.placed = '(kicad_pcb)';
  const page = await open();
  await says(page, '#link-state', 'Running');
  const [name, bytes] = await saved(page, '#save-board');
  assert.equal(name, 'test-placed.kicad_pcb');
  assert.equal(bytes.toString(), '(kicad_pcb)');

  // It may be taken back meanwhile.
  server.placed = null;
  await page.click('#save summary');
  await page.click('#save-board');
  await says(page, '#log', /cannot be had/);
});

test('a video of the run is saved', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  await page.click('#save summary');
  await page.click('#save-video');
  await says(page, '#save-video', 'End the Video');
  for (let i = 43; i < 60; i++) {
    server.send(frame({ R1: [20 + i, 45, 90] }, { iteration: i }));
    await refreshes(page, 3);
  }
  const [name, webm] = await saved(page, '#save-video');
  assert.equal(name, 'test.webm');
  assert.equal(webm.readUInt32BE(0), 0x1a45dfa3);
  assert.ok(webm.length > 1000, `${webm.length} bytes`);
  await says(page, '#save-video', /Record/);
});

test('all parts are in a table, which is sorted and leads to each', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  await page.click('#parts-card summary');
  const names = () => page.$$eval('#parts-rows tr', (rows) =>
    rows.map(({ cells }) => cells[0].textContent));
  await says(page, '#parts-rows tr:first-child', 'C110k50.0030.000front');
  assert.deepEqual(await names(), ['C1', 'J1', 'R1']);
  await page.click('#parts-head th:nth-child(3) button');
  await page.click('#parts-head th:nth-child(3) button');
  assert.deepEqual(await names(), ['J1', 'C1', 'R1']);
  server.send(frame({ R1: [95, 20, 0] }, { iteration: 43 }));
  await says(page, '#parts-rows tr:first-child', /^R1/);
  await page.focus('#parts-rows tr:first-child');
  await page.keyboard.press('Enter');
  await says(page, '#selection-title', 'R1');
});

test('the course of the run is drawn, and its state told to who does not see it', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  await says(page, '#live', 'Refinement');
  for (let i = 43; i < 46; i++) {
    server.send(frame({}, { iteration: i, index: i, energy: 200 - i }));
    await says(page, '#m-iteration', String(i));
  }
  await page.waitForFunction(() =>
    document.getElementById('c-energy').getAttribute('points').split(' ').length === 4);
  server.send(frame({}, { iteration: 46, phase: 'final' }));
  await says(page, '#live', 'Finished, Legal, wire length 150.3 mm, 0 overlaps');
});

test('who asks for more contrast gets it, on the board too', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  await still(page);
  const calm = await pixels(page);
  await page.emulateMedia({ contrast: 'more' });
  await change(page, calm);
  await page.emulateMedia({ contrast: 'no-preference' });
  while (await pixels(page) !== calm) {
    await refreshes(page, 1);
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await change(page, calm);
});

test('who wants less motion sees each frame at once', async () => {
  const page = await open(url(), { reducedMotion: 'reduce' });
  await says(page, '#link-state', 'Running');
  await still(page);
  await page.evaluate(() => {
    const canvas = document.getElementById('canvas');
    window.moved = 0;
    new MutationObserver(() => { window.moved += canvas.dataset.moving === 'true'; })
      .observe(canvas, { attributes: true, attributeFilter: ['data-moving'] });
  });
  server.send(frame({ R1: [60, 45, 90] }, { iteration: 43 }));
  await says(page, '#m-iteration', '43');
  await refreshes(page, 5);
  assert.equal(await page.evaluate(() => window.moved), 0);
});

test('the page at the root joins the newest session', async () => {
  const page = await open(`http://127.0.0.1:${port}/#control-token`);
  await says(page, '#link-state', 'Running');
});
