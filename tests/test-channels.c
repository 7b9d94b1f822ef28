/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "board/bw-board-reader.h"
#include "placer/bw-placer.h"
#include "session/bw-channels.h"
#include "session/bw-problem-builder.h"

#define N_CHANNELS 3
#define N_PARTS 4

/* Three sheets of a 4 mm part and three small ones each, numbered 1, 10, 100 and so on, wired in a
 * chain to a part of no sheet; and a sheet like no other. */
static BwBoard *
make_board (void)
{
  g_autoptr (GString) text = g_string_new (
    "(kicad_pcb (version 20241229) (generator \"test\")"
    "(layers (0 \"F.Cu\" signal) (2 \"B.Cu\" signal) (25 \"Edge.Cuts\" user)"
    " (31 \"F.CrtYd\" user))(net 0 \"\")(net 100 \"BUS\")"
    "(gr_rect (start 0 0) (end 90 60) (layer \"Edge.Cuts\"))");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  BwBoard *board;

  for (guint i = 0; i < N_CHANNELS * N_PARTS; i++)
    g_string_append_printf (text, "(net %u \"N%u\")", i + 1, i + 1);
  for (guint i = 0; i < N_CHANNELS * N_PARTS; i++)
    {
      guint channel = i / N_PARTS, k = i % N_PARTS, half = k == 0 ? 2 : 1;

      g_string_append_printf (text,
        "(footprint \"t:%s\" (layer \"F.Cu\") (at %u %u) (sheetname \"/channel%u/\")"
        "(property \"Reference\" \"%s%u\" (at 0 0) (layer \"F.SilkS\"))"
        "(property \"Value\" \"%s\" (at 0 0) (layer \"F.Fab\"))"
        "(fp_rect (start -%u -%u) (end %u %u) (layer \"F.CrtYd\"))"
        "(pad \"1\" smd rect (at -0.5 0) (size 0.5 0.5) (layers \"F.Cu\") (net %u \"N%u\"))"
        "(pad \"2\" smd rect (at 0.5 0) (size 0.5 0.5) (layers \"F.Cu\") (net %u \"%s%.0u\")))",
        k == 0 ? "U" : "R", 10 + 8 * k, 10 + 20 * channel, channel, k == 0 ? "U" : "R",
        (guint[]) { 7, 9, 10, 100 }[k] + 1000 * channel, k == 0 ? "IC" : "10k", half, half, half,
        half, i + 1, i + 1, k + 1 < N_PARTS ? i + 2 : 100, k + 1 < N_PARTS ? "N" : "BUS",
        k + 1 < N_PARTS ? i + 2 : 0);
    }
  g_string_append (text,
    "(footprint \"t:U\" (layer \"F.Cu\") (at 80 30)"
    "(property \"Reference\" \"U1\" (at 0 0) (layer \"F.SilkS\"))"
    "(fp_rect (start -2 -2) (end 2 2) (layer \"F.CrtYd\"))"
    "(pad \"1\" smd rect (at 0 0) (size 1 1) (layers \"F.Cu\") (net 100 \"BUS\")))"
    "(footprint \"t:R\" (layer \"F.Cu\") (at 80 50) (sheetname \"/other/\")"
    "(property \"Reference\" \"R2\" (at 0 0) (layer \"F.SilkS\"))"
    "(pad \"1\" smd rect (at 0 0) (size 1 1) (layers \"F.Cu\") (net 100 \"BUS\"))))");
  bytes = g_bytes_new (text->str, text->len);
  board = bw_board_new_from_bytes (bytes, "test.kicad_pcb", &error);
  g_assert_no_error (error);
  return board;
}

static void
sheets_of_the_same_parts_are_channels (void)
{
  g_autoptr (BwBoard) board = make_board ();
  g_autoptr (GArray) channels = bw_channels_find (board, NULL);
  g_autofree gboolean *fixed = g_new0 (gboolean, board->n_footprints);
  g_autoptr (GArray) fewer = NULL;

  g_assert_cmpuint (channels->len, ==, N_CHANNELS);
  for (guint i = 0; i < N_CHANNELS; i++)
    {
      const BwChannel *channel = &g_array_index (channels, BwChannel, i);

      g_assert_cmpuint (channel->n_parts, ==, N_PARTS);
      g_assert_cmpuint (channel->kind, ==, g_array_index (channels, BwChannel, 0).kind);
      /* R9, R10, R100, U7: as numbers, not as letters. */
      for (guint k = 0; k < N_PARTS; k++)
        g_assert_cmpuint (channel->parts[k], ==, i * N_PARTS + (k + 1) % N_PARTS);
    }
  fixed[0] = TRUE;
  fewer = bw_channels_find (board, fixed);
  g_assert_cmpuint (fewer->len, ==, N_CHANNELS - 1);
}

static void
parts_that_lie_as_in_the_first_channel_are_counted (void)
{
  g_autoptr (BwBoard) board = make_board ();
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  guint n;

  g_assert_cmpuint (bw_channels_alike (board, poses, &n), ==, 8);
  g_assert_cmpuint (n, ==, 8);
  poses[N_PARTS].at.x_nm += 500000;
  poses[2 * N_PARTS + 1].rotation_cdeg = 9000;
  poses[2 * N_PARTS + 2].side = BW_SIDE_BACK;
  g_assert_cmpuint (bw_channels_alike (board, poses, &n), ==, 3 + 2);
}

static void
channels_are_laid_out_alike_where_that_is_worth_it (void)
{
  guint n_alike[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BwBoard) board = make_board ();
      BwWeights weights = { .grid_mm = 0.1, .channels = i == 0 ? 0.0 : 30.0 };
      g_autoptr (BwBoardProblem) problem =
        bw_board_problem_new (board, &(BwProblemOptions) { .weights = &weights });
      BwPlacerOptions options = bw_placer_options_default ();
      BwPlacerMetrics metrics;
      BwPlacer *placer;
      guint n;

      options.iterations = 300;
      placer = bw_placer_new (bw_board_problem_get (problem), &options);
      while (bw_placer_step (placer))
        ;
      bw_placer_metrics (placer, &metrics);
      g_assert_cmpuint (metrics.overlaps + metrics.outside, ==, 0);
      n_alike[i] = bw_channels_alike (board, bw_placer_poses (placer), &n);
      bw_placer_free (placer);
    }
  g_assert_cmpuint (n_alike[0], <, 8);
  g_assert_cmpuint (n_alike[1], ==, 8);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channels/sheets-of-the-same-parts-are-channels",
                   sheets_of_the_same_parts_are_channels);
  g_test_add_func ("/channels/parts-that-lie-as-in-the-first-channel-are-counted",
                   parts_that_lie_as_in_the_first_channel_are_counted);
  g_test_add_func ("/channels/channels-are-laid-out-alike-where-that-is-worth-it",
                   channels_are_laid_out_alike_where_that_is_worth_it);
  return g_test_run ();
}
