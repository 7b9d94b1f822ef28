/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-twins.h"

#include <stdlib.h>
#include <string.h>

#define FREE UINT32_MAX

bool
bw_twins_init (BwTwins  *self,
               uint32_t  n_parts)
{
  uint32_t size = 4;

  while (size < 2 * (uint64_t) n_parts && size < 1u << 31)
    size *= 2;
  self->mask = size - 1;
  self->first = calloc ((size_t) n_parts + 1, sizeof *self->first);
  self->count = calloc ((size_t) n_parts + 1, sizeof *self->count);
  self->table = calloc (size, sizeof *self->table);
  return self->first != NULL && self->count != NULL && self->table != NULL;
}

void
bw_twins_clear (BwTwins *self)
{
  free (self->first);
  free (self->count);
  free (self->table);
}

static bool
same_rings (const BwRing *a,
            uint32_t      n_a,
            const BwRing *b,
            uint32_t      n_b)
{
  if (n_a != n_b)
    return false;
  for (uint32_t i = 0; i < n_a; i++)
    if (a[i].n_points != b[i].n_points ||
        memcmp (a[i].points, b[i].points, a[i].n_points * sizeof *a[i].points) != 0)
      return false;
  return true;
}

static bool
same_pads (const BwProblemPart *a,
           const BwProblemPart *b)
{
  if (a->n_pad_keepouts != 0 || b->n_pad_keepouts != 0 || a->n_pads != b->n_pads)
    return false;
  for (uint32_t i = 0; i < a->n_pads; i++)
    if (a->pads[i].layers != b->pads[i].layers || a->pads[i].net != b->pads[i].net ||
        !same_rings (&a->pads[i].ring, 1, &b->pads[i].ring, 1))
      return false;
  return true;
}

static const BwSlot *
slot_of (const BwModel  *model,
         const BwLayout *layout,
         uint32_t        part)
{
  return &model->slots[model->parts[part].first_slot + layout->slot[part]];
}

static bool
are_twins (const BwModel  *model,
           const BwLayout *layout,
           uint32_t        a,
           uint32_t        b)
{
  const BwProblemPart *one = &model->problem->parts[a], *two = &model->problem->parts[b];

  if (layout->at[a].x_nm != layout->at[b].x_nm || layout->at[a].y_nm != layout->at[b].y_nm ||
      model->parts[a].side != model->parts[b].side ||
      model->parts[a].fixed != model->parts[b].fixed || one->region != two->region ||
      slot_of (model, layout, a)->rotation_cdeg != slot_of (model, layout, b)->rotation_cdeg)
    return false;
  for (int side = 0; side < BW_N_SIDES; side++)
    if (one->n_keepout[side] != 0 || two->n_keepout[side] != 0 ||
        !same_rings (one->body[side], one->n_body[side], two->body[side], two->n_body[side]))
      return false;
  return same_pads (one, two);
}

static uint32_t
hash_of (const BwModel  *model,
         const BwLayout *layout,
         uint32_t        part)
{
  const BwBox *box = &slot_of (model, layout, part)->box;
  const int32_t values[] = { layout->at[part].x_nm, layout->at[part].y_nm, box->x0_nm, box->y0_nm,
                             box->x1_nm, box->y1_nm };
  uint64_t hash = 0;

  for (int i = 0; i < 6; i++)
    hash = (hash ^ (uint32_t) values[i]) * UINT64_C (0x9e3779b97f4a7c15);
  return (uint32_t) (hash >> 32);
}

void
bw_twins_find (BwTwins        *self,
               const BwModel  *model,
               const BwLayout *layout)
{
  memset (self->table, 0xff, ((size_t) self->mask + 1) * sizeof *self->table);
  for (uint32_t i = 0; i < model->n_parts; i++)
    {
      uint32_t at = hash_of (model, layout, i) & self->mask;

      while (self->table[at] != FREE && !are_twins (model, layout, self->table[at], i))
        at = (at + 1) & self->mask;
      if (self->table[at] == FREE)
        {
          self->table[at] = i;
          self->count[i] = 0;
        }
      self->first[i] = self->table[at];
      self->count[self->first[i]]++;
    }
}
