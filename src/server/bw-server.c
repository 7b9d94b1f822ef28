/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-server.h"

#include "server/bw-server-private.h"

#define ID_LENGTH 6

G_DEFINE_QUARK (bw-server-error-quark, bw_server_error)

/* The way of a change from the server's thread to the owner's, where the server may be gone. */
struct _BwNotifier
{
  gatomicrefcount ref_count;
  GMainContext *context; /* the owner's */
  gint n_clients;        /* atomic */
  BwServer *server;      /* the owner's thread alone; NULL once disposed */
};

G_DEFINE_FINAL_TYPE (BwServer, bw_server, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_N_CLIENTS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  PEOPLE_CHANGED,
  TOKENS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
shared_free (gpointer data)
{
  BwShared *shared = data;

  g_free (shared->id);
  bw_grabs_unref (shared->grabs);
  g_ptr_array_unref (shared->people);
  g_free (shared);
}

BwShared *
bw_server_find_shared (BwServer   *self,
                       const char *id)
{
  for (guint i = 0; i < self->shared->len; i++)
    {
      BwShared *shared = g_ptr_array_index (self->shared, i);

      if (g_str_equal (shared->id, id))
        return shared;
    }
  return NULL;
}

/* Notifying */

static BwNotifier *
notifier_ref (BwNotifier *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
notifier_unref (gpointer data)
{
  BwNotifier *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_main_context_unref (self->context);
  g_free (self);
}

static gboolean
on_n_clients (gpointer user_data)
{
  BwNotifier *notifier = user_data;

  if (notifier->server != NULL)
    g_object_notify_by_pspec (G_OBJECT (notifier->server), properties[PROP_N_CLIENTS]);
  return G_SOURCE_REMOVE;
}

static gboolean
on_ended (gpointer user_data)
{
  BwNotifier *notifier = user_data;

  /* The thread has nothing more to do: no wait. */
  if (notifier->server != NULL && notifier->server->stop_tasks->len > 0)
    bw_server_stop (notifier->server);
  return G_SOURCE_REMOVE;
}

static gboolean
on_tokens (gpointer user_data)
{
  BwNotifier *notifier = user_data;

  if (notifier->server != NULL)
    g_signal_emit (notifier->server, signals[TOKENS_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* In the server's thread. */
static void
notify_with (BwNotifier    *notifier,
             GSourceFunc    func,
             gpointer       data,
             GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, notifier->context);
}

static void
notify (BwNotifier *notifier,
        GSourceFunc func)
{
  notify_with (notifier, func, notifier_ref (notifier), notifier_unref);
}

/* Who is at a board, on the way to the owner's thread. */
typedef struct
{
  BwNotifier *notifier;
  char *id;
  GPtrArray *people;
} BwNews;

static void
news_free (gpointer data)
{
  BwNews *news = data;

  notifier_unref (news->notifier);
  g_free (news->id);
  g_ptr_array_unref (news->people);
  g_free (news);
}

static gboolean
on_people (gpointer user_data)
{
  const BwNews *news = user_data;
  BwServer *self = news->notifier->server;
  BwShared *shared = self != NULL ? bw_server_find_shared (self, news->id) : NULL;

  if (shared != NULL)
    {
      g_ptr_array_unref (shared->people);
      shared->people = g_ptr_array_ref (news->people);
      g_signal_emit (self, signals[PEOPLE_CHANGED], 0, news->id);
    }
  return G_SOURCE_REMOVE;
}

static void
on_service_people (const char *session,
                   GPtrArray  *people,
                   gpointer    user_data)
{
  BwNews *news = g_new (BwNews, 1);

  *news = (BwNews) { notifier_ref (user_data), g_strdup (session), people };
  notify_with (user_data, on_people, news, news_free);
}

static void
on_service_tokens (gpointer user_data)
{
  notify (user_data, on_tokens);
}

static void
on_service_changed (guint    n_clients,
                    gpointer user_data)
{
  BwNotifier *notifier = user_data;

  if (g_atomic_int_exchange (&notifier->n_clients, (gint) n_clients) != (gint) n_clients)
    notify (notifier, on_n_clients);
}

static void
on_service_ended (gpointer user_data)
{
  notify (user_data, on_ended);
}

/* The object */

static void
bw_server_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  BwServer *self = BW_SERVER (object);

  switch (property_id)
    {
    case PROP_N_CLIENTS:
      g_value_set_uint (value, bw_server_get_n_clients (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
bw_server_dispose (GObject *object)
{
  BwServer *self = BW_SERVER (object);

  bw_server_stop (self);
  self->notifier->server = NULL;

  G_OBJECT_CLASS (bw_server_parent_class)->dispose (object);
}

static void
bw_server_finalize (GObject *object)
{
  BwServer *self = BW_SERVER (object);

  g_clear_pointer (&self->service, bw_service_free);
  g_clear_pointer (&self->access, bw_access_free);
  g_clear_pointer (&self->notifier, notifier_unref);
  g_ptr_array_unref (self->shared);
  g_ptr_array_unref (self->stop_tasks);
  g_clear_object (&self->certificate);
  g_free (self->host);
  g_free (self->public_url);

  G_OBJECT_CLASS (bw_server_parent_class)->finalize (object);
}

static void
bw_server_class_init (BwServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bw_server_get_property;
  object_class->dispose = bw_server_dispose;
  object_class->finalize = bw_server_finalize;

  properties[PROP_N_CLIENTS]
    = g_param_spec_uint ("n-clients", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[PEOPLE_CHANGED] = g_signal_new ("people-changed", BW_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TOKENS_CHANGED] = g_signal_new ("tokens-changed", BW_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bw_server_init (BwServer *self)
{
  self->limits = BW_SERVER_LIMITS_DEFAULT;
  self->shared = g_ptr_array_new_with_free_func (shared_free);
  self->stop_tasks = g_ptr_array_new_with_free_func (g_object_unref);

  self->notifier = g_new0 (BwNotifier, 1);
  g_atomic_ref_count_init (&self->notifier->ref_count);
  self->notifier->context = g_main_context_ref_thread_default ();
  self->notifier->server = self;
}

BwServerOptions
bw_server_options_default (void)
{
  return (BwServerOptions) {
    .port = BW_SERVER_DEFAULT_PORT,
    .fps = BW_SERVER_DEFAULT_FPS,
    .max_viewers = BW_SERVER_DEFAULT_MAX_VIEWERS,
    .download = { .tracks = BW_TRACKS_KEEP },
  };
}

BwServer *
bw_server_new (const BwServerOptions *options)
{
  static const BwServiceEvents events = {
    .changed = on_service_changed,
    .people = on_service_people,
    .tokens_changed = on_service_tokens,
    .ended = on_service_ended,
  };
  BwServer *self;

  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (options->fps >= 1.0 && options->fps <= 60.0, NULL);
  g_return_val_if_fail (options->max_viewers >= 1, NULL);

  self = g_object_new (BW_TYPE_SERVER, NULL);
  self->host = g_strdup (options->host);
  self->public_url = g_strdup (options->public_url);
  g_set_object (&self->certificate, options->certificate);
  self->wanted_port = options->port;
  self->fps = options->fps;
  self->limits.max_peers = options->max_viewers;
  self->access = bw_access_new (options->host, options->public_url, options->open_local);
  bw_access_trust_proxies (self->access, options->trusted_proxies);
  bw_access_set_download (self->access, &options->download);
  self->service = bw_service_new (self->access, self->certificate, &self->limits, &events,
                                  self->notifier);
  return self;
}

BwServerLimits *
bw_server_get_limits (BwServer *self)
{
  return &self->limits;
}

BwService *
bw_server_get_service (BwServer *self)
{
  return self->service;
}

/* Running */

gboolean
bw_server_start (BwServer *self,
                 GError  **error)
{
  BwListener *listener;

  g_return_val_if_fail (BW_IS_SERVER (self), FALSE);
  g_return_val_if_fail (!bw_service_is_running (self->service), FALSE);

  if (self->public_url != NULL && !bw_access_check_public_url (self->public_url))
    {
      g_set_error (error, BW_SERVER_ERROR, BW_SERVER_ERROR_ADDRESS,
                   "%s is not a http or https URL", self->public_url);
      return FALSE;
    }

  listener = bw_listener_new (self->host, self->wanted_port, error);
  if (listener == NULL)
    return FALSE;

  self->port = bw_listener_get_port (listener);
  bw_service_start (self->service, listener);
  return TRUE;
}

/* Their tokens open nothing any more. */
static void
forget_all (BwServer *self)
{
  for (guint i = 0; i < self->shared->len; i++)
    bw_tokens_remove_session (bw_access_get_tokens (self->access),
                              ((BwShared *) g_ptr_array_index (self->shared, i))->id);
  g_ptr_array_set_size (self->shared, 0);
}

void
bw_server_stop (BwServer *self)
{
  g_autoptr (GPtrArray) tasks = NULL;

  g_return_if_fail (BW_IS_SERVER (self));

  if (!bw_service_is_running (self->service))
    return;

  bw_service_stop (self->service);
  forget_all (self);

  tasks = g_steal_pointer (&self->stop_tasks);
  self->stop_tasks = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_boolean (g_ptr_array_index (tasks, i), TRUE);
}

void
bw_server_stop_async (BwServer           *self,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BW_IS_SERVER (self));

  task = g_task_new (self, NULL, callback, user_data);
  if (!bw_service_is_running (self->service))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_ptr_array_add (self->stop_tasks, g_steal_pointer (&task));
  bw_service_begin_stop (self->service);
  forget_all (self);
}

void
bw_server_stop_finish (BwServer     *self,
                       GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

guint16
bw_server_get_port (BwServer *self)
{
  g_return_val_if_fail (BW_IS_SERVER (self), 0);

  return self->port != 0 ? self->port : self->wanted_port;
}

guint16
bw_server_find_free_port (BwServer *self)
{
  g_return_val_if_fail (BW_IS_SERVER (self), 0);

  return bw_listener_find_free_port (self->host, bw_server_get_port (self));
}

guint
bw_server_get_n_clients (BwServer *self)
{
  g_return_val_if_fail (BW_IS_SERVER (self), 0);

  return (guint) g_atomic_int_get (&self->notifier->n_clients);
}

/* Feeds */

/* Not a secret: a name that stays free for no other board, should a page come back to it. */
static char *
make_id (BwServer *self)
{
  static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
  char id[ID_LENGTH + 1] = { 0 };

  do
    {
      for (guint i = 0; i < ID_LENGTH; i++)
        id[i] = letters[g_random_int_range (0, sizeof letters - 1)];
    }
  while (bw_server_find_shared (self, id) != NULL);

  return g_strdup (id);
}

const char *
bw_server_add_feed (BwServer   *self,
                    BwFeed     *feed,
                    const char *title)
{
  BwStream *stream;
  BwShared *shared;
  BwPort *port;
  char *id;

  g_return_val_if_fail (BW_IS_SERVER (self), NULL);
  g_return_val_if_fail (BW_IS_FEED (feed), NULL);

  id = make_id (self);
  bw_tokens_add_session (bw_access_get_tokens (self->access), id);
  stream = bw_service_make_stream (self->service, id, title, bw_feed_get_board (feed), self->fps);
  shared = g_new (BwShared, 1);
  *shared = (BwShared) { id, bw_grabs_ref (bw_stream_get_grabs (stream)),
                         g_ptr_array_new_with_free_func (g_free) };
  g_ptr_array_add (self->shared, shared);
  port = bw_feed_subscribe (feed, bw_service_get_context (self->service), bw_stream_port_func,
                            stream);
  bw_service_add_stream (self->service, stream, port);
  return id;
}

void
bw_server_remove_feed (BwServer   *self,
                       const char *id)
{
  BwShared *shared;

  g_return_if_fail (BW_IS_SERVER (self));

  shared = bw_server_find_shared (self, id);
  if (shared == NULL)
    return;

  bw_tokens_remove_session (bw_access_get_tokens (self->access), id);
  bw_service_remove_stream (self->service, id);
  /* `id` may be its own. */
  g_ptr_array_remove (self->shared, shared);
}
