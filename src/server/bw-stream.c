/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-stream.h"

#include <string.h>
#include <wslay/wslay.h>

#include "base/bw-hash.h"
#include "board/bw-board-reader.h"
#include "server/bw-stream-private.h"
#include "server/bw-ws-frame.h"
#include "wire/bw-board-json.h"

BwStream *
bw_stream_new (const char           *id,
               const char           *title,
               BwBoard              *board,
               double                fps,
               const BwServerLimits *limits,
               BwCounters           *counters,
               const BwStreamEvents *events,
               gpointer              user_data)
{
  BwStream *self = g_new0 (BwStream, 1);

  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->board = bw_board_ref (board);
  self->fps = fps;
  self->limits = limits;
  self->counters = counters;
  self->instance = (guint64) g_random_int () << 32 | g_random_int ();
  self->events = events;
  self->user_data = user_data;
  self->dialect = bw_json_dialect_new (board);
  self->ring = bw_frame_ring_new (board, counters);
  self->history = bw_history_new (BW_HISTORY_MAX_BYTES);
  self->viewers = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_viewer_free);
  self->gone = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->members = g_ptr_array_new ();
  self->own = (BwMember) { .number = BW_SERVER_OWN_NUMBER, .role = BW_ROLE_OWNER };
  self->grabs = bw_grabs_new ();
  self->held = g_new0 (guint8, board->n_footprints + 1);
  return self;
}

void
bw_stream_free (BwStream *self)
{
  if (self == NULL)
    return;

  bw_stream_clear_source (&self->due_source);
  bw_stream_clear_source (&self->presence_source);
  if (self->port != NULL)
    {
      bw_port_close (self->port);
      bw_port_unref (self->port);
    }
  g_ptr_array_unref (self->viewers);
  g_ptr_array_unref (self->members);
  g_array_unref (self->gone);
  bw_grabs_unref (self->grabs);
  g_free (self->held);
  bw_frame_ring_free (self->ring);
  bw_history_free (self->history);
  g_clear_pointer (&self->newest, bw_frame_unref);
  g_clear_pointer (&self->told, bw_frame_unref);
  g_clear_pointer (&self->encoded, g_bytes_unref);
  g_clear_pointer (&self->geometry, g_bytes_unref);
  g_clear_pointer (&self->placed, g_bytes_unref);
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
  return self->viewers->len;
}

const BwServerLimits *
bw_stream_get_limits (BwStream *self)
{
  return self->limits;
}

guint32
bw_stream_get_n_parts (BwStream *self)
{
  return self->board->n_footprints;
}

BwGrabs *
bw_stream_get_grabs (BwStream *self)
{
  return self->grabs;
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
      self->geometry_hash = bw_hash_bytes (BW_HASH_INIT, data, size);
      self->etag = g_strdup_printf ("\"%016" G_GINT64_MODIFIER "x\"", self->geometry_hash);
    }

  *etag_out = self->etag;
  return self->geometry;
}

guint64
bw_stream_get_geometry_hash (BwStream *self)
{
  const char *etag;

  bw_stream_get_geometry (self, &etag);
  return self->geometry_hash;
}

GBytes *
bw_stream_get_placed (BwStream *self,
                      BwTracks  tracks)
{
  if (self->placed == NULL && self->newest == NULL)
    self->placed = g_bytes_ref (bw_board_get_bytes (self->board));
  else if (self->placed == NULL)
    self->placed = bw_board_splice_placement (self->board, self->newest->poses,
                                              self->newest->tracks != BW_TRACKS_REFUSE
                                                ? self->newest->tracks : tracks, NULL);
  return self->placed;
}

GBytes *
bw_stream_encode_history (BwStream *self)
{
  return bw_history_encode (self->history);
}

/* Frames */

/* To all that speak boardwalk.1. */
static void
send_packet_to_all (BwStream *self,
                    GBytes   *packet)
{
  for (guint i = 0; i < self->viewers->len; i++)
    {
      BwViewer *viewer = g_ptr_array_index (self->viewers, i);

      if (!bw_viewer_is_json (viewer) && viewer->ready)
        bw_peer_send (viewer->peer, packet);
    }
}

