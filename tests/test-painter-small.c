/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "painter-fixture.h"

#define SMALL_SCALE 1.5 /* px per mm: parts are 9 by 6 pixels */
#define MIDDLE_PX (SIZE / 2)

static cairo_surface_t *
paint_small (Fixture      *f,
             const BwPose *poses,
             BwShow        show)
{
  g_autoptr (BwPainter) painter = bw_painter_new (&f->board);
  BwCamera camera = make_camera ();

  camera.scale_px_per_mm = SMALL_SCALE;
  bw_painter_set_poses (painter, poses);
  bw_painter_set_show (painter, show);
  return paint (painter, &camera);
}

/* Of the pixels from (x0, y0) up to (x1, y1). */
static BwColor
mean_color (cairo_surface_t *surface,
            int              x0,
            int              y0,
            int              x1,
            int              y1)
{
  BwColor sum = { 0, 0, 0, 1 };
  double n = (x1 - x0) * (y1 - y0);

  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      {
        BwColor pixel = pixel_at (surface, (x + 0.5) / SCALE, (y + 0.5) / SCALE);

        sum.red += pixel.red / n;
        sum.green += pixel.green / n;
        sum.blue += pixel.blue / n;
      }
  return sum;
}

static int
to_px (gint32 at_nm)
{
  return MIDDLE_PX + (int) ((bw_nm_to_mm (at_nm) - 20) * SMALL_SCALE);
}

static void
small_parts_look_as_cairo_draws_their_shapes (Fixture       *f,
                                              gconstpointer  data)
{
  const BwPose poses[3] = { { { MM (8.3), MM (9.1) }, 0, BW_SIDE_FRONT },
                            { { MM (28.7), MM (9) }, 9000, BW_SIDE_FRONT },
                            { { MM (29), MM (30.2) }, 18000, BW_SIDE_BACK } };
  cairo_surface_t *boxes = paint_small (f, poses, BW_SHOW_PADS);
  cairo_surface_t *shapes = paint_small (f, poses, BW_SHOW_PADS | BW_SHOW_ALL_DETAIL);

  for (int i = 0; i < 3; i++)
    {
      int x = to_px (poses[i].at.x_nm), y = to_px (poses[i].at.y_nm);
      BwColor around = pixel_at (shapes, (double) (x - 10) / SCALE, (double) y / SCALE);
      BwColor shape = mean_color (shapes, x - 7, y - 7, x + 7, y + 7);

      g_assert_cmpfloat (color_distance (mean_color (boxes, x - 7, y - 7, x + 7, y + 7), shape),
                         <, 0.06);
      /* There is something to be seen. */
      g_assert_cmpfloat (color_distance (shape, around), >, 0.1);
    }
  cairo_surface_destroy (boxes);
  cairo_surface_destroy (shapes);
}

static void
a_small_round_pad_is_round (Fixture       *f,
                            gconstpointer  data)
{
  const BwPose poses[3] = { { { MM (30), MM (30) }, 0, BW_SIDE_FRONT },
                            f->footprints[1].pose, f->footprints[2].pose };
  BwPoint circle[24];
  int x = to_px (MM (30)), y = to_px (MM (30));
  const double radius_mm = 2 / SMALL_SCALE;
  cairo_surface_t *surface, *exact;

  for (guint i = 0; i < G_N_ELEMENTS (circle); i++)
    circle[i] = (BwPoint) { MM (radius_mm * cos (G_PI * i / 12)),
                            MM (radius_mm * sin (G_PI * i / 12)) };
  f->pads[0].outline = (BwRing) { circle, G_N_ELEMENTS (circle) };
  surface = paint_small (f, poses, BW_SHOW_PADS);
  exact = paint_small (f, poses, BW_SHOW_PADS | BW_SHOW_ALL_DETAIL);
  g_assert_cmpfloat (color_distance (mean_color (surface, x - 2, y - 2, x + 2, y + 2),
                                     mean_color (exact, x - 2, y - 2, x + 2, y + 2)), <, 0.03);
  cairo_surface_destroy (surface);
  cairo_surface_destroy (exact);
}

static void
a_small_body_that_is_no_box_keeps_its_shape (Fixture       *f,
                                             gconstpointer  data)
{
  BwPoint corner[] = { { MM (-3), MM (-3) }, { MM (-2), MM (-3) }, { MM (-2), MM (2) },
                       { MM (3), MM (2) },   { MM (3), MM (3) },   { MM (-3), MM (3) } };
  BwRing ring = { corner, G_N_ELEMENTS (corner) };
  const BwPose poses[3] = { { { MM (30), MM (30) }, 0, BW_SIDE_FRONT },
                            f->footprints[1].pose, f->footprints[2].pose };
  int x = to_px (MM (31)), y = to_px (MM (29));
  const BwTheme *theme = bw_theme_get (BW_STYLE_LIGHT);
  cairo_surface_t *surface;

  f->footprints[0].body[0] = f->footprints[0].silhouette = &ring;
  f->footprints[0].box = bw_ring_box (&ring);
  surface = paint_small (f, poses, 0);
  g_assert_cmpfloat (color_distance (pixel_at (surface, (x + 0.5) / SCALE, (y + 0.5) / SCALE),
                                     theme->board), <, 0.02);
  x = to_px (MM (27.5));
  g_assert_cmpfloat (color_distance (pixel_at (surface, (x + 0.5) / SCALE, (y + 0.5) / SCALE),
                                     theme->board), >, 0.1);
  cairo_surface_destroy (surface);
}

static void
small_overlaps_stand_out_all_the_same (Fixture       *f,
                                       gconstpointer  data)
{
  const BwPose poses[3] = { { { MM (28), MM (10) }, 0, BW_SIDE_FRONT },
                            { { MM (33.9), MM (10) }, 0, BW_SIDE_FRONT },
                            f->footprints[2].pose };
  const BwTheme *theme = bw_theme_get (BW_STYLE_LIGHT);
  cairo_surface_t *surface = paint_small (f, poses, BW_SHOW_OVERLAPS);
  int x = to_px (MM (31)), y = to_px (MM (10));
  double nearest = 3;

  for (int column = x - 2; column <= x + 2; column++)
    {
      BwColor pixel = pixel_at (surface, (column + 0.5) / SCALE, (y + 0.5) / SCALE);

      nearest = MIN (nearest, color_distance (pixel, theme->overlap));
    }
  g_assert_cmpfloat (nearest, <, 0.5);
  cairo_surface_destroy (surface);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/painter-small/a-small-round-pad-is-round", a_small_round_pad_is_round);
  ADD ("/painter-small/small-parts-look-as-cairo-draws-their-shapes",
       small_parts_look_as_cairo_draws_their_shapes);
  ADD ("/painter-small/a-small-body-that-is-no-box-keeps-its-shape",
       a_small_body_that_is_no_box_keeps_its_shape);
  ADD ("/painter-small/small-overlaps-stand-out-all-the-same",
       small_overlaps_stand_out_all_the_same);
  return g_test_run ();
}
