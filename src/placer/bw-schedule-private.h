/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of the schedule share. */

#pragma once

#include "placer/bw-schedule.h"

/* Temperature of a search at first. */
#define BW_SEARCH_HOT_MM 0.2
/* Legal wires are this much longer than annealed ones were: a large part found no place near where
 * it belongs, and all that it met had to go. */
#define BW_MUCH_LONGER 1.25

/* Stages of some iterations, and how many are left of a budget. */
void     bw_schedule_begin_stage        (BwSchedule       *self,
                                         BwStage           stage,
                                         uint32_t          length);
uint32_t bw_schedule_left_of            (const BwSchedule *self,
                                         uint32_t          iterations);
void     bw_schedule_begin_search       (BwSchedule       *self);

/* Legalization, and what follows where some parts have no place. */
void     bw_schedule_begin_legalization (BwSchedule       *self);
void     bw_schedule_begin_untangling   (BwSchedule       *self);
void     bw_schedule_step_legalization  (BwSchedule       *self);
void     bw_schedule_step_probe         (BwSchedule       *self);
void     bw_schedule_step_repair        (BwSchedule       *self);

/* Offers the scene as it is; what could not be placed in the time stays out. */
void     bw_schedule_keep_legalized     (BwSchedule       *self);

/* To the end with the best layout, in steps. */
void     bw_schedule_begin_end          (BwSchedule       *self);
void     bw_schedule_step_end           (BwSchedule       *self);
