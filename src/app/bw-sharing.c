/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-sharing.h"

struct _BwSharing
{
  GObject parent_instance;

  char *host;
  guint16 port;
  guint16 free_port;
  BwServer *server;
  GHashTable *ids; /* BwFeed * => char *id */
  GPtrArray *stopping; /* (element-type BwServer): those that still end their connections */
};

G_DEFINE_FINAL_TYPE (BwSharing, bw_sharing, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

BwSharing *
bw_sharing_new (void)
{
  return g_object_new (BW_TYPE_SHARING, NULL);
}

void
bw_sharing_set_host (BwSharing  *self,
                     const char *host)
{
  g_return_if_fail (BW_IS_SHARING (self));

  g_free (self->host);
  self->host = g_strdup (host);
}

const char *
bw_sharing_get_host (BwSharing *self)
{
  g_return_val_if_fail (BW_IS_SHARING (self), NULL);

  return self->host;
}

void
bw_sharing_set_port (BwSharing *self,
                     guint16    port)
{
  g_return_if_fail (BW_IS_SHARING (self));

  self->port = port;
}

guint16
bw_sharing_get_port (BwSharing *self)
{
  g_return_val_if_fail (BW_IS_SHARING (self), 0);

  return self->server ? bw_server_get_port (self->server) : self->port;
}

static void
on_clients (BwSharing *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
start_server (BwSharing *self,
              GError   **error)
{
  BwServerOptions options = bw_server_options_default ();
  g_autoptr (BwServer) server = NULL;

  options.host = self->host;
  options.port = self->port;
  server = bw_server_new (&options);
  if (!bw_server_start (server, error))
    {
      self->free_port = bw_server_find_free_port (server);
      return FALSE;
    }
  self->server = g_steal_pointer (&server);
  g_signal_connect_object (self->server, "notify::n-clients", G_CALLBACK (on_clients), self,
                           G_CONNECT_SWAPPED);
  /* An owner elsewhere has renewed or revoked a link. */
  g_signal_connect_object (self->server, "tokens-changed", G_CALLBACK (on_clients), self,
                           G_CONNECT_SWAPPED);
  return TRUE;
}

static void
on_stopped (GObject      *server,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GPtrArray) stopping = user_data;

  bw_server_stop_finish (BW_SERVER (server), result);
  g_ptr_array_remove_fast (stopping, server);
}

/* Its viewers may take a while to hear of it; nobody waits for that. */
static void
stop_server (BwSharing *self)
{
  BwServer *server = g_steal_pointer (&self->server);

  if (!server)
    return;
  g_signal_handlers_disconnect_by_data (server, self);
  g_ptr_array_add (self->stopping, server);
  bw_server_stop_async (server, on_stopped, g_ptr_array_ref (self->stopping));
}

void
bw_sharing_shut_down (BwSharing *self)
{
  g_return_if_fail (BW_IS_SHARING (self));

  stop_server (self);
  g_hash_table_remove_all (self->ids);
  /* The main loop may run no more: what each has to do at its end is waited for. */
  for (guint i = 0; i < self->stopping->len; i++)
    bw_server_stop (g_ptr_array_index (self->stopping, i));
}

gboolean
bw_sharing_add (BwSharing  *self,
                BwFeed     *feed,
                const char *title,
                GError    **error)
{
  g_return_val_if_fail (BW_IS_SHARING (self), FALSE);
  g_return_val_if_fail (!g_hash_table_contains (self->ids, feed), FALSE);

  if (!self->server && !start_server (self, error))
    return FALSE;
  g_hash_table_insert (self->ids, feed, g_strdup (bw_server_add_feed (self->server, feed, title)));
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

void
bw_sharing_remove (BwSharing *self,
                   BwFeed    *feed)
{
  const char *id;

  g_return_if_fail (BW_IS_SHARING (self));

  id = g_hash_table_lookup (self->ids, feed);
  if (!id)
    return;
  bw_server_remove_feed (self->server, id);
  g_hash_table_remove (self->ids, feed);
  if (g_hash_table_size (self->ids) == 0)
    stop_server (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
bw_sharing_get_id (BwSharing *self,
                   BwFeed    *feed)
{
  g_return_val_if_fail (BW_IS_SHARING (self), NULL);

  return g_hash_table_lookup (self->ids, feed);
}

BwServer *
bw_sharing_get_server (BwSharing *self)
{
  g_return_val_if_fail (BW_IS_SHARING (self), NULL);

  return self->server;
}

guint16
bw_sharing_get_free_port (BwSharing *self)
{
  g_return_val_if_fail (BW_IS_SHARING (self), 0);

  return self->free_port;
}

static void
bw_sharing_dispose (GObject *object)
{
  bw_sharing_shut_down (BW_SHARING (object));
  G_OBJECT_CLASS (bw_sharing_parent_class)->dispose (object);
}

static void
bw_sharing_finalize (GObject *object)
{
  BwSharing *self = BW_SHARING (object);

  g_hash_table_unref (self->ids);
  g_ptr_array_unref (self->stopping);
  g_free (self->host);
  G_OBJECT_CLASS (bw_sharing_parent_class)->finalize (object);
}

static void
bw_sharing_class_init (BwSharingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bw_sharing_dispose;
  object_class->finalize = bw_sharing_finalize;
  signals[CHANGED] = g_signal_new ("changed", BW_TYPE_SHARING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
bw_sharing_init (BwSharing *self)
{
  self->port = BW_SERVER_DEFAULT_PORT;
  self->ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->stopping = g_ptr_array_new_with_free_func (g_object_unref);
}
