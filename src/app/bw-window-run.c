/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>

/* Numbers that change faster than this cannot be read. */
#define METRICS_INTERVAL_MS 80

static void
submit (BwWindow     *self,
        BwCommandKind kind)
{
  BwCommand command = { kind, BW_ORIGIN_WINDOW };

  bw_session_submit (self->session, &command);
}

static void
submit_wanted (BwWindow *self)
{
  if (self->wants_trials)
    bw_window_begin_trials (self);
  else
    submit (self, self->wanted);
}

static gboolean *
dup_selected (BwWindow *self)
{
  const BwSelection *selection = bw_canvas_get_selection (self->canvas);
  gboolean *flags = g_new (gboolean, selection->n_parts + 1);

  for (guint i = 0; i < selection->n_parts; i++)
    flags[i] = selection->flags[i];
  return flags;
}

/* Does what was wanted and moves parts, unless tracks would be left behind: then it is asked
 * first. */
static void
ask_for_tracks (BwWindow *self,
                gboolean  only)
{
  g_autofree gboolean *flags = only ? dup_selected (self) : NULL;
  guint n_nets = 0;
  guint n_tracks = 0;
  g_autofree char *tracks = NULL;
  g_autofree char *nets = NULL;
  g_autofree char *message = NULL;

  bw_window_hide_error (self);
  bw_window_hide_question (self);
  bw_session_set_only (self->session, flags);
  if (bw_session_get_options (self->session)->tracks == BW_TRACKS_REFUSE)
    n_tracks = bw_session_count_stale_tracks (self->session, &n_nets);
  if (n_tracks == 0)
    {
      submit_wanted (self);
      return;
    }
  tracks = g_strdup_printf (ngettext ("%u track", "%u tracks", n_tracks), n_tracks);
  nets = g_strdup_printf (ngettext ("%u net", "%u nets", n_nets), n_nets);
  /* Translators: "12 tracks" and "3 nets". */
  message = g_strdup_printf (_("%s on %s would stay where they are while their parts move away."),
                             tracks, nets);
  bw_window_ask (self, message,
                 self->wanted == BW_COMMAND_UNTANGLE ? _("Keep Tracks and Untangle")
                                                     : _("Keep Tracks and Start"),
                 "win.keep-tracks");
  bw_window_ask_more (self, _("Remove Tracks"), "win.rip-up-tracks");
  bw_window_ask_more (self, _("Lock Routed Parts"), "win.lock-routed");
}

void
bw_window_submit_move (BwWindow     *self,
                       BwCommandKind kind,
                       gboolean      only)
{
  self->wanted = kind;
  self->wants_trials = FALSE;
  ask_for_tracks (self, only);
}

static void
on_run (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  BwWindow *self = user_data;

  switch (bw_session_get_state (self->session))
    {
    case BW_RUN_RUNNING:
      submit (self, BW_COMMAND_PAUSE);
      break;
    case BW_RUN_PAUSED:
      submit (self, BW_COMMAND_RESUME);
      break;
    case BW_RUN_IDLE:
    case BW_RUN_STOPPED:
    case BW_RUN_FINISHED:
    default:
      bw_window_submit_move (self, BW_COMMAND_START, FALSE);
    }
}

static void
on_start (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  bw_window_submit_move (user_data, BW_COMMAND_START, FALSE);
}

static void
on_step (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  bw_window_submit_move (user_data, BW_COMMAND_STEP, FALSE);
}

static void
on_stop (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;

  if (bw_window_is_trying (self))
    bw_window_stop_trials (self);
  else
    submit (self, BW_COMMAND_STOP);
}

static void
on_restart (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  bw_window_submit_move (user_data, BW_COMMAND_RESTART, FALSE);
}

static void
on_untangle (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  bw_window_submit_move (user_data, BW_COMMAND_UNTANGLE, FALSE);
}

