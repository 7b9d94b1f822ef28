/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-reader.h"

#include <string.h>

#include "base/bw-arc.h"
#include "board/bw-printable.h"

#define MAX_NOTES 100
#define COARSE_CHORD_ERROR_NM 1e6

static char *
message_at (BwReader   *self,
            guint32     offset,
            const char *format,
            va_list     arguments)
{
  g_autofree char *fact = g_strdup_vprintf (format, arguments);

  return g_strdup_printf ("%s:%u: %s", self->name, bw_sexpr_line (self->sexpr, offset), fact);
}

void
bw_reader_fail (BwReader   *self,
                guint32     offset,
                const char *format,
                ...)
{
  g_autofree char *message = NULL;
  g_autofree char *printable = NULL;
  va_list arguments;

  if (self->error != NULL)
    return;
  va_start (arguments, format);
  message = message_at (self, offset, format, arguments);
  va_end (arguments);
  printable = bw_dup_printable (message);
  g_set_error_literal (&self->error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT, printable);
}

void
bw_reader_note_text (BwReader *self,
                     char     *note)
{
  if (self->notes->len < MAX_NOTES)
    g_ptr_array_add (self->notes, bw_dup_printable (note));
  else
    self->n_notes_left_out++;
  g_free (note);
}

void
bw_reader_note (BwReader   *self,
                guint32     offset,
                const char *format,
                ...)
{
  va_list arguments;

  va_start (arguments, format);
  bw_reader_note_text (self, message_at (self, offset, format, arguments));
  va_end (arguments);
}

void
bw_reader_note_beside (BwReader   *self,
                       const char *extension,
                       const char *text,
                       gsize       offset,
                       const char *format,
                       ...)
{
  g_autofree char *name = NULL;
  g_autofree char *fact = NULL;
  guint line = 1;
  va_list arguments;

  /* Lines are not counted for a note that nobody will see: there may be millions. */
  if (self->notes->len >= MAX_NOTES)
    {
      self->n_notes_left_out++;
      return;
    }
  name = bw_reader_name_beside (self, extension);
  va_start (arguments, format);
  fact = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  for (gsize i = 0; i < offset; i++)
    line += text[i] == '\n';
  g_ptr_array_add (self->notes, g_strdup_printf ("%s:%u: %s", name, line, fact));
}

char *
bw_reader_name_beside (const BwReader *self,
                       const char     *extension)
{
  gsize length = strlen (self->name);

  if (g_str_has_suffix (self->name, ".kicad_pcb"))
    length -= strlen (".kicad_pcb");
  return g_strdup_printf ("%.*s%s", (int) MIN (length, 1000), self->name, extension);
}

void
bw_reader_note_unknown (BwReader *self,
                        guint32   node)
{
  guint32 offset = self->sexpr->nodes[node].offset;
  const char *text = self->sexpr->text + offset + 1;
  gsize length = 0;
  g_autofree char *word = NULL;

  while (length < 40 && (g_ascii_isalnum (text[length]) || text[length] == '_'))
    length++;
  word = g_strndup (text, length);
  if (g_hash_table_size (self->unknown) >= MAX_NOTES || g_hash_table_contains (self->unknown, word))
    return;
  bw_reader_note (self, offset, "“%s” is not understood and left as it is", word);
  g_hash_table_add (self->unknown, g_steal_pointer (&word));
}

gint64
bw_reader_micro (BwReader      *self,
                 BwSexprCursor *cursor)
{
  gint64 micro = 0;

  if (bw_sexpr_next_micro (cursor, &micro))
    return micro;
  if (cursor->kind != BW_SEXPR_ATOM)
    bw_reader_fail (self, cursor->offset, "a number is missing");
  else
    {
      g_autofree char *atom = g_strndup (self->sexpr->text + cursor->offset,
                                         MIN (cursor->length, 40));
      g_autofree char *shown = g_utf8_make_valid (atom, -1);

      bw_reader_fail (self, cursor->offset, "“%s” is not a number", shown);
    }
  return 0;
}

gint32
bw_reader_length (BwReader      *self,
                  BwSexprCursor *cursor)
{
  gint64 nm = bw_reader_micro (self, cursor);

  if (nm > BW_COORD_MAX_NM || nm < -BW_COORD_MAX_NM)
    {
      bw_reader_note (self, cursor->offset, "a length beyond 2 m was cut to that");
      nm = CLAMP (nm, -BW_COORD_MAX_NM, BW_COORD_MAX_NM);
    }
  return (gint32) nm;
}

