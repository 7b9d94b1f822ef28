/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "server/bw-access.h"

typedef struct
{
  BwAccess *access;
  BwRequest request;
  GInetAddress *local;
  GInetAddress *remote;
} Fixture;

static void
fixture_begin (Fixture    *self,
               const char *host,
               const char *public_url,
               gboolean    open_local)
{
  self->access = bw_access_new (host, public_url, open_local);
  self->local = g_inet_address_new_from_string ("127.0.0.1");
  self->remote = g_inet_address_new_from_string ("127.0.0.1");
  self->request = (BwRequest) {
    .headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST),
    .local = self->local,
    .remote = self->remote,
  };
}

static void
fixture_end (Fixture *self)
{
  soup_message_headers_unref (self->request.headers);
  g_object_unref (self->local);
  g_object_unref (self->remote);
  bw_access_free (self->access);
}

/* Each header once; a NULL value leaves it out. */
static guint
source_status (Fixture    *self,
               const char *host,
               const char *origin)
{
  soup_message_headers_clear (self->request.headers);
  if (host != NULL)
    soup_message_headers_append (self->request.headers, "Host", host);
  if (origin != NULL)
    soup_message_headers_append (self->request.headers, "Origin", origin);
  return bw_access_check_source (self->access, &self->request).status;
}

static const char *
token_of (Fixture *self,
          BwRole   role)
{
  return bw_tokens_get (bw_access_get_tokens (self->access), NULL, role);
}

static guint
token_status (Fixture    *self,
              const char *authorization,
              const char *subprotocols,
              BwRole     *role_out)
{
  BwPass pass = { 0 };
  guint status;

  soup_message_headers_remove (self->request.headers, "Authorization");
  soup_message_headers_remove (self->request.headers, "Sec-WebSocket-Protocol");
  soup_message_headers_replace (self->request.headers, "Sec-WebSocket-Key", "x");
  if (authorization != NULL)
    soup_message_headers_append (self->request.headers, "Authorization", authorization);
  if (subprotocols != NULL)
    soup_message_headers_append (self->request.headers, "Sec-WebSocket-Protocol", subprotocols);
  status = bw_access_check_token (self->access, &self->request, TRUE, NULL, &pass).status;
  *role_out = pass.role;
  return status;
}

static guint
dialect_status (Fixture    *self,
                const char *subprotocols,
                const char *expected)
{
  const char *chosen;
  guint status;

  soup_message_headers_clear (self->request.headers);
  if (subprotocols != NULL)
    soup_message_headers_append (self->request.headers, "Sec-WebSocket-Protocol", subprotocols);
  status = bw_access_check_dialect (&self->request, &chosen).status;
  g_assert_cmpstr (chosen, ==, expected);
  return status;
}

static void
test_tokens_are_43_characters_and_never_the_same (void)
{
  Fixture one;
  Fixture two;

  fixture_begin (&one, NULL, NULL, FALSE);
  fixture_begin (&two, NULL, NULL, FALSE);
  for (guint role = 0; role < BW_N_ROLES; role++)
    {
      const char *token = token_of (&one, (BwRole) role);

      g_assert_cmpuint (strlen (token), ==, 43);
      g_assert_cmpuint (strspn (token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                       "0123456789-_"), ==, 43);
      g_assert_cmpstr (token, !=, token_of (&two, (BwRole) role));
    }
  g_assert_cmpstr (token_of (&one, BW_ROLE_VIEWER), !=, token_of (&one, BW_ROLE_CONTROLLER));
  fixture_end (&one);
  fixture_end (&two);
}

static void
test_a_token_gives_its_role (void)
{
  Fixture fixture;
  BwRole role;

  fixture_begin (&fixture, NULL, NULL, FALSE);
  for (guint i = 0; i < BW_N_ROLES; i++)
    {
      const char *token = token_of (&fixture, (BwRole) i);
      g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
      g_autofree char *lower = g_strconcat ("bearer  ", token, NULL);
      g_autofree char *entry = g_strconcat ("boardwalk.json, bw.auth.", token, NULL);

      g_assert_cmpuint (token_status (&fixture, bearer, NULL, &role), ==, 0);
      g_assert_cmpint (role, ==, i);
      g_assert_cmpuint (token_status (&fixture, lower, NULL, &role), ==, 0);
      g_assert_cmpuint (token_status (&fixture, NULL, entry, &role), ==, 0);
      g_assert_cmpint (role, ==, i);
    }
  fixture_end (&fixture);
}

