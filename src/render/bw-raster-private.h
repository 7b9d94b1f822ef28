/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the raster's files share. */

#pragma once

#include "render/bw-raster.h"

G_BEGIN_DECLS

struct _BwRaster
{
  cairo_surface_t *surface;
  guint32 *pixels;
  gsize stride;          /* in pixels */
  int width;
  int height;

  guint8 *mask;          /* coverage; zero outside of the dirty box */
  gsize mask_size;
  int dirty_x0, dirty_y0, dirty_x1, dirty_y1;

  float *areas;          /* changes of coverage along rows, zero between calls */
  gsize areas_size;
};

/* All four channels times alpha / 255, rounded. */
static inline guint32
bw_raster_scale_pixel (guint32 pixel,
                       guint32 alpha)
{
  guint32 even = (pixel & 0xff00ff) * alpha + 0x800080;
  guint32 odd = ((pixel >> 8) & 0xff00ff) * alpha + 0x800080;

  even = ((even + ((even >> 8) & 0xff00ff)) >> 8) & 0xff00ff;
  odd = (odd + ((odd >> 8) & 0xff00ff)) & 0xff00ff00;
  return even | odd;
}

static inline void
bw_raster_blend (guint32 *pixel,
                 guint32  source)
{
  *pixel = source + bw_raster_scale_pixel (*pixel, 255 - (source >> 24));
}

/* The channels of two pixels, as compilers make vectors of. */
typedef guint8 BwRasterBytes __attribute__ ((vector_size (8)));
typedef guint16 BwRasterWords __attribute__ ((vector_size (16)));

/* Channel by channel a times b / 255, rounded. */
static inline BwRasterWords
bw_raster_times (BwRasterWords a,
                 BwRasterWords b)
{
  BwRasterWords product = a * b + 128;

  return (product + (product >> 8)) >> 8;
}

static inline BwRasterWords
bw_raster_widen (BwRasterBytes bytes)
{
  return __builtin_convertvector (bytes, BwRasterWords);
}

static inline BwRasterBytes
bw_raster_narrow (BwRasterWords words)
{
  return __builtin_convertvector (words, BwRasterBytes);
}

/* What a colour is in the surface's own format, premultiplied. */
guint32 bw_raster_to_pixel  (BwColor   color,
                             double    opacity);

/* The mask is not empty within this box, in whole pixels. */
void    bw_raster_add_dirty (BwRaster *self,
                             int       x0,
                             int       y0,
                             int       x1,
                             int       y1);

G_END_DECLS
