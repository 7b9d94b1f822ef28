/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <string.h>

#include "render/bw-raster.h"

#define SIZE 64

static const BwColor red = { 1, 0, 0, 1 };

typedef struct
{
  cairo_surface_t *surface;
  BwRaster *raster;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIZE, SIZE);
  f->raster = bw_raster_new ();
  g_assert_true (bw_raster_attach (f->raster, f->surface));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  bw_raster_free (f->raster);
  cairo_surface_destroy (f->surface);
}

static guint
alpha_at (Fixture *f,
          int      x,
          int      y)
{
  const guchar *data = cairo_image_surface_get_data (f->surface);
  guint32 pixel;

  memcpy (&pixel, data + y * cairo_image_surface_get_stride (f->surface) + x * 4, sizeof pixel);
  return pixel >> 24;
}

/* In pixels. */
static double
covered_area (Fixture *f)
{
  double sum = 0;

  for (int y = 0; y < SIZE; y++)
    for (int x = 0; x < SIZE; x++)
      sum += alpha_at (f, x, y) / 255.0;
  return sum;
}

static void
a_box_covers_its_area_to_a_part_of_a_pixel (Fixture       *f,
                                            gconstpointer  data)
{
  bw_raster_paint_box (f->raster, 10.5, 20.25, 30.75, 30, red, 1);
  g_assert_cmpfloat (fabs (covered_area (f) - 20.25 * 9.75), <, 0.5);
  g_assert_cmpuint (alpha_at (f, 20, 25), ==, 255);
  g_assert_cmpint (abs ((int) alpha_at (f, 10, 25) - 128), <, 3);
  g_assert_cmpuint (alpha_at (f, 9, 25), ==, 0);
  g_assert_cmpuint (alpha_at (f, 31, 25), ==, 0);
}

static void
a_polygon_covers_its_area_whichever_way_round (Fixture       *f,
                                               gconstpointer  data)
{
  const BwRasterPoint triangle[] = { { 5.3, 5.7 }, { 50.2, 11.4 }, { 20.1, 55.6 } };
  const BwRasterPoint turned[] = { triangle[2], triangle[1], triangle[0] };
  double area = ((triangle[1].x - triangle[0].x) * (triangle[2].y - triangle[0].y)
                 - (triangle[1].y - triangle[0].y) * (triangle[2].x - triangle[0].x)) / 2;

  bw_raster_add_polygon (f->raster, triangle, 3);
  bw_raster_paint (f->raster, red, 1);
  g_assert_cmpfloat (fabs (covered_area (f) - area), <, 3);

  memset (cairo_image_surface_get_data (f->surface), 0, SIZE * SIZE * 4);
  bw_raster_add_polygon (f->raster, turned, 3);
  bw_raster_paint (f->raster, red, 1);
  g_assert_cmpfloat (fabs (covered_area (f) - area), <, 3);
}

static void
lines_of_all_directions_are_as_wide_as_they_should_be (Fixture       *f,
                                                       gconstpointer  data)
{
  static const double widths[] = { 0.7, 1, 1.4, 2.2 };

  for (gsize w = 0; w < G_N_ELEMENTS (widths); w++)
    for (int degrees = 0; degrees < 360; degrees += 15)
      {
        double angle = degrees * G_PI / 180;
        BwRasterPoint from = { 32.3 - 20 * cos (angle), 32.6 - 20 * sin (angle) };
        BwRasterPoint to = { 32.3 + 20 * cos (angle), 32.6 + 20 * sin (angle) };

        memset (cairo_image_surface_get_data (f->surface), 0, SIZE * SIZE * 4);
        bw_raster_add_line (f->raster, from, to, widths[w]);
        bw_raster_paint (f->raster, red, 1);
        g_assert_cmpfloat (fabs (covered_area (f) / (40 * widths[w]) - 1), <, 0.1);
      }
}

