/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the placer searches with, each against the slow way: boxes by an index, free places on
 * lines and on boards, covers of polygons, and the transform of global placement. */

#include <glib.h>
#include <math.h>

#include "base/bw-math.h"
#include "base/bw-polygon.h"
#include "base/bw-random.h"
#include "placer/bw-cover.h"
#include "placer/bw-dct.h"
#include "placer/bw-finder.h"
#include "placer/bw-index.h"
#include "placer/bw-schedule.h"
#include "placer/bw-sweep.h"

#define MOST 400
#define MM(value) ((int32_t) ((value) * 1000000))

static int32_t
random_nm (BwRandom *random,
           int32_t   low,
           int32_t   high)
{
  return low + (int32_t) bw_random_below (random, (uint32_t) (high - low));
}

static BwBox
random_box (BwRandom *random,
            int32_t   room)
{
  int32_t x = random_nm (random, -room, room), y = random_nm (random, -room, room);
  int32_t size = bw_random_below (random, 8) == 0 ? room : room / 10;

  return (BwBox) { x, y, x + random_nm (random, 1, size), y + random_nm (random, 1, size) };
}

static void
the_index_finds_what_overlaps_and_nothing_else (void)
{
  const uint32_t sizes[] = { 0, 1, 5, 250, 256, 257, MOST };
  BwRandom random = bw_random_new (1);

  for (size_t s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      BwBox bounds = { -500, -500, 500, 500 }, boxes[MOST];
      bool is_in[MOST] = { false };
      uint32_t found[MOST];
      BwIndex index = { 0 };

      g_assert_true (bw_index_init (&index, &bounds, sizes[s], 20));
      for (int step = 0; step < 4000 && sizes[s] > 0; step++)
        {
          uint32_t id = bw_random_below (&random, sizes[s]);
          BwBox box = random_box (&random, 1000);
          bool is_found[MOST] = { false };
          uint32_t n;

          if (bw_random_below (&random, 4) == 0)
            bw_index_remove (&index, id);
          else
            bw_index_put (&index, id, &box);
          is_in[id] = bw_index_has (&index, id);
          boxes[id] = box;
          if (step % 16 != 0)
            continue;
          box = random_box (&random, 1000);
          n = bw_index_query (&index, &box, found);
          for (uint32_t i = 0; i < n; i++)
            {
              g_assert_false (is_found[found[i]]);
              is_found[found[i]] = true;
            }
          for (uint32_t i = 0; i < sizes[s]; i++)
            g_assert_cmpint (is_found[i], ==, is_in[i] && bw_box_overlaps (&box, &boxes[i]));
        }
      bw_index_clear (&index);
    }
}

/* Whether a point is in none of the open boxes. */
static bool
is_clear (const BwWideBox *boxes,
          uint32_t         n,
          int64_t          x,
          int64_t          y)
{
  for (uint32_t i = 0; i < n; i++)
    if (boxes[i].x0 < x && x < boxes[i].x1 && boxes[i].y0 < y && y < boxes[i].y1)
      return false;
  return true;
}

static void
a_sweep_finds_the_nearest_free_place_on_each_line (void)
{
  BwRandom random = bw_random_new (2);
  BwSweep sweep = { 0 };
  BwWorkspace workspace = { 0 };

  for (int pass = 0; pass < 2; pass++)
    {
      bw_workspace_rewind (&workspace);
      bw_sweep_lay (&sweep, &workspace, MOST);
      g_assert_true (pass == 1 || bw_workspace_alloc (&workspace));
    }
  for (int run = 0; run < 300; run++)
    {
      BwWideBox boxes[MOST];
      uint32_t n = bw_random_below (&random, run < 200 ? 12 : 120);
      int64_t y = random_nm (&random, 0, 61);

      for (uint32_t i = 0; i < n; i++)
        {
          BwBox box = random_box (&random, 60);

          boxes[i] = (BwWideBox) { box.x0_nm, box.y0_nm, box.x1_nm, box.y1_nm };
        }
      bw_sweep_start (&sweep, boxes, n, 0, 60, y);
      for (int64_t x = -70; x < 130; x += 1 + bw_random_below (&random, 4))
        {
          bw_sweep_to (&sweep, x);
          for (int up = 0; up < 2; up++)
            {
              int64_t want = y, got;

              while (want >= 0 && want <= 60 && !is_clear (boxes, n, x, want))
                want += up ? 1 : -1;
              if (want < 0 || want > 60)
                {
                  g_assert_false (bw_sweep_nearest (&sweep, up != 0, &got));
                  continue;
                }
              g_assert_true (bw_sweep_nearest (&sweep, up != 0, &got));
              g_assert_cmpint (got, ==, want);
            }
        }
    }
  bw_workspace_clear (&workspace);
}

