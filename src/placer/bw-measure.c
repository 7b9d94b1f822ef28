/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bw-polygon.h"

/* What a mm of overlap costs in the energy, in mm of wire. */
#define OVERLAP_WEIGHT 16.0

static bool
count_terminals (BwMeasure *self)
{
  const BwProblem *problem = self->model->problem;
  uint8_t *counts = self->is_counted;

  for (uint32_t i = 0; i < problem->n_parts; i++)
    for (uint32_t t = 0; t < problem->parts[i].n_terminals; t++)
      {
        uint32_t net = problem->parts[i].terminals[t].net;

        if (net < problem->n_nets && counts[net] < 2)
          counts[net]++;
      }
  for (uint32_t k = 0; k < problem->n_nets; k++)
    counts[k] = counts[k] >= 2;
  return true;
}

static void
note_longest (BwMeasure    *self,
              const BwRing *rings,
              uint32_t      n_rings)
{
  for (uint32_t i = 0; i < n_rings; i++)
    if (rings[i].n_points > self->max_points)
      self->max_points = rings[i].n_points;
}

bool
bw_measure_init (BwMeasure     *self,
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
    }
  self->last_at = calloc ((size_t) model->n_parts + 1, sizeof *self->last_at);
  self->is_counted = calloc ((size_t) model->n_nets + 1, sizeof *self->is_counted);
  self->found = calloc ((size_t) n_entries + 1, sizeof *self->found);
  self->points = calloc (2 * ((size_t) self->max_points + 1), sizeof *self->points);
  if (!bw_twins_init (&self->twins, model->n_parts) ||
      !bw_index_init (&self->index, &model->room, n_entries, size_nm) || self->last_at == NULL ||
      self->is_counted == NULL || self->found == NULL || self->points == NULL)
    return false;
  for (uint32_t i = 0; i < model->n_obstacles; i++)
    bw_index_put (&self->index, model->n_parts + i, &model->obstacles[i].box);
  return count_terminals (self);
}

void
bw_measure_clear (BwMeasure *self)
{
  bw_index_clear (&self->index);
  bw_twins_clear (&self->twins);
  free (self->last_at);
  free (self->is_counted);
  free (self->found);
  free (self->points);
}

void
bw_measure_forget (BwMeasure *self)
{
  self->is_locked_known = false;
}

static const BwSlot *
slot_of (const BwMeasure *self,
         const BwLayout  *layout,
         uint32_t         part)
{
  return &self->model->slots[self->model->parts[part].first_slot + layout->slot[part]];
}

