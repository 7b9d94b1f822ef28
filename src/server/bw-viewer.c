/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-viewer.h"

#include <wslay/wslay.h>

#include "server/bw-stream-private.h"
#include "server/bw-ws-frame.h"
#include "wire/bw-text-writer.h"

/* Of one PRESENCE with changes. */
#define MAX_CHANGES 64

#define WORDS_PER_S 10.0
#define WORDS_BURST 40.0
#define CURSORS_PER_S 30.0
#define CURSORS_BURST 30.0

/* Steps around the circle of colours that are far apart for numbers that follow each other. */
#define HUE_STEP 97

BwViewer *
bw_viewer_new (BwStream        *stream,
               const BwArrival *arrival,
               double           fps,
               guint32          number)
{
  BwViewer *self = g_new0 (BwViewer, 1);

  self->stream = stream;
  self->number = number;
  self->token_role = arrival->role;
  self->by_token = arrival->by_token;
  self->joined_us = g_get_monotonic_time ();
  self->words = bw_bucket_new (WORDS_BURST, self->joined_us);
  self->cursors = bw_bucket_new (CURSORS_BURST, self->joined_us);
  self->changed = BW_PERSON_WHO;
  self->ready = arrival->dialect == BW_DIALECT_JSON;
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

/* Presence */

static BwPerson
person_of (const BwViewer *self,
           guint8          fields)
{
  return (BwPerson) {
    .number = self->number,
    .fields = fields,
    .role = (guint8) bw_peer_get_role (self->peer),
    .hue = (guint8) (self->number * HUE_STEP),
    .name = self->name,
    .cursor_x_nm = self->x_nm,
    .cursor_y_nm = self->y_nm,
    .selection = self->selection,
    .n_selected = self->n_selected,
  };
}

static GBytes *
frame_people (GArray *people,
              guint8  flags)
{
  g_autoptr (GByteArray) message = g_byte_array_new ();
  GByteArray *packet = g_byte_array_new ();

  bw_binary_presence ((const BwPerson *) (const void *) people->data, people->len, flags, message);
  bw_ws_append (packet, BW_WS_BINARY, message->data, message->len);
  return g_byte_array_free_to_bytes (packet);
}

GBytes *
bw_viewers_tell_all (GPtrArray *viewers)
{
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (BwPerson));

  for (guint i = 0; i < viewers->len; i++)
    {
      const BwViewer *viewer = g_ptr_array_index (viewers, i);
      BwPerson person = person_of (viewer, BW_PERSON_WHO);

      if (!viewer->ready)
        continue;
      if (viewer->has_cursor)
        person.fields |= BW_PERSON_CURSOR;
      if (viewer->n_selected > 0)
        person.fields |= BW_PERSON_SELECTION;
      g_array_append_val (people, person);
    }

  return frame_people (people, BW_FLAG_WHOLE);
}

GBytes *
bw_viewers_tell_changes (GPtrArray *viewers,
                         GArray    *gone,
                         gboolean  *more_out)
{
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (BwPerson));

  *more_out = FALSE;
  for (guint i = 0; i < gone->len; i++)
    {
      BwPerson person = { .number = g_array_index (gone, guint32, i), .fields = BW_PERSON_GONE };

      g_array_append_val (people, person);
    }
  g_array_set_size (gone, 0);

  for (guint i = 0; i < viewers->len; i++)
    {
      BwViewer *viewer = g_ptr_array_index (viewers, i);
      BwPerson person;

      if (!viewer->ready || viewer->changed == 0)
        continue;
      if (people->len >= MAX_CHANGES)
        {
          *more_out = TRUE;
          break;
        }
      person = person_of (viewer, viewer->changed);
      g_array_append_val (people, person);
      viewer->changed = 0;
    }

  return people->len > 0 ? frame_people (people, 0) : NULL;
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

static void
send_text (BwViewer *self,
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
  send_text (self, text);
}

static void
answer_command (BwViewer              *self,
                const BwViewerMessage *message,
                const char            *result)
{
  GString *text = bw_ws_text_begin ();
  BwTextWriter writer = begin_text (text, "answer");

  bw_text_writer_name (&writer, "cmd_id");
  bw_text_writer_integer (&writer, message->cmd_id);
  bw_text_writer_name (&writer, "result");
  bw_text_writer_string (&writer, result);
  bw_text_writer_end_object (&writer);
  send_text (self, text);
}

static void
hear_command (BwViewer              *self,
              const BwViewerMessage *message)
{
  BwCommand command = { .kind = message->command, .footprint = message->part,
                        .pose = message->pose };

  if (!bw_peer_take_command (self->peer))
    return;

  if (!message->is_command
      || (message->command >= BW_COMMAND_MOVE
          && message->part >= bw_stream_get_n_parts (self->stream)))
    answer_command (self, message, "unknown");
  else if (bw_peer_get_role (self->peer) < BW_ROLE_CONTROLLER)
    answer_command (self, message, "denied");
  else if (!bw_stream_submit (self->stream, self, &command))
    answer_command (self, message, "ended");
  else
    answer_command (self, message, "accepted");
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
  send_text (self, text);
}

static void
tell (BwViewer *self,
      guint8    fields)
{
  self->changed |= fields;
  bw_stream_tell_presence (self->stream);
}

static void
hear_cursor (BwViewer              *self,
             const BwViewerMessage *message)
{
  /* The others are told of the newest now and then: what is too much needs no answer. */
  if (message->on
      && !bw_bucket_take (&self->cursors, CURSORS_PER_S, CURSORS_BURST, g_get_monotonic_time ()))
    return;

  self->has_cursor = message->on;
  self->x_nm = message->x_nm;
  self->y_nm = message->y_nm;
  self->changed &= (guint8) ~(BW_PERSON_CURSOR | BW_PERSON_NO_CURSOR);
  tell (self, self->has_cursor ? BW_PERSON_CURSOR : BW_PERSON_NO_CURSOR);
}

static void
hear_selection (BwViewer              *self,
                const BwViewerMessage *message)
{
  self->n_selected = 0;
  for (guint i = 0; i < message->n_selected; i++)
    {
      if (message->selection[i] < bw_stream_get_n_parts (self->stream))
        self->selection[self->n_selected++] = message->selection[i];
    }
  tell (self, BW_PERSON_SELECTION);
}

static void
hear_name (BwViewer              *self,
           const BwViewerMessage *message)
{
  memcpy (self->name, message->name, sizeof self->name);
  tell (self, BW_PERSON_WHO);
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
  memcpy (self->name, message->name, sizeof self->name);
  bw_stream_admit (self->stream, self, message);
  bw_stream_count_forces (self->stream);
  tell (self, BW_PERSON_WHO);
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
      hear_name (self, message);
      break;
    case BW_VIEWER_SELECT:
      hear_selection (self, message);
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
