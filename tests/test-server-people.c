/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several people at one board: what each sees of the others, who may have which part, and what an
 * owner may do. */

#include "server/bw-server-clients.h"
#include "server/bw-server-people.h"
#include "support/viewer-client.h"

/* Somebody, as one of the others has been told. */
typedef struct
{
  guint8 role;
  char *name;
  gboolean has_cursor;
  gint32 x_nm;
  gint32 y_nm;
  guint n_selected;
  guint32 selected; /* the first of them */
  guint n_grabbed;
  guint32 grabbed;
} Person;

static void
person_free (gpointer data)
{
  Person *person = data;

  g_free (person->name);
  g_free (person);
}

static GHashTable *
crowd_new (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, person_free);
}

static Person *
crowd_find (GHashTable *crowd,
            guint32     number)
{
  return g_hash_table_lookup (crowd, GUINT_TO_POINTER (number));
}

static void
read_parts (BinaryReader *in,
            guint        *n_out,
            guint32      *first_out)
{
  *n_out = (guint) binary_read (in, 2);
  for (guint i = 0; i < *n_out; i++)
    {
      guint32 part = (guint32) binary_read (in, 4);

      if (i == 0)
        *first_out = part;
    }
}

static void
read_person (BinaryReader *in,
             GHashTable   *crowd)
{
  guint32 number = (guint32) binary_read (in, 4);
  guint8 fields = (guint8) binary_read (in, 1);
  Person *person = crowd_find (crowd, number);

  if ((fields & BW_PERSON_GONE) != 0)
    {
      g_hash_table_remove (crowd, GUINT_TO_POINTER (number));
      return;
    }
  if (person == NULL)
    {
      g_assert_cmpuint (fields & BW_PERSON_WHO, !=, 0);
      person = g_new0 (Person, 1);
      g_hash_table_insert (crowd, GUINT_TO_POINTER (number), person);
    }
  if ((fields & BW_PERSON_WHO) != 0)
    {
      gsize length;

      person->role = (guint8) binary_read (in, 1);
      binary_read (in, 1);
      length = binary_read (in, 1);
      g_free (person->name);
      person->name = g_strndup ((const char *) in->data + in->at, length);
      in->at += length;
    }
  if ((fields & BW_PERSON_CURSOR) != 0)
    {
      person->has_cursor = TRUE;
      person->x_nm = (gint32) binary_read (in, 4);
      person->y_nm = (gint32) binary_read (in, 4);
    }
  if ((fields & BW_PERSON_NO_CURSOR) != 0)
    person->has_cursor = FALSE;
  if ((fields & BW_PERSON_SELECTION) != 0)
    read_parts (in, &person->n_selected, &person->selected);
  if ((fields & BW_PERSON_GRABBED) != 0)
    read_parts (in, &person->n_grabbed, &person->grabbed);
}

/* The next that is said about people. */
static void
crowd_hear (GHashTable *crowd,
            Viewer     *viewer)
{
  BinaryReader in;

  viewer_await (viewer, BW_OP_PRESENCE);
  in = (BinaryReader) { viewer->message, viewer->length, BW_BINARY_HEADER_BYTES };
  if ((viewer->state.flags & BW_FLAG_WHOLE) != 0)
    g_hash_table_remove_all (crowd);
  for (guint i = 0; i < viewer->state.n; i++)
    read_person (&in, crowd);
  g_assert_cmpuint (in.at, ==, in.length);
}

/* Reads on until all of them are told as `count`. */
static void
await_count (GHashTable *crowd,
             Viewer     *viewer,
             guint       count)
{
  while (g_hash_table_size (crowd) != count)
    crowd_hear (crowd, viewer);
}

/* What the window's owner is told, once `id` has `n` people. */
static GPtrArray *
await_people (BwServer   *server,
              const char *id,
              guint       n)
{
  for (;;)
    {
      GPtrArray *people = bw_server_list_people (server, id);

      if (people->len == n)
        return people;
      g_ptr_array_unref (people);
      g_main_context_iteration (NULL, TRUE);
    }
}

