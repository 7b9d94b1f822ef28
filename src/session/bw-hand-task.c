/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-hand-task.h"

typedef struct
{
  BwHand *hand;
  GArray *entries;
  BwFrame *frame;
  BwFrame *edited;
} HandEdit;

static void
hand_edit_free (HandEdit *edit)
{
  g_clear_pointer (&edit->hand, bw_hand_free);
  g_clear_pointer (&edit->entries, g_array_unref);
  bw_frame_unref (edit->frame);
  g_clear_pointer (&edit->edited, bw_frame_unref);
  g_free (edit);
}

static void
edit_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  HandEdit *edit = task_data;

  edit->edited = bw_hand_edit (edit->hand, edit->entries, edit->frame);
  g_task_return_boolean (task, TRUE);
}

void
bw_hand_edit_async (BwHand             *hand,
                    GArray             *entries,
                    BwFrame            *frame,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  HandEdit *edit = g_new0 (HandEdit, 1);

  edit->hand = hand;
  edit->entries = entries;
  edit->frame = bw_frame_ref (frame);
  g_task_set_name (task, "bw_hand_edit_async");
  g_task_set_task_data (task, edit, (GDestroyNotify) hand_edit_free);
  g_task_run_in_thread (task, edit_in_thread);
}

BwFrame *
bw_hand_edit_finish (GAsyncResult *result,
                     BwHand      **hand_out,
                     GArray      **entries_out)
{
  HandEdit *edit = g_task_get_task_data (G_TASK (result));

  *hand_out = g_steal_pointer (&edit->hand);
  *entries_out = g_steal_pointer (&edit->entries);
  return g_steal_pointer (&edit->edited);
}
