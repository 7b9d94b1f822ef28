/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-vector.h"

#include <stdlib.h>
#include <string.h>

bool
bw_vector_init (BwVector *self,
                uint32_t  n)
{
  self->x = calloc ((size_t) n + 1, sizeof *self->x);
  self->y = calloc ((size_t) n + 1, sizeof *self->y);
  return self->x != NULL && self->y != NULL;
}

void
bw_vector_clear (BwVector *self)
{
  free (self->x);
  free (self->y);
}

void
bw_vector_copy (BwVector       *to,
                const BwVector *from,
                uint32_t        n)
{
  memcpy (to->x, from->x, n * sizeof *to->x);
  memcpy (to->y, from->y, n * sizeof *to->y);
}

void
bw_vector_swap (BwVector *a,
                BwVector *b)
{
  BwVector c = *a;

  *a = *b;
  *b = c;
}
