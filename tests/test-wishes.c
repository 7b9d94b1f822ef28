/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a problem may ask for beyond short wires: nets that are no wires, pairs that are to be
 * apart, regions. */

#include <glib.h>
#include <string.h>

#include "placer/bw-placer.h"

#define N_PARTS 6
#define MM 1000000

static const int32_t upright[] = { 0 };

/* Square parts of 2 mm in a row, each with a pin in its middle, in a room of 40 x 30 mm. */
typedef struct
{
  BwPoint corners[4];
  BwRing body;
  BwPoint room[4];
  BwProblemRegion region;
  BwTerminal terminals[N_PARTS][3];
  BwProblemPart parts[N_PARTS];
  BwProblemNet nets[4];
  BwProblem problem;
} Setup;

static void
set_up (Setup *self)
{
  const BwPoint corners[4] = { { -MM, -MM }, { MM, -MM }, { MM, MM }, { -MM, MM } };
  const BwPoint room[4] = { { 0, 0 }, { 40 * MM, 0 }, { 40 * MM, 30 * MM }, { 0, 30 * MM } };

  memset (self, 0, sizeof *self);
  memcpy (self->corners, corners, sizeof corners);
  memcpy (self->room, room, sizeof room);
  self->body = (BwRing) { self->corners, 4 };
  self->region = (BwProblemRegion) { { self->room, 4 }, false };
  for (int i = 0; i < N_PARTS; i++)
    self->parts[i] = (BwProblemPart) {
      .body = { &self->body, NULL },
      .n_body = { 1, 0 },
      .terminals = self->terminals[i],
      .rotations_cdeg = upright,
      .n_rotations = 1,
      .start = { { (5 + 5 * i) * MM, 15 * MM }, 0, BW_SIDE_FRONT },
      .group = -1,
    };
  self->problem = (BwProblem) {
    .parts = self->parts, .n_parts = N_PARTS, .nets = self->nets, .n_nets = 4,
    .regions = &self->region, .n_regions = 1,
  };
}

static void
connect (Setup   *self,
         int      part,
         uint32_t net,
         int32_t  x_nm,
         int32_t  y_nm)
{
  self->terminals[part][self->parts[part].n_terminals++] = (BwTerminal) { { x_nm, y_nm }, net };
}

static BwPlacerMetrics
measure (Setup *self)
{
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacer *placer = bw_placer_new (&self->problem, &options);
  BwPlacerMetrics metrics;

  bw_placer_metrics (placer, &metrics);
  bw_placer_free (placer);
  return metrics;
}

static BwPlacerMetrics
run (Setup        *self,
     BwPlacerMode  mode,
     BwPose       *poses_out)
{
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacerMetrics metrics;
  BwPlacer *placer;

  options.iterations = 300;
  options.mode = mode;
  placer = bw_placer_new (&self->problem, &options);
  while (bw_placer_step (placer))
    ;
  bw_placer_metrics (placer, &metrics);
  memcpy (poses_out, bw_placer_poses (placer), N_PARTS * sizeof *poses_out);
  bw_placer_free (placer);
  return metrics;
}

