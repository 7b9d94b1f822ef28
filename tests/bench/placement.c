/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How good the placer is, and how fast, on bookshelf boards.
 *
 *   placement [--time SECONDS | --iterations N] [--seed N] [--out FILE] BOARD...
 *
 * The time is turned into iterations by two short runs, as a session does it. */

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/bookshelf.h"
#include "placer/bw-placer.h"

static double time_s = 5.0;
static int iterations;
static int seed = 1;
static char *bookshelf;
static char *out;
static char **boards;
static gboolean verbose;

static const GOptionEntry entries[] = {
  { "time", 't', 0, G_OPTION_ARG_DOUBLE, &time_s, "Seconds for each board", "SECONDS" },
  { "iterations", 'n', 0, G_OPTION_ARG_INT, &iterations, "Iterations instead", "N" },
  { "seed", 's', 0, G_OPTION_ARG_INT, &seed, "Seed", "N" },
  { "bookshelf", 'b', 0, G_OPTION_ARG_FILENAME, &bookshelf, "One board", "BOARD" },
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &out, "Where to write its placement", "FILE" },
  { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, "Tell of each phase", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &boards, NULL, "BOARD..." },
  G_OPTION_ENTRY_NULL
};

typedef struct
{
  BwPlacerMetrics metrics;
  double seconds;
  double slowest_ms;
  uint32_t iterations;
  uint64_t hash;
} Result;

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

static Result
place (const Bookshelf *board,
       uint32_t         n,
       const char      *filename)
{
  const BwProblem *problem = bookshelf_problem (board);
  BwPlacerOptions options = bw_placer_options_default ();
  gint64 start_us = g_get_monotonic_time ();
  BwPhase phase = BW_PHASE_INITIAL;
  Result result = { 0 };
  BwPlacer *placer;
  bool more = true;

  options.seed = (uint64_t) seed;
  options.iterations = n;
  placer = bw_placer_new (problem, &options);
  if (placer == NULL)
    exit (1);
  while (more)
    {
      gint64 before_us = g_get_monotonic_time ();
      gint64 after_us;

      more = bw_placer_step (placer);
      after_us = g_get_monotonic_time ();
      if ((after_us - before_us) / 1e3 > result.slowest_ms)
        result.slowest_ms = (after_us - before_us) / 1e3;
      if (verbose && bw_placer_phase (placer) != phase)
        tell_phase (placer, (after_us - start_us) / 1e6);
      phase = bw_placer_phase (placer);
    }
  result.seconds = (g_get_monotonic_time () - start_us) / 1e6;
  result.iterations = bw_placer_iteration (placer);
  result.hash = bw_poses_hash (bw_placer_poses (placer), problem->n_parts);
  bw_placer_metrics (placer, &result.metrics);
  if (filename != NULL)
    bookshelf_write (board, bw_placer_poses (placer), filename);
  bw_placer_free (placer);
  return result;
}

static uint32_t
iterations_for (const Bookshelf *board,
                double           seconds)
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
report (const char *name,
        const char *filename)
{
  Bookshelf *board = bookshelf_load (name);
  Result result;

  result = place (board, iterations > 0 ? (uint32_t) iterations : iterations_for (board, time_s),
                  filename);
  printf ("%-12s %5u parts  hpwl %9.1f  overlaps %u  outside %u  %7u iterations  %6.2f s  "
          "slowest %6.1f ms  %016" G_GINT64_MODIFIER "x\n",
          name + (strrchr (name, '/') != NULL ? strrchr (name, '/') - name + 1 : 0),
          bookshelf_problem (board)->n_parts, result.metrics.hpwl_mm * 10.0,
          result.metrics.overlaps, result.metrics.outside, result.iterations, result.seconds,
          result.slowest_ms, result.hash);
  fflush (stdout);
  bookshelf_free (board);
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
    report (bookshelf, out);
  for (int i = 0; boards != NULL && boards[i] != NULL; i++)
    report (boards[i], NULL);
  return 0;
}
