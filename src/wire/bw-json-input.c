/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/bw-json-input.h"

#include <string.h>

#include "wire/bw-client-message.h"

#define MAX_DEPTH 16

static const char not_a_message[] = "A message is a JSON object with a \"type\" that is a string";

G_DEFINE_QUARK (bw-wire-error-quark, bw_wire_error)

typedef enum
{
  BW_SHAPE_OBJECT,
  BW_SHAPE_OTHER,
  BW_SHAPE_DEEP,
  BW_SHAPE_BROKEN,
} BwShape;

/* Looks at the brackets before json-glib does. It parses by recursion, so a few thousand of them
 * would use up a thread's stack; and it lets pass what is no JSON: an assignment in front, a
 * second value behind. Brackets in strings do not count. */
static BwShape
find_shape (const char *text,
            gsize       length)
{
  guint depth = 0;
  gboolean in_string = FALSE;
  gboolean ended = FALSE;
  gsize i = 0;

  while (i < length && g_ascii_isspace (text[i]))
    i++;
  if (i == length || text[i] != '{')
    return BW_SHAPE_OTHER;

  for (; i < length; i++)
    {
      char c = text[i];

      if (ended && !g_ascii_isspace (c))
        return BW_SHAPE_BROKEN;

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
        }
      else if (c == '"')
        {
          in_string = TRUE;
        }
      else if (c == '[' || c == '{')
        {
          if (++depth > MAX_DEPTH)
            return BW_SHAPE_DEEP;
        }
      else if (c == ']' || c == '}')
        {
          ended = --depth == 0;
        }
    }

  return ended ? BW_SHAPE_OBJECT : BW_SHAPE_BROKEN;
}

static gboolean
check_text (const char *text,
            gsize       length,
            GError    **error)
{
  if (length > BW_CLIENT_MESSAGE_MAX_BYTES)
    {
      g_set_error (error, BW_WIRE_ERROR, BW_WIRE_ERROR_TOO_LARGE,
                   "The message is longer than %d bytes", BW_CLIENT_MESSAGE_MAX_BYTES);
      return FALSE;
    }

  /* Fails on a NUL as well, which json-glib would take for the end. */
  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, BW_WIRE_ERROR, BW_WIRE_ERROR_NOT_UTF8,
                           "The message is not UTF-8 text");
      return FALSE;
    }

  switch (find_shape (text, length))
    {
    case BW_SHAPE_OBJECT:
      return TRUE;

    case BW_SHAPE_DEEP:
      g_set_error (error, BW_WIRE_ERROR, BW_WIRE_ERROR_SYNTAX,
                   "The message is nested deeper than %d levels", MAX_DEPTH);
      return FALSE;

    case BW_SHAPE_OTHER:
      g_set_error_literal (error, BW_WIRE_ERROR, BW_WIRE_ERROR_CONTENT, not_a_message);
      return FALSE;

    case BW_SHAPE_BROKEN:
    default:
      g_set_error_literal (error, BW_WIRE_ERROR, BW_WIRE_ERROR_SYNTAX, "The message is not JSON");
      return FALSE;
    }
}

static const char *
get_type_member (JsonNode *root)
{
  JsonNode *node;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  node = json_object_get_member (json_node_get_object (root), "type");
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

JsonParser *
bw_json_input_parse (const char  *text,
                     gsize        length,
                     const char **type_out,
                     GError     **error)
{
  g_autoptr (JsonParser) parser = NULL;

  if (!check_text (text, length, error))
    return NULL;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) length, NULL))
    {
      g_set_error_literal (error, BW_WIRE_ERROR, BW_WIRE_ERROR_SYNTAX,
                           "The message is not JSON");
      return NULL;
    }

  *type_out = get_type_member (json_parser_get_root (parser));
  if (*type_out == NULL)
    {
      g_set_error_literal (error, BW_WIRE_ERROR, BW_WIRE_ERROR_CONTENT, not_a_message);
      return NULL;
    }

  return g_steal_pointer (&parser);
}
