/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/bw-cli-progress.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "cli/bw-cli-private.h"
#include "config.h"

/* A terminal line that changes faster than this cannot be read. */
#define LINE_INTERVAL_US 100000

struct _BwCliProgress
{
  BwSession *session;
  BwPort *port;
  gboolean quiet;
  GPtrArray *warnings;
  const char *name; /* of one of several; NULL: it is alone */
  gboolean terminal;
  gboolean line_is_open;
  gint64 next_line_us;

  GMainLoop *loop;
  guint sources[2];
  gboolean until_end;
  gboolean ended;
  gboolean signalled;
};

static void
close_line (BwCliProgress *self)
{
  if (self->line_is_open)
    g_printerr ("\r\033[K");
  self->line_is_open = FALSE;
}

static void
show_frame (BwCliProgress *self,
            const BwFrame *frame)
{
  gint64 now_us = g_get_monotonic_time ();

  if (!self->terminal || frame->epoch == 0 || (now_us < self->next_line_us && !frame->final))
    return;
  self->next_line_us = now_us + LINE_INTERVAL_US;
  self->line_is_open = TRUE;
  g_printerr ("\r\033[K");
  g_printerr (_("%3.0f %%  %-13s wire length %.1f mm, %u overlaps, %u outside"),
              frame->budget > 0 ? MIN (100.0 * frame->iteration / frame->budget, 100.0) : 0.0,
              bw_phase_name (frame->phase), frame->hpwl_mm, frame->overlaps, frame->outside);
}

static gboolean
state_is_end (BwRunState state)
{
  return state == BW_RUN_FINISHED || state == BW_RUN_STOPPED;
}

static void
complain (BwCliProgress *self,
          const char    *message)
{
  g_ptr_array_add (self->warnings, g_strdup (message));
  if (self->quiet)
    return;
  close_line (self);
  if (self->name != NULL)
    bw_cli_complain ("%s: %s", self->name, message);
  else
    bw_cli_complain ("%s", message);
}

static void
on_news (BwPort  *port,
         gpointer user_data)
{
  BwCliProgress *self = user_data;
  g_autoptr (BwFrame) frame = bw_port_take_frame (port);
  BwLogEntry *entry;

  if (frame != NULL)
    show_frame (self, frame);
  while ((entry = bw_port_next_entry (port)) != NULL)
    {
      if (entry->kind == BW_LOG_STATUS &&
          (entry->level == BW_STATUS_WARNING || entry->level == BW_STATUS_ERROR))
        complain (self, entry->message);
      if (entry->kind == BW_LOG_STATE && state_is_end (entry->state))
        self->ended = TRUE;
      bw_log_entry_unref (entry);
    }
  if (self->ended && self->until_end)
    g_main_loop_quit (self->loop);
}

static gboolean
on_signal (gpointer user_data)
{
  BwCliProgress *self = user_data;

  self->signalled = TRUE;
  g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

BwCliProgress *
bw_cli_progress_new (BwSession *session,
                     gboolean   quiet)
{
  BwCliProgress *self = g_new0 (BwCliProgress, 1);

  self->session = g_object_ref (session);
  self->quiet = quiet;
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->terminal = isatty (STDERR_FILENO) == 1;
  self->loop = g_main_loop_new (NULL, FALSE);
  self->port = bw_feed_subscribe (BW_FEED (session), NULL, on_news, self);
  self->sources[0] = g_unix_signal_add (SIGINT, on_signal, self);
  self->sources[1] = g_unix_signal_add (SIGTERM, on_signal, self);
  return self;
}

void
bw_cli_progress_set_name (BwCliProgress *self,
                          const char    *name)
{
  self->name = name;
  self->terminal = FALSE;
}

void
bw_cli_progress_free (BwCliProgress *self)
{
  close_line (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->sources); i++)
    g_source_remove (self->sources[i]);
  bw_port_close (self->port);
  bw_port_unref (self->port);
  g_main_loop_unref (self->loop);
  g_ptr_array_unref (self->warnings);
  g_object_unref (self->session);
  g_free (self);
}

const GPtrArray *
bw_cli_progress_get_warnings (BwCliProgress *self)
{
  return self->warnings;
}

gboolean
bw_cli_progress_wait (BwCliProgress *self,
                      gboolean       until_end)
{
  self->until_end = until_end;
  if (!self->signalled && !(self->ended && until_end))
    g_main_loop_run (self->loop);
  close_line (self);
  return !self->signalled;
}
