/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/resource.h>

#include "cli/bw-cli-private.h"
#include "cli/bw-cli-progress.h"
#include "config.h"
#include "server/bw-certificate.h"
#include "server/bw-own-addresses.h"
#include "server/bw-server-clients.h"

#define STATS_INTERVAL_S 2
#define MAX_VIEWERS 100000

typedef struct
{
  BwCliRunArguments run;
  char *host;
  char *public_url;
  char *certificate;
  char *download;
  char *key;
  char **proxies;
  int port;
  int max_viewers;
  double fps;
  gboolean open_local;
  gboolean once;
  gboolean stats;
  gboolean tls;
} BwCliServeArguments;

static void
arguments_clear (BwCliServeArguments *arguments)
{
  g_free (arguments->host);
  g_free (arguments->public_url);
  g_free (arguments->certificate);
  g_free (arguments->download);
  g_free (arguments->key);
  g_strfreev (arguments->proxies);
  bw_cli_run_arguments_clear (&arguments->run);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BwCliServeArguments, arguments_clear)

/* What is shared, and how it goes. */
typedef struct
{
  BwSession *session;
  BwCliProgress *progress;
  const char *name;
} BwCliBoard;

static void
board_free (gpointer data)
{
  BwCliBoard *board = data;

  g_clear_pointer (&board->progress, bw_cli_progress_free);
  g_object_unref (board->session);
  g_free (board);
}

static gboolean
check_proxies (const BwCliServeArguments *arguments)
{
  for (gsize i = 0; arguments->proxies != NULL && arguments->proxies[i] != NULL; i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (arguments->proxies[i]);

      if (address == NULL)
        {
          bw_cli_complain (_("--trusted-proxy takes an address, not “%s”"),
                           arguments->proxies[i]);
          return FALSE;
        }
    }
  return TRUE;
}

/* NULL where there is to be none, or with an error. (transfer full) */
static GTlsCertificate *
open_certificate (const BwCliServeArguments *arguments,
                  GError                   **error)
{
  g_autofree char *own_path = NULL;

  if (arguments->certificate != NULL)
    return bw_certificate_load (arguments->certificate, arguments->key, error);
  if (!arguments->tls)
    return NULL;

  own_path = bw_certificate_dup_own_path ();
  return bw_certificate_get_self_signed (own_path, error);
}

/* FALSE after having said what is wrong with it. */
static gboolean
read_download (const char *role,
               BwDownload *out)
{
  if (role == NULL)
    return TRUE;

  for (BwRole i = BW_ROLE_VIEWER; i < BW_N_ROLES; i++)
    {
      if (g_str_equal (role, bw_role_name (i)))
        {
          out->allowed = TRUE;
          out->least_role = i;
          return TRUE;
        }
    }
  bw_cli_complain (_("--allow-download takes viewer, controller or owner, not “%s”"), role);
  return FALSE;
}

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
  if (arguments->max_viewers < 1 || arguments->max_viewers > MAX_VIEWERS)
    {
      bw_cli_complain (_("--max-viewers takes a number from 1 to %d"), MAX_VIEWERS);
      return FALSE;
    }
  options_out->max_viewers = (guint) arguments->max_viewers;
  options_out->host = arguments->host;
  options_out->port = (guint16) arguments->port;
  options_out->fps = arguments->fps;
  options_out->open_local = arguments->open_local;
  options_out->public_url = arguments->public_url;
  options_out->trusted_proxies = (const char *const *) arguments->proxies;
  return read_download (arguments->download, &options_out->download) && check_proxies (arguments);
}

/* Scripts read these lines: they are not translated. `id` NULL: all boards. */
static void
print_links (BwServer   *server,
             const char *id)
{
  g_autofree char *watch = bw_server_dup_page_url (server, id, BW_ROLE_VIEWER);
  g_autofree char *control = bw_server_dup_page_url (server, id, BW_ROLE_CONTROLLER);
  g_autofree char *owner = bw_server_dup_page_url (server, id, BW_ROLE_OWNER);

  g_print ("Watch:   %s\n", watch);
  g_print ("Control: %s\n", control);
  if (id != NULL)
    {
      g_autofree char *stream = bw_server_dup_stream_url (server, id);

      g_print ("Stream:  %s (Authorization: Bearer %s)\n", stream,
               bw_server_get_token (server, id, BW_ROLE_CONTROLLER));
    }
  g_print ("Owner:   %s\n", owner);
}

