/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast boards are read and saved, and how much memory that takes; beside it the same for
 * KiCad's own pcbnew, where its Python module is.
 *
 * usage: bench-board [--made MB] [--pcbnew PYTHON] FILE…
 * With --made, the largest file's content is repeated to make one more board of that size. */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "board/bw-board-reader.h"
#include "board/bw-board-writer.h"

#define LEAST_BYTES_READ 20000000

static const char pcbnew_script[] =
  "import resource, sys, time\n"
  "import pcbnew\n"
  "size = float(sys.argv[2])\n"
  "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024\n"
  "before, start = peak(), time.process_time()\n"
  "board = pcbnew.LoadBoard(sys.argv[1])\n"
  "load, loaded = time.process_time() - start, peak()\n"
  "start = time.process_time()\n"
  "pcbnew.SaveBoard(sys.argv[1] + '.out.kicad_pcb', board)\n"
  "save = time.process_time() - start\n"
  "print('  %-38s %9.3f MB  load %6.1f MB/s %7.2f B/B  save %6.1f MB/s' % ('pcbnew ' +\n"
  "      pcbnew.GetBuildVersion(), size / 1e6, size / 1e6 / load, (loaded - before) / size,\n"
  "      size / 1e6 / save), flush=True)\n";

/* Of this process alone, so that others on the machine do not count. */
static gint64
cpu_time_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gint64
resident_bytes (void)
{
  g_autofree char *text = NULL;
  gint64 n_pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    {
      const char *second = strchr (text, ' ');

      n_pages = second != NULL ? g_ascii_strtoll (second, NULL, 10) : 0;
    }
  return n_pages * sysconf (_SC_PAGESIZE);
}

static gint64
peak_bytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (gint64) usage.ru_maxrss * 1024;
}

/* All that lies between the file's first footprint and its last ')', as often as it takes. */
static GBytes *
enlarge (GBytes *bytes,
         gsize   wanted)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  const char *first = g_strstr_len (text, (gssize) length, "(module ");
  const char *last = g_strrstr_len (text, (gssize) length, ")");
  GString *large;

  if (first == NULL)
    first = g_strstr_len (text, (gssize) length, "(footprint ");
  if (first == NULL || last == NULL || last < first)
    return g_bytes_ref (bytes);
  large = g_string_sized_new (wanted + length);
  g_string_append_len (large, text, first - text);
  while (large->len < wanted)
    g_string_append_len (large, first, last - first);
  g_string_append (large, ")\n");
  return g_string_free_to_bytes (large);
}

/* Moves and turns all parts. */
static BwPose *
new_poses (const BwBoard *board)
{
  BwPose *poses = bw_board_dup_poses (board);

  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      poses[i].at.x_nm += 1000000;
      poses[i].rotation_cdeg += 4500;
    }
  return poses;
}

/* So that what the program itself and the first allocation take is there before. */
static void
warm_up (void)
{
  static const char text[] = "(kicad_pcb (version 20241229) (footprint a (layer F.Cu) (at 0 0)"
                             " (pad 1 smd rect (at 0 0) (size 1 1) (layers F.Cu) (net A))))";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "none", NULL);
  g_autofree BwPose *poses = new_poses (board);
  g_bytes_unref (bw_board_splice_poses (board, poses));
}

