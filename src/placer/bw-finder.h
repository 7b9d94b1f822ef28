/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The best free place for one part, all others standing still: exact, not sampled.
 *
 * In a slot the cost is a convex function of x plus one of y, so what a rectangle of places costs
 * at least is known at once. Such *tiles* are looked into by that bound, the lowest first, and cut
 * into smaller ones until little is in the way in them. Within one, sliding a free part along x
 * towards the least cost never costs, so some best place has its x at the least cost or at the
 * edge of a forbidden box; on each such line the nearest free y decides. Few lines are tried one
 * by one, the cheapest first; many are swept over.
 *
 * A search may be done in steps, each of bounded length however crowded the board. In between,
 * neither the scene nor the pull may change. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-pull.h"
#include "placer/bw-scene.h"
#include "placer/bw-sweep.h"
#include "placer/bw-workspace.h"

/* Anchors to be looked at, of a part that lies in one slot. */
typedef struct
{
  BwWideBox box;
  int64_t x;              /* of least cost in the slot, in `box` or not */
  int64_t y;
  double bound_mm;        /* no place in `box` costs less */
  uint32_t slot;
  uint32_t order;         /* of making: among equals the newest is first */
} BwTile;

typedef struct
{
  BwScene *scene;
  BwPull pull;
  BwWideBox *forbidden;   /* for the anchor, within a tile; open boxes */
  uint32_t n_forbidden;
  uint32_t max_forbidden;
  BwKey *lines;
  uint32_t *on_line;
  BwSweep sweep;
  uint64_t sweep_from;    /* lines times boxes: from here on a sweep over all lines is quicker */
  uint32_t split_from;    /* boxes: a tile with more is cut, */
  int64_t smallest_nm;    /* unless it is no longer than this */
  int64_t tile_nm;        /* a tile may be this long, and a few times the part */
  int32_t tile_sizes;
  int64_t *columns;       /* lines by x, for the sweep */

  BwTile *tiles;          /* a heap */
  uint32_t n_tiles;
  uint32_t max_tiles;
  uint32_t n_made;
  uint32_t part;
  double best_mm;         /* places that cost as much are of no use */
  BwPlace best;
  bool is_searching;
} BwFinder;

#define BW_ANY_SLOT UINT32_MAX

/* False when out of memory. */
bool bw_finder_init  (BwFinder      *self,
                      BwScene       *scene);
void bw_finder_clear (BwFinder      *self);

/* What is there only during a search. */
void bw_finder_lay   (BwFinder      *self,
                      BwWorkspace   *workspace);

/* Begins to look for the free place of least cost (nets and `pull`'s anchor), in `only_slot` or in
 * any of the part's set; ties go to what is near `near`. The search is the shorter the better the
 * best of the `hints` that is free. */
void bw_finder_start (BwFinder      *self,
                      uint32_t       part,
                      uint32_t       only_slot,
                      BwPoint        near,
                      const BwPoint *hints,
                      uint32_t       n_hints);

/* Looks into one tile. False when the search is at its end. */
bool bw_finder_step  (BwFinder      *self);

/* What has been found by then; false where there is no free place. */
bool bw_finder_end   (BwFinder      *self,
                      BwPlace       *place_out,
                      double        *cost_mm_out);

/* All at once. */
bool bw_finder_find  (BwFinder      *self,
                      uint32_t       part,
                      uint32_t       only_slot,
                      BwPoint        near,
                      const BwPoint *hints,
                      uint32_t       n_hints,
                      BwPlace       *place_out,
                      double        *cost_mm_out);
