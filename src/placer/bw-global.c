/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-global.h"

#include <math.h>
#include <string.h>

#include "base/bw-math.h"
#include "placer/bw-apart.h"

#define FILLERS_FOR_EACH_PART 4
/* Among this many parts fewer will do. */
#define MANY_PARTS 1000
#define FILLERS_FOR_EACH_OF_MANY 1
#define FILLERS_AT_LEAST 1024
#define FILLER_BINS 2
#define LAMBDA_START 0.05
/* Density's weight grows by about e^19 from first to last. */
#define LAMBDA_GROWTH 19.0
#define LAMBDA_GROWTH_MAX 1.5
#define LAMBDA_GROWTH_MIN 1.02
#define LENGTH_STEADY 0.02
#define SPREAD_ENOUGH 0.06
#define TURN_EVERY 10
/* From here on a turn has to save this much. */
#define TURN_CAUTION_STEP 200
#define TURN_CAUTION_MM 0.1
#define MAX_TRIALS 3
#define LN10 2.302585092994046

static uint32_t
grid_size (uint32_t n_parts)
{
  return n_parts <= 60 ? 32 : n_parts <= 600 ? 64 : n_parts <= 6000 ? 128 : 256;
}

/* None is smaller than FILLER_BINS bins squared. */
static uint32_t
max_fillers (uint32_t n_parts)
{
  uint32_t most = FILLERS_AT_LEAST + n_parts * (n_parts < MANY_PARTS ? FILLERS_FOR_EACH_PART
                                                                     : FILLERS_FOR_EACH_OF_MANY);
  uint32_t along = grid_size (n_parts) / FILLER_BINS + 1;

  return most < BW_N_SIDES * along * along ? most : BW_N_SIDES * along * along;
}

bool
bw_global_init (BwGlobal *self,
                BwModel  *model,
                BwRandom *random)
{
  memset (self, 0, sizeof *self);
  self->model = model;
  self->random = random;
  self->width_mm = bw_nm_to_mm ((int64_t) model->room.x1_nm - model->room.x0_nm);
  self->height_mm = bw_nm_to_mm ((int64_t) model->room.y1_nm - model->room.y0_nm);
  self->width_mm = self->width_mm > 1e-3 ? self->width_mm : 1e-3;
  self->height_mm = self->height_mm > 1e-3 ? self->height_mm : 1e-3;
  self->max_nodes = model->n_parts + max_fillers (model->n_parts);
  return bw_density_init (&self->density, grid_size (model->n_parts), self->width_mm,
                          self->height_mm);
}

void
bw_global_clear (BwGlobal *self)
{
  bw_density_clear (&self->density);
}

void
bw_global_lay (BwGlobal    *self,
               BwWorkspace *workspace)
{
  BwVector *vectors[] = { &self->u, &self->v, &self->next_v, &self->gradient,
                          &self->next_gradient };

  for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++)
    bw_vector_lay (vectors[i], workspace, self->max_nodes);
  bw_vector_lay (&self->scratch, workspace, self->model->n_parts);
  self->extents = bw_workspace_take (workspace, self->model->n_parts, sizeof *self->extents);
  bw_density_lay (&self->density, workspace);
  bw_wirelength_lay (&self->wirelength, self->model, workspace);
}

static const BwSlot *
slot_of (const BwGlobal *self,
         uint32_t        part)
{
  return &self->model->slots[self->model->parts[part].first_slot + self->layout->slot[part]];
}

static double
centre_x_nm (const BwSlot *slot)
{
  return 0.5 * ((double) slot->box.x0_nm + slot->box.x1_nm);
}

static double
centre_y_nm (const BwSlot *slot)
{
  return 0.5 * ((double) slot->box.y0_nm + slot->box.y1_nm);
}

static BwExtent
extent_of (const BwGlobal *self,
           uint32_t        node)
{
  if (node < self->model->n_parts)
    return self->extents[node];
  return (BwExtent) {
    self->filler_mm, self->filler_mm, (uint8_t) (node < self->first_below ? 1 : 2)
  };
}

