/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-workspace.h"

#include <stdlib.h>

/* Of a cache line, which is more than any type needs. */
#define ALIGNMENT 64

void
bw_workspace_rewind (BwWorkspace *self)
{
  self->used = 0;
}

void *
bw_workspace_take (BwWorkspace *self,
                   size_t       n,
                   size_t       each)
{
  char *taken = self->memory != NULL ? self->memory + self->used : NULL;

  self->used += (n * each + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if (self->memory == NULL && self->used > self->size)
    self->size = self->used;
  return taken;
}

bool
bw_workspace_alloc (BwWorkspace *self)
{
  self->memory = calloc (1, self->size > 0 ? self->size : 1);
  return self->memory != NULL;
}

void
bw_workspace_clear (BwWorkspace *self)
{
  free (self->memory);
}
