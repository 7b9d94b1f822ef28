/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bw-test-board.h"
#include "session/bw-problem-builder.h"

static void
parts_are_the_boards_footprints (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (5, FALSE);
  g_autoptr (BwBoardProblem) built = bw_board_problem_new (board, NULL);
  const BwProblem *problem = bw_board_problem_get (built);

  g_assert_cmpuint (problem->n_parts, ==, 6);
  g_assert_cmpuint (problem->n_nets, ==, board->n_nets);
  g_assert_cmpuint (problem->n_regions, ==, 1);
  for (guint i = 0; i < problem->n_parts; i++)
    {
      const BwProblemPart *part = &problem->parts[i];

      g_assert_true (bw_pose_equal (&part->start, &board->footprints[i].pose));
      g_assert_cmpint (part->fixed, ==, board->footprints[i].locked);
      g_assert_cmpuint (part->n_terminals, ==, board->footprints[i].n_pads);
      g_assert_cmpuint (part->n_body[BW_SIDE_FRONT], ==, 1);
      g_assert_cmpuint (part->n_body[BW_SIDE_BACK], ==, 0);
    }
}

static void
a_start_overrides_the_files_poses (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (2, FALSE);
  g_autofree BwPose *start = bw_board_dup_poses (board);
  g_autoptr (BwBoardProblem) built = NULL;
  const BwProblem *problem;

  start[1].rotation_cdeg = 4500;
  built = bw_board_problem_new (board, &(BwProblemOptions) { .start = start });
  problem = bw_board_problem_get (built);
  g_assert_cmpint (problem->parts[1].start.rotation_cdeg, ==, 4500);
  g_assert_cmpint (problem->parts[1].rotations_cdeg[3], ==, 4500 + 27000);
  g_assert_cmpint (problem->parts[2].rotations_cdeg[1], ==, 9000);
}

/* One footprint on the front at 90 degrees, one on the back, with the same shape of a keepout. */
static const char own_keepouts[] =
  "(kicad_pcb (version 20241229) (generator \"pcbnew\")\n"
  "  (layers (0 \"F.Cu\" signal) (2 \"B.Cu\" signal) (25 \"Edge.Cuts\" user))\n"
  "  (gr_rect (start 0 0) (end 40 30) (layer \"Edge.Cuts\"))\n"
  "  (footprint \"test:A\" (layer \"F.Cu\") (at 10 10 90)\n"
  "    (fp_rect (start -1 -1) (end 1 1) (layer \"F.CrtYd\"))\n"
  "    (zone (layer \"F.Cu\") (hatch edge 0.5) (keepout (footprints not_allowed))\n"
  "      (polygon (pts (xy 9 5) (xy 11 5) (xy 11 8) (xy 9 8)))))\n"
  "  (footprint \"test:B\" (layer \"B.Cu\") (at 30 10)\n"
  "    (fp_rect (start -1 -1) (end 1 1) (layer \"B.CrtYd\"))\n"
  "    (zone (layer \"B.Cu\") (hatch edge 0.5) (keepout (footprints not_allowed))\n"
  "      (polygon (pts (xy 32 9) (xy 35 9) (xy 35 12) (xy 32 12)))))\n"
  "  (zone (layers \"F.Cu\" \"B.Cu\") (hatch edge 0.5) (keepout (footprints not_allowed))\n"
  "    (polygon (pts (xy 1 1) (xy 2 1) (xy 2 2)))))\n";

