/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-rule.h"

#include <math.h>
#include <string.h>

#include "board/bw-json.h"
#include "board/bw-settings-edit.h"

static const char *const way_keys[BW_N_RULE_WAYS] = { "parts", "group", "value", "footprint" };
static const char *const sides[] = { "front", "back", NULL };
static const char *const edges[] = { "left", "right", "top", "bottom", "any", NULL };

BwRule *
bw_rule_new (void)
{
  BwRule *self = g_new0 (BwRule, 1);

  self->side = -1;
  self->together_mm = -1.0;
  self->importance = NAN;
  return self;
}

void
bw_rule_free (BwRule *self)
{
  g_free (self->name);
  for (guint i = 0; i < BW_N_RULE_WAYS; i++)
    g_strfreev (self->patterns[i]);
  g_clear_pointer (&self->rotations, g_array_unref);
  g_free (self->near);
  g_strfreev (self->apart_from);
  g_free (self);
}

char **
bw_rule_split (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      {
        g_strv_builder_add (builder, words[i]);
        n++;
      }
  return n > 0 ? g_strv_builder_end (builder) : NULL;
}

/* A string, or an array of them. */
static char **
read_patterns (const BwJson *json,
               guint32       index)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean many = bw_json_token (json, index)->kind == BW_JSON_ARRAY;
  guint32 end = bw_json_token (json, index)->next;

  if (index == 0)
    return NULL;
  for (guint32 i = many ? index + 1 : index; i < end; i = bw_json_token (json, i)->next)
    {
      g_autofree char *text = bw_json_dup (json, i);

      if (text != NULL)
        g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

/* NAN where it is no number. */
static double
read_number (const BwJson *json,
             guint32       index)
{
  g_autofree char *text = NULL;
  char *end;
  double value;

  if (index == 0 || bw_json_token (json, index)->kind != BW_JSON_OTHER)
    return NAN;
  text = bw_settings_dup_value (json, index);
  value = g_ascii_strtod (text, &end);
  return *end == '\0' ? value : NAN;
}

static gboolean
is_word (const BwJson *json,
         guint32       index,
         const char   *word)
{
  g_autofree char *text = NULL;

  if (index == 0 || bw_json_token (json, index)->kind != BW_JSON_OTHER)
    return FALSE;
  text = bw_settings_dup_value (json, index);
  return g_str_equal (text, word);
}

/* -1: none of them. */
static gint
read_choice (const BwJson      *json,
             guint32            index,
             const char *const *names)
{
  g_autofree char *text = index != 0 ? bw_json_dup (json, index) : NULL;

  for (gint i = 0; text != NULL && names[i] != NULL; i++)
    if (g_str_equal (text, names[i]))
      return i;
  return -1;
}

static void
read_numbers (BwRule       *self,
              const BwJson *json)
{
  guint32 rotations = bw_json_find (json, 0, "rotations");
  guint32 region = bw_json_find (json, 0, "region_mm");

  if (rotations != 0 && bw_json_token (json, rotations)->kind == BW_JSON_ARRAY)
    {
      self->rotations = g_array_new (FALSE, FALSE, sizeof (double));
      for (guint32 i = rotations + 1; i < bw_json_token (json, rotations)->next; i++)
        {
          double degrees = read_number (json, i);

          g_array_append_val (self->rotations, degrees);
        }
    }
  if (region != 0 && bw_json_token (json, region)->next == region + 5)
    {
      self->has_region = TRUE;
      for (guint32 i = 0; i < 4; i++)
        self->region_mm[i] = read_number (json, region + 1 + i);
    }
  self->importance = read_number (json, bw_json_find (json, 0, "importance"));
}

static void
read_distances (BwRule       *self,
                const BwJson *json)
{
  guint32 near = bw_json_find (json, 0, "near");
  guint32 together = bw_json_find (json, 0, "together");
  guint32 apart = bw_json_find (json, 0, "apart");

  if (near != 0)
    {
      guint32 part = bw_json_find (json, near, "part");

      self->near = part != 0 ? bw_json_dup (json, part) : NULL;
      self->near_mm = read_number (json, bw_json_find (json, near, "within_mm"));
    }
  if (together != 0 && bw_json_token (json, together)->kind == BW_JSON_OBJECT)
    self->together_mm = read_number (json, bw_json_find (json, together, "within_mm"));
  self->together = self->together_mm >= 0.0 || is_word (json, together, "true");
  if (apart != 0)
    {
      self->apart = TRUE;
      self->apart_mm = read_number (json, bw_json_find (json, apart, "at_least_mm"));
      self->apart_from = read_patterns (json, bw_json_find (json, apart, "from"));
    }
}

BwRule *
bw_rule_read (const char *text)
{
  BwRule *self = bw_rule_new ();
  guint line;
  g_autoptr (BwJson) json = bw_json_new (text, strlen (text), &line);
  guint32 name, lock;

  if (json == NULL)
    return self;
  name = bw_json_find (json, 0, "name");
  lock = bw_json_find (json, 0, "lock");
  self->name = name != 0 ? bw_json_dup (json, name) : NULL;
  for (guint i = 0; i < BW_N_RULE_WAYS; i++)
    self->patterns[i] = read_patterns (json, bw_json_find (json, 0, way_keys[i]));
  self->lock = is_word (json, lock, "true") ? BW_LOCK_HOLD
               : is_word (json, lock, "false") ? BW_LOCK_RELEASE
                                               : BW_LOCK_UNTOLD;
  self->side = read_choice (json, bw_json_find (json, 0, "side"), sides);
  self->edge = (BwEdge) (BW_EDGE_NONE + 1 + read_choice (json, bw_json_find (json, 0, "edge"),
                                                         edges));
  read_numbers (self, json);
  read_distances (self, json);
  return self;
}

/* To the micrometre, and no further than anybody meant. */
static void
append_number (GString *text,
               double   value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (number, sizeof number, "%.10g",
                                          floor (value * 1e6 + 0.5) / 1e6));
}

