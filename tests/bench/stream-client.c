/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stream-client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_BYTES (256 * 1024)
#define HEAD_BYTES 4096
#define CONNECT_PATIENCE_S 10

typedef struct
{
  int fd;
  gboolean open;    /* the handshake is done */
  gboolean gone;
  /* The start of the message at hand: enough for its number and time. */
  guint8 head[256];
  guint n_head;
  guint8 frame[14]; /* the frame's own header */
  guint n_frame;
  guint frame_need; /* 0: not known yet */
  guint64 rest;     /* of the payload */
  guint8 opcode;
  guint64 n_frames; /* while measuring */
} Viewer;

typedef struct
{
  const LoadPlan *plan;
  LoadResult *result;
  Viewer *viewers;
  guint8 *buffer;
  int epoll;
  gboolean measuring;
} Load;

static gint64
utc_us (void)
{
  return g_get_real_time ();
}

static void
send_masked (Viewer       *viewer,
             guint8        opcode,
             const guint8 *payload,
             gsize         length)
{
  guint8 frame[2 + 4 + 125] = { (guint8) (0x80 | opcode), (guint8) (0x80 | length) };

  /* A mask of zeros leaves the payload as it is. */
  memcpy (frame + 6, payload, length);
  if (send (viewer->fd, frame, 6 + length, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 && errno != EAGAIN)
    viewer->gone = TRUE;
}

static void
count_frame (Load   *self,
             Viewer *viewer,
             gint64  made_us)
{
  gint64 age;

  if (!self->measuring)
    return;

  viewer->n_frames++;
  self->result->n_frames++;
  if (made_us <= 0)
    return;

  age = (utc_us () - made_us) / 100;
  self->result->ages[CLAMP (age, 0, LOAD_N_AGES - 1)]++;
  self->result->n_ages++;
}

static void
hear_binary (Load   *self,
             Viewer *viewer)
{
  guint64 made_us;
  guint8 ack[5] = { 129 };

  if (viewer->n_head < 24 || (viewer->head[0] != 3 && viewer->head[0] != 4))
    return;

  memcpy (&made_us, viewer->head + 16, sizeof made_us);
  memcpy (ack + 1, viewer->head + 4, 4);
  send_masked (viewer, 0x2, ack, sizeof ack);
  count_frame (self, viewer, (gint64) GUINT64_FROM_LE (made_us));
}

static void
hear_text (Load   *self,
           Viewer *viewer)
{
  static const char start[] = "{\"type\":\"frame\",\"timestamp\":";
  char text[sizeof viewer->head + 1];

  memcpy (text, viewer->head, viewer->n_head);
  text[viewer->n_head] = '\0';
  if (g_str_has_prefix (text, start))
    count_frame (self, viewer, (gint64) (g_ascii_strtod (text + strlen (start), NULL) * 1e6));
  else if (strstr (text, "\"frame\"") != NULL)
    count_frame (self, viewer, 0);
}

static void
hear (Load   *self,
      Viewer *viewer)
{
  if (viewer->opcode == 0x9)
    send_masked (viewer, 0xa, viewer->head, MIN (viewer->n_head, 125));
  else if (viewer->opcode == 0x2)
    hear_binary (self, viewer);
  else if (viewer->opcode == 0x1 && self->plan->dialect == LOAD_DEFLATE)
    count_frame (self, viewer, 0);
  else if (viewer->opcode == 0x1)
    hear_text (self, viewer);
}

/* Of a frame's header, as far as it is known how long it is. */
static guint
header_length (const Viewer *viewer)
{
  guint8 length = viewer->frame[1] & 0x7f;

  if (viewer->n_frame < 2)
    return 2;
  return length == 126 ? 4 : length == 127 ? 10 : 2;
}

static void
begin_frame (Viewer *viewer)
{
  guint n = header_length (viewer) - 2;

  viewer->rest = n == 0 ? viewer->frame[1] & 0x7f : 0;
  for (guint i = 0; i < n; i++)
    viewer->rest = viewer->rest << 8 | viewer->frame[2 + i];
  viewer->opcode = viewer->frame[0] & 0x0f;
  viewer->n_head = 0;
}

static void
take (Load         *self,
      Viewer       *viewer,
      const guint8 *data,
      gsize         length)
{
  while (length > 0 || (viewer->n_frame >= 2 && viewer->n_frame == header_length (viewer)))
    {
      gsize n;
      gsize kept;

      if (viewer->n_frame < header_length (viewer))
        {
          viewer->frame[viewer->n_frame++] = *data++;
          length--;
          if (viewer->n_frame < 2 || viewer->n_frame < header_length (viewer))
            continue;
          begin_frame (viewer);
        }

      n = MIN (viewer->rest, length);
      kept = MIN (n, sizeof viewer->head - viewer->n_head);
      memcpy (viewer->head + viewer->n_head, data, kept);
      viewer->n_head += (guint) kept;
      viewer->rest -= n;
      data += n;
      length -= n;
      if (viewer->rest > 0)
        return;

      hear (self, viewer);
      viewer->n_frame = 0;
    }
}

static void
receive (Load   *self,
         Viewer *viewer)
{
  ssize_t n = recv (viewer->fd, self->buffer, READ_BYTES, MSG_DONTWAIT);

  if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
    viewer->gone = TRUE;
  if (n > 0)
    {
      if (self->measuring)
        self->result->n_bytes += (guint64) n;
      take (self, viewer, self->buffer, (gsize) n);
    }

  if (viewer->gone)
    {
      epoll_ctl (self->epoll, EPOLL_CTL_DEL, viewer->fd, NULL);
      self->result->n_lost++;
    }
}

/* Until `end_us` of the monotonic clock. */
static void
run_until (Load  *self,
           gint64 end_us)
{
  for (;;)
    {
      struct epoll_event events[256];
      gint64 left_us = end_us - g_get_monotonic_time ();
      int n;

      if (left_us <= 0)
        return;

      n = epoll_wait (self->epoll, events, G_N_ELEMENTS (events), (int) (left_us / 1000) + 1);
      for (int i = 0; i < n; i++)
        receive (self, events[i].data.ptr);
    }
}

static char *
make_request (const LoadPlan *plan)
{
  static const char *const extras[] = {
    [LOAD_JSON] = "",
    [LOAD_BINARY] = "Sec-WebSocket-Protocol: boardwalk.1\r\n",
    [LOAD_DEFLATE] = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n",
  };
  g_autofree char *authorization
    = plan->token != NULL ? g_strdup_printf ("Authorization: Bearer %s\r\n", plan->token)
                          : g_strdup ("");

  return g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s%s\r\n",
                          plan->path, authorization, extras[plan->dialect]);
}