static BwCharge
charge_of (const BwGlobal *self,
           const BwVector *at,
           uint32_t        node)
{
  BwExtent extent = extent_of (self, node);

  return (BwCharge) { at->x[node], at->y[node], extent.w, extent.h, extent.sides };
}

/* The part's extent and terms, after a change of slot. */
static void
load_slot (BwGlobal *self,
           uint32_t  part)
{
  const BwSlot *slot = slot_of (self, part);
  BwExtent *extent = &self->extents[part];
  double gap_mm = bw_nm_to_mm (bw_model_gap_nm (self->model, part));

  bw_wirelength_set_slot (&self->wirelength, part, self->layout->slot[part], centre_x_nm (slot),
                          centre_y_nm (slot));
  extent->w = bw_nm_to_mm ((int64_t) slot->box.x1_nm - slot->box.x0_nm) + gap_mm;
  extent->h = bw_nm_to_mm ((int64_t) slot->box.y1_nm - slot->box.y0_nm) + gap_mm;
  extent->sides = 0;
  if (!self->model->parts[part].fixed)
    for (uint32_t i = 0; i < slot->n_pieces; i++)
      extent->sides |= self->model->pieces[slot->first_piece + i].sides & BW_PIECE_BODY;
}

static void
load_position (BwGlobal *self,
               uint32_t  part)
{
  const BwSlot *slot = slot_of (self, part);
  const BwBox *room = &self->model->room;

  self->u.x[part] = (self->layout->at[part].x_nm + centre_x_nm (slot) - room->x0_nm) /
                    BW_NM_PER_MM;
  self->u.y[part] = (self->layout->at[part].y_nm + centre_y_nm (slot) - room->y0_nm) /
                    BW_NM_PER_MM;
}

static void
store_positions (BwGlobal *self)
{
  const BwBox *room = &self->model->room;

  for (uint32_t i = 0; i < self->model->n_parts; i++)
    {
      const BwSlot *slot = slot_of (self, i);

      if (self->model->parts[i].fixed)
        continue;
      self->layout->at[i] = (BwPoint) {
        bw_nm_from_mm (self->u.x[i] + (room->x0_nm - centre_x_nm (slot)) / BW_NM_PER_MM),
        bw_nm_from_mm (self->u.y[i] + (room->y0_nm - centre_y_nm (slot)) / BW_NM_PER_MM),
      };
    }
}

static void
clamp_axis (double *position,
            double  size,
            double  room)
{
  if (size >= room)
    *position = 0.5 * room;
  else if (*position < 0.5 * size)
    *position = 0.5 * size;
  else if (*position > room - 0.5 * size)
    *position = room - 0.5 * size;
}

static void
clamp_to_region (const BwGlobal *self,
                 uint32_t        part,
                 double         *x,
                 double         *y)
{
  const BwBox *region = self->model->problem->parts[part].region;
  const BwBox *room = &self->model->room;
  double left_mm = bw_nm_to_mm ((int64_t) region->x0_nm - room->x0_nm);
  double top_mm = bw_nm_to_mm ((int64_t) region->y0_nm - room->y0_nm);

  *x -= left_mm;
  *y -= top_mm;
  clamp_axis (x, self->extents[part].w, bw_nm_to_mm ((int64_t) region->x1_nm - region->x0_nm));
  clamp_axis (y, self->extents[part].h, bw_nm_to_mm ((int64_t) region->y1_nm - region->y0_nm));
  *x += left_mm;
  *y += top_mm;
}

/* Into the room; what is fixed stays where u has it. */
static void
clamp_node (const BwGlobal *self,
            uint32_t        node,
            double         *x,
            double         *y)
{
  BwExtent extent;

  if (node < self->model->n_parts && self->model->parts[node].fixed)
    {
      *x = self->u.x[node];
      *y = self->u.y[node];
      return;
    }
  if (node < self->model->n_parts && self->model->problem->parts[node].region != NULL)
    {
      clamp_to_region (self, node, x, y);
      return;
    }
  extent = extent_of (self, node);
  clamp_axis (x, extent.w, self->width_mm);
  clamp_axis (y, extent.h, self->height_mm);
}

