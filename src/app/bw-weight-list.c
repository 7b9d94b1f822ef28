/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-weight-list.h"

#include "app/bw-settings.h"
#include "app/bw-weight-row.h"

/* A slider that is dragged tells no more often what it is at. */
#define SEND_INTERVAL_MS 80

struct _BwWeightList
{
  GtkWidget parent_instance;

  BwSession *session;
  BwWeightRow *rows[BW_N_WEIGHTS];
  BwWeights usual;               /* what the board's file or the default has */
  gboolean waiting[BW_N_WEIGHTS]; /* to be sent */
  double told[BW_N_WEIGHTS];     /* to the session, or by it */
  guint send_id;

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (BwWeightList, bw_weight_list, GTK_TYPE_WIDGET)

static guint chosen_signal;

/* What was chosen for all boards. */
static BwWeights
recall (void)
{
  GSettings *settings = bw_settings_get ();
  BwWeights weights = BW_WEIGHTS_UNTOLD;
  g_autoptr (GVariantIter) iter = NULL;
  const char *name;
  double value;

  if (!settings)
    return weights;
  g_settings_get (settings, BW_SETTINGS_WEIGHTS, "a{sd}", &iter);
  while (g_variant_iter_next (iter, "{&sd}", &name, &value))
    bw_weights_set (&weights, bw_weight_from_name (name), value);
  return weights;
}

/* What is as the board has it is not chosen, and follows the next board's. */
static void
remember (BwWeightList *self)
{
  GSettings *settings = bw_settings_get ();
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sd}"));

  if (!settings)
    return;
  for (BwWeight i = 0; i < BW_N_WEIGHTS; i++)
    if (!bw_weight_row_is_default (self->rows[i]))
      g_variant_builder_add (&builder, "{sd}", bw_weight_names ()[i],
                             bw_weight_row_get_value (self->rows[i]));
  g_settings_set_value (settings, BW_SETTINGS_WEIGHTS, g_variant_builder_end (&builder));
}

/* Returns what it was before. */
static double
tell (BwWeightList *self,
      BwWeight      weight)
{
  BwCommand command = { .kind = BW_COMMAND_SET, .origin = BW_ORIGIN_WINDOW, .weight = weight,
                        .value = bw_weight_row_get_value (self->rows[weight]) };
  double before = self->told[weight];

  self->told[weight] = command.value;
  bw_session_submit (self->session, &command);
  return before;
}

static gboolean
send (gpointer user_data)
{
  BwWeightList *self = user_data;

  self->send_id = 0;
  for (BwWeight i = 0; i < BW_N_WEIGHTS; i++)
    if (self->waiting[i])
      {
        double before = tell (self, i);

        self->waiting[i] = FALSE;
        g_signal_emit (self, chosen_signal, 0, i, before, self->told[i]);
      }
  remember (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (BwWeightRow  *row,
            BwWeightList *self)
{
  if (!self->session)
    return;
  self->waiting[bw_weight_row_get_weight (row)] = TRUE;
  if (!self->send_id)
    self->send_id = g_timeout_add (SEND_INTERVAL_MS, send, self);
}

void
bw_weight_list_choose (BwWeightList *self,
                       BwWeight      weight,
                       double        value)
{
  g_return_if_fail (BW_IS_WEIGHT_LIST (self) && weight < BW_N_WEIGHTS);

  if (!self->session)
    return;
  bw_weight_row_set_value (self->rows[weight], value);
  tell (self, weight);
  remember (self);
}

double
bw_weight_list_get (BwWeightList *self,
                    BwWeight      weight)
{
  g_return_val_if_fail (BW_IS_WEIGHT_LIST (self) && weight < BW_N_WEIGHTS, 0);

  return self->told[weight];
}

void
bw_weight_list_set_session (BwWeightList *self,
                            BwSession    *session)
{
  BwRunOptions options;
  BwWeights chosen, none = BW_WEIGHTS_UNTOLD;
  BwWeights weights;

  g_return_if_fail (BW_IS_WEIGHT_LIST (self));

  if (self->send_id)
    {
      g_clear_handle_id (&self->send_id, g_source_remove);
      send (self);
    }
  g_set_object (&self->session, session);
  if (!session)
    return;
  options = *bw_session_get_options (session);
  chosen = recall ();
  options.weights = bw_weights_or (&options.weights, &chosen);
  bw_session_set_options (session, &options);
  self->usual = bw_constraints_weights (bw_session_get_constraints (session), &none);
  weights = bw_constraints_weights (bw_session_get_constraints (session), &options.weights);
  for (BwWeight i = 0; i < BW_N_WEIGHTS; i++)
    {
      bw_weight_row_set_default (self->rows[i], bw_weights_get (&self->usual, i));
      self->told[i] = bw_weights_get (&weights, i);
      bw_weight_row_set_value (self->rows[i], self->told[i]);
    }
}

void
bw_weight_list_follow (BwWeightList    *self,
                       const BwCommand *command)
{
  g_return_if_fail (BW_IS_WEIGHT_LIST (self));

  if (command->kind != BW_COMMAND_SET || command->origin == BW_ORIGIN_WINDOW
      || command->weight >= BW_N_WEIGHTS)
    return;
  self->told[command->weight] = command->value;
  bw_weight_row_set_value (self->rows[command->weight], command->value);
}

static void
on_reset_all (BwWeightList *self)
{
  for (BwWeight i = 0; i < BW_N_WEIGHTS; i++)
    bw_weight_row_reset (self->rows[i]);
}

static gboolean
bw_weight_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BW_WEIGHT_LIST (widget)->rows[0]));
}

static void
bw_weight_list_dispose (GObject *object)
{
  BwWeightList *self = BW_WEIGHT_LIST (object);
  GtkWidget *child;

  g_clear_handle_id (&self->send_id, g_source_remove);
  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bw_weight_list_parent_class)->dispose (object);
}

static void
bw_weight_list_class_init (BwWeightListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_weight_list_dispose;
  widget_class->grab_focus = bw_weight_list_grab_focus;
  chosen_signal = g_signal_new ("chosen", BW_TYPE_WEIGHT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/weight-list.ui");
  gtk_widget_class_bind_template_child (widget_class, BwWeightList, list);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_all);
}

static void
bw_weight_list_init (BwWeightList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (BwWeight i = 0; i < BW_N_WEIGHTS; i++)
    {
      self->rows[i] = bw_weight_row_new (i);
      g_signal_connect_object (self->rows[i], "changed", G_CALLBACK (on_changed), self, 0);
      gtk_list_box_append (self->list, GTK_WIDGET (self->rows[i]));
    }
}
