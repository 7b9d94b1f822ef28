/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "painter-fixture.h"

static double
change_at (BwPainter      *painter,
           const BwCamera *camera,
           BwShow          flag,
           double          x_mm,
           double          y_mm)
{
  cairo_surface_t *with, *without;
  double change;

  bw_painter_set_show (painter, 0);
  without = paint (painter, camera);
  bw_painter_set_show (painter, flag);
  with = paint (painter, camera);
  change = color_distance (pixel_at (with, x_mm, y_mm), pixel_at (without, x_mm, y_mm));
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
  return change;
}

static void
heat_colours_what_is_taken_up (Fixture       *f,
                               gconstpointer  data)
{
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();

  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_HEAT, 10.5, 8), >, 0.05);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_HEAT, 30, 30), <, 0.01);
  /* Seen from the back what lay to the left lies to the right. */
  camera.flipped = TRUE;
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_HEAT, 29.5, 32.5), <, 0.3);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_HEAT, 29.5, 30), >, 0.05);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_HEAT, 10, 30), <, 0.01);
}

static void
congestion_colours_what_lies_between_the_parts (Fixture       *f,
                                                gconstpointer  data)
{
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();

  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_HEAT, 14, 14), <, 0.01);
  bw_painter_set_heat (painter, BW_HEAT_CONGESTION);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_HEAT, 14, 14), >, 0.003);
}

static void
a_hull_goes_round_the_parts_of_a_module (Fixture       *f,
                                         gconstpointer  data)
{
  g_autoptr (BwPainter) painter = NULL;
  BwCamera camera = make_camera ();

  f->footprints[1].module = 0;
  painter = bw_painter_new (&f->board);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_MODULES, 20, 8), >, 0.05);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_MODULES, 20, 12), ==, 0);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_MODULES, 8, 20), ==, 0);
  bw_painter_set_hidden (painter, (const guint8[]) { 0, 1, 0 });
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_MODULES, 20, 8), ==, 0);
}

static void
a_trail_leads_to_where_a_part_is (Fixture       *f,
                                  gconstpointer  data)
{
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  g_autofree BwPose *poses = bw_board_dup_poses (&f->board);
  BwCamera camera = make_camera ();

  bw_painter_add_trail (painter, TRUE);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_TRAILS, 14, 8), ==, 0);
  poses[0].at.x_nm = MM (20);
  bw_painter_set_poses (painter, poses);
  bw_painter_add_trail (painter, FALSE);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_TRAILS, 14, 8), >, 0.05);
  bw_painter_add_trail (painter, TRUE);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_TRAILS, 14, 8), ==, 0);
}

static void
forces_are_arrows_in_the_colour_of_their_term (Fixture       *f,
                                               gconstpointer  data)
{
  const BwTheme *theme = bw_theme_get (BW_STYLE_LIGHT);
  const BwFrameForce forces[] = { { 0, BW_FORCE_ATTRACTION, 8, 0 },
                                  { 2, BW_FORCE_REPULSION, 0, -2 } };
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();
  cairo_surface_t *surface;

  bw_painter_set_show (painter, BW_SHOW_FORCES);
  bw_painter_set_forces (painter, forces, G_N_ELEMENTS (forces));
  surface = paint (painter, &camera);
  /* The largest is 44 px long, one a quarter as strong 24. */
  g_assert_cmpfloat (color_distance (pixel_at (surface, 12, 8),
                                     theme->forces[BW_FORCE_ATTRACTION]), <, 0.45);
  g_assert_cmpfloat (color_distance (pixel_at (surface, 8, 28),
                                     theme->forces[BW_FORCE_REPULSION]), <, 0.45);
  assert_color (surface, 13, 8, theme->board);
  cairo_surface_destroy (surface);
  /* Seen from the back it points to the left. */
  camera.flipped = TRUE;
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_FORCES, 28, 8), >, 0.2);
  bw_painter_set_forces (painter, NULL, 0);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_FORCES, 28, 8), ==, 0);
}

static void
pads_can_be_left_out (Fixture       *f,
                      gconstpointer  data)
{
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();

  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_PADS, 8, 8), >, 0.1);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_PADS, 6, 9), ==, 0);
}

static void
the_grid_is_as_far_apart_as_was_set (Fixture       *f,
                                     gconstpointer  data)
{
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();

  bw_painter_set_grid (painter, 2.5);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_GRID, 12.55, 13.5), >, 0.005);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_GRID, 13.5, 13.5), ==, 0);
  /* Lines that could not be told apart are left out. */
  bw_painter_set_grid (painter, 0.5);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_GRID, 12.55, 13.5), ==, 0);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_GRID, 12.05, 13.5), >, 0.005);
}

