/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The messages of boardwalk.1 to the byte: data/wire/boardwalk.1.json, which the viewer's tests
 * read the other way round. */

#include <json-glib/json-glib.h>
#include <math.h>

#include "support/feed-fixture.h"
#include "wire/bw-binary-dialect.h"
#include "wire/bw-picture.h"

#define TIME_US 1700000000123456

static const BwPose poses_before[] = {
  { { 10500000, 20300000 }, 9000, BW_SIDE_FRONT },
  { { -30000499, 20300500 }, 0, BW_SIDE_FRONT },
  { { 20000000, 30000000 }, 18000, BW_SIDE_BACK },
};
static const BwPose poses_after[] = {
  { { 10400000, 20300000 }, 9000, BW_SIDE_FRONT },
  { { -30000499, 20300500 }, 0, BW_SIDE_FRONT },
  { { 18000000, 31000000 }, 27000, BW_SIDE_FRONT },
};
static const BwPose poses_final[] = {
  { { 10400001, 20300000 }, 9000, BW_SIDE_FRONT },
  { { 2000000000, -2000000000 }, 0, BW_SIDE_FRONT },
  { { 18000000, 31000000 }, 27000, BW_SIDE_FRONT },
};

static BwFrame
make_frame (guint64       index,
            const BwPose *poses,
            gboolean      final)
{
  return (BwFrame) {
    .index = index,
    .epoch = 2,
    .iteration = 41 + (guint32) index,
    .budget = 1000,
    .phase = final ? BW_PHASE_FINAL : BW_PHASE_REFINEMENT,
    .final = final,
    .time_us = TIME_US,
    .n_footprints = 3,
    .poses = poses,
    .energy = 123.5,
    .hpwl_mm = 150.25,
    .overlaps = 2,
    .outside = 1,
    .locked_conflicts = 4,
  };
}

static void
write_key (GByteArray *out)
{
  BwFrame frame = make_frame (6, poses_before, FALSE);
  g_autoptr (BwPicture) picture = bw_picture_new (&frame);

  bw_picture_write_key (picture, BW_FLAG_ACK_WANTED, out);
}

static void
write_delta (GByteArray *out)
{
  BwFrame before = make_frame (6, poses_before, FALSE);
  BwFrame after = make_frame (8, poses_after, FALSE);
  g_autoptr (BwPicture) base = bw_picture_new (&before);
  g_autoptr (BwPicture) picture = bw_picture_new (&after);

  bw_picture_write_delta (picture, base, BW_FLAG_ACK_WANTED, out);
}

static void
write_final (GByteArray *out)
{
  BwFrame before = make_frame (8, poses_after, FALSE);
  BwFrame after = make_frame (9, poses_final, TRUE);
  g_autoptr (BwPicture) base = bw_picture_new (&before);
  g_autoptr (BwPicture) picture = bw_picture_new (&after);

  bw_picture_write_delta (picture, base, BW_FLAG_ACK_WANTED, out);
}

/* Far apart: the gap does not fit the control byte. */
static void
write_gap (GByteArray *out)
{
  BwPose poses[300] = { 0 };
  BwFrame before = make_frame (10, poses, FALSE);
  BwFrame after = make_frame (11, poses, FALSE);
  g_autoptr (BwPicture) base = NULL;
  g_autoptr (BwPicture) picture = NULL;

  before.n_footprints = 300;
  after.n_footprints = 300;
  base = bw_picture_new (&before);
  poses[16].at.x_nm = 1000;
  poses[299].at.y_nm = -40000000;
  picture = bw_picture_new (&after);
  bw_picture_write_delta (picture, base, 0, out);
}

static void
write_forces (GByteArray *out)
{
  static const BwFrameForce forces[] = {
    { 0, BW_FORCE_ATTRACTION, 65534.0f, -32767.0f },
    { 2, BW_FORCE_ALIGNMENT, 0.0f, 2.0f },
  };
  BwFrame frame = make_frame (6, poses_before, FALSE);

  frame.forces = forces;
  frame.n_forces = 2;
  bw_binary_forces (&frame, 7, out);
}

