/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One whole state of a run. Immutable and atomically refcounted: any thread may read it. */

#pragma once

#include <glib.h>

#include "base/bw-geometry.h"
#include "board/bw-board-writer.h"
#include "placer/bw-placer.h"
#include "session/bw-routability.h"

G_BEGIN_DECLS

/* A force for display; mm per unit is the viewer's choice. `footprint` is a board index. */
typedef struct
{
  guint32 footprint;
  guint8 kind; /* BwForceKind */
  float fx;
  float fy;
} BwFrameForce;

typedef struct
{
  guint64 index;       /* of the frame, from 0, growing over the whole life of a feed */
  guint32 epoch;       /* of the run: grows with each start; 0 before the first */
  guint32 iteration;   /* of the placer within the run */
  guint32 budget;      /* iterations asked for; 0 before the first run. Where nothing legal is known
                        * by then, a run takes some more. */
  BwPhase phase;
  gboolean final;      /* nothing follows it in this epoch but what is done by hand */
  gint64 time_us;      /* UTC, since 1970 */

  guint32 n_footprints;
  const BwPose *poses; /* in the board's order */
  const guint8 *held;  /* whether each stays where it is; NULL: nobody told */

  double energy;
  double shares[BW_N_GOALS]; /* of the energy, by what they are about */
  double hpwl_mm;
  double max_move_mm;  /* since the frame before it, which a subscriber may not have seen: to
                          show, use bw_frame_max_move_mm() */
  guint32 overlaps;    /* pairs that involve a movable part */
  guint32 outside;     /* parts that may move, and those that hands have put there */
  const guint8 *strays; /* whether each footprint is one of those outside; NULL: none is, or nobody
                         * told */
  guint32 locked_conflicts;
  const guint8 *clashing; /* whether each is held and overlaps another one that is; NULL: none is,
                           * or nobody told */
  const guint8 *barred;  /* not 0 for each that overlaps another one though their bodies do not: a
                          * pad or body lies in a keepout, or on copper, of the other; for one that
                          * is held only if both are; NULL: none, or nobody told */

  BwTracks tracks;     /* what a save does to the copper that is laid; REFUSE, before anybody was
                        * asked: nothing */

  /* Sampled: of the layout at that iteration, which is this frame's where it is final. */
  BwRoutability routability;
  guint32 routability_iteration;

  /* Set only where a subscriber asked for forces. */
  const BwFrameForce *forces;
  guint32 n_forces;
} BwFrame;

/* Copies what the fields of `values` point to. */
BwFrame *bw_frame_new   (const BwFrame *values);
BwFrame *bw_frame_ref   (BwFrame       *frame);
void     bw_frame_unref (BwFrame       *frame);

/* What the placer says of its layout. What values point to is then the placer's own, until the
 * next call that is not const. */
void     bw_frame_measure (BwFrame  *values,
                           BwPlacer *placer);

/* The largest distance of a part's anchors in two frames of one board, mm. */
double   bw_frame_max_move_mm (const BwFrame *frame,
                               const BwFrame *previous);

/* No overlap with a movable part and none outside. Parts that are held may clash all the same. */
gboolean bw_frame_is_legal (const BwFrame *frame);

/* How many parts are held and overlap another one that is, and the names of the first of them in
 * one line. */
char    *bw_frame_dup_clashing (const BwFrame *frame,
                                const BwBoard *board,
                                guint         *n_out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwFrame, bw_frame_unref)

G_END_DECLS
