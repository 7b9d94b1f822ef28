/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-stream.h"

#include <wslay/wslay.h>

#include "base/bw-hash.h"
#include "server/bw-ws-frame.h"
#include "wire/bw-board-json.h"
#include "wire/bw-client-message.h"
#include "wire/bw-json-dialect.h"

/* Every so many frames carry forces: they are larger than all the rest. */
#define FORCES_EVERY 5

struct _BwStream
{
  char *id;
  char *title;
  BwBoard *board;
  double fps;
  const BwServerLimits *limits;
  BwStreamFunc changed;
  gpointer user_data;

  BwPort *port;
  BwJsonDialect *dialect;
  GBytes *geometry;
  char *etag;
  GPtrArray *peers;

  /* The newest frame of the feed, and its encoding once it has one. */
  BwFrame *newest;
  BwFrame *told;         /* the one encoded last */
  GBytes *encoded;
  gboolean unsent;       /* `newest` has not gone to all peers */
  guint64 n_encoded;
  gint64 due_us;         /* when the next frame may be sent */
  GSource *due_source;

  gboolean paused;
  gboolean stop_requested;
  gboolean has_state;    /* the two above were told to the peers */
};

BwStream *
bw_stream_new (const char           *id,
               const char           *title,
               BwBoard              *board,
               double                fps,
               const BwServerLimits *limits,
               BwStreamFunc          changed,
               gpointer              user_data)
{
  BwStream *self = g_new0 (BwStream, 1);

  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->board = bw_board_ref (board);
  self->fps = fps;
  self->limits = limits;
  self->changed = changed;
  self->user_data = user_data;
  self->dialect = bw_json_dialect_new (board);
  self->peers = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_peer_free);
  return self;
}

static void
clear_due_source (BwStream *self)
{
  if (self->due_source == NULL)
    return;

  g_source_destroy (self->due_source);
  g_clear_pointer (&self->due_source, g_source_unref);
}

void
bw_stream_free (BwStream *self)
{
  if (self == NULL)
    return;

  clear_due_source (self);
  if (self->port != NULL)
    {
      bw_port_close (self->port);
      bw_port_unref (self->port);
    }
  g_ptr_array_unref (self->peers);
  g_clear_pointer (&self->newest, bw_frame_unref);
  g_clear_pointer (&self->told, bw_frame_unref);
  g_clear_pointer (&self->encoded, g_bytes_unref);
  g_clear_pointer (&self->geometry, g_bytes_unref);
  bw_json_dialect_free (self->dialect);
  bw_board_unref (self->board);
  g_free (self->etag);
  g_free (self->id);
  g_free (self->title);
  g_free (self);
}

void
bw_stream_set_port (BwStream *self,
                    BwPort   *port)
{
  /* An announcement may have brought it here before. */
  if (self->port == NULL)
    self->port = port;
  else
    bw_port_unref (port);
}

const char *
bw_stream_get_id (BwStream *self)
{
  return self->id;
}

const char *
bw_stream_get_title (BwStream *self)
{
  return self->title;
}

guint
bw_stream_get_n_peers (BwStream *self)
{
  return self->peers->len;
}

GBytes *
bw_stream_get_geometry (BwStream    *self,
                        const char **etag_out)
{
  if (self->geometry == NULL)
    {
      gsize size;
      gconstpointer data;

      self->geometry = bw_board_json_new (self->board);
      data = g_bytes_get_data (self->geometry, &size);
      self->etag = g_strdup_printf ("\"%016" G_GINT64_MODIFIER "x\"",
                                    bw_hash_bytes (BW_HASH_INIT, data, size));
    }

  *etag_out = self->etag;
  return self->geometry;
}

/* Frames */

/* The newest frame as all peers get it. */
static GBytes *
get_encoded (BwStream *self)
{
  if (self->encoded == NULL)
    {
      GString *text = bw_ws_text_begin ();
      char number[24];

      bw_json_dialect_frame (self->dialect, self->newest, self->told,
                             self->n_encoded % FORCES_EVERY == 0, text);
      self->n_encoded++;
      g_clear_pointer (&self->told, bw_frame_unref);
      self->told = bw_frame_ref (self->newest);
      g_snprintf (number, sizeof number, "%" G_GUINT64_FORMAT, self->newest->index);
      self->encoded = bw_ws_text_finish (text, number);
    }

  return self->encoded;
}

