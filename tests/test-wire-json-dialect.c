/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The golden messages in data/wire are read by the viewer's tests as well. */

#include <json-glib/json-glib.h>
#include <math.h>

#include "support/feed-fixture.h"
#include "wire/bw-json-dialect.h"

#define TIME_US G_GINT64_CONSTANT (1234567890123456)

static void
assert_golden (const char *text,
               const char *file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "wire", file, NULL);
  g_autofree char *golden = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &golden, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, g_strchomp (golden));
}

static char *
encode (BwJsonDialect *dialect,
        BwFrame       *values,
        gboolean       with_forces)
{
  g_autoptr (BwFrame) frame = bw_frame_new (values);
  GString *text = g_string_new (NULL);

  bw_json_dialect_frame (dialect, frame, NULL, with_forces, text);
  return g_string_free (text, FALSE);
}

static BwFrame
tiny_frame (const BwPose *poses)
{
  return (BwFrame) {
    .index = 42,
    .epoch = 1,
    .iteration = 42,
    .phase = BW_PHASE_REFINEMENT,
    .time_us = TIME_US,
    .n_footprints = 3,
    .poses = poses,
    .energy = 123.45,
    .hpwl_mm = 150.3,
    .max_move_mm = 0.5,
    .overlaps = 2,
  };
}

static void
test_a_frame_has_exactly_the_fields_of_the_dialect (void)
{
  g_autoptr (BwBoard) board = fixture_parse_board (TINY_BOARD);
  g_autoptr (BwJsonDialect) dialect = bw_json_dialect_new (board);
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  BwFrame values = tiny_frame (poses);
  g_autofree char *text = encode (dialect, &values, FALSE);

  assert_golden (text, "frame.json");
}

static void
test_forces_are_grouped_by_part (void)
{
  static const BwFrameForce forces[] = {
    { 2, BW_FORCE_REPULSION, -3.25f, 0.0f }, { 0, BW_FORCE_ATTRACTION, 1.2f, 0.5f },
    { 2, BW_FORCE_BOUNDARY, 0.0f, 7.0f },    { 9, BW_FORCE_ATTRACTION, 1.0f, 1.0f },
    { 0, BW_FORCE_ALIGNMENT, 0.25f, -0.5f },
  };
  g_autoptr (BwBoard) board = fixture_parse_board (TINY_BOARD);
  g_autoptr (BwJsonDialect) dialect = bw_json_dialect_new (board);
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  BwFrame values = tiny_frame (poses);
  g_autofree char *with = NULL;
  g_autofree char *without = NULL;

  values.forces = forces;
  values.n_forces = G_N_ELEMENTS (forces);
  with = encode (dialect, &values, TRUE);
  assert_golden (with, "frame-with-forces.json");

  without = encode (dialect, &values, FALSE);
  assert_golden (without, "frame.json");
}

static void
test_a_frame_is_json_whatever_its_numbers_are (void)
{
  g_autoptr (BwBoard) board = fixture_parse_board (TINY_BOARD);
  g_autoptr (BwJsonDialect) dialect = bw_json_dialect_new (board);
  BwFrameForce force = { 1, BW_FORCE_CONSTRAINT, NAN, -INFINITY };
  BwPose poses[3] = {
    { { BW_COORD_MAX_NM, -BW_COORD_MAX_NM }, 35999, BW_SIDE_FRONT },
    { { -1, 1 }, 0, BW_SIDE_BACK },
    { { 500, -500 }, 9000, BW_SIDE_FRONT },
  };
  BwFrame values = tiny_frame (poses);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *data;

  values.index = G_MAXUINT64;
  values.iteration = G_MAXUINT32;
  values.energy = NAN;
  values.hpwl_mm = INFINITY;
  values.max_move_mm = -1e300;
  values.forces = &force;
  values.n_forces = 1;
  text = encode (dialect, &values, TRUE);

  node = json_from_string (text, &error);
  g_assert_no_error (error);
  data = json_object_get_object_member (json_node_get_object (node), "data");
  g_assert_cmpfloat (json_object_get_double_member (data, "energy"), ==, 0.0);
  g_assert_cmpfloat (json_object_get_double_member (data, "total_wire_length"), ==, 1e15);
  g_assert_cmpstr (json_object_get_string_member (data, "label"), ==, "Iteration 4294967295");
  g_assert_null (strstr (text, "nan"));
  g_assert_null (strstr (text, "inf"));
}

static void
test_the_small_messages_are_golden (void)
{
  GString *text = g_string_new (NULL);

  bw_json_dialect_welcome (text, 10.0, FALSE);
  g_string_append_c (text, '\n');
  bw_json_dialect_status (text, BW_STATUS_INFO, "Run started");
  g_string_append_c (text, '\n');
  bw_json_dialect_status (text, BW_STATUS_WARNING, "A \"quoted\" thing");
  g_string_append_c (text, '\n');
  bw_json_dialect_status (text, BW_STATUS_ERROR, "x");
  g_string_append_c (text, '\n');
  bw_json_dialect_status (text, BW_STATUS_COMPLETE, "x");
  g_string_append_c (text, '\n');
  bw_json_dialect_control_state (text, FALSE, FALSE);
  g_string_append_c (text, '\n');
  bw_json_dialect_control_state (text, TRUE, TRUE);
  g_string_append_c (text, '\n');
  bw_json_dialect_pong (text);
  assert_golden (text->str, "messages.jsonl");
  g_string_free (text, TRUE);
}

static void
test_a_thousand_parts_take_less_than_a_frame_at_60_hz (void)
{
  g_autoptr (BwBoard) board = fixture_make_board (1000);
  g_autoptr (BwJsonDialect) dialect = bw_json_dialect_new (board);
  g_autofree BwPose *poses = bw_board_dup_poses (board);
  g_autofree BwFrameForce *forces = g_new0 (BwFrameForce, 3000);
  BwFrame values = tiny_frame (poses);
  g_autoptr (BwFrame) frame = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 start_us;
  double each_us;

  for (guint i = 0; i < 3000; i++)
    forces[i] = (BwFrameForce) { i % 1000, (guint8) (i % 5), (float) i * 0.37f, (float) -i };
  values.n_footprints = 1000;
  values.forces = forces;
  values.n_forces = 3000;
  frame = bw_frame_new (&values);

  start_us = g_get_monotonic_time ();
  for (guint i = 0; i < 100; i++)
    {
      g_string_truncate (text, 0);
      bw_json_dialect_frame (dialect, frame, NULL, i % 5 == 0, text);
    }
  each_us = (double) (g_get_monotonic_time () - start_us) / 100.0;

  g_test_message ("%.0f us a frame", each_us);
  g_assert_cmpfloat (each_us, <, 16667.0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/json-dialect/a-frame-has-exactly-the-fields-of-the-dialect",
                   test_a_frame_has_exactly_the_fields_of_the_dialect);
  g_test_add_func ("/wire/json-dialect/forces-are-grouped-by-part",
                   test_forces_are_grouped_by_part);
  g_test_add_func ("/wire/json-dialect/a-frame-is-json-whatever-its-numbers-are",
                   test_a_frame_is_json_whatever_its_numbers_are);
  g_test_add_func ("/wire/json-dialect/the-small-messages-are-golden",
                   test_the_small_messages_are_golden);
  g_test_add_func ("/wire/json-dialect/a-thousand-parts-take-less-than-a-frame-at-60-hz",
                   test_a_thousand_parts_take_less_than_a_frame_at_60_hz);
  return g_test_run ();
}
