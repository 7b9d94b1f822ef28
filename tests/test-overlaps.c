/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "painter-fixture.h"
#include "render/bw-overlaps.h"

static guint
count_overlaps (Fixture      *f,
                const BwPose *poses)
{
  g_autoptr (BwOverlaps) overlaps = bw_overlaps_new (&f->board);
  BwTransform transforms[3];
  guint n;

  get_transforms (poses, transforms);
  bw_overlaps_update (overlaps, transforms);
  bw_overlaps_get (overlaps, &n);
  return n;
}

static void
parts_that_only_touch_do_not_overlap (Fixture       *f,
                                      gconstpointer  data)
{
  BwPose poses[3] = { f->footprints[0].pose, { { MM (14), MM (8) }, 0, BW_SIDE_FRONT },
                      f->footprints[2].pose };

  g_assert_cmpuint (count_overlaps (f, poses), ==, 0);
  poses[1].at.x_nm -= 1000;
  g_assert_cmpuint (count_overlaps (f, poses), ==, 1);
}

static void
a_part_in_the_notch_of_another_does_not_overlap (Fixture       *f,
                                                 gconstpointer  data)
{
  /* A U that is open at the top; the other parts are 6 by 4 mm. */
  BwPoint cup[] = { { MM (-6), MM (-5) }, { MM (-4), MM (-5) }, { MM (-4), MM (5) },
                    { MM (4), MM (5) },   { MM (4), MM (-5) },  { MM (6), MM (-5) },
                    { MM (6), MM (7) },   { MM (-6), MM (7) } };
  BwRing ring = { cup, G_N_ELEMENTS (cup) };
  BwPose poses[3] = { { { MM (20), MM (20) }, 0, BW_SIDE_FRONT },
                      { { MM (20), MM (20) }, 0, BW_SIDE_FRONT },
                      f->footprints[2].pose };

  f->footprints[0].body[0] = &ring;
  f->footprints[0].box = bw_ring_box (&ring);
  g_assert_cmpuint (count_overlaps (f, poses), ==, 0);
  poses[1].at.y_nm += MM (3.5);
  g_assert_cmpuint (count_overlaps (f, poses), >, 0);
}

static void
a_heap_of_parts_takes_a_bounded_time (Fixture       *f,
                                      gconstpointer  data)
{
  const guint n = 2000;
  g_autofree BwFootprint *footprints = g_new (BwFootprint, n);
  g_autofree BwTransform *transforms = g_new (BwTransform, n);
  g_autoptr (BwOverlaps) overlaps = NULL;
  BwBoard board = f->board;
  guint n_overlaps;

  for (guint i = 0; i < n; i++)
    {
      footprints[i] = f->footprints[0];
      transforms[i] = bw_pose_transform (&f->footprints[0].pose);
    }
  board.footprints = footprints;
  board.n_footprints = n;
  overlaps = bw_overlaps_new (&board);
  bw_overlaps_update (overlaps, transforms);
  bw_overlaps_get (overlaps, &n_overlaps);
  g_assert_cmpuint (n_overlaps, ==, BW_OVERLAPS_MAX);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/overlaps/parts-that-only-touch-do-not-overlap", parts_that_only_touch_do_not_overlap);
  ADD ("/overlaps/a-part-in-the-notch-of-another-does-not-overlap",
       a_part_in_the_notch_of_another_does_not_overlap);
  ADD ("/overlaps/a-heap-of-parts-takes-a-bounded-time", a_heap_of_parts_takes_a_bounded_time);
  return g_test_run ();
}
