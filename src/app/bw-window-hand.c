/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#define QUARTER_TURN_CDEG 9000

/* What is on show may be older by so much than what was asked for here. */
#define LATENESS_US G_USEC_PER_SEC

/* Undone by putting the part back as it was. */
typedef struct
{
  guint group;      /* those of one group were done at once, and are undone at once */
  guint32 footprint;
  BwPose before;
  BwPose after;
  gboolean held_before;
  gboolean held_after;
} Edit;

typedef struct
{
  gint64 us;
  BwPose pose;
  gboolean held;
} Asked;

struct _BwHandState
{
  GArray *edits;   /* Edit, oldest first */
  guint n_done;    /* how many of them are not undone */
  guint group;     /* of the newest */
  Edit drag;       /* the one under way */
  gboolean dragging;

  GHashTable *asked; /* footprint → Asked: what was asked for last, before it is on show */
};

static BwHandState *
hand (BwWindow *self)
{
  if (!self->hand)
    {
      self->hand = g_new0 (BwHandState, 1);
      self->hand->edits = g_array_new (FALSE, FALSE, sizeof (Edit));
      self->hand->asked = g_hash_table_new_full (NULL, NULL, NULL, g_free);
    }
  return self->hand;
}

void
bw_hand_state_free (BwHandState *state)
{
  g_array_unref (state->edits);
  g_hash_table_unref (state->asked);
  g_free (state);
}

/* NULL: nothing that is not on show by now. */
static const Asked *
find_asked (BwWindow *self,
            guint32   footprint)
{
  const Asked *asked = g_hash_table_lookup (hand (self)->asked, GUINT_TO_POINTER (footprint));

  return asked && g_get_monotonic_time () - asked->us < LATENESS_US ? asked : NULL;
}

gboolean
bw_window_is_held (BwWindow *self,
                   guint32   footprint)
{
  BwFrame *frame = bw_canvas_get_frame (self->canvas);
  const Asked *asked = find_asked (self, footprint);

  if (asked)
    return asked->held;
  return frame->held ? frame->held[footprint]
                     : self->board->footprints[footprint].hold != BW_HOLD_NONE;
}

BwPose
bw_window_get_pose (BwWindow *self,
                    guint32   footprint)
{
  const Asked *asked = find_asked (self, footprint);

  /* What is free goes on moving. */
  if (asked && (asked->held || bw_session_get_state (self->session) != BW_RUN_RUNNING))
    return asked->pose;
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
  Asked asked = { g_get_monotonic_time (), pose, kind != BW_COMMAND_UNLOCK };

  if (!bw_window_may_move (self, footprint))
    return;
  bw_session_submit (self->session, &command);
  /* What is locked in the board stays as it is. */
  if (self->board->footprints[footprint].hold != BW_HOLD_LOCKED)
    g_hash_table_insert (hand (self)->asked, GUINT_TO_POINTER (footprint),
                         g_memdup2 (&asked, sizeof asked));
}

/* What is done after something was undone takes the place of what was undone. */
static void
remember (BwWindow   *self,
          const Edit *edits,
          guint       n_edits)
{
  BwHandState *state = hand (self);

  if (n_edits == 0)
    return;
  g_array_set_size (state->edits, state->n_done);
  state->group++;
  g_array_append_vals (state->edits, edits, n_edits);
  for (guint i = state->n_done; i < state->edits->len; i++)
    g_array_index (state->edits, Edit, i).group = state->group;
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
  Edit edit = { 0, footprint, bw_window_get_pose (self, footprint), after,
                bw_window_is_held (self, footprint), held_after };

  if (!bw_window_may_move (self, footprint))
    return;
  submit (self, kind, footprint, after);
  /* The session refuses that, and says why. */
  if (self->board->footprints[footprint].hold != BW_HOLD_LOCKED)
    remember (self, &edit, 1);
}

/* What is being dragged is put down first: an edit is of a part that lies somewhere. */
static BwPose
selected_pose (BwWindow *self)
{
  bw_canvas_end_move (self->canvas);
  return bw_window_get_pose (self, (guint32) bw_canvas_get_selected (self->canvas));
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
      BwPose pose = bw_window_get_pose (self, footprint);

      if (!bw_window_grab (self, footprint))
        {
          bw_canvas_end_move (canvas);
          return;
        }
      state->drag = (Edit) { 0, footprint, pose, pose, bw_window_is_held (self, footprint), TRUE };
      state->dragging = TRUE;
      bw_canvas_set_drag_start (canvas, pose.at);
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
      bw_window_let_go (self);
      if (!bw_pose_equal (&state->drag.before, &state->drag.after))
        remember (self, &state->drag, 1);
      break;
    case BW_CANVAS_DRAG_CANCEL:
    case BW_CANVAS_DRAG_BEGIN:
    default:
      state->dragging = FALSE;
      put (self, footprint, state->drag.before, state->drag.held_before);
      bw_window_let_go (self);
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
  gboolean held = bw_window_is_held (self, (guint32) bw_canvas_get_selected (self->canvas));

  edit_selected (self, held ? BW_COMMAND_UNLOCK : BW_COMMAND_LOCK, pose, !held);
}

