/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How good the placer is, and how fast, on bookshelf boards and on KiCad's.
 *
 *   placement [--time SECONDS,... | --iterations N] [--seed N,...]
 *     [--untangle | --refine | --starts] BOARD...
 *   placement --bookshelf BOARD [--time SECONDS] [--seed N] [--out FILE.pl]
 *   placement --made PARTS,... [--time SECONDS,...] BOARD...
 *
 * Every board is placed once for each time and seed; with --starts a KiCad board from its own
 * placement, from a random one and from a heap outside of it. Ratios are to its own. The table with
 * the mean of the seeds comes last. --json keeps all of it, --baseline compares with one that was
 * kept, and fails where a board got longer by more than 1 % or illegal. --out writes the one
 * placement there is.
 *
 * A time is turned into iterations as a session does it, from the moment on where the board is in
 * memory; with --processor by what processors spend on it, as on a machine that does nothing else.
 * The times that are printed are those in any case, on the mean of those that took part. */

#include <glib.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/bookshelf.h"
#include "bench/crossings.h"
#include "bench/jumps.h"
#include "bench/made.h"
#include "bench/rows.h"
#include "bench/starts.h"
#include "board/bw-board-reader.h"
#include "placer/bw-placer.h"
#include "session/bw-budget.h"
#include "session/bw-crew.h"

#define DEFAULT_TIME "5"
#define DEFAULT_SEED "1,2"
/* They take longer to count than the placement does on larger boards. */
#define CROSSINGS_MOST_PARTS 2000

static char *times;
static char *seeds;
static int iterations;
static int threads;
static int chains = BW_CREW_CHAINS;
static char *json;
static char *baseline;
static Rows *rows;
static char *bookshelf;
static char *out;
static char **boards;
static gboolean by_processor;
static gboolean verbose;
static gboolean untangle;
static gboolean refine;
static gboolean all_starts;
static char *made_parts;

static const GOptionEntry entries[] = {
  { "time", 't', 0, G_OPTION_ARG_STRING, &times, "Seconds for each board", "SECONDS,..." },
  { "iterations", 'n', 0, G_OPTION_ARG_INT, &iterations, "Iterations instead", "N" },
  { "processor", 'p', 0, G_OPTION_ARG_NONE, &by_processor,
    "Seconds are those of processors", NULL },
  { "threads", 'T', 0, G_OPTION_ARG_INT, &threads, "At most, instead of one a processor", "N" },
  { "chains", 'c', 0, G_OPTION_ARG_INT, &chains, "Searches side by side", "N" },
  { "seed", 's', 0, G_OPTION_ARG_STRING, &seeds, "Seeds (1,2)", "N,..." },
  { "json", 'j', 0, G_OPTION_ARG_FILENAME, &json, "Where to keep the table", "FILE" },
  { "baseline", 'B', 0, G_OPTION_ARG_FILENAME, &baseline, "A table to compare with", "FILE" },
  { "bookshelf", 'b', 0, G_OPTION_ARG_FILENAME, &bookshelf, "One board", "BOARD" },
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &out, "Where to write its placement", "FILE" },
  { "untangle", 'u', 0, G_OPTION_ARG_NONE, &untangle, "Legalize only", NULL },
  { "refine", 'R', 0, G_OPTION_ARG_NONE, &refine, "From where parts are on", NULL },
  { "starts", 'S', 0, G_OPTION_ARG_NONE, &all_starts, "From a random start and a heap too", NULL },
  { "made", 'm', 0, G_OPTION_ARG_STRING, &made_parts, "Merge the boards to one of N parts",
    "N,..." },
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
  double hand_mm;       /* its own placement */
} Board;

typedef struct
{
  BwPlacerMetrics before;
  BwPlacerMetrics metrics;
  double seconds;       /* of processors */
  double clock_s;       /* by the clock */
  double new_ms;        /* to make the placer */
  double bytes;         /* that it takes */
  double jumps[BW_PHASE_FINAL + 1];
  double drawn_jumps[BW_PHASE_FINAL + 1];
  double slowest_ms;    /* of all steps */
  double slow_ms;       /* that one step of a hundred exceeds */
  uint32_t slowest;     /* its iteration */
  BwPhase slowest_phase;
  uint32_t crossings;
  double moved_mm;      /* sum over parts */
  uint32_t n_moved;
  uint32_t iterations;
  uint64_t hash;
} Result;

