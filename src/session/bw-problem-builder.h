/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a board to the placer's problem: the only place that turns one's terms into the other's. */

#pragma once

#include "board/bw-board.h"
#include "placer/bw-problem.h"
#include "session/bw-constraints.h"
#include "session/bw-weights.h"

G_BEGIN_DECLS

/* How a board is to be placed. All of it may be 0 or NULL. */
typedef struct
{
  const BwPose *start;              /* n_footprints poses to begin from; NULL: the file's */
  const gboolean *held;             /* footprint i stays where it is, as those do that are held
                                       anyway */
  const guint8 *by_hand;            /* BwLock of each footprint: counts before all but `held` and
                                       locks in the board */
  const gboolean *only;             /* NULL: all; else footprint i stays unless this is set */
  BwConstraints *constraints;
  double stay;                      /* mm of wire that a mm from the start costs; 0: nothing */
  const BwWeights *weights;         /* NULL: no term but those of the rules */
  const double *net_weights;        /* see bw-net-weights.h; NULL: as the constraints tell them */
  gboolean as_is;                   /* to measure the start, not to place: rules do not turn or flip
                                       what does not keep them */
} BwProblemOptions;

/* A problem with all that it points to; part i is footprint i of the board. One more part, held and
 * without a body, may follow. Immutable once built, but for its weights. */
typedef struct _BwBoardProblem BwBoardProblem;

/* Keeps a reference to `board`. `options` may be NULL. */
BwBoardProblem   *bw_board_problem_new  (BwBoard                *board,
                                         const BwProblemOptions *options);
void              bw_board_problem_free (BwBoardProblem         *self);
const BwProblem  *bw_board_problem_get  (const BwBoardProblem   *self);

/* Weighs anew what it was built with; `net_weights` as above. A placer of it is then told with
 * bw_placer_reweigh(). FALSE where it was built without weights. */
gboolean          bw_board_problem_weigh (BwBoardProblem        *self,
                                          const BwWeights       *weights,
                                          const double          *net_weights);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwBoardProblem, bw_board_problem_free)

G_END_DECLS
