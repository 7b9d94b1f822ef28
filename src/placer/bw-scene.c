/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-scene.h"

#include <stdlib.h>
#include <string.h>

/* A part with more others near it is in a crowd, each of whom costs more than one step. */
#define CROWD 40
#define CROWD_WORK 6

static BwBox
grown_box (const BwBox *box,
           int64_t      by_nm)
{
  return (BwBox) {
    bw_saturate_nm (box->x0_nm - by_nm), bw_saturate_nm (box->y0_nm - by_nm),
    bw_saturate_nm (box->x1_nm + by_nm), bw_saturate_nm (box->y1_nm + by_nm),
  };
}

static int64_t
typical_size_nm (const BwModel *model)
{
  int64_t sum = 0;

  for (uint32_t i = 0; i < model->n_parts; i++)
    {
      const BwBox *box = &model->slots[model->parts[i].first_slot].box;
      int64_t w = (int64_t) box->x1_nm - box->x0_nm;
      int64_t h = (int64_t) box->y1_nm - box->y0_nm;

      sum += (w > h ? w : h) / 2;
    }
  return model->n_parts > 0 ? sum / model->n_parts + 1 : 1;
}

bool
bw_scene_init (BwScene *self,
               BwModel *model)
{
  uint32_t n_entries = model->n_parts + model->n_obstacles;
  size_t n_nets = (size_t) model->n_nets + 1;

  memset (self, 0, sizeof *self);
  self->model = model;
  self->net_boxes = calloc (n_nets, sizeof *self->net_boxes);
  self->changed_boxes = calloc (n_nets, sizeof *self->changed_boxes);
  self->changed = calloc (n_nets, sizeof *self->changed);
  self->stamps = calloc (n_nets, sizeof *self->stamps);
  self->found = calloc ((size_t) n_entries + 1, sizeof *self->found);
  if (!bw_layout_init (&self->layout, model->n_parts) ||
      !bw_index_init (&self->index, &model->room, n_entries, typical_size_nm (model)) ||
      self->net_boxes == NULL || self->changed_boxes == NULL || self->changed == NULL ||
      self->stamps == NULL || self->found == NULL)
    return false;
  for (uint32_t i = 0; i < model->n_parts; i++)
    bw_model_set_pose (model, &self->layout, i, &model->problem->parts[i].start);
  for (uint32_t i = 0; i < model->n_obstacles; i++)
    bw_index_put (&self->index, model->n_parts + i, &model->obstacles[i].box);
  bw_scene_load (self, &self->layout);
  return true;
}

void
bw_scene_clear (BwScene *self)
{
  bw_layout_clear (&self->layout);
  bw_index_clear (&self->index);
  free (self->net_boxes);
  free (self->changed_boxes);
  free (self->changed);
  free (self->stamps);
  free (self->found);
}

BwPlace
bw_scene_place (const BwScene *self,
                uint32_t       part)
{
  return (BwPlace) { self->layout.at[part], self->layout.slot[part] };
}

BwBox
bw_scene_box_at (const BwScene *self,
                 uint32_t       part,
                 const BwPlace *place)
{
  const BwModel *model = self->model;

  return bw_box_moved (&model->slots[model->parts[part].first_slot + place->slot].box, place->at);
}

static BwBox
span_at (const BwScene *self,
         const BwTerm  *term,
         BwPoint        at,
         uint16_t       slot)
{
  return bw_box_moved (&self->model->spans[term->first_span + slot], at);
}

static BwBox
net_box (BwScene *self,
         uint32_t net)
{
  const BwModel *model = self->model;
  const BwModelNet *n = &model->nets[net];
  BwBox box = BW_BOX_EMPTY;

  if (n->weight == 0.0)
    return (BwBox) { 0, 0, 0, 0 };
  for (uint32_t i = 0; i < n->n_terms; i++)
    {
      const BwTerm *term = &model->terms[model->net_terms[n->first_term + i]];
      BwBox span = span_at (self, term, self->layout.at[term->part],
                            self->layout.slot[term->part]);

      box.x0_nm = span.x0_nm < box.x0_nm ? span.x0_nm : box.x0_nm;
      box.y0_nm = span.y0_nm < box.y0_nm ? span.y0_nm : box.y0_nm;
      box.x1_nm = span.x1_nm > box.x1_nm ? span.x1_nm : box.x1_nm;
      box.y1_nm = span.y1_nm > box.y1_nm ? span.y1_nm : box.y1_nm;
    }
  self->work += n->n_terms;
  return box;
}

static int64_t
half_perimeter_nm (const BwBox *box)
{
  return ((int64_t) box->x1_nm - box->x0_nm) + ((int64_t) box->y1_nm - box->y0_nm);
}

