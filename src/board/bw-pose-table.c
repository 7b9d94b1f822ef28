/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-pose-table.h"

#include <string.h>

#include "board/bw-printable.h"
#include "board/bw-sexpr.h"
#include "board/bw-splice.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define MICRO_PER_CDEG 10000

/* How much of a wrong value a message repeats. */
#define MAX_QUOTED_CHARS 40

enum
{
  COLUMN_REFERENCE,
  COLUMN_X,
  COLUMN_Y,
  COLUMN_ROTATION,
  COLUMN_SIDE,
  N_COLUMNS
};

static const char *const titles[N_COLUMNS] = {
  "reference", "x_mm", "y_mm", "rotation_deg", "side",
};

static const char *const side_names[BW_N_SIDES] = { "front", "back" };

static gboolean
needs_quotes (const char *key)
{
  for (; *key != '\0'; key++)
    if (*key == ',' || *key == '"' || (guchar) *key <= ' ')
      return TRUE;
  return FALSE;
}

static void
append_key (GString    *text,
            const char *key)
{
  if (!needs_quotes (key))
    {
      g_string_append (text, key);
      return;
    }
  g_string_append_c (text, '"');
  for (; *key != '\0'; key++)
    {
      if (*key == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *key);
    }
  g_string_append_c (text, '"');
}

static void
append_number (GString *text,
               gint64   micro)
{
  char buffer[32];

  bw_splice_format_number (micro, buffer);
  g_string_append_c (text, ',');
  g_string_append (text, buffer);
}

GBytes *
bw_pose_table_write (const BwBoard *board,
                     const BwPose  *poses)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < N_COLUMNS; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", titles[i]);
  g_string_append_c (text, '\n');
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      append_key (text, board->footprints[i].key);
      append_number (text, poses[i].at.x_nm);
      append_number (text, poses[i].at.y_nm);
      append_number (text, (gint64) poses[i].rotation_cdeg * MICRO_PER_CDEG);
      g_string_append_printf (text, ",%s\n", side_names[poses[i].side == BW_SIDE_BACK]);
    }
  return g_string_free_to_bytes (text);
}

/* Takes a table apart, record by record. */
typedef struct
{
  const char *name;
  const char *p;
  const char *end;
  guint line;              /* of p */
  guint record_line;       /* where the record begins */
  GString *values[N_COLUMNS];
  guint n_values;
} Reader;

static gboolean fail (Reader *self, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (Reader     *self,
      GError    **error,
      const char *format,
      ...)
{
  g_autofree char *fact = NULL;
  va_list args;

  va_start (args, format);
  fact = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT, "%s:%u: %s", self->name,
               self->record_line, fact);
  return FALSE;
}

/* A value as a message may repeat it: on one line, and not for pages. */
static char *
dup_quotable (const GString *value)
{
  g_autofree char *text = g_utf8_substring (value->str, 0, MIN (g_utf8_strlen (value->str, -1),
                                                                MAX_QUOTED_CHARS));

  return bw_dup_printable (text);
}

/* Past a value within quotes; a quote in it is written twice. */
static gboolean
read_quoted (Reader   *self,
             GString  *value,
             GError  **error)
{
  for (self->p++; self->p < self->end; self->p++)
    {
      if (*self->p == '\n')
        self->line++;
      if (*self->p == '"' && (++self->p == self->end || *self->p != '"'))
        {
          if (self->p < self->end && strchr (",\r\n", *self->p) == NULL)
            return fail (self, error, "a value goes on after its closing quote");
          return TRUE;
        }
      g_string_append_c (value, *self->p);
    }
  return fail (self, error, "a quote is opened and never closed");
}

static gboolean
read_value (Reader   *self,
            GError  **error)
{
  /* Those of a record that is too long are only counted. */
  GString *value = self->values[MIN (self->n_values, N_COLUMNS - 1)];
  const char *start = self->p;

  g_string_truncate (value, 0);
  self->n_values++;
  if (self->p < self->end && *self->p == '"')
    return read_quoted (self, value, error);
  while (self->p < self->end && strchr (",\r\n", *self->p) == NULL)
    self->p++;
  g_string_append_len (value, start, self->p - start);
  g_strstrip (value->str);
  value->len = strlen (value->str);
  return TRUE;
}

/* The next record that is not an empty line; one of no values at the end. */
static gboolean
read_record (Reader   *self,
             GError  **error)
{
  self->n_values = 0;
  for (; self->p < self->end && strchr ("\r\n", *self->p) != NULL; self->p++)
    self->line += *self->p == '\n';
  self->record_line = self->line;
  if (self->p == self->end)
    return TRUE;

  while (TRUE)
    {
      if (!read_value (self, error))
        return FALSE;
      if (self->p == self->end || *self->p != ',')
        break;
      self->p++;
    }
  if (self->n_values != N_COLUMNS)
    return fail (self, error, "%u values where there must be %u", self->n_values, N_COLUMNS);
  return TRUE;
}

