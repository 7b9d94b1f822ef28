/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast boards are read and saved, and how much memory that takes; beside it the same for
 * KiCad's own pcbnew, where its Python module is.
 *
 * usage: bench-board [--made MB] [--pcbnew PYTHON] FILE…
 * With --made, the largest file's content is repeated to make one more board of that size. */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "board/bw-board-reader.h"
#include "board/bw-board-writer.h"
#include "heap.h"

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

/* Apart from the times, which counting would lengthen. */
static void
measure_heap (GBytes     *bytes,
              const char *name,
              gint64     *load_out,
              gint64     *save_out)
{
  g_autoptr (BwBoard) board = NULL;
  g_autofree BwPose *poses = NULL;
  g_autoptr (GBytes) saved = NULL;

  bw_heap_watch ();
  board = bw_board_new_from_bytes (bytes, name, NULL);
  *load_out = bw_heap_peak ();
  g_clear_pointer (&board, bw_board_unref);

  bw_heap_watch ();
  board = bw_board_new_from_bytes (bytes, name, NULL);
  poses = new_poses (board);
  saved = bw_board_splice_poses (board, poses);
  *save_out = bw_heap_peak ();
}

static gboolean
measure (GBytes     *bytes,
         const char *name)
{
  gsize length = g_bytes_get_size (bytes);
  guint n_rounds = (guint) (LEAST_BYTES_READ / MAX (length, 1)) + 1;
  gint64 load_us = 0, save_us = 0, start, load_peak, save_peak;
  g_autoptr (BwBoard) board = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree BwPose *poses = NULL;

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
  poses = new_poses (board);
  for (guint i = 0; i < n_rounds; i++)
    {
      g_autoptr (GBytes) saved = NULL;

      start = cpu_time_us ();
      saved = bw_board_splice_poses (board, poses);
      save_us += cpu_time_us () - start;
    }
  measure_heap (bytes, name, &load_peak, &save_peak);
  g_print ("%-40.40s %9.3f MB  load %6.1f MB/s %7.2f B/B  save %6.1f MB/s %7.2f B/B\n", name,
           (double) length / 1e6, (double) length * n_rounds / (double) MAX (load_us, 1),
           (double) load_peak / (double) length,
           (double) length * n_rounds / (double) MAX (save_us, 1),
           (double) save_peak / (double) length);
  return TRUE;
}

/* In a process of its own, so that what one leaves does not hasten the next. */
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
  g_print ("Processor time of one core; B/B: peak of the heap in bytes a byte of file, the file "
           "itself apart; of pcbnew, of the process\n");
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
