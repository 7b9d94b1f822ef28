/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes become a board whose parts fit together, or a message. */

#include "bw-fuzz.h"

#include "board/bw-board-reader.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "f", &error);
  g_autofree BwPose *poses = NULL;
  guint32 n_pins = 0, n_connected = 0;

  if (board == NULL)
    {
      if (error == NULL || !g_str_has_prefix (error->message, "f:"))
        fuzz_fail ("refused without a word");
      return 0;
    }
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      if (bw_board_find (board, board->footprints[i].key) != (gint32) i)
        fuzz_fail ("a key that is not unique");
      for (guint32 k = 0; k < board->footprints[i].n_pads; k++)
        n_connected += board->footprints[i].pads[k].net >= 0;
    }
  for (guint32 i = 0; i < board->n_nets; i++)
    n_pins += board->nets[i].n_pins;
  if (n_pins != n_connected)
    fuzz_fail ("pins that are not pads");
  poses = bw_board_dup_poses (board);
  bw_board_hpwl_mm (board, poses);
  return 0;
}
