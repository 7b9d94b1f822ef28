/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What bw-stream.c (the feed, the pace, the end) and bw-stream-viewers.c (its viewers) share, and
 * what a viewer's messages lead to. */

#pragma once

#include "server/bw-frame-ring.h"
#include "server/bw-history.h"
#include "server/bw-viewer.h"
#include "wire/bw-json-dialect.h"

G_BEGIN_DECLS

struct _BwStream
{
  char *id;
  char *title;
  BwBoard *board;
  double fps;
  const BwServerLimits *limits;
  BwCounters *counters;
  const BwStreamEvents *events;
  gpointer user_data;
  guint64 instance;      /* by which a viewer that comes back knows it */

  BwPort *port;
  BwJsonDialect *dialect;
  GBytes *geometry;
  guint64 geometry_hash;
  char *etag;
  GBytes *placed;        /* the file as that frame has it, once it was asked for */
  GPtrArray *viewers;    /* (element-type BwViewer) */
  guint n_json;          /* of them */

  /* The newest frame of the feed, and its encoding in plain JSON once it has one. */
  BwFrame *newest;
  BwFrame *told;         /* the one encoded last */
  GBytes *encoded;
  BwFrameRing *ring;     /* what viewers that speak boardwalk.1 are sent of */
  BwHistory *history;
  gboolean unsent;       /* `newest` has not gone to all peers */
  guint64 n_encoded;
  gint64 due_us;         /* when the next frame may be sent */
  GSource *due_source;

  gboolean paused;
  gboolean stop_requested;
  gboolean has_state;    /* the two above were told to the peers */

  GPtrArray *members;    /* (element-type BwMember), unowned: those of the viewers and `own` */
  BwMember own;          /* the window, once it has joined */
  BwGrabs *grabs;
  guint8 *held;          /* which parts stay where they are, as the viewers know it */
  GArray *gone;          /* (element-type guint32): numbers of viewers that left */
  GSource *presence_source;
};

/* Destroys and forgets it, if there is one. */
void bw_stream_clear_source  (GSource              **source);

/* The newest frame, which there is, as it is for boardwalk.1. (transfer none) */
BwRingFrame *
     bw_stream_get_ring_frame(BwStream              *self);
void bw_stream_send_newest   (BwStream              *self,
                              BwViewer              *viewer,
                              gboolean               last);

/* What a newcomer hears in plain JSON. */
void bw_stream_welcome       (BwStream              *self,
                              BwViewer              *viewer);

/* Its hello: it is told where things stand, and from now on what happens. `instance` and
 * `last_seq` name what it has already. */
void bw_stream_admit         (BwStream              *self,
                              BwViewer              *viewer,
                              const BwViewerMessage *hello);

/* The newest frame, for who sees nothing or sees it no more. */
void bw_stream_show          (BwStream              *self,
                              BwViewer              *viewer);

/* Somebody wants forces, or wants none any more. */
void bw_stream_count_forces  (BwStream              *self);

/* Something is to be told of a member. */
void bw_stream_tell_presence (BwStream              *self);
void bw_stream_add_member    (BwStream              *self,
                              BwMember              *member);
void bw_stream_remove_member (BwStream              *self,
                              BwMember              *member);
/* Lets go of what they drag for those who do not say any more that they do. */
void bw_stream_check_grabs   (BwStream              *self,
                              gint64                 now_us);

/* What the viewer drags from now on: see bw_grabs_set(). */
guint bw_stream_grab         (BwStream              *self,
                              BwViewer              *viewer,
                              const guint32         *parts,
                              guint                  n,
                              guint32               *taken_out);
gboolean bw_stream_may_move  (BwStream              *self,
                              BwViewer              *viewer,
                              guint32                part);

/* What an owner asks; others are told that they are none. */
void bw_stream_ask           (BwStream              *self,
                              BwViewer              *viewer,
                              const BwViewerMessage *message);

/* Adds who sent them; nothing comes between them. FALSE where there is nothing any more that could
 * obey. */
gboolean bw_stream_submit    (BwStream              *self,
                              BwViewer              *viewer,
                              BwCommand             *commands,
                              guint                  n_commands);

/* The events and frames of its peers; their data is the viewer. */
extern const BwPeerEvents bw_stream_peer_events;

G_END_DECLS
