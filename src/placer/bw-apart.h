/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far bodies are to be from one another: the gap that all keep, and that of pairs which are to
 * keep more. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-model.h"

/* What is to be between two bodies. */
typedef struct
{
  int64_t gap_nm;
  bool any_side;         /* also where they lie on different sides */
} BwSpacing;

/* Makes the list of each part from the problem's pairs; called by bw_model_new(). False when out of
 * memory. */
bool      bw_model_link_aparts  (BwModel       *self);

/* The same as bw_model_spacing(), for a part that has pairs. */
BwSpacing bw_model_find_spacing (const BwModel *self,
                                 uint32_t       a,
                                 uint32_t       b);

static inline BwSpacing
bw_model_spacing (const BwModel *self,
                  uint32_t       a,
                  uint32_t       b)
{
  if (self->parts[a].n_aparts == 0 || !self->is_apart)
    return (BwSpacing) { self->gap_nm, false };
  return bw_model_find_spacing (self, a, b);
}

/* How far from a body others may be in its way. */
static inline int64_t
bw_model_halo_nm (const BwModel *self,
                  uint32_t       part)
{
  int64_t halo_nm = self->gap_nm > self->margin_nm ? self->gap_nm : self->margin_nm;

  halo_nm = halo_nm > 0 ? halo_nm : 0;
  return self->is_apart && self->parts[part].apart_nm > halo_nm ? self->parts[part].apart_nm
                                                                : halo_nm;
}
