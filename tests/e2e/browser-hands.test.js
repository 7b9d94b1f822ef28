// SPDX-License-Identifier: GPL-3.0-or-later

// Parts by hand on the page, in Chromium, before a session that obeys as each test needs.

import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, test } from 'node:test';

import { board, part } from '../viewer/boards.js';
import { MockServer } from '../viewer/mock-server.js';
import { held, hello, key, presence } from '../viewer/wire-writer.js';
import {
  change, launchBrowser, onScreen, openPage, pixels, refreshes, says, still, until,
} from './browser.js';

const PARTS = [
  part('R1', 20, 20, { module: 0 }),
  part('C1', 50, 30, { width: 20, height: 10, module: 0 }),
  part('J1', 85, 12, { width: 12, height: 16, locked: true, held: true }),
];

let browser;
let server;
let port;
let pages;
let poses;
let heldParts;
let seq;
let commands;
let words;

const url = (token = 'control-token') => `http://127.0.0.1:${port}/s/mock/#${token}`;

/** Sends the state as it is. */
function tell() {
  server.send(key(poses, { seq: ++seq, iteration: seq }));
  server.send(held(heldParts));
}

/** Does as a session does. */
function obey({ type, command, ...about }) {
  if (type !== 'command') {
    return;
  }
  commands.push(command);
  const { parts = [about.part] } = about;
  parts.forEach((part, k) => obeyFor(part, command, Object.fromEntries(
    Object.entries(about).map(([name, value]) => [name, value[k] ?? value]))));
  tell();
}

function obeyFor(i, command, { x, y, rotation, side }) {
  if (command === 'move') {
    poses[i] = [x / 1e6, y / 1e6, ...poses[i].slice(2)];
  } else if (command === 'rotate') {
    poses[i][2] = rotation / 100;
  } else if (command === 'flip') {
    poses[i][3] = side;
  }
  heldParts = heldParts.filter((one) => one !== i);
  if (command !== 'unlock') {
    heldParts.push(i);
  }
}

async function open(token, options = {}) {
  const page = await openPage(browser, url(token), options);
  pages.push(page);
  await says(page, '#link-state', 'Running');
  return page;
}

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

beforeEach(async () => {
  pages = [];
  poses = [[20, 20, 0, 0], [50, 30, 0, 0], [85, 12, 0, 0]];
  heldParts = [2];
  seq = 1;
  commands = [];
  words = [];
  server = new MockServer(board(PARTS));
  server.dialect = 'boardwalk.1';
  server.onMessage = (message, role) => {
    if (message.type === 'hello') {
      server.send(hello({ role: role === 'controller' ? 1 : 0 }));
      tell();
    } else {
      words.push(message);
      obey(message);
    }
  };
  port = await server.start();
});

afterEach(async () => {
  await Promise.all(pages.map((page) => page.context().close()));
  await server.stop();
  pages.forEach(({ faults }) => assert.deepEqual(faults, []));
});

const kinds = () => [...new Set(commands)];

/** What the page shows is what it asks for; this is what the session was asked. */
const hasC1At = (x, y, most = 0) => until(() =>
  Math.abs(poses[1][0] - x) <= most && Math.abs(poses[1][1] - y) <= most,
`the session has C1 at ${x}, ${y}`);

test('a drag moves the part, Ctrl+Z puts it back and frees it, Ctrl+Shift+Z does it again',
     async () => {
  const page = await open();
  const from = await onScreen(page, 50, 30);
  const to = await onScreen(page, 60, 40);
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 6 });
  await page.mouse.up();
  await says(page, '#selection-title', 'C1');
  await says(page, '#selection-facts', /60\.\d\d, 40\.\d\d mm.*\nHeld by hand/);
  await hasC1At(60, 40, 0.3);
  assert.deepEqual(kinds(), ['move']);
  const moved = [...poses[1]];
  await page.keyboard.press('Control+z');
  await says(page, '#selection-facts', /50\.00, 30\.00 mm · 0° · front$/);
  await until(() => commands.at(-1) === 'unlock', 'it is free again');
  assert.deepEqual(poses[1], [50, 30, 0, 0]);
  await page.keyboard.press('Control+Shift+Z');
  await says(page, '#selection-facts', /Held by hand/);
  await until(() => commands.at(-1) === 'move', 'it is moved again');
  assert.deepEqual(poses[1], moved);
});

