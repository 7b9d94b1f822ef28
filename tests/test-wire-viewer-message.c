/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "wire/bw-viewer-message.h"

static BwViewerMessage
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  BwViewerMessage message = { 0 };

  bw_viewer_message_parse (text, strlen (text), &message, &error);
  g_assert_no_error (error);
  return message;
}

static void
assert_refused (const char *text)
{
  g_autoptr (GError) error = NULL;
  BwViewerMessage message = { .cmd_id = 77 };

  g_test_message ("%s", text);
  g_assert_false (bw_viewer_message_parse (text, strlen (text), &message, &error));
  g_assert_cmpint (error->domain, ==, BW_WIRE_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpint (message.cmd_id, ==, 77);
}

static void
test_a_hello_may_name_who_it_is_and_what_it_has (void)
{
  BwViewerMessage message = parse ("{\"type\":\"hello\"}");

  g_assert_cmpint (message.kind, ==, BW_VIEWER_HELLO);
  g_assert_cmpstr (message.name, ==, "");
  g_assert_cmpuint (message.last_seq, ==, 0);
  g_assert_false (message.on);
  g_assert_false (message.wants_parts);

  message = parse ("{\"type\":\"hello\",\"name\":\" Ann \\n\",\"instance\":\"00ff00ff00ff00ff\","
                   "\"last_seq\":4294967295,\"forces\":true,\"parts\":true}");
  g_assert_cmpstr (message.name, ==, "Ann");
  g_assert_cmphex (message.instance, ==, G_GUINT64_CONSTANT (0x00ff00ff00ff00ff));
  g_assert_cmpuint (message.last_seq, ==, G_MAXUINT32);
  g_assert_true (message.on);
  g_assert_true (message.wants_parts);

  /* What makes no sense is not known. */
  message = parse ("{\"type\":\"hello\",\"name\":7,\"instance\":\"g\",\"last_seq\":5}");
  g_assert_cmpuint (message.last_seq, ==, 0);
  message = parse ("{\"type\":\"hello\",\"instance\":\"ff\",\"last_seq\":-5}");
  g_assert_cmpuint (message.last_seq, ==, 0);
}

static void
test_a_name_is_cut_between_characters_and_keeps_to_one_line (void)
{
  BwViewerMessage message = parse ("{\"type\":\"name\",\"name\":\"a\\u0007\\u202eb\\nc\\u00e4\"}");

  g_assert_cmpstr (message.name, ==, "abc\xc3\xa4");
  message = parse ("{\"type\":\"name\",\"name\":\"x\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
                   "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
                   "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\"}");
  g_assert_cmpuint (strlen (message.name), ==, 39);
  g_assert_true (g_utf8_validate (message.name, -1, NULL));
  message = parse ("{\"type\":\"name\",\"name\":\"\\ud800x\"}");
  g_assert_true (g_utf8_validate (message.name, -1, NULL));
}

static void
test_all_commands_of_the_session_are_known (void)
{
  static const char *const names[] = { "start", "pause", "resume", "step", "stop", "restart",
                                       "untangle" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{\"type\":\"command\",\"cmd_id\":%d,\"command\":\"%s\"}", (int) i, names[i]);
      BwViewerMessage message = parse (text);

      g_assert_true (message.is_command);
      g_assert_cmpint (message.command, ==, (BwCommandKind) i);
      g_assert_cmpint (message.cmd_id, ==, (gint64) i);
    }
  g_assert_false (parse ("{\"type\":\"command\",\"cmd_id\":1,\"command\":\"explode\"}").is_command);
}

static void
test_commands_about_a_part_have_what_they_need (void)
{
  BwViewerMessage message
    = parse ("{\"type\":\"command\",\"cmd_id\":1,\"command\":\"move\",\"part\":4294967295,"
             "\"x\":-2000000000,\"y\":7}");

  g_assert_cmpint (message.command, ==, BW_COMMAND_MOVE);
  g_assert_cmpuint (message.selection[0], ==, G_MAXUINT32);
  g_assert_cmpint (message.poses[0].at.x_nm, ==, -2000000000);
  g_assert_cmpint (message.poses[0].at.y_nm, ==, 7);
  message = parse ("{\"type\":\"command\",\"cmd_id\":1,\"command\":\"rotate\",\"part\":3,"
                   "\"rotation\":35999}");
  g_assert_cmpint (message.poses[0].rotation_cdeg, ==, 35999);
  message = parse ("{\"type\":\"command\",\"cmd_id\":1,\"command\":\"flip\",\"part\":3,"
                   "\"side\":1}");
  g_assert_cmpint (message.poses[0].side, ==, BW_SIDE_BACK);
  message = parse ("{\"type\":\"command\",\"cmd_id\":1,\"command\":\"unlock\",\"part\":3}");
  g_assert_cmpint (message.command, ==, BW_COMMAND_UNLOCK);
  g_assert_cmpuint (message.selection[0], ==, 3);
}

static void
test_a_command_may_be_about_several_parts (void)
{
  static const char *const wrong[] = { "\"move\",\"parts\":[1,2],\"x\":[1,2],\"y\":[3]",
                                       "\"move\",\"parts\":[1,2],\"x\":1,\"y\":2",
                                       "\"move\",\"parts\":[],\"x\":[],\"y\":[]",
                                       "\"move\",\"part\":1,\"x\":[1],\"y\":[2]",
                                       "\"rotate\",\"parts\":[1],\"rotation\":[36000]",
                                       "\"flip\",\"parts\":[1],\"side\":[\"0\"]",
                                       "\"lock\",\"parts\":[-1]", "\"lock\",\"parts\":1" };
  BwViewerMessage message = parse ("{\"type\":\"command\",\"cmd_id\":1,\"command\":\"move\","
                                   "\"parts\":[4,2],\"x\":[1,-2],\"y\":[3,-4]}");

  g_assert_cmpuint (message.n_selected, ==, 2);
  g_assert_cmpuint (message.selection[0], ==, 4);
  g_assert_cmpuint (message.selection[1], ==, 2);
  g_assert_cmpint (message.poses[0].at.y_nm, ==, 3);
  g_assert_cmpint (message.poses[1].at.x_nm, ==, -2);
  message = parse ("{\"type\":\"command\",\"cmd_id\":1,\"command\":\"rotate\",\"parts\":[7,8],"
                   "\"rotation\":[0,9000]}");
  g_assert_cmpint (message.poses[1].rotation_cdeg, ==, 9000);
  message = parse ("{\"type\":\"command\",\"cmd_id\":1,\"command\":\"flip\",\"parts\":[7,8],"
                   "\"side\":[0,1]}");
  g_assert_cmpint (message.poses[0].side, ==, BW_SIDE_FRONT);
  g_assert_cmpint (message.poses[1].side, ==, BW_SIDE_BACK);
  message = parse ("{\"type\":\"command\",\"cmd_id\":1,\"command\":\"lock\",\"parts\":[7]}");
  g_assert_cmpuint (message.n_selected, ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{\"type\":\"command\",\"cmd_id\":1,\"command\":%s}", wrong[i]);

      g_assert_false (bw_viewer_message_parse (text, strlen (text), &message, NULL));
    }
}

static void
test_a_weight_is_set_by_its_name (void)
{
  static const char *const wrong[] = { "\"term\":\"beauty\",\"value\":1",
                                       "\"term\":\"gap\",\"value\":-1",
                                       "\"term\":\"gap\",\"value\":1e4",
                                       "\"term\":\"gap\",\"value\":\"1\"",
                                       "\"term\":\"gap\"", "\"value\":1" };
  BwViewerMessage message = parse ("{\"type\":\"command\",\"cmd_id\":1,\"command\":\"set\","
                                   "\"term\":\"edges\",\"value\":2}");

  g_assert_cmpint (message.command, ==, BW_COMMAND_SET);
  g_assert_cmpint (message.weight, ==, BW_WEIGHT_EDGES);
  g_assert_cmpfloat (message.value, ==, 2.0);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"set\",%s}", wrong[i]);

      g_assert_false (bw_viewer_message_parse (text, strlen (text), &message, NULL));
    }
}