static void
add_fixed_piece (BwGlobal      *self,
                 const BwPiece *piece,
                 BwPoint        at)
{
  const BwBox *room = &self->model->room;
  BwBox box = bw_box_moved (&piece->box, at);
  BwCharge charge = {
    .x = bw_nm_to_mm (((int64_t) box.x0_nm + box.x1_nm) / 2 - room->x0_nm),
    .y = bw_nm_to_mm (((int64_t) box.y0_nm + box.y1_nm) / 2 - room->y0_nm),
    .w = bw_nm_to_mm ((int64_t) box.x1_nm - box.x0_nm),
    .h = bw_nm_to_mm ((int64_t) box.y1_nm - box.y0_nm),
    .sides = piece->bars & BW_PIECE_BODY,
  };

  bw_density_add_fixed (&self->density, &charge);
}

static void
load_fixed (BwGlobal *self)
{
  const BwModel *model = self->model;

  bw_density_reset (&self->density);
  for (uint32_t i = 0; i < model->n_obstacles; i++)
    add_fixed_piece (self, &model->obstacles[i], (BwPoint) { 0, 0 });
  for (uint32_t i = 0; i < model->n_parts; i++)
    if (model->parts[i].fixed)
      for (uint32_t k = 0; k < slot_of (self, i)->n_pieces; k++)
        add_fixed_piece (self, &model->pieces[slot_of (self, i)->first_piece + k],
                         self->layout->at[i]);
}

/* Enough squares to fill the room that bodies leave on each side. */
static void
add_fillers (BwGlobal *self)
{
  double fill_mm2[BW_N_SIDES] = { 0.0, 0.0 };
  double sizes_mm = 0.0, bin_mm = self->density.bin_w > self->density.bin_h ? self->density.bin_w
                                                                            : self->density.bin_h;
  uint32_t n_movable = 0, most = self->max_nodes - self->model->n_parts;
  double filler_mm;

  for (int side = 0; side < BW_N_SIDES; side++)
    if (self->sides >> side & 1)
      fill_mm2[side] = bw_density_free_mm2 (&self->density, side);
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    {
      const BwExtent *extent = &self->extents[i];

      if (extent->sides == 0)
        continue;
      n_movable++;
      sizes_mm += sqrt (extent->w * extent->h);
      for (int side = 0; side < BW_N_SIDES; side++)
        if (extent->sides >> side & 1)
          fill_mm2[side] -= extent->w * extent->h;
    }
  filler_mm = n_movable > 0 ? sizes_mm / n_movable : 1.0;
  filler_mm = filler_mm < FILLER_BINS * bin_mm ? FILLER_BINS * bin_mm : filler_mm;
  fill_mm2[0] = fill_mm2[0] > 0.0 ? fill_mm2[0] : 0.0;
  fill_mm2[1] = fill_mm2[1] > 0.0 ? fill_mm2[1] : 0.0;
  while ((fill_mm2[0] + fill_mm2[1]) / (filler_mm * filler_mm) > most)
    filler_mm *= 1.25;
  self->filler_mm = filler_mm;
  self->n_nodes = self->model->n_parts;
  for (int side = 0; side < BW_N_SIDES; side++)
    {
      self->first_below = self->n_nodes;
      for (uint32_t n = (uint32_t) (fill_mm2[side] / (filler_mm * filler_mm));
           n > 0 && self->n_nodes < self->max_nodes; n--)
        {
          self->u.x[self->n_nodes] = self->width_mm * bw_random_double (self->random);
          self->u.y[self->n_nodes++] = self->height_mm * bw_random_double (self->random);
        }
    }
}

static uint16_t
first_slot_that_fits (BwGlobal *self,
                      uint32_t  part)
{
  uint32_t n = self->model->parts[part].n_choices;
  uint32_t start;
  BwBox reach;

  if (n == 0)
    return self->layout->slot[part];
  start = bw_random_below (self->random, n);
  for (uint32_t i = 0; i < n; i++)
    if (bw_model_reach (self->model, part, (start + i) % n, &reach))
      return (uint16_t) ((start + i) % n);
  return (uint16_t) start;
}

