/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "base/bw-polygon.h"
#include "placer/bw-placer.h"

#define MM(value) ((int32_t) ((value) * 1000000))
#define N_PARTS 9

static const int32_t turns[] = { 0, 9000, 18000, 27000 };

static const BwPoint board_corners[] = {
  { 0, 0 }, { MM (20), 0 }, { MM (20), MM (14) }, { 0, MM (14) }
};
static const BwRing board_ring = { board_corners, G_N_ELEMENTS (board_corners) };

static const BwPoint small_corners[] = {
  { MM (-1), MM (-0.5) }, { MM (1), MM (-0.5) }, { MM (1), MM (0.5) }, { MM (-1), MM (0.5) }
};
static const BwRing small_ring = { small_corners, G_N_ELEMENTS (small_corners) };

/* An antenna's: beside the body, and so long that it never is on the board as a whole. */
static const BwPoint antenna_corners[] = {
  { MM (1), MM (-2.5) }, { MM (4), MM (-1) }, { MM (4), MM (1) }, { MM (1), MM (2.5) },
  { MM (-22), MM (2.5) }, { MM (-22), MM (-2.5) }
};
static const BwRing antenna_ring = { antenna_corners, G_N_ELEMENTS (antenna_corners) };

typedef struct
{
  BwProblem problem;
  BwProblemPart parts[N_PARTS];
  BwTerminal terminal;
  BwProblemNet net;
  BwProblemRegion region;
} Fixture;

/* Small parts that all want to be where the first one is, which has a keepout on its front. */
static void
fixture_init (Fixture *self,
              BwSide   side,
              bool     is_fixed)
{
  *self = (Fixture) { .net.weight = 1.0, .region.ring = board_ring };
  for (uint32_t i = 0; i < N_PARTS; i++)
    {
      BwProblemPart *part = &self->parts[i];

      part->body[BW_SIDE_FRONT] = &small_ring;
      part->n_body[BW_SIDE_FRONT] = 1;
      part->terminals = &self->terminal;
      part->n_terminals = 1;
      part->rotations_cdeg = turns;
      part->n_rotations = G_N_ELEMENTS (turns);
      part->start.at = (BwPoint) { MM (2) + MM (2) * (int32_t) i, MM (7) };
      part->group = part->like = -1;
    }
  self->parts[0].keepout[BW_SIDE_FRONT] = &antenna_ring;
  self->parts[0].n_keepout[BW_SIDE_FRONT] = 1;
  self->parts[0].start.side = side;
  self->parts[0].fixed = is_fixed;
  self->problem = (BwProblem) {
    .parts = self->parts, .n_parts = N_PARTS, .nets = &self->net, .n_nets = 1,
    .regions = &self->region, .n_regions = 1, .gap_nm = MM (0.2), .edge_margin_nm = MM (0.5),
  };
}

static BwRing
placed (const BwRing *ring,
        const BwPose *pose,
        BwPoint      *points)
{
  BwTransform transform = bw_pose_transform (pose);

  for (uint32_t i = 0; i < ring->n_points; i++)
    points[i] = bw_transform_point (&transform, ring->points[i]);
  return (BwRing) { points, ring->n_points };
}

/* Of the small parts, by the polygons themselves. */
static guint
count_in_keepout (const BwPose *poses)
{
  BwPoint points[G_N_ELEMENTS (antenna_corners)], others[G_N_ELEMENTS (small_corners)];
  BwRing keepout = placed (&antenna_ring, &poses[0], points);
  guint n_in = 0;

  for (uint32_t i = 1; i < N_PARTS; i++)
    {
      BwRing body = placed (&small_ring, &poses[i], others);

      n_in += bw_rings_overlap (&keepout, &body);
    }
  return n_in;
}

static void
a_parts_own_keepout_bars_others (gconstpointer data)
{
  bool is_fixed = GPOINTER_TO_INT (data);

  for (int side = 0; side < BW_N_SIDES; side++)
    {
      Fixture fixture;
      BwPlacerOptions options = bw_placer_options_default ();
      BwPlacerMetrics metrics;
      BwPlacer *placer;
      guint n_before;

      fixture_init (&fixture, (BwSide) side, is_fixed);
      options.iterations = 200;
      placer = bw_placer_new (&fixture.problem, &options);
      n_before = count_in_keepout (bw_placer_poses (placer));
      bw_placer_metrics (placer, &metrics);
      g_assert_cmpuint (n_before, >, 0);
      g_assert_cmpuint (metrics.overlaps, ==, side == BW_SIDE_FRONT ? n_before : 0);
      while (bw_placer_step (placer))
        ;
      bw_placer_metrics (placer, &metrics);
      g_assert_cmpuint (metrics.overlaps, ==, 0);
      g_assert_cmpuint (metrics.outside, ==, 0);
      if (side == BW_SIDE_FRONT)
        g_assert_cmpuint (count_in_keepout (bw_placer_poses (placer)), ==, 0);
      else
        g_assert_cmpuint (count_in_keepout (bw_placer_poses (placer)), >, 0);
      bw_placer_free (placer);
    }
}

/* Two antennas may share the air in front of them. */
static void
keepouts_do_not_bar_keepouts (void)
{
  Fixture fixture;
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacerMetrics metrics;
  BwPlacer *placer;

  fixture_init (&fixture, BW_SIDE_FRONT, true);
  fixture.parts[1] = fixture.parts[0];
  fixture.parts[0].start.at = (BwPoint) { MM (6), MM (4) };
  fixture.parts[1].start.at = (BwPoint) { MM (6), MM (8) };
  fixture.problem.n_parts = 2;
  placer = bw_placer_new (&fixture.problem, &options);
  bw_placer_metrics (placer, &metrics);
  g_assert_cmpuint (metrics.locked_conflicts, ==, 0);
  bw_placer_free (placer);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/placer-keepouts/bar-others-when-movable", GINT_TO_POINTER (false),
                        a_parts_own_keepout_bars_others);
  g_test_add_data_func ("/placer-keepouts/bar-others-when-held", GINT_TO_POINTER (true),
                        a_parts_own_keepout_bars_others);
  g_test_add_func ("/placer-keepouts/do-not-bar-keepouts", keepouts_do_not_bar_keepouts);
  return g_test_run ();
}
