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

/* Contacts in a row above, shell tabs of another size on both sides of them and below. */
#define SHELLED "(pad \"1\" smd rect (at -1 -2) (size 0.5 1) (layers \"F.Cu\") (net 1 \"A\"))" \
                "(pad \"2\" smd rect (at 0 -2) (size 0.5 1) (layers \"F.Cu\") (net 2 \"B\"))" \
                "(pad \"3\" smd rect (at 1 -2) (size 0.5 1) (layers \"F.Cu\") (net 2 \"B\"))" \
                "(pad \"S\" smd rect (at -3 2) (size 1 2) (layers \"F.Cu\"))" \
                "(pad \"S\" smd rect (at 3 2) (size 1 2) (layers \"F.Cu\"))" \
                "(fp_rect (start -4 -3) (end 4 3.5) (layer \"F.Fab\")))"
/* Reaches out a little more below: 0.8 mm of 6.8. */
#define TERMINAL "(pad \"1\" smd rect (at -1 0) (size 2 2) (layers \"F.Cu\") (net 1 \"A\"))" \
                 "(pad \"2\" smd rect (at 2 0) (size 2 2) (layers \"F.Cu\") (net 2 \"B\"))" \
                 "(fp_rect (start -3 -3) (end 4 3.8) (layer \"F.Fab\")))"
#define NAMED(name, reference, at) "(footprint \"t:" name "\" (layer \"F.Cu\") (at " at ")" \
                                   "(property \"Reference\" \"" reference "\" (at 0 0) " \
                                   "(layer \"F.SilkS\"))"

static void
contacts_and_names_tell_of_the_mouth_where_all_pads_do_not (void)
{
  static const struct { const char *part; gboolean has_mouth; } cases[] = {
    { PART ("J1", "20 20") SHELLED, TRUE },
    { NAMED ("Socket_Vertical", "J1", "20 20") SHELLED, FALSE },
    { NAMED ("Socket_Vertical", "J1", "20 20") LYING, FALSE },
    { NAMED ("Terminal_Horizontal", "J1", "20 20") TERMINAL, TRUE },
    { PART ("J1", "20 20") TERMINAL, FALSE },
    { NAMED ("Header_Horizontal", "J1", "20 20") UPRIGHT, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BwBoard) board = read_board (SQUARE, cases[i].part);
      BwPoint mouth, outward;

      g_test_message ("%s", cases[i].part);
      g_assert_cmpint (bw_connector_mouth (&board->footprints[0], &mouth, &outward), ==,
                       cases[i].has_mouth);
      g_assert_true (!cases[i].has_mouth || (outward.x_nm == 0 && outward.y_nm == 1));
    }
}

/* The middle of all of its pads is in the notch, that of the contacts is not. */
static void
a_connector_in_a_notch_is_at_the_edge (void)
{
  g_autoptr (BwBoard) board = read_board (
    "(gr_poly (pts (xy 0 0) (xy 40 0) (xy 40 40) (xy 26 40) (xy 26 35) (xy 14 35) (xy 14 40)"
    " (xy 0 40)) (layer \"Edge.Cuts\"))", PART ("J1", "20 35.5") SHELLED);

  g_assert_cmpint (board->footprints[0].hold, ==, BW_HOLD_AT_EDGE);
}

