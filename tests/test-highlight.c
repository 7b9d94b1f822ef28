/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-highlight.h"

#define MM(value) ((gint32) ((value) * 1000000))
#define SIZE_PX 200

/* Two parts of 4 by 4 mm, 10 mm apart, whose pads in the middle share a net; a supply net joins
 * the pads at their left. */
static const BwPoint corners[] = {
  { MM (-2), MM (-2) }, { MM (2), MM (-2) }, { MM (2), MM (2) }, { MM (-2), MM (2) },
};
static const BwRing body[] = { { corners, G_N_ELEMENTS (corners) } };
static const BwPad pads[] = {
  { .number = "1", .net = 0 },
  { .number = "2", .net = 1, .at = { MM (-1), MM (1) } },
};
static const BwFootprint parts[] = {
  { .reference = "A", .silhouette = body, .n_silhouette = 1, .pads = pads, .n_pads = 2 },
  { .reference = "B", .silhouette = body, .n_silhouette = 1, .pads = pads, .n_pads = 2 },
};
static const BwPin signal_pins[] = { { 0, 0 }, { 1, 0 } };
static const BwPin supply_pins[] = { { 0, 1 }, { 1, 1 } };
static const BwNet nets[] = {
  { .name = "S", .pins = signal_pins, .n_pins = 2 },
  { .name = "GND", .pins = supply_pins, .n_pins = 2, .power = TRUE },
};
static const BwBoard board = {
  .footprints = parts, .n_footprints = 2, .nets = nets, .n_nets = 2,
};
static const BwPose poses[] = {
  { { MM (-5), 0 }, 0, BW_SIDE_FRONT },
  { { MM (5), 0 }, 0, BW_SIDE_FRONT },
};

static cairo_surface_t *
painted (BwHighlight highlight)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIZE_PX, SIZE_PX);
  BwCamera camera = bw_camera_new (SIZE_PX, SIZE_PX);
  cairo_t *cr = cairo_create (surface);

  bw_highlight_paint (cr, &board, poses, &camera, bw_theme_get (BW_STYLE_LIGHT), 0, highlight);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static gboolean
is_painted (cairo_surface_t *surface,
            double           x_mm,
            double           y_mm)
{
  int x = (int) (SIZE_PX / 2 + 10 * x_mm);
  int y = (int) (SIZE_PX / 2 + 10 * y_mm);
  const guint8 *row = cairo_image_surface_get_data (surface)
                      + y * cairo_image_surface_get_stride (surface);

  return row[x * 4 + 3] > 60;
}

static void
what_is_pointed_at_has_a_rim (void)
{
  cairo_surface_t *surface = painted (BW_HIGHLIGHT_HOVER);

  g_assert_true (is_painted (surface, -7, 0));
  g_assert_true (is_painted (surface, -5, -2));
  g_assert_false (is_painted (surface, -5, 0));
  g_assert_false (is_painted (surface, 0, 0));
  g_assert_false (is_painted (surface, 3, 0));
  cairo_surface_destroy (surface);
}

static void
what_is_selected_shows_its_nets_but_no_supply (void)
{
  cairo_surface_t *surface = painted (BW_HIGHLIGHT_SELECTED);

  g_assert_true (is_painted (surface, -7, 0));
  g_assert_true (is_painted (surface, 0, 0));
  g_assert_false (is_painted (surface, 0, 1));
  cairo_surface_destroy (surface);
}

static void
a_net_that_stands_out_is_joined_even_a_supply (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIZE_PX, SIZE_PX);
  BwCamera camera = bw_camera_new (SIZE_PX, SIZE_PX);
  cairo_t *cr = cairo_create (surface);

  bw_highlight_paint_net (cr, &board, poses, &camera, bw_theme_get (BW_STYLE_LIGHT), 1);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  g_assert_true (is_painted (surface, 0, 1));
  g_assert_false (is_painted (surface, 0, 0));
  g_assert_false (is_painted (surface, -7, 0));
  cairo_surface_destroy (surface);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/highlight/what is pointed at has a rim", what_is_pointed_at_has_a_rim);
  g_test_add_func ("/highlight/what is selected shows its nets but no supply",
                   what_is_selected_shows_its_nets_but_no_supply);
  g_test_add_func ("/highlight/a net that stands out is joined even a supply",
                   a_net_that_stands_out_is_joined_even_a_supply);
  return g_test_run ();
}
