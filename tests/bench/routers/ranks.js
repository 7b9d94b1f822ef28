// SPDX-License-Identifier: GPL-3.0-or-later

// Whether the estimates of tests/bench/routing.c rank placements as somebody else's router does.
//
//   npm install --no-package-lock        once, in this folder
//   node ranks.js [--limit SECONDS] BENCH_ROUTING [OPTION...] BOARD...
//
// Runs the benchmark, which places each board in different ways and routes each placement with the
// router of its own; then routes the same placements with @tscircuit/capacity-autorouter. Printed
// are all of them, and the rank correlations (Spearman's) of the estimates with what came of it,
// for each board and on average; and how each way of placing did against the usual one. Each
// placement is routed in a process of its own: what takes longer than the limit, in seconds of the
// processor, is not routed.

import './iterators.js';
import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIMIT_S = 60;
// As in routing.c: what is worth how many mm of track.
const VIA_MM = 2;
const UNROUTED_MM = 50;
const LEAST_RANKED = 5;

function processorSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function route(srj, limit_s) {
  const { AutoroutingPipelineSolver } = await import('@tscircuit/capacity-autorouter');
  const solver = new AutoroutingPipelineSolver(srj);

  while (!solver.solved && !solver.failed && processorSeconds() < limit_s) {
    solver.step();
  }
  if (!solver.solved) {
    return { error: solver.failed ? String(solver.error) : `not within ${limit_s} s` };
  }
  return measure(solver.getOutputSimpleRouteJson().traces);
}

function measure(traces) {
  const result = { length_mm: 0, vias: 0 };

  for (const trace of traces) {
    let last = null;
    for (const point of trace.route) {
      if (point.route_type === 'via') {
        result.vias++;
      } else if (point.route_type === 'wire') {
        if (last?.layer === point.layer) {
          result.length_mm += Math.hypot(point.x - last.x, point.y - last.y);
        }
        last = point;
      }
    }
  }
  return result;
}

/** What came of it in a process of its own, or an error. */
function routeApart(path, limit_s) {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(import.meta.url), ['--route', path, String(limit_s)],
                       { silent: true });
    let result = { error: 'the router ended without a word' };

    child.stdout.resume();
    child.stderr.resume();
    child.on('message', (message) => {
      result = message;
    });
    child.on('exit', () => resolve(result));
  });
}

/** Ranks from 0, equal values their mean. */
function ranks(values) {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal - 1) / 2;
  });
}

/** Not a number where one of them is the same everywhere. */
function spearman(a, b) {
  const x = ranks(a);
  const y = ranks(b);
  const middle = (a.length - 1) / 2;
  const sum = (f) => x.reduce((total, _, i) => total + f(x[i] - middle, y[i] - middle), 0);

  return sum((u, v) => u * v) / Math.sqrt(sum((u) => u * u) * sum((_, v) => v * v));
}

function mean(values) {
  const known = values.filter(Number.isFinite);
  return known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : NaN;
}

function scoreOf(placement) {
  const { length_mm: length, vias, error } = placement.routed;
  return error ? UNROUTED_MM * placement.connections : length + VIA_MM * vias;
}

function tell(placement) {
  const { routed, estimates } = placement;
  const what = routed.error ?? `${routed.length_mm.toFixed(1)} mm, ${routed.vias} vias`;

  console.log(placement.board.padEnd(24), placement.way.padEnd(15), placement.seed,
              Object.entries(estimates).map(([name, value]) => `${name} ${value.toFixed(2)}`)
                .join('  '), ` ours ${placement.maze.length_mm.toFixed(1)} mm,`,
              `${placement.maze.vias} vias, ${placement.maze.unrouted} unrouted  theirs ${what}`);
}

/** Of each estimate, and of our router's score, with the score and the vias of theirs. */
function correlate(placements) {
  const theirs = placements.map(scoreOf);
  const vias = placements.map((p) => p.routed.vias ?? Infinity);
  const columns = Object.keys(placements[0].estimates).map(
    (name) => [name, placements.map((p) => p.estimates[name])]);

  columns.push(['our router', placements.map((p) => p.maze.length_mm + VIA_MM * p.maze.vias +
                                                   UNROUTED_MM * p.maze.unrouted)]);
  return columns.map(([name, values]) => [name, spearman(values, theirs), spearman(values, vias)]);
}

function compare(placements) {
  const ways = [...new Set(placements.map((p) => p.way))];

  for (const way of ways) {
    const pairs = placements.filter((p) => p.way === way).map((p) => [p, placements.find(
      (u) => u.way === 'usual' && u.board === p.board &&
             (u.seed === p.seed || way === 'hand'))]);
    const both = pairs.filter(([a, b]) => !a.routed.error && b && !b.routed.error);
    const ratio = (f) => Math.exp(mean(both.map(([a, b]) => Math.log(f(a) / f(b)))));

    console.log(way.padEnd(15), 'against the usual: hpwl',
                ratio((p) => p.estimates.hpwl).toFixed(3), ' routed',
                ratio((p) => p.routed.length_mm).toFixed(3), ' vias',
                mean(both.map(([a, b]) => a.routed.vias - b.routed.vias)).toFixed(1),
                ' score', ratio(scoreOf).toFixed(3), ` not routed ${pairs.length -
                pairs.filter(([a]) => !a.routed.error).length} of ${pairs.length}`);
  }
}

async function main(limit_s, bench, args) {
  const folder = mkdtempSync(join(tmpdir(), 'boardwalk-routers-'));
  const placements = [];

  try {
    execFileSync(bench, ['--srj', folder, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      const { srj, ...placement } = JSON.parse(readFileSync(path));

      placement.routed = await routeApart(path, limit_s);
      tell(placement);
      placements.push(placement);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }

  const all = [...new Set(placements.map((p) => p.board))].flatMap((board) => {
    const here = placements.filter((p) => p.board === board);
    const table = here.length >= LEAST_RANKED ? correlate(here) : [];
    console.log(board.padEnd(24), 'rank correlation with score (vias)', table.map(
      ([name, score, vias]) => `${name} ${score.toFixed(2)} (${vias.toFixed(2)})`).join('  '));
    return table;
  });
  for (const name of new Set(all.map(([each]) => each))) {
    const rows = all.filter(([each]) => each === name);
    console.log('mean rank correlation of', name.padEnd(12), ' with score',
                mean(rows.map((row) => row[1])).toFixed(2), ' vias',
                mean(rows.map((row) => row[2])).toFixed(2));
  }
  compare(placements);
}

const args = process.argv.slice(2);
if (args[0] === '--route') {
  process.send(await route(JSON.parse(readFileSync(args[1])).srj, Number(args[2])).catch(
    (error) => ({ error: error.message })));
  process.disconnect();
} else {
  const limit_s = args[0] === '--limit' ? Number(args.splice(0, 2)[1]) : LIMIT_S;
  await main(limit_s, args[0], args.slice(1));
}
