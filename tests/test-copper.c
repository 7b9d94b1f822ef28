/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-copper.h"

#include <string.h>

#include "board/bw-board-reader.h"
#include "board/bw-board-writer.h"

/* R1 on the front has pads on nets A and B, R2 on the back on B and C, R3 on C alone. Tracks:
 * A ends in R1, B in R2, C in none of their pads. */
#define PARTS(a, b, c) \
  "(footprint \"r\" (layer \"F.Cu\") (at 10 10) (property \"Reference\" \"R1\")\n" \
  " (pad \"1\" smd rect (at 0 0) (size 1 1) (layers \"F.Cu\") " a ")\n" \
  " (pad \"2\" smd rect (at 2 0) (size 1 1) (layers \"F.Cu\") " b "))\n" \
  "(footprint \"r\" (layer \"B.Cu\") (at 20 10 90) (property \"Reference\" \"R2\")\n" \
  " (pad \"1\" smd rect (at 0 0 90) (size 1 1) (layers \"B.Cu\") " b ")\n" \
  " (pad \"2\" smd rect (at 2 0 90) (size 1 1) (layers \"B.Cu\") " c "))\n" \
  "(footprint \"r\" (layer \"F.Cu\") (at 30 10) (property \"Reference\" \"R3\")\n" \
  " (pad \"1\" smd rect (at 0 0) (size 1 1) (layers \"F.Cu\") " c "))\n"

#define TRACK(net, layer, x0, x1, id) \
  "(segment (start " x0 " 10) (end " x1 " 10) (width 0.2) (layer \"" layer "\") " net \
  " (uuid \"" id "\"))\n"
#define VIA(net, id) \
  "(via (at 15 10) (size 0.6) (drill 0.3) (layers \"F.Cu\" \"B.Cu\") " net " (uuid \"" id "\"))\n"
#define ARC(net, id) \
  "(arc (start 40 0) (mid 41 1) (end 42 0) (width 0.2) (layer \"F.Cu\") " net \
  " (uuid \"" id "\"))\n"
#define CORNERS "(pts (xy 0 0) (xy 9 0) (xy 9 9))"
#define TEARDROP(net, id) \
  "(zone " net " (net_name \"?\") (layer \"F.Cu\") (uuid \"" id "\")" \
  " (attr (teardrop (type padvia))) (fill yes (thermal_gap 0.5)) (polygon " CORNERS ")" \
  " (filled_polygon (layer \"F.Cu\") " CORNERS "))\n"
#define POUR(net, yes, fill) \
  "(zone " net " (net_name \"?\") (layer \"F.Cu\") (uuid \"z\") (fill" yes " (thermal_gap 0.5))" \
  " (polygon " CORNERS ")" fill ")\n"
#define FILL "\n (filled_polygon (layer \"F.Cu\") " CORNERS ")"

#define NUMBERED "(kicad_pcb (version 20241229)\n" \
  "(net 0 \"\") (net 1 \"A\") (net 2 \"B\") (net 3 \"C\")\n"
#define N1 "(net 1)"
#define N2 "(net 2)"
#define N3 "(net 3)"
#define NAMED "(kicad_pcb (version 20251028)\n"
#define NA "(net \"A\")"
#define NB "(net \"B\")"
#define NC "(net \"C\")"

static BwBoard *
read_board (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BwBoard *board = bw_board_new_from_bytes (bytes, "t", &error);

  g_assert_no_error (error);
  return board;
}

