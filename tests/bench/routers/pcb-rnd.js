// SPDX-License-Identifier: GPL-3.0-or-later

// The autorouter of pcb-rnd, which is that of gEDA PCB: no grid, rectangles that expand, tracks
// that are ripped up and routed anew over a dozen rounds. It takes seconds where there are a
// hundred parts, and tells what it left. Debian has it: pcb-rnd-auto.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MM = { nm: 1e-6, um: 1e-3, mm: 1, cm: 10, m: 1000, mil: 0.0254, in: 25.4 };
const EDGE_PIECE_MM = 0.5;
// Each board's first layers; their numbers are those of the groups in the file.
const COPPER = ['component', 'solder'];

function mm(value) {
  return `${value.toFixed(4)}mm`;
}

/** A pad as an element of its own, which the netlist knows by its number. */
function writePad({ layers, center, width, height }, i, { x, y, gap }) {
  const thick = Math.min(width, height);
  const [dx, dy] = [(width - thick) / 2, (height - thick) / 2];
  const size = `${mm(thick)} ${mm(2 * gap)} ${mm(thick)}`;
  const lines = [`Element["" "" "P${i}" "" ${x(center.x)} ${y(center.y)} 0 0 0 100 ""](`];

  if (layers.length === 2) {
    lines.push(`Pin[0 0 ${size} ${mm(thick / 2)} "1" "1" "square"]`);
  }
  // Pins are as wide as high: what others have more goes on either side.
  for (const layer of layers.length === 2 && width === height ? [] : layers) {
    const flags = layer === 'bottom' ? 'square,onsolder' : 'square';
    lines.push(`Pad[${mm(-dx)} ${mm(-dy)} ${mm(dx)} ${mm(dy)} ${size} "1" "1" "${flags}"]`);
  }
  return [...lines, ')'];
}

function isNear({ x, y }, { center, width, height }, gap) {
  return Math.abs(x - center.x) < width / 2 + gap && Math.abs(y - center.y) < height / 2 + gap;
}

/**
 * The edge is a track of no net on both layers, for the router does not know of outlines. In
 * pieces: a slanted one bars the box round it, and there is none where a connector's pads reach
 * over the edge.
 */
function writeEdge({ outline, obstacles }, { x, y, gap }) {
  return outline.flatMap((from, i) => {
    const to = outline[(i + 1) % outline.length];
    const n = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / EDGE_PIECE_MM);
    const at = (k) => ({
      x: from.x + (to.x - from.x) * k / n,
      y: from.y + (to.y - from.y) * k / n,
    });
    const pieces = Array.from({ length: n }, (_, k) => [at(k), at(k + 1)]);

    return pieces.filter(([a, b]) => !obstacles.some(
      (pad) => isNear(a, pad, 2 * gap) || isNear(b, pad, 2 * gap))).map(
      ([a, b]) => `Line[${x(a.x)} ${y(a.y)} ${x(b.x)} ${y(b.y)} 0.01mm ${mm(2 * gap)} ""]`);
  });
}

function writeBoard(srj) {
  const { bounds, minTraceWidth: track, defaultObstacleMargin: gap } = srj;
  const { minViaPadDiameter: via, minViaHoleDiameter: hole } = srj;
  const world = { x: (x) => mm(x - bounds.minX), y: (y) => mm(bounds.maxY - y), gap };
  const pins = new Map();

  srj.obstacles.forEach(({ connectedTo }, i) => connectedTo.forEach((net) => {
    pins.set(net, [...pins.get(net) ?? [], `Connect("P${i}-1")`]);
  }));
  return [
    'FileVersion[20091103]',
    `PCB["" ${mm(bounds.maxX - bounds.minX)} ${mm(bounds.maxY - bounds.minY)}]`,
    'Grid[0.1mm 0 0 0]',
    `DRC[${mm(gap)} 0 ${mm(track)} 0 ${mm(hole)} ${mm((via - hole) / 2)}]`,
    'Groups("1,c:2,s")',
    `Styles["Signal,${mm(track)},${mm(via)},${mm(hole)},${mm(gap)}"]`,
    ...srj.obstacles.flatMap((pad, i) => writePad(pad, i, world)),
    ...COPPER.flatMap((name, i) => [`Layer(${i + 1} "${name}")(`,
                                    ...writeEdge(srj, world), ')']),
    'Layer(3 "silk")()', 'Layer(4 "silk")()',
    'NetList()(',
    ...[...pins].map(([net, list]) => `Net("${net}" "Signal")(${list.join(' ')})`),
    ')', '',
  ].join('\n');
}

/** What the program has written: tracks, vias, and rats where something is left. */
function measure(text) {
  const count = (what) => text.match(new RegExp(`^\\s*${what}[[(]`, 'gm'))?.length ?? 0;
  const result = { length_mm: 0, vias: count('Via'), unrouted: count('Rat') };

  // What it has routed bears a flag; the edge has none.
  for (const [, numbers] of text.matchAll(/^\s*Line\[([^"]*)"[^"]*\bauto\b/gm)) {
    const [x0, y0, x1, y1] = numbers.split(' ').map((word) => {
      const [, number, unit] = /^(-?[\d.]+)(\D*)$/.exec(word) ?? [];
      return number * (MM[unit] ?? 0);
    });
    result.length_mm += Math.hypot(x1 - x0, y1 - y0);
  }
  return result;
}

/** Throws where the program is not there. */
export function check() {
  execFileSync('pcb-rnd', ['--version'], { stdio: 'ignore' });
}

/** Ends with an error where the limit, in seconds of the processor, was too short. */
export async function route(srj, limit_s) {
  const folder = mkdtempSync(join(tmpdir(), 'boardwalk-pcb-rnd-'));
  const [board, routed] = ['board.pcb', 'routed.pcb'].map((name) => join(folder, name));

  try {
    writeFileSync(board, writeBoard(srj));
    execFileSync('prlimit', [`--cpu=${limit_s}`, 'pcb-rnd', '--gui', 'batch'], {
      input: [`LoadFrom(Layout, ${board})`, 'AddRats(AllRats, manhattan)',
              'AutoRoute(AllRats)',
              'DeleteRats(AllRats)', 'AddRats(AllRats)', `SaveTo(LayoutAs, ${routed})`,
              'Quit(force)', ''].join('\n'),
      cwd: folder,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    return measure(readFileSync(routed, 'utf8'));
  } catch (error) {
    return { error: error.signal === 'SIGKILL' || error.signal === 'SIGXCPU' ?
      `not within ${limit_s} s` : error.message.split('\n')[0] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
