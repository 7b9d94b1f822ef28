/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-hand.h"

#include <string.h>

#include "session/bw-problem-builder.h"

struct _BwHand
{
  BwBoard *board;
  BwConstraints *constraints;
  guint8 *locks;
  guint8 *put;      /* which were moved, turned or flipped since they were locked or released */
  guint8 *strays;   /* room for a frame's */
  guint8 *held;     /* as the board and the rules say */

  /* While no run is under way: knows the poses of the last frame that was edited. */
  BwBoardProblem *problem;
  BwPlacer *placer;
  guint64 hash;
};

static void
drop_placer (BwHand *self)
{
  g_clear_pointer (&self->placer, bw_placer_free);
  g_clear_pointer (&self->problem, bw_board_problem_free);
}

BwHand *
bw_hand_new (BwBoard       *board,
             BwConstraints *constraints)
{
  BwHand *self = g_new0 (BwHand, 1);

  self->board = bw_board_ref (board);
  self->constraints = constraints != NULL ? bw_constraints_ref (constraints) : NULL;
  self->locks = g_new0 (guint8, board->n_footprints + 1);
  self->held = g_new0 (guint8, board->n_footprints + 1);
  self->put = g_new0 (guint8, board->n_footprints + 1);
  self->strays = g_new0 (guint8, board->n_footprints + 1);
  for (guint i = 0; i < board->n_footprints; i++)
    self->held[i] = (guint8) bw_constraints_holds (constraints, board, i);
  return self;
}

void
bw_hand_set_constraints (BwHand        *self,
                         BwConstraints *constraints)
{
  if (constraints == self->constraints)
    return;
  drop_placer (self);
  g_clear_pointer (&self->constraints, bw_constraints_unref);
  self->constraints = constraints != NULL ? bw_constraints_ref (constraints) : NULL;
  for (guint i = 0; i < self->board->n_footprints; i++)
    self->held[i] = (guint8) bw_constraints_holds (constraints, self->board, i);
}

BwHand *
bw_hand_copy (const BwHand *self)
{
  BwHand *copy = bw_hand_new (self->board, self->constraints);

  memcpy (copy->locks, self->locks, self->board->n_footprints);
  memcpy (copy->put, self->put, self->board->n_footprints);
  return copy;
}

void
bw_hand_free (BwHand *self)
{
  drop_placer (self);
  g_clear_pointer (&self->constraints, bw_constraints_unref);
  bw_board_unref (self->board);
  g_free (self->locks);
  g_free (self->held);
  g_free (self->put);
  g_free (self->strays);
  g_free (self);
}

const guint8 *
bw_hand_locks (const BwHand *self)
{
  return self->locks;
}

void
bw_hand_clear (BwHand *self)
{
  memset (self->locks, BW_LOCK_UNTOLD, self->board->n_footprints);
  memset (self->put, FALSE, self->board->n_footprints);
  drop_placer (self);
}

gboolean
bw_hand_handles (const BwCommand *command)
{
  switch (command->kind)
    {
    case BW_COMMAND_MOVE:
    case BW_COMMAND_ROTATE:
    case BW_COMMAND_FLIP:
    case BW_COMMAND_LOCK:
    case BW_COMMAND_UNLOCK:
      return TRUE;
    case BW_COMMAND_START:
    case BW_COMMAND_PAUSE:
    case BW_COMMAND_RESUME:
    case BW_COMMAND_STEP:
    case BW_COMMAND_STOP:
    case BW_COMMAND_RESTART:
    case BW_COMMAND_UNTANGLE:
    default:
      return FALSE;
    }
}

/* A command may come from anywhere: what it names is checked here. */
static char *
dup_refusal (const BwHand    *self,
             const BwCommand *command)
{
  const BwFootprint *footprint;

  if (command->footprint >= self->board->n_footprints)
    return g_strdup_printf ("There is no part number %u", command->footprint);
  footprint = &self->board->footprints[command->footprint];
  if (footprint->hold == BW_HOLD_LOCKED && command->kind != BW_COMMAND_LOCK)
    return g_strdup_printf ("%s is locked in the board: nothing moves it", footprint->key);
  return NULL;
}

static void
clear_entry (gpointer data)
{
  g_free ((char *) ((BwLogEntry *) data)->message);
}

GArray *
bw_hand_entries_new (void)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (BwLogEntry));

  g_array_set_clear_func (entries, clear_entry);
  return entries;
}

static gint32
clamp_nm (gint32 value_nm)
{
  return CLAMP (value_nm, -BW_COORD_MAX_NM, BW_COORD_MAX_NM);
}

static gboolean
is_held (const BwHand *self,
         guint32       part)
{
  return self->locks[part] != BW_LOCK_UNTOLD ? self->locks[part] == BW_LOCK_HOLD
                                             : self->held[part];
}

