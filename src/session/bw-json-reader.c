/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-json-reader.h"

#include <stdarg.h>
#include <string.h>

#include "board/bw-printable.h"

#define MAX_NUMBER 64
#define MAX_NOTES 100
#define MAX_KEY_SHOWN 60

guint
bw_json_reader_line (BwJsonReader *self,
                     guint32       token)
{
  guint32 offset = bw_json_token (self->json, token)->offset;

  if (offset < self->line_offset)
    {
      self->line_offset = 0;
      self->line = 1;
    }
  for (; self->line_offset < offset; self->line_offset++)
    self->line += self->json->text[self->line_offset] == '\n';
  return self->line;
}

gboolean
bw_json_reader_fail (BwJsonReader *self,
                     guint32       token,
                     const char   *format,
                     ...)
{
  g_autofree char *fact = NULL;
  g_autofree char *printable = NULL;
  va_list args;

  va_start (args, format);
  fact = g_strdup_vprintf (format, args);
  va_end (args);
  printable = bw_dup_printable (fact);
  g_set_error (self->error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT, "%s:%u: %s", self->name,
               bw_json_reader_line (self, token), printable);
  return FALSE;
}

gboolean
bw_json_reader_is_word (BwJsonReader *self,
                        guint32       token,
                        const char   *word)
{
  const BwJsonToken *found = bw_json_token (self->json, token);

  return found->kind == BW_JSON_OTHER && found->length == strlen (word) &&
         memcmp (self->json->text + found->offset, word, found->length) == 0;
}

gboolean
bw_json_reader_number (BwJsonReader *self,
                       guint32       token,
                       const char   *what,
                       double        low,
                       double        high,
                       double       *value_out)
{
  const BwJsonToken *found = bw_json_token (self->json, token);
  char text[MAX_NUMBER + 1];
  char *end = text;

  if (found->kind == BW_JSON_OTHER && found->length <= MAX_NUMBER)
    {
      memcpy (text, self->json->text + found->offset, found->length);
      text[found->length] = '\0';
      if (!g_ascii_isalpha (text[0]))
        *value_out = g_ascii_strtod (text, &end);
      if (end != text && *end == '\0' && *value_out >= low && *value_out <= high)
        return TRUE;
    }
  return bw_json_reader_fail (self, token, "%s is to be a number from %g to %g", what, low, high);
}

gboolean
bw_json_reader_length (BwJsonReader *self,
                       guint32       token,
                       const char   *what,
                       gint32       *length_nm_out)
{
  double length_mm;

  if (!bw_json_reader_number (self, token, what, 0.0, bw_nm_to_mm (BW_COORD_MAX_NM), &length_mm))
    return FALSE;
  *length_nm_out = bw_nm_from_mm (length_mm);
  return TRUE;
}

gboolean
bw_json_reader_flag (BwJsonReader *self,
                     guint32       token,
                     const char   *what,
                     gboolean     *flag_out)
{
  *flag_out = bw_json_reader_is_word (self, token, "true");
  return *flag_out || bw_json_reader_is_word (self, token, "false") ||
         bw_json_reader_fail (self, token, "%s is to be true or false", what);
}

gboolean
bw_json_reader_choice (BwJsonReader      *self,
                       guint32            token,
                       const char        *what,
                       const char *const *names,
                       guint             *found_out)
{
  g_autofree char *text = bw_json_dup (self->json, token);
  g_autofree char *all = g_strjoinv (", ", (char **) names);

  for (*found_out = 0; text != NULL && names[*found_out] != NULL; ++*found_out)
    if (g_str_equal (text, names[*found_out]))
      return TRUE;
  return bw_json_reader_fail (self, token, "%s is to be one of: %s", what, all);
}

gboolean
bw_json_reader_find (BwJsonReader *self,
                     guint32       object,
                     const char   *key,
                     guint32      *value_out)
{
  *value_out = bw_json_find (self->json, object, key);
  return *value_out != 0 || bw_json_reader_fail (self, object, "\"%s\" is missing", key);
}

void
bw_json_reader_note (BwJsonReader *self,
                     guint32       token,
                     const char   *before,
                     const char   *after)
{
  g_autofree char *key = bw_json_dup (self->json, token);
  g_autofree char *shown = g_utf8_substring (key, 0, MIN (g_utf8_strlen (key, -1), MAX_KEY_SHOWN));
  g_autofree char *printable = bw_dup_printable (shown);

  if (self->notes->len > MAX_NOTES)
    return;
  if (self->notes->len == MAX_NOTES)
    g_ptr_array_add (self->notes, g_strdup_printf ("%s: there is more that is not understood",
                                                   self->name));
  else
    g_ptr_array_add (self->notes,
                     g_strdup_printf ("%s:%u: %s“%s”%s", self->name,
                                      bw_json_reader_line (self, token), before, printable,
                                      after));
}

void
bw_json_reader_note_unknown (BwJsonReader      *self,
                             guint32            object,
                             const char *const *known)
{
  guint32 end = bw_json_token (self->json, object)->next;

  if (bw_json_token (self->json, object)->kind != BW_JSON_OBJECT)
    return;
  for (guint32 member = object + 1; member < end && self->notes->len <= MAX_NOTES;
       member = bw_json_token (self->json, member + 1)->next)
    {
      g_autofree char *key = bw_json_dup (self->json, member);

      if (!g_strv_contains (known, key))
        bw_json_reader_note (self, member, "", " is not understood and left as it is");
    }
}
