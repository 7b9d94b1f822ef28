/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-painter-private.h"

#include <math.h>

/* A band that is lower than this is not worth a thread. */
#define LEAST_ROWS 64

/* Jobs that are done side by side, and how many of them are not done yet. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  guint n_left;
} Round;

typedef struct
{
  const BwJob *job;
  Round *round;
} Task;

typedef struct
{
  BwPainter painter;       /* all but its pen is shared, and read only */
  cairo_surface_t *surface;
  BwCamera camera;
} Band;

static void
do_task (gpointer data,
         gpointer user_data)
{
  Task *task = data;
  Round *round = task->round;

  task->job->run (task->job->data);
  g_mutex_lock (&round->mutex);
  round->n_left--;
  g_cond_signal (&round->cond);
  g_mutex_unlock (&round->mutex);
}

static gpointer
create_pool (gpointer data)
{
  return g_thread_pool_new (do_task, NULL, -1, FALSE, NULL);
}

static GThreadPool *
get_pool (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, create_pool, NULL);
}

void
bw_painter_run_jobs (BwJob *jobs,
                     guint  n_jobs)
{
  Task tasks[BW_PAINTER_MAX_BANDS];
  Round round = { .n_left = n_jobs - 1 };

  g_assert (n_jobs >= 1 && n_jobs <= BW_PAINTER_MAX_BANDS);
  g_mutex_init (&round.mutex);
  g_cond_init (&round.cond);
  for (guint i = 0; i + 1 < n_jobs; i++)
    {
      tasks[i] = (Task) { &jobs[i], &round };
      g_thread_pool_push (get_pool (), &tasks[i], NULL);
    }
  jobs[n_jobs - 1].run (jobs[n_jobs - 1].data);
  g_mutex_lock (&round.mutex);
  while (round.n_left > 0)
    g_cond_wait (&round.cond, &round.mutex);
  g_mutex_unlock (&round.mutex);
  g_mutex_clear (&round.mutex);
  g_cond_clear (&round.cond);
}

static void
paint_band (gpointer data)
{
  Band *band = data;
  cairo_t *cr = cairo_create (band->surface);

  bw_pen_begin (&band->painter.pen, cr, FALSE);
  bw_painter_paint_moving (&band->painter, &band->camera);
  bw_pen_end (&band->painter.pen);
  cairo_destroy (cr);
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
  BwJob jobs[BW_PAINTER_MAX_BANDS];
  int height;
  guint n;

  if (!self->pen.fast)
    {
      bw_painter_paint_moving (self, camera);
      return;
    }
  height = cairo_image_surface_get_height (surface);
  n = count_bands (height);
  for (guint i = 0; i < n; i++)
    {
      begin_band (&bands[i], self, i, surface, camera, height * (int) i / (int) n,
                  height * (int) (i + 1) / (int) n);
      jobs[i] = (BwJob) { paint_band, &bands[i] };
    }
  bw_painter_run_jobs (jobs, n);
  for (guint i = 0; i < n; i++)
    {
      self->band_pens[i] = bands[i].painter.pen;
      cairo_surface_destroy (bands[i].surface);
    }
}
