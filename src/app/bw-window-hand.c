/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>

#include "session/bw-hand-group.h"
#include "session/bw-hand-history.h"

/* What is on show may be older by so much than what was asked for here. */
#define LATENESS_US G_USEC_PER_SEC

/* A drag goes on to the next place once the last is on show, or after this time at most. */
#define DRAG_PATIENCE_US (G_USEC_PER_SEC / 4)

typedef struct
{
  gint64 us;
  BwPose pose;
  gboolean held;
} Asked;

struct _BwHandState
{
  GArray *drag;        /* BwHandEdit: the one under way, first of the part at the pointer */
  gboolean dragging;
  gint64 drag_sent_us; /* 0: what was sent last is on show */
  gboolean drag_waits; /* it is elsewhere by now than was sent */

  GHashTable *asked; /* footprint → Asked: what was asked for last, before it is on show */
};

static BwHandState *
hand (BwWindow *self)
{
  if (!self->hand)
    {
      self->hand = g_new0 (BwHandState, 1);
      self->hand->drag = g_array_new (FALSE, FALSE, sizeof (BwHandEdit));
      self->hand->asked = g_hash_table_new_full (NULL, NULL, NULL, g_free);
    }
  return self->hand;
}

void
bw_hand_state_free (BwHandState *state)
{
  g_array_unref (state->drag);
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
bw_window_is_dragging (BwWindow *self)
{
  return self->hand && self->hand->dragging;
}

gboolean
bw_window_is_held (BwWindow *self,
                   guint32   footprint)
{
  BwFrame *frame = bw_session_get_frame (self->session);
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
  /* While it runs, what moves is taken where it is seen. */
  if (bw_session_get_state (self->session) == BW_RUN_RUNNING)
    return bw_canvas_get_drawn (self->canvas)->poses[footprint];
  return bw_session_get_frame (self->session)->poses[footprint];
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

/* With as few commands as it takes. What is free goes on moving while it runs: nobody knows how it
 * lies once this is obeyed. */
static void
put_at (BwWindow *self,
        guint32   footprint,
        BwPose    pose)
{
  BwPose now = bw_window_get_pose (self, footprint);
  gboolean moves = !bw_window_is_held (self, footprint)
                   && bw_session_get_state (self->session) == BW_RUN_RUNNING;

  if (moves || now.side != pose.side)
    submit (self, BW_COMMAND_FLIP, footprint, pose);
  if (moves || now.rotation_cdeg != pose.rotation_cdeg)
    submit (self, BW_COMMAND_ROTATE, footprint, pose);
  if (moves || now.at.x_nm != pose.at.x_nm || now.at.y_nm != pose.at.y_nm)
    submit (self, BW_COMMAND_MOVE, footprint, pose);
}

void
bw_window_put (BwWindow         *self,
               const BwHandEdit *edit,
               gboolean          before)
{
  BwPose pose = before ? edit->before : edit->after;
  gboolean held = before ? edit->held_before : edit->held_after;

  if (!bw_pose_equal (&edit->before, &edit->after))
    put_at (self, edit->footprint, pose);
  if (held != bw_window_is_held (self, edit->footprint))
    submit (self, held ? BW_COMMAND_LOCK : BW_COMMAND_UNLOCK, edit->footprint, pose);
}

gboolean
bw_window_put_all (BwWindow *self,
                   BwFrame  *frame)
{
  if (!bw_session_adopt (self->session, frame))
    return FALSE;
  g_hash_table_remove_all (hand (self)->asked);
  for (guint32 i = 0; frame->held && i < self->board->n_footprints; i++)
    if (frame->held[i] != bw_window_is_held (self, i))
      submit (self, frame->held[i] ? BW_COMMAND_LOCK : BW_COMMAND_UNLOCK, i, frame->poses[i]);
  bw_window_keep_soon (self);
  return TRUE;
}

/* Too long for the status bar. */
static void
tell_past (BwWindow *self)
{
  bw_toast_show (self->toast, _("This is how the board was then. Keep this moment, or go back to "
                                "live to move parts."), NULL, NULL);
}

/* Those selected parts that may be moved, as they lie and stay. Where some are left out, that is
 * told. */
static GArray *
selected_edits (BwWindow *self)
{
  const BwSelection *selection = bw_canvas_get_selection (self->canvas);
  g_autofree guint32 *parts = bw_selection_list (selection);
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (BwHandEdit));

  if (bw_canvas_get_past (self->canvas))
    {
      tell_past (self);
      return edits;
    }
  for (guint i = 0; i < selection->n_selected; i++)
    {
      BwPose pose = bw_window_get_pose (self, parts[i]);
      gboolean held = bw_window_is_held (self, parts[i]);
      BwHandEdit edit = { parts[i], pose, pose, held, TRUE };

      if (self->board->footprints[parts[i]].hold != BW_HOLD_LOCKED
          && bw_window_may_move (self, parts[i]))
        g_array_append_val (edits, edit);
    }
  /* The session refuses what is locked in the board, and says why. */
  if (edits->len == 0 && selection->n_selected > 0)
    submit (self, BW_COMMAND_UNLOCK, parts[0], bw_window_get_pose (self, parts[0]));
  return edits;
}

/* What is being dragged is put down first: an edit is of a part that lies somewhere. */
static GArray *
settled_edits (BwWindow *self)
{
  bw_canvas_end_move (self->canvas);
  return selected_edits (self);
}

static void
do_edits (BwWindow *self,
          GArray   *edits)
{
  for (guint i = 0; i < edits->len; i++)
    bw_window_put (self, &g_array_index (edits, BwHandEdit, i), FALSE);
  bw_window_remember_edits (self, (const BwHandEdit *) (void *) edits->data, edits->len);
  bw_window_keep_soon (self);
}

static BwPoint
find_middle (BwWindow *self,
             GArray   *edits)
{
  g_autofree guint32 *parts = g_new (guint32, edits->len + 1);
  g_autofree BwPose *poses = g_new (BwPose, edits->len + 1);

  for (guint i = 0; i < edits->len; i++)
    {
      parts[i] = g_array_index (edits, BwHandEdit, i).footprint;
      poses[i] = g_array_index (edits, BwHandEdit, i).before;
    }
  return bw_hand_group_middle (self->board, parts, poses, edits->len);
}

static void
send_drag (BwWindow *self)
{
  BwHandState *state = hand (self);

  for (guint i = 0; i < state->drag->len; i++)
    {
      const BwHandEdit *edit = &g_array_index (state->drag, BwHandEdit, i);

      submit (self, BW_COMMAND_MOVE, edit->footprint, edit->after);
    }
  state->drag_waits = FALSE;
  state->drag_sent_us = g_get_monotonic_time ();
}

/* All go as far as the one at the pointer. */
static void
drag_to (BwHandState *state,
         BwPoint      at)
{
  const BwHandEdit *first = &g_array_index (state->drag, BwHandEdit, 0);
  gint64 dx_nm = (gint64) at.x_nm - first->before.at.x_nm;
  gint64 dy_nm = (gint64) at.y_nm - first->before.at.y_nm;

  for (guint i = 0; i < state->drag->len; i++)
    {
      BwHandEdit *edit = &g_array_index (state->drag, BwHandEdit, i);

      edit->after.at = bw_hand_group_shift (edit->before.at, dx_nm, dy_nm);
    }
  state->drag_waits = TRUE;
}

/* The first parts of a large group are in the hand: see BW_GRABS_MAX. */
static gboolean
grab (BwWindow *self,
      GArray   *edits)
{
  g_autofree guint32 *parts = g_new (guint32, edits->len + 1);

  for (guint i = 0; i < edits->len; i++)
    parts[i] = g_array_index (edits, BwHandEdit, i).footprint;
  return bw_window_grab (self, parts, edits->len);
}

static void
begin_drag (BwWindow *self,
            guint     footprint)
{
  BwHandState *state = hand (self);
  g_autoptr (GArray) edits = selected_edits (self);

  for (guint i = 0; i < edits->len; i++)
    {
      BwHandEdit edit = g_array_index (edits, BwHandEdit, i);

      if (edit.footprint != footprint)
        continue;
      g_array_index (edits, BwHandEdit, i) = g_array_index (edits, BwHandEdit, 0);
      g_array_index (edits, BwHandEdit, 0) = edit;
    }
  if (edits->len == 0 || g_array_index (edits, BwHandEdit, 0).footprint != footprint
      || !grab (self, edits))
    {
      bw_canvas_end_move (self->canvas);
      return;
    }
  g_array_unref (state->drag);
  state->drag = g_steal_pointer (&edits);
  state->dragging = TRUE;
  state->drag_waits = FALSE;
  state->drag_sent_us = 0;
  bw_canvas_set_drag_start (self->canvas, g_array_index (state->drag, BwHandEdit, 0).before.at);
}

static void
end_drag (BwWindow *self,
          gboolean  cancelled)
{
  BwHandState *state = hand (self);
  const BwHandEdit *edits = (const BwHandEdit *) (void *) state->drag->data;

  state->dragging = FALSE;
  if (cancelled)
    for (guint i = 0; i < state->drag->len; i++)
      bw_window_put (self, &edits[i], TRUE);
  else if (state->drag_waits)
    send_drag (self);
  bw_window_let_go (self);
  if (!cancelled && !bw_pose_equal (&edits[0].before, &edits[0].after))
    bw_window_remember_edits (self, edits, state->drag->len);
  bw_window_keep_soon (self);
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

  if (stage == BW_CANVAS_DRAG_REFUSED)
    tell_past (self);
  else if (stage == BW_CANVAS_DRAG_BEGIN)
    begin_drag (self, footprint);
  else if (!state->dragging || !self->session)
    return;
  else if (stage == BW_CANVAS_DRAG_MOVE)
    {
      drag_to (state, (BwPoint) { x_nm, y_nm });
      if (g_get_monotonic_time () - state->drag_sent_us > DRAG_PATIENCE_US)
        send_drag (self);
    }
  else
    end_drag (self, stage == BW_CANVAS_DRAG_CANCEL);
}

/* A large board takes longer for a move than the pointer for the next: one is under way at a
 * time. */
static void
on_live_frame (BwCanvas *canvas,
               BwWindow *self)
{
  BwHandState *state = self->hand;

  if (self->session && bw_session_get_state (self->session) != BW_RUN_RUNNING)
    bw_window_keep_soon (self);
  if (!bw_window_is_dragging (self))
    return;
  state->drag_sent_us = 0;
  if (state->drag_waits)
    send_drag (self);
}

static void
on_move (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  bw_canvas_begin_move (BW_WINDOW (user_data)->canvas);
}

static void
on_rotate (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  BwWindow *self = user_data;
  g_autoptr (GArray) edits = settled_edits (self);
  const BwPoint middle = find_middle (self, edits);

  for (guint i = 0; i < edits->len; i++)
    {
      BwHandEdit *edit = &g_array_index (edits, BwHandEdit, i);

      edit->after = bw_hand_group_turn (edit->before, edits->len > 1 ? middle : edit->before.at);
    }
  do_edits (self, edits);
}

static void
on_flip (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;
  g_autoptr (GArray) edits = settled_edits (self);
  const BwPoint middle = find_middle (self, edits);

  for (guint i = 0; i < edits->len; i++)
    {
      BwHandEdit *edit = &g_array_index (edits, BwHandEdit, i);

      edit->after = bw_hand_group_flip (edit->before, middle);
      /* One alone keeps its place and its angle. */
      if (edits->len == 1)
        edit->after = (BwPose) { edit->before.at, edit->before.rotation_cdeg, edit->after.side };
    }
  do_edits (self, edits);
}

/* Of a few that are not all held, all are held then. */
static void
on_lock (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;
  g_autoptr (GArray) edits = settled_edits (self);
  gboolean all_held = TRUE;

  for (guint i = 0; i < edits->len; i++)
    all_held &= g_array_index (edits, BwHandEdit, i).held_before;
  for (guint i = 0; i < edits->len; i++)
    g_array_index (edits, BwHandEdit, i).held_after = !all_held;
  do_edits (self, edits);
}

static void
on_move_by (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  BwWindow *self = user_data;
  g_autoptr (GArray) edits = NULL;
  int dx_nm, dy_nm;

  g_variant_get (parameter, "(ii)", &dx_nm, &dy_nm);
  edits = settled_edits (self);
  for (guint i = 0; i < edits->len; i++)
    {
      BwHandEdit *edit = &g_array_index (edits, BwHandEdit, i);

      edit->after.at = bw_hand_group_shift (edit->before.at, dx_nm, dy_nm);
    }
  do_edits (self, edits);
}

/* The one part that is selected: its x or y, in nanometres, or its rotation, in 1/100°. */
static void
on_put (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  BwWindow *self = user_data;
  g_autoptr (GArray) edits = NULL;
  const char *what;
  BwPose *pose;
  int value;

  g_variant_get (parameter, "(&si)", &what, &value);
  edits = settled_edits (self);
  if (edits->len != 1)
    return;
  pose = &g_array_index (edits, BwHandEdit, 0).after;
  if (g_str_equal (what, "x"))
    pose->at.x_nm = value;
  else if (g_str_equal (what, "y"))
    pose->at.y_nm = value;
  else
    pose->rotation_cdeg = bw_cdeg_normalize (value);
  do_edits (self, edits);
}

static void
on_hold_module (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  BwWindow *self = user_data;
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (BwHandEdit));
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
      BwHandEdit edit = { i, pose, pose, held, hold };

      if (self->board->footprints[i].module == (gint32) module && held != hold
          && self->board->footprints[i].hold != BW_HOLD_LOCKED && bw_window_may_move (self, i))
        g_array_append_val (edits, edit);
    }
  do_edits (self, edits);
}

