/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where bodies of parts lie on one another, for showing it. What is legal is decided elsewhere,
 * exactly; here areas below a millionth of a square millimetre are nothing. */

#pragma once

#include <glib.h>

#include "board/bw-board.h"

G_BEGIN_DECLS

/* Past this many, parts piled on one heap, no more are looked for. */
#define BW_OVERLAPS_MAX 4000

typedef struct
{
  guint32 a; /* footprints, a < b */
  guint32 b;
  BwSide side;
  guint first_point; /* the common area is a polygon, index into the points */
  guint n_points;
} BwOverlap;

typedef struct
{
  double x_mm;
  double y_mm;
} BwOverlapPoint;

typedef struct _BwOverlaps BwOverlaps;

/* Prepares the bodies. `board` must outlive it. */
BwOverlaps           *bw_overlaps_new        (const BwBoard     *board);
void                  bw_overlaps_free       (BwOverlaps        *self);

/* Finds them all anew, up to BW_OVERLAPS_MAX, where parts lie by n_footprints `transforms`. */
void                  bw_overlaps_update     (BwOverlaps        *self,
                                              const BwTransform *transforms);

/* One pair of parts may appear several times, once for each piece of their common area. Valid
 * until the next update. */
const BwOverlap      *bw_overlaps_get        (const BwOverlaps  *self,
                                              guint             *n_overlaps_out);
const BwOverlapPoint *bw_overlaps_get_points (const BwOverlaps  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwOverlaps, bw_overlaps_free)

G_END_DECLS
