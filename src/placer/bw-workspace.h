/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One block of memory for users that never work at the same time: each lays out its arrays from
 * the start of the block, and finds them full of what another one left when its turn comes.
 *
 * It is laid out twice: at first only to count, then, once the memory is there, for good. */

#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef struct
{
  char *memory;
  size_t size;    /* of what the largest user takes */
  size_t used;    /* by the one that takes now */
} BwWorkspace;

/* The next user takes its arrays. */
void  bw_workspace_rewind (BwWorkspace *self);

/* `n` things of `each` bytes, aligned for any type; NULL as long as it only counts. */
void *bw_workspace_take   (BwWorkspace *self,
                           size_t       n,
                           size_t       each);

/* The memory for what was counted, all 0. False when out of memory. */
bool  bw_workspace_alloc  (BwWorkspace *self);
void  bw_workspace_clear  (BwWorkspace *self);
