/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A layout with what is derived from it, kept up to date move by move: the box of each net, and
 * an index of all bodies and obstacles.
 *
 * Entry i < n_parts of the index is part i; the obstacles follow. A part may be *taken out*: then
 * it is in nobody's way, while its terminals still pull. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "placer/bw-apart.h"
#include "placer/bw-index.h"
#include "placer/bw-model.h"

#define BW_NO_PART UINT32_MAX
/* Where there is to be conflict: that of two parts is as bad as one that is so much deeper. */
#define BW_CONFLICT_MM 1.0

typedef struct
{
  BwModel *model;
  BwLayout layout;
  BwIndex index;
  BwBox *net_boxes;       /* of those with a weight */
  BwBox *changed_boxes;   /* of the nets that the move asked about would change */
  uint32_t *changed;
  uint32_t n_changed;
  uint32_t *stamps;       /* of nets */
  uint32_t stamp;
  uint32_t *found;        /* ids from the index */
  uint64_t work;          /* steps of inner loops so far: what an iteration is measured by */
} BwScene;

typedef struct
{
  BwPoint at;
  uint16_t slot;
} BwPlace;

/* False when out of memory. All parts at the poses the problem starts with. */
bool    bw_scene_init         (BwScene        *self,
                               BwModel        *model);
void    bw_scene_clear        (BwScene        *self);

/* Takes over a layout, the model's gap and margin, and what is fixed; puts all parts in. */
void    bw_scene_load         (BwScene        *self,
                               const BwLayout *layout);

BwPlace bw_scene_place        (const BwScene  *self,
                               uint32_t        part);
/* Round its body. */
BwBox   bw_scene_box_at       (const BwScene  *self,
                               uint32_t        part,
                               const BwPlace  *place);

/* Moves the part, takes it out of the way, puts it back. Net boxes are kept for all. */
void    bw_scene_move         (BwScene        *self,
                               uint32_t        part,
                               const BwPlace  *place);
void    bw_scene_take_out     (BwScene        *self,
                               uint32_t        part);
void    bw_scene_put_back     (BwScene        *self,
                               uint32_t        part);
bool    bw_scene_is_in        (const BwScene  *self,
                               uint32_t        part);

/* Out of the scene, and not because it takes no room. */
bool    bw_scene_is_missing   (const BwScene  *self,
                               uint32_t        part);

/* Weighted wirelength in mm of all nets. */
double  bw_scene_wirelength   (const BwScene  *self);

/* How much longer the nets get if part a (and b, unless BW_NO_PART) moves; bw_scene_accept()
 * then makes that move in less time than bw_scene_move(). */
double  bw_scene_ask          (BwScene        *self,
                               uint32_t        a,
                               const BwPlace  *place_a,
                               uint32_t        b,
                               const BwPlace  *place_b);
void    bw_scene_accept       (BwScene        *self,
                               uint32_t        a,
                               const BwPlace  *place_a,
                               uint32_t        b,
                               const BwPlace  *place_b);

/* Puts into `found` the ids of all entries that the part may be in conflict with at `place`, with
 * itself among them where it is; returns how many. */
uint32_t bw_scene_find_near   (BwScene        *self,
                               uint32_t        part,
                               const BwPlace  *place);

/* Cost in mm of the overlaps that part `a` would have at `place`, part `except` left out. */
double  bw_scene_overlap_cost (BwScene        *self,
                               uint32_t        a,
                               const BwPlace  *place,
                               uint32_t        except);

/* How deep it would be in others and in what is no room, a pair worth BW_CONFLICT_MM in itself. */
double  bw_scene_conflict_mm  (BwScene        *self,
                               uint32_t        part,
                               const BwPlace  *place);

/* The cost in mm of an overlap of one pair at two places. */
double  bw_scene_pair_cost    (const BwScene  *self,
                               uint32_t        a,
                               const BwPlace  *place_a,
                               uint32_t        b,
                               const BwPlace  *place_b);

/* True if at `place` the part's boxes keep `gap_nm` from all that is in, and the margin. */
bool    bw_scene_is_free      (BwScene        *self,
                               uint32_t        part,
                               const BwPlace  *place);
