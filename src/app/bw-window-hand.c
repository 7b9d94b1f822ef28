/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#define QUARTER_TURN_CDEG 9000

/* What is on show may be older by so much than what was asked for here. */
#define LATENESS_US G_USEC_PER_SEC

/* Undone by putting the part back as it was. */
typedef struct
{
  guint32 footprint;
  BwPose before;
  BwPose after;
  gboolean held_before;
  gboolean held_after;
} Edit;

struct _BwHandState
{
  GArray *edits;   /* Edit, oldest first */
  guint n_done;    /* how many of them are not undone */
  Edit drag;       /* the one under way */
  gboolean dragging;

  /* What was asked for last, before it is on show. */
  gint64 asked_us;
  guint32 asked_footprint;
  BwPose asked_pose;
  gboolean asked_held;
};

static BwHandState *
hand (BwWindow *self)
{
  if (!self->hand)
    {
      self->hand = g_new0 (BwHandState, 1);
      self->hand->edits = g_array_new (FALSE, FALSE, sizeof (Edit));
    }
  return self->hand;
}

void
bw_hand_state_free (BwHandState *state)
{
  g_array_unref (state->edits);
  g_free (state);
}

static gboolean
is_on_its_way (BwWindow *self,
               guint32   footprint)
{
  return hand (self)->asked_footprint == footprint
         && g_get_monotonic_time () - hand (self)->asked_us < LATENESS_US;
}

static gboolean
is_held (BwWindow *self,
         guint32   footprint)
{
  BwFrame *frame = bw_canvas_get_frame (self->canvas);

  if (is_on_its_way (self, footprint))
    return hand (self)->asked_held;
  return frame->held ? frame->held[footprint]
                     : self->board->footprints[footprint].hold != BW_HOLD_NONE;
}

static BwPose
pose_of (BwWindow *self,
         guint32   footprint)
{
  /* What is free goes on moving. */
  if (is_on_its_way (self, footprint) && hand (self)->asked_held)
    return hand (self)->asked_pose;
  return bw_canvas_get_frame (self->canvas)->poses[footprint];
}

static void
submit (BwWindow     *self,
        BwCommandKind kind,
        guint32       footprint,
        BwPose        pose)
{
  BwCommand command = { .kind = kind, .origin = BW_ORIGIN_WINDOW, .footprint = footprint,
                        .pose = pose };
  BwHandState *state = hand (self);

  bw_session_submit (self->session, &command);
  /* What is locked in the board stays as it is. */
  state->asked_us = self->board->footprints[footprint].hold == BW_HOLD_LOCKED
                      ? 0 : g_get_monotonic_time ();
  state->asked_footprint = footprint;
  state->asked_pose = pose;
  state->asked_held = kind != BW_COMMAND_UNLOCK;
}

/* What is done after something was undone takes the place of what was undone. */
static void
remember (BwWindow   *self,
          const Edit *edit)
{
  BwHandState *state = hand (self);

  g_array_set_size (state->edits, state->n_done);
  g_array_append_vals (state->edits, edit, 1);
  state->n_done = state->edits->len;
  bw_window_update_hand (self);
}

static void
put (BwWindow *self,
     guint32   footprint,
     BwPose    pose,
     gboolean  held)
{
  submit (self, BW_COMMAND_FLIP, footprint, pose);
  submit (self, BW_COMMAND_ROTATE, footprint, pose);
  submit (self, BW_COMMAND_MOVE, footprint, pose);
  if (!held)
    submit (self, BW_COMMAND_UNLOCK, footprint, pose);
}

/* One command about the selected part. */
static void
edit_selected (BwWindow     *self,
               BwCommandKind kind,
               BwPose        after,
               gboolean      held_after)
{
  guint32 footprint = (guint32) bw_canvas_get_selected (self->canvas);
  Edit edit = { footprint, pose_of (self, footprint), after, is_held (self, footprint),
                held_after };

  submit (self, kind, footprint, after);
  /* The session refuses that, and says why. */
  if (self->board->footprints[footprint].hold != BW_HOLD_LOCKED)
    remember (self, &edit);
}

/* What is being dragged is put down first: an edit is of a part that lies somewhere. */
static BwPose
selected_pose (BwWindow *self)
{
  bw_canvas_end_move (self->canvas);
  return pose_of (self, (guint32) bw_canvas_get_selected (self->canvas));
}

