/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-hand-history.h"

/* Between two commands of what a person does in one go. */
#define PAUSE_US (G_USEC_PER_SEC / 2)

typedef struct
{
  BwHandKind kind;
  BwFrame *frame;  /* NULL: it is an edit; else how parts are to lie where it is taken back, or done
                    * again once it was */
  GArray *edits;   /* BwHandEdit */
  GArray *weights; /* BwWeightEdit */
  BwRuleEdit rule; /* with texts of its own */
  BwSettingEdit setting; /* the same */
  char *who;       /* NULL: the window's own user */
  guint32 actor;
  gint64 time_us;  /* of the newest edit of what goes on for a while */
} Step;

struct _BwHandHistory
{
  GPtrArray *steps; /* (element-type Step), oldest first */
  guint n_done;     /* how many of them are not taken back */
  BwFrame *told;    /* of the step that was told last */
};

static void
step_free (gpointer data)
{
  Step *step = data;

  g_clear_pointer (&step->frame, bw_frame_unref);
  g_array_unref (step->edits);
  g_array_unref (step->weights);
  g_free ((gpointer) step->rule.before);
  g_free ((gpointer) step->rule.after);
  g_free ((gpointer) step->setting.object);
  g_free ((gpointer) step->setting.key);
  g_free ((gpointer) step->setting.before);
  g_free ((gpointer) step->setting.after);
  g_free (step->who);
  g_free (step);
}

BwHandHistory *
bw_hand_history_new (void)
{
  BwHandHistory *self = g_new0 (BwHandHistory, 1);

  self->steps = g_ptr_array_new_with_free_func (step_free);
  return self;
}

void
bw_hand_history_free (BwHandHistory *self)
{
  g_ptr_array_unref (self->steps);
  g_clear_pointer (&self->told, bw_frame_unref);
  g_free (self);
}

static Step *
add_step (BwHandHistory *self)
{
  Step *step = g_new0 (Step, 1);

  step->kind = BW_HAND_EDIT;
  step->edits = g_array_new (FALSE, FALSE, sizeof (BwHandEdit));
  step->weights = g_array_new (FALSE, FALSE, sizeof (BwWeightEdit));
  g_ptr_array_set_size (self->steps, (gint) self->n_done++);
  g_ptr_array_add (self->steps, step);
  return step;
}

void
bw_hand_history_add (BwHandHistory    *self,
                     const BwHandEdit *edits,
                     guint             n_edits)
{
  if (n_edits > 0)
    g_array_append_vals (add_step (self)->edits, edits, n_edits);
}

/* NULL: there is none. */
static Step *
newest_done (BwHandHistory *self)
{
  return self->n_done > 0 ? self->steps->pdata[self->n_done - 1] : NULL;
}

/* The newest step, where this goes on with it; else another. */
static Step *
step_of (BwHandHistory *self,
         const char    *who,
         guint32        actor,
         gint64         time_us,
         gboolean       of_weights)
{
  Step *step = newest_done (self);

  if (!step || step->kind != BW_HAND_EDIT || !step->who != !who || step->actor != actor
      || (step->weights->len > 0) != of_weights || self->n_done < self->steps->len
      || time_us - step->time_us > PAUSE_US)
    {
      step = add_step (self);
      step->who = g_strdup (who);
      step->actor = actor;
    }
  step->time_us = time_us;
  return step;
}

static BwPose
pose_after (const BwLogEntry *entry)
{
  BwPose pose = entry->before;

  if (entry->command.kind == BW_COMMAND_MOVE)
    pose.at = entry->command.pose.at;
  else if (entry->command.kind == BW_COMMAND_ROTATE)
    pose.rotation_cdeg = bw_cdeg_normalize (entry->command.pose.rotation_cdeg);
  else if (entry->command.kind == BW_COMMAND_FLIP)
    pose.side = entry->command.pose.side;
  return pose;
}

