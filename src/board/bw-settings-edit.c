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

/* What is no settings fails with its line. `index_out`: the member of that key; 0: none. */
static BwJson *
read_settings (const char  *text,
               gsize        length,
               const char  *name,
               const char  *key,
               BwJsonKind   kind,
               guint32     *index_out,
               GError     **error)
{
  guint line = 1;
  g_autoptr (BwJson) json = bw_json_new (length > 0 ? text : "", length, &line);

  if (json == NULL || bw_json_token (json, 0)->kind != BW_JSON_OBJECT)
    {
      g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT, "%s:%u: not a JSON object", name,
                   line);
      return NULL;
    }
  *index_out = bw_json_find (json, 0, key);
  if (*index_out != 0 && bw_json_token (json, *index_out)->kind != kind)
    {
      g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT, "%s:1: “%s” is not an %s", name,
                   key, kind == BW_JSON_OBJECT ? "object" : "array");
      return NULL;
    }
  return g_steal_pointer (&json);
}

/* The whole with `value` in the place of the member, or right behind the first brace. */
static GBytes *
put_member (const BwJson *json,
            guint32       index,
            const char   *key,
            const char   *value)
{
  const BwJsonToken *token = bw_json_token (json, index);
  guint32 begin = index != 0 ? token->offset : token->offset + 1;
  guint32 end = index != 0 ? token->offset + token->length : begin;
  GString *result = g_string_new_len (json->text, begin);

  if (index == 0)
    g_string_append_printf (result, "\n  \"%s\": ", key);
  g_string_append (result, value);
  if (index == 0)
    g_string_append (result, token->next > 1 ? "," : "\n");
  g_string_append_len (result, json->text + end, (gssize) (json->length - end));
  return g_string_free_to_bytes (result);
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
  guint32 index;
  g_autoptr (BwJson) json = read_settings (text, length, name, object, BW_JSON_OBJECT, &index,
                                           error);
  g_autoptr (GString) edited = NULL;

  if (json == NULL)
    return NULL;
  edited = write_object (json, index, key, value);
  return put_member (json, index, object, edited->str);
}

static guint32
value_end (const BwJson *json,
           guint32       index)
{
  const BwJsonToken *token = bw_json_token (json, index);

  return token->offset + token->length + (token->kind == BW_JSON_STRING);
}

static guint32
value_begin (const BwJson *json,
             guint32       index)
{
  const BwJsonToken *token = bw_json_token (json, index);

  return token->offset - (token->kind == BW_JSON_STRING);
}

char *
bw_settings_dup_value (const BwJson *json,
                       guint32       index)
{
  guint32 begin = value_begin (json, index);

  return g_strndup (json->text + begin, value_end (json, index) - begin);
}

char *
bw_settings_dup_member (GBytes     *settings,
                        const char *object,
                        const char *key)
{
  gsize length = 0;
  const char *text = settings != NULL ? g_bytes_get_data (settings, &length) : "";
  guint line = 1;
  g_autoptr (BwJson) json = bw_json_new (length > 0 ? text : "", length, &line);
  guint32 members = json != NULL ? bw_json_find (json, 0, object) : 0;
  guint32 value = members != 0 ? bw_json_find (json, members, key) : 0;

  return value != 0 ? bw_settings_dup_value (json, value) : NULL;
}

/* Where the value is: `nth` is tried first, as it is there unless somebody else was faster. */
static gboolean
find_value (const BwJson *json,
            GArray       *values,
            const char   *text,
            guint        *nth)
{
  for (guint k = 0; k <= values->len; k++)
    {
      guint at = k == 0 ? *nth : k - 1;
      g_autofree char *found = NULL;

      if (at >= values->len)
        continue;
      found = bw_settings_dup_value (json, g_array_index (values, guint32, at));
      if (g_str_equal (found, text))
        {
          *nth = at;
          return TRUE;
        }
    }
  return FALSE;
}

/* The array without the value `nth`, or with `value` in its place, or before it where `insert`. */
static char *
write_array (const BwJson *json,
             guint32       array,
             GArray       *values,
             guint         nth,
             gboolean      insert,
             const char   *value)
{
  const BwJsonToken *token = bw_json_token (json, array);
  guint32 begin = token->offset, end = begin;
  const char *before = "", *after = "";
  guint n = values->len;

  if (n == (insert ? 0 : 1) && (insert || value == NULL))
    return value != NULL ? g_strdup_printf ("[\n    %s\n  ]", value) : g_strdup ("[]");
  if (insert && nth >= n)
    {
      begin = end = value_end (json, g_array_index (values, guint32, n - 1));
      before = ",\n    ";
    }
  else if (insert)
    {
      begin = end = value_begin (json, g_array_index (values, guint32, nth));
      after = ",\n    ";
    }
  else if (value != NULL || nth + 1 < n)
    {
      begin = value_begin (json, g_array_index (values, guint32, nth));
      end = value != NULL ? value_end (json, g_array_index (values, guint32, nth))
                          : value_begin (json, g_array_index (values, guint32, nth + 1));
    }
  else
    {
      begin = value_end (json, g_array_index (values, guint32, nth - 1));
      end = value_end (json, g_array_index (values, guint32, nth));
    }
  return g_strdup_printf ("%.*s%s%s%s%.*s", (int) (begin - token->offset),
                          json->text + token->offset, before, value != NULL ? value : "", after,
                          (int) (token->offset + token->length - end), json->text + end);
}

GBytes *
bw_settings_edit_array (GBytes      *settings,
                        const char  *name,
                        const char  *array,
                        guint        nth,
                        const char  *before,
                        const char  *after,
                        GError     **error)
{
  gsize length = strlen (EMPTY);
  const char *text = settings != NULL ? g_bytes_get_data (settings, &length) : EMPTY;
  guint32 index;
  g_autoptr (BwJson) json = read_settings (text, length, name, array, BW_JSON_ARRAY, &index, error);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *edited = NULL;

  if (json == NULL)
    return NULL;
  for (guint32 i = index + 1;
       index != 0 && i < bw_json_token (json, index)->next;
       i = bw_json_token (json, i)->next)
    g_array_append_val (values, i);
  if (before != NULL && !find_value (json, values, before, &nth))
    {
      g_set_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT,
                   "%s:1: what was to be changed in “%s” is not there any more", name, array);
      return NULL;
    }
  edited = write_array (json, index, values, nth, before == NULL, after);
  return put_member (json, index, array, edited);
}
