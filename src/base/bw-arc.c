/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/bw-arc.h"

#include <math.h>

#include "base/bw-math.h"

/* Beyond this an arc between points of the coordinate range is a line to the eye. */
#define MAX_RADIUS_NM 1e11

static int32_t
round_coord (double value_nm)
{
  if (!(value_nm > -BW_COORD_MAX_NM))
    return value_nm == value_nm ? -BW_COORD_MAX_NM : 0;
  if (value_nm > BW_COORD_MAX_NM)
    return BW_COORD_MAX_NM;
  return (int32_t) (value_nm < 0.0 ? value_nm - 0.5 : value_nm + 0.5);
}

BwPoint
bw_point_round (double x_nm,
                double y_nm)
{
  return (BwPoint) { round_coord (x_nm), round_coord (y_nm) };
}

static double
length (double x,
        double y)
{
  return sqrt (x * x + y * y);
}

bool
bw_arc_from_points (BwPoint start,
                    BwPoint mid,
                    BwPoint end,
                    BwArc  *arc_out)
{
  double mx = (double) mid.x_nm - start.x_nm;
  double my = (double) mid.y_nm - start.y_nm;
  double ex = (double) end.x_nm - start.x_nm;
  double ey = (double) end.y_nm - start.y_nm;
  double cross = mx * ey - my * ex;
  double cx, cy, radius, from, by_way, to;

  if (ex == 0.0 && ey == 0.0)
    {
      cx = mx / 2.0;
      cy = my / 2.0;
      radius = length (cx, cy);
      if (radius < 1.0)
        return false;
      *arc_out = (BwArc) { start.x_nm + cx, start.y_nm + cy, radius,
                           bw_atan2 (-cy, -cx), 2.0 * BW_PI };
      return true;
    }
  if (cross == 0.0)
    return false;

  cx = ((mx * mx + my * my) * ey - (ex * ex + ey * ey) * my) / (2.0 * cross);
  cy = ((ex * ex + ey * ey) * mx - (mx * mx + my * my) * ex) / (2.0 * cross);
  radius = length (cx, cy);
  if (!(radius >= 1.0 && radius < MAX_RADIUS_NM))
    return false;

  from = bw_atan2 (-cy, -cx);
  by_way = bw_atan2 (my - cy, mx - cx) - from;
  to = bw_atan2 (ey - cy, ex - cx) - from;
  if (by_way < 0.0)
    by_way += 2.0 * BW_PI;
  if (to < 0.0)
    to += 2.0 * BW_PI;
  *arc_out = (BwArc) { start.x_nm + cx, start.y_nm + cy, radius, from,
                       by_way <= to ? to : to - 2.0 * BW_PI };
  return true;
}

BwArc
bw_arc_from_center (BwPoint center,
                    BwPoint start,
                    double  sweep_rad)
{
  double x = (double) start.x_nm - center.x_nm;
  double y = (double) start.y_nm - center.y_nm;

  if (!(sweep_rad < 2.0 * BW_PI))
    sweep_rad = 2.0 * BW_PI;
  else if (sweep_rad < -2.0 * BW_PI)
    sweep_rad = -2.0 * BW_PI;
  return (BwArc) { center.x_nm, center.y_nm, length (x, y), bw_atan2 (y, x), sweep_rad };
}

uint32_t
bw_arc_n_steps (const BwArc *arc,
                double       chord_error_nm)
{
  /* A chord of angle s is off by r (1 - cos (s / 2)) <= r s^2 / 8. */
  double step, n;

  if (!(arc->radius_nm > chord_error_nm))
    step = BW_PI / 2.0;
  else
    step = sqrt (8.0 * chord_error_nm / arc->radius_nm);
  if (step > BW_PI / 4.0)
    step = BW_PI / 4.0;
  n = floor (fabs (arc->sweep_rad) / step) + 1.0;
  return n < BW_ARC_MAX_STEPS ? (uint32_t) n : BW_ARC_MAX_STEPS;
}

BwPoint
bw_arc_point (const BwArc *arc,
              uint32_t     i,
              uint32_t     n_steps)
{
  double s, c;

  bw_sincos (arc->start_rad + arc->sweep_rad * (double) i / (double) n_steps, &s, &c);
  return bw_point_round (arc->x_nm + arc->radius_nm * c, arc->y_nm + arc->radius_nm * s);
}

uint32_t
bw_curve_n_steps (const BwPoint controls[4],
                  double        chord_error_nm)
{
  double bend = 0.0, n;

  /* n chords of a cubic are off by at most (3 / 4) max |second difference| / n^2. */
  for (int i = 0; i < 2; i++)
    {
      double x = (double) controls[i].x_nm - 2.0 * controls[i + 1].x_nm + controls[i + 2].x_nm;
      double y = (double) controls[i].y_nm - 2.0 * controls[i + 1].y_nm + controls[i + 2].y_nm;
      double bend_here = length (x, y);

      if (bend_here > bend)
        bend = bend_here;
    }
  n = floor (sqrt (0.75 * bend / chord_error_nm)) + 1.0;
  return n < BW_ARC_MAX_STEPS ? (uint32_t) n : BW_ARC_MAX_STEPS;
}

BwPoint
bw_curve_point (const BwPoint controls[4],
                uint32_t      i,
                uint32_t      n_steps)
{
  double t = (double) i / (double) n_steps;
  double u = 1.0 - t;
  double a = u * u * u;
  double b = 3.0 * u * u * t;
  double c = 3.0 * u * t * t;
  double d = t * t * t;

  return bw_point_round (a * controls[0].x_nm + b * controls[1].x_nm + c * controls[2].x_nm +
                           d * controls[3].x_nm,
                         a * controls[0].y_nm + b * controls[1].y_nm + c * controls[2].y_nm +
                           d * controls[3].y_nm);
}