static void
append_numbers (GString      *text,
                const double *values,
                guint         n)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      append_number (text, values[i]);
    }
  g_string_append_c (text, ']');
}

static void
append_string (GString    *text,
               const char *string)
{
  g_autofree char *quoted = bw_settings_quote (string);

  g_string_append (text, quoted);
}

static void
append_patterns (GString *text,
                 char   **patterns)
{
  guint n = g_strv_length (patterns);

  g_string_append (text, n == 1 ? "" : "[");
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      append_string (text, patterns[i]);
    }
  g_string_append (text, n == 1 ? "" : "]");
}

static void
append_member (GString    *text,
               const char *key,
               double      value)
{
  g_string_append_printf (text, "\"%s\": ", key);
  append_number (text, value);
}

static void
append_name (const BwRule *self,
             GString      *text)
{
  if (self->name != NULL)
    append_string (text, self->name);
}

static void
append_lock (const BwRule *self,
             GString      *text)
{
  if (self->lock != BW_LOCK_UNTOLD)
    g_string_append (text, self->lock == BW_LOCK_HOLD ? "true" : "false");
}

static void
append_side (const BwRule *self,
             GString      *text)
{
  if (self->side >= 0)
    append_string (text, sides[self->side]);
}

static void
append_rotations (const BwRule *self,
                  GString      *text)
{
  if (self->rotations != NULL)
    append_numbers (text, (const double *) (gpointer) self->rotations->data, self->rotations->len);
}

static void
append_region (const BwRule *self,
               GString      *text)
{
  if (self->has_region)
    append_numbers (text, self->region_mm, 4);
}

static void
append_edge (const BwRule *self,
             GString      *text)
{
  if (self->edge != BW_EDGE_NONE)
    append_string (text, edges[self->edge - BW_EDGE_LEFT]);
}

