/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a board cannot be made legal: which parts have no room, and how much of it they lack. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-placer.h"
#include "placer/bw-schedule.h"

/* As bw_placer_misfits(). */
uint32_t bw_misfits_find (BwSchedule *schedule,
                          BwMisfit   *misfits_out,
                          uint32_t    n_max);
