/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-hull.h"

#include <stdlib.h>

#include "base/bw-arc.h"
#include "base/bw-math.h"

#define N_PEN_SIDES 16

static int
compare_points (gconstpointer a,
                gconstpointer b)
{
  const BwPoint *p = a, *q = b;

  if (p->x_nm != q->x_nm)
    return p->x_nm < q->x_nm ? -1 : 1;
  return p->y_nm < q->y_nm ? -1 : p->y_nm > q->y_nm;
}

static gboolean
turns_outward (const BwPoint *a,
               const BwPoint *b,
               const BwPoint *c)
{
  double abx = (double) b->x_nm - a->x_nm, aby = (double) b->y_nm - a->y_nm;
  double acx = (double) c->x_nm - a->x_nm, acy = (double) c->y_nm - a->y_nm;

  return abx * acy - aby * acx <= 0.0;
}

/* Andrew's monotone chain. */
void
bw_hull_take (GArray *points,
              guint   first)
{
  guint n = points->len - first;
  BwPoint *from = &g_array_index (points, BwPoint, first);
  g_autofree BwPoint *hull = NULL;
  guint k = 0;

  if (n < 3)
    return;
  hull = g_new (BwPoint, 2 * (gsize) n + 1);
  qsort (from, n, sizeof *from, compare_points);
  for (guint i = 0; i < n; i++)
    {
      while (k >= 2 && turns_outward (&hull[k - 2], &hull[k - 1], &from[i]))
        k--;
      hull[k++] = from[i];
    }
  for (guint i = n - 1, lower = k + 1; i-- > 0;)
    {
      while (k >= lower && turns_outward (&hull[k - 2], &hull[k - 1], &from[i]))
        k--;
      hull[k++] = from[i];
    }
  g_array_set_size (points, first);
  g_array_append_vals (points, hull, MAX (k - 1, 1));
}

/* Each corner of the hull becomes the polygon around the pen, which is never less than it. */
void
bw_hull_add_thick (GArray        *points,
                   const BwPoint *from,
                   guint          n_from,
                   gint32         width_nm)
{
  guint first = points->len;
  double radius_nm = width_nm / 2.0 / bw_cos (BW_PI / N_PEN_SIDES);
  double pen_x[N_PEN_SIDES], pen_y[N_PEN_SIDES];
  g_autofree BwPoint *corners = NULL;
  guint n_corners;

  g_array_append_vals (points, from, n_from);
  bw_hull_take (points, first);
  if (width_nm <= 0 || n_from == 0)
    return;
  for (guint k = 0; k < N_PEN_SIDES; k++)
    {
      double s, c;

      bw_sincos ((2 * k + 1) * BW_PI / N_PEN_SIDES, &s, &c);
      pen_x[k] = radius_nm * c;
      pen_y[k] = radius_nm * s;
    }
  n_corners = points->len - first;
  corners = g_memdup2 (&g_array_index (points, BwPoint, first), n_corners * sizeof (BwPoint));
  g_array_set_size (points, first);
  for (guint i = 0; i < n_corners; i++)
    for (guint k = 0; k < N_PEN_SIDES; k++)
      {
        BwPoint point = bw_point_round (corners[i].x_nm + pen_x[k], corners[i].y_nm + pen_y[k]);

        g_array_append_val (points, point);
      }
}
