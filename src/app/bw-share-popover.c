/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-share-popover.h"

#include <glib/gi18n.h>

#include "app/bw-settings.h"

struct _BwSharePopover
{
  GtkPopover parent_instance;

  BwSharing *sharing;
  gulong changed_id;
  BwFeed *feed;
  char *title;
  gboolean updating; /* the switch follows, it does not ask */

  GtkSwitch *share_switch;
  GtkRevealer *details_revealer;
  GtkRevealer *error_revealer;
  GtkLabel *error_label;
  GtkButton *next_port_button;
  GtkSpinButton *port_spin;
  GtkWidget *port_row;
  GtkEditable *watch_entry;
  GtkEditable *control_entry;
  GtkEditable *script_entry;
  GtkLabel *clients_label;
  GtkLabel *reach_label;
};

G_DEFINE_FINAL_TYPE (BwSharePopover, bw_share_popover, GTK_TYPE_POPOVER)

enum
{
  PROP_0,
  PROP_SHARED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

gboolean
bw_share_popover_get_shared (BwSharePopover *self)
{
  g_return_val_if_fail (BW_IS_SHARE_POPOVER (self), FALSE);

  return self->sharing && self->feed && bw_sharing_get_id (self->sharing, self->feed) != NULL;
}

static void
show_addresses (BwSharePopover *self)
{
  BwServer *server = bw_sharing_get_server (self->sharing);
  const char *id = bw_sharing_get_id (self->sharing, self->feed);
  g_autofree char *watch = bw_server_dup_page_url (server, id, BW_ROLE_VIEWER);
  g_autofree char *control = bw_server_dup_page_url (server, id, BW_ROLE_CONTROLLER);
  g_autofree char *stream = bw_server_dup_stream_url (server, id);
  const char *token = bw_server_get_token (server, id, BW_ROLE_CONTROLLER);
  g_autofree char *script
    = token ? g_strdup_printf ("%s  Authorization: Bearer %s", stream, token) : NULL;
  guint n_clients = bw_server_get_n_clients (server);
  g_autofree char *clients =
    n_clients == 0 ? g_strdup (_("Nobody is watching yet"))
                   : g_strdup_printf (ngettext ("%u viewer connected", "%u viewers connected",
                                                n_clients), n_clients);

  /* A link may have been revoked by an owner elsewhere. */
  gtk_editable_set_text (self->watch_entry, watch ? watch : "");
  gtk_editable_set_text (self->control_entry, control ? control : "");
  gtk_editable_set_text (self->script_entry, script ? script : "");
  gtk_label_set_text (self->clients_label, clients);
}

static void
update (BwSharePopover *self)
{
  gboolean shared = bw_share_popover_get_shared (self);

  self->updating = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->share_switch), self->feed != NULL);
  gtk_switch_set_active (self->share_switch, shared);
  if (self->sharing)
    {
      gtk_label_set_text (self->reach_label,
                          bw_sharing_get_host (self->sharing)
                            ? _("Whoever has a link sees the run live in a browser")
                            : _("Browsers on this computer see the run live"));
      gtk_spin_button_set_value (self->port_spin, bw_sharing_get_port (self->sharing));
      /* One server for all windows: its port cannot change while any of them shares. */
      gtk_widget_set_sensitive (self->port_row, bw_sharing_get_server (self->sharing) == NULL);
    }
  self->updating = FALSE;
  if (shared)
    {
      show_addresses (self);
      gtk_revealer_set_reveal_child (self->error_revealer, FALSE);
    }
  gtk_revealer_set_reveal_child (self->details_revealer, shared);
}

static void
on_sharing_changed (BwSharePopover *self)
{
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHARED]);
}

static void
show_error (BwSharePopover *self,
            const GError   *error)
{
  guint16 next = bw_sharing_get_free_port (self->sharing);
  gboolean in_use = g_error_matches (error, BW_SERVER_ERROR, BW_SERVER_ERROR_PORT_IN_USE);

  if (in_use)
    {
      g_autofree char *message =
        g_strdup_printf (_("Port %u is in use by another program."),
                         (guint) bw_sharing_get_port (self->sharing));

      gtk_label_set_text (self->error_label, message);
    }
  else
    gtk_label_set_text (self->error_label, error->message);
  if (in_use && next != 0)
    {
      g_autofree char *label = g_strdup_printf (_("Use Port %u"), (guint) next);

      gtk_button_set_label (self->next_port_button, label);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->next_port_button), in_use && next != 0);
  gtk_revealer_set_reveal_child (self->error_revealer, TRUE);
}

