/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Predicates on polygon rings, decided exactly in integers.
 *
 * Rings are simple (their edges meet at corners only), closed, of either orientation. A ring that
 * crosses itself gets an answer, by the even-odd rule, that may be wrong in detail; a ring
 * without area has no interior. Nothing here allocates. Cost: for the drawings that people make,
 * some hundred steps a point, up to tens of thousands of points; at worst, where each edge's box
 * meets each other's, the product of the point counts. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bw-geometry.h"

/* Twice the signed area, positive for the order x towards y, in nm^2; exact up to rounding of the
 * result to a double. */
double bw_ring_area_twice_nm2 (const BwRing *ring);

/* 1: strictly inside, 0: on the edge, -1: outside. */
int    bw_ring_locate_point   (const BwRing *ring,
                               BwPoint       point);

/* True where the interiors meet; rings that only touch do not overlap. */
bool   bw_rings_overlap       (const BwRing *a,
                               const BwRing *b);

/* True where no point of `inner` is outside `outer`; they may touch. */
bool   bw_ring_contains_ring  (const BwRing *outer,
                               const BwRing *inner);

/* True where the ring is a box with edges parallel to the axes. */
bool   bw_ring_is_box         (const BwRing *ring);
