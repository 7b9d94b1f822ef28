/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board-fixtures.h"

#include <math.h>

/* The only pad of a footprint at `at`, which names its side too. */
static BwBoard *
board_with_pad (const char *place,
                const char *pad)
{
  g_autofree char *lines =
    g_strdup_printf ("(footprint a %s (fp_text reference \"U1\" (at 0 0))\n(pad %s))", place, pad);

  return good_board_of (lines);
}

static double
area_mm2 (const BwRing *ring)
{
  double area = 0.0;

  for (guint32 i = 0, j = ring->n_points - 1; i < ring->n_points; j = i++)
    area += (double) ring->points[j].x_nm * ring->points[i].y_nm -
            (double) ring->points[i].x_nm * ring->points[j].y_nm;
  return fabs (area) / 2e12;
}

static void
assert_pad (const char *place,
            const char *text,
            double      area,
            double      x0_mm,
            double      y0_mm,
            double      x1_mm,
            double      y1_mm)
{
  g_autoptr (BwBoard) board = board_with_pad (place, text);
  const BwPad *pad = &board->footprints[0].pads[0];

  g_assert_cmpfloat_with_epsilon (area_mm2 (&pad->outline), area, 0.02 * area);
  assert_box (bw_ring_box (&pad->outline), x0_mm, y0_mm, x1_mm, y1_mm);
}

#define FRONT "(layer F.Cu) (at 50 50)"
#define TURNED "(layer F.Cu) (at 50 50 90)"
#define BACK "(layer B.Cu) (at 50 50)"

static void
each_shape_has_its_area_and_extent (void)
{
  assert_pad (FRONT, "1 smd rect (at 1 2) (size 2 1) (layers F.Cu)", 2.0, 0.0, 1.5, 2.0, 2.5);
  assert_pad (FRONT, "1 smd circle (at 1 2) (size 2 9) (layers F.Cu)", G_PI, 0.0, 1.0, 2.0, 3.0);
  assert_pad (FRONT, "1 smd oval (at 1 2) (size 4 2) (layers F.Cu)", 4.0 + G_PI,
              -1.0, 1.0, 3.0, 3.0);
  assert_pad (FRONT, "1 smd roundrect (at 0 0) (size 4 2) (layers F.Cu) (roundrect_rratio 0.25)",
              8.0 - (4.0 - G_PI) * 0.25, -2.0, -1.0, 2.0, 1.0);
  assert_pad (FRONT, "1 smd roundrect (at 0 0) (size 4 2) (layers F.Cu) (roundrect_rratio 0)"
              " (chamfer_ratio 0.5) (chamfer top_left bottom_right)", 7.0, -2.0, -1.0, 2.0, 1.0);
  assert_pad (FRONT, "1 smd trapezoid (at 0 0) (size 2 2) (layers F.Cu) (rect_delta 1 0)", 4.0,
              -1.0, -1.5, 1.0, 1.5);
  assert_pad (FRONT, "1 smd rect (at 0 0) (size -2 1) (layers F.Cu)", 2.0, -1.0, -0.5, 1.0, 0.5);
}

static void
angles_are_absolute_and_offsets_turn_with_the_pad (void)
{
  assert_pad (TURNED, "1 smd rect (at 1 2 90) (size 2 1) (layers F.Cu)", 2.0, 0.0, 1.5, 2.0, 2.5);
  assert_pad (TURNED, "1 smd rect (at 1 2) (size 2 1) (layers F.Cu)", 2.0, 0.5, 1.0, 1.5, 3.0);
  assert_pad (FRONT, "1 thru_hole rect (at 0 0 90) (size 2 1) (drill 0.5 (offset 1 0))"
              " (layers *.Cu)", 2.0, -0.5, -2.0, 0.5, 0.0);
  assert_pad (FRONT, "1 smd rect (at 0 0 45) (size 1 1) (layers F.Cu)", 1.0,
              -G_SQRT2 / 2.0, -G_SQRT2 / 2.0, G_SQRT2 / 2.0, G_SQRT2 / 2.0);
}

static void
on_the_back_y_is_mirrored (void)
{
  assert_pad (BACK, "1 smd rect (at 1 2) (size 2 1) (layers B.Cu)", 2.0, 0.0, -2.5, 2.0, -1.5);
  assert_pad (BACK, "1 smd trapezoid (at 0 0) (size 2 2) (layers B.Cu) (rect_delta 0 1)", 4.0,
              -1.5, -1.0, 1.5, 1.0);
}