void
bw_hand_history_add_remote (BwHandHistory    *self,
                            const BwLogEntry *entry,
                            const char       *who)
{
  Step *step = step_of (self, who, entry->command.actor, entry->time_us, FALSE);
  BwHandEdit edit = {
    .footprint = entry->command.footprint,
    .before = entry->before,
    .after = pose_after (entry),
    .held_before = entry->held_before,
    .held_after = entry->command.kind != BW_COMMAND_UNLOCK,
  };

  for (guint i = step->edits->len; i-- > 0;)
    {
      BwHandEdit *earlier = &g_array_index (step->edits, BwHandEdit, i);

      if (earlier->footprint != edit.footprint)
        continue;
      earlier->after = edit.after;
      earlier->held_after = edit.held_after;
      return;
    }
  g_array_append_val (step->edits, edit);
}

void
bw_hand_history_add_weight (BwHandHistory      *self,
                            const BwWeightEdit *edit,
                            const char         *who,
                            guint32             actor,
                            gint64              time_us)
{
  Step *step = step_of (self, who, actor, time_us, TRUE);

  for (guint i = 0; i < step->weights->len; i++)
    {
      BwWeightEdit *earlier = &g_array_index (step->weights, BwWeightEdit, i);

      if (earlier->kind != edit->kind || earlier->index != edit->index)
        continue;
      earlier->after = edit->after;
      return;
    }
  g_array_append_vals (step->weights, edit, 1);
}

void
bw_hand_history_add_rule (BwHandHistory    *self,
                          const BwRuleEdit *edit)
{
  add_step (self)->rule = (BwRuleEdit) { edit->nth, g_strdup (edit->before),
                                         g_strdup (edit->after) };
}

void
bw_hand_history_add_setting (BwHandHistory       *self,
                             const BwSettingEdit *edit)
{
  add_step (self)->setting = (BwSettingEdit) { g_strdup (edit->object), g_strdup (edit->key),
                                               g_strdup (edit->before), g_strdup (edit->after) };
}

void
bw_hand_history_add_frame (BwHandHistory *self,
                           BwHandKind     kind,
                           BwFrame       *before,
                           const char    *who)
{
  Step *step = add_step (self);

  step->kind = kind;
  step->frame = bw_frame_ref (before);
  step->who = g_strdup (who);
}

BwHandKind
bw_hand_history_get_undo (BwHandHistory *self)
{
  const Step *step = newest_done (self);

  return step ? step->kind : BW_HAND_NOTHING;
}

BwHandKind
bw_hand_history_get_redo (BwHandHistory *self)
{
  return self->n_done < self->steps->len ? ((const Step *) self->steps->pdata[self->n_done])->kind
                                         : BW_HAND_NOTHING;
}

BwFrame *
bw_hand_history_get_before (BwHandHistory *self)
{
  const Step *step = newest_done (self);

  return step ? step->frame : NULL;
}

/* A step with a frame has the other end of the way each time. */
static void
tell_step (BwHandHistory *self,
           Step          *step,
           BwFrame       *now,
           BwHandStep    *step_out)
{
  g_clear_pointer (&self->told, bw_frame_unref);
  if (step->frame)
    {
      self->told = step->frame;
      step->frame = bw_frame_ref (now);
    }
  *step_out = (BwHandStep) {
    .kind = step->kind,
    .frame = self->told,
    .edits = (const BwHandEdit *) (void *) step->edits->data,
    .n_edits = step->edits->len,
    .weights = (const BwWeightEdit *) (void *) step->weights->data,
    .n_weights = step->weights->len,
    .rule = step->rule.before || step->rule.after ? &step->rule : NULL,
    .setting = step->setting.object ? &step->setting : NULL,
    .who = step->who,
  };
}

gboolean
bw_hand_history_undo (BwHandHistory *self,
                      BwFrame       *now,
                      BwHandStep    *step_out)
{
  if (self->n_done == 0)
    return FALSE;
  tell_step (self, self->steps->pdata[--self->n_done], now, step_out);
  return TRUE;
}

gboolean
bw_hand_history_redo (BwHandHistory *self,
                      BwFrame       *now,
                      BwHandStep    *step_out)
{
  if (self->n_done == self->steps->len)
    return FALSE;
  tell_step (self, self->steps->pdata[self->n_done++], now, step_out);
  return TRUE;
}
