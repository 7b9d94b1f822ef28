// SPDX-License-Identifier: GPL-3.0-or-later

// How fast the page draws in headless Chromium, which has no graphics hardware: all parts of a
// made board move, all of it is in view, and frames come faster than they can be drawn.
// CPU time and memory are those of all pages of Chromium on this computer: one bench at a time.
// Usage: node viewer.js [--seconds N] PARTS…

import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { launchBrowser, openPage, says } from '../e2e/browser.js';
import { board, part } from '../viewer/boards.js';
import { MockServer } from '../viewer/mock-server.js';
import { hello, key } from '../viewer/wire-writer.js';

const SENT_MS = 1000 / 60;
const ACKNOWLEDGE = 1;
const CREDIT = 2;
const TICK_MS = 10;

function options(args) {
  const at = args.indexOf('--seconds');
  const seconds = at < 0 ? 8 : Number(args.splice(at, 2)[1]);
  return { seconds, sizes: args.length > 0 ? args.map(Number) : [1000, 10000] };
}

/** Parts in rows, and nets of three neighbours each. */
function made(count) {
  const columns = Math.ceil(Math.sqrt(count * 1.6));
  const parts = Array.from({ length: count }, (_, i) => part(
    `R${i}`, 4 + (i % columns) * 5, 4 + Math.floor(i / columns) * 3.5, { module: i % 8 }));
  const width = 8 + columns * 5;
  const height = 8 + Math.ceil(count / columns) * 3.5;
  const mm = (...values) => values.map((value) => Math.round(value * 1e6));
  const json = board(parts, {
    outlines: [{ hole: false, points: mm(0, 0, width, 0, width, height, 0, height) }],
    box: mm(0, 0, width, height),
    modules: Array.from({ length: 8 }, (_, i) => `module ${i}`),
    nets: Array.from({ length: Math.floor(count / 3) }, (_, i) => ({
      name: `N${i}`, power: false, pins: [3 * i, 1, 3 * i + 1, 0, (3 * i + 7) % count, 0],
    })),
  });
  return { parts, json: withSharedShapes(json) };
}

/** Parts of one kind have one shape, as the server sends them. */
function withSharedShapes(json) {
  const places = new Map();
  const shapes = [];
  const place = json.shapes.map((shape) => {
    const text = JSON.stringify(shape);
    if (!places.has(text)) {
      places.set(text, shapes.push(shape) - 1);
    }
    return places.get(text);
  });
  const footprints = json.footprints.map((part) => ({ ...part, shape: place[part.shape] }));
  return { ...json, shapes, footprints };
}

/** Frames in which every part has moved. */
function moved(parts, count) {
  return Array.from({ length: count }, (_, step) => key(parts.map(({ pose }, i) => [
    pose[0] / 1e6 + Math.sin(step / 7 + i), pose[1] / 1e6 + Math.cos(step / 5 + i),
    (i % 4) * 90, 0]), { flags: ACKNOWLEDGE }));
}

/** The same frame as the nth of the stream, at a time of its own. */
function numbered(frame, n) {
  const copy = Buffer.from(frame);
  copy.writeUInt32LE(n, 4);
  copy.writeUInt32LE(n, 28);
  copy.writeBigUInt64LE(BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)),
                        16);
  return copy;
}

/** What the pages of browsers have taken: { mb, cpu_ms }. */
function usage() {
  const sum = { mb: 0, cpu_ms: 0 };
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('--type=renderer')) {
        const status = readFileSync(`/proc/${pid}/status`, 'latin1');
        const [user, system] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]
          .split(' ').slice(11, 13).map(Number);
        sum.mb += Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
        sum.cpu_ms += (user + system) * TICK_MS;
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return sum;
}

const share = (sorted, part_) => sorted[Math.floor((sorted.length - 1) * part_)] ?? NaN;

async function measure(browser, count, seconds) {
  const { parts, json } = made(count);
  const frames = moved(parts, 40);
  const server = new MockServer(json);
  let read = 0;
  server.dialect = 'boardwalk.1';
  server.onBytes = (bytes) => {
    read = bytes.readUInt32LE(1);
  };
  server.onMessage = (message) => {
    if (message.type === 'hello') {
      server.send(hello({ fps: 60 }));
      server.send(numbered(frames[0], 1));
    }
  };
  const port = await server.start();
  const page = await openPage(browser, `http://127.0.0.1:${port}/s/mock/#watch-token`);
  await says(page, '#link-state', 'Running');
  // Since the page was asked for.
  const first_ms = await page.evaluate(() => Number(
    document.getElementById('canvas').dataset.firstDrawn));
  const devtools = await page.context().newCDPSession(page);
  // Time on the processor: of a busy computer, what others take does not count.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => (await devtools.send('Performance.getMetrics')).metrics
    .find(({ name }) => name === 'TaskDuration').value * 1000;

  await page.evaluate(async () => {
    const { stage } = await import(new URL('ui/opening.js', document.baseURI).href);
    window.drawn = [];
    stage.onDrawn = ({ ms, age_ms }) => window.drawn.push([ms, age_ms]);
  });
  const before_ms = await busy();
  const start_ms = performance.now();
  const begin = usage();
  let seq = 1;
  for (let step = 0; performance.now() - start_ms < seconds * 1000; step++) {
    // As a server does: who is behind is sent the newest once there is credit again.
    if (seq - read < CREDIT) {
      server.send(numbered(frames[step % frames.length], ++seq));
    }
    const next_ms = start_ms + (step + 1) * SENT_MS;
    const wait_ms = Math.max(0, next_ms - performance.now());
    await new Promise((resolve) => { setTimeout(resolve, wait_ms); });
  }
  const passed_s = (performance.now() - start_ms) / 1000;
  const main_ms = await busy() - before_ms;
  const end = usage();
  const drawn = await page.evaluate(() => window.drawn);
  const by = await page.getAttribute('#canvas', 'data-drawn-by');
  await page.context().close();
  await server.stop();

  const worker = drawn.map(([ms]) => ms).sort((a, b) => a - b);
  const ages = drawn.map(([, age]) => age).filter((age) => age !== null).sort((a, b) => a - b);
  console.log(`${String(count).padStart(6)} parts  drawn by the ${by}  `
    + `${(drawn.length / passed_s).toFixed(1)} pictures a second, `
    + `${(ages.length / passed_s).toFixed(1)} of new frames  `
    + `picture ${share(worker, 0.5).toFixed(1)} ms (95 %: ${share(worker, 0.95).toFixed(1)})  `
    + `page ${(main_ms / Math.max(1, drawn.length)).toFixed(2)} ms a picture  `
    + `CPU ${((end.cpu_ms - begin.cpu_ms) / Math.max(1, drawn.length)).toFixed(1)} ms a picture  `
    + `age when drawn ${share(ages, 0.5).toFixed(1)} ms (95 %: ${share(ages, 0.95).toFixed(1)})  `
    + `memory ${begin.mb.toFixed(0)} to ${end.mb.toFixed(0)} MB in ${passed_s.toFixed(0)} s  `
    + `first board after ${first_ms.toFixed(0)} ms`);
}

const { seconds, sizes } = options(process.argv.slice(2));
let browser;

before(async () => {
  browser = await launchBrowser();
});

after(() => browser?.close());

for (const count of sizes) {
  test(`${count} parts`, { timeout: (seconds + 60) * 1000 }, () =>
    measure(browser, count, seconds));
}
