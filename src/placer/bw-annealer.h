/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Simulated annealing of a scene: parts shift, swap, turn, go to the median of their nets and
 * next to a neighbour. Bodies may overlap on the way; what that costs rises to the end. */

#pragma once

#include <stdint.h>

#include "base/bw-random.h"
#include "placer/bw-pull.h"
#include "placer/bw-scene.h"

typedef struct
{
  double heat;         /* temperature at first, in parts of what a random move changes */
  double reach;        /* how far a shift goes at first, in parts of the room */
  double weight_start; /* of overlaps, in mm of wire for each mm */
  double weight_end;
} BwAnnealingPlan;

typedef struct
{
  BwScene *scene;
  BwRandom *random;
  BwAnnealingPlan plan;
  uint32_t *movable;
  uint32_t n_movable;
  double *overlap_mm;  /* what the overlaps of each part cost; < 0: not known */
  BwPull pull;
  double hot_mm;       /* temperatures */
  double cold_mm;
  double temperature_mm;
  double weight;
  double reach;
  uint32_t n_tried;    /* shifts since `reach` was last adapted */
  uint32_t n_taken;
} BwAnnealer;

/* False when out of memory. */
bool bw_annealer_init  (BwAnnealer            *self,
                        BwScene               *scene,
                        BwRandom              *random);
void bw_annealer_clear (BwAnnealer            *self);

/* Starts from the scene as it is. */
void bw_annealer_start (BwAnnealer            *self,
                        const BwAnnealingPlan *plan);

/* Which parts may move, after a change of that. */
void bw_annealer_list  (BwAnnealer            *self);

/* Moves until `work` steps are done; `progress` of the whole in [0, 1]. */
void bw_annealer_run   (BwAnnealer            *self,
                        double                 progress,
                        uint64_t               work);
