/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "cli/bw-cli-private.h"
#include "config.h"
#include "session/bw-part-pattern.h"

#define MAX_TIME_S 86400.0
#define MAX_ITERATIONS 2000000000
#define MAX_REFINE 1000.0

gboolean
bw_cli_parse_files (int                 argc,
                    char              **argv,
                    const char         *command,
                    const char         *names,
                    const char         *summary,
                    const GOptionEntry *entries,
                    const GOptionEntry *more_entries,
                    GStrv              *files_out)
{
  g_autofree char *parameters = g_strdup_printf ("%s %s", command, names);
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  g_auto (GStrv) wanted = g_strsplit (names, " ", -1);
  g_auto (GStrv) rest = g_new0 (char *, argc + 1);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (more_entries != NULL)
    g_option_context_add_main_entries (context, more_entries, GETTEXT_PACKAGE);

  /* GLib takes out of a vector what it has understood and frees it. */
  for (int i = 0; i < argc; i++)
    rest[i] = g_strdup (argv[i]);
  if (!g_option_context_parse_strv (context, &rest, &error))
    {
      bw_cli_complain ("%s", error->message);
      return FALSE;
    }
  if (g_str_has_suffix (names, "…") ? g_strv_length (rest) < 2
                                    : g_strv_length (rest) != 1 + g_strv_length (wanted))
    {
      bw_cli_complain (_("“%s” takes %s; see “boardwalk %s --help”"), command, names,
                       command);
      return FALSE;
    }
  *files_out = g_strdupv (rest + 1);
  return TRUE;
}

gboolean
bw_cli_parse (int                 argc,
              char              **argv,
              const char         *command,
              const char         *summary,
              const GOptionEntry *entries,
              const GOptionEntry *more_entries,
              char              **file_out)
{
  g_auto (GStrv) files = NULL;

  if (!bw_cli_parse_files (argc, argv, command, "FILE", summary, entries, more_entries, &files))
    return FALSE;
  *file_out = g_strdup (files[0]);
  return TRUE;
}

GOptionEntry *
bw_cli_run_entries (BwCliRunArguments *arguments)
{
  const GOptionEntry entries[] = {
    { "seed", 's', 0, G_OPTION_ARG_INT64, &arguments->seed,
      N_("Seed of the run: the same seed and iterations give the same board"), "N" },
    { "time", 't', 0, G_OPTION_ARG_DOUBLE, &arguments->time_s,
      N_("Seconds that the run may take (10)"), "SECONDS" },
    { "iterations", 'i', 0, G_OPTION_ARG_INT64, &arguments->iterations,
      N_("Iterations of the run, instead of a time"), "N" },
    { "tracks", 0, 0, G_OPTION_ARG_STRING, &arguments->tracks,
      N_("Where nets of parts that move carry tracks: refuse (default), rip these tracks up, keep "
         "them as they are, or lock the parts that tracks end at"),
      "refuse|ripup|keep|lock" },
    { "only", 0, 0, G_OPTION_ARG_STRING, &arguments->only,
      N_("Move these parts alone: references divided by commas, * and ? for any characters"),
      "PARTS" },
    { "weight", 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments->weights,
      N_("What a mm is worth, in mm of wire, from decoupling capacitors and crystals to their pins "
         "and from connectors to the edge; what equal parts in line are worth; and, in mm, the "
         "grid, the gap between parts, about parts of many pins, and to the edge: decoupling=0.5,"
         "crystals=1,edges=2,alignment=0.7,modules=0,channels=0,crossings=2,supplies=0.3,grid=0.1,"
         "gap=0.25,escape=0.5,margin=0.5; or none"),
      "NAME=VALUE,…" },
    { "refine", 0, 0, G_OPTION_ARG_DOUBLE, &arguments->refine,
      N_("Improve what is there: what each mm from where a part is costs, in mm of wire"),
      "WEIGHT" },
    { "untangle", 0, 0, G_OPTION_ARG_NONE, &arguments->untangle,
      N_("Only part what overlaps, with as little movement as can be"), NULL },
    G_OPTION_ENTRY_NULL
  };

  return g_memdup2 (entries, sizeof entries);
}

gboolean
bw_cli_read_tracks (const char *word,
                    BwTracks    otherwise,
                    BwTracks   *tracks_out)
{
  *tracks_out = otherwise;
  if (word == NULL || bw_tracks_from_name (word, tracks_out))
    return TRUE;
  bw_cli_complain (_("--tracks takes refuse, ripup, keep or lock, not “%s”"), word);
  return FALSE;
}

/* How long the run may be. */
static gboolean
read_budget (const BwCliRunArguments *arguments,
             BwRunOptions            *options)
{
  gboolean timed = arguments->time_s != (double) BW_CLI_UNTOLD;
  gboolean counted = arguments->iterations != BW_CLI_UNTOLD;

  if (timed && counted)
    {
      bw_cli_complain ("%s", _("--time and --iterations do not go together"));
      return FALSE;
    }
  if (timed && (!isfinite (arguments->time_s) || arguments->time_s <= 0.0 ||
                arguments->time_s > MAX_TIME_S))
    {
      bw_cli_complain (_("--time takes seconds above 0, at most %.0f"), MAX_TIME_S);
      return FALSE;
    }
  if (counted && (arguments->iterations < 1 || arguments->iterations > MAX_ITERATIONS))
    {
      bw_cli_complain (_("--iterations takes a number from 1 to %d"), MAX_ITERATIONS);
      return FALSE;
    }
  if (timed)
    options->time_s = arguments->time_s;
  if (counted)
    options->iterations = (guint32) arguments->iterations;
  return TRUE;
}

