/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A seeded generator of random numbers (splitmix64): the same sequence on every machine.
 * A value; copy it to fork the sequence. Not for secrets. */

#pragma once

#include <stdint.h>

typedef struct
{
  uint64_t state;
} BwRandom;

BwRandom bw_random_new    (uint64_t  seed);
uint64_t bw_random_next   (BwRandom *self);

/* Uniform in [0, 1). */
double   bw_random_double (BwRandom *self);

/* Uniform in [0, n); n > 0. */
uint32_t bw_random_below  (BwRandom *self,
                           uint32_t  n);
