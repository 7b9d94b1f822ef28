// SPDX-License-Identifier: GPL-3.0-or-later

// How fast the page draws in headless Chromium, which has no graphics hardware: all parts of a
// made board move, all of it is in view, and frames come faster than they can be drawn.
// CPU time and memory are those of all pages of Chromium on this computer: one bench at a time.
// With BW_BINARY in the environment also how soon a page that was never there before shows such a
// board of the program itself.
// Usage: node viewer.js [--seconds N] PARTS…

import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';

import { launchBrowser, openPage, says } from '../e2e/browser.js';
import { board, part } from '../viewer/boards.js';
import { MockServer } from '../viewer/mock-server.js';
import { hello, key } from '../viewer/wire-writer.js';

const SENT_MS = 1000 / 60;
const ACKNOWLEDGE = 1;
const CREDIT = 2;
const TICK_MS = 10;
const LOADS = 5;

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
        // What several hold counts for each by its part: most of a page is Chromium's own code.
        const memory = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
        const [user, system] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]
          .split(' ').slice(11, 13).map(Number);
        sum.mb += Number(/^Pss:\s+(\d+)/m.exec(memory)[1]) / 1024;
        sum.cpu_ms += (user + system) * TICK_MS;
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return sum;
}

/** About the same board as `made` has, as KiCad writes it. */
function kicadBoard(count) {
  const columns = Math.ceil(Math.sqrt(count * 1.6));
  const nets = Math.floor(count / 3);
  const edge = `${8 + columns * 5} ${8 + Math.ceil(count / columns) * 3.5}`;
  const net = (n) => `(net ${n % nets + 1} "N${n % nets}")`;
  const parts = Array.from({ length: count }, (_, i) => `(footprint "R" (layer "F.Cu")
(at ${4 + (i % columns) * 5} ${4 + Math.floor(i / columns) * 3.5})
(property "Reference" "R${i}" (at 0 -1.5) (layer "F.SilkS"))
(fp_rect (start -1.5 -0.8) (end 1.5 0.8) (stroke (width 0.05) (type solid)) (layer "F.CrtYd"))
(pad "1" smd rect (at -1 0) (size 0.8 0.9) (layers "F.Cu") ${net(i)})
(pad "2" smd rect (at 1 0) (size 0.8 0.9) (layers "F.Cu") ${net(Math.floor(i / 3))}))`);
  return `(kicad_pcb (version 20240108) (generator "bench") (layers (0 "F.Cu" signal)
(31 "B.Cu" signal) (44 "Edge.Cuts" user)) (net 0 "")
${Array.from({ length: nets }, (_, i) => `(net ${i + 1} "N${i}")`).join('\n')}
(gr_rect (start 0 0) (end ${edge}) (stroke (width 0.1) (type solid)) (layer "Edge.Cuts"))
${parts.join('\n')})
`;
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
    + `memory ${begin.mb.toFixed(0)} to ${end.mb.toFixed(0)} MB in ${passed_s.toFixed(0)} s`);
}

/** Starts the program on a board; { link, stop }. */
async function serve(file) {
  const program = spawn(process.env.BW_BINARY, ['serve', file, '--port', '0', '--iterations', '1'],
                        { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => { program.once('exit', resolve); });
  const link = await new Promise((resolve, reject) => {
    ended.then((status) => reject(new Error(`boardwalk ended with status ${status}`)));
    createInterface({ input: program.stdout }).on('line', (line) => {
      const [, url] = /^Watch:\s+(\S+)$/.exec(line) ?? [];
      if (url !== undefined) {
        resolve(url);
      }
    });
  });
  return { link, stop: () => { program.kill('SIGINT'); return ended; } };
}

/** How soon the program's board is seen, by a browser that has nothing of the page yet. */
async function measureFirst(browser, count) {
  const folder = mkdtempSync(join(tmpdir(), 'boardwalk-bench-'));
  const file = join(folder, 'made.kicad_pcb');
  writeFileSync(file, kicadBoard(count));
  const { link, stop } = await serve(file);
  const times_ms = [];
  let requests = 0;
  for (let i = 0; i < LOADS; i++) {
    const page = await openPage(browser, link);
    await page.waitForFunction(() => document.getElementById('canvas').dataset.firstDrawn);
    times_ms.push(await page.evaluate(() => Number(
      document.getElementById('canvas').dataset.firstDrawn)));
    requests = await page.evaluate(() => performance.getEntriesByType('resource').length);
    await page.context().close();
  }
  await stop();
  rmSync(folder, { recursive: true });
  times_ms.sort((a, b) => a - b);
  console.log(`${String(count).padStart(6)} parts  first board after ${times_ms[0].toFixed(0)} ms `
    + `at best, ${share(times_ms, 0.5).toFixed(0)} ms in the middle of ${LOADS}, `
    + `${requests} requests`);
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
  test(`the first picture of ${count} parts`,
    { timeout: 60_000, skip: process.env.BW_BINARY === undefined }, () =>
      measureFirst(browser, count));
}
