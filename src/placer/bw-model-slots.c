/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-model-slots.h"

#include <stdlib.h>
#include <string.h>

#include "base/bw-polygon.h"

/* How finely bodies are covered, by what it costs the search: boxes for each slot. */
#define MAX_PIECES_MOVABLE 4
#define MAX_PIECES_FIXED 24
/* Boxes for each side or layer of a slot. */
#define MAX_PIECES_KEEPOUT 8
#define MAX_PIECES_PADS 8
#define MAX_PIECES_PADS_KEEPOUT 16
#define MAX_PIECES_PADS_FIXED 16
/* Turned corners are rounded to the nanometre; the cover has to hold them wherever they are. */
#define ROUNDING_NM 2
/* BwCopperLayers. */
#define N_LAYERS 3

static bool
is_quarter_turn (int32_t rotation_cdeg)
{
  return rotation_cdeg % (BW_FULL_TURN_CDEG / 4) == 0;
}

static BwRing
turned_ring (BwModel           *self,
             const BwRing      *ring,
             const BwTransform *transform,
             uint32_t           first_point)
{
  for (uint32_t i = 0; i < ring->n_points; i++)
    self->scratch_points[first_point + i] = bw_transform_point (transform, ring->points[i]);
  return (BwRing) { self->scratch_points + first_point, ring->n_points };
}

static uint32_t
cover_turned (BwModel           *self,
              const BwRing      *rings,
              uint32_t           n_rings,
              const BwTransform *transform,
              uint32_t           max_boxes)
{
  uint32_t n_points = 0;

  for (uint32_t i = 0; i < n_rings; i++)
    {
      self->scratch_rings[i] = turned_ring (self, &rings[i], transform, n_points);
      n_points += rings[i].n_points;
    }
  return bw_cover_rings (self->cover, self->scratch_rings, n_rings, max_boxes,
                         self->scratch_boxes);
}

static void
add_piece (BwModel *self,
           BwSlot  *slot,
           BwBox    box,
           uint8_t  sides,
           uint8_t  bars)
{
  if (!is_quarter_turn (slot->rotation_cdeg))
    {
      box.x0_nm -= ROUNDING_NM;
      box.y0_nm -= ROUNDING_NM;
      box.x1_nm += ROUNDING_NM;
      box.y1_nm += ROUNDING_NM;
    }
  for (uint32_t i = 0; i < slot->n_pieces; i++)
    {
      BwPiece *piece = &self->pieces[slot->first_piece + i];

      if (memcmp (&piece->box, &box, sizeof box) == 0 && (piece->sides != 0) == (sides != 0))
        {
          piece->sides |= sides;
          piece->bars |= bars;
          return;
        }
    }
  self->pieces[slot->first_piece + slot->n_pieces++] = (BwPiece) { box, sides, bars };
}

static bool
are_boxes (const BwRing *rings,
           uint32_t      n_rings)
{
  return n_rings == 0 || (n_rings == 1 && bw_ring_is_box (&rings[0]));
}

/* What is a box stays one as long as it is turned by quarters; what is fixed is covered finely as
 * it lies now. */
uint32_t
bw_model_body_room (const BwModel *self,
                    uint32_t       part,
                    uint32_t       slot)
{
  const BwModelPart *p = &self->parts[part];
  const BwProblemPart *source = &self->problem->parts[part];
  int32_t start_cdeg = source->start.rotation_cdeg;
  int32_t rotation_cdeg = slot == p->n_choices ? start_cdeg : source->rotations_cdeg[slot];

  if (slot == p->n_choices && p->has_spare_room)
    return MAX_PIECES_MOVABLE;
  if (is_quarter_turn (rotation_cdeg) && are_boxes (source->body[0], source->n_body[0]) &&
      are_boxes (source->body[1], source->n_body[1]))
    return source->n_body[0] + source->n_body[1];
  return source->fixed && bw_cdeg_normalize (rotation_cdeg) == bw_cdeg_normalize (start_cdeg)
           ? MAX_PIECES_FIXED : MAX_PIECES_MOVABLE;
}

/* Two pads are as good as the box round them. */
static uint32_t
max_pads_boxes (const BwProblemPart *part)
{
  return part->n_pads == 0 ? 0 : part->n_pads <= 2 ? 1
         : part->fixed ? MAX_PIECES_PADS_FIXED : MAX_PIECES_PADS;
}

