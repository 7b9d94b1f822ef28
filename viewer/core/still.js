// SPDX-License-Identifier: GPL-3.0-or-later

// The picture of what does not move, kept until something of the view changes; while the camera
// moves, a picture that is dear to draw is moved with it.

// A board that takes longer than this is not drawn anew at each step of a moving camera, until
// the camera has rested for so long.
const DEAR_MS = 7;
const REST_MS = 90;

export class Still {
  #canvas;
  #now;
  #camera = null;
  #copper = 0;
  #ms = 0;
  #stepped_ms = -Infinity;
  #pixels = null;
  #isExact = false;
  #context;

  /** `now ()` in ms. */
  constructor(canvas, now) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d', { alpha: false });
    this.#now = now;
  }

  resize(width, height) {
    this.#canvas.width = width;
    this.#canvas.height = height;
    this.invalidate();
  }

  /** What is kept is not what is to be seen any more. */
  invalidate() {
    this.#camera = null;
  }

  /** The camera has been moved by hand. */
  step() {
    this.#stepped_ms = this.#now();
  }

  /** The next picture is to be exact. */
  rest() {
    this.#stepped_ms = -Infinity;
  }

  /** Whether what was drawn last is not moved from elsewhere. */
  get exact() {
    return this.#isExact;
  }

  /** The pixels of what is kept, as a Uint32Array. */
  pixels() {
    if (this.#pixels === null) {
      const { width, height } = this.#canvas;
      this.#pixels = new Uint32Array(
        this.#context.getImageData(0, 0, width, height).data.buffer);
    }
    return this.#pixels;
  }

  /** Draws it by `painter`; true where that is to be done again, exactly. */
  draw(ctx, view, painter) {
    const { camera } = view;
    const kept = this.#camera;
    const same = kept !== null && kept.scale === camera.scale && kept.x_mm === camera.x_mm
      && kept.y_mm === camera.y_mm && kept.flip === camera.flip
      && this.#copper === view.copper.version;
    const now_ms = this.#now();
    const waits = !same && kept !== null && kept.flip === camera.flip
      && this.#ms > DEAR_MS && now_ms - this.#stepped_ms < REST_MS;
    if (!same && !waits) {
      painter.draw(this.#context, view);
      this.#pixels = null;
      this.#ms = this.#now() - now_ms;
      this.#camera = camera.pose;
      this.#copper = view.copper.version;
    }
    this.#isExact = !waits;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    if (waits) {
      this.#drawMoved(ctx, view, kept);
    } else {
      ctx.drawImage(this.#canvas, 0, 0);
    }
    return waits;
  }

  #drawMoved(ctx, { camera, dpr, theme }, kept) {
    const { width, height } = this.#canvas;
    const factor = camera.scale / kept.scale;
    const x = camera.flip * (kept.x_mm - camera.x_mm) * camera.scale * dpr;
    const y = (kept.y_mm - camera.y_mm) * camera.scale * dpr;
    ctx.fillStyle = theme.background;
    ctx.fillRect(0, 0, width, height);
    ctx.drawImage(this.#canvas, width / 2 + x - (width / 2) * factor,
                  height / 2 + y - (height / 2) * factor, width * factor, height * factor);
  }
}
