/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-run-private.h"

#include "session/bw-net-weights.h"

static void
log_command (BwRun           *self,
             const BwCommand *command)
{
  bw_hub_log (self->hub, &(BwLogEntry) { .kind = BW_LOG_COMMAND,
                                         .command = *command,
                                         .epoch = self->epoch,
                                         .iteration = bw_run_iteration (self) });
}

gboolean
bw_run_lacks_side (BwRun           *self,
                   const BwCommand *command)
{
  return bw_hand_lacks_side (self->hand, command, bw_placer_poses (self->placer));
}

static void
weigh (BwRun           *self,
       const BwCommand *command)
{
  gboolean obeyed = command->kind == BW_COMMAND_WEIGH
                      ? bw_net_weights_obey (self->net_weights, self->board, command)
                      : bw_weights_set (&self->weights_set, command->weight, command->value);
  BwWeights weights;

  if (!obeyed)
    return;
  weights = bw_weights_or (&self->weights_set, &self->options.weights);
  weights = bw_constraints_weights (self->constraints, &weights);
  if (bw_board_problem_weigh (self->problem, &weights, self->net_weights))
    bw_placer_reweigh (self->placer);
  log_command (self, command);
}

static void
edit (BwRun           *self,
      const BwCommand *command)
{
  BwLogEntry entry = { .command = *command, .epoch = self->epoch,
                       .iteration = bw_run_iteration (self) };

  if (command->kind == BW_COMMAND_SET || command->kind == BW_COMMAND_WEIGH)
    {
      weigh (self, command);
      return;
    }
  bw_hand_apply (self->hand, &entry, self->placer);
  bw_hub_log (self->hub, &entry);
  g_free ((char *) entry.message);
}

void
bw_run_edit (BwRun            *self,
             const BwLogEntry *entries,
             guint             n)
{
  for (guint i = 0; i < n; i++)
    edit (self, &entries[i].command);
  bw_run_publish (self, FALSE, NULL);
}

gboolean
bw_run_obey (BwRun        *self,
             BwStretchEnd *end_out)
{
  BwCommand command;

  while (bw_hub_pop_command (self->hub, &command))
    switch (command.kind)
      {
      case BW_COMMAND_PAUSE:
      case BW_COMMAND_STOP:
        log_command (self, &command);
        *end_out = command.kind == BW_COMMAND_PAUSE ? BW_STRETCH_PAUSED : BW_STRETCH_STOPPED;
        return TRUE;

      case BW_COMMAND_RESTART:
      case BW_COMMAND_UNTANGLE:
        self->pending = command;
        *end_out = BW_STRETCH_REPLACED;
        return TRUE;

      case BW_COMMAND_STEP:
        log_command (self, &command);
        while (bw_crew_step (self->crew) < BW_CREW_MOVED)
          ;
        *end_out = BW_STRETCH_PAUSED;
        return TRUE;

      case BW_COMMAND_MOVE:
      case BW_COMMAND_ROTATE:
      case BW_COMMAND_FLIP:
      case BW_COMMAND_LOCK:
      case BW_COMMAND_UNLOCK:
      case BW_COMMAND_SET:
      case BW_COMMAND_WEIGH:
        bw_crew_rest (self->crew);
        if (bw_run_lacks_side (self, &command))
          {
            bw_run_publish (self, FALSE, NULL);
            self->pending = command;
            *end_out = BW_STRETCH_REPLACED;
            return TRUE;
          }
        edit (self, &command);
        break;

      case BW_COMMAND_START:
      case BW_COMMAND_RESUME:
      case BW_COMMAND_CHOOSE:
      default:
        /* It runs already. */
        break;
      }
  return FALSE;
}
