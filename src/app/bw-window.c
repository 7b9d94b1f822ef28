/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>

#include "app/bw-closing.h"
#include "app/bw-wrap-layout.h"

G_DEFINE_FINAL_TYPE (BwWindow, bw_window, GTK_TYPE_APPLICATION_WINDOW)

static guint save_ended_signal;

static void
set_choice (GtkButton  *button,
            const char *label,
            const char *action)
{
  gtk_widget_set_visible (GTK_WIDGET (button), action != NULL);
  gtk_button_set_label (button, label ? label : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

/* One that is only not revealed is still there for a screen reader. */
static void
set_revealed (GtkInfoBar *bar,
              gboolean    revealed)
{
  gtk_widget_set_visible (GTK_WIDGET (bar), revealed);
  gtk_info_bar_set_revealed (bar, revealed);
}

void
bw_window_show_error (BwWindow   *self,
                      const char *message,
                      const char *button,
                      const char *action)
{
  gtk_label_set_text (self->error_label, message);
  set_choice (self->error_button, button, action);
  set_revealed (self->error_bar, TRUE);
}

void
bw_window_hide_error (BwWindow *self)
{
  set_revealed (self->error_bar, FALSE);
}

void
bw_window_ask (BwWindow   *self,
               const char *message,
               const char *button,
               const char *action)
{
  gtk_label_set_text (self->question_label, message);
  set_choice (self->question_button, button, action);
  gtk_widget_remove_css_class (GTK_WIDGET (self->question_button), "suggested-action");
  set_choice (self->second_button, NULL, NULL);
  set_choice (self->third_button, NULL, NULL);
  set_revealed (self->question_bar, TRUE);
}

void
bw_window_ask_more (BwWindow   *self,
                    const char *button,
                    const char *action)
{
  gboolean second = !gtk_widget_get_visible (GTK_WIDGET (self->second_button));
  GtkButton *free_button = second ? self->second_button : self->third_button;

  set_choice (free_button, button, action);
  /* Among several the first is what most want. */
  gtk_widget_add_css_class (GTK_WIDGET (self->question_button), "suggested-action");
}

gboolean
bw_window_is_asking (BwWindow   *self,
                     const char *action)
{
  return gtk_info_bar_get_revealed (self->question_bar)
         && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (self->question_button)),
                       action) == 0;
}

void
bw_window_hide_question (BwWindow *self)
{
  set_revealed (self->question_bar, FALSE);
}

static void
on_bar_response (GtkInfoBar *bar,
                 int         response,
                 gpointer    user_data)
{
  BwWindow *self = user_data;

  if (response != GTK_RESPONSE_CLOSE)
    return;
  set_revealed (bar, FALSE);
  /* An answer, too: what was left unsaved is not wanted. */
  if (bar == self->question_bar)
    g_clear_pointer (&self->recovered, bw_frame_unref);
}

void
bw_window_set_action_enabled (BwWindow   *self,
                              const char *action,
                              gboolean    enabled)
{
  GAction *found = g_action_map_lookup_action (G_ACTION_MAP (self), action);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (found), enabled);
}

static void
update_title (BwWindow *self)
{
  g_autofree char *name = bw_window_dup_name (self);
  g_autofree char *shown = name ? g_filename_display_name (name) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *folder_name = NULL;
  gboolean modified = self->session && bw_session_get_modified (self->session);

  if (self->file)
    {
      g_autoptr (GFile) folder = g_file_get_parent (self->file);
      g_autofree char *parse_name = folder ? g_file_get_parse_name (folder) : NULL;
      const char *home = g_get_home_dir ();

      if (parse_name && g_str_has_prefix (parse_name, home))
        folder_name = g_strconcat ("~", parse_name + strlen (home), NULL);
      else
        folder_name = g_steal_pointer (&parse_name);
      title = g_strdup_printf ("%s%s", modified ? "• " : "", shown);
    }
  gtk_label_set_text (self->title_label, title ? title : _("Boardwalk"));
  gtk_label_set_text (self->folder_label, folder_name ? folder_name : "");
  gtk_widget_set_visible (GTK_WIDGET (self->folder_label), folder_name != NULL);
  gtk_window_set_title (GTK_WINDOW (self), title ? title : _("Boardwalk"));
}

void
bw_window_update (BwWindow *self)
{
  gboolean loaded = self->session != NULL;

  update_title (self);
  gtk_widget_set_visible (self->run_controls, loaded);
  gtk_widget_set_visible (self->share_button, loaded);
  bw_window_update_view (self);
  bw_window_set_action_enabled (self, "share", loaded);
  bw_window_set_action_enabled (self, "save", loaded && !self->saving
                                                && bw_session_get_modified (self->session));
  bw_window_set_action_enabled (self, "save-as", loaded && !self->saving);
  bw_window_set_action_enabled (self, "overwrite", loaded && !self->saving);
  bw_window_set_action_enabled (self, "save-anew", loaded && !self->saving);
  bw_window_set_action_enabled (self, "cancel-load", self->loading != NULL);
  bw_window_set_action_enabled (self, "find", loaded);
  bw_window_set_action_enabled (self, "export", loaded);
  bw_window_set_action_enabled (self, "mark", loaded);
  bw_window_set_action_enabled (self, "compare", loaded);
}

