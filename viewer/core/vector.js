// SPDX-License-Identifier: GPL-3.0-or-later

import { BoardPainter } from './board-painter.js';
import { Painter } from './painter.js';
import { SvgContext, SvgPath } from './svg.js';

/** What a view (painter.js) shows, as the text of an SVG, in CSS pixels; without density. */
export function toSvg(view) {
  const { scene, camera } = view;
  const makeCanvas = () => new SvgContext(camera.width_px, camera.height_px).canvas;
  const ctx = makeCanvas().getContext('2d');
  const plain = { ...view, dpr: 1, people: [], heats: [] };
  new BoardPainter(scene, SvgPath, makeCanvas).draw(ctx, plain);
  new Painter(scene).draw(ctx, plain, { exact: false });
  return ctx.toString();
}
