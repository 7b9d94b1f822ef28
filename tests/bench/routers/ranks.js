// SPDX-License-Identifier: GPL-3.0-or-later

// Whether the estimates of tests/bench/routing.c rank placements as somebody else's router does.
//
//   node ranks.js [OPTION...] BENCH_ROUTING [ITS-OPTION...] BOARD...
//   node ranks.js [OPTION...] --from FOLDER
//
//   --router NAME      which router: pcb-rnd or capacity, see below
//   --limit SECONDS    of the processor, for each time that a placement is routed (60)
//   --turns N          how often each is routed: 1 to 4, turned by a quarter each time (2)
//   --from FOLDER      placements that BENCH_ROUTING --srj FOLDER has left
//   --json FILE        where to keep all that was measured
//
//   pcb-rnd    what Debian has, and the usual one: apt-get install pcb-rnd-auto
//   capacity   @tscircuit/capacity-autorouter: npm install --no-package-lock, once, in this folder
//
// Runs the benchmark, which places each board in different ways and routes each placement with the
// router of its own; then routes the same placements with the other one, each in a process of its
// own. Routers are moody: which of two alike boards comes out shorter is chance, and so each
// placement is routed a few times, turned, and the mean is what counts. How well a router agrees
// with itself, turned, bounds how well anything else can agree with it.
//
// Printed are all placements, the rank correlations (Spearman's) of the estimates with what came of
// them, for each board and on average, of all placements, of all that were not thrown at random,
// which any estimate tells from the others, and of those that differ in nothing but the seed; and
// how each way of placing did against the usual one.

import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { mean, spearman } from './ranking.js';
import { turned } from './turned.js';

const ROUTERS = ['pcb-rnd', 'capacity'];
// As in routing.c: what is worth how many mm of track.
const VIA_MM = 2;
const UNROUTED_MM = 50;
// Fewer placements tell nothing about ranks.
const LEAST_RANKED = 8;

const OUTCOMES = {
  score: scoreOf,
  vias: (routed) => routed.vias,
  unrouted: (routed) => routed.unrouted,
};

/** What came of it in a process of its own, or an error. */
function routeApart(router, limit_s, path, turns) {
  return new Promise((resolve) => {
    const args = ['--route', router, String(limit_s), path, String(turns)];
    const child = fork(fileURLToPath(import.meta.url), args, { silent: true });
    let result = { error: 'the router ended without a word' };

    child.stdout.resume();
    child.stderr.resume();
    child.on('message', (message) => {
      result = message;
    });
    child.on('exit', () => resolve(result));
  });
}

function scoreOf({ length_mm, vias, unrouted }) {
  return length_mm + VIA_MM * vias + UNROUTED_MM * unrouted;
}

/** The mean of some runs; those that gave up have left everything. */
function meanOf(runs, connections) {
  const all = runs.map((run) => run.error ?
    { length_mm: 0, vias: 0, unrouted: connections } : run);
  const of = (name) => mean(all.map((run) => run[name]));

  return { length_mm: of('length_mm'), vias: of('vias'), unrouted: of('unrouted') };
}

function tell({ board, way, seed, estimates, maze, runs }) {
  const say = (r) => r.error ??
    `${r.length_mm.toFixed(1)} mm, ${r.vias} vias, ${r.unrouted} unrouted`;

  console.log(board.padEnd(24), way.padEnd(15), seed, Object.entries(estimates).map(
    ([name, value]) => `${name} ${value.toFixed(2)}`).join('  '),
              ` ours ${say(maze)}  theirs ${runs.map(say).join('; ')}`);
}

/**
 * Of each estimate, and of our router's score, with each outcome of theirs; and of their first
 * run's outcomes with those of their others, where there are any.
 */
function correlate(placements) {
  const rhos = (values, routed) => Object.values(OUTCOMES).map(
    (outcome) => spearman(values(outcome), routed.map(outcome)));
  const routed = placements.map((p) => p.routed);
  const some = (from, to) => placements.map((p) => meanOf(p.runs.slice(from, to), p.connections));
  const isRepeated = placements.every((p) => p.runs.length > 1);

  return [
    ...Object.keys(placements[0].estimates).map((name) => (
      { name, rhos: rhos(() => placements.map((p) => p.estimates[name]), routed) })),
    { name: 'our router', rhos: rhos(() => placements.map((p) => scoreOf(p.maze)), routed) },
    ...isRepeated ?
      [{ name: 'itself', rhos: rhos((outcome) => some(0, 1).map(outcome), some(1)) }] : [],
  ];
}

