/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How hard a placement is to route, estimated without routing it. Nets of supplies are left out:
 * they go by planes. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 crossings;       /* of edges of two nets' shortest spanning trees */
  guint32 unroutable_pins; /* pads that no track can leave straight, on any of their sides */
  double congestion;       /* copper that tracks would need in the fullest twentieth of the board,
                              as a share of what two layers have there */
  double tree_mm;          /* length of the spanning trees */
} BwRoutability;

/* About n log n for n pads, but for nets of very many pads and heaps; a fraction of a millisecond
 * at 100 parts. `poses`: n_footprints of them. Thread-safe; the same bits on every machine. */
void bw_routability_measure (const BwBoard *board,
                             const BwPose  *poses,
                             BwRoutability *result_out);

G_END_DECLS
