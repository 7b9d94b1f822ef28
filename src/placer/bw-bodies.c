/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-bodies.h"

#include <stdlib.h>
#include <string.h>

#include "base/bw-polygon.h"

static void
note_longest (BwBodies     *self,
              const BwRing *rings,
              uint32_t      n_rings)
{
  for (uint32_t i = 0; i < n_rings; i++)
    if (rings[i].n_points > self->max_points)
      self->max_points = rings[i].n_points;
}

static void
note_longest_pad (BwBodies           *self,
                  const BwProblemPad *pads,
                  uint32_t            n_pads)
{
  for (uint32_t i = 0; i < n_pads; i++)
    note_longest (self, &pads[i].ring, 1);
}

bool
bw_bodies_init (BwBodies      *self,
                const BwModel *model)
{
  const BwProblem *problem = model->problem;
  uint32_t n_entries = model->n_parts + model->n_obstacles;
  int64_t size_nm = 1;

  memset (self, 0, sizeof *self);
  self->model = model;
  for (uint32_t i = 0; i < model->n_parts; i++)
    {
      const BwBox *box = &model->slots[model->parts[i].first_slot].box;

      size_nm += ((int64_t) box->x1_nm - box->x0_nm + box->y1_nm - box->y0_nm) /
                 (2 * (int64_t) model->n_parts);
      for (int side = 0; side < BW_N_SIDES; side++)
        {
          const BwProblemPart *part = &problem->parts[i];

          note_longest (self, part->body[side], part->n_body[side]);
          note_longest (self, part->keepout[side], part->n_keepout[side]);
        }
      note_longest_pad (self, problem->parts[i].pads, problem->parts[i].n_pads);
      note_longest_pad (self, problem->parts[i].pad_keepouts, problem->parts[i].n_pad_keepouts);
    }
  self->found = calloc ((size_t) n_entries + 1, sizeof *self->found);
  self->points = calloc (2 * ((size_t) self->max_points + 1), sizeof *self->points);
  if (!bw_twins_init (&self->twins, model->n_parts) ||
      !bw_index_init (&self->index, &model->room, n_entries, size_nm) || self->found == NULL ||
      self->points == NULL)
    return false;
  for (uint32_t i = 0; i < model->n_obstacles; i++)
    bw_index_put (&self->index, model->n_parts + i, &model->obstacles[i].box);
  return true;
}

void
bw_bodies_clear (BwBodies *self)
{
  bw_index_clear (&self->index);
  bw_twins_clear (&self->twins);
  free (self->found);
  free (self->points);
}

void
bw_bodies_look_at (BwBodies       *self,
                   const BwLayout *layout)
{
  bw_twins_find (&self->twins, self->model, layout);
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    {
      const BwSlot *slot = bw_bodies_slot (self, layout, i);
      BwBox hull = bw_box_moved (&slot->hull, layout->at[i]);

      if (slot->n_pieces > 0 && self->twins.first[i] == i)
        bw_index_put (&self->index, i, &hull);
      else
        bw_index_remove (&self->index, i);
    }
}

static bool
pieces_overlap (const BwPiece *a,
                uint32_t       n_a,
                BwPoint        at_a,
                const BwPiece *b,
                uint32_t       n_b,
                BwPoint        at_b)
{
  for (uint32_t i = 0; i < n_a; i++)
    {
      BwBox box = bw_box_moved (&a[i].box, at_a);

      for (uint32_t k = 0; k < n_b; k++)
        {
          BwBox other = bw_box_moved (&b[k].box, at_b);

          if (bw_pieces_meet (&a[i], &b[k]) && bw_box_overlaps (&box, &other))
            return true;
        }
    }
  return false;
}

/* A ring of a part's body as it lies, in one of the two scratch places. */
static BwRing
placed_ring (BwBodies         *self,
             const BwRing      *ring,
             const BwTransform *transform,
             int                which)
{
  BwPoint *points = self->points + (which != 0 ? self->max_points : 0);

  for (uint32_t i = 0; i < ring->n_points; i++)
    points[i] = bw_transform_point (transform, ring->points[i]);
  return (BwRing) { points, ring->n_points };
}

/* Which of the part's own sides lies on a side of the board. */
static int
own_side (const BwModelPart *part,
          int                side)
{
  return part->side == BW_SIDE_BACK ? 1 - side : side;
}

/* Rings of two parts, each with how the part lies. */
typedef struct
{
  const BwRing *rings;
  uint32_t n_rings;
  const BwTransform *transform;
} PlacedRings;

static bool
rings_overlap (BwBodies   *self,
               PlacedRings  a,
               PlacedRings  b)
{
  for (uint32_t i = 0; i < a.n_rings; i++)
    {
      BwRing ring = placed_ring (self, &a.rings[i], a.transform, 0);

      for (uint32_t k = 0; k < b.n_rings; k++)
        {
          BwRing other = placed_ring (self, &b.rings[k], b.transform, 1);

          if (bw_rings_overlap (&ring, &other))
            return true;
        }
    }
  return false;
}

