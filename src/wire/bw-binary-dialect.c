/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/bw-binary-dialect.h"

#include <math.h>

#include "wire/bw-le.h"

#define NO_MODULE G_MAXUINT16

#define HELLO_STOP_REQUESTED 1
#define HELLO_RESUMED 2

/* A part's index shares 24 bits with the kind of a force. */
#define KIND_BITS 3
#define MAX_FORCE_PARTS (1u << (24 - KIND_BITS))

void
bw_binary_header (const BwBinaryHeader *header,
                  GByteArray           *out)
{
  bw_le_u8 (out, header->op);
  bw_le_u8 (out, header->flags);
  bw_le_u16 (out, 0); /* the board: a session has one */
  bw_le_u32 (out, header->seq);
  bw_le_u32 (out, header->base);
  bw_le_u32 (out, header->n);
  bw_le_u64 (out, (guint64) header->time_us);
}

static void
write_parts (const BwBoard *board,
             GByteArray    *out)
{
  guint n_modules = MIN (board->n_modules, NO_MODULE);

  bw_le_u16 (out, (guint16) n_modules);
  for (guint i = 0; i < n_modules; i++)
    bw_le_text8 (out, board->modules[i].name);

  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      const BwFootprint *footprint = &board->footprints[i];
      gboolean has_module = footprint->module >= 0 && (guint) footprint->module < n_modules;

      bw_le_text8 (out, footprint->key);
      bw_le_u16 (out, has_module ? (guint16) footprint->module : NO_MODULE);
      bw_le_u8 (out, (guint8) footprint->pose.side);
    }
}

void
bw_binary_hello (const BwBinaryHello *hello,
                 gint64               time_us,
                 GByteArray          *out)
{
  guint32 n_parts = hello->parts != NULL ? hello->parts->n_footprints : 0;

  bw_binary_header (&(BwBinaryHeader) { .op = BW_OP_HELLO, .n = n_parts, .time_us = time_us }, out);
  bw_le_u16 (out, BW_BINARY_VERSION);
  bw_le_u8 (out, hello->role);
  bw_le_u8 (out, hello->state);
  bw_le_u8 (out, (guint8) ((hello->stop_requested ? HELLO_STOP_REQUESTED : 0)
                           | (hello->resumed ? HELLO_RESUMED : 0)));
  bw_le_f32 (out, hello->fps);
  bw_le_u32 (out, hello->you);
  bw_le_u32 (out, hello->epoch);
  bw_le_u64 (out, hello->instance);
  bw_le_text8 (out, hello->id);
  bw_le_text8 (out, hello->title);
  if (hello->parts != NULL)
    write_parts (hello->parts, out);
}

void
bw_binary_board (guint64     hash,
                 guint32     size,
                 guint32     n_parts,
                 GByteArray *out)
{
  bw_binary_header (&(BwBinaryHeader) { .op = BW_OP_BOARD, .n = n_parts }, out);
  bw_le_u64 (out, hash);
  bw_le_u32 (out, size);
}

static guint16
scaled (float value,
        float scale)
{
  float steps = value / scale;

  return isnan (steps) ? 0 : (guint16) (gint16) lrintf (CLAMP (steps, -32767.0f, 32767.0f));
}

void
bw_binary_forces (const BwFrame *frame,
                  guint32        seq,
                  GByteArray    *out)
{
  guint32 n_forces = frame->n_footprints <= MAX_FORCE_PARTS ? frame->n_forces : 0;
  float largest = 0.0f;
  float scale;

  if (n_forces == 0)
    return;

  for (guint32 i = 0; i < n_forces; i++)
    largest = fmaxf (largest, fmaxf (fabsf (frame->forces[i].fx), fabsf (frame->forces[i].fy)));
  scale = isfinite (largest) && largest > 0.0f ? largest / G_MAXINT16 : 1.0f;

  bw_binary_header (&(BwBinaryHeader) { .op = BW_OP_FORCES,
                                        .seq = seq,
                                        .n = n_forces,
                                        .time_us = frame->time_us }, out);
  bw_le_f32 (out, scale);
  for (guint32 i = 0; i < n_forces; i++)
    {
      const BwFrameForce *force = &frame->forces[i];
      guint32 part_and_kind = force->footprint << KIND_BITS | force->kind;

      bw_le_u8 (out, (guint8) part_and_kind);
      bw_le_u16 (out, (guint16) (part_and_kind >> 8));
      bw_le_u16 (out, scaled (force->fx, scale));
      bw_le_u16 (out, scaled (force->fy, scale));
    }
}