static void
on_try_seeds (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  BwWindow *self = user_data;

  self->wanted = BW_COMMAND_START;
  self->wants_trials = TRUE;
  ask_for_tracks (self, FALSE);
}

static void
choose_tracks (BwWindow *self,
               BwTracks  tracks)
{
  BwRunOptions options = *bw_session_get_options (self->session);

  options.tracks = tracks;
  bw_session_set_options (self->session, &options);
  bw_window_hide_question (self);
  submit_wanted (self);
}

static void
on_keep_tracks (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  choose_tracks (user_data, BW_TRACKS_KEEP);
}

static void
on_rip_up_tracks (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  choose_tracks (user_data, BW_TRACKS_RIP_UP);
}

static void
on_lock_routed (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  choose_tracks (user_data, BW_TRACKS_LOCK);
}

static void
refuse_state (GSimpleAction *action,
              GVariant      *value,
              gpointer       user_data)
{
}

static void
show_metrics (BwWindow *self)
{
  BwFrame *frame = bw_canvas_get_frame (self->canvas);
  BwRunState state;

  if (!frame || !self->session)
    return;
  state = bw_session_get_state (self->session);
  /* A frame of the past is of a run that was under way then, or was to begin. */
  if (bw_canvas_get_past (self->canvas))
    state = frame->epoch == bw_session_get_frame (self->session)->epoch ? BW_RUN_RUNNING
                                                                        : BW_RUN_IDLE;
  bw_status_bar_show (self->status_bar, state, frame,
                      bw_feed_get_board (BW_FEED (self->session)));
  bw_window_show_progress (self, bw_session_get_state (self->session), frame);
  self->metrics_shown_us = g_get_monotonic_time ();
}

static gboolean
on_metrics_timeout (gpointer user_data)
{
  BwWindow *self = user_data;

  self->metrics_timeout_id = 0;
  show_metrics (self);
  return G_SOURCE_REMOVE;
}

/* At once where the last is old enough; else a little later, so that the last of a burst is never
 * lost. */
static void
on_frame (BwWindow *self)
{
  gint64 age_ms = (g_get_monotonic_time () - self->metrics_shown_us) / 1000;

  if (self->metrics_timeout_id)
    return;
  if (age_ms >= METRICS_INTERVAL_MS)
    show_metrics (self);
  else
    self->metrics_timeout_id = g_timeout_add ((guint) (METRICS_INTERVAL_MS - age_ms),
                                              on_metrics_timeout, self);
}

static void
show_run_button (BwWindow   *self,
                 const char *label,
                 const char *icon,
                 gboolean    suggested)
{
  gtk_label_set_text (self->run_label, label);
  gtk_image_set_from_icon_name (self->run_image, icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->run_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (suggested)
    gtk_widget_add_css_class (self->run_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->run_button, "suggested-action");
}

static void
show_run_state (BwWindow   *self,
                const char *name)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "run-state");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (name));
}

static gboolean
is_under_way (BwWindow *self)
{
  BwRunState state = self->session ? bw_session_get_state (self->session) : BW_RUN_IDLE;

  return state == BW_RUN_RUNNING || state == BW_RUN_PAUSED;
}

