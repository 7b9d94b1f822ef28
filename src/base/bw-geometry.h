/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Points, boxes and poses on a board.
 *
 * Coordinates are integer nanometres, x to the right, y down, as KiCad has them. Angles are
 * hundredths of a degree, counter-clockwise as seen on the screen. Nothing here allocates.
 *
 * A part's own geometry (pads, courtyard, graphics) is kept in its *front frame*: as it looks
 * lying on the front of the board, unrotated, with its anchor at the origin. A BwPose puts it on
 * the board; on the back the frame is mirrored about the x axis first, then rotated. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

/* The largest coordinate that a file or a peer may name: 2 m. The difference of two coordinates
 * may not fit an int32_t: widen to int64_t before subtracting. */
#define BW_COORD_MAX_NM 2000000000

#define BW_NM_PER_MM 1000000.0
#define BW_FULL_TURN_CDEG 36000

typedef enum
{
  BW_SIDE_FRONT = 0,
  BW_SIDE_BACK = 1,
} BwSide;

#define BW_N_SIDES 2

typedef struct
{
  int32_t x_nm;
  int32_t y_nm;
} BwPoint;

/* Closed box; empty while x1 < x0. */
typedef struct
{
  int32_t x0_nm;
  int32_t y0_nm;
  int32_t x1_nm;
  int32_t y1_nm;
} BwBox;

/* A closed polygon ring: the last point is joined to the first. The points belong to whoever
 * made the ring. */
typedef struct
{
  const BwPoint *points;
  uint32_t n_points;
} BwRing;

/* Where a part lies: anchor, rotation in [0, BW_FULL_TURN_CDEG), side. */
typedef struct
{
  BwPoint at;
  int32_t rotation_cdeg;
  BwSide side;
} BwPose;

/* A pose, made ready to be applied to many points. */
typedef struct
{
  double cos_a;
  double sin_a;
  BwPoint at;
  int32_t mirror; /* -1 on the back, else 1 */
} BwTransform;

#define BW_BOX_EMPTY ((BwBox) { INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN })

static inline double
bw_nm_to_mm (int64_t value_nm)
{
  return (double) value_nm / BW_NM_PER_MM;
}

/* Rounds half away from zero; clamps to +-BW_COORD_MAX_NM (NaN gives 0). */
int32_t     bw_nm_from_mm             (double             value_mm);

/* Any angle to [0, BW_FULL_TURN_CDEG). */
int32_t     bw_cdeg_normalize         (int64_t            angle_cdeg);

bool        bw_pose_equal             (const BwPose      *a,
                                       const BwPose      *b);

/* Exact for multiples of 90 degrees; else rounded to the nearest nanometre, the same on every
 * machine. Results outside the coordinate range are clamped to it. */
BwTransform bw_pose_transform         (const BwPose      *pose);
BwPoint     bw_transform_point        (const BwTransform *transform,
                                       BwPoint            local);

/* The point of the front frame that bw_transform_point() takes to `point`, to the nanometre. */
BwPoint     bw_transform_point_back   (const BwTransform *transform,
                                       BwPoint            point);

bool        bw_box_is_empty           (const BwBox       *box);
void        bw_box_add_point          (BwBox             *box,
                                       BwPoint            point);
void        bw_box_add_box            (BwBox             *box,
                                       const BwBox       *other);
/* True where the interiors meet; boxes that only touch do not. */
bool        bw_box_overlaps           (const BwBox       *a,
                                       const BwBox       *b);
BwBox       bw_ring_box               (const BwRing      *ring);