void
bw_binary_metrics (BwLogEntry *const *entries,
                   guint              n_entries,
                   GByteArray        *out)
{
  if (n_entries == 0)
    return;

  bw_binary_header (&(BwBinaryHeader) { .op = BW_OP_METRICS,
                                        .n = n_entries,
                                        .time_us = entries[n_entries - 1]->time_us }, out);
  for (guint i = 0; i < n_entries; i++)
    {
      const BwLogEntry *entry = entries[i];

      bw_le_u32 (out, entry->epoch);
      bw_le_u32 (out, entry->iteration);
      bw_le_u32 (out, entry->metrics.overlaps);
      bw_le_u32 (out, entry->metrics.outside);
      bw_le_f64 (out, entry->metrics.energy);
      bw_le_f64 (out, entry->metrics.hpwl_mm);
      bw_le_f32 (out, (float) entry->metrics.max_move_mm);
      bw_le_u8 (out, (guint8) entry->phase);
    }
}

static void
append_varint (GByteArray *out,
               guint32     value)
{
  for (; value >= 0x80; value >>= 7)
    bw_le_u8 (out, (guint8) (value | 0x80));
  bw_le_u8 (out, (guint8) value);
}

/* Those that are marked, of n, each as how many lie between it and the one before. */
static void
append_marked (BwOp            op,
               const BwFrame  *frame,
               guint32         seq,
               const guint8   *marked,
               guint32         n,
               GByteArray     *out)
{
  guint32 n_marked = 0, next = 0;

  for (guint32 i = 0; i < n; i++)
    n_marked += marked[i] != 0;
  if (n_marked == 0)
    return;

  bw_binary_header (&(BwBinaryHeader) { .op = (guint8) op,
                                        .seq = seq,
                                        .n = n_marked,
                                        .time_us = frame->time_us }, out);
  for (guint32 i = 0; i < n; i++)
    {
      if (marked[i] == 0)
        continue;
      append_varint (out, i - next);
      next = i + 1;
    }
}

void
bw_binary_strays (const BwFrame *frame,
                  guint32        seq,
                  GByteArray    *out)
{
  if (frame->strays != NULL)
    append_marked (BW_OP_STRAYS, frame, seq, frame->strays, frame->n_footprints, out);
}

void
bw_binary_clashes (const BwFrame *frame,
                   guint32        seq,
                   GByteArray    *out)
{
  if (frame->clashing != NULL)
    append_marked (BW_OP_CLASHES, frame, seq, frame->clashing, frame->n_footprints, out);
}

void
bw_binary_barred (const BwFrame *frame,
                  guint32        seq,
                  GByteArray    *out)
{
  if (frame->barred != NULL)
    append_marked (BW_OP_BARRED, frame, seq, frame->barred, frame->n_footprints, out);
}

void
bw_binary_copper (const BwBoard *board,
                  const BwFrame *frame,
                  guint32        seq,
                  GByteArray    *out)
{
  g_autofree gboolean *gone = NULL;
  g_autofree guint8 *marked = NULL;

  if (frame->tracks != BW_TRACKS_RIP_UP || board->n_tracks == 0)
    return;

  gone = g_new (gboolean, board->n_nets + 1);
  marked = g_new (guint8, board->n_nets + 1);
  bw_board_find_gone_copper (board, frame->poses, frame->tracks, gone);
  for (guint32 i = 0; i < board->n_nets; i++)
    marked[i] = gone[i] ? 1 : 0;
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      const BwFootprint *footprint = &board->footprints[i];

      for (guint32 k = 0; k < footprint->n_pads; k++)
        if (footprint->pads[k].net >= 0 && !bw_pose_equal (&frame->poses[i], &footprint->pose))
          marked[footprint->pads[k].net] = 0;
    }
  append_marked (BW_OP_COPPER, frame, seq, marked, board->n_nets, out);
}

