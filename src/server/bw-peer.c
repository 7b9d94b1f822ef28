/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-peer.h"

#include <math.h>
#include <string.h>
#include <wslay/wslay.h>

#include "server/bw-bucket.h"
#include "server/bw-channel.h"
#include "server/bw-ws-frame.h"
#include "wire/bw-client-message.h"
#include "wire/bw-viewer-message.h"

/* What one peer may make us read before the others have their turn. */
#define READ_BUDGET_BYTES (16 * 1024)

/* What a message costs of that besides its bytes: parsing a short one is work too. Reading in
 * small pieces keeps the number of messages that one piece can hold small. */
#define MESSAGE_COST_BYTES 512
#define READ_PIECE_BYTES 1024

/* The fewest and the most frames in flight of who acknowledges each. */
#define MIN_WINDOW 2
#define MAX_WINDOW 8
#define ROUND_TRIPS 8 /* the shortest of so many counts */

struct _BwPeer
{
  BwChannel *channel;
  BwDialect dialect;
  char *address;
  const BwServerLimits *limits;
  BwCounters *counters;
  const BwPeerEvents *events;
  gpointer user_data;

  GSource *gone_source;  /* once the connection is over */

  /* Inbound. */
  wslay_event_context_ptr wslay;
  gsize read_budget;
  GByteArray *message;
  BwBucket commands;
  guint8 frame_opcode;
  gboolean end_of_input;
  gboolean broken;       /* wslay has given up on what comes */

  /* Outbound. */
  BwOutbox *outbox;
  gboolean full;         /* until the channel takes bytes again */
  gint64 progress_us;    /* when bytes last left, or were first owed */
  gboolean close_sent;
  gint64 close_us;       /* when the close was owed */

  double fps;
  gint64 round_trips_us[ROUND_TRIPS];
  guint n_round_trips;
  gint64 age_us;         /* of the frame acknowledged last; -1: none */
};

static void flush (BwPeer *self);

static gboolean
on_gone (gpointer user_data)
{
  BwPeer *self = user_data;

  /* Frees the peer. */
  self->events->gone (self, self->user_data);
  return G_SOURCE_REMOVE;
}

/* The owner is told from the main loop: it may be walking over its peers now. */
static void
end (BwPeer     *self,
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
          end (self, "it takes no more");
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

static void
flush (BwPeer *self)
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
      flush (self);
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

static void
close_with (BwPeer *self,
            GBytes *framed)
{
  if (!takes_more (self))
    return;

  self->close_us = g_get_monotonic_time ();
  bw_outbox_close (self->outbox, framed);
  flush (self);
}

void
bw_peer_close (BwPeer     *self,
               guint16     code,
               const char *reason)
{
  g_autoptr (GBytes) framed = bw_ws_close_new (code, reason);

  close_with (self, framed);
}

void
bw_peer_end_if_received (BwPeer *self)
{
  if (self->gone_source == NULL && self->close_sent && bw_channel_is_received (self->channel))
    end (self, "the server ends");
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
      end (self, "it did not end after a close");
    }
  else if (bw_outbox_owes_bytes (self->outbox)
           && now_us - self->progress_us > self->limits->stall_ms * G_GINT64_CONSTANT (1000))
    {
      g_info ("%s cut: it took no byte for %u ms", self->address, self->limits->stall_ms);
      self->counters->denials[BW_DENIAL_STALLED]++;
      end (self, "stalled");
    }
}

/* Receiving */

static ssize_t
on_wslay_recv (wslay_event_context_ptr wslay,
               uint8_t                *buffer,
               size_t                  length,
               int                     flags,
               void                   *user_data)
{
  BwPeer *self = user_data;
  BwChannelResult result = BW_CHANNEL_WAIT;
  gsize n = 0;

  if (self->read_budget > 0)
    {
      length = MIN (length, READ_PIECE_BYTES);
      result = bw_channel_read (self->channel, buffer, MIN (length, self->read_budget), &n);
    }

  if (result == BW_CHANNEL_DONE)
    {
      self->read_budget -= n;
      self->counters->bytes_received += n;
      return (ssize_t) n;
    }

  self->end_of_input = result == BW_CHANNEL_OVER;
  wslay_event_set_error (wslay, self->end_of_input ? WSLAY_ERR_CALLBACK_FAILURE
                                                   : WSLAY_ERR_WOULDBLOCK);
  return -1;
}

/* wslay answers pings and closes, and closes on an error, all by itself: its frames line up with
 * ours. */