/* On how many layers there is any of these. */
static uint32_t
count_layers (const BwProblemPad *pads,
              uint32_t            n_pads)
{
  uint8_t layers = 0;

  for (uint32_t i = 0; i < n_pads; i++)
    layers |= pads[i].layers;
  return (layers & 1u) + (layers >> 1 & 1u) + (layers >> 2 & 1u);
}

uint32_t
bw_model_max_others (const BwProblemPart *part)
{
  return MAX_PIECES_KEEPOUT * ((part->n_keepout[0] > 0) + (part->n_keepout[1] > 0)) +
         max_pads_boxes (part) * count_layers (part->pads, part->n_pads) +
         MAX_PIECES_PADS_KEEPOUT * count_layers (part->pad_keepouts, part->n_pad_keepouts);
}

static void
add_body (BwModel           *self,
          uint32_t           part,
          BwSlot            *slot,
          const BwTransform *transform)
{
  const BwModelPart *p = &self->parts[part];
  const BwProblemPart *source = &self->problem->parts[part];
  bool both = source->n_body[0] > 0 && source->n_body[1] > 0;
  uint32_t room = bw_model_body_room (self, part, (uint32_t) (slot - &self->slots[p->first_slot]));

  for (int side = 0; side < BW_N_SIDES; side++)
    {
      uint8_t bit = (uint8_t) (1u << (p->side == BW_SIDE_BACK ? 1 - side : side));
      uint32_t n = cover_turned (self, source->body[side], source->n_body[side], transform,
                                 room / (both ? 2 : 1));

      slot->is_exact = slot->is_exact && are_boxes (source->body[side], source->n_body[side]);
      for (uint32_t i = 0; i < n; i++)
        add_piece (self, slot, self->scratch_boxes[i], bit, bit);
    }
  slot->box = BW_BOX_EMPTY;
  for (uint32_t i = 0; i < slot->n_pieces; i++)
    bw_box_add_box (&slot->box, &self->pieces[slot->first_piece + i].box);
  if (slot->n_pieces == 0)
    slot->box = (BwBox) { 0, 0, 0, 0 };
}

static void
add_keepouts (BwModel           *self,
              uint32_t           part,
              BwSlot            *slot,
              const BwTransform *transform)
{
  const BwModelPart *p = &self->parts[part];
  const BwProblemPart *source = &self->problem->parts[part];

  for (int side = 0; side < BW_N_SIDES; side++)
    {
      uint8_t bit = (uint8_t) (1u << (p->side == BW_SIDE_BACK ? 1 - side : side));
      uint32_t n = source->n_keepout[side] == 0
                     ? 0 : cover_turned (self, source->keepout[side], source->n_keepout[side],
                                         transform, MAX_PIECES_KEEPOUT);

      slot->is_exact = slot->is_exact &&
                       are_boxes (source->keepout[side], source->n_keepout[side]);
      for (uint32_t i = 0; i < n; i++)
        add_piece (self, slot, self->scratch_boxes[i], 0, bit);
    }
}

/* Covers those of these on each layer, in boxes that are pads or bar them. */
static void
add_on_layers (BwModel            *self,
               uint32_t            part,
               BwSlot             *slot,
               const BwTransform  *transform,
               const BwProblemPad *pads,
               uint32_t            n_pads,
               uint32_t            max_boxes,
               bool                bars)
{
  for (int layer = 0; layer < N_LAYERS; layer++)
    {
      uint8_t bit = (uint8_t) (1u << layer << BW_PIECE_PADS_SHIFT);
      uint32_t n_points = 0, n_rings = 0, n;

      for (uint32_t i = 0; i < n_pads; i++)
        if (bw_model_layers (&self->parts[part], &pads[i]) >> layer & 1)
          {
            self->scratch_rings[n_rings++] = turned_ring (self, &pads[i].ring, transform,
                                                          n_points);
            n_points += pads[i].ring.n_points;
          }
      n = n_rings == 0 ? 0 : bw_cover_rings (self->cover, self->scratch_rings, n_rings, max_boxes,
                                             self->scratch_boxes);
      for (uint32_t i = 0; i < n; i++)
        add_piece (self, slot, self->scratch_boxes[i], bars ? 0 : bit, bars ? bit : 0);
    }
}

