/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-session-private.h"

#include <string.h>

#include "session/bw-hand-task.h"
#include "session/bw-net-weights.h"

static void handle_command (BwSession *self, const BwCommand *command);

static void
say (BwSession    *self,
     BwStatusLevel level,
     const char   *message)
{
  bw_hub_log (self->hub, &(BwLogEntry) { .kind = BW_LOG_STATUS,
                                         .level = level,
                                         .message = message,
                                         .epoch = self->epoch });
}

static void
run_stretch (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_int (task, bw_run_stretch (task_data));
}

/* A task holds no session: were it to, the pool's thread might drop the last reference and
 * finalize a GObject of another thread. */
static GWeakRef *
new_weak (BwSession *self)
{
  GWeakRef *weak_self = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak_self, self);
  return weak_self;
}

/* (transfer full) (nullable): frees `weak_self` */
static BwSession *
take_weak (GWeakRef *weak_self)
{
  BwSession *self = g_weak_ref_get (weak_self);

  g_weak_ref_clear (weak_self);
  g_free (weak_self);
  return self;
}

static void
on_stretch_ended (GObject      *source_object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (BwSession) self = take_weak (user_data);
  BwStretchEnd end = (BwStretchEnd) g_task_propagate_int (G_TASK (result), NULL);

  if (self == NULL || self->run == NULL)
    return;

  self->working = FALSE;
  bw_session_take_hand (self, bw_hand_copy (bw_run_get_hand (self->run)));
  self->options.weights = bw_weights_or (bw_run_get_weights_set (self->run),
                                         &self->options.weights);
  /* Of no nets there are no weights, which memcpy() may not even be told of. */
  if (self->board->n_nets > 0)
    memcpy (self->net_weights, bw_run_get_net_weights (self->run),
            sizeof (double) * self->board->n_nets);
  if (end == BW_STRETCH_REPLACED)
    {
      BwCommand pending = bw_run_get_pending (self->run);

      handle_command (self, &pending);
    }
  bw_session_handle_commands (self);
}

static void
start_stretch (BwSession *self,
               gboolean   single)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_stretch_ended, new_weak (self));

  g_task_set_task_data (task, bw_run_ref (self->run), (GDestroyNotify) bw_run_unref);

  self->working = TRUE;
  bw_hub_set_state (self->hub, BW_RUN_RUNNING, FALSE, self->epoch, bw_run_iteration (self->run));
  bw_run_begin_stretch (self->run, single);
  g_task_run_in_thread (task, run_stretch);
}

static gboolean
may_start (BwSession *self)
{
  guint n_nets;
  guint n_tracks;
  g_autofree char *message = NULL;

  if (self->options.tracks != BW_TRACKS_REFUSE)
    return TRUE;
  n_tracks = bw_session_count_stale_tracks (self, &n_nets);
  if (n_tracks == 0)
    return TRUE;

  message = g_strdup_printf ("Not started: %u tracks and vias on %u nets would be left behind by "
                             "the parts that move; say first what is to become of them",
                             n_tracks, n_nets);
  say (self, BW_STATUS_ERROR, message);
  return FALSE;
}

/* The session's own options, apart from what the command asks. */
static BwRunOptions
options_of (BwSession       *self,
            const BwCommand *command)
{
  const BwAsked *asked = &command->asked;
  BwRunOptions options = self->options;

  if (asked->has_seed)
    options.seed = asked->seed;
  if (asked->time_s > 0.0)
    {
      options.time_s = asked->time_s;
      options.iterations = 0;
    }
  if (asked->manner != BW_MANNER_AS_SET)
    options.stay = asked->manner == BW_MANNER_REFINE ? BW_REFINE_STAY : 0.0;
  return options;
}

/* One more part that the next run moves alone. */
static void
choose (BwSession *self,
        guint32    footprint)
{
  if (footprint >= self->board->n_footprints)
    return;
  if (!self->choosing)
    {
      g_free (self->only);
      self->only = g_new0 (gboolean, self->board->n_footprints);
      self->choosing = TRUE;
    }
  self->only[footprint] = TRUE;
}

/* What was chosen is for one run. */
static void
settle_choice (BwSession *self)
{
  if (self->chosen && !self->choosing)
    g_clear_pointer (&self->only, g_free);
  self->chosen = self->choosing;
  self->choosing = FALSE;
}

