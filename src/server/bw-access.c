/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-access.h"

#include <string.h>

#define AUTH_PREFIX "bw.auth."
#define COOKIE_PREFIX "bw-"
#define DIALECT_JSON "boardwalk.json"
#define DIALECT_BINARY "boardwalk.1"

struct _BwAccess
{
  BwTokens *tokens;
  GPtrArray *proxies;  /* (element-type GInetAddress): trusted */
  BwDownload download;
  GStrv names;         /* host names that are ours, lower case, without brackets */
  gboolean open_local; /* ends by itself */
  gboolean https;      /* people come by a proxy that speaks TLS */
};

static const BwVerdict come_in = { 0, NULL, FALSE };

/* Names */

static char *
host_of_url (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *scheme;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;

  scheme = g_uri_get_scheme (uri);
  if (g_strcmp0 (scheme, "http") != 0 && g_strcmp0 (scheme, "https") != 0)
    return NULL;

  return g_ascii_strdown (g_uri_get_host (uri), -1);
}

gboolean
bw_access_check_public_url (const char *public_url)
{
  g_autofree char *host = host_of_url (public_url);

  return host != NULL;
}

static GStrv
collect_names (const char *host,
               const char *public_url)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  g_strv_builder_add_many (names, "localhost", "127.0.0.1", "::1", NULL);
  if (host != NULL)
    {
      g_autofree char *machine = g_ascii_strdown (g_get_host_name (), -1);
      g_autofree char *machine_local = g_strconcat (machine, ".local", NULL);
      g_autofree char *given = g_ascii_strdown (host, -1);

      g_strv_builder_add_many (names, machine, machine_local, given, NULL);
    }
  if (public_url != NULL)
    {
      g_autofree char *public_host = host_of_url (public_url);

      if (public_host != NULL)
        g_strv_builder_add (names, public_host);
    }

  return g_strv_builder_end (names);
}

BwAccess *
bw_access_new (const char *host,
               const char *public_url,
               gboolean    open_local)
{
  BwAccess *self = g_new0 (BwAccess, 1);

  self->tokens = bw_tokens_new ();
  self->proxies = g_ptr_array_new_with_free_func (g_object_unref);
  self->names = collect_names (host, public_url);
  self->open_local = open_local && public_url == NULL;
  self->https = public_url != NULL && g_ascii_strncasecmp (public_url, "https:", 6) == 0;
  return self;
}

void
bw_access_free (BwAccess *self)
{
  if (self == NULL)
    return;

  bw_tokens_free (self->tokens);
  g_ptr_array_unref (self->proxies);
  g_strfreev (self->names);
  g_free (self);
}

BwTokens *
bw_access_get_tokens (BwAccess *self)
{
  return self->tokens;
}

void
bw_access_set_download (BwAccess         *self,
                        const BwDownload *download)
{
  self->download = *download;
}

gboolean
bw_access_may_download (BwAccess     *self,
                        const BwPass *pass,
                        BwTracks     *tracks_out)
{
  if (tracks_out != NULL)
    *tracks_out = self->download.tracks;
  return self->download.allowed && pass->role >= self->download.least_role;
}

/* The name in `NAME`, `NAME:PORT`, `[V6]` or `[V6]:PORT`, in lower case; NULL where it is none
 * of them. */
static char *
name_of_authority (const char *authority)
{
  const char *start = authority;
  const char *end;
  const char *rest;
  g_autofree char *name = NULL;

  if (*start == '[')
    {
      start++;
      end = strchr (start, ']');
      if (end == NULL)
        return NULL;
      rest = end + 1;
    }
  else
    {
      end = start + strcspn (start, ":");
      rest = end;
    }

  if (*rest == ':' && strspn (rest + 1, "0123456789") <= 5)
    rest += 1 + strspn (rest + 1, "0123456789");
  if (*rest != '\0' || end == start)
    return NULL;

  name = g_ascii_strdown (start, end - start);
  if (strpbrk (name, "/@?#\\ \t,") != NULL)
    return NULL;
  /* A name may be given with the dot of the root. */
  if (g_str_has_suffix (name, ".") && strlen (name) > 1)
    name[strlen (name) - 1] = '\0';
  return g_steal_pointer (&name);
}

static gboolean
is_ours (BwAccess        *self,
         const BwRequest *request,
         const char      *name)
{
  g_autoptr (GInetAddress) literal = NULL;

  if (g_strv_contains ((const char *const *) self->names, name))
    return TRUE;

  /* The address that the connection came in at: a page of somebody else's can make a name of
   * its own point at us, but not a literal address. */
  literal = g_inet_address_new_from_string (name);
  return literal != NULL && request->local != NULL
         && g_inet_address_equal (literal, request->local);
}

/* The only value of a header; NULL where there is none or more than one, which `n_out` tells. */
static const char *
get_only (SoupMessageHeaders *headers,
          const char         *wanted,
          guint              *n_out)
{
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;
  const char *found = NULL;

  *n_out = 0;
  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      if (g_ascii_strcasecmp (name, wanted) == 0)
        {
          found = value;
          (*n_out)++;
        }
    }

  return *n_out == 1 ? found : NULL;
}

