/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-part-pattern.h"

gboolean
bw_part_pattern_fits (const char *pattern,
                      const char *text,
                      guint64    *work)
{
  const char *star = NULL, *retry = NULL;

  /* On a mismatch it steps back to the last star alone. */
  for (; *text != '\0'; ++*work)
    if (*pattern == '*')
      {
        star = pattern++;
        retry = text;
      }
    else if (*pattern == '?' || *pattern == *text)
      {
        pattern++;
        text++;
      }
    else if (star != NULL)
      {
        pattern = star + 1;
        text = ++retry;
      }
    else
      return FALSE;
  while (*pattern == '*')
    pattern++;
  return *pattern == '\0';
}

gboolean *
bw_part_pattern_mark (const BwBoard *board,
                      const char    *list,
                      char         **unknown_out)
{
  g_auto (GStrv) patterns = g_strsplit (list, ",", -1);
  g_autofree gboolean *marked = g_new0 (gboolean, board->n_footprints + 1);
  guint64 work = 0;

  for (guint i = 0; patterns[i] != NULL; i++)
    {
      const char *pattern = g_strstrip (patterns[i]);
      gboolean any = FALSE;

      for (guint k = 0; k < board->n_footprints; k++)
        if (bw_part_pattern_fits (pattern, board->footprints[k].key, &work))
          any = marked[k] = TRUE;
      if (!any)
        {
          *unknown_out = g_strdup (pattern);
          return NULL;
        }
    }
  return g_steal_pointer (&marked);
}
