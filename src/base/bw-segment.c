/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/bw-segment.h"

#include <math.h>

#include "base/bw-polygon.h"

double
bw_segment_to_point_nm (BwPoint a,
                        BwPoint b,
                        BwPoint point)
{
  double dx = (double) b.x_nm - a.x_nm, dy = (double) b.y_nm - a.y_nm;
  double px = (double) point.x_nm - a.x_nm, py = (double) point.y_nm - a.y_nm;
  double square = dx * dx + dy * dy;
  double t = square > 0.0 ? fmin (fmax ((px * dx + py * dy) / square, 0.0), 1.0) : 0.0;

  px -= t * dx;
  py -= t * dy;
  return sqrt (px * px + py * py);
}

/* Positive where the point is on one side of the line from a to b, negative on the other. */
static double
turn (BwPoint a,
      BwPoint b,
      BwPoint point)
{
  return ((double) b.x_nm - a.x_nm) * ((double) point.y_nm - a.y_nm) -
         ((double) b.y_nm - a.y_nm) * ((double) point.x_nm - a.x_nm);
}

double
bw_segment_to_segment_nm (BwPoint a,
                          BwPoint b,
                          BwPoint c,
                          BwPoint d)
{
  if (turn (a, b, c) * turn (a, b, d) < 0.0 && turn (c, d, a) * turn (c, d, b) < 0.0)
    return 0.0;
  return fmin (fmin (bw_segment_to_point_nm (a, b, c), bw_segment_to_point_nm (a, b, d)),
               fmin (bw_segment_to_point_nm (c, d, a), bw_segment_to_point_nm (c, d, b)));
}

double
bw_segment_to_ring_nm (BwPoint       a,
                       BwPoint       b,
                       const BwRing *ring)
{
  double least = INFINITY;

  if (ring->n_points > 0 && bw_ring_locate_point (ring, a) >= 0)
    return 0.0;
  for (uint32_t i = 0; i < ring->n_points; i++)
    least = fmin (least, bw_segment_to_segment_nm (a, b, ring->points[i],
                                                   ring->points[(i + 1) % ring->n_points]));
  return least;
}
