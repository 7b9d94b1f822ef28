/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-reply.h"

#include "server/bw-page.h"

#include <string.h>

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

void
bw_reply_page_file (SoupServerMessage *message,
                    const char        *name)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *type;
  GBytes *packed;
  GBytes *plain = bw_page_find (name, &type, &packed);
  gboolean pack = plain != NULL && packed != NULL && accepts_gzip (message);

  if (plain == NULL)
    {
      bw_reply_text (message, SOUP_STATUS_NOT_FOUND, "There is nothing here");
      return;
    }

  soup_message_headers_replace (headers, "Vary", "Accept-Encoding");
  if (pack)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  bw_reply (message, SOUP_STATUS_OK, type, pack ? packed : plain);
}
