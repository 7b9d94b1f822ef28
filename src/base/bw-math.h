/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Elementary functions that give the same bits with every compiler and C library.
 *
 * Only +, -, *, /, floor and sqrt are used, each of which IEEE 754 rounds in one way. Pure. */

#pragma once

#include <stdint.h>

#define BW_PI 3.14159265358979323846

/* Sine and cosine of hundredths of a degree; exact at multiples of 90 degrees, else within
 * 1e-15. */
void   bw_sincos_cdeg (int32_t angle_cdeg,
                       double *sin_out,
                       double *cos_out);

/* Sine and cosine of any |angle_rad| <= 1e6, within 1e-12; both at once cost as much as one. */
void   bw_sincos      (double  angle_rad,
                       double *sin_out,
                       double *cos_out);
double bw_sin         (double  angle_rad);
double bw_cos         (double  angle_rad);

/* The angle of (x, y) from the x axis, in [-pi, pi], within 1e-14; 0 for (0, 0). */
double bw_atan2       (double  y,
                       double  x);

/* e^x, relative error below 1e-14; 0 below -708, the largest double above 709. */
double bw_exp         (double  x);
