/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-rules-reader.h"

#include <string.h>

#include "board/bw-json.h"
#include "board/bw-rule-file-reader.h"
#include "board/bw-seeded-hash.h"
#include "board/bw-wildcard.h"

#define DEFAULT_CLASS "Default"
#define EDGE_CLEARANCE "min_copper_edge_clearance"
/* What KiCad writes there to go by the width of the lines of the edge, as KiCad 5 did. */
#define BY_EDGE_WIDTH_NM (-10000)
/* Steps that comparing patterns with names may take; no project comes near. */
#define MAX_PATTERN_WORK 50000000

typedef struct
{
  BwReader *reader;
  GArray *classes;      /* BwNetClass; the first is the default one */
  GHashTable *by_name;  /* class → index + 1 */
  GHashTable *nets;     /* net → index + 1 */
  gint64 work_left;
} Rules;

static guint32
find_class (Rules      *self,
            const char *name)
{
  guint32 index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_name, name));
  BwNetClass net_class = { .clearance_nm = -1, .track_width_nm = -1 };

  if (index != 0)
    return index - 1;
  net_class.name = bw_arena_string (self->reader->arena, name, strlen (name));
  g_array_append_val (self->classes, net_class);
  g_hash_table_insert (self->by_name, (gpointer) net_class.name,
                       GUINT_TO_POINTER (self->classes->len));
  return self->classes->len - 1;
}

static void
assign (Rules      *self,
        const char *net,
        guint32     net_class)
{
  guint32 index = GPOINTER_TO_UINT (g_hash_table_lookup (self->nets, net));

  if (index != 0)
    ((BwNet *) self->reader->board->board.nets)[index - 1].net_class = net_class;
}

static const char *
text_of (BwReader *self,
         guint32   list)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, list);

  if (bw_sexpr_next (&cursor) != BW_SEXPR_ATOM && cursor.kind != BW_SEXPR_STRING)
    return "";
  return bw_reader_string (self, &cursor);
}

/* (net_class NAME DESCRIPTION (clearance …) (trace_width …) (add_net …) …) */
static void
read_board_class (Rules   *self,
                  guint32  node)
{
  BwReader *reader = self->reader;
  const BwSexprNode *nodes = reader->sexpr->nodes;
  guint32 index = find_class (self, text_of (reader, node));
  BwNetClass *net_class = &g_array_index (self->classes, BwNetClass, index);

  net_class->clearance_nm = bw_reader_find_length (reader, node, BW_KEYWORD_CLEARANCE, -1);
  net_class->track_width_nm = bw_reader_find_length (reader, node, BW_KEYWORD_TRACE_WIDTH, -1);
  for (guint32 child = node + 1; child < nodes[node].next; child = nodes[child].next)
    if (nodes[child].keyword == BW_KEYWORD_ADD_NET)
      assign (self, text_of (reader, child), index);
}

/* A note on a value of the project. */
static void
note_value (Rules        *self,
            const BwJson *json,
            guint32       index,
            const char   *fact)
{
  bw_reader_note_beside (self->reader, ".kicad_pro", json->text,
                         bw_json_token (json, index)->offset, "%s", fact);
}

/* The member of that name; 0: there is none, or it is null. */
static guint32
find_value (const BwJson *json,
            guint32       object,
            const char   *key)
{
  guint32 index = bw_json_find (json, object, key);
  const BwJsonToken *token = bw_json_token (json, index);

  return token->kind == BW_JSON_OTHER && token->length == 4 &&
         memcmp (json->text + token->offset, "null", 4) == 0 ? 0 : index;
}

/* The same where it is an object or an array, as asked for; else it is noted. */
static guint32
find_members (Rules        *self,
              const BwJson *json,
              guint32       object,
              const char   *key,
              BwJsonKind    kind)
{
  guint32 index = find_value (json, object, key);
  g_autofree char *fact = NULL;

  if (index == 0 || bw_json_token (json, index)->kind == kind)
    return index;
  fact = g_strdup_printf ("“%s” is not %s, and is left out", key,
                          kind == BW_JSON_OBJECT ? "an object" : "an array");
  note_value (self, json, index, fact);
  return 0;
}

