/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the optimizer leaves alone unless told otherwise. */

#include <string.h>

#include "board/bw-board-reader.h"

#define PAD(number, x, net) \
  "(pad \"" number "\" thru_hole circle (at " x " 0) (size 5 5) (drill 2.7)" \
  " (layers \"*.Cu\") (net " net ") )"

/* A board of one footprint. */
static BwHold
hold_of (const char *library_id,
         const char *reference,
         const char *inner)
{
  g_autofree char *text = g_strdup_printf (
    "(kicad_pcb (version 20241229) (generator \"pcbnew\")\n"
    "  (layers (0 \"F.Cu\" signal) (2 \"B.Cu\" signal) (25 \"Edge.Cuts\" user))\n"
    "  (net 0 \"\") (net 1 \"GND\") (net 2 \"VBUS\")\n"
    "  (footprint \"%s\" (layer \"F.Cu\") (at 10 10)\n"
    "    (property \"Reference\" \"%s\" (at 0 0) (layer \"F.SilkS\"))\n"
    "    %s))\n", library_id, reference, inner);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "test.kicad_pcb", &error);

  g_assert_no_error (error);
  return (BwHold) board->footprints[0].hold;
}

static void
mounting_holes_stay_also_on_a_net (void)
{
  const char *grounded = PAD ("1", "0", "1 \"GND\"");
  const char *with_vias = PAD ("1", "0", "1 \"GND\"") PAD ("1", "1", "1 \"GND\"");
  const char *header = PAD ("1", "0", "1 \"GND\"") PAD ("2", "5", "2 \"VBUS\"");

  g_assert_cmpint (hold_of ("MountingHole:MountingHole_3.2mm_M3_Pad", "X1", grounded), ==,
                   BW_HOLD_MOUNTING_HOLE);
  g_assert_cmpint (hold_of ("mine:M3", "H4", with_vias), ==, BW_HOLD_MOUNTING_HOLE);
  g_assert_cmpint (hold_of ("mine:M3", "mh1", grounded), ==, BW_HOLD_MOUNTING_HOLE);
  g_assert_cmpint (hold_of ("mine:MountingHole", "H1", ""), ==, BW_HOLD_NO_NETS);

  /* Some number headers like holes. */
  g_assert_cmpint (hold_of ("mine:Header_2", "H1", header), ==, BW_HOLD_NONE);
  g_assert_cmpint (hold_of ("mine:M3", "HS1", grounded), ==, BW_HOLD_NONE);
  g_assert_cmpint (hold_of ("mine:M3", "", grounded), ==, BW_HOLD_NONE);
  g_assert_cmpint (hold_of ("TestPoint:TestPoint_Pad", "TP1", grounded), ==, BW_HOLD_NONE);
}

static void
a_lock_is_the_first_reason_told (void)
{
  const char *extra = "(attr smd board_only)" PAD ("1", "0", "1 \"GND\"");

  g_assert_cmpint (hold_of ("mine:MountingHole", "H1", "(locked yes)"), ==, BW_HOLD_LOCKED);
  g_assert_cmpint (hold_of ("mine:R", "R1", extra), ==, BW_HOLD_BOARD_ONLY);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-holds/mounting-holes-stay-also-on-a-net",
                   mounting_holes_stay_also_on_a_net);
  g_test_add_func ("/board-holds/a-lock-is-the-first-reason-told",
                   a_lock_is_the_first_reason_told);
  return g_test_run ();
}
