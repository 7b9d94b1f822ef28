/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which placements can be routed well, and whether what the placer goes by tells so.
 *
 *   routing [--iterations N] [--seed N,...] [--only WAY,...] [--srj FOLDER] BOARD...
 *
 * Each board is placed in different ways, each placement is measured and routed by maze.h. Printed
 * are the placements, for each board the rank correlation (Spearman's) of every estimate with what
 * came of the routing, and for each way of placing what it did compared with the usual one. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/maze.h"
#include "bench/srj.h"
#include "board/bw-board-reader.h"
#include "board/bw-pose-scatter.h"
#include "placer/bw-placer.h"
#include "session/bw-crew.h"
#include "session/bw-problem-builder.h"
#include "session/bw-routability.h"
#include "session/bw-tidy.h"

/* What is worth how many mm of track. */
#define VIA_MM 2.0
#define UNROUTED_MM 50.0
/* The usual weight of a crossing. */
#define CROSSING_MM 2.0
/* Fewer placements tell nothing about ranks. */
#define LEAST_RANKED 5

typedef enum
{
  WAY_HAND,
  WAY_PLACED,
  WAY_RANDOM,   /* thrown, then only parted */
} WayKind;

typedef struct
{
  const char *name;
  WayKind kind;
  const char *weights; /* as on the command line */
  double share;       /* of the iterations */
} Way;

static const Way ways[] = {
  { "usual", WAY_PLACED, "", 1.0 },
  { "hand", WAY_HAND, "", 1.0 },
  { "gap 0", WAY_PLACED, "gap=0", 1.0 },
  { "gap 0.5", WAY_PLACED, "gap=0.5", 1.0 },
  { "gap 1", WAY_PLACED, "gap=1", 1.0 },
  { "escape 0", WAY_PLACED, "escape=0", 1.0 },
  { "escape 0.75", WAY_PLACED, "escape=0.75", 1.0 },
  { "escape 1", WAY_PLACED, "escape=1", 1.0 },
  { "margin 0", WAY_PLACED, "margin=0", 1.0 },
  { "margin 1", WAY_PLACED, "margin=1", 1.0 },
  { "edges 0", WAY_PLACED, "edges=0", 1.0 },
  { "edges 2", WAY_PLACED, "edges=2", 1.0 },
  { "no tidying", WAY_PLACED, "none", 1.0 },
  { "decoupling 0", WAY_PLACED, "decoupling=0", 1.0 },
  { "decoupling 0.2", WAY_PLACED, "decoupling=0.2", 1.0 },
  { "decoupling 1", WAY_PLACED, "decoupling=1", 1.0 },
  { "alignment 0", WAY_PLACED, "alignment=0", 1.0 },
  { "alignment 2", WAY_PLACED, "alignment=2", 1.0 },
  { "wires first", WAY_PLACED, "decoupling=0.2,alignment=0.5,edges=0,escape=0", 1.0 },
  { "crossings 0", WAY_PLACED, "crossings=0", 1.0 },
  { "a tenth", WAY_PLACED, "", 0.1 },
  { "a hundredth", WAY_PLACED, "", 0.01 },
  { "random", WAY_RANDOM, "", 0.1 },
};

/* The last ones: half perimeters of what is routed, all but ground; wires, and as much more as the
 * board is congested; wires, those of supplies by their weight; and those with 2 mm for each
 * crossing, by which the placer chooses the best of several searches. */
typedef enum
{
  ESTIMATE_HPWL,
  ESTIMATE_TREE,
  ESTIMATE_CROSSINGS,
  ESTIMATE_CONGESTION,
  ESTIMATE_PINS,
  ESTIMATE_ROUTED_NETS,
  ESTIMATE_BOTH,
  ESTIMATE_WIRES,
  ESTIMATE_CHOICE,
  N_ESTIMATES,
} Estimate;

static const char *const estimate_names[N_ESTIMATES] = {
  "hpwl", "trees", "crossings", "congestion", "pins", "routed nets", "both", "wires", "choice",
};

typedef struct
{
  guint way;
  int seed;
  double estimates[N_ESTIMATES];
  BwTidiness tidiness;
  gboolean legal;
  MazeResult routed;
  double score_mm;
} Placement;

static int iterations = 2000;
static int chains = BW_CREW_CHAINS;
static char *seeds;
static char **boards;
static char *only;
static char *folder;

static const GOptionEntry entries[] = {
  { "iterations", 'n', 0, G_OPTION_ARG_INT, &iterations, "Iterations of each run (2000)", "N" },
  { "chains", 'c', 0, G_OPTION_ARG_INT, &chains, "Searches side by side (2)", "N" },
  { "seed", 's', 0, G_OPTION_ARG_STRING, &seeds, "Seeds (1)", "N,..." },
  { "srj", 0, 0, G_OPTION_ARG_FILENAME, &folder, "Where to keep what other routers read",
    "FOLDER" },
  { "only", 0, 0, G_OPTION_ARG_STRING, &only, "Ways of placing, divided by commas", "WAY,..." },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &boards, NULL, "BOARD..." },
  G_OPTION_ENTRY_NULL
};

