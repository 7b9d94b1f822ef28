/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-session.h"

#include <string.h>

#include "session/bw-run.h"

/* The session's own thread only, apart from the run, which a worker has while `working`. */
struct _BwSession
{
  GObject parent_instance;

  BwBoard *board;
  BwConstraints *constraints;
  gboolean *only;      /* NULL: all */
  BwHand *hand;        /* as the run has it, once one has begun */
  BwRunOptions options;
  BwHub *hub;
  BwPort *port;        /* the session's own eye on the hub */
  BwFrame *frame;
  BwPose *saved_poses;
  gboolean modified;
  BwRunState state;
  gboolean can_untangle;

  BwRun *run;          /* the newest, NULL before the first */
  guint32 epoch;
  gboolean working;    /* a stretch is under way: its end has not come in yet */
};

static void bw_session_feed_init (BwFeedInterface *iface);
static void handle_command (BwSession *self, const BwCommand *command);
static void handle_commands (BwSession *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (BwSession, bw_session, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BW_TYPE_FEED, bw_session_feed_init))

enum
{
  PROP_0,
  PROP_STATE,
  PROP_CAN_UNTANGLE,
  PROP_MODIFIED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

BwRunOptions
bw_run_options_default (void)
{
  return (BwRunOptions) { .seed = 1, .time_s = 10.0, .tidy = BW_TIDY_UNTOLD };
}

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
set_flag (BwSession *self,
          gboolean  *field,
          gboolean   value,
          guint      property)
{
  value = !!value;
  if (*field == value)
    return;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
update_modified (BwSession *self)
{
  gboolean modified = FALSE;

  for (guint i = 0; i < self->board->n_footprints && !modified; i++)
    modified = !bw_pose_equal (&self->frame->poses[i], &self->saved_poses[i]);
  set_flag (self, &self->modified, modified, PROP_MODIFIED);
}

static void
on_news (BwPort  *port,
         gpointer user_data)
{
  BwSession *self = user_data;
  g_autoptr (BwFrame) frame = bw_port_take_frame (port);
  BwRunState state = bw_port_get_state (port, NULL);

  if (frame != NULL)
    {
      g_clear_pointer (&self->frame, bw_frame_unref);
      self->frame = g_steal_pointer (&frame);
      update_modified (self);
    }
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  set_flag (self, &self->can_untangle,
            (state == BW_RUN_STOPPED || state == BW_RUN_FINISHED) &&
            !bw_frame_is_legal (self->frame),
            PROP_CAN_UNTANGLE);
}

static void
run_stretch (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_int (task, bw_run_stretch (task_data));
}

static void
on_stretch_ended (GObject      *source_object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GWeakRef *weak_self = user_data;
  g_autoptr (BwSession) self = g_weak_ref_get (weak_self);
  BwStretchEnd end = (BwStretchEnd) g_task_propagate_int (G_TASK (result), NULL);

  g_weak_ref_clear (weak_self);
  g_free (weak_self);
  if (self == NULL || self->run == NULL)
    return;

  self->working = FALSE;
  g_clear_pointer (&self->hand, bw_hand_free);
  self->hand = bw_hand_copy (bw_run_get_hand (self->run));
  if (end == BW_STRETCH_REPLACED)
    {
      BwCommand pending = bw_run_get_pending (self->run);

      handle_command (self, &pending);
    }
  handle_commands (self);
}

/* The task holds the run alone: were it to hold the session, the pool's thread might drop the
 * last reference and finalize a GObject of another thread. */
static void
start_stretch (BwSession *self,
               gboolean   single)
{
  GWeakRef *weak_self = g_new0 (GWeakRef, 1);
  g_autoptr (GTask) task = NULL;

  g_weak_ref_init (weak_self, self);
  task = g_task_new (NULL, NULL, on_stretch_ended, weak_self);
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

static void
start_run (BwSession        *self,
           const BwCommand  *command,
           const BwPose     *start,
           BwPlacerMode      mode)
{
  if (!may_start (self))
    {
      /* A RESTART or UNTANGLE in the middle of a run leaves nothing running. */
      if (bw_hub_get_state (self->hub, NULL) == BW_RUN_RUNNING)
        bw_hub_set_state (self->hub, BW_RUN_STOPPED, TRUE, self->epoch, 0);
      return;
    }

  g_clear_pointer (&self->run, bw_run_unref);
  self->run = bw_run_new (self->board, self->hub, ++self->epoch, mode, &self->options,
                          &(BwProblemOptions) { .start = start, .only = self->only,
                                                .constraints = self->constraints }, self->hand);
  bw_hub_log (self->hub, &(BwLogEntry) { .kind = BW_LOG_COMMAND,
                                         .command = *command,
                                         .epoch = self->epoch });
  start_stretch (self, command->kind == BW_COMMAND_STEP);
}

/* Newer than self->frame where the port's announcement has not come in yet. */
static BwFrame *
newest_frame (BwSession *self)
{
  on_news (self->port, self);
  return self->frame;
}

/* A part, while nothing moves: of the run that is paused, or of the frame. */
static void
edit (BwSession       *self,
      const BwCommand *command,
      gboolean         paused)
{
  g_autofree char *refusal = NULL;
  g_autoptr (BwFrame) frame = NULL;

  if (paused)
    {
      bw_run_edit (self->run, command);
      g_clear_pointer (&self->hand, bw_hand_free);
      self->hand = bw_hand_copy (bw_run_get_hand (self->run));
      return;
    }
  frame = bw_hand_edit (self->hand, command, newest_frame (self), &refusal);
  if (frame == NULL)
    {
      say (self, BW_STATUS_WARNING, refusal);
      return;
    }
  bw_hub_log (self->hub, &(BwLogEntry) { .kind = BW_LOG_COMMAND,
                                         .command = *command,
                                         .epoch = self->epoch,
                                         .iteration = frame->iteration });
  bw_hub_publish_frame (self->hub, frame);
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
        start_run (self, command, newest_frame (self)->poses,
                   self->options.stay > 0.0 ? BW_PLACER_MODE_REFINE : BW_PLACER_MODE_ALL);
      break;

    case BW_COMMAND_RESTART:
      {
        g_autofree BwPose *poses = bw_board_dup_poses (self->board);

        bw_hand_clear (self->hand);
        start_run (self, command, poses, BW_PLACER_MODE_ALL);
        break;
      }

    case BW_COMMAND_UNTANGLE:
      start_run (self, command, newest_frame (self)->poses, BW_PLACER_MODE_UNTANGLE);
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

    case BW_COMMAND_PAUSE:
    default:
      break;
    }
}

static void
handle_commands (BwSession *self)
{
  BwCommand command;

  while (!self->working && bw_hub_pop_command (self->hub, &command))
    handle_command (self, &command);
}

static gboolean
on_command (gpointer user_data)
{
  handle_commands (user_data);
  return G_SOURCE_CONTINUE;
}

static BwBoard *
bw_session_feed_get_board (BwFeed *feed)
{
  return BW_SESSION (feed)->board;
}

static BwPort *
bw_session_feed_subscribe (BwFeed       *feed,
                           GMainContext *context,
                           BwPortFunc    func,
                           gpointer      user_data)
{
  return bw_hub_subscribe (BW_SESSION (feed)->hub, context, func, user_data);
}

static void
bw_session_feed_init (BwFeedInterface *iface)
{
  iface->get_board = bw_session_feed_get_board;
  iface->subscribe = bw_session_feed_subscribe;
}

static void
bw_session_dispose (GObject *object)
{
  BwSession *self = BW_SESSION (object);

  bw_session_shut_down (self);
  if (self->port != NULL)
    bw_port_close (self->port);
  if (self->hub != NULL)
    bw_hub_close (self->hub);
  g_clear_pointer (&self->port, bw_port_unref);

  G_OBJECT_CLASS (bw_session_parent_class)->dispose (object);
}

static void
bw_session_finalize (GObject *object)
{
  BwSession *self = BW_SESSION (object);

  g_clear_pointer (&self->hub, bw_hub_unref);
  g_clear_pointer (&self->frame, bw_frame_unref);
  g_clear_pointer (&self->hand, bw_hand_free);
  g_clear_pointer (&self->constraints, bw_constraints_unref);
  g_clear_pointer (&self->board, bw_board_unref);
  g_free (self->only);
  g_free (self->saved_poses);

  G_OBJECT_CLASS (bw_session_parent_class)->finalize (object);
}

static void
bw_session_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  BwSession *self = BW_SESSION (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_CAN_UNTANGLE:
      g_value_set_boolean (value, self->can_untangle);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, self->modified);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
bw_session_class_init (BwSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bw_session_dispose;
  object_class->finalize = bw_session_finalize;
  object_class->get_property = bw_session_get_property;

  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, BW_RUN_IDLE, BW_RUN_FINISHED, BW_RUN_IDLE,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_CAN_UNTANGLE] =
    g_param_spec_boolean ("can-untangle", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_MODIFIED] =
    g_param_spec_boolean ("modified", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bw_session_init (BwSession *self)
{
  self->options = bw_run_options_default ();
  self->hub = bw_hub_new ();
}

BwSession *
bw_session_new (BwBoard       *board,
                BwConstraints *constraints)
{
  g_autoptr (BwFrame) frame = NULL;

  g_return_val_if_fail (board != NULL, NULL);

  frame = bw_session_measure (board, constraints);
  return bw_session_new_measured (board, constraints, frame);
}

BwSession *
bw_session_new_measured (BwBoard       *board,
                         BwConstraints *constraints,
                         BwFrame       *frame)
{
  BwSession *self;

  g_return_val_if_fail (board != NULL, NULL);
  g_return_val_if_fail (frame->n_footprints == board->n_footprints, NULL);

  self = g_object_new (BW_TYPE_SESSION, NULL);
  self->board = bw_board_ref (board);
  self->constraints = constraints != NULL ? bw_constraints_ref (constraints) : NULL;
  self->saved_poses = bw_board_dup_poses (board);
  self->hand = bw_hand_new (board, constraints);
  bw_hub_publish_frame (self->hub, frame);
  self->port = bw_hub_subscribe (self->hub, NULL, on_news, self);
  on_news (self->port, self);
  bw_hub_set_owner (self->hub, NULL, on_command, self);
  return self;
}

gboolean
bw_session_restore (BwSession *self,
                    BwFrame   *frame)
{
  g_return_val_if_fail (BW_IS_SESSION (self), FALSE);
  g_return_val_if_fail (frame->n_footprints == self->board->n_footprints, FALSE);

  if (self->working || bw_hub_get_state (self->hub, NULL) != BW_RUN_IDLE)
    return FALSE;
  bw_hub_publish_frame (self->hub, frame);
  on_news (self->port, self);
  return TRUE;
}

void
bw_session_set_options (BwSession          *self,
                        const BwRunOptions *options)
{
  g_return_if_fail (BW_IS_SESSION (self));
  g_return_if_fail (options->iterations > 0 || options->time_s > 0.0);
  g_return_if_fail (options->stay >= 0.0);

  self->options = *options;
}

const BwRunOptions *
bw_session_get_options (BwSession *self)
{
  g_return_val_if_fail (BW_IS_SESSION (self), NULL);

  return &self->options;
}

void
bw_session_set_only (BwSession      *self,
                     const gboolean *only)
{
  g_return_if_fail (BW_IS_SESSION (self));

  g_free (self->only);
  self->only = only != NULL ? g_memdup2 (only, sizeof *only * self->board->n_footprints) : NULL;
}

BwConstraints *
bw_session_get_constraints (BwSession *self)
{
  g_return_val_if_fail (BW_IS_SESSION (self), NULL);

  return self->constraints;
}

void
bw_session_submit (BwSession       *self,
                   const BwCommand *command)
{
  g_return_if_fail (BW_IS_SESSION (self));

  bw_hub_submit (self->hub, command);
}

BwRunState
bw_session_get_state (BwSession *self)
{
  g_return_val_if_fail (BW_IS_SESSION (self), BW_RUN_IDLE);

  return self->state;
}

gboolean
bw_session_get_can_untangle (BwSession *self)
{
  g_return_val_if_fail (BW_IS_SESSION (self), FALSE);

  return self->can_untangle;
}

BwFrame *
bw_session_get_frame (BwSession *self)
{
  g_return_val_if_fail (BW_IS_SESSION (self), NULL);

  return newest_frame (self);
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

gboolean
bw_session_get_modified (BwSession *self)
{
  g_return_val_if_fail (BW_IS_SESSION (self), FALSE);

  return self->modified;
}

void
bw_session_mark_saved (BwSession *self,
                       BwFrame   *frame)
{
  g_return_if_fail (BW_IS_SESSION (self));
  g_return_if_fail (frame->n_footprints == self->board->n_footprints);

  memcpy (self->saved_poses, frame->poses, sizeof (BwPose) * frame->n_footprints);
  update_modified (self);
}

void
bw_session_shut_down (BwSession *self)
{
  g_return_if_fail (BW_IS_SESSION (self));

  if (self->run != NULL)
    bw_run_cancel (self->run);
  g_clear_pointer (&self->run, bw_run_unref);
}
