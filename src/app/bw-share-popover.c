/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-share-popover.h"

#include <glib/gi18n.h>

#include "app/bw-client-list.h"
#include "app/bw-share-link.h"
#include "app/bw-share-options.h"
#include "server/bw-server-clients.h"

struct _BwSharePopover
{
  GtkPopover parent_instance;

  BwSharing *sharing;
  gulong changed_id;
  BwFeed *feed;
  char *title;
  gboolean updating;         /* the switch follows, it does not ask */
  gboolean share_when_ready;
  BwRole renewing;           /* whose link is asked about */

  GtkSwitch *share_switch;
  GtkRevealer *details_revealer;
  GtkRevealer *error_revealer;
  GtkLabel *error_label;
  GtkButton *next_port_button;
  BwShareOptions *options;
  BwShareLink *watch_link;
  BwShareLink *control_link;
  BwShareLink *script_link;
  GtkWidget *renew_box;
  GtkLabel *renew_label;
  GtkWidget *renew_button;
  GtkWidget *fingerprint_box;
  GtkLabel *fingerprint_label;
  BwClientList *client_list;
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
  const char *fingerprint = bw_sharing_get_fingerprint (self->sharing);
  gboolean for_phones = !bw_sharing_is_local (self->sharing);

  bw_share_link_set_text (self->watch_link, watch, for_phones);
  bw_share_link_set_text (self->control_link, control, for_phones);
  bw_share_link_set_text (self->script_link, script, FALSE);
  gtk_label_set_text (self->fingerprint_label, fingerprint ? fingerprint : "");
  gtk_widget_set_visible (self->fingerprint_box, fingerprint != NULL);
}

static const char *
reach_text (BwSharePopover *self)
{
  if (bw_sharing_is_local (self->sharing))
    return _("Browsers on this computer see the run live");
  if (bw_sharing_get_encrypted (self->sharing))
    return _("Whoever has a link sees the run live in a browser");
  return _("Whoever has a link sees the run live in a browser; nothing is encrypted");
}

static void
show_reach (BwSharePopover *self)
{
  gtk_label_set_text (self->reach_label, reach_text (self));
}

static void
update (BwSharePopover *self)
{
  gboolean shared = bw_share_popover_get_shared (self);
  BwServer *server = NULL;

  self->updating = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->share_switch), self->feed != NULL);
  gtk_switch_set_active (self->share_switch, shared);
  if (self->sharing)
    {
      server = bw_sharing_get_server (self->sharing);
      bw_share_options_show (self->options, self->sharing);
      gtk_widget_set_visible (GTK_WIDGET (self->options), server == NULL);
    }
  self->updating = FALSE;
  if (shared)
    {
      show_addresses (self);
      gtk_revealer_set_reveal_child (self->error_revealer, FALSE);
    }
  else
    gtk_widget_set_visible (self->renew_box, FALSE);
  bw_client_list_watch (self->client_list, shared ? server : NULL,
                        shared ? bw_sharing_get_id (self->sharing, self->feed) : NULL);
  gtk_revealer_set_reveal_child (self->details_revealer, shared);
}

static void
on_sharing_changed (BwSharePopover *self)
{
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHARED]);
  if (self->share_when_ready && bw_sharing_get_ready (self->sharing))
    bw_share_popover_set_shared (self, TRUE);
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

  if (!self->feed)
    return;
  self->share_when_ready = shared && !bw_sharing_get_ready (self->sharing);
  if (self->share_when_ready || shared == bw_share_popover_get_shared (self))
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
on_next_port (GtkButton *button,
              gpointer   user_data)
{
  BwSharePopover *self = user_data;

  bw_sharing_set_port (self->sharing, bw_sharing_get_free_port (self->sharing));
  bw_share_popover_set_shared (self, TRUE);
}

/* Links taken out of use */

/* Who came by the link is disconnected with it: that is said before. */
static void
ask_renew (BwSharePopover *self,
           BwRole          role)
{
  BwServer *server = bw_sharing_get_server (self->sharing);
  const char *id = bw_sharing_get_id (self->sharing, self->feed);
  g_autoptr (GPtrArray) clients = bw_server_list_clients (server);
  g_autofree char *text = NULL;
  guint n = 0;

  for (guint i = 0; i < clients->len; i++)
    {
      const BwServerClient *client = g_ptr_array_index (clients, i);

      if (client->link_role == role && g_str_equal (client->session, id))
        n++;
    }
  if (n > 0)
    text = g_strdup_printf (ngettext ("The link as it is will open nothing any more, and %u "
                                      "viewer who came by it will be disconnected.",
                                      "The link as it is will open nothing any more, and %u "
                                      "viewers who came by it will be disconnected.", n), n);
  gtk_label_set_text (self->renew_label,
                      text ? text : _("The link as it is will open nothing any more."));
  self->renewing = role;
  gtk_widget_set_visible (self->renew_box, TRUE);
  gtk_widget_grab_focus (self->renew_button);
}

static void
on_renew_watch (BwSharePopover *self)
{
  ask_renew (self, BW_ROLE_VIEWER);
}

static void
on_renew_control (BwSharePopover *self)
{
  ask_renew (self, BW_ROLE_CONTROLLER);
}

static void
end_renew (BwSharePopover *self)
{
  gtk_widget_set_visible (self->renew_box, FALSE);
  update (self);
}

static void
on_renew (BwSharePopover *self)
{
  bw_server_renew_token (bw_sharing_get_server (self->sharing),
                         bw_sharing_get_id (self->sharing, self->feed), self->renewing);
  end_renew (self);
}

static void
on_revoke (BwSharePopover *self)
{
  bw_server_revoke_token (bw_sharing_get_server (self->sharing),
                          bw_sharing_get_id (self->sharing, self->feed), self->renewing);
  end_renew (self);
}

static void
drop_feed (BwSharePopover *self)
{
  self->share_when_ready = FALSE;
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

  g_type_ensure (BW_TYPE_CLIENT_LIST);
  g_type_ensure (BW_TYPE_SHARE_LINK);
  g_type_ensure (BW_TYPE_SHARE_OPTIONS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/share-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, share_switch);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, details_revealer);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, error_label);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, next_port_button);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, options);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, watch_link);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, control_link);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, script_link);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, renew_box);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, renew_label);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, renew_button);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, fingerprint_box);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, fingerprint_label);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, client_list);
  gtk_widget_class_bind_template_child (widget_class, BwSharePopover, reach_label);
  gtk_widget_class_bind_template_callback (widget_class, show_reach);
  gtk_widget_class_bind_template_callback (widget_class, on_switch);
  gtk_widget_class_bind_template_callback (widget_class, on_next_port);
  gtk_widget_class_bind_template_callback (widget_class, on_renew_watch);
  gtk_widget_class_bind_template_callback (widget_class, on_renew_control);
  gtk_widget_class_bind_template_callback (widget_class, on_renew);
  gtk_widget_class_bind_template_callback (widget_class, on_revoke);
  gtk_widget_class_bind_template_callback (widget_class, end_renew);
}

static void
bw_share_popover_init (BwSharePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
