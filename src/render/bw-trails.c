/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-trails.h"

struct _BwTrails
{
  guint32 n_parts;
  guint count;
  guint next;      /* the row to be written */
  BwPoint *places; /* BW_TRAILS_LENGTH rows of n_parts */
};

BwTrails *
bw_trails_new (guint32 n_parts)
{
  BwTrails *self = g_new0 (BwTrails, 1);

  self->n_parts = n_parts;
  self->places = g_new (BwPoint, (gsize) n_parts * BW_TRAILS_LENGTH);
  return self;
}

void
bw_trails_free (BwTrails *self)
{
  g_free (self->places);
  g_free (self);
}

void
bw_trails_clear (BwTrails *self)
{
  self->count = 0;
}

/* `back` rows before the one to be written. */
static BwPoint *
row_before (const BwTrails *self,
            guint           back)
{
  guint row = (self->next + BW_TRAILS_LENGTH - back) % BW_TRAILS_LENGTH;

  return &self->places[(gsize) row * self->n_parts];
}

static gboolean
has_moved (const BwTrails *self,
           const BwPose   *poses)
{
  const BwPoint *last = row_before (self, 1);

  for (guint32 i = 0; i < self->n_parts; i++)
    if (last[i].x_nm != poses[i].at.x_nm || last[i].y_nm != poses[i].at.y_nm)
      return TRUE;
  return FALSE;
}

void
bw_trails_add (BwTrails     *self,
               const BwPose *poses)
{
  BwPoint *row = row_before (self, 0);

  if (self->count > 0 && !has_moved (self, poses))
    return;
  for (guint32 i = 0; i < self->n_parts; i++)
    row[i] = poses[i].at;
  self->next = (self->next + 1) % BW_TRAILS_LENGTH;
  self->count = MIN (self->count + 1, BW_TRAILS_LENGTH);
}

guint
bw_trails_get_count (const BwTrails *self)
{
  return self->count;
}

BwPoint
bw_trails_get (const BwTrails *self,
               guint32         part,
               guint           index)
{
  return row_before (self, self->count - index)[part];
}
