/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-run-report.h"

#include "session/bw-board-rules.h"

#define MAX_BROKEN_SAID 20
#define MAX_MISFITS_SAID 5

typedef struct
{
  BwRunReportLine line;
  gpointer user_data;
} Listener;

static void G_GNUC_PRINTF (2, 3)
tell (const Listener *listener,
      const char     *format,
      ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  listener->line (message, listener->user_data);
}

/* By name, up to a number that can be read. */
static void
tell_broken_rules (const Listener *listener,
                   BwBoard        *board,
                   BwConstraints  *constraints,
                   const BwFrame  *frame)
{
  g_autoptr (GArray) broken = bw_constraints_check (constraints, board, frame->poses);
  g_autoptr (GPtrArray) facts = bw_board_rules_check (board, frame->poses, frame->held);
  guint more = broken->len - MIN (broken->len, MAX_BROKEN_SAID) +
               facts->len - MIN (facts->len, MAX_BROKEN_SAID);

  for (guint i = 0; i < MIN (broken->len, MAX_BROKEN_SAID); i++)
    tell (listener, "%s", g_array_index (broken, BwViolation, i).message);
  for (guint i = 0; i < MIN (facts->len, MAX_BROKEN_SAID); i++)
    tell (listener, "%s", (const char *) facts->pdata[i]);
  if (more > 0)
    tell (listener, "%u more rules are not kept", more);
}

static void
tell_misfits (const Listener *listener,
              BwBoard        *board,
              BwPlacer       *placer)
{
  BwMisfit misfits[MAX_MISFITS_SAID];
  guint n = bw_placer_misfits (placer, misfits, MAX_MISFITS_SAID);

  for (guint i = 0; i < n; i++)
    {
      const char *reference = board->footprints[misfits[i].part].reference;

      if (misfits[i].missing_alone_mm > 0.0)
        tell (listener, "%s does not fit: the board is %.2f mm too small for it",
              reference, misfits[i].missing_alone_mm);
      else
        tell (listener, "%s found no room: the widest gap is %.2f mm too narrow",
              reference, misfits[i].missing_mm);
    }
}

void
bw_run_report (BwBoard         *board,
               BwConstraints   *constraints,
               BwPlacer        *placer,
               const BwFrame   *frame,
               BwRunReportLine  line,
               gpointer         user_data)
{
  const Listener listener = { line, user_data };

  if (frame->overlaps > 0 || frame->outside > 0)
    {
      tell (&listener, "Not legal: %u overlap%s, %u part%s outside",
            frame->overlaps, frame->overlaps == 1 ? "" : "s", frame->outside,
            frame->outside == 1 ? "" : "s");
      tell_misfits (&listener, board, placer);
    }
  if (frame->locked_conflicts > 0)
    tell (&listener, "%u pair%s of parts that are held overlap%s each other",
          frame->locked_conflicts, frame->locked_conflicts == 1 ? "" : "s",
          frame->locked_conflicts == 1 ? "s" : "");
  tell_broken_rules (&listener, board, constraints, frame);
}
