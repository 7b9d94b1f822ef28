/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody who watches a stream: the peer, and what the others are told of it. The server's
 * thread alone. */

#pragma once

#include "server/bw-bucket.h"
#include "server/bw-stream.h"
#include "wire/bw-binary-dialect.h"
#include "wire/bw-viewer-message.h"

G_BEGIN_DECLS

typedef struct
{
  BwStream *stream;
  BwPeer *peer;
  guint32 number;        /* its own within the server, never given twice */
  BwRole token_role;     /* of the token that it came by */
  gboolean by_token;
  guint64 n_frames_then; /* when it was looked at last */
  gint64 then_us;
  gint64 joined_us;
  gboolean ready;        /* has said hello, where its dialect has that */
  gboolean hidden;       /* wants no frames now */
  gboolean wants_forces;
  BwBucket words;        /* what is no command, and no cursor */
  BwBucket cursors;

  /* Its owner's. */
  char name[BW_VIEWER_NAME_MAX + 1];
  gboolean has_cursor;
  gint32 x_nm;
  gint32 y_nm;
  guint32 selection[BW_VIEWER_SELECTION_MAX];
  guint16 n_selected;
  guint8 changed;        /* BwPersonFields that the others have not been told */
  gboolean uninformed;   /* missed what was told of the others */
} BwViewer;

/* `peer` becomes the viewer's when it is made; its data is the viewer then. */
BwViewer *bw_viewer_new             (BwStream        *stream,
                                     const BwArrival *arrival,
                                     double           fps,
                                     guint32          number);
void      bw_viewer_free            (BwViewer        *self);

gboolean  bw_viewer_is_json         (const BwViewer  *self);

/* A PRESENCE with everybody. (element-type BwViewer), (transfer full) */
GBytes   *bw_viewers_tell_all       (GPtrArray       *viewers);

/* A PRESENCE with what has changed, of some of them; `*more_out`: not all of it. `gone`
 * (element-type guint32) are the numbers of those who left, and is emptied.
 *
 * Returns: (transfer full) (nullable): NULL where nothing has */
GBytes   *bw_viewers_tell_changes   (GPtrArray       *viewers,
                                     GArray          *gone,
                                     gboolean        *more_out);

/* A text message of a viewer that speaks boardwalk.1. */
void      bw_viewer_hear            (BwViewer        *self,
                                     const char      *text,
                                     gsize            length);

G_END_DECLS
