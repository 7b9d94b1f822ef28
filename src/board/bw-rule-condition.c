/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-rule-condition.h"

#include <string.h>

#include "board/bw-wildcard.h"

#define MAX_DEPTH 32
#define MAX_WORD 256

/* What a word or a call comes to. A property is asked for by what it is compared with. */
typedef enum
{
  VALUE_TRUTH,
  VALUE_TEXT,
  VALUE_REFERENCE,
  VALUE_VALUE,
  VALUE_TYPE,
  VALUE_LAYER,
  VALUE_UNKNOWN,
} ValueKind;

typedef struct
{
  ValueKind kind;
  gboolean of_b;
  BwTruth truth;
  char text[MAX_WORD];
} Value;

typedef struct
{
  const char *p;
  const BwRuleSubject *subject;
  gint64 *work_left;
  guint depth;
  gboolean broken; /* what is left cannot be read */

  /* For finding the area instead of a truth. */
  char *area;
  guint n_areas;
} Parser;

static Value parse_and (Parser *self);

static Value
truth (BwTruth is)
{
  return (Value) { .kind = VALUE_TRUTH, .truth = is };
}

static void
skip_space (Parser *self)
{
  while (g_ascii_isspace (*self->p))
    self->p++;
}

static gboolean
take (Parser     *self,
      const char *token)
{
  skip_space (self);
  if (!g_str_has_prefix (self->p, token))
    return FALSE;
  self->p += strlen (token);
  return TRUE;
}

/* A name, or what stands in quotes of either kind. */
static void
take_word (Parser *self,
           char    word[MAX_WORD])
{
  gsize length = 0;

  skip_space (self);
  if (*self->p == '\'' || *self->p == '"')
    {
      char quote = *self->p++;

      for (; *self->p != '\0' && *self->p != quote; self->p++)
        if (length + 1 < MAX_WORD)
          word[length++] = *self->p;
        else
          self->broken = TRUE;
      if (*self->p == quote)
        self->p++;
      else
        self->broken = TRUE;
    }
  else
    for (; g_ascii_isalnum (*self->p) || *self->p == '_' || *self->p == '.'; self->p++)
      if (length + 1 < MAX_WORD)
        word[length++] = *self->p;
      else
        self->broken = TRUE;
  word[length] = '\0';
}

static const BwRuleItem *
item_of (const Parser *self,
         gboolean      of_b)
{
  return of_b ? &self->subject->b : &self->subject->a;
}

static BwTruth
is_member (Parser           *self,
           const BwRuleItem *item,
           BwMembersOf       of,
           const char       *pattern)
{
  const BwRuleSubject *subject = self->subject;
  const guint8 *members;

  if (item->footprint == NULL)
    return BW_TRUTH_UNSURE;
  members = subject->members (subject->user_data, of, pattern);
  if (members == NULL)
    return BW_TRUTH_UNSURE;
  return members[item->index] ? BW_TRUTH_YES : BW_TRUTH_NO;
}

static BwTruth
is_on_layer (const BwRuleItem *item,
             const char       *layer)
{
  char side = item->side == BW_SIDE_BACK ? 'B' : 'F';

  if (item->footprint == NULL || layer[0] == '\0' || layer[1] != '.' ||
      (layer[0] != 'F' && layer[0] != 'B'))
    return BW_TRUTH_UNSURE;
  return layer[0] == side ? BW_TRUTH_YES : BW_TRUTH_NO;
}

static BwTruth
matches (const Parser *self,
         const char   *pattern,
         const char   *text)
{
  return bw_wildcard_match_folded (pattern, text, self->work_left) ? BW_TRUTH_YES : BW_TRUTH_NO;
}

