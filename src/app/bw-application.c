/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-application.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/bw-closing.h"
#include "app/bw-mnemonics.h"
#include "app/bw-preferences.h"
#include "app/bw-renderer.h"
#include "app/bw-settings.h"
#include "app/bw-sharing.h"
#include "app/bw-style.h"
#include "app/bw-window.h"
#include "board/bw-board-writer.h"

#define RESOURCES "/io/github/boardwalk_pcb/Boardwalk"

struct _BwApplication
{
  GtkApplication parent_instance;

  BwSharing *sharing;
  BwPreferences *preferences; /* weak; while it is open */
  GtkWidget *quitting; /* weak; the question that is open */
  gboolean share_next; /* --share: the boards that are opened next */
};

G_DEFINE_FINAL_TYPE (BwApplication, bw_application, GTK_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "share", 's', 0, G_OPTION_ARG_NONE, NULL, N_("Share the board with browsers"), NULL },
  /* A text: of numbers, GApplication hands on none that is 0. */
  { "port", 'p', 0, G_OPTION_ARG_STRING, NULL, N_("Port to share on (8765 unless told)"), N_("N") },
  { "host", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_("Address to share on (this computer only unless told)"), N_("H") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version"), NULL },
  { NULL },
};

static BwWindow *
find_window (BwApplication *self,
             GFile         *file)
{
  BwWindow *vacant = NULL;

  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self)); item; item = item->next)
    {
      GFile *other;

      if (!BW_IS_WINDOW (item->data))
        continue;
      other = bw_window_get_file (item->data);
      if (file && other && bw_board_is_same_file (file, other))
        return item->data;
      if (!vacant && bw_window_is_vacant (item->data))
        vacant = item->data;
    }
  return vacant;
}

static BwWindow *
ensure_window (BwApplication *self,
               GFile         *file)
{
  BwWindow *window = find_window (self, file);

  return window ? window : bw_window_new (GTK_APPLICATION (self), self->sharing);
}

static void
bw_application_activate (GApplication *application)
{
  BwApplication *self = BW_APPLICATION (application);
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (!active)
    {
      BwWindow *window = ensure_window (self, NULL);

      active = GTK_WINDOW (window);
      bw_window_offer_recovery (window);
    }
  gtk_window_present (active);
}

static void
bw_application_open (GApplication *application,
                     GFile       **files,
                     int           n_files,
                     const char   *hint)
{
  BwApplication *self = BW_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      BwWindow *window = ensure_window (self, files[i]);

      if (bw_window_is_vacant (window))
        bw_window_open (window, files[i]);
      if (self->share_next)
        bw_window_share (window);
      gtk_window_present (GTK_WINDOW (window));
    }
  self->share_next = FALSE;
}

static void
on_quit (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwApplication *self = user_data;
  GtkApplication *application = GTK_APPLICATION (self);

  /* The last to go ends the application. */
  if (!self->quitting)
    g_set_weak_pointer (&self->quitting,
                        bw_closing_begin (gtk_application_get_active_window (application),
                                          gtk_application_get_windows (application)));
}

static void
on_about (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  gtk_show_about_dialog (gtk_application_get_active_window (user_data),
                         "program-name", _("Boardwalk"),
                         "logo-icon-name", "io.github.boardwalk_pcb.Boardwalk",
                         "version", BW_VERSION,
                         "comments", _("Places the parts of KiCad boards while you watch"),
                         "website", "https://github.com/boardwalk-pcb/boardwalk",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "copyright", _("© The Boardwalk contributors"),
                         NULL);
}

/* (share, port, host): what was asked for, -1 and "" where nothing was said. Sent to the process
 * that has the windows, which may not be this one. */
static void
on_share_next (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  BwApplication *self = user_data;
  const char *host;
  gboolean share;
  int port;

  g_variant_get (parameter, "(bi&s)", &share, &port, &host);
  self->share_next = share;
  if (port >= 0)
    bw_sharing_set_port (self->sharing, (guint16) MIN (port, G_MAXUINT16));
  if (*host)
    bw_sharing_set_host (self->sharing, host);
}

static void
on_show_window (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GtkWindow *window =
    gtk_application_get_window_by_id (user_data, g_variant_get_uint32 (parameter));

  /* It may be closed by now. */
  if (window)
    gtk_window_present (window);
}

static void
on_preferences (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  BwApplication *self = user_data;
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (!self->preferences)
    g_set_weak_pointer (&self->preferences, bw_preferences_new (active, bw_settings_get ()));
  gtk_window_present (GTK_WINDOW (self->preferences));
}

