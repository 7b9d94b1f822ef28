/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-module-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/bw-style.h"

#define PALETTE_COLUMNS 5

struct _BwModuleRow
{
  GtkListBoxRow parent_instance;

  BwBoard *board;
  guint32 module;
  guint32 color;     /* as it was when the choice was opened */
  gboolean updating; /* the buttons follow, they do not ask */

  GtkMenuButton *color_button;
  GtkDrawingArea *swatch;
  GtkLabel *name_label;
  GtkLabel *count_label;
  GtkWidget *select_button;
  GtkToggleButton *show_toggle;
  GtkToggleButton *hold_toggle;
};

G_DEFINE_FINAL_TYPE (BwModuleRow, bw_module_row, GTK_TYPE_LIST_BOX_ROW)

static guint show_changed_signal;

static guint32
get_color (BwModuleRow *self)
{
  return bw_board_get_module_color (self->board, (gint32) self->module);
}

static BwColor
get_shown_color (BwModuleRow *self)
{
  const BwTheme *theme = bw_theme_get (bw_style_of_widget (GTK_WIDGET (self)));

  return bw_theme_module_color (theme, (int32_t) self->module, get_color (self));
}

static void
draw_swatch (GtkDrawingArea *area,
             cairo_t        *cr,
             int             width,
             int             height,
             gpointer        user_data)
{
  BwModuleRow *self = user_data;
  BwColor color = get_shown_color (self);

  cairo_arc (cr, width / 2.0, height / 2.0, MIN (width, height) / 2.0, 0, 2 * G_PI);
  cairo_set_source_rgb (cr, color.red, color.green, color.blue);
  cairo_fill (cr);
}

static void
try_color (BwModuleRow *self,
           guint32      color)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.try-module-color", "(uu)", self->module,
                              color);
}

static void
on_rgba (GtkColorChooser *chooser,
         GParamSpec      *pspec,
         BwModuleRow     *self)
{
  GdkRGBA rgba;

  gtk_color_chooser_get_rgba (chooser, &rgba);
  try_color (self, BW_COLOR_CHOSEN | (guint32) lround ((double) rgba.red * 255) << 16
                     | (guint32) lround ((double) rgba.green * 255) << 8
                     | (guint32) lround ((double) rgba.blue * 255));
}

static void
on_automatic (GtkButton   *button,
              BwModuleRow *self)
{
  try_color (self, 0);
  gtk_menu_button_popdown (self->color_button);
}

static void
on_closed (GtkPopover  *popover,
           BwModuleRow *self)
{
  if (get_color (self) != self->color)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.color-module", "(uu)", self->module,
                                get_color (self));
}

/* Of the theme's colours, or any other. */
static GtkWidget *
create_chooser (BwModuleRow *self)
{
  GtkWidget *chooser = gtk_color_chooser_widget_new ();
  const BwTheme *theme = bw_theme_get (bw_style_of_widget (GTK_WIDGET (self)));
  BwColor shown = get_shown_color (self);
  GdkRGBA palette[BW_THEME_N_MODULES];

  for (int i = 0; i < BW_THEME_N_MODULES; i++)
    palette[i] = (GdkRGBA) { (float) theme->modules[i].red, (float) theme->modules[i].green,
                             (float) theme->modules[i].blue, 1 };
  gtk_color_chooser_set_use_alpha (GTK_COLOR_CHOOSER (chooser), FALSE);
  gtk_color_chooser_add_palette (GTK_COLOR_CHOOSER (chooser), GTK_ORIENTATION_HORIZONTAL,
                                 PALETTE_COLUMNS, BW_THEME_N_MODULES, palette);
  gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (chooser),
                              &(GdkRGBA) { (float) shown.red, (float) shown.green,
                                           (float) shown.blue, 1 });
  g_signal_connect_object (chooser, "notify::rgba", G_CALLBACK (on_rgba), self, 0);
  return chooser;
}

