/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-weights.h"

#include <string.h>

/* Of what it is worth for each part to be as in another channel, what a mm of the whole is. */
#define CHANNEL_COHESION 0.3

static const char *const names[] = {
  "decoupling", "crystals", "edges", "alignment", "modules", "channels", "crossings", "supplies",
  "grid", "gap", "escape", "margin", NULL,
};

G_STATIC_ASSERT (G_N_ELEMENTS (names) == BW_N_WEIGHTS + 1);

BwWeights
bw_weights_default (void)
{
  return (BwWeights) { .decoupling = 0.5, .crystals = 1.0, .edges = 2.0, .alignment = 0.7,
                       .crossings = 2.0, .supplies = 0.3, .grid_mm = 0.1, .gap_mm = 0.25,
                       .escape_mm = 0.5, .margin_mm = 0.5 };
}

static double *
term (BwWeights *self,
      BwWeight   weight)
{
  double *const terms[BW_N_WEIGHTS] = {
    &self->decoupling, &self->crystals, &self->edges, &self->alignment, &self->modules,
    &self->channels, &self->crossings, &self->supplies, &self->grid_mm, &self->gap_mm,
    &self->escape_mm, &self->margin_mm,
  };

  return terms[weight];
}

BwWeights
bw_weights_or (const BwWeights *self,
               const BwWeights *other)
{
  BwWeights both = *self, rest = *other;

  for (BwWeight i = 0; i < BW_N_WEIGHTS; i++)
    if (isnan (*term (&both, i)))
      *term (&both, i) = *term (&rest, i);
  return both;
}

double
bw_weights_get (const BwWeights *self,
                BwWeight         weight)
{
  BwWeights copy = *self;

  return *term (&copy, weight);
}

gboolean
bw_weights_set (BwWeights *self,
                BwWeight   weight,
                double     value)
{
  /* Not a number is in no range. */
  if ((guint) weight >= BW_N_WEIGHTS || !(value >= 0.0 && value <= BW_WEIGHT_MOST))
    return FALSE;
  *term (self, weight) = value;
  return TRUE;
}

void
bw_weights_switch_off (BwWeights *self)
{
  for (BwWeight i = 0; i < BW_WEIGHT_SUPPLIES; i++)
    *term (self, i) = 0.0;
  self->grid_mm = 0.0;
}

gboolean
bw_weights_parse (BwWeights  *self,
                  const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *text_value = strchr (words[i], '=');
      double value;
      char *end;

      if (g_str_equal (words[i], "none"))
        {
          bw_weights_switch_off (self);
          continue;
        }
      if (text_value == NULL)
        return FALSE;
      *text_value++ = '\0';
      value = g_ascii_strtod (text_value, &end);
      if (end == text_value || *end != '\0' ||
          !bw_weights_set (self, bw_weight_from_name (words[i]), value))
        return FALSE;
    }
  return words[0] != NULL;
}

double
bw_weights_of_goal (const BwWeights *self,
                    BwGoal           goal)
{
  switch (goal)
    {
    case BW_GOAL_DECOUPLING:
      return self->decoupling;
    case BW_GOAL_CRYSTALS:
      return self->crystals;
    case BW_GOAL_EDGES:
      return self->edges;
    case BW_GOAL_MODULES:
      return self->modules;
    case BW_GOAL_CHANNELS:
      return CHANNEL_COHESION * self->channels;
    case BW_GOAL_WIRES:
    case BW_GOAL_ROOM:
    case BW_GOAL_CONSTRAINTS:
    case BW_GOAL_STAY:
    case BW_N_GOALS:
    default:
      return NAN;
    }
}

const char *const *
bw_weight_names (void)
{
  return names;
}

BwWeight
bw_weight_from_name (const char *name)
{
  BwWeight weight = 0;

  while (weight < BW_N_WEIGHTS && !g_str_equal (name, names[weight]))
    weight++;
  return weight;
}

gboolean
bw_weight_is_length (BwWeight weight)
{
  return weight >= BW_WEIGHT_GRID;
}