test('a selected part is turned, flipped and held by keys and by buttons', async () => {
  const page = await open();
  await page.mouse.click(...await onScreen(page, 50, 30));
  await says(page, '#selection-title', 'C1');
  await page.keyboard.press('r');
  await page.keyboard.press('r');
  await says(page, '#selection-facts', /180° · front\nHeld by hand/);
  await page.click('#flip-part');
  await says(page, '#selection-facts', /180° · back/);
  await says(page, '#lock', 'Unlock');
  await page.keyboard.press('l');
  await says(page, '#lock', 'Lock');
  await until(() => commands.at(-1) === 'unlock', 'it is unlocked');
  await page.click('#lock');
  await says(page, '#lock', 'Unlock');
  for (let i = 0; i < 5; i++) {
    await page.click('#undo');
  }
  await says(page, '#selection-facts', /50\.00, 30\.00 mm · 0° · front$/);
  assert.equal(await page.getAttribute('#undo', 'aria-disabled'), 'true');
});

test('a part is moved by the keyboard alone, and Escape takes it back', async () => {
  const page = await open();
  await page.keyboard.press('/');
  await page.keyboard.type('c1');
  await page.keyboard.press('Enter');
  await says(page, '#selection-title', 'C1');
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Enter');
  await says(page, '#selection-facts', /50\.50, 35\.00 mm/);
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowLeft');
  await says(page, '#selection-facts', /50\.00, 35\.00 mm/);
  await page.keyboard.press('Escape');
  await says(page, '#selection-facts', /50\.50, 35\.00 mm/);
  await hasC1At(50.5, 35);
});

test('keys are obeyed that are typed before the picture has answered', async () => {
  const page = await open();
  await page.keyboard.press('/');
  await page.keyboard.type('c1');
  await page.keyboard.press('Enter');
  await says(page, '#selection-facts', /50\.00, 30\.00 mm/);
  const type = (...keys) => page.evaluate((all) => {
    document.activeElement.blur();
    for (const key of all) {
      document.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
    }
  }, keys);
  await type('m', 'ArrowRight', 'Enter', 'm', 'ArrowRight', 'Enter', 'r', 'r');
  await says(page, '#selection-facts', /51\.00, 30\.00 mm · 180° · front\nHeld by hand/);
  await type('m', 'ArrowDown', 'Escape', 'm', 'ArrowLeft', 'Enter');
  await says(page, '#selection-facts', /50\.50, 30\.00 mm · 180° · front\nHeld by hand/);
  await page.waitForFunction(() =>
    document.getElementById('undo').getAttribute('aria-disabled') === 'false');
  for (let i = 0; i < 5; i++) {
    await page.click('#undo');
  }
  await says(page, '#selection-facts', /50\.00, 30\.00 mm · 0° · front$/);
  assert.equal(await page.getAttribute('#undo', 'aria-disabled'), 'true');
});

test('drags that follow each other before the picture has answered all count', async () => {
  const page = await open();
  const [x, y] = await onScreen(page, 50, 30);
  const [further] = await onScreen(page, 60, 30);
  await page.mouse.move(x, y);
  await page.evaluate(([left, top]) => {
    const point = (type, dx) => document.getElementById('canvas').dispatchEvent(new PointerEvent(
      type, { pointerId: 1, pointerType: 'mouse', button: 0, clientX: left + dx, clientY: top },
    ));
    for (const from of [0, 40, 80]) {
      point('pointerdown', from);
      point('pointermove', from + 20);
      point('pointermove', from + 40);
      point('pointerup', from + 40);
    }
    point('pointerdown', 120);
    point('pointerup', 120);
  }, [x, y]);
  await says(page, '#selection-title', 'C1');
  await hasC1At(50 + (120 * 10) / (further - x), 30, 0.05);
});

test('a key that is typed before the picture has told what was clicked is for that', async () => {
  const page = await open();
  const at = await onScreen(page, 50, 30);
  await page.mouse.move(...at);
  await page.evaluate(([clientX, clientY]) => {
    const press = (key) =>
      document.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
    for (const type of ['pointerdown', 'pointerup']) {
      document.getElementById('canvas').dispatchEvent(new PointerEvent(
        type, { pointerId: 1, pointerType: 'mouse', button: 0, clientX, clientY },
      ));
    }
    ['r', 'm', 'ArrowRight', 'Enter', 'r'].forEach(press);
  }, at);
  await says(page, '#selection-facts', /50\.50, 30\.00 mm · 180° · front\nHeld by hand/);
  await hasC1At(50.5, 30);
  await until(() => poses[1][2] === 180, 'it is turned');
});

