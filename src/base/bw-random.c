/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/bw-random.h"

BwRandom
bw_random_new (uint64_t seed)
{
  return (BwRandom) { seed };
}

uint64_t
bw_random_next (BwRandom *self)
{
  uint64_t z;

  self->state += UINT64_C (0x9e3779b97f4a7c15);
  z = self->state;
  z = (z ^ (z >> 30)) * UINT64_C (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

double
bw_random_double (BwRandom *self)
{
  return (double) (bw_random_next (self) >> 11) * (1.0 / 9007199254740992.0);
}

uint32_t
bw_random_below (BwRandom *self,
                 uint32_t  n)
{
  return (uint32_t) (((bw_random_next (self) >> 32) * (uint64_t) n) >> 32);
}
