/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-channel.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

/* The kernel says writable only below this many unsent bytes: frames wait here, where a newer
 * one can replace them, not there. */
#define UNSENT_LOW_WATER_BYTES (16 * 1024)

/* A TLS record at most. */
#define SEALED_BYTES (16 * 1024)

struct _BwChannel
{
  GIOStream *stream;
  GSocket *socket; /* below the stream; NULL where there is none */
  gboolean plain;  /* nothing but buffers is between the two */
  int fd;          /* of the socket, once nothing is buffered above it any more; else -1 */
  BwPoller *poller;
  BwChannelFunc func;
  gpointer user_data;
  gboolean closed;
  gboolean short_read; /* the last reading emptied the socket */

  BwPollerWatch *watch;
  GSource *read_source;
  GSource *write_source; /* while the stream is full */

  /* TLS alone: what it was given and would not take all of yet. It has to be given the same again,
   * not something newer. */
  GByteArray *sealed;
};

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
on_ready (GIOCondition condition,
          gpointer     user_data)
{
  BwChannel *self = user_data;

  if ((condition & G_IO_OUT) != 0)
    bw_poller_set_writing (self->watch, FALSE);
  self->short_read = FALSE;
  self->func (condition, self->user_data);
}

/* From here on the socket is all there is. */
static void
go_direct (BwChannel *self)
{
  int fd = g_socket_get_fd (self->socket);

  self->watch = bw_poller_add (self->poller, fd, on_ready, self);
  if (self->watch == NULL)
    return;

  self->fd = fd;
  clear_source (&self->read_source);
  if (self->write_source != NULL)
    {
      clear_source (&self->write_source);
      bw_poller_set_writing (self->watch, TRUE);
    }
}