static void
on_color_scheme (GSimpleAction *action,
                 GVariant      *state,
                 gpointer       user_data)
{
  GSettings *settings = bw_settings_get ();
  const char *scheme = g_variant_get_string (state, NULL);

  bw_style_set_scheme (scheme);
  g_simple_action_set_state (action, state);
  if (settings)
    g_settings_set_string (settings, BW_SETTINGS_COLOR_SCHEME, scheme);
}

static const GActionEntry actions[] = {
  { .name = "quit", .activate = on_quit },
  { .name = "about", .activate = on_about },
  { .name = "preferences", .activate = on_preferences },
  { .name = "share-next", .activate = on_share_next, .parameter_type = "(bis)" },
  { .name = "show-window", .activate = on_show_window, .parameter_type = "u" },
  { .name = "color-scheme", .parameter_type = "s", .state = "'system'",
    .change_state = on_color_scheme },
};

static void
add_accelerators (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *accels[3];
  } keys[] = {
    { "win.run", { "F5", NULL } },
    { "win.step", { "F6", NULL } },
    { "win.stop", { "<Shift>F5", NULL } },
    { "win.restart", { "<Primary><Shift>F5", NULL } },
    { "win.run-options", { "<Primary>r", NULL } },
    { "win.try-seeds", { "<Primary><Shift>r", NULL } },
    { "win.untangle", { "<Primary>u", NULL } },
    { "win.open", { "<Primary>o", NULL } },
    { "win.save", { "<Primary>s", NULL } },
    { "win.export", { "<Primary>e", NULL } },
    { "win.save-as", { "<Primary><Shift>s", NULL } },
    { "win.undo", { "<Primary>z", NULL } },
    { "win.redo", { "<Primary><Shift>z", "<Primary>y", NULL } },
    { "win.find", { "<Primary>f", NULL } },
    { "win.share", { "<Primary><Shift>h", NULL } },
    { "win.zoom-in", { "<Primary>plus", "<Primary>equal", NULL } },
    { "win.zoom-out", { "<Primary>minus", NULL } },
    { "win.fit", { "<Primary>0", NULL } },
    { "win.play", { "F7", NULL } },
    { "win.live", { "<Shift>F7", NULL } },
    { "win.mark", { "<Primary>m", NULL } },
    { "win.compare", { "<Primary>d", NULL } },
    { "win.show-panel", { "F9", NULL } },
    { "win.panel::parts", { "<Primary>1", NULL } },
    { "win.panel::nets", { "<Primary>2", NULL } },
    { "win.panel::modules", { "<Primary>3", NULL } },
    { "win.panel::layers", { "<Primary>4", NULL } },
    { "win.panel::weights", { "<Primary>5", NULL } },
    { "win.panel::rules", { "<Primary>6", NULL } },
    { "win.flip-view", { "<Primary>b", NULL } },
    { "app.preferences", { "<Primary>comma", NULL } },
    { "window.close", { "<Primary>w", NULL } },
    { "app.quit", { "<Primary>q", NULL } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action, keys[i].accels);
}

/* Also where another window, or another program, has chosen. */
static void
take_color_scheme (BwApplication *self)
{
  g_autofree char *scheme = g_settings_get_string (bw_settings_get (), BW_SETTINGS_COLOR_SCHEME);
  g_autoptr (GVariant) state =
    g_action_group_get_action_state (G_ACTION_GROUP (self), "color-scheme");

  if (!g_str_equal (scheme, g_variant_get_string (state, NULL)))
    g_action_group_change_action_state (G_ACTION_GROUP (self), "color-scheme",
                                        g_variant_new_string (scheme));
}

static void
take_motion (void)
{
  bw_style_set_reduced_motion (g_settings_get_boolean (bw_settings_get (),
                                                       BW_SETTINGS_REDUCED_MOTION));
}

static void
take_contrast (void)
{
  bw_style_set_high_contrast (g_settings_get_boolean (bw_settings_get (),
                                                      BW_SETTINGS_HIGH_CONTRAST));
}

