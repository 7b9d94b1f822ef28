/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-web.h"

#include "server/bw-gate.h"
#include "server/bw-metrics.h"
#include "server/bw-reply.h"
#include "wire/bw-text-writer.h"

#include <libsoup/soup.h>
#include <string.h>

#define JSON "application/json; charset=utf-8"

struct _BwWeb
{
  BwService *service;
  SoupServer *soup;
  BwGate *gate;
};

static BwRequest
request_of (SoupServerMessage *message)
{
  GSocketAddress *local = soup_server_message_get_local_address (message);
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  BwRequest request = { .headers = soup_server_message_get_request_headers (message) };

  if (G_IS_INET_SOCKET_ADDRESS (local))
    request.local = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local));
  if (G_IS_INET_SOCKET_ADDRESS (remote))
    request.remote = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));
  return request;
}

/* With the port, or, behind a proxy, the address that it names. */
static char *
dup_address (BwWeb             *self,
             SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  BwRequest request = request_of (message);
  g_autoptr (GInetAddress) client = NULL;
  g_autofree char *host = NULL;

  if (request.remote == NULL)
    return g_strdup ("?");

  client = bw_access_find_client (bw_service_get_access (self->service), &request);
  host = g_inet_address_to_string (client);
  if (!g_inet_address_equal (client, request.remote))
    return g_steal_pointer (&host);
  return g_strdup_printf ("%s:%u", host,
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (remote)));
}

/* Responses */

static BwDenial
denial_of (guint status)
{
  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return BW_DENIAL_TOKEN;
    case BW_REPLY_TOO_MANY_REQUESTS:
      return BW_DENIAL_GUESSING;
    case SOUP_STATUS_FORBIDDEN:
      return BW_DENIAL_ORIGIN;
    case SOUP_STATUS_MISDIRECTED_REQUEST:
      return BW_DENIAL_HOST;
    case SOUP_STATUS_SERVICE_UNAVAILABLE:
      return BW_DENIAL_FULL;
    default:
      return BW_DENIAL_REQUEST;
    }
}

static void
refuse (BwWeb             *self,
        SoupServerMessage *message,
        BwVerdict          verdict)
{
  g_autofree char *address = dup_address (self, message);

  bw_service_count_denial (self->service, denial_of (verdict.status));
  g_info ("%s refused with %u: %s", address, verdict.status, verdict.reason);
  if (verdict.status == SOUP_STATUS_UNAUTHORIZED)
    soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                  "WWW-Authenticate", "Bearer");
  bw_reply_text (message, verdict.status, verdict.reason);
}

static void
respond_board (SoupServerMessage *message,
               BwStream          *stream)
{
  const char *etag;
  GBytes *body = bw_stream_get_geometry (stream, &etag);
  const char *known
    = soup_message_headers_get_list (soup_server_message_get_request_headers (message),
                                     "If-None-Match");

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "ETag", etag);
  if (known != NULL && strstr (known, etag) != NULL)
    bw_reply (message, SOUP_STATUS_NOT_MODIFIED, NULL, NULL);
  else
    bw_reply (message, SOUP_STATUS_OK, JSON, body);
}

static void
respond_metrics (BwWeb             *self,
                 SoupServerMessage *message)
{
  g_autoptr (GBytes) body = NULL;
  BwServerStats stats;

  bw_service_count (self->service, &stats);
  body = bw_metrics_write (&stats);
  bw_reply (message, SOUP_STATUS_OK, "text/plain; version=0.0.4; charset=utf-8", body);
}

static void
respond_history (SoupServerMessage *message,
                 BwStream          *stream)
{
  g_autoptr (GBytes) body = bw_stream_encode_history (stream);

  bw_reply (message, SOUP_STATUS_OK, "application/octet-stream", body);
}

static void
respond_placed (BwWeb             *self,
                SoupServerMessage *message,
                const BwPass      *pass,
                BwStream          *stream)
{
  BwTracks tracks;

  if (!bw_access_may_download (bw_service_get_access (self->service), pass, &tracks))
    {
      bw_reply_text (message, SOUP_STATUS_FORBIDDEN,
                     "Whoever shares the board does not let it be downloaded with this link");
      return;
    }
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Content-Disposition",
                                "attachment; filename=\"placed.kicad_pcb\"");
  bw_reply (message, SOUP_STATUS_OK, "application/octet-stream",
            bw_stream_get_placed (stream, tracks));
}

