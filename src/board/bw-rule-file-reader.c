/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-rule-file-reader.h"

#include <string.h>

#include "board/bw-rule-choice.h"
#include "board/bw-wildcard.h"

/* Steps that conditions may take for all parts together; no rule file comes near. */
#define MAX_CONDITION_WORK 20000000
/* Pairs that rules may be about; more are a net class of half of the board. */
#define MAX_PAIRS 100000
#define MAX_NAME_SHOWN 60 /* characters */

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

static const struct
{
  const char *word;
  ConstraintKind kind;
  const char *const *types;
} constraints[] = {
  { "courtyard_clearance", CONSTRAINT_COURTYARD, bw_rule_types_of_footprint },
  { "physical_clearance", CONSTRAINT_PHYSICAL, bw_rule_types_of_any },
  { "edge_clearance", CONSTRAINT_EDGE, bw_rule_types_of_pad },
  { "hole_clearance", CONSTRAINT_HOLE, bw_rule_types_of_pad },
  { "physical_hole_clearance", CONSTRAINT_HOLE, bw_rule_types_of_any },
  { "hole_to_hole", CONSTRAINT_HOLE_TO_HOLE, bw_rule_types_of_pad },
  { "silk_clearance", CONSTRAINT_SILK, bw_rule_types_of_drawing },
  { "clearance", CONSTRAINT_COPPER, bw_rule_types_of_pad },
  { "disallow", CONSTRAINT_DISALLOW, bw_rule_types_of_footprint },
};

typedef struct
{
  BwReader *reader;
  const BwSexpr *sexpr; /* of the rule file */
  char *name;
  BwRuleChoice choice;
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
static GString *
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
  return list;
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

/* `fact` of something that the file calls `name`. */
static void
note_named (RuleFile   *self,
            guint32     offset,
            const char *what,
            const char *name,
            const char *fact)
{
  g_autofree char *shown = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1),
                                                           MAX_NAME_SHOWN));

  bw_reader_note_text (self->reader,
                       g_strdup_printf ("%s:%u: %s“%s” %s", self->name,
                                        bw_sexpr_line (self->sexpr, offset), what, shown, fact));
}

static void
note_fact (RuleFile   *self,
           const Rule *rule,
           const char *fact)
{
  note_named (self, self->sexpr->nodes[rule->node].offset, "rule ", rule->name, fact);
}

/* An item, a list or a word, that no rule file has there. */
static void
note_unknown (RuleFile            *self,
              const BwSexprCursor *item)
{
  gsize length = MIN (item->length, MAX_NAME_SHOWN * 4u);
  g_autofree char *text = g_utf8_make_valid (self->sexpr->text + item->offset, (gssize) length);

  note_named (self, item->offset, "", text, "is not understood and left out");
}

static void
note_rule (RuleFile   *self,
           const Rule *rule,
           const char *why)
{
  g_autofree char *fact = g_strdup_printf ("is not followed: %s", why);

  note_fact (self, rule, fact);
}

/* A limit within what lengths can be. */
static gint32
limit_length (RuleFile   *self,
              const Rule *rule,
              double      nm)
{
  if (nm < 0.0)
    note_fact (self, rule, "has a lower limit that is negative; it counts as 0");
  else if (nm > BW_COORD_MAX_NM)
    note_fact (self, rule, "has a lower limit beyond 2 m, which was cut to that");
  return (gint32) CLAMP (nm, 0.0, BW_COORD_MAX_NM);
}

