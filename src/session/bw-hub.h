/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a feed and its subscribers meet: the newest frame, the run log, the state of the run,
 * and the queue of commands. Private to feeds; subscribers see it through a BwPort.
 *
 * Atomically refcounted plain struct; every function may be called from any thread. Ports keep
 * the hub alive, so a subscriber never outlives what it reads. */

#pragma once

#include "session/bw-port.h"
#include "session/bw-run-history.h"

G_BEGIN_DECLS

typedef struct _BwHub BwHub;

BwHub     *bw_hub_new           (void);
BwHub     *bw_hub_ref           (BwHub            *self);
void       bw_hub_unref         (BwHub            *self);

/* Calls `func` in `context` (nullable: the default one) whenever a command was queued. */
void       bw_hub_set_owner     (BwHub            *self,
                                 GMainContext     *context,
                                 GSourceFunc       func,
                                 gpointer          user_data);
/* The feed is gone: commands are dropped from now on. Call it in the owner's context. */
void       bw_hub_close         (BwHub            *self);

/* `values` without index and time, which the hub gives. Replaces what waits in every slot. */
void       bw_hub_publish_frame (BwHub            *self,
                                 const BwFrame    *values);
/* Frames from now on go there as well, and the newest one does at once. */
void       bw_hub_set_history   (BwHub            *self,
                                 BwRunHistory     *history);
/* `values` without seq and time, which the hub gives. */
void       bw_hub_log           (BwHub            *self,
                                 const BwLogEntry *values);
/* Logs a STATE entry where anything changes. */
void       bw_hub_set_state     (BwHub            *self,
                                 BwRunState        state,
                                 gboolean          stop_requested,
                                 guint32           epoch,
                                 guint32           iteration);
BwRunState bw_hub_get_state     (BwHub            *self,
                                 gboolean         *stop_requested_out);
/* Whether a subscriber asked for forces. */
gboolean   bw_hub_wants_forces  (BwHub            *self);
BwRunLog  *bw_hub_get_log       (BwHub            *self);

/* Nothing comes between them. */
void       bw_hub_submit        (BwHub            *self,
                                 const BwCommand  *commands,
                                 guint             n_commands);
gboolean   bw_hub_pop_command   (BwHub            *self,
                                 BwCommand        *command_out);
/* Puts back what was popped last. */
void       bw_hub_unpop_command (BwHub            *self,
                                 const BwCommand  *command);
gboolean   bw_hub_has_command   (BwHub            *self);

/* See bw_feed_subscribe(). (transfer full) */
BwPort    *bw_hub_subscribe     (BwHub            *self,
                                 GMainContext     *context,
                                 BwPortFunc        func,
                                 gpointer          user_data);

/* For bw-port.c. */
BwFrame   *bw_hub_take_slot     (BwHub            *self,
                                 BwFrame         **slot);
void       bw_hub_remove_port   (BwHub            *self,
                                 BwPort           *port);
void       bw_hub_count_forces  (BwHub            *self,
                                 int               change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwHub, bw_hub_unref)

G_END_DECLS
