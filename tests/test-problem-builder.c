/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bw-test-board.h"
#include "session/bw-problem-builder.h"

static void
parts_are_the_boards_footprints (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (5, FALSE);
  g_autoptr (BwBoardProblem) built = bw_board_problem_new (board, NULL);
  const BwProblem *problem = bw_board_problem_get (built);

  g_assert_cmpuint (problem->n_parts, ==, 6);
  g_assert_cmpuint (problem->n_nets, ==, board->n_nets);
  g_assert_cmpuint (problem->n_regions, ==, 1);
  for (guint i = 0; i < problem->n_parts; i++)
    {
      const BwProblemPart *part = &problem->parts[i];

      g_assert_true (bw_pose_equal (&part->start, &board->footprints[i].pose));
      g_assert_cmpint (part->fixed, ==, board->footprints[i].locked);
      g_assert_cmpuint (part->n_terminals, ==, board->footprints[i].n_pads);
      g_assert_cmpuint (part->n_body[BW_SIDE_FRONT], ==, 1);
      g_assert_cmpuint (part->n_body[BW_SIDE_BACK], ==, 0);
    }
}

static void
a_start_overrides_the_files_poses (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (2, FALSE);
  g_autofree BwPose *start = bw_board_dup_poses (board);
  g_autoptr (BwBoardProblem) built = NULL;
  const BwProblem *problem;

  start[1].rotation_cdeg = 4500;
  built = bw_board_problem_new (board, &(BwProblemOptions) { .start = start });
  problem = bw_board_problem_get (built);
  g_assert_cmpint (problem->parts[1].start.rotation_cdeg, ==, 4500);
  g_assert_cmpint (problem->parts[1].rotations_cdeg[3], ==, 4500 + 27000);
  g_assert_cmpint (problem->parts[2].rotations_cdeg[1], ==, 9000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/problem-builder/parts-are-the-boards-footprints",
                   parts_are_the_boards_footprints);
  g_test_add_func ("/problem-builder/a-start-overrides-the-files-poses",
                   a_start_overrides_the_files_poses);
  return g_test_run ();
}
