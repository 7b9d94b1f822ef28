/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far parts jump from one frame on a screen to the next: thirty of them a second, in time
 * that the processor spent. */

#pragma once

#include "placer/bw-placer.h"

typedef struct _Jumps Jumps;

Jumps *jumps_new        (const BwProblem *problem);
void   jumps_free       (Jumps           *self);

/* What is to be seen after so many seconds. */
void   jumps_look       (Jumps           *self,
                         const BwPose    *poses,
                         BwPhase          phase,
                         double           seconds);

/* The way that one jump of a hundred exceeds in frames of this phase, as a share of the board's
 * diagonal. */
double jumps_percentile (Jumps           *self,
                         BwPhase          phase);