static void
test_a_net_is_weighed_by_its_index (void)
{
  static const char *const wrong[] = { "\"net\":1", "\"value\":1", "\"net\":-1,\"value\":1",
                                       "\"net\":4294967296,\"value\":1",
                                       "\"net\":\"GND\",\"value\":1",
                                       "\"net\":1,\"value\":1001", "\"net\":1,\"value\":-1" };
  BwViewerMessage message = parse ("{\"type\":\"command\",\"cmd_id\":1,\"command\":\"weigh\","
                                   "\"net\":7,\"value\":2.5}");

  g_assert_cmpint (message.command, ==, BW_COMMAND_WEIGH);
  g_assert_cmpuint (message.net, ==, 7);
  g_assert_cmpfloat (message.value, ==, 2.5);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"weigh\",%s}", wrong[i]);

      g_assert_false (bw_viewer_message_parse (text, strlen (text), &message, NULL));
    }
}

static void
test_a_run_may_be_asked_for_as_it_is_to_be_done (void)
{
  static const char *const wrong[] = {
    "\"seed\":-1", "\"seed\":2147483648", "\"seed\":1.5", "\"seed\":\"1\"", "\"time\":0.5",
    "\"time\":3601", "\"time\":1e999", "\"time\":null", "\"refine\":1", "\"refine\":null",
    "\"parts\":[]", "\"parts\":[-1]", "\"parts\":1", "\"tracks\":\"burn\"", "\"tracks\":1"
  };
  BwViewerMessage message = parse ("{\"type\":\"command\",\"cmd_id\":1,\"command\":\"start\"}");

  g_assert_false (message.asked.has_seed);
  g_assert_cmpfloat (message.asked.time_s, ==, 0.0);
  g_assert_cmpint (message.asked.manner, ==, BW_MANNER_AS_SET);
  g_assert_cmpint (message.asked.tracks, ==, BW_TRACKS_REFUSE);
  g_assert_cmpuint (message.n_selected, ==, 0);

  message = parse ("{\"type\":\"command\",\"cmd_id\":1,\"command\":\"start\",\"seed\":0,"
                   "\"time\":2.5,\"refine\":true,\"parts\":[4,2],\"tracks\":\"lock\"}");
  g_assert_true (message.asked.has_seed);
  g_assert_cmpuint (message.asked.seed, ==, 0);
  g_assert_cmpfloat (message.asked.time_s, ==, 2.5);
  g_assert_cmpint (message.asked.manner, ==, BW_MANNER_REFINE);
  g_assert_cmpint (message.asked.tracks, ==, BW_TRACKS_LOCK);
  g_assert_cmpuint (message.n_selected, ==, 2);
  g_assert_cmpuint (message.selection[1], ==, 2);

  message = parse ("{\"type\":\"command\",\"cmd_id\":1,\"command\":\"restart\","
                   "\"seed\":2147483647,\"refine\":false,\"parts\":[4]}");
  g_assert_cmpuint (message.asked.seed, ==, 2147483647);
  g_assert_cmpint (message.asked.manner, ==, BW_MANNER_PLACE);
  g_assert_cmpuint (message.n_selected, ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"start\",%s}", wrong[i]);

      g_test_message ("%s", wrong[i]);
      g_assert_false (bw_viewer_message_parse (text, strlen (text), &message, NULL));
    }
}