static void
put_in (BwScene *self,
        uint32_t part)
{
  const BwSlot *slot = &self->model->slots[self->model->parts[part].first_slot +
                                           self->layout.slot[part]];
  BwBox hull = bw_box_moved (&slot->hull, self->layout.at[part]);

  if (slot->n_pieces > 0)
    bw_index_put (&self->index, part, &hull);
}

void
bw_scene_load (BwScene        *self,
               const BwLayout *layout)
{
  if (layout != &self->layout)
    bw_layout_copy (&self->layout, layout, self->model->n_parts);
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    put_in (self, i);
  for (uint32_t k = 0; k < self->model->n_nets; k++)
    self->net_boxes[k] = net_box (self, k);
}

void
bw_scene_move (BwScene       *self,
               uint32_t       part,
               const BwPlace *place)
{
  const BwModelPart *p = &self->model->parts[part];

  self->layout.at[part] = place->at;
  self->layout.slot[part] = place->slot;
  if (bw_scene_is_in (self, part))
    put_in (self, part);
  for (uint32_t t = 0; t < p->n_terms; t++)
    {
      uint32_t net = self->model->terms[p->first_term + t].net;

      self->net_boxes[net] = net_box (self, net);
    }
}

void
bw_scene_take_out (BwScene *self,
                   uint32_t part)
{
  bw_index_remove (&self->index, part);
}

void
bw_scene_put_back (BwScene *self,
                   uint32_t part)
{
  put_in (self, part);
}

bool
bw_scene_is_in (const BwScene *self,
                uint32_t       part)
{
  return bw_index_has (&self->index, part);
}

bool
bw_scene_is_missing (const BwScene *self,
                     uint32_t       part)
{
  const BwModel *model = self->model;
  const BwSlot *slot = &model->slots[model->parts[part].first_slot + self->layout.slot[part]];

  return slot->n_pieces > 0 && !bw_scene_is_in (self, part);
}

double
bw_scene_wirelength (const BwScene *self)
{
  double sum_mm = 0.0;

  for (uint32_t k = 0; k < self->model->n_nets; k++)
    if (self->model->nets[k].n_terms > 0)
      sum_mm += self->model->nets[k].weight * bw_nm_to_mm (half_perimeter_nm (&self->net_boxes[k]));
  return sum_mm;
}

/* The net's box after a move of one of its terms; without reading the others where the term did
 * not hold the box open before, or still does. */
static BwBox
stretched_box (BwScene      *self,
               const BwTerm *term,
               const BwBox  *old_span,
               BwBox         span)
{
  const BwBox *now = &self->net_boxes[term->net];

  if ((old_span->x0_nm == now->x0_nm && span.x0_nm > now->x0_nm) ||
      (old_span->x1_nm == now->x1_nm && span.x1_nm < now->x1_nm) ||
      (old_span->y0_nm == now->y0_nm && span.y0_nm > now->y0_nm) ||
      (old_span->y1_nm == now->y1_nm && span.y1_nm < now->y1_nm))
    return net_box (self, term->net);
  span.x0_nm = now->x0_nm < span.x0_nm ? now->x0_nm : span.x0_nm;
  span.y0_nm = now->y0_nm < span.y0_nm ? now->y0_nm : span.y0_nm;
  span.x1_nm = now->x1_nm > span.x1_nm ? now->x1_nm : span.x1_nm;
  span.y1_nm = now->y1_nm > span.y1_nm ? now->y1_nm : span.y1_nm;
  return span;
}

static double
note_change (BwScene *self,
             uint32_t net,
             BwBox    box)
{
  int64_t longer_nm = half_perimeter_nm (&box) - half_perimeter_nm (&self->net_boxes[net]);

  self->changed[self->n_changed] = net;
  self->changed_boxes[self->n_changed++] = box;
  return self->model->nets[net].weight * bw_nm_to_mm (longer_nm);
}

static void
set_layout (BwScene       *self,
            uint32_t       part,
            const BwPlace *place)
{
  self->layout.at[part] = place->at;
  self->layout.slot[part] = place->slot;
}

static void
raise_stamp (BwScene *self,
             uint32_t by)
{
  if (self->stamp > UINT32_MAX - by)
    {
      memset (self->stamps, 0, self->model->n_nets * sizeof *self->stamps);
      self->stamp = 0;
    }
  self->stamp += by;
}

/* The nets of a part, with the layout as it would be. Those of the stamp are on the other part as
 * well: they are looked at whole where that is the first time, else not at all. */