static void
on_hold_module (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  BwWindow *self = user_data;
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (Edit));
  guint32 module;
  gboolean hold;

  g_variant_get (parameter, "(ub)", &module, &hold);
  if (!self->session)
    return;
  bw_canvas_end_move (self->canvas);
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      BwPose pose = bw_window_get_pose (self, i);
      gboolean held = bw_window_is_held (self, i);
      Edit edit = { 0, i, pose, pose, held, hold };

      if (self->board->footprints[i].module != (gint32) module || held == hold
          || self->board->footprints[i].hold == BW_HOLD_LOCKED || !bw_window_may_move (self, i))
        continue;
      submit (self, hold ? BW_COMMAND_LOCK : BW_COMMAND_UNLOCK, i, pose);
      g_array_append_val (edits, edit);
    }
  remember (self, (const Edit *) (void *) edits->data, edits->len);
}

/* Those at `at` and beyond, in the direction of `step`, that belong together; returns how many. */
static guint
count_group (BwHandState *state,
             guint        at,
             int          step)
{
  guint group = g_array_index (state->edits, Edit, at).group;
  guint n = 0;

  for (guint i = at; i < state->edits->len && g_array_index (state->edits, Edit, i).group == group;
       i += (guint) step)
    n++;
  return n;
}

static void
put_back (BwWindow   *self,
          const Edit *edit,
          BwPose      pose,
          gboolean    held)
{
  if (bw_pose_equal (&edit->before, &edit->after))
    submit (self, held ? BW_COMMAND_LOCK : BW_COMMAND_UNLOCK, edit->footprint, pose);
  else
    put (self, edit->footprint, pose, held);
}

static void
on_undo (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;
  BwHandState *state = self->hand;
  guint n;

  /* A drag that is under way is what is taken back. */
  if (bw_canvas_cancel_move (self->canvas))
    return;
  n = count_group (state, state->n_done - 1, -1);
  for (guint i = 0; i < n; i++)
    {
      const Edit *edit = &g_array_index (state->edits, Edit, --state->n_done);

      if (n == 1)
        bw_canvas_select (self->canvas, (gint32) edit->footprint);
      put_back (self, edit, edit->before, edit->held_before);
    }
  bw_window_update_hand (self);
}

static void
on_redo (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;
  BwHandState *state = self->hand;
  guint n;

  bw_canvas_end_move (self->canvas);
  if (state->n_done >= state->edits->len)
    return;
  n = count_group (state, state->n_done, 1);
  for (guint i = 0; i < n; i++)
    {
      const Edit *edit = &g_array_index (state->edits, Edit, state->n_done++);

      if (n == 1)
        bw_canvas_select (self->canvas, (gint32) edit->footprint);
      put_back (self, edit, edit->after, edit->held_after);
    }
  bw_window_update_hand (self);
}

void
bw_window_update_hand (BwWindow *self)
{
  static const char *const actions[] = { "move", "rotate", "flip", "lock" };
  gboolean live = self->session && !bw_canvas_get_past (self->canvas);
  gboolean selected = live && bw_canvas_get_selected (self->canvas) >= 0;

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    bw_window_set_action_enabled (self, actions[i], selected);
  bw_window_set_action_enabled (self, "undo",
                                live && self->hand && self->hand->n_done > 0);
  bw_window_set_action_enabled (self, "redo",
                                live && self->hand
                                  && self->hand->n_done < self->hand->edits->len);
}

void
bw_window_forget_hand (BwWindow *self)
{
  /* Nothing is put back: the parts lie elsewhere now, or are gone. */
  if (self->hand && self->hand->dragging)
    {
      self->hand->dragging = FALSE;
      bw_window_let_go (self);
    }
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
  { .name = "hold-module", .activate = on_hold_module, .parameter_type = "(ub)" },
  { .name = "undo", .activate = on_undo },
  { .name = "redo", .activate = on_redo },
};
const guint bw_window_n_hand_actions = G_N_ELEMENTS (bw_window_hand_actions);