static void
test_no_other_token_gives_any (void)
{
  Fixture fixture;
  BwRole role;
  const char *token;
  g_autofree char *longer = NULL;
  g_autofree char *shorter = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *basic = NULL;

  fixture_begin (&fixture, NULL, NULL, FALSE);
  token = token_of (&fixture, BW_ROLE_CONTROLLER);
  longer = g_strconcat ("Bearer ", token, "A", NULL);
  shorter = g_strndup (longer, strlen (longer) - 2);
  changed = g_strndup (longer, strlen (longer) - 1);
  changed[strlen (changed) - 1] ^= 1;
  basic = g_strconcat ("Basic ", token, NULL);

  g_assert_cmpuint (token_status (&fixture, NULL, NULL, &role), ==, 401);
  g_assert_cmpuint (token_status (&fixture, "Bearer ", NULL, &role), ==, 401);
  g_assert_cmpuint (token_status (&fixture, "Bearer", NULL, &role), ==, 401);
  g_assert_cmpuint (token_status (&fixture, token, NULL, &role), ==, 401);
  g_assert_cmpuint (token_status (&fixture, longer, NULL, &role), ==, 401);
  g_assert_cmpuint (token_status (&fixture, shorter, NULL, &role), ==, 401);
  g_assert_cmpuint (token_status (&fixture, changed, NULL, &role), ==, 401);
  g_assert_cmpuint (token_status (&fixture, basic, NULL, &role), ==, 401);
  g_assert_cmpuint (token_status (&fixture, NULL, "bw.auth.", &role), ==, 401);
  g_assert_cmpuint (token_status (&fixture, NULL, "boardwalk.json", &role), ==, 401);
  fixture_end (&fixture);
}

