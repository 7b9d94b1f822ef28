/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>

#include "board/bw-copper.h"
#include "board/bw-input-file.h"
#include "board/bw-pose-scatter.h"
#include "board/bw-pose-table.h"
#include "cli/bw-cli-private.h"
#include "config.h"

/* Far more than a line for each part of any board. */
#define MAX_TABLE_BYTES 100000000

typedef struct
{
  char *out;
  char *table;
  char *tracks;
  gboolean list;
  gint64 seed;
  double flip_share;
} BwCliPoseArguments;

/* What no one can mean tells an option that was not given. */
#define NO_SEED G_MININT64
#define NO_SHARE -1e300

static gboolean
check (const BwCliPoseArguments *arguments)
{
  gboolean random = arguments->seed != NO_SEED;
  const char *fact = NULL;

  if (arguments->out == NULL && !arguments->list)
    fact = _("“pose” needs -o OUT, or --list");
  else if (random && arguments->table != NULL)
    fact = _("--poses and --random exclude each other");
  else if (random && arguments->seed < 0)
    fact = _("--random takes a number from 0");
  else if (arguments->flip_share != NO_SHARE && !random)
    fact = _("--flip is for --random");
  else if (arguments->flip_share != NO_SHARE &&
           !(arguments->flip_share >= 0.0 && arguments->flip_share <= 1.0))
    fact = _("--flip takes a number from 0 to 1");

  if (fact != NULL)
    bw_cli_complain ("%s", fact);
  return fact == NULL;
}

static gboolean
read_table (const char    *path,
            const BwBoard *board,
            BwPose        *poses)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = bw_input_file_load (file, MAX_TABLE_BYTES, NULL, &error);

  if (bytes == NULL)
    g_prefix_error (&error, "%s: ", path);
  else if (bw_pose_table_read (bytes, name, board, poses, &error))
    return TRUE;
  bw_cli_complain ("%s", error->message);
  return FALSE;
}

/* Byte by byte, whatever the locale's characters are: it is read again by programs. */
static gboolean
print_table (const BwBoard *board,
             const BwPose  *poses)
{
  g_autoptr (GBytes) bytes = bw_pose_table_write (board, poses);
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  if (fwrite (data, 1, length, stdout) == length && fflush (stdout) == 0)
    return TRUE;
  bw_cli_complain (_("the list cannot be printed: %s"), g_strerror (errno));
  return FALSE;
}

/* Puts back what tracks end at, or refuses, where that is wanted. */
static gboolean
mind_tracks (BwBoard  *board,
             BwTracks  tracks,
             BwPose   *poses)
{
  guint n_nets, n_tracks;

  if (tracks == BW_TRACKS_REFUSE)
    {
      n_tracks = bw_board_count_stale_tracks (board, poses, NULL, &n_nets);
      if (n_tracks == 0)
        return TRUE;
      bw_cli_complain_of_tracks (board, n_tracks, n_nets);
      return FALSE;
    }
  if (tracks == BW_TRACKS_LOCK)
    {
      g_autofree gboolean *routed = g_new (gboolean, board->n_footprints);

      bw_copper_find_routed (board, routed);
      for (guint32 i = 0; i < board->n_footprints; i++)
        if (routed[i])
          poses[i] = board->footprints[i].pose;
    }
  return TRUE;
}

static int
pose (BwBoard                  *board,
      const char               *path,
      const BwCliPoseArguments *arguments,
      BwTracks                  tracks)
{
  g_autofree BwPose *poses = bw_board_dup_poses (board);

  if (arguments->table != NULL && !read_table (arguments->table, board, poses))
    return BW_EXIT_FAILED;
  if (arguments->seed != NO_SEED)
    bw_pose_scatter (board, (guint64) arguments->seed,
                     arguments->flip_share != NO_SHARE ? arguments->flip_share : 0.0, poses);

  if (!mind_tracks (board, tracks, poses))
    return BW_EXIT_FAILED;
  if (arguments->out != NULL && !bw_cli_save (board, poses, tracks, path, arguments->out, NULL))
    return BW_EXIT_FAILED;
  if (arguments->list && !print_table (board, poses))
    return BW_EXIT_FAILED;
  return BW_EXIT_DONE;
}

int
bw_cli_pose (int    argc,
             char **argv)
{
  BwCliPoseArguments arguments = { .seed = NO_SEED, .flip_share = NO_SHARE };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &arguments.out,
      N_("Where to save the board with its parts at these poses"), "OUT" },
    { "poses", 'p', 0, G_OPTION_ARG_FILENAME, &arguments.table,
      N_("Poses to give to the parts that it names, in the form that --list prints"),
      "POSES.csv" },
    { "list", 'l', 0, G_OPTION_ARG_NONE, &arguments.list,
      N_("Print the poses: reference,x_mm,y_mm,rotation_deg,side"), NULL },
    { "random", 'r', 0, G_OPTION_ARG_INT64, &arguments.seed,
      N_("Scatter all parts that are not locked over the board; the same seed gives the same "
         "poses"), "SEED" },
    { "flip", 'f', 0, G_OPTION_ARG_DOUBLE, &arguments.flip_share,
      N_("The share of the scattered parts that changes sides, 0 to 1 (0)"), "SHARE" },
    { "tracks", 0, 0, G_OPTION_ARG_STRING, &arguments.tracks,
      N_("Where nets of parts that move carry tracks: keep them as they are (default), refuse, rip "
         "these tracks up, or leave the parts that tracks end at where they are"),
      "keep|refuse|ripup|lock" },
    G_OPTION_ENTRY_NULL
  };
  g_autofree char *path = NULL;
  g_autofree char *out = NULL;
  g_autofree char *table = NULL;
  g_autofree char *word = NULL;
  BwTracks tracks;
  g_autoptr (BwBoard) board = NULL;
  gboolean parsed = bw_cli_parse (argc, argv, "pose",
                                  _("Puts a board's parts where they are told to lie."), entries,
                                  NULL, &path);

  out = arguments.out;
  table = arguments.table;
  word = arguments.tracks;
  if (!parsed || !check (&arguments) ||
      !bw_cli_read_tracks (word, BW_TRACKS_KEEP, &tracks))
    return BW_EXIT_USAGE;
  board = bw_cli_load (path);
  if (board == NULL)
    return BW_EXIT_FAILED;
  return pose (board, path, &arguments, tracks);
}