static double
ask_part (BwScene       *self,
          uint32_t       part,
          const BwPlace *old_place,
          bool           is_first)
{
  const BwModelPart *p = &self->model->parts[part];
  double longer_mm = 0.0;

  for (uint32_t t = 0; t < p->n_terms; t++)
    {
      const BwTerm *term = &self->model->terms[p->first_term + t];
      bool shared = self->stamps[term->net] == self->stamp;
      BwBox old_span, span;

      if (self->model->nets[term->net].weight == 0.0 || (shared && !is_first))
        continue;
      if (shared)
        {
          longer_mm += note_change (self, term->net, net_box (self, term->net));
          continue;
        }
      old_span = span_at (self, term, old_place->at, old_place->slot);
      span = span_at (self, term, self->layout.at[part], self->layout.slot[part]);
      longer_mm += note_change (self, term->net, stretched_box (self, term, &old_span, span));
    }
  self->work += p->n_terms;
  return longer_mm;
}

/* Those of b's nets that a is on as well. */
static void
stamp_shared (BwScene *self,
              uint32_t a,
              uint32_t b)
{
  const BwModelPart *p = &self->model->parts[a];
  const BwModelPart *q = &self->model->parts[b];
  uint32_t on_a;

  raise_stamp (self, 2);
  on_a = self->stamp - 1;
  for (uint32_t t = 0; t < p->n_terms; t++)
    self->stamps[self->model->terms[p->first_term + t].net] = on_a;
  for (uint32_t t = 0; t < q->n_terms; t++)
    if (self->stamps[self->model->terms[q->first_term + t].net] == on_a)
      self->stamps[self->model->terms[q->first_term + t].net] = self->stamp;
}

double
bw_scene_ask (BwScene       *self,
              uint32_t       a,
              const BwPlace *place_a,
              uint32_t       b,
              const BwPlace *place_b)
{
  BwPlace old_a = bw_scene_place (self, a);
  BwPlace old_b = old_a;
  double longer_mm;

  self->n_changed = 0;
  if (b == BW_NO_PART)
    {
      raise_stamp (self, 1);
    }
  else
    {
      stamp_shared (self, a, b);
      old_b = bw_scene_place (self, b);
      set_layout (self, b, place_b);
    }
  set_layout (self, a, place_a);
  longer_mm = ask_part (self, a, &old_a, true);
  if (b != BW_NO_PART)
    {
      longer_mm += ask_part (self, b, &old_b, false);
      set_layout (self, b, &old_b);
    }
  set_layout (self, a, &old_a);
  return longer_mm;
}

void
bw_scene_accept (BwScene       *self,
                 uint32_t       a,
                 const BwPlace *place_a,
                 uint32_t       b,
                 const BwPlace *place_b)
{
  for (uint32_t i = 0; i < self->n_changed; i++)
    self->net_boxes[self->changed[i]] = self->changed_boxes[i];
  set_layout (self, a, place_a);
  put_in (self, a);
  if (b != BW_NO_PART)
    {
      set_layout (self, b, place_b);
      put_in (self, b);
    }
}

/* How far the nearer way out of an overlap is, in nm; 0 or less if there is none. */
static int64_t
depth_nm (const BwBox *a,
          const BwBox *b,
          int64_t      gap_nm)
{
  int64_t left = (int64_t) a->x1_nm - b->x0_nm;
  int64_t right = (int64_t) b->x1_nm - a->x0_nm;
  int64_t up = (int64_t) a->y1_nm - b->y0_nm;
  int64_t down = (int64_t) b->y1_nm - a->y0_nm;
  int64_t dx = left < right ? left : right;
  int64_t dy = up < down ? up : down;

  return (dx < dy ? dx : dy) + gap_nm;
}

/* Sum over the pairs of boxes of two bodies. */
static int64_t
pieces_depth_nm (const BwScene *self,
                 const BwSlot  *slot,
                 BwPoint        at,
                 const BwPiece *others,
                 uint32_t       n_others,
                 BwPoint        others_at,
                 BwSpacing      spacing)
{
  int64_t sum_nm = 0;

  for (uint32_t i = 0; i < slot->n_pieces; i++)
    {
      const BwPiece *piece = &self->model->pieces[slot->first_piece + i];
      BwBox box = bw_box_moved (&piece->box, at);

      for (uint32_t k = 0; k < n_others; k++)
        if (bw_spacing_counts (spacing, piece, &others[k]))
          {
            BwBox other = bw_box_moved (&others[k].box, others_at);
            int64_t depth = depth_nm (&box, &other, spacing.gap_nm);

            sum_nm += depth > 0 ? depth : 0;
          }
    }
  return sum_nm;
}