static void
a_thick_line_has_round_ends (Fixture       *f,
                             gconstpointer  data)
{
  bw_raster_add_line (f->raster, (BwRasterPoint) { 20, 32 }, (BwRasterPoint) { 40, 32 }, 10);
  bw_raster_paint (f->raster, red, 1);
  g_assert_cmpfloat (fabs (covered_area (f) - (200 + G_PI * 25)), <, 3);
  g_assert_cmpuint (alpha_at (f, 16, 32), ==, 255);
  g_assert_cmpuint (alpha_at (f, 15, 27), ==, 0);
}

static void
what_lies_on_one_another_counts_once (Fixture       *f,
                                      gconstpointer  data)
{
  for (int i = 0; i < 5; i++)
    bw_raster_add_line (f->raster, (BwRasterPoint) { 5, 20 + i }, (BwRasterPoint) { 55, 20 + i },
                        8);
  bw_raster_paint (f->raster, red, 0.5);
  g_assert_cmpuint (alpha_at (f, 30, 22), ==, 128);

  /* The mask is empty afterwards. */
  memset (cairo_image_surface_get_data (f->surface), 0, SIZE * SIZE * 4);
  bw_raster_add_line (f->raster, (BwRasterPoint) { 1, 1 }, (BwRasterPoint) { 63, 63 }, 1);
  bw_raster_paint (f->raster, red, 1);
  g_assert_cmpuint (alpha_at (f, 50, 22), ==, 0);
}

static void
what_is_painted_at_once_looks_as_by_the_mask (Fixture       *f,
                                              gconstpointer  data)
{
  const BwRasterPoint star[] = { { 30.2, 3 }, { 50.7, 60.1 }, { 2.4, 22.8 }, { 61, 24 },
                                 { 11.5, 58.3 } };
  gsize size = (gsize) cairo_image_surface_get_stride (f->surface) * SIZE;
  guchar *pixels = cairo_image_surface_get_data (f->surface);
  g_autofree guchar *by_mask = NULL;
  int worst = 0;

  bw_raster_add_polygon (f->raster, star, G_N_ELEMENTS (star));
  bw_raster_paint (f->raster, red, 0.6);
  bw_raster_add_line (f->raster, star[0], star[2], 1.4);
  bw_raster_paint (f->raster, red, 1);
  bw_raster_add_line (f->raster, star[1], (BwRasterPoint) { 90, -20 }, 7);
  bw_raster_paint (f->raster, red, 1);
  by_mask = g_memdup2 (pixels, size);

  memset (pixels, 0, size);
  bw_raster_paint_polygon (f->raster, star, G_N_ELEMENTS (star), red, 0.6);
  bw_raster_paint_line (f->raster, star[0], star[2], 1.4, red, 1);
  bw_raster_paint_line (f->raster, star[1], (BwRasterPoint) { 90, -20 }, 7, red, 1);
  for (gsize i = 0; i < size; i++)
    worst = MAX (worst, abs (pixels[i] - by_mask[i]));
  g_assert_cmpint (worst, <=, 2);
  g_assert_cmpfloat (covered_area (f), >, 500);
}

static void
hairlines_of_all_directions_have_one_pixel_a_step (Fixture       *f,
                                                   gconstpointer  data)
{
  for (int degrees = 0; degrees < 360; degrees += 15)
    {
      double angle = degrees * G_PI / 180;
      double reach = 20 * MAX (fabs (cos (angle)), fabs (sin (angle)));
      BwRasterPoint from = { 32.3 - 20 * cos (angle), 32.6 - 20 * sin (angle) };
      BwRasterPoint to = { 32.3 + 20 * cos (angle), 32.6 + 20 * sin (angle) };

      memset (cairo_image_surface_get_data (f->surface), 0, SIZE * SIZE * 4);
      bw_raster_add_hairline (f->raster, from, to);
      bw_raster_paint (f->raster, red, 1);
      g_assert_cmpfloat (fabs (covered_area (f) - 2 * reach), <, 1.1);
      g_assert_cmpuint (alpha_at (f, 32, 32), ==, 255);
    }
}

