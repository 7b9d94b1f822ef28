/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-dct.h"

#include <stdlib.h>
#include <string.h>

#include "base/bw-math.h"

/* B. G. Lee's recursion, for all columns of the grid at once: what it adds and multiplies are
 * whole rows. */

bool
bw_dct_init (BwDct   *self,
             uint32_t size)
{
  uint32_t n = 0;

  self->size = size;
  self->factors = calloc (size, sizeof *self->factors);
  self->scratch = calloc ((size_t) size * size, sizeof *self->scratch);
  if (self->factors == NULL || self->scratch == NULL)
    return false;
  for (uint32_t length = 2; length <= size; length *= 2)
    for (uint32_t i = 0; i < length / 2; i++)
      self->factors[n++] = 0.5 / bw_cos ((i + 0.5) * BW_PI / length);
  return true;
}

void
bw_dct_clear (BwDct *self)
{
  free (self->factors);
  free (self->scratch);
}

static const double *
factors_of (const BwDct *self,
            uint32_t     length)
{
  return self->factors + length / 2 - 1;
}

static void
forward (const BwDct *self,
         double      *rows,
         double      *scratch,
         uint32_t     length)
{
  const double *factors = factors_of (self, length);
  uint32_t half = length / 2;
  size_t n = self->size;

  if (length == 1)
    return;
  for (uint32_t i = 0; i < half; i++)
    for (size_t c = 0; c < n; c++)
      {
        double x = rows[i * n + c];
        double y = rows[(length - 1 - i) * n + c];

        scratch[i * n + c] = x + y;
        scratch[(i + half) * n + c] = (x - y) * factors[i];
      }
  forward (self, scratch, rows, half);
  forward (self, scratch + half * n, rows, half);
  for (uint32_t i = 0; i < half; i++)
    for (size_t c = 0; c < n; c++)
      {
        double next = i + 1 < half ? scratch[(i + half + 1) * n + c] : 0.0;

        rows[2 * i * n + c] = scratch[i * n + c];
        rows[(2 * i + 1) * n + c] = scratch[(i + half) * n + c] + next;
      }
}

static void
backward (const BwDct *self,
          double      *rows,
          double      *scratch,
          uint32_t     length)
{
  const double *factors = factors_of (self, length);
  uint32_t half = length / 2;
  size_t n = self->size;

  if (length == 1)
    return;
  for (uint32_t i = 0; i < half; i++)
    for (size_t c = 0; c < n; c++)
      {
        double previous = i > 0 ? rows[(2 * i - 1) * n + c] : 0.0;

        scratch[i * n + c] = rows[2 * i * n + c];
        scratch[(i + half) * n + c] = rows[(2 * i + 1) * n + c] + previous;
      }
  backward (self, scratch, rows, half);
  backward (self, scratch + half * n, rows, half);
  for (uint32_t i = 0; i < half; i++)
    for (size_t c = 0; c < n; c++)
      {
        double x = scratch[i * n + c];
        double y = scratch[(i + half) * n + c] * factors[i];

        rows[i * n + c] = x + y;
        rows[(length - 1 - i) * n + c] = x - y;
      }
}

static void
transpose (double  *grid,
           uint32_t size)
{
  for (uint32_t r = 0; r < size; r++)
    for (uint32_t c = r + 1; c < size; c++)
      {
        double x = grid[(size_t) r * size + c];

        grid[(size_t) r * size + c] = grid[(size_t) c * size + r];
        grid[(size_t) c * size + r] = x;
      }
}

void
bw_dct_forward (BwDct  *self,
                double *grid)
{
  forward (self, grid, self->scratch, self->size);
  transpose (grid, self->size);
  forward (self, grid, self->scratch, self->size);
  transpose (grid, self->size);
}

/* sin (pi u (r + 1/2) / n) is (-1)^r cos (pi (n - u) (r + 1/2) / n): a sine sum is a cosine sum
 * of the coefficients in reverse order. */
static void
reverse_rows (double  *grid,
              uint32_t size)
{
  memset (grid, 0, size * sizeof *grid);
  for (uint32_t low = 1, high = size - 1; low < high; low++, high--)
    for (uint32_t c = 0; c < size; c++)
      {
        double x = grid[(size_t) low * size + c];

        grid[(size_t) low * size + c] = grid[(size_t) high * size + c];
        grid[(size_t) high * size + c] = x;
      }
}

static void
negate_odd_rows (double  *grid,
                 uint32_t size)
{
  for (uint32_t r = 1; r < size; r += 2)
    for (uint32_t c = 0; c < size; c++)
      grid[(size_t) r * size + c] = -grid[(size_t) r * size + c];
}

static void
sum_along_rows (BwDct    *self,
                double   *grid,
                BwDctKind kind)
{
  if (kind == BW_DCT_SINE)
    reverse_rows (grid, self->size);
  backward (self, grid, self->scratch, self->size);
  if (kind == BW_DCT_SINE)
    negate_odd_rows (grid, self->size);
}

void
bw_dct_sum (BwDct     *self,
            double    *grid,
            BwDctKind  rows,
            BwDctKind  columns)
{
  sum_along_rows (self, grid, rows);
  transpose (grid, self->size);
  sum_along_rows (self, grid, columns);
  transpose (grid, self->size);
}
