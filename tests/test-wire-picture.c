/* SPDX-License-Identifier: GPL-3.0-or-later */

/* KEY and DELTA: what a viewer has in the end is the frame, whatever way it took. */

#include "support/binary-reader.h"
#include "wire/bw-binary-dialect.h"
#include "wire/bw-picture.h"

#define N_PARTS 300

static gint32
any_coordinate (GRand *random)
{
  return g_rand_int_range (random, -BW_COORD_MAX_NM, BW_COORD_MAX_NM);
}

static void
scatter (GRand  *random,
         BwPose *poses)
{
  for (guint i = 0; i < N_PARTS; i++)
    poses[i] = (BwPose) {
      .at = { any_coordinate (random), any_coordinate (random) },
      .rotation_cdeg = g_rand_int_range (random, 0, BW_FULL_TURN_CDEG),
      .side = g_rand_boolean (random) ? BW_SIDE_BACK : BW_SIDE_FRONT,
    };
}

/* Some parts, by steps of any size. */
static void
move_some (GRand  *random,
           BwPose *poses)
{
  gint32 share = g_rand_int_range (random, 1, 100);

  for (guint i = 0; i < N_PARTS; i++)
    {
      gint32 reach = 1 << g_rand_int_range (random, 0, 31);

      if (g_rand_int_range (random, 0, share) > 0)
        continue;
      if (reach > 1 << 29)
        poses[i].at = (BwPoint) { any_coordinate (random), any_coordinate (random) };
      poses[i].at.x_nm = CLAMP (poses[i].at.x_nm / 2 + g_rand_int_range (random, -reach, reach),
                                -BW_COORD_MAX_NM, BW_COORD_MAX_NM);
      if (g_rand_boolean (random))
        poses[i].rotation_cdeg = g_rand_int_range (random, 0, BW_FULL_TURN_CDEG);
      if (g_rand_boolean (random))
        poses[i].side = poses[i].side == BW_SIDE_BACK ? BW_SIDE_FRONT : BW_SIDE_BACK;
    }
}

static BwPicture *
make_picture (guint64       index,
              const BwPose *poses,
              gboolean      final)
{
  BwFrame frame = {
    .index = index,
    .epoch = 3,
    .iteration = (guint32) index * 2,
    .phase = final ? BW_PHASE_FINAL : BW_PHASE_GLOBAL,
    .final = final,
    .time_us = 1700000000000000,
    .n_footprints = N_PARTS,
    .poses = poses,
    .hpwl_mm = 12.5,
  };

  return bw_picture_new (&frame);
}

static gint32
rounded (gint32 value_nm)
{
  gint64 away = value_nm < 0 ? -500 : 500;

  return (gint32) ((value_nm + away) / 1000 * 1000);
}

static void
assert_shows (const BinaryState *state,
              const BwPose      *poses,
              gboolean           exact)
{
  for (guint i = 0; i < N_PARTS; i++)
    {
      const BwPose *pose = &poses[i];
      const BinaryPose *seen = &state->poses[i];

      g_assert_cmpint (seen->x_nm, ==, exact ? pose->at.x_nm : rounded (pose->at.x_nm));
      g_assert_cmpint (seen->y_nm, ==, exact ? pose->at.y_nm : rounded (pose->at.y_nm));
      g_assert_cmpint (seen->rotation_cdeg, ==, pose->rotation_cdeg);
      g_assert_cmpint (seen->side, ==, (int) pose->side);
    }
}

static void
test_a_frame_tells_what_a_save_does_to_tracks (void)
{
  BwPose poses[N_PARTS] = { 0 };
  BwFrame frame = { .n_footprints = N_PARTS, .poses = poses, .phase = BW_PHASE_GLOBAL,
                    .tracks = BW_TRACKS_RIP_UP };
  g_autoptr (BwPicture) picture = bw_picture_new (&frame);
  g_autoptr (GByteArray) key = g_byte_array_new ();

  bw_picture_write_key (picture, BW_FLAG_ACK_WANTED, key);
  g_assert_cmpuint (key->data[1], ==, 1 | 2 << 6);
}

