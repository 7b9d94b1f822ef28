// SPDX-License-Identifier: GPL-3.0-or-later

// The forces of a frame, KEY → [[fx, fy, kind], …], checked, as a flat list to draw.

const KINDS = new Set(['attraction', 'repulsion', 'boundary', 'constraint', 'alignment']);
const MAX_FORCES = 100_000;

export function readForces(scene, forces) {
  const out = [];
  for (const key of Object.keys(forces)) {
    const part = scene.indexOf.get(key);
    if (part === undefined || !Array.isArray(forces[key])) {
      continue;
    }
    for (const force of forces[key]) {
      if (Array.isArray(force) && Number.isFinite(force[0]) && Number.isFinite(force[1])
          && out.length < MAX_FORCES) {
        const kind = KINDS.has(force[2]) ? force[2] : 'other';
        out.push({ part, fx: force[0], fy: force[1], kind });
      }
    }
  }
  return out;
}