static void
look_at (BwMeasure      *self,
         const BwLayout *layout)
{
  bw_twins_find (&self->twins, self->model, layout);
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    {
      const BwSlot *slot = slot_of (self, layout, i);
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
placed_ring (BwMeasure         *self,
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
rings_overlap (BwMeasure   *self,
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

/* To the nanometre; of the keepouts of one each counts against the body of the other. */
static bool
rings_meet (BwMeasure      *self,
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
      PlacedRings body_a = { source_a->body[own_a], source_a->n_body[own_a], &transform_a };
      PlacedRings body_b = { source_b->body[own_b], source_b->n_body[own_b], &transform_b };
      PlacedRings bars_a = { source_a->keepout[own_a], source_a->n_keepout[own_a], &transform_a };
      PlacedRings bars_b = { source_b->keepout[own_b], source_b->n_keepout[own_b], &transform_b };

      if (rings_overlap (self, body_a, body_b) || rings_overlap (self, body_a, bars_b) ||
          rings_overlap (self, bars_a, body_b))
        return true;
    }
  return false;
}

static bool
parts_overlap (BwMeasure      *self,
               const BwLayout *layout,
               uint32_t        a,
               uint32_t        b)
{
  const BwSlot *slot_a = slot_of (self, layout, a);
  const BwSlot *slot_b = slot_of (self, layout, b);

  if (!pieces_overlap (&self->model->pieces[slot_a->first_piece], slot_a->n_pieces,
                       layout->at[a], &self->model->pieces[slot_b->first_piece],
                       slot_b->n_pieces, layout->at[b]))
    return false;
  return (slot_a->is_exact && slot_b->is_exact) || rings_meet (self, layout, a, b);
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
body_is_in_region (BwMeasure         *self,
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
body_is_kept_out (BwMeasure         *self,
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

static BwBox
body_box (const BwMeasure *self,
          const BwLayout  *layout,
          uint32_t         part)
{
  return bw_box_moved (&slot_of (self, layout, part)->box, layout->at[part]);
}

static bool
box_is_inside (const BwBox *box,
               const BwBox *room)
{
  return box->x0_nm >= room->x0_nm && box->y0_nm >= room->y0_nm &&
         box->x1_nm <= room->x1_nm && box->y1_nm <= room->y1_nm;
}

static bool
is_outside (BwMeasure      *self,
            const BwLayout *layout,
            uint32_t        part,
            uint32_t        n_found)
{
  const BwModel *model = self->model;
  const BwSlot *slot = slot_of (self, layout, part);
  BwBox box = body_box (self, layout, part);
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
  if (body_is_kept_out (self, part, &transform))
    return true;
  for (uint32_t i = 0; i < model->problem->n_regions; i++)
    if (!model->problem->regions[i].hole && body_is_in_region (self, part, &transform, i))
      return false;
  return model->bounded;
}

static double
depth_mm (const BwBox *a,
          const BwBox *b)
{
  int64_t left = (int64_t) a->x1_nm - b->x0_nm, right = (int64_t) b->x1_nm - a->x0_nm;
  int64_t up = (int64_t) a->y1_nm - b->y0_nm, down = (int64_t) b->y1_nm - a->y0_nm;
  int64_t dx = left < right ? left : right;
  int64_t dy = up < down ? up : down;

  return bw_nm_to_mm (dx < dy ? dx : dy);
}

/* Pairs of twins of `part` and `other`, or of its own. */
static uint32_t
count_pairs (const BwMeasure *self,
             uint32_t         part,
             uint32_t         other)
{
  uint32_t n = self->twins.count[part];

  return part == other ? (uint32_t) ((uint64_t) n * (n - 1) / 2) : n * self->twins.count[other];
}

/* Everything about one movable part and its twins. `bad` may be NULL. */
static void
measure_part (BwMeasure       *self,
              const BwLayout  *layout,
              uint32_t         part,
              BwPlacerMetrics *metrics,
              uint8_t         *bad)
{
  const BwModel *model = self->model;
  const BwBox *box = &self->index.boxes[part];
  uint32_t n = bw_index_query (&self->index, box, self->found);

  for (uint32_t i = 0; i < n; i++)
    {
      uint32_t other = self->found[i], n_pairs;

      if (other >= model->n_parts || (!model->parts[other].fixed && other < part))
        continue;
      n_pairs = count_pairs (self, part, other);
      if (n_pairs == 0 || !parts_overlap (self, layout, part, other))
        continue;
      metrics->overlaps += n_pairs;
      metrics->energy += n_pairs * OVERLAP_WEIGHT * depth_mm (box, &self->index.boxes[other]);
      if (bad != NULL)
        bad[part] = 1;
      if (bad != NULL && !model->parts[other].fixed)
        bad[other] = 1;
    }
  if (is_outside (self, layout, part, n))
    {
      metrics->outside += self->twins.count[part];
      for (uint32_t i = 0; i < n; i++)
        if (self->found[i] >= model->n_parts)
          metrics->energy += self->twins.count[part] * OVERLAP_WEIGHT *
                             depth_mm (box, &self->index.boxes[self->found[i]]);
      if (bad != NULL)
        bad[part] = 1;
    }
}

/* It has a body, and no twin that is looked at in its place. */
static bool
is_measured (const BwMeasure *self,
             const BwLayout  *layout,
             uint32_t         part)
{
  return slot_of (self, layout, part)->n_pieces > 0 && self->twins.first[part] == part;
}

static void
count_locked_conflicts (BwMeasure      *self,
                        const BwLayout *layout)
{
  const BwModel *model = self->model;

  self->locked_conflicts = 0;
  for (uint32_t i = 0; i < model->n_parts; i++)
    {
      uint32_t n;

      if (!model->parts[i].fixed || !is_measured (self, layout, i))
        continue;
      n = bw_index_query (&self->index, &self->index.boxes[i], self->found);
      for (uint32_t k = 0; k < n; k++)
        if (self->found[k] <= i && model->parts[self->found[k]].fixed &&
            parts_overlap (self, layout, i, self->found[k]))
          self->locked_conflicts += count_pairs (self, i, self->found[k]);
    }
  self->is_locked_known = true;
}

static void
measure_wires (BwMeasure       *self,
               const BwLayout  *layout,
               BwPlacerMetrics *metrics)
{
  const BwModel *model = self->model;

  for (uint32_t k = 0; k < model->n_nets; k++)
    {
      const BwModelNet *net = &model->nets[k];
      BwBox box = BW_BOX_EMPTY;
      int64_t widest_nm = 0, highest_nm = 0;
      double length_mm;

      if (!self->is_counted[k])
        continue;
      for (uint32_t i = 0; i < net->n_terms; i++)
        {
          const BwTerm *term = &model->terms[model->net_terms[net->first_term + i]];
          BwBox span = bw_box_moved (&model->spans[term->first_span + layout->slot[term->part]],
                                     layout->at[term->part]);

          bw_box_add_box (&box, &span);
          if ((int64_t) span.x1_nm - span.x0_nm > widest_nm)
            widest_nm = (int64_t) span.x1_nm - span.x0_nm;
          if ((int64_t) span.y1_nm - span.y0_nm > highest_nm)
            highest_nm = (int64_t) span.y1_nm - span.y0_nm;
        }
      length_mm = bw_nm_to_mm ((int64_t) box.x1_nm - box.x0_nm + (int64_t) box.y1_nm - box.y0_nm);
      if (net->wish)
        length_mm -= bw_nm_to_mm (widest_nm + highest_nm);
      else
        metrics->hpwl_mm += length_mm;
      metrics->energy += net->weight * length_mm;
    }
}

static void
measure_moves (BwMeasure       *self,
               const BwLayout  *layout,
               BwPlacerMetrics *metrics)
{
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    {
      double dx = bw_nm_to_mm ((int64_t) layout->at[i].x_nm - self->last_at[i].x_nm);
      double dy = bw_nm_to_mm ((int64_t) layout->at[i].y_nm - self->last_at[i].y_nm);
      double length_mm = self->has_last ? sqrt (dx * dx + dy * dy) : 0.0;

      if (length_mm > metrics->max_move_mm)
        metrics->max_move_mm = length_mm;
      self->last_at[i] = layout->at[i];
    }
  self->has_last = true;
}

void
bw_measure_layout (BwMeasure       *self,
                   const BwLayout  *layout,
                   BwPlacerMetrics *metrics_out)
{
  *metrics_out = (BwPlacerMetrics) { 0 };
  look_at (self, layout);
  measure_wires (self, layout, metrics_out);
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    if (!self->model->parts[i].fixed && is_measured (self, layout, i))
      measure_part (self, layout, i, metrics_out, NULL);
  measure_moves (self, layout, metrics_out);
  if (!self->is_locked_known)
    count_locked_conflicts (self, layout);
  metrics_out->locked_conflicts = self->locked_conflicts;
}

uint32_t
bw_measure_violations (BwMeasure      *self,
                       const BwLayout *layout,
                       uint32_t        n_most,
                       uint8_t        *bad)
{
  BwPlacerMetrics metrics = { 0 };

  memset (bad, 0, self->model->n_parts);
  look_at (self, layout);
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    if (!self->model->parts[i].fixed && is_measured (self, layout, i) &&
        metrics.overlaps + metrics.outside <= n_most)
      measure_part (self, layout, i, &metrics, bad);
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    bad[i] = bad[self->twins.first[i]];
  return metrics.overlaps + metrics.outside;
}

/* How many parts that are not `part` lie as `first` does, which is the first of them. */
static uint32_t
count_others (const BwMeasure *self,
              uint32_t         part,
              uint32_t         first)
{
  return self->twins.count[first] - (self->twins.first[part] == first);
}

/* Push from `n` like boxes by the nearer way out, as long as that way. */
static void
add_push (const BwBox *box,
          const BwBox *other,
          uint32_t     n,
          double      *fx,
          double      *fy)
{
  int64_t left = (int64_t) box->x1_nm - other->x0_nm, right = (int64_t) other->x1_nm - box->x0_nm;
  int64_t up = (int64_t) box->y1_nm - other->y0_nm, down = (int64_t) other->y1_nm - box->y0_nm;
  int64_t dx = left < right ? -left : right;
  int64_t dy = up < down ? -up : down;

  if ((dx < 0 ? -dx : dx) < (dy < 0 ? -dy : dy))
    *fx += n * OVERLAP_WEIGHT * bw_nm_to_mm (dx);
  else
    *fy += n * OVERLAP_WEIGHT * bw_nm_to_mm (dy);
}

static void
add_pull (const BwMeasure *self,
          const BwLayout  *layout,
          const BwTerm    *own,
          double          *fx,
          double          *fy)
{
  const BwModel *model = self->model;
  const BwModelNet *net = &model->nets[own->net];
  BwBox rest = BW_BOX_EMPTY;
  BwBox span = bw_box_moved (&model->spans[own->first_span + layout->slot[own->part]],
                             layout->at[own->part]);

  for (uint32_t i = 0; i < net->n_terms; i++)
    {
      const BwTerm *term = &model->terms[model->net_terms[net->first_term + i]];
      BwBox other = bw_box_moved (&model->spans[term->first_span + layout->slot[term->part]],
                                  layout->at[term->part]);

      if (term != own)
        bw_box_add_box (&rest, &other);
    }
  if (bw_box_is_empty (&rest))
    return;
  *fx += net->weight * ((span.x0_nm < rest.x0_nm) - (span.x1_nm > rest.x1_nm));
  *fy += net->weight * ((span.y0_nm < rest.y0_nm) - (span.y1_nm > rest.y1_nm));
}

static void
add_walls (const BwModel *model,
           const BwBox   *box,
           double        *fx,
           double        *fy)
{
  const BwBox *room = &model->room;

  if (!model->bounded)
    return;
  if (box->x0_nm < room->x0_nm)
    *fx += OVERLAP_WEIGHT * bw_nm_to_mm ((int64_t) room->x0_nm - box->x0_nm);
  if (box->x1_nm > room->x1_nm)
    *fx -= OVERLAP_WEIGHT * bw_nm_to_mm ((int64_t) box->x1_nm - room->x1_nm);
  if (box->y0_nm < room->y0_nm)
    *fy += OVERLAP_WEIGHT * bw_nm_to_mm ((int64_t) room->y0_nm - box->y0_nm);
  if (box->y1_nm > room->y1_nm)
    *fy -= OVERLAP_WEIGHT * bw_nm_to_mm ((int64_t) box->y1_nm - room->y1_nm);
}

static uint32_t
add_force (BwForce    *forces,
           uint32_t    n,
           uint32_t    n_max,
           uint32_t    part,
           BwForceKind kind,
           double      fx,
           double      fy)
{
  if (n < n_max && (fx != 0.0 || fy != 0.0))
    forces[n++] = (BwForce) { part, kind, fx, fy };
  return n;
}

uint32_t
bw_measure_forces (BwMeasure      *self,
                   const BwLayout *layout,
                   BwForce        *forces_out,
                   uint32_t        n_max)
{
  const BwModel *model = self->model;
  uint32_t n = 0;

  look_at (self, layout);
  for (uint32_t i = 0; i < model->n_parts && n < n_max; i++)
    {
      const BwModelPart *part = &model->parts[i];
      double pull_x = 0.0, pull_y = 0.0, push_x = 0.0, push_y = 0.0, wall_x = 0.0, wall_y = 0.0;
      double wish_x = 0.0, wish_y = 0.0;
      const BwBox *own = &self->index.boxes[self->twins.first[i]];
      uint32_t n_found = 0;

      if (part->fixed)
        continue;
      for (uint32_t t = part->first_term; t < part->first_term + part->n_terms; t++)
        if (model->nets[model->terms[t].net].wish)
          add_pull (self, layout, &model->terms[t], &wish_x, &wish_y);
        else
          add_pull (self, layout, &model->terms[t], &pull_x, &pull_y);
      if (slot_of (self, layout, i)->n_pieces > 0)
        {
          BwBox box = body_box (self, layout, i);

          n_found = bw_index_query (&self->index, own, self->found);
          add_walls (model, &box, &wall_x, &wall_y);
        }
      for (uint32_t k = 0; k < n_found; k++)
        {
          uint32_t other = self->found[k];

          if (other >= model->n_parts)
            add_push (own, &self->index.boxes[other], 1, &wall_x, &wall_y);
          else if (count_others (self, i, other) > 0 && parts_overlap (self, layout, i, other))
            add_push (own, &self->index.boxes[other], count_others (self, i, other), &push_x,
                      &push_y);
        }
      n = add_force (forces_out, n, n_max, i, BW_FORCE_ATTRACTION, pull_x, pull_y);
      n = add_force (forces_out, n, n_max, i, BW_FORCE_REPULSION, push_x, push_y);
      n = add_force (forces_out, n, n_max, i, BW_FORCE_BOUNDARY, wall_x, wall_y);
      n = add_force (forces_out, n, n_max, i, BW_FORCE_CONSTRAINT, wish_x, wish_y);
    }
  return n;
}
