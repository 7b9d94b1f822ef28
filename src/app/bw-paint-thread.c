/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-paint-thread.h"

/* As many windows as cores paint at once. */
#define N_THREADS 2

/* GTK's own for drawing: a picture is there before the frame that shows it. */
#define REDRAW_PRIORITY (G_PRIORITY_HIGH_IDLE + 20)

struct _BwPaintThread
{
  gatomicrefcount ref_count;
  BwPaintFunc func;       /* main thread only; NULL: closed */
  gpointer user_data;

  GMutex mutex;
  gboolean busy;          /* somebody paints, or is about to; guarded by mutex, … */
  gboolean waiting;       /* … like these two */
  BwPaintRequest next;

  /* Whoever paints. */
  BwBoard *board;
  BwPainter *painter;
  cairo_surface_t *below; /* what bw_painter_paint_board() drew, … */
  BwPaintRequest below_request; /* … for this (without its frame and flags), … */
  guint below_copper;           /* … with this copper */
  gboolean trailed;             /* trails have begun: */
  guint32 trail_epoch;          /* with frames of this run, … */
  guint64 trail_index;          /* … this the last, … */
  gboolean trail_past;          /* … looked back at or not */
};

/* A picture on its way to the main thread. */
typedef struct
{
  BwPaintThread *thread;
  BwPaintRequest request;
  cairo_surface_t *surface;
} Picture;

static BwPaintThread *
thread_ref (BwPaintThread *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
bw_paint_request_clear (BwPaintRequest *request)
{
  g_clear_pointer (&request->frame, bw_frame_unref);
  g_clear_pointer (&request->hidden, g_bytes_unref);
  g_clear_pointer (&request->selected, g_bytes_unref);
}

static void
thread_unref (BwPaintThread *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->waiting)
    bw_paint_request_clear (&self->next);
  g_clear_pointer (&self->below, cairo_surface_destroy);
  bw_painter_free (self->painter);
  bw_board_unref (self->board);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
picture_free (Picture *picture)
{
  g_clear_pointer (&picture->surface, cairo_surface_destroy);
  bw_paint_request_clear (&picture->request);
  thread_unref (picture->thread);
  g_free (picture);
}

static gboolean
deliver (gpointer user_data)
{
  Picture *picture = user_data;
  BwPaintThread *thread = picture->thread;

  if (thread->func && cairo_surface_status (picture->surface) == CAIRO_STATUS_SUCCESS)
    thread->func (g_steal_pointer (&picture->surface), &picture->request, thread->user_data);
  return G_SOURCE_REMOVE;
}

static cairo_surface_t *
create_surface (const BwPaintRequest *request)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                MAX ((int) request->camera.width_px * request->scale, 1),
                                MAX ((int) request->camera.height_px * request->scale, 1));

  cairo_surface_set_device_scale (surface, request->scale, request->scale);
  return surface;
}

static void
paint_below (BwPaintThread        *self,
             const BwPaintRequest *request)
{
  const BwPaintRequest *last = &self->below_request;
  guint copper = bw_painter_get_copper (self->painter);
  cairo_t *cr;

  if (self->below && bw_camera_equal (&request->camera, &last->camera)
      && request->scale == last->scale && request->style == last->style
      && request->show == last->show && request->grid_mm == last->grid_mm
      && copper == self->below_copper)
    return;
  g_clear_pointer (&self->below, cairo_surface_destroy);
  self->below = create_surface (request);
  self->below_copper = copper;
  self->below_request = *request;
  self->below_request.frame = NULL;
  self->below_request.hidden = NULL;
  self->below_request.selected = NULL;
  cr = cairo_create (self->below);
  bw_painter_paint_board (self->painter, cr, &request->camera);
  cairo_destroy (cr);
}

