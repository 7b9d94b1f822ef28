/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The schedule of a run: which step comes next, and which layout is the best so far.
 *
 *   global placement -> annealing -> legalization -> search, then rounds of
 *   (annealing -> legalization -> search), from scratch on small boards at first, later reheated
 *   from the best, which stays on show meanwhile.
 *
 * Lengths of stages are shares of a plan, which is the same for budgets up to four times as large:
 * what these have beyond it is further rounds. Shortly before the end whatever is under way is left
 * for a last search from the best. So a budget can be settled until then, and is the same run as
 * one that had it from the start.
 *
 * Each iteration does about the same number of steps of inner loops (`work`). */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bw-random.h"
#include "placer/bw-annealer.h"
#include "placer/bw-best.h"
#include "placer/bw-finder.h"
#include "placer/bw-global.h"
#include "placer/bw-leeway.h"
#include "placer/bw-legalizer.h"
#include "placer/bw-measure.h"
#include "placer/bw-placer.h"
#include "placer/bw-refiner.h"
#include "placer/bw-scene.h"
#include "placer/bw-stamper.h"
#include "placer/bw-tidier.h"
#include "placer/bw-workspace.h"

typedef enum
{
  BW_STAGE_START,
  BW_STAGE_GLOBAL,
  BW_STAGE_ANNEALING,
  BW_STAGE_LEGALIZATION,
  BW_STAGE_PROBE,       /* which of the parts without a place have none on an empty board */
  BW_STAGE_REPAIR,      /* of a layout in which few parts have no place */
  BW_STAGE_SEARCH,
  BW_STAGE_REHEAT,
  BW_STAGE_RESTART,
  BW_STAGE_END,         /* parts that no place was found for are put somewhere */
  BW_STAGE_FINAL,
} BwStage;

typedef struct
{
  BwPlacerOptions options;
  BwRandom random;
  BwModel *model;
  BwScene scene;
  BwWorkspace workspace; /* of global placement and of the finder in turns */
  BwFinder finder;
  BwGlobal global;
  BwAnnealer annealer;
  BwLegalizer legalizer;
  BwRefiner refiner;
  BwMeasure measure;

  BwStage stage;
  BwPhase phase;
  uint32_t iteration;
  uint32_t plan;         /* a power of two, see bw_placer_plan_of() */
  uint32_t last_length;  /* iterations of the last search; 0: not planned yet */
  bool is_last_search;
  uint32_t stage_start;  /* iterations: where the stage began, and is to end */
  uint32_t stage_end;
  uint32_t round_length;
  uint32_t n_rounds;
  uint32_t round;
  uint64_t work;         /* of one iteration */
  uint32_t attempts;     /* of the legalization now */

  BwLayout start;
  bool has_start;        /* nothing was changed by hand since */
  BwBest best;
  BwTidier tidier;       /* of the best, at the end */
  BwStamper stamper;     /* after it */
  bool is_tidying;
  bool is_stamping;
  BwLeeway leeway;       /* of a part without a place */
  uint32_t next_probed;  /* part */
  int32_t fixed_leeway_nm; /* of the part that is probed */
  bool is_probed;        /* leeways are known of all that have no place on an empty board */
  bool is_sinking;       /* a part at the end, by its leeway, */
  uint32_t sink_end;     /* up to this iteration */
  double violation_mm;   /* of the best, at the end */
  BwLayout before;       /* where the legalization began, for another attempt */
  double annealed_mm;    /* its wires, the first time */
  uint32_t *first;       /* how often a part had no free place */
  uint8_t *bad;
} BwSchedule;

/* False when out of memory; bw_schedule_clear() in any case. */
bool            bw_schedule_init            (BwSchedule            *self,
                                             const BwProblem       *problem,
                                             const BwPlacerOptions *options);
void            bw_schedule_clear           (BwSchedule            *self);

/* See bw_placer_plan_of(). */
uint32_t        bw_schedule_plan_of         (uint32_t               iterations);

/* One iteration; false at the end. */
bool            bw_schedule_step            (BwSchedule            *self);

/* What is on show: the layout that is worked on, or the best while that goes on behind it. */
const BwLayout *bw_schedule_shown           (const BwSchedule      *self);

/* Before and after a change of a part's pose in scene.layout, or of what is fixed. */
void            bw_schedule_prepare         (BwSchedule            *self);
void            bw_schedule_changed         (BwSchedule            *self,
                                             uint32_t               part);

/* After a change of the problem's weights. */
void            bw_schedule_reweigh         (BwSchedule            *self);

/* Drops what is under way and searches on from the best. */
void            bw_schedule_begin_from_best (BwSchedule            *self);