/* The file with the first footprint put at 11, 10. */
static char *
move_first (const char     *text,
            BwTracks        tracks,
            BwCopperCounts *counts)
{
  g_autoptr (BwBoard) board = read_board (text);
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  g_autoptr (GBytes) bytes = NULL;

  poses[0].at.x_nm = 11000000;
  bytes = bw_board_splice_placement (board, poses, tracks, counts);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static char *
replace (const char *text,
         const char *what,
         const char *by)
{
  g_autoptr (GString) edited = g_string_new (text);

  g_assert_cmpuint (g_string_replace (edited, what, by, 0), ==, 1);
  return g_strdup (edited->str);
}

static void
test_rip_up_numbered (void)
{
  const char *before = NUMBERED PARTS (N1, N2, N3)
    TRACK (N1, "F.Cu", "10", "12", "a") TRACK (N3, "F.Cu", "50", "60", "c") VIA (N2, "b1")
    ARC (N2, "b2") TEARDROP (N2, "t2") TEARDROP (N3, "t3")
    "(generated (uuid \"g1\") (type tuning_pattern) (members \"b2\" \"c\"))\n"
    "(generated (uuid \"g2\") (type tuning_pattern) (members \"c\"))\n"
    "(group \"mixed\" (uuid \"m1\") (members \"a\" \"c\" \"g1\"))\n"
    "(group \"all\" (uuid \"m2\") (members \"b1\" \"t2\"))\n" POUR (N3, " yes", FILL) ")\n";
  g_autofree char *wanted = NULL;
  g_autofree char *after = NULL;
  BwCopperCounts counts;

  wanted = replace (NUMBERED PARTS (N1, N2, N3)
    TRACK (N3, "F.Cu", "50", "60", "c") TEARDROP (N3, "t3")
    "(generated (uuid \"g2\") (type tuning_pattern) (members \"c\"))\n"
    "(group \"mixed\" (uuid \"m1\") (members \"c\"))\n" POUR (N3, "", "") ")\n",
    "(at 10 10)", "(at 11 10)");
  after = move_first (before, BW_TRACKS_RIP_UP, &counts);
  g_assert_cmpstr (after, ==, wanted);
  g_assert_cmpuint (counts.n_tracks, ==, 3);
  g_assert_cmpuint (counts.n_fills, ==, 1);
}

static void
test_rip_up_named (void)
{
  g_autofree char *wanted = replace (NAMED PARTS (NA, NB, NC) TRACK (NC, "F.Cu", "50", "60", "c")
                                     TEARDROP (NC, "t3") ")\n", "(at 10 10)", "(at 11 10)");
  g_autofree char *after =
    move_first (NAMED PARTS (NA, NB, NC) TRACK (NA, "F.Cu", "10", "12", "a")
                TRACK (NC, "F.Cu", "50", "60", "c") TEARDROP (NA, "t1") TEARDROP (NC, "t3") ")\n",
                BW_TRACKS_RIP_UP, NULL);

  g_assert_cmpstr (after, ==, wanted);
}

static void
test_keep (void)
{
  const char *before = NUMBERED PARTS (N1, N2, N3) TRACK (N1, "F.Cu", "10", "12", "a")
                       POUR (N1, " yes", FILL) ")\n";
  g_autofree char *wanted = replace (before, "(at 10 10)", "(at 11 10)");
  g_autofree char *after = NULL;
  BwCopperCounts counts = { 7, 7 };

  after = move_first (before, BW_TRACKS_KEEP, &counts);
  g_assert_cmpstr (after, ==, wanted);
  g_assert_cmpuint (counts.n_tracks + counts.n_fills, ==, 0);
}

static void
test_lock_empties_zones (void)
{
  g_autofree char *wanted = replace (NUMBERED PARTS (N1, N2, N3)
                                     TRACK (N1, "F.Cu", "10", "12", "a") POUR (N1, "", "") ")\n",
                                     "(at 10 10)", "(at 11 10)");
  g_autofree char *after = move_first (NUMBERED PARTS (N1, N2, N3)
                                       TRACK (N1, "F.Cu", "10", "12", "a")
                                       POUR (N1, " yes", FILL) ")\n", BW_TRACKS_LOCK, NULL);

  g_assert_cmpstr (after, ==, wanted);
}

static void
test_nothing_moved (void)
{
  g_autoptr (BwBoard) board = read_board (NUMBERED PARTS (N1, N2, N3)
                                          TRACK (N1, "F.Cu", "10", "12", "a")
                                          POUR (N1, " yes", FILL) ")\n");
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  g_autoptr (GBytes) bytes = bw_board_splice_placement (board, poses, BW_TRACKS_RIP_UP, NULL);

  g_assert_true (bytes == bw_board_get_bytes (board));
}

static void
test_what_goes_is_told (void)
{
  g_autoptr (BwBoard) board = read_board (NUMBERED PARTS (N1, N2, N3)
                                          TRACK (N1, "F.Cu", "10", "12", "a") TEARDROP (N1, "t")
                                          POUR (N3, " yes", FILL) ")\n");
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  gboolean nets[3];

  g_assert_cmpuint (board->n_nets, ==, 3);
  g_assert_true (board->zones[0].teardrop);
  g_assert_false (board->zones[1].teardrop);
  g_assert_false (bw_board_find_gone_copper (board, poses, BW_TRACKS_RIP_UP, nets));
  g_assert_false (nets[0] || nets[1] || nets[2]);
  poses[0].at.x_nm += 1;
  g_assert_true (bw_board_find_gone_copper (board, poses, BW_TRACKS_RIP_UP, nets));
  g_assert_true (nets[0] && nets[1] && !nets[2]);
  g_assert_true (bw_board_find_gone_copper (board, poses, BW_TRACKS_LOCK, nets));
  g_assert_false (nets[0] || nets[1] || nets[2]);
  g_assert_false (bw_board_find_gone_copper (board, poses, BW_TRACKS_KEEP, nets));
}

/* R1 goes to where its pads are at (50, 10) and (52, 10), on a track of net C or not. */
static gboolean
is_in_way (const char *tracks,
           gint32      y_nm,
           BwSide      side)
{
  g_autofree char *text = g_strconcat (NUMBERED PARTS (N1, N2, N3), tracks, ")\n", NULL);
  g_autoptr (BwBoard) board = read_board (text);
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  gboolean nets[3];

  poses[0] = (BwPose) { { 50000000, y_nm }, 0, side };
  g_assert_true (bw_board_find_gone_copper (board, poses, BW_TRACKS_RIP_UP, nets));
  g_assert_true (nets[0] && nets[1]);
  return nets[2];
}

static void
test_rip_up_what_is_in_the_way (void)
{
  const char *track = TRACK (N3, "F.Cu", "40", "60", "c");

  g_assert_true (is_in_way (track, 10000000, BW_SIDE_FRONT));
  g_assert_true (is_in_way (track, 10500000, BW_SIDE_FRONT));
  g_assert_true (is_in_way (track, 10599999, BW_SIDE_FRONT));
  g_assert_false (is_in_way (track, 10600000, BW_SIDE_FRONT));
  g_assert_false (is_in_way (track, 10000000, BW_SIDE_BACK));
  g_assert_true (is_in_way (TRACK (N3, "B.Cu", "40", "60", "c"), 10000000, BW_SIDE_BACK));
  g_assert_false (is_in_way (TRACK (N3, "F.Cu", "40", "49.4", "c"), 10000000, BW_SIDE_FRONT));
  g_assert_true (is_in_way (TRACK (N3, "F.Cu", "51.5", "51.5", "c"), 10000000, BW_SIDE_FRONT));
  g_assert_false (is_in_way (TRACK (N3, "In1.Cu", "40", "60", "c"), 10000000, BW_SIDE_FRONT));
}

static void
assert_routed (const char *tracks,
               gboolean    r1,
               gboolean    r2,
               gboolean    r3)
{
  g_autofree char *text = g_strconcat (NUMBERED PARTS (N1, N2, N3), tracks, ")\n", NULL);
  g_autoptr (BwBoard) board = read_board (text);
  gboolean routed[3];

  bw_copper_find_routed (board, routed);
  g_assert_cmpint (routed[0], ==, r1);
  g_assert_cmpint (routed[1], ==, r2);
  g_assert_cmpint (routed[2], ==, r3);
}

static void
test_routed (void)
{
  assert_routed ("", FALSE, FALSE, FALSE);
  assert_routed (TRACK (N1, "F.Cu", "10.4", "70", "a"), TRUE, FALSE, FALSE);
  assert_routed (TRACK (N1, "F.Cu", "70", "10.5", "a"), TRUE, FALSE, FALSE);
  /* Past the pad's edge, on another side, of another net, through the pad and not ending in it. */
  assert_routed (TRACK (N1, "F.Cu", "10.6", "70", "a"), FALSE, FALSE, FALSE);
  assert_routed (TRACK (N1, "B.Cu", "10.4", "70", "a"), FALSE, FALSE, FALSE);
  assert_routed (TRACK (N2, "F.Cu", "10.4", "70", "a"), FALSE, FALSE, FALSE);
  assert_routed (TRACK (N1, "F.Cu", "0", "70", "a"), FALSE, FALSE, FALSE);
  /* R2's pads lie on the back: the first at its anchor, the second 2 mm above it. */
  assert_routed (TRACK (N2, "B.Cu", "19.6", "70", "a"), FALSE, TRUE, FALSE);
  assert_routed (TRACK (N2, "F.Cu", "19.6", "70", "a"), FALSE, FALSE, FALSE);
  assert_routed ("(via (at 20.3 8.2) (size 0.6) (drill 0.3) (layers \"F.Cu\" \"B.Cu\") " N3 ")",
                 FALSE, TRUE, FALSE);
  assert_routed (TRACK (N2, "B.Cu", "19.6", "70", "a") TRACK (N3, "F.Cu", "30", "50", "c"),
                 FALSE, TRUE, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/copper/ripping up takes out all that belongs to the nets of what moved",
                   test_rip_up_numbered);
  g_test_add_func ("/copper/nets may be told by name alone", test_rip_up_named);
  g_test_add_func ("/copper/what is kept keeps every byte", test_keep);
  g_test_add_func ("/copper/with routed parts locked zones are emptied", test_lock_empties_zones);
  g_test_add_func ("/copper/where nothing moved nothing is taken out", test_nothing_moved);
  g_test_add_func ("/copper/what a save takes out is told before it", test_what_goes_is_told);
  g_test_add_func ("/copper/what a moved pad would lie on goes as well",
                   test_rip_up_what_is_in_the_way);
  g_test_add_func ("/copper/a part is routed where a track of its net ends in its pad",
                   test_routed);
  return g_test_run ();
}