static Value
call (Parser     *self,
      const char *name,
      const char *argument)
{
  static const char *const of_areas[] = { "insideArea", "intersectsArea", "enclosedByArea" };
  static const struct { const char *name; BwMembersOf of; } of_members[] = {
    { "memberOf", BW_MEMBERS_OF_GROUP }, { "memberOfGroup", BW_MEMBERS_OF_GROUP },
    { "memberOfSheet", BW_MEMBERS_OF_SHEET },
    { "memberOfSheetOrChildren", BW_MEMBERS_OF_SHEET_OR_CHILDREN },
    { "hasComponentClass", BW_MEMBERS_OF_CLASS },
  };
  gboolean of_b = g_str_has_prefix (name, "B.");
  const BwRuleItem *item = self->subject != NULL ? item_of (self, of_b) : NULL;

  if (!of_b && !g_str_has_prefix (name, "A."))
    return truth (BW_TRUTH_UNSURE);
  name += strlen ("A.");
  for (guint i = 0; i < G_N_ELEMENTS (of_areas); i++)
    if (g_str_equal (name, of_areas[i]))
      {
        if (!of_b && self->n_areas++ == 0)
          self->area = g_strdup (argument);
        return truth (item != NULL ? item->in_area : BW_TRUTH_UNSURE);
      }
  if (item == NULL || item->footprint == NULL)
    return truth (BW_TRUTH_UNSURE);
  for (guint i = 0; i < G_N_ELEMENTS (of_members); i++)
    if (g_str_equal (name, of_members[i].name))
      return truth (is_member (self, item, of_members[i].of, argument));
  if (g_str_equal (name, "memberOfFootprint"))
    return truth (matches (self, argument, item->footprint->reference));
  if (g_str_equal (name, "existsOnLayer"))
    return truth (is_on_layer (item, argument));
  return truth (BW_TRUTH_UNSURE);
}

static Value
property (const char *name)
{
  static const struct { const char *name; ValueKind kind; } properties[] = {
    { "Reference", VALUE_REFERENCE }, { "Value", VALUE_VALUE }, { "Type", VALUE_TYPE },
    { "Layer", VALUE_LAYER },
  };
  gboolean of_b = g_str_has_prefix (name, "B.");

  if (of_b || g_str_has_prefix (name, "A."))
    for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
      if (g_str_equal (name + strlen ("A."), properties[i].name))
        return (Value) { .kind = properties[i].kind, .of_b = of_b };
  return (Value) { .kind = VALUE_UNKNOWN };
}

static Value
parse_primary (Parser *self)
{
  Value value = { .kind = VALUE_TEXT };
  char name[MAX_WORD];

  if (self->broken || self->depth >= MAX_DEPTH)
    {
      self->broken = TRUE;
      return truth (BW_TRUTH_UNSURE);
    }
  if (take (self, "("))
    {
      self->depth++;
      value = parse_and (self);
      self->depth--;
      self->broken = !take (self, ")") || self->broken;
      return value;
    }
  skip_space (self);
  if (*self->p == '\'' || *self->p == '"')
    {
      take_word (self, value.text);
      return value;
    }
  take_word (self, name);
  if (name[0] == '\0')
    self->broken = TRUE;
  if (!take (self, "("))
    return property (name);
  take_word (self, value.text);
  while (take (self, ","))
    {
      char more[MAX_WORD];

      take_word (self, more);
    }
  self->broken = !take (self, ")") || self->broken;
  return self->broken ? truth (BW_TRUTH_UNSURE) : call (self, name, value.text);
}

static BwTruth
is_type (const BwRuleSubject *subject,
         gboolean             of_b,
         const char          *type)
{
  if (of_b)
    return subject->b_is_footprint && g_ascii_strcasecmp (type, "Footprint") == 0
             ? BW_TRUTH_YES : BW_TRUTH_UNSURE;
  for (guint i = 0; subject->types[i] != NULL; i++)
    if (g_ascii_strcasecmp (subject->types[i], type) == 0)
      return BW_TRUTH_YES;
  return BW_TRUTH_NO;
}

