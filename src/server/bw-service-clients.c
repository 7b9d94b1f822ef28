/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is at the boards of a service, and what is done about them: by the window that shares, and
 * by owners elsewhere. */

#include "server/bw-service-private.h"

#include "server/bw-viewer.h"
#include "server/bw-ws-frame.h"
#include "wire/bw-text-writer.h"

/* Looking */

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  const BwServerClient *one = *(const BwServerClient *const *) a;
  const BwServerClient *two = *(const BwServerClient *const *) b;

  return (one->number > two->number) - (one->number < two->number);
}

static GPtrArray *
list_clients (BwService *self)
{
  GPtrArray *clients
    = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_server_client_free);
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = 0; i < self->streams->len; i++)
    bw_stream_list_clients (g_ptr_array_index (self->streams, i), clients, now_us);
  g_ptr_array_sort (clients, compare_numbers);
  return clients;
}

static double
get_uptime_s (BwService *self)
{
  return (double) (g_get_monotonic_time () - self->started_us) / G_USEC_PER_SEC;
}

static void
count (BwService       *self,
       const GPtrArray *clients,
       BwServerStats   *out)
{
  *out = (BwServerStats) {
    .running = TRUE,
    .uptime_s = get_uptime_s (self),
    .n_arrived = self->n_arrived,
    .counters = self->counters,
  };
  for (guint i = 0; i < clients->len; i++)
    {
      const BwServerClient *client = g_ptr_array_index (clients, i);

      out->clients[client->dialect]++;
      out->rate_hz += client->rate_hz;
    }
  if (clients->len > 0)
    out->rate_hz /= clients->len;
}

void
bw_service_look (BwService *self)
{
  GPtrArray *clients = list_clients (self);
  BwServerStats stats;

  count (self, clients, &stats);
  g_mutex_lock (&self->mutex);
  self->stats = stats;
  g_ptr_array_unref (self->clients);
  self->clients = clients;
  g_mutex_unlock (&self->mutex);
}

void
bw_service_count (BwService     *self,
                  BwServerStats *stats_out)
{
  g_mutex_lock (&self->mutex);
  count (self, self->clients, stats_out);
  g_mutex_unlock (&self->mutex);
}

void
bw_service_get_stats (BwService     *self,
                      BwServerStats *stats_out)
{
  g_mutex_lock (&self->mutex);
  *stats_out = self->stats;
  if (stats_out->running)
    stats_out->uptime_s = get_uptime_s (self);
  g_mutex_unlock (&self->mutex);
}

GPtrArray *
bw_service_list_clients (BwService *self)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_server_client_free);

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->clients->len; i++)
    {
      BwServerClient *copy
        = g_memdup2 (g_ptr_array_index (self->clients, i), sizeof (BwServerClient));

      copy->session = g_strdup (copy->session);
      copy->name = g_strdup (copy->name);
      copy->address = g_strdup (copy->address);
      g_ptr_array_add (copies, copy);
    }
  g_mutex_unlock (&self->mutex);
  return copies;
}

/* Acting. In the server's thread; `session` NULL: whatever they are at. */

static gboolean
set_role (BwService  *self,
          const char *session,
          guint32     number,
          BwRole      role)
{
  for (guint i = 0; i < self->streams->len; i++)
    {
      BwStream *stream = g_ptr_array_index (self->streams, i);

      if ((session == NULL || g_str_equal (session, bw_stream_get_id (stream)))
          && bw_stream_set_role (stream, number, role))
        return TRUE;
    }
  return FALSE;
}

static gboolean
disconnect (BwService  *self,
            const char *session,
            guint32     number)
{
  for (guint i = 0; i < self->streams->len; i++)
    {
      BwStream *stream = g_ptr_array_index (self->streams, i);

      if ((session == NULL || g_str_equal (session, bw_stream_get_id (stream)))
          && bw_stream_disconnect (stream, number))
        return TRUE;
    }
  return FALSE;
}

static void
close_holders (BwService  *self,
               const char *token)
{
  for (guint i = 0; i < self->streams->len; i++)
    bw_stream_revoke (g_ptr_array_index (self->streams, i), token);
}

/* From the maker's thread */

typedef struct
{
  BwService *service;
  guint32 number;
  BwRole role;
  const char *token;
} BwClientCall;

static gboolean
on_set_role (gpointer user_data)
{
  const BwClientCall *call = user_data;

  set_role (call->service, NULL, call->number, call->role);
  return G_SOURCE_REMOVE;
}

static gboolean
on_disconnect (gpointer user_data)
{
  const BwClientCall *call = user_data;

  disconnect (call->service, NULL, call->number);
  return G_SOURCE_REMOVE;
}

static gboolean
on_token_gone (gpointer user_data)
{
  const BwClientCall *call = user_data;

  close_holders (call->service, call->token);
  return G_SOURCE_REMOVE;
}

