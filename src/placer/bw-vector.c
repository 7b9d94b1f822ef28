/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-vector.h"

#include <string.h>

void
bw_vector_lay (BwVector    *self,
               BwWorkspace *workspace,
               uint32_t     n)
{
  self->x = bw_workspace_take (workspace, n, sizeof *self->x);
  self->y = bw_workspace_take (workspace, n, sizeof *self->y);
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