/* Reads the answer to the handshake; what follows it is a viewer's already. */
static gboolean
read_answer (Load   *self,
             Viewer *viewer)
{
  char head[HEAD_BYTES + 1];
  gsize n = 0;

  for (;;)
    {
      ssize_t got = recv (viewer->fd, head + n, HEAD_BYTES - n, 0);
      char *end;

      if (got <= 0)
        return FALSE;
      n += (gsize) got;
      head[n] = '\0';
      end = strstr (head, "\r\n\r\n");
      if (end != NULL)
        {
          gsize length = (gsize) (end + 4 - head);

          take (self, viewer, (const guint8 *) head + length, n - length);
          return g_str_has_prefix (head, "HTTP/1.1 101");
        }
      if (n == HEAD_BYTES)
        return FALSE;
    }
}

static gboolean
connect_viewer (Load       *self,
                Viewer     *viewer,
                const char *request)
{
  struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = htons (self->plan->port),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
  struct timeval patience = { .tv_sec = CONNECT_PATIENCE_S };
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = viewer };
  int one = 1;

  viewer->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (viewer->fd < 0)
    return FALSE;

  setsockopt (viewer->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt (viewer->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect (viewer->fd, (struct sockaddr *) &address, sizeof address) != 0
      || send (viewer->fd, request, strlen (request), MSG_NOSIGNAL) < 0
      || !read_answer (self, viewer))
    return FALSE;

  viewer->open = TRUE;
  if (self->plan->dialect == LOAD_BINARY)
    send_masked (viewer, 0x1, (const guint8 *) "{\"type\":\"hello\"}", 16);
  return epoll_ctl (self->epoll, EPOLL_CTL_ADD, viewer->fd, &event) == 0;
}

/* A server that is at its end lets nobody in any more: the others are measured then. */
static void
connect_all (Load *self)
{
  g_autofree char *request = make_request (self->plan);
  gint64 end_us = g_get_monotonic_time () + LOAD_CONNECT_SECONDS * G_USEC_PER_SEC;

  for (guint i = 0; i < self->plan->n_viewers && g_get_monotonic_time () < end_us; i++)
    {
      if (!connect_viewer (self, &self->viewers[i], request))
        return;
      self->result->n_connected++;
      /* Those that are here go on reading meanwhile. */
      run_until (self, g_get_monotonic_time () + 100);
    }
}

static void
measure (Load *self)
{
  const LoadPlan *plan = self->plan;
  gint64 start_us;

  run_until (self, g_get_monotonic_time () + (gint64) (plan->warm_up_s * G_USEC_PER_SEC));
  if (plan->ready != NULL)
    plan->ready ();
  self->measuring = TRUE;
  start_us = g_get_monotonic_time ();
  run_until (self, start_us + (gint64) (plan->measure_s * G_USEC_PER_SEC));
  self->result->seconds = (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;
  self->measuring = FALSE;
  if (plan->done != NULL)
    plan->done ();

  self->result->fewest = G_MAXUINT64;
  for (guint i = 0; i < self->result->n_connected; i++)
    self->result->fewest = MIN (self->result->fewest, self->viewers[i].n_frames);
}

gboolean
load_run (const LoadPlan *plan,
          LoadResult     *result)
{
  Load self = { .plan = plan, .result = result };

  g_return_val_if_fail (plan->n_viewers > 0 && plan->n_viewers <= LOAD_MAX_VIEWERS, FALSE);
  g_return_val_if_fail (plan->warm_up_s + plan->measure_s <= LOAD_MAX_SECONDS, FALSE);

  memset (result, 0, sizeof *result);
  self.viewers = g_new0 (Viewer, plan->n_viewers);
  for (guint i = 0; i < plan->n_viewers; i++)
    self.viewers[i].fd = -1;
  self.buffer = g_malloc (READ_BYTES);
  self.epoll = epoll_create1 (EPOLL_CLOEXEC);

  connect_all (&self);
  if (result->n_connected > 0)
    measure (&self);

  for (guint i = 0; i < plan->n_viewers; i++)
    {
      if (self.viewers[i].fd >= 0)
        close (self.viewers[i].fd);
    }
  close (self.epoll);
  g_free (self.buffer);
  g_free (self.viewers);
  return result->n_connected > 0;
}

double
load_percentile (const LoadResult *result,
                 double            share)
{
  guint64 wanted = (guint64) (share * (double) result->n_ages);
  guint64 n = 0;

  if (result->n_ages == 0)
    return -1.0;

  for (guint i = 0; i < LOAD_N_AGES; i++)
    {
      n += result->ages[i];
      if (n > wanted)
        return (i + 1) / 10.0;
    }
  return LOAD_N_AGES / 10.0;
}