void
bw_service_set_role (BwService *self,
                     guint32    number,
                     BwRole     role)
{
  BwClientCall call = { .service = self, .number = number, .role = role };

  bw_service_call_later (self, on_set_role, g_memdup2 (&call, sizeof call), g_free);
}

void
bw_service_disconnect (BwService *self,
                       guint32    number)
{
  BwClientCall call = { .service = self, .number = number };

  bw_service_call_later (self, on_disconnect, g_memdup2 (&call, sizeof call), g_free);
}

void
bw_service_change_token (BwService  *self,
                         const char *session,
                         BwRole      role,
                         gboolean    renew)
{
  BwTokens *tokens = bw_access_get_tokens (self->access);
  BwClientCall call = { .service = self };

  call.token = renew ? bw_tokens_renew (tokens, session, role)
                     : bw_tokens_revoke (tokens, session, role);
  if (call.token != NULL)
    bw_service_call_later (self, on_token_gone, g_memdup2 (&call, sizeof call), g_free);
}

/* For owners elsewhere */

/* What an owner rules: what its link opens; who was made one, that board alone. NULL: all. */
static const char *
scope_of (BwStream       *stream,
          const BwViewer *viewer)
{
  return viewer->pass.role == BW_ROLE_OWNER ? viewer->pass.session : bw_stream_get_id (stream);
}

static void
write_client (BwTextWriter         *writer,
              const BwServerClient *client)
{
  bw_text_writer_begin_object (writer);
  bw_text_writer_name (writer, "number");
  bw_text_writer_integer (writer, client->number);
  bw_text_writer_name (writer, "session");
  bw_text_writer_string (writer, client->session);
  bw_text_writer_name (writer, "name");
  bw_text_writer_string (writer, client->name);
  bw_text_writer_name (writer, "role");
  bw_text_writer_string (writer, bw_role_name (client->role));
  bw_text_writer_name (writer, "address");
  bw_text_writer_string (writer, client->address);
  bw_text_writer_name (writer, "dialect");
  bw_text_writer_string (writer, client->dialect == BW_DIALECT_JSON ? "boardwalk.json"
                                                                    : "boardwalk.1");
  bw_text_writer_name (writer, "connected_s");
  bw_text_writer_number (writer, client->connected_s);
  bw_text_writer_name (writer, "rate_hz");
  bw_text_writer_number (writer, client->rate_hz);
  bw_text_writer_name (writer, "age_ms");
  bw_text_writer_number (writer, client->age_ms);
  bw_text_writer_end_object (writer);
}

static void
tell_clients (BwService  *self,
              BwViewer   *viewer,
              const char *scope,
              gint64      cmd_id)
{
  g_autoptr (GPtrArray) clients = bw_service_list_clients (self);
  GString *text = bw_ws_text_begin ();
  BwTextWriter writer = bw_text_writer_on (text);

  bw_text_writer_begin_object (&writer);
  bw_text_writer_name (&writer, "type");
  bw_text_writer_string (&writer, "clients");
  bw_text_writer_name (&writer, "cmd_id");
  bw_text_writer_integer (&writer, cmd_id);
  bw_text_writer_name (&writer, "clients");
  bw_text_writer_begin_array (&writer);
  for (guint i = 0; i < clients->len; i++)
    {
      const BwServerClient *client = g_ptr_array_index (clients, i);

      if (scope == NULL || g_str_equal (scope, client->session))
        write_client (&writer, client);
    }
  bw_text_writer_end_array (&writer);
  bw_text_writer_end_object (&writer);
  bw_viewer_send_text (viewer, text);
}

static void
change_token (BwService             *self,
              BwViewer              *viewer,
              const char            *scope,
              const BwViewerMessage *message)
{
  BwTokens *tokens = bw_access_get_tokens (self->access);
  BwRole role = (BwRole) message->role;

  bw_service_change_token (self, scope, role, message->kind == BW_VIEWER_RENEW);
  bw_viewer_answer (viewer, message->cmd_id, "accepted", bw_tokens_get (tokens, scope, role));
  self->events->tokens_changed (self->user_data);
}

void
bw_service_hear_owner (BwStream              *stream,
                       BwViewer              *viewer,
                       const BwViewerMessage *message,
                       gpointer               service)
{
  BwService *self = service;
  const char *scope = scope_of (stream, viewer);
  gboolean found;

  if (message->kind == BW_VIEWER_CLIENTS)
    {
      tell_clients (self, viewer, scope, message->cmd_id);
      return;
    }
  if (message->kind == BW_VIEWER_RENEW || message->kind == BW_VIEWER_REVOKE)
    {
      change_token (self, viewer, scope, message);
      return;
    }

  if (message->kind == BW_VIEWER_PROMOTE)
    found = set_role (self, scope, message->number, (BwRole) message->role);
  else
    found = disconnect (self, scope, message->number);
  bw_viewer_answer (viewer, message->cmd_id, found ? "accepted" : "unknown", NULL);
}
