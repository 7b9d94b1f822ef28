/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "board/bw-board-reader.h"
#include "board/bw-connector.h"
#include "placer/bw-placer.h"
#include "session/bw-problem-builder.h"
#include "session/bw-tidy.h"

/* An IC with two supply pins, two capacitors on that supply, one between signals, a crystal, and
 * a connector. */
static BwBoard *
make_board (void)
{
  static const char text[] =
    "(kicad_pcb (version 20241229) (generator \"test\")"
    "(layers (0 \"F.Cu\" signal) (2 \"B.Cu\" signal) (25 \"Edge.Cuts\" user)"
    "(35 \"F.Fab\" user))"
    "(net 0 \"\")(net 1 \"+3V3\")(net 2 \"GND\")(net 3 \"XI\")(net 4 \"XO\")"
    "(gr_rect (start 0 0) (end 60 40) (layer \"Edge.Cuts\"))"
    "(footprint \"t:U\" (layer \"F.Cu\") (at 30 20)"
    "(property \"Reference\" \"U1\" (at 0 0) (layer \"F.SilkS\"))"
    "(property \"Value\" \"STM32F0\" (at 0 0) (layer \"F.SilkS\"))"
    "(pad \"1\" smd rect (at -3 0) (size 1 1) (layers \"F.Cu\") (net 1 \"+3V3\"))"
    "(pad \"2\" smd rect (at 3 0) (size 1 1) (layers \"F.Cu\") (net 1 \"+3V3\"))"
    "(pad \"3\" smd rect (at 0 3) (size 1 1) (layers \"F.Cu\") (net 2 \"GND\"))"
    "(pad \"4\" smd rect (at 0 -3) (size 1 1) (layers \"F.Cu\") (net 3 \"XI\"))"
    "(pad \"5\" smd rect (at 1 -3) (size 1 1) (layers \"F.Cu\") (net 4 \"XO\")))"
    "(footprint \"t:C\" (layer \"F.Cu\") (at 10 20)"
    "(property \"Reference\" \"C1\" (at 0 0) (layer \"F.SilkS\"))"
    "(pad \"1\" smd rect (at -0.5 0) (size 0.5 0.5) (layers \"F.Cu\") (net 1 \"+3V3\"))"
    "(pad \"2\" smd rect (at 0.5 0) (size 0.5 0.5) (layers \"F.Cu\") (net 2 \"GND\")))"
    "(footprint \"t:C\" (layer \"F.Cu\") (at 12 20)"
    "(property \"Reference\" \"C2\" (at 0 0) (layer \"F.SilkS\"))"
    "(pad \"1\" smd rect (at -0.5 0) (size 0.5 0.5) (layers \"F.Cu\") (net 2 \"GND\"))"
    "(pad \"2\" smd rect (at 0.5 0) (size 0.5 0.5) (layers \"F.Cu\") (net 1 \"+3V3\")))"
    "(footprint \"t:C\" (layer \"F.Cu\") (at 15 24)"
    "(property \"Reference\" \"C3\" (at 0 0) (layer \"F.SilkS\"))"
    "(pad \"1\" smd rect (at -0.5 0) (size 0.5 0.5) (layers \"F.Cu\") (net 3 \"XI\"))"
    "(pad \"2\" smd rect (at 0.5 0) (size 0.5 0.5) (layers \"F.Cu\") (net 2 \"GND\")))"
    "(footprint \"t:Y\" (layer \"F.Cu\") (at 50 5)"
    "(property \"Reference\" \"Y1\" (at 0 0) (layer \"F.SilkS\"))"
    "(pad \"1\" smd rect (at -1 0) (size 0.5 0.5) (layers \"F.Cu\") (net 3 \"XI\"))"
    "(pad \"2\" smd rect (at 1 0) (size 0.5 0.5) (layers \"F.Cu\") (net 4 \"XO\")))"
    "(footprint \"t:J\" (layer \"F.Cu\") (at 50 35)"
    "(property \"Reference\" \"J1\" (at 0 0) (layer \"F.SilkS\"))"
    "(pad \"1\" smd rect (at 0 0) (size 1 1) (layers \"F.Cu\") (net 2 \"GND\"))"
    "(fp_rect (start -1 -4) (end 1 1) (layer \"F.Fab\"))))";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BwBoard *board = bw_board_new_from_bytes (bytes, "test.kicad_pcb", &error);

  g_assert_no_error (error);
  return board;
}

