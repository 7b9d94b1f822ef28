// SPDX-License-Identifier: GPL-3.0-or-later

// Numbers for people. Null is a dash: not known.

const DASH = '–';
const MINUS = '−';

export function formatCount(value) {
  return value === null ? DASH : Math.round(value).toLocaleString('en');
}

/** As many figures as can be read at a glance: 0.123, 12.34, 123.4, 12,345, 1.23e9. */
export function formatNumber(value) {
  if (value === null || !Number.isFinite(value)) {
    return DASH;
  }
  const size = Math.abs(value);
  if (size >= 1e9) {
    return value.toExponential(2).replace('-', MINUS);
  }
  const digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString('en', {
    minimumFractionDigits: digits, maximumFractionDigits: digits,
  }).replace('-', MINUS);
}

export function formatLength(value_mm) {
  return value_mm === null ? DASH : `${formatNumber(value_mm)} mm`;
}

export function formatBytes(bytes) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 2 : 1)} ${units[unit]}`;
}

/** How much less or more: −31.2 %; nothing where there is nothing to compare with. */
export function formatChange(value, before) {
  if (value === null || !(before > 0)) {
    return '';
  }
  const percent = ((value - before) / before) * 100;
  if (Math.abs(percent) < 0.05) {
    return '±0 %';
  }
  const digits = Math.abs(percent) < 1000 ? 1 : 0;
  return `${percent < 0 ? MINUS : '+'}${Math.abs(percent).toFixed(digits)} %`;
}
