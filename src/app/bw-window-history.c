/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be undone and done again: of parts, weights, rules, modules; whoever did it. */

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
go_to (BwWindow         *self,
       const BwHandStep *step,
       gboolean          before)
{
  put_parts (self, step, before);
  for (guint i = 0; i < step->n_weights; i++)
    put_weight (self, &step->weights[i], before);
  if (step->rule)
    bw_window_redo_rule (self, step->rule, before);
  if (step->setting)
    bw_window_redo_setting (self, step->setting, before);
  if (step->who)
    {
      g_autofree char *text =
        /* Translators: an undo or redo; %s is a person: "Undone: what Ann did". */
        g_strdup_printf (before ? _("Undone: what %s did") : _("Done again: what %s did"),
                         step->who);

      bw_status_bar_tell (self->status_bar, text);
    }
  bw_window_update_history (self);
}

/* Modules cannot change at any time: the step is for later then. */
static gboolean
must_wait (BwWindow         *self,
           const BwHandStep *step)
{
  const char *why_not = step->setting ? bw_window_why_not_redo_setting (self, step->setting)
                                      : NULL;

  if (why_not)
    bw_status_bar_tell (self->status_bar, why_not);
  return why_not != NULL;
}

static void
on_undo (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;
  BwHandStep step;

  /* A drag that is under way is what is taken back. */
  if (bw_canvas_cancel_move (self->canvas) || !bw_hand_history_undo (history (self), &step))
    return;
  if (must_wait (self, &step))
    bw_hand_history_redo (history (self), &step);
  else
    go_to (self, &step, TRUE);
}

static void
on_redo (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;
  BwHandStep step;

  bw_canvas_end_move (self->canvas);
  if (!bw_hand_history_redo (history (self), &step))
    return;
  if (must_wait (self, &step))
    bw_hand_history_undo (history (self), &step);
  else
    go_to (self, &step, FALSE);
}

void
bw_window_update_history (BwWindow *self)
{
  gboolean live = self->session && self->history && !bw_canvas_get_past (self->canvas);

  bw_window_set_action_enabled (self, "undo", live && bw_hand_history_can_undo (self->history));
  bw_window_set_action_enabled (self, "redo", live && bw_hand_history_can_redo (self->history));
}

void
bw_window_forget_history (BwWindow *self,
                          gboolean  all)
{
  if (all)
    g_clear_pointer (&self->history, bw_hand_history_free);
  else if (self->history)
    bw_hand_history_forget_parts (self->history);
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
