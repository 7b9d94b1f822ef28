// SPDX-License-Identifier: GPL-3.0-or-later

// The page is there soon: its modules are named where the browser sees them first, and what is
// seldom wanted comes when it is.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { gzipSync } from 'node:zlib';

const VIEWER = new URL('../../viewer/', import.meta.url);
const SELDOM = ['core/orbit.js', 'core/solid-painter.js', 'core/svg.js', 'core/vector.js',
                'ui/space.js', 'ui/webgl.js'];

const read = (name) => readFileSync(new URL(name, VIEWER), 'utf8');

/** The modules that one imports from its first line on. */
function importsOf(name) {
  return [...read(name).matchAll(/^import (?:[^;]*? from )?'(.+?)';/gm)]
    .map(([, from]) => new URL(from, new URL(name, VIEWER)).href.slice(VIEWER.href.length));
}

/** All that one needs to run. */
function needsOf(name, found = new Set()) {
  for (const next of importsOf(name)) {
    if (!found.has(next)) {
      found.add(next);
      needsOf(next, found);
    }
  }
  return found;
}

test('the worker names all that it needs, and no more', () => {
  assert.deepEqual(importsOf('ui/worker.js').sort(), [...needsOf('ui/worker.js')].sort());
});

test('the page names what its first picture needs, and no more', () => {
  const named = [...read('index.html').matchAll(/rel="modulepreload" href="(.+?)"/g)]
    .map(([, name]) => name);
  const needed = needsOf('ui/opening.js');
  assert.ok(needed.delete('ui/early-worker.js'), 'it has a script element of its own');
  assert.deepEqual(named.sort(), [...needed].sort());
});

test('what comes once the board is seen names all that it needs, and no more', () => {
  const needed = needsOf('ui/main.js');
  for (const name of ['ui/opening.js', ...needsOf('ui/opening.js')]) {
    needed.delete(name);
  }
  const named = importsOf('ui/main.js').filter((name) => name !== 'ui/opening.js');
  assert.deepEqual(named.sort(), [...needed].sort());
});

test('the first picture takes fewer than 60 requests', () => {
  const names = new Set(['index.html', 'style.css', 'icon.svg', 'api/sessions', 'board',
                         'ui/opening.js', ...needsOf('ui/opening.js'),
                         'ui/worker.js', ...needsOf('ui/worker.js')]);
  console.log(`${names.size} requests`);
  assert.ok(names.has('core/painter.js') && names.size < 60, `${names.size}`);
});

test('the view in space and the writer of drawings are not there before they are wanted', () => {
  const needed = new Set([...needsOf('ui/main.js'), ...needsOf('ui/worker.js')]);
  for (const name of SELDOM) {
    assert.ok(read(name).length > 0);
    assert.equal(needed.has(name), false, name);
  }
});

test('all that the page and its worker are made of is less than 150 kB', () => {
  const names = new Set(['index.html', 'style.css', 'ui/main.js', 'ui/worker.js',
                         ...needsOf('ui/main.js'), ...needsOf('ui/worker.js')]);
  const sum = (size) => [...names].reduce((bytes, name) => bytes + size(read(name)), 0);
  const packed = sum((text) => gzipSync(text).length);
  console.log(`${names.size} files, ${packed} bytes packed, ${sum(Buffer.byteLength)} unpacked`);
  assert.ok(packed > 0 && packed < 150_000, `${packed} bytes`);
});
