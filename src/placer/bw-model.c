/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bw-polygon.h"
#include "placer/bw-apart.h"
#include "placer/bw-model-nets.h"
#include "placer/bw-model-slots.h"

/* How finely what is no part is covered, by what it costs the search. */
#define MAX_PIECES_HOLE 8
#define MAX_PIECES_OUTSIDE 120
#define MAX_CHOICES 1024
/* Without an outline: how much room there is for the parts' own area. */
#define GATHER_ROOM 2.0

static bool
make_parts (BwModel *self)
{
  const BwProblem *problem = self->problem;
  size_t n_slots = 0, n_pieces = 0;

  for (uint32_t i = 0; i < self->n_parts; i++)
    {
      const BwProblemPart *source = &problem->parts[i];
      BwModelPart *part = &self->parts[i];

      part->n_choices = source->n_rotations < MAX_CHOICES ? source->n_rotations : MAX_CHOICES;
      part->side = source->start.side;
      part->fixed = source->fixed;
      part->max_others = bw_model_max_others (source);
      part->first_slot = (uint32_t) n_slots;
      n_slots += part->n_choices + 1;
      for (uint32_t k = 0; k <= part->n_choices; k++)
        n_pieces += bw_model_body_room (self, i, k) + part->max_others;
    }
  self->n_pieces = (uint32_t) n_pieces;
  self->slots = calloc (n_slots + 1, sizeof *self->slots);
  self->pieces = calloc (n_pieces + 1, sizeof *self->pieces);
  if (self->slots == NULL || self->pieces == NULL)
    return false;
  n_pieces = 0;
  for (uint32_t i = 0; i < self->n_parts; i++)
    for (uint32_t k = 0; k <= self->parts[i].n_choices; k++)
      {
        self->slots[self->parts[i].first_slot + k].first_piece = (uint32_t) n_pieces;
        n_pieces += bw_model_body_room (self, i, k) + self->parts[i].max_others;
      }
  return true;
}

static void
grow_scratch (const BwRing *rings,
              uint32_t      n_rings,
              uint32_t     *max_points,
              uint32_t     *max_rings)
{
  uint32_t points = 0;

  for (uint32_t i = 0; i < n_rings; i++)
    points += rings[i].n_points;
  if (points > *max_points)
    *max_points = points;
  if (n_rings > *max_rings)
    *max_rings = n_rings;
}

static void
grow_scratch_for_pads (const BwProblemPad *pads,
                       uint32_t            n_pads,
                       uint32_t           *max_points,
                       uint32_t           *max_rings)
{
  uint32_t points = 0;

  for (uint32_t i = 0; i < n_pads; i++)
    points += pads[i].ring.n_points;
  if (points > *max_points)
    *max_points = points;
  if (n_pads > *max_rings)
    *max_rings = n_pads;
}

static bool
make_scratch (BwModel *self)
{
  const BwProblem *problem = self->problem;
  uint32_t max_points = 0, max_rings = 0, region_points = 0;

  for (uint32_t i = 0; i < self->n_parts; i++)
    {
      const BwProblemPart *part = &problem->parts[i];

      for (int side = 0; side < BW_N_SIDES; side++)
        {
          grow_scratch (part->body[side], part->n_body[side], &max_points, &max_rings);
          grow_scratch (part->keepout[side], part->n_keepout[side], &max_points, &max_rings);
        }
      grow_scratch_for_pads (part->pads, part->n_pads, &max_points, &max_rings);
      grow_scratch_for_pads (part->pad_keepouts, part->n_pad_keepouts, &max_points, &max_rings);
    }
  for (uint32_t i = 0; i < problem->n_keepouts; i++)
    grow_scratch (&problem->keepouts[i].ring, 1, &max_points, &max_rings);
  for (uint32_t i = 0; i < problem->n_pad_keepouts; i++)
    grow_scratch (&problem->pad_keepouts[i].ring, 1, &max_points, &max_rings);
  for (uint32_t i = 0; i < problem->n_regions; i++)
    region_points += problem->regions[i].ring.n_points;
  if (region_points > max_points)
    max_points = region_points;
  if (problem->n_regions > max_rings)
    max_rings = problem->n_regions;

  self->cover = bw_cover_new (max_points, max_rings);
  self->scratch_points = calloc ((size_t) max_points + 1, sizeof *self->scratch_points);
  self->scratch_rings = calloc ((size_t) max_rings + 1, sizeof *self->scratch_rings);
  self->scratch_boxes = calloc (MAX_PIECES_OUTSIDE, sizeof *self->scratch_boxes);
  return self->cover != NULL && self->scratch_points != NULL && self->scratch_rings != NULL &&
         self->scratch_boxes != NULL;
}

