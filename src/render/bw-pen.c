/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-pen.h"

#include <math.h>

void
bw_pen_init (BwPen *self)
{
  *self = (BwPen) { .scale = 1, .raster = bw_raster_new () };
  self->points = g_array_new (FALSE, FALSE, sizeof (BwRasterPoint));
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  self->closed = g_array_new (FALSE, FALSE, sizeof (gboolean));
}

void
bw_pen_clear (BwPen *self)
{
  bw_raster_free (self->raster);
  g_array_unref (self->points);
  g_array_unref (self->starts);
  g_array_unref (self->closed);
}

/* The raster knows no other matrix than the screen's, and no clip. */
static gboolean
is_plain (cairo_t *cr)
{
  cairo_matrix_t matrix;

  cairo_get_matrix (cr, &matrix);
  return matrix.xx == 1 && matrix.yy == 1 && matrix.xy == 0 && matrix.yx == 0 && matrix.x0 == 0
         && matrix.y0 == 0 && cairo_get_group_target (cr) == cairo_get_target (cr);
}

static gboolean
is_clipped (cairo_t *cr,
            double   scale)
{
  cairo_surface_t *surface = cairo_get_target (cr);
  double x0, y0, x1, y1;

  cairo_clip_extents (cr, &x0, &y0, &x1, &y1);
  return x0 > 0 || y0 > 0 || x1 * scale < cairo_image_surface_get_width (surface)
         || y1 * scale < cairo_image_surface_get_height (surface);
}

void
bw_pen_begin (BwPen   *self,
              cairo_t *cr,
              gboolean exact)
{
  double scale_y;

  self->cr = cr;
  self->scale = 1;
  self->dash[0] = self->dash[1] = 0;
  cairo_surface_get_device_scale (cairo_get_target (cr), &self->scale, &scale_y);
  self->fast = !exact && self->scale == scale_y && is_plain (cr)
               && bw_raster_attach (self->raster, cairo_get_target (cr))
               && !is_clipped (cr, self->scale);
  if (!self->fast)
    {
      bw_raster_attach (self->raster, NULL);
      self->scale = 1;
    }
  bw_pen_new_path (self);
}

void
bw_pen_end (BwPen *self)
{
  bw_raster_attach (self->raster, NULL);
  self->cr = NULL;
}

void
bw_pen_set_color (BwPen  *self,
                  BwColor color,
                  double  opacity)
{
  self->color = color;
  self->opacity = opacity;
}

void
bw_pen_set_dash (BwPen *self,
                 double on_px,
                 double off_px)
{
  self->dash[0] = on_px;
  self->dash[1] = off_px;
}

void
bw_pen_move_to (BwPen *self,
                double x_px,
                double y_px)
{
  gboolean closed = FALSE;

  g_array_append_val (self->starts, self->points->len);
  g_array_append_val (self->closed, closed);
  bw_pen_line_to (self, x_px, y_px);
}

void
bw_pen_line_to (BwPen *self,
                double x_px,
                double y_px)
{
  BwRasterPoint point = { x_px * self->scale, y_px * self->scale };

  g_array_append_val (self->points, point);
}

void
bw_pen_close (BwPen *self)
{
  if (self->closed->len > 0)
    g_array_index (self->closed, gboolean, self->closed->len - 1) = TRUE;
}

void
bw_pen_add_circle (BwPen *self,
                   double x_px,
                   double y_px,
                   double radius_px)
{
  /* To within a tenth of a pixel. */
  int n = CLAMP ((int) (G_PI * sqrt (5 * radius_px * self->scale)), 8, 64);

  for (int i = 0; i < n; i++)
    {
      double x = x_px + radius_px * cos (2 * G_PI * i / n);
      double y = y_px + radius_px * sin (2 * G_PI * i / n);

      if (i == 0)
        bw_pen_move_to (self, x, y);
      else
        bw_pen_line_to (self, x, y);
    }
  bw_pen_close (self);
}

void
bw_pen_new_path (BwPen *self)
{
  g_array_set_size (self->points, 0);
  g_array_set_size (self->starts, 0);
  g_array_set_size (self->closed, 0);
}

static const BwRasterPoint *
get_piece (const BwPen *self,
           guint        index,
           guint       *n_out)
{
  guint start = g_array_index (self->starts, guint, index);
  guint end = index + 1 < self->starts->len ? g_array_index (self->starts, guint, index + 1)
                                            : self->points->len;

  *n_out = end - start;
  return &g_array_index (self->points, BwRasterPoint, start);
}

static void
trace (BwPen *self)
{
  cairo_new_path (self->cr);
  for (guint i = 0; i < self->starts->len; i++)
    {
      guint n;
      const BwRasterPoint *points = get_piece (self, i, &n);

      cairo_move_to (self->cr, points[0].x, points[0].y);
      for (guint p = 1; p < n; p++)
        cairo_line_to (self->cr, points[p].x, points[p].y);
      if (g_array_index (self->closed, gboolean, i))
        cairo_close_path (self->cr);
    }
  cairo_set_source_rgba (self->cr, self->color.red, self->color.green, self->color.blue,
                         self->color.alpha * self->opacity);
}

