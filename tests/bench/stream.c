/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-stream [--parts N,…] [--viewers N,…] [--seconds S] [--websockets PYTHON]
 *
 * What the stream costs: for boards of so many parts, all of which move in every frame, so many
 * viewers at 60 frames a second, in both dialects, and beside it the same by python3-websockets.
 * The viewers are in a process of their own. Prints a table, with as many viewers as came in within
 * half a minute: a server that is at its end lets in fewer, and no frame at all costs "inf". */

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/bw-server-private.h"
#include "stream-client.h"
#include "support/feed-fixture.h"

#define FPS 60
#define WARM_UP_S 1.0

typedef struct
{
  char *parts;
  char *viewers;
  char *python;
  double seconds;
} Arguments;

/* What the viewers' process tells: when it measures, and what it found. */
typedef struct
{
  int to_parent;
  int from_parent;
} Pipes;

static Pipes child_pipes;
static gboolean stop_feeding; /* atomic */

/* ---- The viewers' process ---- */

static void
tell_parent (char word)
{
  if (write (child_pipes.to_parent, &word, 1) != 1
      || read (child_pipes.from_parent, &word, 1) != 1)
    exit (1);
}

static void
on_ready (void)
{
  tell_parent ('r');
}

static void
on_done (void)
{
  tell_parent ('d');
}

static G_NORETURN void
be_viewers (LoadPlan plan)
{
  LoadResult *result = g_new0 (LoadResult, 1);
  gboolean good;

  plan.ready = on_ready;
  plan.done = on_done;
  good = load_run (&plan, result);
  if (result->n_connected < plan.n_viewers)
    fprintf (stderr, "%s: only %u of %u viewers came in\n",
             plan.dialect == LOAD_DEFLATE ? "websockets" : "boardwalk", result->n_connected,
             plan.n_viewers);
  if (write (child_pipes.to_parent, good ? "!" : "?", 1) != 1)
    _exit (1);
  for (gsize at = 0; at < sizeof *result;)
    {
      ssize_t n = write (child_pipes.to_parent, (const char *) result + at, sizeof *result - at);

      if (n <= 0)
        _exit (1);
      at += (gsize) n;
    }
  _exit (0);
}

/* ---- Measuring a process ---- */

/* Of a thread with that name of ours, or of a whole other process; in µs. */
static double
cpu_us (pid_t       pid,
        const char *thread)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%d/task", (int) pid);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  double sum = 0.0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *comm_path = g_build_filename (folder, name, "comm", NULL);
      g_autofree char *stat_path = g_build_filename (folder, name, "schedstat", NULL);
      g_autofree char *comm = NULL;
      g_autofree char *stat = NULL;

      if (g_file_get_contents (comm_path, &comm, NULL, NULL)
          && (thread == NULL || g_str_has_prefix (comm, thread))
          && g_file_get_contents (stat_path, &stat, NULL, NULL))
        sum += g_ascii_strtod (stat, NULL) / 1000.0;
    }
  return sum;
}

static double
resident_kib (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", (int) pid);
  g_autofree char *text = NULL;
  unsigned long size = 0;
  unsigned long resident = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL)
      || sscanf (text, "%lu %lu", &size, &resident) != 2)
    return 0.0;
  return (double) resident * (double) sysconf (_SC_PAGESIZE) / 1024.0;
}

typedef struct
{
  LoadResult load;
  double cpu_us;
  double memory_kib;
} Outcome;

static gboolean
read_all (int    fd,
          void  *to,
          gsize  length)
{
  for (gsize at = 0; at < length;)
    {
      ssize_t n = read (fd, (char *) to + at, length - at);

      if (n <= 0)
        return FALSE;
      at += (gsize) n;
    }
  return TRUE;
}