static void
values_are_sorted (void)
{
  BwRandom random = bw_random_new (3);
  int64_t values[MOST], scratch[MOST];

  for (uint32_t n = 0; n < MOST; n += 1 + n / 7)
    {
      int64_t sum = 0;

      for (uint32_t i = 0; i < n; i++)
        sum += values[i] = (int64_t) bw_random_below (&random, 50) - 25;
      bw_sort_values (values, n, scratch);
      for (uint32_t i = 0; i < n; i++)
        {
          g_assert_true (i == 0 || values[i - 1] <= values[i]);
          sum -= values[i];
        }
      g_assert_cmpint (sum, ==, 0);
    }
}

/* A star about (x, y): simple, seldom convex. */
static void
random_star (BwRandom *random,
             BwPoint  *points,
             uint32_t  n)
{
  for (uint32_t i = 0; i < n; i++)
    {
      double angle = 2.0 * BW_PI * i / n, radius = 20.0 + 80.0 * bw_random_double (random);

      points[i] = (BwPoint) { (int32_t) floor (radius * bw_cos (angle)),
                              (int32_t) floor (radius * bw_sin (angle)) };
    }
}

static void
covers_hold_every_point_of_what_they_cover (void)
{
  BwRandom random = bw_random_new (4);
  BwCover *cover = bw_cover_new (64, 4);

  for (int run = 0; run < 200; run++)
    {
      uint32_t n = 3 + bw_random_below (&random, 20), most = 1 + bw_random_below (&random, 40);
      bool outside = run % 2 != 0;
      BwPoint points[32];
      BwBox boxes[64];
      BwRing ring = { points, n };
      uint32_t n_boxes;
      BwBox all;

      random_star (&random, points, n);
      all = bw_ring_box (&ring);
      n_boxes = outside ? bw_cover_outside (cover, &ring, 1, most, boxes)
                        : bw_cover_rings (cover, &ring, 1, most, boxes);
      g_assert_cmpuint (n_boxes, <=, most);
      for (int i = 0; i < 500; i++)
        {
          BwPoint at = { random_nm (&random, all.x0_nm, all.x1_nm + 1),
                         random_nm (&random, all.y0_nm, all.y1_nm + 1) };
          bool is_covered = false;

          if (bw_ring_locate_point (&ring, at) != (outside ? -1 : 1))
            continue;
          for (uint32_t k = 0; k < n_boxes; k++)
            is_covered |= boxes[k].x0_nm <= at.x_nm && at.x_nm <= boxes[k].x1_nm &&
                          boxes[k].y0_nm <= at.y_nm && at.y_nm <= boxes[k].y1_nm;
          g_assert_true (is_covered);
        }
    }
  bw_cover_free (cover);
}

/* The term of a wave along one axis at a bin. */
static double
wave (BwDctKind kind,
      uint32_t  u,
      uint32_t  i,
      uint32_t  size)
{
  double angle = BW_PI * u * (i + 0.5) / size;

  return kind == BW_DCT_SINE ? bw_sin (angle) : bw_cos (angle);
}

static void
the_transform_agrees_with_the_naive_sum (void)
{
  const BwDctKind kinds[][2] = { { BW_DCT_COSINE, BW_DCT_COSINE },
                                 { BW_DCT_COSINE, BW_DCT_SINE },
                                 { BW_DCT_SINE, BW_DCT_COSINE } };

  for (uint32_t size = 2; size <= 16; size *= 2)
    {
      BwRandom random = bw_random_new (size);
      double grid[256], got[256];
      BwDct dct = { 0 };
      BwWorkspace workspace = { 0 };

      g_assert_true (bw_dct_init (&dct, size));
      for (int pass = 0; pass < 2; pass++)
        {
          bw_workspace_rewind (&workspace);
          bw_dct_lay (&dct, &workspace);
          g_assert_true (pass == 1 || bw_workspace_alloc (&workspace));
        }
      for (uint32_t i = 0; i < size * size; i++)
        grid[i] = got[i] = bw_random_double (&random) - 0.5;
      bw_dct_forward (&dct, got);
      for (uint32_t v = 0; v < size; v++)
        for (uint32_t u = 0; u < size; u++)
          {
            double sum = 0.0;

            for (uint32_t i = 0; i < size * size; i++)
              sum += grid[i] * wave (BW_DCT_COSINE, u, i % size, size) *
                     wave (BW_DCT_COSINE, v, i / size, size);
            g_assert_cmpfloat_with_epsilon (got[v * size + u], sum, 1e-11);
          }
      for (size_t k = 0; k < G_N_ELEMENTS (kinds); k++)
        {
          for (uint32_t i = 0; i < size * size; i++)
            got[i] = grid[i];
          bw_dct_sum (&dct, got, kinds[k][0], kinds[k][1]);
          for (uint32_t i = 0; i < size * size; i++)
            {
              double sum = 0.0;

              for (uint32_t w = 0; w < size * size; w++)
                sum += grid[w] * wave (kinds[k][0], w / size, i / size, size) *
                       wave (kinds[k][1], w % size, i % size, size);
              g_assert_cmpfloat_with_epsilon (got[i], sum, 1e-11);
            }
        }
      bw_dct_clear (&dct);
      bw_workspace_clear (&workspace);
    }
}

