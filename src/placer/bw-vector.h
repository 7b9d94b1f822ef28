/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An x and a y for each of many things. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct
{
  double *x;
  double *y;
} BwVector;

/* All 0; false when out of memory. */
bool bw_vector_init  (BwVector       *self,
                      uint32_t        n);
void bw_vector_clear (BwVector       *self);

/* The first n. */
void bw_vector_copy  (BwVector       *to,
                      const BwVector *from,
                      uint32_t        n);
void bw_vector_swap  (BwVector       *a,
                      BwVector       *b);
