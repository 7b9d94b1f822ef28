/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Distances between points, segments and rings, in nanometres. A segment may be a point. */

#pragma once

#include "base/bw-geometry.h"

double bw_segment_to_point_nm (BwPoint       a,
                               BwPoint       b,
                               BwPoint       point);

/* 0 where they cross. */
double bw_segment_to_segment_nm
                              (BwPoint       a,
                               BwPoint       b,
                               BwPoint       c,
                               BwPoint       d);

/* 0 where any of the segment is in the ring; infinite for a ring without points. */
double bw_segment_to_ring_nm  (BwPoint       a,
                               BwPoint       b,
                               const BwRing *ring);
