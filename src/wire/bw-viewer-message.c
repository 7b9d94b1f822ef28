/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/bw-viewer-message.h"

#include <math.h>
#include <string.h>

#include "wire/bw-binary-dialect.h"
#include "wire/bw-json-input.h"

#define ACK_BYTES 5

static JsonNode *
get_value (JsonObject *object,
           const char *name,
           GType       type)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

static gboolean
get_boolean (JsonObject *object,
             const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

/* FALSE where it is no whole number within the range. */
static gboolean
node_integer (JsonNode *node,
              gint64    min,
              gint64    max,
              gint64   *value_out)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;

  *value_out = json_node_get_int (node);
  return *value_out >= min && *value_out <= max;
}

static gboolean
get_integer (JsonObject *object,
             const char *name,
             gint64      min,
             gint64      max,
             gint64     *value_out)
{
  return node_integer (json_object_get_member (object, name), min, max, value_out);
}

/* What people call themselves, on one line and no longer than there is room for. */
static void
copy_name (const char *name,
           char        out[BW_VIEWER_NAME_MAX + 1])
{
  gsize n = 0;

  /* An escape may have named half a character. */
  if (name != NULL && !g_utf8_validate (name, -1, NULL))
    name = NULL;
  for (const char *at = name; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gsize length = (gsize) (g_utf8_next_char (at) - at);

      if (!g_unichar_isprint (c))
        continue;
      if (n + length > BW_VIEWER_NAME_MAX)
        break;
      memcpy (out + n, at, length);
      n += length;
    }
  out[n] = '\0';
  g_strstrip (out);
}

static gboolean
read_hello (JsonObject      *object,
            BwViewerMessage *out)
{
  const char *instance = get_text (object, "instance");
  gint64 last_seq;

  copy_name (get_text (object, "name"), out->name);
  out->wants_parts = get_boolean (object, "parts");
  out->on = get_boolean (object, "forces");
  if (instance != NULL
      && g_ascii_string_to_unsigned (instance, 16, 0, G_MAXUINT64, &out->instance, NULL)
      && get_integer (object, "last_seq", 0, G_MAXUINT32, &last_seq))
    out->last_seq = (guint32) last_seq;
  return TRUE;
}

static gboolean
get_index (JsonObject *object,
           const char *name,
           guint32    *index_out)
{
  gint64 value;

  if (!get_integer (object, name, 0, G_MAXUINT32, &value))
    return FALSE;
  *index_out = (guint32) value;
  return TRUE;
}

static gboolean
read_selection (JsonObject      *object,
                BwViewerMessage *out)
{
  JsonNode *node = json_object_get_member (object, "parts");
  JsonArray *parts;
  guint n;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  parts = json_node_get_array (node);
  n = json_array_get_length (parts);
  if (n > BW_VIEWER_SELECTION_MAX)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      gint64 part;

      if (!node_integer (json_array_get_element (parts, i), 0, G_MAXUINT32, &part))
        return FALSE;
      out->selection[i] = (guint32) part;
    }
  out->n_selected = (guint16) n;
  return TRUE;
}

/* Which parts a command is about: "part", or "parts" of which there are some. */
static gboolean
read_parts (JsonObject      *object,
            BwViewerMessage *out)
{
  if (json_object_has_member (object, "parts"))
    return read_selection (object, out) && out->n_selected > 0;

  out->n_selected = 1;
  return get_index (object, "part", &out->selection[0]);
}

