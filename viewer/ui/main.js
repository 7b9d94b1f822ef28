// SPDX-License-Identifier: GPL-3.0-or-later

// The page: what comes from the session goes to the picture, the readouts and the controls; what
// the person does goes to the picture and the session.

import { formatLength, formatNumber } from '../core/format.js';
import { History } from '../core/history.js';
import { COMMANDS } from '../core/messages.js';
import { Run } from '../core/run.js';
import { Find } from './find.js';
import { initialLayers, LayersList, ModulesList } from './panel.js';
import { Pointer } from './pointer.js';
import { Curves, Events, Metrics, Selection, Tip } from './readouts.js';
import { Session } from './session.js';
import { Stage } from './stage.js';

const PAN_PX = 60;
const ZOOM_STEP = 1.3;

const byId = (id) => document.getElementById(id);
const media = (query) => window.matchMedia(query);
const dark = media('(prefers-color-scheme: dark)');
const contrast = media('(prefers-contrast: more)');
const reducedMotion = media('(prefers-reduced-motion: reduce)');
const scheme = () => `${dark.matches ? 'dark' : 'light'}${contrast.matches ? '-more' : ''}`;

const canvas = byId('canvas');
let run = new Run();
export const stage = new Stage(canvas, {
  scheme: scheme(), layers: initialLayers(), module: null, net: -1, selected: -1,
  ease: !reducedMotion.matches,
}, hearPicture);
const layers = new LayersList(byId('layers'), stage);
const modules = new ModulesList(byId('modules'), stage);
const metrics = new Metrics();
const events = new Events();
const tip = new Tip();
const selection = new Selection((net) => mark(stage.look.selected, net), () => mark(-1, -1));
const history = new History();
const curves = new Curves();
const find = new Find(choose);
const session = new Session({
  state: showLink,
  board: (text) => new Promise((resolve) => {
    boardAnswer = resolve;
    stage.send({ type: 'board', text });
  }),
  message: (message) => stage.send({ type: 'relay', message }),
  frame: (raw) => stage.send({
    type: 'frame', raw, at_ms: performance.timeOrigin + performance.now(),
  }),
});

let scene = null;
let boardAnswer = () => {};
let joined = false;
let live = false;
let legality = { index: null, legal: null };
let said = '';

// --- what the picture tells ---

function hearPicture(message) {
  switch (message.type) {
    case 'scene':
      showBoard(message.scene);
      boardAnswer('');
      break;
    case 'unreadable':
      boardAnswer(message.message);
      break;
    case 'relay':
      hear(message.message);
      break;
    case 'frame':
      hearFrame(message.frame);
      break;
    case 'hover':
      tip.show(scene, message);
      showSelection(message.selected);
      break;
    case 'picked':
      mark(message.part, message.net);
      break;
    case 'judged':
      legality = {
        index: message.index, legal: message.outside === null ? null : message.outside === 0,
      };
      showRun();
      break;
    case 'drawn':
      showScale();
      noteAge(message);
      break;
    default:
  }
}

function showBoard(shown) {
  scene = shown;
  byId('stage').classList.remove('empty');
  const hasModules = modules.setScene(scene);
  byId('modules-card').hidden = !hasModules;
  layers.setOffered('modules', hasModules);
  find.setScene(scene);
  mark(-1, -1);
  stage.change({ module: null });
  history.clear();
  const nets = scene.nets.filter(({ pins }) => pins >= 2).length;
  const locked = scene.parts.filter((part) => part.locked).length;
  byId('board-name').textContent = scene.name || 'Board';
  byId('board-facts').textContent = [
    `${scene.parts.length} ${scene.parts.length === 1 ? 'part' : 'parts'}`,
    `${nets} ${nets === 1 ? 'net' : 'nets'}`,
    locked > 0 ? `${locked} locked` : '',
  ].filter(Boolean).join(' · ');
  document.title = `${scene.name || 'Board'} – Boardwalk`;
  canvas.setAttribute('aria-label', `The board ${scene.name}`);
}

function hear(message) {
  run.hear(message);
  if (message.type === 'status' && message.message !== '') {
    events.add(message.status, message.message);
  }
  showRun();
}

function hearFrame(frame) {
  run.hear(frame);
  history.add(frame);
  metrics.tick(performance.now());
  metrics.showFrame(frame, scene?.wireLength_mm ?? 0);
  showRun();
}

// --- what is shown ---

