/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-raster.h"

#include <math.h>
#include <string.h>

/* Points of a round end. */
#define END_STEPS 8

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

BwRaster *
bw_raster_new (void)
{
  return g_new0 (BwRaster, 1);
}

void
bw_raster_free (BwRaster *self)
{
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_free (self->mask);
  g_free (self->areas);
  g_free (self);
}

static void
forget_dirty (BwRaster *self)
{
  self->dirty_x0 = self->dirty_y0 = G_MAXINT;
  self->dirty_x1 = self->dirty_y1 = -1;
}

gboolean
bw_raster_attach (BwRaster        *self,
                  cairo_surface_t *surface)
{
  cairo_format_t format;
  gsize n_pixels;

  if (self->surface)
    cairo_surface_mark_dirty (self->surface);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  if (!surface || cairo_surface_get_type (surface) != CAIRO_SURFACE_TYPE_IMAGE)
    return FALSE;
  format = cairo_image_surface_get_format (surface);
  if (format != CAIRO_FORMAT_ARGB32 && format != CAIRO_FORMAT_RGB24)
    return FALSE;

  cairo_surface_flush (surface);
  self->pixels = (guint32 *) (void *) cairo_image_surface_get_data (surface);
  if (!self->pixels)
    return FALSE;
  self->surface = cairo_surface_reference (surface);
  self->stride = (gsize) cairo_image_surface_get_stride (surface) / sizeof (guint32);
  self->width = cairo_image_surface_get_width (surface);
  self->height = cairo_image_surface_get_height (surface);
  n_pixels = (gsize) self->width * (gsize) self->height;
  if (n_pixels > self->mask_size)
    {
      g_free (self->mask);
      self->mask = g_malloc0 (n_pixels);
      self->mask_size = n_pixels;
    }
  forget_dirty (self);
  return TRUE;
}

/* All four channels times alpha / 255, rounded. */
static inline guint32
scale_pixel (guint32 pixel,
             guint32 alpha)
{
  guint32 even = (pixel & 0xff00ff) * alpha + 0x800080;
  guint32 odd = ((pixel >> 8) & 0xff00ff) * alpha + 0x800080;

  even = ((even + ((even >> 8) & 0xff00ff)) >> 8) & 0xff00ff;
  odd = (odd + ((odd >> 8) & 0xff00ff)) & 0xff00ff00;
  return even | odd;
}

static inline void
blend (guint32 *pixel,
       guint32  source)
{
  *pixel = source + scale_pixel (*pixel, 255 - (source >> 24));
}

#define BLOCK 8 /* pixels; their masks fill 64 bits */

/* Blocks of a fixed size, channel by channel: what compilers make vectors of. */
static void
blend_run (guint32 *row,
           int      n,
           guint32  source)
{
  guint16 keep = (guint16) (255 - (source >> 24));
  guint32 sources[BLOCK];
  guint8 add[BLOCK * 4];

  if (keep == 0)
    {
      for (int x = 0; x < n; x++)
        row[x] = source;
      return;
    }
  for (int i = 0; i < BLOCK; i++)
    sources[i] = source;
  memcpy (add, sources, sizeof add);
  for (; n >= BLOCK; n -= BLOCK, row += BLOCK)
    {
      guint8 bytes[BLOCK * 4];

      memcpy (bytes, row, sizeof bytes);
      for (int i = 0; i < BLOCK * 4; i++)
        {
          guint16 kept = (guint16) (bytes[i] * keep + 128);

          bytes[i] = (guint8) (add[i] + (guint8) ((guint16) (kept + (kept >> 8)) >> 8));
        }
      memcpy (row, bytes, sizeof bytes);
    }
  for (int x = 0; x < n; x++)
    blend (&row[x], source);
}

static guint32
to_pixel (BwColor color,
          double  opacity)
{
  double alpha = CLAMP (color.alpha * opacity, 0, 1) * 255;

  return (guint32) lrint (alpha) << 24 | (guint32) lrint (color.red * alpha) << 16
         | (guint32) lrint (color.green * alpha) << 8 | (guint32) lrint (color.blue * alpha);
}

