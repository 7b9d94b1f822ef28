/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A board from the disk, with what lies beside it. */

#include "board/bw-board-reader.h"

#include <string.h>

#include "board/bw-board-private.h"
#include "board/bw-input-file.h"
#include "board/bw-sexpr.h"

#define MAX_PROJECT_BYTES 16000000

/* The file of the same name with another extension in the same folder. NULL: there is none, or
 * nothing that could be read, which is noted where `notes` is not NULL. */
static GBytes *
load_beside (GFile        *file,
             const char   *extension,
             GPtrArray    *notes,
             GCancellable *cancellable)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = NULL;
  g_autoptr (GFile) beside = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  if (folder == NULL || base == NULL || !g_str_has_suffix (base, ".kicad_pcb"))
    return NULL;
  base[strlen (base) - strlen (".kicad_pcb")] = '\0';
  name = g_strconcat (base, extension, NULL);
  beside = g_file_get_child (folder, name);
  bytes = bw_input_file_load (beside, MAX_PROJECT_BYTES, cancellable, &error);
  if (bytes == NULL && notes != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_autofree char *shown = g_filename_display_name (name);

      g_ptr_array_add (notes, g_strdup_printf ("%s cannot be read, and is left out: %s", shown,
                                               error->message));
    }
  return bytes;
}

/* "PATH: fact", out of what GIO says in one of many forms, most of which name the file too. */
static void
name_file_in_error (GError     **error,
                    const char  *path)
{
  const char *message, *fact;
  char *named;

  if (error == NULL)
    return;
  message = (*error)->message;
  fact = strstr (message, path) != NULL ? g_strrstr (message, ": ") : NULL;
  named = g_strdup_printf ("%s: %s", path, fact != NULL ? fact + 2 : message);
  g_free ((*error)->message);
  (*error)->message = named;
}

BwBoard *
bw_board_load (GFile         *file,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) project = NULL;
  g_autoptr (GBytes) rules = NULL;
  g_autoptr (GBytes) settings = NULL;
  BwBeside beside;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  base = g_file_get_basename (file);
  name = base != NULL ? g_filename_display_name (base) : NULL;
  path = g_file_get_parse_name (file);
  bytes = bw_input_file_load (file, BW_SEXPR_MAX_BYTES, cancellable, error);
  if (bytes == NULL)
    {
      name_file_in_error (error, path);
      return NULL;
    }
  project = load_beside (file, ".kicad_pro", notes, cancellable);
  rules = load_beside (file, ".kicad_dru", notes, cancellable);
  /* Who reads the rules in it says what is wrong with it. */
  settings = load_beside (file, ".boardwalk.json", NULL, cancellable);
  beside = (BwBeside) { project, rules, settings, notes };
  return bw_board_new_noted (bytes, &beside, name != NULL ? name : path, error);
}
