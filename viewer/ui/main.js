// SPDX-License-Identifier: GPL-3.0-or-later

// The page: what comes from the session goes to the picture, the readouts and the controls; what
// the person does goes to the picture and the session.

import { countStale } from '../core/copper.js';
import { formatLength, formatNumber } from '../core/format.js';
import { History } from '../core/history.js';
import { COMMANDS, RUN_COMMANDS } from '../core/messages.js';
import { PHASE_NAMES, Run } from '../core/run.js';
import { Coordinates } from './coordinates.js';
import { Find } from './find.js';
import { Hands } from './hands.js';
import { Keys } from './keys.js';
import { LinkState, showChip } from './link-state.js';
import { NetWeight } from './net-weight.js';
import {
  areColorsSafe, contrast, dark, listen, opened, reducedMotion, scheme, session, setColorsSafe,
  stage,
} from './opening.js';
import { ForceLegend, LayersList, ModulesList } from './panel.js';
import { PartsTable } from './parts-table.js';
import { PeopleList } from './people.js';
import { PlaceForm } from './place-form.js';
import { Pointer } from './pointer.js';
import { Curves, Events, Metrics, Selection, Tip } from './readouts.js';
import { RunOptions } from './run-options.js';
import { seldom } from './seldom.js';
import { TakeAway } from './take-away.js';
import { setText } from './text.js';
import { Timeline } from './timeline.js';
import { TracksQuestion } from './tracks-question.js';

// What these are made of, so that it comes side by side.
import '../core/asked.js';
import '../core/colors.js';
import '../core/edits.js';
import '../core/geometry.js';
import '../core/holds.js';
import '../core/people.js';
import '../core/theme.js';

const byId = (id) => document.getElementById(id);

const NUMBERS_MS = 100;

// A net of more pads joins all, as supplies do.
const MOST_JOINED = 60;

const canvas = byId('canvas');
let run = new Run();
const layers = new LayersList(byId('layers'), stage);
const modules = new ModulesList(byId('modules'), stage, (module) =>
  mark(partsWhere((part) => part.module === module), -1));
const legend = new ForceLegend(byId('force-legend'), stage);
const metrics = new Metrics();
const events = new Events();
const tip = new Tip();
const coordinates = new Coordinates();
const selection = new Selection((net) => mark(stage.look.selection, net), () => mark([], -1));
const history = new History();
const curves = new Curves();
const timeline = new Timeline(stage, history);
const find = new Find(choose);
const table = new PartsTable(stage, choose);
const hands = new Hands(session, stage, {
  onSelect: (parts) => mark(parts, stage.look.net),
  onChange: () => {
    layers.showKeys(hands.allowed);
    showSelection(null);
  },
  isTaken: (part) => people.holderOf(part) !== undefined,
});
const placeForm = new PlaceForm(hands);
const netWeight = new NetWeight(session);
const people = new PeopleList(session, events);
const runOptions = new RunOptions(() => begin('start', { parts: stage.look.selection }));
const tracksQuestion = new TracksQuestion();
const linkState = new LinkState(session, events);
const pointer = new Pointer(canvas, stage, hands, {
  point: (at) => stage.send({ type: 'point', at }),
  pick: (at, more) => {
    hands.choose();
    stage.send({ type: 'pick', at, more });
  },
  box: (from, to) => stage.send({ type: 'pick-box', from, to }),
  selected: () => stage.look.selection,
});
const keys = new Keys(stage, hands, layers, {
  '/': () => scene !== null && find.open(),
  e: () => placeForm.open(),
  'Ctrl+A': () => mark(partsWhere(() => true), -1),
  u: () => mark(joinedTo(stage.look.selection), -1),
  g: () => mark(inModulesOf(stage.look.selection), -1),
  Escape: () => (timeline.frame === null ? mark([], -1) : timeline.goLive()),
  ' ': () => (timeline.frame !== null ? timeline.play()
    : command({ running: 'pause', paused: 'resume' }[run.state] ?? 'start')),
});

let scene = null;

// What shows the board in space, once somebody wants to see it.
let space = null;
let pose = null;
let legality = { index: null, legal: null, clashing: [] };
let said = '';
let shownScale_px = NaN;
let shownSide = 0;

// --- what is told of the session and its picture ---

