/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-rule-file-reader.h"

#include <string.h>

#include "board/bw-group-reader.h"
#include "board/bw-rule-condition.h"
#include "board/bw-seeded-hash.h"
#include "board/bw-wildcard.h"

/* Steps that conditions may take for all parts together; no rule file comes near. */
#define MAX_CONDITION_WORK 20000000
#define MAX_NAME_SHOWN 60

typedef enum
{
  CONSTRAINT_COURTYARD,
  CONSTRAINT_PHYSICAL,
  CONSTRAINT_EDGE,
  CONSTRAINT_HOLE,
  CONSTRAINT_HOLE_TO_HOLE,
  CONSTRAINT_SILK,
  CONSTRAINT_COPPER,
  CONSTRAINT_DISALLOW,
  CONSTRAINT_OF_TRACKS,
} ConstraintKind;

/* What A can be where a part is what the constraint is about. */
static const char *const types_of_footprint[] = { "Footprint", NULL };
static const char *const types_of_pad[] = { "Pad", NULL };
static const char *const types_of_any[] = { "Footprint", "Pad", "Graphic", "Text", NULL };
static const char *const types_of_drawing[] = { "Graphic", "Text", "Text Box", NULL };

static const struct
{
  const char *word;
  ConstraintKind kind;
  const char *const *types;
} constraints[] = {
  { "courtyard_clearance", CONSTRAINT_COURTYARD, types_of_footprint },
  { "physical_clearance", CONSTRAINT_PHYSICAL, types_of_any },
  { "edge_clearance", CONSTRAINT_EDGE, types_of_pad },
  { "hole_clearance", CONSTRAINT_HOLE, types_of_pad },
  { "physical_hole_clearance", CONSTRAINT_HOLE, types_of_any },
  { "hole_to_hole", CONSTRAINT_HOLE_TO_HOLE, types_of_pad },
  { "silk_clearance", CONSTRAINT_SILK, types_of_drawing },
  { "clearance", CONSTRAINT_COPPER, types_of_pad },
  { "disallow", CONSTRAINT_DISALLOW, types_of_footprint },
};

typedef struct
{
  BwReader *reader;
  const BwSexpr *sexpr; /* of the rule file */
  char *name;
  GHashTable *members;  /* what is asked for → guint8 of each footprint */
  gint64 work_left;
  guint n_of_tracks;
  guint32 first_of_tracks;
} RuleFile;

typedef struct
{
  guint32 node;
  char *name;
  char *condition; /* NULL: none */
  char *layer;     /* NULL: any */
} Rule;

/* The text with a list around it, so that it is one, and without comments; lines stay. */
static char *
dup_as_list (const char *text,
             gsize       length)
{
  GString *list = g_string_sized_new (length + 10);
  gboolean starts_line = TRUE, in_comment = FALSE;

  g_string_append (list, "(rules ");
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\n')
        {
          starts_line = TRUE;
          in_comment = FALSE;
        }
      else if (starts_line && text[i] == '#')
        in_comment = TRUE;
      else if (text[i] != ' ' && text[i] != '\t')
        starts_line = FALSE;
      g_string_append_c (list, in_comment ? ' ' : text[i]);
    }
  g_string_append (list, "\n)");
  return g_string_free (list, FALSE);
}

static gboolean
begins_with (const BwSexpr *sexpr,
             guint32        node,
             const char    *word)
{
  gsize length = strlen (word);
  const char *text = sexpr->text + sexpr->nodes[node].offset + 1;

  return sexpr->nodes[node].length > length + 1 && memcmp (text, word, length) == 0 &&
         !g_ascii_isalnum (text[length]) && text[length] != '_';
}

/* The first list in `node` that begins with `word`; 0: none. */
static guint32
find_word (const BwSexpr *sexpr,
           guint32        node,
           const char    *word)
{
  for (guint32 child = node + 1; child < sexpr->nodes[node].next;
       child = sexpr->nodes[child].next)
    if (begins_with (sexpr, child, word))
      return child;
  return 0;
}

