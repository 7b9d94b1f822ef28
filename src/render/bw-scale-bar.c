/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-scale-bar.h"

#include <math.h>

double
bw_scale_bar_length (double px_per_unit,
                     double most_px)
{
  double most = most_px / px_per_unit;
  int power = (int) floor (log10 (most));
  /* A power of ten below one is not exact, one above is. */
  double ten = power < 0 ? 1 / pow (10, -power) : pow (10, power);

  if (5 * ten <= most)
    return 5 * ten;
  return 2 * ten <= most ? 2 * ten : ten;
}
