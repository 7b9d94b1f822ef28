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

/* By the polygons themselves. */
static bool
is_in_keepout (const BwPose *poses,
               uint32_t      part)
{
  BwPoint points[G_N_ELEMENTS (antenna_corners)], others[G_N_ELEMENTS (small_corners)];
  BwRing keepout = placed (&antenna_ring, &poses[0], points);
  BwRing body = placed (&small_ring, &poses[part], others);

  return bw_rings_overlap (&keepout, &body);
}

static guint
count_in_keepout (const BwPose *poses)
{
  guint n_in = 0;

  for (uint32_t i = 1; i < N_PARTS; i++)
    n_in += is_in_keepout (poses, i);
  return n_in;
}

/* What is told of who is in conflict by the keepout, where there are any. */
static void
assert_barred (BwPlacer *placer,
               bool      any,
               bool      with_first)
{
  const BwPose *poses = bw_placer_poses (placer);
  const uint8_t *barred = bw_placer_barred (placer);

  g_assert_cmpint (barred != NULL, ==, any);
  for (uint32_t i = 0; i < N_PARTS && any; i++)
    g_assert_cmpint (barred[i] != 0, ==, i == 0 ? with_first : is_in_keepout (poses, i));
}

static void
what_is_held_in_a_keepout_is_told_as_well (void)
{
  Fixture fixture;
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacerMetrics metrics;
  BwPlacer *placer;

  fixture_init (&fixture, BW_SIDE_FRONT, true);
  for (uint32_t i = 0; i < N_PARTS; i++)
    fixture.parts[i].fixed = true;
  placer = bw_placer_new (&fixture.problem, &options);
  bw_placer_metrics (placer, &metrics);
  g_assert_cmpuint (metrics.locked_conflicts, >, 0);
  assert_barred (placer, true, true);
  bw_placer_free (placer);
}

