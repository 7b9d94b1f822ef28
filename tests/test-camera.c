/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "render/bw-camera.h"

static const BwBox board_box = { 10000000, 20000000, 110000000, 70000000 };

static void
fitting_shows_all_of_a_box_in_the_middle (void)
{
  BwCamera camera = bw_camera_new (1040, 1000);
  double x, y;

  bw_camera_fit (&camera, &board_box, 20);
  g_assert_cmpfloat_with_epsilon (camera.scale_px_per_mm, 10, 1e-9);
  bw_camera_to_px (&camera, 10, 20, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 20, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, 250, 1e-9);
  bw_camera_to_px (&camera, 110, 70, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 1020, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, 750, 1e-9);
}

static void
from_the_back_x_goes_to_the_left (void)
{
  BwCamera camera = bw_camera_new (1040, 1000);
  double x_px, y_px, x_mm, y_mm;

  camera.flipped = true;
  bw_camera_fit (&camera, &board_box, 20);
  bw_camera_to_px (&camera, 10, 20, &x_px, &y_px);
  g_assert_cmpfloat_with_epsilon (x_px, 1020, 1e-9);
  g_assert_cmpfloat_with_epsilon (y_px, 250, 1e-9);

  /* What is under the pointer stays there, and follows it. */
  bw_camera_zoom_at (&camera, 700, 400, 2);
  bw_camera_to_mm (&camera, 700, 400, &x_mm, &y_mm);
  g_assert_cmpfloat_with_epsilon (x_mm, 42, 1e-9);
  bw_camera_pan (&camera, 30, -10);
  bw_camera_to_px (&camera, x_mm, y_mm, &x_px, &y_px);
  g_assert_cmpfloat_with_epsilon (x_px, 730, 1e-9);
  g_assert_cmpfloat_with_epsilon (y_px, 390, 1e-9);
}

static void
fitting_survives_boxes_without_a_size (void)
{
  BwCamera camera = bw_camera_new (300, 300);
  BwBox nothing = BW_BOX_EMPTY;
  BwBox point = { 5000000, 5000000, 5000000, 5000000 };
  BwBox line = { 0, 5000000, 10000000, 5000000 };
  BwCamera before = camera;

  bw_camera_fit (&camera, &nothing, 20);
  g_assert_true (bw_camera_equal (&camera, &before));
  bw_camera_fit (&camera, &point, 20);
  g_assert_cmpfloat (camera.scale_px_per_mm, ==, 10);
  g_assert_cmpfloat (camera.center_x_mm, ==, 5);
  bw_camera_fit (&camera, &line, 20);
  g_assert_cmpfloat_with_epsilon (camera.scale_px_per_mm, 26, 1e-9);
}

static void
a_view_smaller_than_its_margins_still_shows_something (void)
{
  BwCamera camera = bw_camera_new (30, 30);

  bw_camera_fit (&camera, &board_box, 20);
  g_assert_cmpfloat_with_epsilon (camera.scale_px_per_mm, 0.15, 1e-9);
}

static void
pixels_and_millimetres_are_inverse (void)
{
  BwCamera camera = bw_camera_new (640, 480);
  double x_mm, y_mm, x_px, y_px;

  bw_camera_fit (&camera, &board_box, 20);
  bw_camera_zoom_at (&camera, 17, 400, 3.7);
  bw_camera_to_mm (&camera, 123, 321, &x_mm, &y_mm);
  bw_camera_to_px (&camera, x_mm, y_mm, &x_px, &y_px);
  g_assert_cmpfloat_with_epsilon (x_px, 123, 1e-9);
  g_assert_cmpfloat_with_epsilon (y_px, 321, 1e-9);
}

static void
zooming_leaves_what_is_under_the_pointer_there (void)
{
  BwCamera camera = bw_camera_new (640, 480);
  double x0, y0, x1, y1;

  bw_camera_set_bounds (&camera, &board_box);
  bw_camera_fit (&camera, &board_box, 20);
  bw_camera_to_mm (&camera, 200, 130, &x0, &y0);
  for (int i = 0; i < 20; i++)
    bw_camera_zoom_at (&camera, 200, 130, 1.2);
  bw_camera_to_mm (&camera, 200, 130, &x1, &y1);
  g_assert_cmpfloat_with_epsilon (x0, x1, 1e-9);
  g_assert_cmpfloat_with_epsilon (y0, y1, 1e-9);
}

static void
panning_moves_what_is_seen_with_the_hand (void)
{
  BwCamera camera = bw_camera_new (640, 480);
  double x0, y0, x1, y1;

  bw_camera_fit (&camera, &board_box, 20);
  bw_camera_to_px (&camera, 50, 40, &x0, &y0);
  bw_camera_pan (&camera, 30, -12);
  bw_camera_to_px (&camera, 50, 40, &x1, &y1);
  g_assert_cmpfloat_with_epsilon (x1 - x0, 30, 1e-9);
  g_assert_cmpfloat_with_epsilon (y1 - y0, -12, 1e-9);
}