void
bw_window_update_run (BwWindow *self)
{
  BwRunState state = self->session ? bw_session_get_state (self->session) : BW_RUN_IDLE;
  gboolean active = is_under_way (self);
  gboolean trying = bw_window_is_trying (self);
  gboolean free = self->session && !active && !trying;

  if (state == BW_RUN_RUNNING)
    show_run_button (self, _("Pause"), "media-playback-pause-symbolic", FALSE);
  else if (state == BW_RUN_PAUSED)
    show_run_button (self, _("Resume"), "media-playback-start-symbolic", TRUE);
  else
    show_run_button (self, _("Start"), "media-playback-start-symbolic", TRUE);
  bw_window_set_action_enabled (self, "run", self->session != NULL && !trying);
  bw_window_set_action_enabled (self, "step", self->session && state != BW_RUN_RUNNING && !trying);
  bw_window_set_action_enabled (self, "stop", active || trying);
  bw_window_set_action_enabled (self, "restart", self->session && !trying);
  bw_window_set_action_enabled (self, "untangle", free);
  bw_window_set_action_enabled (self, "start", free);
  bw_window_set_action_enabled (self, "try-seeds", free);
  bw_window_set_action_enabled (self, "run-options", self->session != NULL);
  bw_window_set_action_enabled (self, "keep-tracks", self->session != NULL);
  bw_window_update_selection (self);
  bw_window_update_history (self);
  show_metrics (self);
  show_run_state (self, self->session ? bw_run_state_name (state) : "none");
}

static void
on_state (BwWindow *self)
{
  if (bw_session_get_state (self->session) == BW_RUN_RUNNING)
    bw_window_hide_question (self);
  bw_window_note_state (self);
  /* Whoever starts the next one, here or elsewhere, means the whole board unless told. */
  if (!is_under_way (self))
    bw_session_set_only (self->session, NULL);
  bw_window_keep_soon (self);
  bw_window_update_run (self);
}

static void
on_can_untangle (BwWindow *self)
{
  BwFrame *frame = bw_session_get_frame (self->session);
  g_autofree char *message = NULL;

  bw_window_update_run (self);
  if (!bw_session_get_can_untangle (self->session))
    {
      /* Somebody has put it right by hand. */
      if (bw_window_is_asking (self, "win.untangle"))
        bw_window_hide_question (self);
      return;
    }
  if (frame->overlaps > 0)
    message = g_strdup_printf (ngettext ("%u pair of parts still overlaps.",
                                         "%u pairs of parts still overlap.", frame->overlaps),
                               frame->overlaps);
  else
    message = g_strdup_printf (ngettext ("%u part is outside the board or its region.",
                                         "%u parts are outside the board or their regions.",
                                         frame->outside), frame->outside);
  bw_window_ask (self, message, _("Untangle"), "win.untangle");
}

static void
on_log (BwPort  *port,
        gpointer user_data)
{
  BwWindow *self = user_data;
  BwLogEntry *entry;

  while ((entry = bw_port_next_entry (port)))
    {
      if (entry->epoch != self->log_epoch)
        bw_status_bar_forget_run (self->status_bar);
      if (entry->kind == BW_LOG_COMMAND)
        {
          if (entry->epoch != self->log_epoch)
            bw_window_note_run (self, entry);
          bw_window_note_begin (self, entry);
          bw_window_note_deed (self, entry);
          bw_weight_list_follow (bw_side_panel_get_weights (self->side_panel), &entry->command);
          bw_window_note_weight (self, &entry->command);
        }
      self->log_epoch = entry->epoch;
      /* It forgets what was put somewhere by hand. */
      if (entry->kind == BW_LOG_COMMAND && entry->command.kind == BW_COMMAND_RESTART)
        bw_window_drop_drag (self);
      if (entry->kind == BW_LOG_STATUS && entry->level == BW_STATUS_ERROR)
        bw_window_show_error (self, entry->message, NULL, NULL);
      else if (entry->kind == BW_LOG_STATUS && entry->level == BW_STATUS_WARNING)
        bw_status_bar_add_notice (self->status_bar, entry->message, TRUE);
      bw_log_entry_unref (entry);
    }
}

static void
on_run_options_changed (BwWindow *self)
{
  BwRunOptions options;

  if (!self->session)
    return;
  options = *bw_session_get_options (self->session);
  bw_run_popover_fill (self->run_popover, &options);
  bw_session_set_options (self->session, &options);
}

static void
on_run_options (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  gtk_menu_button_popup (BW_WINDOW (user_data)->run_menu_button);
}

