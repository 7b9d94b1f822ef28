/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One thing in all the words that versions of KiCad have for it, and words that no version has. */

#include <math.h>

#include "base/bw-polygon.h"
#include "board-fixtures.h"

static gboolean
is_locked (const char *head)
{
  g_autofree char *lines = g_strdup_printf ("(footprint a %s)\n", head);
  g_autoptr (BwBoard) board = good_board_of (lines);

  g_assert_cmpuint (board->n_footprints, ==, 1);
  g_assert_cmpint (board->footprints[0].pose.at.x_nm, ==, 7000000);
  return board->footprints[0].locked;
}

static void
locked_is_read_in_all_its_spellings (void)
{
  static const char *const locked[] = {
    "locked (layer F.Cu) (at 7 0)", "locked placed (layer F.Cu) (at 7 0)",
    "placed locked (layer F.Cu) (at 7 0)", "(layer F.Cu) (locked) (at 7 0)",
    "(locked yes) (layer F.Cu) (at 7 0)", "(layer F.Cu) (at 7 0) (locked true)",
  };
  static const char *const free[] = {
    "(layer F.Cu) (at 7 0)", "placed (layer F.Cu) (at 7 0)", "(locked no) (layer F.Cu) (at 7 0)",
    "(layer F.Cu) (at 7 0) (fp_text user locked (at 0 0))",
    "(layer F.Cu) (at 7 0) (pad 1 smd rect locked (at 0 0) (size 1 1) (layers F.Cu))",
    "(layer F.Cu) (at 7 0) (property \"locked\" \"yes\")",
  };

  for (guint i = 0; i < G_N_ELEMENTS (locked); i++)
    g_assert_true (is_locked (locked[i]));
  for (guint i = 0; i < G_N_ELEMENTS (free); i++)
    g_assert_false (is_locked (free[i]));
}

static double
outline_area_mm2 (const char *lines)
{
  g_autoptr (BwBoard) board = good_board_of (lines);

  g_assert_null (board->notes[0]);
  g_assert_cmpuint (board->n_outlines, ==, 1);
  g_assert_false (board->outlines[0].hole);
  return fabs (bw_ring_area_twice_nm2 (&board->outlines[0].ring)) / 2e12;
}

/* Half a disc of 10 mm under a line, by each item that can be its bow. */
static void
every_item_of_an_edge_makes_an_outline (void)
{
  const double half = G_PI * 50.0;

#define LINE "(gr_line (start -10 0) (end 10 0) (layer Edge.Cuts))\n"
  g_assert_cmpfloat_with_epsilon (
    outline_area_mm2 (LINE "(gr_arc (start 0 0) (end 10 0) (angle 180) (layer Edge.Cuts))"),
    half, 0.2);
  g_assert_cmpfloat_with_epsilon (
    outline_area_mm2 (LINE "(gr_arc (start 10 0) (mid 0 10) (end -10 0) (layer Edge.Cuts))"),
    half, 0.2);
  g_assert_cmpfloat_with_epsilon (
    outline_area_mm2 (LINE "(gr_curve (pts (xy 10 0) (xy 10 10) (xy -10 10) (xy -10 0))"
                      " (layer Edge.Cuts))"), 120.0, 0.2);
  g_assert_cmpfloat_with_epsilon (
    outline_area_mm2 ("(gr_circle (center 3 4) (end 13 4) (layer Edge.Cuts))"), 2.0 * half, 0.4);
  g_assert_cmpfloat_with_epsilon (
    outline_area_mm2 ("(gr_rect (start 9 8) (end 1 2) (layer Edge.Cuts))"), 48.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (
    outline_area_mm2 ("(gr_poly (pts (xy 0 0) (xy 6 0) (xy 6 4)) (layer Edge.Cuts))"),
    12.0, 1e-6);
  /* In a footprint on the back too, joined to the board's own. */
  g_assert_cmpfloat_with_epsilon (
    outline_area_mm2 (LINE "(layers (0 F.Cu signal) (31 B.Cu signal))"
                      "(footprint a (layer B.Cu) (at 0 0 90) (fp_arc (start 0 -10) (mid -10 0)"
                      " (end 0 10) (layer Edge.Cuts)))"), half, 0.2);
#undef LINE
}

static void
layers_beyond_counting_are_no_harm (void)
{
  g_autoptr (GString) lines = g_string_new ("(layers (0 \"F.Cu\" signal)");
  g_autoptr (BwBoard) board = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < 1000000; i++)
    g_string_append_printf (lines, "(%u \"L%u\" user)", i, i);
  g_string_append (lines, ")\n(footprint a (layer \"F.Cu\") (at 0 0)"
                          " (pad 1 smd rect (at 0 0) (size 1 1) (layers \"F.Cu\" \"L999999\")))");
  board = board_of (lines->str, &error);
  if (board == NULL)
    g_assert_nonnull (strstr (error->message, "t.kicad_pcb:2: "));
  else
    g_assert_cmpuint (board->footprints[0].pads[0].sides, ==, 1);
}

static void
words_beyond_length_are_told_by_line (void)
{
  g_autofree char *digits = g_strnfill (100000, '9');
  g_autofree char *word = g_strnfill (3000000, 'w');
  g_autofree char *number = g_strdup_printf ("(footprint a (layer F.Cu) (at %s 0))", digits);
  g_autofree char *name = g_strdup_printf ("(footprint %s (layer F.Cu) (at 0 0))", word);
  g_autofree char *unknown = g_strdup_printf ("(%s 1)", word);
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) none = board_of (number, &error);
  g_autoptr (BwBoard) named = good_board_of (name);
  g_autoptr (BwBoard) odd = good_board_of (unknown);

  g_assert_null (none);
  g_assert_nonnull (strstr (error->message, "t.kicad_pcb:2: "));
  g_assert_cmpuint (strlen (error->message), <, 1000);
  g_assert_cmpuint (strlen (named->footprints[0].library_id), ==, 3000000);
  g_assert_nonnull (odd->notes[0]);
  g_assert_cmpuint (strlen (odd->notes[0]), <, 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-spellings/locked-is-read-in-all-its-spellings",
                   locked_is_read_in_all_its_spellings);
  g_test_add_func ("/board-spellings/every-item-of-an-edge-makes-an-outline",
                   every_item_of_an_edge_makes_an_outline);
  g_test_add_func ("/board-spellings/layers-beyond-counting-are-no-harm",
                   layers_beyond_counting_are_no_harm);
  g_test_add_func ("/board-spellings/words-beyond-length-are-told-by-line",
                   words_beyond_length_are_told_by_line);
  return g_test_run ();
}
