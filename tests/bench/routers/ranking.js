// SPDX-License-Identifier: GPL-3.0-or-later

/** Ranks from 0, equal values their mean. */
function ranks(values) {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal - 1) / 2;
  });
}

/** Spearman's; not a number where one of them is the same everywhere. */
export function spearman(a, b) {
  const x = ranks(a);
  const y = ranks(b);
  const middle = (a.length - 1) / 2;
  const sum = (f) => x.reduce((total, _, i) => total + f(x[i] - middle, y[i] - middle), 0);

  return sum((u, v) => u * v) / Math.sqrt(sum((u) => u * u) * sum((_, v) => v * v));
}

/** Of those that are numbers. */
export function mean(values) {
  const known = values.filter(Number.isFinite);
  return known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : NaN;
}
