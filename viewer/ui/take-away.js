// SPDX-License-Identifier: GPL-3.0-or-later

// What can be taken away of what is seen: a picture, a drawing, a video.

const FRAMES_A_SECOND = 30;
const KEPT_MS = 10_000;
const TYPES = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];

const byId = (id) => document.getElementById(id);

function save(blob, name) {
  const link = document.createElement('a');
  link.download = name;
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

export class TakeAway {
  #stage;
  #canvas;
  #name;
  #recorder = null;

  /** `name ()`: that of the board's file, without its ending. */
  constructor(stage, session, canvas, name) {
    this.#stage = stage;
    this.#canvas = canvas;
    this.#name = name;
    for (const [id, kind] of [['save-picture', 'png'], ['save-drawing', 'svg']]) {
      byId(id).addEventListener('click', async () => {
        byId('save').open = false;
        save(await stage.snapshot(kind), `${name()}.${kind}`);
      });
    }
    byId('save-board').addEventListener('click', () => {
      byId('save').open = false;
      session.askPlaced();
    });
    const video = byId('save-video');
    video.hidden = this.#type() === undefined;
    video.addEventListener('click', () => this.#toggleVideo());
    document.addEventListener('pointerdown', ({ target }) => {
      if (!byId('save').contains(target)) {
        byId('save').open = false;
      }
    });
    byId('save').addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && byId('save').open) {
        event.stopPropagation();
        byId('save').open = false;
        byId('save').querySelector('summary').focus();
      }
    });
  }

  /** The board's file has come. */
  saveBoard(bytes) {
    save(new Blob([bytes]), `${this.#name()}-placed.kicad_pcb`);
  }

  #type() {
    return this.#canvas.captureStream === undefined ? undefined
      : TYPES.find((type) => window.MediaRecorder?.isTypeSupported(type));
  }

  #toggleVideo() {
    byId('save').open = false;
    if (this.#recorder !== null) {
      this.#recorder.stop();
      return;
    }
    const stream = this.#canvas.captureStream(FRAMES_A_SECOND);
    const recorder = new MediaRecorder(stream, { mimeType: this.#type() });
    const pieces = [];
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    recorder.onstop = () => {
      stream.getTracks().forEach((track) => track.stop());
      this.#recorder = null;
      this.#show(false);
      save(new Blob(pieces, { type: 'video/webm' }), `${this.#name()}.webm`);
    };
    this.#recorder = recorder;
    recorder.start(1000);
    this.#show(true);
    // A canvas that stands still is in no frame: one is drawn for the start.
    this.#stage.change({});
  }

  #show(records) {
    byId('save-video').textContent = records ? 'End the Video' : 'Record a Video (WebM)';
    byId('save').classList.toggle('records', records);
  }
}
