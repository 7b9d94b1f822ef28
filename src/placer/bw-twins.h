/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Parts that lie in exactly the same place with exactly the same body, as those of a new board do
 * in their heap: what holds of one holds of all, and pairs of them are too many to be looked at. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-model.h"

typedef struct
{
  uint32_t *first;   /* of each part: the first of its twins, often itself */
  uint32_t *count;   /* of each first one: how many they are with itself */
  uint32_t *table;
  uint32_t mask;
} BwTwins;

/* False when out of memory. */
bool bw_twins_init  (BwTwins        *self,
                     uint32_t        n_parts);
void bw_twins_clear (BwTwins        *self);

/* Linear, but for many kinds of parts in one place. */
void bw_twins_find  (BwTwins        *self,
                     const BwModel  *model,
                     const BwLayout *layout);
