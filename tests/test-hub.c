/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-hub.h"

static void
count_news (BwPort  *port,
            gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
publish (BwHub  *hub,
         guint32 iteration)
{
  BwPose pose = { .at = { (int32_t) iteration, 0 } };

  bw_hub_publish_frame (hub, &(BwFrame) { .iteration = iteration, .n_footprints = 1,
                                          .poses = &pose });
}

static void
drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
a_slot_holds_the_newest_frame_only (void)
{
  g_autoptr (BwHub) hub = bw_hub_new ();
  guint n_news = 0;
  g_autoptr (BwPort) port = bw_hub_subscribe (hub, NULL, count_news, &n_news);
  g_autoptr (BwFrame) frame = NULL;

  g_assert_null (bw_port_take_frame (port));
  for (guint32 i = 1; i <= 5; i++)
    publish (hub, i);
  drain ();
  g_assert_cmpuint (n_news, ==, 1);
  frame = bw_port_take_frame (port);
  g_assert_cmpuint (frame->iteration, ==, 5);
  g_assert_cmpuint (frame->index, ==, 4);
  g_assert_cmpint (frame->poses[0].at.x_nm, ==, 5);
  g_assert_null (bw_port_take_frame (port));
}

static void
who_comes_late_gets_the_newest_frame (void)
{
  g_autoptr (BwHub) hub = bw_hub_new ();
  guint n_news = 0;
  g_autoptr (BwPort) port = NULL;
  g_autoptr (BwFrame) frame = NULL;

  publish (hub, 1);
  publish (hub, 2);
  port = bw_hub_subscribe (hub, NULL, count_news, &n_news);
  drain ();
  g_assert_cmpuint (n_news, ==, 1);
  frame = bw_port_take_frame (port);
  g_assert_cmpuint (frame->iteration, ==, 2);
}

static void
a_closed_port_hears_nothing (void)
{
  g_autoptr (BwHub) hub = bw_hub_new ();
  guint n_news = 0;
  g_autoptr (BwPort) port = bw_hub_subscribe (hub, NULL, count_news, &n_news);

  publish (hub, 1);
  bw_port_close (port);
  publish (hub, 2);
  drain ();
  g_assert_cmpuint (n_news, ==, 0);
}

static void
a_log_cursor_misses_nothing (void)
{
  g_autoptr (BwHub) hub = bw_hub_new ();
  guint n_news = 0;
  g_autoptr (BwPort) port = NULL;
  guint n_entries = 0;

  bw_hub_log (hub, &(BwLogEntry) { .kind = BW_LOG_STATUS, .message = "before" });
  port = bw_hub_subscribe (hub, NULL, count_news, &n_news);
  for (guint i = 0; i < 10; i++)
    bw_hub_log (hub, &(BwLogEntry) { .kind = BW_LOG_METRICS });
  for (;;)
    {
      g_autoptr (BwLogEntry) entry = bw_port_next_entry (port);

      if (entry == NULL)
        break;
      g_assert_cmpint (entry->kind, ==, BW_LOG_METRICS);
      n_entries++;
    }
  g_assert_cmpuint (n_entries, ==, 10);

  bw_port_rewind (port);
  {
    g_autoptr (BwLogEntry) entry = bw_port_next_entry (port);

    g_assert_cmpstr (entry->message, ==, "before");
  }
}

static gboolean
count_commands (gpointer user_data)
{
  (*(guint *) user_data)++;
  return G_SOURCE_CONTINUE;
}

static void
commands_keep_their_order_and_wake_the_owner (void)
{
  g_autoptr (BwHub) hub = bw_hub_new ();
  guint n_wakes = 0;
  BwCommand command;

  bw_hub_set_owner (hub, NULL, count_commands, &n_wakes);
  for (BwCommandKind kind = BW_COMMAND_START; kind <= BW_COMMAND_UNTANGLE; kind++)
    bw_hub_submit (hub, &(BwCommand) { kind, BW_ORIGIN_PROGRAM }, 1);
  drain ();
  g_assert_cmpuint (n_wakes, ==, 1);
  for (BwCommandKind kind = BW_COMMAND_START; kind <= BW_COMMAND_UNTANGLE; kind++)
    {
      g_assert_true (bw_hub_pop_command (hub, &command));
      g_assert_cmpint (command.kind, ==, kind);
    }
  g_assert_false (bw_hub_pop_command (hub, &command));

  bw_hub_close (hub);
  bw_hub_submit (hub, &(BwCommand) { BW_COMMAND_STOP, BW_ORIGIN_PROGRAM }, 1);
  g_assert_false (bw_hub_has_command (hub));
}

static gpointer
publish_many (gpointer user_data)
{
  for (guint32 i = 1; i <= 20000; i++)
    publish (user_data, i);
  return NULL;
}

static void
frames_cross_threads_and_never_go_back (void)
{
  g_autoptr (BwHub) hub = bw_hub_new ();
  guint n_news = 0;
  g_autoptr (BwPort) port = bw_hub_subscribe (hub, NULL, count_news, &n_news);
  GThread *thread = g_thread_new ("publisher", publish_many, hub);
  guint32 last = 0;

  while (last < 20000)
    {
      g_autoptr (BwFrame) frame = NULL;
      g_autoptr (BwPort) passing = bw_hub_subscribe (hub, NULL, count_news, &n_news);

      g_assert_nonnull (passing);
      g_main_context_iteration (NULL, FALSE);
      frame = bw_port_take_frame (port);
      if (frame == NULL)
        continue;
      g_assert_cmpuint (frame->iteration, >, last);
      last = frame->iteration;
    }
  g_thread_join (thread);
}

static void
forces_are_wanted_while_somebody_wants_them (void)
{
  g_autoptr (BwHub) hub = bw_hub_new ();
  guint n_news = 0;
  BwPort *a = bw_hub_subscribe (hub, NULL, count_news, &n_news);
  BwPort *b = bw_hub_subscribe (hub, NULL, count_news, &n_news);

  g_assert_false (bw_hub_wants_forces (hub));
  bw_port_set_forces (a, TRUE);
  bw_port_set_forces (a, TRUE);
  bw_port_set_forces (b, TRUE);
  bw_port_unref (a);
  g_assert_true (bw_hub_wants_forces (hub));
  bw_port_close (b);
  g_assert_false (bw_hub_wants_forces (hub));
  bw_port_unref (b);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/a-slot-holds-the-newest-frame-only", a_slot_holds_the_newest_frame_only);
  g_test_add_func ("/hub/who-comes-late-gets-the-newest-frame",
                   who_comes_late_gets_the_newest_frame);
  g_test_add_func ("/hub/a-closed-port-hears-nothing", a_closed_port_hears_nothing);
  g_test_add_func ("/hub/a-log-cursor-misses-nothing", a_log_cursor_misses_nothing);
  g_test_add_func ("/hub/commands-keep-their-order-and-wake-the-owner",
                   commands_keep_their_order_and_wake_the_owner);
  g_test_add_func ("/hub/frames-cross-threads-and-never-go-back",
                   frames_cross_threads_and_never_go_back);
  g_test_add_func ("/hub/forces-are-wanted-while-somebody-wants-them",
                   forces_are_wanted_while_somebody_wants_them);
  return g_test_run ();
}