static char *
dup_first (const BwSexpr *sexpr,
           guint32        node)
{
  BwSexprCursor cursor = bw_sexpr_enter (sexpr, node);
  g_autofree char *text = NULL;

  if (bw_sexpr_next (&cursor) != BW_SEXPR_ATOM && cursor.kind != BW_SEXPR_STRING)
    return g_strdup ("");
  text = g_strndup (sexpr->text + cursor.offset, cursor.length);
  return g_utf8_make_valid (text, -1);
}

/* The (min …) of a constraint, such as 0.5mm, 20mil or 0.02in; -1: none that is understood. */
static gint32
read_min (const BwSexpr *sexpr,
          guint32        constraint)
{
  static const struct { const char *unit; double nm; } units[] = {
    { "mm", 1.0 }, { "mil", 0.0254 }, { "mils", 0.0254 }, { "in", 25.4 }, { "um", 0.001 },
  };
  guint32 node = find_word (sexpr, constraint, "min");
  BwSexprCursor cursor;
  const char *text;
  gint64 micro;

  if (node == 0)
    return -1;
  cursor = bw_sexpr_enter (sexpr, node);
  if (bw_sexpr_next (&cursor) != BW_SEXPR_ATOM)
    return -1;
  text = sexpr->text + cursor.offset;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gsize unit = strlen (units[i].unit);

      if (cursor.length > unit &&
          memcmp (text + cursor.length - unit, units[i].unit, unit) == 0 &&
          bw_sexpr_parse_micro (text, cursor.length - unit, &micro))
        return (gint32) CLAMP ((double) micro * units[i].nm, 0.0, BW_COORD_MAX_NM);
    }
  return -1;
}

static void
note_rule (RuleFile   *self,
           const Rule *rule,
           const char *why)
{
  bw_reader_note_text (self->reader,
                       g_strdup_printf ("%s:%u: rule “%.*s” is not followed: %s", self->name,
                                        bw_sexpr_line (self->sexpr,
                                                       self->sexpr->nodes[rule->node].offset),
                                        MAX_NAME_SHOWN, rule->name, why));
}

/* Who is a member ---------------------------------------------------------------------------- */

/* The sheet or the classes of each footprint in the file of the board. */
static guint8 *
find_by_text (RuleFile    *self,
              BwMembersOf  of,
              const char  *pattern)
{
  BwReader *reader = self->reader;
  const BwSexprNode *nodes = reader->sexpr->nodes;
  guint8 *flags = g_new0 (guint8, (gsize) reader->board->board.n_footprints + 1);
  guint32 footprint = 0;

  for (guint32 child = 1; child < nodes[0].next; child = nodes[child].next)
    {
      guint32 list;

      if (nodes[child].keyword != BW_KEYWORD_FOOTPRINT &&
          nodes[child].keyword != BW_KEYWORD_MODULE)
        continue;
      list = bw_sexpr_find (reader->sexpr, child, of == BW_MEMBERS_OF_SHEET
                                                    ? BW_KEYWORD_SHEETNAME
                                                    : BW_KEYWORD_COMPONENT_CLASSES);
      if (list != 0 && of == BW_MEMBERS_OF_SHEET)
        {
          g_autofree char *text = dup_first (reader->sexpr, list);

          flags[footprint] = (guint8) bw_wildcard_match_folded (pattern, text, &self->work_left);
        }
      else if (list != 0)
        for (guint32 each = list + 1; each < nodes[list].next; each = nodes[each].next)
          {
            g_autofree char *text = dup_first (reader->sexpr, each);

            flags[footprint] |= (guint8) bw_wildcard_match_folded (pattern, text,
                                                                   &self->work_left);
          }
      footprint++;
    }
  return flags;
}

