/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-overview.h"

#define MM(value) ((gint32) ((value) * 1000000))

/* A board of 40 by 20 mm, seen at 2 px per mm from the corner at 0, 0; two parts of 4 by 2 mm, the
 * second upright, and one of no size to speak of. */
static const BwPoint corners[] = {
  { 0, 0 }, { MM (40), 0 }, { MM (40), MM (20) }, { 0, MM (20) },
};
static const BwOutline outlines[] = { { .ring = { corners, G_N_ELEMENTS (corners) } } };
static const BwFootprint parts[] = {
  { .module = -1, .n_body = { 1 }, .box = { MM (-2), MM (-1), MM (2), MM (1) } },
  { .module = -1, .n_body = { 1 }, .box = { MM (-2), MM (-1), MM (2), MM (1) } },
  { .module = -1, .n_body = { 1 }, .box = { -1000, -1000, 1000, 1000 } },
};
static const BwPose poses[] = {
  { { MM (10), MM (10) }, 0, BW_SIDE_FRONT },
  { { MM (30), MM (10) }, 9000, BW_SIDE_FRONT },
  { { MM (20), MM (5) }, 0, BW_SIDE_FRONT },
};
static const BwBoard board = {
  .outlines = outlines, .n_outlines = 1, .footprints = parts, .n_footprints = 3,
};

static cairo_surface_t *
paint (const guint8 *hidden,
       const guint8 *selected)
{
  BwOverview overview = {
    .board = &board, .poses = poses, .hidden = hidden, .selected = selected,
    .theme = bw_theme_get (BW_STYLE_LIGHT), .camera = bw_camera_new (100, 50),
  };

  overview.camera.scale_px_per_mm = 2;
  overview.camera.center_x_mm = 25;
  overview.camera.center_y_mm = 12.5;
  return bw_overview_paint (&overview);
}

static guint32
pixel_at (cairo_surface_t *surface,
          double           x_mm,
          double           y_mm)
{
  const guint8 *row = cairo_image_surface_get_data (surface)
                      + (int) (y_mm * 2) * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (const void *) row)[(int) (x_mm * 2)];
}

static void
each_part_is_a_box_on_the_board (void)
{
  cairo_surface_t *surface = paint (NULL, NULL);
  guint32 bare = pixel_at (surface, 20, 15), part = pixel_at (surface, 10, 10);

  g_assert_cmphex (bare, !=, part);
  g_assert_cmphex (pixel_at (surface, 45, 10), !=, bare);
  g_assert_cmphex (pixel_at (surface, 11.5, 10.5), ==, part);
  g_assert_cmphex (pixel_at (surface, 10, 11.5), ==, bare);
  g_assert_cmphex (pixel_at (surface, 30, 11.5), ==, part);
  g_assert_cmphex (pixel_at (surface, 31.5, 10), ==, bare);
  /* However small. */
  g_assert_cmphex (pixel_at (surface, 20, 5), ==, part);
  cairo_surface_destroy (surface);
}

static void
what_is_selected_stands_out_and_what_is_hidden_is_not_there (void)
{
  const guint8 selected[] = { 1, 0, 0 }, hidden[] = { 0, 1, 0 };
  cairo_surface_t *plain = paint (NULL, NULL);
  cairo_surface_t *surface = paint (hidden, selected);

  g_assert_cmphex (pixel_at (surface, 10, 10), !=, pixel_at (plain, 10, 10));
  g_assert_cmphex (pixel_at (surface, 10, 10), !=, pixel_at (surface, 20, 15));
  g_assert_cmphex (pixel_at (surface, 30, 10), ==, pixel_at (surface, 20, 15));
  cairo_surface_destroy (surface);
  cairo_surface_destroy (plain);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overview/each part is a box on the board", each_part_is_a_box_on_the_board);
  g_test_add_func ("/overview/what is selected stands out and what is hidden is not there",
                   what_is_selected_stands_out_and_what_is_hidden_is_not_there);
  return g_test_run ();
}