static gboolean
read_header (Reader  *self,
             GError **error)
{
  if (!read_record (self, error))
    return FALSE;
  if (self->n_values == 0)
    return fail (self, error, "empty; the first line must name the columns");
  for (guint i = 0; i < N_COLUMNS; i++)
    if (!g_str_equal (self->values[i]->str, titles[i]))
      {
        g_autofree char *value = dup_quotable (self->values[i]);

        return fail (self, error, "column %u is called \"%s\", not %s", i + 1, value, titles[i]);
      }
  return TRUE;
}

static gboolean
parse_number (Reader   *self,
              guint     column,
              gint64    max_micro,
              gint64   *micro_out,
              GError  **error)
{
  const GString *text = self->values[column];
  g_autofree char *value = dup_quotable (text);

  if (!bw_sexpr_parse_micro (text->str, text->len, micro_out))
    return fail (self, error, "%s is \"%s\", which is no number", titles[column], value);
  if (*micro_out < -max_micro || *micro_out > max_micro)
    return fail (self, error, "%s is %s, which is more than %" G_GINT64_FORMAT, titles[column],
                 value, max_micro / 1000000);
  return TRUE;
}

static gboolean
parse_pose (Reader  *self,
            BwPose  *pose_out,
            GError **error)
{
  const GString *side = self->values[COLUMN_SIDE];
  gint64 x, y, rotation;

  if (!parse_number (self, COLUMN_X, BW_COORD_MAX_NM, &x, error) ||
      !parse_number (self, COLUMN_Y, BW_COORD_MAX_NM, &y, error) ||
      !parse_number (self, COLUMN_ROTATION, G_GINT64_CONSTANT (1000000) * 1000000, &rotation,
                     error))
    return FALSE;

  pose_out->at = (BwPoint) { (gint32) x, (gint32) y };
  rotation += rotation < 0 ? -MICRO_PER_CDEG / 2 : MICRO_PER_CDEG / 2;
  pose_out->rotation_cdeg = bw_cdeg_normalize (rotation / MICRO_PER_CDEG);
  for (guint i = 0; i < BW_N_SIDES; i++)
    if (g_str_equal (side->str, side_names[i]))
      {
        pose_out->side = (BwSide) i;
        return TRUE;
      }
  {
    g_autofree char *value = dup_quotable (side);

    return fail (self, error, "side is \"%s\", not front or back", value);
  }
}

static gboolean
read_rows (Reader        *self,
           const BwBoard *board,
           BwPose        *poses,
           GError       **error)
{
  g_autofree guint *lines = g_new0 (guint, board->n_footprints);

  while (TRUE)
    {
      g_autofree char *key = NULL;
      gint32 i;

      if (!read_record (self, error))
        return FALSE;
      if (self->n_values == 0)
        return TRUE;

      key = dup_quotable (self->values[COLUMN_REFERENCE]);
      i = bw_board_find (board, self->values[COLUMN_REFERENCE]->str);
      if (i < 0)
        return fail (self, error, "there is no part \"%s\" on %s", key, board->name);
      if (lines[i] != 0)
        return fail (self, error, "%s has had its pose in line %u", key, lines[i]);
      lines[i] = self->record_line;
      if (!parse_pose (self, &poses[i], error))
        return FALSE;
    }
}

/* Text, that is: without zero bytes, in UTF-8. */
static gboolean
check_text (Reader   *self,
            GError  **error)
{
  const char *bad;

  if (g_utf8_validate (self->p, self->end - self->p, &bad))
    return TRUE;
  for (const char *p = self->p; p < bad; p++)
    self->record_line += *p == '\n';
  return fail (self, error, "a byte that cannot be in UTF-8 text");
}

gboolean
bw_pose_table_read (GBytes         *bytes,
                    const char     *name,
                    const BwBoard  *board,
                    BwPose         *poses,
                    GError        **error)
{
  Reader reader = { .name = name, .line = 1, .record_line = 1 };
  gboolean done;
  gsize length;

  g_return_val_if_fail (bytes != NULL, FALSE);
  g_return_val_if_fail (board != NULL, FALSE);
  g_return_val_if_fail (poses != NULL || board->n_footprints == 0, FALSE);

  reader.p = g_bytes_get_data (bytes, &length);
  reader.end = reader.p + length;
  if (!check_text (&reader, error))
    return FALSE;
  if (length >= strlen (BYTE_ORDER_MARK) && g_str_has_prefix (reader.p, BYTE_ORDER_MARK))
    reader.p += strlen (BYTE_ORDER_MARK);

  for (guint i = 0; i < N_COLUMNS; i++)
    reader.values[i] = g_string_new (NULL);
  done = read_header (&reader, error) && read_rows (&reader, board, poses, error);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_string_free (reader.values[i], TRUE);
  return done;
}