/* A length in mm; -1 where the object has none of this name. */
static gint32
json_length (Rules        *self,
             const BwJson *json,
             guint32       object,
             const char   *key)
{
  guint32 index = find_value (json, object, key);
  const BwJsonToken *token = bw_json_token (json, index);
  g_autofree char *fact = NULL;
  gint64 nm;

  if (index == 0)
    return -1;
  if (token->kind != BW_JSON_OTHER ||
      !bw_sexpr_parse_micro (json->text + token->offset, token->length, &nm))
    {
      fact = g_strdup_printf ("“%s” is not a number, and is left out", key);
      note_value (self, json, index, fact);
      return -1;
    }
  if (nm < 0 && (nm != BY_EDGE_WIDTH_NM || !g_str_equal (key, EDGE_CLEARANCE)))
    fact = g_strdup_printf ("“%s” is negative; it counts as 0", key);
  else if (nm > BW_COORD_MAX_NM)
    fact = g_strdup_printf ("“%s” is beyond 2 m, and was cut to that", key);
  if (fact != NULL)
    note_value (self, json, index, fact);
  return (gint32) CLAMP (nm, 0, BW_COORD_MAX_NM);
}

static void
read_project_class (Rules        *self,
                    const BwJson *json,
                    guint32       object)
{
  guint32 name = bw_json_find (json, object, "name");
  guint32 nets = find_members (self, json, object, "nets", BW_JSON_ARRAY);
  g_autofree char *text = name != 0 ? bw_json_dup (json, name) : NULL;
  guint32 index;
  BwNetClass *net_class;

  if (text == NULL)
    {
      note_value (self, json, object, "a net class without a name is left out");
      return;
    }
  index = find_class (self, text);
  net_class = &g_array_index (self->classes, BwNetClass, index);
  net_class->clearance_nm = json_length (self, json, object, "clearance");
  net_class->track_width_nm = json_length (self, json, object, "track_width");
  if (nets == 0)
    return;
  for (guint32 i = nets + 1; i < bw_json_token (json, nets)->next;
       i = bw_json_token (json, i)->next)
    {
      g_autofree char *net = bw_json_dup (json, i);

      if (net != NULL)
        assign (self, net, index);
      else
        note_value (self, json, i, "a net of a class is not a text, and is left out");
    }
}

static void
read_pattern (Rules        *self,
              const BwJson *json,
              guint32       object)
{
  const BwBoard *board = &self->reader->board->board;
  guint32 class_at = bw_json_find (json, object, "netclass");
  guint32 pattern_at = bw_json_find (json, object, "pattern");
  g_autofree char *class_name = class_at != 0 ? bw_json_dup (json, class_at) : NULL;
  g_autofree char *pattern = pattern_at != 0 ? bw_json_dup (json, pattern_at) : NULL;
  guint32 index;

  if (class_name == NULL || pattern == NULL)
    {
      note_value (self, json, object, "a pattern without its text or its net class is left out");
      return;
    }
  index = find_class (self, class_name);
  if (strpbrk (pattern, "*?") == NULL)
    {
      assign (self, pattern, index);
      return;
    }
  for (guint32 i = 0; i < board->n_nets && self->work_left > 0; i++)
    if (self->work_left-- > 0 && bw_wildcard_match (pattern, board->nets[i].name, &self->work_left))
      ((BwNet *) board->nets)[i].net_class = index;
}

/* A class, or since KiCad 9 several, of which the first counts most. */
static void
read_assignments (Rules        *self,
                  const BwJson *json,
                  guint32       object)
{
  for (guint32 key = object + 1; key < bw_json_token (json, object)->next;
       key = bw_json_token (json, key + 1)->next)
    {
      const BwJsonToken *value = bw_json_token (json, key + 1);
      gboolean is_list = value->kind == BW_JSON_ARRAY;
      g_autofree char *net = bw_json_dup (json, key);
      g_autofree char *class_name = NULL;

      if (is_list && value->next == key + 2)
        continue;
      class_name = bw_json_dup (json, is_list ? key + 2 : key + 1);
      if (class_name != NULL)
        assign (self, net, find_class (self, class_name));
      else
        note_value (self, json, key, "the net class of a net is not a name, and is left out");
    }
}