static void
test_the_other_messages_are_understood (void)
{
  BwViewerMessage message;

  g_assert_cmpint (parse ("{\"type\":\"hide\"}").kind, ==, BW_VIEWER_HIDE);
  g_assert_cmpint (parse ("{\"type\":\"show\"}").kind, ==, BW_VIEWER_SHOW);
  g_assert_true (parse ("{\"type\":\"forces\",\"on\":true}").on);
  g_assert_false (parse ("{\"type\":\"forces\",\"on\":false}").on);
  g_assert_cmpfloat (parse ("{\"type\":\"ping\",\"t0\":12.5}").t0, ==, 12.5);
  g_assert_cmpfloat (parse ("{\"type\":\"ping\",\"t0\":-3}").t0, ==, -3.0);
  message = parse ("{\"type\":\"cursor\",\"x\":-5,\"y\":2000000000}");
  g_assert_true (message.on);
  g_assert_cmpint (message.x_nm, ==, -5);
  g_assert_cmpint (message.y_nm, ==, 2000000000);
  g_assert_false (parse ("{\"type\":\"cursor\"}").on);
  message = parse ("{\"type\":\"select\",\"parts\":[0,7,4294967295]}");
  g_assert_cmpuint (message.n_selected, ==, 3);
  g_assert_cmpuint (message.selection[2], ==, G_MAXUINT32);
}

