/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-pen.h"

#include <math.h>

void
bw_pen_init (BwPen *self)
{
  *self = (BwPen) { .scale = 1, .raster = bw_raster_new () };
}

void
bw_pen_clear (BwPen *self)
{
  bw_raster_free (self->raster);
  g_free (self->points);
  g_free (self->pieces);
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
  if (self->n_pieces == self->pieces_size)
    {
      self->pieces_size = MAX (2 * self->pieces_size, 64);
      self->pieces = g_renew (BwPenPiece, self->pieces, self->pieces_size);
    }
  self->pieces[self->n_pieces++] = (BwPenPiece) { self->n_points, FALSE };
  bw_pen_line_to (self, x_px, y_px);
}

void
bw_pen_line_to (BwPen *self,
                double x_px,
                double y_px)
{
  if (self->n_points == self->points_size)
    {
      self->points_size = MAX (2 * self->points_size, 256);
      self->points = g_renew (BwRasterPoint, self->points, self->points_size);
    }
  self->points[self->n_points++] = (BwRasterPoint) { x_px * self->scale, y_px * self->scale };
}

void
bw_pen_close (BwPen *self)
{
  if (self->n_pieces > 0)
    self->pieces[self->n_pieces - 1].closed = TRUE;
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
  self->n_points = self->n_pieces = 0;
}

static const BwRasterPoint *
get_piece (const BwPen *self,
           guint        index,
           guint       *n_out)
{
  guint first = self->pieces[index].first;

  *n_out = (index + 1 < self->n_pieces ? self->pieces[index + 1].first : self->n_points) - first;
  return &self->points[first];
}

static void
set_source (BwPen *self)
{
  cairo_set_source_rgba (self->cr, self->color.red, self->color.green, self->color.blue,
                         self->color.alpha * self->opacity);
}

