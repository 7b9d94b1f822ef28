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
  for (guint32 i = 0; i < footprint->n_silhouette; i++)
    if (bw_ring_locate_point (&footprint->silhouette[i], point) >= 0)
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

/* Whether a line from a to b has a point in the box: what is left of it between the box's sides. */
static gboolean
line_meets_box (BwPoint      a,
                BwPoint      b,
                const BwBox *box)
{
  const double from[2] = { a.x_nm, a.y_nm };
  const double step[2] = { (double) b.x_nm - a.x_nm, (double) b.y_nm - a.y_nm };
  const double low[2] = { box->x0_nm, box->y0_nm }, high[2] = { box->x1_nm, box->y1_nm };
  double begin = 0, end = 1;

  for (int axis = 0; axis < 2; axis++)
    {
      double in = (low[axis] - from[axis]) / step[axis];
      double out = (high[axis] - from[axis]) / step[axis];

      if (step[axis] == 0)
        {
          if (from[axis] < low[axis] || from[axis] > high[axis])
            return FALSE;
          continue;
        }
      begin = MAX (begin, MIN (in, out));
      end = MIN (end, MAX (in, out));
    }
  return begin <= end;
}

/* The ring is in the front frame, the box on the board. */
static gboolean
ring_touches (const BwRing      *ring,
              const BwTransform *transform,
              const BwBox       *box)
{
  BwPoint corner = bw_transform_point_back (transform, (BwPoint) { box->x0_nm, box->y0_nm });
  BwPoint last;

  if (ring->n_points == 0)
    return FALSE;
  last = bw_transform_point (transform, ring->points[ring->n_points - 1]);
  for (guint32 i = 0; i < ring->n_points; i++)
    {
      BwPoint point = bw_transform_point (transform, ring->points[i]);

      if (line_meets_box (last, point, box))
        return TRUE;
      last = point;
    }
  return bw_ring_locate_point (ring, corner) >= 0;
}

static gboolean
ring_is_within (const BwRing      *ring,
                const BwTransform *transform,
                const BwBox       *box)
{
  for (guint32 i = 0; i < ring->n_points; i++)
    if (!box_holds (box, bw_transform_point (transform, ring->points[i])))
      return FALSE;
  return TRUE;
}

static gboolean
body_is_chosen (const BwFootprint *footprint,
                const BwPose      *pose,
                const BwBox       *box,
                gboolean           touching)
{
  BwTransform transform = bw_pose_transform (pose);
  const BwRing *rings = footprint->silhouette;
  guint32 n_rings = footprint->n_silhouette;
  guint32 n_chosen = 0;

  for (guint32 i = 0; i < n_rings; i++)
    n_chosen += touching ? ring_touches (&rings[i], &transform, box)
                         : ring_is_within (&rings[i], &transform, box);
  return n_chosen > 0 && (touching || n_chosen == n_rings);
}

void
bw_pick_box (const BwBoard *board,
             const BwPose  *poses,
             const guint8  *hidden,
             const BwBox   *box,
             gboolean       touching,
             guint8        *flags_out)
{
  for (guint32 i = 0; i < board->n_footprints; i++)
    flags_out[i] = (!hidden || !hidden[i])
                   && body_is_chosen (&board->footprints[i], &poses[i], box, touching);
}

gint32
bw_pick_pad (const BwFootprint *footprint,
             const BwPose      *pose,
             BwPoint            point)
{
  BwTransform transform = bw_pose_transform (pose);
  BwPoint local = bw_transform_point_back (&transform, point);
  double least_area = G_MAXDOUBLE;
  gint32 found = -1;

  for (guint32 i = 0; i < footprint->n_pads; i++)
    {
      BwBox box = bw_ring_box (&footprint->pads[i].outline);

      if (!bw_box_is_empty (&box) && box_area (&box) < least_area
          && bw_ring_locate_point (&footprint->pads[i].outline, local) >= 0)
        {
          least_area = box_area (&box);
          found = (gint32) i;
        }
    }
  return found;
}
