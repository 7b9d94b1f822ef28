/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a viewer asks of the run and its parts: who may, what is answered, who is told. */

#include "support/viewer-client.h"

static void
test_a_command_is_answered_by_its_number_and_told_to_all_by_name (void)
{
  Fixture fixture;
  g_autoptr (Viewer) ann = NULL;
  g_autoptr (Viewer) bob = NULL;
  BwCommand command;
  BinaryReader in;

  fixture_begin (&fixture);
  ann = viewer_join (&fixture, fixture.control, "{\"type\":\"hello\",\"name\":\"Ann\"}");
  bob = viewer_join (&fixture, fixture.watch, "{\"type\":\"hello\",\"name\":\"Bob\"}");

  viewer_say (bob, "{\"type\":\"command\",\"cmd_id\":7,\"command\":\"stop\"}");
  viewer_await_text (bob, "{\"type\":\"answer\",\"cmd_id\":7,\"result\":\"denied\"}");
  viewer_say (ann, "{\"type\":\"command\",\"cmd_id\":8,\"command\":\"explode\"}");
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":8,\"result\":\"unknown\"}");
  viewer_say (ann, "{\"type\":\"command\",\"cmd_id\":9,\"command\":\"pause\"}");
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":9,\"result\":\"accepted\"}");

  command = fake_feed_wait_command (fixture.feed);
  g_assert_cmpint (command.kind, ==, BW_COMMAND_PAUSE);
  g_assert_cmpint (command.origin, ==, BW_ORIGIN_REMOTE);
  bw_hub_log (fixture.feed->hub, &(BwLogEntry) { .kind = BW_LOG_COMMAND, .command = command });
  viewer_await (bob, BW_OP_EVENT);
  g_assert_cmpuint (bob->message[BW_BINARY_HEADER_BYTES], ==, 3);
  g_assert_cmpuint (bob->message[BW_BINARY_HEADER_BYTES + 1], ==, BW_COMMAND_PAUSE);
  in = (BinaryReader) { bob->message, bob->length, BW_BINARY_HEADER_BYTES + 11 };
  g_assert_cmpuint (binary_read (&in, 2), ==, 3);
  g_assert_cmpmem (bob->message + in.at, 3, "Ann", 3);
  in.at += 3;
  g_assert_cmpuint (binary_read (&in, 4), ==, 1);
  g_assert_cmpuint (binary_read (&in, 4), ==, G_MAXUINT32);
  fixture_end (&fixture);
}

static void
test_a_part_can_be_moved_if_there_is_one (void)
{
  Fixture fixture;
  g_autoptr (Viewer) ann = NULL;
  BwCommand command;

  fixture_begin (&fixture);
  ann = viewer_join (&fixture, fixture.control, HELLO);
  viewer_say (ann, "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"lock\",\"part\":3}");
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":1,\"result\":\"unknown\"}");
  viewer_say (ann, "{\"type\":\"command\",\"cmd_id\":2,\"command\":\"move\",\"part\":2,"
                   "\"x\":5,\"y\":-6}");
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":2,\"result\":\"accepted\"}");
  command = fake_feed_wait_command (fixture.feed);
  g_assert_cmpint (command.kind, ==, BW_COMMAND_MOVE);
  g_assert_cmpuint (command.footprint, ==, 2);
  g_assert_cmpint (command.pose.at.x_nm, ==, 5);
  g_assert_cmpint (command.pose.at.y_nm, ==, -6);
  g_assert_cmpuint (command.actor, ==, 1);

  /* Everybody hears who moved what. */
  bw_hub_log (fixture.feed->hub, &(BwLogEntry) { .kind = BW_LOG_COMMAND, .command = command });
  viewer_await (ann, BW_OP_EVENT);
  g_assert_cmpuint (ann->message[BW_BINARY_HEADER_BYTES + 1], ==, BW_COMMAND_MOVE);
  g_assert_cmpmem (ann->message + ann->length - 4, 4, "\2\0\0\0", 4);
  fixture_end (&fixture);
}