static ssize_t
on_wslay_send (wslay_event_context_ptr wslay,
               const uint8_t          *data,
               size_t                  length,
               int                     flags,
               void                   *user_data)
{
  GByteArray *answer = ((BwPeer *) user_data)->message;

  g_byte_array_append (answer, data, (guint) length);
  return (ssize_t) length;
}

static void
on_frame_start (wslay_event_context_ptr                           wslay,
                const struct wslay_event_on_frame_recv_start_arg *arg,
                void                                             *user_data)
{
  ((BwPeer *) user_data)->frame_opcode = arg->opcode;
}

/* We gather a message here and not in wslay, which would take a block of memory for each
 * fragment of one byte. */
static void
on_frame_chunk (wslay_event_context_ptr                           wslay,
                const struct wslay_event_on_frame_recv_chunk_arg *arg,
                void                                             *user_data)
{
  BwPeer *self = user_data;

  if (wslay_is_ctrl_frame (self->frame_opcode))
    return;

  if (arg->data_length > BW_CLIENT_MESSAGE_MAX_BYTES - self->message->len)
    {
      static const char reason[] = "A message is longer than 64 KiB";

      wslay_event_queue_close (wslay, WSLAY_CODE_MESSAGE_TOO_BIG, (const uint8_t *) reason,
                               sizeof reason - 1);
      wslay_event_shutdown_read (wslay);
      return;
    }

  g_byte_array_append (self->message, arg->data, (guint) arg->data_length);
}

/* As many frames in flight as the way there and back takes, so that distance alone skips none. */
static void
adapt_window (BwPeer *self,
              gint64  round_trip_us)
{
  gint64 shortest_us = round_trip_us;
  guint window;

  self->round_trips_us[self->n_round_trips++ % ROUND_TRIPS] = round_trip_us;
  for (guint i = 0; i < MIN (self->n_round_trips, ROUND_TRIPS); i++)
    shortest_us = MIN (shortest_us, self->round_trips_us[i]);

  window = 1 + (guint) ceil ((double) shortest_us * self->fps / G_USEC_PER_SEC);
  bw_outbox_set_max_in_flight (self->outbox, CLAMP (window, MIN_WINDOW, MAX_WINDOW));
}

static void
acknowledge (BwPeer *self,
             guint64 number)
{
  BwOutboxAge age;

  if (!bw_outbox_acknowledge (self->outbox, number, &age))
    return;

  self->age_us = age.offered_us;
  bw_counters_add_age (self->counters, age.offered_us);
  if (self->dialect == BW_DIALECT_BINARY)
    adapt_window (self, age.sent_us);
  flush (self);
}

static void
receive_binary (BwPeer *self)
{
  guint32 seq;

  if (self->dialect == BW_DIALECT_JSON)
    bw_peer_close (self, WSLAY_CODE_UNSUPPORTED_DATA, "This dialect is text alone");
  else if (bw_viewer_message_parse_ack (self->message->data, self->message->len, &seq))
    acknowledge (self, seq);
  else
    bw_peer_close (self, WSLAY_CODE_UNSUPPORTED_DATA, "This is not an acknowledgement");
}

static void
receive_pong (BwPeer       *self,
              const guint8 *payload,
              gsize         length)
{
  char digits[24];
  guint64 number;

  if (length == 0 || length >= sizeof digits || self->dialect != BW_DIALECT_JSON)
    return;

  memcpy (digits, payload, length);
  digits[length] = '\0';
  if (g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT64, &number, NULL))
    acknowledge (self, number);
}

static void
on_wslay_message (wslay_event_context_ptr                   wslay,
                  const struct wslay_event_on_msg_recv_arg *arg,
                  void                                     *user_data)
{
  BwPeer *self = user_data;

  switch (arg->opcode)
    {
    case WSLAY_TEXT_FRAME:
      self->counters->messages_received++;
      self->read_budget -= MIN (self->read_budget, MESSAGE_COST_BYTES);
      if (!bw_outbox_is_closed (self->outbox))
        self->events->message (self, (const char *) self->message->data, self->message->len,
                               self->user_data);
      g_byte_array_set_size (self->message, 0);
      break;

    case WSLAY_BINARY_FRAME:
      if (!bw_outbox_is_closed (self->outbox))
        receive_binary (self);
      g_byte_array_set_size (self->message, 0);
      break;

    case WSLAY_PONG:
      receive_pong (self, arg->msg, arg->msg_length);
      break;

    case WSLAY_CONNECTION_CLOSE:
      /* Half a code. wslay would take it for none. */
      if (arg->msg_length == 1)
        bw_peer_close (self, WSLAY_CODE_PROTOCOL_ERROR, "This is not a close");
      break;

    default:
      break;
    }
}

