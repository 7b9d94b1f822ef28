/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-leeway.h"

/* How exact it is: about this, and a share of it. */
#define LEAST_NM 10000
#define EXACT_SHARE 128
/* The most that is looked for: half a metre. */
#define MOST_NM (1 << 29)

static void
grant (BwLeeway *self,
       int32_t   leeway_nm)
{
  BwModel *model = self->finder->scene->model;
  BwModelPart *part = &model->parts[self->part];

  if (self->kind >= BW_LEEWAY_BODIES)
    {
      model->gap_nm = -leeway_nm;
      model->margin_nm = self->kind == BW_LEEWAY_ALL ? -leeway_nm : 0;
      return;
    }
  part->leeway_kind = self->kind;
  part->leeway_nm = leeway_nm;
  model->has_leeways |= self->kind == BW_LEEWAY_FIXED && leeway_nm > 0;
}

static void
ask (BwLeeway *self,
     int32_t   leeway_nm)
{
  BwFinder *finder = self->finder;
  BwPoint near = finder->scene->layout.at[self->part];

  self->asked_nm = leeway_nm;
  grant (self, leeway_nm);
  bw_finder_start (finder, self->part, BW_ANY_SLOT, near, NULL, 0);
}

static void
finish (BwLeeway *self,
        int32_t   leeway_nm)
{
  BwModel *model = self->finder->scene->model;

  self->is_running = false;
  grant (self, leeway_nm);
  model->gap_nm = self->gap_nm;
  model->margin_nm = self->margin_nm;
  model->is_apart = self->is_apart;
}

void
bw_leeway_start (BwLeeway     *self,
                 BwFinder     *finder,
                 uint32_t      part,
                 uint8_t       kind,
                 bool          spaced)
{
  BwModel *model = finder->scene->model;

  *self = (BwLeeway) { .finder = finder, .part = part, .kind = kind, .is_running = true,
                       .gap_nm = model->gap_nm, .margin_nm = model->margin_nm,
                       .is_apart = model->is_apart };
  if (!spaced)
    {
      model->gap_nm = 0;
      model->margin_nm = 0;
      model->is_apart = false;
    }
  ask (self, 0);
}

static bool
is_exact (const BwLeeway *self)
{
  return self->high_nm - self->low_nm <= LEAST_NM / 2 + self->high_nm / EXACT_SHARE;
}

bool
bw_leeway_step (BwLeeway *self)
{
  BwPlace place;
  double cost_mm;

  if (!self->is_running)
    return false;
  if (bw_finder_step (self->finder))
    return true;
  if (bw_finder_end (self->finder, &place, &cost_mm))
    {
      self->is_found = true;
      self->place = place;
      self->high_nm = self->asked_nm;
    }
  else
    {
      self->low_nm = self->asked_nm;
    }
  if (self->is_found && (self->high_nm == 0 || is_exact (self)))
    finish (self, self->high_nm);
  else if (self->is_found)
    ask (self, self->low_nm + (self->high_nm - self->low_nm) / 2);
  else if (self->low_nm >= MOST_NM)
    finish (self, 0);
  else
    ask (self, self->low_nm == 0 ? LEAST_NM : self->low_nm > MOST_NM / 2 ? MOST_NM
                                                                         : 2 * self->low_nm);
  return self->is_running;
}

void
bw_leeway_stop (BwLeeway *self)
{
  if (!self->is_running)
    return;
  self->finder->is_searching = false;
  finish (self, 0);
}

int32_t
bw_leeway_find (BwLeeway     *self,
                BwFinder     *finder,
                uint32_t      part,
                uint8_t       kind)
{
  bw_leeway_start (self, finder, part, kind, false);
  while (bw_leeway_step (self))
    ;
  return self->is_found ? self->high_nm : INT32_MAX;
}
