/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Something that gives frames of a board: a live run, a replay, a remote stream. A canvas, a
 * server and a recorder take any feed and cannot tell which. */

#pragma once

#include <glib-object.h>

#include "board/bw-board.h"
#include "session/bw-port.h"

G_BEGIN_DECLS

#define BW_TYPE_FEED (bw_feed_get_type ())
G_DECLARE_INTERFACE (BwFeed, bw_feed, BW, FEED, GObject)

struct _BwFeedInterface
{
  GTypeInterface parent;

  BwBoard *(*get_board) (BwFeed *self);
  BwPort  *(*subscribe) (BwFeed       *self,
                         GMainContext *context,
                         BwPortFunc    func,
                         gpointer      user_data);
};

/* (transfer none): the same board for the feed's whole life. */
BwBoard *bw_feed_get_board (BwFeed       *self);

/* Call it from the feed's own thread (the main thread for a session); the port is then for the
 * thread of `context` (nullable: the default context).
 *
 * Returns: (transfer full) */
BwPort  *bw_feed_subscribe (BwFeed       *self,
                            GMainContext *context,
                            BwPortFunc    func,
                            gpointer      user_data);

G_END_DECLS
