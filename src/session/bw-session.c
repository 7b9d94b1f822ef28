/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-session-private.h"

#include <string.h>

#include "session/bw-net-weights.h"

static void bw_session_feed_init (BwFeedInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BwSession, bw_session, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BW_TYPE_FEED, bw_session_feed_init))

enum
{
  PROP_0,
  PROP_STATE,
  PROP_CAN_UNTANGLE,
  PROP_MODIFIED,
  PROP_BUSY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

BwRunOptions
bw_run_options_default (void)
{
  return (BwRunOptions) { .seed = 1, .time_s = 10.0, .weights = BW_WEIGHTS_UNTOLD };
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

BwFrame *
bw_session_newest_frame (BwSession *self)
{
  on_news (self->port, self);
  return self->frame;
}

void
bw_session_publish (BwSession     *self,
                    const BwFrame *values)
{
  BwFrame frame = *values;

  frame.tracks = self->options.tracks;
  bw_hub_publish_frame (self->hub, &frame);
  on_news (self->port, self);
}

void
bw_session_update_busy (BwSession *self)
{
  set_flag (self, &self->busy, self->working, PROP_BUSY);
}

static gboolean
on_command (gpointer user_data)
{
  bw_session_handle_commands (user_data);
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
  g_clear_pointer (&self->history, bw_run_history_unref);
  g_clear_pointer (&self->hand, bw_hand_free);
  g_clear_pointer (&self->constraints, bw_constraints_unref);
  g_clear_pointer (&self->board, bw_board_unref);
  g_free (self->only);
  g_free (self->net_weights);
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
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
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
  properties[PROP_BUSY] =
    g_param_spec_boolean ("busy", NULL, NULL, FALSE,
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
  self->net_weights = bw_net_weights_new (board, constraints);
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
  bw_session_publish (self, frame);
  return TRUE;
}

gboolean
bw_session_adopt (BwSession *self,
                  BwFrame   *frame)
{
  BwRunState state;
  const BwFrame *newest;
  g_autofree guint8 *held = NULL;
  g_autofree char *message = NULL;
  BwFrame adopted;

  g_return_val_if_fail (BW_IS_SESSION (self), FALSE);
  g_return_val_if_fail (frame->n_footprints == self->board->n_footprints, FALSE);

  state = bw_hub_get_state (self->hub, NULL);
  if (self->working || state == BW_RUN_RUNNING || state == BW_RUN_PAUSED)
    return FALSE;
  newest = bw_session_newest_frame (self);
  held = g_malloc0 (self->board->n_footprints + 1);
  bw_hand_fill (self->hand, held);
  adopted = *frame;
  adopted.epoch = newest->epoch;
  adopted.iteration = newest->iteration;
  adopted.budget = newest->budget;
  adopted.phase = newest->phase;
  adopted.final = newest->final;
  adopted.routability_iteration = newest->iteration;
  adopted.held = held;
  message = g_strdup_printf ("Another placement was taken over, wire length %.1f mm",
                             adopted.hpwl_mm);
  bw_hub_log (self->hub, &(BwLogEntry) { .kind = BW_LOG_STATUS,
                                         .level = BW_STATUS_INFO,
                                         .message = message,
                                         .epoch = newest->epoch,
                                         .iteration = newest->iteration });
  bw_session_publish (self, &adopted);
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
  /* While a run is under way, its own frames go on as they began. */
  if (!self->working && bw_session_newest_frame (self)->tracks != options->tracks)
    bw_session_publish (self, self->frame);
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

  self->choosing = FALSE;
  self->chosen = FALSE;
  g_free (self->only);
  self->only = only != NULL ? g_memdup2 (only, sizeof *only * self->board->n_footprints) : NULL;
}

const double *
bw_session_get_net_weights (BwSession *self)
{
  g_return_val_if_fail (BW_IS_SESSION (self), NULL);

  return self->net_weights;
}

BwConstraints *
bw_session_get_constraints (BwSession *self)
{
  g_return_val_if_fail (BW_IS_SESSION (self), NULL);

  return self->constraints;
}

/* Frames tell what is held. */
static void
tell_held (BwSession *self)
{
  BwRunState state = bw_hub_get_state (self->hub, NULL);
  BwFrame frame = *bw_session_newest_frame (self);
  g_autofree guint8 *held = g_malloc0 (self->board->n_footprints + 1);

  if (self->working || state == BW_RUN_RUNNING || state == BW_RUN_PAUSED)
    return;
  bw_hand_fill (self->hand, held);
  if (frame.held != NULL && memcmp (held, frame.held, self->board->n_footprints) == 0)
    return;
  frame.held = held;
  bw_session_publish (self, &frame);
}

void
bw_session_take_hand (BwSession *self,
                      BwHand    *hand)
{
  g_clear_pointer (&self->hand, bw_hand_free);
  self->hand = hand;
  bw_hand_set_constraints (hand, self->constraints);
  tell_held (self);
}

void
bw_session_set_constraints (BwSession     *self,
                            BwConstraints *constraints)
{
  g_return_if_fail (BW_IS_SESSION (self));

  if (constraints != NULL)
    bw_constraints_ref (constraints);
  g_clear_pointer (&self->constraints, bw_constraints_unref);
  self->constraints = constraints;
  bw_hand_set_constraints (self->hand, constraints);
  tell_held (self);
}

void
bw_session_submit (BwSession       *self,
                   const BwCommand *command)
{
  g_return_if_fail (BW_IS_SESSION (self));

  bw_hub_submit (self->hub, command, 1);
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

  return bw_session_newest_frame (self);
}

void
bw_session_keep_history (BwSession *self)
{
  g_return_if_fail (BW_IS_SESSION (self) && self->history == NULL);

  self->history = bw_run_history_new (BW_RUN_HISTORY_MAX_FRAMES, BW_RUN_HISTORY_MAX_BYTES);
  bw_hub_set_history (self->hub, self->history);
}

BwRunHistory *
bw_session_get_history (BwSession *self)
{
  g_return_val_if_fail (BW_IS_SESSION (self), NULL);

  return self->history;
}

gboolean
bw_session_get_busy (BwSession *self)
{
  g_return_val_if_fail (BW_IS_SESSION (self), FALSE);

  return self->busy;
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
