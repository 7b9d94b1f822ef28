/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which bodies of a layout overlap, and which are outside: by the exact polygons. Boxes only decide
 * what need not be looked at. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-index.h"
#include "placer/bw-model.h"
#include "placer/bw-twins.h"

typedef struct
{
  const BwModel *model;
  BwIndex index;         /* of bodies and obstacles, for the layout looked at last */
  BwTwins twins;         /* in the layout looked at last; the index has the first ones alone */
  uint32_t *found;       /* what a query of the index gives */
  BwPoint *points;       /* of two rings */
  uint32_t max_points;
} BwBodies;

/* What a mm of overlap costs in the energy, in mm of wire. */
#define BW_OVERLAP_WEIGHT 16.0

/* How the part lies. */
static inline const BwSlot *
bw_bodies_slot (const BwBodies *self,
                const BwLayout *layout,
                uint32_t        part)
{
  return &self->model->slots[self->model->parts[part].first_slot + layout->slot[part]];
}

/* False when out of memory. */
bool  bw_bodies_init       (BwBodies       *self,
                            const BwModel  *model);
void  bw_bodies_clear      (BwBodies       *self);

/* The other functions are about the layout that was looked at last. */
void  bw_bodies_look_at    (BwBodies       *self,
                            const BwLayout *layout);

/* It has a body, and no twin that is looked at in its place. */
bool  bw_bodies_is_first   (const BwBodies *self,
                            const BwLayout *layout,
                            uint32_t        part);

BwBox bw_bodies_box        (const BwBodies *self,
                            const BwLayout *layout,
                            uint32_t        part);

/* To the nanometre, keepouts of either against the other's body as well. */
bool  bw_bodies_overlap    (BwBodies       *self,
                            const BwLayout *layout,
                            uint32_t        a,
                            uint32_t        b);

/* Of two that overlap: whether their bodies do not, but a body or pad of one lies where the other
 * lets none be. */
bool  bw_bodies_only_bar   (BwBodies       *self,
                            const BwLayout *layout,
                            uint32_t        a,
                            uint32_t        b);

/* Not wholly in the room and the part's region, or in a keepout. `found` has the `n_found` entries
 * of the index that its box meets. */
bool  bw_bodies_is_outside (BwBodies       *self,
                            const BwLayout *layout,
                            uint32_t        part,
                            uint32_t        n_found);