/* `/s/ID/ws` */
static char *
session_of (const Fixture *fixture)
{
  return g_strndup (fixture->path + strlen ("/s/"),
                    strlen (fixture->path) - strlen ("/s/") - strlen ("/ws"));
}

static void
test_the_others_are_told_who_is_there_and_where_they_point (void)
{
  Fixture fixture;
  g_autoptr (GHashTable) crowd = crowd_new ();
  g_autoptr (Viewer) ann = NULL;
  Viewer *bob;

  fixture_begin (&fixture);
  ann = viewer_join (&fixture, fixture.control, "{\"type\":\"hello\",\"name\":\"Ann\"}");
  bob = viewer_join (&fixture, fixture.watch, HELLO);
  await_count (crowd, ann, 2);
  g_assert_cmpstr (crowd_find (crowd, 1)->name, ==, "Ann");
  g_assert_cmpuint (crowd_find (crowd, 1)->role, ==, BW_ROLE_CONTROLLER);
  /* Who gives no name is given one. */
  g_assert_cmpstr (crowd_find (crowd, 2)->name, ==, "Guest 2");

  viewer_say (bob, "{\"type\":\"cursor\",\"x\":1,\"y\":-2}");
  /* A part that there is not is nothing to select. */
  viewer_say (bob, "{\"type\":\"select\",\"parts\":[2,3]}");
  while (crowd_find (crowd, 2)->n_selected == 0 || !crowd_find (crowd, 2)->has_cursor)
    crowd_hear (crowd, ann);
  g_assert_cmpint (crowd_find (crowd, 2)->x_nm, ==, 1);
  g_assert_cmpint (crowd_find (crowd, 2)->y_nm, ==, -2);
  g_assert_cmpuint (crowd_find (crowd, 2)->n_selected, ==, 1);
  g_assert_cmpuint (crowd_find (crowd, 2)->selected, ==, 2);

  viewer_free (bob);
  await_count (crowd, ann, 1);
  fixture_end (&fixture);
}

#define MOVE "{\"type\":\"command\",\"cmd_id\":5,\"command\":\"move\",\"part\":1,\"x\":5,\"y\":6}"

static void
test_a_part_is_in_one_hand_at_a_time (void)
{
  Fixture fixture;
  g_autoptr (GHashTable) crowd = crowd_new ();
  g_autoptr (Viewer) bob = NULL;
  Viewer *ann;

  fixture_begin (&fixture);
  ann = viewer_join (&fixture, fixture.control, HELLO);
  bob = viewer_join (&fixture, fixture.control, HELLO);
  viewer_say (ann, "{\"type\":\"grab\",\"parts\":[0,1,7]}");
  viewer_await_text (ann, "{\"type\":\"grabbed\",\"parts\":[0,1]}");
  viewer_say (bob, "{\"type\":\"grab\",\"parts\":[1,2]}");
  viewer_await_text (bob, "{\"type\":\"grabbed\",\"parts\":[2]}");
  viewer_say (bob, MOVE);
  viewer_await_text (bob, "{\"type\":\"answer\",\"cmd_id\":5,\"result\":\"taken\"}");
  viewer_say (ann, MOVE);
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":5,\"result\":\"accepted\"}");
  g_assert_cmpuint (fake_feed_wait_command (fixture.feed).actor, ==, 1);

  await_count (crowd, bob, 2);
  while (crowd_find (crowd, 1)->n_grabbed == 0)
    crowd_hear (crowd, bob);
  g_assert_cmpuint (crowd_find (crowd, 1)->n_grabbed, ==, 2);
  g_assert_cmpuint (crowd_find (crowd, 1)->grabbed, ==, 0);

  /* Who leaves lets go. */
  viewer_free (ann);
  await_count (crowd, bob, 1);
  viewer_say (bob, MOVE);
  viewer_await_text (bob, "{\"type\":\"answer\",\"cmd_id\":5,\"result\":\"accepted\"}");
  fixture_end (&fixture);
}