static void
start_run (BwSession          *self,
           const BwCommand    *command,
           const BwRunOptions *options,
           const BwPose       *start,
           BwPlacerMode        mode)
{
  if (!may_start (self))
    {
      /* A RESTART or UNTANGLE in the middle of a run leaves nothing running. */
      if (bw_hub_get_state (self->hub, NULL) == BW_RUN_RUNNING)
        bw_hub_set_state (self->hub, BW_RUN_STOPPED, TRUE, self->epoch, 0);
      return;
    }

  g_clear_pointer (&self->run, bw_run_unref);
  self->mode = mode;
  self->run_options = *options;
  self->run = bw_run_new (self->board, self->hub, ++self->epoch, mode, &self->run_options,
                          &(BwProblemOptions) { .start = start, .only = self->only,
                                                .constraints = self->constraints,
                                                .net_weights = self->net_weights }, self->hand);
  bw_hub_log (self->hub, &(BwLogEntry) { .kind = BW_LOG_COMMAND,
                                         .command = *command,
                                         .epoch = self->epoch });
  start_stretch (self, command->kind == BW_COMMAND_STEP);
}

/* The run as it was, from the poses as they are and with the side that it lacked. */
static void
start_anew (BwSession       *self,
            const BwCommand *edit,
            gboolean         paused)
{
  BwCommand command = *edit;
  BwRunOptions options = self->run_options;

  options.weights = self->options.weights;
  command.kind = paused ? BW_COMMAND_STEP : BW_COMMAND_START;
  start_run (self, &command, &options, bw_session_newest_frame (self)->poses, self->mode);
}

static void
on_edited (GObject      *source_object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BwSession) self = take_weak (user_data);
  g_autoptr (BwFrame) frame = NULL;
  g_autoptr (BwHand) hand = NULL;
  g_autoptr (GArray) entries = NULL;
  BwRunState state;

  frame = bw_hand_edit_finish (result, &hand, &entries);
  if (self == NULL || self->port == NULL)
    return;

  self->working = FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      BwLogEntry *entry = &g_array_index (entries, BwLogEntry, i);

      entry->epoch = self->epoch;
      entry->iteration = bw_session_newest_frame (self)->iteration;
      bw_hub_log (self->hub, entry);
    }
  if (frame != NULL)
    bw_session_publish (self, frame);
  bw_session_take_hand (self, g_steal_pointer (&hand));
  state = bw_hub_get_state (self->hub, NULL);
  if (state == BW_RUN_RUNNING || state == BW_RUN_PAUSED)
    start_anew (self, &g_array_index (entries, BwLogEntry, 0).command, state == BW_RUN_PAUSED);
  bw_session_handle_commands (self);
}

/* The command, and those behind it in the queue that are about parts as well: a frame costs the
 * same for one as for a thousand. */
static GArray *
collect_edits (BwSession       *self,
               const BwCommand *first)
{
  GArray *entries = bw_hand_entries_new ();
  BwLogEntry entry = { .command = *first };

  do
    g_array_append_val (entries, entry);
  while (bw_hub_pop_command (self->hub, &entry.command) && bw_hand_handles (&entry.command));
  if (!bw_hand_handles (&entry.command))
    bw_hub_unpop_command (self->hub, &entry.command);
  return entries;
}

static gboolean
run_knows_sides (BwSession *self,
                 GArray    *entries)
{
  for (guint i = 0; i < entries->len; i++)
    if (bw_run_lacks_side (self->run, &g_array_index (entries, BwLogEntry, i).command))
      return FALSE;
  return TRUE;
}

/* Parts, while nothing moves: of the run that is paused, or of the frame. */
static void
edit (BwSession       *self,
      const BwCommand *first,
      gboolean         paused)
{
  g_autoptr (GArray) entries = collect_edits (self, first);
  BwHand *hand;

  if (paused && run_knows_sides (self, entries))
    {
      bw_run_edit (self->run, (const BwLogEntry *) (void *) entries->data, entries->len);
      bw_session_take_hand (self, bw_hand_copy (bw_run_get_hand (self->run)));
      return;
    }
  /* Others see what is held while a thread has the hand itself. */
  hand = self->hand;
  self->hand = bw_hand_copy (hand);
  self->working = TRUE;
  bw_hand_edit_async (hand, g_steal_pointer (&entries), bw_session_newest_frame (self), on_edited,
                      new_weak (self));
}

