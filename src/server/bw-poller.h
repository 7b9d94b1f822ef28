/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Watches many sockets as one GSource: what a turn of the main loop costs does not grow with
 * their number, as it would with a source for each. One thread: that of the context. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BwPoller BwPoller;
typedef struct _BwPollerWatch BwPollerWatch;

/* `condition`: G_IO_IN, G_IO_OUT or both; an error or a hang-up is both. A watch, this one or
 * another, may be removed from within. */
typedef void (*BwPollerFunc) (GIOCondition condition,
                              gpointer     user_data);

BwPoller      *bw_poller_new           (GMainContext  *context);
/* After all its watches. */
void           bw_poller_free          (BwPoller      *self);

/* Calls `func` while something can be read from `fd`, which is to stay open until the watch is
 * removed. NULL where the system has no room for it. */
BwPollerWatch *bw_poller_add           (BwPoller      *self,
                                        int            fd,
                                        BwPollerFunc   func,
                                        gpointer       user_data);

/* And, with `wanted`, while something can be written. */
void           bw_poller_set_writing   (BwPollerWatch *watch,
                                        gboolean       wanted);
void           bw_poller_remove        (BwPollerWatch *watch);

G_END_DECLS
