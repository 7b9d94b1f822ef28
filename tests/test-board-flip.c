/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What turning a footprint changes in what is rare in one, as KiCad 9 does it. */

#include <string.h>

#include "board/bw-board-reader.h"
#include "board/bw-board-writer.h"

#define BOX "(fp_text_box \"t\" (start 0 0) (end 5 3) (angle 12) (layer %s)" \
            " (effects (font (size 1 1)) (justify left top%s)))"

/* A board of one footprint that holds `inner`, saved with the footprint at `pose`. */
static char *
saved_with (const char *inner,
            BwPose      pose)
{
  g_autofree char *text = g_strdup_printf (
    "(kicad_pcb (version 20241229) (generator \"pcbnew\")\n"
    "  (layers (0 \"F.Cu\" signal) (4 \"In1.Cu\" signal) (6 \"In2.Cu\" signal)"
    " (2 \"B.Cu\" signal))\n"
    "  (footprint \"a:b\" (layer \"F.Cu\") (at 10 10)\n    %s))\n", inner);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "test.kicad_pcb", &error);
  g_autoptr (GBytes) saved = NULL;

  g_assert_no_error (error);
  saved = bw_board_splice_poses (board, &pose);
  return g_strndup (g_bytes_get_data (saved, NULL), g_bytes_get_size (saved));
}

static void
assert_becomes (const char *inner,
                gboolean    turned,
                gboolean    flipped,
                const char *expected)
{
  BwPose pose = { { 10000000, 10000000 }, turned ? 9000 : 0,
                  flipped ? BW_SIDE_BACK : BW_SIDE_FRONT };
  g_autofree char *text = saved_with (inner, pose);

  if (strstr (text, expected) == NULL)
    g_error ("%s is not in %s", expected, text);
}

static void
a_text_box_turns_with_its_footprint (void)
{
  g_autofree char *plain = g_strdup_printf (BOX, "\"F.SilkS\"", "");
  g_autofree char *inner = g_strdup_printf (BOX, "\"In1.Cu\"", " mirror");

  assert_becomes (plain, TRUE, FALSE, plain);
  for (guint turned = 0; turned < 2; turned++)
    {
      assert_becomes (plain, turned, TRUE, "(start 0 0) (end 5 -3) (angle -12) (layer \"B.SilkS\")"
                      " (effects (font (size 1 1)) (justify left top mirror)))");
      assert_becomes (inner, turned, TRUE, "(angle -12) (layer \"In1.Cu\")"
                      " (effects (font (size 1 1)) (justify left top)))");
    }
}

static void
what_is_on_inner_copper_stays_there (void)
{
  const char *const square = "(polygon (pts (xy 9 9) (xy 11 9) (xy 11 11)))";
  g_autofree char *zone = g_strconcat ("(zone (net 0) (layers \"F.Cu\" \"In1.Cu\") ", square, ")",
                                       NULL);

  assert_becomes ("(fp_line (start 0 1) (end 2 3) (layer \"In2.Cu\"))", FALSE, TRUE,
                  "(start 0 -1) (end 2 -3) (layer \"In2.Cu\")");
  assert_becomes (zone, FALSE, TRUE, "(layers \"B.Cu\" \"In1.Cu\")");
  assert_becomes ("(fp_text user \"t\" (at 0 0) (layer \"In1.Cu\") (effects (font (size 1 1))))",
                  FALSE, TRUE, "(layer \"In1.Cu\") (effects (font (size 1 1)) (justify mirror))");
}

static void
a_stack_of_pads_is_turned_over_as_a_whole (void)
{
  assert_becomes ("(pad \"1\" thru_hole circle (at 0 0) (size 2 2) (drill 1) (layers \"*.Cu\")"
                  " (padstack (mode custom) (layer \"In1.Cu\" (shape rect) (size 1 1))))",
                  FALSE, TRUE, "(layer \"In2.Cu\" (shape rect)");
}

static void
an_image_stays_on_its_layer (void)
{
  assert_becomes ("(image (at 10 10) (layer \"F.SilkS\") (data \"\"))", FALSE, TRUE,
                  "(layer \"F.SilkS\") (data");
}

static void
what_a_flip_leaves_as_it_is_is_told (void)
{
  static const char text[] =
    "(kicad_pcb (version 20241229)\n"
    "  (layers (0 \"F.Cu\" signal) (2 \"B.Cu\" signal))\n"
    "  (footprint \"a:b\" (layer \"F.Cu\") (at 10 10)\n"
    "    (image (at 10 10) (layer \"F.SilkS\") (data \"\"))\n"
    "    (table (column_count 1) (layer \"F.SilkS\") (cells))))\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "test.kicad_pcb", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length ((char **) board->notes), ==, 2);
  g_assert_nonnull (strstr (board->notes[0], "test.kicad_pcb:4: "));
  g_assert_nonnull (strstr (board->notes[1], "test.kicad_pcb:5: "));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-flip/a-text-box-turns-with-its-footprint",
                   a_text_box_turns_with_its_footprint);
  g_test_add_func ("/board-flip/what-is-on-inner-copper-stays-there",
                   what_is_on_inner_copper_stays_there);
  g_test_add_func ("/board-flip/a-stack-of-pads-is-turned-over-as-a-whole",
                   a_stack_of_pads_is_turned_over_as_a_whole);
  g_test_add_func ("/board-flip/an-image-stays-on-its-layer", an_image_stays_on_its_layer);
  g_test_add_func ("/board-flip/what-a-flip-leaves-as-it-is-is-told",
                   what_a_flip_leaves_as_it_is_is_told);
  return g_test_run ();
}
