// SPDX-License-Identifier: GPL-3.0-or-later

// The panel beside the board: which layers are shown, the modules and their colours.

import { LAYERS } from '../core/layers.js';
import { colorsOf, moduleColor, themeFor } from '../core/theme.js';

const FORCE_KINDS = ['attraction', 'repulsion', 'boundary', 'constraint', 'alignment'];

// The window's digits.
const DIGITS = [
  'grid', 'ratsnest', 'trails', 'forces', 'pads', 'labels', 'modules', 'heat', 'tracks',
];

const MOST_MODULES = 300;

function element(name, className, text) {
  const node = document.createElement(name);
  if (className) {
    node.className = className;
  }
  if (text !== undefined) {
    node.textContent = text;
  }
  return node;
}

export class LayersList {
  #stage;
  #buttons = new Map();
  #taken = null;

  /** Hears of each layer that is switched. */
  onToggle = () => {};

  constructor(root, stage) {
    this.#stage = stage;
    for (const { name, key, label } of LAYERS) {
      const button = element('button');
      button.type = 'button';
      button.id = `layer-${name}`;
      button.append(element('span', '', label), element('kbd', '', key));
      button.addEventListener('click', () => this.toggle(name));
      root.append(button);
      this.#buttons.set(name, button);
    }
    this.showKeys(false);
    this.update();
  }

  /** Names each layer's key; `taken`: some letters move parts here, so the digits do. */
  showKeys(taken) {
    if (this.#taken === taken) {
      return;
    }
    this.#taken = taken;
    for (const { name, key } of LAYERS) {
      const button = this.#buttons.get(name);
      const digit = String(DIGITS.indexOf(name) + 1);
      const keys = digit === '0' ? [key] : taken ? [digit] : [key, digit];
      button.setAttribute('aria-keyshortcuts', keys.join(' '));
      button.lastElementChild.textContent = keys[0];
    }
  }

  /** The layer that a key switches, or null. */
  static forKey(key) {
    return LAYERS.find((layer) => layer.key === key.toUpperCase())?.name
      ?? (/^[1-9]$/.test(key) ? DIGITS[key - 1] : null);
  }

  toggle(name) {
    if (this.#buttons.get(name).hidden) {
      return;
    }
    const { layers } = this.#stage.look;
    this.#stage.change({ layers: { ...layers, [name]: !layers[name] } });
    this.update();
    this.onToggle(name, !layers[name]);
  }

  /** A layer that this board cannot have is not offered. */
  setOffered(name, offered) {
    this.#buttons.get(name).hidden = !offered;
  }

  update() {
    for (const [name, button] of this.#buttons) {
      button.setAttribute('aria-pressed', String(this.#stage.look.layers[name]));
    }
  }
}

/** Which colour a force has, while forces are shown. */
export class ForceLegend {
  #root;
  #stage;

  constructor(root, stage) {
    this.#root = root;
    this.#stage = stage;
  }

  update() {
    const { forces } = themeFor(this.#stage.look.scheme);
    this.#root.hidden = !this.#stage.look.layers.forces;
    this.#root.replaceChildren(...FORCE_KINDS.map((kind) => {
      const item = element('li');
      const swatch = element('span', 'swatch');
      swatch.style.backgroundColor = forces[kind];
      item.append(swatch, element('span', '', kind[0].toUpperCase() + kind.slice(1)));
      return item;
    }));
  }
}

/** The legend: a button a module shows that module alone, and all again. */
export class ModulesList {
  #root;
  #stage;
  #items = [];
  #names = [];
  #colors = [];
  #select;

  /** `select (module)` hears of one whose parts are to be selected. */
  constructor(root, stage, select) {
    this.#root = root;
    this.#stage = stage;
    this.#select = select;
  }

  setScene(scene) {
    const counts = new Map();
    scene.parts.forEach(({ module }) => counts.set(module, (counts.get(module) ?? 0) + 1));
    const modules = scene.modules.map((name, module) => ({ name, module }));
    this.#names = scene.modules;
    this.#colors = scene.colors;
    if (counts.has(-1)) {
      modules.push({ name: 'No module', module: -1 });
    }
    this.#items = modules.filter(({ module }) => counts.has(module)).slice(0, MOST_MODULES)
      .map(({ name, module }) => this.#item(name, module, counts.get(module)));
    this.#root.replaceChildren(...this.#items.map(({ item }) => item));
    this.update();
    return scene.modules.length > 0;
  }

  /** Those that are chosen now, as the session tells them. */
  setColors(told) {
    this.#colors = colorsOf(told, this.#names);
    this.update();
  }

  #item(name, module, count) {
    const item = element('li');
    const button = element('button');
    const swatch = element('span', 'swatch');
    button.type = 'button';
    button.title = `${name} (with Shift: select its parts)`;
    button.append(swatch, element('span', 'name', name), element('span', 'count', String(count)));
    button.addEventListener('click', ({ shiftKey }) => {
      if (shiftKey) {
        this.#select(module);
        return;
      }
      this.#stage.change({ module: this.#stage.look.module === module ? null : module });
      this.update();
    });
    item.append(button);
    return { item, button, swatch, module };
  }

  update() {
    const theme = themeFor(this.#stage.look.scheme, this.#colors);
    for (const { button, swatch, module } of this.#items) {
      swatch.style.backgroundColor = moduleColor(theme, module);
      button.setAttribute('aria-pressed', String(this.#stage.look.module === module));
    }
  }
}