static void
load_parts (BwGlobal *self)
{
  self->sides = 0;
  self->body_mm2 = 0.0;
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    {
      bool fixed = self->model->parts[i].fixed;
      const BwExtent *extent = &self->extents[i];

      if (!fixed)
        self->layout->slot[i] = first_slot_that_fits (self, i);
      load_slot (self, i);
      if (fixed)
        {
          load_position (self, i);
          continue;
        }
      self->u.x[i] = self->width_mm * (0.5 + 0.05 * (bw_random_double (self->random) - 0.5));
      self->u.y[i] = self->height_mm * (0.5 + 0.05 * (bw_random_double (self->random) - 0.5));
      self->sides |= extent->sides;
      self->body_mm2 += extent->w * extent->h * ((extent->sides & 1) + (extent->sides >> 1));
    }
}

/* Density part of the gradient at `at`, for all nodes. */
static void
density_gradient (BwGlobal       *self,
                  const BwVector *at,
                  BwVector       *gradient)
{
  double overfull_mm2 = 0.0;

  memset (gradient->x, 0, self->n_nodes * sizeof *gradient->x);
  memset (gradient->y, 0, self->n_nodes * sizeof *gradient->y);
  for (int side = 0; side < BW_N_SIDES; side++)
    {
      if ((self->sides >> side & 1) == 0)
        continue;
      bw_density_begin (&self->density, side);
      for (uint32_t i = 0; i < self->n_nodes; i++)
        {
          BwCharge charge = charge_of (self, at, i);

          if (i == self->model->n_parts)
            overfull_mm2 += bw_density_over_mm2 (&self->density);
          if (charge.sides >> side & 1)
            bw_density_add (&self->density, &charge);
        }
      if (self->n_nodes == self->model->n_parts)
        overfull_mm2 += bw_density_over_mm2 (&self->density);
      bw_density_solve (&self->density);
      for (uint32_t i = 0; i < self->n_nodes; i++)
        {
          BwCharge charge = charge_of (self, at, i);

          if (charge.sides >> side & 1)
            bw_density_force (&self->density, &charge, &gradient->x[i], &gradient->y[i]);
        }
    }
  for (uint32_t i = 0; i < self->n_nodes; i++)
    {
      gradient->x[i] = -gradient->x[i];
      gradient->y[i] = -gradient->y[i];
    }
  self->overflow = self->body_mm2 > 0.0 ? overfull_mm2 / self->body_mm2 : 0.0;
}

/* Wirelength and density together, divided by how stiff each node is. */
static void
weigh_gradient (BwGlobal *self,
                BwVector *gradient)
{
  double bin_mm2 = self->density.bin_w * self->density.bin_h;

  for (uint32_t i = 0; i < self->n_nodes; i++)
    {
      BwExtent extent = extent_of (self, i);
      bool is_part = i < self->model->n_parts;
      double stiff = self->lambda * extent.w * extent.h / bin_mm2 +
                     (is_part ? self->model->parts[i].n_weighed : 0);

      stiff = stiff < 1.0 ? 1.0 : stiff;
      gradient->x[i] = (self->lambda * gradient->x[i] + (is_part ? self->scratch.x[i] : 0.0)) /
                       stiff;
      gradient->y[i] = (self->lambda * gradient->y[i] + (is_part ? self->scratch.y[i] : 0.0)) /
                       stiff;
    }
}

static void
full_gradient (BwGlobal       *self,
               const BwVector *at,
               BwVector       *gradient)
{
  density_gradient (self, at, gradient);
  bw_wirelength_gradient (&self->wirelength, at->x, at->y, self->gamma_mm, self->scratch.x,
                          self->scratch.y);
  weigh_gradient (self, gradient);
}

static void
set_gamma (BwGlobal *self)
{
  double overflow = self->overflow < 1.0 ? self->overflow : 1.0;
  double exponent = (overflow - 0.1) * 20.0 / 9.0 - 1.0;

  self->gamma_mm = 2.0 * (self->density.bin_w + self->density.bin_h) * bw_exp (LN10 * exponent);
}

