/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-rule-choice.h"

#include <string.h>

#include "board/bw-group-reader.h"
#include "board/bw-seeded-hash.h"
#include "board/bw-wildcard.h"

#define NOT_KNOWN G_MAXUINT32

const char *const bw_rule_types_of_footprint[] = { "Footprint", NULL };
const char *const bw_rule_types_of_pad[] = { "Pad", NULL };
const char *const bw_rule_types_of_any[] = { "Footprint", "Pad", "Graphic", "Text", NULL };
const char *const bw_rule_types_of_drawing[] = { "Graphic", "Text", "Text Box", NULL };

/* Sheets end in a slash or not. */
static gboolean
is_of_sheet (BwRuleChoice *self,
             const char   *pattern,
             char         *sheet,
             gboolean      or_children)
{
  g_autofree char *name = g_strdup (pattern);
  g_autofree char *below = NULL;

  bw_reader_trim_sheet (name);
  bw_reader_trim_sheet (sheet);
  if (bw_wildcard_match_folded (name, sheet, &self->work_left))
    return TRUE;
  below = g_strconcat (name, "/*", NULL);
  return or_children && bw_wildcard_match_folded (below, sheet, &self->work_left);
}

static gboolean
is_of_class (BwRuleChoice *self,
             const char   *pattern,
             guint32       classes)
{
  const BwSexpr *sexpr = self->reader->sexpr;

  for (guint32 each = classes + 1; classes != 0 && each < sexpr->nodes[classes].next;
       each = sexpr->nodes[each].next)
    {
      g_autofree char *name = bw_sexpr_dup_first (sexpr, each);

      if (bw_wildcard_match_folded (pattern, name, &self->work_left))
        return TRUE;
    }
  return FALSE;
}

