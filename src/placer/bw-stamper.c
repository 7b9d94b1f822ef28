/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-stamper.h"

/* Rows and columns of places on each side of the middle, and about how far they are apart: there is
 * rarely room right where a channel is. */
#define REACH 30
#define STEP_NM 1500000
#define N_ROWS (2 * REACH + 1)

void
bw_stamper_start (BwStamper *self,
                  BwScene   *scene,
                  BwLayout  *before)
{
  *self = (BwStamper) { .scene = scene, .before = before };
}

static const BwProblemChannel *
channel_at (const BwStamper *self,
            uint32_t         index)
{
  return &self->scene->model->problem->channels[index];
}

static BwBox
box_of (BwStamper *self,
        uint32_t   index)
{
  const BwProblemChannel *channel = channel_at (self, index);
  BwBox box = BW_BOX_EMPTY;

  for (uint32_t i = 0; i < channel->n_parts; i++)
    {
      BwPlace place = bw_scene_place (self->scene, channel->parts[i]);
      BwBox part_box = bw_scene_box_at (self->scene, channel->parts[i], &place);

      bw_box_add_box (&box, &part_box);
    }
  return box;
}

/* The one that takes least room: what is tight once is as good again. */
static uint32_t
find_pattern (BwStamper *self,
              uint32_t   index)
{
  const BwProblem *problem = self->scene->model->problem;
  int64_t least_nm = INT64_MAX;
  uint32_t pattern = index;

  for (uint32_t i = 0; i < problem->n_channels; i++)
    if (problem->channels[i].kind == problem->channels[index].kind)
      {
        BwBox box = box_of (self, i);
        int64_t size_nm = (int64_t) box.x1_nm - box.x0_nm + box.y1_nm - box.y0_nm;

        if (size_nm < least_nm)
          {
            least_nm = size_nm;
            pattern = i;
          }
      }
  return pattern;
}

/* Where a part is in a copy that lies so far from the pattern. False if it may not be turned so. */
static bool
place_in_copy (const BwStamper *self,
               uint32_t         index,
               BwPoint          offset,
               BwPlace         *place_out)
{
  const BwScene *scene = self->scene;
  const BwModel *model = scene->model;
  uint32_t part = channel_at (self, self->channel)->parts[index];
  uint32_t twin = channel_at (self, self->pattern)->parts[index];
  const BwModelPart *p = &model->parts[part], *q = &model->parts[twin];
  int32_t turn_cdeg = model->slots[q->first_slot + scene->layout.slot[twin]].rotation_cdeg;

  for (uint32_t i = 0; i < p->n_choices; i++)
    if (model->slots[p->first_slot + i].rotation_cdeg == turn_cdeg)
      {
        BwPoint at = scene->layout.at[twin];

        *place_out = (BwPlace) { { bw_saturate_nm ((int64_t) at.x_nm + offset.x_nm),
                                   bw_saturate_nm ((int64_t) at.y_nm + offset.y_nm) },
                                 (uint16_t) i };
        return p->side == q->side && !p->fixed;
      }
  return false;
}

static int64_t
step_nm (const BwStamper *self)
{
  const BwProblem *problem = self->scene->model->problem;
  int64_t grid_nm = problem->large_grid_nm > 0 ? problem->large_grid_nm : problem->grid_nm;

  return grid_nm > 0 ? (STEP_NM + grid_nm - 1) / grid_nm * grid_nm : STEP_NM;
}

static void
put_back (BwStamper *self)
{
  const BwProblemChannel *channel = channel_at (self, self->channel);

  for (uint32_t i = 0; i < channel->n_parts; i++)
    {
      uint32_t part = channel->parts[i];
      BwPlace place = { self->before->at[part], self->before->slot[part] };

      bw_scene_move (self->scene, part, &place);
    }
}

static void
try_copy (BwStamper *self,
          BwPoint    offset)
{
  const BwProblemChannel *channel = channel_at (self, self->channel);
  BwPlace place;
  double longer_mm;

  for (uint32_t i = 0; i < channel->n_parts; i++)
    if (!place_in_copy (self, i, offset, &place) ||
        !bw_scene_is_free (self->scene, channel->parts[i], &place))
      return;
  for (uint32_t i = 0; i < channel->n_parts; i++)
    if (place_in_copy (self, i, offset, &place))
      bw_scene_move (self->scene, channel->parts[i], &place);
  longer_mm = bw_scene_wirelength (self->scene) - self->before_mm;
  if (longer_mm < self->best_mm)
    {
      self->best_mm = longer_mm;
      self->best = offset;
    }
  put_back (self);
}

static void
begin_channel (BwStamper *self)
{
  const BwProblem *problem = self->scene->model->problem;
  const BwProblemChannel *channel = channel_at (self, self->channel);
  int64_t grid_nm = step_nm (self);
  BwBox own = box_of (self, self->channel), its = box_of (self, self->pattern);
  int64_t x_nm = ((int64_t) own.x0_nm + own.x1_nm - its.x0_nm - its.x1_nm) / 2;
  int64_t y_nm = ((int64_t) own.y0_nm + own.y1_nm - its.y0_nm - its.y1_nm) / 2;

  /* Whole steps: what is on the grid stays on it. */
  self->offset = (BwPoint) { bw_saturate_nm (x_nm / grid_nm * grid_nm),
                             bw_saturate_nm (y_nm / grid_nm * grid_nm) };
  self->before_mm = bw_scene_wirelength (self->scene);
  self->best_mm = problem->channel_mm * channel->n_parts;
  for (uint32_t i = 0; i < channel->n_parts; i++)
    {
      uint32_t part = channel->parts[i];

      self->before->at[part] = self->scene->layout.at[part];
      self->before->slot[part] = self->scene->layout.slot[part];
      bw_scene_take_out (self->scene, part);
    }
}

static void
end_channel (BwStamper *self)
{
  const BwProblem *problem = self->scene->model->problem;
  const BwProblemChannel *channel = channel_at (self, self->channel);
  bool is_worth_it = self->best_mm < problem->channel_mm * channel->n_parts;
  BwPlace place;

  for (uint32_t i = 0; i < channel->n_parts; i++)
    {
      if (is_worth_it && place_in_copy (self, i, self->best, &place))
        bw_scene_move (self->scene, channel->parts[i], &place);
      bw_scene_put_back (self->scene, channel->parts[i]);
    }
  self->channel++;
  self->row = 0;
}

bool
bw_stamper_step (BwStamper *self)
{
  const BwProblem *problem = self->scene->model->problem;
  int64_t row_nm;

  if (self->channel >= problem->n_channels || problem->channel_mm <= 0.0)
    return false;
  if (self->row == 0)
    {
      /* Once for each kind: its copies are as good a pattern. */
      if (self->channel == 0 || channel_at (self, self->channel)->kind !=
                                channel_at (self, self->channel - 1)->kind)
        self->pattern = find_pattern (self, self->channel);
      if (self->pattern == self->channel)
        {
          self->channel++;
          return true;
        }
      begin_channel (self);
    }
  row_nm = ((int64_t) self->row - REACH) * step_nm (self);
  for (int64_t i = -REACH; i <= REACH; i++)
    try_copy (self, (BwPoint) { bw_saturate_nm (self->offset.x_nm + i * step_nm (self)),
                                bw_saturate_nm (self->offset.y_nm + row_nm) });
  self->scene->work += (uint64_t) channel_at (self, self->channel)->n_parts * N_ROWS;
  if (++self->row == N_ROWS)
    end_channel (self);
  return true;
}
