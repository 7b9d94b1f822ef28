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
  return g_test_run ();
}
