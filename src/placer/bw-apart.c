/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-apart.h"

#include <stdlib.h>

static bool
is_pair (const BwModel        *self,
         const BwProblemApart *apart)
{
  return apart->a < self->n_parts && apart->b < self->n_parts && apart->a != apart->b &&
         apart->gap_nm > 0;
}

static void
link_apart (BwModel              *self,
            uint32_t              part,
            uint32_t              other,
            const BwProblemApart *apart)
{
  BwModelPart *p = &self->parts[part];

  self->aparts[p->first_apart + p->n_aparts++] = (BwApart) { other, apart->gap_nm,
                                                             !apart->one_side };
  if (apart->gap_nm > p->apart_nm)
    p->apart_nm = apart->gap_nm;
}

static int32_t
positive_nm (int32_t value_nm)
{
  return value_nm > 0 ? value_nm : 0;
}

/* True where its room has changed. */
static bool
take_own (BwModel  *self,
          uint32_t  part)
{
  const BwProblemPart *asked = &self->problem->parts[part];
  BwModelPart *p = &self->parts[part];
  int32_t room_nm = p->room_nm;

  p->gap_nm = positive_nm (asked->gap_nm);
  p->room_nm = positive_nm (asked->room_nm);
  p->margin_nm = positive_nm (asked->edge_margin_nm);
  if (p->gap_nm > self->widest_gap_nm)
    self->widest_gap_nm = p->gap_nm;
  if (p->room_nm > self->widest_gap_nm)
    self->widest_gap_nm = p->room_nm;
  self->has_apart |= p->gap_nm > 0 || p->room_nm > 0 || p->margin_nm > 0 || p->n_aparts > 0;
  return p->room_nm != room_nm;
}

bool
bw_model_ask_spacing (BwModel *self)
{
  int32_t gap_nm = positive_nm (self->problem->gap_nm);
  int32_t margin_nm = positive_nm (self->problem->edge_margin_nm);
  bool has_changed = gap_nm != self->wished_gap_nm || margin_nm != self->wished_margin_nm;

  self->widest_gap_nm = 0;
  self->has_apart = false;
  for (uint32_t i = 0; i < self->n_parts; i++)
    has_changed |= take_own (self, i);
  if (!has_changed)
    return false;
  self->gap_nm = self->wished_gap_nm = gap_nm;
  self->margin_nm = self->wished_margin_nm = margin_nm;
  self->is_apart = self->has_apart;
  self->is_roomy = true;
  return true;
}

bool
bw_model_link_aparts (BwModel *self)
{
  const BwProblem *problem = self->problem;
  uint32_t next = 0;

  self->aparts = calloc (2 * (size_t) problem->n_aparts + 1, sizeof *self->aparts);
  if (self->aparts == NULL)
    return false;
  for (uint32_t i = 0; i < problem->n_aparts; i++)
    if (is_pair (self, &problem->aparts[i]))
      {
        self->parts[problem->aparts[i].a].n_aparts++;
        self->parts[problem->aparts[i].b].n_aparts++;
      }
  for (uint32_t i = 0; i < self->n_parts; i++)
    {
      self->parts[i].first_apart = next;
      next += self->parts[i].n_aparts;
      self->parts[i].n_aparts = 0;
    }
  for (uint32_t i = 0; i < problem->n_aparts; i++)
    if (is_pair (self, &problem->aparts[i]))
      {
        const BwProblemApart *apart = &problem->aparts[i];

        link_apart (self, apart->a, apart->b, apart);
        link_apart (self, apart->b, apart->a, apart);
      }
  bw_model_ask_spacing (self);
  self->is_apart = self->has_apart;
  return true;
}

int32_t
bw_model_gap_nm (const BwModel *self,
                 uint32_t       part)
{
  const BwModelPart *p = &self->parts[part];
  int32_t gap_nm = p->gap_nm > self->gap_nm ? p->gap_nm : self->gap_nm;

  return self->is_roomy && p->room_nm > gap_nm ? p->room_nm : gap_nm;
}

BwSpacing
bw_model_find_spacing (const BwModel *self,
                       uint32_t       a,
                       uint32_t       b)
{
  const BwModelPart *part = &self->parts[a];
  int32_t gap_nm = bw_model_gap_nm (self, a), other_nm = bw_model_gap_nm (self, b);
  BwSpacing spacing = { gap_nm > other_nm ? gap_nm : other_nm, false };

  for (uint32_t i = 0; i < part->n_aparts; i++)
    {
      const BwApart *apart = &self->aparts[part->first_apart + i];

      if (apart->other != b)
        continue;
      spacing.gap_nm = apart->gap_nm > spacing.gap_nm ? apart->gap_nm : spacing.gap_nm;
      spacing.any_side |= apart->any_side;
    }
  return spacing;
}

void
bw_model_copy_leeways (BwModel       *self,
                       const BwModel *other)
{
  for (uint32_t i = 0; i < self->n_parts; i++)
    {
      self->parts[i].leeway_nm = other->parts[i].leeway_nm;
      self->parts[i].leeway_kind = other->parts[i].leeway_kind;
    }
  self->has_leeways = other->has_leeways;
}

void
bw_model_forget_leeways (BwModel *self)
{
  for (uint32_t i = 0; i < self->n_parts; i++)
    self->parts[i].leeway_nm = 0;
  self->has_leeways = false;
}
