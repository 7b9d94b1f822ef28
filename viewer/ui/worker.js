// SPDX-License-Identifier: GPL-3.0-or-later

// A worker that watches the session: neither reading frames nor drawing costs the page anything.

import { Watch } from '../core/watch.js';

// All that Watch is made of, so that it comes side by side: what a module needs is not known
// before that is here.
import '../core/address.js';
import '../core/asked.js';
import '../core/batch.js';
import '../core/board-painter.js';
import '../core/board.js';
import '../core/by-hand.js';
import '../core/camera.js';
import '../core/carried.js';
import '../core/colors.js';
import '../core/copper.js';
import '../core/crowd-painter.js';
import '../core/derived.js';
import '../core/forces.js';
import '../core/geometry.js';
import '../core/glide.js';
import '../core/group.js';
import '../core/heat.js';
import '../core/holds.js';
import '../core/link.js';
import '../core/marks.js';
import '../core/messages.js';
import '../core/minimap.js';
import '../core/outside.js';
import '../core/overlaps.js';
import '../core/overlay-painter.js';
import '../core/pace.js';
import '../core/painter.js';
import '../core/past.js';
import '../core/path-set.js';
import '../core/people-painter.js';
import '../core/people.js';
import '../core/picture.js';
import '../core/pieces.js';
import '../core/placed.js';
import '../core/raster.js';
import '../core/ratsnest.js';
import '../core/replay.js';
import '../core/session.js';
import '../core/still.js';
import '../core/summary.js';
import '../core/texts.js';
import '../core/theme.js';
import '../core/trails.js';
import '../core/viewpoint.js';
import '../core/wire.js';

let watch = null;

// A refresh of the display, where workers are told of it.
const request = self.requestAnimationFrame?.bind(self) ?? ((draw) => self.setTimeout(draw, 16));
const cancel = self.cancelAnimationFrame?.bind(self) ?? self.clearTimeout.bind(self);

self.onmessage = ({ data }) => {
  if (data.type === 'wake') {
    // There are browsers that hand over a canvas and then draw nothing on it.
    const draws = self.OffscreenCanvas !== undefined
      && new OffscreenCanvas(1, 1).getContext('2d') !== null;
    self.postMessage({ type: 'ready', draws });
  } else if (data.type === 'canvas') {
    watch = new Watch({
      canvas: data.canvas,
      minimap: data.minimap,
      makeCanvas: () => new OffscreenCanvas(1, 1),
      Path2D: self.Path2D,
      requestFrame: request,
      cancelFrame: cancel,
      setTimeout: self.setTimeout.bind(self),
      now: () => performance.timeOrigin + performance.now(),
      post: (message) => self.postMessage(message),
    });
  } else {
    watch.hear(data);
  }
};
