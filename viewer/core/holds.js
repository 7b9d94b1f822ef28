// SPDX-License-Identifier: GPL-3.0-or-later

/** What a session says of held parts ('holds'), in a Set of them. */
export function noteHolds(set, { whole, parts }) {
  if (whole) {
    set.clear();
  }
  for (const { part, held } of parts) {
    if (held) {
      set.add(part);
    } else {
      set.delete(part);
    }
  }
}