/* The (min …) of a constraint, such as 0.5mm, 20mil or 0.02in; -1: none that is understood. */
static gint32
read_min (RuleFile   *self,
          const Rule *rule,
          guint32     constraint)
{
  static const struct { const char *unit; double nm; } units[] = {
    { "mm", 1.0 }, { "mil", 0.0254 }, { "mils", 0.0254 }, { "in", 25.4 }, { "um", 0.001 },
  };
  const BwSexpr *sexpr = self->sexpr;
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
        return limit_length (self, rule, (double) micro * units[i].nm);
    }
  return -1;
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
      BwRuleAbout inside =
        bw_rule_choice_find (&self->choice, rule->condition, bw_rule_types_of_footprint,
                             BW_TRUTH_YES, side, FALSE, chosen);
      BwRuleAbout outside =
        bw_rule_choice_find (&self->choice, rule->condition, bw_rule_types_of_footprint,
                             BW_TRUTH_NO, side, FALSE, chosen);

      if ((inside != BW_RULE_ABOUT_ALL && inside != BW_RULE_ABOUT_NOBODY) ||
          outside != BW_RULE_ABOUT_NOBODY)
        return FALSE;
      if (inside == BW_RULE_ABOUT_ALL)
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

      if (!bw_wildcard_match_folded (area, zone->name, &self->choice.work_left))
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
           BwRuleAbout     about,
           const guint8   *chosen,
           gint32          nm)
{
  BwBoard *board = &self->reader->board->board;
  BwFootprint *footprints = (BwFootprint *) board->footprints;

  if (about == BW_RULE_ABOUT_ALL)
    *limit_of (&board->rules, kind) = nm;
  else if (kind != CONSTRAINT_COURTYARD && kind != CONSTRAINT_EDGE)
    return FALSE;
  for (guint32 i = 0; i < board->n_footprints; i++)
    if (chosen[i] && kind == CONSTRAINT_COURTYARD)
      footprints[i].courtyard_clearance_nm = about == BW_RULE_ABOUT_ALL ? -1 : nm;
    else if (chosen[i] && kind == CONSTRAINT_EDGE)
      footprints[i].edge_clearance_nm = about == BW_RULE_ABOUT_ALL ? -1 : nm;
  return TRUE;
}

typedef struct
{
  GArray *pairs;         /* BwPairRule */
  gint32 nm;
} Pairs;

static void
add_pair (gpointer user_data,
          guint32  a,
          guint32  b)
{
  Pairs *self = user_data;
  BwPairRule pair = { MIN (a, b), MAX (a, b), self->nm };

  g_array_append_val (self->pairs, pair);
}

/* What the rule asks of two parts, and of no single one whatever the other is. */
static void
set_pair_limits (RuleFile   *self,
                 const Rule *rule,
                 gint32      nm,
                 guint8     *chosen)
{
  GArray *pairs = self->reader->pair_rules;
  guint n_before = pairs->len;
  Pairs found = { pairs, nm };

  if (bw_rule_choice_pairs (&self->choice, rule->condition, chosen, add_pair, &found) &&
      pairs->len <= MAX_PAIRS)
    {
      set_limit (self, CONSTRAINT_COURTYARD, BW_RULE_ABOUT_SOME, chosen, nm);
      return;
    }
  g_array_set_size (pairs, n_before);
  note_rule (self, rule, "its condition cannot be decided for parts");
}

