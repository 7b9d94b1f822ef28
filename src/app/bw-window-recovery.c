/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is not saved yet is kept aside while it changes, and offered after a crash. */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>

#include "app/bw-settings.h"
#include "session/bw-recovery.h"

/* A run moves parts all the time; what hands do is kept sooner. */
#define KEEP_INTERVAL_S 5
#define KEEP_SOON_MS 400

/* What a keeping task needs, all of it immutable. */
typedef struct
{
  GApplication *application; /* must not end before the end of this is heard of */
  GFile *file;
  GBytes *file_bytes;
  BwBoard *board;
  BwFrame *frame;
} Keeping;

static void
keeping_free (Keeping *keeping)
{
  g_object_unref (keeping->file);
  g_bytes_unref (keeping->file_bytes);
  bw_board_unref (keeping->board);
  bw_frame_unref (keeping->frame);
  g_free (keeping);
}

static void
keep_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Keeping *keeping = task_data;
  GError *error = NULL;

  if (bw_recovery_write (keeping->file, keeping->file_bytes, keeping->board,
                         keeping->frame->poses, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void keep (BwWindow *self);

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (BwWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  Keeping *keeping = g_task_get_task_data (G_TASK (result));

  self->keeping = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_message ("%s", error->message);
  /* Saved, or discarded, while it was being written. */
  if (!self->kept_file || !g_file_equal (self->kept_file, keeping->file))
    bw_recovery_remove (keeping->file);
  else if (self->keep_again && self->session)
    keep (self);
  g_application_release (keeping->application);
}

static void
keep (BwWindow *self)
{
  g_autoptr (GTask) task = NULL;
  BwFrame *frame = bw_session_get_frame (self->session);
  Keeping *keeping;

  self->keep_again = self->keeping;
  /* What was offered and not answered is not written over. Where a part is on the way to in a hand,
   * here or in a browser, is no place for it: what is kept stays as it was until that lets go. */
  if (self->keeping || self->saving || self->recovered || frame == self->kept_frame
      || bw_window_is_dragging (self) || bw_window_others_drag (self))
    return;
  g_clear_pointer (&self->kept_frame, bw_frame_unref);
  self->kept_frame = bw_frame_ref (frame);
  g_set_object (&self->kept_file, self->file);

  keeping = g_new0 (Keeping, 1);
  keeping->application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_application_hold (keeping->application);
  keeping->file = g_object_ref (self->file);
  keeping->file_bytes = g_bytes_ref (self->file_bytes);
  keeping->board = bw_board_ref (self->board);
  keeping->frame = bw_frame_ref (frame);
  self->keeping = TRUE;
  task = g_task_new (NULL, NULL, on_kept, g_object_ref (self));
  g_task_set_name (task, "bw_window_keep");
  g_task_set_task_data (task, keeping, (GDestroyNotify) keeping_free);
  g_task_run_in_thread (task, keep_in_thread);
}

static gboolean
on_keep_timeout (gpointer user_data)
{
  keep (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_keep_soon (gpointer user_data)
{
  BwWindow *self = user_data;

  self->keep_soon_id = 0;
  keep (self);
  return G_SOURCE_REMOVE;
}

void
bw_window_keep_soon (BwWindow *self)
{
  /* There is something to be kept. */
  if (self->keep_timeout_id && !self->keep_soon_id)
    self->keep_soon_id = g_timeout_add (KEEP_SOON_MS, on_keep_soon, self);
}

static void
stop_timeouts (BwWindow *self)
{
  g_clear_handle_id (&self->keep_timeout_id, g_source_remove);
  g_clear_handle_id (&self->keep_soon_id, g_source_remove);
}

static void
forget (BwWindow *self)
{
  stop_timeouts (self);
  g_clear_pointer (&self->kept_frame, bw_frame_unref);
  if (self->kept_file && !self->recovered)
    bw_recovery_remove (self->kept_file);
  g_clear_object (&self->kept_file);
}

static gboolean
keeps_unsaved (void)
{
  GSettings *settings = bw_settings_get ();

  return !settings || g_settings_get_boolean (settings, BW_SETTINGS_KEEP_UNSAVED);
}

void
bw_window_update_recovery (BwWindow *self)
{
  if (!self->session)
    return;
  if (!bw_session_get_modified (self->session) || !keeps_unsaved ())
    {
      forget (self);
      return;
    }
  if (self->keep_timeout_id == 0)
    self->keep_timeout_id = g_timeout_add_seconds (KEEP_INTERVAL_S, on_keep_timeout, self);
  keep (self);
}

/* The board goes. What was discarded in answer to a question is forgotten; what goes otherwise
 * is kept. */
void
bw_window_drop_recovery (BwWindow *self)
{
  if (self->closing)
    forget (self);
  stop_timeouts (self);
  g_clear_pointer (&self->kept_frame, bw_frame_unref);
  g_clear_pointer (&self->recovered, bw_frame_unref);
  g_clear_object (&self->recovery_file);
}

void
bw_window_offer_restore (BwWindow *self,
                         BwFrame  *frame,
                         gint64    time_s)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (time_s);
  g_autofree char *shown = time ? g_date_time_format (time, "%x %X") : g_strdup ("?");
  g_autofree char *message = NULL;

  self->recovered = bw_frame_ref (frame);
  /* Translators: a date and a time. */
  message = g_strdup_printf (_("Parts of this board were moved and not saved on %s."), shown);
  bw_window_ask (self, message, _("Restore"), "win.restore");
}

static void
on_restore (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  BwWindow *self = user_data;
  g_autoptr (BwFrame) recovered = g_steal_pointer (&self->recovered);

  bw_window_hide_question (self);
  if (self->session && recovered)
    bw_session_restore (self->session, recovered);
}

static void
find_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_task_return_pointer (task, bw_recovery_find_any (), g_object_unref);
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (BwWindow) self = user_data;
  g_autoptr (GFile) file = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;

  if (!file || !bw_window_is_vacant (self))
    return;
  g_set_object (&self->recovery_file, file);
  name = g_file_get_basename (file);
  message = g_strdup_printf (_("Parts of “%s” were moved and not saved."), name);
  bw_window_ask (self, message, _("Open"), "win.open-recovery");
}

void
bw_window_offer_recovery (BwWindow *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_found, g_object_ref (self));

  g_task_set_name (task, "bw_window_offer_recovery");
  g_task_run_in_thread (task, find_in_thread);
}

static void
on_open_recovery (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  BwWindow *self = user_data;

  if (self->recovery_file && bw_window_is_vacant (self))
    bw_window_open (self, self->recovery_file);
  g_clear_object (&self->recovery_file);
}

const GActionEntry bw_window_recovery_actions[] = {
  { .name = "restore", .activate = on_restore },
  { .name = "open-recovery", .activate = on_open_recovery },
};
const guint bw_window_n_recovery_actions = G_N_ELEMENTS (bw_window_recovery_actions);
