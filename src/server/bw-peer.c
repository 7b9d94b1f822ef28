/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-peer.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <wslay/wslay.h>

#include "server/bw-bucket.h"
#include "server/bw-outbox.h"
#include "server/bw-ws-frame.h"
#include "wire/bw-client-message.h"

/* What one peer may make us read before the others have their turn. */
#define READ_BUDGET_BYTES (16 * 1024)

/* What a message costs of that besides its bytes: parsing a short one is work too. Reading in
 * small pieces keeps the number of messages that one piece can hold small. */
#define MESSAGE_COST_BYTES 512
#define READ_PIECE_BYTES 1024

/* The kernel says writable only below this many unsent bytes: frames wait here, where a newer
 * one can replace them, not there. */
#define UNSENT_LOW_WATER_BYTES (16 * 1024)

struct _BwPeer
{
  GIOStream *stream;
  GSocket *socket;       /* below the stream; NULL where it has none */
  BwRole role;
  char *address;
  const BwServerLimits *limits;
  const BwPeerEvents *events;
  gpointer user_data;

  GSource *read_source;
  GSource *write_source; /* while the socket is full */
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
  gint64 progress_us;    /* when bytes last left, or were first owed */
  gboolean close_sent;
  gint64 close_us;       /* when the close was owed */
};

static void flush (BwPeer *self);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

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
  clear_source (&self->read_source);
  clear_source (&self->write_source);
  g_io_stream_close (self->stream, NULL, NULL);

  self->gone_source = g_idle_source_new ();
  g_source_set_priority (self->gone_source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->gone_source, on_gone, self, NULL);
  g_source_attach (self->gone_source, g_main_context_get_thread_default ());
}

/* Sending */

static gboolean
on_writable (GObject *stream,
             gpointer user_data)
{
  BwPeer *self = user_data;

  clear_source (&self->write_source);
  flush (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_room (BwPeer *self)
{
  GPollableOutputStream *out
    = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream));

  if (self->write_source != NULL)
    return;

  self->write_source = g_pollable_output_stream_create_source (out, NULL);
  g_source_set_callback (self->write_source, G_SOURCE_FUNC (on_writable), self, NULL);
  g_source_attach (self->write_source, g_main_context_get_thread_default ());
}

static void
flush (BwPeer *self)
{
  GPollableOutputStream *out
    = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream));
  const guint8 *data;
  gsize length;

  if (self->gone_source != NULL || self->write_source != NULL)
    return;

  while ((data = bw_outbox_peek (self->outbox, &length)) != NULL)
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_pollable_output_stream_write_nonblocking (out, data, length, NULL, &error);

      if (n < 0)
        {
          if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
            wait_for_room (self);
          else
            end (self, error->message);
          return;
        }

      self->progress_us = g_get_monotonic_time ();
      if (bw_outbox_sent (self->outbox, (gsize) n))
        {
          self->close_sent = TRUE;
          /* Half a close: what is on the way to us would otherwise reset the connection, and
           * with it what is still on the way to the peer. */
          if (self->socket != NULL)
            g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
        }
    }
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
                    GBytes  *framed,
                    guint64  number,
                    gboolean last)
{
  if (!takes_more (self))
    return;

  bw_outbox_offer_frame (self->outbox, framed, number, last);
  send_added (self);
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
  int n_unacknowledged = 0;

  if (self->gone_source != NULL || !self->close_sent || self->socket == NULL)
    return;

  if (ioctl (g_socket_get_fd (self->socket), TIOCOUTQ, &n_unacknowledged) == 0
      && n_unacknowledged == 0)
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
  GPollableInputStream *in
    = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream));
  g_autoptr (GError) error = NULL;
  gssize n;

  if (self->read_budget == 0)
    {
      wslay_event_set_error (wslay, WSLAY_ERR_WOULDBLOCK);
      return -1;
    }

  length = MIN (length, READ_PIECE_BYTES);
  n = g_pollable_input_stream_read_nonblocking (in, buffer, MIN (length, self->read_budget), NULL,
                                                &error);
  if (n > 0)
    {
      self->read_budget -= (gsize) n;
      return n;
    }

  if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      wslay_event_set_error (wslay, WSLAY_ERR_WOULDBLOCK);
      return -1;
    }

  self->end_of_input = TRUE;
  wslay_event_set_error (wslay, WSLAY_ERR_CALLBACK_FAILURE);
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

