/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Room for the forces of a frame, made when somebody first asks for them. */

#pragma once

#include "placer/bw-placer.h"
#include "session/bw-frame.h"

G_BEGIN_DECLS

typedef struct
{
  BwFrameForce *forces;
  BwForce *raw;
  guint n_max;
} BwForceBuffer;

/* Those of the state now; returns how many of `forces` are. */
guint bw_force_buffer_fill  (BwForceBuffer *self,
                             BwPlacer      *placer,
                             guint          n_parts);
void  bw_force_buffer_clear (BwForceBuffer *self);

G_END_DECLS
