/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-wildcard.h"

/* Steps back to the last star alone. */
static gboolean
match (const char *pattern,
       const char *name,
       gboolean    fold,
       gint64     *work_left)
{
  const char *star = NULL, *retry = NULL;

  while (*name != '\0')
    {
      if ((*work_left)-- <= 0)
        return FALSE;
      if (*pattern == '*')
        {
          star = pattern++;
          retry = name;
        }
      else if (*pattern == '?' || *pattern == *name ||
               (fold && g_ascii_tolower (*pattern) == g_ascii_tolower (*name)))
        {
          pattern++;
          name++;
        }
      else if (star != NULL)
        {
          pattern = star + 1;
          name = ++retry;
        }
      else
        return FALSE;
    }
  while (*pattern == '*')
    pattern++;
  return *pattern == '\0';
}

gboolean
bw_wildcard_match (const char *pattern,
                   const char *name,
                   gint64     *work_left)
{
  return match (pattern, name, FALSE, work_left);
}

gboolean
bw_wildcard_match_folded (const char *pattern,
                          const char *name,
                          gint64     *work_left)
{
  return match (pattern, name, TRUE, work_left);
}
