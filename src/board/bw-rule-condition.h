/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Conditions of rule files, such as A.Reference == 'U*' && A.insideArea('low'), as far as they can
 * be decided for a part, or for two, without knowing where they will lie. As KiCad reads them, ||
 * binds more tightly than &&. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

typedef enum
{
  BW_TRUTH_NO,
  BW_TRUTH_YES,
  BW_TRUTH_UNSURE,
} BwTruth;

/* What parts can be members of. */
typedef enum
{
  BW_MEMBERS_OF_GROUP,
  BW_MEMBERS_OF_SHEET,
  BW_MEMBERS_OF_SHEET_OR_CHILDREN,
  BW_MEMBERS_OF_CLASS,
} BwMembersOf;

typedef struct
{
  const BwFootprint *footprint; /* NULL: any, it is not known which */
  guint32 index;
  BwSide side;             /* that it lies on */
  BwTruth in_area;         /* whether it lies in the area that is asked for */
} BwRuleItem;

/* Who A and B are, and whom lookups are left to. */
typedef struct
{
  BwRuleItem a;
  BwRuleItem b;
  const char *const *types; /* what A can be as an item of the part; ends in NULL */
  gboolean b_is_footprint;

  /* By footprint, whether it is a member of what the pattern names; valid while the caller is. */
  const guint8 *(*members) (gpointer     user_data,
                            BwMembersOf  of,
                            const char  *pattern);
  gpointer user_data;
} BwRuleSubject;

/* Takes its steps from `work_left`; unsure when that is used up. */
BwTruth bw_rule_condition_test     (const char          *condition,
                                    const BwRuleSubject *subject,
                                    gint64              *work_left);

/* The area that the condition asks A to lie in. Returns: (transfer full) (nullable): NULL where
 * it asks for none or more than one */
char   *bw_rule_condition_dup_area (const char          *condition);

G_END_DECLS
