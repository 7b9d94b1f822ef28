/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-constraints.h"

#include <string.h>

#include "session/bw-constraint-reader.h"

#define SUFFIX ".boardwalk.json"
#define BOARD_SUFFIX ".kicad_pcb"
/* Far more than anybody writes, and little enough to be read at once. */
#define MAX_BYTES (4 * 1024 * 1024)

GFile *
bw_constraints_file (GFile *board_file)
{
  g_autofree char *base = g_file_get_basename (board_file);
  g_autoptr (GFile) folder = g_file_get_parent (board_file);
  g_autofree char *name = NULL;

  if (g_str_has_suffix (base, BOARD_SUFFIX))
    base[strlen (base) - strlen (BOARD_SUFFIX)] = '\0';
  name = g_strconcat (base, SUFFIX, NULL);
  return folder != NULL ? g_file_get_child (folder, name) : g_file_new_for_path (name);
}

GBytes *
bw_constraints_load_bytes (GFile         *file,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, error);
  g_autoptr (GFileInputStream) stream = NULL;

  if (info == NULL)
    return NULL;
  /* A pipe would be waited for without end. */
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "not a regular file");
      return NULL;
    }
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;
  return g_input_stream_read_bytes (G_INPUT_STREAM (stream), MAX_BYTES, cancellable, error);
}

BwConstraints *
bw_constraints_load (BwBoard      *board,
                     GFile        *board_file,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_autoptr (GFile) file = bw_constraints_file (board_file);
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) bytes = bw_constraints_load_bytes (file, cancellable, &problem);

  if (bytes == NULL)
    {
      if (!g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        {
          g_prefix_error (&problem, "%s: ", name);
          g_propagate_error (error, g_steal_pointer (&problem));
        }
      return NULL;
    }
  return bw_constraints_new_from_bytes (board, bytes, name, error);
}

BwConstraints *
bw_constraints_new_from_bytes (BwBoard    *board,
                               GBytes     *bytes,
                               const char *name,
                               GError    **error)
{
  BwConstraints *self = g_atomic_rc_box_new0 (BwConstraints);
  double *net_weights = NULL;
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  GArray *rules = bw_constraint_reader_read (board, bytes, name, &self->weights,
                                             &net_weights, notes, error);

  self->name = g_strdup (name);
  self->net_weights = net_weights;
  g_ptr_array_add (notes, NULL);
  self->notes = (const char *const *) g_ptr_array_steal (notes, NULL);
  if (rules == NULL)
    {
      bw_constraints_unref (self);
      return NULL;
    }
  self->n_rules = rules->len;
  self->rules = (const BwConstraint *) (gpointer) g_array_free (rules, FALSE);
  return self;
}

BwConstraints *
bw_constraints_ref (BwConstraints *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  BwConstraints *self = data;

  for (guint i = 0; i < self->n_rules; i++)
    bw_constraint_clear ((BwConstraint *) &self->rules[i]);
  g_free ((gpointer) self->rules);
  g_free ((gpointer) self->net_weights);
  g_free ((gpointer) self->name);
  g_strfreev ((char **) self->notes);
}

void
bw_constraints_unref (BwConstraints *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

BwWeights
bw_constraints_weights (const BwConstraints *self,
                        const BwWeights     *told)
{
  BwWeights usual = bw_weights_default ();

  if (self != NULL)
    usual = bw_weights_or (&self->weights, &usual);
  return bw_weights_or (told, &usual);
}

gboolean
bw_constraint_is_about (const BwConstraint *rule,
                        guint32             footprint)
{
  guint low = 0, high = rule->n_parts;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (rule->parts[middle] < footprint)
        low = middle + 1;
      else
        high = middle;
    }
  return low < rule->n_parts && rule->parts[low] == footprint;
}

gboolean
bw_constraints_holds (const BwConstraints *self,
                      const BwBoard       *board,
                      guint32              footprint)
{
  gboolean held = board->footprints[footprint].hold != BW_HOLD_NONE;

  if (self == NULL || board->footprints[footprint].hold == BW_HOLD_LOCKED)
    return held;
  for (guint i = 0; i < self->n_rules; i++)
    if (self->rules[i].lock != BW_LOCK_UNTOLD
        && bw_constraint_is_about (&self->rules[i], footprint))
      held = self->rules[i].lock == BW_LOCK_HOLD;
  return held;
}
