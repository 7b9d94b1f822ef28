// SPDX-License-Identifier: GPL-3.0-or-later

// The page: what comes from the session goes to the stage, the readouts and the controls; what
// the person does goes to the stage and the session.

import { readForces } from '../core/forces.js';
import { applyComponents, partAt, wireLength } from '../core/geometry.js';
import { formatNumber } from '../core/format.js';
import { COMMANDS } from '../core/messages.js';
import { Run } from '../core/run.js';
import { themeFor } from '../core/theme.js';
import { initialLayers, LayersList, ModulesList } from './panel.js';
import { Pointer } from './pointer.js';
import { Events, Metrics, Tip } from './readouts.js';
import { Session } from './session.js';
import { Stage } from './stage.js';

const PAN_PX = 60;
const ZOOM_STEP = 1.3;

const byId = (id) => document.getElementById(id);
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const theme = () => themeFor(dark.matches ? 'dark' : 'light');

const canvas = byId('canvas');
let run = new Run();
const stage = new Stage(canvas, initialLayers(), theme());
const layers = new LayersList(byId('layers'), stage);
const modules = new ModulesList(byId('modules'), stage);
const metrics = new Metrics();
const events = new Events();
const tip = new Tip();
const session = new Session({ state: showLink, board: showBoard, message: hear });

let wireBefore_mm = 0;
let poses = null;
let joined = false;
let live = false;
let legality = { frame: null, legal: null };

// --- what comes in ---

function showBoard(scene) {
  byId('stage').classList.remove('empty');
  stage.setScene(scene);
  poses = scene.poses.slice();
  wireBefore_mm = wireLength(scene, scene.poses);
  const hasModules = modules.setScene(scene);
  byId('modules-card').hidden = !hasModules;
  layers.setOffered('modules', hasModules);
  const nets = scene.nets.filter(({ pins }) => pins.length >= 4).length;
  const locked = scene.parts.filter((part) => part.locked).length;
  byId('board-name').textContent = scene.name || 'Board';
  byId('board-facts').textContent = [
    `${scene.parts.length} ${scene.parts.length === 1 ? 'part' : 'parts'}`,
    `${nets} ${nets === 1 ? 'net' : 'nets'}`,
    locked > 0 ? `${locked} locked` : '',
  ].filter(Boolean).join(' · ');
  document.title = `${scene.name || 'Board'} – Boardwalk`;
  canvas.setAttribute('aria-label', `The board ${scene.name}`);
  tip.hide();
}

function hear(message) {
  const before = run.frame;
  run.hear(message);
  if (message.type === 'frame' && session.scene !== null) {
    hearFrame(message, before);
  } else if (message.type === 'status' && message.message !== '') {
    events.add(message.status, message.message);
  }
  showRun();
}

function hearFrame(frame, before) {
  const scene = session.scene;
  if (before === null || frame.iteration < before.iteration) {
    // Another run, or the first that is heard of: its trails start here.
    stage.trails.clear();
    stage.forces = [];
  }
  applyComponents(scene, frame.components, poses);
  const forces = readForces(scene, frame.forces);
  if (forces.length > 0) {
    stage.forces = forces;
  }
  stage.setPoses(poses, frame.overlaps);
  metrics.tick(performance.now());
  metrics.showFrame(frame, wireBefore_mm);
  if (stage.hovered >= 0) {
    tip.update(scene, stage.poseOf(stage.hovered));
  }
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
  const legal = run.state === 'stopped' || run.state === 'finished' ? isLegal() : null;
  metrics.showState(run.describe(legal), legal);
}

/** Whether the newest frame's placement is legal; null where that is not known. */
function isLegal() {
  if (legality.frame !== run.frame) {
    const outside = run.frame.overlaps === 0 ? stage.countOutside() : null;
    const known = run.frame.overlaps > 0 || outside !== null;
    legality = { frame: run.frame, legal: known ? outside === 0 : null };
  }
  return legality.legal;
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
  byId('stage').classList.toggle('stale', session.scene !== null && state !== 'live');
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
  const waiting = session.link.state === 'waiting' && session.scene === null;
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
  byId('scale-line').style.width = `${width_px}px`;
  setText(byId('scale-text'), length_mm < 1
    ? `${formatNumber(length_mm * 1000).replace('.00', '')} µm`
    : `${length_mm.toLocaleString('en')} mm`);
}

