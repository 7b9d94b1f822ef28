/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-pose-scatter.h"

#include "base/bw-random.h"

static gint32
random_between (BwRandom *random,
                gint32    first,
                gint32    last)
{
  gint64 width = (gint64) last - first + 1;

  return width < 1 ? first : (gint32) (first + (gint64) bw_random_below (random, (guint32) width));
}

void
bw_pose_scatter (const BwBoard *board,
                 guint64        seed,
                 double         flip_share,
                 BwPose        *poses)
{
  BwRandom random = bw_random_new (seed);
  BwBox box;

  g_return_if_fail (board != NULL);
  g_return_if_fail (poses != NULL || board->n_footprints == 0);

  box = bw_box_is_empty (&board->box) ? (BwBox) { 0, 0, 0, 0 } : board->box;
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      BwPose *pose = &poses[i];

      if (board->footprints[i].locked)
        continue;
      pose->at.x_nm = random_between (&random, box.x0_nm, box.x1_nm);
      pose->at.y_nm = random_between (&random, box.y0_nm, box.y1_nm);
      if (bw_random_below (&random, 2) == 0)
        pose->rotation_cdeg = (gint32) bw_random_below (&random, 4) * (BW_FULL_TURN_CDEG / 4);
      else
        pose->rotation_cdeg = (gint32) bw_random_below (&random, BW_FULL_TURN_CDEG);
      if (bw_random_double (&random) < flip_share)
        pose->side = pose->side == BW_SIDE_BACK ? BW_SIDE_FRONT : BW_SIDE_BACK;
    }
}