void
bw_window_bind_run (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BwWindow, run_menu_button);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, run_popover);
  gtk_widget_class_bind_template_callback (widget_class, on_run_options_changed);
}

static void
add_notices (BwWindow          *self,
             const char *const *notes)
{
  for (gsize i = 0; notes[i]; i++)
    bw_status_bar_add_notice (self->status_bar, notes[i], FALSE);
}

void
bw_window_attach_session (BwWindow *self)
{
  const BwConstraints *constraints = bw_session_get_constraints (self->session);
  BwFeed *feed = BW_FEED (self->session);
  g_autofree char *name = bw_window_dup_name (self);

  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (on_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::can-untangle", G_CALLBACK (on_can_untangle),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::modified", G_CALLBACK (bw_window_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::modified",
                           G_CALLBACK (bw_window_update_recovery), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::busy", G_CALLBACK (bw_window_go_on_stepping),
                           self, G_CONNECT_SWAPPED);
  self->frame_handler = g_signal_connect_object (self->canvas, "notify::frame",
                                                 G_CALLBACK (on_frame), self, G_CONNECT_SWAPPED);
  on_run_options_changed (self);
  bw_window_forget_parts (self);
  bw_side_panel_set_board (self->side_panel, self->board);
  bw_weight_list_set_session (bw_side_panel_get_weights (self->side_panel), self->session);
  bw_window_show_net_weights (self);
  bw_window_show_rules (self);
  bw_session_keep_history (self->session);
  bw_timeline_set_history (self->timeline, bw_session_get_history (self->session));
  bw_status_bar_reset (self->status_bar, bw_board_hpwl_mm (self->board, NULL));
  add_notices (self, self->board->notes);
  if (constraints)
    add_notices (self, constraints->notes);
  self->remaining = (BwRemaining) { 0 };
  self->log_epoch = 0;
  self->port = bw_feed_subscribe (feed, NULL, on_log, self);
  bw_share_popover_set_feed (self->share_popover, self->sharing, feed, name);
}

/* May come again when the window is disposed of once more: its children are gone by then. */
void
bw_window_detach_session (BwWindow *self)
{
  if (!self->session)
    return;
  g_clear_handle_id (&self->metrics_timeout_id, g_source_remove);
  bw_window_drop_trials (self);
  bw_window_hide_toast (self);
  bw_port_close (self->port);
  g_clear_pointer (&self->port, bw_port_unref);
  bw_share_popover_set_feed (self->share_popover, self->sharing, NULL, NULL);
  bw_window_forget_parts (self);
  bw_side_panel_set_board (self->side_panel, NULL);
  bw_weight_list_set_session (bw_side_panel_get_weights (self->side_panel), NULL);
  bw_timeline_set_history (self->timeline, NULL);
  g_clear_signal_handler (&self->frame_handler, self->canvas);
  g_signal_handlers_disconnect_by_data (self->session, self);
  bw_session_shut_down (self->session);
  g_clear_object (&self->session);
  bw_window_show_rules (self);
}

const GActionEntry bw_window_run_actions[] = {
  { .name = "run", .activate = on_run },
  { .name = "start", .activate = on_start },
  { .name = "step", .activate = on_step },
  { .name = "stop", .activate = on_stop },
  { .name = "restart", .activate = on_restart },
  { .name = "untangle", .activate = on_untangle },
  { .name = "try-seeds", .activate = on_try_seeds },
  { .name = "run-options", .activate = on_run_options },
  { .name = "keep-tracks", .activate = on_keep_tracks },
  { .name = "rip-up-tracks", .activate = on_rip_up_tracks },
  { .name = "lock-routed", .activate = on_lock_routed },
  /* Whoever drives the window from outside, by D-Bus, sees by its state how far the run is. */
  { .name = "run-state", .state = "'none'", .change_state = refuse_state },
};
const guint bw_window_n_run_actions = G_N_ELEMENTS (bw_window_run_actions);