// --- what the person does ---

function command(name) {
  if (byId(name).getAttribute('aria-disabled') !== 'true') {
    session.link.send(name);
  }
}

function zoom(factor) {
  stage.moveCamera((camera) => camera.zoomAt(camera.width_px / 2, camera.height_px / 2, factor));
}

function pan(dx_px, dy_px) {
  stage.moveCamera((camera) => camera.pan(dx_px, dy_px));
}

const KEYS = {
  '+': () => zoom(ZOOM_STEP),
  '=': () => zoom(ZOOM_STEP),
  '-': () => zoom(1 / ZOOM_STEP),
  0: () => stage.fit(),
  Home: () => stage.fit(),
  ArrowLeft: () => pan(PAN_PX, 0),
  ArrowRight: () => pan(-PAN_PX, 0),
  ArrowUp: () => pan(0, PAN_PX),
  ArrowDown: () => pan(0, -PAN_PX),
  ' ': () => command(run.state === 'paused' ? 'resume' : 'pause'),
};

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) {
    return;
  }
  const onControl = event.target instanceof Element
    && event.target.closest('button, summary, details');
  const layer = LayersList.forKey(event.key);
  if (layer !== null) {
    layers.toggle(layer);
  } else if (Object.hasOwn(KEYS, event.key)
             && !(onControl && (event.key === ' ' || event.key.startsWith('Arrow')))) {
    KEYS[event.key]();
    event.preventDefault();
  }
}

function point(at) {
  const scene = stage.scene;
  const part = at === null || scene === null ? -1
    : partAt(scene, stage.shown, stage.camera.boardX(at.x), stage.camera.boardY(at.y));
  if (part !== stage.hovered) {
    stage.hovered = part;
    stage.invalidate();
  }
  if (part >= 0) {
    tip.show(scene, part, stage.poseOf(part), at.x, at.y);
  } else {
    tip.hide();
  }
}

/** Another link in the same page: nothing is left of the one before. */
function startOver() {
  joined = false;
  live = false;
  run = new Run();
  stage.clear();
  byId('stage').classList.add('empty');
  byId('modules-card').hidden = true;
  byId('board-name').textContent = 'Boardwalk';
  byId('board-facts').textContent = '';
  document.title = 'Boardwalk';
  tip.hide();
  events.clear();
  metrics.showFrame(null, 0);
  session.rejoin();
}

// --- start ---

if (window.matchMedia('(max-width: 760px)').matches) {
  byId('layers-card').open = false;
  byId('modules-card').open = false;
}

COMMANDS.forEach((name) => byId(name).addEventListener('click', () => command(name)));
byId('zoom-in').addEventListener('click', () => zoom(ZOOM_STEP));
byId('zoom-out').addEventListener('click', () => zoom(1 / ZOOM_STEP));
byId('zoom-fit').addEventListener('click', () => stage.fit());
byId('notice-retry').addEventListener('click', () => session.join());
document.addEventListener('keydown', press);
document.addEventListener('visibilitychange', () => session.link.setAsleep(document.hidden));
window.addEventListener('hashchange', startOver);
window.addEventListener('online', () => {
  if (session.link.state === 'waiting') {
    session.link.connect();
  }
});
dark.addEventListener('change', () => {
  stage.theme = theme();
  modules.update();
  stage.invalidate(true);
});
new Pointer(canvas, stage, point);
stage.onCamera = showScale;

setInterval(() => {
  if (!document.hidden) {
    metrics.showTraffic(performance.now(), session.link.bytes);
    showCountdown();
  }
}, 500);

session.join();