static const guint8 *
find_members (gpointer     user_data,
              BwMembersOf  of,
              const char  *pattern)
{
  RuleFile *self = user_data;
  g_autofree char *key = g_strdup_printf ("%d:%s", of, pattern);
  guint8 *flags = g_hash_table_lookup (self->members, key);

  if (flags != NULL)
    return flags;
  self->work_left -= self->reader->sexpr->n_nodes;
  if (self->work_left <= 0)
    return NULL;
  flags = of == BW_MEMBERS_OF_GROUP
            ? bw_reader_group_members (self->reader, pattern, &self->work_left)
            : find_by_text (self, of, pattern);
  g_hash_table_insert (self->members, g_steal_pointer (&key), flags);
  return flags;
}

/* Whom a condition is about ------------------------------------------------------------------- */

typedef enum
{
  ABOUT_NOBODY,
  ABOUT_SOME,
  ABOUT_ALL,
  ABOUT_UNSURE,
} About;

/* Sets `chosen` for the footprints that the rule is about, where that does not depend on the side
 * that they lie on. */
static About
find_chosen (RuleFile          *self,
             const Rule        *rule,
             const char *const *types,
             BwTruth            in_area,
             int                only_side,
             guint8            *chosen)
{
  const BwBoard *board = &self->reader->board->board;
  guint32 n_chosen = 0;

  self->work_left -= board->n_footprints;
  if (self->work_left <= 0)
    return ABOUT_UNSURE;
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      BwTruth is[BW_N_SIDES] = { BW_TRUTH_YES, BW_TRUTH_YES };

      for (int side = 0; side < BW_N_SIDES && rule->condition != NULL; side++)
        {
          BwRuleSubject subject = {
            &board->footprints[i], i, (BwSide) (only_side >= 0 ? only_side : side), in_area,
            types, types == types_of_footprint, find_members, self,
          };

          is[side] = bw_rule_condition_test (rule->condition, &subject, &self->work_left);
        }
      if (is[0] == BW_TRUTH_UNSURE || is[0] != is[1])
        return ABOUT_UNSURE;
      chosen[i] = is[0] == BW_TRUTH_YES;
      n_chosen += chosen[i];
    }
  if (n_chosen == 0 && rule->condition != NULL)
    return ABOUT_NOBODY;
  return n_chosen == board->n_footprints ? ABOUT_ALL : ABOUT_SOME;
}

/* Keepouts ------------------------------------------------------------------------------------ */

/* The sides that parts are barred from inside the area. FALSE: that cannot be told for all parts
 * alike. */
static gboolean
find_barred_sides (RuleFile   *self,
                   const Rule *rule,
                   guint8     *chosen,
                   guint8     *sides_out)
{
  *sides_out = 0;
  for (int side = 0; side < BW_N_SIDES; side++)
    {
      About inside = find_chosen (self, rule, types_of_footprint, BW_TRUTH_YES, side, chosen);
      About outside = find_chosen (self, rule, types_of_footprint, BW_TRUTH_NO, side, chosen);

      if ((inside != ABOUT_ALL && inside != ABOUT_NOBODY) || outside != ABOUT_NOBODY)
        return FALSE;
      if (inside == ABOUT_ALL)
        *sides_out |= (guint8) (1u << side);
    }
  if (rule->layer != NULL && g_str_equal (rule->layer, "F.Cu"))
    *sides_out &= 1u << BW_SIDE_FRONT;
  else if (rule->layer != NULL && g_str_equal (rule->layer, "B.Cu"))
    *sides_out &= 1u << BW_SIDE_BACK;
  return *sides_out != 0;
}

