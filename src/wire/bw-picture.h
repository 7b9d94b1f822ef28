/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A frame as it is told in boardwalk.1: as KEY, or as DELTA against an earlier one.
 *
 * Immutable once made; its reference count is for one thread. 12 bytes a part. What it is told
 * as depends on the frame alone, never on the way (the base) by which a viewer gets there: so
 * all viewers that have a base share one encoding. */

#pragma once

#include "session/bw-frame.h"

G_BEGIN_DECLS

typedef struct
{
  gint32 x_nm;
  gint32 y_nm;
  guint16 rotation_cdeg;
  guint8 side;
} BwPicturePose;

typedef struct
{
  grefcount ref_count;
  guint32 seq;      /* the frame's index + 1 */
  gboolean final;
  gboolean exact;   /* else coordinates are rounded to a micrometre, half away from zero */
  gint64 time_us;
  guint32 epoch;
  guint32 iteration;
  guint32 budget;
  guint32 overlaps;
  guint32 outside;
  guint32 locked_conflicts;
  double energy;
  double hpwl_mm;
  BwPhase phase;
  BwTracks tracks;
  guint32 n_parts;
  BwPicturePose poses[];
} BwPicture;

/* Frames at rest, the first and the last of a run, are exact. */
BwPicture *bw_picture_new         (const BwFrame   *frame);
BwPicture *bw_picture_ref         (BwPicture       *self);
void       bw_picture_unref       (BwPicture       *self);

/* One whole message each. `flags`: BW_FLAG_ACK_WANTED, BW_FLAG_REPLAY; the others are added. */
void       bw_picture_write_key   (const BwPicture *self,
                                   guint8           flags,
                                   GByteArray      *out);
/* `base` has as many parts. 3 to 5 bytes a part that moved up to 32 mm; about 10 ns a part. */
void       bw_picture_write_delta (const BwPicture *self,
                                   const BwPicture *base,
                                   guint8           flags,
                                   GByteArray      *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwPicture, bw_picture_unref)

G_END_DECLS
