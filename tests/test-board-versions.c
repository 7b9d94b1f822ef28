/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same designs as each version of KiCad writes them. */

#include "board-fixtures.h"

static void
check_the_old_design (const BwBoard *board)
{
  const BwFootprint *r1 = footprint_of (board, "R1#0");
  const BwFootprint *hole = footprint_of (board, "#0");
  const BwFootprint *c1 = footprint_of (board, "C1");

  g_assert_cmpuint (board->n_footprints, ==, 4);
  g_assert_cmpuint (board->n_nets, ==, 2);
  g_assert_cmpstr (board->nets[0].name, ==, "GND");
  g_assert_true (board->nets[0].power);
  g_assert_false (board->nets[1].power);
  g_assert_cmpuint (board->nets[0].n_pins, ==, 2);
  g_assert_cmpuint (board->nets[0].n_tracks, ==, 2);
  g_assert_cmpuint (board->nets[1].n_pins, ==, 3);
  g_assert_cmpfloat_with_epsilon (bw_board_hpwl_mm (board, NULL), 32.3, 1e-6);

  g_assert_cmpstr (r1->reference, ==, "R1");
  g_assert_cmpstr (r1->value, ==, "4k7");
  g_assert_cmpstr (r1->library_id, ==, "Own:R_0805");
  g_assert_cmpint (r1->hold, ==, BW_HOLD_LOCKED);
  g_assert_cmpint (r1->pose.rotation_cdeg, ==, 9000);
  g_assert_true (r1->has_courtyard);
  assert_box (r1->box, -1.7, -1.0, 1.7, 1.0);
  assert_box (bw_ring_box (&r1->pads[0].outline), -1.3, -0.65, -0.6, 0.65);
  g_assert_cmpuint (r1->pads[0].sides, ==, 1u << BW_SIDE_FRONT);
  g_assert_cmpint (bw_board_find (board, "R1#1"), ==, 3);
  g_assert_cmpint (bw_board_find (board, "R1"), ==, -1);

  g_assert_cmpint (hole->hold, ==, BW_HOLD_NO_NETS);
  g_assert_true (hole->through_hole);
  g_assert_cmpuint (hole->pads[0].sides, ==, 0);
  g_assert_cmpint (hole->pads[0].drill_nm, ==, 3000000);
  g_assert_cmpint (hole->module, ==, c1->module);
  g_assert_cmpint (r1->module, ==, -1);

  g_assert_cmpint (c1->pose.side, ==, BW_SIDE_BACK);
  g_assert_cmpint (c1->hold, ==, BW_HOLD_NONE);
  g_assert_false (c1->has_courtyard);
  /* In the front frame the file's y is mirrored; copper is on the part's own front. */
  g_assert_cmpint (c1->pads[0].at.y_nm, ==, -200000);
  g_assert_cmpuint (c1->pads[0].sides, ==, 1u << BW_SIDE_FRONT);
  g_assert_cmpint (c1->label_at.y_nm, ==, -1650000);
  g_assert_cmpuint (c1->n_body[BW_SIDE_BACK], ==, 0);
  assert_box (c1->box, -1.55, -1.1, 1.75, 0.7); /* a trapezoid at one end */

  g_assert_cmpuint (board->n_outlines, ==, 2);
  g_assert_false (board->outlines[0].hole);
  g_assert_true (board->outlines[1].hole);
  g_assert_cmpfloat_with_epsilon (ring_area_mm2 (&board->outlines[0].ring),
                                  40.0 * 30.0 - 25.0 + G_PI * 25.0 / 4.0, 0.05);
  assert_box (board->box, 100.0, 90.0, 140.0, 120.0);
  g_assert_cmpuint (board->n_tracks, ==, 2);
  g_assert_cmpuint (board->tracks[1].sides, ==, 3);
  g_assert_null (board->notes[0]);
}

static void
kicad_4_is_read (void)
{
  g_autoptr (BwBoard) board = fixture_board ("v4.kicad_pcb");

  g_assert_cmpint (board->version, ==, 20160815);
  g_assert_cmpint (board->thickness_nm, ==, 1500000);
  check_the_old_design (board);
  g_assert_cmpint (footprint_of (board, "R1#0")->line, ==, 34);
}

static void
kicad_5_with_renamed_copper_and_crlf_is_read (void)
{
  g_autoptr (BwBoard) board = fixture_board ("v5.kicad_pcb");

  check_the_old_design (board);
}

