/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "board/bw-board-reader.h"
#include "board/bw-connector.h"

/* Its plug comes from below: the body reaches 5 mm beyond the pads there. */
#define LYING "(pad \"1\" smd rect (at -1 0) (size 1 1) (layers \"F.Cu\") (net 1 \"A\"))" \
              "(pad \"2\" smd rect (at 1 0) (size 1 1) (layers \"F.Cu\") (net 2 \"B\"))" \
              "(fp_rect (start -2 -1) (end 2 5.5) (layer \"F.Fab\")))"
#define UPRIGHT "(pad \"1\" smd rect (at -1 0) (size 1 1) (layers \"F.Cu\") (net 1 \"A\"))" \
                "(pad \"2\" smd rect (at 1 0) (size 1 1) (layers \"F.Cu\") (net 2 \"B\"))" \
                "(fp_rect (start -2 -1.2) (end 2 1) (layer \"F.Fab\")))"
#define PART(reference, at) "(footprint \"t:X\" (layer \"F.Cu\") (at " at ")" \
                            "(property \"Reference\" \"" reference "\" (at 0 0) " \
                            "(layer \"F.SilkS\"))"
#define SQUARE "(gr_rect (start 0 0) (end 40 40) (layer \"Edge.Cuts\"))"
#define ROUND "(gr_circle (center 20 20) (end 40 20) (layer \"Edge.Cuts\"))"

static BwBoard *
read_board (const char *outline,
            const char *parts)
{
  g_autofree char *text =
    g_strconcat ("(kicad_pcb (version 20241229) (generator \"test\")"
                 "(layers (0 \"F.Cu\" signal) (2 \"B.Cu\" signal) (25 \"Edge.Cuts\" user)"
                 " (35 \"F.Fab\" user))(net 0 \"\")(net 1 \"A\")(net 2 \"B\")",
                 outline, parts, ")", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BwBoard *board = bw_board_new_from_bytes (bytes, "test.kicad_pcb", &error);

  g_assert_no_error (error);
  return board;
}

static void
the_mouth_is_where_the_body_reaches_out (void)
{
  g_autoptr (BwBoard) board = read_board (SQUARE, PART ("J1", "20 20") LYING
                                                  PART ("J2", "30 20") UPRIGHT
                                                  PART ("U1", "10 20") LYING);
  BwPoint mouth, outward;

  g_assert_true (bw_connector_mouth (&board->footprints[0], &mouth, &outward));
  g_assert_cmpint (mouth.x_nm, ==, 0);
  g_assert_cmpint (mouth.y_nm, ==, 5500000);
  g_assert_cmpint (outward.x_nm, ==, 0);
  g_assert_cmpint (outward.y_nm, ==, 1);
  g_assert_false (bw_connector_mouth (&board->footprints[1], &mouth, &outward));
  g_assert_true (bw_connector_is (board, &board->footprints[0]));
  g_assert_true (bw_connector_is (board, &board->footprints[1]));
  g_assert_false (bw_connector_is (board, &board->footprints[2]));
}

static void
a_connector_is_at_the_edge_when_it_opens_over_it (void)
{
  static const struct { const char *outline; const char *part; BwHold hold; } cases[] = {
    { SQUARE, PART ("J1", "20 34") LYING, BW_HOLD_AT_EDGE },
    { SQUARE, PART ("J1", "20 38") LYING, BW_HOLD_AT_EDGE },        /* overhangs */
    { SQUARE, PART ("J1", "20 30") LYING, BW_HOLD_NONE },           /* too far in */
    { SQUARE, PART ("J1", "20 50") LYING, BW_HOLD_NONE },           /* beside the board */
    { SQUARE, PART ("J1", "20 5") LYING, BW_HOLD_NONE },            /* looks inward */
    { SQUARE, PART ("J1", "20 5 180") LYING, BW_HOLD_AT_EDGE },
    { SQUARE, PART ("J1", "34 20 90") LYING, BW_HOLD_AT_EDGE },
    { SQUARE, PART ("J1", "20 38") UPRIGHT, BW_HOLD_NONE },
    { SQUARE, PART ("U1", "20 34") LYING, BW_HOLD_NONE },
    { ROUND, PART ("J1", "29 29 45") LYING, BW_HOLD_AT_EDGE },
    { ROUND, PART ("J1", "36 36 45") LYING, BW_HOLD_NONE },         /* beside it */
    { "", PART ("J1", "20 34") LYING, BW_HOLD_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BwBoard) board = read_board (cases[i].outline, cases[i].part);

      g_test_message ("%s %s", cases[i].outline, cases[i].part);
      g_assert_cmpint (board->footprints[0].hold, ==, cases[i].hold);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connector/the-mouth-is-where-the-body-reaches-out",
                   the_mouth_is_where_the_body_reaches_out);
  g_test_add_func ("/connector/a-connector-is-at-the-edge-when-it-opens-over-it",
                   a_connector_is_at_the_edge_when_it_opens_over_it);
  return g_test_run ();
}
