/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-raster-private.h"

#include <math.h>

/* Points of a round end. */
#define END_STEPS 8
#define N_OUTLINE (2 * (END_STEPS + 1))

/* Cuts the line from a to b down to what lies within -margin … size + margin on one axis. */
static gboolean
clip_axis (double  a,
           double  b,
           double  size,
           double  margin,
           double *from,
           double *to)
{
  double step = b - a;
  double enter, leave;

  if (step == 0)
    return a >= -margin && a <= size + margin;
  enter = (-margin - a) / step;
  leave = (size + margin - a) / step;
  if (enter > leave)
    {
      double swap = enter;

      enter = leave;
      leave = swap;
    }
  *from = fmax (*from, enter);
  *to = fmin (*to, leave);
  return *from < *to;
}

static gboolean
clip_line (BwRaster      *self,
           BwRasterPoint *a,
           BwRasterPoint *b,
           double         margin)
{
  double from = 0, to = 1;
  BwRasterPoint start = *a, end = *b;

  if (MIN (a->x, b->x) >= 0 && MAX (a->x, b->x) <= self->width && MIN (a->y, b->y) >= 0
      && MAX (a->y, b->y) <= self->height)
    return TRUE;
  if (!clip_axis (start.x, end.x, self->width, margin, &from, &to)
      || !clip_axis (start.y, end.y, self->height, margin, &from, &to))
    return FALSE;
  *a = (BwRasterPoint) { start.x + (end.x - start.x) * from, start.y + (end.y - start.y) * from };
  *b = (BwRasterPoint) { start.x + (end.x - start.x) * to, start.y + (end.y - start.y) * to };
  return TRUE;
}

/* A line as it is walked along its longer axis; 1/65536 px. */
typedef struct
{
  int first, last;  /* steps */
  gint64 low;       /* lower edge across, at the first */
  gint64 slope;
  gint64 span;      /* across */
  gboolean steep;   /* the longer axis is y */
  int size;         /* of the image, across */
  gboolean inside;  /* it is nowhere cut off across */
} Walk;

/* Covers `span` at each step. `across` and `along` are the strides of the mask. */
static inline void
cover_walk (guint8     *mask,
            gsize       along,
            gsize       across,
            const Walk *walk)
{
  gint64 low = walk->low;

  for (int m = walk->first; m <= walk->last; m++, low += walk->slope)
    {
      int c = (int) (low >> 16);
      gint64 rest = walk->span;
      gint64 room = 65536 - (low & 0xffff);

      for (; rest > 0; c++, rest -= room, room = 65536)
        {
          guint8 *at = mask + (gsize) m * along + (gssize) c * (gssize) across;
          guint value = (guint) (MIN (room, rest) * 255) >> 16;

          if (c < 0 || c >= walk->size)
            continue;
          if (*at < value)
            *at = (guint8) value;
        }
    }
}

/* The same into pixels. */
static inline void
blend_walk (guint32    *pixels,
            gsize       along,
            gsize       across,
            const Walk *walk,
            guint32     source)
{
  gint64 low = walk->low;

  for (int m = walk->first; m <= walk->last; m++, low += walk->slope)
    {
      int c = (int) (low >> 16);
      gint64 rest = walk->span;
      gint64 room = 65536 - (low & 0xffff);

      for (; rest > 0; c++, rest -= room, room = 65536)
        {
          guint32 value = (guint32) (MIN (room, rest) * 255) >> 16;

          if (c >= 0 && c < walk->size)
            bw_raster_blend (&pixels[(gsize) m * along + (gsize) c * across],
                             bw_raster_scale_pixel (source, value));
        }
    }
}

/* How to walk along it. */
static Walk
plan_walk (const BwRaster *self,
           BwRasterPoint   a,
           BwRasterPoint   b,
           double          width)
{
  Walk walk = { .steep = fabs (b.y - a.y) > fabs (b.x - a.x) };
  double m0 = walk.steep ? a.y : a.x, m1 = walk.steep ? b.y : b.x;
  double c0 = walk.steep ? a.x : a.y, c1 = walk.steep ? b.x : b.y;
  int length = walk.steep ? self->height : self->width;
  double slope, span, cap;

  walk.size = walk.steep ? self->width : self->height;
  if (m0 > m1)
    {
      double swap = m0;

      m0 = m1, m1 = swap;
      swap = c0, c0 = c1, c1 = swap;
    }
  slope = m1 > m0 ? (c1 - c0) / (m1 - m0) : 0;
  span = width * sqrt (1 + slope * slope);
  cap = width > 1 ? width / 2 - 0.5 : 0;
  walk.first = (int) (m0 - cap + 0.5);
  walk.last = (int) (m1 + cap - 0.5);
  if (walk.last < walk.first)
    walk.first = walk.last = (int) ((m0 + m1) / 2);
  walk.first = MAX (walk.first, 0);
  walk.last = MIN (walk.last, length - 1);
  walk.low = (gint64) ((c0 + (walk.first + 0.5 - m0) * slope - span / 2) * 65536);
  walk.slope = (gint64) (slope * 65536);
  walk.span = (gint64) (span * 65536);
  walk.inside = MIN (c0, c1) > span + 1 && MAX (c0, c1) < walk.size - span - 2;
  return walk;
}