static void
test_who_may_only_watch_takes_nothing_in_hand (void)
{
  Fixture fixture;
  g_autoptr (Viewer) ann = NULL;

  fixture_begin (&fixture);
  ann = viewer_join (&fixture, fixture.watch, HELLO);
  viewer_say (ann, "{\"type\":\"grab\",\"parts\":[0]}");
  viewer_await_text (ann, "{\"type\":\"grabbed\",\"parts\":[]}");
  fixture_end (&fixture);
}

static void
test_grabs_are_first_come_and_lapse (void)
{
  static const guint32 parts[] = { 4, 5, 5 };
  g_autoptr (BwGrabs) grabs = bw_grabs_new ();
  guint32 taken[BW_GRABS_MAX];
  guint32 many[BW_GRABS_MAX + 1];

  g_assert_cmpuint (bw_grabs_set (grabs, 1, parts, 3, 100, taken), ==, 2);
  g_assert_cmpuint (bw_grabs_set (grabs, 2, parts, 3, 100, taken), ==, 0);
  g_assert_true (bw_grabs_allow (grabs, 1, 5));
  g_assert_true (bw_grabs_has_others (grabs, 2));
  g_assert_false (bw_grabs_has_others (grabs, 1));
  g_assert_false (bw_grabs_allow (grabs, 2, 5));
  g_assert_true (bw_grabs_allow (grabs, 2, 6));
  g_assert_cmpuint (bw_grabs_list (grabs, 1, taken), ==, 2);
  g_assert_cmpuint (bw_grabs_list (grabs, 2, taken), ==, 0);

  /* To say it again is to hold on; less is to let go of the rest. */
  g_assert_cmpuint (bw_grabs_set (grabs, 1, parts + 1, 1, 200, taken), ==, 1);
  g_assert_true (bw_grabs_allow (grabs, 2, 4));
  g_assert_false (bw_grabs_expire (grabs, 1, 250, 50));
  g_assert_true (bw_grabs_expire (grabs, 1, 251, 50));
  g_assert_false (bw_grabs_expire (grabs, 1, 300, 50));
  g_assert_true (bw_grabs_allow (grabs, 2, 5));

  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = i;
  g_assert_cmpuint (bw_grabs_set (grabs, 1, many, G_N_ELEMENTS (many), 0, taken), ==,
                    BW_GRABS_MAX);
}

