/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-handshakes.h"

#include <sys/socket.h>

#define MAX_AT_A_TIME 8
#define MAX_OF_AN_ADDRESS 2

/* Of a TLS record. */
#define RECORD_HEADER_BYTES 5
#define RECORD_MAX_BYTES 16384
#define RECORD_IS_HANDSHAKE 22

/* How often it is looked whether the rest of a first record has come. */
#define REST_INTERVAL_MS 50

struct _BwHandshakes
{
  grefcount ref_count;      /* one is the owner's, one each handshake's that is under way */
  GTlsCertificate *certificate;
  BwHandshakesFunc func;    /* NULL once the owner has gone */
  gpointer user_data;
  GCancellable *ending;
  GPtrArray *silent;        /* (element-type BwComer): the first record is not whole yet */
  GPtrArray *ready;         /* (element-type BwComer), in the order of their coming */
  GPtrArray *under_way;     /* (element-type BwComer) */
};

typedef struct
{
  BwHandshakes *handshakes;
  GSocketConnection *connection;
  GInetAddress *address;    /* nullable */
  GSource *source;          /* while silent */
} BwComer;

static void
comer_free (gpointer data)
{
  BwComer *comer = data;

  if (comer->source != NULL)
    {
      g_source_destroy (comer->source);
      g_source_unref (comer->source);
    }
  g_clear_object (&comer->address);
  g_object_unref (comer->connection);
  g_free (comer);
}

static BwComer *
comer_new (BwHandshakes      *self,
           GSocketConnection *connection)
{
  BwComer *comer = g_new0 (BwComer, 1);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);

  comer->handshakes = self;
  comer->connection = g_object_ref (connection);
  if (G_IS_INET_SOCKET_ADDRESS (remote))
    comer->address = g_object_ref (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
  return comer;
}

static void
unref (BwHandshakes *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->silent);
  g_ptr_array_unref (self->ready);
  g_ptr_array_unref (self->under_way);
  g_object_unref (self->ending);
  g_object_unref (self->certificate);
  g_free (self);
}

static gboolean
may_begin (const BwHandshakes *self,
           const BwComer      *comer)
{
  guint n = 0;

  if (self->under_way->len >= MAX_AT_A_TIME)
    return FALSE;

  for (guint i = 0; i < self->under_way->len && comer->address != NULL; i++)
    {
      const BwComer *other = g_ptr_array_index (self->under_way, i);

      n += other->address != NULL && g_inet_address_equal (other->address, comer->address);
    }
  return n < MAX_OF_AN_ADDRESS;
}

static void begin_some (BwHandshakes *self);

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTlsConnection) tls = G_TLS_CONNECTION (source);
  BwComer *comer = user_data;
  BwHandshakes *self = comer->handshakes;
  g_autoptr (GError) error = NULL;

  if (!g_tls_connection_handshake_finish (tls, result, &error))
    g_debug ("No TLS: %s", error->message);
  else if (self->func != NULL)
    self->func (comer->connection, G_IO_STREAM (tls), self->user_data);

  /* Frees the comer. */
  g_ptr_array_remove_fast (self->under_way, comer);
  if (self->func != NULL)
    begin_some (self);
  unref (self);
}

/* Takes over the comer. */
static void
begin (BwHandshakes *self,
       BwComer      *comer)
{
  g_autoptr (GError) error = NULL;
  GIOStream *tls = g_tls_server_connection_new (G_IO_STREAM (comer->connection),
                                                self->certificate, &error);

  if (tls == NULL)
    {
      g_warning ("No TLS: %s", error->message);
      comer_free (comer);
      return;
    }

  /* Whether somebody who leaves says so is for the protocol above to judge. */
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  g_ptr_array_add (self->under_way, comer);
  g_ref_count_inc (&self->ref_count);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, self->ending,
                                    on_done, comer);
}

