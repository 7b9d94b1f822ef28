/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-json.h"

#include <string.h>

static gboolean read_value (BwJson *self, guint32 *at, guint depth);

static void
skip_space (const BwJson *self,
            guint32      *at)
{
  while (*at < self->length && strchr (" \t\r\n", self->text[*at]) != NULL &&
         self->text[*at] != '\0')
    (*at)++;
}

static gboolean
take_char (const BwJson *self,
           guint32      *at,
           char          c)
{
  skip_space (self, at);
  if (*at >= self->length || self->text[*at] != c)
    return FALSE;
  (*at)++;
  return TRUE;
}

static gboolean
read_string (BwJson  *self,
             guint32 *at)
{
  BwJsonToken token = { .next = self->tokens->len + 1, .kind = BW_JSON_STRING };

  if (!take_char (self, at, '"'))
    return FALSE;
  token.offset = *at;
  for (; *at < self->length && self->text[*at] != '"'; (*at)++)
    if (self->text[*at] == '\\' && *at + 1 < self->length)
      (*at)++;
  token.length = *at - token.offset;
  g_array_append_val (self->tokens, token);
  return take_char (self, at, '"');
}

static gboolean
read_word (BwJson  *self,
           guint32 *at)
{
  BwJsonToken token = { *at, 0, self->tokens->len + 1, BW_JSON_OTHER };

  while (*at < self->length && (g_ascii_isalnum (self->text[*at]) ||
                                strchr ("+-.", self->text[*at]) != NULL) &&
         self->text[*at] != '\0')
    (*at)++;
  token.length = *at - token.offset;
  g_array_append_val (self->tokens, token);
  return token.length > 0;
}

static gboolean
read_members (BwJson  *self,
              guint32 *at,
              guint    depth,
              gboolean is_object)
{
  char closing = is_object ? '}' : ']';

  (*at)++;
  if (take_char (self, at, closing))
    return TRUE;
  do
    if ((is_object && (!read_string (self, at) || !take_char (self, at, ':'))) ||
        !read_value (self, at, depth))
      return FALSE;
  while (take_char (self, at, ','));
  return take_char (self, at, closing);
}

static gboolean
read_value (BwJson  *self,
            guint32 *at,
            guint    depth)
{
  guint index = self->tokens->len;
  gboolean is_object;
  BwJsonToken token;

  skip_space (self, at);
  if (*at >= self->length)
    return FALSE;
  if (self->text[*at] == '"')
    return read_string (self, at);
  is_object = self->text[*at] == '{';
  if (!is_object && self->text[*at] != '[')
    return read_word (self, at);

  if (depth == BW_JSON_MAX_DEPTH)
    return FALSE;
  token = (BwJsonToken) { *at, 0, 0, is_object ? BW_JSON_OBJECT : BW_JSON_ARRAY };
  g_array_append_val (self->tokens, token);
  if (!read_members (self, at, depth + 1, is_object))
    return FALSE;
  token.length = *at - token.offset;
  token.next = self->tokens->len;
  g_array_index (self->tokens, BwJsonToken, index) = token;
  return TRUE;
}

BwJson *
bw_json_new (const char *text,
             gsize       length,
             guint      *line_out)
{
  g_autoptr (BwJson) self = g_new0 (BwJson, 1);
  guint32 at = 0;

  self->text = text;
  self->length = (guint32) MIN (length, G_MAXINT32);
  self->tokens = g_array_new (FALSE, FALSE, sizeof (BwJsonToken));
  /* Some editors begin a file with the mark of its byte order. */
  if (self->length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    at = 3;
  if (read_value (self, &at, 0))
    {
      skip_space (self, &at);
      if (at == self->length)
        return g_steal_pointer (&self);
    }
  *line_out = 1;
  for (guint32 i = 0; i < at && i < self->length; i++)
    *line_out += text[i] == '\n';
  return NULL;
}

void
bw_json_free (BwJson *self)
{
  g_array_unref (self->tokens);
  g_free (self);
}

const BwJsonToken *
bw_json_token (const BwJson *self,
               guint32       index)
{
  return &g_array_index (self->tokens, BwJsonToken, index);
}

guint32
bw_json_find (const BwJson *self,
              guint32       object,
              const char   *key)
{
  gsize length = strlen (key);
  guint32 end = bw_json_token (self, object)->next;

  if (bw_json_token (self, object)->kind != BW_JSON_OBJECT)
    return 0;
  for (guint32 i = object + 1; i < end; i = bw_json_token (self, i + 1)->next)
    {
      const BwJsonToken *token = bw_json_token (self, i);

      if (token->length == length && memcmp (self->text + token->offset, key, length) == 0)
        return i + 1;
    }
  return 0;
}

static void
append_escape (GString     *string,
               const char **p,
               const char  *end)
{
  static const char letters[] = "nrtbf";
  static const char meanings[] = "\n\r\t\b\f";
  const char *letter = strchr (letters, **p);
  gunichar c = 0;

  if (**p != 'u' || end - *p < 5)
    {
      g_string_append_c (string, letter != NULL && **p != '\0' ? meanings[letter - letters] : **p);
      return;
    }
  for (guint i = 1; i <= 4; i++)
    c = c * 16 + (gunichar) MAX (g_ascii_xdigit_value ((*p)[i]), 0);
  /* Halves of a pair become gaps: no net or class is known to be called so. */
  g_string_append_unichar (string, g_unichar_validate (c) && c != 0 ? c : 0xfffd);
  *p += 4;
}

char *
bw_json_dup (const BwJson *self,
             guint32       index)
{
  const BwJsonToken *token = bw_json_token (self, index);
  const char *p = self->text + token->offset;
  const char *end = p + token->length;
  g_autoptr (GString) string = NULL;

  if (token->kind != BW_JSON_STRING)
    return NULL;
  string = g_string_sized_new (token->length);
  for (; p < end; p++)
    if (*p == '\\' && p + 1 < end)
      {
        p++;
        append_escape (string, &p, end);
      }
    else
      g_string_append_c (string, *p);
  return g_utf8_make_valid (string->str, (gssize) string->len);
}
