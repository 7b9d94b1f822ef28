/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "placer/bw-dct.h"

#include <stdlib.h>
#include <string.h>

#include "base/bw-math.h"

/* B. G. Lee's recursion, for a block of columns of the grid at once: what it adds and multiplies
 * are whole rows of it. As wide as that the block and its scratch stay in the cache. */
#define BLOCK_WIDTH 16

typedef void (*Transform) (const BwDct *self,
                           double      *rows,
                           size_t       stride,
                           double      *scratch,
                           size_t       scratch_stride,
                           size_t       width,
                           uint32_t     length);

bool
bw_dct_init (BwDct   *self,
             uint32_t size)
{
  uint32_t n = 0;

  self->size = size;
  self->factors = calloc (size, sizeof *self->factors);
  if (self->factors == NULL)
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
}

static const double *
factors_of (const BwDct *self,
            uint32_t     length)
{
  return self->factors + length / 2 - 1;
}

/* `rows` and `scratch` are `width` columns of grids that are as wide as their strides. */
static void
forward (const BwDct *self,
         double      *rows,
         size_t       stride,
         double      *scratch,
         size_t       scratch_stride,
         size_t       width,
         uint32_t     length)
{
  const double *factors = factors_of (self, length);
  uint32_t half = length / 2;

  if (length == 1)
    return;
  for (uint32_t i = 0; i < half; i++)
    for (size_t c = 0; c < width; c++)
      {
        double x = rows[i * stride + c];
        double y = rows[(length - 1 - i) * stride + c];

        scratch[i * scratch_stride + c] = x + y;
        scratch[(i + half) * scratch_stride + c] = (x - y) * factors[i];
      }
  forward (self, scratch, scratch_stride, rows, stride, width, half);
  forward (self, scratch + half * scratch_stride, scratch_stride, rows + half * stride, stride,
           width, half);
  for (uint32_t i = 0; i < half; i++)
    for (size_t c = 0; c < width; c++)
      {
        double next = i + 1 < half ? scratch[(i + half + 1) * scratch_stride + c] : 0.0;

        rows[2 * i * stride + c] = scratch[i * scratch_stride + c];
        rows[(2 * i + 1) * stride + c] = scratch[(i + half) * scratch_stride + c] + next;
      }
}

static void
backward (const BwDct *self,
          double      *rows,
          size_t       stride,
          double      *scratch,
          size_t       scratch_stride,
          size_t       width,
          uint32_t     length)
{
  const double *factors = factors_of (self, length);
  uint32_t half = length / 2;

  if (length == 1)
    return;
  for (uint32_t i = 0; i < half; i++)
    for (size_t c = 0; c < width; c++)
      {
        double previous = i > 0 ? rows[(2 * i - 1) * stride + c] : 0.0;

        scratch[i * scratch_stride + c] = rows[2 * i * stride + c];
        scratch[(i + half) * scratch_stride + c] = rows[(2 * i + 1) * stride + c] + previous;
      }
  backward (self, scratch, scratch_stride, rows, stride, width, half);
  backward (self, scratch + half * scratch_stride, scratch_stride, rows + half * stride, stride,
            width, half);
  for (uint32_t i = 0; i < half; i++)
    for (size_t c = 0; c < width; c++)
      {
        double x = scratch[i * scratch_stride + c];
        double y = scratch[(i + half) * scratch_stride + c] * factors[i];

        rows[i * stride + c] = x + y;
        rows[(length - 1 - i) * stride + c] = x - y;
      }
}

static size_t
block_width (const BwDct *self)
{
  return self->size < BLOCK_WIDTH ? self->size : BLOCK_WIDTH;
}

void
bw_dct_lay (BwDct       *self,
            BwWorkspace *workspace)
{
  self->scratch = bw_workspace_take (workspace, self->size * block_width (self),
                                     sizeof *self->scratch);
}

/* All columns, as many at a time as there is scratch for. */
static void
transform (const BwDct *self,
           double      *grid,
           Transform    one_block)
{
  size_t width = block_width (self);

  for (size_t c = 0; c < self->size; c += width)
    one_block (self, grid + c, self->size, self->scratch, width, width, self->size);
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
  transform (self, grid, forward);
  transpose (grid, self->size);
  transform (self, grid, forward);
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
  transform (self, grid, backward);
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