static void
respond_cookie (BwWeb             *self,
                SoupServerMessage *message,
                const BwPass      *pass,
                BwStream          *stream)
{
  gboolean secure = bw_service_get_certificate (self->service) != NULL;
  g_autofree char *cookie
    = bw_access_make_cookie (bw_service_get_access (self->service), pass,
                             bw_stream_get_id (stream), secure);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Set-Cookie",
                                cookie);
  bw_reply (message, SOUP_STATUS_NO_CONTENT, NULL, NULL);
}

static void
respond_sessions (BwWeb             *self,
                  SoupServerMessage *message,
                  const BwPass      *pass)
{
  GPtrArray *streams = bw_service_get_streams (self->service);
  GString *text = g_string_new (NULL);
  BwTextWriter writer = bw_text_writer_on (text);
  g_autoptr (GBytes) body = NULL;

  bw_text_writer_begin_object (&writer);
  bw_text_writer_name (&writer, "sessions");
  bw_text_writer_begin_array (&writer);
  for (guint i = streams->len; i-- > 0;)
    {
      BwStream *stream = g_ptr_array_index (streams, i);

      if (!bw_pass_opens (pass, bw_stream_get_id (stream)))
        continue;
      bw_text_writer_begin_object (&writer);
      bw_text_writer_name (&writer, "id");
      bw_text_writer_string (&writer, bw_stream_get_id (stream));
      bw_text_writer_name (&writer, "name");
      bw_text_writer_string (&writer, bw_stream_get_title (stream));
      bw_text_writer_name (&writer, "role");
      bw_text_writer_string (&writer, bw_role_name (pass->role));
      if (bw_access_may_download (bw_service_get_access (self->service), pass, NULL))
        {
          bw_text_writer_name (&writer, "download");
          bw_text_writer_boolean (&writer, TRUE);
        }
      bw_text_writer_end_object (&writer);
    }
  bw_text_writer_end_array (&writer);
  bw_text_writer_end_object (&writer);

  body = g_string_free_to_bytes (text);
  bw_reply (message, SOUP_STATUS_OK, JSON, body);
}

/* The newest that the token opens, or, with `id`, that one if the token opens it. */
static BwStream *
find_opened (BwWeb        *self,
             const char   *id,
             const BwPass *pass)
{
  return pass->session == NULL || id == NULL || bw_pass_opens (pass, id)
           ? bw_service_find_stream (self->service, id != NULL ? id : pass->session) : NULL;
}

/* The handshake */

typedef struct
{
  BwWeb *web;
  char *stream_id;
  BwPass pass;
  BwDialect dialect;
} BwAdmission;

static void
admission_free (gpointer data,
                GClosure *closure)
{
  BwAdmission *admission = data;

  g_free (admission->stream_id);
  g_free (admission);
}

/* The token may have been renewed while the answer was on its way. */
static gboolean
is_still_right (BwWeb        *self,
                const BwPass *pass)
{
  BwPass now;

  return pass->token == NULL
         || bw_tokens_find (bw_access_get_tokens (bw_service_get_access (self->service)),
                            pass->token, &now);
}

/* The peer has been told that it speaks to a WebSocket now. */
static void
on_switched (SoupServerMessage *message,
             gpointer           user_data)
{
  BwAdmission *admission = user_data;
  BwWeb *self = admission->web;
  GSocketConnection *connection = bw_gate_connection_of (message);
  BwStream *stream = bw_service_find_stream (self->service, admission->stream_id);
  g_autofree char *address = dup_address (self, message);
  g_autoptr (GIOStream) stolen = NULL;
  BwArrival arrival = {
    .poller = bw_service_get_poller (self->service),
    .counters = bw_service_get_counters (self->service),
    .dialect = admission->dialect,
    .pass = admission->pass,
    .address = address,
  };

  if (connection == NULL)
    return;

  g_object_ref (message);
  bw_gate_let_go (self->gate, connection);
  /* Ends the message, and `admission` with it. */
  stolen = soup_server_message_steal_connection (message);
  g_object_unref (message);

  if (stolen != NULL && stream != NULL && is_still_right (self, &arrival.pass))
    {
      arrival.stream = stolen;
      bw_stream_add_peer (stream, &arrival, bw_service_count_arrival (self->service));
    }
}

/* A wrong token is answered, but not any number of times. The right one always comes in: who
 * shares an address with somebody who guesses is not shut out. */
static BwVerdict
check_token (BwWeb           *self,
             const BwRequest *request,
             gboolean         plain,
             const char      *session,
             BwPass          *pass_out)
{
  BwAccess *access = bw_service_get_access (self->service);
  BwVerdict verdict = bw_access_check_token (access, request, plain, session, pass_out);
  g_autoptr (GInetAddress) client = NULL;

  if (!verdict.guessed || request->remote == NULL)
    return verdict;

  client = bw_access_find_client (access, request);
  if (!bw_gate_count_guess (self->gate, client))
    return (BwVerdict) { BW_REPLY_TOO_MANY_REQUESTS,
                         "Too many wrong tokens came from your address: wait a while", FALSE };
  return verdict;
}