function hearStage(message) {
  switch (message.type) {
    case 'scene':
      showBoard(message.scene);
      break;
    case 'link':
      session.hear(message);
      showLink();
      break;
    case 'failed':
      session.state = 'failed';
      events.add('error', 'The page cannot go on.');
      showLink();
      break;
    case 'placed':
      if (message.bytes === null) {
        events.add('error', 'The placed board cannot be had now.');
      } else {
        takeAway.saveBoard(message.bytes);
      }
      break;
    case 'traffic':
      session.hear(message);
      metrics.showTraffic(performance.now(), session.bytes);
      break;
    case 'relay':
      hear(message.message);
      break;
    case 'frame':
      hearFrame(message.frame);
      break;
    case 'hover':
      tip.show(scene, message, (part) => hands.isHeld(part));
      people.point(message.at === null ? null : message);
      coordinates.show(message.at === null ? null : message);
      canvas.classList.toggle('over-part', message.part >= 0);
      if (message.selectedPart === (stage.look.selection.at(-1) ?? -1)) {
        hands.setPose(message.selected);
        showSelection(message.selected);
      }
      break;
    case 'grabbed':
      pointer.grabbed(message);
      break;
    case 'carried':
      hands.carried(message);
      break;
    case 'picked':
      pick(message);
      hands.chosen();
      break;
    case 'boxed':
      mark([...new Set([...stage.look.selection, ...message.parts])], -1);
      break;
    case 'edited':
      hands.edited(message);
      break;
    case 'history':
      history.replace(message.samples);
      // What the run began with is known now.
      showNumbers(timeline.frame ?? run.frame);
      break;
    case 'past':
      showPast(message.frame);
      break;
    case 'poses':
      table.setPoses(message.poses);
      space?.setPoses(message.poses);
      break;
    case 'solids':
      space?.setScene(message.scene);
      break;
    case 'judged':
      legality = {
        index: message.index, legal: message.outside === null ? null : message.outside === 0,
        clashing: message.clashing,
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
  table.setScene(scene);
  netWeight.forget();
  mark([], -1);
  hands.setScene(scene);
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
  people.hear(message);
  if (message.type === 'presence') {
    hands.update();
  } else if (message.type === 'holds') {
    hands.noteHolds(message);
  } else if (message.type === 'colors') {
    modules.setColors(message.colors);
  } else if (message.type === 'welcome' && message.resumed !== true) {
    hands.forget();
  } else if (message.type === 'metrics') {
    message.samples.forEach((sample) => history.add(sample));
  }
  if (message.type === 'status' && message.message !== '') {
    events.add(message.status, message.message);
    showNow();
  } else {
    showRun();
  }
}

function hearFrame(frame) {
  run.hear(frame);
  history.add(frame);
  metrics.tick(performance.now());
  showNow();
}

/** Frames come faster than anybody reads their numbers. */
const showNow = seldom(() => {
  if (timeline.frame === null) {
    showNumbers(run.frame);
  }
  showRun();
}, NUMBERS_MS);

function showNumbers(frame) {
  metrics.showFrame(frame, scene?.wireLength_mm ?? 0);
}

/** The run as it was in a frame, or (null) as it is now. */
function showPast(frame) {
  timeline.show(frame);
  hands.past = frame !== null;
  byId('stage').classList.toggle('past', frame !== null);
  showNumbers(frame ?? run.frame);
  hands.update();
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

const BUTTONS = [...COMMANDS, ...RUN_COMMANDS];

const BUTTON_TITLES = {
  start: 'Start from Here (Space)',
  restart: 'Start Again from the File\u2019s Placement; What Was Done by Hand Is Forgotten',
  untangle: 'Untangle: Part What Overlaps, and Move Nothing Else',
  pause: 'Pause (Space)',
  resume: 'Resume (Space)',
  stop: 'End the run where it is',
};

function showRun() {
  const open = session.state === 'live';
  const starts = session.speaksBinary;
  const controls = run.controls(session.role, open, starts);
  for (const command of BUTTONS) {
    const button = byId(command);
    button.setAttribute('aria-disabled', String(!controls[command]));
    button.title = controls[command] ? BUTTON_TITLES[command] : controls.note;
  }
  // They are never of use together, so that they have one place.
  const begins = starts && run.state !== 'paused' && run.state !== 'running';
  byId('start').hidden = !begins;
  byId('resume').hidden = begins;
  byId('anew').hidden = !starts || session.role !== 'controller';
  runOptions.show(!byId('anew').hidden, controls.start, stage.look.selection.length);
  setText(byId('controls-note'), controls.note);
  if (open) {
    const [text, kind] = RUN_CHIPS[run.state];
    showChip(text, kind);
  }
  if (run.frame === null) {
    metrics.showState('–', null);
    return;
  }
  if (timeline.frame !== null) {
    const phase = PHASE_NAMES[timeline.frame.phase] ?? 'The run';
    metrics.showState(`${phase}, Past`, null);
    return;
  }
  const ended = run.state === 'stopped' || run.state === 'finished';
  const legal = ended ? isLegal() : null;
  const words = run.describe(legal, ended ? legality.clashing : []);
  metrics.showState(words, legality.clashing.length > 0 && legal ? null : legal);
  say(words, ended);
}

/** Whether the newest frame's placement is legal; null where that is not known (yet). */
function isLegal() {
  const { index, overlaps } = run.frame;
  if (legality.index !== index) {
    legality = { index, legal: overlaps > 0 ? false : null, clashing: [] };
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
  const offset_ms = session.clockOffset_ms;
  if (age_ms !== null && offset_ms !== null && typeof run.frame?.timestamp_s === 'number') {
    metrics.noteAge(Date.now() + offset_ms - run.frame.timestamp_s * 1000);
  }
}

function showLink() {
  byId('stage').classList.toggle('stale', scene !== null && session.state !== 'live');
  linkState.show(scene === null);
  byId('save-board').hidden = !session.mayDownload;
  hands.update();
  showRun();
}

/** After each picture, of which few see the camera moved: what is set anew costs a layout. */
function showScale() {
  const { length_mm, width_px } = stage.scaleBar();
  if (shownScale_px !== width_px) {
    shownScale_px = width_px;
    byId('scale-line').style.width = `${width_px}px`;
    setText(byId('scale-text'), length_mm < 1
      ? `${formatNumber(length_mm * 1000).replace('.00', '')} µm`
      : `${length_mm.toLocaleString('en')} mm`);
  }
  if (shownSide !== stage.side) {
    shownSide = stage.side;
    byId('flip').setAttribute('aria-pressed', String(shownSide === 1));
  }
}

// --- what the person does ---

function command(name) {
  if (byId(name).getAttribute('aria-disabled') === 'true') {
    return;
  }
  if (session.speaksBinary && RUN_COMMANDS.includes(name)) {
    begin(name);
  } else {
    session.send(name);
  }
}

/** Begins a run as it is asked for here, and what more there is to say. */
function begin(name, more = {}) {
  const asked = runOptions.asked();
  if (asked === null) {
    return;
  }
  const stale = run.frame?.tracks === 'refuse' ? staleTracks(name, more.parts) : null;
  if (stale !== null && stale.tracks > 0) {
    tracksQuestion.ask(stale, (tracks) => session.send(name, { ...asked, ...more, tracks }));
  } else {
    session.send(name, { ...asked, ...more });
  }
}

/** What would stay behind, where nobody has said yet what is to become of it. */
function staleTracks(name, only) {
  // What was held by hand is forgotten by a restart.
  const stays = (part) => (name === 'restart' ? scene.parts[part].locked || scene.parts[part].held
    : hands.isHeld(part));
  return scene === null ? null
    : countStale(scene, (part) => !stays(part) && (only === undefined || only.includes(part)));
}

const partsWhere = (test) => scene?.parts.flatMap((part, i) => (test(part, i) ? [i] : [])) ?? [];

/** Parts, and what nets join to them. */
function joinedTo(selection) {
  const chosen = new Set(selection);
  const nets = new Set(selection.flatMap((part) => scene.parts[part].nets).filter((net) =>
    !scene.nets[net].power && scene.nets[net].pins <= MOST_JOINED));
  return partsWhere((part, i) => chosen.has(i) || part.nets.some((net) => nets.has(net)));
}

/** Parts, and what is in the same modules. */
function inModulesOf(selection) {
  const chosen = new Set(selection);
  const modules = new Set(selection.map((part) => scene.parts[part].module));
  return partsWhere(({ module }, i) => chosen.has(i) || (module >= 0 && modules.has(module)));
}

/** Marks parts, and a net; −1: none. */
function mark(selection, net) {
  const before = stage.look.selection;
  const same = selection.length === before.length && selection.every((part, i) =>
    part === before[i]);
  if (!same) {
    hands.select();
    placeForm.reset();
    people.select(selection);
    pose = null;
  }
  if (!same || net !== stage.look.net) {
    stage.change({ selection, net });
    hands.update();
    showRun();
  }
}

/** A part was clicked, or (−1) none; with `more` it is added to the others, or taken from them. */
function pick({ part, net, more = false }) {
  const { selection } = stage.look;
  if (!more) {
    mark(part < 0 ? [] : [part], net);
  } else if (part >= 0) {
    mark(selection.includes(part) ? selection.filter((one) => one !== part)
      : [...selection, part], -1);
  }
}

/** `newest`: the pose of what is selected; null: as it was told last. */
function showSelection(newest) {
  const { selection: parts, net } = stage.look;
  const [part] = parts;
  pose = newest ?? pose;
  netWeight.show(net, hands.allowed);
  selection.show(scene, parts, net, pose, hands.isHeld(part), people.holderOf(part)?.name ?? '');
}

/** What was found is marked, and a part brought into sight. */
function choose({ part = -1, net = -1, parts = null, more = false }) {
  if (parts !== null) {
    mark(parts, -1);
    return;
  }
  pick({ part, net, more });
  if (part >= 0) {
    stage.move('show', part);
  }
}

/** Another link in the same page: nothing is left of the one before. */
function startOver() {
  if (session.state === 'failed') {
    window.location.reload();
    return;
  }
  linkState.startOver();
  scene = null;
  run = new Run();
  mark([], -1);
  find.setScene(null);
  table.setScene(null);
  hands.setScene(null);
  people.clear();
  byId('stage').classList.add('empty');
  byId('modules-card').hidden = true;
  byId('board-name').textContent = 'Boardwalk';
  byId('board-facts').textContent = '';
  document.title = 'Boardwalk';
  tip.hide();
  events.clear();
  history.clear();
  timeline.startOver();
  metrics.showFrame(null, 0);
  session.rejoin();
}

// --- start ---

layers.onToggle = (name, on) => {
  if (name === 'forces') {
    session.setForces(on);
    legend.update();
  }
};

const takeAway = new TakeAway(stage, session, canvas,
                              () => (scene?.name || 'board').replace(/\.kicad_pcb$/, ''));

if (window.matchMedia('(max-width: 760px)').matches) {
  byId('layers-card').open = false;
  byId('modules-card').open = false;
}

BUTTONS.forEach((name) => byId(name).addEventListener('click', () => command(name)));
byId('zoom-in').addEventListener('click', () => keys.zoom(1));
byId('zoom-out').addEventListener('click', () => keys.zoom(-1));
byId('zoom-fit').addEventListener('click', () => stage.move('fit'));
byId('flip').addEventListener('click', () => stage.move('flip'));
byId('open-space').addEventListener('click', async () => {
  const part = await import('./space.js').catch(() => null);
  if (part === null) {
    events.add('error', 'The view in space cannot be had now.');
    return;
  }
  space ??= new part.Space(stage, scheme);
  space.open();
});
for (const type of ['pointerdown', 'pointermove']) {
  byId('minimap').addEventListener(type, (event) => {
    if (event.buttons & 1) {
      byId('minimap').setPointerCapture(event.pointerId);
      stage.moveTo(event);
    }
  });
}
byId('grid-spacing').addEventListener('change', ({ target }) =>
  stage.change({ grid_mm: Number(target.value) }));
byId('select-net').addEventListener('click', () => {
  const { net } = stage.look;
  mark(partsWhere(({ nets }) => nets.includes(net)), net);
});
byId('notice-retry').addEventListener('click', () => session.join());
byId('move-part').addEventListener('click', () => hands.beginMove());
document.addEventListener('visibilitychange', () => session.setAsleep(document.hidden));
window.addEventListener('hashchange', startOver);
window.addEventListener('online', () => session.retry());
function followScheme() {
  stage.change({ scheme: scheme() });
  modules.update();
  legend.update();
  people.update();
}

for (const query of [dark, contrast]) {
  query.addEventListener('change', followScheme);
}
byId('safe-colors').checked = areColorsSafe();
byId('safe-colors').addEventListener('change', ({ target }) => {
  setColorsSafe(target.checked);
  followScheme();
});
reducedMotion.addEventListener('change', () => stage.change({ ease: !reducedMotion.matches }));

setInterval(() => {
  if (!document.hidden) {
    session.askTraffic();
    curves.update(history);
    timeline.update();
    linkState.countDown();
  }
}, 500);

listen(hearStage);
byId('unloaded')?.remove();
if (opened !== window.location.href) {
  startOver();
}