static BwPose *
place (BwBoard   *board,
       Placement *placement)
{
  const Way *way = &ways[placement->way];
  g_autofree BwPose *start = bw_board_dup_poses (board);
  BwWeights weights = bw_weights_default ();
  g_autoptr (BwBoardProblem) built = NULL;
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacerMetrics metrics;
  BwPlacer *placer;
  BwPose *poses;

  if (way->kind == WAY_RANDOM)
    {
      bw_pose_scatter (board, (guint64) placement->seed, 0.0, start);
      for (guint i = 0; i < board->n_footprints; i++)
        start[i].rotation_cdeg = start[i].rotation_cdeg / 9000 * 9000;
      options.mode = BW_PLACER_MODE_UNTANGLE;
    }
  if (way->weights[0] != '\0' && !bw_weights_parse (&weights, way->weights))
    exit (2);
  built = bw_board_problem_new (board, &(BwProblemOptions) { .start = start, .weights = &weights });
  options.seed = (guint64) placement->seed;
  options.iterations = (guint32) MAX (1.0, way->share * iterations);
  options.n_chains = (guint32) chains;
  placer = bw_placer_new (bw_board_problem_get (built), &options);
  while (way->kind != WAY_HAND && bw_placer_step (placer))
    ;
  poses = g_memdup2 (bw_placer_poses (placer), sizeof (BwPose) * board->n_footprints);
  bw_placer_metrics (placer, &metrics);
  placement->legal = metrics.overlaps == 0 && metrics.outside == 0;
  placement->estimates[ESTIMATE_WIRES] = metrics.shares[BW_GOAL_WIRES];
  bw_placer_free (placer);
  return poses;
}

/* For bench/routers: the placement, and what is thought of it here. */
static void
keep (BwBoard         *board,
      const BwPose    *poses,
      const Placement *placement)
{
  g_autofree char *name = g_strdup_printf ("%s-%02u-%d.json", board->name, placement->way,
                                           placement->seed);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  FILE *file = fopen (path, "w");

  if (file == NULL)
    {
      perror (path);
      exit (1);
    }
  fprintf (file, "{\"board\":\"%s\",\"way\":\"%s\",\"seed\":%d,\"connections\":%u,"
           "\"maze\":{\"unrouted\":%u,\"vias\":%u,\"length_mm\":%.3f},\"estimates\":{",
           board->name, ways[placement->way].name, placement->seed,
           placement->routed.n_connections, placement->routed.n_unrouted,
           placement->routed.n_vias, placement->routed.length_mm);
  for (guint e = 0; e < N_ESTIMATES; e++)
    fprintf (file, "%s\"%s\":%.6f", e > 0 ? "," : "", estimate_names[e],
             placement->estimates[e]);
  fprintf (file, "},\"srj\":");
  srj_write (board, poses, file);
  fprintf (file, "}\n");
  fclose (file);
}

/* Half perimeters of the nets that are routed. */
static double
routed_nets_mm (const BwBoard *board,
                const BwPose  *poses)
{
  g_autofree double *net_mm = g_new0 (double, board->n_nets + 1);
  g_autofree double *part_mm = g_new0 (double, board->n_footprints + 1);
  double sum_mm = 0.0;

  bw_board_measure_wires (board, poses, net_mm, part_mm);
  for (guint i = 0; i < board->n_nets; i++)
    if (maze_routes (&board->nets[i]))
      sum_mm += net_mm[i];
  return sum_mm;
}

