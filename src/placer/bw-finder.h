/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The best free place for one part, all others standing still: exact, not sampled.
 *
 * In a slot the cost is a convex function of x plus one of y. Sliding a free part along x towards
 * the least cost never costs, so some best place has its x at the least cost or at the edge of a
 * forbidden box; on each such line the nearest free y decides. Few lines are tried one by one,
 * the cheapest first; many are swept over, so that a search costs about n log n for n boxes. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-pull.h"
#include "placer/bw-scene.h"
#include "placer/bw-sweep.h"

typedef struct
{
  BwScene *scene;
  BwPull pull;
  BwWideBox *forbidden;   /* for the anchor, within the window; open boxes */
  uint32_t n_forbidden;
  uint32_t max_forbidden;
  BwKey *lines;
  uint32_t *on_line;
  BwSweep sweep;
  uint64_t sweep_from;    /* lines times boxes: from here on a sweep over all lines is quicker */
  int64_t *columns;       /* lines by x, for the sweep */
  int64_t *scratch;
} BwFinder;

#define BW_ANY_SLOT UINT32_MAX

/* False when out of memory. */
bool bw_finder_init  (BwFinder      *self,
                      BwScene       *scene);
void bw_finder_clear (BwFinder      *self);

/* The free place of least cost (nets and `pull`'s anchor), in `only_slot` or in any of the part's
 * set; ties go to what is near `near`. False where there is none. The search is the shorter the
 * better the best of the `hints` that is free. */
bool bw_finder_find  (BwFinder      *self,
                      uint32_t       part,
                      uint32_t       only_slot,
                      BwPoint        near,
                      const BwPoint *hints,
                      uint32_t       n_hints,
                      BwPlace       *place_out,
                      double        *cost_mm_out);
