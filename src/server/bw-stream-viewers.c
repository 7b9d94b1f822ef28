/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The viewers of a stream: what each is sent of a frame, what they say, who is there. */

#include "server/bw-stream-private.h"

#include <wslay/wslay.h>

#include "server/bw-server-clients.h"
#include "server/bw-ws-frame.h"
#include "wire/bw-client-message.h"

/* Every so many frames carry forces: they are larger than all the rest. */
#define FORCES_EVERY 5

void
bw_stream_clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Frames */

/* The newest frame as all peers get it in plain JSON. */
static GBytes *
get_encoded (BwStream *self)
{
  if (self->encoded == NULL)
    {
      gint64 begin_us = g_get_monotonic_time ();
      GString *text = bw_ws_text_begin ();
      char number[24];

      bw_json_dialect_frame (self->dialect, self->newest, self->told,
                             self->n_encoded % FORCES_EVERY == 0, text);
      self->n_encoded++;
      g_clear_pointer (&self->told, bw_frame_unref);
      self->told = bw_frame_ref (self->newest);
      g_snprintf (number, sizeof number, "%" G_GUINT64_FORMAT, self->newest->index);
      self->encoded = bw_ws_text_finish (text, number);
      self->counters->frames_encoded++;
      self->counters->encode_us += (guint64) (g_get_monotonic_time () - begin_us);
    }

  return self->encoded;
}

BwRingFrame *
bw_stream_get_ring_frame (BwStream *self)
{
  BwRingFrame *frame = bw_frame_ring_get_newest (self->ring);

  if (frame == NULL
      || bw_ring_frame_get_picture (frame)->seq != (guint32) (self->newest->index + 1))
    {
      bw_frame_ring_add (self->ring, self->newest);
      frame = bw_frame_ring_get_newest (self->ring);
      bw_history_add (self->history, frame);
    }
  return frame;
}

static GBytes *
encode_for_viewer (gpointer frame,
                   gpointer base,
                   gpointer user_data)
{
  const BwViewer *viewer = bw_peer_get_user_data (user_data);

  return bw_frame_ring_encode (viewer->stream->ring, frame, base, viewer->wants_forces);
}

static const BwOutboxFrames ring_frames = {
  .encode = encode_for_viewer,
  .ref = (gpointer (*) (gpointer)) bw_ring_frame_ref,
  .unref = (void (*) (gpointer)) bw_ring_frame_unref,
};

void
bw_stream_send_newest (BwStream *self,
                       BwViewer *viewer,
                       gboolean  last)
{
  if (bw_viewer_is_json (viewer))
    {
      bw_peer_send_frame (viewer->peer, get_encoded (self), self->newest->index, last);
    }
  else if (viewer->ready && !viewer->hidden)
    {
      BwRingFrame *frame = bw_stream_get_ring_frame (self);

      bw_peer_send_frame (viewer->peer, frame, bw_ring_frame_get_picture (frame)->seq, last);
    }
}

/* Peers */

static void
complain (BwViewer   *viewer,
          const char *message)
{
  GString *text = bw_ws_text_begin ();

  bw_json_dialect_status (text, BW_STATUS_ERROR, message);
  bw_viewer_send_text (viewer, text);
}

gboolean
bw_stream_submit (BwStream  *self,
                  BwViewer  *viewer,
                  BwCommand *commands,
                  guint      n_commands)
{
  if (self->port == NULL)
    return FALSE;

  for (guint i = 0; i < n_commands; i++)
    {
      commands[i].origin = BW_ORIGIN_REMOTE;
      commands[i].actor = viewer->member.number;
    }
  bw_port_submit_all (self->port, commands, n_commands);
  return TRUE;
}

