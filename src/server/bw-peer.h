/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One WebSocket, from its handshake to its end.
 *
 * Belongs to the thread that made it, in whose default GMainContext its sources are. Nothing
 * here blocks. What a slow peer can hold is bounded: one unsent frame (the newest replaces it)
 * and a limited number of control messages, all shared with the other peers. */

#pragma once

#include <gio/gio.h>

#include "server/bw-counters.h"
#include "server/bw-outbox.h"
#include "server/bw-poller.h"
#include "server/bw-server-limits.h"
#include "server/bw-tokens.h"

G_BEGIN_DECLS

typedef struct _BwPeer BwPeer;

/* A connection whose handshake is done. Bytes that its input side has buffered belong to us.
 * Poller and counters outlive the peer; `address` is copied. */
typedef struct
{
  GIOStream *stream;
  BwPoller *poller;
  BwCounters *counters;
  BwDialect dialect;
  BwPass pass;
  const char *address;
} BwArrival;

typedef struct
{
  /* What bw_peer_send_frame() takes in the binary dialect; their data is the peer. */
  const BwOutboxFrames *frames;

  /* A whole text message; not terminated. The peer may be sent to and closed from within. */
  void (*message) (BwPeer     *peer,
                   const char *text,
                   gsize       length,
                   gpointer    user_data);

  /* The connection is over: free the peer. Called once, from the main loop alone. */
  void (*gone)    (BwPeer     *peer,
                   gpointer    user_data);
} BwPeerEvents;

/* `limits` and `events` outlive the peer. `user_data` is for the events. */
BwPeer            *bw_peer_new            (const BwArrival      *arrival,
                                           const BwServerLimits *limits,
                                           double                fps,
                                           const BwPeerEvents   *events,
                                           gpointer              user_data);

/* Drops the connection without a word. No event comes any more. */
void               bw_peer_free           (BwPeer               *self);

BwDialect          bw_peer_get_dialect    (BwPeer               *self);
const char        *bw_peer_get_address    (BwPeer               *self);
/* Frames that it was sent. */
guint64            bw_peer_get_n_frames   (BwPeer               *self);
/* Of the frame that it acknowledged last, when it did; -1: none. */
gint64             bw_peer_get_age_us     (BwPeer               *self);

gpointer           bw_peer_get_user_data  (BwPeer               *self);

/* Counts a command of this peer. FALSE, and the peer is closed, where that is one too many. */
gboolean           bw_peer_take_command   (BwPeer               *self);

/* A framed message that must arrive, in order with the others of its kind. A peer that owes too
 * many is closed. */
void               bw_peer_send           (BwPeer               *self,
                                           GBytes               *framed);

/* Such messages that wait. */
guint              bw_peer_get_n_owed     (BwPeer               *self);

/* In plain JSON, a framed frame (GBytes) with a ping of its number behind it; in the binary
 * dialect one of `events->frames`. It replaces one that still waits; one that it was given
 * before is ignored. With `last`, it is sent in any case and in order with bw_peer_send(). */
void               bw_peer_send_frame     (BwPeer               *self,
                                           gpointer              frame,
                                           guint64               number,
                                           gboolean              last);
/* Forgets a frame that still waits, unless it is a last one. */
void               bw_peer_drop_frame     (BwPeer               *self);
/* What a peer that came back has already. */
void               bw_peer_set_base       (BwPeer               *self,
                                           gpointer              frame,
                                           guint64               number);

/* Sends what is owed, then a close frame with `code` and `reason`, then ends. */
void               bw_peer_close          (BwPeer               *self,
                                           guint16               code,
                                           const char           *reason);

/* Ends a closed peer without waiting for its answer once its computer has all that we sent. */
void               bw_peer_end_if_received
                                          (BwPeer               *self);

/* Ends the peer where it has been owed bytes and took none for too long, or does not end after
 * a close. Call it now and then. */
void               bw_peer_check_progress (BwPeer               *self,
                                           gint64                now_us);

G_END_DECLS
