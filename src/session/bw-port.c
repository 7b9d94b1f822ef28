/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-port.h"

#include "session/bw-port-private.h"

static gboolean
wake_source_dispatch (GSource    *source,
                      GSourceFunc callback,
                      gpointer    user_data)
{
  /* Before the call: news that comes in while it runs must wake again. */
  g_source_set_ready_time (source, -1);
  return callback (user_data);
}

static GSourceFuncs wake_source_funcs = { .dispatch = wake_source_dispatch };

GSource *
bw_wake_source_new (GMainContext *context,
                    GSourceFunc   func,
                    gpointer      user_data)
{
  GSource *source = g_source_new (&wake_source_funcs, sizeof (GSource));

  g_source_set_static_name (source, "bw-wake");
  g_source_set_ready_time (source, -1);
  g_source_set_callback (source, func, user_data, NULL);
  g_source_attach (source, context);
  return source;
}

static gboolean
announce (gpointer user_data)
{
  BwPort *self = bw_port_ref (user_data);

  self->func (self, self->user_data);
  bw_port_unref (self);
  return G_SOURCE_CONTINUE;
}

BwPort *
bw_port_new (BwHub       *hub,
             GMainContext *context,
             BwPortFunc    func,
             gpointer      user_data)
{
  BwPort *self = g_new0 (BwPort, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->hub = bw_hub_ref (hub);
  self->func = func;
  self->user_data = user_data;
  self->source = bw_wake_source_new (context, announce, self);
  return self;
}

BwPort *
bw_port_ref (BwPort *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
bw_port_unref (BwPort *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  bw_port_set_forces (self, FALSE);
  bw_hub_remove_port (self->hub, self);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_clear_pointer (&self->slot, bw_frame_unref);
  bw_hub_unref (self->hub);
  g_free (self);
}

void
bw_port_close (BwPort *self)
{
  bw_port_set_forces (self, FALSE);
  bw_hub_remove_port (self->hub, self);
  g_source_destroy (self->source);
}

BwFrame *
bw_port_take_frame (BwPort *self)
{
  return bw_hub_take_slot (self->hub, &self->slot);
}

BwLogEntry *
bw_port_next_entry (BwPort *self)
{
  BwLogEntry *entry = bw_run_log_next (bw_hub_get_log (self->hub), self->cursor);

  if (entry != NULL)
    self->cursor = entry->seq;
  return entry;
}

void
bw_port_rewind (BwPort *self)
{
  self->cursor = 0;
}

BwRunState
bw_port_get_state (BwPort   *self,
                   gboolean *stop_requested_out)
{
  return bw_hub_get_state (self->hub, stop_requested_out);
}

void
bw_port_set_forces (BwPort  *self,
                    gboolean wanted)
{
  wanted = !!wanted;
  if (self->wants_forces == wanted)
    return;
  self->wants_forces = wanted;
  bw_hub_count_forces (self->hub, wanted ? 1 : -1);
}

void
bw_port_submit (BwPort          *self,
                const BwCommand *command)
{
  bw_hub_submit (self->hub, command, 1);
}

void
bw_port_submit_all (BwPort          *self,
                    const BwCommand *commands,
                    guint            n_commands)
{
  bw_hub_submit (self->hub, commands, n_commands);
}
