/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <stdio.h>

#include "cli/bw-cli-private.h"
#include "cli/bw-cli-progress.h"
#include "config.h"
#include "server/bw-server-clients.h"

#define STATS_INTERVAL_S 2

typedef struct
{
  BwCliRunArguments run;
  char *host;
  char *public_url;
  int port;
  double fps;
  gboolean open_local;
  gboolean once;
  gboolean stats;
} BwCliServeArguments;

static gboolean
server_options (const BwCliServeArguments *arguments,
                BwServerOptions           *options_out)
{
  *options_out = bw_server_options_default ();

  if (arguments->port < 0 || arguments->port > G_MAXUINT16)
    {
      bw_cli_complain ("%s", _("--port takes a number from 0 (any free one) to 65535"));
      return FALSE;
    }
  if (!(arguments->fps >= 1.0 && arguments->fps <= 60.0))
    {
      bw_cli_complain ("%s", _("--fps takes a number from 1 to 60"));
      return FALSE;
    }
  options_out->host = arguments->host;
  options_out->port = (guint16) arguments->port;
  options_out->fps = arguments->fps;
  options_out->open_local = arguments->open_local;
  options_out->public_url = arguments->public_url;
  return TRUE;
}

static void
print_urls (BwServer   *server,
            const char *id)
{
  g_autofree char *watch = bw_server_dup_page_url (server, id, BW_ROLE_VIEWER);
  g_autofree char *control = bw_server_dup_page_url (server, id, BW_ROLE_CONTROLLER);
  g_autofree char *stream = bw_server_dup_stream_url (server, id);

  /* Scripts read these lines: they are not translated. */
  g_print ("Watch:   %s\n", watch);
  g_print ("Control: %s\n", control);
  g_print ("Stream:  %s (Authorization: Bearer %s)\n", stream,
           bw_server_get_token (server, id, BW_ROLE_CONTROLLER));
  fflush (stdout);
}

/* Scripts read this line: it is not translated. */
static gboolean
on_stats_due (gpointer user_data)
{
  const BwCounters *counters;
  guint64 n_frames = 0;
  guint64 n_bytes = 0;
  guint64 n_denials = 0;
  BwServerStats stats;

  bw_server_get_stats (user_data, &stats);
  counters = &stats.counters;
  for (guint i = 0; i < BW_N_DIALECTS; i++)
    {
      n_frames += counters->frames_sent[i];
      n_bytes += counters->bytes_sent[i];
    }
  for (guint i = 0; i < BW_N_DENIALS; i++)
    n_denials += counters->denials[i];
  g_print ("Stats:   clients=%u frames=%" G_GUINT64_FORMAT " bytes=%" G_GUINT64_FORMAT
           " rate=%.1f stalls=%" G_GUINT64_FORMAT " denials=%" G_GUINT64_FORMAT " uptime=%.0f\n",
           stats.clients[BW_DIALECT_JSON] + stats.clients[BW_DIALECT_BINARY], n_frames, n_bytes,
           stats.rate_hz, counters->credit_stalls, n_denials, stats.uptime_s);
  fflush (stdout);
  return G_SOURCE_CONTINUE;
}

/* What is open to more than this computer is said. */
static void
warn_of_host (BwServer   *server,
              const char *host)
{
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  if (host == NULL || g_ascii_strcasecmp (host, "localhost") == 0 ||
      (address != NULL && g_inet_address_get_is_loopback (address)))
    return;
  if (address != NULL && g_inet_address_get_is_any (address))
    bw_cli_complain (_("port %u is open to every network of this computer; the links are the keys, "
                       "and nothing is encrypted"),
                     bw_server_get_port (server));
  else
    bw_cli_complain (_("port %u is open to all who can reach %s; the links are the keys, and "
                       "nothing is encrypted"),
                     bw_server_get_port (server), host);
}

static int
serve (BwSession                 *session,
       const BwCliServeArguments *arguments,
       const BwServerOptions     *server_options,
       const BwRunOptions        *run_options)
{
  g_autoptr (BwServer) server = bw_server_new (server_options);
  g_autoptr (BwCliProgress) progress = NULL;
  g_autoptr (GError) error = NULL;
  BwCommand first;
  guint stats_source = 0;
  BwFrame *frame;

  bw_session_set_options (session, run_options);
  if (!bw_cli_may_start (session))
    return BW_EXIT_FAILED;
  if (!bw_server_start (server, &error))
    {
      bw_cli_complain ("%s", error->message);
      return BW_EXIT_FAILED;
    }
  warn_of_host (server, server_options->host);
  print_urls (server, bw_server_add_feed (server, BW_FEED (session),
                                          bw_feed_get_board (BW_FEED (session))->name));

  if (arguments->stats)
    stats_source = g_timeout_add_seconds (STATS_INTERVAL_S, on_stats_due, server);
  progress = bw_cli_progress_new (session, FALSE);
  first = bw_cli_first_command (&arguments->run);
  bw_session_submit (session, &first);
  bw_cli_progress_wait (progress, arguments->once);
  g_clear_handle_id (&stats_source, g_source_remove);
  bw_server_stop (server);

  frame = bw_session_get_frame (session);
  return !arguments->once || bw_frame_is_legal (frame) ? BW_EXIT_DONE : BW_EXIT_NOT_LEGAL;
}

int
bw_cli_serve (int    argc,
              char **argv)
{
  BwCliServeArguments arguments = {
    .run = BW_CLI_RUN_ARGUMENTS_INIT,
    .port = BW_SERVER_DEFAULT_PORT,
    .fps = BW_SERVER_DEFAULT_FPS,
  };
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &arguments.port,
      N_("Port to listen on (8765); 0: any free one"), "N" },
    { "host", 0, 0, G_OPTION_ARG_STRING, &arguments.host,
      N_("Address to listen on (this computer only)"), "ADDRESS" },
    { "fps", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.fps,
      N_("Frames a second for each viewer, 1 to 60 (10)"), "N" },
    { "once", 0, 0, G_OPTION_ARG_NONE, &arguments.once,
      N_("End with the run instead of serving until interrupted"), NULL },
    { "open-local", 0, 0, G_OPTION_ARG_NONE, &arguments.open_local,
      N_("Let plain JSON clients on this computer in without a token"), NULL },
    { "stats", 0, 0, G_OPTION_ARG_NONE, &arguments.stats,
      N_("Say every two seconds how many watch and what they are sent"), NULL },
    { "public-url", 0, 0, G_OPTION_ARG_STRING, &arguments.public_url,
      N_("How people reach it from outside, where a proxy stands before it"), "URL" },
    G_OPTION_ENTRY_NULL
  };
  g_autofree GOptionEntry *run_entries = bw_cli_run_entries (&arguments.run);
  g_autofree char *path = NULL;
  g_autofree char *host = NULL;
  g_autofree char *public_url = NULL;
  g_auto (BwCliRunArguments) run = BW_CLI_RUN_ARGUMENTS_INIT;
  g_autoptr (BwSession) session = NULL;
  BwServerOptions for_server;
  BwRunOptions for_run;
  gboolean parsed = bw_cli_parse (argc, argv, "serve",
                                  _("Places a board's parts while browsers watch."), entries,
                                  run_entries, &path);

  host = arguments.host;
  public_url = arguments.public_url;
  run = arguments.run;
  if (!parsed || !server_options (&arguments, &for_server) ||
      !bw_cli_run_options (&arguments.run, &for_run))
    return BW_EXIT_USAGE;
  session = bw_cli_open (path, &run);
  if (session == NULL)
    return BW_EXIT_FAILED;
  return serve (session, &arguments, &for_server, &for_run);
}