/* `coverage` of the row, from x0 to x1, all in 1/256 px. */
static void
blend_row (guint32 *row,
           int      x0,
           int      x1,
           guint32  source,
           int      coverage)
{
  int first = x0 >> 8;
  int last = (x1 - 1) >> 8;
  guint32 inner = coverage >= 256 ? source : scale_pixel (source, (guint32) coverage);

  if (first == last)
    {
      blend (&row[first], scale_pixel (inner, (guint32) (MIN (x1 - x0, 255))));
      return;
    }
  blend (&row[first], scale_pixel (inner, (guint32) MIN (((first + 1) << 8) - x0, 255)));
  blend (&row[last], scale_pixel (inner, (guint32) MIN (x1 - (last << 8), 255)));
  blend_run (&row[first + 1], last - first - 1, inner);
}

void
bw_raster_paint_box (BwRaster *self,
                     double    x0,
                     double    y0,
                     double    x1,
                     double    y1,
                     BwColor   color,
                     double    opacity)
{
  guint32 source = to_pixel (color, opacity);
  int left, top, right, bottom;

  /* Not a number is not inside either. */
  if (!(x0 < self->width && y0 < self->height && x1 > 0 && y1 > 0))
    return;
  left = (int) (MAX (x0, 0) * 256);
  top = (int) (MAX (y0, 0) * 256);
  right = (int) (MIN (x1, self->width) * 256);
  bottom = (int) (MIN (y1, self->height) * 256);
  if (left >= right)
    return;
  for (int y = top; y < bottom;)
    {
      int next = MIN ((y | 255) + 1, bottom);

      blend_row (self->pixels + (gsize) (y >> 8) * self->stride, left, right, source, next - y);
      y = next;
    }
}

static void
add_dirty (BwRaster *self,
           int       x0,
           int       y0,
           int       x1,
           int       y1)
{
  self->dirty_x0 = MIN (self->dirty_x0, x0);
  self->dirty_y0 = MIN (self->dirty_y0, y0);
  self->dirty_x1 = MAX (self->dirty_x1, x1);
  self->dirty_y1 = MAX (self->dirty_y1, y1);
}

/* The part of one edge within one row: what lies to its right gets `height` more. */
static inline void
add_edge_in_row (float *row,
                 float  x0,
                 float  x1,
                 float  height)
{
  int first = (int) x0;
  float left = (float) first;

  if (x1 <= left + 1)
    {
      float middle = 0.5f * (x0 + x1) - left;

      row[first] += height - height * middle;
      row[first + 1] += height * middle;
      return;
    }
  /* Across several pixels: the running area under the slanted edge. */
  for (float done = 0, x = x0; x < x1;)
    {
      int column = (int) x;
      float next = MIN ((float) column + 1, x1);
      float part = height * (next - x) / (x1 - x0);
      float middle = 0.5f * (x + next) - (float) column;

      /* The rest that rounding leaves goes with the last. */
      if (next >= x1)
        part = height - done;
      row[column] += part - part * middle;
      row[column + 1] += part * middle;
      done += part;
      x = next;
    }
}

/* The signed area that every edge leaves to its right; summed along a row that is coverage. */
static void
add_edge (float        *areas,
          int           width,
          int           height,
          BwRasterPoint a,
          BwRasterPoint b)
{
  double sign = a.y < b.y ? 1 : -1;
  BwRasterPoint top = a.y < b.y ? a : b;
  BwRasterPoint bottom = a.y < b.y ? b : a;
  double slope;
  int last;

  if (top.y >= height || bottom.y <= 0 || !(top.y < bottom.y))
    return;
  slope = (bottom.x - top.x) / (bottom.y - top.y);
  last = (int) ceil (MIN (bottom.y, height));
  for (int y = (int) MAX (top.y, 0); y < last; y++)
    {
      double from = MAX (y, top.y);
      double to = MIN (y + 1, bottom.y);
      double x0 = CLAMP (top.x + (from - top.y) * slope, 0, width);
      double x1 = CLAMP (top.x + (to - top.y) * slope, 0, width);

      add_edge_in_row (areas + (gsize) y * (gsize) (width + 2), (float) MIN (x0, x1),
                       (float) MAX (x0, x1), (float) (sign * (to - from)));
    }
}

