/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-part-keepouts.h"

/* On which of the footprint's own sides a keepout lies, for each side of the board. */
static guint
own_side (const BwFootprint *footprint,
          guint              side)
{
  return footprint->pose.side == BW_SIDE_BACK ? BW_N_SIDES - 1 - side : side;
}

/* How many each part has on each side, and where its own begin. */
static void
share_out (BwPartKeepouts *self,
           const BwBoard  *board,
           BwProblemPart  *parts)
{
  BwRing *next = self->rings;

  for (guint i = 0; i < board->n_keepouts; i++)
    for (guint side = 0; side < BW_N_SIDES; side++)
      {
        const BwKeepout *keepout = &board->keepouts[i];

        if (keepout->footprint >= 0 && (keepout->sides >> side & 1))
          parts[keepout->footprint]
            .n_keepout[own_side (&board->footprints[keepout->footprint], side)]++;
      }
  for (guint i = 0; i < board->n_footprints; i++)
    for (guint side = 0; side < BW_N_SIDES; side++)
      {
        parts[i].keepout[side] = next;
        next += parts[i].n_keepout[side];
        parts[i].n_keepout[side] = 0;
      }
}

static BwRing
ring_in_front_frame (const BwRing *ring,
                     const BwPose *pose,
                     BwPoint      *points)
{
  BwTransform transform = bw_pose_transform (pose);

  for (guint i = 0; i < ring->n_points; i++)
    points[i] = bw_transform_point_back (&transform, ring->points[i]);
  return (BwRing) { points, ring->n_points };
}

void
bw_part_keepouts_init (BwPartKeepouts *self,
                       const BwBoard  *board,
                       BwProblemPart  *parts)
{
  gsize n_points = 0;
  BwPoint *points;

  for (guint i = 0; i < board->n_keepouts; i++)
    n_points += board->keepouts[i].ring.n_points;
  self->rings = g_new0 (BwRing, BW_N_SIDES * (gsize) board->n_keepouts + 1);
  self->points = points = g_new (BwPoint, n_points + 1);
  share_out (self, board, parts);
  for (guint i = 0; i < board->n_keepouts; i++)
    {
      const BwKeepout *keepout = &board->keepouts[i];
      const BwFootprint *footprint;
      BwRing ring;

      if (keepout->footprint < 0)
        continue;
      footprint = &board->footprints[keepout->footprint];
      ring = ring_in_front_frame (&keepout->ring, &footprint->pose, points);
      points += ring.n_points;
      for (guint side = 0; side < BW_N_SIDES; side++)
        if (keepout->sides >> side & 1)
          {
            guint own = own_side (footprint, side);
            BwProblemPart *part = &parts[keepout->footprint];

            ((BwRing *) part->keepout[own])[part->n_keepout[own]++] = ring;
          }
    }
}

void
bw_part_keepouts_clear (BwPartKeepouts *self)
{
  g_free (self->rings);
  g_free (self->points);
}
