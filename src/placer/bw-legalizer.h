/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From overlapping to legal, part by part, the large ones first: a part that is free where it is
 * stays there, another one goes to the best free place. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-finder.h"

typedef struct
{
  BwFinder *finder;
  uint32_t *order;
  uint32_t n_order;
  uint32_t next;
  uint32_t n_failed;    /* parts without a free place: left out of the scene */
  double stay_weight;   /* cost for each mm that a part moves */
  bool keep_slot;       /* turn a part only where it fits in no other way */
  BwPoint *wanted;      /* where each part was */
} BwLegalizer;

/* False when out of memory. */
bool bw_legalizer_init  (BwLegalizer *self,
                         BwFinder    *finder);
void bw_legalizer_clear (BwLegalizer *self);

/* Takes movable parts of the scene out, and orders them. `first` (or NULL): how often a part had
 * no place before; such parts come before the larger ones. `only` (or NULL): the rest stays in. */
void bw_legalizer_start (BwLegalizer    *self,
                         double          stay_weight,
                         bool            keep_slot,
                         const uint32_t *first,
                         const uint8_t  *only);

/* Puts in the next part. False when all are done. */
bool bw_legalizer_step  (BwLegalizer *self);
