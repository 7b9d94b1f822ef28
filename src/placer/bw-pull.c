/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-pull.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool
bw_pull_init (BwPull        *self,
              const BwModel *model)
{
  uint32_t most = 0;

  for (uint32_t i = 0; i < model->n_parts; i++)
    if (model->parts[i].n_terms > most)
      most = model->parts[i].n_terms;
  memset (self, 0, sizeof *self);
  self->model = model;
  self->nets = calloc ((size_t) most + 1, sizeof *self->nets);
  self->ends = calloc (2 * ((size_t) most + 1), sizeof *self->ends);
  self->absent = calloc ((size_t) model->n_parts + 1, sizeof *self->absent);
  return self->nets != NULL && self->ends != NULL && self->absent != NULL;
}

void
bw_pull_clear (BwPull *self)
{
  free (self->nets);
  free (self->ends);
  free (self->absent);
}

/* Not qsort(): that may allocate, and leaves the order of equal keys to the C library. */
void
bw_sort_keys (BwKey   *keys,
              uint32_t n)
{
  static const uint32_t gaps[] = { 29524, 9841, 3280, 1093, 364, 121, 40, 13, 4, 1 };

  for (size_t g = 0; g < sizeof gaps / sizeof gaps[0]; g++)
    for (uint32_t i = gaps[g]; i < n; i++)
      {
        BwKey key = keys[i];
        uint32_t k = i;

        while (k >= gaps[g] && bw_key_comes_before (&key, &keys[k - gaps[g]]))
          {
            keys[k] = keys[k - gaps[g]];
            k -= gaps[g];
          }
        keys[k] = key;
      }
}

static BwBox
box_of_others (const BwPull     *self,
               BwScene          *scene,
               const BwModelNet *net,
               uint32_t          part)
{
  const BwModel *model = scene->model;
  BwBox box = BW_BOX_EMPTY;

  for (uint32_t i = 0; i < net->n_terms; i++)
    {
      const BwTerm *term = &model->terms[model->net_terms[net->first_term + i]];
      BwBox span;

      if (term->part == part || self->absent[term->part])
        continue;
      span = bw_box_moved (&model->spans[term->first_span + scene->layout.slot[term->part]],
                           scene->layout.at[term->part]);
      box.x0_nm = span.x0_nm < box.x0_nm ? span.x0_nm : box.x0_nm;
      box.y0_nm = span.y0_nm < box.y0_nm ? span.y0_nm : box.y0_nm;
      box.x1_nm = span.x1_nm > box.x1_nm ? span.x1_nm : box.x1_nm;
      box.y1_nm = span.y1_nm > box.y1_nm ? span.y1_nm : box.y1_nm;
    }
  scene->work += net->n_terms;
  return box;
}

void
bw_pull_gather (BwPull  *self,
                BwScene *scene,
                uint32_t part)
{
  const BwModel *model = scene->model;
  const BwModelPart *p = &model->parts[part];

  self->n_nets = 0;
  for (uint32_t t = 0; t < p->n_terms && !self->anchor_only; t++)
    {
      const BwTerm *term = &model->terms[p->first_term + t];
      const BwModelNet *net = &model->nets[term->net];
      BwBox now = scene->net_boxes[term->net];
      BwBox span = bw_box_moved (&model->spans[term->first_span + scene->layout.slot[part]],
                                 scene->layout.at[part]);

      if (net->n_terms < 2 || net->weight == 0.0)
        continue;
      if (self->n_absent > 0 || span.x0_nm == now.x0_nm || span.y0_nm == now.y0_nm ||
          span.x1_nm == now.x1_nm || span.y1_nm == now.y1_nm)
        now = box_of_others (self, scene, net, part);
      if (bw_box_is_empty (&now))
        continue;
      self->nets[self->n_nets++] = (BwPullNet) { now, net->weight, term->first_span };
    }
  scene->work += p->n_terms;
}

