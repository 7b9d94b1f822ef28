/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a run weighs against wires: a value for each term of the objective. */

#pragma once

#include <math.h>

#include <glib.h>

#include "placer/bw-problem.h"

G_BEGIN_DECLS

/* In this order in BwWeights, in lists and in menus. */
typedef enum
{
  BW_WEIGHT_DECOUPLING,
  BW_WEIGHT_CRYSTALS,
  BW_WEIGHT_EDGES,
  BW_WEIGHT_ALIGNMENT,
  BW_WEIGHT_MODULES,
  BW_WEIGHT_CHANNELS,
  BW_WEIGHT_CROSSINGS,
  BW_WEIGHT_SUPPLIES,
  BW_WEIGHT_GRID,
  BW_WEIGHT_GAP,
  BW_WEIGHT_ESCAPE,
  BW_WEIGHT_MARGIN,
  BW_N_WEIGHTS,
} BwWeight;

/* A mm of a signal's wire is 1. Weights are what a mm costs in mm of wire, unless told otherwise;
 * 0 switches a term off. NAN where nothing is told. */
typedef struct
{
  double decoupling; /* from a decoupling capacitor's supply pad to the pin that it serves */
  double crystals;   /* from a crystal to each pin that it drives */
  double edges;      /* from the side that a connector's plug comes from to the edge that is nearest
                      * at the start; half of it from the far end of one that stands upright. More
                      * for those of many pads, which wires pull away from there */
  double alignment;  /* not of a mm: for each part in line with its nearest equal one, and with its
                      * nearest one of two pads and about its size */
  double modules;    /* of the half perimeter about the parts of a sheet of the schematic */
  double channels;   /* not of a mm: for each part of a channel that is laid out as another one */
  double crossings;  /* not of a mm: each of two nets' trees, where the best of several searches is
                      * chosen */
  double supplies;   /* of the wires of supplies, which reach everywhere by planes */
  double grid_mm;    /* parts end on it; large ones on five times that */
  double gap_mm;     /* wished between two bodies; no weights, these three */
  double escape_mm;  /* the same about parts of many pins, for tracks to leave them */
  double margin_mm;  /* wished between bodies and the edge */
} BwWeights;

#define BW_WEIGHT_MOST 1000.0

/* All that is not told. */
#define BW_WEIGHTS_UNTOLD \
  ((BwWeights) { NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN })

BwWeights bw_weights_default    (void);

/* What `self` tells, and of the rest what `other` does. */
BwWeights bw_weights_or         (const BwWeights *self,
                                 const BwWeights *other);

double    bw_weights_get        (const BwWeights *self,
                                 BwWeight         weight);

/* FALSE where there is no such term, or the value is no number from 0 to BW_WEIGHT_MOST. */
gboolean  bw_weights_set        (BwWeights       *self,
                                 BwWeight         weight,
                                 double           value);

/* All switched off but what keeps parts apart, and supplies. */
void      bw_weights_switch_off (BwWeights       *self);

/* Reads "decoupling=0.5,edges=0", or "none": what is not named stays as it is. FALSE where one is
 * not known or no number from 0 to BW_WEIGHT_MOST. */
gboolean  bw_weights_parse      (BwWeights       *self,
                                 const char      *text);

/* What a mm of a goal's nets costs; NAN of those that have no weight here. */
double    bw_weights_of_goal    (const BwWeights *self,
                                 BwGoal           goal);

/* Stable lower-case English names, as on the command line and the wire: "decoupling". In the order
 * of BwWeight, NULL-terminated. */
const char *const *bw_weight_names (void);

/* BW_N_WEIGHTS where there is none of that name. */
BwWeight  bw_weight_from_name   (const char      *name);

/* Whether it is a length in mm and no weight. */
gboolean  bw_weight_is_length   (BwWeight         weight);

G_END_DECLS