static void
a_footprints_keepout_is_its_parts (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (own_keepouts, sizeof own_keepouts - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "test.kicad_pcb", &error);
  g_autoptr (BwBoardProblem) built = NULL;
  const BwProblem *problem;
  BwBox front, back;

  g_assert_no_error (error);
  built = bw_board_problem_new (board, NULL);
  problem = bw_board_problem_get (built);
  g_assert_cmpuint (problem->n_keepouts, ==, 1);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (problem->parts[i].n_keepout[BW_SIDE_FRONT], ==, 1);
      g_assert_cmpuint (problem->parts[i].n_keepout[BW_SIDE_BACK], ==, 0);
    }
  /* Above the part as seen, which is turned by 90 degrees: to its right. */
  front = bw_ring_box (&problem->parts[0].keepout[BW_SIDE_FRONT][0]);
  g_assert_cmpint (front.x0_nm, ==, 2000000);
  g_assert_cmpint (front.x1_nm, ==, 5000000);
  g_assert_cmpint (front.y0_nm, ==, -1000000);
  g_assert_cmpint (front.y1_nm, ==, 1000000);
  back = bw_ring_box (&problem->parts[1].keepout[BW_SIDE_FRONT][0]);
  g_assert_cmpint (back.x0_nm, ==, 2000000);
  g_assert_cmpint (back.x1_nm, ==, 5000000);
  g_assert_cmpint (back.y0_nm, ==, -2000000);
  g_assert_cmpint (back.y1_nm, ==, 1000000);
}

/* A part with a hole and an unconnected pad on the back, a logo, an area of the board. */
static const char barred_pads[] =
  "(kicad_pcb (version 20241229) (generator \"test\")\n"
  "  (layers (0 \"F.Cu\" signal) (4 \"In1.Cu\" signal) (2 \"B.Cu\" signal))\n"
  "  (net 0 \"\") (net 1 \"A\") (net 2 \"B\")\n"
  "  (footprint \"test:A\" (layer \"B.Cu\") (at 10 10)\n"
  "    (pad \"1\" thru_hole rect (at 0 0) (size 1 1) (drill 0.5) (layers \"*.Cu\") (net 2 \"B\"))\n"
  "    (pad \"2\" smd rect (at 2 0) (size 1 1) (layers \"B.Cu\")))\n"
  "  (footprint \"test:LOGO\" (layer \"F.Cu\") (at 30 10)\n"
  "    (fp_poly (pts (xy 0 0) (xy 1 0) (xy 1 1)) (layer \"B.Cu\")))\n"
  "  (gr_poly (pts (xy 1 1) (xy 2 1) (xy 2 2)) (layer \"In1.Cu\") (net %d)))\n";

static void
pads_are_told_where_something_bars_them (void)
{
  for (gint net = 0; net < 3; net += 2)
    {
      g_autofree char *text = g_strdup_printf (barred_pads, net);
      g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
      g_autoptr (GError) error = NULL;
      g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "test.kicad_pcb", &error);
      g_autoptr (BwBoardProblem) built = NULL;
      const BwProblem *problem;

      g_assert_no_error (error);
      built = bw_board_problem_new (board, NULL);
      problem = bw_board_problem_get (built);
      g_assert_cmpuint (problem->n_pad_keepouts, ==, 1);
      g_assert_cmpuint (problem->pad_keepouts[0].layers, ==, BW_COPPER_INNER);
      g_assert_cmpint (problem->pad_keepouts[0].net, ==, net - 1);
      g_assert_cmpuint (problem->parts[0].n_pads, ==, 2);
      g_assert_cmpuint (problem->parts[0].n_pad_keepouts, ==, 0);
      g_assert_cmpuint (problem->parts[0].pads[0].layers, ==,
                        BW_COPPER_FRONT | BW_COPPER_BACK | BW_COPPER_INNER);
      g_assert_cmpint (problem->parts[0].pads[0].net, ==, net == 0 ? -1 : 1);
      g_assert_cmpuint (problem->parts[0].pads[1].layers, ==, BW_COPPER_FRONT);
      g_assert_cmpuint (problem->parts[1].n_pads, ==, 0);
      g_assert_cmpuint (problem->parts[1].n_pad_keepouts, ==, 1);
      g_assert_cmpuint (problem->parts[1].pad_keepouts[0].layers, ==, BW_COPPER_BACK);
    }
}

