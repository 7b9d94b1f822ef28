/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-thumbnail.h"

#define MARGIN_PX 4
#define GHOST_ALPHA 0.45
#define WAY_WIDTH_PX 1.25

/* Nearer than this nobody sees the way that a part went. */
#define WAY_MIN_PX 3.0

static void
thumbnail_free (gpointer data)
{
  BwThumbnail *thumbnail = data;

  bw_board_unref (thumbnail->board);
  bw_frame_unref (thumbnail->frame);
  g_clear_pointer (&thumbnail->ghost, bw_frame_unref);
  g_free (thumbnail);
}

static void
show_frame (BwPainter     *painter,
            const BwFrame *frame)
{
  bw_painter_set_poses (painter, frame->poses);
  bw_painter_set_held (painter, frame->held);
  bw_painter_set_strays (painter, frame->strays, frame->barred);
  bw_painter_set_parted (painter, frame->overlaps == 0);
  bw_painter_set_tracks (painter, frame->tracks);
}

/* From where each part lies in the frame to where the ghost has it. */
static void
paint_ways (const BwThumbnail *thumbnail,
            cairo_t           *cr,
            const BwCamera    *camera)
{
  BwColor color = bw_theme_get (thumbnail->style)->selection;

  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
  cairo_set_line_width (cr, WAY_WIDTH_PX);
  for (guint32 i = 0; i < thumbnail->frame->n_footprints; i++)
    {
      BwPoint from = thumbnail->frame->poses[i].at, to = thumbnail->ghost->poses[i].at;
      double x0, y0, x1, y1;

      bw_camera_to_px (camera, bw_nm_to_mm (from.x_nm), bw_nm_to_mm (from.y_nm), &x0, &y0);
      bw_camera_to_px (camera, bw_nm_to_mm (to.x_nm), bw_nm_to_mm (to.y_nm), &x1, &y1);
      if (ABS (x1 - x0) < WAY_MIN_PX && ABS (y1 - y0) < WAY_MIN_PX)
        continue;
      cairo_move_to (cr, x0, y0);
      cairo_line_to (cr, x1, y1);
    }
  cairo_stroke (cr);
}

static void
paint_ghost (const BwThumbnail *thumbnail,
             BwPainter         *painter,
             cairo_t           *cr,
             const BwCamera    *camera)
{
  bw_painter_set_show (painter, thumbnail->show & ~(BW_SHOW_RATSNEST | BW_SHOW_POWER_NETS
                                                    | BW_SHOW_LABELS | BW_SHOW_OVERLAPS));
  show_frame (painter, thumbnail->ghost);
  cairo_push_group (cr);
  bw_painter_paint_parts (painter, cr, camera);
  cairo_pop_group_to_source (cr);
  cairo_paint_with_alpha (cr, GHOST_ALPHA);
  paint_ways (thumbnail, cr, camera);
}

static void
paint_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  const BwThumbnail *thumbnail = task_data;
  int width = thumbnail->width_px * thumbnail->scale;
  int height = thumbnail->height_px * thumbnail->scale;
  g_autoptr (BwPainter) painter = bw_painter_new (thumbnail->board);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  BwBox extents = bw_painter_find_extents (thumbnail->board, thumbnail->frame->poses);
  BwCamera camera = bw_camera_new (thumbnail->width_px, thumbnail->height_px);
  g_autoptr (GBytes) bytes = NULL;
  gsize stride;
  cairo_t *cr;

  if (thumbnail->ghost)
    {
      BwBox other = bw_painter_find_extents (thumbnail->board, thumbnail->ghost->poses);

      bw_box_add_box (&extents, &other);
    }
  bw_camera_fit (&camera, &extents, MARGIN_PX);
  cairo_surface_set_device_scale (surface, thumbnail->scale, thumbnail->scale);
  cr = cairo_create (surface);
  bw_painter_set_theme (painter, bw_theme_get (thumbnail->style));
  bw_painter_set_show (painter, thumbnail->show);
  show_frame (painter, thumbnail->frame);
  bw_painter_paint_board (painter, cr, &camera);
  bw_painter_paint_parts (painter, cr, &camera);
  if (thumbnail->ghost)
    paint_ghost (thumbnail, painter, cr, &camera);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  stride = (gsize) cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy,
                                      surface);
  g_task_return_pointer (task, gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes,
                                                       stride), g_object_unref);
}

void
bw_thumbnail_paint_async (const BwThumbnail  *thumbnail,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  BwThumbnail *copy = g_memdup2 (thumbnail, sizeof *thumbnail);

  bw_board_ref (copy->board);
  bw_frame_ref (copy->frame);
  if (copy->ghost)
    bw_frame_ref (copy->ghost);
  g_task_set_name (task, "bw_thumbnail_paint_async");
  g_task_set_task_data (task, copy, thumbnail_free);
  g_task_run_in_thread (task, paint_in_thread);
}

GdkTexture *
bw_thumbnail_paint_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
