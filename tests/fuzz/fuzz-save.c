/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A board that can be read can be saved at any poses, and is read back at those. The first
 * bytes of the input choose the poses. */

#include "bw-fuzz.h"

#include "base/bw-hash.h"
#include "base/bw-random.h"
#include "board/bw-board-reader.h"
#include "board/bw-board-writer.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "f", NULL);
  g_autoptr (GBytes) same = NULL;
  g_autoptr (GBytes) saved = NULL;
  g_autoptr (BwBoard) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree BwPose *poses = NULL;
  BwRandom random = bw_random_new (bw_hash_bytes (BW_HASH_INIT, data, size));

  if (board == NULL)
    return 0;
  poses = bw_board_dup_poses (board);
  same = bw_board_splice_poses (board, poses);
  if (!g_bytes_equal (same, bytes))
    fuzz_fail ("a save without a change changed something");

  for (guint32 i = 0; i < board->n_footprints; i++)
    poses[i] = (BwPose) {
      { (gint32) bw_random_below (&random, 1000000000), (gint32) bw_random_below (&random, 9) },
      (gint32) bw_random_below (&random, BW_FULL_TURN_CDEG), (BwSide) bw_random_below (&random, 2),
    };
  saved = bw_board_splice_poses (board, poses);
  again = bw_board_new_from_bytes (saved, "saved", &error);
  if (again == NULL || again->n_footprints != board->n_footprints)
    fuzz_fail ("what was saved cannot be read: %s", error != NULL ? error->message : "parts");
  for (guint32 i = 0; i < board->n_footprints; i++)
    if (again->footprints[i].pose.at.x_nm != poses[i].at.x_nm ||
        again->footprints[i].pose.at.y_nm != poses[i].at.y_nm ||
        again->footprints[i].pose.rotation_cdeg != poses[i].rotation_cdeg)
      fuzz_fail ("a pose was not saved");
  return 0;
}