test('on a phone the form for the exact position is in sight once it is asked for', async () => {
  const page = await open(undefined, {
    viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true,
  });
  await page.fill('#find', 'C1');
  await page.keyboard.press('Enter');
  await says(page, '#selection-facts', /50\.00, 30\.00 mm/);
  await page.evaluate(() => {
    document.querySelector('.panel').scrollTop = 0;
    document.getElementById('edit-place').click();
  });
  const [form, panel] = await page.evaluate(() => ['#place', '.panel'].map((name) =>
    document.querySelector(name).getBoundingClientRect().bottom));
  assert.ok(form < panel + 1, `${form} px, and the panel ends at ${panel} px`);
});

test('a part is put where its exact position is typed, and that can be undone', async () => {
  const page = await open();
  await page.keyboard.press('/');
  await page.keyboard.type('C1');
  await page.keyboard.press('Enter');
  await says(page, '#selection-facts', /50\.00, 30\.00 mm/);
  await page.keyboard.press('e');
  assert.equal(await page.inputValue('#place-x'), '50');
  await page.keyboard.type('41.275');
  await page.fill('#place-angle', '-45');
  await page.keyboard.press('Enter');
  await says(page, '#selection-facts', /41\.27, 30\.00 mm · 315°/);
  await until(() => poses[1][0] === 41.275 && poses[1][2] === 315, 'it is put there');
  assert.equal(await page.isVisible('#place'), false);
  await page.keyboard.press('Control+z');
  await says(page, '#selection-facts', /50\.00, 30\.00 mm · 0°/);

  // Escape leaves it where it is.
  await page.keyboard.press('e');
  await page.keyboard.type('1');
  await page.keyboard.press('Escape');
  assert.equal(await page.isVisible('#place'), false);
  await says(page, '#selection-facts', /50\.00, 30\.00 mm/);
});

test('whose letters move parts has digits for layers', async () => {
  const page = await open();
  await says(page, '#layer-ratsnest kbd', '2');
  const pressed = () => page.getAttribute('#layer-ratsnest', 'aria-pressed');
  const before_ = await pressed();
  await page.keyboard.press('r');
  assert.equal(await pressed(), before_);
  await page.keyboard.press('2');
  assert.notEqual(await pressed(), before_);
});

test('who may only watch pans by a drag, and has letters for layers', async () => {
  const page = await open('watch-token');
  const from = await onScreen(page, 50, 30);
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(from[0] + 60, from[1], { steps: 4 });
  await page.mouse.up();
  await page.mouse.click(from[0] + 60, from[1]);
  await says(page, '#selection-title', 'C1');
  assert.equal(await page.isHidden('#hands'), true);
  assert.equal(await page.isHidden('#history-buttons'), true);
  await says(page, '#layer-ratsnest kbd', 'R');
  const ratsnest = await page.getAttribute('#layer-ratsnest', 'aria-pressed');
  await page.keyboard.press('r');
  assert.notEqual(await page.getAttribute('#layer-ratsnest', 'aria-pressed'), ratsnest);
  assert.deepEqual(commands, []);
});

test('what is locked in the board stays, and its drag pans', async () => {
  const page = await open();
  const from = await onScreen(page, 85, 12);
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(from[0] - 80, from[1], { steps: 4 });
  await page.mouse.up();
  await page.mouse.click(from[0] - 80, from[1]);
  await says(page, '#selection-title', 'J1');
  await says(page, '#selection-facts', /85\.00, 12\.00 mm.*\nLocked in the board/);
  await page.keyboard.press('r');
  await refreshes(page, 3);
  assert.deepEqual(commands, []);
});

