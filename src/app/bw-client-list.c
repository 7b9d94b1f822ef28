/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-client-list.h"

#include <glib/gi18n.h>

#include "app/bw-client-row.h"

/* As often as a server looks itself. */
#define INTERVAL_MS 500

struct _BwClientList
{
  GtkWidget parent_instance;

  BwServer *server; /* NULL: nothing is shared */
  char *id;
  GPtrArray *rows;  /* (element-type BwClientRow), by number */
  guint timeout_id;

  GtkLabel *caption_label;
  GtkWidget *scrolled_window;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (BwClientList, bw_client_list, GTK_TYPE_WIDGET)

static void
on_set_role (BwClientRow  *row,
             guint         number,
             guint         role,
             BwClientList *self)
{
  bw_server_set_client_role (self->server, number, (BwRole) role);
}

static void
on_disconnect (BwClientRow  *row,
               guint         number,
               BwClientList *self)
{
  bw_server_disconnect_client (self->server, number);
}

/* The row of this number at `at`; rows that come before it are of clients that have gone. */
static BwClientRow *
ensure_row (BwClientList *self,
            guint         at,
            guint32       number)
{
  BwClientRow *row;

  while (at < self->rows->len
         && bw_client_row_get_number (g_ptr_array_index (self->rows, at)) < number)
    {
      gtk_list_box_remove (self->list, g_ptr_array_index (self->rows, at));
      g_ptr_array_remove_index (self->rows, at);
    }
  if (at < self->rows->len
      && bw_client_row_get_number (g_ptr_array_index (self->rows, at)) == number)
    return g_ptr_array_index (self->rows, at);
  row = bw_client_row_new (number);
  g_signal_connect (row, "set-role", G_CALLBACK (on_set_role), self);
  g_signal_connect (row, "disconnect", G_CALLBACK (on_disconnect), self);
  gtk_list_box_insert (self->list, GTK_WIDGET (row), (int) at);
  g_ptr_array_insert (self->rows, (int) at, row);
  return row;
}

static void
show_caption (BwClientList *self)
{
  guint n = self->rows->len;
  g_autofree char *text =
    n == 0 ? g_strdup (_("Nobody is watching yet"))
           : g_strdup_printf (ngettext ("%u viewer connected", "%u viewers connected", n), n);

  if (!g_str_equal (gtk_label_get_text (self->caption_label), text))
    gtk_label_set_text (self->caption_label, text);
  gtk_widget_set_visible (self->scrolled_window, n > 0);
}

static gboolean
on_timeout (gpointer user_data)
{
  bw_client_list_refresh (user_data);
  return G_SOURCE_CONTINUE;
}

/* The number is told at once and the list comes after it. While nobody is there, nothing wakes. */
static void
look_again_while_needed (BwClientList *self)
{
  gboolean needed = gtk_widget_get_mapped (GTK_WIDGET (self)) && self->server
                    && (self->rows->len > 0 || bw_server_get_n_clients (self->server) > 0);

  if (!needed)
    g_clear_handle_id (&self->timeout_id, g_source_remove);
  else if (self->timeout_id == 0)
    self->timeout_id = g_timeout_add (INTERVAL_MS, on_timeout, self);
}

void
bw_client_list_refresh (BwClientList *self)
{
  g_autoptr (GPtrArray) clients = NULL;
  guint n = 0;

  g_return_if_fail (BW_IS_CLIENT_LIST (self));

  if (self->server)
    clients = bw_server_list_clients (self->server);
  for (guint i = 0; clients && i < clients->len; i++)
    {
      const BwServerClient *client = g_ptr_array_index (clients, i);

      if (g_str_equal (client->session, self->id))
        bw_client_row_show (ensure_row (self, n++, client->number), client);
    }
  for (guint i = n; i < self->rows->len; i++)
    gtk_list_box_remove (self->list, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, (int) n);
  show_caption (self);
  look_again_while_needed (self);
}

void
bw_client_list_watch (BwClientList *self,
                      BwServer     *server,
                      const char   *id)
{
  g_return_if_fail (BW_IS_CLIENT_LIST (self));

  g_set_object (&self->server, server);
  if (g_strcmp0 (self->id, id) != 0)
    {
      g_free (self->id);
      self->id = g_strdup (id);
    }
  bw_client_list_refresh (self);
}

static void
bw_client_list_map (GtkWidget *widget)
{
  BwClientList *self = BW_CLIENT_LIST (widget);

  GTK_WIDGET_CLASS (bw_client_list_parent_class)->map (widget);
  bw_client_list_refresh (self);
}

static void
bw_client_list_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&BW_CLIENT_LIST (widget)->timeout_id, g_source_remove);
  GTK_WIDGET_CLASS (bw_client_list_parent_class)->unmap (widget);
}

static void
bw_client_list_dispose (GObject *object)
{
  BwClientList *self = BW_CLIENT_LIST (object);
  GtkWidget *child;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_object (&self->server);
  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bw_client_list_parent_class)->dispose (object);
}

static void
bw_client_list_finalize (GObject *object)
{
  BwClientList *self = BW_CLIENT_LIST (object);

  g_ptr_array_unref (self->rows);
  g_free (self->id);
  G_OBJECT_CLASS (bw_client_list_parent_class)->finalize (object);
}

static void
bw_client_list_class_init (BwClientListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_client_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = bw_client_list_finalize;
  widget_class->map = bw_client_list_map;
  widget_class->unmap = bw_client_list_unmap;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/client-list.ui");
  gtk_widget_class_bind_template_child (widget_class, BwClientList, caption_label);
  gtk_widget_class_bind_template_child (widget_class, BwClientList, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, BwClientList, list);
}

static void
bw_client_list_init (BwClientList *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