static void
create_popover (GtkMenuButton *button,
                gpointer       user_data)
{
  BwModuleRow *self = user_data;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  /* Translators: the colour of a module as it is while nobody chose one. */
  GtkWidget *automatic = gtk_button_new_with_mnemonic (_("_Automatic"));

  self->color = get_color (self);
  g_signal_connect_object (automatic, "clicked", G_CALLBACK (on_automatic), self, 0);
  g_signal_connect_object (popover, "closed", G_CALLBACK (on_closed), self, 0);
  gtk_box_append (GTK_BOX (box), create_chooser (self));
  gtk_box_append (GTK_BOX (box), automatic);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (button, popover);
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

void
bw_module_row_update_color (BwModuleRow *self)
{
  g_return_if_fail (BW_IS_MODULE_ROW (self));

  gtk_widget_queue_draw (GTK_WIDGET (self->swatch));
}

/* The buttons are called the same in all rows. */
static void
tell_module (BwModuleRow *self,
             const char  *name)
{
  GtkWidget *const buttons[] = { GTK_WIDGET (self->color_button), self->select_button,
                                 GTK_WIDGET (self->show_toggle), GTK_WIDGET (self->hold_toggle) };

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_accessible_update_property (GTK_ACCESSIBLE (buttons[i]),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, name, -1);
}

BwModuleRow *
bw_module_row_new (BwBoard *board,
                   guint32  module,
                   guint    n_parts,
                   guint    n_free)
{
  BwModuleRow *self = g_object_new (BW_TYPE_MODULE_ROW, NULL);
  g_autofree char *count = g_strdup_printf (ngettext ("%u part", "%u parts", n_parts), n_parts);
  g_autofree char *told =
    /* Translators: "12 parts" of a module that was guessed from nets and values. */
    board->modules[module].inferred ? g_strdup_printf (_("%s, inferred"), count) : NULL;

  self->board = bw_board_ref (board);
  self->module = module;
  gtk_label_set_text (self->name_label, board->modules[module].name);
  tell_module (self, board->modules[module].name);
  gtk_label_set_text (self->count_label, told ? told : count);
  gtk_widget_set_sensitive (GTK_WIDGET (self->hold_toggle), n_free > 0);
  gtk_drawing_area_set_draw_func (self->swatch, draw_swatch, self, NULL);
  gtk_menu_button_set_create_popup_func (self->color_button, create_popover, self, NULL);
  return self;
}

static gboolean
bw_module_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (BW_MODULE_ROW (widget)->select_button);
}

gboolean
bw_module_row_is_choosing (BwModuleRow *self)
{
  GtkPopover *popover = gtk_menu_button_get_popover (self->color_button);

  return popover && gtk_widget_get_focus_child (GTK_WIDGET (popover));
}

/* From one button to the next, and not beyond them: Tab goes on to what is beside the list. */
static gboolean
bw_module_row_focus (GtkWidget       *widget,
                     GtkDirectionType direction)
{
  GtkWidget *child = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget));

  if (!gtk_widget_get_focus_child (widget))
    return gtk_widget_grab_focus (widget);
  if (bw_module_row_is_choosing (BW_MODULE_ROW (widget)))
    return GTK_WIDGET_CLASS (bw_module_row_parent_class)->focus (widget, direction);
  if (direction != GTK_DIR_LEFT && direction != GTK_DIR_RIGHT)
    return FALSE;
  gtk_widget_child_focus (child, direction);
  return TRUE;
}

void
bw_module_row_focus_like (BwModuleRow *self,
                          BwModuleRow *other)
{
  GtkWidget *const mine[] = { GTK_WIDGET (self->color_button), GTK_WIDGET (self->show_toggle),
                              GTK_WIDGET (self->hold_toggle) };
  GtkWidget *const others[] = { GTK_WIDGET (other->color_button), GTK_WIDGET (other->show_toggle),
                                GTK_WIDGET (other->hold_toggle) };

  g_return_if_fail (BW_IS_MODULE_ROW (self) && BW_IS_MODULE_ROW (other));

  for (gsize i = 0; i < G_N_ELEMENTS (mine); i++)
    if (gtk_widget_get_state_flags (others[i]) & GTK_STATE_FLAG_FOCUS_WITHIN
        && gtk_widget_grab_focus (mine[i]))
      return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
bw_module_row_finalize (GObject *object)
{
  g_clear_pointer (&BW_MODULE_ROW (object)->board, bw_board_unref);
  G_OBJECT_CLASS (bw_module_row_parent_class)->finalize (object);
}

static void
bw_module_row_class_init (BwModuleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bw_module_row_finalize;
  widget_class->grab_focus = bw_module_row_grab_focus;
  widget_class->focus = bw_module_row_focus;
  show_changed_signal = g_signal_new ("show-changed", BW_TYPE_MODULE_ROW, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/module-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BwModuleRow, color_button);
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
