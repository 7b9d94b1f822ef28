/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-share-options.h"

#include <glib/gi18n.h>

#include "app/bw-settings.h"

struct _BwShareOptions
{
  GtkWidget parent_instance;

  BwSharing *sharing; /* NULL: not shown yet */
  gboolean updating;  /* the widgets follow, they do not ask; so until they are shown */

  GtkSpinButton *port_spin;
  GtkSpinButton *rate_spin;
  GtkCheckButton *network_check;
  GtkCheckButton *encrypt_check;
  GtkCheckButton *download_check;
  GtkLabel *warning_label;
};

G_DEFINE_FINAL_TYPE (BwShareOptions, bw_share_options, GTK_TYPE_WIDGET)

static void
show_warning (BwShareOptions *self)
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
}

void
bw_share_options_show (BwShareOptions *self,
                       BwSharing      *sharing)
{
  g_return_if_fail (BW_IS_SHARE_OPTIONS (self));

  g_set_object (&self->sharing, sharing);
  self->updating = TRUE;
  gtk_check_button_set_active (self->network_check, !bw_sharing_is_local (sharing));
  gtk_spin_button_set_value (self->port_spin, bw_sharing_get_port (sharing));
  gtk_spin_button_set_value (self->rate_spin, bw_sharing_get_fps (sharing));
  gtk_check_button_set_active (self->encrypt_check, bw_sharing_get_encrypted (sharing));
  gtk_check_button_set_active (self->download_check, bw_sharing_get_download (sharing));
  self->updating = FALSE;
  show_warning (self);
}

/* An address that --host has named stays, unless another reach is chosen. It is not remembered:
 * on the next network, it is to be asked again. */
static void
on_network (BwShareOptions *self)
{
  gboolean network = gtk_check_button_get_active (self->network_check);

  if (self->updating || network != bw_sharing_is_local (self->sharing))
    return;
  bw_sharing_set_host (self->sharing, network ? BW_SHARING_NETWORK : NULL);
  show_warning (self);
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
  show_warning (self);
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
bw_share_options_class_init (BwShareOptionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_share_options_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/share-options.ui");
  gtk_widget_class_bind_template_child (widget_class, BwShareOptions, network_check);
  gtk_widget_class_bind_template_child (widget_class, BwShareOptions, port_spin);
  gtk_widget_class_bind_template_child (widget_class, BwShareOptions, rate_spin);
  gtk_widget_class_bind_template_child (widget_class, BwShareOptions, encrypt_check);
  gtk_widget_class_bind_template_child (widget_class, BwShareOptions, download_check);
  gtk_widget_class_bind_template_child (widget_class, BwShareOptions, warning_label);
  gtk_widget_class_bind_template_callback (widget_class, on_network);
  gtk_widget_class_bind_template_callback (widget_class, on_port);
  gtk_widget_class_bind_template_callback (widget_class, on_rate);
  gtk_widget_class_bind_template_callback (widget_class, on_encrypt);
  gtk_widget_class_bind_template_callback (widget_class, on_download);
}

static void
bw_share_options_init (BwShareOptions *self)
{
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}