#define N_PARTS 14

/* Small parts on a board of a few nanometres, so that every place can be tried. */
typedef struct
{
  BwProblemPart parts[N_PARTS];
  BwPoint corners[N_PARTS][4];
  BwRing rings[N_PARTS];
  BwTerminal terminals[N_PARTS][2];
  BwProblemNet nets[4];
  BwPoint edge[4];
  BwProblemRegion region;
  BwProblem problem;
} Tiny;

static const int32_t turns[] = { 0, 9000 };

static void
set_corners (BwPoint *corners,
             int32_t  x0,
             int32_t  y0,
             int32_t  x1,
             int32_t  y1)
{
  corners[0] = (BwPoint) { x0, y0 };
  corners[1] = (BwPoint) { x1, y0 };
  corners[2] = (BwPoint) { x1, y1 };
  corners[3] = (BwPoint) { x0, y1 };
}

static void
tiny_init (Tiny     *self,
           BwRandom *random,
           int32_t   room)
{
  for (uint32_t i = 0; i < N_PARTS; i++)
    {
      int32_t w = random_nm (random, 1, 9), h = random_nm (random, 1, 9);

      set_corners (self->corners[i], -w, -h, w, h);
      self->rings[i] = (BwRing) { self->corners[i], 4 };
      for (int t = 0; t < 2; t++)
        self->terminals[i][t] = (BwTerminal) {
          { random_nm (random, -w, w + 1), random_nm (random, -h, h + 1) },
          bw_random_below (random, 4)
        };
      self->parts[i] = (BwProblemPart) {
        .body = { &self->rings[i], NULL }, .n_body = { 1, 0 },
        .terminals = self->terminals[i], .n_terminals = 2,
        .rotations_cdeg = turns, .n_rotations = G_N_ELEMENTS (turns),
        .start = { { random_nm (random, 0, room), random_nm (random, 0, room) }, 0,
                   BW_SIDE_FRONT },
        .group = -1,
      };
    }
  for (int k = 0; k < 4; k++)
    self->nets[k].weight = 1.0;
  set_corners (self->edge, 0, 0, room, room);
  self->region = (BwProblemRegion) { { self->edge, 4 }, false };
  self->problem = (BwProblem) {
    .parts = self->parts, .n_parts = N_PARTS, .nets = self->nets, .n_nets = 4,
    .regions = &self->region, .n_regions = 1,
    .gap_nm = (int32_t) bw_random_below (random, 3), .edge_margin_nm = 1,
  };
}

/* The least cost of all free places of a part in one slot; -1 if there are none. */
static double
least_cost (BwScene *scene,
            BwPull  *pull,
            uint32_t part,
            uint16_t slot,
            int32_t  room)
{
  double least = -1.0;

  bw_pull_gather (pull, scene, part);
  for (int32_t y = 0; y <= room; y++)
    for (int32_t x = 0; x <= room; x++)
      {
        BwPlace place = { { x, y }, slot };
        double cost = bw_pull_cost_x (pull, slot, x) + bw_pull_cost_y (pull, slot, y);

        if ((least < 0.0 || cost < least) && bw_scene_is_free (scene, part, &place))
          least = cost;
      }
  return least;
}

