/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Polygons covered by few boxes, which is what the search works with.
 *
 * A cover may hold a little more than the polygons do, never less: what is clear of the cover is
 * clear of the polygons. Polygons with edges parallel to the axes are covered exactly where the
 * limit on the number of boxes allows. */

#pragma once

#include <stdint.h>

#include "base/bw-geometry.h"

#define BW_COVER_MAX_SLABS 48

/* Scratch space for covers of rings with at most `max_points` points in all. */
typedef struct _BwCover BwCover;

/* NULL when out of memory. */
BwCover *bw_cover_new       (uint32_t      max_points,
                             uint32_t      max_rings);
void     bw_cover_free      (BwCover      *self);

/* The room taken by `rings`. Writes at most `max_boxes` >= 1 boxes, returns how many. */
uint32_t bw_cover_rings     (BwCover      *self,
                             const BwRing *rings,
                             uint32_t      n_rings,
                             uint32_t      max_boxes,
                             BwBox        *boxes_out);

/* What the box round all of `rings` holds that is in none of them; otherwise as above. */
uint32_t bw_cover_outside   (BwCover      *self,
                             const BwRing *rings,
                             uint32_t      n_rings,
                             uint32_t      max_boxes,
                             BwBox        *boxes_out);
