/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an engineer does by hand beyond short wires, each with a weight; and how much of it a
 * placement has. */

#pragma once

#include <math.h>

#include "board/bw-board.h"

G_BEGIN_DECLS

/* Weights are what a mm costs in mm of wire, unless told otherwise; 0 switches a term off. NAN
 * where nothing is told. */
typedef struct
{
  double decoupling; /* from a decoupling capacitor's supply pad to the pin that it serves */
  double crystals;   /* from a crystal to each pin that it drives */
  double edges;      /* from the side that a connector's plug comes from to the edge that is nearest
                      * at the start */
  double alignment;  /* not of a mm: for each part in line with its nearest equal one */
  double channels;   /* not of a mm: for each part of a channel that is laid out as another one */
  double grid_mm;    /* parts end on it; large ones on five times that */
  double gap_mm;     /* wished between two bodies; no weights, these three */
  double escape_mm;  /* the same about parts of many pins, for tracks to leave them */
  double margin_mm;  /* wished between bodies and the edge */
} BwTidy;

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
  guint n_connectors;   /* whose plug comes from a side */
  guint n_at_edge;      /* of these, those whose plug comes in over the edge */
  guint n_twins;        /* parts of repeated channels, without the first of each kind */
  guint n_alike;        /* of these, those that lie in theirs as their twins do in the first */
  guint n_equal;        /* parts with another one of their footprint within 10 mm on their side */
  guint n_aligned;      /* of these, those in one row or column with the nearest such part */
} BwTidiness;

#define BW_TIDY_MAX_WEIGHT 1000.0

/* All that is not told. */
#define BW_TIDY_UNTOLD ((BwTidy) { NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN })

BwTidy   bw_tidy_default             (void);

/* What `self` tells, and of the rest what `other` does. */
BwTidy   bw_tidy_or                  (const BwTidy     *self,
                                      const BwTidy     *other);

/* Of the terms; NULL-terminated. */
const char *const *bw_tidy_names     (void);

/* Sets the term of that name, as in "decoupling". FALSE where there is none, or the weight is no
 * number from 0 to 1000. */
gboolean bw_tidy_set                 (BwTidy           *self,
                                      const char       *name,
                                      double            weight);

/* All switched off but what keeps parts apart. */
void     bw_tidy_switch_off          (BwTidy           *self);

/* Reads "decoupling=0.5,edges=0", or "none": what is not named stays as it is. FALSE where one is
 * not known or no number from 0 to 1000. */
gboolean bw_tidy_parse               (BwTidy           *self,
                                      const char       *text);

/* Which supply pin each decoupling capacitor serves: pins of its supply's ICs share the
 * capacitors evenly, those of the same sheet before others, near ones before far ones.
 *
 * Returns: (element-type BwService) (transfer full) */
GArray  *bw_tidy_find_decoupling     (const BwBoard    *board,
                                      const BwPose     *poses);

/* Each pad of a crystal with the nearest IC's pad on its net. (transfer full) */
GArray  *bw_tidy_find_crystals       (const BwBoard    *board,
                                      const BwPose     *poses);

void     bw_tidiness_measure         (const BwBoard    *board,
                                      const BwPose     *poses,
                                      BwTidiness       *result_out);

G_END_DECLS