static void
a_wish_is_no_wire_but_costs_energy (void)
{
  Setup setup;
  BwPlacerMetrics metrics;

  set_up (&setup);
  setup.nets[0] = (BwProblemNet) { .weight = 1.0 };
  setup.nets[1] = (BwProblemNet) { .weight = 3.0, .goal = BW_GOAL_STAY };
  connect (&setup, 0, 0, 0, 0);
  connect (&setup, 1, 0, 0, 0);
  connect (&setup, 1, 1, 0, 0);
  connect (&setup, 2, 1, 0, 0);
  metrics = measure (&setup);
  g_assert_cmpfloat_with_epsilon (metrics.hpwl_mm, 5.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (metrics.energy, 5.0 + 3.0 * 5.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (metrics.shares[BW_GOAL_WIRES], 5.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (metrics.shares[BW_GOAL_STAY], 3.0 * 5.0, 1e-9);
}

static void
a_wish_costs_nothing_within_its_zone (void)
{
  Setup setup;
  BwPlacerMetrics metrics;

  set_up (&setup);
  setup.nets[0] = (BwProblemNet) { .weight = 2.0, .goal = BW_GOAL_STAY };
  connect (&setup, 0, 0, -6 * MM, -6 * MM);
  connect (&setup, 0, 0, 6 * MM, 6 * MM);
  connect (&setup, 1, 0, 0, 0);
  g_assert_cmpfloat_with_epsilon (measure (&setup).energy, 0.0, 1e-9);
  setup.parts[1].start.at.x_nm += 3 * MM;
  metrics = measure (&setup);
  g_assert_cmpfloat_with_epsilon (metrics.energy, 2.0 * 2.0, 1e-9);
}

static void
a_region_holds_all_of_a_body (void)
{
  const BwBox region = { 30 * MM, 20 * MM, 36 * MM, 22 * MM };
  BwPose poses[N_PARTS];
  Setup setup;
  BwPlacerMetrics metrics;

  set_up (&setup);
  setup.nets[0].weight = 1.0;
  for (int i = 0; i < N_PARTS; i++)
    connect (&setup, i, 0, 0, 0);
  for (int i = 0; i < 3; i++)
    setup.parts[i].region = &region;
  g_assert_cmpuint (measure (&setup).outside, ==, 3);
  metrics = run (&setup, BW_PLACER_MODE_ALL, poses);
  g_assert_cmpuint (metrics.overlaps + metrics.outside, ==, 0);
  for (int i = 0; i < 3; i++)
    {
      g_assert_cmpint (poses[i].at.y_nm, ==, 21 * MM);
      g_assert_cmpint (poses[i].at.x_nm, >=, 31 * MM);
      g_assert_cmpint (poses[i].at.x_nm, <=, 35 * MM);
    }
}

static void
pairs_keep_their_distance_on_either_side (void)
{
  const BwProblemApart aparts[] = {
    { 0, 1, 8 * MM }, { 2, 0, 9 * MM }, { 7, 0, MM }, { 3, 3, MM }
  };
  BwPose poses[N_PARTS];
  Setup setup;
  BwPlacerMetrics metrics;

  set_up (&setup);
  setup.nets[0].weight = 1.0;
  for (int i = 0; i < N_PARTS; i++)
    connect (&setup, i, 0, 0, 0);
  setup.parts[2].start.side = BW_SIDE_BACK;
  setup.problem.aparts = aparts;
  setup.problem.n_aparts = G_N_ELEMENTS (aparts);
  metrics = run (&setup, BW_PLACER_MODE_ALL, poses);
  g_assert_cmpuint (metrics.overlaps + metrics.outside, ==, 0);
  for (int i = 1; i < 3; i++)
    g_assert_cmpint (MAX (ABS (poses[0].at.x_nm - poses[i].at.x_nm),
                          ABS (poses[0].at.y_nm - poses[i].at.y_nm)), >=,
                     aparts[i - 1].gap_nm + 2 * MM);
}

static void
a_part_keeps_its_own_gap_from_others_on_its_side (void)
{
  BwPose poses[N_PARTS];
  BwPlacerMetrics metrics;
  bool above = false;
  Setup setup;

  set_up (&setup);
  setup.nets[0].weight = 1.0;
  for (int i = 0; i < N_PARTS; i++)
    connect (&setup, i, 0, 0, 0);
  setup.parts[0].gap_nm = 4 * MM;
  setup.parts[5].start.side = BW_SIDE_BACK;
  setup.nets[1].weight = 4.0;
  connect (&setup, 0, 1, 0, 0);
  connect (&setup, 5, 1, 0, 0);
  metrics = run (&setup, BW_PLACER_MODE_ALL, poses);
  g_assert_cmpuint (metrics.overlaps + metrics.outside, ==, 0);
  for (int i = 1; i < N_PARTS; i++)
    {
      int distance_nm = MAX (ABS (poses[0].at.x_nm - poses[i].at.x_nm),
                             ABS (poses[0].at.y_nm - poses[i].at.y_nm)) - 2 * MM;

      if (i < 5)
        g_assert_cmpint (distance_nm, >=, 4 * MM);
      else
        above = distance_nm < 4 * MM;
    }
  g_assert_true (above);
}

/* Beside each other on one net; part 0 wishes for room. How far from it the nearest ends. */
static int
room_about_part (int32_t room_nm,
                 int32_t height_nm)
{
  BwPose poses[N_PARTS];
  BwPlacerMetrics metrics;
  int nearest_nm = G_MAXINT;
  Setup setup;

  set_up (&setup);
  setup.room[2].y_nm = setup.room[3].y_nm = height_nm;
  setup.nets[0].weight = 1.0;
  for (int i = 0; i < N_PARTS; i++)
    {
      connect (&setup, i, 0, 0, 0);
      setup.parts[i].start.at.y_nm = height_nm / 2;
    }
  setup.parts[0].room_nm = room_nm;
  metrics = run (&setup, BW_PLACER_MODE_ALL, poses);
  g_assert_cmpuint (metrics.overlaps + metrics.outside, ==, 0);
  for (int i = 1; i < N_PARTS; i++)
    nearest_nm = MIN (nearest_nm, MAX (ABS (poses[0].at.x_nm - poses[i].at.x_nm),
                                       ABS (poses[0].at.y_nm - poses[i].at.y_nm)) - 2 * MM);
  return nearest_nm;
}

static void
room_about_a_part_is_kept_where_there_is_some (void)
{
  g_assert_cmpint (room_about_part (0, 30 * MM), <, MM);
  g_assert_cmpint (room_about_part (MM, 30 * MM), >=, MM);
  g_assert_cmpint (room_about_part (38 * MM, 2 * MM), <, 38 * MM);
}

static void
a_part_keeps_its_own_margin_from_the_edge (void)
{
  BwPose poses[N_PARTS];
  BwPlacerMetrics metrics;
  Setup setup;

  set_up (&setup);
  for (int i = 0; i < 2; i++)
    {
      setup.nets[i].weight = 1.0;
      connect (&setup, i, (uint32_t) i, 0, 0);
      connect (&setup, 5, (uint32_t) i, 0, 0);
    }
  setup.parts[5].fixed = true;
  setup.parts[5].start.at = (BwPoint) { MM, 15 * MM };
  setup.parts[1].edge_margin_nm = 6 * MM;
  metrics = run (&setup, BW_PLACER_MODE_ALL, poses);
  g_assert_cmpuint (metrics.overlaps + metrics.outside, ==, 0);
  g_assert_cmpint (poses[1].at.x_nm, >=, 7 * MM);
  g_assert_cmpint (poses[0].at.x_nm, <, 7 * MM);
}

static void
what_parts_ask_for_gives_way_where_nothing_is_legal_otherwise (void)
{
  BwPose poses[N_PARTS];
  BwPlacerMetrics metrics;
  Setup setup;

  set_up (&setup);
  setup.nets[0].weight = 1.0;
  for (int i = 0; i < N_PARTS; i++)
    {
      connect (&setup, i, 0, 0, 0);
      setup.parts[i].gap_nm = 25 * MM;
      setup.parts[i].edge_margin_nm = 20 * MM;
    }
  metrics = run (&setup, BW_PLACER_MODE_ALL, poses);
  g_assert_cmpuint (metrics.overlaps + metrics.outside, ==, 0);
}

/* Part 5 is held, and all are on one net; part i has a wish to stay. */
static double
refined_move_mm (double weight)
{
  BwPose poses[N_PARTS];
  double moved_mm = 0.0;
  Setup setup;

  set_up (&setup);
  setup.nets[0].weight = 1.0;
  connect (&setup, 0, 0, 0, 0);
  connect (&setup, 1, 0, 0, 0);
  setup.nets[1] = (BwProblemNet) { .weight = weight, .goal = BW_GOAL_STAY };
  connect (&setup, 0, 1, 0, 0);
  setup.nets[2] = (BwProblemNet) { .weight = weight, .goal = BW_GOAL_STAY };
  connect (&setup, 1, 2, 0, 0);
  setup.parts[5].fixed = true;
  connect (&setup, 5, 1, setup.parts[0].start.at.x_nm - setup.parts[5].start.at.x_nm, 0);
  connect (&setup, 5, 2, setup.parts[1].start.at.x_nm - setup.parts[5].start.at.x_nm, 0);
  run (&setup, BW_PLACER_MODE_REFINE, poses);
  for (int i = 0; i < N_PARTS; i++)
    moved_mm += bw_nm_to_mm (ABS (poses[i].at.x_nm - setup.parts[i].start.at.x_nm) +
                             ABS (poses[i].at.y_nm - setup.parts[i].start.at.y_nm));
  return moved_mm;
}

static void
refining_moves_what_is_worth_more_than_to_stay (void)
{
  g_assert_cmpfloat_with_epsilon (refined_move_mm (2.0), 0.0, 1e-9);
  g_assert_cmpfloat (refined_move_mm (0.1), >=, 3.0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wishes/a-wish-is-no-wire-but-costs-energy",
                   a_wish_is_no_wire_but_costs_energy);
  g_test_add_func ("/wishes/a-wish-costs-nothing-within-its-zone",
                   a_wish_costs_nothing_within_its_zone);
  g_test_add_func ("/wishes/a-region-holds-all-of-a-body", a_region_holds_all_of_a_body);
  g_test_add_func ("/wishes/pairs-keep-their-distance-on-either-side",
                   pairs_keep_their_distance_on_either_side);
  g_test_add_func ("/wishes/a-part-keeps-its-own-gap-from-others-on-its-side",
                   a_part_keeps_its_own_gap_from_others_on_its_side);
  g_test_add_func ("/wishes/a-part-keeps-its-own-margin-from-the-edge",
                   a_part_keeps_its_own_margin_from_the_edge);
  g_test_add_func ("/wishes/room-about-a-part-is-kept-where-there-is-some",
                   room_about_a_part_is_kept_where_there_is_some);
  g_test_add_func ("/wishes/what-parts-ask-for-gives-way-where-nothing-is-legal-otherwise",
                   what_parts_ask_for_gives_way_where_nothing_is_legal_otherwise);
  g_test_add_func ("/wishes/refining-moves-what-is-worth-more-than-to-stay",
                   refining_moves_what_is_worth_more_than_to_stay);
  return g_test_run ();
}
