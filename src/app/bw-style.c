/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-style.h"

#include "app/bw-settings.h"

#define RESOURCES "/io/github/boardwalk_pcb/Boardwalk"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_SETTINGS "org.freedesktop.portal.Settings"
#define APPEARANCE "org.freedesktop.appearance"
#define COLOR_SCHEME "color-scheme"
#define PREFERS_DARK 1
#define CONTRAST "contrast"
#define PREFERS_MORE 1

/* GTK's own, which it has in dark as well; "HighContrastInverse" is always dark. */
#define CONTRAST_THEME "HighContrast"

static gboolean follow_system = TRUE;
static gboolean system_dark;
static gboolean system_contrast;
static gboolean wants_contrast;

static void
apply (gboolean dark)
{
  g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", dark, NULL);
}

static gboolean
has_contrast (void)
{
  g_autofree char *theme = NULL;

  g_object_get (gtk_settings_get_default (), "gtk-theme-name", &theme, NULL);
  return theme && g_str_has_prefix (theme, CONTRAST_THEME);
}

/* A desktop's own theme of high contrast stays. */
static void
apply_contrast (void)
{
  GtkSettings *settings = gtk_settings_get_default ();

  gtk_settings_reset_property (settings, "gtk-theme-name");
  if ((wants_contrast || system_contrast) && !has_contrast ())
    g_object_set (settings, "gtk-theme-name", CONTRAST_THEME, NULL);
}

static void
take_system_value (const char *key,
                   GVariant   *value)
{
  g_autoptr (GVariant) inner = g_variant_ref (value);

  /* Read answers a variant in a variant. */
  while (g_variant_is_of_type (inner, G_VARIANT_TYPE_VARIANT))
    {
      GVariant *next = g_variant_get_variant (inner);

      g_variant_unref (inner);
      inner = next;
    }
  if (!g_variant_is_of_type (inner, G_VARIANT_TYPE_UINT32))
    return;
  if (g_str_equal (key, CONTRAST))
    {
      system_contrast = g_variant_get_uint32 (inner) == PREFERS_MORE;
      apply_contrast ();
      return;
    }
  system_dark = g_variant_get_uint32 (inner) == PREFERS_DARK;
  if (follow_system)
    apply (system_dark);
}

static void
on_setting_changed (GDBusConnection *connection,
                    const char      *sender,
                    const char      *path,
                    const char      *interface,
                    const char      *signal,
                    GVariant        *parameters,
                    gpointer         user_data)
{
  const char *name_space, *key;
  g_autoptr (GVariant) value = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssv)")))
    return;
  g_variant_get (parameters, "(&s&sv)", &name_space, &key, &value);
  if (g_str_equal (name_space, APPEARANCE)
      && (g_str_equal (key, COLOR_SCHEME) || g_str_equal (key, CONTRAST)))
    take_system_value (key, value);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  const char *key = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) value = NULL;

  if (!answer)
    {
      g_debug ("The desktop does not tell its %s: %s", key, error->message);
      return;
    }
  g_variant_get (answer, "(v)", &value);
  take_system_value (key, value);
}

static void
ask_portal (GDBusConnection *bus,
            const char      *key)
{
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, PORTAL_SETTINGS, "Read",
                          g_variant_new ("(ss)", APPEARANCE, key), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_read, (gpointer) key);
}

static void
on_bus (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (!bus)
    return;
  g_dbus_connection_signal_subscribe (bus, PORTAL_NAME, PORTAL_SETTINGS, "SettingChanged",
                                      PORTAL_PATH, APPEARANCE, G_DBUS_SIGNAL_FLAGS_NONE,
                                      on_setting_changed, NULL, NULL);
  ask_portal (bus, COLOR_SCHEME);
  ask_portal (bus, CONTRAST);
}

void
bw_style_set_scheme (const char *scheme)
{
  static gboolean watching;

  if (!watching)
    {
      /* Where no portal answers, what GTK was configured with counts. */
      g_object_get (gtk_settings_get_default (), "gtk-application-prefer-dark-theme",
                    &system_dark, NULL);
      g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, NULL);
      watching = TRUE;
    }
  follow_system = !g_str_equal (scheme, "light") && !g_str_equal (scheme, "dark");
  apply (follow_system ? system_dark : g_str_equal (scheme, "dark"));
}

void
bw_style_set_reduced_motion (gboolean reduced)
{
  GtkSettings *settings = gtk_settings_get_default ();

  if (reduced)
    g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  else
    gtk_settings_reset_property (settings, "gtk-enable-animations");
}

void
bw_style_set_high_contrast (gboolean wanted)
{
  wants_contrast = wanted;
  apply_contrast ();
}

static GtkCssProvider *
load_provider (const char *resource)
{
  GtkCssProvider *provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, resource);
  return provider;
}

static void
follow_contrast (void)
{
  static GtkCssProvider *provider;
  GdkDisplay *display = gdk_display_get_default ();

  if (!provider)
    provider = load_provider (RESOURCES "/style-contrast.css");
  if (has_contrast ())
    gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  else
    gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (provider));
}

void
bw_style_load (void)
{
  g_autoptr (GtkCssProvider) provider = load_provider (RESOURCES "/style.css");

  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_signal_connect (gtk_settings_get_default (), "notify::gtk-theme-name",
                    G_CALLBACK (follow_contrast), NULL);
  follow_contrast ();
}

BwStyle
bw_style_of_widget (GtkWidget *widget)
{
  GSettings *settings = bw_settings_get ();
  BwStyle style = BW_STYLE_LIGHT;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  if (color.red + color.green + color.blue > 1.5f)
    style |= BW_STYLE_DARK;
  if (settings && g_settings_get_boolean (settings, BW_SETTINGS_SAFE_COLORS))
    style |= BW_STYLE_SAFE;
  if (has_contrast ())
    style |= BW_STYLE_MORE;
  return style;
}

void
bw_style_watch_colors (GtkWidget *widget,
                       GCallback  changed)
{
  if (bw_settings_get ())
    g_signal_connect_object (bw_settings_get (), "changed::" BW_SETTINGS_SAFE_COLORS, changed,
                             widget, G_CONNECT_SWAPPED);
}
