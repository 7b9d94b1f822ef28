/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-forces.h"

/* How many parts that are not `part` lie as `first` does, which is the first of them. */
static uint32_t
count_others (const BwBodies *self,
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
    *fx += n * BW_OVERLAP_WEIGHT * bw_nm_to_mm (dx);
  else
    *fy += n * BW_OVERLAP_WEIGHT * bw_nm_to_mm (dy);
}

static void
add_pull (const BwBodies *self,
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
    *fx += BW_OVERLAP_WEIGHT * bw_nm_to_mm ((int64_t) room->x0_nm - box->x0_nm);
  if (box->x1_nm > room->x1_nm)
    *fx -= BW_OVERLAP_WEIGHT * bw_nm_to_mm ((int64_t) box->x1_nm - room->x1_nm);
  if (box->y0_nm < room->y0_nm)
    *fy += BW_OVERLAP_WEIGHT * bw_nm_to_mm ((int64_t) room->y0_nm - box->y0_nm);
  if (box->y1_nm > room->y1_nm)
    *fy -= BW_OVERLAP_WEIGHT * bw_nm_to_mm ((int64_t) box->y1_nm - room->y1_nm);
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
bw_forces_find (BwBodies       *self,
                const BwLayout *layout,
                BwForce        *forces_out,
                uint32_t        n_max)
{
  const BwModel *model = self->model;
  uint32_t n = 0;

  bw_bodies_look_at (self, layout);
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
        if (bw_goal_is_wish (model->nets[model->terms[t].net].goal))
          add_pull (self, layout, &model->terms[t], &wish_x, &wish_y);
        else
          add_pull (self, layout, &model->terms[t], &pull_x, &pull_y);
      if (bw_bodies_slot (self, layout, i)->n_pieces > 0)
        {
          BwBox box = bw_bodies_box (self, layout, i);

          n_found = bw_index_query (&self->index, own, self->found);
          add_walls (model, &box, &wall_x, &wall_y);
        }
      for (uint32_t k = 0; k < n_found; k++)
        {
          uint32_t other = self->found[k];

          if (other >= model->n_parts)
            add_push (own, &self->index.boxes[other], 1, &wall_x, &wall_y);
          else if (count_others (self, i, other) > 0 && bw_bodies_overlap (self, layout, i, other))
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
