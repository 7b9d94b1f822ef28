/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be undone and done again: of runs, parts, weights, rules, modules; whoever did it. */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>

static BwHandHistory *
history (BwWindow *self)
{
  if (!self->history)
    self->history = bw_hand_history_new ();
  return self->history;
}

void
bw_window_remember_edits (BwWindow         *self,
                          const BwHandEdit *edits,
                          guint             n_edits)
{
  bw_hand_history_add (history (self), edits, n_edits);
  bw_window_update_history (self);
}

void
bw_window_remember_rule (BwWindow         *self,
                         const BwRuleEdit *edit)
{
  bw_hand_history_add_rule (history (self), edit);
  bw_window_update_history (self);
}

void
bw_window_remember_setting (BwWindow            *self,
                            const BwSettingEdit *edit)
{
  bw_hand_history_add_setting (history (self), edit);
  bw_window_update_history (self);
}

void
bw_window_remember_net (BwWindow *self,
                        guint32   net,
                        double    weight)
{
  const BwWeightEdit edit = { BW_COMMAND_WEIGH, net,
                              bw_side_panel_get_net_weight (self->side_panel, net), weight };

  bw_hand_history_add_weight (history (self), &edit, NULL, 0, g_get_real_time ());
  bw_window_update_history (self);
}

static void
on_weight_chosen (BwWeightList *list,
                  guint         weight,
                  double        before,
                  double        after,
                  BwWindow     *self)
{
  const BwWeightEdit edit = { BW_COMMAND_SET, weight, before, after };

  bw_hand_history_add_weight (history (self), &edit, NULL, 0, g_get_real_time ());
  bw_window_update_history (self);
}

/* Before the lists follow: they know what it was. */
static void
remember_weight (BwWindow         *self,
                 const BwLogEntry *entry,
                 const char       *who)
{
  const BwCommand *command = &entry->command;
  BwWeightEdit edit = { .kind = command->kind, .after = command->value };

  if (command->kind == BW_COMMAND_SET && command->weight < BW_N_WEIGHTS)
    {
      edit.index = command->weight;
      edit.before = bw_weight_list_get (bw_side_panel_get_weights (self->side_panel),
                                        command->weight);
    }
  else if (command->kind == BW_COMMAND_WEIGH && command->net < self->board->n_nets)
    {
      edit.index = command->net;
      edit.before = bw_side_panel_get_net_weight (self->side_panel, command->net);
    }
  else
    return;
  bw_hand_history_add_weight (history (self), &edit, who, command->actor, entry->time_us);
}

void
bw_window_remember_run (BwWindow   *self,
                        guint32     epoch,
                        const char *who)
{
  g_autoptr (BwFrame) before =
    bw_run_history_dup_before (bw_session_get_history (self->session), epoch);

  if (before)
    bw_hand_history_add_frame (history (self), BW_HAND_RUN, before, who);
  bw_window_update_history (self);
}

void
bw_window_remember_placement (BwWindow *self,
                              BwFrame  *before)
{
  bw_hand_history_add_frame (history (self), BW_HAND_PLACEMENT, before, NULL);
  bw_window_update_history (self);
}

gboolean
bw_window_is_before (BwWindow *self,
                     BwFrame  *frame)
{
  return bw_hand_history_get_before (history (self)) == frame;
}

void
bw_window_remember_deed (BwWindow         *self,
                         const BwLogEntry *entry,
                         const char       *who)
{
  if (bw_command_kind_has_part (entry->command.kind))
    bw_hand_history_add_remote (history (self), entry, who);
  else
    remember_weight (self, entry, who);
  bw_window_update_history (self);
}

/* Does what the step's edits had before, or have after. */
static void
put_parts (BwWindow         *self,
           const BwHandStep *step,
           gboolean          before)
{
  g_autofree guint8 *touched = g_new0 (guint8, self->board->n_footprints + 1);
  gboolean moved = FALSE;

  for (guint i = 0; i < step->n_edits; i++)
    {
      touched[step->edits[i].footprint] = TRUE;
      moved |= !bw_pose_equal (&step->edits[i].before, &step->edits[i].after);
      bw_window_put (self, &step->edits[i], before);
    }
  /* What moves is to be seen. */
  if (moved || step->n_edits == 1)
    bw_canvas_select_parts (self->canvas, touched, FALSE);
}

static void
put_weight (BwWindow           *self,
            const BwWeightEdit *edit,
            gboolean            before)
{
  double value = before ? edit->before : edit->after;

  if (edit->kind == BW_COMMAND_WEIGH)
    bw_window_weigh_net (self, edit->index, value);
  else
    bw_weight_list_choose (bw_side_panel_get_weights (self->side_panel), (BwWeight) edit->index,
                           value);
}

static void
tell (BwWindow         *self,
      const BwHandStep *step,
      gboolean          before)
{
  g_autofree char *text = NULL;

  if (step->who)
    /* Translators: an undo or redo; %s is a person: "Undone: what Ann did". */
    text = g_strdup_printf (before ? _("Undone: what %s did") : _("Done again: what %s did"),
                            step->who);
  else if (step->kind == BW_HAND_RUN)
    text = g_strdup (before ? _("The parts lie as before the run")
                            : _("The parts lie as the run left them"));
  if (text)
    bw_status_bar_tell (self->status_bar, text);
}

