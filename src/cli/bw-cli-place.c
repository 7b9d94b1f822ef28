/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "cli/bw-cli-json.h"
#include "cli/bw-cli-private.h"
#include "cli/bw-cli-progress.h"
#include "config.h"
#include "session/bw-board-rules.h"

typedef struct
{
  BwCliRunArguments run;
  char *out;
  gboolean json;
} BwCliPlaceArguments;

/* The rules that are not kept. */
static void
add_violations (JsonBuilder   *builder,
                BwSession     *session,
                const BwFrame *frame)
{
  const BwConstraints *constraints = bw_session_get_constraints (session);
  const BwBoard *board = bw_feed_get_board (BW_FEED (session));
  g_autoptr (GArray) broken = bw_constraints_check (constraints, board, frame->poses);

  json_builder_set_member_name (builder, "violations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < broken->len; i++)
    {
      const BwViolation *violation = &g_array_index (broken, BwViolation, i);
      const BwConstraint *rule = &constraints->rules[violation->rule];

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "line");
      json_builder_add_int_value (builder, rule->line);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, rule->name);
      json_builder_set_member_name (builder, "part");
      json_builder_add_string_value (builder, board->footprints[violation->footprint].key);
      json_builder_set_member_name (builder, "message");
      json_builder_add_string_value (builder, violation->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_texts (JsonBuilder     *builder,
           const char      *name,
           const GPtrArray *texts)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < texts->len; i++)
    json_builder_add_string_value (builder, texts->pdata[i]);
  json_builder_end_array (builder);
}

