/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody who watches a stream: the peer, and what the others are told of it. The server's
 * thread alone. */

#pragma once

#include "server/bw-bucket.h"
#include "server/bw-member.h"
#include "server/bw-stream.h"

G_BEGIN_DECLS

struct _BwViewer
{
  BwStream *stream;
  BwPeer *peer;
  BwMember member;       /* as the others see it */
  BwPass pass;           /* what it came by */
  guint64 n_frames_then; /* when it was looked at last */
  gint64 then_us;
  gint64 joined_us;
  gboolean ready;        /* has said hello, where its dialect has that */
  gboolean hidden;       /* wants no frames now */
  gboolean wants_forces;
  BwBucket words;        /* what is no command, and no cursor */
  BwBucket cursors;
  gboolean uninformed;   /* missed what was told of the others */
};

/* `peer` becomes the viewer's when it is made; its data is the viewer then. */
BwViewer *bw_viewer_new             (BwStream        *stream,
                                     const BwArrival *arrival,
                                     double           fps,
                                     guint32          number);
void      bw_viewer_free            (BwViewer        *self);

gboolean  bw_viewer_is_json         (const BwViewer  *self);

/* Frees the text, which bw_ws_text_begin() has begun. */
void      bw_viewer_send_text       (BwViewer        *self,
                                     GString         *text);

/* The answer to a command, with a token (nullable) where that was asked for. */
void      bw_viewer_answer          (BwViewer        *self,
                                     gint64           cmd_id,
                                     const char      *result,
                                     const char      *token);

/* A text message of a viewer that speaks boardwalk.1. */
void      bw_viewer_hear            (BwViewer        *self,
                                     const char      *text,
                                     gsize            length);

G_END_DECLS
