/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "board/bw-json.h"

static BwJson *
json_of (const char *text)
{
  guint line = 0;

  return bw_json_new (text, strlen (text), &line);
}

static void
members_are_found_by_name (void)
{
  g_autoptr (BwJson) json = json_of (" {\"a\": [1, {\"b\": 2}],"
                                     " \"b\": \"x\\u00e9\\n\\\"\", \"c\": {}} ");
  guint32 b = bw_json_find (json, 0, "b");
  guint32 a = bw_json_find (json, 0, "a");
  g_autofree char *text = bw_json_dup (json, b);

  g_assert_cmpstr (text, ==, "x\xc3\xa9\n\"");
  g_assert_cmpuint (bw_json_token (json, a)->kind, ==, BW_JSON_ARRAY);
  g_assert_cmpuint (bw_json_find (json, a, "b"), ==, 0);
  g_assert_cmpuint (bw_json_find (json, bw_json_find (json, 0, "c"), "b"), ==, 0);
  g_assert_cmpuint (bw_json_find (json, 0, "d"), ==, 0);
  g_assert_null (bw_json_dup (json, a));
}

static void
what_is_not_json_is_refused_with_its_line (void)
{
  static const struct { const char *text; guint line; } cases[] = {
    { "", 1 }, { "{", 1 }, { "{\"a\"}", 1 }, { "{\"a\":1,}", 1 }, { "[1 2]", 1 }, { "\n\n\"x", 3 },
    { "{\n\"a\":\n}", 3 }, { "[] x", 1 }, { "{\"a\":\"\\", 1 }, { "]", 1 }, { "{1:2}", 1 },
    { "\xef\xbb\xbf", 1 }, { "\xef\xbb", 1 }, { "{}\xef\xbb\xbf", 1 },
    { "\xef\xbb\xbf\xef\xbb\xbf{}", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint line = 0;

      if (bw_json_new (cases[i].text, strlen (cases[i].text), &line) != NULL ||
          line != cases[i].line)
        g_error ("%s: %u", cases[i].text, line);
    }
}

static void
a_mark_of_the_byte_order_is_skipped (void)
{
  g_autoptr (BwJson) json = json_of ("\xef\xbb\xbf{\"a\": \"b\"}");
  g_autofree char *text = NULL;

  g_assert_nonnull (json);
  text = bw_json_dup (json, bw_json_find (json, 0, "a"));
  g_assert_cmpstr (text, ==, "b");
}

static void
nesting_has_a_bound (void)
{
  g_autofree char *bomb = g_strnfill (1000000, '[');
  g_autofree char *deep = g_strnfill (2 * BW_JSON_MAX_DEPTH, '[');
  g_autoptr (BwJson) json = NULL;

  memset (deep + BW_JSON_MAX_DEPTH, ']', BW_JSON_MAX_DEPTH);
  json = json_of (deep);
  g_assert_nonnull (json);
  g_assert_null (json_of (bomb));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/members-are-found-by-name", members_are_found_by_name);
  g_test_add_func ("/json/what-is-not-json-is-refused-with-its-line",
                   what_is_not_json_is_refused_with_its_line);
  g_test_add_func ("/json/a-mark-of-the-byte-order-is-skipped",
                   a_mark_of_the_byte_order_is_skipped);
  g_test_add_func ("/json/nesting-has-a-bound", nesting_has_a_bound);
  return g_test_run ();
}