static gboolean
measure (GBytes     *bytes,
         const char *name)
{
  gsize length = g_bytes_get_size (bytes);
  guint n_rounds = (guint) (LEAST_BYTES_READ / MAX (length, 1)) + 1;
  gint64 before, load_us = 0, save_us = 0, start, load_peak, save_peak;
  g_autoptr (BwBoard) board = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree BwPose *poses = NULL;

  warm_up ();
  before = resident_bytes ();
  for (guint i = 0; i < n_rounds; i++)
    {
      g_clear_pointer (&board, bw_board_unref);
      start = cpu_time_us ();
      board = bw_board_new_from_bytes (bytes, name, &error);
      load_us += cpu_time_us () - start;
      if (board == NULL)
        {
          g_printerr ("%s\n", error->message);
          return FALSE;
        }
    }
  load_peak = peak_bytes () - before;
  poses = new_poses (board);
  for (guint i = 0; i < n_rounds; i++)
    {
      g_autoptr (GBytes) saved = NULL;

      start = cpu_time_us ();
      saved = bw_board_splice_poses (board, poses);
      save_us += cpu_time_us () - start;
    }
  save_peak = peak_bytes () - before;
  g_print ("%-40.40s %9.3f MB  load %6.1f MB/s %7.2f B/B  save %6.1f MB/s %7.2f B/B\n", name,
           (double) length / 1e6, (double) length * n_rounds / (double) MAX (load_us, 1),
           (double) MAX (load_peak, 0) / (double) length,
           (double) length * n_rounds / (double) MAX (save_us, 1),
           (double) MAX (save_peak, 0) / (double) length);
  return TRUE;
}

/* In a process of its own, so that its peak is its own. */
static gboolean
measure_apart (GBytes     *bytes,
               const char *name)
{
  pid_t child = fork ();
  int status = 1;

  if (child == 0)
    {
      gboolean good = measure (bytes, name);

      fflush (NULL);
      _exit (good ? 0 : 1);
    }
  return child > 0 && waitpid (child, &status, 0) == child && status == 0;
}

static void
measure_pcbnew (const char *python,
                const char *path,
                gsize       length)
{
  g_autofree char *size = g_strdup_printf ("%" G_GSIZE_FORMAT, length);
  g_autofree char *said = NULL;
  const char *argv[] = { "timeout", "600", python, "-c", pcbnew_script, path, size, NULL };
  int status = 1;

  if (!g_spawn_sync (NULL, (char **) argv, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &said, NULL,
                     &status, NULL) ||
      status != 0 || strrchr (said, '%') != NULL)
    g_print ("  pcbnew is not there, or does not read this board\n");
  else
    g_print ("%s", said);
}

/* A copy, for pcbnew writes its own files beside what it reads. */
static void
compare (const char *python,
         GBytes     *bytes)
{
  g_autofree char *folder = g_dir_make_tmp ("bench-board-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "board.kicad_pcb", NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                           (gssize) g_bytes_get_size (bytes), NULL))
    measure_pcbnew (python, path, g_bytes_get_size (bytes));
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *left = g_build_filename (folder, name, NULL);

      g_unlink (left);
    }
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE…");
  g_autoptr (GBytes) largest = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *python = NULL;
  int made_mb = 0;
  gboolean all = TRUE;
  const GOptionEntry entries[] = {
    { "made", 0, 0, G_OPTION_ARG_INT, &made_mb, "Also a board of this size", "MB" },
    { "pcbnew", 0, 0, G_OPTION_ARG_STRING, &python, "Compare with pcbnew", "PYTHON" },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  g_print ("Processor time of one core; B/B: peak of memory in bytes a byte of file, the file "
           "itself apart\n");
  for (int i = 1; i <= argc && all; i++)
    {
      g_autofree char *name = i < argc ? g_path_get_basename (argv[i]) : g_strdup ("made");
      g_autoptr (GBytes) bytes = NULL;
      char *text;
      gsize length;

      if (i == argc && (made_mb <= 0 || largest == NULL))
        break;
      if (i < argc && !g_file_get_contents (argv[i], &text, &length, &error))
        g_error ("%s", error->message);
      bytes = i < argc ? g_bytes_new_take (text, length)
                       : enlarge (largest, (gsize) made_mb * 1000000);
      all = measure_apart (bytes, name);
      if (python != NULL)
        compare (python, bytes);
      if (largest == NULL || g_bytes_get_size (bytes) > g_bytes_get_size (largest))
        {
          g_clear_pointer (&largest, g_bytes_unref);
          largest = g_bytes_ref (bytes);
        }
    }
  return all ? 0 : 1;
}