static void
send_newest_to_all (BwStream *self)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 period_us = (gint64) (G_USEC_PER_SEC / self->fps);

  clear_due_source (self);
  if (!self->unsent)
    return;

  self->unsent = FALSE;
  /* In step with the clock, unless there was nothing to send for a while. */
  self->due_us = MAX (self->due_us + period_us, now_us + period_us / 2);

  for (guint i = 0; i < self->peers->len; i++)
    bw_peer_send_frame (g_ptr_array_index (self->peers, i), get_encoded (self),
                        self->newest->index, self->newest->final);
}

static gboolean
on_due (gpointer user_data)
{
  send_newest_to_all (user_data);
  return G_SOURCE_REMOVE;
}

static void
send_when_due (BwStream *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (self->due_source != NULL || !self->unsent)
    return;

  if (now_us >= self->due_us)
    {
      send_newest_to_all (self);
      return;
    }

  self->due_source = g_timeout_source_new (0);
  g_source_set_ready_time (self->due_source, self->due_us);
  g_source_set_callback (self->due_source, on_due, self, NULL);
  g_source_attach (self->due_source, g_main_context_get_thread_default ());
}

/* A run's last frame does not wait for its turn: the next run's first would replace it. */
static void
take_frame (BwStream *self)
{
  g_autoptr (BwFrame) frame = bw_port_take_frame (self->port);

  if (frame == NULL)
    return;

  g_clear_pointer (&self->newest, bw_frame_unref);
  g_clear_pointer (&self->encoded, g_bytes_unref);
  self->newest = g_steal_pointer (&frame);
  self->unsent = TRUE;
  if (self->newest->final)
    send_newest_to_all (self);
}

/* The run log */

static void
send_to_all (BwStream *self,
             GString  *text)
{
  g_autoptr (GBytes) framed = bw_ws_text_finish (text, NULL);

  for (guint i = 0; i < self->peers->len; i++)
    bw_peer_send (g_ptr_array_index (self->peers, i), framed);
}

static void
tell_state (BwStream *self,
            gboolean  paused,
            gboolean  stop_requested)
{
  GString *text;

  if (self->has_state && self->paused == paused && self->stop_requested == stop_requested)
    return;

  self->has_state = TRUE;
  self->paused = paused;
  self->stop_requested = stop_requested;

  text = bw_ws_text_begin ();
  bw_json_dialect_control_state (text, paused, stop_requested);
  send_to_all (self, text);
}

static void
tell_entry (BwStream         *self,
            const BwLogEntry *entry)
{
  if (entry->kind == BW_LOG_STATE)
    {
      tell_state (self, entry->state == BW_RUN_PAUSED, entry->stop_requested);
    }
  else if (entry->kind == BW_LOG_STATUS)
    {
      GString *text = bw_ws_text_begin ();

      bw_json_dialect_status (text, entry->level, entry->message);
      send_to_all (self, text);
    }
}

/* Whether the run stands still from here on: what was on the way then comes first. */
static gboolean
is_halt (const BwLogEntry *entry)
{
  return entry->kind == BW_LOG_STATE && entry->state != BW_RUN_RUNNING;
}

void
bw_stream_port_func (BwPort  *port,
                     gpointer stream)
{
  BwStream *self = stream;
  BwLogEntry *next;

  if (self->port == NULL)
    self->port = bw_port_ref (port);

  while ((next = bw_port_next_entry (self->port)) != NULL)
    {
      g_autoptr (BwLogEntry) entry = next;

      /* A frame that came before the entry is in the slot by now: "complete" is said after the
       * last frame, "paused" after the one that the run stands at. */
      take_frame (self);
      if (is_halt (entry))
        send_newest_to_all (self);
      tell_entry (self, entry);
    }

  take_frame (self);
  send_when_due (self);
}

/* Peers */

static void
refuse_command (BwPeer *peer)
{
  GString *text = bw_ws_text_begin ();
  g_autoptr (GBytes) framed = NULL;

  bw_json_dialect_status (text, BW_STATUS_ERROR, "You may only watch this run, not control it");
  framed = bw_ws_text_finish (text, NULL);
  bw_peer_send (peer, framed);
}

