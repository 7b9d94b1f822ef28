/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How tidy placements are beside those by hand.
 *
 *   tidiness [--iterations N] [--seed N] [--weight NAME=VALUE,...] [--switches] BOARD...
 *
 * Two lines for each board, by hand and placed, and their sums: the wires, decoupling capacitors
 * and crystals to their pins, capacitors that face theirs, connectors that open over the edge,
 * parts in line with their nearest equal one and those in even steps, parts of two pads in rows
 * with others of their size, parts of repeated sheets as in the first, parts on the grid and those
 * that are not turned by quarters. With --switches a line more for each term that is off by itself
 * (channels: on), to see what it does. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board/bw-board-reader.h"
#include "session/bw-crew.h"
#include "session/bw-problem-builder.h"
#include "session/bw-tidy.h"

typedef struct
{
  double log_ratio;      /* of the wires to those by hand */
  guint n_boards;
  guint n_illegal;
  BwTidiness tidiness;   /* sums; of distances too */
} Sum;

typedef struct
{
  const char *name;
  const char *weights; /* as of boardwalk place; NULL: those of the command line */
} Way;

/* The first one is the one that is placed in any case. */
static const Way ways[] = {
  { "placed", NULL },
  { "no decoupling", "decoupling=0" },
  { "no crystals", "crystals=0" },
  { "no edges", "edges=0" },
  { "no alignment", "alignment=0" },
  { "no grid", "grid=0" },
  { "channels 30", "channels=30" },
};

static int iterations = 2000;
static int seed = 1;
static char *terms;
static gboolean switches;
static char **boards;

static const GOptionEntry entries[] = {
  { "iterations", 'n', 0, G_OPTION_ARG_INT, &iterations, "Iterations of each run (2000)", "N" },
  { "seed", 's', 0, G_OPTION_ARG_INT, &seed, "Seed (1)", "N" },
  { "weight", 'w', 0, G_OPTION_ARG_STRING, &terms, "As of boardwalk place", "NAME=VALUE,..." },
  { "switches", 0, 0, G_OPTION_ARG_NONE, &switches, "Also with each term off by itself", NULL },
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
  printf ("%-24.24s %-13s wires %5.3f%s  capacitors %5.2f mm, %3u of %3u facing  "
          "crystals %5.2f mm  at edge %2u of %2u  in line %3u of %3u, %3u even  "
          "in rows %3u of %3u  as twin %3u of %3u  on grid %4u of %4u  slanted %2u\n",
          name, how, ratio, legal ? "  " : " !", t->decoupling_mm, t->n_facing, t->n_decoupling,
          t->crystal_mm, t->n_at_edge, t->n_connectors, t->n_aligned, t->n_equal, t->n_even,
          t->n_in_rows, t->n_passives, t->n_alike, t->n_twins, t->n_on_grid, t->n_parts,
          t->n_slanted);
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
  sum->tidiness.n_even += t->n_even;
  sum->tidiness.n_passives += t->n_passives;
  sum->tidiness.n_in_rows += t->n_in_rows;
  sum->tidiness.n_parts += t->n_parts;
  sum->tidiness.n_on_grid += t->n_on_grid;
  sum->tidiness.n_slanted += t->n_slanted;
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

/* To the end, as a session runs it. */
static BwPlacer *
place (const BwProblem *problem,
       BwPlacerMetrics *before_out,
       BwPlacerMetrics *after_out)
{
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacer *placer;
  BwCrew *crew;

  options.seed = (uint64_t) seed;
  options.iterations = (uint32_t) MAX (iterations, 1);
  options.n_chains = BW_CREW_CHAINS;
  placer = bw_placer_new (problem, &options);
  bw_placer_metrics (placer, before_out);
  crew = bw_crew_new (placer, 0);
  while (bw_crew_step (crew) != BW_CREW_ENDED)
    ;
  bw_crew_free (crew);
  bw_placer_metrics (placer, after_out);
  return placer;
}

static void
study_way (BwBoard    *board,
           const char *name,
           const Way  *way,
           Sum        *by_hand, /* nullable */
           Sum        *placed)
{
  const char *text = way->weights != NULL ? way->weights : terms;
  BwWeights weights = bw_weights_default ();
  g_autoptr (BwBoardProblem) problem = NULL;
  g_autofree BwPose *start = bw_board_dup_poses (board);
  BwPlacerMetrics before, after;
  BwTidiness tidiness;
  BwPlacer *placer;
  double ratio;

  if (text != NULL && !bw_weights_parse (&weights, text))
    {
      fprintf (stderr, "%s: no such term\n", text);
      exit (1);
    }
  problem = bw_board_problem_new (board, &(BwProblemOptions) { .weights = &weights });
  placer = place (bw_board_problem_get (problem), &before, &after);
  if (by_hand != NULL)
    {
      bw_tidiness_measure (board, start, &tidiness);
      tell (name, "hand", 1.0, before.overlaps + before.outside == 0, &tidiness);
      take (by_hand, 1.0, before.overlaps + before.outside == 0, &tidiness);
    }
  bw_tidiness_measure (board, bw_placer_poses (placer), &tidiness);
  ratio = before.hpwl_mm > 0.0 && after.hpwl_mm > 0.0 ? after.hpwl_mm / before.hpwl_mm : 1.0;
  tell (name, way->name, ratio, after.overlaps + after.outside == 0, &tidiness);
  take (placed, ratio, after.overlaps + after.outside == 0, &tidiness);
  bw_placer_free (placer);
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

  if (board == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      exit (1);
    }
  name[strcspn (name, ".")] = '\0';
  for (guint i = 0; i < (switches ? G_N_ELEMENTS (ways) : 1); i++)
    study_way (board, name, &ways[i], i == 0 ? by_hand : NULL, &placed[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Sum by_hand = { 0 }, placed[G_N_ELEMENTS (ways)] = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  for (guint i = 0; boards != NULL && boards[i] != NULL; i++)
    study (boards[i], &by_hand, placed);
  tell_sum (&by_hand, "hand");
  for (guint i = 0; i < (switches ? G_N_ELEMENTS (ways) : 1); i++)
    tell_sum (&placed[i], ways[i].name);
  return 0;
}
