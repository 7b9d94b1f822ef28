// SPDX-License-Identifier: GPL-3.0-or-later

// A worker that has the picture: reading frames and drawing cost the page nothing.

import { Picture } from '../core/picture.js';

let picture = null;

// A refresh of the display, where workers are told of it.
const request = self.requestAnimationFrame?.bind(self) ?? ((draw) => self.setTimeout(draw, 16));
const cancel = self.cancelAnimationFrame?.bind(self) ?? self.clearTimeout.bind(self);

self.onmessage = ({ data }) => {
  if (data.type === 'wake') {
    self.postMessage({ type: 'ready' });
  } else if (data.type === 'canvas') {
    picture = new Picture({
      canvas: data.canvas,
      makeCanvas: () => new OffscreenCanvas(1, 1),
      Path2D: self.Path2D,
      requestFrame: request,
      cancelFrame: cancel,
      now: () => performance.timeOrigin + performance.now(),
      post: (message) => self.postMessage(message),
    });
  } else {
    picture.hear(data);
  }
};
