/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Free places on vertical lines among open boxes, line after line from left to right.
 *
 * For n boxes, all lines together cost about (n + lines) log n; nothing is allocated. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-workspace.h"

typedef struct
{
  int64_t x0;
  int64_t y0;
  int64_t x1;
  int64_t y1;
} BwWideBox;

/* A node of the tree over all levels: boxes that hold all of it, and whether none of it is free. */
typedef struct
{
  uint32_t n_boxes;
  bool is_full;
} BwSweepNode;

typedef struct
{
  const BwWideBox *boxes;
  uint32_t max_boxes;
  uint32_t n_boxes;
  int64_t *levels;        /* the y where something may change, ascending */
  uint32_t n_levels;
  uint32_t target;        /* a level */
  BwSweepNode *tree;
  uint32_t size;          /* leaves, a power of 2 */
  uint32_t *by_start;
  uint32_t *by_end;
  uint32_t next_start;
  uint32_t next_end;
  uint8_t *is_added;
  int64_t *scratch;       /* for twice the boxes and three; free between two calls */
} BwSweep;

void bw_sweep_lay     (BwSweep         *self,
                       BwWorkspace     *workspace,
                       uint32_t         max_boxes);

/* Boxes that stay where they are until the last line; y in [low, high], nearest to `y`. */
void bw_sweep_start   (BwSweep         *self,
                       const BwWideBox *boxes,
                       uint32_t         n_boxes,
                       int64_t          low,
                       int64_t          high,
                       int64_t          y);

/* To the line at x, which is not left of the one before. */
void bw_sweep_to      (BwSweep         *self,
                       int64_t          x);

/* The first y from the start's on, down or up the axis, that is in no box on the line. */
bool bw_sweep_nearest (const BwSweep   *self,
                       bool             up,
                       int64_t         *y_out);

/* Ascending; `scratch` as long as `values`. */
void bw_sort_values   (int64_t         *values,
                       uint32_t         n,
                       int64_t         *scratch);
