/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/bw-cli.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "board/bw-board-reader.h"
#include "board/bw-board-writer.h"
#include "board/bw-kicad-lock.h"
#include "board/bw-printable.h"
#include "cli/bw-cli-private.h"
#include "config.h"

/* Letters of a command that somebody may have got wrong. */
#define MOST_MISTYPED 2

typedef struct
{
  const char *name;
  int (*run) (int    argc,
              char **argv);
} BwCliCommand;

static const BwCliCommand commands[] = {
  { "diff", bw_cli_diff },
  { "info", bw_cli_info },
  { "place", bw_cli_place },
  { "pose", bw_cli_pose },
  { "serve", bw_cli_serve },
  { "viewer", bw_cli_viewer },
};

static void
print_usage (void)
{
  g_print ("%s\n", _("Usage:\n"
                     "  boardwalk [FILE…]               open boards in a window\n"
                     "  boardwalk info FILE             say what a board holds\n"
                     "  boardwalk place FILE -o OUT     place its parts and save the result\n"
                     "  boardwalk pose FILE -o OUT      put its parts at given poses\n"
                     "  boardwalk pose FILE --list      print the poses of its parts\n"
                     "  boardwalk diff OLD NEW          say which parts lie elsewhere\n"
                     "  boardwalk serve FILE…           place parts while browsers watch\n"
                     "  boardwalk viewer LINK -o FILE   write a page that opens a shared board\n"
                     "\n"
                     "“boardwalk COMMAND --help” tells the options of a command.\n"
                     "\n"
                     "Exit status: 0 done, 1 failed, 2 wrong usage, 3 done but not legal;\n"
                     "of “diff” 0 same, 1 different, 2 trouble."));
}

void
bw_cli_complain (const char *format,
                 ...)
{
  g_autofree char *message = NULL;
  g_autofree char *printable = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  printable = bw_dup_printable (message);
  g_printerr ("boardwalk: %s\n", printable);
}

void
bw_cli_note (const char *const *notes)
{
  for (guint i = 0; notes[i] != NULL; i++)
    bw_cli_complain (_("note: %s"), notes[i]);
}

BwBoard *
bw_cli_load (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  BwBoard *board = bw_board_load (file, NULL, &error);

  if (board == NULL)
    {
      bw_cli_complain ("%s", error->message);
      return NULL;
    }
  bw_cli_note (board->notes);
  return board;
}

gboolean
bw_cli_save (BwBoard        *board,
             const BwPose   *poses,
             BwTracks        tracks,
             const char     *in,
             const char     *out,
             BwCopperCounts *counts_out)
{
  g_autoptr (GFile) source = g_file_new_for_commandline_arg (in);
  g_autoptr (GFile) target = g_file_new_for_commandline_arg (out);
  g_autoptr (GBytes) bytes = bw_board_splice_placement (board, poses, tracks, counts_out);
  g_autoptr (GError) error = NULL;
  g_autofree char *owner = bw_kicad_lock_dup_owner (target);
  gboolean same = bw_board_is_same_file (source, target);

  if (owner != NULL)
    bw_cli_complain (_("note: %s is open in KiCad (%s), which will not see what is saved here and "
                       "may save over it"), out, owner[0] != '\0' ? owner : "?");
  if (bw_board_write_with_backup (target, bytes, same ? bw_board_get_bytes (board) : NULL, NULL,
                                  &error))
    return TRUE;
  bw_cli_complain ("%s", error->message);
  return FALSE;
}

gboolean
bw_cli_may_save (const char *out)
{
  g_autoptr (GFile) target = g_file_new_for_commandline_arg (out);
  g_autoptr (GError) error = NULL;

  if (bw_board_may_write (target, &error))
    return TRUE;
  bw_cli_complain ("%s", error->message);
  return FALSE;
}

gboolean
bw_cli_is_command (const char *argument)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argument, commands[i].name))
      return TRUE;
  return g_str_equal (argument, "help") || g_str_equal (argument, "--version");
}

gboolean
bw_cli_is_mistaken (const char *argument)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (argument);

  return argument[0] != '-' && argument[0] != '\0' && !bw_cli_is_command (argument)
         && !g_str_has_suffix (argument, ".kicad_pcb") && g_file_is_native (file)
         && !g_file_query_exists (file, NULL);
}

/* How many letters are to be changed, added or left out. */
static guint
find_distance (const char *a,
               const char *b)
{
  guint row[32] = { 0 };
  gsize n = MIN (strlen (b), G_N_ELEMENTS (row) - 1);

  for (gsize k = 0; k <= n; k++)
    row[k] = (guint) k;
  for (gsize i = 0; a[i] != '\0'; i++)
    {
      guint above_left = row[0]++;

      for (gsize k = 1; k <= n; k++)
        {
          guint above = row[k];

          row[k] = MIN (MIN (above, row[k - 1]) + 1, above_left + (a[i] != b[k - 1]));
          above_left = above;
        }
    }
  return row[n];
}

/* NULL: none is like it. */
static const char *
find_nearest (const char *name)
{
  const char *nearest = NULL;
  guint least = MOST_MISTYPED + 1;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      guint distance = find_distance (name, commands[i].name);

      if (distance >= least)
        continue;
      least = distance;
      nearest = commands[i].name;
    }
  return nearest;
}

static void
complain_of_mistake (const char *name)
{
  const char *nearest = find_nearest (name);

  if (nearest != NULL)
    bw_cli_complain (_("“%s” is neither a command nor a file; did you mean “boardwalk %s”? "
                       "See “boardwalk help”"), name, nearest);
  else
    bw_cli_complain (_("“%s” is neither a command nor a file; see “boardwalk help”"), name);
}

int
bw_cli_run (int    argc,
            char **argv)
{
  const char *name = argc > 1 ? argv[1] : "";

  /* Else GLib calls it by the name of the command. */
  g_set_prgname ("boardwalk");
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BW_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (g_str_equal (name, "--version"))
    {
      g_print ("boardwalk %s\n", BW_VERSION);
      return BW_EXIT_DONE;
    }
  if (g_str_equal (name, "help") || g_str_equal (name, "--help") || g_str_equal (name, "-h"))
    {
      print_usage ();
      return BW_EXIT_DONE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (name, commands[i].name))
      return commands[i].run (argc - 1, argv + 1);

  if (bw_cli_is_mistaken (name))
    complain_of_mistake (name);
  else
    bw_cli_complain ("%s", _("this build has no window; see “boardwalk help”"));
  return BW_EXIT_USAGE;
}