/* Runs the viewers in a process of their own against what `pid` (and thread) serves. */
static gboolean
run_viewers (const LoadPlan *plan,
             pid_t           pid,
             const char     *thread,
             Outcome        *out)
{
  int up[2];
  int down[2];
  double cpu_before = 0.0;
  double memory_before = resident_kib (pid);
  char word;
  gboolean good = FALSE;
  pid_t child;

  if (pipe (up) != 0 || pipe (down) != 0)
    return FALSE;
  child = fork ();
  if (child < 0)
    return FALSE;
  if (child == 0)
    {
      child_pipes = (Pipes) { up[1], down[0] };
      be_viewers (*plan);
    }

  close (up[1]);
  close (down[0]);
  while (read_all (up[0], &word, 1))
    {
      if (word == 'r')
        {
          out->memory_kib = resident_kib (pid) - memory_before;
          cpu_before = cpu_us (pid, thread);
        }
      else if (word == 'd')
        {
          out->cpu_us = cpu_us (pid, thread) - cpu_before;
        }
      else
        {
          good = word == '!' && read_all (up[0], &out->load, sizeof out->load);
          break;
        }
      if (write (down[1], &word, 1) != 1)
        break;
    }
  close (up[0]);
  close (down[1]);
  waitpid (child, NULL, 0);
  return good;
}

/* ---- What is served ---- */

/* Steps of every part, as many small ones as large ones: 1 µm to 1 mm. */
static gint32
any_step (GRand *random)
{
  double size_nm = 1000.0 * pow (1000.0, g_rand_double (random));

  return (gint32) (g_rand_boolean (random) ? size_nm : -size_nm);
}

static gpointer
feed_frames (gpointer data)
{
  FakeFeed *feed = data;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree BwPose *poses = bw_board_dup_poses (feed->board);
  gint64 due_us = g_get_monotonic_time ();

  for (guint32 iteration = 1; !g_atomic_int_get (&stop_feeding); iteration++)
    {
      gint64 now_us;

      for (guint32 i = 0; i < feed->board->n_footprints; i++)
        {
          poses[i].at.x_nm += any_step (random);
          poses[i].at.y_nm += any_step (random);
        }
      bw_hub_log (feed->hub, &(BwLogEntry) { .kind = BW_LOG_METRICS, .epoch = 1,
                                             .iteration = iteration });
      bw_hub_publish_frame (feed->hub, &(BwFrame) { .epoch = 1,
                                                    .iteration = iteration,
                                                    .phase = BW_PHASE_GLOBAL,
                                                    .n_footprints = feed->board->n_footprints,
                                                    .poses = poses });
      due_us = MAX (due_us + G_USEC_PER_SEC / FPS, g_get_monotonic_time ());
      now_us = g_get_monotonic_time ();
      if (due_us > now_us)
        g_usleep ((gulong) (due_us - now_us));
    }
  return NULL;
}

static void
print_row (const char    *what,
           guint          n_parts,
           const Outcome *out)
{
  const LoadResult *load = &out->load;
  guint n_viewers = load->n_connected;
  double frames = (double) load->n_frames;
  double bytes = (double) load->n_bytes / frames;

  printf ("%-10s %6u %8u %9.1f %9.1f %8.1f %8.1f %10.2f %10.0f %8.2f %9.1f\n", what, n_parts,
          n_viewers, (double) load->n_frames / load->seconds / n_viewers,
          (double) load->fewest / load->seconds, load_percentile (load, 0.5),
          load_percentile (load, 0.99), out->cpu_us / frames, bytes, bytes / n_parts,
          out->memory_kib / n_viewers);
  fflush (stdout);
}

static void
measure_ours (guint       n_parts,
              guint       n_viewers,
              LoadDialect dialect,
              double      seconds)
{
  BwServerOptions options = bw_server_options_default ();
  g_autoptr (BwServer) server = NULL;
  g_autoptr (FakeFeed) feed = fake_feed_new (fixture_make_board (n_parts));
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  Outcome outcome = { 0 };
  LoadPlan plan = { .dialect = dialect, .n_viewers = n_viewers, .warm_up_s = WARM_UP_S,
                    .measure_s = seconds };
  GThread *thread;

  options.port = 0;
  options.fps = FPS;
  server = bw_server_new (&options);
  bw_server_get_limits (server)->max_peers = LOAD_MAX_VIEWERS;
  if (!bw_server_start (server, &error))
    g_error ("%s", error->message);
  path = g_strdup_printf ("/s/%s/ws", bw_server_add_feed (server, BW_FEED (feed), "Bench"));
  plan.port = bw_server_get_port (server);
  plan.path = path;
  plan.token = bw_server_get_token (server, NULL, BW_ROLE_VIEWER);

  g_atomic_int_set (&stop_feeding, FALSE);
  thread = g_thread_new ("feed", feed_frames, feed);
  if (run_viewers (&plan, getpid (), "bw-server", &outcome))
    print_row (dialect == LOAD_JSON ? "json" : "binary", n_parts, &outcome);
  g_atomic_int_set (&stop_feeding, TRUE);
  g_thread_join (thread);
  bw_server_stop (server);
}