static int64_t
entry_depth_nm (const BwScene *self,
                uint32_t       part,
                const BwSlot  *slot,
                BwPoint        at,
                uint32_t       id)
{
  const BwModel *model = self->model;
  const BwSlot *other;

  if (id >= model->n_parts)
    {
      uint32_t obstacle = id - model->n_parts;
      BwSpacing margin = bw_model_obstacle_spacing (model, part, obstacle);

      return pieces_depth_nm (self, slot, at, &model->obstacles[obstacle], 1, (BwPoint) { 0, 0 },
                              margin);
    }
  other = &model->slots[model->parts[id].first_slot + self->layout.slot[id]];
  return pieces_depth_nm (self, slot, at, &model->pieces[other->first_piece], other->n_pieces,
                          self->layout.at[id], bw_model_spacing (model, part, id));
}

uint32_t
bw_scene_find_near (BwScene       *self,
                    uint32_t       part,
                    const BwPlace *place)
{
  const BwModel *model = self->model;
  const BwSlot *slot = &model->slots[model->parts[part].first_slot + place->slot];
  BwBox box = bw_box_moved (&slot->hull, place->at);
  uint32_t n;

  box = grown_box (&box, bw_model_halo_nm (model, part));
  n = bw_index_query (&self->index, &box, self->found);
  /* In a heap each of them is looked at, box by box: such an iteration is to be no longer. */
  self->work += n + 2 + (n > CROWD ? CROWD_WORK * (n - CROWD) : 0);
  return n;
}

double
bw_scene_overlap_cost (BwScene       *self,
                       uint32_t       a,
                       const BwPlace *place,
                       uint32_t       except)
{
  const BwModel *model = self->model;
  const BwSlot *slot = &model->slots[model->parts[a].first_slot + place->slot];
  double push = model->parts[a].push;
  double cost_mm = 0.0;
  uint32_t n;

  if (slot->n_pieces == 0)
    return 0.0;
  n = bw_scene_find_near (self, a, place);
  for (uint32_t i = 0; i < n; i++)
    {
      uint32_t id = self->found[i];
      bool movable = id < model->n_parts && !model->parts[id].fixed;
      int64_t depth;

      if (id == a || id == except)
        continue;
      depth = entry_depth_nm (self, a, slot, place->at, id);
      if (depth > 0)
        cost_mm += bw_nm_to_mm (depth) *
                   (movable && model->parts[id].push < push ? model->parts[id].push : push);
    }
  return cost_mm;
}

double
bw_scene_conflict_mm (BwScene       *self,
                      uint32_t       part,
                      const BwPlace *place)
{
  const BwModel *model = self->model;
  const BwSlot *slot = &model->slots[model->parts[part].first_slot + place->slot];
  uint32_t n = slot->n_pieces > 0 ? bw_scene_find_near (self, part, place) : 0;
  double sum_mm = 0.0;

  for (uint32_t i = 0; i < n; i++)
    {
      int64_t depth = self->found[i] != part
                        ? entry_depth_nm (self, part, slot, place->at, self->found[i]) : 0;

      if (depth > 0)
        sum_mm += bw_nm_to_mm (depth) + BW_CONFLICT_MM;
    }
  return sum_mm;
}

double
bw_scene_pair_cost (const BwScene *self,
                    uint32_t       a,
                    const BwPlace *place_a,
                    uint32_t       b,
                    const BwPlace *place_b)
{
  const BwModel *model = self->model;
  const BwSlot *slot = &model->slots[model->parts[a].first_slot + place_a->slot];
  const BwSlot *other = &model->slots[model->parts[b].first_slot + place_b->slot];
  double push = model->parts[a].push < model->parts[b].push ? model->parts[a].push
                                                            : model->parts[b].push;
  int64_t depth = pieces_depth_nm (self, slot, place_a->at, &model->pieces[other->first_piece],
                                   other->n_pieces, place_b->at, bw_model_spacing (model, a, b));

  return bw_nm_to_mm (depth) * push;
}

bool
bw_scene_is_free (BwScene       *self,
                  uint32_t       part,
                  const BwPlace *place)
{
  const BwModel *model = self->model;
  const BwSlot *slot = &model->slots[model->parts[part].first_slot + place->slot];
  BwBox reach;
  uint32_t n;

  if (slot->n_pieces == 0)
    return true;
  if (bw_model_is_bounded (model, part) &&
      (!bw_model_reach (model, part, place->slot, &reach) ||
       place->at.x_nm < reach.x0_nm || place->at.x_nm > reach.x1_nm ||
       place->at.y_nm < reach.y0_nm || place->at.y_nm > reach.y1_nm))
    return false;
  n = bw_scene_find_near (self, part, place);
  for (uint32_t i = 0; i < n; i++)
    if (self->found[i] != part &&
        entry_depth_nm (self, part, slot, place->at, self->found[i]) > 0)
      return false;
  return true;
}