/* Takes the areas over into the mask and clears them. */
static void
take_areas (BwRaster *self,
            int       x0,
            int       y0,
            int       width,
            int       height)
{
  for (int y = 0; y < height; y++)
    {
      float *row = self->areas + (gsize) y * (gsize) (width + 2);
      guint8 *mask = self->mask + (gsize) (y0 + y) * (gsize) self->width + x0;
      float sum = 0;

      for (int x = 0; x < width; x++)
        {
          guint8 coverage;

          sum += row[x];
          coverage = (guint8) (MIN (fabsf (sum), 1) * 255 + 0.5f);
          mask[x] = MAX (mask[x], coverage);
        }
      memset (row, 0, (gsize) (width + 2) * sizeof *row);
    }
}

void
bw_raster_add_polygon (BwRaster            *self,
                       const BwRasterPoint *points,
                       guint                n_points)
{
  double x0 = G_MAXDOUBLE, y0 = G_MAXDOUBLE, x1 = -G_MAXDOUBLE, y1 = -G_MAXDOUBLE;
  int left, top, width, height;
  gsize size;

  for (guint i = 0; i < n_points; i++)
    {
      x0 = MIN (x0, points[i].x);
      y0 = MIN (y0, points[i].y);
      x1 = MAX (x1, points[i].x);
      y1 = MAX (y1, points[i].y);
    }
  if (!(x0 < self->width && y0 < self->height && x1 > 0 && y1 > 0))
    return;
  left = (int) MAX (x0, 0);
  top = (int) MAX (y0, 0);
  width = (int) ceil (MIN (x1, self->width)) - left;
  height = (int) ceil (MIN (y1, self->height)) - top;
  if (width <= 0 || height <= 0)
    return;
  size = (gsize) (width + 2) * (gsize) height;
  if (size > self->areas_size)
    {
      g_free (self->areas);
      self->areas = g_new0 (float, size);
      self->areas_size = size;
    }
  for (guint i = 0; i < n_points; i++)
    {
      BwRasterPoint a = points[i];
      BwRasterPoint b = points[i + 1 < n_points ? i + 1 : 0];

      add_edge (self->areas, width, height, (BwRasterPoint) { a.x - left, a.y - top },
                (BwRasterPoint) { b.x - left, b.y - top });
    }
  take_areas (self, left, top, width, height);
  add_dirty (self, left, top, left + width, top + height);
}

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
} Walk;

/* Covers `span` at each step. `across` and `along` are the strides of the mask. */
static inline void
cover_walk (guint8     *mask,
            gsize       along,
            gsize       across,
            int         size,
            const Walk *walk,
            gboolean    inside)
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

          if (!inside && (c < 0 || c >= size))
            continue;
          if (*at < value)
            *at = (guint8) value;
        }
    }
}

static void
add_thin_line (BwRaster     *self,
               BwRasterPoint a,
               BwRasterPoint b,
               double        width)
{
  gboolean steep = fabs (b.y - a.y) > fabs (b.x - a.x);
  double m0 = steep ? a.y : a.x, m1 = steep ? b.y : b.x;
  double c0 = steep ? a.x : a.y, c1 = steep ? b.x : b.y;
  int length = steep ? self->height : self->width;
  int size = steep ? self->width : self->height;
  gsize stride = (gsize) self->width;
  double slope, span, cap;
  gboolean inside;
  Walk walk;

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
  inside = MIN (c0, c1) > span + 1 && MAX (c0, c1) < size - span - 2;
  if (inside)
    cover_walk (self->mask, steep ? stride : 1, steep ? 1 : stride, size, &walk, TRUE);
  else
    cover_walk (self->mask, steep ? stride : 1, steep ? 1 : stride, size, &walk, FALSE);
}

static void
add_thick_line (BwRaster     *self,
                BwRasterPoint a,
                BwRasterPoint b,
                double        width)
{
  BwRasterPoint points[2 * (END_STEPS + 1)];
  double angle = atan2 (b.y - a.y, b.x - a.x);
  guint n = 0;

  for (int end = 0; end < 2; end++)
    for (int i = 0; i <= END_STEPS; i++)
      {
        double turn = angle + G_PI * (0.5 + end) + G_PI * i / END_STEPS;
        BwRasterPoint center = end == 0 ? a : b;

        points[n++] = (BwRasterPoint) { center.x + cos (turn) * width / 2,
                                        center.y + sin (turn) * width / 2 };
      }
  bw_raster_add_polygon (self, points, n);
}

