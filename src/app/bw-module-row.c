/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-module-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/bw-style.h"

struct _BwModuleRow
{
  GtkListBoxRow parent_instance;

  guint32 module;
  gboolean updating; /* the buttons follow, they do not ask */

  GtkDrawingArea *swatch;
  GtkLabel *name_label;
  GtkLabel *count_label;
  GtkWidget *select_button;
  GtkToggleButton *show_toggle;
  GtkToggleButton *hold_toggle;
};

G_DEFINE_FINAL_TYPE (BwModuleRow, bw_module_row, GTK_TYPE_LIST_BOX_ROW)

static guint show_changed_signal;

static void
draw_swatch (GtkDrawingArea *area,
             cairo_t        *cr,
             int             width,
             int             height,
             gpointer        user_data)
{
  BwModuleRow *self = user_data;
  const BwTheme *theme = bw_theme_get (bw_style_of_widget (GTK_WIDGET (area)));
  BwColor color = bw_theme_module_color (theme, (int32_t) self->module);

  cairo_arc (cr, width / 2.0, height / 2.0, MIN (width, height) / 2.0, 0, 2 * G_PI);
  cairo_set_source_rgb (cr, color.red, color.green, color.blue);
  cairo_fill (cr);
}

static void
on_select (GtkButton   *button,
           BwModuleRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.select-module", "u", self->module);
}

static void
on_show_toggled (GtkToggleButton *toggle,
                 BwModuleRow     *self)
{
  gtk_button_set_icon_name (GTK_BUTTON (toggle), gtk_toggle_button_get_active (toggle)
                                                   ? "view-reveal-symbolic"
                                                   : "view-conceal-symbolic");
  g_signal_emit (self, show_changed_signal, 0);
}

static void
on_hold_toggled (GtkToggleButton *toggle,
                 BwModuleRow     *self)
{
  gboolean held = gtk_toggle_button_get_active (toggle);

  gtk_button_set_icon_name (GTK_BUTTON (toggle), held ? "changes-prevent-symbolic"
                                                      : "changes-allow-symbolic");
  if (!self->updating)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.hold-module", "(ub)", self->module, held);
}

gboolean
bw_module_row_get_shown (BwModuleRow *self)
{
  g_return_val_if_fail (BW_IS_MODULE_ROW (self), TRUE);

  return gtk_toggle_button_get_active (self->show_toggle);
}

void
bw_module_row_set_held (BwModuleRow *self,
                        gboolean     held)
{
  g_return_if_fail (BW_IS_MODULE_ROW (self));

  self->updating = TRUE;
  gtk_toggle_button_set_active (self->hold_toggle, held);
  self->updating = FALSE;
}

BwModuleRow *
bw_module_row_new (const BwBoard *board,
                   guint32        module,
                   guint          n_parts,
                   guint          n_free)
{
  BwModuleRow *self = g_object_new (BW_TYPE_MODULE_ROW, NULL);
  g_autofree char *count = g_strdup_printf (ngettext ("%u part", "%u parts", n_parts), n_parts);
  g_autofree char *told =
    /* Translators: "12 parts" of a module that was guessed from nets and values. */
    board->modules[module].inferred ? g_strdup_printf (_("%s, inferred"), count) : NULL;

  self->module = module;
  gtk_label_set_text (self->name_label, board->modules[module].name);
  gtk_label_set_text (self->count_label, told ? told : count);
  gtk_widget_set_sensitive (GTK_WIDGET (self->hold_toggle), n_free > 0);
  gtk_drawing_area_set_draw_func (self->swatch, draw_swatch, self, NULL);
  return self;
}

static gboolean
bw_module_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (BW_MODULE_ROW (widget)->select_button);
}

static void
bw_module_row_class_init (BwModuleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = bw_module_row_grab_focus;
  show_changed_signal = g_signal_new ("show-changed", BW_TYPE_MODULE_ROW, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/module-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BwModuleRow, swatch);
  gtk_widget_class_bind_template_child (widget_class, BwModuleRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, BwModuleRow, count_label);
  gtk_widget_class_bind_template_child (widget_class, BwModuleRow, select_button);
  gtk_widget_class_bind_template_child (widget_class, BwModuleRow, show_toggle);
  gtk_widget_class_bind_template_child (widget_class, BwModuleRow, hold_toggle);
  gtk_widget_class_bind_template_callback (widget_class, on_select);
  gtk_widget_class_bind_template_callback (widget_class, on_show_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_hold_toggled);
}

static void
bw_module_row_init (BwModuleRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bw_style_watch_colors (GTK_WIDGET (self->swatch), G_CALLBACK (gtk_widget_queue_draw));
}