static void
test_the_window_is_one_of_them (void)
{
  static const guint32 parts[] = { 0, 2 };
  static const BwPoint cursor = { 12, -13 };
  Fixture fixture;
  g_autoptr (GHashTable) crowd = crowd_new ();
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (Viewer) ann = NULL;
  g_autofree char *id = NULL;
  const BwServerPerson *person;

  fixture_begin (&fixture);
  id = session_of (&fixture);
  ann = viewer_join (&fixture, fixture.control, "{\"type\":\"hello\",\"name\":\"Ann\"}");
  await_count (crowd, ann, 1);
  bw_server_join (fixture.server, id, "Zoe");
  bw_server_point (fixture.server, id, &cursor);
  bw_server_select (fixture.server, id, parts, 2);
  g_assert_true (bw_server_grab (fixture.server, id, parts, 2));
  await_count (crowd, ann, 2);
  while (crowd_find (crowd, 0)->n_grabbed == 0)
    crowd_hear (crowd, ann);
  g_assert_cmpstr (crowd_find (crowd, 0)->name, ==, "Zoe");
  g_assert_cmpuint (crowd_find (crowd, 0)->role, ==, BW_ROLE_OWNER);
  g_assert_cmpint (crowd_find (crowd, 0)->x_nm, ==, 12);
  g_assert_cmpuint (crowd_find (crowd, 0)->n_selected, ==, 2);

  viewer_say (ann, "{\"type\":\"grab\",\"parts\":[0,1]}");
  viewer_await_text (ann, "{\"type\":\"grabbed\",\"parts\":[1]}");
  g_assert_false (bw_server_may_move (fixture.server, id, 1));
  g_assert_true (bw_server_may_move (fixture.server, id, 0));
  /* All or nothing. */
  g_assert_false (bw_server_grab (fixture.server, id, (const guint32[]) { 1, 2 }, 2));
  viewer_say (ann, "{\"type\":\"grab\",\"parts\":[1,2]}");
  viewer_await_text (ann, "{\"type\":\"grabbed\",\"parts\":[1,2]}");
  viewer_say (ann, "{\"type\":\"cursor\",\"x\":7,\"y\":8}");

  for (;;)
    {
      g_clear_pointer (&people, g_ptr_array_unref);
      people = await_people (fixture.server, id, 2);
      person = g_ptr_array_index (people, 1);
      if (person->has_cursor && person->n_grabbed == 2)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpstr (person->name, ==, "Ann");
  g_assert_cmpint (person->cursor.y_nm, ==, 8);
  g_assert_cmpuint (person->grabbed[1], ==, 2);
  g_assert_cmpint (person->role, ==, BW_ROLE_CONTROLLER);
  fixture_end (&fixture);
}

static void
test_parts_that_stay_where_they_are_are_told_before_the_frame (void)
{
  static const guint8 held[] = { 0, 1, 0 };
  Fixture fixture;
  g_autoptr (Viewer) ann = NULL;
  g_autoptr (Viewer) late = NULL;
  g_autofree BwPose *poses = NULL;

  fixture_begin (&fixture);
  poses = bw_board_dup_poses (fixture.feed->board);
  ann = viewer_join (&fixture, fixture.watch, HELLO);
  viewer_await (ann, BW_OP_STATE);
  g_assert_cmpuint (ann->state.flags, ==, BW_FLAG_WHOLE);
  g_assert_cmpuint (ann->state.n, ==, 0);
  bw_hub_publish_frame (fixture.feed->hub, &(BwFrame) { .n_footprints = 3,
                                                        .poses = poses,
                                                        .held = held });
  viewer_await (ann, BW_OP_STATE);
  g_assert_cmpuint (ann->state.flags, ==, 0);
  g_assert_cmpuint (ann->state.n, ==, 1);
  g_assert_cmpmem (ann->message + BW_BINARY_HEADER_BYTES, 5, "\1\0\0\0\1", 5);
  viewer_await_frame (ann);

  late = viewer_join (&fixture, fixture.watch, HELLO);
  viewer_await (late, BW_OP_STATE);
  g_assert_cmpuint (late->state.n, ==, 1);
  fixture_end (&fixture);
}

/* The list is half a second behind. */
static void
await_listed (BwServer *server,
              guint     n)
{
  gint64 deadline_us = g_get_monotonic_time () + WS_PATIENCE_S * G_USEC_PER_SEC;
  guint listed;

  do
    {
      g_autoptr (GPtrArray) clients = bw_server_list_clients (server);

      listed = clients->len;
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      g_thread_yield ();
    }
  while (listed != n);
}

static void
await_answer (Viewer     *viewer,
              const char *start)
{
  viewer_await (viewer, 0);
  if (!g_str_has_prefix ((const char *) viewer->message, start))
    g_error ("%s is not %s", (const char *) viewer->message, start);
}

static void
test_an_owner_sees_who_is_here_and_sends_people_away (void)
{
  Fixture fixture;
  g_autoptr (Viewer) owner = NULL;
  g_autoptr (Viewer) ann = NULL;
  const char *token;

  fixture_begin (&fixture);
  token = bw_server_get_token (fixture.server, NULL, BW_ROLE_OWNER);
  owner = viewer_join (&fixture, token, "{\"type\":\"hello\",\"name\":\"Olga\"}");
  ann = viewer_join (&fixture, fixture.watch, HELLO);
  viewer_say (ann, "{\"type\":\"clients\",\"cmd_id\":1}");
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":1,\"result\":\"denied\"}");

  await_listed (fixture.server, 2);
  viewer_say (owner, "{\"type\":\"clients\",\"cmd_id\":2}");
  await_answer (owner, "{\"type\":\"clients\",\"cmd_id\":2,\"clients\":[");
  g_assert_nonnull (strstr ((const char *) owner->message, "Guest 2"));
  g_assert_nonnull (strstr ((const char *) owner->message, "\"name\":\"Olga\",\"role\":\"owner\""));
  g_assert_nonnull (strstr ((const char *) owner->message, "\"address\":\"127.0.0.1:"));

  viewer_say (owner, "{\"type\":\"promote\",\"cmd_id\":3,\"number\":2,\"role\":\"controller\"}");
  viewer_await_text (owner, "{\"type\":\"answer\",\"cmd_id\":3,\"result\":\"accepted\"}");
  viewer_say (ann, MOVE);
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":5,\"result\":\"accepted\"}");
  viewer_say (owner, "{\"type\":\"disconnect\",\"cmd_id\":4,\"number\":99}");
  viewer_await_text (owner, "{\"type\":\"answer\",\"cmd_id\":4,\"result\":\"unknown\"}");
  viewer_say (owner, "{\"type\":\"disconnect\",\"cmd_id\":5,\"number\":2}");
  viewer_await_text (owner, "{\"type\":\"answer\",\"cmd_id\":5,\"result\":\"accepted\"}");
  g_assert_cmpuint (viewer_read_close (ann), ==, 1008);
  fixture_end (&fixture);
}

