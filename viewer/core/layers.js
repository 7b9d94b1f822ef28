// SPDX-License-Identifier: GPL-3.0-or-later

// The layers of the picture: their names, the keys that switch them, and what is on at first.

export const LAYERS = [
  { name: 'ratsnest', key: 'R', label: 'Ratsnest', on: true },
  { name: 'power', key: 'W', label: 'Power Nets', on: false },
  { name: 'labels', key: 'L', label: 'Labels', on: true },
  { name: 'modules', key: 'M', label: 'Modules', on: false },
  { name: 'pads', key: 'P', label: 'Pads', on: true },
  { name: 'drawings', key: 'S', label: 'Silkscreen', on: true },
  { name: 'tracks', key: 'C', label: 'Copper', on: true },
  { name: 'areas', key: 'A', label: 'Areas', on: true },
  { name: 'grid', key: 'G', label: 'Grid', on: true },
  { name: 'forces', key: 'F', label: 'Forces', on: false },
  { name: 'heat', key: 'H', label: 'Density', on: false },
  { name: 'congestion', key: 'O', label: 'Congestion', on: false },
  { name: 'trails', key: 'T', label: 'Trails', on: false },
  { name: 'minimap', key: 'N', label: 'Minimap', on: true },
];

export function initialLayers() {
  return Object.fromEntries(LAYERS.map(({ name, on }) => [name, on]));
}