test('a finger moves what is selected, and pans from all else', async () => {
  const page = await open('control-token', { hasTouch: true });
  const client = await page.context().newCDPSession(page);
  const touch = (type, ...points) => client.send('Input.dispatchTouchEvent', {
    type, touchPoints: points.map(([x, y]) => ({ x, y })),
  });
  const swipe = async (from, to) => {
    const move = (share) =>
      touch('touchMove', from.map((value, i) => value + (to[i] - value) * share));
    // Both at once: a finger that rests for long is no swipe.
    await Promise.all([touch('touchStart', from), move(0.2)]);
    for (const share of [0.4, 0.6, 0.8, 1]) {
      await refreshes(page, 1);
      await move(share);
    }
    await touch('touchEnd');
  };
  const from = await onScreen(page, 50, 30);
  const to = [from[0] + 50, from[1] + 30];
  await swipe(from, to);
  await refreshes(page, 3);
  assert.deepEqual(commands, []);
  await page.touchscreen.tap(...to);
  await says(page, '#selection-title', 'C1');
  await swipe(to, from);
  await says(page, '#selection-facts', /Held by hand/);
  await until(() => poses[1][0] < 49 && poses[1][1] < 29, 'it was moved');
  assert.deepEqual(kinds(), ['move']);
});

test('a finger that rests on a part takes it', async () => {
  const page = await open('control-token', { hasTouch: true });
  const client = await page.context().newCDPSession(page);
  const touch = (type, ...points) => client.send('Input.dispatchTouchEvent', {
    type, touchPoints: points.map(([x, y]) => ({ x, y })),
  });
  const [x, y] = await onScreen(page, 50, 30);
  await touch('touchStart', [x, y]);
  await says(page, '#selection-title', 'C1');
  await page.waitForFunction(() => document.getElementById('canvas').matches('.moving'));
  await touch('touchMove', [x + 40, y]);
  await touch('touchEnd');
  await says(page, '#selection-facts', /Held by hand/);
  await until(() => poses[1][0] > 51, 'it was moved');
});

test('two people see each other: who is here, where they point, what they drag', async () => {
  const ann = { number: 9, role: 1, hue: 60, name: 'Ann <b>', cursor: [20, 50] };
  const page = await open();
  server.send(presence([{ number: 1, role: 1, hue: 0, name: 'Me' }, ann]));
  await says(page, '#people', /^Meyou.*Ann <b>may control$/);
  await still(page);
  const seen = await pixels(page);
  server.send(presence([{ number: 9, cursor: [80, 50] }], { whole: false }));
  await change(page, seen);
  await page.mouse.click(...await onScreen(page, 50, 30));
  await says(page, '#selection-title', 'C1');
  server.send(presence([{ number: 9, grabbed: [1] }], { whole: false }));
  await says(page, '#selection-facts', /Ann <b> is moving it$/);
  assert.equal(await page.isHidden('#hands'), true);
  await page.keyboard.press('r');
  await refreshes(page, 3);
  assert.deepEqual(commands, []);
  await until(() => words.findLast(({ type }) => type === 'select')?.parts[0] === 1,
              'the others know of the selection');
  await until(() => words.some(({ type, x }) => type === 'cursor' && Number.isInteger(x)),
              'the others know of the pointer');
  server.send(presence([{ number: 9, role: 0, hue: 60, name: 'Ann <b>' }], { whole: false }));
  await says(page, '#log li:last-child', /Ann <b> may only watch from now on\.$/);
  server.send(presence([{ number: 9, gone: true }], { whole: false }));
  await page.waitForFunction(() => !document.getElementById('hands').hidden);
  server.send(presence([{ number: 1, role: 0, hue: 0, name: 'Me' }], { whole: false }));
  await says(page, '#log li:last-child', /You may only watch from now on\.$/);
});

test('a page that nobody sees says so, and asks again for frames once it is seen', async () => {
  const page = await open();
  const setHidden = (hidden) => page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  await still(page);
  const seen = await pixels(page);
  await setHidden(true);
  await until(() => words.some(({ type }) => type === 'hide'), 'the session knows');
  await setHidden(false);
  await until(() => words.some(({ type }) => type === 'show'), 'the session knows that it is seen');
  poses[1][0] += 15;
  tell();
  await change(page, seen);
});

/** Selects R1 and C1, one by a click and the other by one with Shift. */
async function selectBoth(page) {
  await page.mouse.click(...await onScreen(page, 20, 20));
  await says(page, '#selection-title', 'R1');
  await page.keyboard.down('Shift');
  await page.mouse.click(...await onScreen(page, 50, 30));
  await page.keyboard.up('Shift');
  await says(page, '#selection-title', '2 parts');
}

