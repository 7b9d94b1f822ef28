/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a server listens, and the links to it. */

#include "support/http-client.h"

static void
test_both_loopback_addresses_have_the_port (void)
{
  Fixture fixture;
  struct sockaddr_in6 address = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
  WsClient client = { .in = g_byte_array_new () };
  g_autofree char *head = NULL;

  fixture_begin (&fixture);
  client.fd = socket (AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (client.fd < 0 || bind (client.fd, (struct sockaddr *) &address, sizeof address) != 0)
    {
      g_test_skip ("No IPv6 here");
    }
  else
    {
      address.sin6_port = htons (fixture.port);
      g_assert_cmpint (connect (client.fd, (struct sockaddr *) &address, sizeof address), ==, 0);
      g_assert_true (ws_send_string (&client, "GET /healthz HTTP/1.1\r\nHost: [::1]:8765\r\n\r\n"));
      head = ws_read_head (&client);
      g_assert_cmpuint (ws_status_of (head), ==, 200);
    }
  if (client.fd >= 0)
    close (client.fd);
  g_byte_array_unref (client.in);
  fixture_end (&fixture);
}

static void
test_a_port_in_use_is_named_with_the_next_free_one (void)
{
  Fixture fixture;
  BwServerOptions options = bw_server_options_default ();
  g_autoptr (BwServer) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;
  g_autofree char *next = NULL;

  fixture_begin (&fixture);
  options.port = fixture.port;
  second = bw_server_new (&options);
  g_assert_false (bw_server_start (second, &error));
  g_assert_error (error, BW_SERVER_ERROR, BW_SERVER_ERROR_PORT_IN_USE);
  number = g_strdup_printf ("%u", fixture.port);
  next = g_strdup_printf ("%u", bw_server_find_free_port (second));
  g_assert_nonnull (strstr (error->message, number));
  g_assert_cmpuint (bw_server_find_free_port (second), >, fixture.port);
  g_assert_nonnull (strstr (error->message, next));
  fixture_end (&fixture);
}

static void
test_an_address_that_is_not_ours_is_an_error (void)
{
  BwServerOptions options = bw_server_options_default ();
  g_autoptr (BwServer) elsewhere = NULL;
  g_autoptr (BwServer) nonsense = NULL;
  g_autoptr (GError) error = NULL;

  options.port = 0;
  options.host = "192.0.2.1";
  elsewhere = bw_server_new (&options);
  g_assert_false (bw_server_start (elsewhere, &error));
  g_assert_error (error, BW_SERVER_ERROR, BW_SERVER_ERROR_ADDRESS);
  g_assert_nonnull (strstr (error->message, "192.0.2.1"));
  g_clear_error (&error);

  options.host = NULL;
  options.public_url = "boards.example";
  nonsense = bw_server_new (&options);
  g_assert_false (bw_server_start (nonsense, &error));
  g_assert_error (error, BW_SERVER_ERROR, BW_SERVER_ERROR_ADDRESS);
}

static void
test_urls_are_for_people_and_scripts (void)
{
  Fixture fixture;
  BwServerOptions options = bw_server_options_default ();
  g_autoptr (BwServer) proxied = NULL;
  g_autofree char *page = NULL;
  g_autofree char *stream = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *proxied_page = NULL;
  g_autofree char *proxied_stream = NULL;

  fixture_begin (&fixture);
  page = bw_server_dup_page_url (fixture.server, fixture.id, BW_ROLE_CONTROLLER);
  expected = g_strdup_printf ("http://127.0.0.1:%u/s/%s/#%s", fixture.port, fixture.id,
                              bw_server_get_token (fixture.server, fixture.id, BW_ROLE_CONTROLLER));
  g_assert_cmpstr (page, ==, expected);
  g_free (expected);
  stream = bw_server_dup_stream_url (fixture.server, fixture.id);
  expected = g_strdup_printf ("ws://127.0.0.1:%u/s/%s/ws", fixture.port, fixture.id);
  g_assert_cmpstr (stream, ==, expected);

  options.public_url = "https://boards.example/pcb/";
  proxied = bw_server_new (&options);
  proxied_stream = bw_server_dup_stream_url (proxied, "abc");
  g_assert_cmpstr (proxied_stream, ==, "wss://boards.example/pcb/s/abc/ws");
  proxied_page = bw_server_dup_page_url (proxied, NULL, BW_ROLE_VIEWER);
  g_assert_true (g_str_has_prefix (proxied_page, "https://boards.example/pcb/#"));
  g_assert_null (bw_server_dup_page_url (proxied, "abc", BW_ROLE_VIEWER));
  fixture_end (&fixture);
}

static void
test_a_server_starts_again_after_a_stop (void)
{
  Fixture fixture;

  fixture_begin (&fixture);
  bw_server_stop (fixture.server);
  bw_server_stop (fixture.server);
  g_assert_true (bw_server_start (fixture.server, NULL));
  fixture.port = bw_server_get_port (fixture.server);
  g_assert_cmpuint (status_of (&fixture, "/s/%s/", ""), ==, 404);
  g_free (fixture.id);
  fixture.id = g_strdup (bw_server_add_feed (fixture.server, BW_FEED (fixture.feed), "again"));
  g_assert_cmpuint (status_of (&fixture, "/s/%s/", ""), ==, 200);
  fixture_end (&fixture);
}

static void
test_a_server_that_never_starts_leaves_nothing (void)
{
  BwServerOptions options = bw_server_options_default ();
  FakeFeed *feed = fake_feed_new (fixture_parse_board (TINY_BOARD));
  BwServer *server = bw_server_new (&options);

  bw_server_add_feed (server, BW_FEED (feed), "x");
  fake_feed_publish (feed, 1, FALSE, NULL, 0);
  g_assert_finalize_object (server);
  g_assert_finalize_object (feed);
}

#define ADD(name, function) g_test_add_func ("/server/listen/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("both-loopback-addresses-have-the-port", test_both_loopback_addresses_have_the_port);
  ADD ("a-port-in-use-is-named-with-the-next-free-one",
       test_a_port_in_use_is_named_with_the_next_free_one);
  ADD ("an-address-that-is-not-ours-is-an-error", test_an_address_that_is_not_ours_is_an_error);
  ADD ("urls-are-for-people-and-scripts", test_urls_are_for_people_and_scripts);
  ADD ("a-server-starts-again-after-a-stop", test_a_server_starts_again_after_a_stop);
  ADD ("a-server-that-never-starts-leaves-nothing",
       test_a_server_that_never_starts_leaves_nothing);
  return g_test_run ();
}