/** For each board, and on average. */
function tellRanks(placements, which) {
  const say = (rhos) => Object.keys(OUTCOMES).map(
    (name, i) => `${name} ${rhos[i].toFixed(2).padStart(5)}`).join('  ');
  const all = [...new Set(placements.map((p) => p.board))].flatMap((board) => {
    const here = placements.filter((p) => p.board === board);
    const table = here.length >= LEAST_RANKED ? correlate(here) : [];

    for (const { name, rhos } of table) {
      console.log(`${board.padEnd(24)} ${which}, ${here.length} placements, rank correlation of`,
                  name.padEnd(12), say(rhos));
    }
    return table;
  });
  for (const name of new Set(all.map((row) => row.name))) {
    const rows = all.filter((row) => row.name === name);

    console.log(`${which}, ${rows.length} boards, mean rank correlation of`, name.padEnd(12),
                say(Object.keys(OUTCOMES).map((_, i) => mean(rows.map((row) => row.rhos[i])))));
  }
}

function compare(placements) {
  const ways = [...new Set(placements.map((p) => p.way))];

  for (const way of ways) {
    const pairs = placements.filter((p) => p.way === way).map((p) => [p, placements.find(
      (u) => u.way === 'usual' && u.board === p.board &&
             (u.seed === p.seed || way === 'hand'))]).filter(([, usual]) => usual);
    const ratio = (f) => Math.exp(mean(pairs.map(([a, b]) => Math.log(f(a) / f(b))))).toFixed(3);
    const more = (f) => mean(pairs.map(([a, b]) => f(a) - f(b))).toFixed(1);

    console.log(way.padEnd(15), 'against the usual: hpwl', ratio((p) => p.estimates.hpwl),
                ' routed', ratio((p) => p.routed.length_mm), ' vias', more((p) => p.routed.vias),
                ' unrouted', more((p) => p.routed.unrouted), ' score',
                ratio((p) => scoreOf(p.routed)), ` ${pairs.length} placements`);
  }
}

async function routeAll({ router, limit, turns }, folder) {
  const placements = [];

  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const { srj, ...placement } = JSON.parse(readFileSync(path));

    placement.runs = [];
    for (let i = 0; i < Number(turns); i++) {
      placement.runs.push(await routeApart(router, limit, path, i));
    }
    placement.routed = meanOf(placement.runs, placement.connections);
    tell(placement);
    placements.push(placement);
  }
  return placements;
}

async function placeAndRouteAll(options, [bench, ...args]) {
  const folder = mkdtempSync(join(tmpdir(), 'boardwalk-routers-'));

  try {
    execFileSync(bench, ['--srj', folder, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
    return await routeAll(options, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function main(args) {
  // What follows the benchmark's name is the benchmark's.
  const own = args.findIndex((arg, i) => !arg.startsWith('-') &&
                                         !/^--[^=]+$/.test(args[i - 1] ?? ''));
  const { values } = parseArgs({
    args: own < 0 ? args : args.slice(0, own),
    options: {
      router: { type: 'string', default: ROUTERS[0] },
      limit: { type: 'string', default: '60' },
      turns: { type: 'string', default: '2' },
      from: { type: 'string' },
      json: { type: 'string' },
    },
  });
  if (!ROUTERS.includes(values.router) || (own < 0) === (values.from === undefined)) {
    throw new Error(`the head of this file tells what it takes; routers: ${ROUTERS.join(', ')}`);
  }
  // Here rather than after all the placing where there is no such router.
  (await import(`./${values.router}.js`)).check();
  const placements = values.from === undefined ?
    await placeAndRouteAll(values, args.slice(own)) : await routeAll(values, values.from);

  if (values.json !== undefined) {
    writeFileSync(values.json, JSON.stringify(placements, null, 1));
  }
  tellRanks(placements, 'all');
  tellRanks(placements.filter((p) => p.way !== 'random'), 'placed');
  tellRanks(placements.filter((p) => p.way === 'usual'), 'seeds');
  compare(placements);
}

const args = process.argv.slice(2);
if (args[0] === '--route') {
  const [, router, limit_s, path, turns] = args;
  const srj = turned(JSON.parse(readFileSync(path)).srj, Number(turns));

  process.send(await import(`./${router}.js`).then(
    ({ route }) => route(srj, Number(limit_s))).catch((error) => ({ error: error.message })));
  process.disconnect();
} else {
  await main(args);
}