static void
set_first_weights (BwGlobal *self)
{
  double wire = 0.0, density = 0.0, longest = 1e-12;

  self->overflow = 1.0;
  set_gamma (self);
  density_gradient (self, &self->v, &self->gradient);
  bw_wirelength_gradient (&self->wirelength, self->v.x, self->v.y, self->gamma_mm,
                          self->scratch.x, self->scratch.y);
  for (uint32_t i = 0; i < self->model->n_parts; i++)
    {
      wire += fabs (self->scratch.x[i]) + fabs (self->scratch.y[i]);
      density += fabs (self->gradient.x[i]) + fabs (self->gradient.y[i]);
    }
  self->lambda = density > 0.0 && wire > 0.0 ? LAMBDA_START * wire / density : 1.0;
  weigh_gradient (self, &self->gradient);
  for (uint32_t i = 0; i < self->n_nodes; i++)
    {
      longest = fabs (self->gradient.x[i]) > longest ? fabs (self->gradient.x[i]) : longest;
      longest = fabs (self->gradient.y[i]) > longest ? fabs (self->gradient.y[i]) : longest;
    }
  self->step = 0.5 * self->density.bin_w / longest;
}

void
bw_global_start (BwGlobal *self,
                 BwLayout *layout,
                 uint32_t  n_steps)
{
  self->layout = layout;
  load_parts (self);
  load_fixed (self);
  add_fillers (self);
  for (uint32_t i = 0; i < self->n_nodes; i++)
    clamp_node (self, i, &self->u.x[i], &self->u.y[i]);
  bw_vector_copy (&self->v, &self->u, self->n_nodes);
  self->growth = bw_exp (LAMBDA_GROWTH / (n_steps > 0 ? n_steps : 1));
  self->growth = self->growth > LAMBDA_GROWTH_MAX ? LAMBDA_GROWTH_MAX : self->growth;
  self->growth = self->growth < LAMBDA_GROWTH_MIN ? LAMBDA_GROWTH_MIN : self->growth;
  self->momentum = 1.0;
  self->trial = 0;
  self->n_steps = 0;
  self->max_steps = n_steps;
  set_first_weights (self);
  self->length_mm = bw_wirelength_measure (&self->wirelength, self->u.x, self->u.y);
  store_positions (self);
}

void
bw_global_reload (BwGlobal *self,
                  uint32_t  part)
{
  self->trial = 0;
  load_slot (self, part);
  load_position (self, part);
  self->v.x[part] = self->u.x[part];
  self->v.y[part] = self->u.y[part];
  load_fixed (self);
}

void
bw_global_reweigh (BwGlobal *self)
{
  self->trial = 0;
  self->length_mm = bw_wirelength_measure (&self->wirelength, self->u.x, self->u.y);
}

/* Where a step of this length leads a node from. */
static void
step_node (const BwGlobal *self,
           uint32_t        node,
           double          step,
           double         *x_out,
           double         *y_out)
{
  *x_out = self->v.x[node] - step * self->gradient.x[node];
  *y_out = self->v.y[node] - step * self->gradient.y[node];
  clamp_node (self, node, x_out, y_out);
}

/* To next_v, with the gradient there. */
static void
try_step (BwGlobal *self,
          double    step,
          double    carry)
{
  for (uint32_t k = 0; k < self->n_nodes; k++)
    {
      double x, y;

      step_node (self, k, step, &x, &y);
      self->next_v.x[k] = x + carry * (x - self->u.x[k]);
      self->next_v.y[k] = y + carry * (y - self->u.y[k]);
      clamp_node (self, k, &self->next_v.x[k], &self->next_v.y[k]);
    }
  full_gradient (self, &self->next_v, &self->next_gradient);
}

/* u, v and momentum after a step of the length that suits the gradient's change; false where this
 * one was too long. */
