/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#define QUARTER_TURN_CDEG 9000

/* Undone by putting the part back as it was. */
typedef struct
{
  guint32 footprint;
  BwPose before;
  BwPose after;
  gboolean held_before;
  gboolean held_after;
} Edit;

static void
submit (BwWindow     *self,
        BwCommandKind kind,
        guint32       footprint,
        BwPose        pose)
{
  BwCommand command = { kind, BW_ORIGIN_WINDOW, footprint, pose };

  bw_session_submit (self->session, &command);
}

static gboolean
is_held (BwWindow *self,
         guint32   footprint)
{
  BwFrame *frame = bw_canvas_get_frame (self->canvas);

  return frame->held ? frame->held[footprint]
                     : self->board->footprints[footprint].hold != BW_HOLD_NONE;
}

/* What is done after something was undone takes the place of what was undone. */
static void
remember (BwWindow   *self,
          const Edit *edit)
{
  if (!self->edits)
    self->edits = g_array_new (FALSE, FALSE, sizeof (Edit));
  g_array_set_size (self->edits, self->n_done);
  g_array_append_vals (self->edits, edit, 1);
  self->n_done = self->edits->len;
  bw_window_update_hand (self);
}

static void
put (BwWindow *self,
     guint32   footprint,
     BwPose    pose,
     gboolean  held)
{
  BwPose now = bw_canvas_get_frame (self->canvas)->poses[footprint];

  if (now.side != pose.side)
    submit (self, BW_COMMAND_FLIP, footprint, pose);
  if (now.rotation_cdeg != pose.rotation_cdeg)
    submit (self, BW_COMMAND_ROTATE, footprint, pose);
  if (now.at.x_nm != pose.at.x_nm || now.at.y_nm != pose.at.y_nm)
    submit (self, BW_COMMAND_MOVE, footprint, pose);
  submit (self, held ? BW_COMMAND_LOCK : BW_COMMAND_UNLOCK, footprint, pose);
}

/* One command about the selected part. */
static void
edit_selected (BwWindow     *self,
               BwCommandKind kind,
               BwPose        after,
               gboolean      held_after)
{
  guint32 footprint = (guint32) bw_canvas_get_selected (self->canvas);
  Edit edit = { footprint, bw_canvas_get_frame (self->canvas)->poses[footprint], after,
                is_held (self, footprint), held_after };

  submit (self, kind, footprint, after);
  /* The session refuses that, and says why. */
  if (self->board->footprints[footprint].hold != BW_HOLD_LOCKED)
    remember (self, &edit);
}

static BwPose
selected_pose (BwWindow *self)
{
  return bw_canvas_get_frame (self->canvas)->poses[bw_canvas_get_selected (self->canvas)];
}

static void
on_drag_part (BwCanvas    *canvas,
              BwCanvasDrag stage,
              guint        footprint,
              gint         x_nm,
              gint         y_nm,
              BwWindow    *self)
{
  BwPose pose = bw_canvas_get_frame (canvas)->poses[footprint];
  Edit edit;

  pose.at = (BwPoint) { x_nm, y_nm };
  switch (stage)
    {
    case BW_CANVAS_DRAG_BEGIN:
      edit = (Edit) { footprint, pose, pose, is_held (self, footprint), TRUE };
      remember (self, &edit);
      break;
    case BW_CANVAS_DRAG_MOVE:
      submit (self, BW_COMMAND_MOVE, footprint, pose);
      break;
    case BW_CANVAS_DRAG_END:
      g_array_index (self->edits, Edit, self->n_done - 1).after = pose;
      break;
    case BW_CANVAS_DRAG_CANCEL:
    default:
      edit = g_array_index (self->edits, Edit, --self->n_done);
      g_array_set_size (self->edits, self->n_done);
      submit (self, BW_COMMAND_MOVE, footprint, edit.before);
      submit (self, edit.held_before ? BW_COMMAND_LOCK : BW_COMMAND_UNLOCK, footprint, edit.before);
      bw_window_update_hand (self);
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
  gboolean held = is_held (self, (guint32) bw_canvas_get_selected (self->canvas));

  edit_selected (self, held ? BW_COMMAND_UNLOCK : BW_COMMAND_LOCK, selected_pose (self), !held);
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
  edit = &g_array_index (self->edits, Edit, --self->n_done);
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
  const Edit *edit = &g_array_index (self->edits, Edit, self->n_done++);

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
  bw_window_set_action_enabled (self, "undo", self->n_done > 0);
  bw_window_set_action_enabled (self, "redo", self->edits && self->n_done < self->edits->len);
}

void
bw_window_forget_hand (BwWindow *self)
{
  if (self->edits)
    g_array_set_size (self->edits, 0);
  self->n_done = 0;
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
