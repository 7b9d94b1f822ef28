// SPDX-License-Identifier: GPL-3.0-or-later

// How parts are drawn on their way to where a frame has them. Frames are true states, and a run may
// throw a part across the board from one to the next; what is drawn follows them so that the eye
// can follow it: each part goes a share of its way, and no part faster than across the board in
// three quarters of a second. src/render/bw-glide.c is the same for the window.

import { POSE_SIZE } from './geometry.js';

// In this time a part goes all of its way but 1/e.
const TIME_MS = 120;
// Diagonals of the board in a second: 4.5 % in a thirtieth of one.
const FASTEST_PER_S = 1.35;
// Diagonals: what is left of a way is not worth another picture.
const NEAR = 0.001;

/**
 * Brings the poses of `drawn` so much nearer to `target`; false once all are there. Those that are
 * `held` (a Set of parts) are there at once, because a hand has put them there, and so are turns
 * and sides. `diagonal_mm` is that of the board.
 */
export function glide(drawn, target, held, diagonal_mm, passed_ms) {
  const share = 1 - Math.exp(-passed_ms / TIME_MS);
  const most_mm = FASTEST_PER_S * diagonal_mm * passed_ms / 1000;
  let moving = false;
  for (let i = 0; i < target.length; i += POSE_SIZE) {
    const x = target[i] - drawn[i];
    const y = target[i + 1] - drawn[i + 1];
    const way_mm = Math.sqrt(x * x + y * y);
    const near = way_mm <= NEAR * diagonal_mm || most_mm === 0 || held.has(i / POSE_SIZE);
    const step = near ? 1 : Math.min(share, most_mm / way_mm);
    drawn[i] = near ? target[i] : drawn[i] + step * x;
    drawn[i + 1] = near ? target[i + 1] : drawn[i + 1] + step * y;
    drawn[i + 2] = target[i + 2];
    drawn[i + 3] = target[i + 3];
    moving ||= !near;
  }
  return moving;
}
