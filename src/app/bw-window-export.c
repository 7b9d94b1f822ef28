/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>

#include "app/bw-file-dialog.h"
#include "board/bw-board-writer.h"
#include "render/bw-export.h"

/* Round the board, where all of it is in view. */
#define MARGIN_PX 16

typedef struct
{
  BwBoard *board;
  BwPaintRequest request;
  BwExportFormat format;
  GFile *file;
} Export;

static void
export_free (Export *export)
{
  bw_board_unref (export->board);
  bw_paint_request_clear (&export->request);
  g_object_unref (export->file);
  g_free (export);
}

static void
export_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Export *export = task_data;
  g_autoptr (BwPainter) painter = bw_painter_new (export->board);
  g_autoptr (GBytes) bytes = NULL;
  cairo_status_t status;
  GError *error = NULL;

  bw_paint_request_apply (&export->request, painter);
  bytes = bw_export_render (painter, &export->request.camera, export->request.show,
                            export->format, &status);
  /* Whole or not at all, as boards are. */
  if (bytes)
    bw_board_write (export->file, bytes, NULL, cancellable, &error);
  else
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_exported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (BwWindow) self = user_data;
  Export *export = g_task_get_task_data (G_TASK (result));
  g_autofree char *path = g_file_get_parse_name (export->file);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  gboolean good = g_task_propagate_boolean (G_TASK (result), &error);

  /* The window may have gone meanwhile. */
  if (!self->session)
    return;
  if (!good)
    {
      bw_window_show_error (self, error->message, NULL, NULL);
      return;
    }
  message = g_strdup_printf (_("The picture is in %s."), path);
  bw_window_offer_frame (self, NULL, message);
}

static void
on_file_chosen (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  BwWindow *self = BW_WINDOW (source);
  g_autoptr (GFile) file = bw_file_dialog_choose_finish (result);
  g_autofree char *name = file ? g_file_get_basename (file) : NULL;
  g_autoptr (GTask) task = NULL;
  BwExportFormat format;
  BwBox extents;
  Export *export;

  if (!file || !self->session)
    return;
  bw_window_hide_error (self);
  if (!bw_export_find_format (name, &format))
    {
      g_autofree char *shown = g_filename_display_name (name);
      g_autofree char *message =
        g_strdup_printf (_("%s: the name of a picture ends in .png, .svg or .pdf."), shown);

      bw_window_show_error (self, message, NULL, NULL);
      return;
    }
  export = g_new0 (Export, 1);
  export->board = bw_board_ref (self->board);
  bw_canvas_fill_request (self->canvas, &export->request);
  extents = bw_painter_find_extents (self->board, export->request.frame->poses);
  bw_camera_crop (&export->request.camera, &extents, MARGIN_PX);
  export->format = format;
  export->file = g_steal_pointer (&file);
  task = g_task_new (NULL, NULL, on_exported, g_object_ref (self));
  g_task_set_name (task, "bw_window export");
  g_task_set_task_data (task, export, (GDestroyNotify) export_free);
  g_task_run_in_thread (task, export_in_thread);
}

static void
on_export (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  BwWindow *self = user_data;
  g_autofree char *name = g_file_get_basename (self->file);
  g_autoptr (GFile) folder = g_file_get_parent (self->file);
  g_autoptr (GFile) proposed = NULL;
  char *ending = g_strrstr (name, ".kicad_pcb");
  g_autofree char *picture = NULL;

  if (ending)
    *ending = '\0';
  picture = g_strconcat (name, ".png", NULL);
  proposed = folder ? g_file_get_child (folder, picture) : NULL;
  bw_file_dialog_choose_async (GTK_WINDOW (self), BW_FILE_DIALOG_EXPORT, proposed,
                               on_file_chosen, NULL);
}

const GActionEntry bw_window_export_actions[] = {
  { .name = "export", .activate = on_export },
};
const guint bw_window_n_export_actions = G_N_ELEMENTS (bw_window_export_actions);