static void
custom_pads_cover_their_anchor_and_primitives (void)
{
  /* One polygon around the anchor is taken as it is, dents and all. */
  assert_pad (FRONT, "1 smd custom (at 0 0) (size 0.2 0.2) (layers F.Cu)"
              " (options (clearance outline) (anchor circle)) (primitives (gr_poly (pts"
              " (xy -1 -1) (xy 1 -1) (xy 1 1) (xy 0 0.5) (xy -1 1)) (width 0)))",
              3.5, -1.0, -1.0, 1.0, 1.0);
  /* Beside the anchor, or thick: the hull of all. */
  assert_pad (FRONT, "1 smd custom (at 0 0) (size 1 1) (layers F.Cu)"
              " (options (clearance outline) (anchor rect)) (primitives"
              " (gr_line (start 0 0) (end 3 0) (width 1)))",
              3.5 + G_PI / 8.0, -0.5, -0.5, 3.5, 0.5);
}

/* Two strokes in a V, on a part at (10, 20) that lies turned on the back: none of the hull between
 * them is copper. */
static void
a_custom_pad_knows_its_strokes_and_areas (void)
{
  g_autoptr (BwBoard) board = good_board_of (
    "(layers (0 \"F.Cu\" signal) (31 \"B.Cu\" signal))\n"
    "(footprint a (layer \"B.Cu\") (at 10 20 30)\n"
    "(pad 1 smd custom (at 5 0 120) (size 0.4 0.4) (layers \"B.Cu\")\n"
    " (options (clearance outline) (anchor rect)) (primitives\n"
    " (gr_line (start 0 0) (end 2 0) (width 0.2)) (gr_line (start 0 0) (end 0 2) (width 0.1))\n"
    " (gr_circle (center 3 3) (end 4 3) (width 0)))))");
  const BwPad *pad = &board->footprints[0].pads[0];

  g_assert_cmpuint (pad->n_copper, ==, 4);
  g_assert_cmpuint (pad->copper[0].n_points, ==, 2);
  g_assert_cmpint (pad->copper[0].width_nm, ==, 200000);
  g_assert_false (pad->copper[0].closed);
  g_assert_cmpuint (pad->copper[0].side, ==, BW_SIDE_FRONT);
  /* The pad is turned by 90 degrees against its part: x goes up, which is down from the front. */
  g_assert_cmpint (pad->copper[0].points[1].x_nm, ==, 5000000);
  g_assert_cmpint (pad->copper[0].points[1].y_nm, ==, 2000000);
  g_assert_cmpint (pad->copper[1].points[1].x_nm, ==, 7000000);
  g_assert_cmpint (pad->copper[1].points[1].y_nm, ==, 0);
  g_assert_true (pad->copper[2].filled);
  /* The anchor. */
  g_assert_true (pad->copper[3].filled && pad->copper[3].closed);
  g_assert_cmpint (pad->copper[3].width_nm, ==, 0);
  assert_box (bw_ring_box (&(BwRing) { pad->copper[3].points, pad->copper[3].n_points }),
              4.8, -0.2, 5.2, 0.2);
}

static void
a_custom_pad_without_primitives_is_its_anchor (void)
{
  assert_pad (FRONT, "1 smd custom (at 1 2) (size 2 2) (layers F.Cu) (options (anchor rect))"
              " (primitives)", 4.0, 0.0, 1.0, 2.0, 3.0);
  assert_pad (FRONT, "1 smd custom (at 1 2) (size 2 2) (layers F.Cu)"
              " (primitives (gr_poly (pts)))", G_PI, 0.0, 1.0, 2.0, 3.0);
}

/* On a part at (10, 20) that lies turned on the back. */
static void
a_slot_has_a_way_to_its_ends (void)
{
  static const struct { const char *drill; gint32 x_nm; gint32 y_nm; } cases[] = {
    { "1", 0, 0 }, { "oval 1", 0, 0 }, { "oval 1 1", 0, 0 }, { "oval 3 1", 0, 1000000 },
    { "oval 1 3", 1000000, 0 }, { "oval 1 2 (offset 5 5)", 500000, 0 }, { "oval -1 3", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "(layers (0 \"F.Cu\" signal) (31 \"B.Cu\" signal))\n"
        "(footprint a (layer \"B.Cu\") (at 10 20 30)\n"
        "(pad 1 thru_hole oval (at 5 0 120) (size 4 4) (drill %s) (layers *.Cu)))",
        cases[i].drill);
      g_autoptr (BwBoard) board = good_board_of (text);
      BwPoint slot = board->footprints[0].pads[0].slot;

      /* The pad is turned by 90 degrees against its part; from the front, its x goes down. */
      g_assert_cmpint (slot.x_nm, ==, cases[i].x_nm);
      g_assert_cmpint (slot.y_nm, ==, cases[i].y_nm);
    }
}

