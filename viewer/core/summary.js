// SPDX-License-Identifier: GPL-3.0-or-later

import { wireLength } from './geometry.js';

/** What the page is told of a scene. */
export function summaryOf(scene) {
  const tracks = scene.nets.map(() => 0);
  for (const { net, paths } of [...scene.tracks, ...scene.vias]) {
    if (net >= 0) {
      tracks[net] += paths.length;
    }
  }
  return {
    name: scene.name,
    modules: scene.modules,
    colors: scene.colors,
    parts: scene.parts.map(({ key, reference, value, module, locked, held, nets }) => ({
      key, reference, value, module, locked, held, nets: [...new Set(nets)].filter((n) => n >= 0),
    })),
    netClasses: scene.netClasses,
    nets: scene.nets.map(({ name, power, netClass, pins }, i) => ({
      name, power, netClass, pins: pins.length / 2, tracks: tracks[i],
    })),
    wireLength_mm: wireLength(scene, scene.poses),
  };
}

/** What the view in space needs of a scene. */
export function solidsOf({ box, colors, outlines, parts }) {
  return {
    box, colors, outlines,
    parts: parts.map(({ reference, module, body, flat, box: own }) => ({
      reference, module, body, flat, box: own,
    })),
  };
}