static void
begin_some (BwHandshakes *self)
{
  for (guint i = 0; i < self->ready->len;)
    {
      if (may_begin (self, g_ptr_array_index (self->ready, i)))
        begin (self, g_ptr_array_steal_index (self->ready, i));
      else
        i++;
    }
}

typedef enum
{
  RECORD_WHOLE,
  RECORD_PARTIAL,
  RECORD_NONE, /* no TLS, or the end */
} BwRecord;

/* What has come so far; it stays where it is. */
static BwRecord
look_at_first_record (GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  guint8 bytes[RECORD_HEADER_BYTES];
  ssize_t n = recv (g_socket_get_fd (socket), bytes, sizeof bytes, MSG_PEEK | MSG_DONTWAIT);
  gssize length;

  if (n <= 0 || bytes[0] != RECORD_IS_HANDSHAKE)
    return RECORD_NONE;
  if (n < RECORD_HEADER_BYTES)
    return RECORD_PARTIAL;

  length = bytes[3] << 8 | bytes[4];
  if (length > RECORD_MAX_BYTES)
    return RECORD_NONE;
  return g_socket_get_available_bytes (socket) >= RECORD_HEADER_BYTES + length ? RECORD_WHOLE
                                                                               : RECORD_PARTIAL;
}

/* Takes over the source (nullable), which replaces the one before. */
static void
set_source (BwComer    *comer,
            GSource    *source,
            GSourceFunc func)
{
  if (comer->source != NULL)
    {
      g_source_destroy (comer->source);
      g_source_unref (comer->source);
    }
  comer->source = source;
  if (source == NULL)
    return;

  g_source_set_callback (source, func, comer, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static gboolean on_rest_due (gpointer user_data);

static void
look (BwComer *comer)
{
  BwHandshakes *self = comer->handshakes;
  BwRecord record = look_at_first_record (comer->connection);
  guint index;

  if (record == RECORD_PARTIAL)
    {
      /* The socket stays readable meanwhile: that says nothing any more. */
      set_source (comer, g_timeout_source_new (REST_INTERVAL_MS), on_rest_due);
      return;
    }

  set_source (comer, NULL, NULL);
  if (!g_ptr_array_find (self->silent, comer, &index))
    return;

  g_ptr_array_steal_index (self->silent, index);
  if (record == RECORD_NONE)
    {
      comer_free (comer);
      return;
    }
  g_ptr_array_add (self->ready, comer);
  begin_some (self);
}

static gboolean
on_rest_due (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_readable (GSocket     *socket,
             GIOCondition condition,
             gpointer     user_data)
{
  look (user_data);
  return G_SOURCE_REMOVE;
}

BwHandshakes *
bw_handshakes_new (GTlsCertificate *certificate,
                   BwHandshakesFunc func,
                   gpointer         user_data)
{
  BwHandshakes *self = g_new0 (BwHandshakes, 1);

  g_ref_count_init (&self->ref_count);
  self->certificate = g_object_ref (certificate);
  self->func = func;
  self->user_data = user_data;
  self->ending = g_cancellable_new ();
  self->silent = g_ptr_array_new_with_free_func (comer_free);
  self->ready = g_ptr_array_new_with_free_func (comer_free);
  self->under_way = g_ptr_array_new_with_free_func (comer_free);
  return self;
}

void
bw_handshakes_free (BwHandshakes *self)
{
  if (self == NULL)
    return;

  self->func = NULL;
  g_ptr_array_set_size (self->silent, 0);
  g_ptr_array_set_size (self->ready, 0);
  g_cancellable_cancel (self->ending);
  unref (self);
}

void
bw_handshakes_begin (BwHandshakes      *self,
                     GSocketConnection *connection)
{
  BwComer *comer = comer_new (self, connection);

  g_ptr_array_add (self->silent, comer);
  set_source (comer,
              g_socket_create_source (g_socket_connection_get_socket (connection), G_IO_IN, NULL),
              G_SOURCE_FUNC (on_readable));
}
