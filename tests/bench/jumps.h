/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far parts jump from one frame to the next and on a screen, which eases between frames (see
 * render/bw-glide.h): thirty times a second, in time that the processor spent. */

#pragma once

#include "placer/bw-placer.h"

typedef struct _Jumps Jumps;

Jumps *jumps_new              (const BwProblem *problem);
void   jumps_free             (Jumps           *self);

/* What the run has come to after so many seconds. */
void   jumps_look             (Jumps           *self,
                               const BwPose    *poses,
                               BwPhase          phase,
                               double           seconds);

/* The way that one jump of a hundred exceeds in frames of this phase, as a share of the board's
 * diagonal; and what is drawn of it. */
double jumps_percentile       (Jumps           *self,
                               BwPhase          phase);
double jumps_drawn_percentile (Jumps           *self,
                               BwPhase          phase);
