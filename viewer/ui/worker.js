// SPDX-License-Identifier: GPL-3.0-or-later

// A worker that watches the session: neither reading frames nor drawing costs the page anything.

import { Watch } from '../core/watch.js';

let watch = null;

// A refresh of the display, where workers are told of it.
const request = self.requestAnimationFrame?.bind(self) ?? ((draw) => self.setTimeout(draw, 16));
const cancel = self.cancelAnimationFrame?.bind(self) ?? self.clearTimeout.bind(self);

self.onmessage = ({ data }) => {
  if (data.type === 'wake') {
    self.postMessage({ type: 'ready' });
  } else if (data.type === 'canvas') {
    watch = new Watch({
      canvas: data.canvas,
      makeCanvas: () => new OffscreenCanvas(1, 1),
      Path2D: self.Path2D,
      requestFrame: request,
      cancelFrame: cancel,
      now: () => performance.timeOrigin + performance.now(),
      post: (message) => self.postMessage(message),
    });
  } else {
    watch.hear(data);
  }
};
