/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/bw-cli-json.h"

#include <math.h>

#include "session/bw-tidy.h"
#include "wire/bw-text-writer.h"

#define INDENT 2

static void append_node (GString  *text,
                         JsonNode *node,
                         guint     depth);

static void
append_line (GString *text,
             guint    depth)
{
  g_string_append_printf (text, "\n%*s", (int) (INDENT * depth), "");
}

static void
append_string (GString    *text,
               const char *string)
{
  BwTextWriter writer = bw_text_writer_on (text);

  bw_text_writer_string (&writer, string);
}

/* To the nanometre, where it is mm; what is not a number has no place in JSON. */
static void
append_double (GString *text,
               double   value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%.6f", isfinite (value) ? value : 0.0);
  g_string_append (text, digits);
  while (text->str[text->len - 1] == '0' && text->str[text->len - 2] != '.')
    g_string_truncate (text, text->len - 1);
}

static void
append_value (GString  *text,
              JsonNode *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_DOUBLE:
      append_double (text, json_node_get_double (node));
      break;
    case G_TYPE_BOOLEAN:
      g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
      break;
    case G_TYPE_STRING:
      append_string (text, json_node_get_string (node));
      break;
    default:
      g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
      break;
    }
}

static void
append_object (GString    *text,
               JsonObject *object,
               guint       depth)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  for (guint i = 0; json_object_iter_next_ordered (&iter, &name, &node); i++)
    {
      g_string_append (text, i > 0 ? "," : "");
      append_line (text, depth + 1);
      append_string (text, name);
      g_string_append (text, ": ");
      append_node (text, node, depth + 1);
    }
  if (json_object_get_size (object) > 0)
    append_line (text, depth);
  g_string_append_c (text, '}');
}

static void
append_array (GString   *text,
              JsonArray *array,
              guint      depth)
{
  guint n = json_array_get_length (array);

  g_string_append_c (text, '[');
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? "," : "");
      append_line (text, depth + 1);
      append_node (text, json_array_get_element (array, i), depth + 1);
    }
  if (n > 0)
    append_line (text, depth);
  g_string_append_c (text, ']');
}

static void
append_node (GString  *text,
             JsonNode *node,
             guint     depth)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (text, json_node_get_object (node), depth);
      break;
    case JSON_NODE_ARRAY:
      append_array (text, json_node_get_array (node), depth);
      break;
    case JSON_NODE_VALUE:
      append_value (text, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (text, "null");
      break;
    }
}

void
bw_cli_json_print (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autoptr (GString) text = g_string_new (NULL);

  append_node (text, root, 0);
  g_print ("%s\n", text->str);
}

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
bw_cli_json_add_measure (JsonBuilder *builder,
                         const char  *name,
                         double       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, round (value * 1000.0) / 1000.0);
}

void
bw_cli_json_add_layout (JsonBuilder   *builder,
                        const BwBoard *board,
                        const BwFrame *frame)
{
  BwTidiness tidiness;

  bw_tidiness_measure (board, frame->poses, &tidiness);
  add_int (builder, "crossings", frame->routability.crossings);
  add_int (builder, "unroutable_pins", frame->routability.unroutable_pins);
  bw_cli_json_add_measure (builder, "congestion", frame->routability.congestion);
  add_int (builder, "decoupling_capacitors", tidiness.n_decoupling);
  bw_cli_json_add_measure (builder, "decoupling_mm", tidiness.decoupling_mm);
  add_int (builder, "decoupling_facing", tidiness.n_facing);
  add_int (builder, "crystal_pads", tidiness.n_crystals);
  bw_cli_json_add_measure (builder, "crystal_mm", tidiness.crystal_mm);
  add_int (builder, "connectors", tidiness.n_connectors);
  add_int (builder, "connectors_at_edge", tidiness.n_at_edge);
  add_int (builder, "channel_twins", tidiness.n_twins);
  add_int (builder, "channel_alike", tidiness.n_alike);
  add_int (builder, "equal_neighbours", tidiness.n_equal);
  add_int (builder, "aligned_neighbours", tidiness.n_aligned);
  add_int (builder, "passives", tidiness.n_passives);
  add_int (builder, "passives_in_rows", tidiness.n_in_rows);
}
