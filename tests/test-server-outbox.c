/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "server/bw-outbox.h"

static void
owe (BwOutbox   *outbox,
     const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  bw_outbox_owe (outbox, bytes);
}

static void
offer (BwOutbox *outbox,
       guint64   number,
       gboolean  last)
{
  g_autofree char *text = g_strdup_printf ("F%" G_GUINT64_FORMAT, number);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  bw_outbox_offer_frame (outbox, bytes, number, last);
}

/* All that may be sent now, a byte at a time, with a space behind each message. */
static char *
drain (BwOutbox *outbox)
{
  GString *all = g_string_new (NULL);
  const guint8 *data;
  gsize length;

  while ((data = bw_outbox_peek (outbox, &length)) != NULL)
    {
      gboolean is_end = length == 1;

      g_string_append_c (all, (char) *data);
      if (bw_outbox_sent (outbox, 1))
        g_string_append_c (all, '!');
      if (is_end)
        g_string_append_c (all, ' ');
    }
  return g_strchomp (g_string_free (all, FALSE));
}

static void
assert_sends (BwOutbox   *outbox,
              const char *expected)
{
  g_autofree char *all = drain (outbox);

  g_assert_cmpstr (all, ==, expected);
}

static void
test_messages_keep_their_order_and_go_before_a_frame (void)
{
  g_autoptr (BwOutbox) outbox = bw_outbox_new (2);

  offer (outbox, 1, FALSE);
  owe (outbox, "a");
  owe (outbox, "b");
  g_assert_cmpuint (bw_outbox_get_n_owed (outbox), ==, 2);
  assert_sends (outbox, "a b F1");
  g_assert_false (bw_outbox_owes_bytes (outbox));
}

static void
test_the_newest_frame_replaces_one_that_waits (void)
{
  g_autoptr (BwOutbox) outbox = bw_outbox_new (2);

  offer (outbox, 1, FALSE);
  offer (outbox, 2, FALSE);
  offer (outbox, 2, FALSE);
  offer (outbox, 1, FALSE);
  assert_sends (outbox, "F2");
  offer (outbox, 2, FALSE);
  assert_sends (outbox, "");
}

static void
test_a_frame_that_has_begun_is_sent_to_its_end (void)
{
  g_autoptr (BwOutbox) outbox = bw_outbox_new (2);
  gsize length;

  offer (outbox, 1, FALSE);
  g_assert_nonnull (bw_outbox_peek (outbox, &length));
  g_assert_false (bw_outbox_sent (outbox, 1));
  offer (outbox, 2, FALSE);
  owe (outbox, "a");
  bw_outbox_drop_owed (outbox);
  owe (outbox, "b");
  assert_sends (outbox, "1 b F2");
}

static void
test_a_last_frame_is_never_replaced (void)
{
  g_autoptr (BwOutbox) outbox = bw_outbox_new (2);

  offer (outbox, 1, FALSE);
  offer (outbox, 2, TRUE);
  owe (outbox, "done");
  offer (outbox, 3, FALSE);
  offer (outbox, 4, TRUE);
  assert_sends (outbox, "F2 done F4");
}

static void
test_without_any_answer_there_is_no_limit (void)
{
  g_autoptr (BwOutbox) outbox = bw_outbox_new (2);

  for (guint64 i = 0; i < 100; i++)
    {
      g_autofree char *expected = g_strdup_printf ("F%" G_GUINT64_FORMAT, i);

      offer (outbox, i, FALSE);
      assert_sends (outbox, expected);
    }
}

static void
test_after_an_answer_credit_is_needed (void)
{
  g_autoptr (BwOutbox) outbox = bw_outbox_new (2);

  offer (outbox, 0, FALSE);
  assert_sends (outbox, "F0");
  bw_outbox_acknowledge (outbox, 0, NULL);
  for (guint64 i = 1; i <= 2; i++)
    {
      offer (outbox, i, FALSE);
      g_free (drain (outbox));
    }
  offer (outbox, 3, FALSE);
  assert_sends (outbox, "");
  g_assert_false (bw_outbox_owes_bytes (outbox));

  /* Never sent, or answered before. */
  bw_outbox_acknowledge (outbox, 3, NULL);
  bw_outbox_acknowledge (outbox, 0, NULL);
  bw_outbox_acknowledge (outbox, G_MAXUINT64, NULL);
  assert_sends (outbox, "");

  bw_outbox_acknowledge (outbox, 1, NULL);
  assert_sends (outbox, "F3");

  /* A later answer is one for all before it. */
  offer (outbox, 4, FALSE);
  assert_sends (outbox, "");
  bw_outbox_acknowledge (outbox, 3, NULL);
  assert_sends (outbox, "F4");
  offer (outbox, 5, FALSE);
  assert_sends (outbox, "F5");
}

static void
test_what_must_arrive_needs_no_credit (void)
{
  g_autoptr (BwOutbox) outbox = bw_outbox_new (2);

  offer (outbox, 0, FALSE);
  assert_sends (outbox, "F0");
  bw_outbox_acknowledge (outbox, 0, NULL);
  for (guint64 i = 1; i <= 20; i++)
    {
      g_autofree char *expected = g_strdup_printf ("F%" G_GUINT64_FORMAT, i);

      offer (outbox, i, TRUE);
      assert_sends (outbox, expected);
    }
  owe (outbox, "a");
  assert_sends (outbox, "a");
}

static void
test_a_close_is_the_last_of_all (void)
{
  g_autoptr (BwOutbox) outbox = bw_outbox_new (2);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("X", 1);

  owe (outbox, "a");
  offer (outbox, 1, FALSE);
  bw_outbox_close (outbox, bytes);
  g_assert_true (bw_outbox_is_closed (outbox));
  owe (outbox, "b");
  offer (outbox, 2, FALSE);
  offer (outbox, 3, TRUE);
  bw_outbox_close (outbox, bytes);
  assert_sends (outbox, "a F1 X!");
}

#define ADD(name, function) g_test_add_func ("/server/outbox/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("messages-keep-their-order-and-go-before-a-frame",
       test_messages_keep_their_order_and_go_before_a_frame);
  ADD ("the-newest-frame-replaces-one-that-waits", test_the_newest_frame_replaces_one_that_waits);
  ADD ("a-frame-that-has-begun-is-sent-to-its-end",
       test_a_frame_that_has_begun_is_sent_to_its_end);
  ADD ("a-last-frame-is-never-replaced", test_a_last_frame_is_never_replaced);
  ADD ("without-any-answer-there-is-no-limit", test_without_any_answer_there_is_no_limit);
  ADD ("after-an-answer-credit-is-needed", test_after_an_answer_credit_is_needed);
  ADD ("what-must-arrive-needs-no-credit", test_what_must_arrive_needs_no_credit);
  ADD ("a-close-is-the-last-of-all", test_a_close_is_the_last_of_all);
  return g_test_run ();
}