static void
print_json (const BwRunOptions   *options,
            BwSession            *session,
            const BwCopperCounts *counts,
            const BwFrame        *before,
            const GPtrArray      *warnings,
            double                seconds)
{
  const BwFrame *frame = bw_session_get_frame (session);
  g_autoptr (GPtrArray) facts = bw_board_rules_check (bw_feed_get_board (BW_FEED (session)),
                                                      frame->poses, frame->held);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *hash = g_strdup_printf ("%016" G_GINT64_MODIFIER "x",
                                           bw_poses_hash (frame->poses, frame->n_footprints));

#define ADD(type, name, value) \
  (json_builder_set_member_name (builder, name), json_builder_add_##type##_value (builder, value))

  json_builder_begin_object (builder);
  bw_cli_json_add_measure (builder, "hpwl_mm", frame->hpwl_mm);
  bw_cli_json_add_measure (builder, "hpwl_before_mm", before->hpwl_mm);
  bw_cli_json_add_layout (builder, bw_feed_get_board (BW_FEED (session)), frame);
  ADD (int, "crossings_before", before->routability.crossings);
  ADD (int, "overlaps", frame->overlaps);
  ADD (int, "outside", frame->outside);
  ADD (int, "locked_conflicts", frame->locked_conflicts);
  /* The budget: with it and the seed, `--iterations` gives the same hash again. */
  ADD (int, "iterations", frame->budget);
  bw_cli_json_add_measure (builder, "seconds", seconds);
  ADD (int, "seed", (gint64) options->seed);
  ADD (string, "hash", hash);
  ADD (int, "tracks_removed", counts->n_tracks);
  ADD (int, "zones_emptied", counts->n_fills);
  add_violations (builder, session, frame);
  add_texts (builder, "rules_not_kept", facts);
  add_texts (builder, "warnings", warnings);
  json_builder_end_object (builder);
#undef ADD
  bw_cli_json_print (builder);
}

/* (transfer full) */
static char *
describe_legality (const BwFrame *frame,
                   const BwBoard *board)
{
  guint n_clashing;
  g_autofree char *names = bw_frame_dup_clashing (frame, board, &n_clashing);

  if (!bw_frame_is_legal (frame))
    return g_strdup (_("not legal"));
  if (n_clashing == 0)
    return g_strdup (_("legal"));
  /* Translators: parts that are held overlap one another; then come their names. */
  return g_strdup_printf (ngettext ("legal, but %u held part is in conflict: %s",
                                    "legal, but %u held parts are in conflict: %s", n_clashing),
                          n_clashing, names);
}

static void
print_text (const BwFrame        *frame,
            const BwBoard        *board,
            const BwCopperCounts *counts,
            const BwFrame        *before,
            double                seconds,
            const char           *out)
{
  g_autofree char *legality = describe_legality (frame, board);

  g_print (_("Wire length %.1f mm, before %.1f mm (%+.1f %%) after %.1f s; %s\n"),
           frame->hpwl_mm, before->hpwl_mm,
           before->hpwl_mm > 0.0 ? 100.0 * (frame->hpwl_mm / before->hpwl_mm - 1.0) : 0.0, seconds,
           legality);
  if (!bw_frame_is_legal (frame))
    g_print (_("%u overlaps, %u parts outside\n"), frame->overlaps, frame->outside);
  g_print (_("%u crossings of the nets' shortest trees, before %u; %u pins without a way out\n"),
           frame->routability.crossings, before->routability.crossings,
           frame->routability.unroutable_pins);
  if (counts->n_tracks > 0)
    g_print (ngettext ("%u track or via was taken out\n", "%u tracks and vias were taken out\n",
                       counts->n_tracks), counts->n_tracks);
  if (counts->n_fills > 0)
    g_print (ngettext ("%u zone lost its stale fill: press B in KiCad to fill it\n",
                       "%u zones lost their stale fills: press B in KiCad to fill them\n",
                       counts->n_fills), counts->n_fills);
  g_print (_("Saved as %s\n"), out);
}

static int
place (BwSession                 *session,
       const char                *path,
       const BwCliPlaceArguments *arguments,
       const BwRunOptions        *options)
{
  BwBoard *board = bw_feed_get_board (BW_FEED (session));
  BwCommand first = bw_cli_first_command (&arguments->run);
  g_autoptr (BwCliProgress) progress = NULL;
  g_autoptr (BwFrame) before = bw_frame_ref (bw_session_get_frame (session));
  gint64 begin_us = g_get_monotonic_time ();
  BwCopperCounts counts;
  BwFrame *frame;
  double seconds;

  bw_session_set_options (session, options);
  if (!bw_cli_may_start (session) || !bw_cli_may_save (arguments->out))
    return BW_EXIT_FAILED;

  progress = bw_cli_progress_new (session, arguments->json);
  bw_session_submit (session, &first);
  if (!bw_cli_progress_wait (progress, TRUE))
    {
      bw_cli_complain (_("interrupted; %s was not written"), arguments->out);
      return BW_EXIT_FAILED;
    }
  seconds = (double) (g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC;
  frame = bw_session_get_frame (session);

  if (!bw_cli_save (board, frame->poses, options->tracks, path, arguments->out, &counts))
    return BW_EXIT_FAILED;
  if (arguments->json)
    print_json (options, session, &counts, before, bw_cli_progress_get_warnings (progress),
                seconds);
  else
    print_text (frame, board, &counts, before, seconds, arguments->out);
  return bw_frame_is_legal (frame) ? BW_EXIT_DONE : BW_EXIT_NOT_LEGAL;
}

int
bw_cli_place (int    argc,
              char **argv)
{
  BwCliPlaceArguments arguments = { .run = BW_CLI_RUN_ARGUMENTS_INIT };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &arguments.out,
      N_("Where to save the placed board"), "OUT" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &arguments.json,
      N_("Print the result as one JSON object"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autofree GOptionEntry *run_entries = bw_cli_run_entries (&arguments.run);
  g_autofree char *path = NULL;
  g_autofree char *out = NULL;
  g_auto (BwCliRunArguments) run = BW_CLI_RUN_ARGUMENTS_INIT;
  g_autoptr (BwSession) session = NULL;
  BwRunOptions options;
  gboolean parsed = bw_cli_parse (argc, argv, "place",
                                  _("Places a board's parts and saves the result."), entries,
                                  run_entries, &path);

  out = arguments.out;
  run = arguments.run;
  if (!parsed || !bw_cli_run_options (&arguments.run, &options))
    return BW_EXIT_USAGE;
  if (out == NULL)
    {
      bw_cli_complain ("%s", _("“place” needs -o OUT: where to save the placed board"));
      return BW_EXIT_USAGE;
    }
  session = bw_cli_open (path, &run);
  if (session == NULL)
    return BW_EXIT_FAILED;
  return place (session, path, &arguments, &options);
}
