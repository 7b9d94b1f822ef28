/* SPDX-License-Identifier: GPL-3.0-or-later */

/* RFC 6455, sections 5.2 to 5.8 and 7, from a client's side: what has to be taken is, what has not
 * to be is closed with the code that the RFC has for it, and another peer goes on. */

#include "support/server-fixture.h"

/* Something that is sent as it is, and what it is against. */
typedef struct
{
  const char *what;
  guint8 bytes[14];
  gsize length;
  guint code; /* that it is closed with; 0: 1002 */
} Breach;

static void
assert_refused (const Breach *breaches,
                gsize         n)
{
  Fixture fixture;

  fixture_begin_with_witness (&fixture, NULL);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (WsClient) client = fixture_join (&fixture);

      g_test_message ("%s", breaches[i].what);
      g_assert_true (ws_send_bytes (client, breaches[i].bytes, breaches[i].length));
      assert_closed (client, breaches[i].code != 0 ? breaches[i].code : 1002);
    }
  fixture_end (&fixture);
}

/* 5.2 */
static void
test_bits_and_opcodes_without_a_meaning_are_refused (void)
{
  Breach cases[3 + 5 + 5];
  gsize n = 0;

  for (guint bit = 0x10; bit <= 0x40; bit <<= 1)
    cases[n++] = (Breach) { "a reserved bit", { (guint8) (0x81 | bit), 0x80, 1, 2, 3, 4 }, 6 };
  for (guint opcode = 0x3; opcode <= 0x7; opcode++)
    cases[n++] = (Breach) { "no data opcode", { (guint8) (0x80 | opcode), 0x80, 1, 2, 3, 4 }, 6 };
  for (guint opcode = 0xb; opcode <= 0xf; opcode++)
    cases[n++] = (Breach) { "no control opcode", { (guint8) (0x80 | opcode), 0x80, 1, 2, 3, 4 },
                            6 };
  assert_refused (cases, n);
}

/* 5.2: the fewest bytes that can hold a length. */
static void
test_a_length_is_not_longer_than_it_need_be (void)
{
  static const Breach cases[] = {
    { "16 bits for 1", { 0x81, 0xfe, 0x00, 0x01, 1, 2, 3, 4, 5 }, 9 },
    { "16 bits for 125", { 0x81, 0xfe, 0x00, 0x7d, 1, 2, 3, 4, 5 }, 9 },
    { "64 bits for 1", { 0x81, 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4 }, 14 },
    { "64 bits for 65535", { 0x81, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 2, 3, 4 }, 14 },
  };

  assert_refused (cases, G_N_ELEMENTS (cases));
}

/* 5.1, 5.3 */
static void
test_what_is_not_masked_is_refused_whatever_it_is (void)
{
  static const Breach cases[] = {
    { "a text", { 0x81, 0x02, '{', '}' }, 4 },
    { "an empty text", { 0x81, 0x00 }, 2 },
    { "a ping", { 0x89, 0x00 }, 2 },
    { "a pong", { 0x8a, 0x00 }, 2 },
    { "a close", { 0x88, 0x00 }, 2 },
  };

  assert_refused (cases, G_N_ELEMENTS (cases));
}

/* 5.4 */
static void
test_fragments_are_in_order (void)
{
  static const Breach cases[] = {
    { "the end of nothing", { 0x80, 0x80, 1, 2, 3, 4 }, 6 },
    { "a part of nothing", { 0x00, 0x80, 1, 2, 3, 4 }, 6 },
    { "a new message within another", { 0x01, 0x80, 1, 2, 3, 4, 0x81, 0x80, 1, 2, 3, 4 }, 12 },
    { "a new first part within another", { 0x01, 0x80, 1, 2, 3, 4, 0x02, 0x80, 1, 2, 3, 4 }, 12 },
  };

  assert_refused (cases, G_N_ELEMENTS (cases));
}

