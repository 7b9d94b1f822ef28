/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the run's files share: bw-run.c iterates and publishes, -commands obeys. */

#pragma once

#include "session/bw-budget.h"
#include "session/bw-crew.h"
#include "session/bw-force-buffer.h"
#include "session/bw-run.h"

G_BEGIN_DECLS

struct _BwRun
{
  gatomicrefcount ref_count;
  gint cancelled; /* atomic */

  GMutex mutex;
  GCond ended;
  gboolean busy;  /* a stretch was begun and has not ended; guarded by mutex */
  gboolean single;

  BwBoard *board;
  BwHub *hub;
  guint32 epoch;
  BwPose *start;
  gboolean *only;          /* NULL: all */
  BwConstraints *constraints;
  BwHand *hand;
  double *net_weights;     /* see bw-net-weights.h */
  guint8 *held;
  BwPlacerMode mode;
  BwRunOptions options;
  BwWeights weights_set;   /* by commands */

  BwBoardProblem *problem; /* NULL until the first stretch, like the placer */
  BwPlacer *placer;
  BwCrew *crew;            /* at rest between stretches */
  BwForceBuffer forces;
  BwBudget clock;
  guint32 budget;

  BwPhase phase;
  gint64 next_frame_us;
  BwRoutability routability;
  guint32 routability_iteration;
  gint64 next_sample_us;
  double sample_s;         /* what the last one took */
  BwCommand pending;
};

/* The state as it is now. `values_out` (nullable): it without what a frame owns. */
void     bw_run_publish (BwRun        *self,
                         gboolean      final,
                         BwFrame      *values_out);

/* bw-run-commands.c: obeys what waits in the queue; TRUE where that ends the stretch. */
gboolean bw_run_obey    (BwRun        *self,
                         BwStretchEnd *end_out);

G_END_DECLS
