// SPDX-License-Identifier: GPL-3.0-or-later

// Draws the bodies of solids.js by WebGL 2.

import { readColor } from '../core/theme.js';
import { boardMesh, bodiesOf, CORNER, partsMesh } from '../core/solids.js';

const VERTEX = `#version 300 es
in vec3 place;
in vec3 normal;
in vec3 color;
uniform mat4 view;
uniform vec3 light;
out vec3 shade;
void main () {
  shade = color * (0.55 + 0.45 * max (0.0, dot (normal, light)));
  gl_Position = view * vec4 (place, 1.0);
}`;
const FRAGMENT = `#version 300 es
precision mediump float;
in vec3 shade;
out vec4 pixel;
void main () { pixel = vec4 (shade, 1.0); }`;
const SOFTWARE = /swiftshader|llvmpipe|software|microsoft basic/i;
const FLOAT_BYTES = 4;

export class SolidRenderer {
  #gl;
  #program;
  #theme;
  #bodies;
  #board;
  #parts;

  /** Null where there is no WebGL 2, or one that reckons with the processor. */
  static make(canvas, scene, theme) {
    const gl = canvas.getContext('webgl2', { antialias: true, failIfMajorPerformanceCaveat: true });
    if (gl === null) {
      return null;
    }
    const info = gl.getExtension('WEBGL_debug_renderer_info');
    const name = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
    return SOFTWARE.test(String(name)) ? null : new SolidRenderer(gl, scene, theme);
  }

  constructor(gl, scene, theme) {
    this.#gl = gl;
    this.#theme = theme;
    this.#bodies = bodiesOf(scene, theme);
    this.#program = this.#compile();
    this.#board = this.#buffer(boardMesh(scene, theme));
    this.#parts = this.#buffer(new Float32Array(0));
  }

  #compile() {
    const gl = this.#gl;
    const program = gl.createProgram();
    for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
      const shader = gl.createShader(type);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    return program;
  }

  #buffer(corners) {
    const gl = this.#gl;
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, corners, gl.DYNAMIC_DRAW);
    return { buffer, count: corners.length / CORNER };
  }

  draw(orbit, poses) {
    const gl = this.#gl;
    const { width, height } = gl.canvas;
    const [r, g, b] = readColor(this.#theme.background);
    const corners = partsMesh(this.#bodies, poses);
    const { toward } = orbit.view;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#parts.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, corners, gl.DYNAMIC_DRAW);
    this.#parts.count = corners.length / CORNER;
    gl.viewport(0, 0, width, height);
    gl.clearColor(r / 255, g / 255, b / 255, 1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.enable(gl.DEPTH_TEST);
    gl.useProgram(this.#program);
    gl.uniformMatrix4fv(gl.getUniformLocation(this.#program, 'view'), false,
                        orbit.matrix(width, height));
    gl.uniform3f(gl.getUniformLocation(this.#program, 'light'), ...toward);
    this.#drawBuffer(this.#board);
    this.#drawBuffer(this.#parts);
  }

  #drawBuffer({ buffer, count }) {
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    ['place', 'normal', 'color'].forEach((name, i) => {
      const place = gl.getAttribLocation(this.#program, name);
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, 3, gl.FLOAT, false, CORNER * FLOAT_BYTES, 3 * i * FLOAT_BYTES);
    });
    gl.drawArrays(gl.TRIANGLES, 0, count);
  }

  dispose() {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}