static void
measure (BwBoard   *board,
         Placement *placement)
{
  g_autofree BwPose *poses = place (board, placement);
  BwRoutability routability;

  bw_routability_measure (board, poses, &routability);
  bw_tidiness_measure (board, poses, &placement->tidiness);
  placement->estimates[ESTIMATE_HPWL] = bw_board_hpwl_mm (board, poses);
  placement->estimates[ESTIMATE_TREE] = routability.tree_mm;
  placement->estimates[ESTIMATE_CROSSINGS] = routability.crossings;
  placement->estimates[ESTIMATE_CONGESTION] = routability.congestion;
  placement->estimates[ESTIMATE_PINS] = routability.unroutable_pins;
  placement->estimates[ESTIMATE_ROUTED_NETS] = routed_nets_mm (board, poses);
  placement->estimates[ESTIMATE_BOTH] = placement->estimates[ESTIMATE_HPWL] *
                                        (1.0 + routability.congestion);
  placement->estimates[ESTIMATE_CHOICE] = placement->estimates[ESTIMATE_WIRES] +
                                          CROSSING_MM * routability.crossings;
  maze_route (board, poses, &placement->routed);
  placement->score_mm = placement->routed.length_mm + VIA_MM * placement->routed.n_vias +
                        UNROUTED_MM * placement->routed.n_unrouted;
  if (folder != NULL)
    keep (board, poses, placement);
}

static void
tell (const char      *name,
      const Placement *placement)
{
  printf ("%-22.22s %-15s %2d%s hpwl %8.1f trees %8.1f crossings %4.0f congestion %5.2f pins %3.0f"
          "  routed %8.1f mm, %3u vias, %2u of %u unrouted, %2u rounds  score %8.1f"
          "  decoupling %5.2f mm, aligned %u of %u, facing %u of %u, at edge %u of %u, "
          "crystals %5.2f mm\n",
          name, ways[placement->way].name, placement->seed, placement->legal ? "" : " illegal",
          placement->estimates[ESTIMATE_HPWL], placement->estimates[ESTIMATE_TREE],
          placement->estimates[ESTIMATE_CROSSINGS], placement->estimates[ESTIMATE_CONGESTION],
          placement->estimates[ESTIMATE_PINS], placement->routed.length_mm,
          placement->routed.n_vias, placement->routed.n_unrouted,
          placement->routed.n_connections, placement->routed.n_rounds, placement->score_mm,
          placement->tidiness.decoupling_mm, placement->tidiness.n_aligned,
          placement->tidiness.n_equal, placement->tidiness.n_facing,
          placement->tidiness.n_decoupling, placement->tidiness.n_at_edge,
          placement->tidiness.n_connectors, placement->tidiness.crystal_mm);
  fflush (stdout);
}

/* Ranks from 0, equal values their mean. */
static void
rank (const double *values,
      guint         n,
      double       *ranks)
{
  for (guint i = 0; i < n; i++)
    {
      guint below = 0, equal = 0;

      for (guint k = 0; k < n; k++)
        {
          below += values[k] < values[i];
          equal += values[k] == values[i];
        }
      ranks[i] = below + (equal - 1) / 2.0;
    }
}

/* NAN where one of them is the same everywhere. */
static double
spearman (const double *a,
          const double *b,
          guint         n)
{
  g_autofree double *x = g_new (double, n + 1);
  g_autofree double *y = g_new (double, n + 1);
  double middle = (n - 1) / 2.0, xy = 0.0, xx = 0.0, yy = 0.0;

  rank (a, n, x);
  rank (b, n, y);
  for (guint i = 0; i < n; i++)
    {
      xy += (x[i] - middle) * (y[i] - middle);
      xx += (x[i] - middle) * (x[i] - middle);
      yy += (y[i] - middle) * (y[i] - middle);
    }
  return xx > 0.0 && yy > 0.0 ? xy / sqrt (xx * yy) : NAN;
}

typedef struct
{
  double sum;
  guint n;
} Mean;

static void
add (Mean   *mean,
     double  value)
{
  if (isnan (value))
    return;
  mean->sum += value;
  mean->n++;
}

