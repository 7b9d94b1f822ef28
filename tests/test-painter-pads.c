/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include <glib.h>
#include <string.h>

#include "render/bw-painter.h"

#define MM(value) ((int32_t) ((value) * 1000000))
#define SIZE 400
#define SCALE 10

static double
likeness_to (cairo_surface_t *surface,
             double           x_mm,
             double           y_mm,
             BwColor          color)
{
  const guchar *row = cairo_image_surface_get_data (surface) +
                      (int) (y_mm * SCALE) * cairo_image_surface_get_stride (surface);
  guint32 pixel;

  memcpy (&pixel, row + 4 * (int) (x_mm * SCALE), sizeof pixel);
  return 1.0 - fabs (((pixel >> 16) & 0xff) / 255.0 - color.red) -
         fabs (((pixel >> 8) & 0xff) / 255.0 - color.green) -
         fabs ((pixel & 0xff) / 255.0 - color.blue);
}

/* On a board of 40 mm, a part at (10, 10) with a custom pad: a V of two strokes and, apart from
 * them, a square. */
static void
a_custom_pad_shows_its_strokes_and_areas_and_no_hull (void)
{
  const BwPoint along[2] = { { 0, 0 }, { MM (20), 0 } }, down[2] = { { 0, 0 }, { 0, MM (20) } };
  const BwPoint square[4] = {
    { MM (15), MM (15) }, { MM (20), MM (15) }, { MM (20), MM (20) }, { MM (15), MM (20) },
  };
  const BwPoint hull[4] = {
    { MM (-1), MM (-1) }, { MM (21), MM (-1) }, { MM (20), MM (20) }, { MM (-0.5), MM (20.5) },
  };
  const BwPoint edge[4] = {
    { MM (-10), MM (-10) }, { MM (30), MM (-10) }, { MM (30), MM (30) }, { MM (-10), MM (30) },
  };
  const BwGraphic copper[3] = {
    { .points = along, .n_points = 2, .width_nm = MM (2) },
    { .points = down, .n_points = 2, .width_nm = MM (1) },
    { .points = square, .n_points = 4, .closed = TRUE, .filled = TRUE },
  };
  const BwPad pad = { .number = "1", .net = -1, .outline = { hull, 4 }, .copper = copper,
                      .n_copper = 3, .sides = 1 };
  const BwRing body = { edge, 4 };
  const BwFootprint footprint = {
    .key = "A", .reference = "A", .value = "", .library_id = "", .module = -1,
    .pose = { { MM (10), MM (10) }, 0, BW_SIDE_FRONT }, .pads = &pad, .n_pads = 1,
    .body = { &body, NULL }, .n_body = { 1, 0 }, .silhouette = &body, .n_silhouette = 1,
    .box = bw_ring_box (&body),
  };
  BwBoard board = { .name = "t", .footprints = &footprint, .n_footprints = 1,
                    .box = { 0, 0, MM (40), MM (40) } };
  g_autoptr (BwPainter) painter = bw_painter_new (&board);
  BwCamera camera = bw_camera_new (SIZE, SIZE);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIZE, SIZE);
  cairo_t *cr = cairo_create (surface);
  BwColor color = bw_theme_get (BW_STYLE_LIGHT)->pad;

  camera.center_x_mm = camera.center_y_mm = 20;
  camera.scale_px_per_mm = SCALE;
  bw_painter_set_theme (painter, bw_theme_get (BW_STYLE_LIGHT));
  bw_painter_paint_board (painter, cr, &camera);
  bw_painter_paint_parts (painter, cr, &camera);
  cairo_surface_flush (surface);

  /* Along the strokes, in the area, on the anchor. */
  g_assert_cmpfloat (likeness_to (surface, 25, 10.8, color), >, 0.98);
  g_assert_cmpfloat (likeness_to (surface, 10.3, 28, color), >, 0.98);
  g_assert_cmpfloat (likeness_to (surface, 27, 27, color), >, 0.98);
  g_assert_cmpfloat (likeness_to (surface, 9.7, 9.7, color), >, 0.98);
  /* Beside them, though within the hull. */
  g_assert_cmpfloat (likeness_to (surface, 17, 17, color), <, 0.9);
  g_assert_cmpfloat (likeness_to (surface, 25, 11.5, color), <, 0.9);
  g_assert_cmpfloat (likeness_to (surface, 10.8, 28, color), <, 0.9);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/painter-pads/a-custom-pad-shows-its-strokes-and-areas-and-no-hull",
                   a_custom_pad_shows_its_strokes_and_areas_and_no_hull);
  return g_test_run ();
}
