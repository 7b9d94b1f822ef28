/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saves a board with every footprint at a random pose, for a judge to compare with what KiCad
 * itself makes of those poses.
 *
 * usage: pose-scatter BOARD OUT [SEED [SHARE]]   SHARE of 0 to 1 changes sides; 0 unless given */

#include <stdlib.h>

#include "base/bw-random.h"
#include "board/bw-board-reader.h"
#include "board/bw-board-writer.h"

static void
scatter (BwPose   *pose,
         BwRandom *random,
         double    share)
{
  /* Half of the turns are by quarters, as people do; the others by anything. */
  gboolean quarters = bw_random_below (random, 2) == 0;

  pose->at.x_nm = 10000000 + (gint32) bw_random_below (random, 250000000);
  pose->at.y_nm = 10000000 + (gint32) bw_random_below (random, 170000000);
  pose->rotation_cdeg = quarters ? (gint32) bw_random_below (random, 4) * 9000
                                 : (gint32) bw_random_below (random, BW_FULL_TURN_CDEG);
  if (bw_random_double (random) < share)
    pose->side = pose->side == BW_SIDE_BACK ? BW_SIDE_FRONT : BW_SIDE_BACK;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GFile) in = NULL;
  g_autoptr (GFile) out = NULL;
  g_autofree BwPose *poses = NULL;
  BwRandom random = bw_random_new (argc > 3 ? strtoull (argv[3], NULL, 10) : 1);
  double share = argc > 4 ? g_ascii_strtod (argv[4], NULL) : 0.0;

  if (argc < 3)
    {
      g_printerr ("usage: %s BOARD OUT [SEED [SHARE]]\n", argv[0]);
      return 2;
    }
  in = g_file_new_for_commandline_arg (argv[1]);
  out = g_file_new_for_commandline_arg (argv[2]);
  board = bw_board_load (in, NULL, &error);
  if (board != NULL)
    {
      poses = bw_board_dup_poses (board);
      for (guint32 i = 0; i < board->n_footprints; i++)
        scatter (&poses[i], &random, share);
      bytes = bw_board_splice_poses (board, poses);
      if (bw_board_write (out, bytes, NULL, NULL, &error))
        return 0;
    }
  g_printerr ("%s\n", error->message);
  return 1;
}