static void
add_obstacles (BwModel      *self,
               const BwRing *ring,
               uint8_t       bars)
{
  uint32_t n = bw_cover_rings (self->cover, ring, 1, MAX_PIECES_HOLE, self->scratch_boxes);

  for (uint32_t i = 0; i < n; i++)
    self->obstacles[self->n_obstacles++] = (BwPiece) { self->scratch_boxes[i], 0, bars };
}

static bool
make_obstacles (BwModel *self)
{
  const BwProblem *problem = self->problem;
  uint8_t both = (1u << BW_SIDE_FRONT) | (1u << BW_SIDE_BACK);
  size_t most = MAX_PIECES_OUTSIDE + (size_t) MAX_PIECES_HOLE *
                ((size_t) problem->n_regions + problem->n_keepouts + problem->n_pad_keepouts);
  uint32_t n_rings = 0, n;

  self->obstacles = calloc (most, sizeof *self->obstacles);
  if (self->obstacles == NULL)
    return false;
  self->room = BW_BOX_EMPTY;
  for (uint32_t i = 0; i < problem->n_regions; i++)
    if (!problem->regions[i].hole)
      {
        BwBox box = bw_ring_box (&problem->regions[i].ring);

        bw_box_add_box (&self->room, &box);
        self->scratch_rings[n_rings++] = problem->regions[i].ring;
      }
  self->bounded = !bw_box_is_empty (&self->room);
  n = bw_cover_outside (self->cover, self->scratch_rings, n_rings, MAX_PIECES_OUTSIDE,
                        self->scratch_boxes);
  for (uint32_t i = 0; i < n; i++)
    self->obstacles[self->n_obstacles++] = (BwPiece) { self->scratch_boxes[i], 0, both };
  for (uint32_t i = 0; i < problem->n_regions; i++)
    if (problem->regions[i].hole)
      add_obstacles (self, &problem->regions[i].ring, both);
  self->n_edges = self->n_obstacles;
  for (uint32_t i = 0; i < problem->n_keepouts; i++)
    add_obstacles (self, &problem->keepouts[i].ring, problem->keepouts[i].sides & both);
  for (uint32_t i = 0; i < problem->n_pad_keepouts; i++)
    add_obstacles (self, &problem->pad_keepouts[i].ring,
                   (uint8_t) (problem->pad_keepouts[i].layers << BW_PIECE_PADS_SHIFT));
  return true;
}

static double
body_area_mm2 (const BwModel *self,
               const BwSlot  *slot)
{
  double area[BW_N_SIDES] = { 0.0, 0.0 };

  for (uint32_t i = 0; i < slot->n_pieces; i++)
    for (int side = 0; side < BW_N_SIDES; side++)
      {
        const BwPiece *piece = &self->pieces[slot->first_piece + i];

        if (piece->sides >> side & 1)
          area[side] += bw_nm_to_mm ((int64_t) piece->box.x1_nm - piece->box.x0_nm) *
                        bw_nm_to_mm ((int64_t) piece->box.y1_nm - piece->box.y0_nm);
      }
  return area[0] > area[1] ? area[0] : area[1];
}

