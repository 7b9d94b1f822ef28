/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-settings-edit.h"

#include <string.h>

#include "board/bw-board.h"

#define NAME "t.boardwalk.json"

/* What becomes of the settings, or the error's message. */
static char *
edited (const char *settings,
        guint       nth,
        const char *before,
        const char *after)
{
  g_autoptr (GBytes) old = settings ? g_bytes_new_static (settings, strlen (settings)) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = bw_settings_edit_array (old, NAME, "rules", nth, before, after,
                                                     &error);

  if (!bytes)
    {
      g_assert_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT);
      return g_strdup (error->message);
    }
  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

typedef struct
{
  const char *settings;
  guint nth;
  const char *before;
  const char *after;
  const char *expected;
} Case;

static void
check (const Case *cases,
       guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = edited (cases[i].settings, cases[i].nth, cases[i].before,
                                      cases[i].after);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
a_value_is_put_into_an_array (void)
{
  static const Case cases[] = {
    { NULL, 0, NULL, "{}", "{\n  \"rules\": [\n    {}\n  ],\n  \"version\": 1\n}\n" },
    { "{}", 7, NULL, "{}", "{\n  \"rules\": [\n    {}\n  ]\n}" },
    { "{\"rules\": [ ]}", 0, NULL, "{}", "{\"rules\": [\n    {}\n  ]}" },
    { "{\"rules\": [1, 2 ]}", 1, NULL, "{}", "{\"rules\": [1, {},\n    2 ]}" },
    { "{\"rules\": [\"a\", \"b\" ]}", 9, NULL, "{}",
      "{\"rules\": [\"a\", \"b\",\n    {} ]}" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
a_value_is_changed_or_taken_out_and_all_else_stays (void)
{
  static const Case cases[] = {
    { "{\"a\":1, \"rules\": [1,\n 2, 3], \"b\": [1]}", 1, "2", "{}",
      "{\"a\":1, \"rules\": [1,\n {}, 3], \"b\": [1]}" },
    { "{\"rules\": [1,\n 2, 3]}", 0, "1", NULL, "{\"rules\": [2, 3]}" },
    { "{\"rules\": [1, 2, \"3\" ]}", 2, "\"3\"", NULL, "{\"rules\": [1, 2 ]}" },
    { "{\"rules\": [ {\"x\": 1} ]}", 0, "{\"x\": 1}", NULL, "{\"rules\": []}" },
    { "{\"rules\": [1]}", 0, "1", "2", "{\"rules\": [2]}" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
a_value_that_went_elsewhere_is_found_and_one_that_is_gone_is_told (void)
{
  static const Case cases[] = {
    { "{\"rules\": [0, 1, 2]}", 0, "2", "9", "{\"rules\": [0, 1, 9]}" },
    { "{\"rules\": [7, 1, 7]}", 2, "7", "9", "{\"rules\": [7, 1, 9]}" },
    { "{\"rules\": [0, 1]}", 5, "1", NULL, "{\"rules\": [0]}" },
    { "{\"rules\": [0]}", 0, "1", NULL,
      NAME ":1: what was to be changed in “rules” is not there any more" },
    { "{}", 0, "1", NULL, NAME ":1: what was to be changed in “rules” is not there any more" },
    { "{\"rules\": {}}", 0, NULL, "1", NAME ":1: “rules” is not an array" },
    { "{\n\"rules\": [}", 0, NULL, "1", NAME ":2: not a JSON object" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings-edit/a value is put into an array", a_value_is_put_into_an_array);
  g_test_add_func ("/settings-edit/a value is changed or taken out and all else stays",
                   a_value_is_changed_or_taken_out_and_all_else_stays);
  g_test_add_func ("/settings-edit/a value that went elsewhere is found and one that is gone is "
                   "told", a_value_that_went_elsewhere_is_found_and_one_that_is_gone_is_told);
  return g_test_run ();
}