static void
use_settings (BwApplication *self,
              GSettings     *settings)
{
  int port = g_settings_get_int (settings, BW_SETTINGS_PORT);
  g_autoptr (GAction) safe_colors = g_settings_create_action (settings, BW_SETTINGS_SAFE_COLORS);
  g_autoptr (GAction) contrast = g_settings_create_action (settings, BW_SETTINGS_HIGH_CONTRAST);

  bw_sharing_set_port (self->sharing, (guint16) CLAMP (port, 0, G_MAXUINT16));
  bw_sharing_set_fps (self->sharing, g_settings_get_int (settings, BW_SETTINGS_SHARE_RATE));
  bw_sharing_set_encrypted (self->sharing, g_settings_get_boolean (
    settings, BW_SETTINGS_SHARE_ENCRYPTED));
  g_action_map_add_action (G_ACTION_MAP (self), safe_colors);
  g_action_map_add_action (G_ACTION_MAP (self), contrast);
  take_color_scheme (self);
  take_motion ();
  take_contrast ();
  g_signal_connect_object (settings, "changed::" BW_SETTINGS_COLOR_SCHEME,
                           G_CALLBACK (take_color_scheme), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" BW_SETTINGS_REDUCED_MOTION,
                           G_CALLBACK (take_motion), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" BW_SETTINGS_HIGH_CONTRAST,
                           G_CALLBACK (take_contrast), self, G_CONNECT_SWAPPED);
}

static void
bw_application_startup (GApplication *application)
{
  BwApplication *self = BW_APPLICATION (application);
  GSettings *settings = bw_settings_get ();

  G_APPLICATION_CLASS (bw_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name ("io.github.boardwalk_pcb.Boardwalk");
  bw_style_load ();
  bw_mnemonics_tidy_names ();
  add_accelerators (GTK_APPLICATION (self));
  bw_style_set_scheme ("system");
  g_simple_action_set_enabled (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "preferences")),
    settings != NULL);
  if (settings)
    use_settings (self, settings);
}

/* Returns FALSE where the options make no sense, and has said why. */
static gboolean
send_options (GApplication *application,
              GVariantDict *dict)
{
  g_autoptr (GError) error = NULL;
  gboolean share = g_variant_dict_contains (dict, "share");
  const char *host = "";
  const char *port_text;
  guint64 port = 0;
  gboolean has_port = g_variant_dict_lookup (dict, "port", "&s", &port_text);

  g_variant_dict_lookup (dict, "host", "&s", &host);
  if (has_port && !g_ascii_string_to_unsigned (port_text, 10, 0, G_MAXUINT16, &port, NULL))
    {
      g_printerr ("boardwalk: %s\n", _("--port takes a number from 0 (any free one) to 65535"));
      return FALSE;
    }
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("boardwalk: %s\n", error->message);
      return FALSE;
    }
  g_action_group_activate_action (G_ACTION_GROUP (application), "share-next",
                                  g_variant_new ("(bis)", share, has_port ? (int) port : -1, host));
  return TRUE;
}

static int
bw_application_handle_local_options (GApplication *application,
                                     GVariantDict *dict)
{
  const int go_on = -1;
  const int failed = 1;
  const int wrong_usage = 2;

  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("boardwalk %s\n", BW_VERSION);
      return 0;
    }
  if (!gtk_init_check ())
    {
      g_printerr ("boardwalk: %s\n", _("there is no display for a window; “boardwalk help” tells "
                                       "what goes without"));
      return failed;
    }
  /* While there is only this thread: it may set the environment. */
  bw_renderer_choose (gdk_display_get_default ());
  if (g_variant_dict_contains (dict, "share") || g_variant_dict_contains (dict, "port")
      || g_variant_dict_contains (dict, "host"))
    return send_options (application, dict) ? go_on : wrong_usage;
  return go_on;
}

static void
bw_application_shutdown (GApplication *application)
{
  BwApplication *self = BW_APPLICATION (application);

  bw_sharing_shut_down (self->sharing);
  g_clear_object (&self->sharing);
  G_APPLICATION_CLASS (bw_application_parent_class)->shutdown (application);
}

static void
bw_application_dispose (GObject *object)
{
  BwApplication *self = BW_APPLICATION (object);

  g_clear_weak_pointer (&self->preferences);
  g_clear_weak_pointer (&self->quitting);
  g_clear_object (&self->sharing);
  G_OBJECT_CLASS (bw_application_parent_class)->dispose (object);
}

static void
bw_application_class_init (BwApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_application_dispose;
  application_class->startup = bw_application_startup;
  application_class->shutdown = bw_application_shutdown;
  application_class->activate = bw_application_activate;
  application_class->open = bw_application_open;
  application_class->handle_local_options = bw_application_handle_local_options;
}

static void
bw_application_init (BwApplication *self)
{
  self->sharing = bw_sharing_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[FILE…]"));
  g_application_set_option_context_summary (
    G_APPLICATION (self),
    _("Places the parts of KiCad boards while you watch.\n"
      "“boardwalk help” tells what it does without a window."));
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

BwApplication *
bw_application_new (void)
{
  return g_object_new (BW_TYPE_APPLICATION,
                       "application-id", BW_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", RESOURCES,
                       NULL);
}
