/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-hand-group.h"

#define QUARTER_TURN_CDEG (BW_FULL_TURN_CDEG / 4)

static gint32
clamp_nm (gint64 value_nm)
{
  return (gint32) CLAMP (value_nm, -BW_COORD_MAX_NM, BW_COORD_MAX_NM);
}

BwPoint
bw_hand_group_middle (const BwBoard *board,
                      const guint32 *parts,
                      const BwPose  *poses,
                      guint          n)
{
  BwBox box = BW_BOX_EMPTY;

  for (guint i = 0; i < n; i++)
    {
      const BwBox *own = &board->footprints[parts[i]].box;
      BwTransform transform = bw_pose_transform (&poses[i]);

      bw_box_add_point (&box, poses[i].at);
      for (int corner = 0; corner < 4 && !bw_box_is_empty (own); corner++)
        bw_box_add_point (&box, bw_transform_point (
          &transform, (BwPoint) { corner & 1 ? own->x1_nm : own->x0_nm,
                                  corner & 2 ? own->y1_nm : own->y0_nm }));
    }
  return (BwPoint) { (gint32) (((gint64) box.x0_nm + box.x1_nm) / 2),
                     (gint32) (((gint64) box.y0_nm + box.y1_nm) / 2) };
}

BwPoint
bw_hand_group_shift (BwPoint at,
                     gint64  dx_nm,
                     gint64  dy_nm)
{
  return (BwPoint) { clamp_nm (at.x_nm + dx_nm), clamp_nm (at.y_nm + dy_nm) };
}

BwPose
bw_hand_group_turn (BwPose  pose,
                    BwPoint middle)
{
  gint64 dx_nm = (gint64) pose.at.x_nm - middle.x_nm;
  gint64 dy_nm = (gint64) pose.at.y_nm - middle.y_nm;

  pose.at = (BwPoint) { clamp_nm (middle.x_nm + dy_nm), clamp_nm (middle.y_nm - dx_nm) };
  pose.rotation_cdeg = bw_cdeg_normalize (pose.rotation_cdeg + QUARTER_TURN_CDEG);
  return pose;
}

/* A part on the back is mirrored about its x axis, the group about the y axis: half a turn lies
 * between the two. */
BwPose
bw_hand_group_flip (BwPose  pose,
                    BwPoint middle)
{
  pose.at.x_nm = clamp_nm (2 * (gint64) middle.x_nm - pose.at.x_nm);
  pose.rotation_cdeg = bw_cdeg_normalize (BW_FULL_TURN_CDEG / 2 - pose.rotation_cdeg);
  pose.side = pose.side == BW_SIDE_FRONT ? BW_SIDE_BACK : BW_SIDE_FRONT;
  return pose;
}
