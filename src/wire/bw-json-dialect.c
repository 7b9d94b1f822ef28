/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/bw-json-dialect.h"

#include "wire/bw-text-writer.h"

#include <string.h>

#define NO_FORCE G_MAXUINT32

struct _BwJsonDialect
{
  BwBoard *board;

  /* `"C1":[` for each footprint, one behind the other, and where each starts: escaping a key
   * once a board instead of once a frame is what makes a frame cheap. */
  GString *heads;
  gsize *head_at;

  char *modules; /* the whole object */

  /* Room for sorting forces by footprint: the first of each, and the next of the same one. */
  guint32 *first_force;
  GArray *next_force;
};

static char *
write_modules (const BwBoard *board)
{
  GString *text = g_string_new (NULL);
  BwTextWriter writer = bw_text_writer_on (text);

  bw_text_writer_begin_object (&writer);
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      gint32 module = board->footprints[i].module;

      if (module < 0 || (guint32) module >= board->n_modules)
        continue;

      bw_text_writer_name (&writer, board->footprints[i].key);
      bw_text_writer_string (&writer, board->modules[module].name);
    }
  bw_text_writer_end_object (&writer);

  return g_string_free (text, FALSE);
}

BwJsonDialect *
bw_json_dialect_new (BwBoard *board)
{
  BwJsonDialect *self;

  g_return_val_if_fail (board != NULL, NULL);

  self = g_new0 (BwJsonDialect, 1);
  self->board = bw_board_ref (board);
  self->heads = g_string_new (NULL);
  self->head_at = g_new (gsize, (gsize) board->n_footprints + 1);
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      BwTextWriter writer = bw_text_writer_on (self->heads);

      self->head_at[i] = self->heads->len;
      bw_text_writer_name (&writer, board->footprints[i].key);
      bw_text_writer_begin_array (&writer);
    }
  self->head_at[board->n_footprints] = self->heads->len;

  self->modules = write_modules (board);
  self->first_force = g_new (guint32, board->n_footprints);
  self->next_force = g_array_new (FALSE, FALSE, sizeof (guint32));

  return self;
}

void
bw_json_dialect_free (BwJsonDialect *self)
{
  if (self == NULL)
    return;

  g_string_free (self->heads, TRUE);
  g_free (self->head_at);
  g_free (self->modules);
  g_free (self->first_force);
  g_array_unref (self->next_force);
  bw_board_unref (self->board);
  g_free (self);
}

/* `"C1":[`, with the comma before it. */
static void
begin_part (BwJsonDialect *self,
            BwTextWriter  *writer,
            guint32        footprint)
{
  gsize at = self->head_at[footprint];

  bw_text_writer_raw (writer, self->heads->str + at, self->head_at[footprint + 1] - at);
  writer->comma = FALSE;
}

static void
write_components (BwJsonDialect *self,
                  BwTextWriter  *writer,
                  const BwFrame *frame)
{
  guint32 n = MIN (frame->n_footprints, self->board->n_footprints);

  bw_text_writer_begin_object (writer);
  for (guint32 i = 0; i < n; i++)
    {
      const BwPose *pose = &frame->poses[i];

      begin_part (self, writer, i);
      bw_text_writer_nm_as_mm (writer, pose->at.x_nm);
      bw_text_writer_nm_as_mm (writer, pose->at.y_nm);
      bw_text_writer_thousandths (writer, (gint64) pose->rotation_cdeg * 10);
      bw_text_writer_end_array (writer);
    }
  bw_text_writer_end_object (writer);
}

static void
sort_forces (BwJsonDialect *self,
             const BwFrame *frame)
{
  guint32 *next;

  g_array_set_size (self->next_force, frame->n_forces);
  next = (guint32 *) (void *) self->next_force->data;

  for (guint32 i = 0; i < self->board->n_footprints; i++)
    self->first_force[i] = NO_FORCE;

  /* Backwards, so that each footprint's own come out in the frame's order. */
  for (guint32 i = frame->n_forces; i-- > 0;)
    {
      guint32 footprint = frame->forces[i].footprint;

      if (footprint >= self->board->n_footprints)
        continue;

      next[i] = self->first_force[footprint];
      self->first_force[footprint] = i;
    }
}