/* Five signals leave U1, and supplies and what leads nowhere do not count. */
static const char many_pins[] =
  "(kicad_pcb (version 20241229) (generator \"test\")\n"
  "  (layers (0 \"F.Cu\" signal) (2 \"B.Cu\" signal) (25 \"Edge.Cuts\" user))\n"
  "  (net 0 \"\") (net 1 \"A\") (net 2 \"B\") (net 3 \"C\") (net 4 \"D\") (net 5 \"E\")\n"
  "  (net 6 \"GND\") (net 7 \"F\")\n"
  "  (gr_rect (start 0 0) (end 40 30) (layer \"Edge.Cuts\"))\n"
  "  (footprint \"t:U\" (layer \"F.Cu\") (at 10 10)\n"
  "    (pad \"1\" smd rect (at 0 0) (size 1 1) (layers \"F.Cu\") (net 1 \"A\"))\n"
  "    (pad \"2\" smd rect (at 2 0) (size 1 1) (layers \"F.Cu\") (net 2 \"B\"))\n"
  "    (pad \"3\" smd rect (at 4 0) (size 1 1) (layers \"F.Cu\") (net 3 \"C\"))\n"
  "    (pad \"4\" smd rect (at 6 0) (size 1 1) (layers \"F.Cu\") (net 4 \"D\"))\n"
  "    (pad \"5\" smd rect (at 8 0) (size 1 1) (layers \"F.Cu\") (net 5 \"E\")))\n"
  "  (footprint \"t:V\" (layer \"F.Cu\") (at 10 20)\n"
  "    (pad \"1\" smd rect (at 0 0) (size 1 1) (layers \"F.Cu\") (net 1 \"A\"))\n"
  "    (pad \"2\" smd rect (at 2 0) (size 1 1) (layers \"F.Cu\") (net 2 \"B\"))\n"
  "    (pad \"3\" smd rect (at 4 0) (size 1 1) (layers \"F.Cu\") (net 3 \"C\"))\n"
  "    (pad \"4\" smd rect (at 6 0) (size 1 1) (layers \"F.Cu\") (net 4 \"D\"))\n"
  "    (pad \"5\" smd rect (at 8 0) (size 1 1) (layers \"F.Cu\") (net 7 \"F\"))\n"
  "    (pad \"6\" smd rect (at 10 0) (size 1 1) (layers \"F.Cu\") (net 6 \"GND\")))\n"
  "  (footprint \"t:W\" (layer \"F.Cu\") (at 30 20)\n"
  "    (pad \"1\" smd rect (at 0 0) (size 1 1) (layers \"F.Cu\") (net 5 \"E\"))\n"
  "    (pad \"2\" smd rect (at 2 0) (size 1 1) (layers \"F.Cu\") (net 6 \"GND\"))))\n";

static void
parts_that_many_signals_leave_wish_for_room (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (many_pins, sizeof many_pins - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "test.kicad_pcb", &error);
  BwWeights weights = bw_weights_default ();
  g_autoptr (BwBoardProblem) built = NULL;
  g_autoptr (BwBoardProblem) plain = NULL;
  const BwProblem *problem;

  g_assert_no_error (error);
  weights.escape_mm = 0.7;
  weights.gap_mm = 0.3;
  weights.margin_mm = 0.6;
  built = bw_board_problem_new (board, &(BwProblemOptions) { .weights = &weights });
  problem = bw_board_problem_get (built);
  g_assert_cmpint (problem->parts[0].room_nm, ==, 700000);
  g_assert_cmpint (problem->parts[1].room_nm, ==, 0);
  g_assert_cmpint (problem->parts[2].room_nm, ==, 0);
  g_assert_cmpint (problem->gap_nm, ==, 300000);
  g_assert_cmpint (problem->edge_margin_nm, ==, 600000);
  plain = bw_board_problem_new (board, NULL);
  g_assert_cmpint (bw_board_problem_get (plain)->parts[0].room_nm, ==, 0);
}

/* How many different edges three connectors are to be at that lie beside a board of this size. It
 * is empty unless a chip is held. */
