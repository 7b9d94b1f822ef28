/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include "app/bw-examples.h"
#include "app/bw-recent.h"

#define N_RECENT_MAX 5

static void
on_board_activated (GtkListBox    *list,
                    GtkListBoxRow *row,
                    gpointer       user_data)
{
  GtkApplication *application = gtk_window_get_application (user_data);
  GFile *file = g_object_get_data (G_OBJECT (row), "file");

  g_application_open (G_APPLICATION (application), &file, 1, "");
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_row (GtkListBox *list,
         GFile      *file,
         const char *title,
         const char *subtitle)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_box_append (GTK_BOX (box), make_label (title, NULL));
  if (subtitle)
    gtk_box_append (GTK_BOX (box), make_label (subtitle, "document-folder"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (row), "file", g_object_ref (file), g_object_unref);
  gtk_list_box_append (list, row);
}

static void
on_examples (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (BwWindow) self = user_data;
  g_autoptr (GPtrArray) files = bw_examples_find_finish (result);

  if (!files || self->closing)
    return;
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *title = bw_examples_dup_title (g_ptr_array_index (files, i));

      add_row (self->examples_list, g_ptr_array_index (files, i), title, NULL);
    }
  gtk_widget_set_visible (self->examples_box, files->len > 0);
}

void
bw_window_fill_start (BwWindow *self)
{
  g_autoptr (GPtrArray) recent = bw_recent_list (N_RECENT_MAX);

  for (guint i = 0; i < recent->len; i++)
    {
      GFile *file = g_ptr_array_index (recent, i);
      g_autoptr (GFile) folder = g_file_get_parent (file);
      g_autofree char *base = g_file_get_basename (file);
      g_autofree char *title = g_filename_display_name (base);
      g_autofree char *subtitle = folder ? g_file_get_parse_name (folder) : NULL;

      add_row (self->recent_list, file, title, subtitle);
    }
  gtk_widget_set_visible (self->recent_box, recent->len > 0);
  bw_examples_find_async (NULL, on_examples, g_object_ref (self));
}

void
bw_window_bind_start (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BwWindow, recent_box);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, recent_list);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, examples_box);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, examples_list);
  gtk_widget_class_bind_template_callback (widget_class, on_board_activated);
}