/* Without an outline, parts gather about what is fixed, else about the middle of all. */
static void
make_gathering_room (BwModel *self)
{
  BwBox all = BW_BOX_EMPTY, fixed = BW_BOX_EMPTY, *about;
  double area = 1.0, side_nm, cx, cy;

  for (uint32_t i = 0; i < self->n_parts; i++)
    {
      const BwModelPart *part = &self->parts[i];
      const BwBox *box = &self->slots[part->first_slot + part->n_choices].box;
      double w = bw_nm_to_mm ((int64_t) box->x1_nm - box->x0_nm);
      double h = bw_nm_to_mm ((int64_t) box->y1_nm - box->y0_nm);

      bw_box_add_point (part->fixed ? &fixed : &all, self->problem->parts[i].start.at);
      area += GATHER_ROOM * w * h;
      if (GATHER_ROOM * w * w > area)
        area = GATHER_ROOM * w * w;
      if (GATHER_ROOM * h * h > area)
        area = GATHER_ROOM * h * h;
    }
  about = bw_box_is_empty (&fixed) ? &all : &fixed;
  cx = bw_box_is_empty (about) ? 0.0 : 0.5 * ((double) about->x0_nm + about->x1_nm);
  cy = bw_box_is_empty (about) ? 0.0 : 0.5 * ((double) about->y0_nm + about->y1_nm);
  side_nm = 0.5 * sqrt (area) * BW_NM_PER_MM;
  self->room = (BwBox) {
    bw_nm_from_mm ((cx - side_nm) / BW_NM_PER_MM), bw_nm_from_mm ((cy - side_nm) / BW_NM_PER_MM),
    bw_nm_from_mm ((cx + side_nm) / BW_NM_PER_MM), bw_nm_from_mm ((cy + side_nm) / BW_NM_PER_MM),
  };
  bw_box_add_box (&self->room, &fixed);
}

BwModel *
bw_model_new (const BwProblem *problem)
{
  BwModel *self = calloc (1, sizeof *self);

  if (self == NULL)
    return NULL;
  self->problem = problem;
  self->n_parts = problem->n_parts;
  self->n_nets = problem->n_nets;
  self->is_roomy = true;
  self->parts = calloc ((size_t) self->n_parts + 1, sizeof *self->parts);
  self->nets = calloc ((size_t) self->n_nets + 1, sizeof *self->nets);
  if (self->parts == NULL || self->nets == NULL || !make_parts (self) ||
      !bw_model_make_terms (self) || !bw_model_link_aparts (self) || !make_scratch (self) ||
      !make_obstacles (self))
    {
      bw_model_free (self);
      return NULL;
    }
  bw_model_link_nets (self);
  for (uint32_t i = 0; i < self->n_parts; i++)
    {
      BwModelPart *part = &self->parts[i];

      bw_model_set_slots (self, i, bw_cdeg_normalize (problem->parts[i].start.rotation_cdeg));
      part->area_mm2 = body_area_mm2 (self, &self->slots[part->first_slot + part->n_choices]);
    }
  if (!self->bounded)
    make_gathering_room (self);
  return self;
}

bool
bw_model_weigh (BwModel *self)
{
  bw_model_weigh_nets (self);
  return bw_model_ask_spacing (self);
}

void
bw_model_free (BwModel *self)
{
  if (self == NULL)
    return;
  bw_cover_free (self->cover);
  free (self->scratch_points);
  free (self->scratch_rings);
  free (self->scratch_boxes);
  free (self->scratch_terms);
  free (self->parts);
  free (self->slots);
  free (self->pieces);
  free (self->terms);
  free (self->net_terms);
  free (self->spans);
  free (self->nets);
  free (self->aparts);
  free (self->obstacles);
  free (self);
}

bool
bw_layout_init (BwLayout *layout,
                uint32_t  n_parts)
{
  layout->at = calloc ((size_t) n_parts + 1, sizeof *layout->at);
  layout->slot = calloc ((size_t) n_parts + 1, sizeof *layout->slot);
  return layout->at != NULL && layout->slot != NULL;
}

void
bw_layout_clear (BwLayout *layout)
{
  free (layout->at);
  free (layout->slot);
}

void
bw_layout_copy (BwLayout       *to,
                const BwLayout *from,
                uint32_t        n_parts)
{
  memcpy (to->at, from->at, n_parts * sizeof *to->at);
  memcpy (to->slot, from->slot, n_parts * sizeof *to->slot);
}

