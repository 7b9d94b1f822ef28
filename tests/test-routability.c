/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "board/bw-board-reader.h"
#include "session/bw-routability.h"

/* A board with square pads of 1 mm at the given places, each a part, on the given nets. */
typedef struct
{
  double x_mm;
  double y_mm;
  guint net;
} Pad;

static BwBoard *
board_of (const Pad *pads,
          guint      n_pads,
          gboolean   outline)
{
  GString *text = g_string_new ("(kicad_pcb (version 20241229) (generator \"test\")"
                                "(layers (0 \"F.Cu\" signal) (2 \"B.Cu\" signal)"
                                " (25 \"Edge.Cuts\" user))(net 0 \"\")(net 1 \"A\")(net 2 \"B\")"
                                "(net 3 \"C\")(net 4 \"GND\")");
  static const char *const names[] = { "", "A", "B", "C", "GND" };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  BwBoard *board;

  if (outline)
    g_string_append (text, "(gr_rect (start 0 0) (end 40 40) (layer \"Edge.Cuts\"))");
  for (guint i = 0; i < n_pads; i++)
    g_string_append_printf (text, "(footprint \"t:P\" (layer \"F.Cu\") (at %g %g)"
                            "(property \"Reference\" \"P%u\" (at 0 0) (layer \"F.SilkS\"))"
                            "(pad \"1\" smd rect (at 0 0) (size 1 1) (layers \"F.Cu\")"
                            " (net %u \"%s\")))", pads[i].x_mm, pads[i].y_mm, i, pads[i].net,
                            names[pads[i].net]);
  g_string_append (text, ")");
  bytes = g_string_free_to_bytes (text);
  board = bw_board_new_from_bytes (bytes, "test.kicad_pcb", &error);
  g_assert_no_error (error);
  return board;
}

static BwRoutability
measure_on (const Pad *pads,
            guint      n_pads,
            gboolean   outline)
{
  g_autoptr (BwBoard) board = board_of (pads, n_pads, outline);
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  BwRoutability result;

  bw_routability_measure (board, poses, &result);
  return result;
}

static BwRoutability
measure (const Pad *pads,
         guint      n_pads)
{
  return measure_on (pads, n_pads, TRUE);
}

static void
trees_that_cross_are_counted_once (void)
{
  const Pad crossed[] = { { 10, 10, 1 }, { 30, 30, 1 }, { 10, 30, 2 }, { 30, 10, 2 } };
  const Pad parallel[] = { { 10, 10, 1 }, { 30, 10, 1 }, { 10, 30, 2 }, { 30, 30, 2 } };
  const Pad supply[] = { { 10, 10, 1 }, { 30, 30, 1 }, { 10, 30, 4 }, { 30, 10, 4 } };
  const Pad same_net[] = { { 10, 10, 1 }, { 30, 30, 1 }, { 10, 30, 1 }, { 30, 10, 1 } };

  g_assert_cmpuint (measure (crossed, 4).crossings, ==, 1);
  g_assert_cmpuint (measure (parallel, 4).crossings, ==, 0);
  g_assert_cmpuint (measure (supply, 4).crossings, ==, 0);
  g_assert_cmpuint (measure (same_net, 4).crossings, ==, 0);
}

static void
a_tree_is_the_shortest (void)
{
  const Pad pads[] = { { 10, 10, 1 }, { 30, 10, 1 }, { 20, 10, 1 }, { 20, 15, 1 } };

  g_assert_cmpfloat_with_epsilon (measure (pads, 4).tree_mm, 25.0, 1e-9);
}

static void
a_pad_walled_in_is_unroutable (void)
{
  Pad pads[] = {
    { 20, 20, 1 }, { 35, 35, 1 }, { 21.3, 20, 2 }, { 18.7, 20, 3 },
    { 20, 21.3, 2 }, { 20, 18.7, 3 },
  };

  g_assert_cmpuint (measure (pads, 6).unroutable_pins, ==, 1);
  pads[2].x_mm = 22.0;
  g_assert_cmpuint (measure (pads, 6).unroutable_pins, ==, 0);
  pads[2].x_mm = 21.3;
  pads[2].net = 1;
  g_assert_cmpuint (measure (pads, 6).unroutable_pins, ==, 0);
}

static void
congestion_grows_with_what_goes_one_way (void)
{
  Pad pads[6];
  double spread, narrow;

  for (guint i = 0; i < 3; i++)
    {
      pads[2 * i] = (Pad) { 5, 5 + 12 * i, 1 + i };
      pads[2 * i + 1] = (Pad) { 35, 5 + 12 * i, 1 + i };
    }
  spread = measure (pads, 6).congestion;
  for (guint i = 0; i < 6; i++)
    pads[i].y_mm = 20.2 + 0.01 * pads[i].y_mm;
  narrow = measure (pads, 6).congestion;
  g_assert_cmpfloat (spread, >, 0.0);
  g_assert_cmpfloat (narrow, >, spread);
}

/* A and C from corner to corner in one place, and B across them; all pads of A and C in pairs. */
static void
what_lies_in_one_place_counts_as_often_as_it_is_there (void)
{
  const Pad pads[] = { { 10, 10, 1 }, { 30, 30, 1 }, { 10, 10, 3 }, { 30, 30, 3 },
                       { 10, 30, 2 }, { 30, 10, 2 }, { 10, 10, 4 } };

  g_assert_cmpuint (measure (pads, 6).crossings, ==, 2);
  g_assert_cmpuint (measure (pads, 7).crossings, ==, 2);
}

static void
without_an_outline_the_room_is_all_that_has_copper (void)
{
  const Pad pads[] = { { 0.5, 0.5, 1 }, { 39.5, 0.5, 1 }, { 0.5, 39.5, 2 }, { 39.5, 39.5, 2 } };

  g_assert_cmpfloat_with_epsilon (measure_on (pads, 4, FALSE).congestion,
                                  measure_on (pads, 4, TRUE).congestion, 1e-9);
  g_assert_cmpfloat (measure_on (pads, 4, FALSE).congestion, >, 0.0);
}

static void
a_board_without_parts_is_easy (void)
{
  BwRoutability result = measure (NULL, 0);

  g_assert_cmpuint (result.crossings + result.unroutable_pins, ==, 0);
  g_assert_cmpfloat (result.congestion, ==, 0.0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/routability/trees-that-cross-are-counted-once",
                   trees_that_cross_are_counted_once);
  g_test_add_func ("/routability/a-tree-is-the-shortest", a_tree_is_the_shortest);
  g_test_add_func ("/routability/a-pad-walled-in-is-unroutable", a_pad_walled_in_is_unroutable);
  g_test_add_func ("/routability/congestion-grows-with-what-goes-one-way",
                   congestion_grows_with_what_goes_one_way);
  g_test_add_func ("/routability/what-lies-in-one-place-counts-as-often-as-it-is-there",
                   what_lies_in_one_place_counts_as_often_as_it_is_there);
  g_test_add_func ("/routability/without-an-outline-the-room-is-all-that-has-copper",
                   without_an_outline_the_room_is_all_that_has_copper);
  g_test_add_func ("/routability/a-board-without-parts-is-easy", a_board_without_parts_is_easy);
  return g_test_run ();
}