static void
test_what_an_owner_says_is_understood (void)
{
  BwViewerMessage message = parse ("{\"type\":\"promote\",\"cmd_id\":7,\"number\":4294967295,"
                                   "\"role\":\"owner\"}");

  g_assert_cmpint (message.kind, ==, BW_VIEWER_PROMOTE);
  g_assert_cmpint (message.cmd_id, ==, 7);
  g_assert_cmpuint (message.number, ==, G_MAXUINT32);
  g_assert_cmpuint (message.role, ==, 2);
  message = parse ("{\"type\":\"renew\",\"cmd_id\":8,\"role\":\"viewer\"}");
  g_assert_cmpint (message.kind, ==, BW_VIEWER_RENEW);
  g_assert_cmpuint (message.role, ==, 0);
  message = parse ("{\"type\":\"grab\",\"parts\":[]}");
  g_assert_cmpint (message.kind, ==, BW_VIEWER_GRAB);
  g_assert_cmpuint (message.n_selected, ==, 0);
}

static void
test_what_the_protocol_has_is_understood (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "wire",
                                                 "viewer-messages.jsonl", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (; lines[n] != NULL; n++)
    parse (lines[n]);
  g_assert_cmpuint (n, ==, 23);
}

static void
test_wrong_types_and_numbers_out_of_range_are_refused (void)
{
  static const char *const texts[] = {
    "{\"type\":\"command\"}",
    "{\"type\":\"command\",\"cmd_id\":1}",
    "{\"type\":\"command\",\"cmd_id\":-1,\"command\":\"stop\"}",
    "{\"type\":\"command\",\"cmd_id\":1.5,\"command\":\"stop\"}",
    "{\"type\":\"command\",\"cmd_id\":1e300,\"command\":\"stop\"}",
    "{\"type\":\"command\",\"cmd_id\":99999999999999999999,\"command\":\"stop\"}",
    "{\"type\":\"command\",\"cmd_id\":\"1\",\"command\":\"stop\"}",
    "{\"type\":\"command\",\"cmd_id\":1,\"command\":7}",
    "{\"type\":\"command\",\"cmd_id\":1,\"command\":[\"stop\"]}",
    "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"move\",\"x\":1,\"y\":2}",
    "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"move\",\"part\":1,\"x\":1}",
    "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"move\",\"part\":-1,\"x\":1,\"y\":2}",
    "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"move\",\"part\":1,\"x\":1e99,\"y\":2}",
    "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"rotate\",\"part\":1,\"rotation\":36000}",
    "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"flip\",\"part\":1,\"side\":2}",
    "{\"type\":\"command\",\"cmd_id\":1,\"command\":\"lock\",\"part\":\"R1\"}",
    "{\"type\":\"ping\"}",
    "{\"type\":\"ping\",\"t0\":NaN}",
    "{\"type\":\"ping\",\"t0\":1e999}",
    "{\"type\":\"ping\",\"t0\":null}",
    "{\"type\":\"forces\"}",
    "{\"type\":\"forces\",\"on\":1}",
    "{\"type\":\"name\"}",
    "{\"type\":\"name\",\"name\":{}}",
    "{\"type\":\"cursor\",\"x\":1}",
    "{\"type\":\"cursor\",\"x\":1.5,\"y\":2}",
    "{\"type\":\"cursor\",\"x\":2000000001,\"y\":2}",
    "{\"type\":\"cursor\",\"x\":-2000000001,\"y\":2}",
    "{\"type\":\"cursor\",\"x\":\"1\",\"y\":2}",
    "{\"type\":\"select\"}",
    "{\"type\":\"select\",\"parts\":7}",
    "{\"type\":\"select\",\"parts\":[-1]}",
    "{\"type\":\"select\",\"parts\":[1.5]}",
    "{\"type\":\"select\",\"parts\":[[1]]}",
    "{\"type\":\"select\",\"parts\":[4294967296]}",
    "{\"type\":\"grab\"}",
    "{\"type\":\"clients\"}",
    "{\"type\":\"promote\",\"cmd_id\":1,\"number\":3}",
    "{\"type\":\"promote\",\"cmd_id\":1,\"number\":3,\"role\":\"god\"}",
    "{\"type\":\"promote\",\"cmd_id\":1,\"number\":-3,\"role\":\"owner\"}",
    "{\"type\":\"promote\",\"number\":3,\"role\":\"owner\"}",
    "{\"type\":\"disconnect\",\"cmd_id\":1,\"number\":\"3\"}",
    "{\"type\":\"renew\",\"cmd_id\":1,\"role\":2}",
    "{\"type\":\"revoke\",\"cmd_id\":1}",
    "{\"type\":\"pause\"}",
    "{\"type\":7}",
    "[]",
    "",
  };
  GString *many = g_string_new ("{\"type\":\"select\",\"parts\":[0");

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i]);

  for (guint i = 0; i < BW_VIEWER_SELECTION_MAX; i++)
    g_string_append (many, ",1");
  g_string_append (many, "]}");
  assert_refused (many->str);
  g_string_free (many, TRUE);
}