static void
overlaps_are_red_and_go_when_they_end (Fixture       *f,
                                       gconstpointer  data)
{
  const BwTheme *theme = bw_theme_get (BW_STYLE_DARK);
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwPose poses[3] = { f->footprints[0].pose, { { MM (12), MM (8) }, 0, BW_SIDE_FRONT },
                      f->footprints[2].pose };
  BwCamera camera = make_camera ();
  cairo_surface_t *surface;

  bw_painter_set_theme (painter, theme);
  bw_painter_set_show (painter, BW_SHOW_OVERLAPS);
  bw_painter_set_poses (painter, poses);
  surface = paint (painter, &camera);
  g_assert_cmpfloat (pixel_at (surface, 10, 9).red, >, 0.6);
  g_assert_cmpfloat (pixel_at (surface, 6, 9).red, <, 0.5);
  g_assert_cmpfloat (pixel_at (surface, 14, 9).green, >, 0.3);
  cairo_surface_destroy (surface);

  poses[1].side = BW_SIDE_BACK;
  bw_painter_set_poses (painter, poses);
  surface = paint (painter, &camera);
  g_assert_cmpfloat (pixel_at (surface, 10, 9).red, <, 0.5);
  cairo_surface_destroy (surface);
}

/* While parts are drawn on their way past each other. */
static void
where_no_part_lies_on_another_only_what_is_held_is_marked (Fixture       *f,
                                                           gconstpointer  data)
{
  static const guint8 one[] = { TRUE, FALSE, FALSE }, both[] = { TRUE, TRUE, FALSE };
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwPose poses[3] = { f->footprints[0].pose, { { MM (12), MM (8) }, 0, BW_SIDE_FRONT },
                      f->footprints[2].pose };
  BwCamera camera = make_camera ();

  bw_painter_set_poses (painter, poses);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_OVERLAPS, 10.5, 9.5), >, 0.1);
  bw_painter_set_parted (painter, TRUE);
  bw_painter_set_held (painter, one);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_OVERLAPS, 10.5, 9.5), ==, 0);
  bw_painter_set_held (painter, both);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_OVERLAPS, 10.5, 9.5), >, 0.1);
}

static void
parts_that_lie_where_they_may_not_are_marked (Fixture       *f,
                                              gconstpointer  data)
{
  static const guint8 first[3] = { TRUE, FALSE, FALSE };
  static const guint8 second[3] = { FALSE, TRUE, FALSE };
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();

  bw_painter_set_strays (painter, second, NULL);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_OVERLAPS, 32.5, 9.5), >, 0.1);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_OVERLAPS, 10.5, 9.5), ==, 0);
  bw_painter_set_strays (painter, NULL, NULL);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_OVERLAPS, 32.5, 9.5), ==, 0);
  bw_painter_set_strays (painter, NULL, second);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_OVERLAPS, 32.5, 9.5), >, 0.1);
  bw_painter_set_strays (painter, first, second);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_OVERLAPS, 32.5, 9.5), >, 0.1);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_OVERLAPS, 10.5, 9.5), >, 0.1);
  bw_painter_set_strays (painter, NULL, NULL);
  /* However small it is drawn. */
  camera.scale_px_per_mm = 0.1;
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_OVERLAPS, 20.15, 19.85), ==, 0);
  bw_painter_set_strays (painter, second, NULL);
  g_assert_cmpfloat (change_at (painter, &camera, BW_SHOW_OVERLAPS, 20.15, 19.85), >, 0.1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/painter-overlays/heat-colours-what-is-taken-up", heat_colours_what_is_taken_up);
  ADD ("/painter-overlays/congestion-colours-what-lies-between-the-parts",
       congestion_colours_what_lies_between_the_parts);
  ADD ("/painter-overlays/a-hull-goes-round-the-parts-of-a-module",
       a_hull_goes_round_the_parts_of_a_module);
  ADD ("/painter-overlays/a-trail-leads-to-where-a-part-is", a_trail_leads_to_where_a_part_is);
  ADD ("/painter-overlays/forces-are-arrows-in-the-colour-of-their-term",
       forces_are_arrows_in_the_colour_of_their_term);
  ADD ("/painter-overlays/pads-can-be-left-out", pads_can_be_left_out);
  ADD ("/painter-overlays/the-grid-is-as-far-apart-as-was-set",
       the_grid_is_as_far_apart_as_was_set);
  ADD ("/painter-overlays/overlaps-are-red-and-go-when-they-end",
       overlaps_are_red_and_go_when_they_end);
  ADD ("/painter-overlays/where-no-part-lies-on-another-only-what-is-held-is-marked",
       where_no_part_lies_on_another_only_what_is_held_is_marked);
  ADD ("/painter-overlays/parts-that-lie-where-they-may-not-are-marked",
       parts_that_lie_where_they_may_not_are_marked);
  return g_test_run ();
}