static void
open_stream (BwWeb             *self,
             SoupServerMessage *message,
             const char        *id)
{
  BwRequest request = request_of (message);
  const char *protocols[] = { NULL, NULL };
  BwAdmission *admission;
  BwVerdict verdict;
  BwStream *stream;
  BwPass pass;

  verdict = bw_access_check_dialect (&request, &protocols[0]);
  if (verdict.status == 0)
    verdict = check_token (self, &request,
                           bw_access_dialect_of (protocols[0]) == BW_DIALECT_JSON, NULL, &pass);
  if (verdict.status == 0
      && bw_service_get_n_peers (self->service)
           >= bw_service_get_limits (self->service)->max_peers)
    verdict = (BwVerdict) { SOUP_STATUS_SERVICE_UNAVAILABLE, "Too many viewers are here" };
  if (verdict.status != 0)
    {
      refuse (self, message, verdict);
      return;
    }
  stream = find_opened (self, id, &pass);
  if (stream == NULL)
    {
      bw_reply_text (message, SOUP_STATUS_NOT_FOUND, "There is no such session");
      return;
    }

  /* Without extensions: no permessage-deflate. */
  if (!soup_websocket_server_process_handshake (message, NULL,
                                                protocols[0] != NULL ? (char **) protocols : NULL,
                                                NULL, NULL))
    return;

  admission = g_new0 (BwAdmission, 1);
  *admission = (BwAdmission) {
    .web = self,
    .stream_id = g_strdup (bw_stream_get_id (stream)),
    .pass = pass,
    .dialect = bw_access_dialect_of (protocols[0]),
  };
  g_signal_connect_data (message, "wrote-informational", G_CALLBACK (on_switched), admission,
                         admission_free, 0);
}

/* Routes */

/* Splits `/s/ID/REST`; `id_out` is NULL for all other paths, which are about the newest session.
 *
 * Returns: what follows the session, or the first slash */
static const char *
split_path (const char *path,
            char      **id_out)
{
  const char *id;
  const char *slash;

  *id_out = NULL;
  if (!g_str_has_prefix (path, "/s/"))
    return *path == '/' ? path + 1 : path;

  id = path + strlen ("/s/");
  slash = strchrnul (id, '/');
  *id_out = g_strndup (id, (gsize) (slash - id));
  return *slash == '/' ? slash + 1 : NULL;
}

/* What needs a token. `name` is the path within the session, `id` the session if it names one. */
static void
serve_data (BwWeb             *self,
            SoupServerMessage *message,
            const char        *name,
            const char        *id)
{
  BwRequest request = request_of (message);
  BwPass pass;
  BwVerdict verdict = check_token (self, &request, FALSE, id, &pass);
  BwStream *stream = verdict.status == 0 ? find_opened (self, id, &pass) : NULL;

  if (verdict.status != 0)
    refuse (self, message, verdict);
  else if (g_str_equal (name, "api/sessions"))
    respond_sessions (self, message, &pass);
  else if (g_str_equal (name, "metrics"))
    respond_metrics (self, message);
  else if (stream == NULL)
    bw_reply_text (message, SOUP_STATUS_NOT_FOUND, "There is no such session");
  else if (g_str_equal (name, "history"))
    respond_history (message, stream);
  else if (g_str_equal (name, "placed"))
    respond_placed (self, message, &pass, stream);
  else if (g_str_equal (name, "cookie"))
    respond_cookie (self, message, &pass, stream);
  else
    respond_board (message, stream);
}

