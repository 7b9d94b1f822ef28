/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-problem-builder.h"
#include "session/bw-session.h"

BwFrame *
bw_session_measure (BwBoard       *board,
                    BwConstraints *constraints)
{
  g_autofree BwPose *poses = bw_board_dup_poses (board);

  return bw_session_measure_poses (board, constraints, poses);
}

BwFrame *
bw_session_measure_poses (BwBoard       *board,
                          BwConstraints *constraints,
                          BwPose        *poses)
{
  g_autoptr (BwBoardProblem) problem =
    bw_board_problem_new (board, &(BwProblemOptions) { .start = poses, .as_is = TRUE,
                                                       .constraints = constraints });
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacer *placer = bw_placer_new (bw_board_problem_get (problem), &options);
  g_autofree guint8 *held = g_malloc (board->n_footprints + 1);
  BwFrame frame = {
    .phase = BW_PHASE_INITIAL,
    .n_footprints = board->n_footprints,
    .held = held,
  };
  BwFrame *measured;

  bw_routability_measure (board, poses, &frame.routability);
  for (guint i = 0; i < board->n_footprints; i++)
    held[i] = (guint8) bw_constraints_holds (constraints, board, i);
  bw_frame_measure (&frame, placer);
  measured = bw_frame_new (&frame);
  bw_placer_free (placer);
  return measured;
}