void
bw_binary_colors (const BwBoard *board,
                  GByteArray    *out)
{
  bw_binary_header (&(BwBinaryHeader) { .op = BW_OP_COLORS, .n = board->n_modules }, out);
  for (guint32 i = 0; i < board->n_modules; i++)
    bw_le_u32 (out, bw_board_get_module_color (board, (gint32) i));
}

void
bw_binary_state (const guint8 *held,
                 const guint8 *before,
                 guint32       n_parts,
                 GByteArray   *out)
{
  guint32 n = 0;

  for (guint32 i = 0; i < n_parts; i++)
    n += before != NULL ? held[i] != before[i] : held[i] != 0;
  if (n == 0 && before != NULL)
    return;

  bw_binary_header (&(BwBinaryHeader) { .op = BW_OP_STATE,
                                        .flags = before == NULL ? BW_FLAG_WHOLE : 0,
                                        .n = n }, out);
  for (guint32 i = 0; i < n_parts; i++)
    {
      if (before != NULL ? held[i] == before[i] : held[i] == 0)
        continue;
      bw_le_u32 (out, i);
      bw_le_u8 (out, held[i] != 0);
    }
}

/* EVENT's numbers for the kinds of the log. */
static guint8
event_kind (BwLogKind kind)
{
  switch (kind)
    {
    case BW_LOG_STATE:
      return 2;
    case BW_LOG_COMMAND:
      return 3;
    case BW_LOG_STATUS:
    case BW_LOG_METRICS:
    default:
      return 1;
    }
}

void
bw_binary_event (const BwLogEntry *entry,
                 const char       *who,
                 GByteArray       *out)
{
  guint8 what = (guint8) entry->level;
  guint8 detail = 0;
  const char *text = entry->message;

  if (entry->kind == BW_LOG_STATE)
    {
      what = (guint8) entry->state;
      detail = entry->stop_requested;
    }
  else if (entry->kind == BW_LOG_COMMAND)
    {
      what = (guint8) entry->command.kind;
      detail = (guint8) entry->command.origin;
      text = who;
    }

  bw_binary_header (&(BwBinaryHeader) { .op = BW_OP_EVENT, .n = 1, .time_us = entry->time_us },
                    out);
  bw_le_u8 (out, event_kind (entry->kind));
  bw_le_u8 (out, what);
  bw_le_u8 (out, detail);
  bw_le_u32 (out, entry->epoch);
  bw_le_u32 (out, entry->iteration);
  bw_le_text16 (out, text);
  if (entry->kind == BW_LOG_COMMAND)
    {
      bw_le_u32 (out, entry->command.actor);
      bw_le_u32 (out, bw_command_kind_has_part (entry->command.kind) ? entry->command.footprint
                                                                     : G_MAXUINT32);
    }
}

static void
write_indexes (const guint32 *parts,
               guint16        n,
               GByteArray    *out)
{
  bw_le_u16 (out, n);
  for (guint i = 0; i < n; i++)
    bw_le_u32 (out, parts[i]);
}

static void
write_person (const BwPerson *person,
              GByteArray     *out)
{
  bw_le_u32 (out, person->number);
  bw_le_u8 (out, person->fields);
  if ((person->fields & BW_PERSON_WHO) != 0)
    {
      bw_le_u8 (out, person->role);
      bw_le_u8 (out, person->hue);
      bw_le_text8 (out, person->name);
    }
  if ((person->fields & BW_PERSON_CURSOR) != 0)
    {
      bw_le_u32 (out, (guint32) person->cursor_x_nm);
      bw_le_u32 (out, (guint32) person->cursor_y_nm);
    }
  if ((person->fields & BW_PERSON_SELECTION) != 0)
    write_indexes (person->selection, person->n_selected, out);
  if ((person->fields & BW_PERSON_GRABBED) != 0)
    write_indexes (person->grabbed, person->n_grabbed, out);
}

void
bw_binary_presence (const BwPerson *people,
                    guint           n_people,
                    guint8          flags,
                    GByteArray     *out)
{
  bw_binary_header (&(BwBinaryHeader) { .op = BW_OP_PRESENCE, .flags = flags, .n = n_people }, out);
  for (guint i = 0; i < n_people; i++)
    write_person (&people[i], out);
}