/* Of each estimate with the score, the vias and what was left, over the placements of a board. */
static void
correlate (const char *name,
           GArray     *placements,
           Mean        means[3][N_ESTIMATES])
{
  static const char *const outcomes[3] = { "score", "vias", "unrouted" };
  guint n = placements->len;
  g_autofree double *values = g_new (double, n + 1);
  g_autofree double *outcome = g_new (double, n + 1);

  for (guint o = 0; o < 3 && n >= LEAST_RANKED; o++)
    {
      printf ("%-22.22s %-8s", name, outcomes[o]);
      for (guint e = 0; e < N_ESTIMATES; e++)
        {
          double rho;

          for (guint i = 0; i < n; i++)
            {
              const Placement *placement = &g_array_index (placements, Placement, i);

              values[i] = placement->estimates[e];
              outcome[i] = o == 0 ? placement->score_mm : o == 1 ? placement->routed.n_vias
                                                                 : placement->routed.n_unrouted;
            }
          rho = spearman (values, outcome, n);
          add (&means[o][e], rho);
          printf ("  %s %5.2f", estimate_names[e], rho);
        }
      printf ("\n");
    }
}

static gboolean
is_wanted (const Way *way)
{
  g_auto (GStrv) words = g_strsplit (only != NULL ? only : "", ",", -1);

  return only == NULL || way == &ways[0] ||
         g_strv_contains ((const char *const *) words, way->name);
}

/* Each way as a ratio to the first one, which is the usual one. */
static void
compare (GArray *placements,
         Mean    ratios[G_N_ELEMENTS (ways)][4],
         guint   unrouted[G_N_ELEMENTS (ways)])
{
  for (guint i = 0; i < placements->len; i++)
    {
      const Placement *placement = &g_array_index (placements, Placement, i);
      const Placement *usual = placement;

      for (guint k = 0; k < placements->len; k++)
        if (g_array_index (placements, Placement, k).way == 0 &&
            (ways[placement->way].kind == WAY_HAND ||
             g_array_index (placements, Placement, k).seed == placement->seed))
          usual = &g_array_index (placements, Placement, k);
      add (&ratios[placement->way][0], log (placement->estimates[ESTIMATE_HPWL] /
                                            usual->estimates[ESTIMATE_HPWL]));
      add (&ratios[placement->way][1], log (placement->routed.length_mm /
                                            usual->routed.length_mm));
      add (&ratios[placement->way][2], (double) placement->routed.n_vias -
                                       usual->routed.n_vias);
      add (&ratios[placement->way][3], log (placement->score_mm / usual->score_mm));
      unrouted[placement->way] += placement->routed.n_unrouted;
    }
}

static GArray *
study (const char *filename,
       const char *name)
{
  g_autoptr (GFile) file = g_file_new_for_path (filename);
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = bw_board_load (file, NULL, &error);
  g_auto (GStrv) all_seeds = g_strsplit (seeds != NULL ? seeds : "1", ",", -1);
  GArray *placements = g_array_new (FALSE, FALSE, sizeof (Placement));

  if (board == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      exit (1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    for (char **seed = all_seeds; *seed != NULL && is_wanted (&ways[i]); seed++)
      {
        Placement placement = { .way = i, .seed = atoi (*seed) };

        if (ways[i].kind == WAY_HAND && seed != all_seeds)
          continue;
        measure (board, &placement);
        tell (name, &placement);
        g_array_append_val (placements, placement);
      }
  return placements;
}

static double
mean_of (const Mean *mean)
{
  return mean->n > 0 ? mean->sum / mean->n : NAN;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Mean means[3][N_ESTIMATES] = { 0 };
  Mean ratios[G_N_ELEMENTS (ways)][4] = { 0 };
  guint unrouted[G_N_ELEMENTS (ways)] = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  for (guint i = 0; boards != NULL && boards[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (boards[i]);
      g_autoptr (GArray) placements = NULL;

      name[strcspn (name, ".")] = '\0';
      placements = study (boards[i], name);
      correlate (name, placements, means);
      compare (placements, ratios, unrouted);
    }
  for (guint e = 0; e < N_ESTIMATES; e++)
    printf ("mean rank correlation of %-11s  with score %5.2f  vias %5.2f  unrouted %5.2f\n",
            estimate_names[e], mean_of (&means[0][e]), mean_of (&means[1][e]),
            mean_of (&means[2][e]));
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (ratios[i][0].n > 0)
      printf ("%-15s against the usual: hpwl %.3f  routed %.3f  vias %+.1f  unrouted %3u of %u "
              "placements  score %.3f\n", ways[i].name, exp (mean_of (&ratios[i][0])),
              exp (mean_of (&ratios[i][1])), mean_of (&ratios[i][2]), unrouted[i],
              ratios[i][0].n, exp (mean_of (&ratios[i][3])));
  return 0;
}
