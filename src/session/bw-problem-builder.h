/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a board to the placer's problem: the only place that turns one's terms into the other's. */

#pragma once

#include "board/bw-board.h"
#include "placer/bw-problem.h"

G_BEGIN_DECLS

/* A problem with all that it points to; part i is footprint i of the board. Immutable once
 * built. */
typedef struct _BwBoardProblem BwBoardProblem;

/* `start`: n_footprints poses to begin from; NULL: the file's. `held[i]` (nullable): footprint i
 * stays where it is, as those do that the board holds. Keeps a reference to `board`. */
BwBoardProblem   *bw_board_problem_new  (BwBoard              *board,
                                         const BwPose         *start,
                                         const gboolean       *held);
void              bw_board_problem_free (BwBoardProblem       *self);
const BwProblem  *bw_board_problem_get  (const BwBoardProblem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwBoardProblem, bw_board_problem_free)

G_END_DECLS