static void
write_hello (GByteArray *out)
{
  bw_binary_hello (&(BwBinaryHello) { .role = 1,
                                      .state = BW_RUN_PAUSED,
                                      .stop_requested = TRUE,
                                      .fps = 12.5f,
                                      .you = 3,
                                      .epoch = 2,
                                      .instance = G_GUINT64_CONSTANT (0x0123456789abcdef),
                                      .id = "abc234",
                                      .title = "t\xc3\xa4st.kicad_pcb" },
                   TIME_US, out);
}

static void
write_hello_with_parts (GByteArray *out)
{
  BwBoard *board = fixture_parse_board (TINY_BOARD);

  bw_binary_hello (&(BwBinaryHello) { .resumed = TRUE,
                                      .fps = 60.0f,
                                      .you = 4,
                                      .id = "abc234",
                                      .title = "tiny",
                                      .parts = board },
                   TIME_US, out);
  bw_board_unref (board);
}

static void
write_board (GByteArray *out)
{
  bw_binary_board (G_GUINT64_CONSTANT (0x9f86d081884c7d65), 4711, 3, out);
}

static void
write_metrics (GByteArray *out)
{
  BwLogEntry one = {
    .kind = BW_LOG_METRICS,
    .epoch = 2,
    .iteration = 47,
    .time_us = TIME_US - 10,
    .phase = BW_PHASE_GLOBAL,
    .metrics = { 123.5, 150.25, 0.5, 2, 1 },
  };
  BwLogEntry two = one;
  BwLogEntry *entries[] = { &one, &two };

  two.iteration = 48;
  two.time_us = TIME_US;
  bw_binary_metrics (entries, 2, out);
}

static void
write_status (GByteArray *out)
{
  bw_binary_event (&(BwLogEntry) { .kind = BW_LOG_STATUS,
                                   .level = BW_STATUS_WARNING,
                                   .message = "Stopped",
                                   .epoch = 2,
                                   .iteration = 47,
                                   .time_us = TIME_US },
                   NULL, out);
}

static void
write_state (GByteArray *out)
{
  bw_binary_event (&(BwLogEntry) { .kind = BW_LOG_STATE,
                                   .state = BW_RUN_STOPPED,
                                   .stop_requested = TRUE,
                                   .epoch = 2,
                                   .iteration = 47,
                                   .time_us = TIME_US },
                   NULL, out);
}

static void
write_command (GByteArray *out)
{
  bw_binary_event (&(BwLogEntry) { .kind = BW_LOG_COMMAND,
                                   .command = { .kind = BW_COMMAND_PAUSE,
                                                .origin = BW_ORIGIN_REMOTE,
                                                .actor = 3 },
                                   .epoch = 2,
                                   .iteration = 47,
                                   .time_us = TIME_US },
                   "Ann", out);
}

static void
write_move (GByteArray *out)
{
  bw_binary_event (&(BwLogEntry) { .kind = BW_LOG_COMMAND,
                                   .command = { .kind = BW_COMMAND_MOVE,
                                                .origin = BW_ORIGIN_WINDOW,
                                                .footprint = 2 },
                                   .epoch = 2,
                                   .iteration = 47,
                                   .time_us = TIME_US },
                   "Zoe", out);
}

static void
write_holds (GByteArray *out)
{
  bw_binary_state ((const guint8[]) { 1, 0, 1 }, NULL, 3, out);
}

static void
write_hold_changes (GByteArray *out)
{
  bw_binary_state ((const guint8[]) { 1, 0, 1 }, (const guint8[]) { 1, 1, 0 }, 3, out);
}

