/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-run-private.h"

#include "session/bw-net-weights.h"
#include "session/bw-run-report.h"

/* Faster than any display, slow enough that frames cost the run next to nothing. */
#define FRAME_INTERVAL_US 8000
#define FRAME_COST_FACTOR 8

/* Routability costs more than all other metrics: no more than a fiftieth of the time. */
#define SAMPLE_INTERVAL_US 250000
#define SAMPLE_COST_FACTOR 50

/* One iteration can take minutes on a board made for that. */
#define CANCEL_PATIENCE_US (500 * G_TIME_SPAN_MILLISECOND)

BwRun *
bw_run_new (BwBoard                *board,
            BwHub                  *hub,
            guint32                 epoch,
            BwPlacerMode            mode,
            const BwRunOptions     *options,
            const BwProblemOptions *problem,
            const BwHand           *hand)
{
  BwRun *self = g_new0 (BwRun, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->board = bw_board_ref (board);
  self->hub = bw_hub_ref (hub);
  self->epoch = epoch;
  self->start = g_memdup2 (problem->start, sizeof (BwPose) * board->n_footprints);
  if (problem->only != NULL)
    self->only = g_memdup2 (problem->only, sizeof (gboolean) * board->n_footprints);
  if (problem->constraints != NULL)
    self->constraints = bw_constraints_ref (problem->constraints);
  self->net_weights = problem->net_weights != NULL
                        ? g_memdup2 (problem->net_weights, sizeof (double) * board->n_nets)
                        : bw_net_weights_new (board, problem->constraints);
  self->hand = bw_hand_copy (hand);
  self->held = g_malloc0 (board->n_footprints + 1);
  self->mode = mode;
  self->options = *options;
  self->weights_set = BW_WEIGHTS_UNTOLD;
  self->clock.time_s = options->time_s;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ended);
  return self;
}

BwRun *
bw_run_ref (BwRun *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
bw_run_unref (BwRun *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->crew, bw_crew_free);
  g_clear_pointer (&self->placer, bw_placer_free);
  g_clear_pointer (&self->problem, bw_board_problem_free);
  bw_force_buffer_clear (&self->forces);
  g_clear_pointer (&self->hand, bw_hand_free);
  g_clear_pointer (&self->constraints, bw_constraints_unref);
  g_free (self->net_weights);
  g_free (self->held);
  g_free (self->start);
  g_free (self->only);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ended);
  bw_hub_unref (self->hub);
  bw_board_unref (self->board);
  g_free (self);
}

static void G_GNUC_PRINTF (3, 4)
say (BwRun        *self,
     BwStatusLevel level,
     const char   *format,
     ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  bw_hub_log (self->hub, &(BwLogEntry) { .kind = BW_LOG_STATUS,
                                         .level = level,
                                         .message = message,
                                         .epoch = self->epoch,
                                         .iteration = bw_run_iteration (self) });
}

static gboolean
is_cancelled (BwRun *self)
{
  return g_atomic_int_get (&self->cancelled) != 0;
}

/* A command may pause or stop the run: it must not wait for a measurement. */
static gboolean
measurement_is_cancelled (gpointer user_data)
{
  BwRun *self = user_data;

  return is_cancelled (self) || bw_hub_has_command (self->hub);
}

static gboolean
has_movable_part (const BwProblem *problem)
{
  for (guint32 i = 0; i < problem->n_parts; i++)
    if (!problem->parts[i].fixed)
      return TRUE;
  return FALSE;
}

static void
prepare (BwRun *self)
{
  BwPlacerOptions options = bw_placer_options_default ();
  BwWeights weights = bw_constraints_weights (self->constraints, &self->options.weights);
  g_autofree gboolean *routed = NULL;
  const BwProblem *problem;

  if (self->options.tracks == BW_TRACKS_LOCK)
    {
      routed = g_new (gboolean, self->board->n_footprints);
      bw_copper_find_routed (self->board, routed);
    }
  self->problem = bw_board_problem_new (self->board, &(BwProblemOptions) {
    .start = self->start,
    .held = routed,
    .by_hand = bw_hand_locks (self->hand),
    .only = self->only,
    .constraints = self->constraints,
    .weights = self->mode != BW_PLACER_MODE_UNTANGLE ? &weights : NULL,
    .net_weights = self->net_weights,
    .stay = self->mode == BW_PLACER_MODE_REFINE ? self->options.stay : 0.0,
  });
  problem = bw_board_problem_get (self->problem);

  options.seed = self->options.seed;
  options.mode = self->mode;
  options.n_chains = BW_CREW_CHAINS;
  options.iterations = self->options.iterations;
  if (self->board->n_outlines == 0)
    say (self, BW_STATUS_WARNING, "No closed outline: nothing bounds where parts may lie");
  if (!has_movable_part (problem))
    {
      say (self, BW_STATUS_WARNING, "Nothing to place: no part on this board may move");
      options.iterations = 1;
    }
  if (options.iterations == 0)
    options.iterations = bw_budget_guess (&self->clock, problem, &options,
                                          measurement_is_cancelled, self);
  else
    self->clock.time_s = 0.0;
  self->placer = bw_placer_new (problem, &options);
  self->crew = bw_crew_new (self->placer, 0);
  self->budget = options.iterations;

  say (self, BW_STATUS_INFO, "%s: seed %" G_GUINT64_FORMAT ", %u iterations",
       self->mode == BW_PLACER_MODE_UNTANGLE ? "Untangling" :
       self->mode == BW_PLACER_MODE_REFINE ? "Refining" : "Started",
       options.seed, options.iterations);
}