static int64_t
reach_nm (int64_t low,
          int64_t high,
          int64_t rest_low,
          int64_t rest_high)
{
  return (high > rest_high ? high : rest_high) - (low < rest_low ? low : rest_low);
}

double
bw_pull_cost_x (const BwPull *self,
                uint32_t      slot,
                int64_t       x_nm)
{
  double sum_mm = self->anchor_weight * fabs (bw_nm_to_mm (x_nm - self->anchor.x_nm));

  for (uint32_t i = 0; i < self->n_nets; i++)
    {
      const BwPullNet *net = &self->nets[i];
      const BwBox *span = &self->model->spans[net->first_span + slot];

      sum_mm += net->weight * bw_nm_to_mm (reach_nm (x_nm + span->x0_nm, x_nm + span->x1_nm,
                                                     net->rest.x0_nm, net->rest.x1_nm));
    }
  return sum_mm;
}

double
bw_pull_cost_y (const BwPull *self,
                uint32_t      slot,
                int64_t       y_nm)
{
  double sum_mm = self->anchor_weight * fabs (bw_nm_to_mm (y_nm - self->anchor.y_nm));

  for (uint32_t i = 0; i < self->n_nets; i++)
    {
      const BwPullNet *net = &self->nets[i];
      const BwBox *span = &self->model->spans[net->first_span + slot];

      sum_mm += net->weight * bw_nm_to_mm (reach_nm (y_nm + span->y0_nm, y_nm + span->y1_nm,
                                                     net->rest.y0_nm, net->rest.y1_nm));
    }
  return sum_mm;
}

/* The interval in which as much weight ends below as above. */
static bool
median (BwPull   *self,
        uint32_t  n,
        int64_t   anchor_nm,
        int64_t  *low_out,
        int64_t  *high_out)
{
  double total = 0.0, below = 0.0;
  uint32_t i = 0;

  if (self->anchor_weight > 0.0)
    self->ends[n++] = (BwKey) { anchor_nm, 2.0 * self->anchor_weight };
  if (n == 0)
    return false;
  bw_sort_keys (self->ends, n);
  for (uint32_t k = 0; k < n; k++)
    total += self->ends[k].value;
  while (i + 1 < n && below + self->ends[i].value < 0.5 * total)
    below += self->ends[i++].value;
  *low_out = self->ends[i].key;
  if (i + 1 < n && below + self->ends[i].value <= 0.5 * total)
    i++;
  *high_out = self->ends[i].key;
  return true;
}

bool
bw_pull_median_x (BwPull   *self,
                  uint32_t  slot,
                  int64_t  *low_out,
                  int64_t  *high_out)
{
  uint32_t n = 0;

  for (uint32_t i = 0; i < self->n_nets; i++)
    {
      const BwPullNet *net = &self->nets[i];
      const BwBox *span = &self->model->spans[net->first_span + slot];

      self->ends[n++] = (BwKey) { (int64_t) net->rest.x0_nm - span->x0_nm, net->weight };
      self->ends[n++] = (BwKey) { (int64_t) net->rest.x1_nm - span->x1_nm, net->weight };
    }
  return median (self, n, self->anchor.x_nm, low_out, high_out);
}

bool
bw_pull_median_y (BwPull   *self,
                  uint32_t  slot,
                  int64_t  *low_out,
                  int64_t  *high_out)
{
  uint32_t n = 0;

  for (uint32_t i = 0; i < self->n_nets; i++)
    {
      const BwPullNet *net = &self->nets[i];
      const BwBox *span = &self->model->spans[net->first_span + slot];

      self->ends[n++] = (BwKey) { (int64_t) net->rest.y0_nm - span->y0_nm, net->weight };
      self->ends[n++] = (BwKey) { (int64_t) net->rest.y1_nm - span->y1_nm, net->weight };
    }
  return median (self, n, self->anchor.y_nm, low_out, high_out);
}
