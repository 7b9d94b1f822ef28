/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-pose-table.h"

#include <string.h>

#include "board/bw-pose-scatter.h"
#include "bw-test-board.h"

#define HEADER "reference,x_mm,y_mm,rotation_deg,side\n"

static gboolean
read_text (const char    *text,
           const BwBoard *board,
           BwPose        *poses,
           GError       **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return bw_pose_table_read (bytes, "POSES.csv", board, poses, error);
}

/* What is said of a table, and that all was left as it was. */
static void
assert_complaint (const char *text,
                  const char *complaint)
{
  g_autoptr (BwBoard) board = bw_test_board_new (2, FALSE);
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  g_autoptr (GError) error = NULL;

  g_assert_false (read_text (text, board, poses, &error));
  g_assert_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT);
  g_assert_cmpstr (error->message, ==, complaint);
}

static void
test_form (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (1, FALSE);
  BwPose poses[] = {
    { { 5000000, 15000000 }, 0, BW_SIDE_FRONT },
    { { -1, 2000000000 }, 35999, BW_SIDE_BACK },
  };
  g_autoptr (GBytes) bytes = bw_pose_table_write (board, poses);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                   HEADER "J1,5,15,0,front\nR1,-0.000001,2000,359.99,back\n",
                   strlen (HEADER "J1,5,15,0,front\nR1,-0.000001,2000,359.99,back\n"));
}

static void
test_round_trip (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (500, FALSE);
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  g_autofree BwPose *again = bw_board_dup_poses (board);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  bw_pose_scatter (board, 7, 0.5, poses);
  bytes = bw_pose_table_write (board, poses);
  g_assert_true (bw_pose_table_read (bytes, "t", board, again, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < board->n_footprints; i++)
    g_assert_true (bw_pose_equal (&poses[i], &again[i]));
}

static void
test_odd_keys (void)
{
  const char *text = "(kicad_pcb (version 20241229)\n"
    "(footprint \"a\" (layer \"F.Cu\") (at 1 2) (property \"Reference\" \"A,\\\"1\\\" \\n2\"))\n"
    "(footprint \"a\" (layer \"F.Cu\") (at 3 4) (property \"Reference\" \"R\"))\n"
    "(footprint \"a\" (layer \"F.Cu\") (at 5 6) (property \"Reference\" \"R\"))\n"
    "(footprint \"a\" (layer \"B.Cu\") (at 7 8 90) (property \"Reference\" \"\")))\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "t", &error);
  g_autofree BwPose *poses = NULL;
  g_autofree BwPose *again = NULL;
  g_autoptr (GBytes) table = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (board->n_footprints, ==, 4);
  poses = bw_board_dup_poses (board);
  again = g_new0 (BwPose, board->n_footprints);
  table = bw_pose_table_write (board, poses);
  g_assert_true (bw_pose_table_read (table, "t", board, again, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < board->n_footprints; i++)
    g_assert_true (bw_pose_equal (&poses[i], &again[i]));
}

static void
test_what_people_write (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (3, FALSE);
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  BwPose untouched = poses[3];
  g_autoptr (GError) error = NULL;

  g_assert_true (read_text ("\xef\xbb\xbf\"reference\",x_mm, y_mm ,rotation_deg,side\r\n\r\n"
                            "\"R2\", 1.5 ,-2,-90,back\r\n\n"
                            "R1,1e1,+3.0000004,720.006,front", board, poses, &error));
  g_assert_no_error (error);
  g_assert_true (bw_pose_equal (&poses[2], &(BwPose) { { 1500000, -2000000 }, 27000,
                                                       BW_SIDE_BACK }));
  g_assert_true (bw_pose_equal (&poses[1], &(BwPose) { { 10000000, 3000000 }, 1,
                                                       BW_SIDE_FRONT }));
  g_assert_true (bw_pose_equal (&poses[3], &untouched));
}

static void
test_complaints (void)
{
  assert_complaint ("", "POSES.csv:1: empty; the first line must name the columns");
  assert_complaint ("R1,1,2,0,front\n",
                    "POSES.csv:1: column 1 is called \"R1\", not reference");
  assert_complaint (HEADER "R1,1,2,0\n", "POSES.csv:2: 4 values where there must be 5");
  assert_complaint (HEADER "\n\nR1,1,2,0,front,9,9\n",
                    "POSES.csv:4: 7 values where there must be 5");
  assert_complaint (HEADER "R9,1,2,0,front\n",
                    "POSES.csv:2: there is no part \"R9\" on test.kicad_pcb");
  assert_complaint (HEADER "R1,1,2,0,front\nR2,1,2,0,front\nR1,1,2,0,front\n",
                    "POSES.csv:4: R1 has had its pose in line 2");
  assert_complaint (HEADER "R1,one,2,0,front\n",
                    "POSES.csv:2: x_mm is \"one\", which is no number");
  assert_complaint (HEADER "R1,1,,0,front\n", "POSES.csv:2: y_mm is \"\", which is no number");
  assert_complaint (HEADER "R1,1,nan,0,front\n",
                    "POSES.csv:2: y_mm is \"nan\", which is no number");
  assert_complaint (HEADER "R1,1,0x10,0,front\n",
                    "POSES.csv:2: y_mm is \"0x10\", which is no number");
  assert_complaint (HEADER "R1,2001,2,0,front\n",
                    "POSES.csv:2: x_mm is 2001, which is more than 2000");
  assert_complaint (HEADER "R1,1,-1e300,0,front\n",
                    "POSES.csv:2: y_mm is -1e300, which is more than 2000");
  assert_complaint (HEADER "R1,1,2,1e99,front\n",
                    "POSES.csv:2: rotation_deg is 1e99, which is more than 1000000");
  assert_complaint (HEADER "R1,1,2,0,top\n",
                    "POSES.csv:2: side is \"top\", not front or back");
  assert_complaint (HEADER "R1,1,2,0,\"a\nb\"\n",
                    "POSES.csv:2: side is \"a b\", not front or back");
  assert_complaint (HEADER "R\x1b[2J\a\x7f\xc2\x9b,1,2,0,front\n",
                    "POSES.csv:2: there is no part \"R [2J   \" on test.kicad_pcb");
  assert_complaint (HEADER "\"R1\"x,1,2,0,front\n",
                    "POSES.csv:2: a value goes on after its closing quote");
  assert_complaint (HEADER "\"R1,1,2,0,front\n\n\n",
                    "POSES.csv:2: a quote is opened and never closed");
  assert_complaint (HEADER "R1,1,2,0,front\nR\xff,1,2,0,front\n",
                    "POSES.csv:3: a byte that cannot be in UTF-8 text");
}

static void
test_zero_byte (void)
{
  const char text[] = HEADER "R1,1,2\0,0,front\n";
  g_autoptr (BwBoard) board = bw_test_board_new (1, FALSE);
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (bw_pose_table_read (bytes, "t", board, poses, &error));
  g_assert_cmpstr (error->message, ==, "t:2: a byte that cannot be in UTF-8 text");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pose-table/a table has a line for each part", test_form);
  g_test_add_func ("/pose-table/what was written reads the same", test_round_trip);
  g_test_add_func ("/pose-table/keys may hold commas, quotes and lines", test_odd_keys);
  g_test_add_func ("/pose-table/what people and spreadsheets write is read",
                   test_what_people_write);
  g_test_add_func ("/pose-table/what is wrong is named with its line", test_complaints);
  g_test_add_func ("/pose-table/a zero byte ends nothing", test_zero_byte);
  return g_test_run ();
}
