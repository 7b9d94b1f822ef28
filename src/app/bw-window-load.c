/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>

#include "app/bw-file-dialog.h"
#include "app/bw-recent.h"
#include "board/bw-board-reader.h"
#include "board/bw-kicad-lock.h"
#include "session/bw-recovery.h"

/* What a loading task needs. */
typedef struct
{
  GFile *file;
  BwBoard *old_board; /* NULL: nothing is taken along */
  BwFrame *old_frame; /* where its parts lie */
  gboolean modified;  /* elsewhere than in the file */
  gboolean file_counts; /* and where the file has them is what is shown */
} Loading;

/* What a loading task gives: the board, and what it takes to draw it and to start with, made off
 * the main thread. */
typedef struct
{
  BwBoard *board;
  BwConstraints *constraints; /* NULL: none */
  BwFrame *frame;
  BwPainter *painter;
  BwFrame *moved;          /* with the parts where they lay before; NULL: as in the file */
  BwFrame *recovered;      /* NULL: nothing was left unsaved */
  gint64 recovered_time_s;
  BwViewState *view;       /* NULL: it was never looked at */
  char *lock_owner;        /* NULL: KiCad does not have it open */
} Loaded;

static void
loading_free (Loading *loading)
{
  g_object_unref (loading->file);
  g_clear_pointer (&loading->old_board, bw_board_unref);
  g_clear_pointer (&loading->old_frame, bw_frame_unref);
  g_free (loading);
}

static void
loaded_free (Loaded *loaded)
{
  g_clear_pointer (&loaded->moved, bw_frame_unref);
  g_clear_pointer (&loaded->painter, bw_painter_free);
  g_clear_pointer (&loaded->frame, bw_frame_unref);
  g_clear_pointer (&loaded->recovered, bw_frame_unref);
  g_clear_pointer (&loaded->constraints, bw_constraints_unref);
  g_clear_pointer (&loaded->board, bw_board_unref);
  g_clear_pointer (&loaded->view, bw_view_state_free);
  g_free (loaded->lock_owner);
  g_free (loaded);
}

/* The poses of the old board's parts, for those that are still there. */
static BwPose *
take_poses_along (const Loading *loading,
                  BwBoard       *board)
{
  BwPose *poses = bw_board_dup_poses (board);

  for (guint32 i = 0; i < loading->old_board->n_footprints; i++)
    {
      gint32 index = bw_board_find (board, loading->old_board->footprints[i].key);

      if (index >= 0 && board->footprints[index].hold != BW_HOLD_LOCKED)
        poses[index] = loading->old_frame->poses[i];
    }
  return poses;
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const Loading *loading = task_data;
  GError *error = NULL;
  Loaded *loaded = g_new0 (Loaded, 1);
  g_autofree BwPose *poses = NULL;

  loaded->board = bw_board_load (loading->file, cancellable, &error);
  if (!loaded->board)
    {
      loaded_free (loaded);
      g_task_return_error (task, error);
      return;
    }
  if (g_cancellable_is_cancelled (cancellable))
    {
      loaded_free (loaded);
      return;
    }
  loaded->painter = bw_painter_new (loaded->board);
  loaded->constraints = bw_constraints_load (loaded->board, loading->file, cancellable, &error);
  if (error)
    {
      loaded_free (loaded);
      g_task_return_error (task, error);
      return;
    }
  loaded->frame = bw_session_measure (loaded->board, loaded->constraints);
  loaded->view = bw_view_state_read (loading->file);
  loaded->lock_owner = bw_kicad_lock_dup_owner (loading->file);
  poses = loading->old_board ? take_poses_along (loading, loaded->board)
                             : bw_recovery_read (loading->file, loaded->board,
                                                 &loaded->recovered_time_s);
  if (poses && loading->modified)
    loaded->moved = bw_session_measure_poses (loaded->board, loaded->constraints, poses);
  else if (poses && !loading->old_board)
    loaded->recovered = bw_session_measure_poses (loaded->board, loaded->constraints, poses);
  g_task_return_pointer (task, loaded, (GDestroyNotify) loaded_free);
}

char *
bw_window_dup_lock_message (const char *owner)
{
  if (owner[0] == '\0')
    return g_strdup (_("This board is open in KiCad, which will not see what is saved here and "
                       "may save over it."));
  /* Translators: somebody, or somebody on some computer. */
  return g_strdup_printf (_("This board is open in KiCad (%s), which will not see what is saved "
                            "here and may save over it."), owner);
}

