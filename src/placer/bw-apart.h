/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far bodies are to be from one another and from the edge: what all keep, and what pairs and
 * single parts are to keep beyond that. */

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

/* Makes the list of each part from the problem's pairs, and takes over what single parts ask for;
 * called by bw_model_new(). False when out of memory. */
bool      bw_model_link_aparts  (BwModel       *self);

/* Takes over what the problem asks for of all, and as room of single parts. True where that has
 * changed; then it is asked for in full. */
bool      bw_model_ask_spacing  (BwModel       *self);

/* From a part to others on its side. */
int32_t   bw_model_gap_nm       (const BwModel *self,
                                 uint32_t       part);

/* The same as bw_model_spacing(), where some keep more than all do. */
BwSpacing bw_model_find_spacing (const BwModel *self,
                                 uint32_t       a,
                                 uint32_t       b);

/* How deep one of the two may be in the other, as that does not move; 0: not at all. */
static inline int32_t
bw_model_leeway_nm (const BwModel *self,
                    uint32_t       a,
                    uint32_t       b)
{
  const BwModelPart *part = self->parts[b].fixed ? &self->parts[a] : &self->parts[b];

  return self->parts[a].fixed != self->parts[b].fixed && part->leeway_kind == BW_LEEWAY_FIXED
           ? part->leeway_nm : 0;
}

static inline BwSpacing
bw_model_spacing (const BwModel *self,
                  uint32_t       a,
                  uint32_t       b)
{
  if (self->has_leeways && bw_model_leeway_nm (self, a, b) > -(int64_t) self->gap_nm &&
      bw_model_leeway_nm (self, a, b) > 0)
    return (BwSpacing) { -bw_model_leeway_nm (self, a, b), false };
  if ((self->parts[a].n_aparts == 0 && self->widest_gap_nm == 0) || !self->is_apart)
    return (BwSpacing) { self->gap_nm, false };
  return bw_model_find_spacing (self, a, b);
}

/* How far a part's body is to be from the edge. */
static inline int64_t
bw_model_margin_nm (const BwModel *self,
                    uint32_t       part)
{
  const BwModelPart *p = &self->parts[part];

  if (p->leeway_nm > 0 && p->leeway_kind == BW_LEEWAY_EDGES)
    return self->margin_nm < -p->leeway_nm ? self->margin_nm : -p->leeway_nm;
  return self->is_apart && p->margin_nm > self->margin_nm ? p->margin_nm : self->margin_nm;
}

/* What is to be between a part's body and an obstacle. */
static inline BwSpacing
bw_model_obstacle_spacing (const BwModel *self,
                           uint32_t       part,
                           uint32_t       obstacle)
{
  int64_t margin_nm = bw_model_margin_nm (self, part);

  return (BwSpacing) { obstacle < self->n_edges || margin_nm < 0 ? margin_nm : 0, false };
}

/* Whether the spacing is to be kept between these two pieces. */
static inline bool
bw_spacing_counts (BwSpacing      spacing,
                   const BwPiece *a,
                   const BwPiece *b)
{
  return bw_pieces_meet (a, b) || (spacing.any_side && a->sides != 0 && b->sides != 0);
}

void      bw_model_copy_leeways   (BwModel       *self,
                                 const BwModel *other);
void      bw_model_forget_leeways (BwModel       *self);

/* How far from a body others may be in its way. */
static inline int64_t
bw_model_halo_nm (const BwModel *self,
                  uint32_t       part)
{
  const BwModelPart *p = &self->parts[part];
  int64_t halo_nm = self->gap_nm > self->margin_nm ? self->gap_nm : self->margin_nm;

  halo_nm = halo_nm > 0 ? halo_nm : 0;
  if (!self->is_apart)
    return halo_nm;
  halo_nm = p->apart_nm > halo_nm ? p->apart_nm : halo_nm;
  halo_nm = p->margin_nm > halo_nm ? p->margin_nm : halo_nm;
  return self->widest_gap_nm > halo_nm ? self->widest_gap_nm : halo_nm;
}
