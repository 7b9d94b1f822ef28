// SPDX-License-Identifier: GPL-3.0-or-later

// The camera that sees all that is to be seen, and whether another is far from it.

import { Camera } from './camera.js';
import { viewBox } from './geometry.js';

// Top, right, bottom, left: the zoom buttons and the scale bar lie beside the board. Where there is
// room it is in the middle all the same.
const MARGINS_PX = [40, 60, 40, 60];
const NARROW_MARGINS_PX = [16, 52, 40, 16];
const NARROW_PX = 600;

// Parts that jitter about the edge move no camera.
const LOOSE_SCALE = 1.1;
const LOOSE_PX = 24;

/** A camera of that size and side that sees the board and the parts beside it. */
export function fitted(camera, scene, poses) {
  const fit = Object.assign(new Camera(), camera);
  fit.fit(viewBox(scene, poses), camera.width_px < NARROW_PX ? NARROW_MARGINS_PX : MARGINS_PX);
  return fit;
}

/** Whether a camera sees much less, or much more, than a fitted one, or elsewhere. */
export function isLoose(camera, fit) {
  const ratio = fit.scale / camera.scale;
  return ratio > LOOSE_SCALE || ratio < 1 / LOOSE_SCALE
    || Math.hypot(fit.x_mm - camera.x_mm, fit.y_mm - camera.y_mm) * fit.scale > LOOSE_PX;
}
