/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-sharing.h"

#include "server/bw-certificate.h"
#include "server/bw-own-addresses.h"

struct _BwSharing
{
  GObject parent_instance;

  char *host;
  guint16 port;
  guint16 free_port;
  double fps;
  gboolean download;
  gboolean encrypted;
  gboolean preparing;           /* the certificate */
  GTlsCertificate *certificate; /* NULL: not needed yet, or there is none */
  GError *certificate_error;    /* why there is none */
  char *fingerprint;
  BwServer *server;
  GHashTable *ids; /* BwFeed * => char *id */
  GPtrArray *stopping; /* (element-type BwServer): those that still end their connections */
};

G_DEFINE_FINAL_TYPE (BwSharing, bw_sharing, G_TYPE_OBJECT)

enum
{
  CHANGED,
  PEOPLE_CHANGED,
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

gboolean
bw_sharing_is_local (BwSharing *self)
{
  g_return_val_if_fail (BW_IS_SHARING (self), TRUE);

  return bw_own_addresses_is_loopback (self->host);
}

void
bw_sharing_set_fps (BwSharing *self,
                    double     fps)
{
  g_return_if_fail (BW_IS_SHARING (self));
  g_return_if_fail (fps >= 1 && fps <= 60);

  self->fps = fps;
}

double
bw_sharing_get_fps (BwSharing *self)
{
  g_return_val_if_fail (BW_IS_SHARING (self), 0);

  return self->fps;
}

/* The certificate */

static void
get_certificate (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  g_autofree char *path = bw_certificate_dup_own_path ();
  GError *error = NULL;
  GTlsCertificate *certificate = bw_certificate_get_self_signed (path, &error);

  if (certificate)
    g_task_return_pointer (task, certificate, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
on_certificate (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (BwSharing) self = user_data;

  self->preparing = FALSE;
  self->certificate = g_task_propagate_pointer (G_TASK (result), &self->certificate_error);
  if (self->certificate)
    self->fingerprint = bw_certificate_dup_fingerprint (self->certificate);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
bw_sharing_set_encrypted (BwSharing *self,
                          gboolean   encrypted)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BW_IS_SHARING (self));

  self->encrypted = encrypted;
  if (!encrypted || self->preparing || self->certificate)
    return;
  self->preparing = TRUE;
  g_clear_error (&self->certificate_error);
  task = g_task_new (NULL, NULL, on_certificate, g_object_ref (self));
  g_task_run_in_thread (task, get_certificate);
}

gboolean
bw_sharing_get_encrypted (BwSharing *self)
{
  g_return_val_if_fail (BW_IS_SHARING (self), FALSE);

  return self->encrypted;
}

void
bw_sharing_set_download (BwSharing *self,
                         gboolean   download)
{
  g_return_if_fail (BW_IS_SHARING (self));

  self->download = download;
}

gboolean
bw_sharing_get_download (BwSharing *self)
{
  g_return_val_if_fail (BW_IS_SHARING (self), FALSE);

  return self->download;
}

gboolean
bw_sharing_get_ready (BwSharing *self)
{
  g_return_val_if_fail (BW_IS_SHARING (self), FALSE);

  return !self->encrypted || !self->preparing;
}

const char *
bw_sharing_get_fingerprint (BwSharing *self)
{
  g_return_val_if_fail (BW_IS_SHARING (self), NULL);

  return self->encrypted ? self->fingerprint : NULL;
}

/* The server */

static void
on_clients (BwSharing *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_people (BwSharing  *self,
           const char *id)
{
  g_signal_emit (self, signals[PEOPLE_CHANGED], 0, id);
}

static gboolean
start_server (BwSharing *self,
              GError   **error)
{
  BwServerOptions options = bw_server_options_default ();
  g_autoptr (BwServer) server = NULL;

  options.host = self->host;
  options.port = self->port;
  options.fps = self->fps;
  options.download.allowed = self->download;
  options.download.least_role = BW_ROLE_VIEWER;
  if (self->encrypted && !self->certificate)
    {
      g_propagate_error (error, g_error_copy (self->certificate_error));
      return FALSE;
    }
  options.certificate = self->encrypted ? self->certificate : NULL;
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
  g_signal_connect_object (self->server, "people-changed", G_CALLBACK (on_people), self,
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
  g_return_val_if_fail (bw_sharing_get_ready (self), FALSE);

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
  g_clear_object (&self->certificate);
  g_clear_error (&self->certificate_error);
  g_free (self->fingerprint);
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
  signals[PEOPLE_CHANGED] = g_signal_new ("people-changed", BW_TYPE_SHARING, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
bw_sharing_init (BwSharing *self)
{
  self->port = BW_SERVER_DEFAULT_PORT;
  self->fps = BW_SERVER_DEFAULT_FPS;
  self->ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->stopping = g_ptr_array_new_with_free_func (g_object_unref);
}
