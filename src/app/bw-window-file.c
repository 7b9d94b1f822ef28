/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>

#include "app/bw-file-dialog.h"
#include "app/bw-recent.h"
#include "board/bw-board-reader.h"
#include "board/bw-board-writer.h"
#include "board/bw-kicad-lock.h"

/* What a saving task needs, all of it immutable. */
typedef struct
{
  BwBoard *board;
  BwFrame *frame;
  GFile *file;
  GFile *known_file;       /* what the window has open */
  GBytes *known_bytes;     /* and what was last known to be in it */
  GFile *backed_up;        /* NULL: none has a copy yet of what was there before this window */
  gboolean despite_change;
  gboolean anew;           /* nothing has to be there */
  gboolean despite_lock;
} Saving;

static void
saving_free (Saving *saving)
{
  bw_board_unref (saving->board);
  bw_frame_unref (saving->frame);
  g_object_unref (saving->file);
  g_object_unref (saving->known_file);
  g_bytes_unref (saving->known_bytes);
  g_clear_object (&saving->backed_up);
  g_free (saving);
}

char *
bw_window_dup_name (BwWindow *self)
{
  return self->file ? g_file_get_basename (self->file) : NULL;
}

/* What came back meanwhile is not written over unasked. */
static gboolean
write_board (const Saving  *saving,
             GBytes        *bytes,
             GCancellable  *cancellable,
             GError       **error)
{
  /* Asked here, since a name that leads to the same file over links is told only by the disk. */
  gboolean is_known = bw_board_is_same_file (saving->file, saving->known_file);
  gboolean is_backed_up = saving->backed_up
                          && bw_board_is_same_file (saving->file, saving->backed_up);
  GBytes *since = is_known && !saving->despite_change ? saving->known_bytes : NULL;
  gboolean (*write) (GFile *, GBytes *, GBytes *, GCancellable *, GError **) =
    is_backed_up ? bw_board_write : bw_board_write_with_backup;
  GError *why = NULL;

  if (write (saving->file, bytes, since, cancellable, &why))
    return TRUE;
  if (saving->anew && g_error_matches (why, BW_BOARD_ERROR, BW_BOARD_ERROR_GONE))
    {
      g_clear_error (&why);
      return write (saving->file, bytes, NULL, cancellable, error);
    }
  g_propagate_error (error, why);
  return FALSE;
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Saving *saving = task_data;
  g_autoptr (GBytes) bytes = bw_board_splice_placement (saving->board, saving->frame->poses,
                                                         saving->frame->tracks, NULL);
  g_autofree char *owner = bw_kicad_lock_dup_owner (saving->file);
  GError *error = NULL;

  if (owner && !saving->despite_lock)
    {
      g_autofree char *message = bw_window_dup_lock_message (owner);

      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, "%s", message);
      return;
    }
  if (write_board (saving, bytes, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&bytes), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* What a save before asked is answered by one that went elsewhere. */
static void
forget_question (BwWindow *self)
{
  const char *const actions[] = { "win.overwrite", "win.save-anew", "win.save-anyway" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (bw_window_is_asking (self, actions[i]))
      bw_window_hide_question (self);
  g_clear_object (&self->save_target);
}

static void
finish_save (BwWindow *self,
             Saving   *saving,
             GBytes   *bytes)
{
  if (!self->session)
    {
      g_bytes_unref (bytes);
      return;
    }
  g_clear_pointer (&self->file_bytes, g_bytes_unref);
  self->file_bytes = bytes;
  g_set_object (&self->file, saving->file);
  g_set_object (&self->backed_up, saving->file);
  bw_session_mark_saved (self->session, saving->frame);
  forget_question (self);
  bw_window_watch_file (self);
  bw_recent_add (saving->file);
  bw_window_update (self);
  if (self->close_after_save)
    gtk_window_close (GTK_WINDOW (self));
}

static void
tell_why_not_saved (BwWindow     *self,
                    const Saving *saving,
                    const GError *error)
{
  if (g_error_matches (error, BW_BOARD_ERROR, BW_BOARD_ERROR_CHANGED))
    {
      g_set_object (&self->save_target, saving->file);
      bw_window_ask (self, _("The file changed on disk since it was opened or saved here."),
                     _("Overwrite"), "win.overwrite");
      bw_window_ask_more (self, _("Save As"), "win.save-as");
      bw_window_ask_more (self, _("Reload"), "win.reload");
    }
  else if (g_error_matches (error, BW_BOARD_ERROR, BW_BOARD_ERROR_GONE))
    {
      g_set_object (&self->save_target, saving->file);
      bw_window_ask (self, _("The file is gone: it was deleted, moved or renamed."),
                     _("Save Anew"), "win.save-anew");
      bw_window_ask_more (self, _("Save As"), "win.save-as");
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY) && !saving->despite_lock)
    {
      g_set_object (&self->save_target, saving->file);
      bw_window_ask (self, error->message, _("Save Anyway"), "win.save-anyway");
      bw_window_ask_more (self, _("Save As"), "win.save-as");
    }
  else
    bw_window_show_error (self, error->message, _("Save As"), "win.save-as");
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (BwWindow) self = user_data;
  Saving *saving = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_task_propagate_pointer (G_TASK (result), &error);

  self->saving = FALSE;
  bw_window_update (self);
  if (bytes)
    {
      finish_save (self, saving, bytes);
      bw_window_emit_saved (self, TRUE);
      return;
    }
  self->close_after_save = FALSE;
  /* What is paused stays so: there is something to be answered, or mended. */
  self->waiting = FALSE;
  tell_why_not_saved (self, saving, error);
  bw_window_emit_saved (self, FALSE);
}

static void
save_to (BwWindow *self,
         GFile    *file,
         gboolean  despite_change,
         gboolean  anew)
{
  g_autoptr (GTask) task = NULL;
  Saving *saving = g_new0 (Saving, 1);

  bw_window_hide_error (self);
  /* What is saved is seen. */
  if (bw_canvas_get_past (self->canvas))
    {
      bw_timeline_go_live (self->timeline);
      bw_toast_show (self->toast, _("Saving the board as it is now, not as it was then"), NULL,
                     NULL);
    }
  saving->board = bw_board_ref (self->board);
  saving->frame = bw_frame_ref (bw_session_get_frame (self->session));
  saving->despite_change = despite_change;
  saving->anew = anew;
  saving->despite_lock = self->despite_lock;
  saving->file = g_object_ref (file);
  saving->known_file = g_object_ref (self->file);
  saving->known_bytes = g_bytes_ref (self->file_bytes);
  g_set_object (&saving->backed_up, self->backed_up);
  self->saving = TRUE;
  bw_window_update (self);

  task = g_task_new (NULL, NULL, on_saved, g_object_ref (self));
  g_task_set_name (task, "save_to");
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
  g_task_run_in_thread (task, save_in_thread);
}

void
bw_window_save (BwWindow *self)
{
  g_return_if_fail (BW_IS_WINDOW (self) && self->session);

  if (!self->saving)
    save_to (self, self->file, FALSE, FALSE);
}

static void
on_save (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  bw_window_save (user_data);
}

static void
on_overwrite (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  BwWindow *self = user_data;

  bw_window_hide_question (self);
  if (!self->saving && self->save_target)
    save_to (self, self->save_target, TRUE, FALSE);
  g_clear_object (&self->save_target);
}

static void
on_save_anew (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  BwWindow *self = user_data;

  bw_window_hide_question (self);
  if (!self->saving && self->save_target)
    save_to (self, self->save_target, FALSE, TRUE);
  g_clear_object (&self->save_target);
}

static void
on_save_anyway (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  BwWindow *self = user_data;

  bw_window_hide_question (self);
  self->despite_lock = TRUE;
  if (!self->saving && self->save_target)
    save_to (self, self->save_target, FALSE, FALSE);
  g_clear_object (&self->save_target);
}

static void
on_save_chosen (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  BwWindow *self = BW_WINDOW (source);
  g_autoptr (GFile) file = bw_file_dialog_choose_finish (result);

  /* The run, or another save, may have gone on meanwhile; the window may be on its way out. */
  if (!file || !self->session || self->saving)
    return;
  save_to (self, file, FALSE, FALSE);
}

static void
on_save_as (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  BwWindow *self = user_data;

  bw_file_dialog_choose_async (GTK_WINDOW (self), BW_FILE_DIALOG_SAVE, self->file, on_save_chosen,
                               NULL);
}

const GActionEntry bw_window_file_actions[] = {
  { .name = "save", .activate = on_save },
  { .name = "save-as", .activate = on_save_as },
  { .name = "overwrite", .activate = on_overwrite },
  { .name = "save-anew", .activate = on_save_anew },
  { .name = "save-anyway", .activate = on_save_anyway },
};
const guint bw_window_n_file_actions = G_N_ELEMENTS (bw_window_file_actions);