static void
trace (BwPen *self)
{
  cairo_new_path (self->cr);
  for (guint i = 0; i < self->n_pieces; i++)
    {
      guint n;
      const BwRasterPoint *points = get_piece (self, i, &n);

      cairo_move_to (self->cr, points[0].x, points[0].y);
      for (guint p = 1; p < n; p++)
        cairo_line_to (self->cr, points[p].x, points[p].y);
      if (self->pieces[i].closed)
        cairo_close_path (self->cr);
    }
  set_source (self);
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

static gboolean
is_opaque (const BwPen *self)
{
  return self->color.alpha * self->opacity >= 1;
}

void
bw_pen_fill (BwPen *self)
{
  /* Past the mask, where pieces cannot be seen to lie on one another. */
  gboolean direct = self->n_pieces == 1 || is_opaque (self);

  if (!self->fast)
    {
      trace (self);
      cairo_fill (self->cr);
      return;
    }
  for (guint i = 0; i < self->n_pieces; i++)
    {
      guint n;
      const BwRasterPoint *points = get_piece (self, i, &n);

      if (direct && is_box (points, n))
        bw_raster_paint_box (self->raster, MIN (points[0].x, points[2].x),
                             MIN (points[0].y, points[2].y), MAX (points[0].x, points[2].x),
                             MAX (points[0].y, points[2].y), self->color, self->opacity);
      else if (direct)
        bw_raster_paint_polygon (self->raster, points, n, self->color, self->opacity);
      else
        bw_raster_add_polygon (self->raster, points, n);
    }
  if (!direct)
    bw_raster_paint (self->raster, self->color, self->opacity);
}

/* Lengths are the image's pixels. */
static void
stroke_box (BwPen *self,
            double x0,
            double y0,
            double x1,
            double y1,
            double half)
{
  bw_raster_paint_box (self->raster, x0 - half, y0 - half, x1 + half, y0 + half, self->color,
                       self->opacity);
  bw_raster_paint_box (self->raster, x0 - half, y1 - half, x1 + half, y1 + half, self->color,
                       self->opacity);
  bw_raster_paint_box (self->raster, x0 - half, y0 + half, x0 + half, y1 - half, self->color,
                       self->opacity);
  bw_raster_paint_box (self->raster, x1 - half, y0 + half, x1 + half, y1 - half, self->color,
                       self->opacity);
}

void
bw_pen_fill_box (BwPen *self,
                 double x0_px,
                 double y0_px,
                 double x1_px,
                 double y1_px)
{
  if (self->fast)
    {
      bw_raster_paint_box (self->raster, x0_px * self->scale, y0_px * self->scale,
                           x1_px * self->scale, y1_px * self->scale, self->color, self->opacity);
      return;
    }
  set_source (self);
  cairo_rectangle (self->cr, x0_px, y0_px, x1_px - x0_px, y1_px - y0_px);
  cairo_fill (self->cr);
}

void
bw_pen_stroke_box (BwPen *self,
                   double x0_px,
                   double y0_px,
                   double x1_px,
                   double y1_px,
                   double width_px)
{
  if (self->fast)
    {
      stroke_box (self, x0_px * self->scale, y0_px * self->scale, x1_px * self->scale,
                  y1_px * self->scale, width_px * self->scale / 2);
      return;
    }
  set_source (self);
  cairo_rectangle (self->cr, x0_px, y0_px, x1_px - x0_px, y1_px - y0_px);
  cairo_set_line_width (self->cr, width_px);
  cairo_stroke (self->cr);
}

/* Opaque strokes go past the mask. */
static void
add_line (BwPen        *self,
          BwRasterPoint a,
          BwRasterPoint b,
          double        width)
{
  if (is_opaque (self))
    bw_raster_paint_line (self->raster, a, b, width, self->color, self->opacity);
  else
    bw_raster_add_line (self->raster, a, b, width);
}

/* The dashes of one edge; a corner starts anew with one. */
static void
add_edge (BwPen        *self,
          BwRasterPoint a,
          BwRasterPoint b,
          double        width)
{
  double on = self->dash[0] * self->scale;
  double length = on > 0 ? hypot (b.x - a.x, b.y - a.y) : 0;
  double step = on + self->dash[1] * self->scale;
  /* Nobody counts dashes: those of an edge far larger than the view are no dashes. */
  const double longest_px = 20000;

  if (on <= 0 || length > longest_px)
    {
      add_line (self, a, b, width);
      return;
    }
  for (double at = 0; at < length; at += step)
    {
      double from = at / length;
      double to = MIN (at + on, length) / length;

      add_line (self, (BwRasterPoint) { a.x + (b.x - a.x) * from, a.y + (b.y - a.y) * from },
                (BwRasterPoint) { a.x + (b.x - a.x) * to, a.y + (b.y - a.y) * to }, width);
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
  for (guint i = 0; i < self->n_pieces; i++)
    {
      guint n;
      const BwRasterPoint *points = get_piece (self, i, &n);
      gboolean closed = self->pieces[i].closed;

      if (self->n_pieces == 1 && closed && self->dash[0] <= 0 && is_box (points, n))
        stroke_box (self, MIN (points[0].x, points[2].x), MIN (points[0].y, points[2].y),
                    MAX (points[0].x, points[2].x), MAX (points[0].y, points[2].y), width / 2);
      else if (n == 1)
        add_line (self, (BwRasterPoint) { points[0].x - 1e-3, points[0].y },
                  (BwRasterPoint) { points[0].x + 1e-3, points[0].y },
                  MAX (width, BW_RASTER_THIN_PX + 0.01));
      else
        for (guint p = 0; p + 1 < n + (closed ? 1 : 0); p++)
          add_edge (self, points[p], points[(p + 1) % n], width);
    }
  if (!is_opaque (self))
    bw_raster_paint (self->raster, self->color, self->opacity);
  bw_pen_new_path (self);
}

void
bw_pen_stroke_crowd (BwPen *self)
{
  if (!self->fast)
    {
      bw_pen_stroke (self, 1);
      return;
    }
  for (guint i = 0; i < self->n_pieces; i++)
    {
      guint n;
      const BwRasterPoint *points = get_piece (self, i, &n);

      for (guint p = 0; p + 1 < n; p++)
        bw_raster_add_hairline (self->raster, points[p], points[p + 1]);
    }
  bw_raster_paint (self->raster, self->color, self->opacity);
  bw_pen_new_path (self);
}
