/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-service-private.h"

#define PROGRESS_CHECKS 8 /* in the time of the shortest limit */
#define HURRY_INTERVAL_MS 5
#define LOOK_INTERVAL_MS 500

static void
destroy_source (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

BwService *
bw_service_new (BwAccess              *access,
                GTlsCertificate       *certificate,
                const BwServerLimits  *limits,
                const BwServiceEvents *events,
                gpointer               user_data)
{
  BwService *self = g_new0 (BwService, 1);

  self->access = access;
  self->certificate = certificate;
  self->limits = limits;
  self->events = events;
  self->user_data = user_data;
  self->context = g_main_context_new ();
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_stream_free);
  self->ending = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_stream_free);
  self->timers = g_ptr_array_new_with_free_func (destroy_source);
  self->clients = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_server_client_free);
  g_mutex_init (&self->mutex);
  return self;
}

/* Runs what was queued for the thread when there is none any more. */
static void
drain (BwService *self)
{
  g_main_context_push_thread_default (self->context);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
}

void
bw_service_free (BwService *self)
{
  if (self == NULL)
    return;

  bw_service_stop (self);
  drain (self);
  g_ptr_array_unref (self->streams);
  g_ptr_array_unref (self->ending);
  g_ptr_array_unref (self->timers);
  g_ptr_array_unref (self->clients);
  g_mutex_clear (&self->mutex);
  g_main_context_unref (self->context);
  g_free (self);
}

GMainContext *
bw_service_get_context (BwService *self)
{
  return self->context;
}

guint
bw_service_get_n_peers (BwService *self)
{
  guint n = 0;

  for (guint i = 0; i < self->streams->len; i++)
    n += bw_stream_get_n_peers (g_ptr_array_index (self->streams, i));
  for (guint i = 0; i < self->ending->len; i++)
    n += bw_stream_get_n_peers (g_ptr_array_index (self->ending, i));

  return n;
}

/* Not from within the stream that has changed: it may be freed here. */
static gboolean
sweep (gpointer user_data)
{
  BwService *self = user_data;

  for (guint i = self->ending->len; i-- > 0;)
    {
      if (bw_stream_get_n_peers (g_ptr_array_index (self->ending, i)) == 0)
        g_ptr_array_remove_index (self->ending, i);
    }

  if (self->stopping && bw_service_get_n_peers (self) == 0 && self->loop != NULL)
    g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

void
bw_service_call_later (BwService     *self,
                       GSourceFunc    func,
                       gpointer       data,
                       GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, self->context);
}

/* Timers that end by themselves once nobody is there: a shared board that nobody looks at wakes
 * no thread. */

static gboolean
on_check_progress (gpointer user_data)
{
  BwService *self = user_data;
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = 0; i < self->streams->len; i++)
    bw_stream_check_progress (g_ptr_array_index (self->streams, i), now_us);
  for (guint i = 0; i < self->ending->len; i++)
    bw_stream_check_progress (g_ptr_array_index (self->ending, i), now_us);

  if (bw_service_get_n_peers (self) > 0)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->progress_timer, destroy_source);
  return G_SOURCE_REMOVE;
}

static gboolean
on_look (gpointer user_data)
{
  BwService *self = user_data;

  bw_service_look (self);
  if (bw_service_get_n_peers (self) > 0)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->look_timer, destroy_source);
  return G_SOURCE_REMOVE;
}

static GSource *
start_timer (BwService  *self,
             guint       interval_ms,
             GSourceFunc func)
{
  GSource *source = g_timeout_source_new (interval_ms);

  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, self->context);
  return source;
}

/* FALSE from the end of the loop on: the thread has its last look then. */
static gboolean
is_looping (BwService *self)
{
  return self->loop != NULL && g_main_loop_is_running (self->loop);
}

/* Something has happened that is told at the next look. */
static void
look_soon (BwService *self)
{
  if (self->look_timer == NULL && is_looping (self))
    self->look_timer = start_timer (self, LOOK_INTERVAL_MS, on_look);
}

static void
check_progress_from_now_on (BwService *self)
{
  guint interval_ms = MIN (self->limits->stall_ms, self->limits->close_ms) / PROGRESS_CHECKS;

  if (self->progress_timer == NULL && is_looping (self))
    self->progress_timer = start_timer (self, MAX (interval_ms, 1), on_check_progress);
}

/* Streams */

static void
on_stream_changed (BwStream *stream,
                   gpointer  user_data)
{
  BwService *self = user_data;

  look_soon (self);
  check_progress_from_now_on (self);
  self->events->changed (bw_service_get_n_peers (self), self->user_data);
  bw_service_call_later (self, sweep, self, NULL);
}

static void
on_stream_people (BwStream  *stream,
                  GPtrArray *people,
                  gpointer   user_data)
{
  BwService *self = user_data;

  self->events->people (bw_stream_get_id (stream), people, self->user_data);
}

BwStream *
bw_service_make_stream (BwService  *self,
                        const char *id,
                        const char *title,
                        BwBoard    *board,
                        double      fps)
{
  static const BwStreamEvents events = {
    .changed = on_stream_changed,
    .people = on_stream_people,
    .ask = bw_service_hear_owner,
  };

  return bw_stream_new (id, title, board, fps, self->limits, &self->counters, &events, self);
}

typedef struct
{
  BwService *service;
  BwStream *stream;
  BwPort *port;
  char *id;
} BwServiceCall;

static void
service_call_free (gpointer data)
{
  BwServiceCall *call = data;

  g_free (call->id);
  g_free (call);
}

