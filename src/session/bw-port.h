/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One subscriber's end of a feed: a slot with the newest frame, a cursor in the run log, and a
 * way to send commands.
 *
 * A port is filled by the worker's thread directly and announced in the subscriber's own
 * GMainContext. A subscriber that is slow sees fewer frames, never older ones, and holds up
 * nobody. A port is atomically refcounted and knows no GObject: it may be used from the thread
 * that iterates its context, and outlives its feed (nothing comes any more, commands go
 * nowhere). */

#pragma once

#include <glib.h>

#include "session/bw-command.h"
#include "session/bw-frame.h"
#include "session/bw-run-log.h"

G_BEGIN_DECLS

typedef struct _BwPort BwPort;

/* Called in the port's context when a new frame lies in the slot, entries wait behind the
 * cursor, or both. Several changes may be announced by one call. */
typedef void (*BwPortFunc) (BwPort  *port,
                            gpointer user_data);

BwPort     *bw_port_ref           (BwPort          *self);
void        bw_port_unref         (BwPort          *self);

/* Ends the announcements; call it in the port's context before what `user_data` points to goes.
 * When it returns, the function will not be called again. */
void        bw_port_close         (BwPort          *self);

/* Takes the newest frame out of the slot. At subscription the slot holds the newest frame of
 * the feed, so the first call never comes back empty-handed.
 *
 * Returns: (transfer full) (nullable): NULL where no frame came since the last call */
BwFrame    *bw_port_take_frame    (BwPort          *self);

/* The next entry behind the cursor, which moves on. A fresh port's cursor is at the end of the
 * log as it was at subscription.
 *
 * Returns: (transfer full) (nullable): NULL at the end */
BwLogEntry *bw_port_next_entry    (BwPort          *self);

/* Moves the cursor back to the start of the log, for curves and history. */
void        bw_port_rewind        (BwPort          *self);

/* The run's state now. `stop_requested_out` is nullable. */
BwRunState  bw_port_get_state     (BwPort          *self,
                                   gboolean        *stop_requested_out);

/* Whether frames to come should carry forces; they cost a little. Off at first. */
void        bw_port_set_forces    (BwPort          *self,
                                   gboolean         wanted);

/* Queues a command. Ordered, never lost while the feed lives. Any thread. */
void        bw_port_submit        (BwPort          *self,
                                   const BwCommand *command);

/* The same with several, between which nothing comes that others submit. */
void        bw_port_submit_all    (BwPort          *self,
                                   const BwCommand *commands,
                                   guint            n_commands);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwPort, bw_port_unref)

G_END_DECLS
