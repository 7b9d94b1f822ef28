/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-hub.h"

#include "session/bw-port-private.h"

/* About 5 MB of samples: an hour at the full rate, days thinned out. */
#define MAX_METRICS 50000

struct _BwHub
{
  gatomicrefcount ref_count;
  BwRunLog *log;
  GAsyncQueue *commands; /* (element-type BwCommand) */
  gint n_force_ports;    /* atomic */

  GMutex mutex;          /* guards all below, and the slots of the ports */
  GPtrArray *ports;      /* unowned: a port takes itself out before it goes */
  BwFrame *newest;
  BwRunHistory *history; /* NULL: nobody looks back */
  guint64 n_frames;
  BwRunState state;
  gboolean stop_requested;
  GSource *owner;        /* NULL once closed */
};

BwHub *
bw_hub_new (void)
{
  BwHub *self = g_new0 (BwHub, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->log = bw_run_log_new (MAX_METRICS);
  self->commands = g_async_queue_new_full (g_free);
  self->ports = g_ptr_array_new ();
  return self;
}

BwHub *
bw_hub_ref (BwHub *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
bw_hub_unref (BwHub *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_assert (self->ports->len == 0);
  bw_hub_close (self);
  g_ptr_array_unref (self->ports);
  g_clear_pointer (&self->newest, bw_frame_unref);
  g_clear_pointer (&self->history, bw_run_history_unref);
  g_async_queue_unref (self->commands);
  bw_run_log_free (self->log);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
bw_hub_set_owner (BwHub        *self,
                  GMainContext *context,
                  GSourceFunc   func,
                  gpointer      user_data)
{
  g_mutex_lock (&self->mutex);
  g_assert (self->owner == NULL);
  self->owner = bw_wake_source_new (context, func, user_data);
  g_mutex_unlock (&self->mutex);
}

void
bw_hub_close (BwHub *self)
{
  g_autoptr (GSource) owner = NULL;

  g_mutex_lock (&self->mutex);
  owner = g_steal_pointer (&self->owner);
  g_mutex_unlock (&self->mutex);
  if (owner != NULL)
    g_source_destroy (owner);
}

/* Call with the lock held. */
static void
wake_ports (BwHub *self)
{
  for (guint i = 0; i < self->ports->len; i++)
    {
      BwPort *port = g_ptr_array_index (self->ports, i);

      g_source_set_ready_time (port->source, 0);
    }
}

void
bw_hub_publish_frame (BwHub         *self,
                      const BwFrame *values)
{
  BwFrame numbered = *values;
  g_autoptr (GPtrArray) replaced = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_frame_unref);
  BwFrame *frame;

  numbered.time_us = g_get_real_time ();

  g_mutex_lock (&self->mutex);
  numbered.index = self->n_frames++;
  frame = bw_frame_new (&numbered);
  for (guint i = 0; i < self->ports->len; i++)
    {
      BwPort *port = g_ptr_array_index (self->ports, i);

      if (port->slot != NULL)
        g_ptr_array_add (replaced, port->slot);
      port->slot = bw_frame_ref (frame);
    }
  if (self->newest != NULL)
    g_ptr_array_add (replaced, self->newest);
  self->newest = frame;
  if (self->history != NULL)
    bw_run_history_add (self->history, frame);
  wake_ports (self);
  g_mutex_unlock (&self->mutex);
}

void
bw_hub_set_history (BwHub        *self,
                    BwRunHistory *history)
{
  g_mutex_lock (&self->mutex);
  g_assert (self->history == NULL);
  self->history = bw_run_history_ref (history);
  if (self->newest != NULL)
    bw_run_history_add (history, self->newest);
  g_mutex_unlock (&self->mutex);
}

void
bw_hub_log (BwHub            *self,
            const BwLogEntry *values)
{
  BwLogEntry stamped = *values;

  stamped.time_us = g_get_real_time ();
  bw_run_log_append (self->log, &stamped);

  g_mutex_lock (&self->mutex);
  wake_ports (self);
  g_mutex_unlock (&self->mutex);
}

void
bw_hub_set_state (BwHub     *self,
                  BwRunState state,
                  gboolean   stop_requested,
                  guint32    epoch,
                  guint32    iteration)
{
  gboolean changed;

  g_mutex_lock (&self->mutex);
  changed = self->state != state || self->stop_requested != stop_requested;
  self->state = state;
  self->stop_requested = stop_requested;
  g_mutex_unlock (&self->mutex);

  if (changed)
    bw_hub_log (self, &(BwLogEntry) { .kind = BW_LOG_STATE,
                                      .state = state,
                                      .stop_requested = stop_requested,
                                      .epoch = epoch,
                                      .iteration = iteration });
}

BwRunState
bw_hub_get_state (BwHub    *self,
                  gboolean *stop_requested_out)
{
  BwRunState state;

  g_mutex_lock (&self->mutex);
  state = self->state;
  if (stop_requested_out != NULL)
    *stop_requested_out = self->stop_requested;
  g_mutex_unlock (&self->mutex);
  return state;
}

gboolean
bw_hub_wants_forces (BwHub *self)
{
  return g_atomic_int_get (&self->n_force_ports) > 0;
}

void
bw_hub_count_forces (BwHub *self,
                     int    change)
{
  g_atomic_int_add (&self->n_force_ports, change);
}

BwRunLog *
bw_hub_get_log (BwHub *self)
{
  return self->log;
}

void
bw_hub_submit (BwHub           *self,
               const BwCommand *commands,
               guint            n_commands)
{
  g_mutex_lock (&self->mutex);
  if (self->owner != NULL)
    {
      g_async_queue_lock (self->commands);
      for (guint i = 0; i < n_commands; i++)
        g_async_queue_push_unlocked (self->commands,
                                     g_memdup2 (&commands[i], sizeof *commands));
      g_async_queue_unlock (self->commands);
      g_source_set_ready_time (self->owner, 0);
    }
  g_mutex_unlock (&self->mutex);
}

gboolean
bw_hub_pop_command (BwHub     *self,
                    BwCommand *command_out)
{
  g_autofree BwCommand *command = g_async_queue_try_pop (self->commands);

  if (command == NULL)
    return FALSE;
  *command_out = *command;
  return TRUE;
}

void
bw_hub_unpop_command (BwHub           *self,
                      const BwCommand *command)
{
  g_async_queue_push_front (self->commands, g_memdup2 (command, sizeof *command));
}

gboolean
bw_hub_has_command (BwHub *self)
{
  return g_async_queue_length (self->commands) > 0;
}

BwPort *
bw_hub_subscribe (BwHub        *self,
                  GMainContext *context,
                  BwPortFunc    func,
                  gpointer      user_data)
{
  BwPort *port = bw_port_new (self, context, func, user_data);

  port->cursor = bw_run_log_last_seq (self->log);
  g_mutex_lock (&self->mutex);
  if (self->newest != NULL)
    {
      port->slot = bw_frame_ref (self->newest);
      g_source_set_ready_time (port->source, 0);
    }
  g_ptr_array_add (self->ports, port);
  g_mutex_unlock (&self->mutex);
  return port;
}

BwFrame *
bw_hub_take_slot (BwHub    *self,
                  BwFrame **slot)
{
  BwFrame *frame;

  g_mutex_lock (&self->mutex);
  frame = g_steal_pointer (slot);
  g_mutex_unlock (&self->mutex);
  return frame;
}

void
bw_hub_remove_port (BwHub  *self,
                    BwPort *port)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_remove_fast (self->ports, port);
  g_mutex_unlock (&self->mutex);
}