/* What is to be known about the file before anything is done to its parts; NULL: nothing. */
static char *
dup_warning (BwWindow   *self,
             const char *lock_owner)
{
  g_autofree char *locked = lock_owner ? bw_window_dup_lock_message (lock_owner) : NULL;
  const char *newer =
    bw_board_is_newer_than_known (self->board)
      ? _("A newer KiCad saved this board. What is new in its format is not seen here, so that "
          "parts may be put over it; in the file it stays as it is.")
      : NULL;

  if (locked && newer)
    return g_strdup_printf ("%s\n%s", locked, newer);
  return locked ? g_steal_pointer (&locked) : g_strdup (newer);
}

static void
show_board (BwWindow *self,
            Loaded   *loaded)
{
  g_autofree char *warning = NULL;

  self->board = g_steal_pointer (&loaded->board);
  self->file_bytes = g_bytes_ref (bw_board_get_bytes (self->board));
  self->session = bw_session_new_measured (self->board, loaded->constraints, loaded->frame);
  bw_canvas_set_feed (self->canvas, BW_FEED (self->session), g_steal_pointer (&loaded->painter));
  bw_window_attach_session (self);
  bw_window_restore_view (self, loaded->view);
  bw_window_update (self);
  bw_window_update_run (self);
  gtk_stack_set_visible_child_name (self->stack, "board");
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  if (loaded->moved)
    bw_session_restore (self->session, loaded->moved);
  warning = dup_warning (self, loaded->lock_owner);
  if (loaded->recovered)
    bw_window_offer_restore (self, loaded->recovered, loaded->recovered_time_s);
  else if (warning)
    bw_window_ask (self, warning, NULL, NULL);
  bw_window_watch_file (self);
  if (self->share_when_loaded)
    bw_window_share (self);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BwWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  Loaded *loaded = g_task_propagate_pointer (G_TASK (result), &error);

  g_clear_object (&self->loading);
  if (self->closing)
    {
      g_clear_pointer (&loaded, loaded_free);
      return;
    }
  gtk_spinner_stop (self->spinner);
  if (loaded)
    {
      g_debug ("loaded %s", loaded->board->name);
      show_board (self, loaded);
      bw_recent_add (self->file);
    }
  else
    {
      g_clear_object (&self->file);
      bw_window_update (self);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        bw_window_show_error (self, error->message, NULL, NULL);
    }
  g_clear_pointer (&loaded, loaded_free);
}

static void
load (BwWindow *self,
      Loading  *loading)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  bw_window_hide_error (self);
  bw_window_hide_question (self);
  g_set_object (&self->file, loading->file);
  self->loading = g_cancellable_new ();
  name = bw_window_dup_name (self);
  text = g_strdup_printf (_("Loading %s"), name);
  gtk_label_set_text (self->loading_label, text);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  gtk_spinner_start (self->spinner);
  bw_window_update (self);

  task = g_task_new (NULL, self->loading, on_loaded, g_object_ref (self));
  g_task_set_name (task, "bw_window_open");
  g_task_set_task_data (task, loading, (GDestroyNotify) loading_free);
  /* Reading goes on to its end; whoever cancels does not wait for it. */
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, load_in_thread);
}

void
bw_window_open (BwWindow *self,
                GFile    *file)
{
  Loading *loading;

  g_return_if_fail (BW_IS_WINDOW (self));
  g_return_if_fail (bw_window_is_vacant (self));

  loading = g_new0 (Loading, 1);
  loading->file = g_object_ref (file);
  load (self, loading);
}

/* What was held by hand still is. */
static void
hold_again (BwWindow      *self,
            const Loading *loading)
{
  const BwFrame *old = loading->old_frame;

  for (guint32 i = 0; old->held && i < old->n_footprints; i++)
    {
      gint32 index = bw_board_find (self->board, loading->old_board->footprints[i].key);
      BwCommand command = { .kind = BW_COMMAND_LOCK, .origin = BW_ORIGIN_WINDOW,
                            .footprint = (guint32) index };

      if (index >= 0 && old->held[i] && self->board->footprints[index].hold == BW_HOLD_NONE)
        bw_session_submit (self->session, &command);
    }
}

/* The same parts and nets by the same numbers. */
static gboolean
have_the_same (const BwBoard *a,
               const BwBoard *b)
{
  if (a->n_footprints != b->n_footprints || a->n_nets != b->n_nets)
    return FALSE;
  for (guint32 i = 0; i < a->n_footprints; i++)
    if (!g_str_equal (a->footprints[i].key, b->footprints[i].key))
      return FALSE;
  for (guint32 i = 0; i < a->n_nets; i++)
    if (!g_str_equal (a->nets[i].name, b->nets[i].name))
      return FALSE;
  return TRUE;
}

