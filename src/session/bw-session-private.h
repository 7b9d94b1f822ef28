/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the session's files share: bw-session.c is the object and its feed, -control obeys
 * commands. */

#pragma once

#include "session/bw-run.h"

G_BEGIN_DECLS

/* The session's own thread only, apart from the run, which a worker has while `working`. */
struct _BwSession
{
  GObject parent_instance;

  BwBoard *board;
  BwConstraints *constraints;
  gboolean *only;      /* NULL: all */
  gboolean choosing;   /* `only` is what commands have chosen for the next run */
  gboolean chosen;     /* `only` is what they chose for the newest one */
  BwHand *hand;        /* as the run has it, once one has begun */
  BwRunOptions options;
  double *net_weights; /* see bw-net-weights.h */
  BwHub *hub;
  BwPort *port;        /* the session's own eye on the hub */
  BwFrame *frame;
  BwRunHistory *history; /* NULL: it is not kept */
  BwPose *saved_poses;
  gboolean modified;
  BwRunState state;
  gboolean can_untangle;

  BwRun *run;          /* the newest, NULL before the first */
  BwPlacerMode mode;   /* of that */
  BwRunOptions run_options; /* of that, as they were when it began */
  guint32 epoch;
  gboolean working;    /* a stretch or an edit is under way: its end has not come in yet */
  gboolean busy;       /* the same, as others were told last */
};

/* Newer than self->frame where the port's announcement has not come in yet. (transfer none) */
BwFrame *bw_session_newest_frame    (BwSession *self);

/* A frame that no run made. */
void     bw_session_publish         (BwSession     *self,
                                     const BwFrame *values);

/* In the place of the hand that there was. (transfer full) */
void     bw_session_take_hand       (BwSession *self,
                                     BwHand    *hand);

/* Tells others whether something is under way. */
void     bw_session_update_busy     (BwSession *self);

/* bw-session-control.c: obeys what waits in the queue, unless a stretch or an edit is under way. */
void     bw_session_handle_commands (BwSession *self);

G_END_DECLS