#define MANY_EVENTS 1000

static void
test_several_parts_are_moved_by_one_command (void)
{
  Fixture fixture;
  g_autoptr (Viewer) ann = NULL;
  BwCommand commands[2];

  fixture_begin (&fixture);
  ann = viewer_join (&fixture, fixture.control, HELLO);
  viewer_say (ann, "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"lock\",\"parts\":[0,3]}");
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":1,\"result\":\"unknown\"}");
  viewer_say (ann, "{\"type\":\"command\",\"cmd_id\":2,\"command\":\"move\",\"parts\":[2,0],"
                   "\"x\":[5,7],\"y\":[-6,8]}");
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":2,\"result\":\"accepted\"}");
  commands[0] = fake_feed_wait_command (fixture.feed);
  commands[1] = fake_feed_wait_command (fixture.feed);
  g_assert_cmpuint (commands[0].footprint, ==, 2);
  g_assert_cmpint (commands[0].pose.at.y_nm, ==, -6);
  g_assert_cmpuint (commands[1].footprint, ==, 0);
  g_assert_cmpint (commands[1].pose.at.x_nm, ==, 7);

  /* However many there are at once, they are not too much to be owed. */
  for (guint i = 0; i < MANY_EVENTS; i++)
    bw_hub_log (fixture.feed->hub, &(BwLogEntry) { .kind = BW_LOG_COMMAND,
                                                   .command = commands[i % 2] });
  for (guint i = 0; i < MANY_EVENTS; i++)
    {
      viewer_await (ann, BW_OP_EVENT);
      g_assert_cmpuint (ann->message[ann->length - 4], ==, commands[i % 2].footprint);
    }
  fixture_end (&fixture);
}

static void
test_a_run_is_begun_as_it_is_asked_for (void)
{
  Fixture fixture;
  g_autoptr (Viewer) ann = NULL;
  BwCommand commands[3];

  fixture_begin (&fixture);
  ann = viewer_join (&fixture, fixture.control, HELLO);
  viewer_say (ann, "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"start\",\"parts\":[3]}");
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":1,\"result\":\"unknown\"}");
  viewer_say (ann, "{\"type\":\"command\",\"cmd_id\":2,\"command\":\"start\",\"seed\":7,"
                   "\"time\":30,\"refine\":true,\"parts\":[2,0]}");
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":2,\"result\":\"accepted\"}");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    commands[i] = fake_feed_wait_command (fixture.feed);
  g_assert_cmpint (commands[0].kind, ==, BW_COMMAND_CHOOSE);
  g_assert_cmpuint (commands[0].footprint, ==, 2);
  g_assert_cmpint (commands[1].kind, ==, BW_COMMAND_CHOOSE);
  g_assert_cmpuint (commands[1].footprint, ==, 0);
  g_assert_cmpint (commands[2].kind, ==, BW_COMMAND_START);
  g_assert_cmpint (commands[2].origin, ==, BW_ORIGIN_REMOTE);
  g_assert_true (commands[2].asked.has_seed);
  g_assert_cmpuint (commands[2].asked.seed, ==, 7);
  g_assert_cmpfloat (commands[2].asked.time_s, ==, 30.0);
  g_assert_cmpint (commands[2].asked.manner, ==, BW_MANNER_REFINE);
  fixture_end (&fixture);
}

#define ADD(name, function) g_test_add_func ("/server/commands/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-command-is-answered-by-its-number-and-told-to-all-by-name",
       test_a_command_is_answered_by_its_number_and_told_to_all_by_name);
  ADD ("a-part-can-be-moved-if-there-is-one", test_a_part_can_be_moved_if_there_is_one);
  ADD ("several-parts-are-moved-by-one-command", test_several_parts_are_moved_by_one_command);
  ADD ("a-run-is-begun-as-it-is-asked-for", test_a_run_is_begun_as_it_is_asked_for);
  return g_test_run ();
}
