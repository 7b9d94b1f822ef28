/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-rule-text.h"

#include <glib/gi18n.h>

/* More cannot be taken in, and a file may name thousands. */
#define N_PATTERNS_MAX 8

static char *
join (char **patterns)
{
  guint n = g_strv_length (patterns);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (n, N_PATTERNS_MAX); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", patterns[i]);
  if (n > N_PATTERNS_MAX)
    {
      g_string_append (text, ", ");
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", n - N_PATTERNS_MAX),
                              n - N_PATTERNS_MAX);
    }
  return g_string_free (text, FALSE);
}

static const char *
edge_text (BwEdge edge)
{
  switch (edge)
    {
    case BW_EDGE_LEFT:
      return _("At the left edge");
    case BW_EDGE_RIGHT:
      return _("At the right edge");
    case BW_EDGE_TOP:
      return _("At the top edge");
    case BW_EDGE_BOTTOM:
      return _("At the bottom edge");
    case BW_EDGE_ANY:
    case BW_EDGE_NONE:
    default:
      return _("At the nearest edge");
    }
}

static char *
dup_rotations (const BwRule *rule)
{
  g_autoptr (GString) degrees = g_string_new (NULL);

  for (guint i = 0; i < MIN (rule->rotations->len, N_PATTERNS_MAX); i++)
    g_string_append_printf (degrees, "%s%g°", i > 0 ? ", " : "",
                            g_array_index (rule->rotations, double, i));
  if (rule->rotations->len > N_PATTERNS_MAX)
    g_string_append (degrees, ", …");
  /* Translators: the rotations that a part may have: "Turned by 0°, 90°". */
  return g_strdup_printf (_("Turned by %s"), degrees->str);
}

static void
add_exact (GPtrArray    *phrases,
           const BwRule *rule)
{
  const double *region = rule->region_mm;

  if (rule->lock != BW_LOCK_UNTOLD)
    g_ptr_array_add (phrases, g_strdup (rule->lock == BW_LOCK_HOLD ? _("Stays where it is")
                                                                   : _("May move")));
  if (rule->side >= 0)
    g_ptr_array_add (phrases, g_strdup (rule->side == BW_SIDE_FRONT ? _("On the front")
                                                                    : _("On the back")));
  if (rule->rotations)
    g_ptr_array_add (phrases, dup_rotations (rule));
  if (rule->has_region)
    g_ptr_array_add (phrases, g_strdup_printf (_("In a region of %.4g × %.4g mm"),
                                               region[2] - region[0], region[3] - region[1]));
}

static void
add_weighed (GPtrArray    *phrases,
             const BwRule *rule)
{
  if (rule->edge != BW_EDGE_NONE)
    g_ptr_array_add (phrases, g_strdup (edge_text (rule->edge)));
  if (rule->near)
    /* Translators: a length and a part: "Within 4 mm of U3". */
    g_ptr_array_add (phrases, g_strdup_printf (_("Within %.4g mm of %s"), rule->near_mm,
                                               rule->near));
  if (rule->together && rule->together_mm >= 0)
    g_ptr_array_add (phrases, g_strdup_printf (_("Together within %.4g mm"), rule->together_mm));
  else if (rule->together)
    g_ptr_array_add (phrases, g_strdup (_("Close together")));
  if (rule->apart && rule->apart_from)
    {
      g_autofree char *from = join (rule->apart_from);

      g_ptr_array_add (phrases, g_strdup_printf (_("At least %.4g mm from %s"), rule->apart_mm,
                                                 from));
    }
  else if (rule->apart)
    g_ptr_array_add (phrases, g_strdup_printf (_("At least %.4g mm apart"), rule->apart_mm));
}

char *
bw_rule_text_dup_what (const BwRule *rule)
{
  g_autoptr (GPtrArray) phrases = g_ptr_array_new_with_free_func (g_free);

  add_exact (phrases, rule);
  add_weighed (phrases, rule);
  if (phrases->len == 0)
    return g_strdup (_("Asks nothing"));
  g_ptr_array_add (phrases, NULL);
  return g_strjoinv (" · ", (char **) phrases->pdata);
}

char *
bw_rule_text_dup_parts (const BwRule *rule)
{
  g_autoptr (GPtrArray) phrases = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < BW_N_RULE_WAYS; i++)
    {
      g_autofree char *patterns = rule->patterns[i] ? join (rule->patterns[i]) : NULL;
      char *text;

      if (!patterns)
        continue;
      /* Translators: these tell which parts a rule is about. */
      text = i == BW_RULE_GROUP       ? g_strdup_printf (_("module %s"), patterns)
             : i == BW_RULE_VALUE     ? g_strdup_printf (_("value %s"), patterns)
             : i == BW_RULE_FOOTPRINT ? g_strdup_printf (_("footprint %s"), patterns)
                                      : g_steal_pointer (&patterns);
      g_ptr_array_add (phrases, text);
    }
  g_ptr_array_add (phrases, NULL);
  return g_strjoinv (", ", (char **) phrases->pdata);
}
