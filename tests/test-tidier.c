/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "placer/bw-placer.h"

#define N_PARTS 12
#define MM 1000000

static const int32_t upright[] = { 0 };

/* Equal parts of 2 x 1 mm with odd pins on one net, in a room of 40 x 30 mm. */
typedef struct
{
  BwPoint corners[4];
  BwRing body;
  BwPoint room[4];
  BwProblemRegion region;
  BwTerminal terminals[N_PARTS];
  BwProblemPart parts[N_PARTS];
  BwProblemNet net;
  BwProblem problem;
  BwPose poses[N_PARTS];
} Setup;

static void
set_up (Setup *self)
{
  const BwPoint corners[4] = {
    { -MM, -MM / 2 }, { MM, -MM / 2 }, { MM, MM / 2 }, { -MM, MM / 2 }
  };
  const BwPoint room[4] = { { 0, 0 }, { 40 * MM, 0 }, { 40 * MM, 30 * MM }, { 0, 30 * MM } };

  memset (self, 0, sizeof *self);
  memcpy (self->corners, corners, sizeof corners);
  memcpy (self->room, room, sizeof room);
  self->body = (BwRing) { self->corners, 4 };
  self->region = (BwProblemRegion) { { self->room, 4 }, false };
  self->net.weight = 1.0;
  for (int i = 0; i < N_PARTS; i++)
    {
      self->terminals[i] = (BwTerminal) { { 123457 * i - 700001, 98765 - 54321 * i }, 0 };
      self->parts[i] = (BwProblemPart) {
        .body = { &self->body, NULL },
        .n_body = { 1, 0 },
        .terminals = &self->terminals[i],
        .n_terminals = 1,
        .rotations_cdeg = upright,
        .n_rotations = 1,
        .start = { { 20 * MM + 1, 15 * MM + 1 }, 0, BW_SIDE_FRONT },
        .group = -1,
      };
    }
  self->problem = (BwProblem) {
    .parts = self->parts, .n_parts = N_PARTS, .nets = &self->net, .n_nets = 1,
    .regions = &self->region, .n_regions = 1, .gap_nm = MM / 4,
  };
}

static BwPlacerMetrics
run (Setup *self)
{
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacerMetrics metrics;
  BwPlacer *placer;

  options.iterations = 400;
  placer = bw_placer_new (&self->problem, &options);
  while (bw_placer_step (placer))
    ;
  bw_placer_metrics (placer, &metrics);
  memcpy (self->poses, bw_placer_poses (placer), sizeof self->poses);
  bw_placer_free (placer);
  return metrics;
}

static int
count_on_grid (const Setup *self,
               int32_t      grid_nm)
{
  int n = 0;

  for (int i = 0; i < N_PARTS; i++)
    n += self->poses[i].at.x_nm % grid_nm == 0 && self->poses[i].at.y_nm % grid_nm == 0;
  return n;
}

/* Parts in a row or column with the nearest other one. */
static int
count_in_line (const Setup *self)
{
  int n = 0;

  for (int i = 0; i < N_PARTS; i++)
    {
      int64_t nearest = INT64_MAX;
      bool in_line = false;

      for (int k = 0; k < N_PARTS; k++)
        {
          int64_t dx = ABS ((int64_t) self->poses[i].at.x_nm - self->poses[k].at.x_nm);
          int64_t dy = ABS ((int64_t) self->poses[i].at.y_nm - self->poses[k].at.y_nm);

          if (k == i || dx + dy >= nearest)
            continue;
          nearest = dx + dy;
          in_line = dx == 0 || dy == 0;
        }
      n += in_line;
    }
  return n;
}

static void
parts_end_on_the_grid (void)
{
  Setup setup;
  BwPlacerMetrics metrics;

  set_up (&setup);
  run (&setup);
  g_assert_cmpint (count_on_grid (&setup, MM / 10), <, N_PARTS);

  set_up (&setup);
  setup.problem.grid_nm = MM / 10;
  setup.problem.large_nm = 10 * MM;
  metrics = run (&setup);
  g_assert_cmpuint (metrics.overlaps + metrics.outside, ==, 0);
  g_assert_cmpint (count_on_grid (&setup, MM / 10), ==, N_PARTS);
}

static void
large_parts_have_a_wider_grid (void)
{
  const BwPoint corners[4] = {
    { -2 * MM, -2 * MM }, { 2 * MM, -2 * MM }, { 2 * MM, 2 * MM }, { -2 * MM, 2 * MM }
  };
  const BwRing body = { corners, 4 };
  Setup setup;

  set_up (&setup);
  setup.parts[0].body[0] = &body;
  setup.problem.grid_nm = MM / 10;
  setup.problem.large_grid_nm = MM / 2;
  setup.problem.large_nm = 4 * MM;
  run (&setup);
  g_assert_cmpint (setup.poses[0].at.x_nm % (MM / 2), ==, 0);
  g_assert_cmpint (setup.poses[0].at.y_nm % (MM / 2), ==, 0);
  g_assert_cmpint (count_on_grid (&setup, MM / 10), ==, N_PARTS);
  g_assert_cmpint (count_on_grid (&setup, MM / 2), <, N_PARTS);
}

