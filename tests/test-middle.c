/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <math.h>

#include "placer/bw-middle.h"

#define MM 1000000
#define N_PARTS 4

static const int32_t upright[] = { 0 };

/* Four parts of 2 x 2 mm on one net in the upper left corner of a room of 40 x 30 mm: from 2 to
 * 12 mm across, from 2 to 8 mm down. The last one has no part in the net. */
typedef struct
{
  BwPoint corners[4];
  BwRing body;
  BwPoint room[4];
  BwPoint wall[4];
  BwProblemRegion regions[2];
  BwTerminal terminals[N_PARTS];
  BwProblemPart parts[N_PARTS];
  BwProblemNet net;
  BwProblem problem;
  BwModel *model;
  BwScene scene;
} Setup;

static void
set_up (Setup *self)
{
  static const BwPoint starts[N_PARTS] = {
    { 3 * MM, 3 * MM }, { 11 * MM, 4 * MM }, { 7 * MM, 7 * MM }, { 3 * MM, 6 * MM }
  };

  *self = (Setup) {
    .corners = { { -MM, -MM }, { MM, -MM }, { MM, MM }, { -MM, MM } },
    .room = { { 0, 0 }, { 40 * MM, 0 }, { 40 * MM, 30 * MM }, { 0, 30 * MM } },
    .net = { .weight = 1.0 },
  };
  self->body = (BwRing) { self->corners, 4 };
  self->regions[0].ring = (BwRing) { self->room, 4 };
  self->regions[1] = (BwProblemRegion) { { self->wall, 4 }, true };
  for (int i = 0; i < N_PARTS; i++)
    self->parts[i] = (BwProblemPart) {
      .body = { &self->body, NULL }, .n_body = { 1, 0 }, .terminals = &self->terminals[i],
      .n_terminals = i < N_PARTS - 1, .rotations_cdeg = upright, .n_rotations = 1,
      .start = { starts[i], 0, BW_SIDE_FRONT }, .group = -1,
    };
  self->problem = (BwProblem) {
    .parts = self->parts, .n_parts = N_PARTS, .nets = &self->net, .n_nets = 1,
    .regions = self->regions, .n_regions = 1, .gap_nm = MM / 4,
  };
}

/* A hole from x to x + 2 mm, all the way down. */
static void
add_wall (Setup  *self,
          int32_t x_mm)
{
  const BwPoint wall[4] = {
    { x_mm * MM, 0 }, { (x_mm + 2) * MM, 0 }, { (x_mm + 2) * MM, 30 * MM }, { x_mm * MM, 30 * MM }
  };

  for (int i = 0; i < 4; i++)
    self->wall[i] = wall[i];
  self->problem.n_regions = 2;
}

/* How far all but the last `n_held` parts have gone; they all went the same way. */
static BwPoint
way_of (Setup   *self,
        uint32_t n_held)
{
  BwPoint way = { 0, 0 };

  self->model = bw_model_new (&self->problem);
  g_assert_true (bw_scene_init (&self->scene, self->model));
  bw_scene_load (&self->scene, &self->scene.layout);
  bw_middle_go (&self->scene);
  for (uint32_t i = 0; i < N_PARTS; i++)
    {
      BwPoint start = self->parts[i].start.at, at = self->scene.layout.at[i];

      if (i == 0)
        way = (BwPoint) { at.x_nm - start.x_nm, at.y_nm - start.y_nm };
      g_assert_cmpint (at.x_nm - start.x_nm, ==, i < N_PARTS - n_held ? way.x_nm : 0);
      g_assert_cmpint (at.y_nm - start.y_nm, ==, i < N_PARTS - n_held ? way.y_nm : 0);
    }
  bw_scene_clear (&self->scene);
  bw_model_free (self->model);
  return way;
}

static void
parts_that_nothing_holds_go_to_the_middle (void)
{
  Setup setup;
  BwPoint way;

  set_up (&setup);
  way = way_of (&setup, 0);
  g_assert_cmpint (way.x_nm, ==, 13 * MM);
  g_assert_cmpint (way.y_nm, ==, 10 * MM);
}

static void
wires_to_what_is_held_stay_as_short (void)
{
  Setup setup;
  BwPoint way;

  set_up (&setup);
  setup.parts[3].fixed = true;
  setup.parts[3].n_terminals = 1;
  way = way_of (&setup, 1);
  g_assert_cmpint (way.x_nm, ==, 0);
  g_assert_cmpint (way.y_nm, ==, 0);
}

static void
what_is_held_and_has_no_wires_holds_nothing (void)
{
  Setup setup;
  BwPoint way;

  set_up (&setup);
  setup.parts[3].fixed = true;
  way = way_of (&setup, 1);
  g_assert_cmpint (way.x_nm, ==, 13 * MM);
}

static void
they_go_as_far_as_there_is_room (void)
{
  Setup setup;
  BwPoint way;

  set_up (&setup);
  add_wall (&setup, 20);
  way = way_of (&setup, 0);
  g_assert_cmpint (way.x_nm, ==, 0);
  g_assert_cmpint (way.y_nm, ==, 10 * MM);
}

static void
half_of_the_way_is_better_than_none (void)
{
  Setup setup;
  BwPoint way;

  set_up (&setup);
  add_wall (&setup, 20);
  setup.room[2].y_nm = setup.room[3].y_nm = 10 * MM;
  way = way_of (&setup, 0);
  g_assert_cmpint (way.x_nm, ==, 13 * MM / 2);
  g_assert_cmpint (way.y_nm, ==, 0);
}

static void
a_board_without_an_outline_has_no_middle (void)
{
  Setup setup;
  BwPoint way;

  set_up (&setup);
  setup.problem.n_regions = 0;
  way = way_of (&setup, 0);
  g_assert_cmpint (way.x_nm, ==, 0);
  g_assert_cmpint (way.y_nm, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/middle/parts-that-nothing-holds-go-to-the-middle",
                   parts_that_nothing_holds_go_to_the_middle);
  g_test_add_func ("/middle/wires-to-what-is-held-stay-as-short",
                   wires_to_what_is_held_stay_as_short);
  g_test_add_func ("/middle/what-is-held-and-has-no-wires-holds-nothing",
                   what_is_held_and_has_no_wires_holds_nothing);
  g_test_add_func ("/middle/they-go-as-far-as-there-is-room", they_go_as_far_as_there_is_room);
  g_test_add_func ("/middle/half-of-the-way-is-better-than-none",
                   half_of_the_way_is_better_than_none);
  g_test_add_func ("/middle/a-board-without-an-outline-has-no-middle",
                   a_board_without_an_outline_has_no_middle);
  return g_test_run ();
}
