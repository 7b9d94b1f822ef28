/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-pose-scatter.h"

#include <string.h>

#include "bw-test-board.h"

static void
test_scatter (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (600, FALSE);
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  g_autofree BwPose *same = bw_board_dup_poses (board);
  g_autofree BwPose *other = bw_board_dup_poses (board);
  guint n_back = 0, n_quarters = 0, n_differ = 0;

  bw_pose_scatter (board, 3, 1.0 / 3.0, poses);
  bw_pose_scatter (board, 3, 1.0 / 3.0, same);
  bw_pose_scatter (board, 4, 1.0 / 3.0, other);
  g_assert_true (bw_pose_equal (&poses[0], &board->footprints[0].pose));
  for (guint i = 1; i < board->n_footprints; i++)
    {
      g_assert_true (bw_pose_equal (&poses[i], &same[i]));
      g_assert_cmpint (poses[i].at.x_nm, >=, 0);
      g_assert_cmpint (poses[i].at.x_nm, <=, 40000000);
      g_assert_cmpint (poses[i].at.y_nm, >=, 0);
      g_assert_cmpint (poses[i].at.y_nm, <=, 30000000);
      n_back += poses[i].side == BW_SIDE_BACK;
      n_quarters += poses[i].rotation_cdeg % 9000 == 0;
      n_differ += !bw_pose_equal (&poses[i], &other[i]);
    }
  g_assert_cmpuint (n_back, >, 150);
  g_assert_cmpuint (n_back, <, 250);
  g_assert_cmpuint (n_quarters, >, 250);
  g_assert_cmpuint (n_quarters, <, 350);
  g_assert_cmpuint (n_differ, ==, 600);
}

static void
test_no_outline (void)
{
  const char *text = "(kicad_pcb (version 20241229)\n"
    "(footprint \"a\" (layer \"F.Cu\") (at 1 2) (property \"Reference\" \"R1\")))\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "t", NULL);
  g_autofree BwPose *poses = bw_board_dup_poses (board);

  bw_pose_scatter (board, 1, 1.0, poses);
  g_assert_cmpint (poses[0].side, ==, BW_SIDE_BACK);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pose-scatter/parts that are not locked lie anywhere on the board",
                   test_scatter);
  g_test_add_func ("/pose-scatter/a board of one point has room for it", test_no_outline);
  return g_test_run ();
}