const RUN_CHIPS = {
  none: ['Ready', 'idle'],
  running: ['Running', 'live'],
  paused: ['Paused', 'wait'],
  stopped: ['Stopped', 'idle'],
  finished: ['Finished', 'idle'],
};

const BUTTON_TITLES = {
  pause: 'Pause (Space)',
  resume: 'Resume (Space)',
  stop: 'End the run where it is',
};

function showRun() {
  const open = session.link.state === 'live';
  const controls = run.controls(session.role, open);
  for (const command of COMMANDS) {
    const button = byId(command);
    button.setAttribute('aria-disabled', String(!controls[command]));
    button.title = controls[command] ? BUTTON_TITLES[command] : controls.note;
  }
  setText(byId('controls-note'), controls.note);
  if (open) {
    const [text, kind] = RUN_CHIPS[run.state];
    showChip(text, kind);
  }
  if (run.frame === null) {
    metrics.showState('–', null);
    return;
  }
  const ended = run.state === 'stopped' || run.state === 'finished';
  const legal = ended ? isLegal() : null;
  metrics.showState(run.describe(legal), legal);
  say(run.describe(legal), ended);
}

/** Whether the newest frame's placement is legal; null where that is not known (yet). */
function isLegal() {
  const { index, overlaps } = run.frame;
  if (legality.index !== index) {
    legality = { index, legal: overlaps > 0 ? false : null };
    if (overlaps === 0) {
      stage.send({ type: 'judge' });
    }
  }
  return legality.legal;
}

/** Tells the state to who does not see it: each once, and an end with its numbers. */
function say(text, ended) {
  if (text !== said) {
    said = text;
    const { overlaps, wireLength_mm } = run.frame;
    const numbers = `, wire length ${formatLength(wireLength_mm)}, ${overlaps ?? 'unknown'} `
      + `${overlaps === 1 ? 'overlap' : 'overlaps'}`;
    setText(byId('live'), ended ? text + numbers : text);
  }
}

/** How old a frame was when it was drawn, by the server's own clock where that is known. */
function noteAge({ age_ms }) {
  const offset_ms = session.link.clockOffset_ms;
  if (age_ms !== null && offset_ms !== null && typeof run.frame?.timestamp_s === 'number') {
    metrics.noteAge(Date.now() + offset_ms - run.frame.timestamp_s * 1000);
  }
}

function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

function showChip(text, kind) {
  setText(byId('link-state'), text);
  byId('link-state').dataset.kind = kind;
}

function showLink() {
  const { state, refusal } = session.link;
  logLink(state);
  byId('stage').classList.toggle('stale', scene !== null && state !== 'live');
  showNotice(refusal);
  showCountdown();
  showRun();
}

function logLink(state) {
  if (state === 'live' && !live) {
    const first = session.role === 'controller'
      ? 'Connected. You may control the run.' : 'Connected. You are watching.';
    events.add('info', joined ? 'Connected again.' : first);
    joined = true;
    live = true;
  } else if ((state === 'waiting' || state === 'refused') && live) {
    events.add('warning', 'The connection was lost. It is tried again by itself.');
    live = false;
  }
}

function showNotice(refusal) {
  const waiting = session.link.state === 'waiting' && scene === null;
  byId('notice').hidden = refusal === null && !waiting;
  byId('notice-retry').hidden = refusal !== null && refusal.title === 'This link is incomplete';
  if (refusal !== null) {
    setText(byId('notice-title'), refusal.title);
    setText(byId('notice-text'), refusal.message);
    showChip('Not connected', 'bad');
  } else if (waiting) {
    setText(byId('notice-title'), 'The session does not answer');
    setText(byId('notice-text'),
            'Is Boardwalk still running and sharing? It is tried again by itself.');
  }
}

function showCountdown() {
  const { state, retryAt_ms } = session.link;
  if (state === 'connecting') {
    showChip(joined ? 'Reconnecting' : 'Connecting', 'wait');
  } else if (state === 'waiting') {
    const rest_s = Math.max(1, Math.ceil((retryAt_ms - performance.now()) / 1000));
    showChip(`Reconnecting in ${rest_s} s`, 'wait');
  }
}

function showScale() {
  const { length_mm, width_px } = stage.scaleBar();
  const width = `${width_px}px`;
  if (byId('scale-line').style.width !== width) {
    byId('scale-line').style.width = width;
    setText(byId('scale-text'), length_mm < 1
      ? `${formatNumber(length_mm * 1000).replace('.00', '')} µm`
      : `${length_mm.toLocaleString('en')} mm`);
  }
  byId('flip').setAttribute('aria-pressed', String(stage.side === 1));
}