static double
length_mm (const BwProblem *problem)
{
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacer *placer = bw_placer_new (problem, &options);
  BwPlacerMetrics metrics;

  bw_placer_metrics (placer, &metrics);
  bw_placer_free (placer);
  return metrics.hpwl_mm;
}

static void
use_start (Board *self,
           Start  start)
{
  g_clear_pointer (&self->built, bw_board_problem_free);
  self->built = start_problem (self->board, start, 1);
  self->problem = bw_board_problem_get (self->built);
}

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
      use_start (&self, START_HAND);
    }
  else
    {
      self.bookshelf = bookshelf_load (name);
      self.problem = bookshelf_problem (self.bookshelf);
    }
  self.hand_mm = length_mm (self.problem);
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

/* Of all threads. */
static double
processor_s (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
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

static guint
n_threads_for (const BwPlacer *placer)
{
  return MIN (threads > 0 ? (guint) threads : g_get_num_processors (),
              bw_placer_n_chains (placer));
}

/* What this thread's chain takes: the others wait for it, as it does for them. */
static gint64
thread_us (void)
{
  return (gint64) (1e6 * cpu_s ());
}

static gboolean
never (gpointer user_data)
{
  return FALSE;
}

/* Runs to the end, and notes how long each step took. */
static void
run (BwPlacer        *placer,
     const BwProblem *problem,
     BwBudget        *budget,
     guint32          n,
     Result          *result)
{
  Jumps *jumps = jumps_new (problem);
  g_autoptr (GArray) steps_ms = g_array_new (FALSE, FALSE, sizeof (float));
  BwCrew *crew = bw_crew_new (placer, n_threads_for (placer));
  double begin_s = cpu_s ();
  BwPhase phase = BW_PHASE_INITIAL;
  BwCrewStep step = BW_CREW_MOVED;

  while (step != BW_CREW_ENDED)
    {
      double before_s = cpu_s ();
      float step_ms;

      step = bw_crew_step (crew);
      if (step == BW_CREW_JOINED)
        bw_budget_settle (budget, placer, 0.0, &n);
      bw_budget_watch (budget, placer);
      step_ms = (float) (1e3 * (cpu_s () - before_s));
      g_array_append_val (steps_ms, step_ms);
      if ((double) step_ms > result->slowest_ms)
        {
          result->slowest_ms = (double) step_ms;
          result->slowest = bw_placer_iteration (placer);
          result->slowest_phase = bw_placer_phase (placer);
        }
      if (verbose && bw_placer_phase (placer) != phase)
        tell_phase (placer, cpu_s () - begin_s);
      phase = bw_placer_phase (placer);
      jumps_look (jumps, bw_placer_poses (placer), phase, cpu_s () - begin_s);
    }
  bw_crew_free (crew);
  for (int i = 0; i <= BW_PHASE_FINAL; i++)
    {
      result->jumps[i] = jumps_percentile (jumps, (BwPhase) i);
      result->drawn_jumps[i] = jumps_drawn_percentile (jumps, (BwPhase) i);
    }
  jumps_free (jumps);
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

static size_t
bytes_in_use (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

static Result
place (const Board *board,
       double       time_s,
       int          seed,
       const char  *filename)
{
  const BwProblem *problem = board->problem;
  BwBudget budget = { .time_s = iterations > 0 ? 0.0 : time_s,
                      .clock = by_processor ? thread_us : NULL };
  BwPlacerOptions options = bw_placer_options_default ();
  Result result = { 0 };
  gint64 start_us = g_get_monotonic_time ();
  double start_s = processor_s (), new_s;
  size_t bytes;
  BwPlacer *placer;

  bw_budget_go (&budget);
  options.seed = (uint64_t) seed;
  options.n_chains = (uint32_t) chains;
  options.mode = untangle ? BW_PLACER_MODE_UNTANGLE :
                 refine ? BW_PLACER_MODE_REFINE : BW_PLACER_MODE_ALL;
  options.iterations = iterations > 0 ? (uint32_t) iterations :
                       bw_budget_guess (&budget, problem, &options, never, NULL);
  bytes = bytes_in_use ();
  new_s = cpu_s ();
  placer = bw_placer_new (problem, &options);
  if (placer == NULL)
    exit (1);
  result.new_ms = 1e3 * (cpu_s () - new_s);
  result.bytes = (double) (bytes_in_use () - bytes);
  bw_placer_metrics (placer, &result.before);
  run (placer, problem, &budget, options.iterations, &result);
  result.seconds = (processor_s () - start_s) / n_threads_for (placer);
  result.clock_s = (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;
  result.iterations = bw_placer_iteration (placer);
  result.hash = bw_poses_hash (bw_placer_poses (placer), problem->n_parts);
  bw_placer_metrics (placer, &result.metrics);
  if (problem->n_parts <= CROSSINGS_MOST_PARTS)
    result.crossings = crossings_count (problem, bw_placer_poses (placer));
  measure_moves (problem, bw_placer_poses (placer), &result);
  if (filename != NULL && board->bookshelf != NULL)
    bookshelf_write (board->bookshelf, bw_placer_poses (placer), filename);
  bw_placer_free (placer);
  return result;
}

/* The phase with the largest of the jumps that one in a hundred exceeds. */
static BwPhase
jumpiest (const Result *result)
{
  int most = 0;

  for (int i = 0; i <= BW_PHASE_FINAL; i++)
    if (result->jumps[i] > result->jumps[most])
      most = i;
  return (BwPhase) most;
}

static void
keep_row (const Result *result,
          const Board  *board,
          const char   *name,
          double        time_s,
          int           seed)
{
  uint32_t n = MAX (board->problem->n_parts, 1);

  rows_add (rows, &(Row) {
    .board = (char *) name, .time_s = time_s, .seed = seed,
    .hpwl_mm = result->metrics.hpwl_mm,
    .ratio = board->hand_mm > 0.0 ? result->metrics.hpwl_mm / board->hand_mm : 1.0,
    .crossings = result->crossings,
    .overlaps = result->metrics.overlaps, .outside = result->metrics.outside,
    .seconds = result->seconds, .bytes_each = result->bytes / n,
    .us_each = 1e6 * result->seconds / n / MAX (result->iterations, 1),
    .jump = result->jumps[jumpiest (result)],
    .worst_step_ms = result->slowest_ms,
  });
}

static void
tell_jumps (const Result *result)
{
  printf ("%-30s jumps, 99th percentile, of the diagonal, true and drawn:", "");
  for (int i = BW_PHASE_GLOBAL; i < BW_PHASE_FINAL; i++)
    printf ("  %s %.1f, %.1f %%", bw_phase_name ((BwPhase) i), 100.0 * result->jumps[i],
            100.0 * result->drawn_jumps[i]);
  printf ("\n");
}

static void
report (Board      *board,
        const char *name,
        double      time_s,
        int         seed,
        const char *filename)
{
  uint32_t n_parts = board->problem->n_parts;
  Result result = place (board, time_s, seed, filename);

  printf ("%-30.30s %5u parts  hpwl %9.1f of %9.1f mm  ratio %.3f  overlaps %u of %u  "
          "outside %u of %u  crossings %u  "
          "%7u iterations  %6.2f s, %.2f s by the clock  %.3f us a part and iteration, "
          "%.0f bytes a part  new %.1f ms  "
          "step p99 %.2f ms, worst %.1f ms (%u, %s)  moved %u by %.1f mm  seed %d  %016"
          G_GINT64_MODIFIER "x\n",
          name, n_parts, result.metrics.hpwl_mm, board->hand_mm,
          board->hand_mm > 0.0 ? result.metrics.hpwl_mm / board->hand_mm : 1.0,
          result.metrics.overlaps, result.before.overlaps, result.metrics.outside,
          result.before.outside, result.crossings,
          result.iterations, result.seconds, result.clock_s,
          1e6 * result.seconds / MAX (n_parts, 1) / MAX (result.iterations, 1),
          result.bytes / MAX (n_parts, 1), result.new_ms, result.slow_ms, result.slowest_ms,
          result.slowest, bw_phase_name (result.slowest_phase), result.n_moved, result.moved_mm,
          seed, result.hash);
  tell_jumps (&result);
  fflush (stdout);
  keep_row (&result, board, name, iterations > 0 ? 0.0 : time_s, seed);
}

/* Each time with each seed. */
static void
report_all (Board      *board,
            const char *name,
            const char *filename)
{
  g_auto (GStrv) all_times = g_strsplit (times != NULL ? times : DEFAULT_TIME, ",", -1);
  g_auto (GStrv) all_seeds = g_strsplit (seeds != NULL ? seeds : DEFAULT_SEED, ",", -1);

  for (char **time = all_times; *time != NULL; time++)
    for (char **seed = all_seeds; *seed != NULL; seed++)
      report (board, name, g_ascii_strtod (*time, NULL), atoi (*seed), filename);
}

static void
report_one (const char *name,
            const char *filename)
{
  g_autofree char *base = g_path_get_basename (name);
  Board board = load (name);

  base[strcspn (base, ".")] = '\0';
  report_all (&board, base, filename);
  for (int start = START_RANDOM; all_starts && board.board != NULL && start < N_STARTS; start++)
    {
      g_autofree char *started = g_strdup_printf ("%s-%s", base, start_name ((Start) start));

      use_start (&board, (Start) start);
      report_all (&board, started, filename);
    }
  unload (&board);
}

static void
report_made (void)
{
  g_auto (GStrv) sizes = g_strsplit (made_parts, ",", -1);
  guint n = g_strv_length (boards);
  g_autofree Board *each = g_new0 (Board, n);
  g_autofree const BwProblem **problems = g_new0 (const BwProblem *, n);

  for (guint i = 0; i < n; i++)
    {
      each[i] = load (boards[i]);
      problems[i] = each[i].problem;
    }
  for (char **size = sizes; *size != NULL; size++)
    {
      g_autofree char *name = g_strdup_printf ("made-%s", *size);
      Board whole = { .made = made_new (problems, n, (guint32) atoi (*size)) };

      whole.problem = made_problem (whole.made);
      whole.hand_mm = length_mm (whole.problem);
      report_all (&whole, name, NULL);
      made_free (whole.made);
    }
  for (guint i = 0; i < n; i++)
    unload (&each[i]);
}

static gboolean
is_list (const char *words)
{
  return words != NULL && strchr (words, ',') != NULL;
}

/* Exits where they make no sense together. */
static void
check_arguments (void)
{
  const char *complaint = NULL;

  if (bookshelf == NULL && boards == NULL)
    complaint = "No board to place";
  else if (out != NULL && bookshelf == NULL)
    complaint = "--out is for --bookshelf";
  else if (out != NULL && (is_list (times) || is_list (seeds)))
    complaint = "--out takes one placement: one time and one seed";
  if (complaint == NULL)
    return;
  fprintf (stderr, "%s\n", complaint);
  exit (2);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Rows *before = NULL;
  gboolean is_good;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  check_arguments ();
  if (out != NULL && seeds == NULL)
    seeds = g_strdup ("1");
  /* Before what takes minutes. */
  if (baseline != NULL)
    before = rows_load (baseline);
  rows = rows_new ();
  if (bookshelf != NULL)
    report_one (bookshelf, out);
  if (made_parts != NULL && boards != NULL)
    report_made ();
  for (int i = 0; made_parts == NULL && boards != NULL && boards[i] != NULL; i++)
    report_one (boards[i], NULL);
  rows_tell (rows);
  if (json != NULL)
    rows_save (rows, json);
  is_good = before == NULL || rows_compare (rows, before);
  g_clear_pointer (&before, rows_free);
  rows_free (rows);
  return is_good ? 0 : 1;
}
