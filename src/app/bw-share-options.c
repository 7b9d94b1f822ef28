/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-share-options.h"

#include <glib/gi18n.h>

#include "app/bw-settings.h"
#include "server/bw-own-addresses.h"

struct _BwShareOptions
{
  GtkWidget parent_instance;

  BwSharing *sharing; /* NULL: not shown yet */
  gboolean updating;  /* the widgets follow, they do not ask; so until they are shown */
  GPtrArray *hosts;   /* (element-type utf8) (nullable elements), as host_choice lists them */

  GtkDropDown *host_choice;
  GtkSpinButton *port_spin;
  GtkSpinButton *rate_spin;
  GtkCheckButton *encrypt_check;
  GtkCheckButton *download_check;
  GtkLabel *warning_label;
};

G_DEFINE_FINAL_TYPE (BwShareOptions, bw_share_options, GTK_TYPE_WIDGET)

static guint reach_changed_signal;

static void
show_reach (BwShareOptions *self)
{
  const char *text;

  if (bw_sharing_is_local (self->sharing))
    text = NULL;
  else if (bw_sharing_get_encrypted (self->sharing))
    text = _("Every computer that reaches this one can knock; the links are the keys. Browsers "
             "warn of the certificate, because this computer has made it itself.");
  else
    text = _("Every computer that reaches this one can knock; the links are the keys. Nothing is "
             "encrypted: whoever listens on the network sees the board, and the keys.");
  gtk_label_set_text (self->warning_label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->warning_label), text != NULL);
  g_signal_emit (self, reach_changed_signal, 0);
}

static gboolean
is_same_host (gconstpointer one,
              gconstpointer other)
{
  return g_strcmp0 (one, other) == 0;
}

static void
add_host (BwShareOptions *self,
          GtkStringList  *names,
          const char     *host,
          const char     *name)
{
  g_ptr_array_add (self->hosts, g_strdup (host));
  gtk_string_list_append (names, name);
}

/* One of IPv6 that is good for one link alone needs a zone, which no URL of a page has. */
static gboolean
can_be_shared_on (GInetAddress *address)
{
  return !g_inet_address_get_is_loopback (address)
         && (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4
             || !g_inet_address_get_is_link_local (address));
}

static void
list_hosts (BwShareOptions *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) addresses = bw_own_addresses_list ();
  const char *host = bw_sharing_get_host (self->sharing);
  guint chosen;

  g_ptr_array_set_size (self->hosts, 0);
  add_host (self, names, NULL, _("This Computer Only"));
  add_host (self, names, BW_SHARING_NETWORK, _("All Networks"));
  for (guint i = 0; i < addresses->len; i++)
    {
      const BwOwnAddress *own = g_ptr_array_index (addresses, i);
      g_autofree char *text = g_inet_address_to_string (own->address);
      g_autofree char *name = g_strdup_printf ("%s (%s)", text, own->interface);

      if (can_be_shared_on (own->address))
        add_host (self, names, text, name);
    }
  /* --host may have named any. */
  if (!g_ptr_array_find_with_equal_func (self->hosts, host, is_same_host, &chosen))
    {
      chosen = self->hosts->len;
      add_host (self, names, host, host);
    }
  gtk_drop_down_set_model (self->host_choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->host_choice, chosen);
}

void
bw_share_options_show (BwShareOptions *self,
                       BwSharing      *sharing)
{
  g_return_if_fail (BW_IS_SHARE_OPTIONS (self));

  g_set_object (&self->sharing, sharing);
  self->updating = TRUE;
  list_hosts (self);
  gtk_spin_button_set_value (self->port_spin, bw_sharing_get_port (sharing));
  gtk_spin_button_set_value (self->rate_spin, bw_sharing_get_fps (sharing));
  gtk_check_button_set_active (self->encrypt_check, bw_sharing_get_encrypted (sharing));
  gtk_check_button_set_active (self->download_check, bw_sharing_get_download (sharing));
  self->updating = FALSE;
  show_reach (self);
}

