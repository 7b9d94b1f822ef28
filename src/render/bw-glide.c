/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-glide.h"

#include <math.h>

/* In this time a part goes all of its way but 1/e. */
#define TIME_MS 120.0
/* Diagonals of the board in a second: 4.5 % in a thirtieth of one. */
#define FASTEST_PER_S 1.35
/* Diagonals: what is left of a way is not worth another picture. */
#define NEAR 0.001

gboolean
bw_glide_step (BwPose       *drawn,
               const BwPose *target,
               const guint8 *held,
               guint32       n,
               double        diagonal_nm,
               double        passed_ms)
{
  double share = 1.0 - exp (-passed_ms / TIME_MS);
  double most_nm = FASTEST_PER_S * diagonal_nm * passed_ms / 1000.0;
  gboolean moving = FALSE;

  for (guint32 i = 0; i < n; i++)
    {
      BwPoint from = drawn[i].at;
      double dx_nm = (double) target[i].at.x_nm - from.x_nm;
      double dy_nm = (double) target[i].at.y_nm - from.y_nm;
      double way_nm = sqrt (dx_nm * dx_nm + dy_nm * dy_nm);
      double step;

      drawn[i] = target[i];
      if (way_nm <= NEAR * diagonal_nm || most_nm <= 0.0 || (held != NULL && held[i]))
        continue;
      step = MIN (share, most_nm / way_nm);
      drawn[i].at.x_nm = (gint32) (from.x_nm + lround (step * dx_nm));
      drawn[i].at.y_nm = (gint32) (from.y_nm + lround (step * dy_nm));
      moving = TRUE;
    }
  return moving;
}
