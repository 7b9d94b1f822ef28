/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-viewer.h"

#include <wslay/wslay.h>

#include "server/bw-stream-private.h"
#include "server/bw-ws-frame.h"
#include "wire/bw-text-writer.h"

#define WORDS_PER_S 10.0
#define WORDS_BURST 40.0
#define CURSORS_PER_S 30.0
#define CURSORS_BURST 30.0

BwViewer *
bw_viewer_new (BwStream        *stream,
               const BwArrival *arrival,
               double           fps,
               guint32          number)
{
  BwViewer *self = g_new0 (BwViewer, 1);

  self->stream = stream;
  self->member.number = number;
  self->member.role = arrival->pass.role;
  self->member.changed = BW_PERSON_WHO;
  self->pass = arrival->pass;
  self->joined_us = g_get_monotonic_time ();
  self->words = bw_bucket_new (WORDS_BURST, self->joined_us);
  self->cursors = bw_bucket_new (CURSORS_BURST, self->joined_us);
  self->ready = arrival->dialect == BW_DIALECT_JSON;
  self->member.here = self->ready;
  self->peer = bw_peer_new (arrival, bw_stream_get_limits (stream), fps, &bw_stream_peer_events,
                            self);
  return self;
}

void
bw_viewer_free (BwViewer *self)
{
  bw_peer_free (self->peer);
  g_free (self);
}

gboolean
bw_viewer_is_json (const BwViewer *self)
{
  return bw_peer_get_dialect (self->peer) == BW_DIALECT_JSON;
}

/* Words */

static BwTextWriter
begin_text (GString    *text,
            const char *type)
{
  BwTextWriter writer = bw_text_writer_on (text);

  bw_text_writer_begin_object (&writer);
  bw_text_writer_name (&writer, "type");
  bw_text_writer_string (&writer, type);
  return writer;
}

void
bw_viewer_send_text (BwViewer *self,
                     GString  *text)
{
  g_autoptr (GBytes) framed = bw_ws_text_finish (text, NULL);

  bw_peer_send (self->peer, framed);
}

static void
answer_error (BwViewer   *self,
              const char *message)
{
  GString *text = bw_ws_text_begin ();
  BwTextWriter writer = begin_text (text, "error");

  bw_text_writer_name (&writer, "message");
  bw_text_writer_string (&writer, message);
  bw_text_writer_end_object (&writer);
  bw_viewer_send_text (self, text);
}

void
bw_viewer_answer (BwViewer   *self,
                  gint64      cmd_id,
                  const char *result,
                  const char *token)
{
  GString *text = bw_ws_text_begin ();
  BwTextWriter writer = begin_text (text, "answer");

  bw_text_writer_name (&writer, "cmd_id");
  bw_text_writer_integer (&writer, cmd_id);
  bw_text_writer_name (&writer, "result");
  bw_text_writer_string (&writer, result);
  if (token != NULL)
    {
      bw_text_writer_name (&writer, "token");
      bw_text_writer_string (&writer, token);
    }
  bw_text_writer_end_object (&writer);
  bw_viewer_send_text (self, text);
}

/* Does it to each of the parts it is about that nobody else drags. */
static const char *
obey_for_parts (BwViewer              *self,
                const BwViewerMessage *message)
{
  BwCommand commands[BW_VIEWER_SELECTION_MAX];
  guint n = 0;

  for (guint i = 0; i < message->n_selected; i++)
    {
      if (bw_stream_may_move (self->stream, self, message->selection[i]))
        commands[n++] = (BwCommand) { .kind = message->command,
                                      .footprint = message->selection[i],
                                      .pose = message->poses[i] };
    }
  if (!bw_stream_submit (self->stream, self, commands, n))
    return "ended";
  return n == message->n_selected ? "accepted" : "taken";
}

/* With what it is about, if that is not the whole session: parts that a run is to move alone. */
static const char *
obey_at_once (BwViewer              *self,
              const BwViewerMessage *message)
{
  BwCommand commands[BW_VIEWER_SELECTION_MAX + 1];
  guint n = 0;

  for (guint i = 0; i < message->n_selected; i++)
    commands[n++] = (BwCommand) { .kind = BW_COMMAND_CHOOSE, .footprint = message->selection[i] };
  commands[n++] = (BwCommand) { .kind = message->command, .weight = message->weight,
                                .value = message->value, .net = message->net,
                                .asked = message->asked };
  return bw_stream_submit (self->stream, self, commands, n) ? "accepted" : "ended";
}

static gboolean
knows_parts (BwViewer              *self,
             const BwViewerMessage *message)
{
  guint32 n_parts = bw_stream_get_n_parts (self->stream);

  for (guint i = 0; i < message->n_selected; i++)
    {
      if (message->selection[i] >= n_parts)
        return FALSE;
    }
  return TRUE;
}

/* What is answered to a command; it has been passed on where that is "accepted". */
static const char *
obey (BwViewer              *self,
      const BwViewerMessage *message)
{
  if (!message->is_command || !knows_parts (self, message))
    return "unknown";
  if (self->member.role < BW_ROLE_CONTROLLER)
    return "denied";
  if (bw_command_kind_has_part (message->command))
    return obey_for_parts (self, message);
  return obey_at_once (self, message);
}