static void read_again (BwWindow *self, gboolean file_counts);

static void
on_read_again (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (BwWindow) self = user_data;
  const Loading *loading = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  Loaded *loaded = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (BwFrame) mine = NULL;
  BwHandHistory *history = NULL;

  if (!self->session || self->closing || bw_window_why_not_read_again (self))
    ;
  else if (!loaded)
    bw_window_show_error (self, error->message, NULL, NULL);
  else if (bw_session_get_frame (self->session) != loading->old_frame)
    read_again (self, loading->file_counts);
  else
    {
      /* What is looked at stays in view. */
      g_clear_pointer (&loaded->view, bw_view_state_free);
      loaded->view = bw_window_dup_view (self);
      if (loading->file_counts)
        mine = g_steal_pointer (&loaded->moved);
      else if (have_the_same (loading->old_board, loaded->board))
        history = g_steal_pointer (&self->history);
      bw_window_drop_board (self);
      self->file = g_object_ref (loading->file);
      show_board (self, loaded);
      hold_again (self, loading);
      if (history)
        bw_window_restore_history (self, history);
      if (loading->file_counts)
        bw_window_offer_frame (self, mine, _("The board was read again from its file"));
    }
  g_clear_pointer (&loaded, loaded_free);
}

/* The board on show stays until the other is there: it may not come. */
static void
read_again (BwWindow *self,
            gboolean  file_counts)
{
  g_autoptr (GTask) task = NULL;
  Loading *loading = g_new0 (Loading, 1);

  loading->file = g_object_ref (self->file);
  loading->old_board = bw_board_ref (self->board);
  loading->old_frame = bw_frame_ref (bw_session_get_frame (self->session));
  loading->modified = bw_session_get_modified (self->session);
  loading->file_counts = file_counts;
  task = g_task_new (NULL, NULL, on_read_again, g_object_ref (self));
  g_task_set_name (task, "bw_window_read_again");
  g_task_set_task_data (task, loading, (GDestroyNotify) loading_free);
  g_task_run_in_thread (task, load_in_thread);
}

void
bw_window_read_again (BwWindow *self)
{
  read_again (self, FALSE);
}

static const char *
why_not_reload (BwWindow *self)
{
  BwRunState state = bw_session_get_state (self->session);

  if (state == BW_RUN_RUNNING || state == BW_RUN_PAUSED)
    return _("Stop the run before reloading");
  if (bw_share_popover_get_shared (self->share_popover))
    return _("Stop sharing before reloading");
  return self->saving ? _("The board is being saved") : NULL;
}

static void
on_reload (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  BwWindow *self = user_data;
  const char *why_not = self->session ? why_not_reload (self) : NULL;

  if (!self->session)
    return;
  if (why_not)
    {
      bw_window_show_error (self, why_not, NULL, NULL);
      return;
    }
  bw_window_hide_error (self);
  bw_window_hide_question (self);
  g_clear_object (&self->save_target);
  read_again (self, TRUE);
}

/* Before the window goes. */
void
bw_window_drop_board (BwWindow *self)
{
  if (self->loading)
    g_cancellable_cancel (self->loading);
  bw_window_unwatch_file (self);
  bw_window_drop_recovery (self);
  bw_window_detach_session (self);
  bw_window_forget_marks (self);
  g_clear_object (&self->backed_up);
  g_clear_pointer (&self->board, bw_board_unref);
  g_clear_pointer (&self->file_bytes, g_bytes_unref);
  g_clear_object (&self->save_target);
  g_clear_object (&self->file);
}

static void
on_open_chosen (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (source));
  g_autoptr (GFile) file = bw_file_dialog_choose_finish (result);

  if (file && application)
    g_application_open (G_APPLICATION (application), &file, 1, "");
}

static void
on_open (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;

  bw_file_dialog_choose_async (GTK_WINDOW (self), BW_FILE_DIALOG_OPEN, self->file, on_open_chosen,
                               NULL);
}

static void
on_cancel_load (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  BwWindow *self = user_data;

  if (self->loading)
    g_cancellable_cancel (self->loading);
}

const GActionEntry bw_window_load_actions[] = {
  { .name = "open", .activate = on_open },
  { .name = "reload", .activate = on_reload },
  { .name = "cancel-load", .activate = on_cancel_load },
};
const guint bw_window_n_load_actions = G_N_ELEMENTS (bw_window_load_actions);
