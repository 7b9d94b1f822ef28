/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames encoded once for all who have the same one, and the past that late ones ask for. */

#include "bw-test-board.h"
#include "server/bw-frame-ring.h"
#include "server/bw-history.h"
#include "support/binary-reader.h"
#include "wire/bw-binary-dialect.h"

#define N_PARTS 100

static BwFrameRing *
new_ring (BwCounters *counters)
{
  g_autoptr (BwBoard) board = bw_test_board_new (1, FALSE);

  return bw_frame_ring_new (board, counters);
}

static BwFrame *
make_frame (guint64 index,
            guint32 epoch)
{
  BwPose poses[N_PARTS] = { 0 };

  for (guint i = 0; i < N_PARTS; i++)
    poses[i].at = (BwPoint) { (gint32) (index * 1000), (gint32) i * 1000 };
  return bw_frame_new (&(BwFrame) { .index = index,
                                    .epoch = epoch,
                                    .iteration = (guint32) index,
                                    .phase = BW_PHASE_GLOBAL,
                                    .n_footprints = N_PARTS,
                                    .poses = poses });
}

static BwRingFrame *
add (BwFrameRing *ring,
     guint64      index)
{
  g_autoptr (BwFrame) frame = make_frame (index, 1);

  bw_frame_ring_add (ring, frame);
  return bw_frame_ring_get_newest (ring);
}

/* The op of the first message in a packet. */
static guint8
op_of (GBytes *packet)
{
  const guint8 *data = g_bytes_get_data (packet, NULL);

  g_assert_cmphex (data[0], ==, 0x82);
  return data[data[1] == 126 ? 4 : 2];
}

static void
test_all_who_have_the_same_frame_share_one_encoding (void)
{
  BwCounters counters = { 0 };
  BwFrameRing *ring = new_ring (&counters);
  BwRingFrame *base = bw_ring_frame_ref (add (ring, 0));
  BwRingFrame *newest = add (ring, 1);
  g_autoptr (GBytes) first = bw_frame_ring_encode (ring, newest, base, FALSE);
  g_autoptr (GBytes) second = bw_frame_ring_encode (ring, newest, base, TRUE);
  g_autoptr (GBytes) key = bw_frame_ring_encode (ring, newest, NULL, FALSE);

  /* Nor do forces differ where there are none. */
  g_assert_true (first == second);
  g_assert_true (first != key);
  g_assert_cmpuint (counters.frames_encoded, ==, 2);
  g_assert_cmpuint (op_of (first), ==, BW_OP_DELTA);
  g_assert_cmpuint (op_of (key), ==, BW_OP_KEY);
  bw_ring_frame_unref (base);
  bw_frame_ring_free (ring);
}

/* The op of the message behind the first; 0: there is none. */
static guint8
second_op_of (GBytes *packet)
{
  gsize size, at;
  const guint8 *data = g_bytes_get_data (packet, &size);

  at = data[1] == 126 ? 4 + (gsize) (data[2] << 8 | data[3]) : 2 + (gsize) data[1];
  return at < size ? data[at + (data[at + 1] == 126 ? 4 : 2)] : 0;
}

static void
test_which_parts_are_outside_goes_with_each_frame_that_has_any (void)
{
  BwCounters counters = { 0 };
  BwFrameRing *ring = new_ring (&counters);
  g_autoptr (BwFrame) clean = make_frame (1, 1);
  BwFrame values = *clean;
  guint8 strays[N_PARTS] = { [7] = TRUE };
  g_autoptr (BwFrame) frame = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) with = NULL;

  values.strays = strays;
  values.outside = 1;
  frame = bw_frame_new (&values);
  before = bw_frame_ring_encode (ring, add (ring, 0), NULL, FALSE);
  bw_frame_ring_add (ring, frame);
  with = bw_frame_ring_encode (ring, bw_frame_ring_get_newest (ring), NULL, FALSE);
  g_assert_cmpuint (second_op_of (before), ==, 0);
  g_assert_cmpuint (second_op_of (with), ==, BW_OP_STRAYS);
  bw_frame_ring_free (ring);
}

static void
test_who_is_in_conflict_goes_before_the_frame (void)
{
  BwCounters counters = { 0 };
  BwFrameRing *ring = new_ring (&counters);
  g_autoptr (BwFrame) clean = make_frame (1, 1);
  BwFrame values = *clean;
  guint8 flags[N_PARTS] = { [7] = TRUE };
  g_autoptr (BwFrame) frame = NULL;
  g_autoptr (GBytes) packet = NULL;

  values.clashing = values.barred = flags;
  frame = bw_frame_new (&values);
  bw_frame_ring_add (ring, frame);
  packet = bw_frame_ring_encode (ring, bw_frame_ring_get_newest (ring), NULL, FALSE);
  g_assert_cmpuint (op_of (packet), ==, BW_OP_CLASHES);
  g_assert_cmpuint (second_op_of (packet), ==, BW_OP_BARRED);
  bw_frame_ring_free (ring);
}

static void
test_who_is_too_far_back_gets_a_key (void)
{
  BwCounters counters = { 0 };
  BwFrameRing *ring = new_ring (&counters);
  BwRingFrame *base = bw_ring_frame_ref (add (ring, 0));

  for (guint i = 1; i < BW_FRAME_RING_SIZE; i++)
    add (ring, i * 3);
  g_assert_true (bw_frame_ring_find (ring, 1) == base);
  {
    g_autoptr (GBytes) near
      = bw_frame_ring_encode (ring, bw_frame_ring_get_newest (ring), base, FALSE);

    g_assert_cmpuint (op_of (near), ==, BW_OP_DELTA);
  }
  add (ring, 1000);
  g_assert_null (bw_frame_ring_find (ring, 1));
  {
    g_autoptr (GBytes) far
      = bw_frame_ring_encode (ring, bw_frame_ring_get_newest (ring), base, FALSE);

    g_assert_cmpuint (op_of (far), ==, BW_OP_KEY);
  }
  bw_ring_frame_unref (base);
  bw_frame_ring_free (ring);
}

