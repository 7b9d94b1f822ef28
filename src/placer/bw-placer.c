/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-placer.h"

#include <stdlib.h>

#include "base/bw-hash.h"
#include "placer/bw-chains.h"
#include "placer/bw-forces.h"
#include "placer/bw-misfit.h"

#define DEFAULT_ITERATIONS 20000

struct _BwPlacer
{
  BwChains chains;
  BwSchedule *schedule;  /* the first chain */
  BwPose *poses;
};

BwPlacerOptions
bw_placer_options_default (void)
{
  return (BwPlacerOptions) {
    .seed = 1, .iterations = DEFAULT_ITERATIONS, .mode = BW_PLACER_MODE_ALL,
    .n_chains = 1
  };
}

static void
show (BwPlacer *self)
{
  const BwLayout *layout = bw_schedule_shown (self->schedule);

  for (uint32_t i = 0; i < self->schedule->model->n_parts; i++)
    self->poses[i] = bw_model_pose (self->schedule->model, layout, i);
}

BwPlacer *
bw_placer_new (const BwProblem       *problem,
               const BwPlacerOptions *options)
{
  BwPlacer *self = calloc (1, sizeof *self);

  if (self == NULL)
    return NULL;
  self->poses = calloc ((size_t) problem->n_parts + 1, sizeof *self->poses);
  if (self->poses == NULL || !bw_chains_init (&self->chains, problem, options))
    {
      bw_placer_free (self);
      return NULL;
    }
  self->schedule = &self->chains.each[0];
  show (self);
  return self;
}

void
bw_placer_free (BwPlacer *self)
{
  if (self == NULL)
    return;
  bw_chains_clear (&self->chains);
  free (self->poses);
  free (self);
}

bool
bw_placer_step (BwPlacer *self)
{
  for (uint32_t i = 1; i < self->chains.n; i++)
    bw_chains_step (&self->chains, i);
  if (bw_placer_step_chain (self, 0))
    return true;
  for (uint32_t i = 1; i < self->chains.n; i++)
    while (bw_chains_step (&self->chains, i))
      ;
  return bw_placer_join (self) && bw_placer_step_chain (self, 0);
}

uint32_t
bw_placer_n_chains (const BwPlacer *self)
{
  return self->chains.n;
}

bool
bw_placer_step_chain (BwPlacer *self,
                      uint32_t  chain)
{
  bool moved = bw_chains_step (&self->chains, chain);

  if (chain == 0)
    show (self);
  return moved;
}

bool
bw_placer_join (BwPlacer *self)
{
  bool more = bw_chains_join (&self->chains);

  show (self);
  return more;
}

uint32_t
bw_placer_plan (BwPlacer *self,
                uint32_t  iterations)
{
  return bw_chains_plan (&self->chains, iterations);
}

uint32_t
bw_placer_plan_of (uint32_t iterations)
{
  return bw_schedule_plan_of (iterations);
}

uint32_t
bw_placer_iteration (const BwPlacer *self)
{
  return self->schedule->iteration;
}

BwPhase
bw_placer_phase (const BwPlacer *self)
{
  return self->schedule->phase;
}

const BwPose *
bw_placer_poses (const BwPlacer *self)
{
  return self->poses;
}

void
bw_placer_metrics (BwPlacer        *self,
                   BwPlacerMetrics *metrics_out)
{
  bw_measure_layout (&self->schedule->measure, bw_schedule_shown (self->schedule), metrics_out);
}

const uint8_t *
bw_placer_outside (const BwPlacer *self)
{
  return self->schedule->measure.is_outside;
}

bool
bw_placer_is_outside (BwPlacer *self,
                      uint32_t  part)
{
  return bw_measure_is_outside (&self->schedule->measure, bw_schedule_shown (self->schedule), part);
}

const uint8_t *
bw_placer_barred (const BwPlacer *self)
{
  const BwMeasure *measure = &self->schedule->measure;

  return measure->has_barred ? measure->is_barred : NULL;
}

const uint8_t *
bw_placer_clashing (const BwPlacer *self)
{
  return self->schedule->measure.is_clashing;
}

uint32_t
bw_placer_forces (BwPlacer *self,
                  BwForce  *forces_out,
                  uint32_t  n_max)
{
  return bw_forces_find (&self->schedule->measure.bodies, bw_schedule_shown (self->schedule),
                         forces_out, n_max);
}

uint32_t
bw_placer_misfits (BwPlacer *self,
                   BwMisfit *misfits_out,
                   uint32_t  n_max)
{
  return bw_misfits_find (self->schedule, misfits_out, n_max);
}

void
bw_placer_set_pose (BwPlacer     *self,
                    uint32_t      part,
                    const BwPose *pose)
{
  if (part >= self->schedule->model->n_parts)
    return;
  bw_chains_set_pose (&self->chains, part, pose);
  show (self);
}

void
bw_placer_set_fixed (BwPlacer *self,
                     uint32_t  part,
                     bool      fixed)
{
  if (part >= self->schedule->model->n_parts || self->schedule->model->parts[part].fixed == fixed)
    return;
  bw_chains_set_fixed (&self->chains, part, fixed);
  show (self);
}

void
bw_placer_reweigh (BwPlacer *self)
{
  bw_chains_reweigh (&self->chains);
  show (self);
}

uint64_t
bw_poses_hash (const BwPose *poses,
               uint32_t      n_poses)
{
  uint64_t hash = BW_HASH_INIT;

  for (uint32_t i = 0; i < n_poses; i++)
    {
      hash = bw_hash_int (hash, poses[i].at.x_nm);
      hash = bw_hash_int (hash, poses[i].at.y_nm);
      hash = bw_hash_int (hash, poses[i].rotation_cdeg);
      hash = bw_hash_int (hash, poses[i].side);
    }
  return hash;
}

const char *
bw_phase_name (BwPhase phase)
{
  switch (phase)
    {
    case BW_PHASE_INITIAL:
      return "initial";
    case BW_PHASE_GLOBAL:
      return "global";
    case BW_PHASE_ANNEALING:
      return "annealing";
    case BW_PHASE_LEGALIZATION:
      return "legalization";
    case BW_PHASE_REFINEMENT:
      return "refinement";
    case BW_PHASE_FINAL:
      return "final";
    }
  return "unknown";
}

const char *
bw_force_kind_name (BwForceKind kind)
{
  switch (kind)
    {
    case BW_FORCE_ATTRACTION:
      return "attraction";
    case BW_FORCE_REPULSION:
      return "repulsion";
    case BW_FORCE_BOUNDARY:
      return "boundary";
    case BW_FORCE_CONSTRAINT:
      return "constraint";
    case BW_FORCE_ALIGNMENT:
      return "alignment";
    }
  return "unknown";
}

const char *
bw_goal_name (BwGoal goal)
{
  static const char *const names[BW_N_GOALS] = {
    "wires", "room", "constraints", "decoupling", "crystals", "edges", "modules", "channels",
    "stay",
  };

  return (uint32_t) goal < BW_N_GOALS ? names[goal] : "";
}
