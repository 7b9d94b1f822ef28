// SPDX-License-Identifier: GPL-3.0-or-later

// Draws the others who are at the board: a pointer with a name for each, and a rim in their colour
// about what they have selected or drag.

import { FONT } from './overlay-painter.js';
import { personColor } from './theme.js';

const LABEL_PX = 11;
const LONGEST_NAME = 24;
const POINTER = [0, 0, 0, 16, 4.5, 12, 11, 11.5];

export function drawPeople(ctx, { people, camera, theme, dpr }, placed) {
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  for (const { hue_deg, name, cursor, selection, grabbed } of people) {
    const color = personColor(hue_deg, theme.dark);
    ctx.strokeStyle = color;
    for (const [parts, width] of [[selection, 2], [grabbed, 4]]) {
      ctx.lineWidth = width;
      ctx.beginPath();
      parts.filter((part) => placed.sees(part)).forEach((part) => placed.traceBody(ctx, part));
      ctx.stroke();
    }
    if (cursor !== null) {
      drawPointer(ctx, camera.screenX(cursor.x_mm), camera.screenY(cursor.y_mm), color,
                  name.slice(0, LONGEST_NAME), theme);
    }
  }
}

function drawPointer(ctx, x, y, color, name, theme) {
  ctx.fillStyle = color;
  ctx.strokeStyle = theme.background;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  for (let i = 0; i < POINTER.length; i += 2) {
    ctx[i === 0 ? 'moveTo' : 'lineTo'](x + POINTER[i], y + POINTER[i + 1]);
  }
  ctx.closePath();
  ctx.stroke();
  ctx.fill();
  ctx.font = `600 ${LABEL_PX}px ${FONT}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  const width = (ctx.measureText(name)?.width ?? 0) + 10;
  ctx.fillRect(x + 11, y + 13, width, LABEL_PX + 6);
  ctx.fillStyle = theme.background;
  ctx.fillText(name, x + 16, y + 13 + (LABEL_PX + 6) / 2 + 0.5);
}
