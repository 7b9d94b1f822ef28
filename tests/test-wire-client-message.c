/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "wire/bw-client-message.h"

static BwClientMessage
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  BwClientMessage message;

  g_assert_true (bw_client_message_parse (text, strlen (text), &message, &error));
  g_assert_no_error (error);
  return message;
}

static void
assert_refused (const char *text,
                gsize       length,
                BwWireError code)
{
  g_autoptr (GError) error = NULL;
  BwClientMessage message = { .command = BW_COMMAND_UNTANGLE };

  g_assert_false (bw_client_message_parse (text, length, &message, &error));
  g_assert_error (error, BW_WIRE_ERROR, (int) code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpint (message.command, ==, BW_COMMAND_UNTANGLE);
}

static void
test_the_four_messages_are_understood (void)
{
  BwClientMessage message;

  g_assert_cmpint (parse ("{\"type\":\"ping\"}").kind, ==, BW_CLIENT_MESSAGE_PING);

  message = parse ("{\"type\":\"pause\"}");
  g_assert_cmpint (message.kind, ==, BW_CLIENT_MESSAGE_COMMAND);
  g_assert_cmpint (message.command, ==, BW_COMMAND_PAUSE);
  g_assert_cmpint (parse ("{\"type\":\"resume\"}").command, ==, BW_COMMAND_RESUME);
  g_assert_cmpint (parse (" {\n\"type\" : \"stop\" }\n").command, ==, BW_COMMAND_STOP);
}

static void
test_members_that_it_does_not_know_are_ignored (void)
{
  g_assert_cmpint (parse ("{\"id\":7,\"type\":\"pause\",\"more\":[{}]}").command, ==,
                   BW_COMMAND_PAUSE);
}

static void
test_text_need_not_be_terminated (void)
{
  g_autofree char *exact = g_memdup2 ("{\"type\":\"stop\"}", 15);
  BwClientMessage message;

  g_assert_true (bw_client_message_parse (exact, 15, &message, NULL));
  g_assert_cmpint (message.command, ==, BW_COMMAND_STOP);
}

static void
test_other_commands_are_not_to_be_had (void)
{
  static const char *const types[] = { "start", "step", "restart", "untangle", "", "PAUSE",
                                       "pause ", "welcome", "frame" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"type\":\"%s\"}", types[i]);

      assert_refused (text, strlen (text), BW_WIRE_ERROR_CONTENT);
    }
}

static void
test_json_of_a_wrong_type_is_refused (void)
{
  static const char *const texts[] = {
    "1", "null", "true", "\"pause\"", "[]", "[\"pause\"]", "{}", "{\"type\":null}",
    "{\"type\":1}", "{\"type\":true}", "{\"type\":[\"pause\"]}", "{\"type\":{\"type\":\"pause\"}}",
    "{\"Type\":\"pause\"}", "{\"type\":1e999}", "", " ", "pause", "}", "\"",
    "var a = {\"type\":\"pause\"}", "// x\n{\"type\":\"pause\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], strlen (texts[i]), BW_WIRE_ERROR_CONTENT);
  assert_refused (NULL, 0, BW_WIRE_ERROR_CONTENT);
}

static void
test_what_is_not_json_is_refused (void)
{
  static const char *const texts[] = {
    "{", "{\"type\":", "{\"type\":\"pause\"", "{\"type\":\"pause\"}}", "{type:pause}",
    "{\"type\":\"pause\"}{}", "{\"type\":\"pause\"} x", "{\"type\":\"pause", "{\"type\":\"\\",
    "{\"type\":\"pause\"]", "{\"type\" \"pause\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], strlen (texts[i]), BW_WIRE_ERROR_SYNTAX);
}

static void
test_bytes_that_are_not_utf8_are_refused (void)
{
  assert_refused ("{\"type\":\"\xff\"}", 12, BW_WIRE_ERROR_NOT_UTF8);
  assert_refused ("{\"type\":\"pause\"}\0x", 18, BW_WIRE_ERROR_NOT_UTF8);
  assert_refused ("\xed\xa0\x80", 3, BW_WIRE_ERROR_NOT_UTF8);
}

static void
test_deep_nesting_is_refused_before_it_is_parsed (void)
{
  static const char *const openings[] = { "{\"a\":", "{\"type\":[" };

  for (gsize i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      while (text->len < BW_CLIENT_MESSAGE_MAX_BYTES - 16)
        g_string_append (text, openings[i]);
      assert_refused (text->str, text->len, BW_WIRE_ERROR_SYNTAX);
    }
}

static void
test_brackets_within_a_string_do_not_nest (void)
{
  g_autoptr (GString) text = g_string_new ("{\"type\":\"ping\",\"note\":\"\\\"");

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "[{");
  g_string_append (text, "\"}");
  g_assert_cmpint (parse (text->str).kind, ==, BW_CLIENT_MESSAGE_PING);
}

static void
test_what_is_too_long_is_refused (void)
{
  g_autoptr (GString) text = g_string_new ("{\"type\":\"ping\"}");

  while (text->len < BW_CLIENT_MESSAGE_MAX_BYTES)
    g_string_append_c (text, ' ');
  g_assert_cmpint (parse (text->str).kind, ==, BW_CLIENT_MESSAGE_PING);
  g_string_append_c (text, ' ');
  assert_refused (text->str, text->len, BW_WIRE_ERROR_TOO_LARGE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/client-message/the-four-messages-are-understood",
                   test_the_four_messages_are_understood);
  g_test_add_func ("/wire/client-message/members-that-it-does-not-know-are-ignored",
                   test_members_that_it_does_not_know_are_ignored);
  g_test_add_func ("/wire/client-message/text-need-not-be-terminated",
                   test_text_need_not_be_terminated);
  g_test_add_func ("/wire/client-message/other-commands-are-not-to-be-had",
                   test_other_commands_are_not_to_be_had);
  g_test_add_func ("/wire/client-message/json-of-a-wrong-type-is-refused",
                   test_json_of_a_wrong_type_is_refused);
  g_test_add_func ("/wire/client-message/what-is-not-json-is-refused",
                   test_what_is_not_json_is_refused);
  g_test_add_func ("/wire/client-message/bytes-that-are-not-utf8-are-refused",
                   test_bytes_that_are_not_utf8_are_refused);
  g_test_add_func ("/wire/client-message/deep-nesting-is-refused-before-it-is-parsed",
                   test_deep_nesting_is_refused_before_it_is_parsed);
  g_test_add_func ("/wire/client-message/brackets-within-a-string-do-not-nest",
                   test_brackets_within_a_string_do_not_nest);
  g_test_add_func ("/wire/client-message/what-is-too-long-is-refused",
                   test_what_is_too_long_is_refused);
  return g_test_run ();
}