static void
on_share (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  BwWindow *self = user_data;

  gtk_menu_button_popup (GTK_MENU_BUTTON (self->share_button));
}

static const GActionEntry entries[] = {
  { .name = "share", .activate = on_share },
};

static void
on_shared_changed (BwSharePopover *popover,
                   GParamSpec     *pspec,
                   gpointer        user_data)
{
  BwWindow *self = user_data;

  if (bw_share_popover_get_shared (popover))
    gtk_widget_add_css_class (self->share_button, "sharing");
  else
    gtk_widget_remove_css_class (self->share_button, "sharing");
  bw_window_update_people (self);
}

void
bw_window_share (BwWindow *self)
{
  g_return_if_fail (BW_IS_WINDOW (self));

  self->share_when_loaded = self->session == NULL;
  if (!self->session)
    return;
  bw_share_popover_set_shared (self->share_popover, TRUE);
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->share_button));
}

static gboolean
on_drop (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  GtkApplication *application = gtk_window_get_application (user_data);
  GSList *list = g_value_get_boxed (value);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (GSList *item = list; item; item = item->next)
    g_ptr_array_add (files, item->data);
  if (files->len == 0)
    return FALSE;
  g_application_open (G_APPLICATION (application), (GFile **) files->pdata, (int) files->len, "");
  return TRUE;
}

void
bw_window_emit_saved (BwWindow *self,
                      gboolean  saved)
{
  g_signal_emit (self, save_ended_signal, 0, saved);
}

gboolean
bw_window_has_changes (BwWindow *self)
{
  g_return_val_if_fail (BW_IS_WINDOW (self), FALSE);

  return self->session && bw_session_get_modified (self->session);
}

void
bw_window_wait (BwWindow *self)
{
  g_return_if_fail (BW_IS_WINDOW (self));

  if (!self->session || bw_session_get_state (self->session) != BW_RUN_RUNNING)
    return;
  bw_session_submit (self->session, &(BwCommand) { BW_COMMAND_PAUSE, BW_ORIGIN_WINDOW });
  self->waiting = TRUE;
}

void
bw_window_go_on (BwWindow *self)
{
  g_return_if_fail (BW_IS_WINDOW (self));

  if (self->waiting && self->session)
    bw_session_submit (self->session, &(BwCommand) { BW_COMMAND_RESUME, BW_ORIGIN_WINDOW });
  self->waiting = FALSE;
}

void
bw_window_give_up_changes (BwWindow *self)
{
  g_return_if_fail (BW_IS_WINDOW (self));

  self->closing = TRUE;
}

static gboolean
bw_window_close_request (GtkWindow *window)
{
  BwWindow *self = BW_WINDOW (window);

  if (self->saving)
    {
      self->close_after_save = TRUE;
      return GDK_EVENT_STOP;
    }
  if (!self->closing && bw_window_has_changes (self))
    {
      bw_closing_begin (window, &(GList) { .data = self });
      return GDK_EVENT_STOP;
    }
  self->closing = TRUE;
  bw_window_settle_size (self);
  bw_window_remember_view (self);
  return GTK_WINDOW_CLASS (bw_window_parent_class)->close_request (window);
}

static void
bw_window_dispose (GObject *object)
{
  BwWindow *self = BW_WINDOW (object);

  g_clear_handle_id (&self->resized_id, g_source_remove);
  bw_window_drop_board (self);
  g_clear_pointer (&self->hand, bw_hand_state_free);
  g_clear_pointer (&self->history, bw_hand_history_free);
  g_clear_object (&self->sharing);
  g_clear_pointer (&self->shared_id, g_free);
  G_OBJECT_CLASS (bw_window_parent_class)->dispose (object);
}

static void
bw_window_finalize (GObject *object)
{
  BwWindow *self = BW_WINDOW (object);

  bw_edit_queue_free (self->net_edits);
  bw_edit_queue_free (self->rule_edits);
  bw_edit_queue_free (self->setting_edits);
  G_OBJECT_CLASS (bw_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/boardwalk_pcb/Boardwalk/window.ui");
  gtk_widget_class_bind_template_child (widget_class, BwWindow, title_label);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, folder_label);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, run_controls);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, run_button);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, run_image);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, run_label);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, share_button);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, share_popover);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, error_bar);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, error_label);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, error_button);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, question_bar);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, question_label);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, question_button);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, second_button);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, third_button);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, loading_label);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, canvas);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, status_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_bar_response);
  gtk_widget_class_bind_template_callback (widget_class, on_shared_changed);
}

