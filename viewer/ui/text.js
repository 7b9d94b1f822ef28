// SPDX-License-Identifier: GPL-3.0-or-later

/** Sets a node's text where it differs, so that nothing is laid out or said anew for nothing. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}
