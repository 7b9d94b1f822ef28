/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a placement is to be like beyond short wires, in the placer's terms: nets that are no wires,
 * and pairs of parts that are to be apart. Private to bw-problem-builder.h. */

#pragma once

#include "placer/bw-problem.h"
#include "session/bw-constraints.h"
#include "session/bw-weights.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 part;
  BwTerminal terminal;  /* its net counts from the board's nets on */
} BwWishPin;

/* One that is no wire. */
typedef struct
{
  BwGoal goal;
  double weight;        /* of what BwWeights has for the goal; or by itself, where it has nothing */
} BwWishNet;

typedef struct
{
  const BwBoard *board;
  const BwPose *start;  /* as runs begin */
  BwBox room;
  GArray *nets;         /* BwWishNet */
  GArray *pins;         /* BwWishPin */
  GArray *aparts;       /* BwProblemApart */
  BwPoint anchor_at;    /* where a part without a body stands, number n_footprints, that pins which
                         * do not move belong to */
  gboolean needs_anchor;
} BwWishes;

/* Keeps references to nothing; `board` and `start` must outlive it. */
void bw_wishes_init            (BwWishes             *self,
                                const BwBoard        *board,
                                const BwPose         *start,
                                const gboolean       *fixed);
void bw_wishes_clear           (BwWishes             *self);

/* What the rules ask for that is no limit. */
void bw_wishes_add_constraints (BwWishes             *self,
                                const BwConstraints  *constraints);

/* What the board's own rules ask of two parts, and the areas that hold the parts of a sheet, a
 * class or a group. */
void bw_wishes_add_board       (BwWishes             *self,
                                const gboolean       *fixed);

/* What makes it tidy. `channels`: of bw_channels_find(). */
void bw_wishes_add_tidy        (BwWishes             *self,
                                const GArray         *channels,
                                const gboolean       *fixed);

/* Each mm between a part that may move and its start costs `weight` mm of wire. */
void bw_wishes_add_stay        (BwWishes             *self,
                                const gboolean       *fixed,
                                double                weight);

G_END_DECLS