static bool
nesterov_step (BwGlobal *self)
{
  double step = self->trial == 0 ? self->step : self->trial_step;
  double momentum = 0.5 * (1.0 + sqrt (4.0 * self->momentum * self->momentum + 1.0));
  double moved = 0.0, changed = 0.0, suitable;

  try_step (self, step, (self->momentum - 1.0) / momentum);
  for (uint32_t k = 0; k < self->n_nodes; k++)
    {
      double dx = self->next_v.x[k] - self->v.x[k], dy = self->next_v.y[k] - self->v.y[k];
      double gx = self->next_gradient.x[k] - self->gradient.x[k];
      double gy = self->next_gradient.y[k] - self->gradient.y[k];

      moved += dx * dx + dy * dy;
      changed += gx * gx + gy * gy;
    }
  suitable = sqrt (moved / (changed + 1e-30));
  self->step = suitable < 4.0 * step ? suitable : 4.0 * step;
  self->trial_step = suitable;
  if (suitable <= 0.95 * step && ++self->trial < MAX_TRIALS)
    return false;
  self->trial = 0;
  self->momentum = momentum;
  for (uint32_t k = 0; k < self->n_nodes; k++)
    {
      double x, y;

      step_node (self, k, step, &x, &y);
      self->u.x[k] = x;
      self->u.y[k] = y;
    }
  bw_vector_swap (&self->v, &self->next_v);
  bw_vector_swap (&self->gradient, &self->next_gradient);
  return true;
}

/* Each part in turn lies the way that makes its nets shortest, about the same centre. */
static void
turn_parts (BwGlobal *self)
{
  double caution_mm = self->n_steps < TURN_CAUTION_STEP ? 1e-6 : TURN_CAUTION_MM;

  for (uint32_t i = 0; i < self->model->n_parts; i++)
    {
      const BwModelPart *part = &self->model->parts[i];
      uint16_t best = self->layout->slot[i];
      double best_mm;
      BwBox reach;

      if (part->fixed || part->n_choices < 2)
        continue;
      best_mm = bw_wirelength_of_part (&self->wirelength, i, self->u.x, self->u.y) - caution_mm;
      for (uint32_t k = 0; k < part->n_choices; k++)
        {
          const BwSlot *slot = &self->model->slots[part->first_slot + k];
          double length_mm;

          if (k == self->layout->slot[i] || !bw_model_reach (self->model, i, k, &reach))
            continue;
          bw_wirelength_set_slot (&self->wirelength, i, k, centre_x_nm (slot), centre_y_nm (slot));
          length_mm = bw_wirelength_of_part (&self->wirelength, i, self->u.x, self->u.y);
          if (length_mm < best_mm)
            {
              best = (uint16_t) k;
              best_mm = length_mm;
            }
        }
      self->layout->slot[i] = best;
      load_slot (self, i);
    }
}

static void
weigh_density (BwGlobal *self)
{
  double length_mm = bw_wirelength_measure (&self->wirelength, self->u.x, self->u.y);
  double steady_mm = LENGTH_STEADY * length_mm + 0.1;
  double rise = (length_mm - self->length_mm) / steady_mm;
  double power = 1.0 - rise;
  double factor = self->growth;

  /* growth^power for power in [-1, 1], linear between: it is only a rule of thumb. */
  if (power < 1.0)
    factor = power > 0.0 ? 1.0 + power * (self->growth - 1.0)
                         : 1.0 / (1.0 + (power < -1.0 ? 1.0 : -power) * (self->growth - 1.0));
  self->lambda *= factor;
  self->length_mm = length_mm;
}

bool
bw_global_step (BwGlobal *self)
{
  if (!nesterov_step (self))
    return true;
  self->n_steps++;
  if (self->n_steps % TURN_EVERY == 0)
    turn_parts (self);
  weigh_density (self);
  set_gamma (self);
  store_positions (self);
  return self->overflow >= SPREAD_ENOUGH && self->n_steps < self->max_steps;
}

uint64_t
bw_global_work (const BwGlobal *self)
{
  uint64_t bins = (uint64_t) self->density.size * self->density.size;

  return 4 * bins * ((self->sides & 1u) + (self->sides >> 1 & 1u)) + 30 * self->model->n_parts;
}