/* Lines up what wslay has to say. */
static void
take_answers (BwPeer *self)
{
  g_autoptr (GByteArray) message = NULL;

  if (!wslay_event_want_write (self->wslay))
    return;

  /* The answer is collected in `message`; a message that is half here is put aside. */
  message = g_steal_pointer (&self->message);
  self->message = g_byte_array_new ();
  wslay_event_send (self->wslay);

  if (self->message->len > 0)
    {
      g_autoptr (GBytes) answer = g_bytes_new (self->message->data, self->message->len);

      if (!wslay_event_get_close_sent (self->wslay))
        {
          bw_peer_send (self, answer);
        }
      else
        {
          if (!wslay_event_get_close_received (self->wslay))
            {
              self->counters->denials[BW_DENIAL_PROTOCOL]++;
              g_info ("%s closed with %u: it broke the protocol", self->address,
                      wslay_event_get_status_code_sent (self->wslay));
            }
          close_with (self, answer);
        }
    }

  g_byte_array_unref (self->message);
  self->message = g_steal_pointer (&message);
}

/* After a close, all that still comes is read and forgotten until the peer ends. */
static void
discard_input (BwPeer *self)
{
  guint8 buffer[4096];

  while (self->read_budget > 0)
    {
      gsize n;
      BwChannelResult result = bw_channel_read (self->channel, buffer, sizeof buffer, &n);

      self->end_of_input = result == BW_CHANNEL_OVER;
      if (result != BW_CHANNEL_DONE)
        return;
      self->read_budget -= MIN (n, self->read_budget);
    }
}

static void
receive (BwPeer *self)
{
  self->read_budget = READ_BUDGET_BYTES;
  if (!self->broken && wslay_event_want_read (self->wslay))
    {
      self->broken = wslay_event_recv (self->wslay) != 0;
      if (!self->broken)
        take_answers (self);
      else if (!self->end_of_input)
        bw_peer_close (self, WSLAY_CODE_PROTOCOL_ERROR, "This is not a frame");
    }
  else
    {
      discard_input (self);
    }

  flush (self);

  if (self->end_of_input)
    end (self, "the peer ended it");
  else if (self->close_sent && wslay_event_get_close_received (self->wslay))
    end (self, "closed");
}

static void
on_channel (GIOCondition condition,
            gpointer     user_data)
{
  BwPeer *self = user_data;

  if ((condition & G_IO_OUT) != 0)
    {
      self->full = FALSE;
      flush (self);
    }
  if ((condition & G_IO_IN) != 0 && self->gone_source == NULL)
    receive (self);
}

/* Beginning and end */

BwPeer *
bw_peer_new (const BwArrival      *arrival,
             const BwServerLimits *limits,
             double                fps,
             const BwPeerEvents   *events,
             gpointer              user_data)
{
  static const struct wslay_event_callbacks callbacks = {
    .recv_callback = on_wslay_recv,
    .send_callback = on_wslay_send,
    .on_frame_recv_start_callback = on_frame_start,
    .on_frame_recv_chunk_callback = on_frame_chunk,
    .on_msg_recv_callback = on_wslay_message,
  };
  BwPeer *self = g_new0 (BwPeer, 1);

  self->dialect = arrival->dialect;
  self->address = g_strdup (arrival->address);
  self->counters = arrival->counters;
  self->limits = limits;
  self->events = events;
  self->user_data = user_data;
  self->message = g_byte_array_new ();
  self->commands = bw_bucket_new (limits->commands_burst, g_get_monotonic_time ());
  self->outbox = bw_outbox_new (limits->max_in_flight);
  if (self->dialect == BW_DIALECT_BINARY)
    bw_outbox_set_frames (self->outbox, events->frames, self);
  self->fps = fps;
  self->age_us = -1;

  if (wslay_event_context_server_init (&self->wslay, &callbacks, self) != 0)
    g_error ("Out of memory for a WebSocket");
  wslay_event_config_set_no_buffering (self->wslay, 1);
  wslay_event_config_set_max_recv_msg_length (self->wslay, BW_CLIENT_MESSAGE_MAX_BYTES);

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
  wslay_event_context_free (self->wslay);
  g_byte_array_unref (self->message);
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