static void
append_near (const BwRule *self,
             GString      *text)
{
  if (self->near == NULL)
    return;
  g_string_append (text, "{ \"part\": ");
  append_string (text, self->near);
  g_string_append (text, ", ");
  append_member (text, "within_mm", self->near_mm);
  g_string_append (text, " }");
}

static void
append_together (const BwRule *self,
                 GString      *text)
{
  if (!self->together)
    return;
  if (self->together_mm < 0.0)
    {
      g_string_append (text, "true");
      return;
    }
  g_string_append (text, "{ ");
  append_member (text, "within_mm", self->together_mm);
  g_string_append (text, " }");
}

static void
append_apart (const BwRule *self,
              GString      *text)
{
  if (!self->apart)
    return;
  g_string_append (text, "{ ");
  if (self->apart_from != NULL)
    {
      g_string_append (text, "\"from\": ");
      append_patterns (text, self->apart_from);
      g_string_append (text, ", ");
    }
  append_member (text, "at_least_mm", self->apart_mm);
  g_string_append (text, " }");
}

static void
append_importance (const BwRule *self,
                   GString      *text)
{
  if (!isnan (self->importance))
    append_number (text, self->importance);
}

static const struct
{
  const char *key;
  /* Nothing where it is not told. NULL: patterns of … */
  void (*append) (const BwRule *self, GString *text);
  BwRuleWay way;
} members[] = {
  { "name", append_name }, { "parts", NULL, BW_RULE_PARTS }, { "group", NULL, BW_RULE_GROUP },
  { "value", NULL, BW_RULE_VALUE }, { "footprint", NULL, BW_RULE_FOOTPRINT },
  { "lock", append_lock }, { "side", append_side }, { "rotations", append_rotations },
  { "region_mm", append_region }, { "edge", append_edge }, { "near", append_near },
  { "together", append_together }, { "apart", append_apart }, { "importance", append_importance },
};

static char *
dup_told (const BwRule *self,
          guint         i)
{
  GString *text = g_string_new (NULL);

  if (members[i].append != NULL)
    members[i].append (self, text);
  else if (self->patterns[members[i].way] != NULL)
    append_patterns (text, self->patterns[members[i].way]);
  return g_string_free (text, FALSE);
}

/* What the file has is left as it stands where the rule says the same. */
static char *
dup_member (const BwRule *self,
            guint         i,
            const BwRule *old,
            const BwJson *json)
{
  guint32 index = json != NULL ? bw_json_find (json, 0, members[i].key) : 0;
  g_autofree char *now = dup_told (self, i);
  g_autofree char *before = dup_told (old, i);

  return index != 0 && g_str_equal (now, before) ? bw_settings_dup_value (json, index)
                                                 : g_steal_pointer (&now);
}

static gboolean
is_known (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (key, members[i].key))
      return TRUE;
  return FALSE;
}

char *
bw_rule_write (const BwRule *self,
               const char   *text)
{
  guint line;
  g_autoptr (BwJson) json = text != NULL ? bw_json_new (text, strlen (text), &line) : NULL;
  g_autoptr (BwRule) old = text != NULL ? bw_rule_read (text) : bw_rule_new ();
  GString *result = g_string_new ("{");

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *value = dup_member (self, i, old, json);

      if (*value != '\0')
        g_string_append_printf (result, "%s\"%s\": %s", result->len > 1 ? ", " : " ",
                                members[i].key, value);
    }
  for (guint32 member = 1; json != NULL && member < bw_json_token (json, 0)->next;
       member = bw_json_token (json, member + 1)->next)
    {
      g_autofree char *key = bw_json_dup (json, member);
      g_autofree char *name = bw_settings_dup_value (json, member);
      g_autofree char *value = bw_settings_dup_value (json, member + 1);

      if (!is_known (key))
        g_string_append_printf (result, "%s%s: %s", result->len > 1 ? ", " : " ", name, value);
    }
  g_string_append (result, " }");
  return g_string_free (result, FALSE);
}
