/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-constraints-edit.h"

#include "board/bw-board-writer.h"
#include "session/bw-constraints.h"

typedef struct
{
  GFile *board_file;
  BwConstraintsEdit edit;
  gpointer data;
  GDestroyNotify free_data;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  self->free_data (self->data);
  g_object_unref (self->board_file);
  g_free (self);
}

gboolean
bw_constraints_edit (GFile              *board_file,
                     BwConstraintsEdit   edit,
                     gpointer            user_data,
                     GCancellable       *cancellable,
                     GError            **error)
{
  static GMutex mutex;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&mutex);
  g_autoptr (GFile) file = bw_constraints_file (board_file);
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) old = bw_constraints_load_bytes (file, cancellable, &problem);
  g_autoptr (GBytes) bytes = NULL;

  if (old == NULL && !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  bytes = edit (old, name, user_data, error);
  return bytes != NULL && bw_board_write (file, bytes, old, cancellable, error);
}

static void
edit_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const Job *job = task_data;
  GError *error = NULL;

  if (bw_constraints_edit (job->board_file, job->edit, job->data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
bw_constraints_edit_async (GFile               *board_file,
                           BwConstraintsEdit    edit,
                           gpointer             edit_data,
                           GDestroyNotify       free_data,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Job *job = g_new (Job, 1);

  *job = (Job) { g_object_ref (board_file), edit, edit_data, free_data };
  g_task_set_name (task, "bw_constraints_edit_async");
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, edit_in_thread);
}

gpointer
bw_constraints_edit_get_data (GAsyncResult *result)
{
  const Job *job = g_task_get_task_data (G_TASK (result));

  return job->data;
}

gboolean
bw_constraints_edit_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
