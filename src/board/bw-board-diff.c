/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-board-diff.h"

static BwPartChange
compare (const BwFootprint *before,
         const BwFootprint *after)
{
  const BwPose *p = &before->pose, *q = &after->pose;
  gboolean flipped = p->side != q->side;
  gint32 turned = bw_cdeg_normalize ((gint64) q->rotation_cdeg -
                                     (flipped ? -p->rotation_cdeg : p->rotation_cdeg));

  return (BwPartChange) {
    .key = before->key,
    .before = before,
    .after = after,
    .moved = p->at.x_nm != q->at.x_nm || p->at.y_nm != q->at.y_nm,
    .flipped = flipped,
    .turned_cdeg = turned > BW_FULL_TURN_CDEG / 2 ? turned - BW_FULL_TURN_CDEG : turned,
  };
}

GArray *
bw_board_diff (const BwBoard *before,
               const BwBoard *after)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (BwPartChange));

  g_return_val_if_fail (before != NULL, changes);
  g_return_val_if_fail (after != NULL, changes);

  for (guint32 i = 0; i < before->n_footprints; i++)
    {
      const BwFootprint *footprint = &before->footprints[i];
      gint32 other = bw_board_find (after, footprint->key);
      BwPartChange change = { .key = footprint->key, .before = footprint };

      if (other >= 0)
        change = compare (footprint, &after->footprints[other]);
      if (other < 0 || change.moved || change.flipped || change.turned_cdeg != 0)
        g_array_append_val (changes, change);
    }
  for (guint32 i = 0; i < after->n_footprints; i++)
    {
      const BwFootprint *footprint = &after->footprints[i];
      BwPartChange change = { .key = footprint->key, .after = footprint };

      if (bw_board_find (before, footprint->key) < 0)
        g_array_append_val (changes, change);
    }
  return changes;
}