// --- what the person does ---

function command(name) {
  if (byId(name).getAttribute('aria-disabled') !== 'true') {
    session.link.send(name);
  }
}

function zoom(factor) {
  stage.move('zoomAt', ...stage.middle, factor);
}

function pan(dx_px, dy_px) {
  stage.move('pan', dx_px, dy_px);
}

/** Marks a part and a net; −1: none. */
function mark(selected, net) {
  if (selected !== stage.look.selected || net !== stage.look.net) {
    stage.change({ selected, net });
    showSelection(null);
  }
}

function showSelection(pose) {
  selection.show(scene, stage.look.selected, stage.look.net, pose);
}

/** What was found is marked, and a part brought into sight. */
function choose({ part = -1, net = -1 }) {
  mark(part, net);
  if (part >= 0) {
    stage.move('show', part);
  }
}

async function savePicture() {
  const link = document.createElement('a');
  link.download = `${(scene?.name || 'board').replace(/\.kicad_pcb$/, '')}.png`;
  link.href = URL.createObjectURL(await stage.snapshot());
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const KEYS = {
  '+': () => zoom(ZOOM_STEP),
  '=': () => zoom(ZOOM_STEP),
  '-': () => zoom(1 / ZOOM_STEP),
  0: () => stage.move('fit'),
  Home: () => stage.move('fit'),
  b: () => stage.move('flip'),
  '/': () => find.open(),
  Escape: () => mark(-1, -1),
  ArrowLeft: () => pan(PAN_PX, 0),
  ArrowRight: () => pan(-PAN_PX, 0),
  ArrowUp: () => pan(0, PAN_PX),
  ArrowDown: () => pan(0, -PAN_PX),
  ' ': () => command(run.state === 'paused' ? 'resume' : 'pause'),
};

function press(event) {
  if (event.ctrlKey && !event.altKey && event.key === 'f' && scene !== null) {
    find.open();
    event.preventDefault();
    return;
  }
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented
      || target.closest('input') !== null) {
    return;
  }
  const onControl = target.closest('button, summary, details');
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const layer = LayersList.forKey(key);
  if (layer !== null) {
    layers.toggle(layer);
  } else if (Object.hasOwn(KEYS, key)
             && !(onControl && (key === ' ' || key.startsWith('Arrow')))) {
    KEYS[key]();
    event.preventDefault();
  }
}

/** Another link in the same page: nothing is left of the one before. */
function startOver() {
  joined = false;
  live = false;
  scene = null;
  run = new Run();
  mark(-1, -1);
  stage.send({ type: 'clear' });
  find.setScene(null);
  byId('stage').classList.add('empty');
  byId('modules-card').hidden = true;
  byId('board-name').textContent = 'Boardwalk';
  byId('board-facts').textContent = '';
  document.title = 'Boardwalk';
  tip.hide();
  events.clear();
  history.clear();
  metrics.showFrame(null, 0);
  session.rejoin();
}

// --- start ---

if (media('(max-width: 760px)').matches) {
  byId('layers-card').open = false;
  byId('modules-card').open = false;
}

COMMANDS.forEach((name) => byId(name).addEventListener('click', () => command(name)));
byId('zoom-in').addEventListener('click', () => zoom(ZOOM_STEP));
byId('zoom-out').addEventListener('click', () => zoom(1 / ZOOM_STEP));
byId('zoom-fit').addEventListener('click', () => stage.move('fit'));
byId('flip').addEventListener('click', () => stage.move('flip'));
byId('save-picture').addEventListener('click', savePicture);
byId('notice-retry').addEventListener('click', () => session.join());
document.addEventListener('keydown', press);
document.addEventListener('visibilitychange', () => session.link.setAsleep(document.hidden));
window.addEventListener('hashchange', startOver);
window.addEventListener('online', () => {
  if (session.link.state === 'waiting') {
    session.link.connect();
  }
});
for (const query of [dark, contrast]) {
  query.addEventListener('change', () => {
    stage.change({ scheme: scheme() });
    modules.update();
  });
}
reducedMotion.addEventListener('change', () => stage.change({ ease: !reducedMotion.matches }));
new Pointer(canvas, stage, (at) => stage.send({ type: 'point', at }),
            (at) => stage.send({ type: 'pick', at }));

setInterval(() => {
  if (!document.hidden) {
    metrics.showTraffic(performance.now(), session.link.bytes);
    curves.update(history);
    showCountdown();
  }
}, 500);

session.join();
