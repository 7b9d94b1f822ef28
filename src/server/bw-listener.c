/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-listener.h"

#include "server/bw-server.h"

#include <netinet/in.h>

#define BACKLOG 512
#define MAX_PORTS_TRIED 100
/* Both loopback addresses need the same port, which somebody may have on the second alone. */
#define MAX_FREE_PORT_ATTEMPTS 16
#define OUT_OF_DESCRIPTORS_PAUSE_MS 200

struct _BwListener
{
  guint16 port;
  GPtrArray *sockets; /* (element-type GSocket) */
  GPtrArray *sources; /* (element-type GSource) */
  BwListenerFunc func;
  gpointer user_data;
};

static void
destroy_source (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

static void
close_socket (gpointer data)
{
  g_socket_close (data, NULL);
  g_object_unref (data);
}

static BwListener *
bw_listener_alloc (void)
{
  BwListener *self = g_new0 (BwListener, 1);

  self->sockets = g_ptr_array_new_with_free_func (close_socket);
  self->sources = g_ptr_array_new_with_free_func (destroy_source);
  return self;
}

void
bw_listener_free (BwListener *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->sockets);
  g_free (self);
}

void
bw_listener_shut_down (BwListener *self)
{
  /* Ends the listening at once, whatever the thread that watches the sockets is doing. */
  for (guint i = 0; i < self->sockets->len; i++)
    g_socket_shutdown (g_ptr_array_index (self->sockets, i), TRUE, TRUE, NULL);
}

guint16
bw_listener_get_port (BwListener *self)
{
  return self->port;
}

/* Binding */

static gboolean
listen_on (BwListener    *self,
           GInetAddress  *address,
           GError       **error)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (address, self->port);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GSocket) socket = NULL;
  GSocketFamily family = g_inet_address_get_family (address);

  socket = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL)
    return FALSE;

  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (family == G_SOCKET_FAMILY_IPV6)
    g_socket_set_option (socket, IPPROTO_IPV6, IPV6_V6ONLY, 1, NULL);

  if (!g_socket_bind (socket, wanted, TRUE, error) || !g_socket_listen (socket, error))
    return FALSE;

  bound = g_socket_get_local_address (socket, error);
  if (bound == NULL)
    return FALSE;

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_ptr_array_add (self->sockets, g_steal_pointer (&socket));
  return TRUE;
}

