/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-raster-private.h"

#include <math.h>
#include <string.h>

/* Where a shape lies, in whole pixels. */
typedef struct
{
  int x0, y0;
  int width, height;
} PixelBox;

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

#define BLOCK 8 /* pixels; their masks fill 64 bits */

static void
blend_run (guint32 *row,
           int      n,
           guint32  source)
{
  guint16 keep = (guint16) (255 - (source >> 24));
  const guint32 sources[2] = { source, source };
  BwRasterWords keeps = { keep, keep, keep, keep, keep, keep, keep, keep };
  BwRasterBytes add;

  if (keep == 0)
    {
      for (int x = 0; x < n; x++)
        row[x] = source;
      return;
    }
  memcpy (&add, sources, sizeof add);
  for (; n >= 2; n -= 2, row += 2)
    {
      BwRasterBytes bytes;

      memcpy (&bytes, row, sizeof bytes);
      bytes = add + bw_raster_narrow (bw_raster_times (bw_raster_widen (bytes), keeps));
      memcpy (row, &bytes, sizeof bytes);
    }
  if (n > 0)
    bw_raster_blend (row, source);
}

guint32
bw_raster_to_pixel (BwColor color,
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
  guint32 inner = coverage >= 256 ? source : bw_raster_scale_pixel (source, (guint32) coverage);
  guint32 head, tail;

  if (((x0 | x1) & 255) == 0)
    {
      blend_run (&row[first], last - first + 1, inner);
      return;
    }
  if (first == last)
    {
      bw_raster_blend (&row[first], bw_raster_scale_pixel (inner, (guint32) (MIN (x1 - x0, 255))));
      return;
    }
  head = (guint32) MIN (((first + 1) << 8) - x0, 255);
  tail = (guint32) MIN (x1 - (last << 8), 255);
  bw_raster_blend (&row[first], bw_raster_scale_pixel (inner, head));
  bw_raster_blend (&row[last], bw_raster_scale_pixel (inner, tail));
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
  guint32 source = bw_raster_to_pixel (color, opacity);
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

void
bw_raster_add_dirty (BwRaster *self,
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
  float sign = a.y < b.y ? 1 : -1;
  BwRasterPoint top = a.y < b.y ? a : b;
  BwRasterPoint bottom = a.y < b.y ? b : a;
  double slope, y0, y1, x0;
  int last;

  if (top.y >= height || bottom.y <= 0 || !(top.y < bottom.y))
    return;
  slope = (bottom.x - top.x) / (bottom.y - top.y);
  y0 = MAX (top.y, 0);
  y1 = MIN (bottom.y, height);
  x0 = CLAMP (top.x + (y0 - top.y) * slope, 0, width);
  last = (int) ceil (y1);
  for (int y = (int) y0; y < last; y++)
    {
      double to = MIN (y + 1, y1);
      double x1 = CLAMP (top.x + (to - top.y) * slope, 0, width);

      add_edge_in_row (areas + (gsize) y * (gsize) (width + 2), (float) MIN (x0, x1),
                       (float) MAX (x0, x1), sign * (float) (to - y0));
      y0 = to;
      x0 = x1;
    }
}

/* Takes the areas over into the mask and clears them. */
static void
take_areas (BwRaster       *self,
            const PixelBox *box)
{
  for (int y = 0; y < box->height; y++)
    {
      float *row = self->areas + (gsize) y * (gsize) (box->width + 2);
      guint8 *mask = self->mask + (gsize) (box->y0 + y) * (gsize) self->width + box->x0;
      float sum = 0;

      for (int x = 0; x < box->width; x++)
        {
          guint8 coverage;

          sum += row[x];
          coverage = (guint8) (MIN (fabsf (sum), 1) * 255 + 0.5f);
          mask[x] = MAX (mask[x], coverage);
        }
      memset (row, 0, (gsize) (box->width + 2) * sizeof *row);
    }
}

/* Paints with the areas and clears them. Between its edges a row of a shape is covered evenly. */
static void
blend_areas (BwRaster       *self,
             const PixelBox *box,
             guint32         source)
{
  for (int y = 0; y < box->height; y++)
    {
      float *row = self->areas + (gsize) y * (gsize) (box->width + 2);
      guint32 *pixels = self->pixels + (gsize) (box->y0 + y) * self->stride + box->x0;
      float sum = 0;

      for (int x = 0; x < box->width;)
        {
          int start = x;
          guint32 coverage;

          sum += row[x++];
          while (x < box->width && row[x] == 0)
            x++;
          coverage = (guint32) (MIN (fabsf (sum), 1) * 255 + 0.5f);
          if (coverage > 0 && x - start == 1)
            bw_raster_blend (&pixels[start], bw_raster_scale_pixel (source, coverage));
          else if (coverage > 0)
            blend_run (&pixels[start], x - start, bw_raster_scale_pixel (source, coverage));
        }
      memset (row, 0, (gsize) (box->width + 2) * sizeof *row);
    }
}

/* Leaves a polygon's areas, and where they are. FALSE: there is nothing of it in the image. */
static gboolean
add_areas (BwRaster            *self,
           const BwRasterPoint *points,
           guint                n_points,
           PixelBox            *box)
{
  double x0 = G_MAXDOUBLE, y0 = G_MAXDOUBLE, x1 = -G_MAXDOUBLE, y1 = -G_MAXDOUBLE;
  gsize size;

  for (guint i = 0; i < n_points; i++)
    {
      x0 = MIN (x0, points[i].x);
      y0 = MIN (y0, points[i].y);
      x1 = MAX (x1, points[i].x);
      y1 = MAX (y1, points[i].y);
    }
  if (!(x0 < self->width && y0 < self->height && x1 > 0 && y1 > 0))
    return FALSE;
  box->x0 = (int) MAX (x0, 0);
  box->y0 = (int) MAX (y0, 0);
  box->width = (int) ceil (MIN (x1, self->width)) - box->x0;
  box->height = (int) ceil (MIN (y1, self->height)) - box->y0;
  if (box->width <= 0 || box->height <= 0)
    return FALSE;
  size = (gsize) (box->width + 2) * (gsize) box->height;
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

      add_edge (self->areas, box->width, box->height,
                (BwRasterPoint) { a.x - box->x0, a.y - box->y0 },
                (BwRasterPoint) { b.x - box->x0, b.y - box->y0 });
    }
  return TRUE;
}

