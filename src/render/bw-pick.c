/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-pick.h"

#include "base/bw-polygon.h"

static double
box_area (const BwBox *box)
{
  return ((double) box->x1_nm - box->x0_nm) * ((double) box->y1_nm - box->y0_nm);
}

static gboolean
box_holds (const BwBox *box,
           BwPoint      point)
{
  return point.x_nm >= box->x0_nm && point.x_nm <= box->x1_nm && point.y_nm >= box->y0_nm
         && point.y_nm <= box->y1_nm;
}

/* `point` is in the front frame. What is drawn of a part is its near side's body. */
static gboolean
body_holds (const BwFootprint *footprint,
            BwPoint            point)
{
  if (bw_box_is_empty (&footprint->box) || !box_holds (&footprint->box, point))
    return FALSE;
  for (guint32 i = 0; i < footprint->n_body[BW_SIDE_FRONT]; i++)
    if (bw_ring_locate_point (&footprint->body[BW_SIDE_FRONT][i], point) >= 0)
      return TRUE;
  return FALSE;
}

gint32
bw_pick_footprint (const BwBoard *board,
                   const BwPose  *poses,
                   const guint8  *hidden,
                   BwSide         near,
                   BwPoint        point)
{
  gint32 found = -1;

  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      const BwFootprint *footprint = &board->footprints[i];
      BwTransform transform = bw_pose_transform (&poses[i]);

      if ((hidden && hidden[i])
          || !body_holds (footprint, bw_transform_point_back (&transform, point)))
        continue;
      if (found < 0 || (poses[i].side == near && poses[found].side != near)
          || (poses[i].side == poses[found].side
              && box_area (&footprint->box) < box_area (&board->footprints[found].box)))
        found = (gint32) i;
    }
  return found;
}