/* `layers`: those of the pad where it lies. */
static bool
is_barred (const BwProblemPad *pad,
           uint8_t             layers,
           const BwProblemPad *keepout,
           uint8_t             keepout_layers)
{
  return (layers & keepout_layers) != 0 && (keepout->net < 0 || keepout->net != pad->net);
}

/* A pad of `a` lies where `b` lets none be. */
static bool
pads_meet_keepouts (BwBodies          *self,
                    uint32_t           a,
                    const BwTransform *transform_a,
                    uint32_t           b,
                    const BwTransform *transform_b)
{
  const BwModel *model = self->model;
  const BwProblemPart *source_a = &model->problem->parts[a];
  const BwProblemPart *source_b = &model->problem->parts[b];

  for (uint32_t i = 0; i < source_a->n_pads && source_b->n_pad_keepouts > 0; i++)
    {
      const BwProblemPad *pad = &source_a->pads[i];
      uint8_t layers = bw_model_layers (&model->parts[a], pad);
      BwRing ring = placed_ring (self, &pad->ring, transform_a, 0);

      for (uint32_t k = 0; k < source_b->n_pad_keepouts; k++)
        {
          const BwProblemPad *keepout = &source_b->pad_keepouts[k];
          BwRing other;

          if (!is_barred (pad, layers, keepout, bw_model_layers (&model->parts[b], keepout)))
            continue;
          other = placed_ring (self, &keepout->ring, transform_b, 1);
          if (bw_rings_overlap (&ring, &other))
            return true;
        }
    }
  return false;
}

static PlacedRings
placed_body (const BwModel     *model,
             uint32_t           part,
             const BwTransform *transform,
             int                side)
{
  const BwProblemPart *source = &model->problem->parts[part];
  int own = own_side (&model->parts[part], side);

  return (PlacedRings) { source->body[own], source->n_body[own], transform };
}

/* To the nanometre; of the keepouts of one each counts against the body of the other. */
static bool
rings_meet (BwBodies      *self,
            const BwLayout *layout,
            uint32_t        a,
            uint32_t        b)
{
  const BwModel *model = self->model;
  const BwProblemPart *source_a = &model->problem->parts[a];
  const BwProblemPart *source_b = &model->problem->parts[b];
  BwPose pose_a = bw_model_pose (model, layout, a);
  BwPose pose_b = bw_model_pose (model, layout, b);
  BwTransform transform_a = bw_pose_transform (&pose_a);
  BwTransform transform_b = bw_pose_transform (&pose_b);

  for (int side = 0; side < BW_N_SIDES; side++)
    {
      int own_a = own_side (&model->parts[a], side);
      int own_b = own_side (&model->parts[b], side);
      PlacedRings body_a = placed_body (model, a, &transform_a, side);
      PlacedRings body_b = placed_body (model, b, &transform_b, side);
      PlacedRings bars_a = { source_a->keepout[own_a], source_a->n_keepout[own_a], &transform_a };
      PlacedRings bars_b = { source_b->keepout[own_b], source_b->n_keepout[own_b], &transform_b };

      if (rings_overlap (self, body_a, body_b) || rings_overlap (self, body_a, bars_b) ||
          rings_overlap (self, bars_a, body_b))
        return true;
    }
  return pads_meet_keepouts (self, a, &transform_a, b, &transform_b) ||
         pads_meet_keepouts (self, b, &transform_b, a, &transform_a);
}

bool
bw_bodies_overlap (BwBodies       *self,
                   const BwLayout *layout,
                   uint32_t        a,
                   uint32_t        b)
{
  const BwSlot *slot_a = bw_bodies_slot (self, layout, a);
  const BwSlot *slot_b = bw_bodies_slot (self, layout, b);

  if (!pieces_overlap (&self->model->pieces[slot_a->first_piece], slot_a->n_pieces,
                       layout->at[a], &self->model->pieces[slot_b->first_piece],
                       slot_b->n_pieces, layout->at[b]))
    return false;
  return (slot_a->is_exact && slot_b->is_exact) || rings_meet (self, layout, a, b);
}

static bool
has_keepouts (const BwProblemPart *part)
{
  return part->n_keepout[BW_SIDE_FRONT] + part->n_keepout[BW_SIDE_BACK] + part->n_pad_keepouts > 0;
}

bool
bw_bodies_only_bar (BwBodies       *self,
                    const BwLayout *layout,
                    uint32_t        a,
                    uint32_t        b)
{
  const BwModel *model = self->model;
  BwPose pose_a = bw_model_pose (model, layout, a);
  BwPose pose_b = bw_model_pose (model, layout, b);
  BwTransform transform_a = bw_pose_transform (&pose_a);
  BwTransform transform_b = bw_pose_transform (&pose_b);

  if (!has_keepouts (&model->problem->parts[a]) && !has_keepouts (&model->problem->parts[b]))
    return false;
  for (int side = 0; side < BW_N_SIDES; side++)
    if (rings_overlap (self, placed_body (model, a, &transform_a, side),
                       placed_body (model, b, &transform_b, side)))
      return false;
  return true;
}