/* A page opened from a file: it has no place that could be checked. */
static gboolean
is_from_a_file (const char *origin)
{
  return strcmp (origin, "null") == 0 || g_str_has_prefix (origin, "file://");
}

/* What follows http:// or https:// in an origin. */
static const char *
authority_of_origin (const char *origin)
{
  if (g_ascii_strncasecmp (origin, "http://", 7) == 0)
    return origin + 7;
  if (g_ascii_strncasecmp (origin, "https://", 8) == 0)
    return origin + 8;
  return NULL;
}

static BwVerdict
check_origin (BwAccess        *self,
              const BwRequest *request)
{
  g_autofree char *name = NULL;
  const char *authority;
  const char *origin;
  guint n;

  origin = get_only (request->headers, "Origin", &n);
  if (n > 1)
    return (BwVerdict) { SOUP_STATUS_BAD_REQUEST, "More than one Origin" };
  if (origin == NULL || is_from_a_file (origin))
    return come_in;

  authority = authority_of_origin (origin);
  if (authority != NULL)
    name = name_of_authority (authority);
  if (name == NULL || !is_ours (self, request, name))
    return (BwVerdict) { SOUP_STATUS_FORBIDDEN, "Pages from elsewhere may not use this server" };

  return come_in;
}

/* A proxy stands before us: then everybody seems to be local. */
static gboolean
is_forwarded (SoupMessageHeaders *headers)
{
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      if (g_ascii_strcasecmp (name, "Forwarded") == 0
          || g_ascii_strncasecmp (name, "X-Forwarded-", strlen ("X-Forwarded-")) == 0)
        return TRUE;
    }

  return FALSE;
}

BwVerdict
bw_access_check_source (BwAccess        *self,
                        const BwRequest *request)
{
  g_autofree char *name = NULL;
  const char *host;
  guint n;

  if (self->open_local && is_forwarded (request->headers))
    {
      g_info ("A proxy is there: clients without a token are not let in any more");
      self->open_local = FALSE;
    }

  host = get_only (request->headers, "Host", &n);
  if (n > 1)
    return (BwVerdict) { SOUP_STATUS_BAD_REQUEST, "More than one Host" };
  if (host == NULL)
    return (BwVerdict) { SOUP_STATUS_BAD_REQUEST, "No Host" };

  name = name_of_authority (host);
  if (name == NULL)
    return (BwVerdict) { SOUP_STATUS_BAD_REQUEST, "Not a Host" };
  if (!is_ours (self, request, name))
    return (BwVerdict) { SOUP_STATUS_MISDIRECTED_REQUEST, "This server has another name" };

  return check_origin (self, request);
}

/* Proxies */

void
bw_access_trust_proxies (BwAccess          *self,
                         const char *const *addresses)
{
  for (gsize i = 0; addresses != NULL && addresses[i] != NULL; i++)
    {
      GInetAddress *address = g_inet_address_new_from_string (addresses[i]);

      if (address != NULL)
        g_ptr_array_add (self->proxies, address);
    }
}

gboolean
bw_access_is_proxy (BwAccess     *self,
                    GInetAddress *address)
{
  return g_ptr_array_find_with_equal_func (self->proxies, address,
                                           (GEqualFunc) g_inet_address_equal, NULL);
}

/* An address, perhaps with a port. */
static GInetAddress *
parse_forwarded (const char *text)
{
  GInetAddress *address = g_inet_address_new_from_string (text);
  g_autofree char *name = NULL;

  if (address != NULL)
    return address;

  name = name_of_authority (text);
  return name != NULL ? g_inet_address_new_from_string (name) : NULL;
}

GInetAddress *
bw_access_find_client (BwAccess        *self,
                       const BwRequest *request)
{
  GInetAddress *client = g_object_ref (request->remote);
  const char *list;
  g_auto (GStrv) entries = NULL;

  if (!bw_access_is_proxy (self, client))
    return client;

  list = soup_message_headers_get_list (request->headers, "X-Forwarded-For");
  entries = g_strsplit (list != NULL ? list : "", ",", -1);
  for (guint i = g_strv_length (entries); i-- > 0 && bw_access_is_proxy (self, client);)
    {
      GInetAddress *before = parse_forwarded (g_strstrip (entries[i]));

      if (before == NULL)
        break;
      g_object_unref (client);
      client = before;
    }
  return client;
}

/* The entries of all Sec-WebSocket-Protocol headers. */
static GStrv
list_subprotocols (SoupMessageHeaders *headers)
{
  const char *list = soup_message_headers_get_list (headers, "Sec-WebSocket-Protocol");
  GStrv entries = g_strsplit (list != NULL ? list : "", ",", -1);

  for (gsize i = 0; entries[i] != NULL; i++)
    g_strstrip (entries[i]);
  return entries;
}

