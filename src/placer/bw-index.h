/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which boxes overlap a box: a grid for each size of box, boxes kept by their centre; a plain list
 * where there are few.
 *
 * Putting, moving and removing a box takes constant time; a query reads the few cells about the
 * box asked for. The order of the answers depends on the calls made alone. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bw-geometry.h"

#define BW_INDEX_LEVELS 4

typedef struct
{
  int64_t cell_nm;
  uint32_t columns;
  uint32_t rows;
  uint32_t first_cell;
  uint32_t n_entries;
} BwIndexLevel;

typedef struct
{
  BwIndexLevel levels[BW_INDEX_LEVELS];
  uint32_t n_flat;       /* entries, where they are few enough to look at all; else 0 */
  int32_t *flat;         /* those entries' boxes by fours: x0, y0, x1, y1, four of each */
  BwPoint origin;
  uint32_t *heads;       /* first entry of each cell, UINT32_MAX: none */
  uint32_t *next;
  uint32_t *previous;
  uint32_t *cell;        /* of each entry, UINT32_MAX: not in */
  uint8_t *level;
  BwBox *boxes;
} BwIndex;

/* Room for `n_entries` boxes, best where they are near `bounds` and about `typical_nm` long.
 * False when out of memory. */
bool     bw_index_init   (BwIndex       *self,
                          const BwBox   *bounds,
                          uint32_t       n_entries,
                          int64_t        typical_nm);
void     bw_index_clear  (BwIndex       *self);

/* Adds the box, or moves it. */
void     bw_index_put    (BwIndex       *self,
                          uint32_t       id,
                          const BwBox   *box);
void     bw_index_remove (BwIndex       *self,
                          uint32_t       id);

/* Ids of the boxes whose inside meets that of `box`; `ids_out` has room for all. */
uint32_t bw_index_query  (const BwIndex *self,
                          const BwBox   *box,
                          uint32_t      *ids_out);
