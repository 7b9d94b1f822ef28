/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BARRED_MOVABLE 1
#define BARRED_FIXED 2

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

bool
bw_measure_init (BwMeasure     *self,
                 const BwModel *model)
{
  memset (self, 0, sizeof *self);
  self->model = model;
  self->last_at = calloc ((size_t) model->n_parts + 1, sizeof *self->last_at);
  self->is_counted = calloc ((size_t) model->n_nets + 1, sizeof *self->is_counted);
  self->is_outside = calloc ((size_t) model->n_parts + 1, sizeof *self->is_outside);
  self->is_clashing = calloc ((size_t) model->n_parts + 1, sizeof *self->is_clashing);
  self->is_barred = calloc ((size_t) model->n_parts + 1, sizeof *self->is_barred);
  return bw_bodies_init (&self->bodies, model) && self->last_at != NULL &&
         self->is_counted != NULL && self->is_outside != NULL &&
         self->is_clashing != NULL && self->is_barred != NULL && count_terminals (self);
}

void
bw_measure_clear (BwMeasure *self)
{
  bw_bodies_clear (&self->bodies);
  free (self->last_at);
  free (self->is_counted);
  free (self->is_outside);
  free (self->is_clashing);
  free (self->is_barred);
}

void
bw_measure_forget (BwMeasure *self)
{
  self->is_locked_known = false;
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

/* How far a box sticks out of another one, on all sides together. */
static double
overhang_mm (const BwBox *box,
             const BwBox *room)
{
  int64_t left = (int64_t) room->x0_nm - box->x0_nm, right = (int64_t) box->x1_nm - room->x1_nm;
  int64_t up = (int64_t) room->y0_nm - box->y0_nm, down = (int64_t) box->y1_nm - room->y1_nm;

  return bw_nm_to_mm ((left > 0 ? left : 0) + (right > 0 ? right : 0) + (up > 0 ? up : 0) +
                      (down > 0 ? down : 0));
}

static void
add_share (BwPlacerMetrics *metrics,
           BwGoal           goal,
           double           cost_mm)
{
  metrics->energy += cost_mm;
  metrics->shares[goal] += cost_mm;
}

/* Pairs of twins of `part` and `other`, or of its own. */
static uint32_t
count_pairs (const BwBodies *bodies,
             uint32_t        part,
             uint32_t        other)
{
  uint32_t n = bodies->twins.count[part];

  return part == other ? (uint32_t) ((uint64_t) n * (n - 1) / 2) : n * bodies->twins.count[other];
}

/* Out of the room or its own region, or in what is no room. */
static double
outside_depth_mm (const BwBodies *bodies,
                  uint32_t        part,
                  const BwBox    *box,
                  uint32_t        n_found)
{
  const BwModel *model = bodies->model;
  const BwBox *region = model->problem->parts[part].region;
  double sum_mm = model->bounded ? overhang_mm (box, &model->room) : 0.0;

  if (region != NULL)
    sum_mm += overhang_mm (box, region);
  for (uint32_t i = 0; i < n_found; i++)
    if (bodies->found[i] >= model->n_parts)
      sum_mm += depth_mm (box, &bodies->index.boxes[bodies->found[i]]);
  return sum_mm;
}

/* Marks two that overlap where they do so by no body of theirs; of one that may move and one that
 * is fixed, a large drawing of copper maybe, the first alone. */
static void
note_barred (BwBodies       *bodies,
             const BwLayout *layout,
             uint32_t        part,
             uint32_t        other,
             uint8_t         bit,
             uint8_t        *barred)
{
  if (!bw_bodies_only_bar (bodies, layout, part, other))
    return;
  barred[part] |= bit;
  if (bit == BARRED_FIXED || !bodies->model->parts[other].fixed)
    barred[other] |= bit;
}

/* Everything about one movable part and its twins, and whether it is outside. `bad` and `barred`
 * may be NULL. */
static bool
measure_part (BwBodies        *bodies,
              const BwLayout  *layout,
              uint32_t         part,
              BwPlacerMetrics *metrics,
              uint8_t         *bad,
              uint8_t         *barred)
{
  const BwModel *model = bodies->model;
  const BwBox *box = &bodies->index.boxes[part];
  uint32_t n = bw_index_query (&bodies->index, box, bodies->found);

  for (uint32_t i = 0; i < n; i++)
    {
      uint32_t other = bodies->found[i], n_pairs;

      if (other >= model->n_parts || (!model->parts[other].fixed && other < part))
        continue;
      n_pairs = count_pairs (bodies, part, other);
      if (n_pairs == 0 || !bw_bodies_overlap (bodies, layout, part, other))
        continue;
      metrics->overlaps += n_pairs;
      add_share (metrics, BW_GOAL_ROOM,
                 n_pairs * BW_OVERLAP_WEIGHT * depth_mm (box, &bodies->index.boxes[other]));
      if (bad != NULL)
        bad[part] = 1;
      if (bad != NULL && !model->parts[other].fixed)
        bad[other] = 1;
      if (barred != NULL)
        note_barred (bodies, layout, part, other, BARRED_MOVABLE, barred);
    }
  if (!bw_bodies_is_outside (bodies, layout, part, n))
    return false;
  metrics->outside += bodies->twins.count[part];
  add_share (metrics, BW_GOAL_ROOM,
             bodies->twins.count[part] * BW_OVERLAP_WEIGHT *
             outside_depth_mm (bodies, part, box, n));
  if (bad != NULL)
    bad[part] = 1;
  return true;
}

static void
count_locked_conflicts (BwMeasure      *self,
                        const BwLayout *layout)
{
  BwBodies *bodies = &self->bodies;
  const BwModel *model = self->model;

  self->locked_conflicts = 0;
  memset (self->is_clashing, 0, model->n_parts);
  for (uint32_t i = 0; i < model->n_parts; i++)
    self->is_barred[i] &= BARRED_MOVABLE;
  for (uint32_t i = 0; i < model->n_parts; i++)
    {
      uint32_t n;

      if (!model->parts[i].fixed || !bw_bodies_is_first (bodies, layout, i))
        continue;
      n = bw_index_query (&bodies->index, &bodies->index.boxes[i], bodies->found);
      for (uint32_t k = 0; k < n; k++)
        {
          uint32_t other = bodies->found[k];
          uint32_t n_pairs = other <= i && model->parts[other].fixed
                               ? count_pairs (bodies, i, other) : 0;

          if (n_pairs == 0 || !bw_bodies_overlap (bodies, layout, i, other))
            continue;
          self->locked_conflicts += n_pairs;
          self->is_clashing[i] = self->is_clashing[other] = 1;
          note_barred (bodies, layout, i, other, BARRED_FIXED, self->is_barred);
        }
    }
  for (uint32_t i = 0; i < model->n_parts; i++)
    self->is_clashing[i] = self->is_clashing[bodies->twins.first[i]];
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
      if (bw_goal_is_wish (net->goal))
        length_mm -= bw_nm_to_mm (widest_nm + highest_nm);
      else
        metrics->hpwl_mm += length_mm;
      add_share (metrics, (BwGoal) net->goal, net->weight * length_mm);
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
  bw_bodies_look_at (&self->bodies, layout);
  measure_wires (self, layout, metrics_out);
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    self->is_barred[i] &= BARRED_FIXED;
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    self->is_outside[i] = !self->model->parts[i].fixed &&
                          bw_bodies_is_first (&self->bodies, layout, i) &&
                          measure_part (&self->bodies, layout, i, metrics_out, NULL,
                                        self->is_barred);
  if (metrics_out->outside > 0)
    for (uint32_t i = 0; i < self->model->n_parts; i++)
      self->is_outside[i] = self->is_outside[self->bodies.twins.first[i]];
  measure_moves (self, layout, metrics_out);
  if (!self->is_locked_known)
    count_locked_conflicts (self, layout);
  self->has_barred = false;
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    {
      self->is_barred[i] = self->is_barred[self->bodies.twins.first[i]];
      self->has_barred = self->has_barred || self->is_barred[i] != 0;
    }
  metrics_out->locked_conflicts = self->locked_conflicts;
}

bool
bw_measure_is_outside (BwMeasure      *self,
                       const BwLayout *layout,
                       uint32_t        part)
{
  BwBox box = bw_bodies_box (&self->bodies, layout, part);
  uint32_t n = bw_index_query (&self->bodies.index, &box, self->bodies.found);

  return bw_bodies_slot (&self->bodies, layout, part)->n_pieces > 0 &&
         bw_bodies_is_outside (&self->bodies, layout, part, n);
}

uint32_t
bw_measure_violations (BwMeasure      *self,
                       const BwLayout *layout,
                       uint32_t        n_most,
                       uint8_t        *bad)
{
  BwPlacerMetrics metrics = { 0 };

  memset (bad, 0, self->model->n_parts);
  bw_bodies_look_at (&self->bodies, layout);
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    if (!self->model->parts[i].fixed && bw_bodies_is_first (&self->bodies, layout, i) &&
        metrics.overlaps + metrics.outside <= n_most)
      measure_part (&self->bodies, layout, i, &metrics, bad, NULL);
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    bad[i] = bad[self->bodies.twins.first[i]];
  self->depth_mm = metrics.shares[BW_GOAL_ROOM] / BW_OVERLAP_WEIGHT;
  return metrics.overlaps + metrics.outside;
}