static guint32
part (const BwBoard *board,
      const char    *key)
{
  return (guint32) bw_board_find (board, key);
}

static void
each_supply_pin_gets_a_capacitor_of_its_own (void)
{
  g_autoptr (BwBoard) board = make_board ();
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  g_autoptr (GArray) services = bw_tidy_find_decoupling (board, poses);
  const BwService *first, *second;

  g_assert_cmpuint (services->len, ==, 2);
  first = &g_array_index (services, BwService, 0);
  second = &g_array_index (services, BwService, 1);
  g_assert_cmpuint (first->part, ==, part (board, "C1"));
  g_assert_cmpuint (first->pad, ==, 0);
  g_assert_cmpuint (first->served, ==, part (board, "U1"));
  g_assert_cmpuint (first->served_pad, ==, 0);
  g_assert_cmpuint (second->part, ==, part (board, "C2"));
  g_assert_cmpuint (second->pad, ==, 1);
  g_assert_cmpuint (second->served_pad, ==, 1);
}

static void
a_crystal_is_for_the_pins_that_it_drives (void)
{
  g_autoptr (BwBoard) board = make_board ();
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  g_autoptr (GArray) services = bw_tidy_find_crystals (board, poses);

  g_assert_cmpuint (services->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const BwService *service = &g_array_index (services, BwService, i);

      g_assert_cmpuint (service->part, ==, part (board, "Y1"));
      g_assert_cmpuint (service->served, ==, part (board, "U1"));
      g_assert_cmpuint (service->served_pad, ==, 3 + i);
    }
}

static void
tidiness_is_measured (void)
{
  g_autoptr (BwBoard) board = make_board ();
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  BwTidiness tidiness;

  bw_tidiness_measure (board, poses, &tidiness);
  g_assert_cmpuint (tidiness.n_decoupling, ==, 2);
  g_assert_cmpfloat_with_epsilon (tidiness.decoupling_mm, (17.5 + 14.5) / 2, 1e-9);
  g_assert_cmpuint (tidiness.n_facing, ==, 1);
  g_assert_cmpuint (tidiness.n_crystals, ==, 2);
  g_assert_cmpfloat (tidiness.crystal_mm, >, 20.0);
  g_assert_cmpuint (tidiness.n_connectors, ==, 1);
  g_assert_cmpuint (tidiness.n_at_edge, ==, 0);
  g_assert_cmpuint (tidiness.n_equal, ==, 3);
  g_assert_cmpuint (tidiness.n_aligned, ==, 2);
  g_assert_cmpuint (tidiness.n_even, ==, 0);
  g_assert_cmpuint (tidiness.n_passives, ==, 3);
  g_assert_cmpuint (tidiness.n_in_rows, ==, 2);
  g_assert_cmpuint (tidiness.n_parts, ==, 6);
  g_assert_cmpuint (tidiness.n_on_grid, ==, 6);
  g_assert_cmpuint (tidiness.n_slanted, ==, 0);
  poses[part (board, "C1")].at.y_nm += 20000;
  poses[part (board, "J1")].rotation_cdeg = 18000;
  poses[part (board, "Y1")].rotation_cdeg = 4500;
  bw_tidiness_measure (board, poses, &tidiness);
  g_assert_cmpuint (tidiness.n_aligned, ==, 0);
  g_assert_cmpuint (tidiness.n_at_edge, ==, 1);
  g_assert_cmpuint (tidiness.n_on_grid, ==, 5);
  g_assert_cmpuint (tidiness.n_slanted, ==, 1);
  /* C1 at 10, C2 at 12, C3 at 14. */
  poses[part (board, "C1")].at.y_nm -= 20000;
  poses[part (board, "C3")].at = (BwPoint) { 14000000, 20000000 };
  bw_tidiness_measure (board, poses, &tidiness);
  g_assert_cmpuint (tidiness.n_aligned, ==, 3);
  g_assert_cmpuint (tidiness.n_even, ==, 3);
  poses[part (board, "C3")].at.x_nm += 500000;
  bw_tidiness_measure (board, poses, &tidiness);
  g_assert_cmpuint (tidiness.n_aligned, ==, 3);
  g_assert_cmpuint (tidiness.n_even, ==, 0);
}