/* Whoever rules one board makes nobody rule another. */
static void
test_who_is_made_an_owner_rules_that_board_alone (void)
{
  Fixture fixture;
  g_autoptr (FakeFeed) other = fake_feed_new (fixture_parse_board (TINY_BOARD));
  g_autoptr (Viewer) owner = NULL;
  g_autoptr (Viewer) ann = NULL;
  g_autoptr (WsClient) there = NULL;
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;

  fixture_begin (&fixture);
  id = session_of (&fixture);
  path = g_strdup_printf ("/s/%s/ws", bw_server_add_feed (fixture.server, BW_FEED (other), "B"));
  owner = viewer_join (&fixture, bw_server_get_token (fixture.server, id, BW_ROLE_OWNER), HELLO);
  ann = viewer_join (&fixture, fixture.watch, HELLO);
  there = ws_open (fixture.port, path, fixture.watch);
  await_listed (fixture.server, 3);

  viewer_say (owner, "{\"type\":\"disconnect\",\"cmd_id\":1,\"number\":3}");
  viewer_await_text (owner, "{\"type\":\"answer\",\"cmd_id\":1,\"result\":\"unknown\"}");
  viewer_say (owner, "{\"type\":\"promote\",\"cmd_id\":2,\"number\":2,\"role\":\"owner\"}");
  viewer_await_text (owner, "{\"type\":\"answer\",\"cmd_id\":2,\"result\":\"accepted\"}");
  viewer_say (ann, "{\"type\":\"disconnect\",\"cmd_id\":3,\"number\":3}");
  viewer_await_text (ann, "{\"type\":\"answer\",\"cmd_id\":3,\"result\":\"unknown\"}");
  viewer_say (ann, "{\"type\":\"renew\",\"cmd_id\":4,\"role\":\"viewer\"}");
  await_answer (ann, "{\"type\":\"answer\",\"cmd_id\":4,\"result\":\"accepted\",");
  g_assert_cmpstr (bw_server_get_token (fixture.server, NULL, BW_ROLE_VIEWER), ==, fixture.watch);
  viewer_say (ann, "{\"type\":\"clients\",\"cmd_id\":5}");
  await_answer (ann, "{\"type\":\"clients\",\"cmd_id\":5,");
  g_assert_null (strstr ((const char *) ann->message, "\"number\":3"));
  fixture_end (&fixture);
}

static void
on_tokens_changed (BwServer *server,
                   gpointer  user_data)
{
  (*(guint *) user_data)++;
}

