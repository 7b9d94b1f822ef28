/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One shared feed: what comes out of its port, encoded once, goes to all its peers; what they
 * ask goes in.
 *
 * Made anywhere, then used in the server's thread alone. */

#pragma once

#include "board/bw-board-writer.h"
#include "server/bw-grabs.h"
#include "server/bw-peer.h"
#include "session/bw-feed.h"
#include "wire/bw-viewer-message.h"

G_BEGIN_DECLS

typedef struct _BwStream BwStream;

/* One of those who watch it. */
typedef struct _BwViewer BwViewer;

/* All are called in the server's thread. */
typedef struct
{
  /* The number of peers has changed. */
  void (*changed) (BwStream              *stream,
                   gpointer               user_data);

  /* Somebody came, went, or did something that the others see; once the window has joined.
   * `people` (element-type BwServerPerson) is the receiver's. */
  void (*people)  (BwStream              *stream,
                   GPtrArray             *people,
                   gpointer               user_data);

  /* An owner asks for something; `viewer` is one. It may be closed from within. */
  void (*ask)     (BwStream              *stream,
                   BwViewer              *viewer,
                   const BwViewerMessage *message,
                   gpointer               user_data);
} BwStreamEvents;

/* `limits`, `counters` and `events` outlive the stream. */
BwStream   *bw_stream_new           (const char           *id,
                                     const char           *title,
                                     BwBoard              *board,
                                     double                fps,
                                     const BwServerLimits *limits,
                                     BwCounters           *counters,
                                     const BwStreamEvents *events,
                                     gpointer              user_data);

/* Drops its peers without a word, and its port. */
void        bw_stream_free          (BwStream             *self);

/* For bw_feed_subscribe(), with the stream as its data. */
void        bw_stream_port_func     (BwPort               *port,
                                     gpointer              stream);
/* Takes over the caller's reference. */
void        bw_stream_set_port      (BwStream             *self,
                                     BwPort               *port);

const char *bw_stream_get_id        (BwStream             *self);
const char *bw_stream_get_title     (BwStream             *self);
guint       bw_stream_get_n_peers   (BwStream             *self);
guint32     bw_stream_get_n_parts   (BwStream             *self);
/* Any thread. (transfer none) */
BwGrabs    *bw_stream_get_grabs     (BwStream             *self);
const BwServerLimits *
            bw_stream_get_limits    (BwStream             *self);

/* The board's geometry, made when it is first asked for, and its entity tag with the quotes.
 * (transfer none) */
GBytes     *bw_stream_get_geometry  (BwStream             *self,
                                     const char          **etag_out);
/* What the entity tag is made of. */
guint64     bw_stream_get_geometry_hash
                                    (BwStream             *self);

/* Tells all viewers which colours the board's modules have now, and has them in its geometry. */
void        bw_stream_tell_colors   (BwStream             *self);

/* The board's file with every part where the newest frame has it, as a save writes it. It is made
 * here, in the server's thread, at most once for a frame: tens of milliseconds for a large board.
 * (transfer none) */
GBytes     *bw_stream_get_placed    (BwStream             *self,
                                     BwTracks              tracks);

/* See bw_history_encode(). */
GBytes     *bw_stream_encode_history(BwStream             *self);

/* `number` is its own within the server. */
void        bw_stream_add_peer      (BwStream             *self,
                                     const BwArrival      *arrival,
                                     guint32               number);

/* Appends a BwServerClient for each viewer, with what has happened since the last call. */
void        bw_stream_list_clients  (BwStream             *self,
                                     GPtrArray            *clients,
                                     gint64                now_us);
/* FALSE where the viewer is not here. */
gboolean    bw_stream_set_role      (BwStream             *self,
                                     guint32               number,
                                     BwRole                role);
gboolean    bw_stream_disconnect    (BwStream             *self,
                                     guint32               number);
/* Closes who came by this token. */
void        bw_stream_revoke        (BwStream             *self,
                                     const char           *token);

/* The window, as one of those who are here. */
void        bw_stream_join          (BwStream             *self,
                                     const char           *name);
void        bw_stream_point         (BwStream             *self,
                                     const BwPoint        *cursor);
void        bw_stream_select        (BwStream             *self,
                                     const guint32        *parts,
                                     guint                 n);
/* It has grabbed something, or let go. */
void        bw_stream_tell_own_grab (BwStream             *self);

/* Sends what the feed has given and is still to be sent, and closes all peers. */
void        bw_stream_end           (BwStream             *self,
                                     const char           *reason);

/* After the end: see bw_peer_end_if_received(). */
void        bw_stream_hurry         (BwStream             *self);

void        bw_stream_check_progress(BwStream             *self,
                                     gint64                now_us);

G_END_DECLS
