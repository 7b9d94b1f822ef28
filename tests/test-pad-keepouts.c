/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where pads of other parts may not lie, as it is read from a board. */

#include "board-fixtures.h"

static void
assert_keepout (const BwPadKeepout *keepout,
                gint32              footprint,
                gint32              net,
                guint               sides,
                BwBox               box)
{
  BwBox ring = bw_ring_box (&keepout->ring);

  g_assert_cmpint (keepout->footprint, ==, footprint);
  g_assert_cmpint (keepout->net, ==, net);
  g_assert_cmpuint (keepout->sides, ==, sides);
  g_assert_cmpint (ABS (ring.x0_nm - box.x0_nm), <, 10000);
  g_assert_cmpint (ABS (ring.y0_nm - box.y0_nm), <, 10000);
  g_assert_cmpint (ABS (ring.x1_nm - box.x1_nm), <, 10000);
  g_assert_cmpint (ABS (ring.y1_nm - box.y1_nm), <, 10000);
}

static BwBox
box_mm (double x0,
        double y0,
        double x1,
        double y1)
{
  return (BwBox) { bw_nm_from_mm (x0), bw_nm_from_mm (y0), bw_nm_from_mm (x1), bw_nm_from_mm (y1) };
}

#define FRONT (1u << BW_SIDE_FRONT)
#define BACK (1u << BW_SIDE_BACK)

static void
copper_that_is_no_pad_bars_pads (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(footprint logo (layer B.Cu) (at 5 5)"
                   " (fp_poly (pts (xy 0 0) (xy 2 0) (xy 2 1)) (layer B.Cu) (width 0.01))"
                   " (fp_line (start 0 0) (end 4 0) (layer F.Cu) (width 1))"
                   " (fp_line (start 0 0) (end 4 0) (layer F.SilkS) (width 1)))\n"
                   "(gr_poly (pts (xy 0 0) (xy 3 0) (xy 3 3)) (layer F.Cu) (width 0) (net 2))\n"
                   "(gr_rect (start 0 0) (end 3 2) (layer In1.Cu) (width 0) (fill solid))\n"
                   "(gr_text \"AAAAA\" (at 10 10) (layer B.Cu) (effects (font (size 2 1))"
                   " (justify left top mirror)))\n"
                   "(gr_text \"AAAAA\" (at 10 10) (layer B.SilkS))\n");

  g_assert_cmpuint (board->n_pad_keepouts, ==, 5);
  assert_keepout (&board->pad_keepouts[0], 0, -1, FRONT, box_mm (0, -1, 2, 0));
  assert_keepout (&board->pad_keepouts[1], 0, -1, BACK, box_mm (-0.5, -0.5, 4.5, 0.5));
  assert_keepout (&board->pad_keepouts[2], -1, 1, FRONT, box_mm (0, 0, 3, 3));
  assert_keepout (&board->pad_keepouts[3], -1, -1, 0, box_mm (0, 0, 3, 2));
  assert_keepout (&board->pad_keepouts[4], -1, -1, BACK, box_mm (5.5, 10, 10, 12));
}

static void
rule_areas_that_bar_pads_do_where_they_lie (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(footprint antenna (layer B.Cu) (at 10 10 90)"
                   " (zone (layers B.Cu) (hatch edge 1) (keepout (pads not_allowed))"
                   " (polygon (pts (xy 9 6) (xy 11 6) (xy 11 8)"
                   " (xy 9 8)))))\n"
                   "(zone (layers F.Cu B.Cu) (hatch edge 1) (keepout (pads not_allowed)"
                   " (footprints allowed)) (polygon (pts (xy 0 0) (xy 4 0) (xy 4 4))))\n"
                   "(zone (layer F.Cu) (hatch edge 1) (keepout (vias not_allowed) (pads allowed))"
                   " (polygon (pts (xy 0 0) (xy 4 0) (xy 4 4))))\n");

  g_assert_cmpuint (board->n_keepouts, ==, 0);
  g_assert_cmpuint (board->n_pad_keepouts, ==, 2);
  assert_keepout (&board->pad_keepouts[0], 0, -1, FRONT, box_mm (2, -1, 4, 1));
  assert_keepout (&board->pad_keepouts[1], -1, -1, FRONT | BACK, box_mm (0, 0, 4, 4));
}

/* Fingers of a plug: there is no body over those of the back. */
static void
pads_away_from_their_body_bar_others (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(footprint plug (layer F.Cu) (at 5 5)"
                   " (fp_rect (start -2 -2) (end 2 2) (layer F.CrtYd))"
                   " (pad 1 connect rect (at 0 0) (size 1 2) (layers F.Cu) (net 1 A))"
                   " (pad 2 connect rect (at 0 0) (size 1 2) (layers B.Cu) (net 2 B))"
                   " (pad 3 thru_hole circle (at 1.5 0) (size 1 1) (drill 0.5) (layers *.Cu)))\n");

  g_assert_cmpuint (board->n_pad_keepouts, ==, 1);
  assert_keepout (&board->pad_keepouts[0], 0, 1, BACK, box_mm (-0.5, -1, 0.5, 1));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pad-keepouts/copper-that-is-no-pad-bars-pads",
                   copper_that_is_no_pad_bars_pads);
  g_test_add_func ("/pad-keepouts/rule-areas-that-bar-pads-do-where-they-lie",
                   rule_areas_that_bar_pads_do_where_they_lie);
  g_test_add_func ("/pad-keepouts/pads-away-from-their-body-bar-others",
                   pads_away_from_their_body_bar_others);
  return g_test_run ();
}
