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
  int side;                     /* that charge and field are of: one side at a time */
  float *fixed[BW_N_SIDES];     /* what is taken for good, of each bin, in [0, 1] */
  double *field_x;
  double *field_y;              /* the charge, until the field is solved */
} BwDensity;

/* False when out of memory. */
bool   bw_density_init      (BwDensity       *self,
                             uint32_t         size,
                             double           width_mm,
                             double           height_mm);
void   bw_density_clear     (BwDensity       *self);
void   bw_density_lay       (BwDensity       *self,
                             BwWorkspace     *workspace);

/* Fixed charge fills a bin at most once. */
void   bw_density_reset     (BwDensity       *self);
void   bw_density_add_fixed (BwDensity       *self,
                             const BwCharge  *charge);
double bw_density_free_mm2  (const BwDensity *self,
                             int              side);

/* What is fixed on a side, to which charges are added; the field follows with
 * bw_density_solve(). */
void   bw_density_begin     (BwDensity       *self,
                             int              side);
void   bw_density_add       (BwDensity       *self,
                             const BwCharge  *charge);

/* The area by which bins are overfull with what was added by now. */
double bw_density_over_mm2  (const BwDensity *self);
void   bw_density_solve     (BwDensity       *self);

/* Adds the force on a rectangle of charge. */
void   bw_density_force     (const BwDensity *self,
                             const BwCharge  *charge,
                             double          *fx,
                             double          *fy);