void
bw_share_popover_set_shared (BwSharePopover *self,
                             gboolean        shared)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (BW_IS_SHARE_POPOVER (self));

  if (!self->feed || shared == bw_share_popover_get_shared (self))
    return;
  gtk_revealer_set_reveal_child (self->error_revealer, FALSE);
  if (!shared)
    bw_sharing_remove (self->sharing, self->feed);
  else if (!bw_sharing_add (self->sharing, self->feed, self->title, &error))
    {
      update (self);
      show_error (self, error);
    }
}

static gboolean
on_switch (GtkSwitch *widget,
           gboolean   state,
           gpointer   user_data)
{
  BwSharePopover *self = user_data;

  if (!self->updating)
    bw_share_popover_set_shared (self, state);
  /* Stays off where that failed. */
  gtk_switch_set_state (widget, bw_share_popover_get_shared (self));
  return TRUE;
}

static void
on_port_changed (GtkSpinButton *spin,
                 gpointer       user_data)
{
  BwSharePopover *self = user_data;
  GSettings *settings = bw_settings_get ();
  int port = gtk_spin_button_get_value_as_int (spin);

  if (self->updating || !self->sharing)
    return;
  bw_sharing_set_port (self->sharing, (guint16) port);
  if (settings)
    g_settings_set_int (settings, BW_SETTINGS_PORT, port);
}

static void
on_next_port (GtkButton *button,
              gpointer   user_data)
{
  BwSharePopover *self = user_data;

  bw_sharing_set_port (self->sharing, bw_sharing_get_free_port (self->sharing));
  bw_share_popover_set_shared (self, TRUE);
}

static void
copy (BwSharePopover *self,
      GtkEditable    *entry)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_editable_get_text (entry));
  gtk_editable_select_region (entry, 0, -1);
}

static void
on_copy_watch (GtkButton *button,
               gpointer   user_data)
{
  BwSharePopover *self = user_data;

  copy (self, self->watch_entry);
}

static void
on_copy_control (GtkButton *button,
                 gpointer   user_data)
{
  BwSharePopover *self = user_data;

  copy (self, self->control_entry);
}

static void
on_copy_script (GtkButton *button,
                gpointer   user_data)
{
  BwSharePopover *self = user_data;

  copy (self, self->script_entry);
}

static void
drop_feed (BwSharePopover *self)
{
  if (self->sharing && self->feed)
    bw_sharing_remove (self->sharing, self->feed);
  if (self->sharing)
    g_clear_signal_handler (&self->changed_id, self->sharing);
  g_clear_object (&self->feed);
  g_clear_object (&self->sharing);
  g_clear_pointer (&self->title, g_free);
}

void
bw_share_popover_set_feed (BwSharePopover *self,
                           BwSharing      *sharing,
                           BwFeed         *feed,
                           const char     *title)
{
  g_return_if_fail (BW_IS_SHARE_POPOVER (self));

  drop_feed (self);
  self->sharing = g_object_ref (sharing);
  self->changed_id = g_signal_connect_swapped (sharing, "changed",
                                               G_CALLBACK (on_sharing_changed), self);
  if (feed)
    self->feed = g_object_ref (feed);
  self->title = g_strdup (title);
  on_sharing_changed (self);
}

static void
bw_share_popover_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SHARED:
      g_value_set_boolean (value, bw_share_popover_get_shared (BW_SHARE_POPOVER (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
bw_share_popover_dispose (GObject *object)
{
  drop_feed (BW_SHARE_POPOVER (object));
  G_OBJECT_CLASS (bw_share_popover_parent_class)->dispose (object);
}

static void
bw_share_popover_class_init (BwSharePopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bw_share_popover_get_property;
  object_class->dispose = bw_share_popover_dispose;

  properties[PROP_SHARED] =
    g_param_spec_boolean ("shared", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/share-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, share_switch);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, details_revealer);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, error_label);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, next_port_button);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, port_spin);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, port_row);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, watch_entry);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, control_entry);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, script_entry);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, clients_label);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, reach_label);
  gtk_widget_class_bind_template_callback (widget_class, on_switch);
  gtk_widget_class_bind_template_callback (widget_class, on_port_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_next_port);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_watch);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_control);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_script);
}

static void
bw_share_popover_init (BwSharePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
