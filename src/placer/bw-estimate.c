/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-estimate.h"

#include <stdlib.h>
#include <string.h>

/* Nets that weigh less are supplies: they go by planes. */
#define SIGNAL_WEIGHT 1.0
/* Pairs of edges are looked at, between two iterations: more of them would keep a run from being
 * stopped. */
#define MOST_PINS 8000

static bool
is_signal (const BwProblem *problem,
           uint32_t         net)
{
  return net < problem->n_nets && !bw_goal_is_wish (problem->nets[net].goal) &&
         problem->nets[net].weight >= SIGNAL_WEIGHT;
}

/* Counting sort of the terminals by net; nets of one are left out. */
static bool
list_pins (BwEstimate      *self,
           const BwProblem *problem)
{
  uint32_t *ends = calloc ((size_t) problem->n_nets + 1, sizeof *ends);
  uint32_t n = 0;

  if (ends == NULL)
    return false;
  for (uint32_t i = 0; i < problem->n_parts; i++)
    for (uint32_t t = 0; t < problem->parts[i].n_terminals; t++)
      if (is_signal (problem, problem->parts[i].terminals[t].net))
        ends[problem->parts[i].terminals[t].net]++;
  for (uint32_t k = 0; k < problem->n_nets; k++)
    {
      uint32_t n_pins = ends[k] > 1 ? ends[k] : 0;

      ends[k] = n_pins > 0 ? n : UINT32_MAX;
      n += n_pins;
    }
  self->n_pins = n <= MOST_PINS ? n : 0;
  self->pins = calloc ((size_t) self->n_pins + 1, sizeof *self->pins);
  for (uint32_t i = 0; i < problem->n_parts && self->pins != NULL && self->n_pins > 0; i++)
    for (uint32_t t = 0; t < problem->parts[i].n_terminals; t++)
      {
        const BwTerminal *terminal = &problem->parts[i].terminals[t];

        if (is_signal (problem, terminal->net) && ends[terminal->net] != UINT32_MAX)
          self->pins[ends[terminal->net]++] = (BwEstimatePin) { i, terminal->net, terminal->at };
      }
  free (ends);
  return self->pins != NULL;
}

bool
bw_estimate_init (BwEstimate      *self,
                  const BwProblem *problem)
{
  memset (self, 0, sizeof *self);
  if (!list_pins (self, problem))
    return false;
  self->edges = calloc ((size_t) self->n_pins + 1, sizeof *self->edges);
  self->scratch = calloc ((size_t) self->n_pins + 1, sizeof *self->scratch);
  self->points = calloc ((size_t) self->n_pins + 1, sizeof *self->points);
  self->transforms = calloc (self->n_pins > 0 ? (size_t) problem->n_parts + 1 : 1,
                             sizeof *self->transforms);
  return self->edges != NULL && self->scratch != NULL && self->points != NULL &&
         self->transforms != NULL;
}

void
bw_estimate_clear (BwEstimate *self)
{
  free (self->pins);
  free (self->edges);
  free (self->scratch);
  free (self->points);
  free (self->transforms);
}

double
bw_estimate_mm (BwEstimate     *self,
                const BwModel  *model,
                const BwLayout *layout)
{
  uint32_t n_edges = 0;
  double crossing_mm = model->problem->crossing_mm;

  if (!(crossing_mm > 0.0) || self->n_pins == 0)
    return 0.0;
  for (uint32_t i = 0; i < model->n_parts; i++)
    {
      BwPose pose = bw_model_pose (model, layout, i);

      self->transforms[i] = bw_pose_transform (&pose);
    }
  for (uint32_t i = 0; i < self->n_pins; i++)
    self->points[i] = bw_transform_point (&self->transforms[self->pins[i].part],
                                          self->pins[i].at);
  for (uint32_t first = 0, end; first < self->n_pins; first = end)
    {
      for (end = first + 1; end < self->n_pins && self->pins[end].net == self->pins[first].net;)
        end++;
      bw_tree_grow (self->pins[first].net, &self->points[first], end - first, self->scratch,
                    &self->edges[n_edges]);
      n_edges += end - first - 1;
    }
  return crossing_mm * bw_tree_count_crossings (self->edges, n_edges);
}