/* That is to be seen by itself. */
static void
bodies_that_overlap_are_not_told_as_barred (void)
{
  Fixture fixture;
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacerMetrics metrics;
  BwPlacer *placer;

  fixture_init (&fixture, BW_SIDE_FRONT, true);
  for (uint32_t i = 1; i < N_PARTS; i++)
    fixture.parts[i].start = fixture.parts[0].start;
  placer = bw_placer_new (&fixture.problem, &options);
  bw_placer_metrics (placer, &metrics);
  g_assert_cmpuint (metrics.overlaps, >, 0);
  assert_barred (placer, false, false);
  bw_placer_free (placer);
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
      assert_barred (placer, side == BW_SIDE_FRONT, !is_fixed);
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

/* At the right end of each small part; a logo to the left of the board's middle. */
static const BwPoint pad_corners[] = {
  { MM (0.5), MM (-0.4) }, { MM (0.9), MM (-0.4) }, { MM (0.9), MM (0.4) }, { MM (0.5), MM (0.4) }
};
static const BwPoint logo_corners[] = {
  { MM (2), MM (1) }, { MM (10), MM (1) }, { MM (10), MM (13) }, { MM (2), MM (13) },
  { MM (4), MM (7) }
};

typedef struct
{
  Fixture fixture;
  BwProblemPad pad;
  BwProblemPad logo;
} PadFixture;

/* The first part takes no room: it is the logo, or stands for what the board has. */
static void
pad_fixture_init (PadFixture *self,
                  bool        is_boards)
{
  fixture_init (&self->fixture, BW_SIDE_FRONT, true);
  self->pad = (BwProblemPad) { { pad_corners, G_N_ELEMENTS (pad_corners) }, BW_COPPER_FRONT, 1 };
  self->logo = (BwProblemPad) { { logo_corners, G_N_ELEMENTS (logo_corners) }, BW_COPPER_FRONT,
                                -1 };
  for (uint32_t i = 0; i < N_PARTS; i++)
    {
      self->fixture.parts[i].pads = &self->pad;
      self->fixture.parts[i].n_pads = 1;
    }
  self->fixture.parts[0] = (BwProblemPart) {
    .terminals = &self->fixture.terminal, .n_terminals = 1, .fixed = true, .group = -1, .like = -1,
    .start.at = { is_boards ? MM (6) : 0, is_boards ? MM (7) : 0 },
  };
  if (is_boards)
    {
      self->fixture.problem.pad_keepouts = &self->logo;
      self->fixture.problem.n_pad_keepouts = 1;
      return;
    }
  self->fixture.parts[0].pad_keepouts = &self->logo;
  self->fixture.parts[0].n_pad_keepouts = 1;
}

static BwPlacerMetrics
metrics_of (BwPlacer *placer)
{
  BwPlacerMetrics metrics;

  bw_placer_metrics (placer, &metrics);
  return metrics;
}

/* Of the small parts: those whose pad is in the logo, or that are on it at all. */
static guint
count_on_logo (const BwPose *poses,
               const BwRing *what)
{
  const BwRing logo = { logo_corners, G_N_ELEMENTS (logo_corners) };
  BwPoint points[G_N_ELEMENTS (small_corners)];
  guint n = 0;

  for (uint32_t i = 1; i < N_PARTS; i++)
    {
      BwRing ring = placed (what, &poses[i], points);

      n += bw_rings_overlap (&logo, &ring);
    }
  return n;
}

static void
pads_are_kept_out_and_bodies_are_not (gconstpointer data)
{
  bool is_boards = GPOINTER_TO_INT (data);
  PadFixture pads;
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacerMetrics metrics;
  BwPlacer *placer;
  guint n_before;

  pad_fixture_init (&pads, is_boards);
  options.iterations = 200;
  placer = bw_placer_new (&pads.fixture.problem, &options);
  n_before = count_on_logo (bw_placer_poses (placer), &pads.pad.ring);
  metrics = metrics_of (placer);
  g_assert_cmpuint (n_before, >, 0);
  g_assert_cmpuint (is_boards ? metrics.outside : metrics.overlaps, ==, n_before);
  g_assert_cmpuint (is_boards ? metrics.overlaps : metrics.outside, ==, 0);
  while (bw_placer_step (placer))
    ;
  metrics = metrics_of (placer);
  g_assert_cmpuint (metrics.overlaps + metrics.outside, ==, 0);
  g_assert_cmpuint (count_on_logo (bw_placer_poses (placer), &pads.pad.ring), ==, 0);
  if (is_boards)
    g_assert_cmpuint (count_on_logo (bw_placer_poses (placer), &small_ring), >, 0);
  bw_placer_free (placer);
}

/* How many are in the way of the logo at first where both are like this. */
static guint
count_barred (BwSide  side,
              uint8_t pad_layers,
              uint8_t logo_layers,
              int32_t logo_net,
              bool    is_boards)
{
  BwPlacerOptions options = bw_placer_options_default ();
  PadFixture pads;
  BwPlacer *placer;
  BwPlacerMetrics metrics;

  pad_fixture_init (&pads, is_boards);
  pads.pad.layers = pad_layers;
  pads.logo.layers = logo_layers;
  pads.logo.net = logo_net;
  for (uint32_t i = 1; i < N_PARTS; i++)
    pads.fixture.parts[i].start.side = side;
  placer = bw_placer_new (&pads.fixture.problem, &options);
  metrics = metrics_of (placer);
  bw_placer_free (placer);
  return metrics.outside + metrics.overlaps;
}

static void
layers_and_nets_decide_what_bars_pads (void)
{
  const uint8_t all = BW_COPPER_FRONT | BW_COPPER_BACK | BW_COPPER_INNER;

  for (int boards = 0; boards < 2; boards++)
    {
      g_assert_cmpuint (count_barred (BW_SIDE_FRONT, BW_COPPER_FRONT, BW_COPPER_FRONT, -1, boards),
                        >, 0);
      g_assert_cmpuint (count_barred (BW_SIDE_BACK, BW_COPPER_FRONT, BW_COPPER_BACK, -1, boards),
                        >, 0);
      g_assert_cmpuint (count_barred (BW_SIDE_FRONT, all, BW_COPPER_INNER, -1, boards), >, 0);
      g_assert_cmpuint (count_barred (BW_SIDE_BACK, all, BW_COPPER_FRONT, -1, boards), >, 0);
      g_assert_cmpuint (count_barred (BW_SIDE_FRONT, all, BW_COPPER_BACK, 2, boards), >, 0);
      g_assert_cmpuint (count_barred (BW_SIDE_FRONT, all, BW_COPPER_BACK, 1, boards), ==, 0);
      g_assert_cmpuint (count_barred (BW_SIDE_FRONT, BW_COPPER_FRONT, BW_COPPER_BACK, -1, boards),
                        ==, 0);
      g_assert_cmpuint (count_barred (BW_SIDE_FRONT, BW_COPPER_FRONT, BW_COPPER_INNER, -1, boards),
                        ==, 0);
    }
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
  g_test_add_func ("/placer-keepouts/what-is-held-in-one-is-told-as-well",
                   what_is_held_in_a_keepout_is_told_as_well);
  g_test_add_func ("/placer-keepouts/bodies-that-overlap-are-not-told-as-barred",
                   bodies_that_overlap_are_not_told_as_barred);
  g_test_add_func ("/placer-keepouts/do-not-bar-keepouts", keepouts_do_not_bar_keepouts);
  g_test_add_data_func ("/placer-keepouts/bar-pads-and-no-bodies-if-the-boards",
                        GINT_TO_POINTER (true), pads_are_kept_out_and_bodies_are_not);
  g_test_add_data_func ("/placer-keepouts/bar-pads-and-no-bodies-if-a-parts",
                        GINT_TO_POINTER (false), pads_are_kept_out_and_bodies_are_not);
  g_test_add_func ("/placer-keepouts/layers-and-nets-decide-what-bars-pads",
                   layers_and_nets_decide_what_bars_pads);
  return g_test_run ();
}
