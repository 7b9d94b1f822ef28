/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How good the placer is, and how fast, on bookshelf boards and on KiCad's.
 *
 *   placement [--time SECONDS | --iterations N] [--untangle] [--seed N] [--out FILE] BOARD...
 *
 * The time is turned into iterations by two short runs, as a session does it. All times are those
 * that the processor spent on it: a machine that is busy with something else does not count. */

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/bookshelf.h"
#include "bench/made.h"
#include "board/bw-board-reader.h"
#include "placer/bw-placer.h"
#include "session/bw-problem-builder.h"

static double time_s = 5.0;
static int iterations;
static int seed = 1;
static char *bookshelf;
static char *out;
static char **boards;
static gboolean verbose;
static gboolean untangle;
static int made_parts;

static const GOptionEntry entries[] = {
  { "time", 't', 0, G_OPTION_ARG_DOUBLE, &time_s, "Seconds for each board", "SECONDS" },
  { "iterations", 'n', 0, G_OPTION_ARG_INT, &iterations, "Iterations instead", "N" },
  { "seed", 's', 0, G_OPTION_ARG_INT, &seed, "Seed", "N" },
  { "bookshelf", 'b', 0, G_OPTION_ARG_FILENAME, &bookshelf, "One board", "BOARD" },
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &out, "Where to write its placement", "FILE" },
  { "untangle", 'u', 0, G_OPTION_ARG_NONE, &untangle, "Legalize only", NULL },
  { "made", 'm', 0, G_OPTION_ARG_INT, &made_parts, "Merge the boards to one of N parts", "N" },
  { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, "Tell of each phase", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &boards, NULL, "BOARD..." },
  G_OPTION_ENTRY_NULL
};

/* A board of either kind. */
typedef struct
{
  Bookshelf *bookshelf;
  BwBoard *board;
  BwBoardProblem *built;
  Made *made;
  const BwProblem *problem;
} Board;

typedef struct
{
  BwPlacerMetrics before;
  BwPlacerMetrics metrics;
  double seconds;
  double new_ms;        /* to make the placer */
  double slowest_ms;    /* of all steps */
  double slow_ms;       /* that one step of a hundred exceeds */
  uint32_t slowest;     /* its iteration */
  BwPhase slowest_phase;
  double moved_mm;      /* sum over parts */
  uint32_t n_moved;
  uint32_t iterations;
  uint64_t hash;
} Result;

static Board
load (const char *name)
{
  Board self = { 0 };

  if (g_str_has_suffix (name, ".kicad_pcb"))
    {
      g_autoptr (GFile) file = g_file_new_for_path (name);
      g_autoptr (GError) error = NULL;

      self.board = bw_board_load (file, NULL, &error);
      if (self.board == NULL)
        {
          fprintf (stderr, "%s\n", error->message);
          exit (1);
        }
      self.built = bw_board_problem_new (self.board, NULL);
      self.problem = bw_board_problem_get (self.built);
      return self;
    }
  self.bookshelf = bookshelf_load (name);
  self.problem = bookshelf_problem (self.bookshelf);
  return self;
}

static void
unload (Board *self)
{
  g_clear_pointer (&self->bookshelf, bookshelf_free);
  g_clear_pointer (&self->built, bw_board_problem_free);
  g_clear_pointer (&self->board, bw_board_unref);
}

