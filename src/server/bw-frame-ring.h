/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last frames of a stream in boardwalk.1, each encoded once for all viewers that have the
 * same one before it. One thread.
 *
 * What a viewer is sent for a frame, its packet, is in this order: the METRICS since the frame
 * that it has; COPPER, CLASHES and BARRED where there are any to tell of; KEY or DELTA; STRAYS
 * where parts are outside, and FORCES where it wants them and the frame carries any. */

#pragma once

#include "board/bw-board.h"
#include "server/bw-counters.h"
#include "session/bw-run-log.h"
#include "wire/bw-picture.h"

G_BEGIN_DECLS

/* A viewer whose frame is further back than this gets a KEY. */
#define BW_FRAME_RING_SIZE 64

/* Samples that are kept for viewers that skip frames: some minutes. */
#define BW_FRAME_RING_MAX_METRICS 16384

typedef struct _BwFrameRing BwFrameRing;

/* Refcounted; a viewer that has it keeps it. */
typedef struct _BwRingFrame BwRingFrame;

/* Of frames of `board`. */
BwFrameRing *bw_frame_ring_new         (BwBoard          *board,
                                        BwCounters       *counters);
void         bw_frame_ring_free        (BwFrameRing      *self);

/* It becomes the newest. */
void         bw_frame_ring_add         (BwFrameRing      *self,
                                        BwFrame          *frame);
/* A sample; it goes with the frames added from now on. */
void         bw_frame_ring_add_metrics (BwFrameRing      *self,
                                        BwLogEntry       *entry);

/* NULL before the first. (transfer none) */
BwRingFrame *bw_frame_ring_get_newest  (BwFrameRing      *self);
/* NULL where it is not, or no more, in the ring. (transfer none) */
BwRingFrame *bw_frame_ring_find        (BwFrameRing      *self,
                                        guint32           seq);

/* The framed packet. `base` (nullable): what the viewer has.
 *
 * Returns: (transfer full) */
GBytes      *bw_frame_ring_encode      (BwFrameRing      *self,
                                        BwRingFrame      *frame,
                                        BwRingFrame      *base,
                                        gboolean          with_forces);

BwRingFrame *bw_ring_frame_ref         (BwRingFrame      *self);
void         bw_ring_frame_unref       (BwRingFrame      *self);
BwPicture   *bw_ring_frame_get_picture (BwRingFrame      *self);

/* What it takes in memory, bytes. */
gsize        bw_ring_frame_get_size    (BwRingFrame      *self);

/* Appends the messages of it as a history has them, each behind its length (u32): STATE where it
 * differs from the base's (nullable: all of it), and the packet without METRICS and FORCES. */
void         bw_ring_frame_write_history (BwRingFrame    *self,
                                          BwRingFrame    *base,
                                          GByteArray     *out);

G_END_DECLS