static void
write_forces (BwJsonDialect *self,
              BwTextWriter  *writer,
              const BwFrame *frame)
{
  const guint32 *next;

  bw_text_writer_begin_object (writer);
  if (frame != NULL && frame->n_forces > 0)
    {
      sort_forces (self, frame);
      next = (const guint32 *) (const void *) self->next_force->data;

      for (guint32 part = 0; part < self->board->n_footprints; part++)
        {
          if (self->first_force[part] == NO_FORCE)
            continue;

          begin_part (self, writer, part);
          for (guint32 i = self->first_force[part]; i != NO_FORCE; i = next[i])
            {
              const BwFrameForce *force = &frame->forces[i];

              bw_text_writer_begin_array (writer);
              bw_text_writer_number (writer, force->fx);
              bw_text_writer_number (writer, force->fy);
              bw_text_writer_string (writer, bw_force_kind_name ((BwForceKind) force->kind));
              bw_text_writer_end_array (writer);
            }
          bw_text_writer_end_array (writer);
        }
    }
  bw_text_writer_end_object (writer);
}

static void
begin_message (BwTextWriter *writer,
               const char   *type)
{
  bw_text_writer_begin_object (writer);
  bw_text_writer_name (writer, "type");
  bw_text_writer_string (writer, type);
}

void
bw_json_dialect_frame (BwJsonDialect *self,
                       const BwFrame *frame,
                       const BwFrame *previous,
                       gboolean       with_forces,
                       GString       *text)
{
  BwTextWriter writer = bw_text_writer_on (text);
  char label[32];

  begin_message (&writer, "frame");
  bw_text_writer_name (&writer, "timestamp");
  bw_text_writer_thousandths (&writer, frame->time_us / 1000);
  bw_text_writer_name (&writer, "data");

  bw_text_writer_begin_object (&writer);
  bw_text_writer_name (&writer, "index");
  bw_text_writer_integer (&writer, (gint64) MIN (frame->index, (guint64) G_MAXINT64));
  bw_text_writer_name (&writer, "label");
  g_snprintf (label, sizeof label, "Iteration %u", frame->iteration);
  bw_text_writer_string (&writer, label);
  bw_text_writer_name (&writer, "iteration");
  bw_text_writer_integer (&writer, frame->iteration);
  bw_text_writer_name (&writer, "phase");
  bw_text_writer_string (&writer, bw_phase_name (frame->phase));
  bw_text_writer_name (&writer, "components");
  write_components (self, &writer, frame);
  bw_text_writer_name (&writer, "modules");
  bw_text_writer_raw (&writer, self->modules, strlen (self->modules));
  bw_text_writer_name (&writer, "forces");
  write_forces (self, &writer, with_forces ? frame : NULL);
  bw_text_writer_name (&writer, "energy");
  bw_text_writer_number (&writer, frame->energy);
  bw_text_writer_name (&writer, "max_move");
  bw_text_writer_number (&writer, previous != NULL ? bw_frame_max_move_mm (frame, previous)
                                                   : frame->max_move_mm);
  bw_text_writer_name (&writer, "overlap_count");
  bw_text_writer_integer (&writer, frame->overlaps);
  bw_text_writer_name (&writer, "total_wire_length");
  bw_text_writer_number (&writer, frame->hpwl_mm);
  bw_text_writer_end_object (&writer);

  bw_text_writer_end_object (&writer);
}

void
bw_json_dialect_welcome (GString  *text,
                         double    fps,
                         gboolean  paused)
{
  BwTextWriter writer = bw_text_writer_on (text);

  begin_message (&writer, "welcome");
  bw_text_writer_name (&writer, "fps");
  bw_text_writer_number (&writer, fps);
  bw_text_writer_name (&writer, "paused");
  bw_text_writer_boolean (&writer, paused);
  bw_text_writer_end_object (&writer);
}

void
bw_json_dialect_status (GString      *text,
                        BwStatusLevel level,
                        const char   *message)
{
  BwTextWriter writer = bw_text_writer_on (text);

  begin_message (&writer, "status");
  bw_text_writer_name (&writer, "status");
  bw_text_writer_string (&writer, bw_status_level_name (level));
  bw_text_writer_name (&writer, "message");
  bw_text_writer_string (&writer, message);
  bw_text_writer_end_object (&writer);
}

void
bw_json_dialect_control_state (GString  *text,
                               gboolean  paused,
                               gboolean  stop_requested)
{
  BwTextWriter writer = bw_text_writer_on (text);

  begin_message (&writer, "control_state");
  bw_text_writer_name (&writer, "paused");
  bw_text_writer_boolean (&writer, paused);
  bw_text_writer_name (&writer, "stop_requested");
  bw_text_writer_boolean (&writer, stop_requested);
  bw_text_writer_end_object (&writer);
}

void
bw_json_dialect_pong (GString *text)
{
  BwTextWriter writer = bw_text_writer_on (text);

  begin_message (&writer, "pong");
  bw_text_writer_end_object (&writer);
}
