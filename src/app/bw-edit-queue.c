/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-edit-queue.h"

typedef struct
{
  GFile *file;
  gpointer data;
} Waiting;

struct _BwEditQueue
{
  GObject *owner;   /* not owned but while something is being written */
  BwConstraintsEdit edit;
  GDestroyNotify free_data;
  BwEditQueueDone done;
  GQueue waiting;   /* Waiting */
  gboolean writing;
};

static void begin_next (BwEditQueue *self);

static void
on_edited (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  BwEditQueue *self = user_data;
  g_autoptr (GObject) owner = self->owner;
  g_autoptr (GError) error = NULL;

  bw_constraints_edit_finish (result, &error);
  self->writing = FALSE;
  self->done (owner, bw_constraints_edit_get_data (result), error);
  begin_next (self);
  g_application_release (g_application_get_default ());
}

static void
begin_next (BwEditQueue *self)
{
  Waiting *next = self->writing ? NULL : g_queue_pop_head (&self->waiting);

  if (!next)
    return;
  self->writing = TRUE;
  g_object_ref (self->owner);
  g_application_hold (g_application_get_default ());
  bw_constraints_edit_async (next->file, self->edit, next->data, self->free_data, on_edited, self);
  g_object_unref (next->file);
  g_free (next);
}

BwEditQueue *
bw_edit_queue_new (gpointer          owner,
                   BwConstraintsEdit edit,
                   GDestroyNotify    free_data,
                   BwEditQueueDone   done)
{
  BwEditQueue *self = g_new0 (BwEditQueue, 1);

  self->owner = owner;
  self->edit = edit;
  self->free_data = free_data;
  self->done = done;
  g_queue_init (&self->waiting);
  return self;
}

/* As long as something waits the owner is kept by what is being written. */
void
bw_edit_queue_free (BwEditQueue *self)
{
  g_return_if_fail (!self->writing && g_queue_is_empty (&self->waiting));

  g_free (self);
}

void
bw_edit_queue_push (BwEditQueue *self,
                    GFile       *board_file,
                    gpointer     edit_data)
{
  Waiting *added = g_new0 (Waiting, 1);

  added->file = g_object_ref (board_file);
  added->data = edit_data;
  g_queue_push_tail (&self->waiting, added);
  begin_next (self);
}

gpointer
bw_edit_queue_peek_last (BwEditQueue *self,
                         GFile       *board_file)
{
  const Waiting *last = g_queue_peek_tail (&self->waiting);

  return last && g_file_equal (last->file, board_file) ? last->data : NULL;
}
