/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Circular arcs and Bezier curves as chains of points. Pure; the same points on every machine. */

#pragma once

#include "base/bw-geometry.h"

/* An arc about (x, y) that starts at `start_rad` and turns by `sweep_rad`; angles grow from the
 * x axis towards the y axis (clockwise as seen). |sweep| <= 2 pi. */
typedef struct
{
  double x_nm;
  double y_nm;
  double radius_nm;
  double start_rad;
  double sweep_rad;
} BwArc;

/* The arc from `start` to `end` by way of `mid`. False where the three are (nearly) in line or
 * two coincide: draw the chord then. start = end is a full circle through `mid`. */
bool     bw_arc_from_points (BwPoint      start,
                             BwPoint      mid,
                             BwPoint      end,
                             BwArc       *arc_out);

/* The arc about `center` that begins at `start`; a sweep beyond a full turn is cut to one. */
BwArc    bw_arc_from_center (BwPoint      center,
                             BwPoint      start,
                             double       sweep_rad);

/* How many chords follow the arc to within `chord_error_nm`: 1 to BW_ARC_MAX_STEPS. */
uint32_t bw_arc_n_steps     (const BwArc *arc,
                             double       chord_error_nm);
#define BW_ARC_MAX_STEPS 2048

/* Point `i` of 0 to `n_steps`. */
BwPoint  bw_arc_point       (const BwArc *arc,
                             uint32_t     i,
                             uint32_t     n_steps);

/* Chords for a cubic Bezier curve: 1 to BW_ARC_MAX_STEPS. */
uint32_t bw_curve_n_steps   (const BwPoint controls[4],
                             double        chord_error_nm);
BwPoint  bw_curve_point     (const BwPoint controls[4],
                             uint32_t      i,
                             uint32_t      n_steps);

/* A point of double coordinates, rounded and clamped to the coordinate range. */
BwPoint  bw_point_round     (double       x_nm,
                             double       y_nm);
