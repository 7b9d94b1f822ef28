/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A rule of BOARD.boardwalk.json as its text has it, to be looked at and changed by a person: with
 * its patterns, where a BwConstraint has the parts that fit them. Its format is told in
 * data/constraints.md. */

#pragma once

#include "session/bw-constraints.h"

G_BEGIN_DECLS

/* What tells which parts a rule is about. */
typedef enum
{
  BW_RULE_PARTS,
  BW_RULE_GROUP,
  BW_RULE_VALUE,
  BW_RULE_FOOTPRINT,
  BW_N_RULE_WAYS,
} BwRuleWay;

typedef struct
{
  char *name;                    /* NULL: none */
  char **patterns[BW_N_RULE_WAYS]; /* NULL: these do not count */

  BwLock lock;
  gint side;                     /* BwSide; -1: either */
  GArray *rotations;             /* double, degrees; NULL: any */
  gboolean has_region;
  double region_mm[4];           /* left, top, right, bottom */
  BwEdge edge;
  char *near;                    /* a reference; NULL: none */
  double near_mm;
  gboolean together;
  double together_mm;            /* negative: as close as can be */
  gboolean apart;
  double apart_mm;
  char **apart_from;             /* patterns; NULL: from one another */
  double importance;             /* NAN: as usual */
} BwRule;

/* That asks nothing of no part. */
BwRule *bw_rule_new   (void);

/* `text` is that of a BwConstraint. What is not as it should be counts as not told. */
BwRule *bw_rule_read  (const char   *text);

/* The text of the rule: `text` (nullable) with what the rule has otherwise. What it does not know
 * stays. (transfer full) */
char   *bw_rule_write (const BwRule *self,
                       const char   *text);

void    bw_rule_free  (BwRule       *self);

/* Patterns divided by commas, and back. (transfer full): NULL where there are none. */
char  **bw_rule_split (const char   *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwRule, bw_rule_free)

G_END_DECLS