void
bw_paint_request_apply (const BwPaintRequest *request,
                        BwPainter            *painter)
{
  bw_painter_set_theme (painter, bw_theme_get (request->style));
  bw_painter_set_show (painter, request->show);
  bw_painter_set_grid (painter, request->grid_mm);
  bw_painter_set_heat (painter, request->heat);
  if (request->frame)
    {
      bw_painter_set_poses (painter, request->frame->poses);
      bw_painter_set_held (painter, request->frame->held);
      bw_painter_set_strays (painter, request->frame->strays, request->frame->barred);
      bw_painter_set_parted (painter, request->frame->overlaps == 0);
      bw_painter_set_tracks (painter, request->frame->tracks);
      bw_painter_set_forces (painter, request->frame->forces, request->frame->n_forces);
    }
  bw_painter_set_hidden (painter,
                         request->hidden ? g_bytes_get_data (request->hidden, NULL) : NULL);
  bw_painter_set_selected (painter,
                           request->selected ? g_bytes_get_data (request->selected, NULL) : NULL);
}

/* A frame that does not follow the last begins trails anew. */
static void
add_trail (BwPaintThread        *self,
           const BwPaintRequest *request)
{
  const BwFrame *frame = request->frame;
  gboolean follows = self->trailed && frame->epoch == self->trail_epoch
                     && frame->index >= self->trail_index && request->past == self->trail_past;

  bw_painter_add_trail (self->painter, !follows);
  self->trailed = TRUE;
  self->trail_epoch = frame->epoch;
  self->trail_index = frame->index;
  self->trail_past = request->past;
}

static cairo_surface_t *
paint (BwPaintThread        *self,
       const BwPaintRequest *request)
{
  gint64 start_us = g_get_monotonic_time ();
  cairo_surface_t *surface = create_surface (request);
  cairo_t *cr = cairo_create (surface);

  bw_paint_request_apply (request, self->painter);
  if (request->frame)
    add_trail (self, request);
  paint_below (self, request);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_surface (cr, self->below, 0, 0);
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  bw_painter_paint_parts (self->painter, cr, &request->camera);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  g_debug ("painted in %.2f ms", (double) (g_get_monotonic_time () - start_us) / 1000.0);
  return surface;
}

static gboolean
take_request (BwPaintThread  *self,
              BwPaintRequest *request_out)
{
  gboolean found;

  g_mutex_lock (&self->mutex);
  found = self->waiting;
  if (found)
    *request_out = self->next;
  self->waiting = FALSE;
  self->busy = found;
  g_mutex_unlock (&self->mutex);
  return found;
}

static void
paint_all (gpointer data,
           gpointer user_data)
{
  BwPaintThread *self = data;
  BwPaintRequest request;

  while (take_request (self, &request))
    {
      Picture *picture = g_new0 (Picture, 1);

      picture->surface = paint (self, &request);
      picture->request = request;
      picture->thread = thread_ref (self);
      g_idle_add_full (REDRAW_PRIORITY - 1, deliver, picture, (GDestroyNotify) picture_free);
    }
  thread_unref (self);
}

BwPaintThread *
bw_paint_thread_new (BwBoard    *board,
                     BwPainter  *painter,
                     BwPaintFunc func,
                     gpointer    user_data)
{
  BwPaintThread *self = g_new0 (BwPaintThread, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->board = bw_board_ref (board);
  self->painter = painter;
  self->func = func;
  self->user_data = user_data;
  return self;
}

void
bw_paint_thread_request (BwPaintThread        *self,
                         const BwPaintRequest *request)
{
  static GThreadPool *pool;
  gboolean idle;

  if (!pool)
    pool = g_thread_pool_new (paint_all, NULL, N_THREADS, FALSE, NULL);
  g_mutex_lock (&self->mutex);
  if (self->waiting)
    bw_paint_request_clear (&self->next);
  self->next = *request;
  if (request->frame)
    bw_frame_ref (request->frame);
  if (request->hidden)
    g_bytes_ref (request->hidden);
  if (request->selected)
    g_bytes_ref (request->selected);
  self->waiting = TRUE;
  idle = !self->busy;
  self->busy = TRUE;
  g_mutex_unlock (&self->mutex);
  if (idle)
    g_thread_pool_push (pool, thread_ref (self), NULL);
}

void
bw_paint_thread_close (BwPaintThread *self)
{
  self->func = NULL;
  g_mutex_lock (&self->mutex);
  if (self->waiting)
    bw_paint_request_clear (&self->next);
  self->waiting = FALSE;
  g_mutex_unlock (&self->mutex);
  thread_unref (self);
}
