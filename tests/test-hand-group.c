/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bw-test-board.h"
#include "session/bw-hand-group.h"

#define MIDDLE ((BwPoint) { 20000000, 10000001 })

static const BwPose poses[] = {
  { { 12000000, 7000003 }, 0, BW_SIDE_FRONT },
  { { 31000000, 10000000 }, 13500, BW_SIDE_BACK },
};

static void
four_quarter_turns_lead_back (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (poses); i++)
    {
      BwPose pose = poses[i];

      for (guint turn = 0; turn < 4; turn++)
        {
          g_assert_true (turn == 0 || !bw_pose_equal (&pose, &poses[i]));
          pose = bw_hand_group_turn (pose, MIDDLE);
        }
      g_assert_true (bw_pose_equal (&pose, &poses[i]));
    }
}

/* Where a pad of the part is seen, not only its anchor. */
static BwPoint
pad_place (BwPose pose)
{
  BwTransform transform = bw_pose_transform (&pose);

  return bw_transform_point (&transform, (BwPoint) { 2000000, 500000 });
}

static void
a_turn_takes_the_whole_part_to_the_left (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (poses); i++)
    {
      BwPoint before = pad_place (poses[i]);
      BwPoint after = pad_place (bw_hand_group_turn (poses[i], MIDDLE));

      g_assert_cmpint (after.x_nm - MIDDLE.x_nm, ==, before.y_nm - MIDDLE.y_nm);
      g_assert_cmpint (after.y_nm - MIDDLE.y_nm, ==, MIDDLE.x_nm - before.x_nm);
    }
}

static void
a_flip_mirrors_the_whole_part (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (poses); i++)
    {
      BwPose flipped = bw_hand_group_flip (poses[i], MIDDLE);
      BwPose again = bw_hand_group_flip (flipped, MIDDLE);
      BwPoint before = pad_place (poses[i]), after = pad_place (flipped);

      g_assert_cmpint (flipped.side, !=, poses[i].side);
      g_assert_cmpint (after.x_nm - MIDDLE.x_nm, ==, MIDDLE.x_nm - before.x_nm);
      g_assert_cmpint (after.y_nm, ==, before.y_nm);
      g_assert_true (bw_pose_equal (&again, &poses[i]));
    }
}

static void
the_middle_is_that_of_bodies_not_of_anchors (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (2, FALSE);
  const guint32 parts[] = { (guint32) bw_board_find (board, "R1"),
                            (guint32) bw_board_find (board, "R2") };
  const BwPose places[] = { { { 10000000, 10000000 }, 0, BW_SIDE_FRONT },
                            { { 30000000, 20000000 }, 0, BW_SIDE_FRONT } };
  const BwBox *first = &board->footprints[parts[0]].box;
  const BwBox *second = &board->footprints[parts[1]].box;
  BwPoint middle = bw_hand_group_middle (board, parts, places, 2);
  BwPoint alone = bw_hand_group_middle (board, parts, places, 1);

  g_assert_cmpint (middle.x_nm, ==, (40000000 + first->x0_nm + second->x1_nm) / 2);
  g_assert_cmpint (middle.y_nm, ==, (30000000 + first->y0_nm + second->y1_nm) / 2);
  g_assert_cmpint (alone.x_nm, ==, 10000000 + (first->x0_nm + first->x1_nm) / 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hand-group/four quarter turns lead back", four_quarter_turns_lead_back);
  g_test_add_func ("/hand-group/a turn takes the whole part to the left",
                   a_turn_takes_the_whole_part_to_the_left);
  g_test_add_func ("/hand-group/a flip mirrors the whole part", a_flip_mirrors_the_whole_part);
  g_test_add_func ("/hand-group/the middle is that of bodies not of anchors",
                   the_middle_is_that_of_bodies_not_of_anchors);
  return g_test_run ();
}