static void
measure_websockets (const char *python,
                    guint       n_parts,
                    guint       n_viewers,
                    double      seconds)
{
  g_autofree char *parts = g_strdup_printf ("%u", n_parts);
  g_autofree char *life
    = g_strdup_printf ("%.0f", LOAD_CONNECT_SECONDS + LOAD_MAX_SECONDS);
  g_autofree char *viewers = g_strdup_printf ("%u", n_viewers);
  const char *argv[] = { python, BW_WEBSOCKETS_SERVER, parts, life, viewers, NULL };
  g_autoptr (GError) error = NULL;
  Outcome outcome = { 0 };
  LoadPlan plan = { .dialect = LOAD_DEFLATE, .path = "/", .n_viewers = n_viewers,
                    .warm_up_s = WARM_UP_S, .measure_s = seconds };
  char line[16] = { 0 };
  GPid pid;
  int out;

  /* It complains at length about each viewer that goes. */
  if (!g_spawn_async_with_pipes (NULL, (char **) argv, NULL,
                                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                                 NULL, &pid, NULL, &out, NULL, &error))
    g_error ("%s", error->message);
  if (read (out, line, sizeof line - 1) > 0)
    {
      plan.port = (guint16) atoi (line);
      if (run_viewers (&plan, pid, NULL, &outcome))
        print_row ("websockets", n_parts, &outcome);
    }
  close (out);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
}

static void
raise_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) == 0)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
}

static void
measure_all (const Arguments *arguments)
{
  g_auto (GStrv) parts = g_strsplit (arguments->parts, ",", -1);
  g_auto (GStrv) viewers = g_strsplit (arguments->viewers, ",", -1);

  printf ("%-10s %6s %8s %9s %9s %8s %8s %10s %10s %8s %9s\n", "", "parts", "viewers", "frames/s",
          "slowest/s", "p50 ms", "p99 ms", "us/frame", "bytes", "/part", "KiB each");
  for (gsize p = 0; parts[p] != NULL; p++)
    for (gsize v = 0; viewers[v] != NULL; v++)
      {
        guint n_parts = (guint) CLAMP (atoi (parts[p]), 1, 50000);
        guint n_viewers = (guint) CLAMP (atoi (viewers[v]), 1, LOAD_MAX_VIEWERS);

        measure_ours (n_parts, n_viewers, LOAD_BINARY, arguments->seconds);
        measure_ours (n_parts, n_viewers, LOAD_JSON, arguments->seconds);
        if (arguments->python != NULL)
          measure_websockets (arguments->python, n_parts, n_viewers, arguments->seconds);
      }
}

int
main (int    argc,
      char **argv)
{
  Arguments arguments = { .seconds = 3.0 };
  const GOptionEntry entries[] = {
    { "parts", 0, 0, G_OPTION_ARG_STRING, &arguments.parts, "Boards of so many parts", "N,…" },
    { "viewers", 0, 0, G_OPTION_ARG_STRING, &arguments.viewers, "So many viewers", "N,…" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &arguments.seconds, "To measure each for", "S" },
    { "websockets", 0, 0, G_OPTION_ARG_FILENAME, &arguments.python,
      "A Python with websockets, to compare with", "PYTHON" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  arguments.seconds = CLAMP (arguments.seconds, 0.1, LOAD_MAX_SECONDS - WARM_UP_S);
  if (arguments.parts == NULL)
    arguments.parts = g_strdup ("100,1000,10000");
  if (arguments.viewers == NULL)
    arguments.viewers = g_strdup ("1,10,100,1000");

  raise_limit ();
  measure_all (&arguments);
  g_free (arguments.parts);
  g_free (arguments.viewers);
  g_free (arguments.python);
  return 0;
}
