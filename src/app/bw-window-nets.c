/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much nets count: a run is told at once, and the settings beside the board for the next
 * time. */

#include "app/bw-window-private.h"

#include "session/bw-net-weights.h"

/* Of all nets that were weighed since the last one began to be written. */
typedef struct
{
  GFile *file;
  GHashTable *weights; /* name → double */
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_object_unref (edit->file);
  g_hash_table_unref (edit->weights);
  g_free (edit);
}

static GBytes *
edit_settings (GBytes     *settings,
               const char *name,
               gpointer    user_data,
               GError    **error)
{
  const Edit *edit = user_data;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GArray) weights = g_array_new (FALSE, FALSE, sizeof (double));
  GHashTableIter iter;
  gpointer net, weight;

  g_hash_table_iter_init (&iter, edit->weights);
  while (g_hash_table_iter_next (&iter, &net, &weight))
    {
      g_ptr_array_add (names, net);
      g_array_append_vals (weights, weight, 1);
    }
  return bw_net_weights_edit (settings, name, (const char *const *) names->pdata,
                              (const double *) (void *) weights->data, names->len, error);
}

static void
on_edited (gpointer      owner,
           gpointer      edit_data,
           const GError *error)
{
  BwWindow *self = owner;
  const Edit *edit = edit_data;

  if (error && !self->closing && self->session && g_file_equal (self->file, edit->file))
    bw_window_show_error (self, error->message, NULL, NULL);
}

static void
keep_weight (BwWindow   *self,
             const char *net,
             double      weight)
{
  Edit *edit = bw_edit_queue_peek_last (self->net_edits, self->file);
  gboolean is_new = !edit;

  if (is_new)
    {
      edit = g_new0 (Edit, 1);
      edit->file = g_object_ref (self->file);
      edit->weights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    }
  g_hash_table_insert (edit->weights, g_strdup (net), g_memdup2 (&weight, sizeof weight));
  if (is_new)
    bw_edit_queue_push (self->net_edits, self->file, edit);
}

void
bw_window_weigh_net (BwWindow *self,
                     guint32   net,
                     double    weight)
{
  const BwCommand command = { .kind = BW_COMMAND_WEIGH, .origin = BW_ORIGIN_WINDOW, .net = net,
                              .value = weight };

  bw_session_submit (self->session, &command);
  keep_weight (self, self->board->nets[net].name, weight);
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

void
bw_window_init_nets (BwWindow *self)
{
  self->net_edits = bw_edit_queue_new (self, edit_settings, edit_free, on_edited);
}

const GActionEntry bw_window_net_actions[] = {
  { .name = "weigh-net", .activate = on_weigh_net, .parameter_type = "(ud)" },
};
const guint bw_window_n_net_actions = G_N_ELEMENTS (bw_window_net_actions);
