/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody else may write the board's file while it is open. */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>

#include "board/bw-input-file.h"
#include "board/bw-sexpr.h"

/* Programs write a file in several steps. */
#define SETTLE_MS 400

typedef struct
{
  GFile *file;
  GBytes *known; /* what is known to be in it */
} Look;

static void
look_free (Look *look)
{
  g_object_unref (look->file);
  g_bytes_unref (look->known);
  g_free (look);
}

/* What the file holds now; NULL: nothing else than was known, or nobody can tell. */
static void
look_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const Look *look = task_data;
  g_autoptr (GBytes) bytes = bw_input_file_load (look->file, BW_SEXPR_MAX_BYTES,
                                                 cancellable, NULL);

  if (bytes && g_bytes_equal (bytes, look->known))
    g_clear_pointer (&bytes, g_bytes_unref);
  g_task_return_pointer (task, g_steal_pointer (&bytes), (GDestroyNotify) g_bytes_unref);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BwWindow) self = user_data;
  const Look *look = g_task_get_task_data (G_TASK (result));
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  if (!bytes || !self->session || self->closing || self->file_bytes != look->known)
    return;
  /* A save has asked already what is to become of it. */
  if (self->saving || self->save_target)
    return;
  /* That was answered. */
  if (self->declined_bytes && g_bytes_equal (bytes, self->declined_bytes))
    return;
  g_clear_pointer (&self->declined_bytes, g_bytes_unref);
  self->declined_bytes = g_steal_pointer (&bytes);
  bw_window_ask (self,
                 bw_session_get_modified (self->session)
                   ? _("Another program wrote this board’s file. What you moved here can be taken "
                       "back after reloading.")
                   : _("Another program wrote this board’s file."),
                 _("Reload"), "win.reload");
  bw_window_ask_more (self, _("Keep"), "win.keep-mine");
}

static gboolean
on_settled (gpointer user_data)
{
  BwWindow *self = user_data;
  g_autoptr (GTask) task = NULL;
  Look *look;

  /* What is being written is looked at when that is over. */
  if (self->saving)
    return G_SOURCE_CONTINUE;
  self->settle_id = 0;
  look = g_new0 (Look, 1);
  look->file = g_object_ref (self->file);
  look->known = g_bytes_ref (self->file_bytes);
  task = g_task_new (NULL, NULL, on_looked, g_object_ref (self));
  g_task_set_name (task, "bw_window_watch_file");
  g_task_set_task_data (task, look, (GDestroyNotify) look_free);
  g_task_run_in_thread (task, look_in_thread);
  return G_SOURCE_REMOVE;
}

static void
on_changed (GFileMonitor     *monitor,
            GFile            *file,
            GFile            *other,
            GFileMonitorEvent event,
            BwWindow         *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (SETTLE_MS, on_settled, self);
}

void
bw_window_unwatch_file (BwWindow *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->monitor)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->declined_bytes, g_bytes_unref);
}

void
bw_window_watch_file (BwWindow *self)
{
  bw_window_unwatch_file (self);
  self->monitor = g_file_monitor_file (self->file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor)
    g_signal_connect (self->monitor, "changed", G_CALLBACK (on_changed), self);
}

static void
on_keep_mine (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  bw_window_hide_question (user_data);
}

const GActionEntry bw_window_watch_actions[] = {
  { .name = "keep-mine", .activate = on_keep_mine },
};
const guint bw_window_n_watch_actions = G_N_ELEMENTS (bw_window_watch_actions);