void
bw_stream_tell_colors (BwStream *self)
{
  g_autoptr (GByteArray) message = g_byte_array_new ();
  GByteArray *packet = g_byte_array_new ();
  g_autoptr (GBytes) framed = NULL;

  g_clear_pointer (&self->geometry, g_bytes_unref);
  g_clear_pointer (&self->etag, g_free);
  bw_binary_colors (self->board, message);
  bw_ws_append (packet, BW_WS_BINARY, message->data, message->len);
  framed = g_byte_array_free_to_bytes (packet);
  send_packet_to_all (self, framed);
}

/* Which parts stay where they are from this frame on. */
static void
tell_holds (BwStream *self)
{
  g_autoptr (GByteArray) message = NULL;
  g_autoptr (GBytes) framed = NULL;
  GByteArray *packet;

  if (self->newest->held == NULL
      || memcmp (self->held, self->newest->held, self->board->n_footprints) == 0)
    return;

  message = g_byte_array_new ();
  packet = g_byte_array_new ();
  bw_binary_state (self->newest->held, self->held, self->board->n_footprints, message);
  bw_ws_append (packet, BW_WS_BINARY, message->data, message->len);
  framed = g_byte_array_free_to_bytes (packet);
  send_packet_to_all (self, framed);
  memcpy (self->held, self->newest->held, self->board->n_footprints);
}

static void
send_newest_to_all (BwStream *self)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 period_us = (gint64) (G_USEC_PER_SEC / self->fps);

  bw_stream_clear_source (&self->due_source);
  if (!self->unsent)
    return;

  self->unsent = FALSE;
  /* In step with the clock, unless there was nothing to send for a while. */
  self->due_us = MAX (self->due_us + period_us, now_us + period_us / 2);

  tell_holds (self);
  /* The history has it though nobody watches. */
  bw_stream_get_ring_frame (self);
  for (guint i = 0; i < self->viewers->len; i++)
    bw_stream_send_newest (self, g_ptr_array_index (self->viewers, i), self->newest->final);
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
  g_clear_pointer (&self->placed, g_bytes_unref);
  self->newest = g_steal_pointer (&frame);
  self->unsent = TRUE;
  if (self->newest->final)
    send_newest_to_all (self);
}

/* The run log */

/* To all that speak plain JSON; frees the text. */
static void
send_json_to_all (BwStream *self,
                  GString  *text)
{
  g_autoptr (GBytes) framed = bw_ws_text_finish (text, NULL);

  for (guint i = 0; i < self->viewers->len; i++)
    {
      BwViewer *viewer = g_ptr_array_index (self->viewers, i);

      if (bw_viewer_is_json (viewer))
        bw_peer_send (viewer->peer, framed);
    }
}

static char *
dup_name_of (BwStream *self,
         guint32   number)
{
  for (guint i = 0; number != 0 && i < self->viewers->len; i++)
    {
      const BwViewer *viewer = g_ptr_array_index (self->viewers, i);

      if (viewer->member.number == number)
        return bw_member_dup_name (&viewer->member);
    }
  return number == 0 && self->own.here ? bw_member_dup_name (&self->own) : NULL;
}

static void
append_event (BwStream         *self,
              const BwLogEntry *entry,
              GByteArray       *packet)
{
  g_autoptr (GByteArray) message = g_byte_array_new ();
  g_autofree char *name = NULL;

  if (self->n_json == self->viewers->len)
    return;
  if (entry->kind == BW_LOG_COMMAND)
    name = dup_name_of (self, entry->command.actor);
  bw_binary_event (entry, name, message);
  bw_ws_append (packet, BW_WS_BINARY, message->data, message->len);
}

/* Sends what has gathered. */
static void
flush_events (BwStream    *self,
              GByteArray **packet)
{
  g_autoptr (GByteArray) gathered = g_steal_pointer (packet);
  g_autoptr (GBytes) framed = NULL;

  if (gathered == NULL || self->n_json == self->viewers->len)
    return;

  framed = g_byte_array_free_to_bytes (g_steal_pointer (&gathered));
  send_packet_to_all (self, framed);
}

