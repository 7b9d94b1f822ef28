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

/* Two rows of pins along both sides of a board of 20 x 30 mm; `more` in the footprint. */
static BwBoard *
board_between_pins (const char *more,
                    guint       n_parts)
{
  g_autoptr (GString) text = g_string_new ("(kicad_pcb (version 20241229) (net 1 A) (net 2 B)"
                                           " (gr_rect (start 0 0) (end 20 30) (layer Edge.Cuts))"
                                           " (footprint pins (layer F.Cu) (at 10 15 180)"
                                           " (property Reference U1)");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  BwBoard *board;

  for (int row = -1; row <= 1; row += 2)
    for (int i = -5; i <= 5; i++)
      g_string_append_printf (text, " (pad %d thru_hole rect (at %d %g) (size 1.6 1.6) (drill 1)"
                              " (layers *.Cu) (net 1 A))", i, 8 * row, 2.54 * i);
  g_string_append_printf (text, "%s)", more);
  for (guint i = 0; i < n_parts; i++)
    g_string_append_printf (text, " (footprint r (layer F.Cu) (at 10 %u) (property Reference R%u)"
                            " (pad 1 smd rect (at 0 0) (size 1 1) (layers F.Cu) (net 2 B)))",
                            4 + i * 5, i + 1);
  g_string_append_c (text, ')');
  bytes = g_bytes_new (text->str, text->len);
  board = bw_board_new_from_bytes (bytes, "test.kicad_pcb", &error);
  g_assert_no_error (error);
  return board;
}

static void
the_pins_of_a_board_that_is_a_module_bar_no_part_from_it (void)
{
#define COURTYARD " (fp_rect (start -9 -14) (end 9 14) (layer F.CrtYd))"
  g_autoptr (BwBoard) carrier = board_between_pins ("", 3);
  g_autoptr (BwBoard) locked = board_between_pins ("(locked yes)", 3);
  g_autoptr (BwBoard) few = board_between_pins ("", 2);
  g_autoptr (BwBoard) told = board_between_pins (COURTYARD, 3);
  BwBox pin = bw_ring_box (&carrier->footprints[0].body[BW_SIDE_FRONT][0]);

  g_assert_cmpint (carrier->footprints[0].hold, ==, BW_HOLD_CARRIER);
  g_assert_cmpuint (carrier->footprints[0].n_body[BW_SIDE_FRONT], ==, 22);
  g_assert_cmpint (pin.x1_nm - pin.x0_nm, ==, 2100000);
  g_assert_cmpint (carrier->footprints[1].hold, ==, BW_HOLD_NONE);
  g_assert_cmpint (locked->footprints[0].hold, ==, BW_HOLD_LOCKED);
  g_assert_cmpuint (locked->footprints[0].n_body[BW_SIDE_FRONT], ==, 22);

  g_assert_cmpint (few->footprints[0].hold, ==, BW_HOLD_NONE);
  g_assert_cmpuint (few->footprints[0].n_body[BW_SIDE_FRONT], ==, 1);
  g_assert_cmpint (told->footprints[0].hold, ==, BW_HOLD_NONE);
  g_assert_cmpuint (told->footprints[0].n_body[BW_SIDE_FRONT], ==, 1);
#undef COURTYARD
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
  g_test_add_func ("/board-holds/the-pins-of-a-board-that-is-a-module-bar-no-part-from-it",
                   the_pins_of_a_board_that_is_a_module_bar_no_part_from_it);
  return g_test_run ();
}