/* 5.5 */
static void
test_control_frames_are_short_and_whole (void)
{
  static const Breach cases[] = {
    { "a ping in fragments", { 0x09, 0x80, 1, 2, 3, 4 }, 6 },
    { "a pong in fragments", { 0x0a, 0x80, 1, 2, 3, 4 }, 6 },
    { "a close in fragments", { 0x08, 0x80, 1, 2, 3, 4 }, 6 },
    { "a ping of 126 bytes", { 0x89, 0xfe, 0x00, 0x7e, 1, 2, 3, 4 }, 8 },
    { "a pong of 126 bytes", { 0x8a, 0xfe, 0x00, 0x7e, 1, 2, 3, 4 }, 8 },
    { "a close of 126 bytes", { 0x88, 0xfe, 0x00, 0x7e, 1, 2, 3, 4 }, 8 },
  };

  assert_refused (cases, G_N_ELEMENTS (cases));
}

/* 5.2: all three ways to tell a length, at their ends. */
static void
test_messages_of_all_lengths_are_heard (void)
{
  static const gsize lengths[] = { 15, 125, 126, 127, 65534, 65535, 65536 };
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;

  fixture_begin_with_witness (&fixture, NULL);
  client = fixture_join (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *text = g_strnfill (lengths[i], ' ');
      g_autofree char *pong = NULL;

      memcpy (text, "{\"type\":\"ping\"}", 15);
      g_assert_true (ws_send_frame (client, 0x81, text, lengths[i]));
      pong = ws_read_type (client, "pong");
    }
  fixture_end (&fixture);
}

/* Reads on to the next frame of this kind. */
static char *
read_opcode (WsClient *client,
             guint8    opcode,
             gsize    *length_out)
{
  for (;;)
    {
      char *payload = ws_read_frame (client, length_out);

      g_assert_nonnull (payload);
      if (client->opcode == opcode)
        return payload;
      g_free (payload);
    }
}

/* 5.5.2, 5.5.3 */
static void
test_a_ping_is_answered_with_what_it_holds (void)
{
  static const gsize lengths[] = { 0, 1, 124, 125 };
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;
  guint8 payload[125];

  for (gsize i = 0; i < sizeof payload; i++)
    payload[i] = (guint8) (i * 37);
  fixture_begin_with_witness (&fixture, NULL);
  client = fixture_join (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *pong = NULL;
      gsize length;

      g_assert_true (ws_send_frame (client, 0x89, payload, lengths[i]));
      pong = read_opcode (client, 0xa, &length);
      g_assert_cmpmem (pong, length, payload, lengths[i]);
    }

  /* A pong that nobody asked for is no news. */
  g_assert_true (ws_send_frame (client, 0x8a, payload, 125));
  g_assert_true (ws_send_frame (client, 0x8a, "", 0));
  g_assert_true (ws_send_text (client, "{\"type\":\"ping\"}"));
  g_free (ws_read_type (client, "pong"));
  fixture_end (&fixture);
}

/* 5.4, 5.5.2: not after the message, but at once. */
static void
test_a_ping_between_fragments_is_answered_between_them (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;
  g_autofree char *payload = NULL;
  gsize length;

  fixture_begin_with_witness (&fixture, NULL);
  client = fixture_join (&fixture);
  g_assert_true (ws_send_frame (client, 0x01, "{\"type\":", 8));
  g_assert_true (ws_send_frame (client, 0x89, "now", 3));
  payload = read_opcode (client, 0xa, &length);
  g_assert_cmpmem (payload, length, "now", 3);
  g_assert_true (ws_send_frame (client, 0x80, "\"ping\"}", 7));
  g_free (ws_read_type (client, "pong"));
  fixture_end (&fixture);
}

static void
test_a_length_beyond_all_measure_is_refused (void)
{
  static const guint8 huge[] = { 0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff,
                                 0xff, 0xff, 0xff, 1,    2,    3,    4,    5 };
  static const guint8 negative[] = { 0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                     0xff, 0xff, 0xff, 1,    2,    3,    4 };
  Fixture fixture;
  g_autoptr (WsClient) one = NULL;
  g_autoptr (WsClient) two = NULL;

  fixture_begin_with_witness (&fixture, NULL);
  one = fixture_join (&fixture);
  g_assert_true (ws_send_bytes (one, huge, sizeof huge));
  assert_closed (one, 1009);
  two = fixture_join (&fixture);
  g_assert_true (ws_send_bytes (two, negative, sizeof negative));
  assert_closed (two, 1002);
  fixture_end (&fixture);
}