static void
hear_command (BwViewer              *self,
              const BwViewerMessage *message)
{
  if (bw_peer_take_command (self->peer))
    bw_viewer_answer (self, message->cmd_id, obey (self, message), NULL);
}

/* Milliseconds since 1970. */
static double
utc_ms (void)
{
  return (double) g_get_real_time () / 1000.0;
}

static void
hear_ping (BwViewer              *self,
           const BwViewerMessage *message,
           double                 t1_ms)
{
  GString *text = bw_ws_text_begin ();
  BwTextWriter writer = begin_text (text, "pong");

  bw_text_writer_name (&writer, "t0");
  bw_text_writer_number (&writer, message->t0);
  bw_text_writer_name (&writer, "t1");
  bw_text_writer_number (&writer, t1_ms);
  bw_text_writer_name (&writer, "t2");
  bw_text_writer_number (&writer, utc_ms ());
  bw_text_writer_end_object (&writer);
  bw_viewer_send_text (self, text);
}

static void
hear_cursor (BwViewer              *self,
             const BwViewerMessage *message)
{
  BwPoint at = { message->x_nm, message->y_nm };

  /* The others are told of the newest now and then: what is too much needs no answer. */
  if (message->on
      && !bw_bucket_take (&self->cursors, CURSORS_PER_S, CURSORS_BURST, g_get_monotonic_time ()))
    return;

  bw_member_point (&self->member, message->on ? &at : NULL);
  bw_stream_tell_presence (self->stream);
}

/* What it drags now: that of it which nobody else does. */
static void
hear_grab (BwViewer              *self,
           const BwViewerMessage *message)
{
  guint32 taken[BW_GRABS_MAX];
  GString *text = bw_ws_text_begin ();
  BwTextWriter writer = begin_text (text, "grabbed");
  guint n = bw_stream_grab (self->stream, self, message->selection, message->n_selected, taken);

  bw_text_writer_name (&writer, "parts");
  bw_text_writer_begin_array (&writer);
  for (guint i = 0; i < n; i++)
    bw_text_writer_integer (&writer, taken[i]);
  bw_text_writer_end_array (&writer);
  bw_text_writer_end_object (&writer);
  bw_viewer_send_text (self, text);
}

static void
hear_hello (BwViewer              *self,
            const BwViewerMessage *message)
{
  if (self->ready)
    {
      answer_error (self, "You have said hello before");
      return;
    }

  self->ready = TRUE;
  self->wants_forces = message->on;
  self->member.here = TRUE;
  bw_member_call (&self->member, message->name);
  bw_stream_admit (self->stream, self, message);
  bw_stream_count_forces (self->stream);
  bw_stream_tell_presence (self->stream);
}

/* What is said seldom. */
static void
hear_word (BwViewer              *self,
           const BwViewerMessage *message)
{
  if (!bw_bucket_take (&self->words, WORDS_PER_S, WORDS_BURST, g_get_monotonic_time ()))
    {
      bw_peer_close (self->peer, WSLAY_CODE_POLICY_VIOLATION,
                     "These are too many messages at once");
      return;
    }

  switch (message->kind)
    {
    case BW_VIEWER_HELLO:
      hear_hello (self, message);
      break;
    case BW_VIEWER_HIDE:
      self->hidden = TRUE;
      bw_peer_drop_frame (self->peer);
      break;
    case BW_VIEWER_SHOW:
      self->hidden = FALSE;
      bw_stream_show (self->stream, self);
      break;
    case BW_VIEWER_FORCES:
      self->wants_forces = message->on;
      bw_stream_count_forces (self->stream);
      break;
    case BW_VIEWER_NAME:
      bw_member_call (&self->member, message->name);
      bw_stream_tell_presence (self->stream);
      break;
    case BW_VIEWER_SELECT:
      bw_member_select (&self->member, message->selection, message->n_selected,
                        bw_stream_get_n_parts (self->stream));
      bw_stream_tell_presence (self->stream);
      break;
    case BW_VIEWER_GRAB:
      hear_grab (self, message);
      break;
    case BW_VIEWER_CLIENTS:
    case BW_VIEWER_PROMOTE:
    case BW_VIEWER_DISCONNECT:
    case BW_VIEWER_RENEW:
    case BW_VIEWER_REVOKE:
      bw_stream_ask (self->stream, self, message);
      break;
    case BW_VIEWER_COMMAND:
    case BW_VIEWER_PING:
    case BW_VIEWER_CURSOR:
    default:
      break;
    }
}

void
bw_viewer_hear (BwViewer   *self,
                const char *text,
                gsize       length)
{
  double now_ms = utc_ms ();
  g_autoptr (GError) error = NULL;
  BwViewerMessage message;

  if (!bw_viewer_message_parse (text, length, &message, &error))
    answer_error (self, error->message);
  else if (message.kind == BW_VIEWER_PING)
    hear_ping (self, &message, now_ms);
  else if (!self->ready && message.kind != BW_VIEWER_HELLO)
    answer_error (self, "Say hello first");
  else if (message.kind == BW_VIEWER_COMMAND)
    hear_command (self, &message);
  else if (message.kind == BW_VIEWER_CURSOR)
    hear_cursor (self, &message);
  else
    hear_word (self, &message);
}
