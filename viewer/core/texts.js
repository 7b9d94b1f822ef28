// SPDX-License-Identifier: GPL-3.0-or-later

// Draws the texts of boards and parts, as large and where KiCad has them, in the page's own font.

import { FONT } from './overlay-painter.js';

// What is printed is seen sooner than what is only noted.
const SMALLEST_PX = { silk: 4.5, copper: 4.5, fab: 9 };
const CAPITAL = 0.72;
const LINE = 1.62;

// The font is set once; each text is scaled to its size.
const FONT_PX = 20;
const ANCHORS = { '-1': 'left', 0: 'center', 1: 'right' };

/** Makes the context ready for drawText(). */
export function beginTexts(ctx) {
  ctx.font = `${FONT_PX}px ${FONT}`;
  ctx.textBaseline = 'alphabetic';
}

/** Whether a text is large enough to be shown. */
export function isReadable({ height, layer }, scale) {
  return height * scale >= SMALLEST_PX[layer];
}

/**
 * Draws a text whose frame goes to the canvas by the matrix [a, b, c, d, e, f], in the colour
 * that is set. Leaves the context with a transform of its own.
 */
export function drawText(ctx, text, [a, b, c, d, e, f]) {
  let angle = text.angle;
  let turned = 1;
  if (text.upright) {
    // Where its letters' tops point on the canvas.
    const upX = -a * Math.sin(angle) - c * Math.cos(angle);
    const upY = -b * Math.sin(angle) - d * Math.cos(angle);
    const slack = 1e-6 * Math.hypot(upX, upY);
    if (upY > slack || (upY > -slack && upX > 0)) {
      angle += Math.PI;
      turned = -1;
    }
  }
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const y_scale = text.height / (FONT_PX * CAPITAL);
  const x_scale = (text.mirrored ? -1 : 1) * (text.width / (FONT_PX * CAPITAL));
  ctx.setTransform(
    x_scale * (a * cos - c * sin), x_scale * (b * cos - d * sin),
    y_scale * (a * sin + c * cos), y_scale * (b * sin + d * cos),
    a * text.x + c * text.y + e, b * text.x + d * text.y + f);
  ctx.textAlign = ANCHORS[turned * text.alignX];
  const lines = text.lines;
  const capital = FONT_PX * CAPITAL;
  const height = capital + (lines.length - 1) * LINE * capital;
  const first = capital - ((1 + turned * text.alignY) / 2) * height;
  lines.forEach((line, i) => ctx.fillText(line, 0, first + i * LINE * capital));
}