/* Not remembered: on the next network, it is to be asked again. */
static void
on_host (BwShareOptions *self)
{
  guint chosen = gtk_drop_down_get_selected (self->host_choice);

  if (self->updating || chosen >= self->hosts->len)
    return;
  bw_sharing_set_host (self->sharing, g_ptr_array_index (self->hosts, chosen));
  show_reach (self);
}

static void
on_port (BwShareOptions *self)
{
  GSettings *settings = bw_settings_get ();
  int port = gtk_spin_button_get_value_as_int (self->port_spin);

  if (self->updating)
    return;
  bw_sharing_set_port (self->sharing, (guint16) port);
  if (settings)
    g_settings_set_int (settings, BW_SETTINGS_PORT, port);
}

static void
on_rate (BwShareOptions *self)
{
  GSettings *settings = bw_settings_get ();
  int fps = gtk_spin_button_get_value_as_int (self->rate_spin);

  if (self->updating)
    return;
  bw_sharing_set_fps (self->sharing, fps);
  if (settings)
    g_settings_set_int (settings, BW_SETTINGS_SHARE_RATE, fps);
}

static void
on_encrypt (BwShareOptions *self)
{
  GSettings *settings = bw_settings_get ();
  gboolean encrypted = gtk_check_button_get_active (self->encrypt_check);

  if (self->updating)
    return;
  bw_sharing_set_encrypted (self->sharing, encrypted);
  show_reach (self);
  if (settings)
    g_settings_set_boolean (settings, BW_SETTINGS_SHARE_ENCRYPTED, encrypted);
}

/* Not remembered: of the next board, it is to be asked again. */
static void
on_download (BwShareOptions *self)
{
  if (!self->updating)
    bw_sharing_set_download (self->sharing, gtk_check_button_get_active (self->download_check));
}

/* Networks may have come and gone since. */
static void
bw_share_options_map (GtkWidget *widget)
{
  BwShareOptions *self = BW_SHARE_OPTIONS (widget);

  if (self->sharing)
    bw_share_options_show (self, self->sharing);
  GTK_WIDGET_CLASS (bw_share_options_parent_class)->map (widget);
}

static void
bw_share_options_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_object (&BW_SHARE_OPTIONS (object)->sharing);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bw_share_options_parent_class)->dispose (object);
}

static void
bw_share_options_finalize (GObject *object)
{
  g_ptr_array_unref (BW_SHARE_OPTIONS (object)->hosts);
  G_OBJECT_CLASS (bw_share_options_parent_class)->finalize (object);
}

static void
bw_share_options_class_init (BwShareOptionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_share_options_dispose;
  G_OBJECT_CLASS (klass)->finalize = bw_share_options_finalize;
  widget_class->map = bw_share_options_map;
  reach_changed_signal = g_signal_new ("reach-changed", BW_TYPE_SHARE_OPTIONS, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/share-options.ui");
  gtk_widget_class_bind_template_child (widget_class, BwShareOptions, host_choice);
  gtk_widget_class_bind_template_child (widget_class, BwShareOptions, port_spin);
  gtk_widget_class_bind_template_child (widget_class, BwShareOptions, rate_spin);
  gtk_widget_class_bind_template_child (widget_class, BwShareOptions, encrypt_check);
  gtk_widget_class_bind_template_child (widget_class, BwShareOptions, download_check);
  gtk_widget_class_bind_template_child (widget_class, BwShareOptions, warning_label);
  gtk_widget_class_bind_template_callback (widget_class, on_host);
  gtk_widget_class_bind_template_callback (widget_class, on_port);
  gtk_widget_class_bind_template_callback (widget_class, on_rate);
  gtk_widget_class_bind_template_callback (widget_class, on_encrypt);
  gtk_widget_class_bind_template_callback (widget_class, on_download);
}

static void
bw_share_options_init (BwShareOptions *self)
{
  self->updating = TRUE;
  self->hosts = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
