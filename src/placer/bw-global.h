/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Global placement: smooth wirelength against density, by Nesterov's accelerated gradient steps,
 * with a choice of rotations every few steps. Fillers take the free room, so that bodies do not
 * spread further than they have to. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bw-random.h"
#include "placer/bw-density.h"
#include "placer/bw-scene.h"
#include "placer/bw-vector.h"
#include "placer/bw-wirelength.h"

/* What a part is charged on, with its gap, in mm. */
typedef struct
{
  double w;
  double h;
  uint8_t sides;           /* bit BwSide; none of what is fixed */
} BwExtent;

typedef struct
{
  BwModel *model;
  BwLayout *layout;        /* follows each step */
  BwRandom *random;
  BwDensity density;
  BwWirelength wirelength;
  uint32_t n_nodes;        /* parts, then fillers */
  uint32_t max_nodes;
  double filler_mm;
  BwExtent *extents;       /* of each part */
  uint32_t first_below;    /* filler of the bottom side: the last ones */
  uint8_t sides;           /* that have bodies which move */
  double width_mm;
  double height_mm;
  double body_mm2;
  BwVector u;              /* where nodes are */
  BwVector v;              /* where the gradient is taken */
  BwVector next_v;
  BwVector gradient;
  BwVector next_gradient;
  BwVector scratch;        /* of the parts alone */
  double lambda;           /* weight of density */
  double growth;           /* of that in a step, at most */
  double gamma_mm;
  double step;             /* length of the next one */
  double trial_step;       /* and of the one that is tried instead of one that was too long */
  uint32_t trial;
  double momentum;
  double overflow;         /* share of the bodies' area that has no room where it is */
  double length_mm;
  uint32_t n_steps;
  uint32_t max_steps;
} BwGlobal;

/* False when out of memory. */
bool     bw_global_init      (BwGlobal       *self,
                              BwModel        *model,
                              BwRandom       *random);
void     bw_global_clear     (BwGlobal       *self);

/* What is there only from a start to the last step. */
void     bw_global_lay       (BwGlobal       *self,
                              BwWorkspace    *workspace);

/* From scratch, for `n_steps` steps at most; movable parts of `layout` are gathered. */
void     bw_global_start     (BwGlobal       *self,
                              BwLayout       *layout,
                              uint32_t        n_steps);

/* One step, or a trial of one that turns out to be too long. False when bodies are spread out, or
 * after the last step. */
bool     bw_global_step      (BwGlobal       *self);

/* A part of the layout was moved, held or released from outside. */
void     bw_global_reload    (BwGlobal       *self,
                              uint32_t        part);

/* Wires have other weights. */
void     bw_global_reweigh   (BwGlobal       *self);

/* Steps of inner loops in one step(). */
uint64_t bw_global_work      (const BwGlobal *self);