static void
test_a_message_in_fragments_is_put_together (void)
{
  static const char text[] = "{\"type\":\"ping\"}";
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;
  g_autofree char *pong = NULL;

  fixture_begin_with_witness (&fixture, NULL);
  client = fixture_join (&fixture);
  for (gsize i = 0; i < sizeof text - 1; i++)
    {
      g_assert_true (ws_send_frame (client, i == 0 ? 0x01 : 0x00, text + i, 1));
      /* Control frames may come in between, and empty fragments. */
      g_assert_true (ws_send_frame (client, 0x89, "x", 1));
      g_assert_true (ws_send_frame (client, 0x00, "", 0));
    }
  g_assert_true (ws_send_frame (client, 0x80, "", 0));
  pong = ws_read_type (client, "pong");
  g_assert_cmpstr (pong, ==, "{\"type\":\"pong\"}");
  fixture_end (&fixture);
}

static void
test_text_that_is_not_utf8_is_closed_with_1007 (void)
{
  static const char *const texts[] = { "{\"type\":\"\xff\"}", "\xed\xa0\x80", "\xc0\x80",
                                       "\xf4\x90\x80\x80" };
  Fixture fixture;

  fixture_begin_with_witness (&fixture, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (WsClient) client = fixture_join (&fixture);

      g_assert_true (ws_send_text (client, texts[i]));
      assert_closed (client, 1007);
    }
  {
    /* A character that is cut off at the end. */
    g_autoptr (WsClient) client = fixture_join (&fixture);

    g_assert_true (ws_send_text (client, "\xe2\x82"));
    assert_closed (client, 1007);
  }
  {
    /* One that is spread over two fragments is whole. */
    g_autoptr (WsClient) client = fixture_join (&fixture);
    g_autofree char *status = NULL;

    g_assert_true (ws_send_frame (client, 0x01, "\"\xe2\x82", 3));
    g_assert_true (ws_send_frame (client, 0x80, "\xac\"", 2));
    status = ws_read_type (client, "status");
    g_assert_nonnull (strstr (status, "\"error\""));
  }
  fixture_end (&fixture);
}

/* 7.4.1: what the RFC has other codes for. */
static void
test_what_is_well_formed_and_still_wrong_has_its_code (void)
{
  static const Breach cases[] = {
    { "binary in plain JSON", { 0x82, 0x82, 0, 0, 0, 0, '{', '}' }, 8, 1003 },
    { "a reason that is not UTF-8", { 0x88, 0x83, 0, 0, 0, 0, 0x03, 0xe8, 0xff }, 9, 1007 },
  };

  assert_refused (cases, G_N_ELEMENTS (cases));
}

/* 5.5.1, 7.1.5, 7.4 */
static void
test_a_close_is_answered_with_its_own_code (void)
{
  static const guint codes[] = { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000,
                                 3999, 4000, 4999 };
  Fixture fixture;

  fixture_begin_with_witness (&fixture, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (WsClient) client = fixture_join (&fixture);
      guint8 payload[125] = { (guint8) (codes[i] >> 8), (guint8) codes[i] };

      g_test_message ("%u", codes[i]);
      memset (payload + 2, 'r', sizeof payload - 2);
      g_assert_true (ws_send_frame (client, 0x88, payload, i % 2 == 0 ? 2 : sizeof payload));
      /* 7.1.1: it is the server that ends the connection. */
      assert_closed (client, codes[i]);
    }
  fixture_end (&fixture);
}

static void
test_a_close_without_a_code_is_answered_without_one (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;
  g_autofree char *payload = NULL;
  gsize length;

  fixture_begin_with_witness (&fixture, NULL);
  client = fixture_join (&fixture);
  g_assert_true (ws_send_frame (client, 0x88, "", 0));
  payload = read_opcode (client, 0x8, &length);
  g_assert_cmpuint (length, ==, 0);
  g_assert_null (ws_read_frame (client, NULL));
  fixture_end (&fixture);
}

