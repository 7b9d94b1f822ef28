// SPDX-License-Identifier: GPL-3.0-or-later

/** A function that does `act` at once, but again no sooner than `pause_ms` later. */
export function seldom(act, pause_ms) {
  let timer = 0;
  let last_ms = -Infinity;
  const run = () => {
    timer = 0;
    last_ms = performance.now();
    act();
  };
  return () => {
    if (timer === 0) {
      const wait_ms = last_ms + pause_ms - performance.now();
      if (wait_ms <= 0) {
        run();
      } else {
        timer = setTimeout(run, wait_ms);
      }
    }
  };
}
