/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes from a peer: frames through wslay, messages put together, acknowledgements. */

#include "server/bw-peer-private.h"

#include <math.h>
#include <string.h>

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

  self->round_trips_us[self->n_round_trips++ % BW_PEER_ROUND_TRIPS] = round_trip_us;
  for (guint i = 0; i < MIN (self->n_round_trips, BW_PEER_ROUND_TRIPS); i++)
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
  bw_peer_flush (self);
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
          bw_peer_close_with (self, answer);
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

void
bw_peer_receive (BwPeer *self)
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

  bw_peer_flush (self);

  if (self->end_of_input)
    bw_peer_end (self, "the peer ended it");
  else if (self->close_sent && wslay_event_get_close_received (self->wslay))
    bw_peer_end (self, "closed");
}

void
bw_peer_init_input (BwPeer *self)
{
  static const struct wslay_event_callbacks callbacks = {
    .recv_callback = on_wslay_recv,
    .send_callback = on_wslay_send,
    .on_frame_recv_start_callback = on_frame_start,
    .on_frame_recv_chunk_callback = on_frame_chunk,
    .on_msg_recv_callback = on_wslay_message,
  };

  self->message = g_byte_array_new ();
  if (wslay_event_context_server_init (&self->wslay, &callbacks, self) != 0)
    g_error ("Out of memory for a WebSocket");
  wslay_event_config_set_no_buffering (self->wslay, 1);
  wslay_event_config_set_max_recv_msg_length (self->wslay, BW_CLIENT_MESSAGE_MAX_BYTES);
}

void
bw_peer_clear_input (BwPeer *self)
{
  wslay_event_context_free (self->wslay);
  g_byte_array_unref (self->message);
}