/* With as many parts as it takes for a gap of two bytes. */
static void
write_strays (GByteArray *out)
{
  static guint8 strays[200];
  BwFrame frame = make_frame (6, NULL, FALSE);

  strays[0] = strays[2] = strays[199] = TRUE;
  frame.n_footprints = G_N_ELEMENTS (strays);
  frame.strays = strays;
  bw_binary_strays (&frame, 7, out);
}

static void
write_clashes (GByteArray *out)
{
  BwFrame frame = make_frame (6, NULL, FALSE);

  frame.n_footprints = 4;
  frame.clashing = (const guint8[]) { 0, 1, 0, 1 };
  bw_binary_clashes (&frame, 7, out);
}

static void
write_barred (GByteArray *out)
{
  BwFrame frame = make_frame (6, NULL, FALSE);

  frame.n_footprints = 4;
  frame.barred = (const guint8[]) { 2, 0, 0, 1 };
  bw_binary_barred (&frame, 7, out);
}

/* A part was moved onto the track of a net that it is not on. */
static void
write_copper (GByteArray *out)
{
  static const BwPoint ring[] = { { -500000, -500000 }, { 500000, -500000 }, { 500000, 500000 },
                                  { -500000, 500000 } };
  static const BwPad pad = { .number = "1", .net = 0, .outline = { ring, 4 }, .sides = 1 };
  static const BwFootprint footprint = { .pads = &pad, .n_pads = 1 };
  static const BwPoint path[] = { { 9000000, 0 }, { 11000000, 0 } };
  static const BwTrack track = { .net = 1, .points = path, .n_points = 2, .width_nm = 200000,
                                 .sides = 1 };
  static const BwNet nets[3];
  static const BwPose pose = { { 10000000, 0 }, 0, BW_SIDE_FRONT };
  BwBoard board = { .footprints = &footprint, .n_footprints = 1, .tracks = &track, .n_tracks = 1,
                    .nets = nets, .n_nets = 3 };
  BwFrame frame = make_frame (6, &pose, FALSE);

  frame.n_footprints = 1;
  frame.tracks = BW_TRACKS_RIP_UP;
  bw_binary_copper (&board, &frame, 7, out);
}

static void
write_colors (GByteArray *out)
{
  static const BwModule modules[] = { { .color = BW_COLOR_CHOSEN | 0xc061cb }, { .color = 0 } };
  BwBoard board = { .modules = modules, .n_modules = 2 };

  bw_binary_colors (&board, out);
}

static void
write_presence (GByteArray *out)
{
  static const guint32 selection[] = { 0, 2 };
  static const BwPerson people[] = {
    { .number = 1, .fields = BW_PERSON_GONE },
    { .number = 3,
      .fields = BW_PERSON_WHO | BW_PERSON_CURSOR | BW_PERSON_SELECTION,
      .role = 1,
      .hue = 200,
      .name = "Ann",
      .cursor_x_nm = 12000000,
      .cursor_y_nm = -5,
      .selection = selection,
      .n_selected = 2 },
    { .number = 0,
      .fields = BW_PERSON_WHO | BW_PERSON_GRABBED,
      .role = 2,
      .name = "Zoe",
      .grabbed = selection,
      .n_grabbed = 2 },
    { .number = 4, .fields = BW_PERSON_NO_CURSOR },
  };

  bw_binary_presence (people, 4, BW_FLAG_WHOLE, out);
}

static const struct
{
  const char *name;
  void (*write) (GByteArray *out);
} vectors[] = {
  { "key", write_key },
  { "delta", write_delta },
  { "final", write_final },
  { "gap", write_gap },
  { "forces", write_forces },
  { "hello", write_hello },
  { "hello-with-parts", write_hello_with_parts },
  { "board", write_board },
  { "metrics", write_metrics },
  { "status", write_status },
  { "state", write_state },
  { "command", write_command },
  { "move", write_move },
  { "holds", write_holds },
  { "hold-changes", write_hold_changes },
  { "presence", write_presence },
  { "strays", write_strays },
  { "copper", write_copper },
  { "clashes", write_clashes },
  { "barred", write_barred },
  { "colors", write_colors },
};