static void
sample_routability (BwRun    *self,
                    gboolean  final)
{
  gint64 begin_us = g_get_monotonic_time (), end_us;

  if (begin_us < self->next_sample_us && !final)
    return;
  bw_routability_measure (self->board, bw_placer_poses (self->placer), &self->routability);
  self->routability_iteration = bw_placer_iteration (self->placer);
  end_us = g_get_monotonic_time ();
  self->sample_s = (double) (end_us - begin_us) / G_USEC_PER_SEC;
  self->next_sample_us = end_us + MAX (SAMPLE_INTERVAL_US,
                                       SAMPLE_COST_FACTOR * (end_us - begin_us));
}

void
bw_run_publish (BwRun    *self,
                gboolean  final,
                BwFrame  *values_out)
{
  gint64 begin_us = g_get_monotonic_time ();
  BwFrame frame = { 0 };

  frame.epoch = self->epoch;
  frame.iteration = bw_placer_iteration (self->placer);
  frame.budget = self->budget;
  frame.phase = bw_placer_phase (self->placer);
  frame.final = final;
  frame.n_footprints = self->board->n_footprints;
  frame.tracks = self->options.tracks;
  bw_frame_measure (&frame, self->placer);
  bw_hand_judge (self->hand, self->placer, &frame);
  bw_hand_fill (self->hand, self->held);
  frame.held = self->held;
  sample_routability (self, final);
  frame.routability = self->routability;
  frame.routability_iteration = self->routability_iteration;
  if (bw_hub_wants_forces (self->hub))
    {
      frame.n_forces = bw_force_buffer_fill (&self->forces, self->placer,
                                             self->board->n_footprints);
      frame.forces = self->forces.forces;
    }

  bw_hub_log (self->hub, &(BwLogEntry) {
    .kind = BW_LOG_METRICS,
    .epoch = frame.epoch,
    .iteration = frame.iteration,
    .phase = frame.phase,
    .metrics = { frame.energy, frame.hpwl_mm, frame.max_move_mm, frame.overlaps,
                 frame.outside },
  });
  bw_hub_publish_frame (self->hub, &frame);
  if (values_out != NULL)
    *values_out = frame;

  self->next_frame_us = g_get_monotonic_time ();
  self->next_frame_us += MAX (FRAME_INTERVAL_US,
                              FRAME_COST_FACTOR * (self->next_frame_us - begin_us));
}

static void
warn (const char *message,
      gpointer    user_data)
{
  say (user_data, BW_STATUS_WARNING, "%s", message);
}

static void
say_violations (BwRun         *self,
                const BwFrame *frame)
{
  bw_run_report (self->board, self->constraints, self->placer, frame, warn, self);
}

static void
say_stopped (BwRun *self)
{
  BwFrame frame;

  bw_run_publish (self, TRUE, &frame);
  say (self, BW_STATUS_INFO, "Stopped at iteration %u, wire length %.1f mm",
       frame.iteration, frame.hpwl_mm);
  say_violations (self, &frame);
}

static void
set_state (BwRun     *self,
           BwRunState state)
{
  bw_hub_set_state (self->hub, state, state == BW_RUN_STOPPED, self->epoch,
                    bw_run_iteration (self));
}

void
bw_run_stop (BwRun *self)
{
  say_stopped (self);
  set_state (self, BW_RUN_STOPPED);
}

const BwWeights *
bw_run_get_weights_set (BwRun *self)
{
  return &self->weights_set;
}

const double *
bw_run_get_net_weights (BwRun *self)
{
  return self->net_weights;
}