/* Shares the boards and says where. */
static void
share (BwServer              *server,
       GPtrArray             *boards,
       const BwServerOptions *options)
{
  for (guint i = 0; i < boards->len; i++)
    {
      const BwCliBoard *board = g_ptr_array_index (boards, i);
      const char *id = bw_server_add_feed (server, BW_FEED (board->session), board->name);

      if (boards->len > 1)
        g_print ("Board:   %s\n", board->name);
      print_links (server, id);
    }
  if (boards->len > 1)
    {
      g_print ("All boards:\n");
      print_links (server, NULL);
    }
  if (options->certificate != NULL)
    {
      g_autofree char *fingerprint = bw_certificate_dup_fingerprint (options->certificate);

      g_print ("SHA-256: %s\n", fingerprint);
    }
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
warn_of_host (BwServer              *server,
              const BwServerOptions *options)
{
  const char *host = options->host;
  g_autoptr (GInetAddress) address = NULL;

  if (bw_own_addresses_is_loopback (host))
    return;
  address = g_inet_address_new_from_string (host);
  if (address != NULL && g_inet_address_get_is_any (address))
    bw_cli_complain (_("port %u is open to every network of this computer; the links are the keys"),
                     bw_server_get_port (server));
  else
    bw_cli_complain (_("port %u is open to all who can reach %s; the links are the keys"),
                     bw_server_get_port (server), host);
  if (options->certificate == NULL)
    bw_cli_complain ("%s", _("nothing is encrypted: --tls would"));
}

/* All at once; until they have ended, or a signal comes. */
static void
run_boards (GPtrArray                 *boards,
            const BwCliServeArguments *arguments)
{
  BwCommand first = bw_cli_first_command (&arguments->run);
  gboolean go_on = TRUE;

  for (guint i = 0; i < boards->len; i++)
    {
      BwCliBoard *board = g_ptr_array_index (boards, i);

      board->progress = bw_cli_progress_new (board->session, FALSE);
      if (boards->len > 1)
        bw_cli_progress_set_name (board->progress, board->name);
      bw_session_submit (board->session, &first);
    }
  for (guint i = 0; i < boards->len && go_on; i++)
    {
      const BwCliBoard *board = g_ptr_array_index (boards, i);

      go_on = bw_cli_progress_wait (board->progress, arguments->once);
    }
}

static gboolean
are_legal (GPtrArray *boards)
{
  for (guint i = 0; i < boards->len; i++)
    {
      const BwCliBoard *board = g_ptr_array_index (boards, i);

      if (!bw_frame_is_legal (bw_session_get_frame (board->session)))
        return FALSE;
    }
  return TRUE;
}

/* Each viewer is a descriptor, and what a program gets at first is for few. */
static void
raise_descriptor_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;

  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

static int
serve (GPtrArray                 *boards,
       const BwCliServeArguments *arguments,
       const BwServerOptions     *server_options)
{
  g_autoptr (BwServer) server = bw_server_new (server_options);
  g_autoptr (GError) error = NULL;
  guint stats_source = 0;

  raise_descriptor_limit ();
  if (!bw_server_start (server, &error))
    {
      bw_cli_complain ("%s", error->message);
      return BW_EXIT_FAILED;
    }
  warn_of_host (server, server_options);
  share (server, boards, server_options);

  if (arguments->stats)
    stats_source = g_timeout_add_seconds (STATS_INTERVAL_S, on_stats_due, server);
  run_boards (boards, arguments);
  g_clear_handle_id (&stats_source, g_source_remove);
  bw_server_stop (server);

  return !arguments->once || are_legal (boards) ? BW_EXIT_DONE : BW_EXIT_NOT_LEGAL;
}

/* FALSE after having said why not. */
static gboolean
open_boards (char *const               *paths,
             const BwCliServeArguments *arguments,
             const BwRunOptions        *options,
             GPtrArray                 *boards)
{
  for (gsize i = 0; paths[i] != NULL; i++)
    {
      BwSession *session = bw_cli_open (paths[i], &arguments->run);
      BwCliBoard *board;

      if (session == NULL)
        return FALSE;

      board = g_new0 (BwCliBoard, 1);
      board->session = session;
      board->name = bw_feed_get_board (BW_FEED (session))->name;
      g_ptr_array_add (boards, board);
      bw_session_set_options (session, options);
      if (!bw_cli_may_start (session))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse (int                  argc,
       char               **argv,
       BwCliServeArguments *arguments,
       GStrv               *files_out)
{
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &arguments->port,
      N_("Port to listen on (8765); 0: any free one"), "N" },
    { "host", 0, 0, G_OPTION_ARG_STRING, &arguments->host,
      N_("Address to listen on (this computer only)"), "ADDRESS" },
    { "fps", 0, 0, G_OPTION_ARG_DOUBLE, &arguments->fps,
      N_("Frames a second for each viewer, 1 to 60 (10)"), "N" },
    { "max-viewers", 0, 0, G_OPTION_ARG_INT, &arguments->max_viewers,
      N_("How many may watch at a time (256)"), "N" },
    { "allow-download", 0, 0, G_OPTION_ARG_STRING, &arguments->download,
      N_("Who may save the board as it is placed: viewer, controller or owner (nobody)"), "ROLE" },
    { "once", 0, 0, G_OPTION_ARG_NONE, &arguments->once,
      N_("End with the run instead of serving until interrupted"), NULL },
    { "open-local", 0, 0, G_OPTION_ARG_NONE, &arguments->open_local,
      N_("Let plain JSON clients on this computer in without a token"), NULL },
    { "stats", 0, 0, G_OPTION_ARG_NONE, &arguments->stats,
      N_("Say every two seconds how many watch and what they are sent"), NULL },
    { "public-url", 0, 0, G_OPTION_ARG_STRING, &arguments->public_url,
      N_("How people reach it from outside, where a proxy stands before it"), "URL" },
    { "trusted-proxy", 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments->proxies,
      N_("A proxy whose X-Forwarded-For tells who really asks; may be given several times"),
      "ADDRESS" },
    { "tls", 0, 0, G_OPTION_ARG_NONE, &arguments->tls,
      N_("Encrypt, with a certificate that is made for this computer and kept"), NULL },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &arguments->certificate,
      N_("Encrypt with this certificate (PEM)"), "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &arguments->key,
      N_("Its private key, where that is in a file of its own"), "FILE" },
    G_OPTION_ENTRY_NULL
  };
  g_autofree GOptionEntry *run_entries = bw_cli_run_entries (&arguments->run);

  return bw_cli_parse_files (argc, argv, "serve", "FILE…",
                             _("Places the parts of boards while browsers watch."), entries,
                             run_entries, files_out);
}

int
bw_cli_serve (int    argc,
              char **argv)
{
  g_auto (BwCliServeArguments) arguments = {
    .run = BW_CLI_RUN_ARGUMENTS_INIT,
    .port = BW_SERVER_DEFAULT_PORT,
    .fps = BW_SERVER_DEFAULT_FPS,
    .max_viewers = BW_SERVER_DEFAULT_MAX_VIEWERS,
  };
  g_autoptr (GPtrArray) boards = g_ptr_array_new_with_free_func (board_free);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) files = NULL;
  BwServerOptions for_server;
  BwRunOptions for_run;

  if (!parse (argc, argv, &arguments, &files) || !server_options (&arguments, &for_server) ||
      !bw_cli_run_options (&arguments.run, &for_run))
    return BW_EXIT_USAGE;

  certificate = open_certificate (&arguments, &error);
  if (error != NULL)
    {
      bw_cli_complain ("%s", error->message);
      return BW_EXIT_FAILED;
    }
  for_server.certificate = certificate;
  for_server.download.tracks = for_run.tracks;
  if (!open_boards (files, &arguments, &for_run, boards))
    return BW_EXIT_FAILED;
  return serve (boards, &arguments, &for_server);
}
