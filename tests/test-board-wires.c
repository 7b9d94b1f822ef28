/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bw-test-board.h"
#include "board/bw-board-reader.h"

static void
the_wires_of_a_net_count_for_each_of_its_parts_once (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (8, FALSE);
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  g_autofree double *net_mm = g_new (double, board->n_nets);
  g_autofree double *part_mm = g_new (double, board->n_footprints);
  gint32 r2 = bw_board_find (board, "R2"), r3 = bw_board_find (board, "R3");
  double sum_mm = 0;

  /* R1 … R8 lie on one heap, each joined to the next by 1 mm; 4 mm more to R3 from both sides. */
  poses[r3].at.y_nm += 4000000;
  bw_board_measure_wires (board, poses, net_mm, part_mm);
  for (guint32 i = 0; i < board->n_nets; i++)
    sum_mm += net_mm[i];
  g_assert_cmpfloat_with_epsilon (sum_mm, bw_board_hpwl_mm (board, poses), 1e-6);
  g_assert_cmpfloat_with_epsilon (part_mm[r3], 2 * 5.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (part_mm[r2], 1.0 + 5.0, 1e-6);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-wires/the-wires-of-a-net-count-for-each-of-its-parts-once",
                   the_wires_of_a_net_count_for_each_of_its_parts_once);
  return g_test_run ();
}