/* Commands come by hundreds where many parts are moved at once: those in a row are one packet, so
 * that they are not so many things that a viewer is owed. */
static void
gather_command (BwStream         *self,
                const BwLogEntry *entry,
                GByteArray      **packet)
{
  if (*packet == NULL)
    {
      take_frame (self);
      *packet = g_byte_array_new ();
    }
  append_event (self, entry, *packet);
}

static void
tell_event (BwStream         *self,
            const BwLogEntry *entry)
{
  GByteArray *packet = g_byte_array_new ();

  append_event (self, entry, packet);
  flush_events (self, &packet);
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
  send_json_to_all (self, text);
}

static void
tell_entry (BwStream   *self,
            BwLogEntry *entry)
{
  if (entry->kind == BW_LOG_METRICS)
    {
      bw_frame_ring_add_metrics (self->ring, entry);
      return;
    }

  tell_event (self, entry);
  if (entry->kind == BW_LOG_STATE)
    {
      tell_state (self, entry->state == BW_RUN_PAUSED, entry->stop_requested);
    }
  else if (entry->kind == BW_LOG_STATUS)
    {
      GString *text = bw_ws_text_begin ();

      bw_json_dialect_status (text, entry->level, entry->message);
      send_json_to_all (self, text);
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
  GByteArray *commands = NULL;
  BwLogEntry *next;

  if (self->port == NULL)
    self->port = bw_port_ref (port);

  while ((next = bw_port_next_entry (self->port)) != NULL)
    {
      g_autoptr (BwLogEntry) entry = next;

      if (entry->kind == BW_LOG_COMMAND)
        {
          gather_command (self, entry, &commands);
          continue;
        }
      flush_events (self, &commands);

      /* A frame that came before the entry is in the slot by now: "complete" is said after the
       * last frame, "paused" after the one that the run stands at. */
      take_frame (self);
      if (is_halt (entry))
        send_newest_to_all (self);
      tell_entry (self, entry);
    }
  flush_events (self, &commands);

  take_frame (self);
  send_when_due (self);
}

void
bw_stream_add_peer (BwStream        *self,
                    const BwArrival *arrival,
                    guint32          number)
{
  BwViewer *viewer;

  /* What happened before it came is no news to it. */
  if (self->port != NULL)
    bw_stream_port_func (self->port, self);

  viewer = bw_viewer_new (self, arrival, self->fps, number);
  g_ptr_array_add (self->viewers, viewer);
  bw_stream_add_member (self, &viewer->member);
  if (bw_viewer_is_json (viewer))
    {
      self->n_json++;
      bw_stream_welcome (self, viewer);
    }
  bw_stream_count_forces (self);
  send_when_due (self);
  self->events->changed (self, self->user_data);
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

  for (guint i = 0; i < self->viewers->len; i++)
    bw_peer_close (((BwViewer *) g_ptr_array_index (self->viewers, i))->peer,
                   WSLAY_CODE_GOING_AWAY, reason);
}

void
bw_stream_hurry (BwStream *self)
{
  for (guint i = 0; i < self->viewers->len; i++)
    bw_peer_end_if_received (((BwViewer *) g_ptr_array_index (self->viewers, i))->peer);
}

void
bw_stream_check_progress (BwStream *self,
                          gint64    now_us)
{
  gint64 patience_us = self->limits->handshake_ms * G_GINT64_CONSTANT (1000);

  for (guint i = 0; i < self->viewers->len; i++)
    {
      BwViewer *viewer = g_ptr_array_index (self->viewers, i);

      if (!viewer->ready && now_us - viewer->joined_us > patience_us)
        bw_peer_close (viewer->peer, WSLAY_CODE_POLICY_VIOLATION, "A hello is what comes first");
      bw_peer_check_progress (viewer->peer, now_us);
    }
  bw_stream_check_grabs (self, now_us);
}