gint32
bw_reader_angle (BwReader      *self,
                 BwSexprCursor *cursor)
{
  BwSexprCursor ahead = *cursor;
  gint64 micro;

  if (bw_sexpr_next (&ahead) != BW_SEXPR_ATOM || bw_sexpr_is (&ahead, "unlocked"))
    return 0;
  micro = bw_reader_micro (self, cursor) % (360 * G_GINT64_CONSTANT (1000000));
  return (gint32) ((micro + (micro < 0 ? -5000 : 5000)) / 10000);
}

BwPoint
bw_reader_point (BwReader *self,
                 guint32   node)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);
  gint32 x_nm = bw_reader_length (self, &cursor);
  gint32 y_nm = bw_reader_length (self, &cursor);

  return (BwPoint) { x_nm, y_nm };
}

gboolean
bw_reader_find_point (BwReader  *self,
                      guint32    node,
                      BwKeyword  keyword,
                      BwPoint   *point_out)
{
  guint32 child = bw_sexpr_find (self->sexpr, node, keyword);

  if (child == 0)
    return FALSE;
  *point_out = bw_reader_point (self, child);
  return TRUE;
}

gint32
bw_reader_find_length (BwReader  *self,
                       guint32    node,
                       BwKeyword  keyword,
                       gint32     otherwise)
{
  guint32 child = bw_sexpr_find (self->sexpr, node, keyword);
  BwSexprCursor cursor;

  if (child == 0)
    return otherwise;
  cursor = bw_sexpr_enter (self->sexpr, child);
  return bw_reader_length (self, &cursor);
}

static void
append_escaped (GString    *string,
                const char **p,
                const char *end)
{
  static const char letters[] = "nrtabfv";
  static const char meanings[] = "\n\r\t\a\b\f\v";
  const char *letter;

  if (*p + 1 == end)
    return;
  (*p)++;
  letter = **p != '\0' ? strchr (letters, **p) : NULL;
  g_string_append_c (string, letter != NULL ? meanings[letter - letters] : **p);
}

const char *
bw_reader_string (BwReader            *self,
                  const BwSexprCursor *cursor)
{
  const char *text = self->sexpr->text + cursor->offset;
  const char *end = text + cursor->length;
  g_autoptr (GString) string = NULL;
  g_autofree char *valid = NULL;

  if ((cursor->kind != BW_SEXPR_STRING || memchr (text, '\\', cursor->length) == NULL) &&
      g_utf8_validate_len (text, cursor->length, NULL))
    return bw_arena_string (self->arena, text, cursor->length);

  string = g_string_sized_new (cursor->length);
  for (const char *p = text; p < end; p++)
    if (*p == '\\' && cursor->kind == BW_SEXPR_STRING)
      append_escaped (string, &p, end);
    else
      g_string_append_c (string, *p);
  if (!g_utf8_validate (string->str, (gssize) string->len, NULL))
    bw_reader_note (self, cursor->offset, "a text that is not UTF-8 is shown with gaps");
  valid = g_utf8_make_valid (string->str, (gssize) string->len);
  return bw_arena_string (self->arena, valid, strlen (valid));
}

gboolean
bw_reader_flag (const BwReader *self,
                guint32         node)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, node);

  bw_sexpr_next (&cursor);
  return !bw_sexpr_is (&cursor, "no") && !bw_sexpr_is (&cursor, "false");
}

double
bw_reader_chord_error (BwReader *self)
{
  return self->n_points <= self->n_points_planned ? BW_BOARD_CHORD_ERROR_NM
                                                  : COARSE_CHORD_ERROR_NM;
}

void
bw_reader_add_point (BwReader *self,
                     BwPoint   point)
{
  self->n_points++;
  g_array_append_val (self->points, point);
}

void
bw_reader_trim_sheet (char *path)
{
  gsize length = strlen (path);

  if (length > 0 && path[length - 1] == '/')
    path[length - 1] = '\0';
}

BwRing
bw_reader_keep_ring (BwReader *self)
{
  return (BwRing) {
    bw_arena_copy (self->arena, self->points->data, self->points->len * sizeof (BwPoint)),
    self->points->len,
  };
}