void
bw_window_update_hand (BwWindow *self)
{
  static const char *const actions[] = { "move", "rotate", "flip", "lock", "move-by", "put" };
  gboolean selected = self->session && bw_canvas_get_selected (self->canvas) >= 0;

  /* In the past, too: whoever tries is told why it cannot be. */
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    bw_window_set_action_enabled (self, actions[i], selected);
  bw_window_update_history (self);
}

void
bw_window_drop_drag (BwWindow *self)
{
  /* Nothing is put back: the parts lie elsewhere now, or are gone. */
  if (self->hand && self->hand->dragging)
    {
      self->hand->dragging = FALSE;
      bw_window_let_go (self);
    }
  bw_canvas_end_move (self->canvas);
  g_clear_pointer (&self->hand, bw_hand_state_free);
}

void
bw_window_forget_hand (BwWindow *self)
{
  bw_window_drop_drag (self);
  bw_window_forget_history (self);
  bw_window_update_hand (self);
}

void
bw_window_bind_hand (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_drag_part);
  gtk_widget_class_bind_template_callback (widget_class, on_live_frame);
}

const GActionEntry bw_window_hand_actions[] = {
  { .name = "move", .activate = on_move },
  { .name = "rotate", .activate = on_rotate },
  { .name = "flip", .activate = on_flip },
  { .name = "lock", .activate = on_lock },
  { .name = "move-by", .activate = on_move_by, .parameter_type = "(ii)" },
  { .name = "put", .activate = on_put, .parameter_type = "(si)" },
  { .name = "hold-module", .activate = on_hold_module, .parameter_type = "(ub)" },
};
const guint bw_window_n_hand_actions = G_N_ELEMENTS (bw_window_hand_actions);