void
bw_model_set_pose (BwModel      *self,
                   BwLayout     *layout,
                   uint32_t      part,
                   const BwPose *pose)
{
  BwModelPart *p = &self->parts[part];
  int32_t rotation_cdeg = bw_cdeg_normalize (pose->rotation_cdeg);
  uint32_t slot = 0;

  if (pose->side != p->side)
    {
      p->side = pose->side;
      bw_model_set_slots (self, part, rotation_cdeg);
    }
  while (slot < p->n_choices && self->slots[p->first_slot + slot].rotation_cdeg != rotation_cdeg)
    slot++;
  if (slot == p->n_choices && self->slots[p->first_slot + slot].rotation_cdeg != rotation_cdeg)
    bw_model_set_spare (self, part, rotation_cdeg);
  layout->at[part] = pose->at;
  layout->slot[part] = (uint16_t) slot;
}

BwPose
bw_model_pose (const BwModel  *self,
               const BwLayout *layout,
               uint32_t        part)
{
  const BwModelPart *p = &self->parts[part];

  return (BwPose) { layout->at[part],
                    self->slots[p->first_slot + layout->slot[part]].rotation_cdeg, p->side };
}

static bool
reach_along (int64_t  low,
             int64_t  high,
             int32_t *low_out,
             int32_t *high_out)
{
  bool fits = low <= high;

  if (!fits)
    low = high = low + (high - low) / 2;
  low = low < -BW_COORD_MAX_NM ? -BW_COORD_MAX_NM : low;
  high = high > BW_COORD_MAX_NM ? BW_COORD_MAX_NM : high;
  *low_out = (int32_t) (low > BW_COORD_MAX_NM ? BW_COORD_MAX_NM : low);
  *high_out = (int32_t) (high < -BW_COORD_MAX_NM ? -BW_COORD_MAX_NM : high);
  return fits;
}

bool
bw_model_reach (const BwModel *self,
                uint32_t       part,
                uint32_t       slot,
                BwBox         *reach_out)
{
  const BwBox *box = &self->slots[self->parts[part].first_slot + slot].box;
  const BwBox *region = self->problem->parts[part].region;
  int64_t margin_nm = self->bounded ? bw_model_margin_nm (self, part) : 0;
  int64_t x0 = self->room.x0_nm + margin_nm, x1 = self->room.x1_nm - margin_nm;
  int64_t y0 = self->room.y0_nm + margin_nm, y1 = self->room.y1_nm - margin_nm;
  bool fits_x, fits_y;

  if (region != NULL && (self->parts[part].leeway_nm == 0 ||
                         self->parts[part].leeway_kind == BW_LEEWAY_REGION))
    {
      /* Margins are less than none where it is asked how much room a part lacks. */
      int64_t asked_nm = -(int64_t) self->margin_nm, leeway_nm = self->parts[part].leeway_nm;
      int64_t over_nm = asked_nm > leeway_nm ? asked_nm : leeway_nm;
      int64_t left = region->x0_nm - over_nm, right = region->x1_nm + over_nm;
      int64_t top = region->y0_nm - over_nm, bottom = region->y1_nm + over_nm;

      x0 = !self->bounded || left > x0 ? left : x0;
      y0 = !self->bounded || top > y0 ? top : y0;
      x1 = !self->bounded || right < x1 ? right : x1;
      y1 = !self->bounded || bottom < y1 ? bottom : y1;
    }
  fits_x = reach_along (x0 - box->x0_nm, x1 - box->x1_nm, &reach_out->x0_nm, &reach_out->x1_nm);
  fits_y = reach_along (y0 - box->y0_nm, y1 - box->y1_nm, &reach_out->y0_nm, &reach_out->y1_nm);
  return fits_x && fits_y;
}

uint64_t
bw_model_count_boxes (const BwModel *self)
{
  uint64_t n = self->n_obstacles;

  for (uint32_t i = 0; i < self->n_parts; i++)
    {
      const BwModelPart *part = &self->parts[i];
      uint32_t most = 0;

      for (uint32_t k = part->first_slot; k <= part->first_slot + part->n_choices; k++)
        most = self->slots[k].n_pieces > most ? self->slots[k].n_pieces : most;
      n += most;
    }
  return n;
}
