/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shapes into the pixels of an image, smoothed at their edges. It knows no more than a board takes
 * and is many times faster at that than cairo, which sorts the edges of a whole path.
 *
 * Coordinates are pixels of the image, x to the right, y down; whatever lies outside is cut off.
 * Shapes are added to a mask first, so that those that lie on one another count once, and then
 * painted in one colour; or painted at once, where they do not or are opaque.
 *
 * One thread at a time. */

#pragma once

#include <cairo.h>
#include <glib.h>

#include "render/bw-theme.h"

G_BEGIN_DECLS

typedef struct _BwRaster BwRaster;

typedef struct
{
  double x;
  double y;
} BwRasterPoint;

BwRaster *bw_raster_new         (void);
void      bw_raster_free        (BwRaster            *self);

/* Paints on `surface` from now on: an image, ARGB32 or RGB24. FALSE where it is none. NULL: lets
 * go of the last one. Nobody else may draw on it meanwhile. */
gboolean  bw_raster_attach      (BwRaster            *self,
                                 cairo_surface_t     *surface);

/* A box in a colour, past the mask. */
void      bw_raster_paint_box   (BwRaster            *self,
                                 double               x0,
                                 double               y0,
                                 double               x1,
                                 double               y1,
                                 BwColor              color,
                                 double               opacity);

/* What lies within a ring, whichever way round. */
void      bw_raster_add_polygon (BwRaster            *self,
                                 const BwRasterPoint *points,
                                 guint                n_points);

/* The same in a colour, past the mask. */
void      bw_raster_paint_polygon (BwRaster            *self,
                                   const BwRasterPoint *points,
                                   guint                n_points,
                                   BwColor              color,
                                   double               opacity);

/* A straight stroke. Up to BW_RASTER_THIN_PX its ends are square, beyond that round. */
void      bw_raster_add_line    (BwRaster            *self,
                                 BwRasterPoint        from,
                                 BwRasterPoint        to,
                                 double               width);

#define BW_RASTER_THIN_PX 2.5

/* The same in a colour, past the mask. */
void      bw_raster_paint_line  (BwRaster            *self,
                                 BwRasterPoint        from,
                                 BwRasterPoint        to,
                                 double               width,
                                 BwColor              color,
                                 double               opacity);

/* A stroke of whole pixels, a pixel wide and not smoothed: for thousands of lines that lie on one
 * another, in a third of the time. */
void      bw_raster_add_hairline (BwRaster           *self,
                                  BwRasterPoint       from,
                                  BwRasterPoint       to);

/* Paints what was added, and forgets it. */
void      bw_raster_paint       (BwRaster            *self,
                                 BwColor              color,
                                 double               opacity);

/* A picture in the surface's own format, premultiplied, at whole pixels. */
void      bw_raster_blit        (BwRaster            *self,
                                 const guint32       *pixels,
                                 int                  width,
                                 int                  height,
                                 int                  x,
                                 int                  y,
                                 double               opacity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwRaster, bw_raster_free)

G_END_DECLS
