/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cosine and sine sums on square grids whose side is a power of two, in O(n^2 log n).
 *
 * A grid is an array of size * size doubles, [row * size + column]. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-workspace.h"

typedef struct
{
  uint32_t size;
  double *factors;  /* 1 / (2 cos ((i + 1/2) pi / length)) for each length 2, 4, ... size */
  double *scratch;
} BwDct;

typedef enum
{
  BW_DCT_COSINE,
  BW_DCT_SINE,
} BwDctKind;

/* `size` is a power of two, at least 2. False when out of memory. */
bool bw_dct_init    (BwDct       *self,
                     uint32_t     size);
void bw_dct_clear   (BwDct       *self);
void bw_dct_lay     (BwDct       *self,
                     BwWorkspace *workspace);

/* In place: X[u, v] = sum over r, c of
 * x[r, c] cos (pi u (r + 1/2) / n) cos (pi v (c + 1/2) / n). */
void bw_dct_forward (BwDct       *self,
                     double      *grid);

/* In place: x[r, c] = sum over u, v of X[u, v] f (pi u (r + 1/2) / n) g (pi v (c + 1/2) / n),
 * where f and g are cosine or sine. */
void bw_dct_sum     (BwDct       *self,
                     double      *grid,
                     BwDctKind    rows,
                     BwDctKind    columns);
