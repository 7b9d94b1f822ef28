// SPDX-License-Identifier: GPL-3.0-or-later

// What the router takes for granted and Node 20 does not have: methods of iterators, as far as it
// calls them.

const PROTOTYPE = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

const METHODS = {
  * map(change) {
    let i = 0;
    for (const value of this) {
      yield change(value, i++);
    }
  },
  * filter(isWanted) {
    let i = 0;
    for (const value of this) {
      if (isWanted(value, i++)) {
        yield value;
      }
    }
  },
  * flatMap(change) {
    let i = 0;
    for (const value of this) {
      yield* change(value, i++);
    }
  },
  toArray() {
    return [...this];
  },
  some(isWanted) {
    return [...this].some(isWanted);
  },
  every(isWanted) {
    return [...this].every(isWanted);
  },
  find(isWanted) {
    return [...this].find(isWanted);
  },
  forEach(visit) {
    [...this].forEach(visit);
  },
  reduce(...rest) {
    return [...this].reduce(...rest);
  },
};

for (const [name, value] of Object.entries(METHODS)) {
  if (!(name in PROTOTYPE)) {
    Object.defineProperty(PROTOTYPE, name, { value, writable: true, configurable: true });
  }
}
