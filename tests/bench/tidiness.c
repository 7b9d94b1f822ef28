/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How tidy placements are beside those by hand.
 *
 *   tidiness [--iterations N] [--seed N] [--weight NAME=VALUE,...] BOARD...
 *
 * Two lines for each board, by hand and placed, and their sums: the wires, decoupling capacitors
 * and crystals to their pins, capacitors that face theirs, connectors that open over the edge,
 * parts in line with their nearest equal one, parts of repeated sheets as in the first. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board/bw-board-reader.h"
#include "placer/bw-placer.h"
#include "session/bw-problem-builder.h"
#include "session/bw-tidy.h"

typedef struct
{
  double log_ratio;      /* of the wires to those by hand */
  guint n_boards;
  guint n_illegal;
  BwTidiness tidiness;   /* sums; of distances too */
} Sum;

static int iterations = 2000;
static int seed = 1;
static char *terms;
static char **boards;

static const GOptionEntry entries[] = {
  { "iterations", 'n', 0, G_OPTION_ARG_INT, &iterations, "Iterations of each run (2000)", "N" },
  { "seed", 's', 0, G_OPTION_ARG_INT, &seed, "Seed (1)", "N" },
  { "weight", 'w', 0, G_OPTION_ARG_STRING, &terms, "As of boardwalk place", "NAME=VALUE,..." },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &boards, NULL, "BOARD..." },
  G_OPTION_ENTRY_NULL
};

static void
tell (const char       *name,
      const char       *how,
      double            ratio,
      gboolean          legal,
      const BwTidiness *t)
{
  printf ("%-24.24s %-6s wires %5.3f%s  capacitors %5.2f mm, %3u of %3u facing  crystals %5.2f mm  "
          "at edge %2u of %2u  in line %3u of %3u  as twin %3u of %3u\n", name, how, ratio,
          legal ? "  " : " !", t->decoupling_mm, t->n_facing, t->n_decoupling, t->crystal_mm,
          t->n_at_edge, t->n_connectors, t->n_aligned, t->n_equal, t->n_alike, t->n_twins);
}

static void
take (Sum              *sum,
      double            ratio,
      gboolean          legal,
      const BwTidiness *t)
{
  sum->log_ratio += log (ratio);
  sum->n_boards++;
  sum->n_illegal += !legal;
  sum->tidiness.decoupling_mm += t->decoupling_mm * t->n_decoupling;
  sum->tidiness.n_decoupling += t->n_decoupling;
  sum->tidiness.n_facing += t->n_facing;
  sum->tidiness.crystal_mm += t->crystal_mm * t->n_crystals;
  sum->tidiness.n_crystals += t->n_crystals;
  sum->tidiness.n_connectors += t->n_connectors;
  sum->tidiness.n_at_edge += t->n_at_edge;
  sum->tidiness.n_equal += t->n_equal;
  sum->tidiness.n_aligned += t->n_aligned;
  sum->tidiness.n_twins += t->n_twins;
  sum->tidiness.n_alike += t->n_alike;
}

static void
tell_sum (Sum        *sum,
          const char *how)
{
  sum->tidiness.decoupling_mm /= MAX (sum->tidiness.n_decoupling, 1);
  sum->tidiness.crystal_mm /= MAX (sum->tidiness.n_crystals, 1);
  tell ("all", how, exp (sum->log_ratio / MAX (sum->n_boards, 1)), sum->n_illegal == 0,
        &sum->tidiness);
}

static void
study (const char *filename,
       Sum        *by_hand,
       Sum        *placed)
{
  g_autoptr (GFile) file = g_file_new_for_path (filename);
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = bw_board_load (file, NULL, &error);
  g_autofree char *name = g_path_get_basename (filename);
  BwWeights weights = bw_weights_default ();
  g_autoptr (BwBoardProblem) problem = NULL;
  g_autofree BwPose *start = NULL;
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacerMetrics before, after;
  BwTidiness tidiness;
  BwPlacer *placer;
  double ratio;

  if (board == NULL || (terms != NULL && !bw_weights_parse (&weights, terms)))
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "no such term");
      exit (1);
    }
  name[strcspn (name, ".")] = '\0';
  start = bw_board_dup_poses (board);
  problem = bw_board_problem_new (board, &(BwProblemOptions) { .weights = &weights });
  options.seed = (uint64_t) seed;
  options.iterations = (uint32_t) MAX (iterations, 1);
  placer = bw_placer_new (bw_board_problem_get (problem), &options);
  bw_placer_metrics (placer, &before);
  bw_tidiness_measure (board, start, &tidiness);
  tell (name, "hand", 1.0, before.overlaps + before.outside == 0, &tidiness);
  take (by_hand, 1.0, before.overlaps + before.outside == 0, &tidiness);
  while (bw_placer_step (placer))
    ;
  bw_placer_metrics (placer, &after);
  bw_tidiness_measure (board, bw_placer_poses (placer), &tidiness);
  ratio = before.hpwl_mm > 0.0 && after.hpwl_mm > 0.0 ? after.hpwl_mm / before.hpwl_mm : 1.0;
  tell (name, "placed", ratio, after.overlaps + after.outside == 0, &tidiness);
  take (placed, ratio, after.overlaps + after.outside == 0, &tidiness);
  bw_placer_free (placer);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Sum by_hand = { 0 }, placed = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  for (guint i = 0; boards != NULL && boards[i] != NULL; i++)
    study (boards[i], &by_hand, &placed);
  tell_sum (&by_hand, "hand");
  tell_sum (&placed, "placed");
  return 0;
}
