/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-frame.h"

#include <math.h>
#include <string.h>

/* What a line has room for. */
#define MAX_CLASHING_NAMED 8

/* The frame and all that it points to are one block: a run makes many and drops most. */
typedef struct
{
  BwFrame frame;
  gatomicrefcount ref_count;
} BwFrameBlock;

/* NULL where there are none. */
static const guint8 *
keep_flags (char         **rest,
            const guint8  *flags,
            gsize          size)
{
  const guint8 *kept = (const guint8 *) *rest;

  if (size == 0)
    return NULL;
  memcpy (*rest, flags, size);
  *rest += size;
  return kept;
}

BwFrame *
bw_frame_new (const BwFrame *values)
{
  gsize poses_size = sizeof (BwPose) * values->n_footprints;
  gsize forces_size = sizeof (BwFrameForce) * values->n_forces;
  gsize held_size = values->held != NULL ? values->n_footprints : 0;
  gsize strays_size = values->strays != NULL ? values->n_footprints : 0;
  gsize clashing_size = values->clashing != NULL ? values->n_footprints : 0;
  gsize barred_size = values->barred != NULL ? values->n_footprints : 0;
  BwFrameBlock *block = g_malloc (sizeof *block + poses_size + forces_size + held_size
                                  + strays_size + clashing_size + barred_size);
  char *rest = (char *) (block + 1);

  block->frame = *values;
  g_atomic_ref_count_init (&block->ref_count);

  if (poses_size > 0)
    memcpy (rest, values->poses, poses_size);
  block->frame.poses = (const BwPose *) rest;
  if (forces_size > 0)
    memcpy (rest + poses_size, values->forces, forces_size);
  block->frame.forces = forces_size > 0 ? (const BwFrameForce *) (rest + poses_size) : NULL;
  rest += poses_size + forces_size;
  block->frame.held = keep_flags (&rest, values->held, held_size);
  block->frame.strays = keep_flags (&rest, values->strays, strays_size);
  block->frame.clashing = keep_flags (&rest, values->clashing, clashing_size);
  block->frame.barred = keep_flags (&rest, values->barred, barred_size);

  return &block->frame;
}

BwFrame *
bw_frame_ref (BwFrame *frame)
{
  g_atomic_ref_count_inc (&((BwFrameBlock *) frame)->ref_count);
  return frame;
}

void
bw_frame_unref (BwFrame *frame)
{
  BwFrameBlock *block = (BwFrameBlock *) frame;

  if (g_atomic_ref_count_dec (&block->ref_count))
    g_free (block);
}

void
bw_frame_measure (BwFrame  *values,
                  BwPlacer *placer)
{
  BwPlacerMetrics metrics;

  bw_placer_metrics (placer, &metrics);
  values->poses = bw_placer_poses (placer);
  values->energy = metrics.energy;
  memcpy (values->shares, metrics.shares, sizeof values->shares);
  values->hpwl_mm = metrics.hpwl_mm;
  values->max_move_mm = metrics.max_move_mm;
  values->overlaps = metrics.overlaps;
  values->outside = metrics.outside;
  values->strays = metrics.outside > 0 ? bw_placer_outside (placer) : NULL;
  values->locked_conflicts = metrics.locked_conflicts;
  values->clashing = metrics.locked_conflicts > 0 ? bw_placer_clashing (placer) : NULL;
  values->barred = bw_placer_barred (placer);
}

double
bw_frame_max_move_mm (const BwFrame *frame,
                      const BwFrame *previous)
{
  double largest_square = 0.0;

  g_return_val_if_fail (frame->n_footprints == previous->n_footprints, 0.0);

  for (guint i = 0; i < frame->n_footprints; i++)
    {
      double dx = (double) frame->poses[i].at.x_nm - previous->poses[i].at.x_nm;
      double dy = (double) frame->poses[i].at.y_nm - previous->poses[i].at.y_nm;

      largest_square = MAX (largest_square, dx * dx + dy * dy);
    }
  return sqrt (largest_square) / BW_NM_PER_MM;
}

gboolean
bw_frame_is_legal (const BwFrame *frame)
{
  return frame->overlaps == 0 && frame->outside == 0;
}

char *
bw_frame_dup_clashing (const BwFrame *frame,
                       const BwBoard *board,
                       guint         *n_out)
{
  GString *names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; frame->clashing != NULL && i < MIN (frame->n_footprints, board->n_footprints);
       i++)
    if (frame->clashing[i] && n++ < MAX_CLASHING_NAMED)
      g_string_append_printf (names, "%s%s", n > 1 ? ", " : "", board->footprints[i].key);
  if (n > MAX_CLASHING_NAMED)
    g_string_append (names, ", …");
  *n_out = n;
  return g_string_free (names, FALSE);
}