static void
read_clearance (RuleFile          *self,
                const Rule        *rule,
                guint32            constraint,
                ConstraintKind     kind,
                const char *const *types,
                guint8            *chosen)
{
  gint32 nm = read_min (self, rule, constraint);
  gboolean of_two = kind == CONSTRAINT_COURTYARD;
  BwRuleAbout about;

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
  about = bw_rule_choice_find (&self->choice, rule->condition, types, BW_TRUTH_UNSURE, -1, of_two,
                               chosen);
  if (about == BW_RULE_ABOUT_UNSURE && of_two)
    set_pair_limits (self, rule, nm, chosen);
  else if (about == BW_RULE_ABOUT_UNSURE)
    note_rule (self, rule, "its condition cannot be decided for parts");
  else if (about != BW_RULE_ABOUT_NOBODY && !set_limit (self, kind, about, chosen, nm))
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

static char *
dup_if (const BwSexpr *sexpr,
        guint32        node)
{
  return node != 0 ? bw_sexpr_dup_first (sexpr, node) : NULL;
}

/* What is in a rule besides its name and what is read of it. */
static void
note_strays (RuleFile *self,
             guint32   rule)
{
  static const char *const known[] = { "condition", "constraint", "layer", "severity" };
  BwSexprCursor item = bw_sexpr_enter (self->sexpr, rule);

  for (guint n = 0; bw_sexpr_next (&item) != BW_SEXPR_END; n++)
    {
      gboolean is_known = n == 0 && item.kind != BW_SEXPR_LIST;

      for (guint i = 0; i < G_N_ELEMENTS (known) && item.kind == BW_SEXPR_LIST; i++)
        is_known = is_known || begins_with (self->sexpr, item.node, known[i]);
      if (!is_known)
        note_unknown (self, &item);
    }
}

static void
read_rule (RuleFile *self,
           guint32   node,
           guint8   *chosen)
{
  guint32 condition = find_word (self->sexpr, node, "condition");
  guint32 layer = find_word (self->sexpr, node, "layer");
  guint32 severity = find_word (self->sexpr, node, "severity");
  g_autofree char *name = bw_sexpr_dup_first (self->sexpr, node);
  g_autofree char *condition_text = dup_if (self->sexpr, condition);
  g_autofree char *layer_text = dup_if (self->sexpr, layer);
  g_autofree char *severity_text = dup_if (self->sexpr, severity);
  Rule rule = { node, name, condition_text, layer_text };
  gboolean about_parts = FALSE;

  note_strays (self, node);
  if (g_strcmp0 (severity_text, "ignore") == 0)
    return;
  for (guint32 child = node + 1; child < self->sexpr->nodes[node].next;
       child = self->sexpr->nodes[child].next)
    if (begins_with (self->sexpr, child, "constraint"))
      about_parts |= read_constraint (self, &rule, child, chosen);
  if (!about_parts && self->n_of_tracks++ == 0)
    self->first_of_tracks = node;
}

/* The number in most files, and the one that KiCad gives its format; both mean the same. */
static void
check_version (RuleFile *self,
               guint32   node)
{
  g_autofree char *version = bw_sexpr_dup_first (self->sexpr, node);

  if (!g_str_equal (version, "1") && !g_str_equal (version, "20200610"))
    bw_reader_note_text (self->reader,
                         g_strdup_printf ("%s:%u: version “%.*s” of rules is not known; they are "
                                          "read as version 1", self->name,
                                          bw_sexpr_line (self->sexpr,
                                                         self->sexpr->nodes[node].offset),
                                          MAX_NAME_SHOWN, version));
}

/* A parenthesis that closes nothing closes the list around the rules. */
static void
note_rest (RuleFile *self)
{
  const BwSexprNode *all = &self->sexpr->nodes[0];

  if (bw_sexpr_find_rest (self->sexpr) < self->sexpr->length)
    bw_reader_note_text (self->reader,
                         g_strdup_printf ("%s:%u: a parenthesis closes nothing; the rules that "
                                          "follow it are left out", self->name,
                                          bw_sexpr_line (self->sexpr,
                                                         all->offset + all->length - 1)));
}

void
bw_reader_rule_file (BwReader *self,
                     GBytes   *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GString) text = dup_as_list (data, length);
  g_autofree char *name = bw_reader_name_beside (self, ".kicad_dru");
  g_autoptr (GError) error = NULL;
  g_autoptr (BwSexpr) sexpr = bw_sexpr_new (text->str, text->len, name, &error);
  g_autofree guint8 *chosen = g_new0 (guint8, (gsize) self->board->board.n_footprints + 1);
  RuleFile file = { .reader = self, .sexpr = sexpr, .name = name };

  if (sexpr == NULL)
    {
      bw_reader_note_text (self, g_strdup_printf ("%s; its rules are left out", error->message));
      return;
    }
  note_rest (&file);
  bw_rule_choice_init (&file.choice, self, MAX_CONDITION_WORK);
  for (BwSexprCursor item = bw_sexpr_enter (sexpr, 0); bw_sexpr_next (&item) != BW_SEXPR_END;)
    if (item.kind == BW_SEXPR_LIST && begins_with (sexpr, item.node, "rule"))
      read_rule (&file, item.node, chosen);
    else if (item.kind == BW_SEXPR_LIST && begins_with (sexpr, item.node, "version"))
      check_version (&file, item.node);
    else
      note_unknown (&file, &item);
  if (file.n_of_tracks > 0)
    bw_reader_note_text (self,
                         g_strdup_printf ("%s:%u: what rules here say of copper alone is not "
                                          "followed (%u in all, this is the first)", name,
                                          bw_sexpr_line (sexpr,
                                                         sexpr->nodes[file.first_of_tracks].offset),
                                          file.n_of_tracks));
  if (file.choice.work_left <= 0)
    bw_reader_note_text (self, g_strdup_printf ("%s: its conditions are so many that some are not "
                                                "followed", name));
  bw_rule_choice_clear (&file.choice);
}
