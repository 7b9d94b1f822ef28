/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The truth about a layout: overlaps and what is outside by the exact polygons, wirelength by
 * all terminals. Never changes a run. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-bodies.h"
#include "placer/bw-model.h"
#include "placer/bw-placer.h"

typedef struct
{
  const BwModel *model;
  BwBodies bodies;
  BwPoint *last_at;      /* anchors at the last measurement */
  uint8_t *is_counted;   /* nets with two terminals or more */
  uint8_t *is_outside;   /* movable parts, in the layout measured last */
  uint8_t *is_clashing;  /* fixed parts in conflict with such, as long as is_locked_known */
  uint8_t *is_barred;    /* in conflict with another one by a keepout or pad alone: bits, 1 where
                          * either may move, in the layout measured last, 2 as is_clashing */
  bool has_barred;       /* in that layout */
  uint32_t locked_conflicts;
  double depth_mm;       /* of the violations, as last counted */
  bool is_locked_known;
  bool has_last;
} BwMeasure;

/* False when out of memory. */
bool bw_measure_init       (BwMeasure       *self,
                            const BwModel   *model);
void bw_measure_clear      (BwMeasure       *self);

/* What is fixed, or where, has changed. */
void bw_measure_forget     (BwMeasure       *self);

void bw_measure_layout     (BwMeasure       *self,
                            const BwLayout  *layout,
                            BwPlacerMetrics *metrics_out);

/* Whether any part, fixed or not, is outside in the layout that was measured last. */
bool     bw_measure_is_outside (BwMeasure      *self,
                                const BwLayout *layout,
                                uint32_t        part);

/* Sets `bad[i]` for each movable part that overlaps another or is outside, and depth_mm. Stops
 * where there are more than `n_most` violations. */
uint32_t bw_measure_violations (BwMeasure      *self,
                                const BwLayout *layout,
                                uint32_t        n_most,
                                uint8_t        *bad);
