/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-painter-private.h"

#include <math.h>

/* A band that is lower than this is not worth a thread. */
#define LEAST_ROWS 64

/* What is to be done side by side, and how much of it is not done yet. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  guint n_left;
} Round;

typedef struct
{
  Round *round;
  BwPainter painter;       /* all but its pen is shared, and read only */
  cairo_surface_t *surface;
  BwCamera camera;
} Band;

static void
paint_band (Band *band)
{
  cairo_t *cr = cairo_create (band->surface);

  bw_pen_begin (&band->painter.pen, cr, FALSE);
  bw_painter_paint_moving (&band->painter, &band->camera);
  bw_pen_end (&band->painter.pen);
  cairo_destroy (cr);
}

static void
paint_in_thread (gpointer data,
                 gpointer user_data)
{
  Band *band = data;
  Round *round = band->round;

  paint_band (band);
  g_mutex_lock (&round->mutex);
  round->n_left--;
  g_cond_signal (&round->cond);
  g_mutex_unlock (&round->mutex);
}

static gpointer
create_pool (gpointer data)
{
  return g_thread_pool_new (paint_in_thread, NULL, -1, FALSE, NULL);
}

static GThreadPool *
get_pool (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, create_pool, NULL);
}

/* The rows from `top` up to `bottom` of the image, as a picture of their own. */
static void
begin_band (Band            *band,
            BwPainter       *painter,
            guint            index,
            cairo_surface_t *surface,
            const BwCamera  *camera,
            int              top,
            int              bottom)
{
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  double scale = painter->pen.scale;

  band->painter = *painter;
  band->painter.pen = painter->band_pens[index];
  band->surface = cairo_image_surface_create_for_data (data + (gsize) top * (gsize) stride,
                                                       cairo_image_surface_get_format (surface),
                                                       cairo_image_surface_get_width (surface),
                                                       bottom - top, stride);
  cairo_surface_set_device_scale (band->surface, scale, scale);
  band->camera = *camera;
  band->camera.height_px = (bottom - top) / scale;
  band->camera.center_y_mm += ((top + bottom) / (2 * scale) - camera->height_px / 2)
                              / camera->scale_px_per_mm;
}

/* As many as there are processors, and as the image has rows for. */
static guint
count_bands (int height)
{
  return CLAMP (MIN (g_get_num_processors (), (guint) (height / LEAST_ROWS)), 1,
                BW_PAINTER_MAX_BANDS);
}

void
bw_painter_paint_bands (BwPainter      *self,
                        cairo_t        *cr,
                        const BwCamera *camera)
{
  cairo_surface_t *surface = cairo_get_target (cr);
  Band bands[BW_PAINTER_MAX_BANDS];
  Round round;
  int height;
  guint n;

  if (!self->pen.fast)
    {
      bw_painter_paint_moving (self, camera);
      return;
    }
  height = cairo_image_surface_get_height (surface);
  n = count_bands (height);
  g_mutex_init (&round.mutex);
  g_cond_init (&round.cond);
  round.n_left = n - 1;
  for (guint i = 0; i < n; i++)
    {
      bands[i].round = &round;
      begin_band (&bands[i], self, i, surface, camera, height * (int) i / (int) n,
                  height * (int) (i + 1) / (int) n);
      if (i + 1 < n)
        g_thread_pool_push (get_pool (), &bands[i], NULL);
    }
  paint_band (&bands[n - 1]);
  g_mutex_lock (&round.mutex);
  while (round.n_left > 0)
    g_cond_wait (&round.cond, &round.mutex);
  g_mutex_unlock (&round.mutex);
  g_mutex_clear (&round.mutex);
  g_cond_clear (&round.cond);
  for (guint i = 0; i < n; i++)
    {
      self->band_pens[i] = bands[i].painter.pen;
      cairo_surface_destroy (bands[i].surface);
    }
}
