/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much nets count: a run is told at once, and the settings beside the board for the next
 * time. */

#include "app/bw-window-private.h"

#include "session/bw-constraints-edit.h"
#include "session/bw-net-weights.h"

/* Of one board. A write that is under way holds it, too, and its thread may be the last to let go
 * of it; all else is done in the main thread. */
struct _BwNetEdits
{
  GFile *file;
  GHashTable *waiting; /* name → double: not written yet */
  gboolean writing;
};

/* What a write needs. */
typedef struct
{
  BwNetEdits *edits;
  GPtrArray *names;
  GArray *weights;     /* double */
} Edit;

static void write_waiting (BwWindow   *self,
                           BwNetEdits *edits);

static void
clear (gpointer data)
{
  BwNetEdits *edits = data;

  g_object_unref (edits->file);
  g_hash_table_unref (edits->waiting);
}

void
bw_net_edits_unref (BwNetEdits *edits)
{
  g_atomic_rc_box_release_full (edits, clear);
}

static BwNetEdits *
edits_of (BwWindow *self)
{
  if (!self->net_edits)
    {
      self->net_edits = g_atomic_rc_box_new0 (BwNetEdits);
      self->net_edits->file = g_object_ref (self->file);
      self->net_edits->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    }
  return self->net_edits;
}

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  bw_net_edits_unref (edit->edits);
  g_ptr_array_unref (edit->names);
  g_array_unref (edit->weights);
  g_free (edit);
}

static GBytes *
edit_settings (GBytes     *settings,
               const char *name,
               gpointer    user_data,
               GError    **error)
{
  const Edit *edit = user_data;

  return bw_net_weights_edit (settings, name, (const char *const *) edit->names->pdata,
                              (const double *) (void *) edit->weights->data, edit->names->len,
                              error);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (BwWindow) self = user_data;
  const Edit *edit = bw_constraints_edit_get_data (result);
  g_autoptr (GError) error = NULL;

  edit->edits->writing = FALSE;
  if (!bw_constraints_edit_finish (result, &error) && self->net_edits == edit->edits
      && !self->closing)
    bw_window_show_error (self, error->message, NULL, NULL);
  write_waiting (self, edit->edits);
  g_application_release (g_application_get_default ());
}

/* One write at a time, of all that has come in since the last. */
static void
write_waiting (BwWindow   *self,
               BwNetEdits *edits)
{
  GHashTableIter iter;
  gpointer name, weight;
  Edit *edit;

  if (edits->writing || g_hash_table_size (edits->waiting) == 0)
    return;
  edit = g_new0 (Edit, 1);
  edit->edits = g_atomic_rc_box_acquire (edits);
  edit->names = g_ptr_array_new_with_free_func (g_free);
  edit->weights = g_array_new (FALSE, FALSE, sizeof (double));
  g_hash_table_iter_init (&iter, edits->waiting);
  while (g_hash_table_iter_next (&iter, &name, &weight))
    {
      g_ptr_array_add (edit->names, g_strdup (name));
      g_array_append_vals (edit->weights, weight, 1);
    }
  g_hash_table_remove_all (edits->waiting);
  edits->writing = TRUE;
  /* A window that is closed meanwhile is not the end. */
  g_application_hold (g_application_get_default ());
  bw_constraints_edit_async (edits->file, edit_settings, edit, edit_free, on_written,
                             g_object_ref (self));
}

void
bw_window_weigh_net (BwWindow *self,
                     guint32   net,
                     double    weight)
{
  const BwCommand command = { .kind = BW_COMMAND_WEIGH, .origin = BW_ORIGIN_WINDOW, .net = net,
                              .value = weight };

  bw_session_submit (self->session, &command);
  g_hash_table_insert (edits_of (self)->waiting, g_strdup (self->board->nets[command.net].name),
                       g_memdup2 (&command.value, sizeof command.value));
  write_waiting (self, self->net_edits);
}

static void
on_weigh_net (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  BwWindow *self = user_data;
  guint32 net;
  double weight;

  g_variant_get (parameter, "(ud)", &net, &weight);
  if (!self->session || net >= self->board->n_nets || !(weight >= 0 && weight <= BW_WEIGHT_MOST))
    return;
  bw_window_remember_net (self, net, weight);
  bw_window_weigh_net (self, net, weight);
}

void
bw_window_show_net_weights (BwWindow *self)
{
  const double *weights = bw_session_get_net_weights (self->session);

  for (guint32 i = 0; i < self->board->n_nets; i++)
    bw_side_panel_set_net_weight (self->side_panel, i, weights[i]);
}

void
bw_window_note_weight (BwWindow        *self,
                       const BwCommand *command)
{
  if (command->kind == BW_COMMAND_WEIGH)
    bw_side_panel_set_net_weight (self->side_panel, command->net, command->value);
}

const GActionEntry bw_window_net_actions[] = {
  { .name = "weigh-net", .activate = on_weigh_net, .parameter_type = "(ud)" },
};
const guint bw_window_n_net_actions = G_N_ELEMENTS (bw_window_net_actions);
