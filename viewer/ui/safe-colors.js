// SPDX-License-Identifier: GPL-3.0-or-later

// Whether the board is in colours that the colour-blind tell apart: kept for the next time.

const KEY = 'boardwalk-safe-colors';

function saved() {
  try {
    return window.localStorage.getItem(KEY) === 'yes';
  } catch {
    return false;
  }
}

let safe = saved();

export const areColorsSafe = () => safe;

export function setColorsSafe(wanted) {
  safe = wanted;
  try {
    window.localStorage.setItem(KEY, safe ? 'yes' : 'no');
  } catch {
    // It is kept as long as the page.
  }
}
