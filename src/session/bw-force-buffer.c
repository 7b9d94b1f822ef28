/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-force-buffer.h"

#define KINDS_OF_A_PART 4

guint
bw_force_buffer_fill (BwForceBuffer *self,
                      BwPlacer      *placer,
                      guint          n_parts)
{
  guint n_forces;

  if (self->forces == NULL)
    {
      self->n_max = n_parts * KINDS_OF_A_PART;
      self->forces = g_new (BwFrameForce, self->n_max);
      self->raw = g_new (BwForce, self->n_max);
    }
  n_forces = bw_placer_forces (placer, self->raw, self->n_max);
  for (guint i = 0; i < n_forces; i++)
    self->forces[i] = (BwFrameForce) { self->raw[i].part, (guint8) self->raw[i].kind,
                                       (float) self->raw[i].fx, (float) self->raw[i].fy };
  return n_forces;
}

void
bw_force_buffer_clear (BwForceBuffer *self)
{
  g_clear_pointer (&self->forces, g_free);
  g_clear_pointer (&self->raw, g_free);
}
