// SPDX-License-Identifier: GPL-3.0-or-later

// What stands for a browser's canvas in Node.

export class FakePath {
  moveTo() {}

  lineTo() {}

  closePath() {}
}

/** A canvas that draws nothing; `drawn` gets what is called. */
export function fakeCanvas(drawn) {
  const canvas = { width: 1, height: 1 };
  const ctx = new Proxy({ canvas }, {
    get: (target, name) => (name in target ? target[name] : (...args) => {
      drawn.push(name);
      return name === 'createImageData' ? { data: new Uint8Array(args[0] * args[1] * 4) } : null;
    }),
  });
  canvas.getContext = () => ctx;
  return canvas;
}