static void
on_request (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  BwWeb *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  gboolean upgrade = soup_message_headers_header_contains (headers, "Upgrade", "websocket");
  g_autofree char *id = NULL;
  const char *name = split_path (path, &id);
  BwStream *stream = bw_service_find_stream (self->service, id);
  gboolean is_stream = name != NULL && g_str_equal (name, id != NULL ? "ws" : "");

  if (upgrade && is_stream)
    {
      open_stream (self, message, id);
    }
  else if (name == NULL && stream != NULL)
    {
      /* The page's URLs are relative: it needs the slash. */
      g_autofree char *location = g_strconcat (id, "/", NULL);

      bw_reply_text (message, SOUP_STATUS_MOVED_PERMANENTLY, "It is with a slash at its end");
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Location", location);
    }
  else if (name == NULL)
    {
      bw_reply_text (message, SOUP_STATUS_NOT_FOUND, "There is no such session");
    }
  else if (id != NULL && is_stream)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Upgrade", "websocket");
      bw_reply_text (message, BW_REPLY_UPGRADE_REQUIRED, "This is the address of a WebSocket");
    }
  else if (g_str_equal (name, "board") || g_str_equal (name, "history")
           || g_str_equal (name, "placed")
           || (id != NULL && g_str_equal (name, "cookie"))
           || (id == NULL && (g_str_equal (name, "api/sessions") || g_str_equal (name, "metrics"))))
    {
      serve_data (self, message, name, id);
    }
  else if (id == NULL && g_str_equal (name, "healthz"))
    {
      bw_reply_text (message, SOUP_STATUS_OK, "ok");
    }
  else if (id != NULL && stream == NULL)
    {
      bw_reply_text (message, SOUP_STATUS_NOT_FOUND, "There is no such session");
    }
  else
    {
      bw_reply_page_file (message, name);
    }
}

static gsize
count_header_bytes (SoupMessageHeaders *headers)
{
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;
  gsize n = 0;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    n += strlen (name) + strlen (value) + strlen (": \r\n");
  return n;
}

static gboolean
has_body (SoupMessageHeaders *headers)
{
  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED
         || soup_message_headers_get_content_length (headers) > 0;
}

/* Who comes through a proxy counts as the one that the proxy names. */
static BwVerdict
check_proxied (BwWeb             *self,
               SoupServerMessage *message,
               const BwRequest   *request)
{
  BwAccess *access = bw_service_get_access (self->service);
  GSocketConnection *connection = bw_gate_connection_of (message);
  g_autoptr (GInetAddress) client = NULL;

  if (connection == NULL || request->remote == NULL
      || !bw_access_is_proxy (access, request->remote))
    return (BwVerdict) { 0 };

  client = bw_access_find_client (access, request);
  if (bw_gate_count_client (self->gate, connection, client))
    return (BwVerdict) { 0 };
  return (BwVerdict) { BW_REPLY_TOO_MANY_REQUESTS,
                       "Too many connections come from your address" };
}

/* Before a body is read. */
static void
on_headers (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  BwWeb *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *method = soup_server_message_get_method (message);
  BwRequest request = request_of (message);
  BwVerdict verdict;

  /* Nothing here takes a body, nor has parts: what comes is not kept. */
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  soup_message_headers_remove (headers, "Range");

  if (count_header_bytes (headers) > bw_service_get_limits (self->service)->max_header_bytes)
    verdict = (BwVerdict) { BW_REPLY_HEADERS_TOO_LARGE, "The headers are too large" };
  else
    verdict = bw_access_check_source (bw_service_get_access (self->service), &request);
  if (verdict.status == 0)
    verdict = check_proxied (self, message, &request);

  if (verdict.status == 0 && !g_str_equal (method, "GET") && !g_str_equal (method, "HEAD"))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow",
                                    "GET, HEAD");
      verdict = (BwVerdict) { SOUP_STATUS_METHOD_NOT_ALLOWED, "Only GET and HEAD are served" };
    }

  if (verdict.status == 0 && has_body (headers))
    verdict = (BwVerdict) { SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "A request has no body here" };

  if (verdict.status != 0)
    refuse (self, message, verdict);
}

static void
on_request_read (SoupServer        *soup,
                 SoupServerMessage *message,
                 gpointer           user_data)
{
  BwWeb *self = user_data;
  GSocketConnection *connection = bw_gate_connection_of (message);

  if (connection != NULL)
    bw_gate_begin_answer (self->gate, connection);
}

BwWeb *
bw_web_new (BwService *service)
{
  BwWeb *self = g_new0 (BwWeb, 1);

  self->service = service;
  self->soup = soup_server_new (NULL, NULL);
  self->gate = bw_gate_new (service, self->soup);
  soup_server_add_early_handler (self->soup, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  g_signal_connect (self->soup, "request-read", G_CALLBACK (on_request_read), self);
  return self;
}

void
bw_web_free (BwWeb *self)
{
  if (self == NULL)
    return;

  bw_gate_free (self->gate);
  g_signal_handlers_disconnect_by_data (self->soup, self);
  soup_server_disconnect (self->soup);
  g_object_unref (self->soup);
  g_free (self);
}

void
bw_web_take_connection (GSocketConnection *connection,
                        gpointer           web)
{
  bw_gate_take (connection, ((BwWeb *) web)->gate);
}
