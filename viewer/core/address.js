// SPDX-License-Identifier: GPL-3.0-or-later

// What the page's own address says: the token, the session, and where everything else is. All
// addresses are relative to the page, so that a reverse proxy may put a prefix before them.

/** The token in a fragment such as `#TOKEN`; null where there is none that could be one. */
export function readToken(hash) {
  const token = hash.replace(/^#/, '');
  return /^[A-Za-z0-9_-]{1,512}$/.test(token) ? token : null;
}

function decoded(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** { id, board, history, placed, sessions, socket } for the page at `href`; `id` null: the root. */
export function endpoints(href) {
  const page = new URL(href);
  page.hash = '';
  page.search = '';
  const match = /\/s\/([^/]+)\/[^/]*$/.exec(page.pathname);
  const root = new URL(match ? '../../' : './', page);
  const socket = new URL(match ? 'ws' : './', page);
  socket.protocol = page.protocol === 'https:' ? 'wss:' : 'ws:';
  return {
    id: match ? decoded(match[1]) : null,
    board: new URL('board', page).href,
    history: new URL('history', page).href,
    placed: new URL('placed', page).href,
    sessions: new URL('api/sessions', root).href,
    socket: socket.href,
  };
}
