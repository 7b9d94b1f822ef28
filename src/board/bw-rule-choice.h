/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom the rules of a rule file are about. */

#pragma once

#include "board/bw-reader.h"
#include "board/bw-rule-condition.h"

G_BEGIN_DECLS

typedef struct
{
  BwReader *reader;
  GHashTable *members;  /* what is asked for → guint8 of each footprint */
  gint64 work_left;     /* steps that conditions may take for all rules together */
} BwRuleChoice;

typedef enum
{
  BW_RULE_ABOUT_NOBODY,
  BW_RULE_ABOUT_SOME,
  BW_RULE_ABOUT_ALL,
  BW_RULE_ABOUT_UNSURE, /* that cannot be told of each part by itself */
} BwRuleAbout;

/* What A can be where a part is what the constraint is about; these end in NULL. */
extern const char *const bw_rule_types_of_footprint[];
extern const char *const bw_rule_types_of_pad[];
extern const char *const bw_rule_types_of_any[];
extern const char *const bw_rule_types_of_drawing[];

void        bw_rule_choice_init  (BwRuleChoice      *self,
                                  BwReader          *reader,
                                  gint64             work);
void        bw_rule_choice_clear (BwRuleChoice      *self);

/* Sets `chosen` for the footprints that the rule is about, where that does not depend on the side
 * that they lie on; with BW_RULE_ABOUT_UNSURE for those of which it is sure. `condition` may be
 * NULL. `only_side` is a BwSide or -1. With `as_b` also for those that it is about as the other one
 * of two. */
BwRuleAbout bw_rule_choice_find  (BwRuleChoice      *self,
                                  const char        *condition,
                                  const char *const *types,
                                  BwTruth            in_area,
                                  int                only_side,
                                  gboolean           as_b,
                                  guint8            *chosen);

/* Calls `add` for the pairs that the rule is about, but for those with one that is `chosen`. FALSE:
 * of some that cannot be told. */
gboolean    bw_rule_choice_pairs (BwRuleChoice      *self,
                                  const char        *condition,
                                  const guint8      *chosen,
                                  void             (*add) (gpointer user_data,
                                                           guint32  a,
                                                           guint32  b),
                                  gpointer           user_data);

G_END_DECLS