/* By the sheet or the classes of each footprint in the file of the board. */
static guint8 *
find_by_text (BwRuleChoice *self,
              BwMembersOf   of,
              const char   *pattern)
{
  const BwSexpr *sexpr = self->reader->sexpr;
  guint8 *flags = g_new0 (guint8, (gsize) self->reader->board->board.n_footprints + 1);
  guint32 footprint = 0;

  for (guint32 child = 1; child < sexpr->nodes[0].next; child = sexpr->nodes[child].next)
    {
      if (sexpr->nodes[child].keyword != BW_KEYWORD_FOOTPRINT &&
          sexpr->nodes[child].keyword != BW_KEYWORD_MODULE)
        continue;
      if (of == BW_MEMBERS_OF_CLASS)
        flags[footprint] = (guint8) is_of_class (self, pattern,
                                                 bw_sexpr_find (sexpr, child,
                                                                BW_KEYWORD_COMPONENT_CLASSES));
      else
        {
          guint32 list = bw_sexpr_find (sexpr, child, BW_KEYWORD_SHEETNAME);
          g_autofree char *sheet = list != 0 ? bw_sexpr_dup_first (sexpr, list) : g_strdup ("");

          flags[footprint] = (guint8) is_of_sheet (self, pattern, sheet,
                                                   of == BW_MEMBERS_OF_SHEET_OR_CHILDREN);
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
  BwRuleChoice *self = user_data;
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

static BwRuleItem
item_of (const BwRuleChoice *self,
         guint32             footprint,
         BwSide              side,
         BwTruth             in_area)
{
  const BwFootprint *footprints = self->reader->board->board.footprints;

  return (BwRuleItem) { footprint != NOT_KNOWN ? &footprints[footprint] : NULL, footprint, side,
                        in_area };
}

/* Of A and B, either of which may be NOT_KNOWN: unsure too where it depends on their side. */
static BwTruth
test (BwRuleChoice      *self,
      const char        *condition,
      const char *const *types,
      BwTruth            in_area,
      int                only_side,
      guint32            a,
      guint32            b)
{
  BwTruth is[BW_N_SIDES];

  if (condition == NULL)
    return BW_TRUTH_YES;
  for (int i = 0; i < BW_N_SIDES; i++)
    {
      BwSide side = (BwSide) (only_side >= 0 ? only_side : i);
      BwRuleSubject subject = {
        .a = item_of (self, a, side, in_area),
        .b = item_of (self, b, side, BW_TRUTH_UNSURE),
        .types = types,
        .b_is_footprint = types == bw_rule_types_of_footprint,
        .members = find_members,
        .user_data = self,
      };

      is[i] = bw_rule_condition_test (condition, &subject, &self->work_left);
    }
  return is[0] == is[1] ? is[0] : BW_TRUTH_UNSURE;
}

void
bw_rule_choice_init (BwRuleChoice *self,
                     BwReader     *reader,
                     gint64        work)
{
  *self = (BwRuleChoice) {
    .reader = reader,
    .members = g_hash_table_new_full (bw_seeded_hash_string, g_str_equal, g_free, g_free),
    .work_left = work,
  };
}

void
bw_rule_choice_clear (BwRuleChoice *self)
{
  g_clear_pointer (&self->members, g_hash_table_unref);
}

BwRuleAbout
bw_rule_choice_find (BwRuleChoice      *self,
                     const char        *condition,
                     const char *const *types,
                     BwTruth            in_area,
                     int                only_side,
                     gboolean           as_b,
                     guint8            *chosen)
{
  guint32 n = self->reader->board->board.n_footprints, n_chosen = 0;
  gboolean is_sure = TRUE;

  memset (chosen, 0, n);
  for (guint32 i = 0; i < n; i++)
    {
      BwTruth is, is_b = BW_TRUTH_NO;

      if (--self->work_left <= 0)
        return BW_RULE_ABOUT_UNSURE;
      is = test (self, condition, types, in_area, only_side, i, NOT_KNOWN);
      if (as_b && is != BW_TRUTH_YES)
        is_b = test (self, condition, types, in_area, only_side, NOT_KNOWN, i);
      chosen[i] = is == BW_TRUTH_YES || is_b == BW_TRUTH_YES;
      n_chosen += chosen[i];
      is_sure &= chosen[i] || (is == BW_TRUTH_NO && is_b == BW_TRUTH_NO);
    }
  if (!is_sure)
    return BW_RULE_ABOUT_UNSURE;
  if (n_chosen == 0 && condition != NULL)
    return BW_RULE_ABOUT_NOBODY;
  return n_chosen == n ? BW_RULE_ABOUT_ALL : BW_RULE_ABOUT_SOME;
}

/* Those that may be A, or B, in a pair that it is about. */
static GArray *
list_open (BwRuleChoice *self,
           const char   *condition,
           const guint8 *chosen,
           gboolean      as_b)
{
  GArray *open = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < self->reader->board->board.n_footprints && self->work_left > 0; i++)
    if (!chosen[i] &&
        test (self, condition, bw_rule_types_of_footprint, BW_TRUTH_UNSURE, -1,
              as_b ? NOT_KNOWN : i, as_b ? i : NOT_KNOWN) != BW_TRUTH_NO)
      g_array_append_val (open, i);
  return open;
}

gboolean
bw_rule_choice_pairs (BwRuleChoice *self,
                      const char   *condition,
                      const guint8 *chosen,
                      void        (*add) (gpointer user_data,
                                          guint32  a,
                                          guint32  b),
                      gpointer      user_data)
{
  g_autoptr (GArray) as_a = list_open (self, condition, chosen, FALSE);
  g_autoptr (GArray) as_b = list_open (self, condition, chosen, TRUE);

  for (guint i = 0; i < as_a->len; i++)
    for (guint k = 0; k < as_b->len; k++)
      {
        guint32 a = g_array_index (as_a, guint32, i), b = g_array_index (as_b, guint32, k);
        BwTruth is = BW_TRUTH_NO;

        if (--self->work_left <= 0)
          return FALSE;
        if (a != b)
          is = test (self, condition, bw_rule_types_of_footprint, BW_TRUTH_UNSURE, -1, a, b);
        if (is == BW_TRUTH_UNSURE)
          return FALSE;
        if (is == BW_TRUTH_YES)
          add (user_data, a, b);
      }
  return TRUE;
}