static void
test_a_host_is_known_by_its_name_whatever_the_port (void)
{
  static const char *const ours[] = { "localhost", "LOCALHOST:8765", "127.0.0.1", "127.0.0.1:1",
                                      "[::1]", "[::1]:8765", "localhost.", "localhost:" };
  static const char *const others[] = { "evil.example", "evil.example:8765", "127.0.0.2",
                                        "localhost.evil.example", "[::2]:80", "0.0.0.0" };
  static const char *const broken[] = { "", ":8765", "localhost:80x", "localhost:123456", "[::1",
                                        "[]", "::1", "a b", "localhost/", "u@localhost",
                                        "localhost, evil.example", "[::1]x" };
  Fixture fixture;

  fixture_begin (&fixture, NULL, NULL, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (ours); i++)
    g_assert_cmpuint (source_status (&fixture, ours[i], NULL), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpuint (source_status (&fixture, others[i], NULL), ==, 421);
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    g_assert_cmpuint (source_status (&fixture, broken[i], NULL), ==, 400);
  fixture_end (&fixture);
}

static void
test_there_is_one_host_neither_none_nor_two (void)
{
  Fixture fixture;

  fixture_begin (&fixture, NULL, NULL, FALSE);
  g_assert_cmpuint (source_status (&fixture, NULL, NULL), ==, 400);
  source_status (&fixture, "localhost", NULL);
  soup_message_headers_append (fixture.request.headers, "host", "localhost");
  g_assert_cmpuint (bw_access_check_source (fixture.access, &fixture.request).status, ==, 400);
  fixture_end (&fixture);
}

static void
test_the_address_that_one_came_in_at_is_a_host (void)
{
  Fixture fixture;

  fixture_begin (&fixture, "0.0.0.0", NULL, FALSE);
  g_object_unref (fixture.local);
  fixture.local = g_inet_address_new_from_string ("192.0.2.7");
  fixture.request.local = fixture.local;
  g_assert_cmpuint (source_status (&fixture, "192.0.2.7:8765", NULL), ==, 0);
  g_assert_cmpuint (source_status (&fixture, "192.0.2.8:8765", NULL), ==, 421);
  g_assert_cmpuint (source_status (&fixture, g_get_host_name (), NULL), ==, 0);
  fixture_end (&fixture);
}

static void
test_a_public_url_adds_its_host (void)
{
  Fixture fixture;

  fixture_begin (&fixture, NULL, "https://Boards.example:8443/pcb/", FALSE);
  g_assert_cmpuint (source_status (&fixture, "boards.example", NULL), ==, 0);
  g_assert_cmpuint (source_status (&fixture, "boards.example", "https://boards.example"), ==, 0);
  g_assert_cmpuint (source_status (&fixture, "other.example", NULL), ==, 421);
  fixture_end (&fixture);

  g_assert_true (bw_access_check_public_url ("http://a"));
  g_assert_false (bw_access_check_public_url ("a.example"));
  g_assert_false (bw_access_check_public_url ("ftp://a.example"));
  g_assert_false (bw_access_check_public_url ("http://"));
  g_assert_false (bw_access_check_public_url (""));
}

static void
test_pages_from_elsewhere_are_forbidden (void)
{
  static const char *const ours[] = { "http://localhost:8765", "http://127.0.0.1",
                                      "https://localhost", "http://[::1]:8765", "null",
                                      "file://" };
  static const char *const others[] = { "http://evil.example", "https://localhost.evil.example",
                                        "http://", "localhost", "chrome-extension://abc", "",
                                        "http://localhost@evil.example" };
  Fixture fixture;

  fixture_begin (&fixture, NULL, NULL, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (ours); i++)
    g_assert_cmpuint (source_status (&fixture, "localhost", ours[i]), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpuint (source_status (&fixture, "localhost", others[i]), ==, 403);

  source_status (&fixture, "localhost", "http://localhost");
  soup_message_headers_append (fixture.request.headers, "Origin", "http://localhost");
  g_assert_cmpuint (bw_access_check_source (fixture.access, &fixture.request).status, ==, 400);
  fixture_end (&fixture);
}

/* Host and Origin first, as the server does, then the stream without a token. */
static guint
open_status (Fixture    *self,
             const char *host,
             const char *origin)
{
  BwRole role = BW_ROLE_VIEWER;
  guint status = source_status (self, host, origin);

  if (status == 0)
    status = token_status (self, NULL, NULL, &role);
  if (status == 0)
    g_assert_cmpint (role, ==, BW_ROLE_CONTROLLER);
  return status;
}

static void
test_a_trusted_proxy_tells_who_asks (void)
{
  static const char *const proxies[] = { "127.0.0.1", "10.0.0.7", "nonsense", NULL };
  static const struct
  {
    const char *forwarded;
    const char *expected;
  } cases[] = {
    { NULL, "127.0.0.1" },
    { "192.0.2.5", "192.0.2.5" },
    /* Only what a trusted one has added counts. */
    { "8.8.8.8, 192.0.2.5", "192.0.2.5" },
    { "192.0.2.5, 10.0.0.7", "192.0.2.5" },
    { "192.0.2.5:4711", "192.0.2.5" },
    { "[2001:db8::1]:4711", "2001:db8::1" },
    { "192.0.2.5, unknown", "127.0.0.1" },
    { "", "127.0.0.1" },
  };
  Fixture fixture;

  fixture_begin (&fixture, NULL, NULL, FALSE);
  bw_access_trust_proxies (fixture.access, proxies);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetAddress) client = NULL;
      g_autofree char *text = NULL;

      soup_message_headers_clear (fixture.request.headers);
      if (cases[i].forwarded != NULL)
        soup_message_headers_append (fixture.request.headers, "X-Forwarded-For",
                                     cases[i].forwarded);
      client = bw_access_find_client (fixture.access, &fixture.request);
      text = g_inet_address_to_string (client);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }

  /* Of anybody else it is not believed. */
  g_object_unref (fixture.remote);
  fixture.remote = g_inet_address_new_from_string ("198.51.100.1");
  fixture.request.remote = fixture.remote;
  soup_message_headers_replace (fixture.request.headers, "X-Forwarded-For", "192.0.2.5");
  {
    g_autoptr (GInetAddress) client = bw_access_find_client (fixture.access, &fixture.request);

    g_assert_true (g_inet_address_equal (client, fixture.remote));
  }
  fixture_end (&fixture);
}

static void
test_open_local_lets_in_who_is_here_and_no_page_from_elsewhere (void)
{
  Fixture fixture;
  BwPass pass;
  BwRole role;

  fixture_begin (&fixture, NULL, NULL, TRUE);
  g_assert_cmpuint (open_status (&fixture, "localhost:8765", NULL), ==, 0);
  g_assert_cmpuint (open_status (&fixture, "localhost:8765", "http://localhost:8765"), ==, 0);
  g_assert_cmpuint (open_status (&fixture, "localhost:8765", "http://localhost:3000"), ==, 401);
  g_assert_cmpuint (open_status (&fixture, "localhost:8765", "null"), ==, 401);
  g_assert_cmpuint (open_status (&fixture, "localhost:8765", "file://"), ==, 401);
  g_assert_cmpuint (open_status (&fixture, "localhost:8765", "http://evil.example"), ==, 403);
  g_assert_cmpuint (open_status (&fixture, "evil.example", NULL), ==, 421);

  /* A wrong token is wrong, though none would do. */
  g_assert_cmpuint (token_status (&fixture, "Bearer x", NULL, &role), ==, 401);

  /* Data is not for everybody. */
  soup_message_headers_clear (fixture.request.headers);
  g_assert_cmpuint (bw_access_check_token (fixture.access, &fixture.request, FALSE, NULL,
                                           &pass).status, ==, 401);

  g_object_unref (fixture.remote);
  fixture.remote = g_inet_address_new_from_string ("192.0.2.1");
  fixture.request.remote = fixture.remote;
  g_assert_cmpuint (open_status (&fixture, "localhost:8765", NULL), ==, 401);
  fixture_end (&fixture);
}