static guint
count_edges (guint    width_mm,
             guint    height_mm,
             gboolean is_held)
{
  g_autoptr (GString) text = g_string_new ("(kicad_pcb (version 20241229) (generator \"test\")"
                                           "(layers (0 \"F.Cu\" signal) (2 \"B.Cu\" signal)"
                                           "(25 \"Edge.Cuts\" user) (35 \"F.Fab\" user))"
                                           "(net 0 \"\") (net 1 \"A\")");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BwBoard) board = NULL;
  BwWeights weights = bw_weights_default ();
  g_autoptr (BwBoardProblem) built = NULL;
  g_autoptr (GHashTable) edges = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const BwProblem *problem;
  const BwProblemPart *anchor;

  g_string_append_printf (text, "(gr_rect (start 0 0) (end %u %u) (layer \"Edge.Cuts\"))",
                          width_mm, height_mm);
  for (guint i = 1; i <= 3; i++)
    g_string_append_printf (
      text, "(footprint \"t:J\" (layer \"F.Cu\") (at -50 0)"
            "(property \"Reference\" \"J%u\" (at 0 0) (layer \"F.SilkS\"))"
            "(pad \"1\" smd rect (at 0 0) (size 1 1) (layers \"F.Cu\") (net 1 \"A\"))"
            "(fp_rect (start -1 -4) (end 1 1) (layer \"F.Fab\")))", i);
  g_string_append_printf (
    text, "(footprint \"t:U\" (layer \"F.Cu\") %s (at 5 5)"
          "(pad \"1\" smd rect (at 0 0) (size 1 1) (layers \"F.Cu\") (net 1 \"A\"))))",
    is_held ? "(locked yes)" : "");
  bytes = g_bytes_new (text->str, text->len);
  board = bw_board_new_from_bytes (bytes, "test.kicad_pcb", &error);
  g_assert_no_error (error);
  built = bw_board_problem_new (board, &(BwProblemOptions) { .weights = &weights });
  problem = bw_board_problem_get (built);
  g_assert_cmpuint (problem->n_parts, ==, 5);
  anchor = &problem->parts[4];
  g_assert_cmpuint (anchor->n_terminals, ==, 6);
  for (guint i = 0; i < 6; i += 2)
    {
      BwPoint a = anchor->terminals[i].at, b = anchor->terminals[i + 1].at;

      g_assert_cmpuint (anchor->terminals[i].net, ==, anchor->terminals[i + 1].net);
      g_assert_cmpint (problem->nets[anchor->terminals[i].net].goal, ==, BW_GOAL_EDGES);
      g_hash_table_add (edges, g_strdup_printf ("%d,%d-%d,%d", a.x_nm, a.y_nm, b.x_nm, b.y_nm));
    }
  return g_hash_table_size (edges);
}

static void
connectors_beside_an_empty_board_share_an_edge_while_it_is_long_enough (void)
{
  g_assert_cmpuint (count_edges (100, 80, FALSE), ==, 1);
  g_assert_cmpuint (count_edges (40, 20, FALSE), ==, 2);
  g_assert_cmpuint (count_edges (15, 12, FALSE), ==, 3);
  g_assert_cmpuint (count_edges (100, 80, TRUE), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/problem-builder/parts-are-the-boards-footprints",
                   parts_are_the_boards_footprints);
  g_test_add_func ("/problem-builder/a-start-overrides-the-files-poses",
                   a_start_overrides_the_files_poses);
  g_test_add_func ("/problem-builder/a-footprints-keepout-is-its-parts",
                   a_footprints_keepout_is_its_parts);
  g_test_add_func ("/problem-builder/pads-are-told-where-something-bars-them",
                   pads_are_told_where_something_bars_them);
  g_test_add_func ("/problem-builder/parts-that-many-signals-leave-wish-for-room",
                   parts_that_many_signals_leave_wish_for_room);
  g_test_add_func (
    "/problem-builder/connectors-beside-an-empty-board-share-an-edge-while-it-is-long-enough",
    connectors_beside_an_empty_board_share_an_edge_while_it_is_long_enough);
  return g_test_run ();
}
