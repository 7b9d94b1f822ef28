/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-placed-body.h"

static void
add_ring (BwBox             *box,
          const BwRing      *ring,
          const BwTransform *transform)
{
  for (guint i = 0; i < ring->n_points; i++)
    bw_box_add_point (box, bw_transform_point (transform, ring->points[i]));
}

BwBox
bw_placed_body_box (const BwFootprint *footprint,
                    const BwPose      *pose)
{
  BwTransform transform = bw_pose_transform (pose);
  BwBox box = BW_BOX_EMPTY;

  for (guint side = 0; side < BW_N_SIDES; side++)
    for (guint i = 0; i < footprint->n_body[side]; i++)
      add_ring (&box, &footprint->body[side][i], &transform);
  for (guint i = 0; bw_box_is_empty (&box) && i < footprint->n_pads; i++)
    add_ring (&box, &footprint->pads[i].outline, &transform);
  if (bw_box_is_empty (&box))
    bw_box_add_point (&box, pose->at);
  return box;
}

BwBox
bw_placed_body_room (const BwBoard *board)
{
  BwBox room = BW_BOX_EMPTY;

  for (guint i = 0; i < board->n_outlines; i++)
    if (!board->outlines[i].hole)
      {
        BwBox box = bw_ring_box (&board->outlines[i].ring);

        bw_box_add_box (&room, &box);
      }
  return room;
}

gint64
bw_placed_body_edge_nm (const BwBox *room,
                        const BwBox *box,
                        BwEdge       edge)
{
  if (edge == BW_EDGE_ANY)
    edge = bw_placed_body_nearest (room, box);
  switch (edge)
    {
    case BW_EDGE_LEFT:
      return (gint64) box->x0_nm - room->x0_nm;
    case BW_EDGE_RIGHT:
      return (gint64) room->x1_nm - box->x1_nm;
    case BW_EDGE_TOP:
      return (gint64) box->y0_nm - room->y0_nm;
    case BW_EDGE_BOTTOM:
      return (gint64) room->y1_nm - box->y1_nm;
    case BW_EDGE_ANY:
    case BW_EDGE_NONE:
    default:
      return 0;
    }
}

BwEdge
bw_placed_body_nearest (const BwBox *room,
                        const BwBox *box)
{
  BwEdge nearest = BW_EDGE_LEFT;

  for (BwEdge edge = BW_EDGE_RIGHT; edge <= BW_EDGE_BOTTOM; edge++)
    if (bw_placed_body_edge_nm (room, box, edge) < bw_placed_body_edge_nm (room, box, nearest))
      nearest = edge;
  return nearest;
}