static void
answer_ping (BwPeer *peer)
{
  GString *text = bw_ws_text_begin ();
  g_autoptr (GBytes) framed = NULL;

  bw_json_dialect_pong (text);
  framed = bw_ws_text_finish (text, NULL);
  bw_peer_send (peer, framed);
}

static void
answer_nonsense (BwPeer       *peer,
                 const GError *error)
{
  GString *text = bw_ws_text_begin ();
  g_autoptr (GBytes) framed = NULL;

  bw_json_dialect_status (text, BW_STATUS_ERROR, error->message);
  framed = bw_ws_text_finish (text, NULL);
  bw_peer_send (peer, framed);
}

static void
on_message (BwPeer     *peer,
            const char *text,
            gsize       length,
            gpointer    user_data)
{
  BwStream *self = user_data;
  g_autoptr (GError) error = NULL;
  BwClientMessage message;

  if (!bw_client_message_parse (text, length, &message, &error))
    answer_nonsense (peer, error);
  else if (message.kind == BW_CLIENT_MESSAGE_PING)
    answer_ping (peer);
  else if (!bw_peer_take_command (peer))
    return;
  else if (bw_peer_get_role (peer) < BW_ROLE_CONTROLLER)
    refuse_command (peer);
  else if (self->port != NULL)
    bw_port_submit (self->port, &(BwCommand) { .kind = message.command,
                                               .origin = BW_ORIGIN_REMOTE });
}

static void
on_gone (BwPeer  *peer,
         gpointer user_data)
{
  BwStream *self = user_data;

  g_ptr_array_remove_fast (self->peers, peer);
  if (self->peers->len == 0 && self->port != NULL)
    bw_port_set_forces (self->port, FALSE);
  self->changed (self, self->user_data);
}

static void
welcome (BwStream *self,
         BwPeer   *peer)
{
  GString *text = bw_ws_text_begin ();
  g_autoptr (GBytes) framed = NULL;
  gboolean stop_requested = FALSE;
  BwRunState state = BW_RUN_IDLE;

  if (self->port != NULL)
    state = bw_port_get_state (self->port, &stop_requested);
  bw_json_dialect_welcome (text, self->fps, state == BW_RUN_PAUSED);
  framed = bw_ws_text_finish (text, NULL);
  bw_peer_send (peer, framed);

  if (self->newest != NULL)
    bw_peer_send_frame (peer, get_encoded (self), self->newest->index, TRUE);

  if (stop_requested)
    {
      g_autoptr (GBytes) stopped = NULL;

      text = bw_ws_text_begin ();
      bw_json_dialect_control_state (text, state == BW_RUN_PAUSED, stop_requested);
      stopped = bw_ws_text_finish (text, NULL);
      bw_peer_send (peer, stopped);
    }
}

void
bw_stream_add_peer (BwStream   *self,
                    GIOStream  *connection,
                    BwRole      role,
                    const char *address)
{
  static const BwPeerEvents events = { .message = on_message, .gone = on_gone };
  BwPeer *peer;

  /* What happened before it came is no news to it. */
  if (self->port != NULL)
    bw_stream_port_func (self->port, self);

  peer = bw_peer_new (connection, role, address, self->limits, &events, self);
  g_ptr_array_add (self->peers, peer);
  welcome (self, peer);
  if (self->port != NULL)
    bw_port_set_forces (self->port, TRUE);
  send_when_due (self);
  self->changed (self, self->user_data);
}

void
bw_stream_end (BwStream   *self,
               const char *reason)
{
  if (self->port != NULL)
    {
      bw_stream_port_func (self->port, self);
      bw_port_close (self->port);
      g_clear_pointer (&self->port, bw_port_unref);
    }
  send_newest_to_all (self);

  for (guint i = 0; i < self->peers->len; i++)
    bw_peer_close (g_ptr_array_index (self->peers, i), WSLAY_CODE_GOING_AWAY, reason);
}

void
bw_stream_hurry (BwStream *self)
{
  for (guint i = 0; i < self->peers->len; i++)
    bw_peer_end_if_received (g_ptr_array_index (self->peers, i));
}

void
bw_stream_check_progress (BwStream *self,
                          gint64    now_us)
{
  for (guint i = 0; i < self->peers->len; i++)
    bw_peer_check_progress (g_ptr_array_index (self->peers, i), now_us);
}