/* A resistor's footprint is another one than a capacitor's. */
static void
parts_of_two_pads_and_about_one_size_belong_in_rows (void)
{
  g_autoptr (BwBoard) board = make_board ();
  g_autofree guint32 *equals = bw_tidy_number_equals (board);
  g_autofree guint32 *rows = bw_tidy_number_rows (board);

  g_assert_cmpuint (rows[part (board, "C1")], >, 0);
  g_assert_cmpuint (rows[part (board, "C1")], ==, rows[part (board, "C3")]);
  g_assert_cmpuint (rows[part (board, "Y1")], >, 0);
  g_assert_cmpuint (rows[part (board, "C1")], !=, rows[part (board, "Y1")]);
  g_assert_cmpuint (rows[part (board, "U1")], ==, 0);
  g_assert_cmpuint (equals[part (board, "C1")], ==, equals[part (board, "C2")]);
  g_assert_cmpuint (equals[part (board, "C1")], !=, equals[part (board, "U1")]);
}

/* Where runs that want connectors at edges put J1 from a pose. */
static BwPose
place_connector (BwPoint start)
{
  g_autoptr (BwBoard) board = make_board ();
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  BwWeights weights = { .edges = 2.0 };
  BwPlacerOptions options = bw_placer_options_default ();
  g_autoptr (BwBoardProblem) problem = NULL;
  BwPlacer *placer;
  BwPose end;

  poses[part (board, "J1")].at = start;
  problem = bw_board_problem_new (board, &(BwProblemOptions) { .start = poses,
                                                               .weights = &weights });
  options.iterations = 200;
  placer = bw_placer_new (bw_board_problem_get (problem), &options);
  while (bw_placer_step (placer))
    ;
  end = bw_placer_poses (placer)[part (board, "J1")];
  bw_placer_free (placer);
  g_assert_true (bw_connector_at_edge (board, &board->footprints[part (board, "J1")], &end));
  return end;
}

static void
connectors_turn_their_plug_over_the_nearest_edge (void)
{
  BwPose end = place_connector ((BwPoint) { 30000000, 5000000 });

  g_assert_cmpint (end.rotation_cdeg, ==, 0);
  g_assert_cmpint (end.at.y_nm, <, 7000000);
  end = place_connector ((BwPoint) { 5000000, 20000000 });
  g_assert_cmpint (end.rotation_cdeg, ==, 9000);
  g_assert_cmpint (end.at.x_nm, <, 7000000);
  /* Beside the board any will do. */
  place_connector ((BwPoint) { -30000000, 20000000 });
}