static void
bar_footprints (RuleFile   *self,
                const Rule *rule,
                guint8     *chosen)
{
  BwReader *reader = self->reader;
  g_autofree char *area = rule->condition != NULL ? bw_rule_condition_dup_area (rule->condition)
                                                  : NULL;
  gboolean found = FALSE;
  guint8 sides;

  if (area == NULL)
    {
      note_rule (self, rule, "it bars parts, but not from one area by its name");
      return;
    }
  if (!find_barred_sides (self, rule, chosen, &sides))
    {
      note_rule (self, rule, "it does not bar all parts alike from its area");
      return;
    }
  for (guint i = 0; i < reader->named_zones->len; i++)
    {
      const BwNamedZone *zone = &g_array_index (reader->named_zones, BwNamedZone, i);
      guint8 of_zone = zone->sides != 0 ? zone->sides : 3;
      BwKeepout keepout = { zone->ring, sides & of_zone, -1 };
      BwRuleArea drawn = { zone->name, zone->ring, sides & of_zone, BW_BARS_FOOTPRINTS, -1 };

      if (!bw_wildcard_match_folded (area, zone->name, &self->work_left))
        continue;
      found = TRUE;
      if (keepout.sides == 0)
        continue;
      g_array_append_val (reader->keepouts, keepout);
      g_array_append_val (reader->rule_areas, drawn);
    }
  if (!found)
    note_rule (self, rule, "the board has no area of that name");
}

/* Clearances ---------------------------------------------------------------------------------- */

/* Where a rule for all is kept. */
static gint32 *
limit_of (BwRules        *rules,
          ConstraintKind  kind)
{
  switch (kind)
    {
    case CONSTRAINT_COURTYARD:
      return &rules->courtyard_clearance_nm;
    case CONSTRAINT_PHYSICAL:
      return &rules->physical_clearance_nm;
    case CONSTRAINT_EDGE:
      return &rules->edge_clearance_nm;
    case CONSTRAINT_HOLE:
      return &rules->hole_clearance_nm;
    case CONSTRAINT_HOLE_TO_HOLE:
      return &rules->hole_to_hole_nm;
    case CONSTRAINT_SILK:
      return &rules->silk_clearance_nm;
    case CONSTRAINT_COPPER:
      return &rules->clearance_nm;
    case CONSTRAINT_DISALLOW:
    case CONSTRAINT_OF_TRACKS:
    default:
      return NULL;
    }
}

/* Later rules win, so one for all takes away what some had for themselves. */
static gboolean
set_limit (RuleFile       *self,
           ConstraintKind  kind,
           About           about,
           const guint8   *chosen,
           gint32          nm)
{
  BwBoard *board = &self->reader->board->board;
  BwFootprint *footprints = (BwFootprint *) board->footprints;

  if (about == ABOUT_ALL)
    *limit_of (&board->rules, kind) = nm;
  else if (kind != CONSTRAINT_COURTYARD && kind != CONSTRAINT_EDGE)
    return FALSE;
  for (guint32 i = 0; i < board->n_footprints; i++)
    if (chosen[i] && kind == CONSTRAINT_COURTYARD)
      footprints[i].courtyard_clearance_nm = about == ABOUT_ALL ? -1 : nm;
    else if (chosen[i] && kind == CONSTRAINT_EDGE)
      footprints[i].edge_clearance_nm = about == ABOUT_ALL ? -1 : nm;
  return TRUE;
}

static void
read_clearance (RuleFile          *self,
                const Rule        *rule,
                guint32            constraint,
                ConstraintKind     kind,
                const char *const *types,
                guint8            *chosen)
{
  gint32 nm = read_min (self->sexpr, constraint);
  About about;

  if (nm < 0)
    {
      note_rule (self, rule, "its lower limit is not understood");
      return;
    }
  if (rule->layer != NULL && !g_str_equal (rule->layer, "outer"))
    {
      note_rule (self, rule, "it is for one layer alone");
      return;
    }
  about = find_chosen (self, rule, types, BW_TRUTH_UNSURE, -1, chosen);
  if (about == ABOUT_UNSURE)
    note_rule (self, rule, "its condition cannot be decided for parts");
  else if (about != ABOUT_NOBODY && !set_limit (self, kind, about, chosen, nm))
    note_rule (self, rule, "it is for some parts alone");
}

/* Rules --------------------------------------------------------------------------------------- */

