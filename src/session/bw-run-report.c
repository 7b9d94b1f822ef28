/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-run-report.h"

#include <math.h>

#include "base/bw-polygon.h"
#include "session/bw-board-rules.h"
#include "session/bw-placed-body.h"

#define MAX_BROKEN_SAID 20
#define MAX_OF_A_RULE_SAID 3
#define MAX_MISFITS_SAID 20
#define NM2_PER_MM2 1e12

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

/* One rule may be about a hundred parts: that must not hide the next one. Returns how many are not
 * said. */
static guint
tell_violations (const Listener      *listener,
                 const BwConstraints *constraints,
                 const GArray        *broken)
{
  guint n_said = 0, end;

  for (guint first = 0; first < broken->len; first = end)
    {
      const BwViolation *violations = &g_array_index (broken, BwViolation, first);
      guint rule = violations[0].rule, n = 1;

      while (first + n < broken->len && violations[n].rule == rule)
        n++;
      end = first + n;
      if (n_said >= MAX_BROKEN_SAID)
        return broken->len - first;
      for (guint i = 0; i < MIN (n, MAX_OF_A_RULE_SAID); i++, n_said++)
        tell (listener, "%s", violations[i].message);
      if (n > MAX_OF_A_RULE_SAID)
        tell (listener, "%s:%u: %u more that do not keep this", constraints->name,
              constraints->rules[rule].line, n - MAX_OF_A_RULE_SAID);
    }
  return 0;
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
  guint more = tell_violations (listener, constraints, broken) + facts->len -
               MIN (facts->len, MAX_BROKEN_SAID);

  for (guint i = 0; i < MIN (facts->len, MAX_BROKEN_SAID); i++)
    tell (listener, "%s", (const char *) facts->pdata[i]);
  if (more > 0)
    tell (listener, "%u more rules are not kept", more);
}

/* The part's region, or NULL. */
static const BwBox *
region_of (const BwConstraints *constraints,
           guint32              part)
{
  const BwBox *region = NULL;

  for (guint i = 0; constraints != NULL && i < constraints->n_rules; i++)
    for (guint k = 0; k < constraints->rules[i].n_parts; k++)
      if (constraints->rules[i].parts[k] == part &&
          !bw_box_is_empty (&constraints->rules[i].region))
        region = &constraints->rules[i].region;
  return region;
}

static void
tell_misfit (const Listener      *listener,
             BwBoard             *board,
             const BwConstraints *constraints,
             const BwMisfit      *misfit)
{
  const char *reference = board->footprints[misfit->part].reference;
  const BwBox *region = region_of (constraints, misfit->part);
  BwBox room = bw_placed_body_room (board);

  if (region != NULL && board->n_outlines > 0 && !bw_box_overlaps (region, &room))
    tell (listener, "%s has no place: its region is not on the board", reference);
  else if (misfit->missing_alone_mm > 0.0)
    tell (listener, "%s does not fit: %s is %.2f mm too small for it", reference,
          region != NULL ? "its region" : "the board", misfit->missing_alone_mm);
  else
    tell (listener, "%s found no room%s: the widest gap is %.2f mm too narrow", reference,
          region != NULL ? " in its region" : "", misfit->missing_mm);
}

static void
tell_misfits (const Listener      *listener,
              BwBoard             *board,
              const BwConstraints *constraints,
              BwPlacer            *placer)
{
  BwMisfit misfits[MAX_MISFITS_SAID + 1];
  guint n = bw_placer_misfits (placer, misfits, MAX_MISFITS_SAID + 1);

  for (guint i = 0; i < MIN (n, MAX_MISFITS_SAID); i++)
    tell_misfit (listener, board, constraints, &misfits[i]);
  if (n > MAX_MISFITS_SAID)
    tell (listener, "More parts found no room");
}

static double
area_mm2 (const BwRing *ring)
{
  return fabs (bw_ring_area_twice_nm2 (ring)) / 2.0 / NM2_PER_MM2;
}

/* Where even without any gap there is too little room. What is held may lie beside the board. */
static void
tell_area (const Listener *listener,
           const BwBoard  *board,
           const BwFrame  *frame)
{
  static const char *const names[BW_N_SIDES] = { "front", "back" };
  double room_mm2 = 0.0;

  for (guint i = 0; i < board->n_outlines; i++)
    room_mm2 += (board->outlines[i].hole ? -1.0 : 1.0) * area_mm2 (&board->outlines[i].ring);
  for (guint side = 0; side < BW_N_SIDES && board->n_outlines > 0; side++)
    {
      double taken_mm2 = 0.0;

      for (guint i = 0; i < board->n_footprints; i++)
        {
          const BwFootprint *footprint = &board->footprints[i];
          gboolean is_held = frame->held != NULL && frame->held[i];
          guint own = frame->poses[i].side == BW_SIDE_FRONT ? side : BW_N_SIDES - 1 - side;

          for (guint k = 0; k < footprint->n_body[own] && !is_held; k++)
            taken_mm2 += area_mm2 (&footprint->body[own][k]);
        }
      if (taken_mm2 > room_mm2)
        tell (listener, "The parts on the %s take %.0f mm², %.0f mm² more than the board has",
              names[side], taken_mm2, taken_mm2 - room_mm2);
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
  g_autofree char *names = NULL;
  guint n_clashing;

  if (frame->overlaps > 0 || frame->outside > 0)
    {
      tell (&listener, "Not legal: %u overlap%s, %u part%s outside",
            frame->overlaps, frame->overlaps == 1 ? "" : "s", frame->outside,
            frame->outside == 1 ? "" : "s");
      tell_area (&listener, board, frame);
      tell_misfits (&listener, board, constraints, placer);
    }
  names = bw_frame_dup_clashing (frame, board, &n_clashing);
  if (n_clashing > 0)
    tell (&listener, "%u held parts are in conflict: %s", n_clashing, names);
  tell_broken_rules (&listener, board, constraints, frame);
}