/* How many frames a history has; their numbers are in order, the first and the last given. */
static guint
count_frames (BwHistory *history,
              guint32    first,
              guint32    last)
{
  g_autoptr (GBytes) bytes = bw_history_encode (history);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  BinaryState state = { 0 };
  guint n = 0;

  for (gsize at = 0; at < size;)
    {
      BinaryReader in = { data, size, at };
      gsize length = binary_read (&in, 4);
      guint32 before = state.seq;

      g_assert_cmpuint (in.at + length, <=, size);
      binary_apply (&state, data + in.at, length);
      g_assert_cmpuint (state.op, ==, n == 0 ? BW_OP_KEY : BW_OP_DELTA);
      g_assert_cmpuint (state.seq, >, before);
      g_assert_cmpint (state.poses[7].x_nm, ==, ((gint32) state.seq - 1) * 1000);
      if (n == 0)
        g_assert_cmpuint (state.seq, ==, first);
      n++;
      at = in.at + length;
    }
  g_assert_cmpuint (state.seq, ==, last);
  g_free (state.poses);
  return n;
}

static void
remember (BwHistory   *history,
          BwFrameRing *ring,
          guint64      index,
          guint32      epoch)
{
  g_autoptr (BwFrame) frame = make_frame (index, epoch);

  bw_frame_ring_add (ring, frame);
  bw_history_add (history, bw_frame_ring_get_newest (ring));
}

static void
test_a_long_past_is_thinned_out_evenly_and_keeps_its_ends (void)
{
  BwCounters counters = { 0 };
  BwFrameRing *ring = new_ring (&counters);
  BwHistory *history = bw_history_new (64 * bw_ring_frame_get_size (add (ring, 0)));

  for (guint i = 0; i < 64; i++)
    remember (history, ring, i, 1);
  g_assert_cmpuint (count_frames (history, 1, 64), ==, 64);
  for (guint i = 64; i < 10000; i++)
    {
      guint n;

      remember (history, ring, i, 1);
      if (i % 997 != 0)
        continue;
      n = count_frames (history, 1, i + 1);
      g_assert_cmpuint (n, <=, 65);
      g_assert_cmpuint (n, >=, 32);
    }

  /* A new run, a new past. */
  remember (history, ring, 10000, 2);
  g_assert_cmpuint (count_frames (history, 10001, 10001), ==, 1);
  bw_history_free (history);
  bw_frame_ring_free (ring);
}

/* The ops of what a history says, in order. */
static char *
ops_of_history (BwHistory *history)
{
  g_autoptr (GBytes) bytes = bw_history_encode (history);
  GString *ops = g_string_new (NULL);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize at = 0; at < size;)
    {
      BinaryReader in = { data, size, at };
      gsize length = binary_read (&in, 4);

      g_string_append_printf (ops, "%u ", data[in.at]);
      at = in.at + length;
    }
  return g_string_free (ops, FALSE);
}

/* Of a moment of the past it is to be seen what was true then. */
static void
test_a_past_frame_has_what_was_said_of_it (void)
{
  BwCounters counters = { 0 };
  BwFrameRing *ring = new_ring (&counters);
  BwHistory *history = bw_history_new (BW_HISTORY_MAX_BYTES);
  guint8 flags[N_PARTS] = { [7] = TRUE }, held[2][N_PARTS] = { { [7] = TRUE }, { 0 } };
  g_autofree char *ops = NULL;

  for (guint64 i = 0; i < 4; i++)
    {
      g_autoptr (BwFrame) clean = make_frame (i, 1);
      g_autoptr (BwFrame) frame = NULL;
      BwFrame values = *clean;

      values.held = held[i / 3];
      values.strays = values.clashing = values.barred = i == 1 ? flags : NULL;
      frame = bw_frame_new (&values);
      bw_frame_ring_add (ring, frame);
      bw_history_add (history, bw_frame_ring_get_newest (ring));
    }
  ops = ops_of_history (history);
  /* STATE and KEY, all of the second, a DELTA, another STATE with its DELTA. */
  g_assert_cmpstr (ops, ==, "5 3 13 14 4 10 4 5 4 ");
  bw_history_free (history);
  bw_frame_ring_free (ring);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/frame-ring/which-parts-are-outside-goes-with-each-frame-that-has-any",
                   test_which_parts_are_outside_goes_with_each_frame_that_has_any);
  g_test_add_func ("/server/frame-ring/all-who-have-the-same-frame-share-one-encoding",
                   test_all_who_have_the_same_frame_share_one_encoding);
  g_test_add_func ("/server/frame-ring/who-is-too-far-back-gets-a-key",
                   test_who_is_too_far_back_gets_a_key);
  g_test_add_func ("/server/frame-ring/who-is-in-conflict-goes-before-the-frame",
                   test_who_is_in_conflict_goes_before_the_frame);
  g_test_add_func ("/server/frame-ring/a-past-frame-has-what-was-said-of-it",
                   test_a_past_frame_has_what_was_said_of_it);
  g_test_add_func ("/server/frame-ring/a-long-past-is-thinned-out-evenly-and-keeps-its-ends",
                   test_a_long_past_is_thinned_out_evenly_and_keeps_its_ends);
  return g_test_run ();
}
