/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-layer-list.h"

#include "app/bw-settings.h"

struct _BwLayerList
{
  GtkWidget parent_instance;

  BwCanvas *canvas;
  GtkWidget *grid_check;
  GtkSpinButton *spacing_spin;
};

G_DEFINE_FINAL_TYPE (BwLayerList, bw_layer_list, GTK_TYPE_WIDGET)

static void
on_spacing (BwLayerList *self)
{
  if (self->canvas)
    bw_canvas_set_grid (self->canvas, gtk_spin_button_get_value (self->spacing_spin));
}

void
bw_layer_list_set_canvas (BwLayerList *self,
                          BwCanvas    *canvas)
{
  g_return_if_fail (BW_IS_LAYER_LIST (self) && self->canvas == NULL);

  self->canvas = canvas;
  on_spacing (self);
}

static gboolean
bw_layer_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (BW_LAYER_LIST (widget)->grid_check);
}

static void
bw_layer_list_dispose (GObject *object)
{
  BwLayerList *self = BW_LAYER_LIST (object);
  GtkWidget *child;

  self->canvas = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bw_layer_list_parent_class)->dispose (object);
}

static void
bw_layer_list_class_init (BwLayerListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_layer_list_dispose;
  widget_class->grab_focus = bw_layer_list_grab_focus;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/layer-list.ui");
  gtk_widget_class_bind_template_child (widget_class, BwLayerList, grid_check);
  gtk_widget_class_bind_template_child (widget_class, BwLayerList, spacing_spin);
  gtk_widget_class_bind_template_callback (widget_class, on_spacing);
}

static void
bw_layer_list_init (BwLayerList *self)
{
  GSettings *settings = bw_settings_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  if (settings)
    g_settings_bind (settings, BW_SETTINGS_GRID_SPACING, self->spacing_spin, "value",
                     G_SETTINGS_BIND_DEFAULT);
}