static void
what_lies_outside_is_cut_off (Fixture       *f,
                              gconstpointer  data)
{
  const BwRasterPoint around[] = { { -1e6, -1e6 }, { 1e6, -1e6 }, { 1e6, 1e6 }, { -1e6, 1e6 } };
  const BwRasterPoint beside[] = { { -50, 0 }, { -10, 0 }, { -10, 60 } };
  static const guint32 picture[4] = { 0xffff0000, 0xffff0000, 0xffff0000, 0xffff0000 };
  static const double ends[] = { -4e6, -70, -0.4, 0, 10, 63.6, 64, 65, 4e6 };

  bw_raster_add_polygon (f->raster, beside, 3);
  bw_raster_paint_box (f->raster, -100, -100, -1, 200, red, 1);
  bw_raster_paint_box (f->raster, NAN, 0, 20, 20, red, 1);
  bw_raster_paint (f->raster, red, 1);
  bw_raster_blit (f->raster, picture, 2, 2, -2, 10, 1);
  g_assert_cmpfloat (covered_area (f), ==, 0);
  bw_raster_blit (f->raster, picture, 2, 2, 63, 63, 1);
  g_assert_cmpfloat (covered_area (f), ==, 1);

  for (gsize a = 0; a < G_N_ELEMENTS (ends); a++)
    for (gsize b = 0; b < G_N_ELEMENTS (ends); b++)
      for (gsize c = 0; c < G_N_ELEMENTS (ends); c++)
        {
          bw_raster_add_line (f->raster, (BwRasterPoint) { ends[a], ends[b] },
                              (BwRasterPoint) { ends[c], ends[a] }, 1.2);
          bw_raster_add_line (f->raster, (BwRasterPoint) { ends[b], ends[a] },
                              (BwRasterPoint) { ends[c], ends[b] }, 30);
          bw_raster_add_hairline (f->raster, (BwRasterPoint) { ends[a], ends[b] },
                                  (BwRasterPoint) { ends[c], ends[a] });
        }
  bw_raster_add_polygon (f->raster, around, 4);
  bw_raster_paint (f->raster, red, 1);
  g_assert_cmpfloat (covered_area (f), ==, SIZE * SIZE);
}

static void
only_images_are_taken (Fixture       *f,
                       gconstpointer  data)
{
  cairo_surface_t *recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_surface_t *mask = cairo_image_surface_create (CAIRO_FORMAT_A8, 8, 8);

  g_assert_false (bw_raster_attach (f->raster, recording));
  g_assert_false (bw_raster_attach (f->raster, mask));
  g_assert_true (bw_raster_attach (f->raster, f->surface));
  cairo_surface_destroy (recording);
  cairo_surface_destroy (mask);
}

#define ADD(path, func) g_test_add ("/raster/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-box-covers-its-area-to-a-part-of-a-pixel", a_box_covers_its_area_to_a_part_of_a_pixel);
  ADD ("a-polygon-covers-its-area-whichever-way-round",
       a_polygon_covers_its_area_whichever_way_round);
  ADD ("lines-of-all-directions-are-as-wide-as-they-should-be",
       lines_of_all_directions_are_as_wide_as_they_should_be);
  ADD ("a-thick-line-has-round-ends", a_thick_line_has_round_ends);
  ADD ("what-lies-on-one-another-counts-once", what_lies_on_one_another_counts_once);
  ADD ("what-is-painted-at-once-looks-as-by-the-mask",
       what_is_painted_at_once_looks_as_by_the_mask);
  ADD ("hairlines-of-all-directions-have-one-pixel-a-step",
       hairlines_of_all_directions_have_one_pixel_a_step);
  ADD ("what-lies-outside-is-cut-off", what_lies_outside_is_cut_off);
  ADD ("only-images-are-taken", only_images_are_taken);
  return g_test_run ();
}