static void
test_open_local_ends_once_a_proxy_is_seen (void)
{
  static const char *const headers[] = { "Forwarded", "X-Forwarded-For", "x-forwarded-proto" };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      Fixture fixture;
      BwRole role;

      fixture_begin (&fixture, NULL, NULL, TRUE);
      g_assert_cmpuint (open_status (&fixture, "localhost", NULL), ==, 0);

      source_status (&fixture, "localhost", NULL);
      soup_message_headers_append (fixture.request.headers, headers[i], "for=192.0.2.1");
      g_assert_cmpuint (bw_access_check_source (fixture.access, &fixture.request).status, ==, 0);
      g_assert_cmpuint (token_status (&fixture, NULL, NULL, &role), ==, 401);

      /* For good. */
      g_assert_cmpuint (open_status (&fixture, "localhost", NULL), ==, 401);
      fixture_end (&fixture);
    }
}

static void
test_open_local_is_off_behind_a_public_url (void)
{
  Fixture fixture;

  fixture_begin (&fixture, NULL, "https://boards.example", TRUE);
  g_assert_cmpuint (open_status (&fixture, "localhost", NULL), ==, 401);
  fixture_end (&fixture);
}

static void
test_the_dialect_is_plain_json_or_a_clear_no (void)
{
  Fixture fixture;

  fixture_begin (&fixture, NULL, NULL, FALSE);
  g_assert_cmpuint (dialect_status (&fixture, NULL, NULL), ==, 0);
  g_assert_cmpuint (dialect_status (&fixture, "boardwalk.json", "boardwalk.json"), ==, 0);
  g_assert_cmpuint (dialect_status (&fixture, "bw.auth.x", NULL), ==, 0);
  g_assert_cmpuint (dialect_status (&fixture, "bw.auth.x ,boardwalk.json", "boardwalk.json"), ==,
                    0);
  g_assert_cmpuint (dialect_status (&fixture, "boardwalk.1, boardwalk.json", "boardwalk.1"),
                    ==, 0);
  g_assert_cmpuint (dialect_status (&fixture, "boardwalk.json, boardwalk.1", "boardwalk.json"),
                    ==, 0);
  g_assert_cmpuint (dialect_status (&fixture, "boardwalk.2, boardwalk.1, bw.auth.x",
                                    "boardwalk.1"), ==, 0);
  g_assert_cmpuint (dialect_status (&fixture, "boardwalk.2", NULL), ==, 400);
  g_assert_cmpuint (dialect_status (&fixture, "chat", NULL), ==, 400);
  g_assert_cmpuint (dialect_status (&fixture, "chat, bw.auth.x", NULL), ==, 400);
  g_assert_cmpuint (dialect_status (&fixture, "BOARDWALK.JSON", NULL), ==, 400);
  fixture_end (&fixture);
}

#define ADD(name, function) g_test_add_func ("/server/access/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("tokens-are-43-characters-and-never-the-same",
       test_tokens_are_43_characters_and_never_the_same);
  ADD ("a-token-gives-its-role", test_a_token_gives_its_role);
  ADD ("no-other-token-gives-any", test_no_other_token_gives_any);
  ADD ("a-host-is-known-by-its-name-whatever-the-port",
       test_a_host_is_known_by_its_name_whatever_the_port);
  ADD ("there-is-one-host-neither-none-nor-two", test_there_is_one_host_neither_none_nor_two);
  ADD ("the-address-that-one-came-in-at-is-a-host",
       test_the_address_that_one_came_in_at_is_a_host);
  ADD ("a-public-url-adds-its-host", test_a_public_url_adds_its_host);
  ADD ("pages-from-elsewhere-are-forbidden", test_pages_from_elsewhere_are_forbidden);
  ADD ("a-trusted-proxy-tells-who-asks",
       test_a_trusted_proxy_tells_who_asks);
  ADD ("open-local-lets-in-who-is-here-and-no-page-from-elsewhere",
       test_open_local_lets_in_who_is_here_and_no_page_from_elsewhere);
  ADD ("open-local-ends-once-a-proxy-is-seen", test_open_local_ends_once_a_proxy_is_seen);
  ADD ("open-local-is-off-behind-a-public-url", test_open_local_is_off_behind_a_public_url);
  ADD ("the-dialect-is-plain-json-or-a-clear-no", test_the_dialect_is_plain_json_or_a_clear_no);
  return g_test_run ();
}