static inline void
cover (guint8 *mask,
       int     value)
{
  guint8 least = (guint8) MAX (value, 0);

  *mask = MAX (*mask, least);
}

/* The same where it goes across three pixels at most, and is nowhere cut off: without a branch,
 * since one that depends on where a line crosses the pixels is foreseen by no processor. */
static void
cover_hair (guint8     *mask,
            gsize       along,
            gsize       across,
            const Walk *walk)
{
  int span = (int) walk->span;
  gint64 low = walk->low;

  mask += (gsize) walk->first * along;
  for (int m = walk->first; m <= walk->last; m++, low += walk->slope, mask += along)
    {
      guint8 *at = mask + (gsize) (low >> 16) * across;
      int start = (int) (low & 0xffff);
      int end = start + span;

      cover (&at[0], (MIN (end, 65536) - start) * 255 >> 16);
      cover (&at[across], (MIN (end - 65536, 65536)) * 255 >> 16);
      cover (&at[2 * across], (end - 131072) * 255 >> 16);
    }
}

static void
add_thin_line (BwRaster     *self,
               BwRasterPoint a,
               BwRasterPoint b,
               double        width)
{
  Walk walk = plan_walk (self, a, b, width);
  gsize along = walk.steep ? (gsize) self->width : 1;
  gsize across = walk.steep ? 1 : (gsize) self->width;

  if (walk.inside && walk.span <= 2 * 65536)
    cover_hair (self->mask, along, across, &walk);
  else
    cover_walk (self->mask, along, across, &walk);
}

/* The outline of a stroke with round ends. */
static void
outline_line (BwRasterPoint a,
              BwRasterPoint b,
              double        width,
              BwRasterPoint points[N_OUTLINE])
{
  double angle = atan2 (b.y - a.y, b.x - a.x);

  for (int end = 0; end < 2; end++)
    for (int i = 0; i <= END_STEPS; i++)
      {
        double turn = angle + G_PI * (0.5 + end) + G_PI * i / END_STEPS;
        BwRasterPoint center = end == 0 ? a : b;

        *points++ = (BwRasterPoint) { center.x + cos (turn) * width / 2,
                                      center.y + sin (turn) * width / 2 };
      }
}

void
bw_raster_paint_line (BwRaster     *self,
                      BwRasterPoint from,
                      BwRasterPoint to,
                      double        width,
                      BwColor       color,
                      double        opacity)
{
  BwRasterPoint points[N_OUTLINE];
  gsize stride = self->stride;
  Walk walk;

  if (!clip_line (self, &from, &to, width + 1))
    return;
  if (width > BW_RASTER_THIN_PX)
    {
      outline_line (from, to, width, points);
      bw_raster_paint_polygon (self, points, N_OUTLINE, color, opacity);
      return;
    }
  walk = plan_walk (self, from, to, width);
  blend_walk (self->pixels, walk.steep ? stride : 1, walk.steep ? 1 : stride, &walk,
              bw_raster_to_pixel (color, opacity));
}

/* The mask is not empty where a line is. */
static void
add_dirty_line (BwRaster     *self,
                BwRasterPoint from,
                BwRasterPoint to,
                double        margin)
{
  bw_raster_add_dirty (self, (int) CLAMP (MIN (from.x, to.x) - margin, 0, self->width),
                       (int) CLAMP (MIN (from.y, to.y) - margin, 0, self->height),
                       (int) CLAMP (MAX (from.x, to.x) + margin + 1, 0, self->width),
                       (int) CLAMP (MAX (from.y, to.y) + margin + 1, 0, self->height));
}

void
bw_raster_add_line (BwRaster     *self,
                    BwRasterPoint from,
                    BwRasterPoint to,
                    double        width)
{
  BwRasterPoint points[N_OUTLINE];

  if (!clip_line (self, &from, &to, width + 1))
    return;
  if (width > BW_RASTER_THIN_PX)
    {
      outline_line (from, to, width, points);
      bw_raster_add_polygon (self, points, N_OUTLINE);
      return;
    }
  add_thin_line (self, from, to, width);
  add_dirty_line (self, from, to, width + 1);
}

void
bw_raster_add_hairline (BwRaster     *self,
                        BwRasterPoint from,
                        BwRasterPoint to)
{
  gsize stride = (gsize) self->width;
  gsize along, across;
  Walk walk;

  if (!clip_line (self, &from, &to, 0))
    return;
  walk = plan_walk (self, from, to, 0);
  along = walk.steep ? stride : 1;
  across = walk.steep ? 1 : stride;
  for (int m = walk.first; m <= walk.last; m++, walk.low += walk.slope)
    {
      gint64 c = walk.low >> 16;

      if (c >= 0 && c < walk.size)
        self->mask[(gsize) m * along + (gsize) c * across] = 255;
    }
  add_dirty_line (self, from, to, 1);
}
