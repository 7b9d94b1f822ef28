/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Density as electric charge: on each side of the board, bodies are charge spread over a grid of
 * bins, and the field of that charge pushes them from where there is too much to where there is
 * too little (Poisson's equation with walls, solved by cosine sums). */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bw-geometry.h"
#include "placer/bw-dct.h"

/* A rectangle of charge, in mm from the corner of the grid. */
typedef struct
{
  double x;      /* centre */
  double y;
  double w;
  double h;
  uint8_t sides; /* bit BwSide */
} BwCharge;

typedef struct
{
  BwDct dct;
  uint32_t size;                /* bins along each axis */
  double bin_w;
  double bin_h;
  float *fixed[BW_N_SIDES];     /* what is taken for good, of each bin, in [0, 1] */
  double *field_x[BW_N_SIDES];
  double *field_y[BW_N_SIDES];  /* the charge, until the field is solved */
} BwDensity;

/* False when out of memory. */
bool   bw_density_init      (BwDensity       *self,
                             uint32_t         size,
                             double           width_mm,
                             double           height_mm);
void   bw_density_clear     (BwDensity       *self);

/* Fixed charge fills a bin at most once. */
void   bw_density_reset     (BwDensity       *self);
void   bw_density_add_fixed (BwDensity       *self,
                             const BwCharge  *charge);
double bw_density_free_mm2  (const BwDensity *self,
                             int              side);

/* Charge of n rectangles and what is fixed; the field follows with bw_density_solve(). Returns
 * the area in mm^2 by which bins are overfull with the first `n_bodies` of them. */
double bw_density_spread    (BwDensity       *self,
                             const BwCharge  *charges,
                             uint32_t         n_bodies,
                             uint32_t         n_charges,
                             uint8_t          sides);
void   bw_density_solve     (BwDensity       *self,
                             uint8_t          sides);

/* The force on a rectangle of charge. */
void   bw_density_force     (const BwDensity *self,
                             const BwCharge  *charge,
                             double          *fx_out,
                             double          *fy_out);