/* 7.4.1, 7.4.2 */
static void
test_codes_that_nobody_may_send_are_refused (void)
{
  static const guint codes[] = { 0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000,
                                 65535 };
  Breach cases[G_N_ELEMENTS (codes) + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    cases[i] = (Breach) { "a code that is none",
                          { 0x88, 0x82, 0, 0, 0, 0, (guint8) (codes[i] >> 8), (guint8) codes[i] },
                          8 };
  cases[G_N_ELEMENTS (codes)] = (Breach) { "half a code", { 0x88, 0x81, 0, 0, 0, 0, 3 }, 7 };
  assert_refused (cases, G_N_ELEMENTS (cases));
}

/* 5.5.1: nothing is heard after it, and nothing said. */
static void
test_what_follows_a_close_is_not_heard (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;
  BwCommand command;

  fixture_begin_with_witness (&fixture, NULL);
  client = fixture_join (&fixture);
  g_free (ws_read_type (client, "welcome"));
  {
    g_autoptr (GByteArray) bytes = ws_frame (0x88, "\x03\xe8", 2);
    g_autoptr (GByteArray) stop = ws_frame (0x81, "{\"type\":\"stop\"}", 15);

    g_byte_array_append (bytes, stop->data, stop->len);
    g_assert_true (ws_send_bytes (client, bytes->data, bytes->len));
  }
  assert_closed (client, 1000);
  g_assert_false (bw_hub_pop_command (fixture.feed->hub, &command));
  fixture_end (&fixture);
}

/* 5.4, 5.5.1: between fragments, too. */
static void
test_a_close_ends_a_message_that_is_half_here (void)
{
  Fixture fixture;
  g_autoptr (WsClient) client = NULL;

  fixture_begin_with_witness (&fixture, NULL);
  client = fixture_join (&fixture);
  g_assert_true (ws_send_frame (client, 0x01, "{\"type\":", 8));
  g_assert_true (ws_send_frame (client, 0x88, "\x03\xe8", 2));
  assert_closed (client, 1000);
  fixture_end (&fixture);
}

#define ADD(name, function) g_test_add_func ("/server/rfc6455/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("bits-and-opcodes-without-a-meaning-are-refused",
       test_bits_and_opcodes_without_a_meaning_are_refused);
  ADD ("a-length-is-not-longer-than-it-need-be", test_a_length_is_not_longer_than_it_need_be);
  ADD ("what-is-not-masked-is-refused-whatever-it-is",
       test_what_is_not_masked_is_refused_whatever_it_is);
  ADD ("fragments-are-in-order", test_fragments_are_in_order);
  ADD ("control-frames-are-short-and-whole", test_control_frames_are_short_and_whole);
  ADD ("messages-of-all-lengths-are-heard", test_messages_of_all_lengths_are_heard);
  ADD ("a-ping-is-answered-with-what-it-holds", test_a_ping_is_answered_with_what_it_holds);
  ADD ("a-ping-between-fragments-is-answered-between-them",
       test_a_ping_between_fragments_is_answered_between_them);
  ADD ("a-length-beyond-all-measure-is-refused", test_a_length_beyond_all_measure_is_refused);
  ADD ("a-message-in-fragments-is-put-together", test_a_message_in_fragments_is_put_together);
  ADD ("text-that-is-not-utf8-is-closed-with-1007", test_text_that_is_not_utf8_is_closed_with_1007);
  ADD ("what-is-well-formed-and-still-wrong-has-its-code",
       test_what_is_well_formed_and_still_wrong_has_its_code);
  ADD ("a-close-is-answered-with-its-own-code", test_a_close_is_answered_with_its_own_code);
  ADD ("a-close-without-a-code-is-answered-without-one",
       test_a_close_without_a_code_is_answered_without_one);
  ADD ("codes-that-nobody-may-send-are-refused", test_codes_that_nobody_may_send_are_refused);
  ADD ("what-follows-a-close-is-not-heard", test_what_follows_a_close_is_not_heard);
  ADD ("a-close-ends-a-message-that-is-half-here", test_a_close_ends_a_message_that_is_half_here);
  return g_test_run ();
}
