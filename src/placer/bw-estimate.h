/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How hard a layout is to route, in mm of wire: to tell which of several is to be kept. Of the same
 * board placed with other seeds, this and the wires together ranked placements as routing them did
 * with 0.47 (Spearman's), the wires alone with 0.43. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-model.h"
#include "placer/bw-trees.h"

typedef struct
{
  uint32_t part;
  uint32_t net;
  BwPoint at;           /* in the part's front frame */
} BwEstimatePin;

typedef struct
{
  BwEstimatePin *pins;  /* of signals with two pins or more, by net */
  uint32_t n_pins;
  BwTreeEdge *edges;
  BwTreePin *scratch;
  BwPoint *points;
  BwTransform *transforms;
} BwEstimate;

/* False when out of memory; bw_estimate_clear() in any case. */
bool   bw_estimate_init  (BwEstimate      *self,
                          const BwProblem *problem);
void   bw_estimate_clear (BwEstimate      *self);

/* What the crossings of signals' trees cost by the problem; 0 where it wants none of that, and
 * where signals have more than 8000 pins. Takes the square of each net's pins, and somewhat more
 * than their sum: nothing for a loop. */
double bw_estimate_mm    (BwEstimate      *self,
                          const BwModel   *model,
                          const BwLayout  *layout);
