/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <math.h>

#include "render/bw-gesture.h"

static BwCamera
make_camera (void)
{
  BwCamera camera = bw_camera_new (400, 300);

  camera.center_x_mm = camera.center_y_mm = 20;
  return camera;
}

static void
assert_seen_at (const BwCamera *camera,
                double          x_mm,
                double          y_mm,
                double          x_px,
                double          y_px)
{
  double x, y;

  bw_camera_to_px (camera, x_mm, y_mm, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, x_px, 1e-6);
  g_assert_cmpfloat_with_epsilon (y, y_px, 1e-6);
}

static void
a_pinch_zooms_by_what_the_fingers_went_apart (void)
{
  static const double scales[] = { 1.1, 1.5, 1.25, 2 };
  BwCamera camera = make_camera ();
  BwPinch pinch = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      bw_gesture_pinch (&camera, &pinch, scales[i], 300, 200);
      g_assert_cmpfloat_with_epsilon (camera.scale_px_per_mm, 10 * scales[i], 1e-9);
      assert_seen_at (&camera, 30, 25, 300, 200);
    }
  /* The next one goes on from there. */
  pinch = (BwPinch) { 0 };
  bw_gesture_pinch (&camera, &pinch, 0.5, 300, 200);
  g_assert_cmpfloat_with_epsilon (camera.scale_px_per_mm, 10, 1e-9);
}

static void
what_is_between_the_fingers_goes_with_them (void)
{
  BwCamera camera = make_camera ();
  BwPinch pinch = { 0 };

  bw_gesture_pinch (&camera, &pinch, 1, 300, 200);
  bw_gesture_pinch (&camera, &pinch, 1, 250, 220);
  g_assert_cmpfloat_with_epsilon (camera.scale_px_per_mm, 10, 1e-9);
  assert_seen_at (&camera, 30, 25, 250, 220);
  bw_gesture_pinch (&camera, &pinch, 3, 240, 230);
  assert_seen_at (&camera, 30, 25, 240, 230);
  /* Seen from the back as well. */
  camera = make_camera ();
  camera.flipped = true;
  pinch = (BwPinch) { 0 };
  bw_gesture_pinch (&camera, &pinch, 1, 300, 200);
  bw_gesture_pinch (&camera, &pinch, 2, 260, 180);
  assert_seen_at (&camera, 10, 25, 260, 180);
}

static void
a_pinch_that_makes_no_sense_changes_nothing (void)
{
  BwCamera camera = make_camera (), before = camera;
  BwPinch pinch = { 0 };

  bw_gesture_pinch (&camera, &pinch, 0, 300, 200);
  bw_gesture_pinch (&camera, &pinch, -2, 300, 200);
  bw_gesture_pinch (&camera, &pinch, NAN, 300, 200);
  g_assert_true (bw_camera_equal (&camera, &before));
  g_assert_false (pinch.began);
}

static void
a_touchpad_pans_and_zooms_where_that_is_asked_for (void)
{
  BwCamera camera = make_camera ();

  bw_gesture_scroll (&camera, 300, 200, &(BwScroll) { .dx = 12, .dy = -7 });
  assert_seen_at (&camera, 30, 25, 288, 207);
  camera = make_camera ();
  bw_gesture_scroll (&camera, 300, 200, &(BwScroll) { .dy = -100, .is_zoom = true });
  g_assert_cmpfloat (camera.scale_px_per_mm, >, 15);
  assert_seen_at (&camera, 30, 25, 300, 200);
}

static void
a_wheel_zooms_at_the_pointer_and_pans_sideways_where_that_is_asked_for (void)
{
  BwCamera camera = make_camera ();

  bw_gesture_scroll (&camera, 300, 200, &(BwScroll) { .dy = -1, .is_wheel = true });
  g_assert_cmpfloat_with_epsilon (camera.scale_px_per_mm, 12, 1e-9);
  assert_seen_at (&camera, 30, 25, 300, 200);
  bw_gesture_scroll (&camera, 300, 200, &(BwScroll) { .dy = 1, .is_wheel = true });
  g_assert_cmpfloat_with_epsilon (camera.scale_px_per_mm, 10, 1e-9);
  bw_gesture_scroll (&camera, 300, 200,
                     &(BwScroll) { .dy = 1, .is_wheel = true, .is_pan = true });
  assert_seen_at (&camera, 30, 25, 300 - BW_GESTURE_STEP_PX, 200);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gesture/a-pinch-zooms-by-what-the-fingers-went-apart",
                   a_pinch_zooms_by_what_the_fingers_went_apart);
  g_test_add_func ("/gesture/what-is-between-the-fingers-goes-with-them",
                   what_is_between_the_fingers_goes_with_them);
  g_test_add_func ("/gesture/a-pinch-that-makes-no-sense-changes-nothing",
                   a_pinch_that_makes_no_sense_changes_nothing);
  g_test_add_func ("/gesture/a-touchpad-pans-and-zooms-where-that-is-asked-for",
                   a_touchpad_pans_and_zooms_where_that_is_asked_for);
  g_test_add_func ("/gesture/"
                   "a-wheel-zooms-at-the-pointer-and-pans-sideways-where-that-is-asked-for",
                   a_wheel_zooms_at_the_pointer_and_pans_sideways_where_that_is_asked_for);
  return g_test_run ();
}
