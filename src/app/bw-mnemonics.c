/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-mnemonics.h"

#include <gtk/gtk.h>

static char *
dup_without_underlines (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *at = text; *at; at++)
    {
      /* Two stand for one. */
      if (at[0] == '_' && at[1] != '\0')
        at++;
      g_string_append_c (plain, *at);
    }
  return g_string_free (plain, FALSE);
}

/* What has the focus in one is a button of its own, which takes no name from the label beside, or
 * where there is none, from its tooltip. */
static void
name_button_of (GtkWidget *drop_down)
{
  g_autoptr (GList) labels = gtk_widget_list_mnemonic_labels (drop_down);
  const char *name = gtk_widget_get_tooltip_text (drop_down);

  if (labels && GTK_IS_LABEL (labels->data))
    name = gtk_label_get_text (labels->data);
  if (name)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (drop_down)),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static gboolean
on_map (GSignalInvocationHint *hint,
        guint                  n_values,
        const GValue          *values,
        gpointer               user_data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  /* The label in it is its name, too. */
  if (GTK_IS_BUTTON (widget) && gtk_button_get_use_underline (GTK_BUTTON (widget)))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
  else if (GTK_IS_CHECK_BUTTON (widget)
           && gtk_check_button_get_use_underline (GTK_CHECK_BUTTON (widget)))
    {
      const char *label = gtk_check_button_get_label (GTK_CHECK_BUTTON (widget));
      g_autofree char *name = dup_without_underlines (label ? label : "");

      gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
    }
  else if (GTK_IS_DROP_DOWN (widget))
    name_button_of (widget);
  return TRUE;
}

void
bw_mnemonics_tidy_names (void)
{
  /* The signal comes with the class, which stays. */
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET));
  /* On each map: a label may have changed meanwhile. */
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_map, NULL, NULL);
}
