/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-pick.h"

#define MM(value) ((gint32) ((value) * 1000000))
#define RECTANGLE(x, y)                                                                            \
  {                                                                                                \
    { MM (-(x)), MM (-(y)) }, { MM (x), MM (-(y)) }, { MM (x), MM (y) }, { MM (-(x)), MM (y) },    \
  }
#define BODY(corners) { { (corners), G_N_ELEMENTS (corners) } }
#define N_PARTS 4

/* U1, 10 by 10 mm with its corner cut off, lies at (20, 20); C1, 2 by 2 mm, inside it; C2, 2 by 2
 * mm at the same place, on the back; R1, 4 by 1 mm, is turned by 90 degrees at (40, 20). */
static const BwPoint chip[] = {
  { MM (-5), MM (-5) }, { MM (5), MM (-5) }, { MM (5), MM (5) }, { 0, MM (5) }, { MM (-5), 0 },
};
static const BwPoint capacitor[] = RECTANGLE (1, 1);
static const BwPoint resistor[] = RECTANGLE (2, 0.5);
static const BwRing bodies[][1] = { BODY (chip), BODY (capacitor), BODY (resistor) };
static const BwFootprint parts[N_PARTS] = {
  { .reference = "U1", .silhouette = bodies[0], .n_silhouette = 1,
    .box = { MM (-5), MM (-5), MM (5), MM (5) } },
  { .reference = "C1", .silhouette = bodies[1], .n_silhouette = 1,
    .box = { MM (-1), MM (-1), MM (1), MM (1) } },
  { .reference = "C2", .silhouette = bodies[1], .n_silhouette = 1,
    .box = { MM (-1), MM (-1), MM (1), MM (1) } },
  { .reference = "R1", .silhouette = bodies[2], .n_silhouette = 1,
    .box = { MM (-2), MM (-0.5), MM (2), MM (0.5) } },
};
static const BwPose places[N_PARTS] = {
  { { MM (20), MM (20) }, 0, BW_SIDE_FRONT },
  { { MM (22), MM (20) }, 0, BW_SIDE_FRONT },
  { { MM (22), MM (20) }, 0, BW_SIDE_BACK },
  { { MM (40), MM (20) }, 9000, BW_SIDE_FRONT },
};

/* The reference at a place, when part number `moved` lies elsewhere. */
static const char *
picked (double x_mm,
        double y_mm,
        gint32 moved,
        BwPose pose,
        BwSide near)
{
  const BwBoard board = { .footprints = parts, .n_footprints = N_PARTS };
  BwPose poses[N_PARTS];
  gint32 found;

  for (guint i = 0; i < N_PARTS; i++)
    poses[i] = (gint32) i == moved ? pose : places[i];
  found = bw_pick_footprint (&board, poses, NULL, near,
                             (BwPoint) { bw_nm_from_mm (x_mm), bw_nm_from_mm (y_mm) });
  return found < 0 ? "" : parts[found].reference;
}

static const char *
at (double x_mm,
    double y_mm)
{
  return picked (x_mm, y_mm, -1, (BwPose) { 0 }, BW_SIDE_FRONT);
}

static void
the_smaller_part_is_before_the_larger (void)
{
  g_assert_cmpstr (at (22, 20), ==, "C1");
  g_assert_cmpstr (at (18, 18), ==, "U1");
}

static void
the_front_is_before_the_back (void)
{
  BwPose away = { { 100000000, 0 }, 0, BW_SIDE_FRONT };

  g_assert_cmpstr (picked (22, 20, 1, away, BW_SIDE_FRONT), ==, "U1");
  g_assert_cmpstr (picked (22, 20, 0, away, BW_SIDE_FRONT), ==, "C1");
}

static void
a_part_is_found_where_the_poses_have_it (void)
{
  BwPose moved = { { 60000000, 50000000 }, 4500, BW_SIDE_BACK };

  g_assert_cmpstr (picked (22, 20, 1, moved, BW_SIDE_FRONT), ==, "U1");
  g_assert_cmpstr (picked (61.2, 50, 1, moved, BW_SIDE_FRONT), ==, "C1");
  g_assert_cmpstr (picked (60.9, 50.9, 1, moved, BW_SIDE_FRONT), ==, "");
}

static void
its_shape_and_rotation_count (void)
{
  g_assert_cmpstr (at (15.5, 24.5), ==, "");
  g_assert_cmpstr (at (40, 18.5), ==, "R1");
  g_assert_cmpstr (at (41.5, 20), ==, "");
}

static void
what_is_hidden_is_not_found (void)
{
  const BwBoard board = { .footprints = parts, .n_footprints = N_PARTS };
  const guint8 hidden[N_PARTS] = { 0, 1, 1, 0 };

  g_assert_cmpint (bw_pick_footprint (&board, places, hidden, BW_SIDE_FRONT,
                                      (BwPoint) { MM (22), MM (20) }), ==, 0);
}

