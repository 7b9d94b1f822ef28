/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-peer-private.h"

#include "server/bw-ws-frame.h"

static gboolean
on_gone (gpointer user_data)
{
  BwPeer *self = user_data;

  /* Frees the peer. */
  self->events->gone (self, self->user_data);
  return G_SOURCE_REMOVE;
}

void
bw_peer_end (BwPeer     *self,
             const char *why)
{
  if (self->gone_source != NULL)
    return;

  g_debug ("%s: connection over: %s", self->address, why);
  bw_channel_close (self->channel);

  self->gone_source = g_idle_source_new ();
  g_source_set_priority (self->gone_source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->gone_source, on_gone, self, NULL);
  g_source_attach (self->gone_source, g_main_context_get_thread_default ());
}

/* Sending */

static void
send_all (BwPeer *self)
{
  const guint8 *data;
  gsize length;

  while ((data = bw_outbox_peek (self->outbox, &length)) != NULL)
    {
      gsize n;
      BwChannelResult result = bw_channel_write (self->channel, data, length, &n);

      if (result == BW_CHANNEL_WAIT)
        {
          self->full = TRUE;
          return;
        }
      if (result == BW_CHANNEL_OVER)
        {
          bw_peer_end (self, "it takes no more");
          return;
        }

      self->progress_us = g_get_monotonic_time ();
      self->counters->bytes_sent[self->dialect] += n;
      if (bw_outbox_sent (self->outbox, n))
        {
          self->close_sent = TRUE;
          bw_channel_end_writing (self->channel);
        }
    }
}

void
bw_peer_flush (BwPeer *self)
{
  guint64 n_before = bw_outbox_get_n_frames (self->outbox);

  if (self->gone_source != NULL || self->full)
    return;

  send_all (self);
  self->counters->frames_sent[self->dialect] += bw_outbox_get_n_frames (self->outbox) - n_before;
}

/* Call it before something is added. */
static gboolean
takes_more (BwPeer *self)
{
  if (self->gone_source != NULL || bw_outbox_is_closed (self->outbox))
    return FALSE;

  if (!bw_outbox_owes_bytes (self->outbox))
    self->progress_us = g_get_monotonic_time ();
  return TRUE;
}

/* Sends what was added, unless too much of it waits already. */
static void
send_added (BwPeer *self)
{
  guint n_owed = bw_outbox_get_n_owed (self->outbox);

  if (n_owed <= self->limits->max_owed)
    {
      bw_peer_flush (self);
      return;
    }

  g_info ("%s closed: %u messages wait for it", self->address, n_owed);
  self->counters->denials[BW_DENIAL_STALLED]++;
  bw_outbox_drop_owed (self->outbox);
  bw_peer_close (self, WSLAY_CODE_POLICY_VIOLATION, "Too many messages wait to be read");
}

void
bw_peer_send (BwPeer *self,
              GBytes *framed)
{
  if (!takes_more (self))
    return;

  bw_outbox_owe (self->outbox, framed);
  send_added (self);
}

void
bw_peer_send_frame (BwPeer  *self,
                    gpointer frame,
                    guint64  number,
                    gboolean last)
{
  if (!takes_more (self))
    return;

  if (bw_outbox_offer_frame (self->outbox, frame, number, last))
    self->counters->frames_skipped[self->dialect]++;
  send_added (self);
  if (bw_outbox_lacks_credit (self->outbox))
    self->counters->credit_stalls++;
}

void
bw_peer_drop_frame (BwPeer *self)
{
  bw_outbox_drop_frame (self->outbox);
}

void
bw_peer_set_base (BwPeer  *self,
                  gpointer frame,
                  guint64  number)
{
  bw_outbox_set_base (self->outbox, frame, number);
}

void
bw_peer_close_with (BwPeer *self,
                    GBytes *framed)
{
  if (!takes_more (self))
    return;

  self->close_us = g_get_monotonic_time ();
  bw_outbox_close (self->outbox, framed);
  bw_peer_flush (self);
}