/* An upright box: most pads and bodies are. */
static gboolean
is_box (const BwRasterPoint *points,
        guint                n)
{
  const double least = 1e-3;

  if (n != 4)
    return FALSE;
  if (fabs (points[0].y - points[1].y) < least)
    return fabs (points[1].x - points[2].x) < least && fabs (points[2].y - points[3].y) < least
           && fabs (points[3].x - points[0].x) < least;
  return fabs (points[0].x - points[1].x) < least && fabs (points[1].y - points[2].y) < least
         && fabs (points[2].x - points[3].x) < least && fabs (points[3].y - points[0].y) < least;
}

void
bw_pen_fill (BwPen *self)
{
  /* Boxes go past the mask, where they cannot be seen to lie on one another. */
  gboolean direct = self->starts->len == 1 || self->color.alpha * self->opacity >= 1;

  if (!self->fast)
    {
      trace (self);
      cairo_fill (self->cr);
      return;
    }
  for (guint i = 0; i < self->starts->len; i++)
    {
      guint n;
      const BwRasterPoint *points = get_piece (self, i, &n);

      if (direct && is_box (points, n))
        bw_raster_paint_box (self->raster, MIN (points[0].x, points[2].x),
                             MIN (points[0].y, points[2].y), MAX (points[0].x, points[2].x),
                             MAX (points[0].y, points[2].y), self->color, self->opacity);
      else
        bw_raster_add_polygon (self->raster, points, n);
    }
  bw_raster_paint (self->raster, self->color, self->opacity);
}

static void
stroke_box (BwPen               *self,
            const BwRasterPoint *points,
            double               width)
{
  double half = width / 2;
  double x0 = MIN (points[0].x, points[2].x), x1 = MAX (points[0].x, points[2].x);
  double y0 = MIN (points[0].y, points[2].y), y1 = MAX (points[0].y, points[2].y);

  bw_raster_paint_box (self->raster, x0 - half, y0 - half, x1 + half, y0 + half, self->color,
                       self->opacity);
  bw_raster_paint_box (self->raster, x0 - half, y1 - half, x1 + half, y1 + half, self->color,
                       self->opacity);
  bw_raster_paint_box (self->raster, x0 - half, y0 + half, x0 + half, y1 - half, self->color,
                       self->opacity);
  bw_raster_paint_box (self->raster, x1 - half, y0 + half, x1 + half, y1 - half, self->color,
                       self->opacity);
}

/* The dashes of one edge; a corner starts anew with one. */
static void
add_edge (BwPen        *self,
          BwRasterPoint a,
          BwRasterPoint b,
          double        width)
{
  double length = hypot (b.x - a.x, b.y - a.y);
  double on = self->dash[0] * self->scale;
  double step = on + self->dash[1] * self->scale;
  /* Nobody counts dashes: those of an edge far larger than the view are no dashes. */
  const double longest_px = 20000;

  if (on <= 0 || length > longest_px)
    {
      bw_raster_add_line (self->raster, a, b, width);
      return;
    }
  for (double at = 0; at < length; at += step)
    {
      double from = at / length;
      double to = MIN (at + on, length) / length;

      bw_raster_add_line (self->raster,
                          (BwRasterPoint) { a.x + (b.x - a.x) * from, a.y + (b.y - a.y) * from },
                          (BwRasterPoint) { a.x + (b.x - a.x) * to, a.y + (b.y - a.y) * to },
                          width);
    }
}

static void
stroke_exactly (BwPen *self,
                double width)
{
  trace (self);
  cairo_set_line_width (self->cr, width);
  cairo_set_dash (self->cr, self->dash, self->dash[0] > 0 ? 2 : 0, 0);
  cairo_stroke (self->cr);
  cairo_set_dash (self->cr, NULL, 0, 0);
}

void
bw_pen_stroke (BwPen *self,
               double width_px)
{
  double width = width_px * self->scale;

  if (!self->fast)
    {
      stroke_exactly (self, width);
      bw_pen_new_path (self);
      return;
    }
  for (guint i = 0; i < self->starts->len; i++)
    {
      guint n;
      const BwRasterPoint *points = get_piece (self, i, &n);
      gboolean closed = g_array_index (self->closed, gboolean, i);

      if (self->starts->len == 1 && closed && self->dash[0] <= 0 && is_box (points, n))
        stroke_box (self, points, width);
      else if (n == 1)
        bw_raster_add_line (self->raster, (BwRasterPoint) { points[0].x - 1e-3, points[0].y },
                            (BwRasterPoint) { points[0].x + 1e-3, points[0].y },
                            MAX (width, BW_RASTER_THIN_PX + 0.01));
      else
        for (guint p = 0; p + 1 < n + (closed ? 1 : 0); p++)
          add_edge (self, points[p], points[(p + 1) % n], width);
    }
  bw_raster_paint (self->raster, self->color, self->opacity);
  bw_pen_new_path (self);
}
