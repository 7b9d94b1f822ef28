// SPDX-License-Identifier: GPL-3.0-or-later

/** What is to be said of a net of a scene, apart from its name. */
export function netFacts({ netClasses }, { pins, netClass }) {
  return netClass > 0 ? `${pins} pads, class ${netClasses[netClass]}` : `${pins} pads`;
}

/** Sets a node's text where it differs, so that nothing is laid out or said anew for nothing. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}
