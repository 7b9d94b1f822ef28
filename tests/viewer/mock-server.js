// SPDX-License-Identifier: GPL-3.0-or-later

// A session for tests of the page alone: the viewer's files with the server's headers, a board,
// and a stream that sends exactly what the test tells it to.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const VIEWER = fileURLToPath(new URL('../../viewer/', import.meta.url));
const ICON = join(VIEWER, '../data/icons/io.github.boardwalk_pcb.Boardwalk.svg');
const WEBSOCKET_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
export const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; "
  + "connect-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'";

/** A WebSocket frame: of text, or of bytes where it is a Buffer. */
function frameOf(message) {
  const payload = Buffer.from(message);
  const length = payload.length;
  let head;
  if (length < 126) {
    head = Buffer.from([0, length]);
  } else if (length < 65536) {
    head = Buffer.alloc(4);
    head.writeUInt16BE(length, 2);
    head[1] = 126;
  } else {
    head = Buffer.alloc(10);
    head.writeBigUInt64BE(BigInt(length), 2);
    head[1] = 127;
  }
  head[0] = Buffer.isBuffer(message) ? 0x82 : 0x81;
  return Buffer.concat([head, payload]);
}

/** The messages in a buffer of masked short frames, what is left over, and whether it closed. */
function readFrames(buffer) {
  const texts = [];
  const binaries = [];
  let closed = false;
  let rest = buffer;
  while (rest.length >= 2) {
    const short = rest[1] & 0x7f;
    const start = short === 126 ? 8 : 6;
    if (rest.length < start) {
      break;
    }
    const length = short === 126 ? rest.readUInt16BE(2) : short;
    if (rest.length < start + length) {
      break;
    }
    const mask = rest.subarray(start - 4, start);
    const masked = rest.subarray(start, start + length);
    const payload = Buffer.from(masked.map((byte, i) => byte ^ mask[i % 4]));
    const opcode = rest[0] & 0x0f;
    closed ||= opcode === 8;
    if (opcode === 1) {
      texts.push(payload.toString());
    } else if (opcode === 2) {
      binaries.push(payload);
    }
    rest = rest.subarray(start + length);
  }
  return { texts, binaries, rest, closed };
}

export class MockServer {
  #server = createServer((request, response) => this.#answer(request, response));
  #sockets = new Set();

  /** TOKEN → role */
  tokens = new Map([['watch-token', 'viewer'], ['control-token', 'controller']]);

  /** The board JSON, or a text to be sent as it is. */
  board;

  /** The dialect that it speaks: 'boardwalk.json' or 'boardwalk.1'. */
  dialect = 'boardwalk.json';

  /** The answer to `history`: a Buffer, or null for none. */
  history = null;

  /** What `placed` gives: a text, or null where it is not allowed. */
  placed = null;

  /** A status that takes the place of what the board, or the stream, would be answered with. */
  boardStatus = null;
  streamStatus = null;

  /** Answers a request for a path in the place of what else would: (path, response) → whether. */
  onRequest = () => false;

  /** Called with (bytes, role) for each binary message of a viewer. */
  onBytes = () => {};

  /** Called with (send, role) when a viewer has joined; `send` takes what send() does. */
  onJoin = () => {};

  /** Called with each message of a viewer: (object, role). */
  onMessage = () => {};

  constructor(board) {
    this.board = board;
    this.#server.on('upgrade', (request, socket) => this.#upgrade(request, socket));
  }

  async start(port = 0, host = '127.0.0.1') {
    await new Promise((resolve) => this.#server.listen(port, host, resolve));
    return this.#server.address().port;
  }

  async stop() {
    this.disconnect();
    this.#server.closeAllConnections?.();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  disconnect() {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
  }

  /** Closes all streams with a code and a reason. */
  close(code, reason) {
    const payload = Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason)]);
    for (const socket of this.#sockets) {
      socket.end(Buffer.concat([Buffer.from([0x88, payload.length]), payload]));
    }
  }

  /** Sends an object, a text or a Buffer to all. */
  send(message) {
    const frame = MockServer.#frame(message);
    for (const socket of this.#sockets) {
      socket.write(frame);
    }
  }

  static #frame(message) {
    return frameOf(typeof message === 'string' || Buffer.isBuffer(message)
      ? message : JSON.stringify(message));
  }

  #role(request) {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(/,\s*/)
      .find((entry) => entry.startsWith('bw.auth.'))?.slice('bw.auth.'.length);
    return this.tokens.get(bearer ?? offered) ?? null;
  }

  async #answer(request, response) {
    const path = new URL(request.url, 'http://localhost').pathname.replace(/^\/s\/[^/]+\//, '/');
    const role = this.#role(request);
    const json = (value) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(typeof value === 'string' ? value : JSON.stringify(value));
    };
    response.setHeader('Content-Security-Policy', CSP);
    if (this.onRequest(path, response)) {
      return;
    }
    if (path === '/board' && this.boardStatus !== null) {
      response.statusCode = this.boardStatus;
      response.end('there is none');
      return;
    }
    if (path === '/board' || path === '/api/sessions') {
      response.statusCode = role === null ? 401 : 200;
      if (role === null) {
        response.end('a valid token is needed');
      } else if (path === '/board') {
        json(this.board);
      } else {
        const download = this.placed === null ? {} : { download: true };
        json({ sessions: [{ id: 'mock', name: 'mock', role, ...download }] });
      }
      return;
    }
    if (path === '/placed') {
      response.statusCode = role === null ? 401 : this.placed === null ? 403 : 200;
      response.end(this.placed ?? 'it is not allowed');
      return;
    }
    if (path === '/history') {
      response.statusCode = role === null ? 401 : this.history === null ? 404 : 200;
      response.end(this.history ?? 'there is none');
      return;
    }
    try {
      const pageNames = { '/': 'index.html', '/compare': 'compare.html' };
      const name = pageNames[path] ?? normalize(path).replace(/^(\.\.[/\\])+/, '');
      response.setHeader('Content-Type', TYPES[extname(name)] ?? 'application/octet-stream');
      response.end(await readFile(path === '/icon.svg' ? ICON : join(VIEWER, name)));
    } catch {
      response.statusCode = 404;
      response.end('no such file');
    }
  }

  #upgrade(request, socket) {
    const role = this.#role(request);
    const status = role === null ? 401 : this.streamStatus;
    if (status !== null) {
      socket.end(`HTTP/1.1 ${status} No\r\nConnection: close\r\n\r\n`);
      return;
    }
    const accept = createHash('sha1')
      .update(request.headers['sec-websocket-key'] + WEBSOCKET_GUID).digest('base64');
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
      + `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: ${this.dialect}\r\n\r\n`);
    this.#sockets.add(socket);
    let buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      const { texts, binaries, rest, closed } = readFrames(Buffer.concat([buffer, chunk]));
      buffer = rest;
      texts.forEach((text) => this.onMessage(JSON.parse(text), role));
      binaries.forEach((bytes) => this.onBytes(bytes, role));
      if (closed) {
        socket.end();
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    this.onJoin((message) => socket.write(MockServer.#frame(message)), role);
  }
}