/* FALSE: it cannot be done now, which is told. */
static gboolean
go_to (BwWindow         *self,
       const BwHandStep *step,
       gboolean          before)
{
  /* Modules cannot change at any time: the step is for later then. */
  const char *why_not = step->setting ? bw_window_why_not_redo_setting (self, step->setting)
                                      : NULL;

  if (!why_not && step->frame && !bw_window_put_all (self, step->frame))
    why_not = _("Stop the run first: it moves the parts.");
  if (why_not)
    {
      bw_status_bar_tell (self->status_bar, why_not);
      return FALSE;
    }
  put_parts (self, step, before);
  for (guint i = 0; i < step->n_weights; i++)
    put_weight (self, &step->weights[i], before);
  if (step->rule)
    bw_window_redo_rule (self, step->rule, before);
  if (step->setting)
    bw_window_redo_setting (self, step->setting, before);
  tell (self, step, before);
  return TRUE;
}

/* FALSE: there is nothing that can be. */
static gboolean
step_on (BwWindow *self,
         gboolean  back)
{
  gboolean (*step_to) (BwHandHistory *, BwFrame *, BwHandStep *) =
    back ? bw_hand_history_undo : bw_hand_history_redo;
  gboolean (*step_away) (BwHandHistory *, BwFrame *, BwHandStep *) =
    back ? bw_hand_history_redo : bw_hand_history_undo;
  BwHandStep step;

  if (!step_to (history (self), bw_session_get_frame (self->session), &step))
    return FALSE;
  if (go_to (self, &step, back))
    return TRUE;
  step_away (history (self), step.frame, &step);
  return FALSE;
}

static BwHandKind
next_kind (BwWindow *self)
{
  return self->steps_wanted < 0 ? bw_hand_history_get_undo (history (self))
                                : bw_hand_history_get_redo (history (self));
}

/* A run or a placement waits for the edits before it to come in. */
void
bw_window_go_on_stepping (BwWindow *self)
{
  while (self->steps_wanted != 0
         && (next_kind (self) == BW_HAND_EDIT || !bw_session_get_busy (self->session)))
    {
      gboolean back = self->steps_wanted < 0;

      self->steps_wanted += back ? 1 : -1;
      if (!step_on (self, back))
        self->steps_wanted = 0;
    }
  bw_window_update_history (self);
}

static void
on_undo (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;

  /* A drag that is under way is what is taken back. */
  if (bw_canvas_cancel_move (self->canvas))
    return;
  self->steps_wanted--;
  bw_window_go_on_stepping (self);
}

static void
on_redo (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;

  bw_canvas_end_move (self->canvas);
  self->steps_wanted++;
  bw_window_go_on_stepping (self);
}

/* The item of this action is called so. */
static void
name_item (GMenuModel *menu,
           const char *action,
           const char *label)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *found = NULL;
      g_autofree char *now = NULL;
      g_autoptr (GMenuItem) item = NULL;

      if (section)
        name_item (section, action, label);
      if (!g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &found)
          || !g_str_equal (found, action)
          || (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &now)
              && g_str_equal (now, label)))
        continue;
      item = g_menu_item_new (label, action);
      g_menu_remove (G_MENU (menu), i);
      g_menu_insert_item (G_MENU (menu), i, item);
    }
}

static void
name_items (BwWindow *self)
{
  static const char *const undo[] = { N_("_Undo"), N_("_Undo"), N_("_Undo Run"),
                                      N_("_Undo Placement") };
  static const char *const redo[] = { N_("Re_do"), N_("Re_do"), N_("Re_do Run"),
                                      N_("Re_do Placement") };
  GMenuModel *menu = gtk_menu_button_get_menu_model (self->menu_button);

  name_item (menu, "win.undo", _(undo[bw_hand_history_get_undo (history (self))]));
  name_item (menu, "win.redo", _(redo[bw_hand_history_get_redo (history (self))]));
}

/* A run that is under way has no end yet to come back to. */
static gboolean
can_undo (BwWindow *self)
{
  BwRunState state = bw_session_get_state (self->session);
  BwHandKind kind = bw_hand_history_get_undo (history (self));
  gboolean active = state == BW_RUN_RUNNING || state == BW_RUN_PAUSED;

  return kind != BW_HAND_NOTHING && !(kind == BW_HAND_RUN && active);
}

/* Of the past that is on show; a run would move the parts on. */
static gboolean
can_keep_moment (BwWindow *self)
{
  BwRunState state = bw_session_get_state (self->session);

  return bw_canvas_get_past (self->canvas) && state != BW_RUN_RUNNING && state != BW_RUN_PAUSED
         && !bw_window_is_trying (self);
}

void
bw_window_update_history (BwWindow *self)
{
  gboolean live = self->session && !bw_canvas_get_past (self->canvas);

  bw_window_set_action_enabled (self, "keep-moment", self->session && can_keep_moment (self));
  bw_window_set_action_enabled (self, "undo", live && can_undo (self));
  bw_window_set_action_enabled (self, "redo", live && bw_hand_history_get_redo (history (self))
                                                        != BW_HAND_NOTHING);
  if (self->session)
    name_items (self);
}

void
bw_window_forget_history (BwWindow *self)
{
  self->steps_wanted = 0;
  g_clear_pointer (&self->history, bw_hand_history_free);
}

void
bw_window_restore_history (BwWindow      *self,
                           BwHandHistory *history)
{
  g_clear_pointer (&self->history, bw_hand_history_free);
  self->history = history;
  bw_window_update_history (self);
}

void
bw_window_init_history (BwWindow *self)
{
  g_signal_connect (bw_side_panel_get_weights (self->side_panel), "chosen",
                    G_CALLBACK (on_weight_chosen), self);
}

const GActionEntry bw_window_history_actions[] = {
  { .name = "undo", .activate = on_undo },
  { .name = "redo", .activate = on_redo },
};
const guint bw_window_n_history_actions = G_N_ELEMENTS (bw_window_history_actions);
