/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-overview.h"

#include <math.h>

#define PART_OPACITY 0.75

typedef struct
{
  guint32 *pixels;
  int width;
  int height;
  int stride; /* in pixels */
  BwColor *colors; /* of each module, and first of parts without one */
} Picture;

static guint32
pixel_of (BwColor color,
          BwColor below,
          double  opacity)
{
  double red = below.red + (color.red - below.red) * opacity;
  double green = below.green + (color.green - below.green) * opacity;
  double blue = below.blue + (color.blue - below.blue) * opacity;

  return 0xff000000u | (guint32) lround (red * 255) << 16 | (guint32) lround (green * 255) << 8
         | (guint32) lround (blue * 255);
}

/* At least one pixel of it is seen. */
static void
fill_box (const Picture *picture,
          double         x0,
          double         y0,
          double         x1,
          double         y1,
          guint32        pixel)
{
  int left = (int) CLAMP (floor (x0 + 0.5), 0, picture->width);
  int top = (int) CLAMP (floor (y0 + 0.5), 0, picture->height);
  int right = (int) CLAMP (fmax (floor (x1 + 0.5), left + 1), 0, picture->width);
  int bottom = (int) CLAMP (fmax (floor (y1 + 0.5), top + 1), 0, picture->height);

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      picture->pixels[y * picture->stride + x] = pixel;
}

static void
paint_part (const BwOverview *self,
            const Picture    *picture,
            guint32           index)
{
  const BwFootprint *footprint = &self->board->footprints[index];
  BwTransform transform = bw_pose_transform (&self->poses[index]);
  gboolean selected = self->selected && self->selected[index];
  BwColor color = selected ? self->theme->selection
                           : picture->colors[footprint->module + 1];
  double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;

  for (int corner = 0; corner < 4; corner++)
    {
      BwPoint point = bw_transform_point (
        &transform, (BwPoint) { corner & 1 ? footprint->box.x1_nm : footprint->box.x0_nm,
                                corner & 2 ? footprint->box.y1_nm : footprint->box.y0_nm });
      double x, y;

      bw_camera_to_px (&self->camera, bw_nm_to_mm (point.x_nm), bw_nm_to_mm (point.y_nm), &x, &y);
      x0 = fmin (x0, x), x1 = fmax (x1, x);
      y0 = fmin (y0, y), y1 = fmax (y1, y);
    }
  fill_box (picture, x0, y0, x1, y1,
            pixel_of (color, self->theme->board, selected ? 1 : PART_OPACITY));
}

static void
paint_board (const BwOverview *self,
             cairo_surface_t  *surface)
{
  cairo_t *cr = cairo_create (surface);
  const BwColor *around = &self->theme->background, *board = &self->theme->board;

  cairo_set_source_rgb (cr, around->red, around->green, around->blue);
  cairo_paint (cr);
  for (guint32 i = 0; i < self->board->n_outlines; i++)
    {
      const BwRing *ring = &self->board->outlines[i].ring;

      cairo_new_sub_path (cr);
      for (guint32 k = 0; k < ring->n_points; k++)
        {
          double x, y;

          bw_camera_to_px (&self->camera, bw_nm_to_mm (ring->points[k].x_nm),
                           bw_nm_to_mm (ring->points[k].y_nm), &x, &y);
          cairo_line_to (cr, x, y);
        }
      cairo_close_path (cr);
    }
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_source_rgb (cr, board->red, board->green, board->blue);
  cairo_fill (cr);
  cairo_destroy (cr);
}

cairo_surface_t *
bw_overview_paint (const BwOverview *self)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX ((int) self->camera.width_px, 1),
                                MAX ((int) self->camera.height_px, 1));
  Picture picture;

  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    return surface;
  paint_board (self, surface);
  cairo_surface_flush (surface);
  picture = (Picture) {
    .pixels = (guint32 *) (void *) cairo_image_surface_get_data (surface),
    .width = cairo_image_surface_get_width (surface),
    .height = cairo_image_surface_get_height (surface),
    .stride = cairo_image_surface_get_stride (surface) / (int) sizeof (guint32),
  };
  picture.colors = g_new (BwColor, self->board->n_modules + 1);
  for (guint32 i = 0; i <= self->board->n_modules; i++)
    picture.colors[i] =
      bw_theme_module_color (self->theme, (gint32) i - 1,
                             bw_board_get_module_color (self->board, (gint32) i - 1));
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    if (bw_footprint_takes_room (&self->board->footprints[i])
        && !(self->hidden && self->hidden[i]))
      paint_part (self, &picture, i);
  g_free (picture.colors);
  cairo_surface_mark_dirty (surface);
  return surface;
}