static void
on_drag_part (BwCanvas    *canvas,
              BwCanvasDrag stage,
              guint        footprint,
              gint         x_nm,
              gint         y_nm,
              BwWindow    *self)
{
  BwHandState *state = hand (self);

  if (stage == BW_CANVAS_DRAG_BEGIN)
    {
      BwPose pose = pose_of (self, footprint);

      state->drag = (Edit) { footprint, pose, pose, is_held (self, footprint), TRUE };
      state->dragging = TRUE;
      return;
    }
  if (!state->dragging || !self->session)
    return;
  switch (stage)
    {
    case BW_CANVAS_DRAG_MOVE:
      state->drag.after.at = (BwPoint) { x_nm, y_nm };
      submit (self, BW_COMMAND_MOVE, footprint, state->drag.after);
      break;
    case BW_CANVAS_DRAG_END:
      state->dragging = FALSE;
      if (!bw_pose_equal (&state->drag.before, &state->drag.after))
        remember (self, &state->drag);
      break;
    case BW_CANVAS_DRAG_CANCEL:
    case BW_CANVAS_DRAG_BEGIN:
    default:
      state->dragging = FALSE;
      put (self, footprint, state->drag.before, state->drag.held_before);
    }
}

static void
on_move (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;

  bw_canvas_begin_move (self->canvas, bw_canvas_get_selected (self->canvas));
}

static void
on_rotate (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  BwPose pose = selected_pose (user_data);

  pose.rotation_cdeg = bw_cdeg_normalize (pose.rotation_cdeg + QUARTER_TURN_CDEG);
  edit_selected (user_data, BW_COMMAND_ROTATE, pose, TRUE);
}

static void
on_flip (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwPose pose = selected_pose (user_data);

  pose.side = pose.side == BW_SIDE_FRONT ? BW_SIDE_BACK : BW_SIDE_FRONT;
  edit_selected (user_data, BW_COMMAND_FLIP, pose, TRUE);
}

static void
on_lock (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;
  BwPose pose = selected_pose (self);
  gboolean held = is_held (self, (guint32) bw_canvas_get_selected (self->canvas));

  edit_selected (self, held ? BW_COMMAND_UNLOCK : BW_COMMAND_LOCK, pose, !held);
}

static void
on_undo (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;
  const Edit *edit;

  /* A drag that is under way is what is taken back. */
  if (bw_canvas_cancel_move (self->canvas))
    return;
  edit = &g_array_index (self->hand->edits, Edit, --self->hand->n_done);
  bw_canvas_select (self->canvas, (gint32) edit->footprint);
  put (self, edit->footprint, edit->before, edit->held_before);
  bw_window_update_hand (self);
}

static void
on_redo (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;
  const Edit *edit;

  bw_canvas_end_move (self->canvas);
  if (self->hand->n_done >= self->hand->edits->len)
    return;
  edit = &g_array_index (self->hand->edits, Edit, self->hand->n_done++);
  bw_canvas_select (self->canvas, (gint32) edit->footprint);
  put (self, edit->footprint, edit->after, edit->held_after);
  bw_window_update_hand (self);
}

void
bw_window_update_hand (BwWindow *self)
{
  static const char *const actions[] = { "move", "rotate", "flip", "lock" };
  gboolean selected = self->session && bw_canvas_get_selected (self->canvas) >= 0;

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    bw_window_set_action_enabled (self, actions[i], selected);
  bw_window_set_action_enabled (self, "undo", self->hand && self->hand->n_done > 0);
  bw_window_set_action_enabled (self, "redo",
                                self->hand && self->hand->n_done < self->hand->edits->len);
}

void
bw_window_forget_hand (BwWindow *self)
{
  /* Nothing is put back: the parts lie elsewhere now, or are gone. */
  if (self->hand)
    self->hand->dragging = FALSE;
  bw_canvas_end_move (self->canvas);
  g_clear_pointer (&self->hand, bw_hand_state_free);
  bw_window_update_hand (self);
}

void
bw_window_bind_hand (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_drag_part);
}

const GActionEntry bw_window_hand_actions[] = {
  { .name = "move", .activate = on_move },
  { .name = "rotate", .activate = on_rotate },
  { .name = "flip", .activate = on_flip },
  { .name = "lock", .activate = on_lock },
  { .name = "undo", .activate = on_undo },
  { .name = "redo", .activate = on_redo },
};
const guint bw_window_n_hand_actions = G_N_ELEMENTS (bw_window_hand_actions);