static BwTruth
equals (const Parser *self,
        const Value  *property_value,
        const Value  *text)
{
  const BwRuleItem *item;

  if (text->kind != VALUE_TEXT || self->subject == NULL)
    return BW_TRUTH_UNSURE;
  if (property_value->kind == VALUE_TYPE)
    return is_type (self->subject, property_value->of_b, text->text);
  item = item_of (self, property_value->of_b);
  if (item->footprint == NULL)
    return BW_TRUTH_UNSURE;
  switch (property_value->kind)
    {
    case VALUE_REFERENCE:
      return matches (self, text->text, item->footprint->reference);
    case VALUE_VALUE:
      return matches (self, text->text, item->footprint->value);
    case VALUE_LAYER:
      return is_on_layer (item, text->text);
    case VALUE_TYPE:
    case VALUE_TRUTH:
    case VALUE_TEXT:
    case VALUE_UNKNOWN:
    default:
      return BW_TRUTH_UNSURE;
    }
}

static BwTruth
negated (BwTruth is)
{
  if (is == BW_TRUTH_UNSURE)
    return is;
  return is == BW_TRUTH_YES ? BW_TRUTH_NO : BW_TRUTH_YES;
}

static Value
parse_comparison (Parser *self)
{
  static const char *const others[] = { "<=", ">=", "<", ">" };
  Value left, right;
  gboolean is_equal;

  if (take (self, "!"))
    {
      self->broken |= ++self->depth >= MAX_DEPTH;
      left = self->broken ? truth (BW_TRUTH_UNSURE) : parse_comparison (self);
      self->depth--;
      return truth (left.kind == VALUE_TRUTH ? negated (left.truth) : BW_TRUTH_UNSURE);
    }
  left = parse_primary (self);
  is_equal = take (self, "==");
  if (is_equal || take (self, "!="))
    {
      BwTruth same;

      right = parse_primary (self);
      same = left.kind == VALUE_TEXT ? equals (self, &right, &left)
                                     : equals (self, &left, &right);
      return truth (is_equal ? same : negated (same));
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (take (self, others[i]))
      {
        parse_primary (self);
        return truth (BW_TRUTH_UNSURE);
      }
  return left.kind == VALUE_TRUTH ? left : truth (BW_TRUTH_UNSURE);
}

/* What decides counts, be the other side known or not. */
static BwTruth
combined (BwTruth a,
          BwTruth b,
          BwTruth decides)
{
  if (a == decides || b == decides)
    return decides;
  return a == BW_TRUTH_UNSURE || b == BW_TRUTH_UNSURE ? BW_TRUTH_UNSURE : negated (decides);
}

static Value
parse_or (Parser *self)
{
  Value value = parse_comparison (self);

  while (!self->broken && take (self, "||"))
    value = truth (combined (value.truth, parse_comparison (self).truth, BW_TRUTH_YES));
  return value;
}

static Value
parse_and (Parser *self)
{
  Value value = parse_or (self);

  while (!self->broken && take (self, "&&"))
    value = truth (combined (value.truth, parse_or (self).truth, BW_TRUTH_NO));
  return value;
}

static BwTruth
parse (Parser     *self,
       const char *condition)
{
  Value value;

  self->p = condition;
  value = parse_and (self);
  skip_space (self);
  if (self->broken || *self->p != '\0' || *self->work_left <= 0)
    return BW_TRUTH_UNSURE;
  return value.truth;
}

BwTruth
bw_rule_condition_test (const char          *condition,
                        const BwRuleSubject *subject,
                        gint64              *work_left)
{
  Parser parser = { .subject = subject, .work_left = work_left };
  BwTruth is;

  *work_left -= (gint64) strlen (condition);
  if (*work_left <= 0)
    return BW_TRUTH_UNSURE;
  is = parse (&parser, condition);
  g_free (parser.area);
  return is;
}

char *
bw_rule_condition_dup_area (const char *condition)
{
  gint64 work = G_MAXINT64;
  Parser parser = { .work_left = &work };

  parse (&parser, condition);
  if (parser.n_areas == 1 && !parser.broken)
    return parser.area;
  g_free (parser.area);
  return NULL;
}