void
bw_raster_add_line (BwRaster     *self,
                    BwRasterPoint from,
                    BwRasterPoint to,
                    double        width)
{
  double margin = width + 1;

  if (!clip_line (self, &from, &to, margin))
    return;
  if (width > BW_RASTER_THIN_PX)
    {
      add_thick_line (self, from, to, width);
      return;
    }
  add_thin_line (self, from, to, width);
  add_dirty (self, (int) CLAMP (MIN (from.x, to.x) - margin, 0, self->width),
             (int) CLAMP (MIN (from.y, to.y) - margin, 0, self->height),
             (int) CLAMP (MAX (from.x, to.x) + margin + 1, 0, self->width),
             (int) CLAMP (MAX (from.y, to.y) + margin + 1, 0, self->height));
}

/* A block of a mask: all channels at once, whatever is in it, since a branch for each pixel of a
 * ratsnest costs more than the arithmetic. */
static void
blend_masked (guint32      *row,
              const guint8 *mask,
              const guint8  source[BLOCK * 4],
              guint8        alpha)
{
  guint32 spread[BLOCK];
  guint8 masks[BLOCK * 4];
  guint8 bytes[BLOCK * 4];

  for (int i = 0; i < BLOCK; i++)
    spread[i] = mask[i] * 0x01010101u;
  memcpy (masks, spread, sizeof masks);
  memcpy (bytes, row, sizeof bytes);
  for (int i = 0; i < BLOCK * 4; i++)
    {
      guint16 add = (guint16) (source[i] * masks[i] + 128);
      guint16 drop = (guint16) (alpha * masks[i] + 128);
      guint16 kept;

      add = (guint16) ((guint16) (add + (add >> 8)) >> 8);
      drop = (guint16) ((guint16) (drop + (drop >> 8)) >> 8);
      kept = (guint16) (bytes[i] * (guint16) (255 - drop) + 128);
      bytes[i] = (guint8) (add + (guint16) ((guint16) (kept + (kept >> 8)) >> 8));
    }
  memcpy (row, bytes, sizeof bytes);
}

void
bw_raster_paint (BwRaster *self,
                 BwColor   color,
                 double    opacity)
{
  guint32 source = to_pixel (color, opacity);
  guint32 sources[BLOCK];
  guint8 bytes[BLOCK * 4];

  for (int i = 0; i < BLOCK; i++)
    sources[i] = source;
  memcpy (bytes, sources, sizeof bytes);
  for (int y = self->dirty_y0; y < self->dirty_y1; y++)
    {
      guint8 *mask = self->mask + (gsize) y * (gsize) self->width;
      guint32 *row = self->pixels + (gsize) y * self->stride;
      int x = self->dirty_x0;

      for (; x + BLOCK <= self->dirty_x1; x += BLOCK)
        {
          guint64 eight;

          /* Most of a ratsnest's mask is empty, most of a part's is full. */
          memcpy (&eight, &mask[x], sizeof eight);
          if (eight == 0)
            continue;
          if (eight == G_MAXUINT64)
            blend_run (&row[x], BLOCK, source);
          else
            blend_masked (&row[x], &mask[x], bytes, (guint8) (source >> 24));
          memset (&mask[x], 0, BLOCK);
        }
      for (; x < self->dirty_x1; x++)
        {
          blend (&row[x], scale_pixel (source, mask[x]));
          mask[x] = 0;
        }
    }
  forget_dirty (self);
}

void
bw_raster_blit (BwRaster      *self,
                const guint32 *pixels,
                int            width,
                int            height,
                int            x,
                int            y,
                double         opacity)
{
  int left = MAX (x, 0), right = MIN (x + width, self->width);
  int top = MAX (y, 0), bottom = MIN (y + height, self->height);
  guint32 alpha = (guint32) lrint (opacity * 255);

  for (int row = top; row < bottom; row++)
    for (int column = left; column < right; column++)
      {
        guint32 source = pixels[(row - y) * width + column - x];

        if (source != 0)
          blend (&self->pixels[(gsize) row * self->stride + (gsize) column],
                 alpha == 255 ? source : scale_pixel (source, alpha));
      }
}
