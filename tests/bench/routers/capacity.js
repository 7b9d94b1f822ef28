// SPDX-License-Identifier: GPL-3.0-or-later

// @tscircuit/capacity-autorouter, from the npm registry. It routes all or fails: what it has when
// it fails does not keep the clearances.

import './iterators.js';
import { AutoroutingPipelineSolver } from '@tscircuit/capacity-autorouter';

function processorSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function measure(traces) {
  const result = { length_mm: 0, vias: 0, unrouted: 0 };

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

/** Whether it is there has shown itself by now. */
export function check() {
}

export async function route(srj, limit_s) {
  const solver = new AutoroutingPipelineSolver(srj);

  while (!solver.solved && !solver.failed && processorSeconds() < limit_s) {
    solver.step();
  }
  if (!solver.solved) {
    return { error: solver.failed ? String(solver.error) : `not within ${limit_s} s` };
  }
  return measure(solver.getOutputSimpleRouteJson().traces);
}
