/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A live run over one board: a BwFeed that a window, a server or the command line controls by
 * commands.
 *
 * Lives in the thread that made it, whose default GMainContext must be iterated. The placer runs
 * in a GTask, one for each running stretch: a pause ends the stretch, resume starts the next
 * with the same state. */

#pragma once

#include "board/bw-board.h"
#include "board/bw-board-writer.h"
#include "session/bw-constraints.h"
#include "session/bw-feed.h"
#include "session/bw-run-history.h"
#include "session/bw-weights.h"

G_BEGIN_DECLS

/* `stay` of a run that refines: as much wire as way, so that what is there changes only where that
 * is plainly worth it. */
#define BW_REFINE_STAY 1.0

/* How the runs to come are done, unless their command asks for something else. */
typedef struct
{
  guint64 seed;
  double time_s;       /* budget; turned into iterations when the run starts */
  guint32 iterations;  /* where not 0: the budget itself, and time_s is not used */
  BwTracks tracks;     /* where nets of parts that would move carry tracks; with
                          BW_TRACKS_REFUSE, START is refused with an error status */
  BwWeights weights;   /* what is worth wire; NAN: as the board's file or the default has it */
  double stay;         /* above 0, START refines what is there rather than to place from scratch:
                          each mm from where a part is costs this many mm of wire */
} BwRunOptions;

#define BW_TYPE_SESSION (bw_session_get_type ())
G_DECLARE_FINAL_TYPE (BwSession, bw_session, BW, SESSION, GObject)

/* seed 1, 10 s */
BwRunOptions bw_run_options_default   (void);

/* `constraints` may be NULL here and below. */
BwSession   *bw_session_new           (BwBoard            *board,
                                       BwConstraints      *constraints);

/* The board as it came, with true metrics: what a session starts with. It takes as long as an
 * iteration or more, so a window calls it in another thread. (transfer full) */
BwFrame     *bw_session_measure       (BwBoard            *board,
                                       BwConstraints      *constraints);
/* The same with its parts at `poses` (n_footprints of them). (transfer full) */
BwFrame     *bw_session_measure_poses (BwBoard            *board,
                                       BwConstraints      *constraints,
                                       BwPose             *poses);
/* With what bw_session_measure() gave for this board; quick. */
BwSession   *bw_session_new_measured  (BwBoard            *board,
                                       BwConstraints      *constraints,
                                       BwFrame            *frame);

/* Puts the parts where a frame of bw_session_measure_poses() has them, as a run would have left
 * them. FALSE where a run has begun since the board was opened. */
gboolean     bw_session_restore       (BwSession          *self,
                                       BwFrame            *frame);

/* Puts the parts where a frame of the same board has them, with its metrics, as if that had been
 * done by hand; the run log tells of it. FALSE where a run is under way or a part is being
 * moved. */
gboolean     bw_session_adopt         (BwSession          *self,
                                       BwFrame            *frame);

/* Used from the next start on. */
void         bw_session_set_options   (BwSession          *self,
                                       const BwRunOptions *options);
const BwRunOptions *
             bw_session_get_options   (BwSession          *self);

/* Runs to come move these parts alone: n_footprints flags, copied; NULL: all that are not held.
 * What commands chose is forgotten. */
void         bw_session_set_only      (BwSession          *self,
                                       const gboolean     *only);

/* What is asked of the placement, or NULL. (transfer none) */
BwConstraints *
             bw_session_get_constraints
                                      (BwSession          *self);

/* Others (nullable), for runs to come: the one that is under way goes on as it began. What they
 * hold is held at once where none is, else once that has ended. */
void         bw_session_set_constraints
                                      (BwSession          *self,
                                       BwConstraints      *constraints);

/* How much nets count, as of the last command that took effect while none ran: see
 * bw-net-weights.h. (transfer none) */
const double *
             bw_session_get_net_weights
                                      (BwSession          *self);

/* Queues a command; the same as bw_port_submit(). */
void         bw_session_submit        (BwSession          *self,
                                       const BwCommand    *command);

/* Property `state`, notified in the session's thread. */
BwRunState   bw_session_get_state     (BwSession          *self);

/* Property `can-untangle`: the run has ended, and it is not legal. */
gboolean     bw_session_get_can_untangle
                                      (BwSession          *self);

/* The newest frame: what a save would write. (transfer none) */
BwFrame     *bw_session_get_frame     (BwSession          *self);

/* From now on keeps how the run went, for who looks back. Once. */
void         bw_session_keep_history  (BwSession          *self);

/* (transfer none) (nullable): NULL where it is not kept */
BwRunHistory *bw_session_get_history  (BwSession          *self);

/* The tracks on nets of parts that a run would move; see bw_board_count_stale_tracks(). */
guint        bw_session_count_stale_tracks
                                      (BwSession          *self,
                                       guint              *n_nets_out);

/* Property `busy`: a run moves, or an edit or the end of a run has not come in yet: nothing can be
 * adopted. */
gboolean     bw_session_get_busy      (BwSession          *self);

/* Property `modified`: the newest poses are not those last marked as saved. */
gboolean     bw_session_get_modified  (BwSession          *self);
void         bw_session_mark_saved    (BwSession          *self,
                                       BwFrame            *frame);

/* Ends a running stretch and waits for its thread: about one iteration, half a second at most.
 * Called by dispose as well. */
void         bw_session_shut_down     (BwSession          *self);

G_END_DECLS