static void
test_a_viewer_ends_up_with_the_frame_by_key_and_by_delta (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  BwPose poses[N_PARTS];
  BwPicture *before = NULL;
  BinaryState by_delta = { 0 };
  BinaryState by_key = { 0 };

  scatter (random, poses);
  for (guint i = 0; i < 400; i++)
    {
      gboolean exact = g_rand_int_range (random, 0, 5) == 0;
      g_autoptr (GByteArray) key = g_byte_array_new ();
      g_autoptr (GByteArray) delta = g_byte_array_new ();
      BwPicture *picture;

      move_some (random, poses);
      picture = make_picture (i, poses, exact);
      bw_picture_write_key (picture, BW_FLAG_ACK_WANTED, key);
      binary_apply (&by_key, key->data, key->len);
      assert_shows (&by_key, poses, exact);
      g_assert_cmpuint (by_key.flags, ==, exact ? 1 | 2 | 8 : 1);

      if (before != NULL)
        bw_picture_write_delta (picture, before, 0, delta);
      else
        g_byte_array_append (delta, key->data, key->len);
      binary_apply (&by_delta, delta->data, delta->len);
      assert_shows (&by_delta, poses, exact);
      g_assert_cmpuint (by_delta.seq, ==, i + 1);
      g_assert_cmpuint (by_delta.iteration, ==, 2 * i);
      g_assert_cmpuint (by_delta.time_us, ==, 1700000000000000);

      g_clear_pointer (&before, bw_picture_unref);
      before = picture;
    }

  bw_picture_unref (before);
  g_free (by_delta.poses);
  g_free (by_key.poses);
}

static void
test_nothing_moved_is_no_record (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  BwPose poses[N_PARTS];
  g_autoptr (BwPicture) one = NULL;
  g_autoptr (BwPicture) two = NULL;
  g_autoptr (GByteArray) delta = g_byte_array_new ();

  scatter (random, poses);
  one = make_picture (7, poses, FALSE);
  two = make_picture (8, poses, FALSE);
  bw_picture_write_delta (two, one, 0, delta);
  g_assert_cmpuint (delta->len, ==, BW_BINARY_HEADER_BYTES + 41);
}

static void
test_small_steps_take_three_bytes_and_larger_ones_four (void)
{
  static const struct
  {
    gint32 step_nm;
    guint bytes;
  } cases[] = {
    { 1000, 3 }, { 127000, 3 }, { -128000, 3 }, { 128000, 4 }, { 2047000, 4 }, { -2048000, 4 },
    { 2048000, 5 }, { 32767000, 5 }, { 32768000, 9 },
  };
  BwPose poses[N_PARTS] = { 0 };
  g_autoptr (BwPicture) one = make_picture (7, poses, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BwPicture) two = NULL;
      g_autoptr (GByteArray) delta = g_byte_array_new ();

      for (guint part = 0; part < N_PARTS; part++)
        poses[part].at = (BwPoint) { cases[i].step_nm, -cases[i].step_nm / 2 };
      two = make_picture (8, poses, FALSE);
      bw_picture_write_delta (two, one, 0, delta);
      g_assert_cmpuint (delta->len - BW_BINARY_HEADER_BYTES - 41, ==, N_PARTS * cases[i].bytes);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/picture/a-viewer-ends-up-with-the-frame-by-key-and-by-delta",
                   test_a_viewer_ends_up_with_the_frame_by_key_and_by_delta);
  g_test_add_func ("/wire/picture/a-frame-tells-what-a-save-does-to-tracks",
                   test_a_frame_tells_what_a_save_does_to_tracks);
  g_test_add_func ("/wire/picture/nothing-moved-is-no-record", test_nothing_moved_is_no_record);
  g_test_add_func ("/wire/picture/small-steps-take-three-bytes-and-larger-ones-four",
                   test_small_steps_take_three_bytes_and_larger_ones_four);
  return g_test_run ();
}
