/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A WebSocket client that can misbehave. Blocking; a read that waits for WS_PATIENCE_S fails
 * the test. Included by one test each. */

#pragma once

#include <arpa/inet.h>
#include <errno.h>
#include <gio/gio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Nothing that passes waits for so long, on however busy a machine. */
#define WS_PATIENCE_S 120
#define WS_KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define WS_ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

typedef struct
{
  int fd;
  GByteArray *in;   /* read and not yet used */
  gboolean silent;  /* does not answer pings */
  char last_ping[126];
  guint8 opcode;    /* of the frame last read */
} WsClient;

static inline WsClient *
ws_connect_with (guint16 port,
                 int     receive_buffer)
{
  WsClient *self = g_new0 (WsClient, 1);
  struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = htons (port),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
  struct timeval patience = { .tv_sec = WS_PATIENCE_S };

  self->in = g_byte_array_new ();
  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (self->fd, >=, 0);
  if (receive_buffer > 0)
    setsockopt (self->fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  setsockopt (self->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt (self->fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  g_assert_cmpint (connect (self->fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return self;
}

static inline WsClient *
ws_connect (guint16 port)
{
  return ws_connect_with (port, 0);
}

static inline void
ws_free (WsClient *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_byte_array_unref (self->in);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WsClient, ws_free)

/* Ends with a reset instead of in good order. */
static inline void
ws_reset (WsClient *self)
{
  struct linger now = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (self->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  close (self->fd);
  self->fd = -1;
}

/* FALSE where the peer has ended the connection. */
static inline gboolean
ws_send_bytes (WsClient   *self,
               const void *data,
               gsize       length)
{
  gsize sent = 0;

  while (sent < length)
    {
      ssize_t n = send (self->fd, (const guint8 *) data + sent, length - sent, MSG_NOSIGNAL);

      if (n < 0 && (errno == EPIPE || errno == ECONNRESET))
        return FALSE;
      g_assert_cmpint (n, >, 0);
      sent += (gsize) n;
    }
  return TRUE;
}

static inline gboolean
ws_send_string (WsClient   *self,
                const char *text)
{
  return ws_send_bytes (self, text, strlen (text));
}

/* FALSE at the end of the input or a reset. */
static inline gboolean
ws_fill (WsClient *self)
{
  guint8 buffer[16384];
  ssize_t n = recv (self->fd, buffer, sizeof buffer, 0);

  if (n == 0 || (n < 0 && errno == ECONNRESET))
    return FALSE;
  if (n < 0)
    g_error ("Nothing came for so long: %s", g_strerror (errno));

  g_byte_array_append (self->in, buffer, (guint) n);
  return TRUE;
}

static inline gboolean
ws_need (WsClient *self,
         gsize     length)
{
  while (self->in->len < length)
    {
      if (!ws_fill (self))
        return FALSE;
    }
  return TRUE;
}

/* The head of a response, up to the empty line; NULL at the end of the connection. */
static inline char *
ws_read_head (WsClient *self)
{
  for (;;)
    {
      const char *end
        = self->in->len == 0 ? NULL : memmem (self->in->data, self->in->len, "\r\n\r\n", 4);

      if (end != NULL)
        {
          gsize length = (gsize) (end - (const char *) self->in->data) + 4;
          char *head = g_strndup ((const char *) self->in->data, length);

          g_byte_array_remove_range (self->in, 0, (guint) length);
          return head;
        }
      if (!ws_fill (self))
        return NULL;
    }
}

static inline guint
ws_status_of (const char *head)
{
  return head != NULL && g_str_has_prefix (head, "HTTP/1.1 ") ? (guint) atoi (head + 9) : 0;
}

/* The value of a header in a head; NULL where it is not. */
static inline char *
ws_header_of (const char *head,
              const char *name)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);

  for (gsize i = 1; lines[i] != NULL; i++)
    {
      gsize length = strlen (name);

      if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
        return g_strstrip (g_strdup (lines[i] + length + 1));
    }
  return NULL;
}

/* All that comes until the end of the connection. */
static inline char *
ws_read_rest (WsClient *self)
{
  while (ws_fill (self))
    ;
  return g_strndup ((const char *) self->in->data, self->in->len);
}

/* A handshake. `headers` are whole lines with their ends, or "". */
static inline char *
ws_handshake_text (const char *path,
                   const char *token,
                   const char *headers)
{
  g_autofree char *authorization
    = token != NULL ? g_strdup_printf ("Authorization: Bearer %s\r\n", token) : g_strdup ("");

  return g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: " WS_KEY "\r\n%s%s\r\n",
                          path, authorization, headers);
}

static inline WsClient *
ws_shake_hands (WsClient   *self,
                const char *path,
                const char *token)
{
  g_autofree char *request = ws_handshake_text (path, token, "");
  g_autofree char *head = NULL;
  g_autofree char *accept = NULL;

  g_assert_true (ws_send_string (self, request));
  head = ws_read_head (self);
  if (ws_status_of (head) != 101)
    g_error ("No handshake: %s", head);
  accept = ws_header_of (head, "Sec-WebSocket-Accept");
  g_assert_cmpstr (accept, ==, WS_ACCEPT);
  return self;
}

static inline WsClient *
ws_open (guint16     port,
         const char *path,
         const char *token)
{
  return ws_shake_hands (ws_connect (port), path, token);
}

/* A masked frame of a client. `first` is the byte of FIN, RSV and opcode. */
static inline GByteArray *
ws_frame (guint8      first,
          const void *payload,
          gsize       length)
{
  static const guint8 mask[4] = { 0x12, 0x34, 0x56, 0x78 };
  GByteArray *frame = g_byte_array_new ();
  guint8 header[10] = { first };
  guint header_length = 2;

  if (length <= 125)
    {
      header[1] = (guint8) (0x80 | length);
    }
  else if (length <= 0xffff)
    {
      header[1] = 0x80 | 126;
      header[2] = (guint8) (length >> 8);
      header[3] = (guint8) length;
      header_length = 4;
    }
  else
    {
      header[1] = 0x80 | 127;
      for (guint i = 0; i < 8; i++)
        header[2 + i] = (guint8) ((guint64) length >> (56 - 8 * i));
      header_length = 10;
    }

  g_byte_array_append (frame, header, header_length);
  g_byte_array_append (frame, mask, 4);
  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = ((const guint8 *) payload)[i] ^ mask[i % 4];

      g_byte_array_append (frame, &byte, 1);
    }
  return frame;
}

static inline gboolean
ws_send_frame (WsClient   *self,
               guint8      first,
               const void *payload,
               gsize       length)
{
  g_autoptr (GByteArray) frame = ws_frame (first, payload, length);

  return ws_send_bytes (self, frame->data, frame->len);
}

static inline gboolean
ws_send_text (WsClient   *self,
              const char *text)
{
  return ws_send_frame (self, 0x81, text, strlen (text));
}

/* The payload of the next frame, terminated; its opcode is in `opcode`. NULL at the end. */
static inline char *
ws_read_frame (WsClient *self,
               gsize    *length_out)
{
  gsize at = 2;
  guint64 length;
  char *payload;

  if (!ws_need (self, 2))
    return NULL;
  g_assert_cmphex (self->in->data[0] & 0xf0, ==, 0x80);
  g_assert_cmphex (self->in->data[1] & 0x80, ==, 0);

  self->opcode = self->in->data[0] & 0x0f;
  length = self->in->data[1];
  if (length >= 126)
    {
      guint n = length == 126 ? 2 : 8;

      if (!ws_need (self, at + n))
        return NULL;
      length = 0;
      for (guint i = 0; i < n; i++)
        length = length << 8 | self->in->data[at + i];
      at += n;
    }

  if (!ws_need (self, at + length))
    return NULL;
  payload = g_malloc0 (length + 1);
  memcpy (payload, self->in->data + at, length);
  if (length_out != NULL)
    *length_out = length;
  g_byte_array_remove_range (self->in, 0, (guint) (at + length));
  return payload;
}

/* The next text message; binary ones are left out, and pings on the way are answered unless
 * `silent`. NULL at a close, whose
 * code is in `*close_code_out`, or at the end (0). */
static inline char *
ws_read_text_or_close (WsClient *self,
                       guint    *close_code_out)
{
  *close_code_out = 0;
  for (;;)
    {
      gsize length = 0;
      g_autofree char *payload = ws_read_frame (self, &length);

      if (payload == NULL)
        return NULL;

      switch (self->opcode)
        {
        case 0x1:
          return g_steal_pointer (&payload);
        case 0x8:
          if (length >= 2)
            *close_code_out = (guint) ((guint8) payload[0] << 8 | (guint8) payload[1]);
          return NULL;
        case 0x9:
          g_strlcpy (self->last_ping, payload, sizeof self->last_ping);
          if (!self->silent)
            ws_send_frame (self, 0x8a, payload, length);
          break;
        case 0x2:
          break;
        default:
          g_assert_cmphex (self->opcode, ==, 0xa);
          break;
        }
    }
}

static inline char *
ws_read_text (WsClient *self)
{
  guint close_code;
  char *text = ws_read_text_or_close (self, &close_code);

  if (text == NULL)
    g_error ("Closed with %u where a message was due", close_code);
  return text;
}

/* Reads on to the first message of this type. */
static inline char *
ws_read_type (WsClient   *self,
              const char *type)
{
  g_autofree char *start = g_strdup_printf ("{\"type\":\"%s\"", type);

  for (;;)
    {
      char *text = ws_read_text (self);

      if (g_str_has_prefix (text, start))
        return text;
      g_free (text);
    }
}

/* Reads on to the close, and gives its code; 0: there was none. */
static inline guint
ws_read_close (WsClient *self)
{
  guint code;

  for (;;)
    {
      g_autofree char *text = ws_read_text_or_close (self, &code);

      if (text == NULL)
        return code;
    }
}

/* The iteration of a frame message. */
static inline guint
ws_iteration_of (const char *frame)
{
  const char *at = strstr (frame, "\"iteration\":");

  g_assert_nonnull (at);
  return (guint) atoi (at + strlen ("\"iteration\":"));
}