static void
receive_pong (BwPeer       *self,
              const guint8 *payload,
              gsize         length)
{
  char digits[24];
  guint64 number;

  if (length == 0 || length >= sizeof digits)
    return;

  memcpy (digits, payload, length);
  digits[length] = '\0';
  if (g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT64, &number, NULL))
    bw_outbox_acknowledge (self->outbox, number);
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
      self->read_budget -= MIN (self->read_budget, MESSAGE_COST_BYTES);
      if (!bw_outbox_is_closed (self->outbox))
        self->events->message (self, (const char *) self->message->data, self->message->len,
                               self->user_data);
      g_byte_array_set_size (self->message, 0);
      break;

    case WSLAY_BINARY_FRAME:
      g_byte_array_set_size (self->message, 0);
      bw_peer_close (self, WSLAY_CODE_UNSUPPORTED_DATA, "This dialect is text alone");
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
            g_info ("%s closed with %u: it broke the protocol", self->address,
                    wslay_event_get_status_code_sent (self->wslay));
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
  GPollableInputStream *in
    = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream));
  guint8 buffer[4096];

  while (self->read_budget > 0)
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_pollable_input_stream_read_nonblocking (in, buffer, sizeof buffer, NULL,
                                                           &error);

      if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return;
      if (n <= 0)
        {
          self->end_of_input = TRUE;
          return;
        }
      self->read_budget -= MIN ((gsize) n, self->read_budget);
    }
}

static gboolean
on_readable (GObject *stream,
             gpointer user_data)
{
  BwPeer *self = user_data;

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

  return self->gone_source == NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Beginning and end */

static void
set_up_socket (BwPeer *self)
{
  g_autoptr (GIOStream) base = NULL;
  GSocket *socket;

  g_object_get (self->stream, "base-iostream", &base, NULL);
  if (!G_IS_SOCKET_CONNECTION (base))
    return;

  socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (base));
  self->socket = g_object_ref (socket);
  g_socket_set_timeout (socket, 0);
  g_socket_set_keepalive (socket, TRUE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, UNSENT_LOW_WATER_BYTES, NULL);
  if (self->limits->send_buffer_bytes > 0)
    g_socket_set_option (socket, SOL_SOCKET, SO_SNDBUF, self->limits->send_buffer_bytes, NULL);
}

BwPeer *
bw_peer_new (GIOStream            *stream,
             BwRole                role,
             const char           *address,
             const BwServerLimits *limits,
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

  self->stream = g_object_ref (stream);
  self->role = role;
  self->address = g_strdup (address);
  self->limits = limits;
  self->events = events;
  self->user_data = user_data;
  self->message = g_byte_array_new ();
  self->commands = bw_bucket_new (limits->commands_burst, g_get_monotonic_time ());
  self->outbox = bw_outbox_new (limits->max_in_flight);

  if (wslay_event_context_server_init (&self->wslay, &callbacks, self) != 0)
    g_error ("Out of memory for a WebSocket");
  wslay_event_config_set_no_buffering (self->wslay, 1);
  wslay_event_config_set_max_recv_msg_length (self->wslay, BW_CLIENT_MESSAGE_MAX_BYTES);

  set_up_socket (self);
  self->read_source = g_pollable_input_stream_create_source (
    G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (stream)), NULL);
  g_source_set_callback (self->read_source, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->read_source, g_main_context_get_thread_default ());

  return self;
}

void
bw_peer_free (BwPeer *self)
{
  if (self == NULL)
    return;

  clear_source (&self->read_source);
  clear_source (&self->write_source);
  clear_source (&self->gone_source);
  g_io_stream_close (self->stream, NULL, NULL);
  g_clear_object (&self->socket);
  g_object_unref (self->stream);
  wslay_event_context_free (self->wslay);
  g_byte_array_unref (self->message);
  bw_outbox_free (self->outbox);
  g_free (self->address);
  g_free (self);
}

BwRole
bw_peer_get_role (BwPeer *self)
{
  return self->role;
}

gboolean
bw_peer_take_command (BwPeer *self)
{
  if (bw_bucket_take (&self->commands, self->limits->commands_per_s,
                      self->limits->commands_burst, g_get_monotonic_time ()))
    return TRUE;

  bw_peer_close (self, WSLAY_CODE_POLICY_VIOLATION, "These are too many commands at once");
  return FALSE;
}