static void
set_weight (BwSession       *self,
            const BwCommand *command,
            gboolean         paused)
{
  gboolean obeyed = command->kind == BW_COMMAND_WEIGH
                      ? bw_net_weights_obey (self->net_weights, self->board, command)
                      : bw_weights_set (&self->options.weights, command->weight, command->value);

  if (!obeyed)
    return;
  if (paused)
    bw_run_edit (self->run, &(BwLogEntry) { .command = *command }, 1);
  else
    bw_hub_log (self->hub, &(BwLogEntry) { .kind = BW_LOG_COMMAND,
                                           .command = *command,
                                           .epoch = self->epoch });
}

/* Another run, whatever became of the one before. */
static void
begin_run (BwSession       *self,
           const BwCommand *command)
{
  BwRunOptions options;
  g_autofree BwPose *file = NULL;

  /* For good: what is saved later on is of this run as well. */
  if (command->asked.tracks != BW_TRACKS_REFUSE)
    self->options.tracks = command->asked.tracks;
  options = options_of (self, command);
  settle_choice (self);
  switch (command->kind)
    {
    case BW_COMMAND_RESTART:
      file = bw_board_dup_poses (self->board);
      bw_hand_clear (self->hand);
      start_run (self, command, &options, file, BW_PLACER_MODE_ALL);
      break;

    case BW_COMMAND_UNTANGLE:
      start_run (self, command, &options, bw_session_newest_frame (self)->poses,
                 BW_PLACER_MODE_UNTANGLE);
      break;

    case BW_COMMAND_START:
    case BW_COMMAND_STEP:
    default:
      start_run (self, command, &options, bw_session_newest_frame (self)->poses,
                 options.stay > 0.0 ? BW_PLACER_MODE_REFINE : BW_PLACER_MODE_ALL);
    }
}

/* While no stretch is under way: what runs obeys commands itself. */
static void
handle_command (BwSession       *self,
                const BwCommand *command)
{
  gboolean paused = bw_hub_get_state (self->hub, NULL) == BW_RUN_PAUSED;

  switch (command->kind)
    {
    case BW_COMMAND_RESUME:
      if (paused)
        start_stretch (self, FALSE);
      break;

    case BW_COMMAND_START:
    case BW_COMMAND_STEP:
      if (paused)
        start_stretch (self, command->kind == BW_COMMAND_STEP);
      else
        begin_run (self, command);
      break;

    case BW_COMMAND_RESTART:
    case BW_COMMAND_UNTANGLE:
      begin_run (self, command);
      break;

    case BW_COMMAND_CHOOSE:
      if (!paused)
        choose (self, command->footprint);
      break;

    case BW_COMMAND_STOP:
      if (paused)
        bw_run_stop (self->run);
      break;

    case BW_COMMAND_MOVE:
    case BW_COMMAND_ROTATE:
    case BW_COMMAND_FLIP:
    case BW_COMMAND_LOCK:
    case BW_COMMAND_UNLOCK:
      edit (self, command, paused);
      break;

    case BW_COMMAND_SET:
    case BW_COMMAND_WEIGH:
      set_weight (self, command, paused);
      break;

    case BW_COMMAND_PAUSE:
    default:
      break;
    }
}

void
bw_session_handle_commands (BwSession *self)
{
  BwCommand command;

  while (!self->working && bw_hub_pop_command (self->hub, &command))
    handle_command (self, &command);
  bw_session_update_busy (self);
}

guint
bw_session_count_stale_tracks (BwSession *self,
                               guint     *n_nets_out)
{
  g_autofree gboolean *movable = NULL;
  g_autofree guint8 *held = NULL;

  g_return_val_if_fail (BW_IS_SESSION (self), 0);

  movable = g_new (gboolean, self->board->n_footprints);
  held = g_new (guint8, self->board->n_footprints);
  bw_hand_fill (self->hand, held);
  for (guint i = 0; i < self->board->n_footprints; i++)
    movable[i] = !held[i] && (self->only == NULL || self->only[i]);
  return bw_board_count_stale_tracks (self->board, NULL, movable, n_nets_out);
}