static bool
ring_is_in_room (const BwProblem *problem,
                 const BwRing    *ring,
                 uint32_t         region)
{
  if (!bw_ring_contains_ring (&problem->regions[region].ring, ring))
    return false;
  for (uint32_t i = 0; i < problem->n_regions; i++)
    if (problem->regions[i].hole && bw_rings_overlap (&problem->regions[i].ring, ring))
      return false;
  return true;
}

/* All rings in one and the same outline, and out of its holes. */
static bool
body_is_in_region (BwBodies         *self,
                   uint32_t           part,
                   const BwTransform *transform,
                   uint32_t           region)
{
  const BwProblem *problem = self->model->problem;

  for (int side = 0; side < BW_N_SIDES; side++)
    for (uint32_t i = 0; i < problem->parts[part].n_body[side]; i++)
      {
        BwRing ring = placed_ring (self, &problem->parts[part].body[side][i], transform, 0);

        if (!ring_is_in_room (problem, &ring, region))
          return false;
      }
  return true;
}

static bool
body_is_kept_out (BwBodies         *self,
                  uint32_t           part,
                  const BwTransform *transform)
{
  const BwModel *model = self->model;
  const BwProblem *problem = model->problem;

  for (int side = 0; side < BW_N_SIDES; side++)
    {
      int own = own_side (&model->parts[part], side);

      for (uint32_t i = 0; i < problem->parts[part].n_body[own]; i++)
        {
          BwRing ring = placed_ring (self, &problem->parts[part].body[own][i], transform, 0);

          for (uint32_t k = 0; k < problem->n_keepouts; k++)
            if ((problem->keepouts[k].sides >> side & 1) &&
                bw_rings_overlap (&problem->keepouts[k].ring, &ring))
              return true;
        }
    }
  return false;
}

static bool
pads_are_kept_out (BwBodies          *self,
                   uint32_t           part,
                   const BwTransform *transform)
{
  const BwModel *model = self->model;
  const BwProblem *problem = model->problem;

  for (uint32_t i = 0; i < problem->parts[part].n_pads && problem->n_pad_keepouts > 0; i++)
    {
      const BwProblemPad *pad = &problem->parts[part].pads[i];
      uint8_t layers = bw_model_layers (&model->parts[part], pad);
      BwRing ring = placed_ring (self, &pad->ring, transform, 0);

      for (uint32_t k = 0; k < problem->n_pad_keepouts; k++)
        if (is_barred (pad, layers, &problem->pad_keepouts[k], problem->pad_keepouts[k].layers) &&
            bw_rings_overlap (&problem->pad_keepouts[k].ring, &ring))
          return true;
    }
  return false;
}

BwBox
bw_bodies_box (const BwBodies *self,
               const BwLayout *layout,
               uint32_t        part)
{
  return bw_box_moved (&bw_bodies_slot (self, layout, part)->box, layout->at[part]);
}

static bool
box_is_inside (const BwBox *box,
               const BwBox *room)
{
  return box->x0_nm >= room->x0_nm && box->y0_nm >= room->y0_nm &&
         box->x1_nm <= room->x1_nm && box->y1_nm <= room->y1_nm;
}

bool
bw_bodies_is_outside (BwBodies       *self,
                      const BwLayout *layout,
                      uint32_t        part,
                      uint32_t        n_found)
{
  const BwModel *model = self->model;
  const BwSlot *slot = bw_bodies_slot (self, layout, part);
  BwBox box = bw_bodies_box (self, layout, part);
  BwPose pose = bw_model_pose (model, layout, part);
  BwTransform transform = bw_pose_transform (&pose);
  const BwBox *region = model->problem->parts[part].region;
  bool suspect = model->bounded && !box_is_inside (&box, &model->room);

  if (region != NULL && !box_is_inside (&box, region))
    return true;
  for (uint32_t i = 0; i < n_found && !suspect; i++)
    if (self->found[i] >= model->n_parts)
      suspect = pieces_overlap (&model->pieces[slot->first_piece], slot->n_pieces,
                                layout->at[part],
                                &model->obstacles[self->found[i] - model->n_parts], 1,
                                (BwPoint) { 0, 0 });
  if (!suspect)
    return false;
  if (body_is_kept_out (self, part, &transform) || pads_are_kept_out (self, part, &transform))
    return true;
  for (uint32_t i = 0; i < model->problem->n_regions; i++)
    if (!model->problem->regions[i].hole && body_is_in_region (self, part, &transform, i))
      return false;
  return model->bounded;
}

bool
bw_bodies_is_first (const BwBodies *self,
                    const BwLayout *layout,
                    uint32_t        part)
{
  return bw_bodies_slot (self, layout, part)->n_pieces > 0 && self->twins.first[part] == part;
}
