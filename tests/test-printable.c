/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-printable.h"

static void
assert_printable (const char *text,
                  const char *expected)
{
  g_autofree char *printable = bw_dup_printable (text);

  g_assert_cmpstr (printable, ==, expected);
}

static void
control_characters_become_spaces (void)
{
  assert_printable ("R1 Ω “10 µF”", "R1 Ω “10 µF”");
  assert_printable ("\x01\x1b]0;a\a\r\n\t\x1f\x7f|", "  ]0;a      |");
  assert_printable ("\xc2\x80 \xc2\x9b|\xc2\xa0", "   |\xc2\xa0");
  assert_printable ("\x9b" "31m", "\xef\xbf\xbd" "31m");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printable/control-characters-become-spaces",
                   control_characters_become_spaces);
  return g_test_run ();
}
