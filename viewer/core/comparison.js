// SPDX-License-Identifier: GPL-3.0-or-later

// Which sessions are to be seen side by side, and how their numbers differ from the first's.

import { formatChange, formatCount, formatLength, formatNumber } from './format.js';
import { PHASE_NAMES } from './run.js';

const MOST_SESSIONS = 6;

/** `#ID:TOKEN,ID:TOKEN…` as [{ id, token }]. */
export function readSessions(hash) {
  return hash.replace(/^#/, '').split(',')
    .map((entry) => /^([A-Za-z0-9_-]{1,64}):([A-Za-z0-9_-]{1,512})$/.exec(entry))
    .filter((match) => match !== null)
    .slice(0, MOST_SESSIONS)
    .map(([, id, token]) => ({ id, token }));
}

const ROWS = [
  { name: 'Phase', text: ({ phase }) => PHASE_NAMES[phase] ?? '–' },
  { name: 'Iteration', key: 'iteration', format: formatCount },
  { name: 'Energy', key: 'energy', format: formatNumber },
  { name: 'Wire length', key: 'wireLength_mm', format: formatLength },
  { name: 'Overlaps', key: 'overlaps', format: formatCount },
  { name: 'Largest move', key: 'maxMove_mm', format: formatLength },
];

/**
 * Rows { name, cells: [{ text, change, better }] } of frames (null: none yet); `change` is against
 * the first, '' where there is nothing to compare; `better`: it is less.
 */
export function compare(frames) {
  return ROWS.map(({ name, key, text, format }) => ({
    name,
    cells: frames.map((frame, i) => {
      if (frame === null) {
        return { text: '–', change: '', better: false };
      }
      if (key === undefined) {
        return { text: text(frame), change: '', better: false };
      }
      const [value, first] = [frame[key], frames[0]?.[key] ?? null];
      const compared = i > 0 && key !== 'iteration' && value !== null && first !== null;
      return { text: format(value), change: compared ? formatChange(value, first) : '',
               better: compared && value < first };
    }),
  }));
}