static double
cpu_s (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static int
compare_floats (const void *a,
                const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

static void
tell_phase (BwPlacer *placer,
            double    seconds)
{
  BwPlacerMetrics metrics;

  bw_placer_metrics (placer, &metrics);
  fprintf (stderr, "  %7u %7.2f s  %-12s hpwl %10.2f  overlaps %u  outside %u\n",
           bw_placer_iteration (placer), seconds, bw_phase_name (bw_placer_phase (placer)),
           metrics.hpwl_mm, metrics.overlaps, metrics.outside);
}

/* Runs to the end, and notes how long each step took. */
static void
run (BwPlacer *placer,
     Result   *result)
{
  g_autoptr (GArray) steps_ms = g_array_new (FALSE, FALSE, sizeof (float));
  BwPhase phase = BW_PHASE_INITIAL;
  bool more = true;

  while (more)
    {
      double before_s = cpu_s ();
      float step_ms;

      more = bw_placer_step (placer);
      step_ms = (float) (1e3 * (cpu_s () - before_s));
      result->seconds += step_ms / 1e3;
      g_array_append_val (steps_ms, step_ms);
      if ((double) step_ms > result->slowest_ms)
        {
          result->slowest_ms = (double) step_ms;
          result->slowest = bw_placer_iteration (placer);
          result->slowest_phase = bw_placer_phase (placer);
        }
      if (verbose && bw_placer_phase (placer) != phase)
        tell_phase (placer, result->seconds);
      phase = bw_placer_phase (placer);
    }
  g_array_sort (steps_ms, compare_floats);
  result->slow_ms = (double) g_array_index (steps_ms, float, (steps_ms->len - 1) * 99 / 100);
}

static void
measure_moves (const BwProblem *problem,
               const BwPose    *poses,
               Result          *result)
{
  for (uint32_t i = 0; i < problem->n_parts; i++)
    {
      const BwPose *start = &problem->parts[i].start;

      if (bw_pose_equal (start, &poses[i]))
        continue;
      result->n_moved++;
      result->moved_mm += bw_nm_to_mm (ABS ((int64_t) poses[i].at.x_nm - start->at.x_nm) +
                                       ABS ((int64_t) poses[i].at.y_nm - start->at.y_nm));
    }
}

static Result
place (const Board *board,
       uint32_t     n,
       const char  *filename)
{
  const BwProblem *problem = board->problem;
  BwPlacerOptions options = bw_placer_options_default ();
  Result result = { 0 };
  double start_s = cpu_s ();
  BwPlacer *placer;

  options.seed = (uint64_t) seed;
  options.iterations = n;
  options.mode = untangle ? BW_PLACER_MODE_UNTANGLE : BW_PLACER_MODE_ALL;
  placer = bw_placer_new (problem, &options);
  if (placer == NULL)
    exit (1);
  result.new_ms = 1e3 * (cpu_s () - start_s);
  bw_placer_metrics (placer, &result.before);
  run (placer, &result);
  result.iterations = bw_placer_iteration (placer);
  result.hash = bw_poses_hash (bw_placer_poses (placer), problem->n_parts);
  bw_placer_metrics (placer, &result.metrics);
  measure_moves (problem, bw_placer_poses (placer), &result);
  if (filename != NULL && board->bookshelf != NULL)
    bookshelf_write (board->bookshelf, bw_placer_poses (placer), filename);
  bw_placer_free (placer);
  return result;
}

static uint32_t
iterations_for (const Board *board,
                double       seconds)
{
  gboolean told = verbose;
  Result first, second;
  double each_s;

  verbose = FALSE;
  first = place (board, 100, NULL);
  second = place (board, 400, NULL);
  verbose = told;
  each_s = (second.seconds - first.seconds) / 300.0;
  if (each_s <= 1e-7)
    each_s = 1e-7;
  return (uint32_t) (seconds / each_s) + 1;
}

static void
report (Board      *board,
        const char *name,
        const char *filename)
{
  g_autofree char *base = g_path_get_basename (name);
  Result result;

  result = place (board, iterations > 0 ? (uint32_t) iterations : iterations_for (board, time_s),
                  filename);
  base[strcspn (base, ".")] = '\0';
  printf ("%-30.30s %5u parts  hpwl %9.1f of %9.1f mm  overlaps %u of %u  outside %u of %u  "
          "%7u iterations  %6.2f s  new %.1f ms  step p99 %.2f ms, worst %.1f ms (%u, %s)  "
          "moved %u by %.1f mm  %016" G_GINT64_MODIFIER "x\n",
          base, board->problem->n_parts, result.metrics.hpwl_mm, result.before.hpwl_mm,
          result.metrics.overlaps, result.before.overlaps, result.metrics.outside,
          result.before.outside, result.iterations, result.seconds, result.new_ms, result.slow_ms,
          result.slowest_ms, result.slowest, bw_phase_name (result.slowest_phase), result.n_moved,
          result.moved_mm, result.hash);
  fflush (stdout);
}

static void
report_one (const char *name,
            const char *filename)
{
  Board board = load (name);

  report (&board, name, filename);
  unload (&board);
}

static void
report_made (void)
{
  guint n = g_strv_length (boards);
  g_autofree Board *each = g_new0 (Board, n);
  g_autofree const BwProblem **problems = g_new0 (const BwProblem *, n);
  g_autofree char *name = g_strdup_printf ("made-%d", made_parts);
  Board whole = { 0 };

  for (guint i = 0; i < n; i++)
    {
      each[i] = load (boards[i]);
      problems[i] = each[i].problem;
    }
  whole.made = made_new (problems, n, (guint32) made_parts);
  whole.problem = made_problem (whole.made);
  report (&whole, name, NULL);
  made_free (whole.made);
  for (guint i = 0; i < n; i++)
    unload (&each[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  if (bookshelf != NULL)
    report_one (bookshelf, out);
  if (made_parts > 0 && boards != NULL)
    report_made ();
  for (int i = 0; made_parts == 0 && boards != NULL && boards[i] != NULL; i++)
    report_one (boards[i], NULL);
  return 0;
}