static void
hear_json (BwViewer   *viewer,
           const char *text,
           gsize       length)
{
  g_autoptr (GError) error = NULL;
  BwClientMessage message;

  if (!bw_client_message_parse (text, length, &message, &error))
    {
      complain (viewer, error->message);
    }
  else if (message.kind == BW_CLIENT_MESSAGE_PING)
    {
      GString *pong = bw_ws_text_begin ();

      bw_json_dialect_pong (pong);
      bw_viewer_send_text (viewer, pong);
    }
  else if (bw_peer_take_command (viewer->peer))
    {
      if (viewer->member.role < BW_ROLE_CONTROLLER)
        complain (viewer, "You may only watch this run, not control it");
      else
        bw_stream_submit (viewer->stream, viewer, &(BwCommand) { .kind = message.command }, 1);
    }
}

static void
on_message (BwPeer     *peer,
            const char *text,
            gsize       length,
            gpointer    user_data)
{
  BwViewer *viewer = user_data;

  if (bw_viewer_is_json (viewer))
    hear_json (viewer, text, length);
  else
    bw_viewer_hear (viewer, text, length);
}

static void
on_gone (BwPeer  *peer,
         gpointer user_data)
{
  BwViewer *viewer = user_data;
  BwStream *self = viewer->stream;

  if (bw_viewer_is_json (viewer))
    self->n_json--;
  bw_stream_remove_member (self, &viewer->member);
  g_ptr_array_remove_fast (self->viewers, viewer);
  bw_stream_count_forces (self);
  self->events->changed (self, self->user_data);
}

const BwPeerEvents bw_stream_peer_events = {
  .frames = &ring_frames,
  .message = on_message,
  .gone = on_gone,
};

void
bw_stream_count_forces (BwStream *self)
{
  gboolean wanted = self->n_json > 0;

  for (guint i = 0; !wanted && i < self->viewers->len; i++)
    wanted = ((const BwViewer *) g_ptr_array_index (self->viewers, i))->wants_forces;
  if (self->port != NULL)
    bw_port_set_forces (self->port, wanted);
}

static BwRunState
get_state (BwStream *self,
           gboolean *stop_requested)
{
  *stop_requested = FALSE;
  return self->port != NULL ? bw_port_get_state (self->port, stop_requested) : BW_RUN_IDLE;
}

void
bw_stream_welcome (BwStream *self,
                   BwViewer *viewer)
{
  GString *text = bw_ws_text_begin ();
  gboolean stop_requested;
  BwRunState state = get_state (self, &stop_requested);

  bw_json_dialect_welcome (text, self->fps, state == BW_RUN_PAUSED);
  bw_viewer_send_text (viewer, text);
  if (self->newest != NULL)
    bw_stream_send_newest (self, viewer, TRUE);

  if (stop_requested)
    {
      text = bw_ws_text_begin ();
      bw_json_dialect_control_state (text, state == BW_RUN_PAUSED, stop_requested);
      bw_viewer_send_text (viewer, text);
    }
}

/* What the viewer has, if it came back to the stream that it was in. */
static BwRingFrame *
find_base (BwStream              *self,
           const BwViewerMessage *hello)
{
  if (hello->instance != self->instance || hello->last_seq == 0)
    return NULL;

  return bw_frame_ring_find (self->ring, hello->last_seq);
}

void
bw_stream_admit (BwStream              *self,
                 BwViewer              *viewer,
                 const BwViewerMessage *hello)
{
  BwRingFrame *base = find_base (self, hello);
  g_autoptr (GByteArray) message = g_byte_array_new ();
  GByteArray *packet = g_byte_array_new ();
  g_autoptr (GBytes) framed = NULL;
  g_autoptr (GBytes) all = NULL;
  const char *etag;
  BwBinaryHello out = {
    .role = (guint8) viewer->member.role,
    .resumed = base != NULL,
    .fps = (float) self->fps,
    .you = viewer->member.number,
    .epoch = self->newest != NULL ? self->newest->epoch : 0,
    .instance = self->instance,
    .id = self->id,
    .title = self->title,
    .parts = hello->wants_parts ? self->board : NULL,
  };

  out.state = (guint8) get_state (self, &out.stop_requested);
  bw_binary_hello (&out, g_get_real_time (), message);
  bw_ws_append (packet, BW_WS_BINARY, message->data, message->len);
  g_byte_array_set_size (message, 0);
  bw_binary_board (bw_stream_get_geometry_hash (self),
                   (guint32) g_bytes_get_size (bw_stream_get_geometry (self, &etag)),
                   self->board->n_footprints, message);
  bw_ws_append (packet, BW_WS_BINARY, message->data, message->len);
  g_byte_array_set_size (message, 0);
  bw_binary_state (self->held, NULL, self->board->n_footprints, message);
  bw_ws_append (packet, BW_WS_BINARY, message->data, message->len);
  framed = g_byte_array_free_to_bytes (packet);
  bw_peer_send (viewer->peer, framed);

  if (base != NULL)
    bw_peer_set_base (viewer->peer, base, hello->last_seq);
  bw_stream_show (self, viewer);
  all = bw_members_tell_all (self->members, self->grabs);
  bw_peer_send (viewer->peer, all);
}