void
bw_cli_run_arguments_clear (BwCliRunArguments *arguments)
{
  g_clear_pointer (&arguments->tracks, g_free);
  g_clear_pointer (&arguments->only, g_free);
  g_clear_pointer (&arguments->weights, g_strfreev);
}

static gboolean
read_mode (const BwCliRunArguments *arguments,
           BwRunOptions            *options)
{
  for (guint i = 0; arguments->weights != NULL && arguments->weights[i] != NULL; i++)
    if (!bw_weights_parse (&options->weights, arguments->weights[i]))
      {
        bw_cli_complain (_("--weight takes terms as decoupling=0.5,edges=0, weights up to 1000, or "
                           "none; not “%s”"), arguments->weights[i]);
        return FALSE;
      }
  if (arguments->only != NULL && arguments->only[strspn (arguments->only, " ,")] == '\0')
    {
      bw_cli_complain ("%s", _("--only takes the names of parts, such as U1,C*"));
      return FALSE;
    }
  if (arguments->refine == (double) BW_CLI_UNTOLD)
    return TRUE;
  if (!isfinite (arguments->refine) || arguments->refine <= 0.0 || arguments->refine > MAX_REFINE)
    {
      bw_cli_complain (_("--refine takes a number above 0, at most %.0f"), MAX_REFINE);
      return FALSE;
    }
  if (arguments->untangle)
    {
      bw_cli_complain ("%s", _("--refine and --untangle do not go together"));
      return FALSE;
    }
  options->stay = arguments->refine;
  return TRUE;
}

gboolean
bw_cli_run_options (const BwCliRunArguments *arguments,
                    BwRunOptions            *options_out)
{
  *options_out = bw_run_options_default ();

  if (arguments->seed < 0)
    {
      bw_cli_complain ("%s", _("--seed takes a number from 0"));
      return FALSE;
    }
  if (!read_budget (arguments, options_out))
    return FALSE;
  if (!bw_cli_read_tracks (arguments->tracks, BW_TRACKS_REFUSE, &options_out->tracks) ||
      !read_mode (arguments, options_out))
    return FALSE;

  options_out->seed = (guint64) arguments->seed;
  return TRUE;
}

void
bw_cli_complain_of_tracks (const BwBoard *board,
                           guint          n_tracks,
                           guint          n_nets)
{
  bw_cli_complain (_("%s: %u tracks and vias on %u nets would be left behind by the parts that "
                     "move; “--tracks ripup” takes them out, “keep” leaves them as they are, "
                     "“lock” leaves alone the parts that tracks end at"),
                   board->name, n_tracks, n_nets);
}

/* FALSE after having said which of the parts there is not. */
static gboolean
apply_only (BwSession     *session,
            const BwBoard *board,
            const char    *list)
{
  g_autofree char *unknown = NULL;
  g_autofree gboolean *only = bw_part_pattern_mark (board, list, &unknown);

  if (only == NULL)
    {
      bw_cli_complain (_("%s: no part is called “%s”"), board->name, unknown);
      return FALSE;
    }
  bw_session_set_only (session, only);
  return TRUE;
}

BwSession *
bw_cli_open (const char              *path,
             const BwCliRunArguments *arguments)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (BwBoard) board = bw_cli_load (path);
  g_autoptr (BwConstraints) constraints = NULL;
  g_autoptr (BwSession) session = NULL;
  g_autoptr (GError) error = NULL;

  if (board == NULL)
    return NULL;
  constraints = bw_constraints_load (board, file, NULL, &error);
  if (error != NULL)
    {
      bw_cli_complain ("%s", error->message);
      return NULL;
    }
  if (constraints != NULL)
    bw_cli_note (constraints->notes);
  session = bw_session_new (board, constraints);
  if (arguments != NULL && arguments->only != NULL &&
      !apply_only (session, board, arguments->only))
    return NULL;
  return g_steal_pointer (&session);
}

BwCommand
bw_cli_first_command (const BwCliRunArguments *arguments)
{
  return (BwCommand) { .kind = arguments->untangle ? BW_COMMAND_UNTANGLE : BW_COMMAND_START,
                       .origin = BW_ORIGIN_PROGRAM };
}

gboolean
bw_cli_may_start (BwSession *session)
{
  guint n_nets;
  guint n_tracks;

  if (bw_session_get_options (session)->tracks != BW_TRACKS_REFUSE)
    return TRUE;
  n_tracks = bw_session_count_stale_tracks (session, &n_nets);
  if (n_tracks == 0)
    return TRUE;

  bw_cli_complain_of_tracks (bw_feed_get_board (BW_FEED (session)), n_tracks, n_nets);
  return FALSE;
}