static void
holes_are_told_from_copper (void)
{
  static const struct
  {
    const char *text;
    gint32 drill_nm;
    guint sides;
    gboolean plated;
  } cases[] = {
    { "1 thru_hole circle (at 0 0) (size 2 2) (drill 1) (layers *.Cu *.Mask)", 1000000, 3, TRUE },
    { "1 thru_hole oval (at 0 0) (size 2 3) (drill oval 1.5 0.8) (layers *.Cu)", 800000, 3, TRUE },
    { "\"\" np_thru_hole circle (at 0 0) (size 2 2) (drill 2) (layers *.Cu)", 2000000, 0, FALSE },
    { "\"\" np_thru_hole circle (at 0 0) (size 3 3) (drill 2) (layers F.Cu)", 2000000, 1, FALSE },
    { "\"\" np_thru_hole oval (at 0 0) (size 2 3) (drill oval 2 3) (layers *.Cu)", 2000000, 0,
      FALSE },
    { "\"\" np_thru_hole oval (at 0 0) (size 3 3) (drill oval 2 3) (layers F.Cu)", 2000000, 1,
      FALSE },
    { "1 smd rect (at 0 0) (size 1 1) (layers F.Paste)", 0, 0, FALSE },
    { "1 connect rect (at 0 0) (size 1 1) (layers B.Cu B.Mask)", 0, 2, FALSE },
    { "1 smd rect (at 0 0) (size 1 1) (drill (offset 1 0)) (layers F&B.Cu)", 0, 3, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BwBoard) board = board_with_pad (FRONT, cases[i].text);
      const BwPad *pad = &board->footprints[0].pads[0];

      g_assert_cmpint (pad->drill_nm, ==, cases[i].drill_nm);
      g_assert_cmpuint (pad->sides, ==, cases[i].sides);
      g_assert_cmpint (pad->plated, ==, cases[i].plated);
      g_assert_cmpint (board->footprints[0].through_hole, ==, cases[i].drill_nm > 0);
    }
}

static void
a_file_of_huge_circles_takes_memory_in_proportion (void)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (BwBoard) board = NULL;
  gsize n_points = 0;

  for (int i = 0; i < 20000; i++)
    g_string_append (lines, "(gr_circle (center 0 0) (end 1999 0))\n");
  board = good_board_of (lines->str);
  for (guint32 i = 0; i < board->n_graphics; i++)
    n_points += board->graphics[i].n_points;
  g_assert_cmpuint (board->n_graphics, ==, 20000);
  g_assert_cmpuint (n_points, <, 4 * lines->len + 2000000);
}

static void
a_part_of_huge_pads_takes_memory_in_proportion (void)
{
  g_autoptr (GString) lines = g_string_new ("(footprint a (layer F.Cu) (at 0 0)\n");
  g_autoptr (BwBoard) board = NULL;
  gsize n_points = 0;

  for (int i = 0; i < 10000; i++)
    g_string_append (lines, "(pad 1 smd oval (at 0 0) (size 1999 1998) (layers F.Cu))\n");
  g_string_append (lines, ")");
  board = good_board_of (lines->str);
  for (guint32 i = 0; i < board->footprints[0].n_pads; i++)
    n_points += board->footprints[0].pads[i].outline.n_points;
  g_assert_cmpuint (board->footprints[0].n_pads, ==, 10000);
  g_assert_cmpuint (n_points, <, 4 * lines->len + 2000000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-pads/each-shape-has-its-area-and-extent",
                   each_shape_has_its_area_and_extent);
  g_test_add_func ("/board-pads/angles-are-absolute-and-offsets-turn-with-the-pad",
                   angles_are_absolute_and_offsets_turn_with_the_pad);
  g_test_add_func ("/board-pads/on-the-back-y-is-mirrored", on_the_back_y_is_mirrored);
  g_test_add_func ("/board-pads/custom-pads-cover-their-anchor-and-primitives",
                   custom_pads_cover_their_anchor_and_primitives);
  g_test_add_func ("/board-pads/a-custom-pad-knows-its-strokes-and-areas",
                   a_custom_pad_knows_its_strokes_and_areas);
  g_test_add_func ("/board-pads/a-custom-pad-without-primitives-is-its-anchor",
                   a_custom_pad_without_primitives_is_its_anchor);
  g_test_add_func ("/board-pads/a-slot-has-a-way-to-its-ends", a_slot_has_a_way_to_its_ends);
  g_test_add_func ("/board-pads/holes-are-told-from-copper", holes_are_told_from_copper);
  g_test_add_func ("/board-pads/a-file-of-huge-circles-takes-memory-in-proportion",
                   a_file_of_huge_circles_takes_memory_in_proportion);
  g_test_add_func ("/board-pads/a-part-of-huge-pads-takes-memory-in-proportion",
                   a_part_of_huge_pads_takes_memory_in_proportion);
  return g_test_run ();
}
