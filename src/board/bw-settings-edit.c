/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-settings-edit.h"

#include <string.h>

#include "board/bw-board.h"
#include "board/bw-json.h"

#define EMPTY "{\n  \"version\": 1\n}\n"

static void
append_string (GString    *text,
               const char *string)
{
  g_string_append_c (text, '"');
  for (const char *p = string; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (text, "\\%c", *p);
    else if ((guchar) *p < 0x20)
      g_string_append_printf (text, "\\u%04x", (guint) *p);
    else
      g_string_append_c (text, *p);
  g_string_append_c (text, '"');
}

/* The object, with the member of that key left out, changed or added. Other members may hold any
 * byte. */
static GString *
write_object (const BwJson *json,
              guint32       object,
              const char   *key,
              const char   *value)
{
  GString *text = g_string_new ("{");
  const char *separator = "\n    ";

  for (guint32 member = object + 1;
       object != 0 && member < bw_json_token (json, object)->next;
       member = bw_json_token (json, member + 1)->next)
    {
      g_autofree char *other = bw_json_dup (json, member);
      const BwJsonToken *name = bw_json_token (json, member);
      const BwJsonToken *held = bw_json_token (json, member + 1);
      /* A string's token is what is between its quotes. */
      guint32 end = held->offset + held->length + (held->kind == BW_JSON_STRING);

      if (g_str_equal (other, key))
        continue;
      g_string_append (text, separator);
      g_string_append_len (text, json->text + name->offset - 1, end - name->offset + 1);
      separator = ",\n    ";
    }
  if (value != NULL)
    {
      g_string_append (text, separator);
      append_string (text, key);
      g_string_append_printf (text, ": %s", value);
    }
  return g_string_append (text, text->len > 1 ? "\n  }" : "}");
}

char *
bw_settings_quote (const char *text)
{
  GString *quoted = g_string_new (NULL);

  append_string (quoted, text);
  return g_string_free (quoted, FALSE);
}

GBytes *
bw_settings_edit (GBytes      *settings,
                  const char  *name,
                  const char  *object,
                  const char  *key,
                  const char  *value,
                  GError     **error)
{
  gsize length = strlen (EMPTY);
  const char *text = settings != NULL ? g_bytes_get_data (settings, &length) : EMPTY;
  guint line = 1;
  g_autoptr (BwJson) json = bw_json_new (length > 0 ? text : "", length, &line);
  g_autoptr (GString) edited = NULL;
  const BwJsonToken *token;
  guint32 index, begin, end;
  GString *result;

  if (json == NULL || bw_json_token (json, 0)->kind != BW_JSON_OBJECT)
    {
      g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT, "%s:%u: not a JSON object", name,
                   line);
      return NULL;
    }
  index = bw_json_find (json, 0, object);
  if (index != 0 && bw_json_token (json, index)->kind != BW_JSON_OBJECT)
    {
      g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT,
                   "%s:1: “%s” is not an object", name, object);
      return NULL;
    }
  edited = write_object (json, index, key, value);
  token = bw_json_token (json, index);
  /* In the place of the old one, or right behind the brace of the whole. */
  begin = index != 0 ? token->offset : token->offset + 1;
  end = index != 0 ? token->offset + token->length : begin;
  result = g_string_new_len (text, begin);
  if (index == 0)
    g_string_append_printf (result, "\n  \"%s\": ", object);
  g_string_append_len (result, edited->str, (gssize) edited->len);
  if (index == 0)
    g_string_append (result, token->next > 1 ? "," : "\n");
  g_string_append_len (result, text + end, (gssize) (length - end));
  return g_string_free_to_bytes (result);
}
