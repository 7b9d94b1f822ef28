/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/bw-math.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/bw-geometry.h"

#define QUARTER_TURN_CDEG (BW_FULL_TURN_CDEG / 4)
#define LN2 0.69314718055994530942
/* ln 2 in two parts, the first with trailing zero bits, so that k * LN2_HIGH is exact. */
#define LN2_HIGH 0.693147180369123816490
#define LN2_LOW 1.90821492927058770002e-10

/* Taylor series on [-pi/4, pi/4], where the first term left out is below 1e-17. */
static double
sin_reduced (double x)
{
  double square = x * x;
  double term = x;
  double sum = x;

  for (int k = 1; k <= 9; k++)
    {
      term *= -square / (double) ((2 * k) * (2 * k + 1));
      sum += term;
    }
  return sum;
}

static double
cos_reduced (double x)
{
  double square = x * x;
  double term = 1.0;
  double sum = 1.0;

  for (int k = 1; k <= 9; k++)
    {
      term *= -square / (double) ((2 * k - 1) * (2 * k));
      sum += term;
    }
  return sum;
}

/* Turns the values for the rest of a quarter turn into those for `quarter` more quarters. */
static void
turn_quarters (int64_t quarter,
               double  s,
               double  c,
               double *sin_out,
               double *cos_out)
{
  switch (quarter & 3)
    {
    case 0:
      *sin_out = s;
      *cos_out = c;
      break;
    case 1:
      *sin_out = c;
      *cos_out = -s;
      break;
    case 2:
      *sin_out = -s;
      *cos_out = -c;
      break;
    default:
      *sin_out = -c;
      *cos_out = s;
      break;
    }
}

void
bw_sincos_cdeg (int32_t angle_cdeg,
                double *sin_out,
                double *cos_out)
{
  int32_t normal = bw_cdeg_normalize (angle_cdeg);
  int32_t quarter = (normal + QUARTER_TURN_CDEG / 2) / QUARTER_TURN_CDEG;
  double rest = (normal - quarter * QUARTER_TURN_CDEG) * (BW_PI / 18000.0);

  turn_quarters (quarter, sin_reduced (rest), cos_reduced (rest), sin_out, cos_out);
}

void
bw_sincos (double  angle_rad,
           double *sin_out,
           double *cos_out)
{
  double quarter = floor (angle_rad / (BW_PI / 2.0) + 0.5);
  double rest = angle_rad - quarter * (BW_PI / 2.0);

  turn_quarters ((int64_t) quarter, sin_reduced (rest), cos_reduced (rest), sin_out, cos_out);
}

double
bw_sin (double angle_rad)
{
  double s, c;

  bw_sincos (angle_rad, &s, &c);
  return s;
}

double
bw_cos (double angle_rad)
{
  double s, c;

  bw_sincos (angle_rad, &s, &c);
  return c;
}

double
bw_atan2 (double y,
          double x)
{
  bool steep = fabs (y) > fabs (x);
  double ratio, square, term, sum;

  if (x == 0.0 && y == 0.0)
    return 0.0;

  ratio = steep ? fabs (x) / fabs (y) : fabs (y) / fabs (x);
  /* Halve the angle twice, to at most pi / 16, where twelve terms are exact to 1e-17. */
  for (int i = 0; i < 2; i++)
    ratio = ratio / (1.0 + sqrt (1.0 + ratio * ratio));
  square = ratio * ratio;
  term = ratio;
  sum = ratio;
  for (int k = 1; k <= 12; k++)
    {
      term *= -square;
      sum += term / (double) (2 * k + 1);
    }
  sum *= 4.0;

  if (steep)
    sum = BW_PI / 2.0 - sum;
  if (x < 0.0)
    sum = BW_PI - sum;
  return y < 0.0 ? -sum : sum;
}

double
bw_exp (double x)
{
  double k, rest, square, even, odd, scale;
  uint64_t bits;

  if (x < -708.0)
    return 0.0;
  if (x > 709.0)
    return DBL_MAX;

  k = floor (x / LN2 + 0.5);
  rest = (x - k * LN2_HIGH) - k * LN2_LOW;
  square = rest * rest;
  /* Taylor's series, every other term: two sums that do not wait for one another. */
  even = 1.0 / 479001600.0;
  even = even * square + 1.0 / 3628800.0;
  even = even * square + 1.0 / 40320.0;
  even = even * square + 1.0 / 720.0;
  even = even * square + 1.0 / 24.0;
  even = even * square + 0.5;
  even = even * square + 1.0;
  odd = 1.0 / 6227020800.0;
  odd = odd * square + 1.0 / 39916800.0;
  odd = odd * square + 1.0 / 362880.0;
  odd = odd * square + 1.0 / 5040.0;
  odd = odd * square + 1.0 / 120.0;
  odd = odd * square + 1.0 / 6.0;
  odd = odd * square + 1.0;

  bits = (uint64_t) ((int64_t) k + 1023) << 52;
  memcpy (&scale, &bits, sizeof scale);
  return (even + rest * odd) * scale;
}