static gboolean
on_readable (GObject *stream,
             gpointer user_data)
{
  BwChannel *self = user_data;

  self->func (G_IO_IN, self->user_data);
  return self->read_source != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static BwChannelResult push_sealed (BwChannel *self);
static void wait_for_room (BwChannel *self);

static gboolean
on_writable (GObject *stream,
             gpointer user_data)
{
  BwChannel *self = user_data;

  clear_source (&self->write_source);
  if (push_sealed (self) == BW_CHANNEL_WAIT)
    wait_for_room (self);
  else
    self->func (G_IO_OUT, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
watch_stream (BwChannel *self)
{
  GInputStream *in = g_io_stream_get_input_stream (self->stream);

  self->read_source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (in), NULL);
  g_source_set_callback (self->read_source, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->read_source, g_main_context_get_thread_default ());
}

static void
wait_for_room (BwChannel *self)
{
  GOutputStream *out = g_io_stream_get_output_stream (self->stream);

  if (self->watch != NULL)
    {
      bw_poller_set_writing (self->watch, TRUE);
      return;
    }
  if (self->write_source != NULL)
    return;

  self->write_source
    = g_pollable_output_stream_create_source (G_POLLABLE_OUTPUT_STREAM (out), NULL);
  g_source_set_callback (self->write_source, G_SOURCE_FUNC (on_writable), self, NULL);
  g_source_attach (self->write_source, g_main_context_get_thread_default ());
}

static void
set_up_socket (BwChannel *self,
               gint       send_buffer_bytes)
{
  GSocket *socket = self->socket;

  g_socket_set_timeout (socket, 0);
  g_socket_set_keepalive (socket, TRUE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, UNSENT_LOW_WATER_BYTES, NULL);
  if (send_buffer_bytes > 0)
    g_socket_set_option (socket, SOL_SOCKET, SO_SNDBUF, send_buffer_bytes, NULL);
}

BwChannel *
bw_channel_new (GIOStream    *stream,
                BwPoller     *poller,
                gint          send_buffer_bytes,
                BwChannelFunc func,
                gpointer      user_data)
{
  BwChannel *self = g_new0 (BwChannel, 1);
  g_autoptr (GIOStream) base = NULL;

  self->stream = g_object_ref (stream);
  self->fd = -1;
  self->poller = poller;
  self->func = func;
  self->user_data = user_data;
  self->sealed = g_byte_array_new ();
  g_object_get (stream, "base-iostream", &base, NULL);
  self->plain = G_IS_SOCKET_CONNECTION (base);
  if (G_IS_TLS_CONNECTION (base))
    {
      g_autoptr (GIOStream) sealed = g_steal_pointer (&base);

      g_object_get (sealed, "base-io-stream", &base, NULL);
    }
  if (G_IS_SOCKET_CONNECTION (base))
    {
      self->socket
        = g_object_ref (g_socket_connection_get_socket (G_SOCKET_CONNECTION (base)));
      set_up_socket (self, send_buffer_bytes);
    }
  watch_stream (self);
  return self;
}

void
bw_channel_free (BwChannel *self)
{
  bw_channel_close (self);
  g_clear_object (&self->socket);
  g_byte_array_unref (self->sealed);
  g_object_unref (self->stream);
  g_free (self);
}

static BwChannelResult
read_stream (BwChannel *self,
             guint8    *buffer,
             gsize      length,
             gsize     *n_out)
{
  GInputStream *in = g_io_stream_get_input_stream (self->stream);
  g_autoptr (GError) error = NULL;
  gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (in), buffer,
                                                       length, NULL, &error);

  if (n > 0)
    {
      *n_out = (gsize) n;
      return BW_CHANNEL_DONE;
    }
  if (n == 0 || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return BW_CHANNEL_OVER;

  if (self->plain)
    go_direct (self);
  return BW_CHANNEL_WAIT;
}

static BwChannelResult
result_of_errno (void)
{
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? BW_CHANNEL_WAIT
                                                                   : BW_CHANNEL_OVER;
}

BwChannelResult
bw_channel_read (BwChannel *self,
                 guint8    *buffer,
                 gsize      length,
                 gsize     *n_out)
{
  ssize_t n;

  *n_out = 0;
  if (self->closed)
    return BW_CHANNEL_OVER;
  if (self->fd < 0)
    return read_stream (self, buffer, length, n_out);
  if (self->short_read)
    return BW_CHANNEL_WAIT;

  n = recv (self->fd, buffer, length, MSG_DONTWAIT);
  if (n < 0)
    return result_of_errno ();
  if (n == 0)
    return BW_CHANNEL_OVER;

  /* Saves asking again only to hear that there is nothing. */
  self->short_read = (gsize) n < length;
  *n_out = (gsize) n;
  return BW_CHANNEL_DONE;
}

static BwChannelResult
write_stream (BwChannel    *self,
              const guint8 *data,
              gsize         length,
              gsize        *n_out)
{
  GOutputStream *out = g_io_stream_get_output_stream (self->stream);
  g_autoptr (GError) error = NULL;
  gssize n = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (out), data,
                                                         length, NULL, &error);

  if (n >= 0)
    {
      *n_out = (gsize) n;
      return BW_CHANNEL_DONE;
    }
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ? BW_CHANNEL_WAIT
                                                                     : BW_CHANNEL_OVER;
}

/* WAIT where some of it is left. */
static BwChannelResult
push_sealed (BwChannel *self)
{
  while (self->sealed->len > 0)
    {
      gsize n;
      BwChannelResult result
        = write_stream (self, self->sealed->data, self->sealed->len, &n);

      if (result != BW_CHANNEL_DONE)
        return result;
      g_byte_array_remove_range (self->sealed, 0, (guint) n);
    }
  return BW_CHANNEL_DONE;
}

static BwChannelResult
write_sealed (BwChannel    *self,
              const guint8 *data,
              gsize         length,
              gsize        *n_out)
{
  BwChannelResult result = push_sealed (self);

  if (result != BW_CHANNEL_DONE)
    return result;

  *n_out = MIN (length, SEALED_BYTES);
  g_byte_array_append (self->sealed, data, (guint) *n_out);
  result = push_sealed (self);
  if (result == BW_CHANNEL_WAIT)
    wait_for_room (self);
  return result == BW_CHANNEL_OVER ? result : BW_CHANNEL_DONE;
}

BwChannelResult
bw_channel_write (BwChannel    *self,
                  const guint8 *data,
                  gsize         length,
                  gsize        *n_out)
{
  BwChannelResult result;
  ssize_t n;

  *n_out = 0;
  if (self->closed)
    return BW_CHANNEL_OVER;

  if (self->fd < 0)
    {
      result = self->plain ? write_stream (self, data, length, n_out)
                           : write_sealed (self, data, length, n_out);
    }
  else
    {
      n = send (self->fd, data, length, MSG_DONTWAIT | MSG_NOSIGNAL);
      result = n >= 0 ? BW_CHANNEL_DONE : result_of_errno ();
      *n_out = n >= 0 ? (gsize) n : 0;
    }

  if (result == BW_CHANNEL_WAIT)
    wait_for_room (self);
  return result;
}

void
bw_channel_end_writing (BwChannel *self)
{
  if (self->plain)
    g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
}

gboolean
bw_channel_is_received (BwChannel *self)
{
  int n_unacknowledged = 0;

  return self->socket != NULL && !self->closed && self->sealed->len == 0
         && ioctl (g_socket_get_fd (self->socket), TIOCOUTQ, &n_unacknowledged) == 0
         && n_unacknowledged == 0;
}

void
bw_channel_close (BwChannel *self)
{
  if (self->closed)
    return;

  self->closed = TRUE;
  self->fd = -1;
  g_clear_pointer (&self->watch, bw_poller_remove);
  clear_source (&self->read_source);
  clear_source (&self->write_source);
  g_io_stream_close (self->stream, NULL, NULL);
}
