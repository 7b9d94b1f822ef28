/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What pulls and pushes the parts of a layout, by term, for display. Never changes a run. */

#pragma once

#include <stdint.h>

#include "placer/bw-bodies.h"
#include "placer/bw-placer.h"

/* At movable parts, as in bw_placer_forces(). */
uint32_t bw_forces_find (BwBodies       *bodies,
                         const BwLayout *layout,
                         BwForce        *forces_out,
                         uint32_t        n_max);