/* A number for each of these parts: one for one, a list as long as theirs for several. */
static gboolean
read_for_each (JsonObject            *object,
               const BwViewerMessage *message,
               const char            *name,
               gint64                 min,
               gint64                 max,
               gint64                *values_out)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *values;

  if (!json_object_has_member (object, "parts"))
    return node_integer (node, min, max, values_out);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  values = json_node_get_array (node);
  if (json_array_get_length (values) != message->n_selected)
    return FALSE;
  for (guint i = 0; i < message->n_selected; i++)
    {
      if (!node_integer (json_array_get_element (values, i), min, max, &values_out[i]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_place (JsonObject *object,
            BwPoint    *out)
{
  gint64 x_nm;
  gint64 y_nm;

  if (!get_integer (object, "x", -BW_COORD_MAX_NM, BW_COORD_MAX_NM, &x_nm)
      || !get_integer (object, "y", -BW_COORD_MAX_NM, BW_COORD_MAX_NM, &y_nm))
    return FALSE;

  *out = (BwPoint) { (gint32) x_nm, (gint32) y_nm };
  return TRUE;
}

static gboolean
get_number (JsonObject *object,
            const char *name,
            double     *value_out)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || (json_node_get_value_type (node) != G_TYPE_INT64
          && json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return FALSE;

  *value_out = json_node_get_double (node);
  return isfinite (*value_out);
}

static gboolean
read_value (JsonObject      *object,
            BwViewerMessage *out)
{
  return get_number (object, "value", &out->value) && out->value >= 0.0
         && out->value <= BW_WEIGHT_MOST;
}

static gboolean
read_net (JsonObject      *object,
          BwViewerMessage *out)
{
  gint64 net;

  if (!read_value (object, out) || !get_integer (object, "net", 0, G_MAXUINT32, &net))
    return FALSE;
  out->net = (guint32) net;
  return TRUE;
}

static gboolean
read_weight (JsonObject      *object,
             BwViewerMessage *out)
{
  const char *term = get_text (object, "term");

  if (term == NULL || !read_value (object, out))
    return FALSE;
  out->weight = bw_weight_from_name (term);
  return out->weight < BW_N_WEIGHTS;
}

static gboolean
read_places (JsonObject      *object,
             BwViewerMessage *out)
{
  gint64 x_nm[BW_VIEWER_SELECTION_MAX];
  gint64 y_nm[BW_VIEWER_SELECTION_MAX];

  if (!read_parts (object, out)
      || !read_for_each (object, out, "x", -BW_COORD_MAX_NM, BW_COORD_MAX_NM, x_nm)
      || !read_for_each (object, out, "y", -BW_COORD_MAX_NM, BW_COORD_MAX_NM, y_nm))
    return FALSE;

  for (guint i = 0; i < out->n_selected; i++)
    out->poses[i].at = (BwPoint) { (gint32) x_nm[i], (gint32) y_nm[i] };
  return TRUE;
}

static gboolean
read_rotations (JsonObject      *object,
                BwViewerMessage *out)
{
  gint64 rotations[BW_VIEWER_SELECTION_MAX];

  if (!read_parts (object, out)
      || !read_for_each (object, out, "rotation", 0, BW_FULL_TURN_CDEG - 1, rotations))
    return FALSE;

  for (guint i = 0; i < out->n_selected; i++)
    out->poses[i].rotation_cdeg = (gint32) rotations[i];
  return TRUE;
}

static gboolean
read_sides (JsonObject      *object,
            BwViewerMessage *out)
{
  gint64 sides[BW_VIEWER_SELECTION_MAX];

  if (!read_parts (object, out) || !read_for_each (object, out, "side", 0, 1, sides))
    return FALSE;

  for (guint i = 0; i < out->n_selected; i++)
    out->poses[i].side = sides[i] != 0 ? BW_SIDE_BACK : BW_SIDE_FRONT;
  return TRUE;
}

/* How a run is to be done: what is there is to make sense. */
static gboolean
read_asked (JsonObject *object,
            BwAsked    *out)
{
  JsonNode *refine = json_object_get_member (object, "refine");
  const char *tracks = get_text (object, "tracks");
  gint64 seed;

  if (json_object_has_member (object, "seed"))
    {
      if (!get_integer (object, "seed", 0, BW_ASKED_SEED_MOST, &seed))
        return FALSE;
      out->has_seed = TRUE;
      out->seed = (guint32) seed;
    }
  if (json_object_has_member (object, "time")
      && (!get_number (object, "time", &out->time_s) || out->time_s < BW_ASKED_TIME_LEAST_S
          || out->time_s > BW_ASKED_TIME_MOST_S))
    return FALSE;
  if (json_object_has_member (object, "tracks")
      && (tracks == NULL || !bw_tracks_from_name (tracks, &out->tracks)))
    return FALSE;
  if (refine == NULL)
    return TRUE;
  out->manner = get_boolean (object, "refine") ? BW_MANNER_REFINE : BW_MANNER_PLACE;
  return get_value (object, "refine", G_TYPE_BOOLEAN) != NULL;
}

static gboolean
read_start (JsonObject      *object,
            BwViewerMessage *out)
{
  return read_asked (object, &out->asked)
         && (!json_object_has_member (object, "parts") || read_parts (object, out));
}

/* What else a command needs. */
static gboolean
read_arguments (JsonObject      *object,
                BwViewerMessage *out)
{
  switch (out->command)
    {
    case BW_COMMAND_MOVE:
      return read_places (object, out);

    case BW_COMMAND_ROTATE:
      return read_rotations (object, out);

    case BW_COMMAND_FLIP:
      return read_sides (object, out);

    case BW_COMMAND_LOCK:
    case BW_COMMAND_UNLOCK:
      return read_parts (object, out);

    case BW_COMMAND_SET:
      return read_weight (object, out);

    case BW_COMMAND_WEIGH:
      return read_net (object, out);

    case BW_COMMAND_START:
      return read_start (object, out);

    case BW_COMMAND_RESTART:
    case BW_COMMAND_UNTANGLE:
      return read_asked (object, &out->asked);

    case BW_COMMAND_PAUSE:
    case BW_COMMAND_RESUME:
    case BW_COMMAND_STEP:
    case BW_COMMAND_STOP:
    case BW_COMMAND_CHOOSE:
    default:
      return TRUE;
    }
}

static gboolean
read_id (JsonObject      *object,
         BwViewerMessage *out)
{
  return get_integer (object, "cmd_id", 0, G_GINT64_CONSTANT (1) << 53, &out->cmd_id);
}

static gboolean
read_command (JsonObject      *object,
              BwViewerMessage *out)
{
  const char *name = get_text (object, "command");

  if (name == NULL || !read_id (object, out))
    return FALSE;

  for (BwCommandKind kind = BW_COMMAND_START; kind <= BW_COMMAND_WEIGH; kind++)
    {
      if (strcmp (name, bw_command_kind_name (kind)) == 0)
        {
          out->command = kind;
          out->is_command = TRUE;
        }
    }
  return !out->is_command || read_arguments (object, out);
}

static gboolean
read_ping (JsonObject      *object,
           BwViewerMessage *out)
{
  return get_number (object, "t0", &out->t0);
}

static gboolean
read_switch (JsonObject      *object,
             BwViewerMessage *out)
{
  out->on = get_boolean (object, "on");
  return get_value (object, "on", G_TYPE_BOOLEAN) != NULL;
}

static gboolean
read_name (JsonObject      *object,
           BwViewerMessage *out)
{
  const char *name = get_text (object, "name");

  copy_name (name, out->name);
  return name != NULL;
}

static gboolean
read_cursor (JsonObject      *object,
             BwViewerMessage *out)
{
  BwPoint at;

  if (!json_object_has_member (object, "x") && !json_object_has_member (object, "y"))
    return TRUE;
  if (!read_place (object, &at))
    return FALSE;

  out->on = TRUE;
  out->x_nm = at.x_nm;
  out->y_nm = at.y_nm;
  return TRUE;
}

static gboolean
read_role (JsonObject      *object,
           BwViewerMessage *out)
{
  static const char *const names[] = { "viewer", "controller", "owner" };
  const char *name = get_text (object, "role");

  for (guint8 i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (name, names[i]) != 0)
        continue;
      out->role = i;
      return TRUE;
    }
  return FALSE;
}

static gboolean
read_number (JsonObject      *object,
             BwViewerMessage *out)
{
  return get_index (object, "number", &out->number);
}

static gboolean
read_promotion (JsonObject      *object,
                BwViewerMessage *out)
{
  return read_id (object, out) && read_number (object, out) && read_role (object, out);
}

static gboolean
read_disconnection (JsonObject      *object,
                    BwViewerMessage *out)
{
  return read_id (object, out) && read_number (object, out);
}

static gboolean
read_token (JsonObject      *object,
            BwViewerMessage *out)
{
  return read_id (object, out) && read_role (object, out);
}

/* What has nothing to it but its type. */
static gboolean
read_nothing (JsonObject      *object,
              BwViewerMessage *out)
{
  return TRUE;
}

typedef struct
{
  const char *type;
  BwViewerMessageKind kind;
  gboolean (*read) (JsonObject      *object,
                    BwViewerMessage *out);
} BwViewerMessageType;

static const BwViewerMessageType types[] = {
  { "hello", BW_VIEWER_HELLO, read_hello },
  { "command", BW_VIEWER_COMMAND, read_command },
  { "ping", BW_VIEWER_PING, read_ping },
  { "hide", BW_VIEWER_HIDE, read_nothing },
  { "show", BW_VIEWER_SHOW, read_nothing },
  { "forces", BW_VIEWER_FORCES, read_switch },
  { "name", BW_VIEWER_NAME, read_name },
  { "cursor", BW_VIEWER_CURSOR, read_cursor },
  { "select", BW_VIEWER_SELECT, read_selection },
  { "grab", BW_VIEWER_GRAB, read_selection },
  { "clients", BW_VIEWER_CLIENTS, read_id },
  { "promote", BW_VIEWER_PROMOTE, read_promotion },
  { "disconnect", BW_VIEWER_DISCONNECT, read_disconnection },
  { "renew", BW_VIEWER_RENEW, read_token },
  { "revoke", BW_VIEWER_REVOKE, read_token },
};

gboolean
bw_viewer_message_parse (const char      *text,
                         gsize            length,
                         BwViewerMessage *message_out,
                         GError         **error)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *object;
  const char *type;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  parser = bw_json_input_parse (text, length, &type, error);
  if (parser == NULL)
    return FALSE;

  object = json_node_get_object (json_parser_get_root (parser));
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      BwViewerMessage message = { .kind = types[i].kind };

      if (strcmp (type, types[i].type) != 0)
        continue;
      if (types[i].read (object, &message))
        {
          *message_out = message;
          return TRUE;
        }
      g_set_error (error, BW_WIRE_ERROR, BW_WIRE_ERROR_CONTENT,
                   "The members of a \"%s\" are not as they have to be", types[i].type);
      return FALSE;
    }

  g_set_error_literal (error, BW_WIRE_ERROR, BW_WIRE_ERROR_CONTENT,
                       "There is no message of this \"type\"");
  return FALSE;
}

gboolean
bw_viewer_message_parse_ack (const guint8 *data,
                             gsize         length,
                             guint32      *seq_out)
{
  guint32 seq;

  if (length != ACK_BYTES || data[0] != BW_OP_ACK)
    return FALSE;

  memcpy (&seq, data + 1, sizeof seq);
  *seq_out = GUINT32_FROM_LE (seq);
  return TRUE;
}