test('what is selected is dragged as one, in one hand, and taken back as one', async () => {
  const page = await open();
  await selectBoth(page);
  const from = await onScreen(page, 50, 30);
  const to = await onScreen(page, 56, 33);
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 6 });
  await until(() => words.some(({ type, parts }) => type === 'grab' && parts.length === 2),
              'both are in the hand');
  await page.mouse.up();
  await hasC1At(56, 33, 0.3);
  await until(() => Math.abs(poses[0][0] - 26) < 0.3 && Math.abs(poses[0][1] - 23) < 0.3,
              'R1 has come along');
  assert.deepEqual(kinds(), ['move']);
  await page.keyboard.press('Control+z');
  await until(() => commands.at(-1) === 'unlock', 'both are free again');
  assert.deepEqual(poses.slice(0, 2), [[20, 20, 0, 0], [50, 30, 0, 0]]);
  await says(page, '#selection-title', '2 parts');
});

test('what is selected is turned about its middle, flipped and held as one', async () => {
  const page = await open();
  await selectBoth(page);
  await page.keyboard.press('r');
  await until(() => poses[0][2] === 90 && poses[1][2] === 90, 'both are turned');
  const [[ax, ay], [bx, by]] = poses;
  await until(() => commands.at(-1) === 'move', 'and moved');
  // From R1 to C1 it was 30 to the right and 10 down.
  assert.ok(Math.abs(poses[1][0] - poses[0][0] - 10) < 1e-6
            && Math.abs(poses[1][1] - poses[0][1] + 30) < 1e-6, String([ax, ay, bx, by]));
  await page.keyboard.press('f');
  await until(() => poses[0][3] === 1 && poses[1][3] === 1 && commands.at(-1) === 'move',
              'both are on the back');
  await says(page, '#lock', 'Unlock');
  await page.keyboard.press('l');
  await until(() => commands.at(-1) === 'unlock' && !heldParts.includes(0)
              && !heldParts.includes(1), 'both are released');
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press('Control+z');
  }
  await until(() => commands.at(-1) === 'unlock' && poses[0][2] === 0 && poses[1][3] === 0,
              'all is taken back');
  assert.deepEqual(poses.slice(0, 2), [[20, 20, 0, 0], [50, 30, 0, 0]]);
});

test('parts are selected by a box, by net, by module, by search and all at once', async () => {
  const page = await open('watch-token');
  const title = (text) => says(page, '#selection-title', text);
  await page.keyboard.press('Control+a');
  await title('3 parts');
  await page.keyboard.press('Escape');
  await page.waitForSelector('#selection', { state: 'hidden' });
  await page.keyboard.down('Shift');
  await page.mouse.move(...await onScreen(page, 10, 15));
  await page.mouse.down();
  await page.mouse.move(...await onScreen(page, 45, 37), { steps: 4 });
  await page.waitForSelector('#box:not([hidden])');
  await page.mouse.up();
  await title('R1');
  // From right to left it takes what it touches.
  await page.mouse.move(...await onScreen(page, 45, 37));
  await page.mouse.down();
  await page.mouse.move(...await onScreen(page, 10, 15), { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await title('2 parts');
  await page.waitForSelector('#box', { state: 'hidden' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('GND');
  await page.keyboard.press('Enter');
  await title('GND');
  await page.click('#select-net');
  await title('3 parts');
  await page.click('#modules button:has-text("power")', { modifiers: ['Shift'] });
  await title('2 parts');
  await page.keyboard.press('/');
  await page.keyboard.type('1');
  await page.keyboard.press('Shift+Enter');
  await title('3 parts');
  await until(() => words.some(({ type, parts }) => type === 'select' && parts.length === 3),
              'the others are told');
  assert.deepEqual(commands, []);
});

test('U adds what nets join to the selection, G what is in its module', async () => {
  const page = await open();
  await says(page, '#link-state', 'Running');
  await page.mouse.click(...await onScreen(page, 20, 20));
  await page.keyboard.press('g');
  await says(page, '#selection-title', '2 parts');
  assert.match(await page.textContent('#selection-facts'), /R1, C1/);
  await page.keyboard.press('u');
  await says(page, '#selection-title', '3 parts');
  assert.equal(await page.getAttribute('#layer-grid', 'aria-pressed'), 'true');
});