static void
test_an_acknowledgement_has_five_bytes (void)
{
  static const guint8 ack[] = { 129, 0x78, 0x56, 0x34, 0x12, 0 };
  guint32 seq = 0;

  g_assert_true (bw_viewer_message_parse_ack (ack, 5, &seq));
  g_assert_cmphex (seq, ==, 0x12345678);
  g_assert_false (bw_viewer_message_parse_ack (ack, 4, &seq));
  g_assert_false (bw_viewer_message_parse_ack (ack, 6, &seq));
  g_assert_false (bw_viewer_message_parse_ack (ack + 1, 5, &seq));
  g_assert_false (bw_viewer_message_parse_ack (NULL, 0, &seq));
}

#define ADD(name, function) g_test_add_func ("/wire/viewer-message/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-hello-may-name-who-it-is-and-what-it-has",
       test_a_hello_may_name_who_it_is_and_what_it_has);
  ADD ("a-name-is-cut-between-characters-and-keeps-to-one-line",
       test_a_name_is_cut_between_characters_and_keeps_to_one_line);
  ADD ("all-commands-of-the-session-are-known", test_all_commands_of_the_session_are_known);
  ADD ("commands-about-a-part-have-what-they-need",
       test_commands_about_a_part_have_what_they_need);
  ADD ("a-command-may-be-about-several-parts", test_a_command_may_be_about_several_parts);
  ADD ("a-weight-is-set-by-its-name", test_a_weight_is_set_by_its_name);
  ADD ("a-net-is-weighed-by-its-index", test_a_net_is_weighed_by_its_index);
  ADD ("a-run-may-be-asked-for-as-it-is-to-be-done",
       test_a_run_may_be_asked_for_as_it_is_to_be_done);
  ADD ("the-other-messages-are-understood", test_the_other_messages_are_understood);
  ADD ("what-an-owner-says-is-understood", test_what_an_owner_says_is_understood);
  ADD ("what-the-protocol-has-is-understood", test_what_the_protocol_has_is_understood);
  ADD ("wrong-types-and-numbers-out-of-range-are-refused",
       test_wrong_types_and_numbers_out_of_range_are_refused);
  ADD ("an-acknowledgement-has-five-bytes", test_an_acknowledgement_has_five_bytes);
  return g_test_run ();
}