const BwHand *
bw_run_get_hand (BwRun *self)
{
  return self->hand;
}

static void
say_phase (BwRun *self)
{
  BwPhase phase = bw_placer_phase (self->placer);

  if (phase == self->phase)
    return;
  self->phase = phase;
  if (phase != BW_PHASE_FINAL)
    say (self, BW_STATUS_INFO, "Phase: %s", bw_phase_name (phase));
}

static void
say_finished (BwRun *self)
{
  double before_mm = bw_board_hpwl_mm (self->board, self->start);
  BwFrame frame;
  gboolean is_legal;

  bw_run_publish (self, TRUE, &frame);
  say_violations (self, &frame);
  is_legal = bw_frame_is_legal (&frame);
  say (self, BW_STATUS_COMPLETE, "Finished after %u iterations: wire length %.1f mm, "
       "before %.1f mm%s%s",
       frame.iteration, frame.hpwl_mm, before_mm, is_legal ? ", legal" : "",
       is_legal && frame.clashing != NULL ? ", but held parts are in conflict" : "");
}

/* Until something ends it; FALSE where the placer itself came to its end. */
static gboolean
iterate (BwRun        *self,
         gboolean      single,
         BwStretchEnd *end_out)
{
  for (;;)
    {
      BwCrewStep step;

      if (is_cancelled (self))
        {
          *end_out = BW_STRETCH_STOPPED;
          return TRUE;
        }
      if (bw_run_obey (self, end_out))
        return TRUE;
      step = bw_crew_step (self->crew);
      if (step == BW_CREW_ENDED)
        return FALSE;
      /* Too often to be told of: frames have it, and the end says what it came to. */
      if (step == BW_CREW_JOINED)
        bw_budget_settle (&self->clock, self->placer, self->sample_s, &self->budget);
      if (step != BW_CREW_MOVED)
        continue;
      bw_budget_watch (&self->clock, self->placer);
      say_phase (self);
      if (single)
        {
          *end_out = BW_STRETCH_PAUSED;
          return TRUE;
        }
      if (g_get_monotonic_time () >= self->next_frame_us)
        bw_run_publish (self, FALSE, NULL);
    }
}

static void
tell_end (BwRun       *self,
          BwStretchEnd end)
{
  /* The state is told from here, not from the main thread: a busy window delays nobody. */
  switch (end)
    {
    case BW_STRETCH_FINISHED:
      say_finished (self);
      set_state (self, BW_RUN_FINISHED);
      break;
    case BW_STRETCH_STOPPED:
      bw_run_stop (self);
      break;
    case BW_STRETCH_PAUSED:
      bw_run_publish (self, FALSE, NULL);
      say (self, BW_STATUS_INFO, "Paused at iteration %u", bw_run_iteration (self));
      set_state (self, BW_RUN_PAUSED);
      break;
    case BW_STRETCH_REPLACED:
    default:
      break;
    }
}

void
bw_run_begin_stretch (BwRun   *self,
                      gboolean single)
{
  g_mutex_lock (&self->mutex);
  g_assert (!self->busy);
  self->busy = TRUE;
  self->single = single;
  g_mutex_unlock (&self->mutex);
}

BwStretchEnd
bw_run_stretch (BwRun *self)
{
  BwStretchEnd end = BW_STRETCH_STOPPED;

  if (!is_cancelled (self))
    {
      bw_budget_go (&self->clock);
      if (self->placer == NULL)
        prepare (self);
      else if (!self->single)
        say (self, BW_STATUS_INFO, "Resumed at iteration %u", bw_run_iteration (self));
      if (!iterate (self, self->single, &end))
        end = BW_STRETCH_FINISHED;
      bw_crew_rest (self->crew);
      bw_budget_halt (&self->clock);
      tell_end (self, end);
    }

  g_mutex_lock (&self->mutex);
  self->busy = FALSE;
  g_cond_broadcast (&self->ended);
  g_mutex_unlock (&self->mutex);
  return end;
}

BwCommand
bw_run_get_pending (BwRun *self)
{
  return self->pending;
}

void
bw_run_cancel (BwRun *self)
{
  gint64 until_us = g_get_monotonic_time () + CANCEL_PATIENCE_US;

  g_atomic_int_set (&self->cancelled, 1);

  g_mutex_lock (&self->mutex);
  while (self->busy && g_cond_wait_until (&self->ended, &self->mutex, until_us))
    ;
  g_mutex_unlock (&self->mutex);
}

guint32
bw_run_iteration (BwRun *self)
{
  return self->placer != NULL ? bw_placer_iteration (self->placer) : 0;
}
