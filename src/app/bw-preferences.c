/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-preferences.h"

#include "app/bw-settings.h"

struct _BwPreferences
{
  GtkWindow parent_instance;

  GtkWidget *units_drop;
  GtkWidget *style_drop;
  GtkWidget *spacing_spin;
  GtkWidget *motion_check;
  GtkWidget *time_spin;
  GtkWidget *contrast_check;
  GtkWidget *colors_check;
  GtkWidget *keep_check;
};

G_DEFINE_FINAL_TYPE (BwPreferences, bw_preferences, GTK_TYPE_WINDOW)

/* In the order of the list. */
static const char *const schemes[] = { "system", "light", "dark", NULL };

static gboolean
get_scheme (GValue   *value,
            GVariant *variant,
            gpointer  user_data)
{
  const char *scheme = g_variant_get_string (variant, NULL);
  guint i = 0;

  while (schemes[i] && !g_str_equal (schemes[i], scheme))
    i++;
  g_value_set_uint (value, i);
  return schemes[i] != NULL;
}

static GVariant *
set_scheme (const GValue       *value,
            const GVariantType *type,
            gpointer            user_data)
{
  guint i = g_value_get_uint (value);

  return i < g_strv_length ((char **) schemes) ? g_variant_new_string (schemes[i]) : NULL;
}

/* The list has millimetres first, then inches. */
static gboolean
get_units (GValue   *value,
           GVariant *variant,
           gpointer  user_data)
{
  g_value_set_uint (value, g_variant_get_boolean (variant) ? 1 : 0);
  return TRUE;
}

static GVariant *
set_units (const GValue       *value,
           const GVariantType *type,
           gpointer            user_data)
{
  return g_variant_new_boolean (g_value_get_uint (value) == 1);
}

static void
bw_preferences_class_init (BwPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, BwPreferences, units_drop);
  gtk_widget_class_bind_template_child (widget_class, BwPreferences, style_drop);
  gtk_widget_class_bind_template_child (widget_class, BwPreferences, spacing_spin);
  gtk_widget_class_bind_template_child (widget_class, BwPreferences, motion_check);
  gtk_widget_class_bind_template_child (widget_class, BwPreferences, time_spin);
  gtk_widget_class_bind_template_child (widget_class, BwPreferences, contrast_check);
  gtk_widget_class_bind_template_child (widget_class, BwPreferences, colors_check);
  gtk_widget_class_bind_template_child (widget_class, BwPreferences, keep_check);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bw_preferences_init (BwPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

BwPreferences *
bw_preferences_new (GtkWindow *parent,
                    GSettings *settings)
{
  BwPreferences *self = g_object_new (BW_TYPE_PREFERENCES, "transient-for", parent, NULL);

  g_settings_bind_with_mapping (settings, BW_SETTINGS_INCHES, self->units_drop, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_units, set_units, NULL, NULL);
  g_settings_bind_with_mapping (settings, BW_SETTINGS_COLOR_SCHEME, self->style_drop, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_scheme, set_scheme, NULL, NULL);
  g_settings_bind (settings, BW_SETTINGS_GRID_SPACING, self->spacing_spin, "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, BW_SETTINGS_REDUCED_MOTION, self->motion_check, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, BW_SETTINGS_RUN_TIME, self->time_spin, "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, BW_SETTINGS_HIGH_CONTRAST, self->contrast_check, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, BW_SETTINGS_SAFE_COLORS, self->colors_check, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, BW_SETTINGS_KEEP_UNSAVED, self->keep_check, "active",
                   G_SETTINGS_BIND_DEFAULT);
  return self;
}
