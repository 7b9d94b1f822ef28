/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-board-diff.h"

#include <string.h>

#include "board/bw-board-reader.h"

static BwBoard *
read_board (const char *footprints)
{
  g_autofree char *text = g_strdup_printf ("(kicad_pcb (version 20241229)\n%s)\n", footprints);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BwBoard *board = bw_board_new_from_bytes (bytes, "t", &error);

  g_assert_no_error (error);
  return board;
}

#define PART(reference, layer, at) \
  "(footprint \"a\" (layer \"" layer "\") (at " at ") (property \"Reference\" \"" reference "\"))\n"

static void
test_same (void)
{
  g_autoptr (BwBoard) a = read_board (PART ("R1", "F.Cu", "1 2 90") PART ("R2", "F.Cu", "3 4"));
  g_autoptr (BwBoard) b = read_board (PART ("R2", "F.Cu", "3 4 360")
                                      PART ("R1", "F.Cu", "1 2 -270"));
  g_autoptr (GArray) changes = bw_board_diff (a, b);

  g_assert_cmpuint (changes->len, ==, 0);
}

static void
test_kinds (void)
{
  g_autoptr (BwBoard) a = read_board (PART ("R1", "F.Cu", "1 2") PART ("R2", "F.Cu", "3 4 350")
                                      PART ("R3", "F.Cu", "5 6 30") PART ("R4", "B.Cu", "7 8 30")
                                      PART ("R5", "F.Cu", "9 9"));
  g_autoptr (BwBoard) b = read_board (PART ("R9", "F.Cu", "9 9") PART ("R1", "F.Cu", "1.5 2")
                                      PART ("R2", "F.Cu", "3 4 10") PART ("R3", "B.Cu", "5 6 -30")
                                      PART ("R4", "F.Cu", "7.000001 8 -120"));
  g_autoptr (GArray) changes = bw_board_diff (a, b);
  const BwPartChange *change = (const BwPartChange *) (gpointer) changes->data;

  g_assert_cmpuint (changes->len, ==, 6);
  g_assert_cmpstr (change[0].key, ==, "R1");
  g_assert_true (change[0].moved && !change[0].flipped && change[0].turned_cdeg == 0);
  g_assert_cmpstr (change[1].key, ==, "R2");
  g_assert_true (!change[1].moved && !change[1].flipped && change[1].turned_cdeg == 2000);
  g_assert_true (!change[2].moved && change[2].flipped && change[2].turned_cdeg == 0);
  g_assert_true (change[3].moved && change[3].flipped && change[3].turned_cdeg == -9000);
  g_assert_cmpstr (change[4].key, ==, "R5");
  g_assert_true (change[4].after == NULL && change[4].before != NULL && !change[4].moved);
  g_assert_cmpstr (change[5].key, ==, "R9");
  g_assert_true (change[5].before == NULL && change[5].after != NULL && !change[5].moved);
}

static void
test_half_turn (void)
{
  g_autoptr (BwBoard) a = read_board (PART ("R1", "F.Cu", "1 2 180"));
  g_autoptr (BwBoard) b = read_board (PART ("R1", "F.Cu", "1 2"));
  g_autoptr (GArray) changes = bw_board_diff (a, b);

  g_assert_cmpint (g_array_index (changes, BwPartChange, 0).turned_cdeg, ==, 18000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-diff/boards whose parts lie alike do not differ", test_same);
  g_test_add_func ("/board-diff/each kind of change is told from the others", test_kinds);
  g_test_add_func ("/board-diff/half a turn has one sign", test_half_turn);
  return g_test_run ();
}