static void
set_hull (const BwModel *self,
          BwSlot        *slot)
{
  slot->hull = slot->n_pieces > 0 ? BW_BOX_EMPTY : slot->box;
  for (uint32_t i = 0; i < slot->n_pieces; i++)
    bw_box_add_box (&slot->hull, &self->pieces[slot->first_piece + i].box);
}

static void
set_spans (BwModel           *self,
           uint32_t           part,
           uint32_t           slot,
           const BwTransform *transform)
{
  const BwModelPart *p = &self->parts[part];
  const BwProblemPart *source = &self->problem->parts[part];

  for (uint32_t t = 0; t < p->n_terms; t++)
    {
      const BwTerm *term = &self->terms[p->first_term + t];

      self->spans[term->first_span + slot] = BW_BOX_EMPTY;
      self->scratch_terms[term->net] = p->first_term + t;
    }
  for (uint32_t i = 0; i < source->n_terminals; i++)
    if (source->terminals[i].net < self->n_nets)
      {
        const BwTerm *term = &self->terms[self->scratch_terms[source->terminals[i].net]];

        bw_box_add_point (&self->spans[term->first_span + slot],
                          bw_transform_point (transform, source->terminals[i].at));
      }
}

/* All that depends on how the part lies in this slot. */
static void
set_slot (BwModel *self,
          uint32_t part,
          uint32_t slot_index,
          int32_t  rotation_cdeg)
{
  const BwModelPart *p = &self->parts[part];
  const BwProblemPart *source = &self->problem->parts[part];
  BwSlot *slot = &self->slots[p->first_slot + slot_index];
  BwPose pose = { { 0, 0 }, rotation_cdeg, p->side };
  BwTransform transform = bw_pose_transform (&pose);

  slot->rotation_cdeg = rotation_cdeg;
  slot->n_pieces = 0;
  slot->is_exact = is_quarter_turn (rotation_cdeg) && source->n_pads == 0 &&
                   source->n_pad_keepouts == 0;
  add_body (self, part, slot, &transform);
  add_keepouts (self, part, slot, &transform);
  add_on_layers (self, part, slot, &transform, source->pads, source->n_pads,
                 max_pads_boxes (source), false);
  add_on_layers (self, part, slot, &transform, source->pad_keepouts, source->n_pad_keepouts,
                 MAX_PIECES_PADS_KEEPOUT, true);
  set_hull (self, slot);
  set_spans (self, part, slot_index, &transform);
}

/* Few parts are ever turned by hand to an angle that makes more boxes of their bodies. Without the
 * memory the spare slot is covered as coarsely as it has room for. */
static void
grow_spare (BwModel *self,
            uint32_t part,
            int32_t  rotation_cdeg)
{
  BwModelPart *p = &self->parts[part];
  BwSlot *slot = &self->slots[p->first_slot + p->n_choices];
  uint32_t more = MAX_PIECES_MOVABLE + p->max_others;
  BwPiece *pieces;

  if (is_quarter_turn (rotation_cdeg) ||
      bw_model_body_room (self, part, p->n_choices) >= MAX_PIECES_MOVABLE)
    return;
  pieces = realloc (self->pieces, ((size_t) self->n_pieces + more) * sizeof *pieces);
  if (pieces == NULL)
    return;
  self->pieces = pieces;
  slot->first_piece = self->n_pieces;
  self->n_pieces += more;
  p->has_spare_room = true;
}

void
bw_model_set_spare (BwModel *self,
                    uint32_t part,
                    int32_t  rotation_cdeg)
{
  grow_spare (self, part, rotation_cdeg);
  set_slot (self, part, self->parts[part].n_choices, rotation_cdeg);
}

void
bw_model_set_slots (BwModel *self,
                    uint32_t part,
                    int32_t  spare_cdeg)
{
  const BwModelPart *p = &self->parts[part];
  const BwProblemPart *source = &self->problem->parts[part];

  for (uint32_t i = 0; i < p->n_choices; i++)
    set_slot (self, part, i, bw_cdeg_normalize (source->rotations_cdeg[i]));
  bw_model_set_spare (self, part, spare_cdeg);
}