void
bw_hand_apply (BwHand     *self,
               BwLogEntry *entry,
               BwPlacer   *placer)
{
  const BwCommand *command = &entry->command;
  guint32 part = command->footprint;
  BwPose pose;

  entry->message = dup_refusal (self, command);
  if (entry->message != NULL)
    {
      entry->kind = BW_LOG_STATUS;
      entry->level = BW_STATUS_WARNING;
      return;
    }
  entry->kind = BW_LOG_COMMAND;
  entry->before = pose = bw_placer_poses (placer)[part];
  entry->held_before = is_held (self, part);
  if (command->kind == BW_COMMAND_MOVE)
    pose.at = (BwPoint) { clamp_nm (command->pose.at.x_nm), clamp_nm (command->pose.at.y_nm) };
  else if (command->kind == BW_COMMAND_ROTATE)
    pose.rotation_cdeg = bw_cdeg_normalize (command->pose.rotation_cdeg);
  else if (command->kind == BW_COMMAND_FLIP)
    pose.side = command->pose.side == BW_SIDE_BACK ? BW_SIDE_BACK : BW_SIDE_FRONT;

  self->locks[part] = command->kind == BW_COMMAND_UNLOCK ? BW_LOCK_RELEASE : BW_LOCK_HOLD;
  self->put[part] = command->kind != BW_COMMAND_LOCK && command->kind != BW_COMMAND_UNLOCK;
  bw_placer_set_fixed (placer, part, self->locks[part] == BW_LOCK_HOLD);
  if (!bw_pose_equal (&pose, &bw_placer_poses (placer)[part]))
    bw_placer_set_pose (placer, part, &pose);
}

/* What the board itself holds at its edge belongs over it. */
void
bw_hand_judge (BwHand   *self,
               BwPlacer *placer,
               BwFrame  *values)
{
  gboolean any = FALSE;

  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      if (!self->put[i] || !is_held (self, i)
          || self->board->footprints[i].hold == BW_HOLD_AT_EDGE
          || !bw_placer_is_outside (placer, i))
        continue;
      if (!any && values->strays != NULL)
        memcpy (self->strays, values->strays, self->board->n_footprints);
      else if (!any)
        memset (self->strays, FALSE, self->board->n_footprints);
      any = TRUE;
      self->strays[i] = TRUE;
      values->outside++;
    }
  if (any)
    values->strays = self->strays;
}

/* What through-hole parts take up on the far side is in the problem where something lies there
 * when the run begins: the first to get there would be taken to overlap none of them. */
gboolean
bw_hand_lacks_side (const BwHand    *self,
                    const BwCommand *command,
                    const BwPose    *poses)
{
  gboolean through_hole = FALSE;

  if (command->kind != BW_COMMAND_FLIP)
    return FALSE;
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      if (poses[i].side == command->pose.side)
        return FALSE;
      through_hole |= self->board->footprints[i].through_hole;
    }
  return through_hole;
}

static void
make_placer (BwHand        *self,
             const BwFrame *frame)
{
  BwPlacerOptions options = bw_placer_options_default ();

  drop_placer (self);
  self->problem = bw_board_problem_new (self->board, &(BwProblemOptions) {
    .start = frame->poses, .as_is = TRUE, .by_hand = self->locks, .constraints = self->constraints,
  });
  self->placer = bw_placer_new (bw_board_problem_get (self->problem), &options);
}

BwFrame *
bw_hand_edit (BwHand        *self,
              GArray        *entries,
              const BwFrame *frame)
{
  g_autofree guint8 *held = g_malloc (self->board->n_footprints + 1);
  BwFrame edited = *frame;
  gboolean flipped = FALSE;
  guint n_done = 0;

  if (self->placer == NULL || self->hash != bw_poses_hash (frame->poses, frame->n_footprints))
    make_placer (self, frame);
  for (guint i = 0; i < entries->len; i++)
    {
      BwLogEntry *entry = &g_array_index (entries, BwLogEntry, i);

      bw_hand_apply (self, entry, self->placer);
      n_done += entry->kind == BW_LOG_COMMAND;
      flipped |= entry->kind == BW_LOG_COMMAND && entry->command.kind == BW_COMMAND_FLIP;
    }
  if (n_done == 0)
    return NULL;

  if (flipped)
    {
      /* What through-hole parts take up on a side counts once something lies on it. */
      g_autofree BwPose *poses = g_memdup2 (bw_placer_poses (self->placer),
                                            self->board->n_footprints * sizeof (BwPose));

      edited.poses = poses;
      make_placer (self, &edited);
    }
  bw_frame_measure (&edited, self->placer);
  bw_hand_judge (self, self->placer, &edited);
  bw_hand_fill (self, held);
  edited.held = held;
  bw_routability_measure (self->board, edited.poses, &edited.routability);
  edited.routability_iteration = edited.iteration;
  edited.forces = NULL;
  edited.n_forces = 0;
  self->hash = bw_poses_hash (edited.poses, edited.n_footprints);
  return bw_frame_new (&edited);
}

void
bw_hand_fill (const BwHand *self,
              guint8       *held_out)
{
  for (guint i = 0; i < self->board->n_footprints; i++)
    held_out[i] = (guint8) is_held (self, i);
}