static void
the_finder_finds_the_cheapest_of_all_free_places (void)
{
  BwRandom random = bw_random_new (6);
  guint n_found = 0, n_full = 0;

  for (int run = 0; run < 60; run++)
    {
      g_autofree Tiny *tiny = g_new0 (Tiny, 1);
      int32_t room = random_nm (&random, 16, 90);
      BwScene scene = { 0 };
      BwFinder finder = { 0 };
      BwWorkspace workspace = { 0 };
      BwModel *model;

      tiny_init (tiny, &random, room);
      model = bw_model_new (&tiny->problem);
      g_assert_true (bw_scene_init (&scene, model) && bw_finder_init (&finder, &scene));
      for (int pass = 0; pass < 2; pass++)
        {
          bw_workspace_rewind (&workspace);
          bw_finder_lay (&finder, &workspace);
          g_assert_true (pass == 1 || bw_workspace_alloc (&workspace));
        }
      finder.sweep_from = run % 2 ? 0 : UINT64_MAX;
      finder.tile_sizes = run % 3;
      finder.tile_nm = run % 3 ? 1 : 2000000;
      finder.split_from = run % 5 < 2 ? 3 : 1000;
      finder.smallest_nm = 0;
      for (uint32_t part = 0; part < N_PARTS; part++)
        for (uint16_t slot = 0; slot < 2; slot++)
          {
            double want = least_cost (&scene, &finder.pull, part, slot, room), got;
            BwPlace place;

            if (want < 0.0)
              {
                g_assert_false (bw_finder_find (&finder, part, slot, scene.layout.at[part], NULL,
                                                0, &place, &got));
                n_full++;
                continue;
              }
            g_assert_true (bw_finder_find (&finder, part, slot, scene.layout.at[part], NULL, 0,
                                           &place, &got));
            g_assert_true (bw_scene_is_free (&scene, part, &place));
            g_assert_cmpuint (place.slot, ==, slot);
            g_assert_cmpfloat_with_epsilon (got, want, 2e-7);
            n_found++;
          }
      bw_finder_clear (&finder);
      bw_workspace_clear (&workspace);
      bw_scene_clear (&scene);
      bw_model_free (model);
    }
  g_assert_cmpuint (n_found, >, 100);
  g_assert_cmpuint (n_full, >, 100);
}

#define N_KEEPOUTS 3000

/* Keepouts as far as one can see, and parts that hardly fit between them. */
static void
no_iteration_takes_long_on_a_board_full_of_keepouts (void)
{
  BwRandom random = bw_random_new (7);
  g_autofree Tiny *tiny = g_new0 (Tiny, 1);
  g_autofree BwProblemKeepout *keepouts = g_new0 (BwProblemKeepout, N_KEEPOUTS);
  g_autofree BwPoint *corners = g_new0 (BwPoint, 4 * N_KEEPOUTS);
  BwPlacerOptions options = { .seed = 1, .iterations = 200, .mode = BW_PLACER_MODE_ALL };
  BwSchedule schedule;
  uint64_t most = 0;
  uint32_t n_steps = 1;

  tiny_init (tiny, &random, MM (100));
  for (int i = 0; i < N_PARTS; i++)
    set_corners (tiny->corners[i], -MM (2), -MM (2), MM (2), MM (2));
  for (int i = 0; i < N_KEEPOUTS; i++)
    {
      BwPoint at = { random_nm (&random, 0, MM (98)), random_nm (&random, 0, MM (98)) };

      set_corners (corners + 4 * i, at.x_nm, at.y_nm, at.x_nm + MM (2), at.y_nm + MM (1));
      keepouts[i] = (BwProblemKeepout) { { corners + 4 * i, 4 }, 3 };
    }
  tiny->problem.keepouts = keepouts;
  tiny->problem.n_keepouts = N_KEEPOUTS;
  g_assert_true (bw_schedule_init (&schedule, &tiny->problem, &options));
  for (bool more = true; more; n_steps++)
    {
      uint64_t before = schedule.scene.work;

      more = bw_schedule_step (&schedule);
      most = MAX (most, schedule.scene.work - before);
    }
  g_test_message ("%u steps, at most %" G_GUINT64_FORMAT " in one", n_steps, most);
  g_assert_cmpuint (n_steps, >, 200);
  g_assert_cmpuint (most, <, 100000);
  bw_schedule_clear (&schedule);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/search/" name, function)
  ADD ("the-index-finds-what-overlaps-and-nothing-else",
       the_index_finds_what_overlaps_and_nothing_else);
  ADD ("a-sweep-finds-the-nearest-free-place-on-each-line",
       a_sweep_finds_the_nearest_free_place_on_each_line);
  ADD ("values-are-sorted", values_are_sorted);
  ADD ("covers-hold-every-point-of-what-they-cover", covers_hold_every_point_of_what_they_cover);
  ADD ("the-transform-agrees-with-the-naive-sum", the_transform_agrees_with_the_naive_sum);
  ADD ("the-finder-finds-the-cheapest-of-all-free-places",
       the_finder_finds_the_cheapest_of_all_free_places);
  ADD ("no-iteration-takes-long-on-a-board-full-of-keepouts",
       no_iteration_takes_long_on_a_board_full_of_keepouts);
#undef ADD
  return g_test_run ();
}
