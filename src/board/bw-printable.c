/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-printable.h"

char *
bw_dup_printable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *printable = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (printable, g_unichar_iscntrl (c) ? ' ' : c);
    }
  return g_string_free (printable, FALSE);
}