void
bw_raster_add_polygon (BwRaster            *self,
                       const BwRasterPoint *points,
                       guint                n_points)
{
  PixelBox box;

  if (!add_areas (self, points, n_points, &box))
    return;
  take_areas (self, &box);
  bw_raster_add_dirty (self, box.x0, box.y0, box.x0 + box.width, box.y0 + box.height);
}

void
bw_raster_paint_polygon (BwRaster            *self,
                         const BwRasterPoint *points,
                         guint                n_points,
                         BwColor              color,
                         double               opacity)
{
  PixelBox box;

  if (add_areas (self, points, n_points, &box))
    blend_areas (self, &box, bw_raster_to_pixel (color, opacity));
}

/* A block of a mask: all channels at once, whatever is in it, since a branch for each pixel of a
 * ratsnest costs more than the arithmetic. */
static void
blend_masked (guint32      *row,
              const guint8 *mask,
              guint32       source)
{
  guint16 alpha = (guint16) (source >> 24);
  const guint32 sources[2] = { source, source };
  BwRasterWords alphas = { alpha, alpha, alpha, alpha, alpha, alpha, alpha, alpha };
  BwRasterWords colors;
  BwRasterBytes bytes;

  memcpy (&bytes, sources, sizeof bytes);
  colors = bw_raster_widen (bytes);
  for (int i = 0; i < BLOCK; i += 2)
    {
      guint16 a = mask[i], b = mask[i + 1];
      BwRasterWords masks = { a, a, a, a, b, b, b, b };
      BwRasterWords kept;

      memcpy (&bytes, &row[i], sizeof bytes);
      kept = bw_raster_times (bw_raster_widen (bytes), 255 - bw_raster_times (alphas, masks));
      bytes = bw_raster_narrow (kept + bw_raster_times (colors, masks));
      memcpy (&row[i], &bytes, sizeof bytes);
    }
}

void
bw_raster_paint (BwRaster *self,
                 BwColor   color,
                 double    opacity)
{
  guint32 source = bw_raster_to_pixel (color, opacity);

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
            blend_masked (&row[x], &mask[x], source);
          memset (&mask[x], 0, BLOCK);
        }
      for (; x < self->dirty_x1; x++)
        {
          bw_raster_blend (&row[x], bw_raster_scale_pixel (source, mask[x]));
          mask[x] = 0;
        }
    }
  forget_dirty (self);
}

/* Two pixels of a picture. */
static inline void
blend_pair (guint32       *row,
            const guint32 *picture,
            BwRasterWords  opacities)
{
  BwRasterBytes bytes, under;
  BwRasterWords source, keep;
  guint16 a, b;

  memcpy (&bytes, picture, sizeof bytes);
  memcpy (&under, row, sizeof under);
  source = bw_raster_times (bw_raster_widen (bytes), opacities);
  a = source[3];
  b = source[7];
  keep = 255 - (BwRasterWords) { a, a, a, a, b, b, b, b };
  bytes = bw_raster_narrow (source + bw_raster_times (bw_raster_widen (under), keep));
  memcpy (row, &bytes, sizeof bytes);
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
  guint16 alpha = (guint16) lrint (opacity * 255);
  BwRasterWords opacities = { alpha, alpha, alpha, alpha, alpha, alpha, alpha, alpha };

  for (int row = top; row < bottom; row++)
    {
      const guint32 *picture = pixels + (row - y) * width + left - x;
      guint32 *under = self->pixels + (gsize) row * self->stride + left;
      int n = right - left;

      for (; n >= 2; n -= 2, picture += 2, under += 2)
        if ((picture[0] | picture[1]) != 0)
          blend_pair (under, picture, opacities);
      if (n > 0)
        bw_raster_blend (under, bw_raster_scale_pixel (*picture, alpha));
    }
}
