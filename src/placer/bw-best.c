/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-best.h"

#include <stdlib.h>
#include <string.h>

#define BETTER_MM 1e-6

bool
bw_best_init (BwBest        *self,
              const BwModel *model)
{
  memset (self, 0, sizeof *self);
  self->in = calloc ((size_t) model->n_parts + 1, sizeof *self->in);
  return self->in != NULL && bw_layout_init (&self->layout, model->n_parts);
}

void
bw_best_clear (BwBest *self)
{
  bw_layout_clear (&self->layout);
  free (self->in);
}

void
bw_best_offer (BwBest        *self,
               const BwScene *scene,
               double         cost_mm)
{
  if (self->is_known && cost_mm >= self->cost_mm - BETTER_MM)
    return;
  bw_layout_copy (&self->layout, &scene->layout, scene->model->n_parts);
  for (uint32_t i = 0; i < scene->model->n_parts; i++)
    self->in[i] = !bw_scene_is_missing (scene, i);
  self->cost_mm = cost_mm;
  self->is_known = true;
}

void
bw_best_copy (BwBest       *self,
              const BwBest *other,
              uint32_t      n_parts)
{
  bw_layout_copy (&self->layout, &other->layout, n_parts);
  memcpy (self->in, other->in, n_parts * sizeof *self->in);
  self->cost_mm = other->cost_mm;
  self->is_known = other->is_known;
}

void
bw_best_load (const BwBest *self,
              BwScene      *scene)
{
  bw_scene_load (scene, &self->layout);
  for (uint32_t i = 0; i < scene->model->n_parts; i++)
    if (!self->in[i])
      bw_scene_take_out (scene, i);
}