/* `second` is wanted where there is such a thing: only a port in use is an error. */
static BwListener *
listen_on_both (GInetAddress *first,
                GInetAddress *second,
                guint16       port,
                GError      **error)
{
  g_autoptr (BwListener) self = bw_listener_alloc ();
  g_autoptr (GError) second_error = NULL;

  self->port = port;
  if (!listen_on (self, first, error))
    return NULL;

  if (second != NULL && !listen_on (self, second, &second_error)
      && g_error_matches (second_error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    {
      g_propagate_error (error, g_steal_pointer (&second_error));
      return NULL;
    }

  return g_steal_pointer (&self);
}

static gboolean
look_up (const char    *host,
         GInetAddress **first_out,
         GInetAddress **second_out,
         GError       **error)
{
  g_autolist (GInetAddress) found = NULL;

  if (host == NULL || g_ascii_strcasecmp (host, "localhost") == 0)
    {
      *first_out = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
      *second_out = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6);
      return TRUE;
    }

  *second_out = NULL;
  *first_out = g_inet_address_new_from_string (host);
  if (*first_out != NULL)
    return TRUE;

  found = g_resolver_lookup_by_name (g_resolver_get_default (), host, NULL, error);
  if (found == NULL)
    return FALSE;

  *first_out = g_object_ref (found->data);
  return TRUE;
}

static BwListener *
try_port (const char *host,
          guint16     port,
          GError    **error)
{
  g_autoptr (GInetAddress) first = NULL;
  g_autoptr (GInetAddress) second = NULL;
  g_autoptr (GError) local_error = NULL;
  BwListener *self;

  if (!look_up (host, &first, &second, error))
    return NULL;

  for (guint attempt = 1;; attempt++)
    {
      self = listen_on_both (first, second, port, &local_error);
      if (self != NULL || port != 0 || attempt == MAX_FREE_PORT_ATTEMPTS
          || !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
        break;
      g_clear_error (&local_error);
    }

  if (self == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return self;
}

BwListener *
bw_listener_new (const char *host,
                 guint16     port,
                 GError    **error)
{
  g_autoptr (GError) local_error = NULL;
  BwListener *self = try_port (host, port, &local_error);
  guint16 free_port;

  if (self != NULL)
    return self;

  if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    {
      g_set_error (error, BW_SERVER_ERROR, BW_SERVER_ERROR_ADDRESS, "Cannot listen on %s: %s",
                   host != NULL ? host : "localhost", local_error->message);
      return NULL;
    }

  free_port = bw_listener_find_free_port (host, port);
  if (free_port != 0)
    g_set_error (error, BW_SERVER_ERROR, BW_SERVER_ERROR_PORT_IN_USE,
                 "Port %u is in use; the next free one is %u", port, free_port);
  else
    g_set_error (error, BW_SERVER_ERROR, BW_SERVER_ERROR_PORT_IN_USE, "Port %u is in use", port);
  return NULL;
}

guint16
bw_listener_find_free_port (const char *host,
                            guint16     port)
{
  for (guint i = 1; i <= MAX_PORTS_TRIED && port + i <= G_MAXUINT16; i++)
    {
      g_autoptr (BwListener) listener = try_port (host, (guint16) (port + i), NULL);

      if (listener != NULL)
        return (guint16) (port + i);
    }

  return 0;
}

/* Accepting */

static void watch (BwListener *self,
                   GSocket    *socket);

typedef struct
{
  BwListener *listener;
  GSocket *socket;
} BwPausedAccept;

static gboolean
on_pause_over (gpointer user_data)
{
  BwPausedAccept *paused = user_data;

  g_ptr_array_remove (paused->listener->sources, g_main_current_source ());
  watch (paused->listener, paused->socket);
  return G_SOURCE_REMOVE;
}

/* Without a descriptor to spare, the socket stays readable, and watching it would take all of
 * the processor. */
static void
pause_accepting (BwListener *self,
                 GSocket    *socket)
{
  GSource *source = g_timeout_source_new (OUT_OF_DESCRIPTORS_PAUSE_MS);
  BwPausedAccept *paused = g_new (BwPausedAccept, 1);

  *paused = (BwPausedAccept) { self, socket };
  g_source_set_callback (source, on_pause_over, paused, g_free);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_ptr_array_add (self->sources, source);
}

/* One connection at a time: its first request may be answered before the function returns, and
 * what that answer leads to (a board shared meanwhile, say) must be seen by the next one. */
static gboolean
on_incoming (GSocket     *socket,
             GIOCondition condition,
             gpointer     user_data)
{
  BwListener *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) accepted = g_socket_accept (socket, NULL, &error);
  g_autoptr (GSocketConnection) connection = NULL;

  if (accepted == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)
          || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
        return G_SOURCE_CONTINUE;

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
        {
          /* It was shut down. */
          g_ptr_array_remove (self->sources, g_main_current_source ());
          return G_SOURCE_REMOVE;
        }

      g_info ("Cannot accept a connection: %s", error->message);
      pause_accepting (self, socket);
      g_ptr_array_remove (self->sources, g_main_current_source ());
      return G_SOURCE_REMOVE;
    }

  g_socket_set_blocking (accepted, FALSE);
  connection = g_socket_connection_factory_create_connection (accepted);
  self->func (connection, self->user_data);
  return G_SOURCE_CONTINUE;
}

static void
watch (BwListener *self,
       GSocket    *socket)
{
  GSource *source = g_socket_create_source (socket, G_IO_IN, NULL);

  g_source_set_callback (source, G_SOURCE_FUNC (on_incoming), self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_ptr_array_add (self->sources, source);
}

void
bw_listener_accept (BwListener    *self,
                    BwListenerFunc func,
                    gpointer       user_data)
{
  self->func = func;
  self->user_data = user_data;
  for (guint i = 0; i < self->sockets->len; i++)
    watch (self, g_ptr_array_index (self->sockets, i));
}
