/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-density.h"

#include <math.h>
#include <string.h>

#include "base/bw-math.h"

/* A rectangle narrower than this many bins is widened, its charge kept, so that the force on it
 * does not depend on where in a bin it lies. */
#define LEAST_BINS 1.4142135623730951

bool
bw_density_init (BwDensity *self,
                 uint32_t   size,
                 double     width_mm,
                 double     height_mm)
{
  memset (self, 0, sizeof *self);
  self->size = size;
  self->bin_w = width_mm / size;
  self->bin_h = height_mm / size;
  return bw_dct_init (&self->dct, size);
}

void
bw_density_clear (BwDensity *self)
{
  bw_dct_clear (&self->dct);
}

void
bw_density_lay (BwDensity   *self,
                BwWorkspace *workspace)
{
  size_t n = (size_t) self->size * self->size;

  bw_dct_lay (&self->dct, workspace);
  for (int side = 0; side < BW_N_SIDES; side++)
    self->fixed[side] = bw_workspace_take (workspace, n, sizeof (float));
  self->field_x = bw_workspace_take (workspace, n, sizeof (double));
  self->field_y = bw_workspace_take (workspace, n, sizeof (double));
}

void
bw_density_reset (BwDensity *self)
{
  for (int side = 0; side < BW_N_SIDES; side++)
    memset (self->fixed[side], 0, (size_t) self->size * self->size * sizeof (float));
}

/* The bins that a rectangle reaches, its edges in bins, and its charge for each bin's area. */
typedef struct
{
  double x0;
  double x1;
  double y0;
  double y1;
  int column0;
  int column1;
  int row0;
  int row1;
  double density;
} Footprint;

static int
clamp_bin (double position,
           uint32_t size)
{
  return position <= 0.0 ? 0 : position >= size ? (int) size - 1 : (int) floor (position);
}

static Footprint
footprint_of (const BwDensity *self,
              const BwCharge  *charge,
              bool             widen)
{
  double least_w = widen ? LEAST_BINS * self->bin_w : 0.0;
  double least_h = widen ? LEAST_BINS * self->bin_h : 0.0;
  double w = charge->w > least_w ? charge->w : least_w;
  double h = charge->h > least_h ? charge->h : least_h;
  Footprint f = {
    .x0 = (charge->x - 0.5 * w) / self->bin_w,
    .x1 = (charge->x + 0.5 * w) / self->bin_w,
    .y0 = (charge->y - 0.5 * h) / self->bin_h,
    .y1 = (charge->y + 0.5 * h) / self->bin_h,
    .density = w > 0.0 && h > 0.0 ? charge->w * charge->h / (w * h) : 0.0,
  };

  f.column0 = clamp_bin (f.x0, self->size);
  f.column1 = clamp_bin (f.x1, self->size);
  f.row0 = clamp_bin (f.y0, self->size);
  f.row1 = clamp_bin (f.y1, self->size);
  return f;
}

static double
shared_length (double low,
               double high,
               int    bin)
{
  double from = low > bin ? low : bin;
  double to = high < bin + 1 ? high : bin + 1;

  return to > from ? to - from : 0.0;
}

void
bw_density_add_fixed (BwDensity      *self,
                      const BwCharge *charge)
{
  Footprint f = footprint_of (self, charge, false);

  for (int side = 0; side < BW_N_SIDES; side++)
    for (int row = f.row0; row <= f.row1 && (charge->sides >> side & 1) != 0; row++)
      {
        float *bins = self->fixed[side] + (size_t) row * self->size;
        double height = shared_length (f.y0, f.y1, row) * f.density;

        for (int column = f.column0; column <= f.column1; column++)
          {
            double full = (double) bins[column] + height * shared_length (f.x0, f.x1, column);

            bins[column] = (float) (full > 1.0 ? 1.0 : full);
          }
      }
}

double
bw_density_free_mm2 (const BwDensity *self,
                     int              side)
{
  size_t n = (size_t) self->size * self->size;
  double sum = 0.0;

  for (size_t i = 0; i < n; i++)
    sum += 1.0 - (double) self->fixed[side][i];
  return sum * self->bin_w * self->bin_h;
}

void
bw_density_begin (BwDensity *self,
                  int        side)
{
  size_t n = (size_t) self->size * self->size;

  self->side = side;
  for (size_t i = 0; i < n; i++)
    self->field_y[i] = (double) self->fixed[side][i];
}

void
bw_density_add (BwDensity      *self,
                const BwCharge *charge)
{
  Footprint f = footprint_of (self, charge, true);

  for (int row = f.row0; row <= f.row1; row++)
    {
      double height = shared_length (f.y0, f.y1, row) * f.density;
      double *bins = self->field_y + (size_t) row * self->size;

      for (int column = f.column0; column <= f.column1; column++)
        bins[column] += height * shared_length (f.x0, f.x1, column);
    }
}

double
bw_density_over_mm2 (const BwDensity *self)
{
  size_t n = (size_t) self->size * self->size;
  double overfull = 0.0;

  for (size_t i = 0; i < n; i++)
    overfull += self->field_y[i] > 1.0 ? self->field_y[i] - 1.0 : 0.0;
  return overfull * self->bin_w * self->bin_h;
}

/* Potential: each coefficient of the charge over its squared wave number; the field is minus the
 * gradient of that. */
void
bw_density_solve (BwDensity *self)
{
  uint32_t size = self->size;
  double *charge = self->field_y;

  bw_dct_forward (&self->dct, charge);
  for (uint32_t v = 0; v < size; v++)
    for (uint32_t u = 0; u < size; u++)
      {
        size_t i = (size_t) v * size + u;
        double wave_x = BW_PI * u / (size * self->bin_w);
        double wave_y = BW_PI * v / (size * self->bin_h);
        double square = wave_x * wave_x + wave_y * wave_y;
        double scale = (u == 0 ? 1.0 : 2.0) * (v == 0 ? 1.0 : 2.0) / ((double) size * size);
        double potential = i == 0 ? 0.0 : charge[i] * scale / square;

        self->field_x[i] = potential * wave_x;
        charge[i] = potential * wave_y;
      }
  bw_dct_sum (&self->dct, self->field_x, BW_DCT_COSINE, BW_DCT_SINE);
  bw_dct_sum (&self->dct, self->field_y, BW_DCT_SINE, BW_DCT_COSINE);
}

void
bw_density_force (const BwDensity *self,
                  const BwCharge  *charge,
                  double          *fx,
                  double          *fy)
{
  Footprint f = footprint_of (self, charge, true);

  for (int row = f.row0; row <= f.row1; row++)
    {
      double height = shared_length (f.y0, f.y1, row) * f.density;
      size_t first = (size_t) row * self->size;

      for (int column = f.column0; column <= f.column1; column++)
        {
          double share = height * shared_length (f.x0, f.x1, column);

          *fx += share * self->field_x[first + (size_t) column];
          *fy += share * self->field_y[first + (size_t) column];
        }
    }
}