void
bw_peer_close (BwPeer     *self,
               guint16     code,
               const char *reason)
{
  g_autoptr (GBytes) framed = bw_ws_close_new (code, reason);

  bw_peer_close_with (self, framed);
}

void
bw_peer_end_if_received (BwPeer *self)
{
  if (self->gone_source == NULL && self->close_sent && bw_channel_is_received (self->channel))
    bw_peer_end (self, "the server ends");
}

void
bw_peer_check_progress (BwPeer *self,
                        gint64  now_us)
{
  if (self->gone_source != NULL)
    return;

  if (bw_outbox_is_closed (self->outbox)
      && now_us - self->close_us > self->limits->close_ms * G_GINT64_CONSTANT (1000))
    {
      bw_peer_end (self, "it did not end after a close");
    }
  else if (bw_outbox_owes_bytes (self->outbox)
           && now_us - self->progress_us > self->limits->stall_ms * G_GINT64_CONSTANT (1000))
    {
      g_info ("%s cut: it took no byte for %u ms", self->address, self->limits->stall_ms);
      self->counters->denials[BW_DENIAL_STALLED]++;
      bw_peer_end (self, "stalled");
    }
}

/* Beginning and end */

static void
on_channel (GIOCondition condition,
            gpointer     user_data)
{
  BwPeer *self = user_data;

  if ((condition & G_IO_OUT) != 0)
    {
      self->full = FALSE;
      bw_peer_flush (self);
    }
  if ((condition & G_IO_IN) != 0 && self->gone_source == NULL)
    bw_peer_receive (self);
}

BwPeer *
bw_peer_new (const BwArrival      *arrival,
             const BwServerLimits *limits,
             double                fps,
             const BwPeerEvents   *events,
             gpointer              user_data)
{
  BwPeer *self = g_new0 (BwPeer, 1);

  self->dialect = arrival->dialect;
  self->address = g_strdup (arrival->address);
  self->counters = arrival->counters;
  self->limits = limits;
  self->events = events;
  self->user_data = user_data;
  self->commands = bw_bucket_new (limits->commands_burst, g_get_monotonic_time ());
  self->outbox = bw_outbox_new (limits->max_in_flight);
  if (self->dialect == BW_DIALECT_BINARY)
    bw_outbox_set_frames (self->outbox, events->frames, self);
  self->fps = fps;
  self->age_us = -1;

  bw_peer_init_input (self);
  self->channel = bw_channel_new (arrival->stream, arrival->poller, limits->send_buffer_bytes,
                                  on_channel, self);
  return self;
}

void
bw_peer_free (BwPeer *self)
{
  if (self == NULL)
    return;

  if (self->gone_source != NULL)
    {
      g_source_destroy (self->gone_source);
      g_source_unref (self->gone_source);
    }
  bw_channel_free (self->channel);
  bw_peer_clear_input (self);
  bw_outbox_free (self->outbox);
  g_free (self->address);
  g_free (self);
}

gpointer
bw_peer_get_user_data (BwPeer *self)
{
  return self->user_data;
}

const char *
bw_peer_get_address (BwPeer *self)
{
  return self->address;
}

guint64
bw_peer_get_n_frames (BwPeer *self)
{
  return bw_outbox_get_n_frames (self->outbox);
}

gint64
bw_peer_get_age_us (BwPeer *self)
{
  return self->age_us;
}

BwDialect
bw_peer_get_dialect (BwPeer *self)
{
  return self->dialect;
}

guint
bw_peer_get_n_owed (BwPeer *self)
{
  return bw_outbox_get_n_owed (self->outbox);
}

gboolean
bw_peer_take_command (BwPeer *self)
{
  if (bw_bucket_take (&self->commands, self->limits->commands_per_s,
                      self->limits->commands_burst, g_get_monotonic_time ()))
    return TRUE;

  self->counters->denials[BW_DENIAL_COMMANDS]++;
  bw_peer_close (self, WSLAY_CODE_POLICY_VIOLATION, "These are too many commands at once");
  return FALSE;
}
