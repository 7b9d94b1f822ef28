/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "painter-fixture.h"

#include "render/bw-heat.h"

/* The board of 36 mm is 48 cells wide. */
#define CELL_MM 0.75

static float
share_at (BwHeat *heat,
          double  x_mm,
          double  y_mm)
{
  guint columns, rows;
  const float *shares = bw_heat_get_shares (heat, &columns, &rows);

  g_assert_cmpuint (columns, ==, 48);
  g_assert_cmpuint (rows, ==, 48);
  return shares[(guint) ((y_mm - 2) / CELL_MM) * columns + (guint) ((x_mm - 2) / CELL_MM)];
}

/* What all cells hold together, in square millimetres. */
static double
total_mm2 (BwHeat *heat)
{
  guint columns, rows;
  const float *shares = bw_heat_get_shares (heat, &columns, &rows);
  double total = 0;

  for (guint i = 0; i < columns * rows; i++)
    total += (double) shares[i] * CELL_MM * CELL_MM;
  return total;
}

static void
density_is_the_share_of_a_cell_that_bodies_take_up (Fixture       *f,
                                                    gconstpointer  data)
{
  g_autoptr (BwHeat) heat = bw_heat_new (&f->board);
  g_autofree BwPose *poses = bw_board_dup_poses (&f->board);

  bw_heat_measure (heat, BW_HEAT_DENSITY, poses, NULL);
  g_assert_cmpfloat_with_epsilon (share_at (heat, 8, 8), 1, 1e-4);
  g_assert_cmpfloat_with_epsilon (share_at (heat, 30, 30), 0, 1e-4);
  g_assert_cmpfloat_with_epsilon (total_mm2 (heat), 3 * 24, 0.01);
  poses[1] = poses[0];
  bw_heat_measure (heat, BW_HEAT_DENSITY, poses, NULL);
  g_assert_cmpfloat_with_epsilon (share_at (heat, 8, 8), 2, 1e-4);
  g_assert_cmpfloat_with_epsilon (total_mm2 (heat), 3 * 24, 0.01);
}

static void
a_part_that_is_turned_takes_up_no_more (Fixture       *f,
                                        gconstpointer  data)
{
  g_autoptr (BwHeat) heat = bw_heat_new (&f->board);
  g_autofree BwPose *poses = bw_board_dup_poses (&f->board);

  poses[0] = (BwPose) { { MM (20), MM (20) }, 3000, BW_SIDE_BACK };
  bw_heat_measure (heat, BW_HEAT_DENSITY, poses, NULL);
  g_assert_cmpfloat_with_epsilon (total_mm2 (heat), 3 * 24, 0.01);
}

static void
what_hangs_over_the_edge_counts_for_what_is_on_the_board (Fixture       *f,
                                                          gconstpointer  data)
{
  g_autoptr (BwHeat) heat = bw_heat_new (&f->board);
  g_autofree BwPose *poses = bw_board_dup_poses (&f->board);

  poses[0].at = (BwPoint) { MM (2), MM (20) };
  poses[1].at = (BwPoint) { MM (-100), MM (20) };
  bw_heat_measure (heat, BW_HEAT_DENSITY, poses, NULL);
  g_assert_cmpfloat_with_epsilon (total_mm2 (heat), 24 + 12, 0.01);
}

static void
what_is_hidden_takes_up_nothing (Fixture       *f,
                                 gconstpointer  data)
{
  const guint8 hidden[3] = { 0, 0, 1 };
  g_autoptr (BwHeat) heat = bw_heat_new (&f->board);
  g_autofree BwPose *poses = bw_board_dup_poses (&f->board);

  bw_heat_measure (heat, BW_HEAT_DENSITY, poses, hidden);
  g_assert_cmpfloat_with_epsilon (total_mm2 (heat), 2 * 24, 0.01);
  bw_heat_measure (heat, BW_HEAT_CONGESTION, poses, hidden);
  g_assert_cmpfloat_with_epsilon (total_mm2 (heat), 22 * BW_HEAT_PITCH_MM, 0.02);
}

static void
congestion_is_the_wire_of_signal_nets_spread_over_their_boxes (Fixture       *f,
                                                               gconstpointer  data)
{
  g_autoptr (BwHeat) heat = bw_heat_new (&f->board);
  g_autofree BwPose *poses = bw_board_dup_poses (&f->board);

  /* The pins of the signal lie at the corners of a box of 22 mm; those of the supply count not. */
  bw_heat_measure (heat, BW_HEAT_CONGESTION, poses, NULL);
  g_assert_cmpfloat_with_epsilon (total_mm2 (heat), 44 * BW_HEAT_PITCH_MM, 0.01);
  g_assert_cmpfloat (share_at (heat, 20, 20), >, 0);
  g_assert_cmpfloat_with_epsilon (share_at (heat, 34, 34), 0, 1e-6);
  for (int i = 0; i < 3; i++)
    poses[i].at = (BwPoint) { MM (10 + 5 * i), MM (20) };
  bw_heat_measure (heat, BW_HEAT_CONGESTION, poses, NULL);
  g_assert_cmpfloat_with_epsilon (total_mm2 (heat), 10 * BW_HEAT_PITCH_MM, 0.02);
}

static void
a_board_without_extent_has_no_cells (Fixture       *f,
                                     gconstpointer  data)
{
  g_autofree BwPose *poses = bw_board_dup_poses (&f->board);
  const BwBox boxes[] = { BW_BOX_EMPTY, { MM (3), MM (3), MM (3), MM (9) } };

  for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      g_autoptr (BwHeat) heat = NULL;
      guint columns, rows;

      f->board.box = boxes[i];
      heat = bw_heat_new (&f->board);
      bw_heat_measure (heat, BW_HEAT_DENSITY, poses, NULL);
      bw_heat_get_shares (heat, &columns, &rows);
      g_assert_cmpuint (columns, ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/heat/density-is-the-share-of-a-cell-that-bodies-take-up",
       density_is_the_share_of_a_cell_that_bodies_take_up);
  ADD ("/heat/a-part-that-is-turned-takes-up-no-more", a_part_that_is_turned_takes_up_no_more);
  ADD ("/heat/what-hangs-over-the-edge-counts-for-what-is-on-the-board",
       what_hangs_over_the_edge_counts_for_what_is_on_the_board);
  ADD ("/heat/what-is-hidden-takes-up-nothing", what_is_hidden_takes_up_nothing);
  ADD ("/heat/congestion-is-the-wire-of-signal-nets-spread-over-their-boxes",
       congestion_is_the_wire_of_signal_nets_spread_over_their_boxes);
  ADD ("/heat/a-board-without-extent-has-no-cells", a_board_without_extent_has_no_cells);
  return g_test_run ();
}
