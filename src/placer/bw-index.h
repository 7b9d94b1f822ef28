/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which boxes overlap a box: a grid for each size of box, boxes kept by their centre; sets of bits
 * by where boxes begin and end, up to 1,024 of them.
 *
 * Putting, moving and removing a box takes constant time; a query reads the few cells about the
 * box asked for, or a bit of each. The order of the answers depends on the calls made alone. */

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

typedef enum
{
  BW_INDEX_LEFT,
  BW_INDEX_RIGHT,
  BW_INDEX_TOP,
  BW_INDEX_BOTTOM,
} BwIndexEdge;

typedef struct
{
  BwIndexLevel levels[BW_INDEX_LEVELS];
  /* Where they are few: for each edge and bucket of coordinates, a bit for each entry whose
   * box begins there or before, or ends there or after. Without lists. */
  uint32_t n_words;      /* of each set; 0: there are lists */
  int shift_x;           /* a bucket is 2 to the power of it wide */
  int shift_y;
  uint64_t *sets;
  uint64_t *present;     /* those that are in */
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
bool     bw_index_has    (const BwIndex *self,
                          uint32_t       id);

/* Ids of the boxes whose inside meets that of `box`; `ids_out` has room for all. */
uint32_t bw_index_query  (const BwIndex *self,
                          const BwBox   *box,
                          uint32_t      *ids_out);
