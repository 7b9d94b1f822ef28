/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/bw-geometry.h"

#include <math.h>

#include "base/bw-math.h"

static int32_t
clamp_coord (double value_nm)
{
  if (!(value_nm == value_nm))
    return 0;
  if (value_nm > BW_COORD_MAX_NM)
    return BW_COORD_MAX_NM;
  if (value_nm < -BW_COORD_MAX_NM)
    return -BW_COORD_MAX_NM;
  return (int32_t) (value_nm < 0.0 ? -floor (-value_nm + 0.5) : floor (value_nm + 0.5));
}

int32_t
bw_nm_from_mm (double value_mm)
{
  return clamp_coord (value_mm * BW_NM_PER_MM);
}

int32_t
bw_cdeg_normalize (int64_t angle_cdeg)
{
  int64_t turned = angle_cdeg % BW_FULL_TURN_CDEG;

  return (int32_t) (turned < 0 ? turned + BW_FULL_TURN_CDEG : turned);
}

bool
bw_pose_equal (const BwPose *a,
               const BwPose *b)
{
  return a->at.x_nm == b->at.x_nm && a->at.y_nm == b->at.y_nm &&
         a->rotation_cdeg == b->rotation_cdeg && a->side == b->side;
}

BwTransform
bw_pose_transform (const BwPose *pose)
{
  BwTransform transform = { .at = pose->at, .mirror = pose->side == BW_SIDE_BACK ? -1 : 1 };

  bw_sincos_cdeg (pose->rotation_cdeg, &transform.sin_a, &transform.cos_a);
  return transform;
}

BwPoint
bw_transform_point (const BwTransform *transform,
                    BwPoint            local)
{
  double x = local.x_nm;
  double y = (double) local.y_nm * transform->mirror;
  double turned_x = x * transform->cos_a + y * transform->sin_a;
  double turned_y = y * transform->cos_a - x * transform->sin_a;

  return (BwPoint) {
    clamp_coord ((double) transform->at.x_nm + turned_x),
    clamp_coord ((double) transform->at.y_nm + turned_y),
  };
}

BwPoint
bw_transform_point_back (const BwTransform *transform,
                         BwPoint            point)
{
  double x = (double) point.x_nm - transform->at.x_nm;
  double y = (double) point.y_nm - transform->at.y_nm;
  double turned_x = x * transform->cos_a - y * transform->sin_a;
  double turned_y = x * transform->sin_a + y * transform->cos_a;

  return (BwPoint) {
    clamp_coord (turned_x),
    clamp_coord (turned_y * transform->mirror),
  };
}

bool
bw_box_is_empty (const BwBox *box)
{
  return box->x1_nm < box->x0_nm || box->y1_nm < box->y0_nm;
}

void
bw_box_add_point (BwBox  *box,
                  BwPoint point)
{
  if (point.x_nm < box->x0_nm)
    box->x0_nm = point.x_nm;
  if (point.x_nm > box->x1_nm)
    box->x1_nm = point.x_nm;
  if (point.y_nm < box->y0_nm)
    box->y0_nm = point.y_nm;
  if (point.y_nm > box->y1_nm)
    box->y1_nm = point.y_nm;
}

void
bw_box_add_box (BwBox       *box,
                const BwBox *other)
{
  if (bw_box_is_empty (other))
    return;
  bw_box_add_point (box, (BwPoint) { other->x0_nm, other->y0_nm });
  bw_box_add_point (box, (BwPoint) { other->x1_nm, other->y1_nm });
}

bool
bw_box_overlaps (const BwBox *a,
                 const BwBox *b)
{
  return a->x0_nm < b->x1_nm && b->x0_nm < a->x1_nm &&
         a->y0_nm < b->y1_nm && b->y0_nm < a->y1_nm;
}

BwBox
bw_ring_box (const BwRing *ring)
{
  BwBox box = BW_BOX_EMPTY;

  for (uint32_t i = 0; i < ring->n_points; i++)
    bw_box_add_point (&box, ring->points[i]);
  return box;
}
