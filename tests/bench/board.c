/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast boards are read and saved, and how much memory reading takes.
 *
 * usage: bench-board FILE… [--times N]
 * With N, that many copies of each file's footprints make a larger board. */

#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "board/bw-board-reader.h"
#include "board/bw-board-writer.h"

#define LEAST_BYTES_READ 20000000

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

/* All that lies between the file's first footprint and its last ')' is put in `times` times. */
static GBytes *
enlarge (GBytes *bytes,
         guint   times)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  const char *first = g_strstr_len (text, (gssize) length, "(module ");
  const char *last = g_strrstr_len (text, (gssize) length, ")");
  GString *large;

  if (first == NULL)
    first = g_strstr_len (text, (gssize) length, "(footprint ");
  if (first == NULL || last == NULL || last < first || times < 2)
    return g_bytes_ref (bytes);
  large = g_string_sized_new (length * times);
  g_string_append_len (large, text, first - text);
  for (guint i = 0; i < times; i++)
    g_string_append_len (large, first, last - first);
  g_string_append (large, ")\n");
  return g_string_free_to_bytes (large);
}

static gboolean
measure (const char *path,
         guint       times)
{
  g_autofree char *text = NULL;
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BwBoard) board = NULL;
  g_autofree BwPose *poses = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before, start, load_us = 0, save_us = 0, memory, peak;
  gsize length;
  guint n_rounds;

  if (!g_file_get_contents (path, &text, &length, &error))
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  file = g_bytes_new_take (g_steal_pointer (&text), length);
  bytes = enlarge (file, times);
  length = g_bytes_get_size (bytes);
  n_rounds = (guint) (LEAST_BYTES_READ / MAX (length, 1)) + 1;

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
  memory = resident_bytes () - before;
  peak = peak_bytes () - before;

  poses = bw_board_dup_poses (board);
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      poses[i].at.x_nm += 1000000;
      poses[i].rotation_cdeg += 4500;
    }
  for (guint i = 0; i < n_rounds; i++)
    {
      g_autoptr (GBytes) saved = NULL;

      start = cpu_time_us ();
      saved = bw_board_splice_poses (board, poses);
      save_us += cpu_time_us () - start;
    }
  g_print ("%-44.44s %9.3f MB  load %6.0f MB/s  save %6.0f MB/s  board %5.2f  peak %5.2f "
           "bytes a byte of file, the file itself apart\n",
           name, (double) length / 1e6, (double) length * n_rounds / (double) MAX (load_us, 1),
           (double) length * n_rounds / (double) MAX (save_us, 1),
           (double) memory / (double) length, (double) peak / (double) length);
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  guint times = 1;
  gboolean all = TRUE;

  for (int i = 1; i + 1 < argc; i++)
    if (g_str_equal (argv[i], "--times"))
      {
        times = (guint) CLAMP (g_ascii_strtoll (argv[i + 1], NULL, 10), 1, 10000);
        argc = i;
      }
  for (int i = 1; i < argc; i++)
    all &= measure (argv[i], times);
  return all ? 0 : 1;
}