/* A header whose pins are all wired to what lies in the middle. */
static void
a_header_lies_along_the_edge_however_many_wires_pull_it (void)
{
  g_autoptr (GString) text = g_string_new (
    "(kicad_pcb (version 20241229) (generator \"test\")"
    "(layers (0 \"F.Cu\" signal) (2 \"B.Cu\" signal) (25 \"Edge.Cuts\" user))"
    "(gr_rect (start 0 0) (end 60 40) (layer \"Edge.Cuts\"))");
  static const struct { const char *key; double x_mm, y_mm; } places[] = {
    { "U1", 30.0, 20.0 }, { "J1", 22.0, 9.0 },
  };
  BwWeights weights = { .edges = 2.0 };
  BwPlacerOptions options = bw_placer_options_default ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = NULL;
  g_autoptr (BwBoardProblem) problem = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const BwFootprint *header;
  BwPlacer *placer;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_string_append_printf (text, "(footprint \"t:P\" (layer \"F.Cu\") (at %g %g 90)"
                              "(property \"Reference\" \"%s\" (at 0 0) (layer \"F.SilkS\"))",
                              places[i].x_mm, places[i].y_mm, places[i].key);
      for (guint k = 0; k < 6; k++)
        g_string_append_printf (text, "(pad \"%u\" thru_hole circle (at %g 0) (size 1.7 1.7)"
                                "(drill 1) (layers \"*.Cu\") (net %u \"N%u\"))",
                                k + 1, 2.54 * k - 6.35, k + 1, k + 1);
      g_string_append (text, ")");
    }
  g_string_append (text, ")");
  bytes = g_bytes_new (text->str, text->len);
  board = bw_board_new_from_bytes (bytes, "test.kicad_pcb", &error);
  g_assert_no_error (error);
  header = &board->footprints[part (board, "J1")];
  g_assert_false (bw_connector_beside_edge (board, header, &header->pose));
  problem = bw_board_problem_new (board, &(BwProblemOptions) { .weights = &weights });
  options.iterations = 400;
  placer = bw_placer_new (bw_board_problem_get (problem), &options);
  while (bw_placer_step (placer))
    ;
  g_assert_true (bw_connector_beside_edge (board, header,
                                           &bw_placer_poses (placer)[part (board, "J1")]));
  bw_placer_free (placer);
}

static guint
count_weighed (const BwProblem *problem,
               guint            n_wires)
{
  guint n = 0;

  for (guint i = n_wires; i < problem->n_nets; i++)
    n += problem->nets[i].weight > 0.0;
  return n;
}

static void
terms_that_are_off_weigh_nothing_until_they_are_on (void)
{
  g_autoptr (BwBoard) board = make_board ();
  BwWeights weights = { 0 };
  g_autoptr (BwBoardProblem) problem =
    bw_board_problem_new (board, &(BwProblemOptions) { .weights = &weights });
  g_autoptr (BwBoardProblem) unweighed = bw_board_problem_new (board, NULL);
  const struct { const char *text; guint n_nets; } cases[] = {
    { "none", 0 }, { "decoupling=0.5", 2 }, { "none,crystals=2", 2 }, { "none,edges=1", 1 },
    { "decoupling=1,crystals=1,edges=1", 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (bw_weights_parse (&weights, cases[i].text));
      g_assert_true (bw_board_problem_weigh (problem, &weights, NULL));
      g_assert_cmpuint (count_weighed (bw_board_problem_get (problem), board->n_nets), ==,
                        cases[i].n_nets);
    }
  g_assert_cmpuint (bw_board_problem_get (unweighed)->n_nets, ==, board->n_nets);
  g_assert_false (bw_board_problem_weigh (unweighed, &weights, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tidy/each-supply-pin-gets-a-capacitor-of-its-own",
                   each_supply_pin_gets_a_capacitor_of_its_own);
  g_test_add_func ("/tidy/a-crystal-is-for-the-pins-that-it-drives",
                   a_crystal_is_for_the_pins_that_it_drives);
  g_test_add_func ("/tidy/tidiness-is-measured", tidiness_is_measured);
  g_test_add_func ("/tidy/parts-of-two-pads-and-about-one-size-belong-in-rows",
                   parts_of_two_pads_and_about_one_size_belong_in_rows);
  g_test_add_func ("/tidy/connectors-turn-their-plug-over-the-nearest-edge",
                   connectors_turn_their_plug_over_the_nearest_edge);
  g_test_add_func ("/tidy/a-header-lies-along-the-edge-however-many-wires-pull-it",
                   a_header_lies_along_the_edge_however_many_wires_pull_it);
  g_test_add_func ("/tidy/terms-that-are-off-weigh-nothing-until-they-are-on",
                   terms_that_are_off_weigh_nothing_until_they_are_on);
  return g_test_run ();
}
