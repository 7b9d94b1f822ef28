/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several schedules of the same run with different random numbers. They know nothing of each other
 * but at fixed iterations, where each goes on from the best of all, by what routes well: so it is
 * the same in which order, or in how many threads, they get there.
 *
 * The first one leads: it is what is seen and changed by hand, and it alone comes to an end. */

#pragma once

#include "placer/bw-estimate.h"
#include "placer/bw-schedule.h"

#define BW_CHAINS_MOST 8

typedef struct
{
  BwSchedule *each;
  uint32_t n;
  uint32_t join;         /* the next one, in sixteenths of the plan */
  bool is_joined_last;   /* right before the end of the budget */
  uint32_t limit;        /* the iteration where all wait for it; UINT32_MAX after the last */
  BwEstimate estimate;   /* what tells which chain's best is the best of all */
  bool is_idle[BW_CHAINS_MOST]; /* until the next one, after a change by hand */
} BwChains;

/* False when out of memory; bw_chains_clear() in any case. */
bool bw_chains_init      (BwChains              *self,
                          const BwProblem       *problem,
                          const BwPlacerOptions *options);
void bw_chains_clear     (BwChains              *self);

/* One iteration of one chain. False where it waits for the others, or is at its end. */
bool bw_chains_step      (BwChains              *self,
                          uint32_t               chain);

/* When all of them wait: lets them go on. False at the end. */
bool bw_chains_join      (BwChains              *self);

/* Right after a join, another budget, as near to `iterations` as it goes with all that was done;
 * returns which. */
uint32_t bw_chains_plan  (BwChains              *self,
                          uint32_t               iterations);

/* Before and after a change, as with a schedule; the same for all. */
void bw_chains_set_pose  (BwChains              *self,
                          uint32_t               part,
                          const BwPose          *pose);
void bw_chains_set_fixed (BwChains              *self,
                          uint32_t               part,
                          bool                   fixed);

/* After a change of the problem's weights. */
void bw_chains_reweigh   (BwChains              *self);