static void
check_the_middle_design (const BwBoard *board)
{
  const BwFootprint *u1 = footprint_of (board, "U1");
  const BwFootprint *d1 = footprint_of (board, "D1");

  g_assert_cmpstr (board->nets[2].name, ==, "/Power/\"quoted\"");
  g_assert_true (board->nets[1].power);
  g_assert_cmpint (u1->pose.rotation_cdeg, ==, 31500);
  g_assert_cmpstr (board->modules[u1->module].name, ==, "Power");
  g_assert_cmpint (d1->module, ==, -1);
  g_assert_true (u1->has_courtyard);
  /* A box with one side bulged out by an arc that is drawn by three points. */
  assert_box (u1->box, -5.0, -3.0, 2.0, 3.0);
  g_assert_cmpfloat_with_epsilon (ring_area_mm2 (&u1->body[BW_SIDE_FRONT][0]),
                                  24.0 + G_PI * 9.0 / 2.0, 0.03);
  g_assert_cmpuint (u1->pads[2].sides, ==, 3);
  g_assert_cmpint (u1->pads[2].drill_nm, ==, 800000);
  assert_box (bw_ring_box (&u1->pads[2].outline), -0.8, 0.5, 0.8, 2.9);
  g_assert_cmpuint (u1->pads[1].outline.n_points, ==, 5);
  g_assert_cmpuint (u1->n_graphics, ==, 5);

  /* Locked by a locked group around the group it is in. */
  g_assert_true (d1->locked);
  g_assert_cmpint (d1->hold, ==, BW_HOLD_LOCKED);
  assert_box (d1->box, -3.0, -1.0, 3.0, 2.0);
  g_assert_cmpuint (d1->pads[0].outline.n_points, ==, 4);
  assert_box (bw_ring_box (&d1->pads[0].outline), -2.5, -1.0, -1.5, 0.5);

  g_assert_cmpuint (board->n_keepouts, ==, 2);
  g_assert_cmpint (board->keepouts[0].footprint, ==, 0);
  g_assert_cmpuint (board->keepouts[0].sides, ==, 1u << BW_SIDE_FRONT);
  g_assert_cmpint (board->keepouts[1].footprint, ==, -1);
  g_assert_cmpuint (board->keepouts[1].sides, ==, 3);
  g_assert_cmpuint (board->n_outlines, ==, 2);
  g_assert_true (board->outlines[1].hole);
  g_assert_cmpuint (board->tracks[0].sides, ==, 1u << BW_SIDE_BACK);
  g_assert_cmpuint (board->tracks[0].n_points, >, 20);
  g_assert_null (board->notes[0]);
}

static void
kicad_6_is_read (void)
{
  g_autoptr (BwBoard) board = fixture_board ("v6.kicad_pcb");

  check_the_middle_design (board);
}

static void
kicad_7_with_strokes_is_read (void)
{
  g_autoptr (BwBoard) board = fixture_board ("v7.kicad_pcb");

  g_assert_cmpint (board->version, ==, 20221018);
  check_the_middle_design (board);
}

static void
check_the_new_design (const BwBoard *board)
{
  const BwFootprint *ae1 = footprint_of (board, "AE1");
  const BwFootprint *fl1 = footprint_of (board, "FL1");

  g_assert_cmpuint (board->n_nets, ==, 2);
  g_assert_true (ae1->locked);
  g_assert_cmpint (ae1->hold, ==, BW_HOLD_LOCKED);
  g_assert_cmpint (fl1->hold, ==, BW_HOLD_BOARD_ONLY);
  g_assert_cmpstr (board->modules[ae1->module].name, ==, "Radio");
  g_assert_cmpint (fl1->module, ==, -1); /* alone in its atopile module */
  g_assert_cmpuint (fl1->flags, ==, BW_FOOTPRINT_BOARD_ONLY);
  g_assert_cmpint (fl1->pose.side, ==, BW_SIDE_BACK);
  g_assert_cmpuint (fl1->n_body[BW_SIDE_FRONT], ==, 1);
  g_assert_cmpuint (fl1->n_body[BW_SIDE_BACK], ==, 1);
  assert_box (bw_ring_box (&fl1->body[BW_SIDE_FRONT][0]), -1.5, -1.0, 1.5, 1.0);
  assert_box (bw_ring_box (&fl1->body[BW_SIDE_BACK][0]), -0.5, -0.75, 0.5, 0.5);
  g_assert_cmpuint (board->tracks[0].sides, ==, 0);
  g_assert_cmpstr (board->nets[board->tracks[0].net].name, ==, "/Radio/ANT");
  g_assert_cmpfloat_with_epsilon (bw_board_hpwl_mm (board, NULL), 11.0, 1e-6);
  g_assert_cmpuint (board->n_outlines, ==, 1);
  g_assert_null (board->notes[0]);
}

static void
kicad_8_with_the_old_layer_numbers_is_read (void)
{
  g_autoptr (BwBoard) board = fixture_board ("v8.kicad_pcb");

  g_assert_cmpint (board->version, ==, 20240108);
  check_the_new_design (board);
}

static void
kicad_9_is_read (void)
{
  g_autoptr (BwBoard) board = fixture_board ("v9.kicad_pcb");

  check_the_new_design (board);
}

static void
kicad_10_without_net_numbers_is_read (void)
{
  g_autoptr (BwBoard) board = fixture_board ("v10.kicad_pcb");

  g_assert_cmpint (board->version, ==, 20260206);
  g_assert_false (bw_board_is_newer_than_known (board));
  check_the_new_design (board);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-versions/kicad-4-is-read", kicad_4_is_read);
  g_test_add_func ("/board-versions/kicad-5-with-renamed-copper-and-crlf-is-read",
                   kicad_5_with_renamed_copper_and_crlf_is_read);
  g_test_add_func ("/board-versions/kicad-6-is-read", kicad_6_is_read);
  g_test_add_func ("/board-versions/kicad-7-with-strokes-is-read", kicad_7_with_strokes_is_read);
  g_test_add_func ("/board-versions/kicad-8-with-the-old-layer-numbers-is-read",
                   kicad_8_with_the_old_layer_numbers_is_read);
  g_test_add_func ("/board-versions/kicad-9-is-read", kicad_9_is_read);
  g_test_add_func ("/board-versions/kicad-10-without-net-numbers-is-read",
                   kicad_10_without_net_numbers_is_read);
  return g_test_run ();
}
