/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-client-row.h"

#include <glib/gi18n.h>

struct _BwClientRow
{
  GtkListBoxRow parent_instance;

  guint32 number;
  gboolean updating; /* the button follows, it does not ask */

  GtkLabel *name_label;
  GtkLabel *role_label;
  GtkLabel *state_label;
  GtkToggleButton *control_toggle;
  GtkWidget *disconnect_button;
};

G_DEFINE_FINAL_TYPE (BwClientRow, bw_client_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  SET_ROLE,
  DISCONNECT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
role_text (BwRole role)
{
  switch (role)
    {
    case BW_ROLE_OWNER:
      return _("Owner");
    case BW_ROLE_CONTROLLER:
      return _("Controls");
    case BW_ROLE_VIEWER:
    default:
      return _("Watches");
    }
}

/* The address, the rate, and how old what it shows was when it told so. */
static char *
state_text (const BwServerClient *client)
{
  if (client->age_ms < 0)
    /* Translators: an address, and how many pictures a second somebody is sent. */
    return g_strdup_printf (_("%s · %.1f per second"), client->address, client->rate_hz);
  /* Translators: an address, how many pictures a second somebody is sent, and their age. */
  return g_strdup_printf (_("%s · %.1f per second · %.0f ms old"), client->address,
                          client->rate_hz, client->age_ms);
}

static void
name_button (GtkWidget  *button,
             const char *format,
             const char *person)
{
  g_autofree char *name = g_strdup_printf (format, person);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

void
bw_client_row_show (BwClientRow          *self,
                    const BwServerClient *client)
{
  g_autofree char *state = state_text (client);

  g_return_if_fail (BW_IS_CLIENT_ROW (self));

  if (!g_str_equal (gtk_label_get_text (self->name_label), client->name))
    {
      gtk_label_set_text (self->name_label, client->name);
      /* Translators: %s is the name of somebody who watches. */
      name_button (GTK_WIDGET (self->control_toggle), _("Let %s Control"), client->name);
      name_button (self->disconnect_button, _("Disconnect %s"), client->name);
    }
  gtk_label_set_text (self->role_label, role_text (client->role));
  gtk_label_set_text (self->state_label, state);
  self->updating = TRUE;
  gtk_toggle_button_set_active (self->control_toggle, client->role >= BW_ROLE_CONTROLLER);
  self->updating = FALSE;
}

guint32
bw_client_row_get_number (BwClientRow *self)
{
  g_return_val_if_fail (BW_IS_CLIENT_ROW (self), 0);

  return self->number;
}

static void
on_control_toggled (GtkToggleButton *toggle,
                    BwClientRow     *self)
{
  BwRole role = gtk_toggle_button_get_active (toggle) ? BW_ROLE_CONTROLLER : BW_ROLE_VIEWER;

  if (!self->updating)
    g_signal_emit (self, signals[SET_ROLE], 0, self->number, (guint) role);
}

static void
on_disconnect (GtkButton   *button,
               BwClientRow *self)
{
  g_signal_emit (self, signals[DISCONNECT], 0, self->number);
}

BwClientRow *
bw_client_row_new (guint32 number)
{
  BwClientRow *self = g_object_new (BW_TYPE_CLIENT_ROW, NULL);

  self->number = number;
  return self;
}

static gboolean
bw_client_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BW_CLIENT_ROW (widget)->control_toggle));
}

static void
bw_client_row_class_init (BwClientRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = bw_client_row_grab_focus;
  signals[SET_ROLE] = g_signal_new ("set-role", BW_TYPE_CLIENT_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[DISCONNECT] = g_signal_new ("disconnect", BW_TYPE_CLIENT_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/client-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BwClientRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, BwClientRow, role_label);
  gtk_widget_class_bind_template_child (widget_class, BwClientRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, BwClientRow, control_toggle);
  gtk_widget_class_bind_template_child (widget_class, BwClientRow, disconnect_button);
  gtk_widget_class_bind_template_callback (widget_class, on_control_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_disconnect);
}

static void
bw_client_row_init (BwClientRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
