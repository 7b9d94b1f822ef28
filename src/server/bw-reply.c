/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-reply.h"

#include "viewer/bw-viewer-resources.h"

#include <gio/gio.h>
#include <string.h>

/* Below this the head of an answer is the larger part. */
#define LEAST_COMPRESSED 512

#define RESOURCE_PREFIX "/io/github/boardwalk_pcb/Boardwalk/viewer/"
#define TEXT "text/plain; charset=utf-8"

#define CONTENT_SECURITY_POLICY \
  "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; " \
  "connect-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'"

/* Of those that libsoup has none for. */
static const char *
phrase_of (guint status)
{
  switch (status)
    {
    case SOUP_STATUS_MISDIRECTED_REQUEST:
      return "Misdirected Request";
    case BW_REPLY_UPGRADE_REQUIRED:
      return "Upgrade Required";
    case BW_REPLY_HEADERS_TOO_LARGE:
      return "Request Header Fields Too Large";
    default:
      return NULL;
    }
}

void
bw_reply (SoupServerMessage *message,
          guint              status,
          const char        *type,
          GBytes            *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Cache-Control", "no-cache");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Content-Security-Policy", CONTENT_SECURITY_POLICY);
  soup_message_headers_replace (headers, "Cross-Origin-Resource-Policy", "same-origin");
  soup_message_headers_replace (headers, "Connection", "close");

  if (body != NULL)
    {
      soup_message_headers_replace (headers, "Content-Type", type);
      soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
    }
  soup_server_message_set_status (message, status, phrase_of (status));
}

void
bw_reply_text (SoupServerMessage *message,
               guint              status,
               const char        *line)
{
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  bw_reply (message, status, TEXT, body);
}

static const char *
type_of_name (const char *name)
{
  static const struct
  {
    const char *suffix;
    const char *type;
  } types[] = {
    { ".html", "text/html; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".mjs", "text/javascript; charset=utf-8" },
    { ".css", "text/css; charset=utf-8" },
    { ".json", "application/json; charset=utf-8" },
    { ".svg", "image/svg+xml" },
    { ".png", "image/png" },
    { ".ico", "image/x-icon" },
    { ".woff2", "font/woff2" },
    { ".txt", TEXT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_str_has_suffix (name, types[i].suffix))
        return types[i].type;
    }

  return "application/octet-stream";
}

static gboolean
accepts_gzip (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *accepted = soup_message_headers_get_list (headers, "Accept-Encoding");
  GSList *codings = accepted ? soup_header_parse_quality_list (accepted, NULL) : NULL;
  gboolean found = g_slist_find_custom (codings, "gzip", (GCompareFunc) g_ascii_strcasecmp) != NULL;

  soup_header_free_list (codings);
  return found;
}

/* NULL where it cannot be done. */
static GBytes *
compress (GBytes *body)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (gzip));
  gsize size;
  gconstpointer data = g_bytes_get_data (body, &size);

  if (!g_output_stream_write_all (stream, data, size, NULL, NULL, NULL)
      || !g_output_stream_close (stream, NULL, NULL))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* The page is a third of its size on a slow line, for half a millisecond a file. */
static void
reply_compressed (SoupServerMessage *message,
                  const char        *type,
                  GBytes            *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GBytes) compressed = NULL;

  soup_message_headers_replace (headers, "Vary", "Accept-Encoding");
  if (g_bytes_get_size (body) >= LEAST_COMPRESSED && accepts_gzip (message))
    compressed = compress (body);
  if (compressed != NULL)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  bw_reply (message, SOUP_STATUS_OK, type, compressed != NULL ? compressed : body);
}

void
bw_reply_page_file (SoupServerMessage *message,
                    const char        *name)
{
  const char *file = *name == '\0' ? "index.html"
                     : g_str_equal (name, "compare") ? "compare.html" : name;
  g_autofree char *path = g_strconcat (RESOURCE_PREFIX, file, NULL);
  g_autoptr (GBytes) body = g_resource_lookup_data (bw_viewer_get_resource (), path,
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (body == NULL)
    bw_reply_text (message, SOUP_STATUS_NOT_FOUND, "There is nothing here");
  else
    reply_compressed (message, type_of_name (file), body);
}
