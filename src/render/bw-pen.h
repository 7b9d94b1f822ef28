/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a painter draws with: paths that are filled and stroked, on anything that cairo draws on.
 * On an image it goes the fast way, by a BwRaster; into a file the exact one, by cairo.
 *
 * Lengths are the view's pixels. */

#pragma once

#include "render/bw-raster.h"

G_BEGIN_DECLS

typedef struct
{
  guint first;        /* of its points */
  gboolean closed;
} BwPenPiece;

typedef struct
{
  cairo_t *cr;
  double scale;       /* pixels of the image to one of the view */
  BwRaster *raster;   /* kept from one picture to the next */
  gboolean fast;      /* goes by the raster */
  BwRasterPoint *points; /* times scale */
  guint n_points, points_size;
  BwPenPiece *pieces; /* of the path */
  guint n_pieces, pieces_size;
  BwColor color;
  double opacity;
  double dash[2];     /* on, off; 0: solid */
} BwPen;

void     bw_pen_init       (BwPen    *self);
void     bw_pen_clear      (BwPen    *self);

/* `exact`: by cairo whatever it draws on. */
void     bw_pen_begin      (BwPen    *self,
                            cairo_t  *cr,
                            gboolean  exact);
void     bw_pen_end        (BwPen    *self);

void     bw_pen_set_color  (BwPen    *self,
                            BwColor   color,
                            double    opacity);

/* For strokes. */
void     bw_pen_set_dash   (BwPen    *self,
                            double    on_px,
                            double    off_px);

void     bw_pen_move_to    (BwPen    *self,
                            double    x_px,
                            double    y_px);
void     bw_pen_line_to    (BwPen    *self,
                            double    x_px,
                            double    y_px);
void     bw_pen_close      (BwPen    *self);
void     bw_pen_add_circle (BwPen    *self,
                            double    x_px,
                            double    y_px,
                            double    radius_px);

/* A box past the path, over all that is under it. Its rim lies half outside. */
void     bw_pen_fill_box   (BwPen    *self,
                            double    x0_px,
                            double    y0_px,
                            double    x1_px,
                            double    y1_px);
void     bw_pen_stroke_box (BwPen    *self,
                            double    x0_px,
                            double    y0_px,
                            double    x1_px,
                            double    y1_px,
                            double    width_px);

/* The pieces together are one shape. The path stays, for the stroke. */
void     bw_pen_fill       (BwPen    *self);

/* Ends the path. */
void     bw_pen_stroke     (BwPen    *self,
                            double    width_px);

/* The same for thousands of lines a pixel wide that lie on one another: not smoothed, where that
 * is faster. */
void     bw_pen_stroke_crowd (BwPen  *self);
void     bw_pen_new_path   (BwPen    *self);

G_END_DECLS