static void
what_stands_upright_may_be_beside_the_edge (void)
{
  static const struct { const char *outline; const char *part; gboolean is_beside; } cases[] = {
    { SQUARE, PART ("J1", "20 37") UPRIGHT, TRUE },
    { SQUARE, PART ("J1", "3 20 90") UPRIGHT, TRUE },
    { SQUARE, PART ("J1", "20 30") UPRIGHT, FALSE },
    { SQUARE, PART ("J1", "3 20") UPRIGHT, FALSE },         /* end on */
    { SQUARE, PART ("J1", "20 50") UPRIGHT, FALSE },
    { "", PART ("J1", "20 37") UPRIGHT, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BwBoard) board = read_board (cases[i].outline, cases[i].part);

      g_assert_cmpint (bw_connector_beside_edge (board, &board->footprints[0],
                                                 &board->footprints[0].pose), ==,
                       cases[i].is_beside);
    }
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
    { SQUARE, PART ("J1", "20 38.74") UPRIGHT, BW_HOLD_NONE },
    { SQUARE, PART ("J1", "20 38.76") UPRIGHT, BW_HOLD_AT_EDGE },   /* was put over it */
    { SQUARE, PART ("J1", "20 39.51") UPRIGHT, BW_HOLD_NONE },      /* so are its pads */
    { SQUARE, PART ("U1", "20 38.76") UPRIGHT, BW_HOLD_NONE },
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

static void
any_part_that_reaches_over_the_edge_without_its_pads_is_held (void)
{
  static const struct { const char *outline; const char *part; BwHold hold; } cases[] = {
    { SQUARE, PART ("U1", "20 38") LYING, BW_HOLD_AT_EDGE },
    { SQUARE, PART ("U1", "20 34") LYING, BW_HOLD_NONE },           /* ends on the board */
    { SQUARE, PART ("U1", "20 2") LYING, BW_HOLD_NONE },            /* looks inward */
    { SQUARE, PART ("U1", "0 38") LYING, BW_HOLD_NONE },            /* a pad is beside the board */
    { SQUARE, PART ("U1", "20 39.6") LYING, BW_HOLD_NONE },         /* pads end beyond the edge */
    { SQUARE, PART ("U1", "20 39.5") UPRIGHT, BW_HOLD_NONE },       /* pads all over it */
    { "", PART ("U1", "20 38") LYING, BW_HOLD_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BwBoard) board = read_board (cases[i].outline, cases[i].part);

      g_test_message ("%s %s", cases[i].outline, cases[i].part);
      g_assert_cmpint (board->footprints[0].hold, ==, cases[i].hold);
    }
}

#define AREA_OF(layer, bars, y0, y1) \
  "(zone (layers " layer ") (hatch edge 0.5) (keepout (" bars " not_allowed)) (polygon (pts" \
  " (xy 15 " y0 ") (xy 25 " y0 ") (xy 25 " y1 ") (xy 15 " y1 "))))"

static void
an_antenna_at_the_edge_is_held (void)
{
  static const struct { const char *area; const char *part; BwHold hold; } cases[] = {
    { AREA_OF ("F.Cu", "copperpour", "36", "45"), PART ("U1", "20 33.6") LYING, BW_HOLD_AT_EDGE },
    { AREA_OF ("F.Cu", "copperpour", "36", "45"), PART ("U1", "20 33.4") LYING, BW_HOLD_NONE },
    { AREA_OF ("F.Cu", "copperpour", "36", "45"), PART ("U1", "20 33.6") UPRIGHT, BW_HOLD_NONE },
    { AREA_OF ("F.Cu", "copperpour", "36", "38"), PART ("U1", "20 33.6") LYING, BW_HOLD_NONE },
    { AREA_OF ("F.Cu", "footprints", "36", "45"), PART ("U1", "20 33.6") LYING, BW_HOLD_NONE },
    { AREA_OF ("In1.Cu", "copperpour", "36", "45"), PART ("U1", "20 33.6") LYING, BW_HOLD_NONE },
    { "", PART ("U1", "20 33.6") AREA_OF ("*.Cu", "copperpour", "36", "45") LYING,
      BW_HOLD_AT_EDGE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *parts = g_strconcat (cases[i].part, cases[i].area, NULL);
      g_autoptr (BwBoard) board = read_board (SQUARE, parts);

      g_test_message ("%s", parts);
      g_assert_cmpint (board->footprints[0].hold, ==, cases[i].hold);
    }
}

/* Below the middle of what is put there. */
#define FIDUCIAL "(pad \"\" smd circle (at 0 0) (size 1 1) (layers \"F.Cu\" \"F.Mask\")))"
#define HOLE "(pad \"\" np_thru_hole circle (at 0 0) (size 1 1) (drill 1) (layers \"*.Cu\")))"

/* Whichever of two that lie on one another the file has first. */
static void
what_belongs_at_the_edge_is_held_before_what_is_put_there (void)
{
  g_autoptr (BwBoard) board = read_board (SQUARE, PART ("J1", "20 39.01") UPRIGHT
                                                  PART ("J2", "20 35") LYING);

  g_assert_cmpint (board->footprints[1].hold, ==, BW_HOLD_AT_EDGE);
  g_assert_cmpint (board->footprints[0].hold, ==, BW_HOLD_NONE);
}

/* Of two that were thrown upon one another, the first one may be where it is. */
static void
what_lies_on_another_part_that_is_held_is_not (void)
{
  static const struct { const char *parts; BwHold second; } cases[] = {
    { PART ("J1", "20 34") LYING PART ("J2", "21 34") LYING, BW_HOLD_NONE },
    { PART ("J1", "20 34") LYING PART ("J2", "24 34") LYING, BW_HOLD_AT_EDGE },  /* sloppily */
    { PART ("J1", "20 34") LYING PART ("J2", "30 34") LYING, BW_HOLD_AT_EDGE },
    { PART ("U1", "20 34") LYING PART ("J2", "21 34") LYING, BW_HOLD_AT_EDGE },  /* that can go */
    { PART ("F1", "20 36.5") FIDUCIAL PART ("J2", "20 34") LYING, BW_HOLD_AT_EDGE },
    { PART ("H1", "20 36.5") HOLE PART ("J2", "20 34") LYING, BW_HOLD_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BwBoard) board = read_board (SQUARE, cases[i].parts);

      g_test_message ("%s", cases[i].parts);
      g_assert_cmpint (board->footprints[1].hold, ==, cases[i].second);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connector/the-mouth-is-where-the-body-reaches-out",
                   the_mouth_is_where_the_body_reaches_out);
  g_test_add_func ("/connector/contacts-and-names-tell-of-the-mouth-where-all-pads-do-not",
                   contacts_and_names_tell_of_the_mouth_where_all_pads_do_not);
  g_test_add_func ("/connector/a-connector-in-a-notch-is-at-the-edge",
                   a_connector_in_a_notch_is_at_the_edge);
  g_test_add_func ("/connector/what-stands-upright-may-be-beside-the-edge",
                   what_stands_upright_may_be_beside_the_edge);
  g_test_add_func ("/connector/a-connector-is-at-the-edge-when-it-opens-over-it",
                   a_connector_is_at_the_edge_when_it_opens_over_it);
  g_test_add_func ("/connector/any-part-that-reaches-over-the-edge-without-its-pads-is-held",
                   any_part_that_reaches_over_the_edge_without_its_pads_is_held);
  g_test_add_func ("/connector/an-antenna-at-the-edge-is-held", an_antenna_at_the_edge_is_held);
  g_test_add_func ("/connector/what-belongs-at-the-edge-is-held-before-what-is-put-there",
                   what_belongs_at_the_edge_is_held_before_what_is_put_there);
  g_test_add_func ("/connector/what-lies-on-another-part-that-is-held-is-not",
                   what_lies_on_another_part_that_is_held_is_not);
  return g_test_run ();
}