static void
a_board_cannot_be_lost_from_sight (void)
{
  BwCamera camera = bw_camera_new (640, 480);

  bw_camera_fit (&camera, &board_box, 20);
  bw_camera_set_bounds (&camera, &board_box);
  bw_camera_pan (&camera, 1e9, -1e9);
  g_assert_cmpfloat (camera.center_x_mm, ==, 10);
  g_assert_cmpfloat (camera.center_y_mm, ==, 70);
}

static void
the_scale_stays_within_its_limits (void)
{
  BwCamera camera = bw_camera_new (640, 480);

  bw_camera_zoom_at (&camera, 0, 0, 1e12);
  g_assert_cmpfloat (camera.scale_px_per_mm, ==, BW_CAMERA_MAX_SCALE);
  bw_camera_zoom_at (&camera, 0, 0, 1e-12);
  g_assert_cmpfloat (camera.scale_px_per_mm, ==, BW_CAMERA_MIN_SCALE);
}

static void
a_box_has_a_size_from_either_side (void)
{
  static const BwBox box = { 30000000, 25000000, 40000000, 30000000 };
  BwCamera camera = bw_camera_new (400, 300);
  double x, y, width, height;

  camera.center_x_mm = camera.center_y_mm = 20;
  for (int flipped = 0; flipped < 2; flipped++)
    {
      camera.flipped = flipped;
      bw_camera_box_to_px (&camera, &box, &x, &y, &width, &height);
      g_assert_cmpfloat_with_epsilon (x, flipped ? 0 : 300, 1e-9);
      g_assert_cmpfloat_with_epsilon (y, 200, 1e-9);
      g_assert_cmpfloat_with_epsilon (width, 100, 1e-9);
      g_assert_cmpfloat_with_epsilon (height, 50, 1e-9);
    }
}

static void
what_is_seen_stays_on_the_screen_when_the_view_is_another_part_of_it (void)
{
  for (int flipped = 0; flipped < 2; flipped++)
    {
      BwCamera camera = bw_camera_new (800, 600);
      double x_mm, y_mm, x, y;

      camera.flipped = flipped != 0;
      bw_camera_to_mm (&camera, 300, 200, &x_mm, &y_mm);
      /* Something of 72 px came above it, something of 70 px below. */
      bw_camera_reframe (&camera, 0, 72, 800, 600 - 72 - 70);
      bw_camera_to_px (&camera, x_mm, y_mm, &x, &y);
      g_assert_cmpfloat_with_epsilon (x, 300, 1e-9);
      g_assert_cmpfloat_with_epsilon (y, 200 - 72, 1e-9);
      g_assert_cmpfloat (camera.height_px, ==, 458);
      g_assert_cmpfloat (camera.scale_px_per_mm, ==, 10);
    }
}

static void
a_view_is_cropped_to_what_of_a_box_is_in_it (void)
{
  const BwBox box = { 10000000, -5000000, 30000000, 5000000 };
  BwCamera camera = bw_camera_new (800, 600);
  double x, y, width, height;

  bw_camera_crop (&camera, &box, 16);
  g_assert_cmpfloat (camera.width_px, ==, 200 + 32);
  g_assert_cmpfloat (camera.height_px, ==, 100 + 32);
  g_assert_cmpfloat (camera.scale_px_per_mm, ==, 10);
  bw_camera_box_to_px (&camera, &box, &x, &y, &width, &height);
  g_assert_cmpfloat_with_epsilon (x, 16, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, 16, 1e-9);

  /* Out of view. */
  bw_camera_pan (&camera, 5000, 0);
  bw_camera_crop (&camera, &box, 16);
  g_assert_cmpfloat (camera.width_px, ==, 232);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera/from-the-back-x-goes-to-the-left", from_the_back_x_goes_to_the_left);
  g_test_add_func ("/camera/fitting-shows-all-of-a-box-in-the-middle",
                   fitting_shows_all_of_a_box_in_the_middle);
  g_test_add_func ("/camera/fitting-survives-boxes-without-a-size",
                   fitting_survives_boxes_without_a_size);
  g_test_add_func ("/camera/a-view-smaller-than-its-margins-still-shows-something",
                   a_view_smaller_than_its_margins_still_shows_something);
  g_test_add_func ("/camera/pixels-and-millimetres-are-inverse",
                   pixels_and_millimetres_are_inverse);
  g_test_add_func ("/camera/zooming-leaves-what-is-under-the-pointer-there",
                   zooming_leaves_what_is_under_the_pointer_there);
  g_test_add_func ("/camera/panning-moves-what-is-seen-with-the-hand",
                   panning_moves_what_is_seen_with_the_hand);
  g_test_add_func ("/camera/a-board-cannot-be-lost-from-sight", a_board_cannot_be_lost_from_sight);
  g_test_add_func ("/camera/the-scale-stays-within-its-limits", the_scale_stays_within_its_limits);
  g_test_add_func ("/camera/a-box-has-a-size-from-either-side", a_box_has_a_size_from_either_side);
  g_test_add_func ("/camera/what-is-seen-stays-when-the-view-is-another-part-of-the-window",
                   what_is_seen_stays_on_the_screen_when_the_view_is_another_part_of_it);
  g_test_add_func ("/camera/a-view-is-cropped-to-what-of-a-box-is-in-it",
                   a_view_is_cropped_to_what_of_a_box_is_in_it);
  return g_test_run ();
}