static void
held_parts_stay_off_the_grid (void)
{
  Setup setup;

  set_up (&setup);
  setup.problem.grid_nm = MM / 10;
  setup.parts[3].fixed = true;
  run (&setup);
  g_assert_true (bw_pose_equal (&setup.poses[3], &setup.parts[3].start));
  g_assert_cmpint (count_on_grid (&setup, MM / 10), ==, N_PARTS - 1);
}

static void
equal_parts_get_in_line (void)
{
  Setup setup;
  BwPlacerMetrics metrics;
  int before;

  set_up (&setup);
  for (int i = 0; i < N_PARTS; i++)
    setup.parts[i].like = -1;
  setup.problem.grid_nm = MM / 10;
  setup.problem.large_nm = 10 * MM;
  setup.problem.align_mm = 5.0;
  run (&setup);
  before = count_in_line (&setup);

  for (int i = 0; i < N_PARTS; i++)
    setup.parts[i].like = 7;
  metrics = run (&setup);
  g_assert_cmpuint (metrics.overlaps + metrics.outside, ==, 0);
  g_assert_cmpint (count_in_line (&setup), >, before);
  g_assert_cmpint (count_in_line (&setup), >=, N_PARTS * 3 / 4);
}

/* No two of them are equal. */
static void
parts_of_one_size_get_in_line (void)
{
  Setup setup;
  BwPlacerMetrics metrics;
  int before;

  set_up (&setup);
  for (int i = 0; i < N_PARTS; i++)
    setup.parts[i].like = i;
  setup.problem.grid_nm = MM / 10;
  setup.problem.large_nm = 10 * MM;
  setup.problem.align_mm = 5.0;
  run (&setup);
  before = count_in_line (&setup);

  for (int i = 0; i < N_PARTS; i++)
    setup.parts[i].row = 3;
  metrics = run (&setup);
  g_assert_cmpuint (metrics.overlaps + metrics.outside, ==, 0);
  g_assert_cmpint (before, <, N_PARTS / 2);
  g_assert_cmpint (count_in_line (&setup), >=, N_PARTS * 3 / 4);
}

/* Of those in line with the nearest, the ones that are turned as it is. */
static int
count_alike (const Setup *self)
{
  int n = 0;

  for (int i = 0; i < N_PARTS; i++)
    {
      int64_t nearest = INT64_MAX;
      bool alike = false;

      for (int k = 0; k < N_PARTS; k++)
        {
          int64_t dx = ABS ((int64_t) self->poses[i].at.x_nm - self->poses[k].at.x_nm);
          int64_t dy = ABS ((int64_t) self->poses[i].at.y_nm - self->poses[k].at.y_nm);
          int32_t turn_cdeg = self->poses[i].rotation_cdeg - self->poses[k].rotation_cdeg;

          if (k == i || dx + dy >= nearest)
            continue;
          nearest = dx + dy;
          alike = (dx == 0 || dy == 0) && turn_cdeg % 18000 == 0;
        }
      n += alike;
    }
  return n;
}

static void
equal_parts_turn_to_be_in_line (void)
{
  static const int32_t quarters[] = { 0, 9000, 18000, 27000 };
  Setup setup;
  BwPlacerMetrics metrics;
  int before;

  set_up (&setup);
  for (int i = 0; i < N_PARTS; i++)
    {
      setup.parts[i].rotations_cdeg = quarters;
      setup.parts[i].n_rotations = 4;
      setup.parts[i].like = -1;
    }
  setup.problem.grid_nm = MM / 10;
  setup.problem.large_nm = 10 * MM;
  setup.problem.align_mm = 5.0;
  run (&setup);
  before = count_alike (&setup);

  for (int i = 0; i < N_PARTS; i++)
    setup.parts[i].like = 7;
  metrics = run (&setup);
  g_assert_cmpuint (metrics.overlaps + metrics.outside, ==, 0);
  g_assert_cmpint (before, <, N_PARTS / 2);
  g_assert_cmpint (count_alike (&setup), >=, N_PARTS * 3 / 4);
}

static void
a_start_that_is_kept_is_not_tidied (void)
{
  Setup setup;

  set_up (&setup);
  /* One may move, and is at the only best place, off the grid. */
  for (int i = 0; i < N_PARTS; i++)
    {
      setup.terminals[i].at = (BwPoint) { 0, 0 };
      setup.parts[i].n_body[0] = 0;
      setup.parts[i].fixed = i > 0;
    }
  setup.problem.grid_nm = MM;
  run (&setup);
  g_assert_cmpint (count_on_grid (&setup, MM), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tidier/parts-end-on-the-grid", parts_end_on_the_grid);
  g_test_add_func ("/tidier/large-parts-have-a-wider-grid", large_parts_have_a_wider_grid);
  g_test_add_func ("/tidier/held-parts-stay-off-the-grid", held_parts_stay_off_the_grid);
  g_test_add_func ("/tidier/equal-parts-get-in-line", equal_parts_get_in_line);
  g_test_add_func ("/tidier/parts-of-one-size-get-in-line", parts_of_one_size_get_in_line);
  g_test_add_func ("/tidier/equal-parts-turn-to-be-in-line", equal_parts_turn_to_be_in_line);
  g_test_add_func ("/tidier/a-start-that-is-kept-is-not-tidied",
                   a_start_that_is_kept_is_not_tidied);
  return g_test_run ();
}