static gboolean
on_add_stream (gpointer user_data)
{
  BwServiceCall *call = user_data;

  bw_stream_set_port (call->stream, call->port);
  g_ptr_array_add (call->service->streams, call->stream);
  return G_SOURCE_REMOVE;
}

void
bw_service_add_stream (BwService *self,
                       BwStream  *stream,
                       BwPort    *port)
{
  BwServiceCall *call = g_new0 (BwServiceCall, 1);

  *call = (BwServiceCall) { .service = self, .stream = stream, .port = port };
  bw_service_call_later (self, on_add_stream, call, service_call_free);
}

static void
end_stream (BwService  *self,
            guint       index,
            const char *reason)
{
  BwStream *stream = g_ptr_array_steal_index (self->streams, index);

  g_ptr_array_add (self->ending, stream);
  bw_stream_end (stream, reason);
  bw_service_call_later (self, sweep, self, NULL);
}

static gboolean
on_remove_stream (gpointer user_data)
{
  BwServiceCall *call = user_data;
  GPtrArray *streams = call->service->streams;

  for (guint i = 0; i < streams->len; i++)
    {
      if (g_str_equal (bw_stream_get_id (g_ptr_array_index (streams, i)), call->id))
        {
          end_stream (call->service, i, "This board is not shared any more");
          break;
        }
    }
  return G_SOURCE_REMOVE;
}

void
bw_service_remove_stream (BwService  *self,
                          const char *id)
{
  BwServiceCall *call = g_new0 (BwServiceCall, 1);

  *call = (BwServiceCall) { .service = self, .id = g_strdup (id) };
  bw_service_call_later (self, on_remove_stream, call, service_call_free);
}

BwStream *
bw_service_find_stream (BwService  *self,
                        const char *id)
{
  for (guint i = self->streams->len; i-- > 0;)
    {
      BwStream *stream = g_ptr_array_index (self->streams, i);

      if (id == NULL || g_str_equal (bw_stream_get_id (stream), id))
        return stream;
    }

  return NULL;
}

GPtrArray *
bw_service_get_streams (BwService *self)
{
  return self->streams;
}

BwPoller *
bw_service_get_poller (BwService *self)
{
  return self->poller;
}

BwCounters *
bw_service_get_counters (BwService *self)
{
  return &self->counters;
}

void
bw_service_count_denial (BwService *self,
                         BwDenial   denial)
{
  self->counters.denials[denial]++;
  look_soon (self);
}

guint32
bw_service_count_arrival (BwService *self)
{
  return ++self->n_arrived;
}

BwAccess *
bw_service_get_access (BwService *self)
{
  return self->access;
}

GTlsCertificate *
bw_service_get_certificate (BwService *self)
{
  return self->certificate;
}

const BwServerLimits *
bw_service_get_limits (BwService *self)
{
  return self->limits;
}

/* The thread */

static gpointer
run (gpointer data)
{
  BwService *self = data;

  g_main_context_push_thread_default (self->context);
  self->started_us = g_get_monotonic_time ();
  bw_service_look (self);
  self->poller = bw_poller_new (self->context);
  self->web = bw_web_new (self);
  bw_listener_accept (self->listener, bw_web_take_connection, self->web);

  g_main_loop_run (self->loop);

  g_ptr_array_set_size (self->timers, 0);
  g_clear_pointer (&self->progress_timer, destroy_source);
  g_clear_pointer (&self->look_timer, destroy_source);
  g_ptr_array_set_size (self->streams, 0);
  g_ptr_array_set_size (self->ending, 0);
  bw_service_look (self);
  g_mutex_lock (&self->mutex);
  self->stats.running = FALSE;
  g_mutex_unlock (&self->mutex);
  self->events->changed (0, self->user_data);
  g_clear_pointer (&self->web, bw_web_free);
  g_clear_pointer (&self->poller, bw_poller_free);
  /* libsoup ends its connections in steps. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  self->events->ended (self->user_data);
  return NULL;
}

void
bw_service_start (BwService  *self,
                  BwListener *listener)
{
  g_return_if_fail (self->thread == NULL);

  self->stopping = FALSE;
  self->stop_begun = FALSE;
  self->listener = listener;
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("bw-server", run, self);
}

gboolean
bw_service_is_running (BwService *self)
{
  return self->thread != NULL;
}

static gboolean
on_time_is_up (gpointer user_data)
{
  BwService *self = user_data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

/* Whoever waits for the server to end waits for no peer's answer, but for its having got all. */
static gboolean
on_hurry (gpointer user_data)
{
  BwService *self = user_data;

  for (guint i = 0; i < self->ending->len; i++)
    bw_stream_hurry (g_ptr_array_index (self->ending, i));
  return G_SOURCE_CONTINUE;
}

static gboolean
on_stop (gpointer user_data)
{
  BwService *self = user_data;

  g_clear_pointer (&self->listener, bw_listener_free);
  self->stopping = TRUE;
  while (self->streams->len > 0)
    end_stream (self, self->streams->len - 1, "The server ends");

  bw_service_call_later (self, sweep, self, NULL);
  g_ptr_array_add (self->timers, start_timer (self, HURRY_INTERVAL_MS, on_hurry));
  g_ptr_array_add (self->timers, start_timer (self, self->limits->shut_down_ms, on_time_is_up));
  return G_SOURCE_REMOVE;
}

void
bw_service_begin_stop (BwService *self)
{
  if (self->thread == NULL || self->stop_begun)
    return;

  self->stop_begun = TRUE;
  bw_listener_shut_down (self->listener);
  bw_service_call_later (self, on_stop, self, NULL);
}

void
bw_service_stop (BwService *self)
{
  if (self->thread == NULL)
    return;

  bw_service_begin_stop (self);
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->loop, g_main_loop_unref);
}