static void
bw_window_class_init (BwWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bw_window_dispose;
  object_class->finalize = bw_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = bw_window_close_request;

  save_ended_signal = g_signal_new ("save-ended", BW_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (BW_TYPE_CANVAS);
  g_type_ensure (BW_TYPE_RUN_POPOVER);
  g_type_ensure (BW_TYPE_SHARE_POPOVER);
  g_type_ensure (BW_TYPE_SIDE_PANEL);
  g_type_ensure (BW_TYPE_STATUS_BAR);
  g_type_ensure (BW_TYPE_TIMELINE);
  g_type_ensure (BW_TYPE_TOAST);
  g_type_ensure (BW_TYPE_TRIAL_STRIP);
  g_type_ensure (BW_TYPE_WRAP_LAYOUT);
  bind_template (GTK_WIDGET_CLASS (klass));
  bw_window_bind_progress (GTK_WIDGET_CLASS (klass));
  bw_window_bind_parts (GTK_WIDGET_CLASS (klass));
  bw_window_bind_hand (GTK_WIDGET_CLASS (klass));
  bw_window_bind_rules (GTK_WIDGET_CLASS (klass));
  bw_window_bind_run (GTK_WIDGET_CLASS (klass));
  bw_window_bind_start (GTK_WIDGET_CLASS (klass));
  bw_window_bind_toast (GTK_WIDGET_CLASS (klass));
  bw_window_bind_trials (GTK_WIDGET_CLASS (klass));
  bw_window_bind_view (GTK_WIDGET_CLASS (klass));
}

static void
add_actions (BwWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_view_actions,
                                   (int) bw_window_n_view_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_layer_actions,
                                   (int) bw_window_n_layer_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_file_actions,
                                   (int) bw_window_n_file_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_load_actions,
                                   (int) bw_window_n_load_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_watch_actions,
                                   (int) bw_window_n_watch_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_compare_actions,
                                   (int) bw_window_n_compare_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_export_actions,
                                   (int) bw_window_n_export_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_recovery_actions,
                                   (int) bw_window_n_recovery_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_hand_actions,
                                   (int) bw_window_n_hand_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_history_actions,
                                   (int) bw_window_n_history_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_part_actions,
                                   (int) bw_window_n_part_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_selection_actions,
                                   (int) bw_window_n_selection_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_toast_actions,
                                   (int) bw_window_n_toast_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_net_actions,
                                   (int) bw_window_n_net_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_module_actions,
                                   (int) bw_window_n_module_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_rule_actions,
                                   (int) bw_window_n_rule_actions, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), bw_window_run_actions,
                                   (int) bw_window_n_run_actions, self);
}

/* An item of a submenu takes the focus with it into the closed menu, where keys are lost. */
static void
on_menu_closed (GtkPopover *menu,
                gpointer    user_data)
{
  BwWindow *self = user_data;

  if (!gtk_widget_grab_focus (GTK_WIDGET (self->canvas)))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

/* To a screen reader GTK's own is an image. */
static void
name_close_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "close"))
    {
      gtk_widget_set_tooltip_text (widget, _("Close"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Close"), -1);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    name_close_button (child);
}

static void
bw_window_init (BwWindow *self)
{
  GtkDropTarget *drop;

  gtk_widget_init_template (GTK_WIDGET (self));
  name_close_button (GTK_WIDGET (self->error_bar));
  name_close_button (GTK_WIDGET (self->question_bar));
  add_actions (self);
  bw_window_init_view (self);
  bw_window_init_progress (self);
  bw_window_update (self);
  bw_window_update_run (self);

  g_signal_connect (gtk_menu_button_get_popover (self->menu_button), "closed",
                    G_CALLBACK (on_menu_closed), self);

  drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), GTK_EVENT_CONTROLLER (drop));

  bw_window_fill_start (self);
}

BwWindow *
bw_window_new (GtkApplication *application,
               BwSharing      *sharing)
{
  BwWindow *self = g_object_new (BW_TYPE_WINDOW, "application", application, NULL);

  self->sharing = g_object_ref (sharing);
  bw_window_init_size (self);
  bw_window_init_people (self);
  bw_window_init_modules (self);
  bw_window_init_nets (self);
  bw_window_init_rules (self);
  bw_window_init_history (self);
  return self;
}

GFile *
bw_window_get_file (BwWindow *self)
{
  g_return_val_if_fail (BW_IS_WINDOW (self), NULL);

  return self->file;
}

gboolean
bw_window_is_vacant (BwWindow *self)
{
  g_return_val_if_fail (BW_IS_WINDOW (self), FALSE);

  return !self->session && !self->loading && !self->closing;
}