static void
for_each (Rules        *self,
          const BwJson *json,
          guint32       nets,
          const char   *key,
          void        (*func) (Rules *, const BwJson *, guint32))
{
  guint32 array = find_members (self, json, nets, key, BW_JSON_ARRAY);

  if (array == 0)
    return;
  for (guint32 i = array + 1; i < bw_json_token (json, array)->next;
       i = bw_json_token (json, i)->next)
    if (bw_json_token (json, i)->kind == BW_JSON_OBJECT)
      func (self, json, i);
    else
      {
        g_autofree char *fact =
          g_strdup_printf ("an entry of “%s” is not an object, and is left out", key);

        note_value (self, json, i, fact);
      }
}

static void
read_minima (Rules        *self,
             const BwJson *json,
             guint32       minima)
{
  BwRules *rules = &self->reader->board->board.rules;

  rules->clearance_nm = json_length (self, json, minima, "min_clearance");
  rules->edge_clearance_nm = json_length (self, json, minima, EDGE_CLEARANCE);
  rules->hole_clearance_nm = json_length (self, json, minima, "min_hole_clearance");
  rules->hole_to_hole_nm = json_length (self, json, minima, "min_hole_to_hole");
  rules->silk_clearance_nm = json_length (self, json, minima, "min_silk_clearance");
}

static void
read_project (Rules  *self,
              GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  guint line = 1;
  g_autoptr (BwJson) json = bw_json_new (length > 0 ? text : "", length, &line);
  guint32 board, settings, minima, nets, assignments;

  if (json == NULL || bw_json_token (json, 0)->kind != BW_JSON_OBJECT)
    {
      g_autofree char *name = bw_reader_name_beside (self->reader, ".kicad_pro");

      bw_reader_note_text (self->reader, g_strdup_printf ("%s:%u: not a KiCad project; its net "
                                                          "classes and rules are left out",
                                                          name, line));
      return;
    }
  board = find_members (self, json, 0, "board", BW_JSON_OBJECT);
  settings = board != 0 ? find_members (self, json, board, "design_settings", BW_JSON_OBJECT) : 0;
  minima = settings != 0 ? find_members (self, json, settings, "rules", BW_JSON_OBJECT) : 0;
  if (minima != 0)
    read_minima (self, json, minima);
  nets = find_members (self, json, 0, "net_settings", BW_JSON_OBJECT);
  if (nets == 0)
    return;
  for_each (self, json, nets, "classes", read_project_class);
  for_each (self, json, nets, "netclass_patterns", read_pattern);
  assignments = find_members (self, json, nets, "netclass_assignments", BW_JSON_OBJECT);
  if (assignments != 0)
    read_assignments (self, json, assignments);
}

void
bw_reader_rules (BwReader *self,
                 GBytes   *project,
                 GBytes   *rule_file)
{
  BwBoard *board = &self->board->board;
  const BwSexprNode *nodes = self->sexpr->nodes;
  g_autoptr (GArray) classes = g_array_new (FALSE, FALSE, sizeof (BwNetClass));
  g_autoptr (GHashTable) by_name = g_hash_table_new (bw_seeded_hash_string, g_str_equal);
  g_autoptr (GHashTable) nets = g_hash_table_new (bw_seeded_hash_string, g_str_equal);
  Rules rules = { self, classes, by_name, nets, MAX_PATTERN_WORK };

  board->rules = (BwRules) { -1, -1, -1, -1, -1, -1, -1 };
  find_class (&rules, DEFAULT_CLASS);
  for (guint32 i = 0; i < board->n_nets; i++)
    g_hash_table_insert (nets, (gpointer) board->nets[i].name, GUINT_TO_POINTER (i + 1));
  for (guint32 child = 1; child < nodes[0].next; child = nodes[child].next)
    if (nodes[child].keyword == BW_KEYWORD_NET_CLASS)
      read_board_class (&rules, child);
  if (project != NULL)
    read_project (&rules, project);
  if (rule_file != NULL)
    bw_reader_rule_file (self, rule_file);
  if (rules.work_left <= 0)
    bw_reader_note_text (self, g_strdup_printf ("%s: the patterns of net classes are so many that "
                                                "some are not followed", self->name));
  board->n_net_classes = classes->len;
  board->net_classes = bw_arena_copy (self->arena, classes->data,
                                      classes->len * sizeof (BwNetClass));
}
