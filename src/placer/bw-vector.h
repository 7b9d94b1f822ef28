/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An x and a y for each of many things. */

#pragma once

#include <stdint.h>

#include "placer/bw-workspace.h"

typedef struct
{
  double *x;
  double *y;
} BwVector;

void bw_vector_lay  (BwVector       *self,
                     BwWorkspace    *workspace,
                     uint32_t        n);

/* The first n. */
void bw_vector_copy (BwVector       *to,
                     const BwVector *from,
                     uint32_t        n);
void bw_vector_swap (BwVector       *a,
                     BwVector       *b);
