/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The truth about a layout: overlaps and what is outside by the exact polygons, wirelength by
 * all terminals. Boxes only decide what need not be looked at. Never changes a run. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-index.h"
#include "placer/bw-model.h"
#include "placer/bw-placer.h"
#include "placer/bw-twins.h"

typedef struct
{
  const BwModel *model;
  BwIndex index;         /* of bodies and obstacles, for the layout looked at last */
  BwPoint *last_at;      /* anchors at the last measurement */
  uint8_t *is_counted;   /* nets with two terminals or more */
  uint32_t *found;
  BwPoint *points;       /* of two rings */
  uint32_t max_points;
  BwTwins twins;         /* in the layout looked at last; the index has the first ones alone */
  uint32_t locked_conflicts;
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

/* Sets `bad[i]` for each movable part that overlaps another or is outside. Stops where there are
 * more than `n_most` violations. */
uint32_t bw_measure_violations (BwMeasure      *self,
                                const BwLayout *layout,
                                uint32_t        n_most,
                                uint8_t        *bad);

/* Display forces at movable parts, as in bw_placer_forces(). */
uint32_t bw_measure_forces (BwMeasure       *self,
                            const BwLayout  *layout,
                            BwForce         *forces_out,
                            uint32_t         n_max);
