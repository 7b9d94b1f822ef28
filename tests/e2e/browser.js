// SPDX-License-Identifier: GPL-3.0-or-later

// Debian's Chromium without a window, and what the tests of the page ask of it. Exits with 77
// (skipped) where there is no browser, or its driver was not fetched.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';

const EXECUTABLE = process.env.BW_CHROMIUM ?? '/usr/bin/chromium';
/** Nothing that passes waits for so long, on however busy a machine. */
export const PATIENCE_MS = Number(process.env.BW_PATIENCE_MS ?? 120_000);
const FLAGS = [
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

export async function launchBrowser() {
  let playwright;
  try {
    playwright = await import('playwright-core');
  } catch {
    console.log('1..0 # SKIP playwright-core is not installed: npm ci in tests/');
    process.exit(77);
  }
  if (!existsSync(EXECUTABLE)) {
    console.log(`1..0 # SKIP there is no ${EXECUTABLE}`);
    process.exit(77);
  }
  // Chromium's own sandbox refuses to run as root.
  const sandbox = process.getuid() === 0 ? ['--no-sandbox'] : [];
  return playwright.chromium.launch({
    executablePath: EXECUTABLE, args: [...sandbox, ...FLAGS], timeout: PATIENCE_MS,
  });
}

/**
 * A page that is its own visitor; `page.faults` gathers what must not happen in it: errors of
 * scripts and breaches of the content security policy.
 */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) {
      page.faults.push(message.text());
    }
  });
  await page.goto(url);
  return page;
}

/** A text that stands for what the canvas shows, with all that was asked for until now. */
export function pixels(page) {
  return page.evaluate(async () => {
    const { stage } = await import(new URL('ui/opening.js', document.baseURI).href);
    const bytes = new Uint8Array(await (await stage.snapshot()).arrayBuffer());
    let hash = 0;
    for (const byte of bytes) {
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    return `${bytes.length} ${hash}`;
  });
}

/** Waits until the page shows something else than `from`, and returns what. */
export async function change(page, from) {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    const now = await pixels(page);
    if (now !== from) {
      return now;
    }
    assert.ok(Date.now() < end, 'the picture stays as it is');
    await refreshes(page, 1);
  }
}

/** Waits for so many refreshes of the display. */
export function refreshes(page, count) {
  return page.evaluate((left) => new Promise((resolve) => {
    const next = () => {
      if (--left < 0) {
        resolve();
      } else {
        requestAnimationFrame(next);
      }
    };
    next();
  }), count);
}

/** Waits until parts have come to rest and the picture is complete. */
export async function still(page) {
  // What is heard of a frame may be there before its parts set out; all that was asked for or came
  // until now is in a snapshot.
  await pixels(page);
  await page.waitForFunction(() =>
    document.getElementById('canvas').dataset.moving === 'false');
}

/** Where a point of the board is on the screen: [x, y]. */
export async function onScreen(page, x_mm, y_mm) {
  await still(page);
  return page.evaluate(async ([x, y]) => {
    const { stage } = await import(new URL('ui/opening.js', document.baseURI).href);
    const { left, top } = document.getElementById('canvas').getBoundingClientRect();
    const at = stage.toScreen(x, y);
    return [left + at.x, top + at.y];
  }, [x_mm, y_mm]);
}

/** Waits until an element says `text`, a string or a regular expression. */
export async function says(page, selector, text) {
  const { source, flags } = text instanceof RegExp ? text
    : { source: `^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, flags: '' };
  try {
    await page.waitForFunction(([where, pattern, mode]) =>
      new RegExp(pattern, mode).test(document.querySelector(where)?.textContent.trim() ?? ''),
    [selector, source, flags]);
  } catch (error) {
    const now = await page.textContent(selector);
    throw new Error(`${selector} says "${now}" and not ${text}`, { cause: error });
  }
}

/** Waits until the condition holds of what the test itself has: what came from a page, say. */
export async function until(condition, what) {
  for (const end = Date.now() + PATIENCE_MS; !condition();) {
    assert.ok(Date.now() < end, `waited in vain until ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
}

/** Which of the run's controls may be used: { pause, resume, stop }. */
export async function controls(page) {
  const usable = {};
  for (const name of ['pause', 'resume', 'stop']) {
    usable[name] = await page.getAttribute(`#${name}`, 'aria-disabled') === 'false';
  }
  return usable;
}