/* Of U1, C1, C2 and R1, those that the box chooses: one bit each. */
static guint
chosen (double   x0_mm,
        double   y0_mm,
        double   x1_mm,
        double   y1_mm,
        gboolean touching)
{
  const BwBoard board = { .footprints = parts, .n_footprints = N_PARTS };
  const guint8 hidden[N_PARTS] = { 0, 0, 1, 0 };
  BwBox box = { MM (x0_mm), MM (y0_mm), MM (x1_mm), MM (y1_mm) };
  guint8 flags[N_PARTS];

  bw_pick_box (&board, places, hidden, &box, touching, flags);
  return flags[0] | (guint) flags[1] << 1 | (guint) flags[2] << 2 | (guint) flags[3] << 3;
}

static void
a_box_chooses_what_lies_within_it (void)
{
  g_assert_cmpuint (chosen (14, 14, 26, 26, FALSE), ==, 1 | 2);
  g_assert_cmpuint (chosen (20.5, 18, 24, 22, FALSE), ==, 2);
  g_assert_cmpuint (chosen (39, 17, 41, 23, FALSE), ==, 8);
  g_assert_cmpuint (chosen (39, 19, 41, 21, FALSE), ==, 0);
  g_assert_cmpuint (chosen (0, 0, 60, 60, FALSE), ==, 1 | 2 | 8);
}

static void
or_what_it_touches_if_wished (void)
{
  /* Across, within, round a corner that is cut off, and beside. */
  g_assert_cmpuint (chosen (35, 19, 60, 19.5, TRUE), ==, 8);
  g_assert_cmpuint (chosen (16, 16, 17, 17, TRUE), ==, 1);
  g_assert_cmpuint (chosen (15, 24, 16, 25, TRUE), ==, 0);
  g_assert_cmpuint (chosen (15, 22, 17.6, 25, TRUE), ==, 1);
  g_assert_cmpuint (chosen (41, 18, 45, 22, TRUE), ==, 0);
}

static void
a_logo_is_found_by_its_box (void)
{
  const BwFootprint logo = { .reference = "G1", .silhouette = bodies[1], .n_silhouette = 1,
                             .box = { MM (-1), MM (-1), MM (1), MM (1) } };
  const BwBoard board = { .footprints = &logo, .n_footprints = 1 };
  const BwPose pose = { { MM (5), MM (5) }, 0, BW_SIDE_FRONT };

  g_assert_cmpint (bw_pick_footprint (&board, &pose, NULL, BW_SIDE_FRONT,
                                      (BwPoint) { MM (5.5), MM (5.5) }), ==, 0);
  g_assert_cmpint (bw_pick_footprint (&board, &pose, NULL, BW_SIDE_FRONT,
                                      (BwPoint) { MM (6.5), MM (5.5) }), ==, -1);
}

static void
the_smaller_pad_is_before_the_larger (void)
{
  static const BwPoint large[] = RECTANGLE (2, 0.5), small[] = RECTANGLE (0.3, 0.3);
  static const BwPad pads[] = {
    { .outline = { large, G_N_ELEMENTS (large) } }, { .outline = { small, G_N_ELEMENTS (small) } },
  };
  const BwFootprint part = { .pads = pads, .n_pads = G_N_ELEMENTS (pads) };
  BwPose pose = { { MM (40), MM (20) }, 9000, BW_SIDE_FRONT };

  g_assert_cmpint (bw_pick_pad (&part, &pose, (BwPoint) { MM (40), MM (20.2) }), ==, 1);
  g_assert_cmpint (bw_pick_pad (&part, &pose, (BwPoint) { MM (40), MM (21.5) }), ==, 0);
  g_assert_cmpint (bw_pick_pad (&part, &pose, (BwPoint) { MM (41.5), MM (20) }), ==, -1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pick/the smaller part is before the larger",
                   the_smaller_part_is_before_the_larger);
  g_test_add_func ("/pick/the front is before the back", the_front_is_before_the_back);
  g_test_add_func ("/pick/a part is found where the poses have it",
                   a_part_is_found_where_the_poses_have_it);
  g_test_add_func ("/pick/what is hidden is not found", what_is_hidden_is_not_found);
  g_test_add_func ("/pick/its shape and rotation count", its_shape_and_rotation_count);
  g_test_add_func ("/pick/a box chooses what lies within it", a_box_chooses_what_lies_within_it);
  g_test_add_func ("/pick/or what it touches if wished", or_what_it_touches_if_wished);
  g_test_add_func ("/pick/a logo is found by its box", a_logo_is_found_by_its_box);
  g_test_add_func ("/pick/the smaller pad is before the larger",
                   the_smaller_pad_is_before_the_larger);
  return g_test_run ();
}