void
bw_stream_show (BwStream *self,
                BwViewer *viewer)
{
  if (self->newest != NULL)
    bw_stream_send_newest (self, viewer, FALSE);
}

/* Who is here */

static BwServerClient *
describe (BwStream *self,
          BwViewer *viewer,
          gint64    now_us)
{
  BwServerClient *client = g_new0 (BwServerClient, 1);
  gint64 then_us = viewer->then_us != 0 ? viewer->then_us : viewer->joined_us;
  guint64 n_frames = bw_peer_get_n_frames (viewer->peer);
  gint64 age_us = bw_peer_get_age_us (viewer->peer);

  *client = (BwServerClient) {
    .number = viewer->member.number,
    .session = g_strdup (self->id),
    .name = bw_member_dup_name (&viewer->member),
    .address = g_strdup (bw_peer_get_address (viewer->peer)),
    .dialect = bw_peer_get_dialect (viewer->peer),
    .role = viewer->member.role,
    .link_role = viewer->pass.role,
    .connected_s = (double) (now_us - viewer->joined_us) / G_USEC_PER_SEC,
    .age_ms = age_us >= 0 ? (double) age_us / 1000.0 : -1.0,
  };
  if (now_us > then_us)
    client->rate_hz = (double) (n_frames - viewer->n_frames_then) * G_USEC_PER_SEC
                      / (double) (now_us - then_us);
  viewer->n_frames_then = n_frames;
  viewer->then_us = now_us;
  return client;
}

void
bw_stream_list_clients (BwStream  *self,
                        GPtrArray *clients,
                        gint64     now_us)
{
  for (guint i = 0; i < self->viewers->len; i++)
    g_ptr_array_add (clients, describe (self, g_ptr_array_index (self->viewers, i), now_us));
}

static BwViewer *
find_viewer (BwStream *self,
             guint32   number)
{
  for (guint i = 0; i < self->viewers->len; i++)
    {
      BwViewer *viewer = g_ptr_array_index (self->viewers, i);

      if (viewer->member.number == number)
        return viewer;
    }
  return NULL;
}

gboolean
bw_stream_set_role (BwStream *self,
                    guint32   number,
                    BwRole    role)
{
  BwViewer *viewer = find_viewer (self, number);

  if (viewer == NULL)
    return FALSE;

  viewer->member.role = role;
  viewer->member.changed |= BW_PERSON_WHO;
  if (role < BW_ROLE_CONTROLLER)
    bw_stream_grab (self, viewer, NULL, 0, NULL);
  bw_stream_tell_presence (self);
  return TRUE;
}

gboolean
bw_stream_disconnect (BwStream *self,
                      guint32   number)
{
  BwViewer *viewer = find_viewer (self, number);

  if (viewer == NULL)
    return FALSE;

  bw_peer_close (viewer->peer, WSLAY_CODE_POLICY_VIOLATION,
                 "You were disconnected by whoever shares this board");
  return TRUE;
}

void
bw_stream_revoke (BwStream   *self,
                  const char *token)
{
  for (guint i = 0; i < self->viewers->len; i++)
    {
      BwViewer *viewer = g_ptr_array_index (self->viewers, i);

      if (viewer->pass.token == token)
        bw_peer_close (viewer->peer, WSLAY_CODE_POLICY_VIOLATION,
                       "Your link is not valid any more: ask for a new one");
    }
}
