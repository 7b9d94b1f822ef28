/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-model-nets.h"

#include <stdlib.h>
#include <string.h>

/* Parts: a net with more spans the board however they lie, and is left alone. */
#define MAX_NET_TERMS 256
/* Legal ends got frequent in trials with overlaps weighed by the number of nets. */
#define PUSH_PER_NET 0.3

/* Terms of a part: one for each net that it touches, in the order of its terminals. */
static uint32_t
count_terms (const BwProblemPart *part,
             uint32_t             n_nets,
             uint32_t            *seen,
             uint32_t             stamp,
             BwTerm              *terms)
{
  uint32_t n = 0;

  for (uint32_t i = 0; i < part->n_terminals; i++)
    {
      uint32_t net = part->terminals[i].net;

      if (net >= n_nets || seen[net] == stamp)
        continue;
      seen[net] = stamp;
      if (terms != NULL)
        terms[n].net = net;
      n++;
    }
  return n;
}

bool
bw_model_make_terms (BwModel *self)
{
  const BwProblem *problem = self->problem;
  uint32_t *seen = calloc ((size_t) self->n_nets + 1, sizeof *seen);
  uint32_t n_terms = 0;
  size_t n_spans = 0;

  if (seen == NULL)
    return false;
  for (uint32_t i = 0; i < self->n_parts; i++)
    n_terms += count_terms (&problem->parts[i], self->n_nets, seen, i + 1, NULL);
  memset (seen, 0, ((size_t) self->n_nets + 1) * sizeof *seen);
  self->terms = calloc ((size_t) n_terms + 1, sizeof *self->terms);
  self->net_terms = calloc ((size_t) n_terms + 1, sizeof *self->net_terms);
  self->scratch_terms = calloc ((size_t) self->n_nets + 1, sizeof *self->scratch_terms);
  if (self->terms == NULL || self->net_terms == NULL || self->scratch_terms == NULL)
    {
      free (seen);
      return false;
    }
  n_terms = 0;
  for (uint32_t i = 0; i < self->n_parts; i++)
    {
      BwModelPart *part = &self->parts[i];

      part->first_term = n_terms;
      part->n_terms = count_terms (&problem->parts[i], self->n_nets, seen, i + 1,
                                   self->terms + n_terms);
      n_terms += part->n_terms;
      for (uint32_t t = part->first_term; t < n_terms; t++)
        {
          self->terms[t].part = i;
          self->terms[t].first_span = (uint32_t) n_spans;
          n_spans += part->n_choices + 1;
        }
    }
  free (seen);
  self->spans = calloc (n_spans + 1, sizeof *self->spans);
  return self->spans != NULL;
}

void
bw_model_link_nets (BwModel *self)
{
  uint32_t n_terms = 0, next = 0;

  if (self->n_parts > 0)
    n_terms = self->parts[self->n_parts - 1].first_term + self->parts[self->n_parts - 1].n_terms;
  for (uint32_t t = 0; t < n_terms; t++)
    self->nets[self->terms[t].net].n_terms++;
  for (uint32_t k = 0; k < self->n_nets; k++)
    {
      self->nets[k].goal = self->problem->nets[k].goal;
      self->nets[k].first_term = next;
      next += self->nets[k].n_terms;
      self->nets[k].n_terms = 0;
    }
  for (uint32_t t = 0; t < n_terms; t++)
    {
      BwModelNet *net = &self->nets[self->terms[t].net];

      self->net_terms[net->first_term + net->n_terms++] = t;
    }
  bw_model_weigh_nets (self);
}

void
bw_model_weigh_nets (BwModel *self)
{
  for (uint32_t i = 0; i < self->n_parts; i++)
    {
      self->parts[i].is_pulled = false;
      self->parts[i].n_weighed = 0;
    }
  for (uint32_t k = 0; k < self->n_nets; k++)
    {
      BwModelNet *net = &self->nets[k];

      net->weight = self->problem->nets[k].weight;
      if (!(net->weight >= 0.0) || net->n_terms > MAX_NET_TERMS)
        net->weight = 0.0;
      for (uint32_t i = 0; i < net->n_terms; i++)
        {
          BwModelPart *part =
            &self->parts[self->terms[self->net_terms[net->first_term + i]].part];

          part->is_pulled |= net->n_terms > 1 && net->weight > 0.0;
          part->n_weighed += self->problem->nets[k].weight > 0.0;
        }
    }
  for (uint32_t i = 0; i < self->n_parts; i++)
    self->parts[i].push = 1.0 + PUSH_PER_NET * self->parts[i].n_weighed;
}
