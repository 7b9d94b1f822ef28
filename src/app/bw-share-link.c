/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-share-link.h"

#include "app/bw-qr-code.h"

struct _BwShareLink
{
  GtkWidget parent_instance;

  GtkLabel *title_label;
  GtkEditable *entry;
  GtkWidget *copy_button;
  GtkToggleButton *code_button;
  GtkWidget *renew_button;
  BwQrCode *code;
};

G_DEFINE_FINAL_TYPE (BwShareLink, bw_share_link, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_COPY_TITLE,
  PROP_RENEW_TITLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint renew_signal;

void
bw_share_link_set_text (BwShareLink *self,
                        const char  *text,
                        gboolean     for_phones)
{
  g_return_if_fail (BW_IS_SHARE_LINK (self));

  /* Setting the text takes away what is selected in it. */
  if (g_strcmp0 (gtk_editable_get_text (self->entry), text ? text : "") != 0)
    {
      gtk_editable_set_text (self->entry, text ? text : "");
      bw_qr_code_set_text (self->code, text);
    }
  gtk_widget_set_sensitive (self->copy_button, text != NULL);
  if (!text || !for_phones)
    gtk_toggle_button_set_active (self->code_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->code_button), text != NULL && for_phones);
}

static void
on_copy (BwShareLink *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_editable_get_text (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}

static void
on_renew (BwShareLink *self)
{
  g_signal_emit (self, renew_signal, 0);
}

static void
name_button (GtkWidget  *button,
             const char *name)
{
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name ? name : "", -1);
}

static void
bw_share_link_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  BwShareLink *self = BW_SHARE_LINK (object);
  const char *text = g_value_get_string (value);

  switch (property_id)
    {
    case PROP_TITLE:
      gtk_label_set_text (self->title_label, text ? text : "");
      break;
    case PROP_COPY_TITLE:
      name_button (self->copy_button, text);
      break;
    case PROP_RENEW_TITLE:
      name_button (self->renew_button, text);
      gtk_widget_set_visible (self->renew_button, text != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
bw_share_link_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bw_share_link_parent_class)->dispose (object);
}

static GParamSpec *
text_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
}

static void
bw_share_link_class_init (BwShareLinkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = bw_share_link_set_property;
  G_OBJECT_CLASS (klass)->dispose = bw_share_link_dispose;
  properties[PROP_TITLE] = text_property ("title");
  properties[PROP_COPY_TITLE] = text_property ("copy-title");
  properties[PROP_RENEW_TITLE] = text_property ("renew-title");
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  renew_signal = g_signal_new ("renew", BW_TYPE_SHARE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);

  g_type_ensure (BW_TYPE_QR_CODE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/share-link.ui");
  gtk_widget_class_bind_template_child (widget_class, BwShareLink, title_label);
  gtk_widget_class_bind_template_child (widget_class, BwShareLink, entry);
  gtk_widget_class_bind_template_child (widget_class, BwShareLink, copy_button);
  gtk_widget_class_bind_template_child (widget_class, BwShareLink, code_button);
  gtk_widget_class_bind_template_child (widget_class, BwShareLink, renew_button);
  gtk_widget_class_bind_template_child (widget_class, BwShareLink, code);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_renew);
}

static void
bw_share_link_init (BwShareLink *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