static void
test_an_owner_renews_and_revokes_links (void)
{
  Fixture fixture;
  g_autoptr (Viewer) owner = NULL;
  g_autoptr (Viewer) ann = NULL;
  g_autofree char *expected = NULL;
  guint n_changes = 0;

  fixture_begin (&fixture);
  g_signal_connect (fixture.server, "tokens-changed", G_CALLBACK (on_tokens_changed), &n_changes);
  owner = viewer_join (&fixture, bw_server_get_token (fixture.server, NULL, BW_ROLE_OWNER), HELLO);
  ann = viewer_join (&fixture, fixture.watch, HELLO);
  viewer_say (owner, "{\"type\":\"renew\",\"cmd_id\":1,\"role\":\"viewer\"}");
  await_answer (owner, "{\"type\":\"answer\",\"cmd_id\":1,\"result\":\"accepted\",\"token\":\"");
  expected = g_strdup_printf ("\"%s\"", bw_server_get_token (fixture.server, NULL, BW_ROLE_VIEWER));
  g_assert_nonnull (strstr ((const char *) owner->message, expected));
  g_assert_cmpstr (fixture.watch, !=, bw_server_get_token (fixture.server, NULL, BW_ROLE_VIEWER));
  g_assert_cmpuint (viewer_read_close (ann), ==, 1008);
  while (n_changes == 0)
    g_main_context_iteration (NULL, TRUE);

  viewer_say (owner, "{\"type\":\"revoke\",\"cmd_id\":2,\"role\":\"viewer\"}");
  viewer_await_text (owner, "{\"type\":\"answer\",\"cmd_id\":2,\"result\":\"accepted\"}");
  g_assert_null (bw_server_get_token (fixture.server, NULL, BW_ROLE_VIEWER));
  g_assert_null (bw_server_dup_page_url (fixture.server, NULL, BW_ROLE_VIEWER));
  fixture_end (&fixture);
}

static void
test_a_storm_of_words_is_closed_and_one_of_cursors_is_thinned (void)
{
  Fixture fixture;
  g_autoptr (Viewer) words = NULL;
  g_autoptr (Viewer) cursors = NULL;

  fixture_begin (&fixture);
  words = viewer_join (&fixture, fixture.watch, HELLO);
  for (guint i = 0; i < 1000; i++)
    ws_send_text (words->ws, "{\"type\":\"name\",\"name\":\"x\"}");
  g_assert_cmpuint (ws_read_close (words->ws), ==, 1008);
  cursors = viewer_join (&fixture, fixture.watch, HELLO);
  for (guint i = 0; i < 1000; i++)
    viewer_say (cursors, "{\"type\":\"cursor\",\"x\":1,\"y\":1}");
  viewer_say (cursors, "{\"type\":\"ping\",\"t0\":1}");
  viewer_await (cursors, 0);
  fixture_end (&fixture);
}

#define ADD(name, function) g_test_add_func ("/server/people/" name, function)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("the-others-are-told-who-is-there-and-where-they-point",
       test_the_others_are_told_who_is_there_and_where_they_point);
  ADD ("a-storm-of-words-is-closed-and-one-of-cursors-is-thinned",
       test_a_storm_of_words_is_closed_and_one_of_cursors_is_thinned);
  ADD ("a-part-is-in-one-hand-at-a-time", test_a_part_is_in_one_hand_at_a_time);
  ADD ("who-may-only-watch-takes-nothing-in-hand", test_who_may_only_watch_takes_nothing_in_hand);
  ADD ("grabs-are-first-come-and-lapse", test_grabs_are_first_come_and_lapse);
  ADD ("the-window-is-one-of-them", test_the_window_is_one_of_them);
  ADD ("parts-that-stay-where-they-are-are-told-before-the-frame",
       test_parts_that_stay_where_they_are_are_told_before_the_frame);
  ADD ("an-owner-sees-who-is-here-and-sends-people-away",
       test_an_owner_sees_who_is_here_and_sends_people_away);
  ADD ("who-is-made-an-owner-rules-that-board-alone",
       test_who_is_made_an_owner_rules_that_board_alone);
  ADD ("an-owner-renews-and-revokes-links", test_an_owner_renews_and_revokes_links);
  return g_test_run ();
}