static gboolean
disallows_footprints (const BwSexpr *sexpr,
                      guint32        constraint)
{
  BwSexprCursor cursor = bw_sexpr_enter (sexpr, constraint);

  while (bw_sexpr_next (&cursor) != BW_SEXPR_END)
    if (bw_sexpr_is (&cursor, "footprint"))
      return TRUE;
  return FALSE;
}

/* Returns: whether it is about parts. */
static gboolean
read_constraint (RuleFile   *self,
                 const Rule *rule,
                 guint32     constraint,
                 guint8     *chosen)
{
  BwSexprCursor cursor = bw_sexpr_enter (self->sexpr, constraint);

  bw_sexpr_next (&cursor);
  for (guint i = 0; i < G_N_ELEMENTS (constraints); i++)
    {
      if (!bw_sexpr_is (&cursor, constraints[i].word))
        continue;
      if (constraints[i].kind != CONSTRAINT_DISALLOW)
        read_clearance (self, rule, constraint, constraints[i].kind, constraints[i].types, chosen);
      else if (disallows_footprints (self->sexpr, constraint))
        bar_footprints (self, rule, chosen);
      else
        return FALSE;
      return TRUE;
    }
  return FALSE;
}

static void
read_rule (RuleFile *self,
           guint32   node,
           guint8   *chosen)
{
  guint32 condition = find_word (self->sexpr, node, "condition");
  guint32 layer = find_word (self->sexpr, node, "layer");
  guint32 severity = find_word (self->sexpr, node, "severity");
  g_autofree char *name = dup_first (self->sexpr, node);
  g_autofree char *condition_text = condition != 0 ? dup_first (self->sexpr, condition) : NULL;
  g_autofree char *layer_text = layer != 0 ? dup_first (self->sexpr, layer) : NULL;
  g_autofree char *severity_text = severity != 0 ? dup_first (self->sexpr, severity) : NULL;
  Rule rule = { node, name, condition_text, layer_text };
  gboolean about_parts = FALSE;

  if (g_strcmp0 (severity_text, "ignore") == 0)
    return;
  for (guint32 child = node + 1; child < self->sexpr->nodes[node].next;
       child = self->sexpr->nodes[child].next)
    if (begins_with (self->sexpr, child, "constraint"))
      about_parts |= read_constraint (self, &rule, child, chosen);
  if (!about_parts && self->n_of_tracks++ == 0)
    self->first_of_tracks = node;
}

void
bw_reader_rule_file (BwReader *self,
                     GBytes   *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = dup_as_list (data, length);
  g_autofree char *name = bw_reader_name_beside (self, ".kicad_dru");
  g_autoptr (GError) error = NULL;
  g_autoptr (BwSexpr) sexpr = bw_sexpr_new (text, strlen (text), name, &error);
  g_autoptr (GHashTable) members = g_hash_table_new_full (bw_seeded_hash_string, g_str_equal,
                                                          g_free, g_free);
  g_autofree guint8 *chosen = g_new0 (guint8, (gsize) self->board->board.n_footprints + 1);
  RuleFile file = { self, sexpr, name, members, MAX_CONDITION_WORK, 0, 0 };

  if (sexpr == NULL)
    {
      bw_reader_note_text (self, g_strdup_printf ("%s; its rules are left out", error->message));
      return;
    }
  for (guint32 child = 1; child < sexpr->nodes[0].next; child = sexpr->nodes[child].next)
    if (begins_with (sexpr, child, "rule"))
      read_rule (&file, child, chosen);
  if (file.n_of_tracks > 0)
    bw_reader_note_text (self,
                         g_strdup_printf ("%s:%u: what rules here say of copper alone is not "
                                          "followed (%u in all, this is the first)", name,
                                          bw_sexpr_line (sexpr,
                                                         sexpr->nodes[file.first_of_tracks].offset),
                                          file.n_of_tracks));
  if (file.work_left <= 0)
    bw_reader_note_text (self, g_strdup_printf ("%s: its conditions are so many that some are not "
                                                "followed", name));
}
