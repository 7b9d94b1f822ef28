// SPDX-License-Identifier: GPL-3.0-or-later

// What a canvas is told to draw, as an SVG: the painters draw on it as on any other context. It
// knows what they use of one, and no more.

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text) {
  return String(text).replace(/[&<>"]/g, (sign) => ESCAPES[sign])
    // Not allowed in XML at all.
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '');
}

const short = (value) => String(Math.round(value * 1000) / 1000);

/** Paths made once, as by the browser's Path2D. */
export class SvgPath {
  steps = [];

  moveTo(x, y) { this.steps.push(`M${short(x)} ${short(y)}`); }
  lineTo(x, y) { this.steps.push(`L${short(x)} ${short(y)}`); }
  closePath() { this.steps.push('Z'); }
}

const ANCHORS = { left: 'start', center: 'middle', right: 'end' };
const BASELINES = { alphabetic: 'auto', middle: 'central', top: 'hanging' };

export class SvgContext {
  #out = [];
  #clips = 0;
  #stack = [];
  #path = [];
  #matrix = [1, 0, 0, 1, 0, 0];
  #dash = [];
  #group = 0;

  fillStyle = '#000';
  strokeStyle = '#000';
  lineWidth = 1;
  lineCap = 'butt';
  lineJoin = 'miter';
  globalAlpha = 1;
  font = '10px sans-serif';
  textAlign = 'left';
  textBaseline = 'alphabetic';

  constructor(width, height) {
    this.canvas = { width, height, context: this, getContext: () => this };
  }

  /** The whole picture. */
  toString() {
    const { width, height } = this.canvas;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" `
      + `viewBox="0 0 ${width} ${height}">\n${this.#out.join('\n')}\n`
      + `${'</g>'.repeat(this.#group)}</svg>\n`;
  }

  setTransform(...matrix) { this.#matrix = matrix; }
  setLineDash(dash) { this.#dash = dash; }
  beginPath() { this.#path = []; }
  moveTo(x, y) { this.#path.push(`M${this.#at(x, y)}`); }
  lineTo(x, y) { this.#path.push(`L${this.#at(x, y)}`); }
  closePath() { this.#path.push('Z'); }

  rect(x, y, w, h) {
    this.moveTo(x, y);
    this.lineTo(x + w, y);
    this.lineTo(x + w, y + h);
    this.lineTo(x, y + h);
    this.closePath();
  }

  /** Circles and half circles are all that the painters draw. */
  arc(x, y, r, from, to) {
    const scale = this.#scale();
    const point = (angle) => this.#at(x + r * Math.cos(angle), y + r * Math.sin(angle));
    const half = (from + to) / 2;
    const way = `A${short(r * scale)} ${short(r * scale)} 0 0 ${this.#mirrored() ? 0 : 1} `;
    this.#path.push(`${this.#path.length > 0 && to - from < 6 ? 'L' : 'M'}${point(from)}`,
                    `${way}${point(half)}`, `${way}${point(to)}`);
  }

  translate(x, y) {
    const [a, b, c, d, e, f] = this.#matrix;
    this.#matrix = [a, b, c, d, a * x + c * y + e, b * x + d * y + f];
  }

  scale(x, y) {
    const [a, b, c, d, e, f] = this.#matrix;
    this.#matrix = [a * x, b * x, c * y, d * y, e, f];
  }

  save() {
    this.#stack.push({ matrix: this.#matrix, group: this.#group, dash: this.#dash,
                       globalAlpha: this.globalAlpha });
  }

  restore() {
    const { matrix, group, dash, globalAlpha } = this.#stack.pop();
    this.#out.push('</g>'.repeat(this.#group - group));
    this.#group = group;
    this.#matrix = matrix;
    this.#dash = dash;
    this.globalAlpha = globalAlpha;
  }

  /** Until restore(). */
  clip(path) {
    const id = `clip${++this.#clips}`;
    this.#out.push(`<clipPath id="${id}"><path d="${path.steps.join('')}" `
      + `transform="${this.#transform()}"/></clipPath><g clip-path="url(#${id})">`);
    this.#group++;
  }

  fill(path, rule) {
    const evenodd = path === 'evenodd' || rule === 'evenodd' ? ' fill-rule="evenodd"' : '';
    this.#element(typeof path === 'object' ? path : null,
                  `fill="${this.fillStyle}"${this.#opacity()}${evenodd}`);
  }

  stroke(path) {
    // A path that is given is scaled with its stroke; one that was drawn is in pixels by now.
    const scale = typeof path === 'object' ? 1 : this.#scale();
    const dash = this.#dash.length > 0
      ? ` stroke-dasharray="${this.#dash.map((length) => short(length * scale)).join(' ')}"` : '';
    const width = this.lineWidth * scale;
    this.#element(typeof path === 'object' ? path : null,
                  `fill="none" stroke="${this.strokeStyle}" stroke-width="${short(width)}" `
      + `stroke-linecap="${this.lineCap}" stroke-linejoin="${this.lineJoin}"${dash}`
      + this.#opacity());
  }

  fillRect(x, y, w, h) {
    const path = this.#path;
    this.#path = [];
    this.rect(x, y, w, h);
    this.fill();
    this.#path = path;
  }

  fillText(text, x, y) { this.#text(text, x, y, `fill="${this.fillStyle}"`); }

  strokeText(text, x, y) {
    this.#text(text, x, y, `fill="none" stroke="${this.strokeStyle}" `
      + `stroke-width="${short(this.lineWidth)}" stroke-linejoin="round"`);
  }

  /** Another such picture, as a whole; pictures of pixels are left out. */
  drawImage({ context }) {
    if (context instanceof SvgContext) {
      this.#out.push(`<g${this.#opacity()}>${context.#out.join('\n')}</g>`);
    }
  }

  clearRect() { this.#out = []; }

  #at(x, y) {
    const [a, b, c, d, e, f] = this.#matrix;
    return `${short(a * x + c * y + e)} ${short(b * x + d * y + f)}`;
  }

  #scale() {
    const [a, b] = this.#matrix;
    return Math.hypot(a, b);
  }

  #mirrored() {
    const [a, b, c, d] = this.#matrix;
    return a * d - b * c < 0;
  }

  #transform() { return `matrix(${this.#matrix.map((value) => value.toFixed(5)).join(' ')})`; }

  #opacity() { return this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : ''; }

  #element(path, style) {
    const steps = path === null ? this.#path : path.steps;
    if (steps.length > 0) {
      const transform = path === null ? '' : ` transform="${this.#transform()}"`;
      this.#out.push(`<path d="${steps.join('')}" ${style}${transform}/>`);
    }
  }

  #text(text, x, y, style) {
    const [, weight = '400', size, family] = /^(?:(\d+) )?(\d+)px (.*)$/.exec(this.font);
    this.#out.push(`<text x="${short(x)}" y="${short(y)}" ${style}${this.#opacity()} `
      + `font-family="${escape(family)}" font-size="${size}" font-weight="${weight}" `
      + `text-anchor="${ANCHORS[this.textAlign]}" `
      + `dominant-baseline="${BASELINES[this.textBaseline]}" `
      + `transform="${this.#transform()}">${escape(text)}</text>`);
  }
}
