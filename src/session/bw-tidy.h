/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an engineer does by hand beyond short wires, and how much of it a placement has. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

/* A pad that is to be at another one. */
typedef struct
{
  guint32 part;
  guint32 pad;
  guint32 served;
  guint32 served_pad;
} BwService;

typedef struct
{
  double decoupling_mm; /* mean distance of a capacitor's supply pad from the nearest supply pin of
                           an IC on its net */
  guint n_decoupling;   /* capacitors that this is the mean of */
  guint n_facing;       /* of these, those whose supply pad is nearer to that pin than the other */
  double crystal_mm;    /* mean distance of a crystal's pads from the pins that they drive */
  guint n_crystals;     /* pads that this is the mean of */
  guint n_connectors;   /* whose plug comes from a side, or that have two pads or more */
  guint n_at_edge;      /* of these, those whose plug comes in over the edge, or that stand upright
                         * beside it */
  guint n_twins;        /* parts of repeated channels, without the first of each kind */
  guint n_alike;        /* of these, those that lie in theirs as their twins do in the first */
  guint n_equal;        /* parts with another one of their footprint within 10 mm on their side */
  guint n_aligned;      /* of these, those in one row or column with the nearest such part */
  guint n_even;         /* of these, those with one more such part as far off on the other side, or
                         * as far again beyond the nearest */
  guint n_passives;     /* parts of two pads with another one of about their size within 10 mm */
  guint n_in_rows;      /* of these, those in one row or column with the nearest such part */
  guint n_parts;        /* that have nets */
  guint n_on_grid;      /* of these, those with the anchor on one of 0.1 mm */
  guint n_slanted;      /* of these, those that are turned by anything but quarters */
} BwTidiness;

/* Which supply pin each decoupling capacitor serves: pins of its supply's ICs share the
 * capacitors evenly, those of the same sheet before others, near ones before far ones.
 *
 * Returns: (element-type BwService) (transfer full) */
GArray  *bw_tidy_find_decoupling     (const BwBoard    *board,
                                      const BwPose     *poses);

/* Each pad of a crystal with the nearest IC's pad on its net. (transfer full) */
GArray  *bw_tidy_find_crystals       (const BwBoard    *board,
                                      const BwPose     *poses);

/* For each part a number > 0 that all of its footprint have. (transfer full) */
guint32 *bw_tidy_number_equals       (const BwBoard    *board);

/* For each part of two pads a number > 0 that all of about its size have, resistors and capacitors
 * alike; 0 for others. (transfer full) */
guint32 *bw_tidy_number_rows         (const BwBoard    *board);

void     bw_tidiness_measure         (const BwBoard    *board,
                                      const BwPose     *poses,
                                      BwTidiness       *result_out);

G_END_DECLS
