/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-gate.h"

#include "server/bw-guard.h"
#include "server/bw-handshakes.h"

/* libsoup keeps the remote address that it is given as long as the connection, and hands it out
 * with each message: the way from a message to its connection. */
#define CONNECTION_KEY "bw-connection"
#define DEADLINE_KEY "bw-deadline"
#define REMOTE_KEY "bw-remote"
#define GATE_KEY "bw-gate"

struct _BwGate
{
  BwService *service;
  SoupServer *soup;
  BwGuard *guard;
  GHashTable *connections; /* (element-type GSocketConnection), unowned: those not taken over */
  BwHandshakes *handshakes; /* where it is TLS */
};

GSocketConnection *
bw_gate_connection_of (SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return remote != NULL ? g_object_get_data (G_OBJECT (remote), CONNECTION_KEY) : NULL;
}

static void
destroy_source (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

static gboolean
on_deadline (gpointer user_data)
{
  GSocketConnection *connection = user_data;
  BwGate *self = g_object_get_data (G_OBJECT (connection), GATE_KEY);

  g_debug ("A request took too long");
  bw_service_count_denial (self->service, BW_DENIAL_HANDSHAKE);
  /* libsoup sees the end of its input and drops the connection. */
  g_socket_shutdown (g_socket_connection_get_socket (connection), TRUE, TRUE, NULL);
  return G_SOURCE_REMOVE;
}

/* `milliseconds` 0: none any more. */
static void
set_deadline (GSocketConnection *connection,
              guint              milliseconds)
{
  GSource *source = NULL;

  if (milliseconds > 0)
    {
      source = g_timeout_source_new (milliseconds);
      g_source_set_callback (source, on_deadline, connection, NULL);
      g_source_attach (source, g_main_context_get_thread_default ());
    }
  g_object_set_data_full (G_OBJECT (connection), DEADLINE_KEY, source,
                          source != NULL ? destroy_source : NULL);
}

static void
on_connection_gone (gpointer user_data,
                    GObject *where_it_was)
{
  BwGate *self = user_data;

  g_hash_table_remove (self->connections, where_it_was);
}

/* Who may not is dropped before a word was read: there is nobody to answer to. */
static gboolean
may_come_in (BwGate            *self,
             GSocketConnection *connection,
             GSocketAddress    *remote)
{
  GInetAddress *address;

  if (g_hash_table_size (self->connections)
      >= bw_service_get_limits (self->service)->max_pending)
    {
      bw_service_count_denial (self->service, BW_DENIAL_FULL);
      return FALSE;
    }
  if (!G_IS_INET_SOCKET_ADDRESS (remote))
    return TRUE;

  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));
  /* Whom a proxy comes for is known later. */
  if (!bw_access_is_proxy (bw_service_get_access (self->service), address)
      && !bw_guard_let_in (self->guard, address, G_OBJECT (connection)))
    {
      bw_service_count_denial (self->service, BW_DENIAL_ADDRESS);
      return FALSE;
    }
  return TRUE;
}

/* To libsoup, which speaks over `stream`. */
static void
hand_over (GSocketConnection *connection,
           GIOStream         *stream,
           gpointer           gate)
{
  BwGate *self = gate;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  GSocketAddress *remote = g_object_get_data (G_OBJECT (connection), REMOTE_KEY);

  if (local != NULL)
    soup_server_accept_iostream (self->soup, stream, local, remote, NULL);
}

void
bw_gate_take (GSocketConnection *connection,
              gpointer           gate)
{
  BwGate *self = gate;
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);

  /* It may have gone while it waited to be accepted. */
  if (remote == NULL)
    return;

  if (!may_come_in (self, connection, remote))
    return;

  g_object_set_data (G_OBJECT (remote), CONNECTION_KEY, connection);
  g_object_set_data (G_OBJECT (connection), GATE_KEY, self);
  g_hash_table_add (self->connections, connection);
  g_object_weak_ref (G_OBJECT (connection), on_connection_gone, self);
  set_deadline (connection, bw_service_get_limits (self->service)->handshake_ms);
  g_object_set_data_full (G_OBJECT (connection), REMOTE_KEY, g_steal_pointer (&remote),
                          g_object_unref);
  if (self->handshakes != NULL)
    bw_handshakes_begin (self->handshakes, connection);
  else
    hand_over (connection, G_IO_STREAM (connection), self);
}

void
bw_gate_let_go (BwGate            *self,
                GSocketConnection *connection)
{
  set_deadline (connection, 0);
  g_object_weak_unref (G_OBJECT (connection), on_connection_gone, self);
  g_hash_table_remove (self->connections, connection);
}

void
bw_gate_begin_answer (BwGate            *self,
                      GSocketConnection *connection)
{
  set_deadline (connection, bw_service_get_limits (self->service)->response_ms);
}

gboolean
bw_gate_count_client (BwGate            *self,
                      GSocketConnection *connection,
                      GInetAddress      *client)
{
  return bw_guard_let_in (self->guard, client, G_OBJECT (connection));
}

gboolean
bw_gate_count_guess (BwGate       *self,
                     GInetAddress *client)
{
  return bw_guard_count_guess (self->guard, client, g_get_monotonic_time ());
}

BwGate *
bw_gate_new (BwService  *service,
             SoupServer *soup)
{
  GTlsCertificate *certificate = bw_service_get_certificate (service);
  BwGate *self = g_new0 (BwGate, 1);

  self->service = service;
  self->soup = soup;
  self->guard = bw_guard_new (bw_service_get_limits (service));
  self->connections = g_hash_table_new (NULL, NULL);
  if (certificate != NULL)
    self->handshakes = bw_handshakes_new (certificate, hand_over, self);
  return self;
}

void
bw_gate_free (BwGate *self)
{
  GHashTableIter iter;
  gpointer connection;

  if (self == NULL)
    return;

  g_clear_pointer (&self->handshakes, bw_handshakes_free);
  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &connection, NULL))
    {
      set_deadline (connection, 0);
      g_object_weak_unref (connection, on_connection_gone, self);
      g_socket_shutdown (g_socket_connection_get_socket (connection), TRUE, TRUE, NULL);
    }
  g_hash_table_unref (self->connections);
  bw_guard_free (self->guard);
  g_free (self);
}