static char *
dup_offered_token (SoupMessageHeaders *headers)
{
  const char *authorization;
  guint n;

  authorization = get_only (headers, "Authorization", &n);
  if (n > 0)
    {
      if (authorization == NULL || g_ascii_strncasecmp (authorization, "Bearer ", 7) != 0)
        return g_strdup ("");
      return g_strstrip (g_strdup (authorization + 7));
    }

  if (soup_message_headers_get_one (headers, "Sec-WebSocket-Key") != NULL)
    {
      g_auto (GStrv) entries = list_subprotocols (headers);

      for (gsize i = 0; entries[i] != NULL; i++)
        {
          if (g_str_has_prefix (entries[i], AUTH_PREFIX))
            return g_strdup (entries[i] + strlen (AUTH_PREFIX));
        }
    }

  return NULL;
}

static char *
cookie_name (const char *session)
{
  return g_strconcat (COOKIE_PREFIX, session, NULL);
}

/* The value of a cookie; NULL where there is none. */
static char *
dup_cookie (SoupMessageHeaders *headers,
            const char         *session)
{
  const char *list = soup_message_headers_get_list (headers, "Cookie");
  g_auto (GStrv) pairs = g_strsplit (list != NULL ? list : "", ";", -1);
  g_autofree char *name = cookie_name (session);
  gsize length = strlen (name);

  for (gsize i = 0; pairs[i] != NULL; i++)
    {
      g_strstrip (pairs[i]);
      if (strncmp (pairs[i], name, length) == 0 && pairs[i][length] == '=')
        return g_strdup (pairs[i] + length + 1);
    }
  return NULL;
}

char *
bw_access_make_cookie (BwAccess     *self,
                       const BwPass *pass,
                       const char   *session,
                       gboolean      secure)
{
  g_autofree char *name = cookie_name (session);

  return g_strdup_printf ("%s=%s; HttpOnly; SameSite=Strict%s", name, pass->token,
                          secure || self->https ? "; Secure" : "");
}

/* --open-local: whoever asks is on this computer, and is no page that came from elsewhere, from
 * a file or from another port. */
static gboolean
is_open_to (BwAccess        *self,
            const BwRequest *request)
{
  const char *host;
  const char *origin;
  const char *authority;
  guint n;

  if (!self->open_local || request->remote == NULL
      || !g_inet_address_get_is_loopback (request->remote))
    return FALSE;

  origin = get_only (request->headers, "Origin", &n);
  if (n == 0)
    return TRUE;
  if (origin == NULL)
    return FALSE;

  host = get_only (request->headers, "Host", &n);
  authority = authority_of_origin (origin);
  return host != NULL && authority != NULL && g_ascii_strcasecmp (authority, host) == 0;
}

BwVerdict
bw_access_check_token (BwAccess        *self,
                       const BwRequest *request,
                       gboolean         plain,
                       const char      *session,
                       BwPass          *pass_out)
{
  g_autofree char *offered = dup_offered_token (request->headers);

  if (offered == NULL && session != NULL)
    offered = dup_cookie (request->headers, session);
  if (offered == NULL)
    {
      if (!plain || !is_open_to (self, request))
        return (BwVerdict) { SOUP_STATUS_UNAUTHORIZED,
                             "A token is needed: open the whole link that was shared, or send "
                             "Authorization: Bearer TOKEN" };
      *pass_out = (BwPass) { .role = BW_ROLE_CONTROLLER };
      return come_in;
    }

  if (!bw_tokens_find (self->tokens, offered, pass_out))
    return (BwVerdict) { SOUP_STATUS_UNAUTHORIZED,
                         "This token is not valid: ask for a new link", TRUE };
  return come_in;
}

BwVerdict
bw_access_check_dialect (const BwRequest *request,
                         const char     **chosen_out)
{
  g_auto (GStrv) entries = list_subprotocols (request->headers);
  const char *known = NULL;
  gboolean unknown = FALSE;

  *chosen_out = NULL;
  for (gsize i = 0; entries[i] != NULL; i++)
    {
      /* The first that we know: that is the order in which the client prefers them. */
      if (strcmp (entries[i], DIALECT_JSON) == 0)
        known = DIALECT_JSON;
      else if (strcmp (entries[i], DIALECT_BINARY) == 0)
        known = DIALECT_BINARY;
      else if (*entries[i] != '\0' && !g_str_has_prefix (entries[i], AUTH_PREFIX))
        unknown = TRUE;

      if (*chosen_out == NULL)
        *chosen_out = known;
    }

  if (*chosen_out == NULL && unknown)
    return (BwVerdict) { SOUP_STATUS_BAD_REQUEST,
                         "Unknown subprotocol: offer boardwalk.1 or boardwalk.json, or none" };
  return come_in;
}

BwDialect
bw_access_dialect_of (const char *chosen)
{
  return g_strcmp0 (chosen, DIALECT_BINARY) == 0 ? BW_DIALECT_BINARY : BW_DIALECT_JSON;
}