static const char *
find_hex (JsonObject *root,
          const char *name)
{
  JsonArray *list = json_object_get_array_member (root, "vectors");

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *vector = json_array_get_object_element (list, i);

      if (g_str_equal (json_object_get_string_member (vector, "name"), name))
        return json_object_get_string_member (vector, "hex");
    }
  return NULL;
}

static char *
to_hex (const GByteArray *bytes)
{
  GString *hex = g_string_new (NULL);

  for (guint i = 0; i < bytes->len; i++)
    g_string_append_printf (hex, "%02x", bytes->data[i]);
  return g_string_free (hex, FALSE);
}

static void
test_every_message_is_written_as_in_the_vectors (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "wire", "boardwalk.1.json",
                                                 NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *root;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "vectors")), ==,
                    G_N_ELEMENTS (vectors));

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GByteArray) out = g_byte_array_new ();
      g_autofree char *hex = NULL;

      vectors[i].write (out);
      hex = to_hex (out);
      g_test_message ("%s %s", vectors[i].name, hex);
      g_assert_cmpstr (hex, ==, find_hex (root, vectors[i].name));
    }
}

static void
test_no_forces_and_no_samples_are_no_message (void)
{
  BwFrame frame = make_frame (6, poses_before, FALSE);
  g_autoptr (GByteArray) out = g_byte_array_new ();

  bw_binary_forces (&frame, 7, out);
  bw_binary_strays (&frame, 7, out);
  frame.strays = (const guint8[]) { 0, 0, 0 };
  bw_binary_strays (&frame, 7, out);
  bw_binary_clashes (&frame, 7, out);
  bw_binary_barred (&frame, 7, out);
  bw_binary_metrics (NULL, 0, out);
  bw_binary_state ((const guint8[]) { 1, 0 }, (const guint8[]) { 1, 0 }, 2, out);
  g_assert_cmpuint (out->len, ==, 0);
}

static void
test_forces_beyond_all_measure_stay_numbers (void)
{
  static const BwFrameForce forces[] = { { 1, BW_FORCE_REPULSION, INFINITY, 1.0f },
                                         { 1, BW_FORCE_REPULSION, NAN, -1e38f } };
  BwFrame frame = make_frame (6, poses_before, FALSE);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  float scale;

  frame.forces = forces;
  frame.n_forces = 2;
  bw_binary_forces (&frame, 7, out);
  memcpy (&scale, out->data + BW_BINARY_HEADER_BYTES, sizeof scale);
  g_assert_true (isfinite (scale));
  g_assert_cmpuint (out->len, ==, BW_BINARY_HEADER_BYTES + 4 + 2 * 7);
}

static void
test_long_texts_are_cut_between_characters (void)
{
  g_autofree char *title = g_strnfill (254, 'x');
  g_autofree char *longer = g_strconcat (title, "\xc3\xa4\xc3\xa4", NULL);
  g_autoptr (GByteArray) out = g_byte_array_new ();

  bw_binary_hello (&(BwBinaryHello) { .id = "", .title = longer }, TIME_US, out);
  g_assert_cmpuint (out->len, ==, BW_BINARY_HEADER_BYTES + 25 + 1 + 1 + 254);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/binary-dialect/every-message-is-written-as-in-the-vectors",
                   test_every_message_is_written_as_in_the_vectors);
  g_test_add_func ("/wire/binary-dialect/no-forces-and-no-samples-are-no-message",
                   test_no_forces_and_no_samples_are_no_message);
  g_test_add_func ("/wire/binary-dialect/forces-beyond-all-measure-stay-numbers",
                   test_forces_beyond_all_measure_stay_numbers);
  g_test_add_func ("/wire/binary-dialect/long-texts-are-cut-between-characters",
                   test_long_texts_are_cut_between_characters);
  return g_test_run ();
}
