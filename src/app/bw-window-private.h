/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window's files share: bw-window.c is the frame, -start offers boards to open, -load
 * loads them, -size remembers how large it is, -file saves and -watch looks whether somebody else
 * does, -export writes pictures, -recovery keeps what is not saved, -parts finds and tells parts,
 * -selection selects them, -hand moves them, -history undoes, -nets weighs nets, -modules puts
 * parts into modules and colours these, -rules asks things of parts, -people shows the others at a
 * shared board, -run controls the run, -trials tries several seeds, -compare shows two moments
 * beside each other, -progress tells how far the run is, -toast puts parts as another placement has
 * them, and tells what was done for a few seconds, -view and -layers choose what is shown. */

#pragma once

#include "app/bw-canvas.h"
#include "app/bw-edit-queue.h"
#include "app/bw-part-popover.h"
#include "app/bw-run-popover.h"
#include "app/bw-selection-popover.h"
#include "app/bw-share-popover.h"
#include "app/bw-side-panel.h"
#include "app/bw-status-bar.h"
#include "app/bw-timeline.h"
#include "app/bw-toast.h"
#include "app/bw-trial-strip.h"
#include "app/bw-view-state.h"
#include "app/bw-window.h"
#include "session/bw-hand-history.h"
#include "session/bw-remaining.h"
#include "session/bw-session.h"

G_BEGIN_DECLS

typedef struct _BwHandState BwHandState;

struct _BwWindow
{
  GtkApplicationWindow parent_instance;

  BwSharing *sharing;
  GFile *file;
  BwBoard *board;
  BwSession *session;
  BwPort *port;             /* for the run log */
  GBytes *file_bytes;       /* what `file` held when it was read or written last */
  GFileMonitor *monitor;    /* of `file`; NULL: nobody can watch it */
  guint settle_id;
  GBytes *declined_bytes;   /* what `file` held when it was asked last whether to reload */
  GFile *save_target;       /* waits for an answer: overwrite? */
  GCancellable *loading;    /* while a board is being loaded */
  gboolean saving;
  GFile *backed_up;         /* what has its backup from this window */
  gboolean despite_lock;    /* saves though KiCad has it open: asked and answered */
  GFile *kept_file;         /* whose unsaved placement is kept aside */
  BwFrame *kept_frame;      /* the one that is kept, or is being written */
  guint keep_timeout_id;
  guint keep_soon_id;
  gboolean others_dragged; /* as people changed last */
  gboolean keeping;
  gboolean keep_again;      /* once that is done: there is something newer */
  BwFrame *recovered;       /* waits for an answer: restore? */
  GFile *recovery_file;     /* waits for an answer: open? */
  gboolean close_after_save;
  gboolean closing;         /* asked and answered */
  guint resized_id;
  gboolean waiting;         /* its run is paused until something is answered */
  gboolean share_when_loaded;
  char *shared_id;          /* the server's id of the session; NULL: it is not shared */
  BwHandState *hand;        /* what is being done by hand; NULL: nothing yet */
  BwHandHistory *history;   /* what was done; NULL: nothing yet */
  int steps_wanted;         /* of the history, once the session is free: back where below 0 */
  BwEditQueue *net_edits;
  BwEditQueue *rule_edits;
  BwEditQueue *setting_edits; /* of modules */
  BwCommandKind wanted;     /* waits for an answer: keep the tracks? */
  gboolean wants_trials;    /* … and this instead of it */
  BwTrials *trials;         /* NULL: none were made, or nobody wants them any more */
  BwFrame *before_trials;
  GPtrArray *marks;         /* (element-type BwFrame): kept for comparing; NULL: none */
  BwFrame *left_frame;      /* what the toast's Undo goes back to */
  gulong frame_handler;     /* on the canvas, while there is a session */
  guint32 log_epoch;        /* the run that the log's last entry was of */
  guint metrics_timeout_id;
  gint64 metrics_shown_us;
  BwRunState last_state;    /* of the run, before the one that is told */
  BwRemaining remaining;

  GtkLabel *title_label;
  GtkLabel *folder_label;
  GtkWidget *run_controls;
  GtkWidget *run_button;
  GtkImage *run_image;
  GtkLabel *run_label;
  GtkWidget *progress_box;
  GtkProgressBar *progress_bar;
  GtkLabel *remaining_label;
  GtkWidget *share_button;
  GtkMenuButton *menu_button;
  BwSharePopover *share_popover;
  GtkMenuButton *run_menu_button;
  BwRunPopover *run_popover;
  GtkInfoBar *error_bar;
  GtkLabel *error_label;
  GtkButton *error_button;
  GtkInfoBar *question_bar;
  GtkLabel *question_label;
  GtkButton *question_button;
  GtkButton *second_button;
  GtkButton *third_button;
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkLabel *loading_label;
  GtkWidget *recent_box;
  GtkListBox *recent_list;
  GtkWidget *examples_box;
  GtkListBox *examples_list;
  GtkWidget *find_bar;
  GtkSearchEntry *find_entry;
  GtkLabel *find_label;
  BwCanvas *canvas;
  GtkPaned *paned;
  GtkWidget *panel_button;
  BwSidePanel *side_panel;
  BwTimeline *timeline;
  BwTrialStrip *trial_strip;
  BwToast *toast;
  BwPartPopover *part_popover; /* NULL until it is asked for; so is the next */
  BwSelectionPopover *selection_popover;
  BwStatusBar *status_bar;
};

/* Shows trouble, with a button for what helps (`action` NULL: none). */
void  bw_window_show_error       (BwWindow     *self,
                                  const char   *message,
                                  const char   *button,
                                  const char   *action);
void  bw_window_hide_error       (BwWindow     *self);

/* Offers something, with the button that does it; `action` NULL: only tells it. */
void  bw_window_ask              (BwWindow     *self,
                                  const char   *message,
                                  const char   *button,
                                  const char   *action);
/* Up to two more choices for what is being asked. */
void  bw_window_ask_more         (BwWindow     *self,
                                  const char   *button,
                                  const char   *action);
/* Whether the question that is shown offers this action first. */
gboolean bw_window_is_asking     (BwWindow     *self,
                                  const char   *action);
void  bw_window_hide_question    (BwWindow     *self);

void  bw_window_set_action_enabled (BwWindow   *self,
                                    const char *action,
                                    gboolean    enabled);

/* Title and actions follow the file, the board and the session. */
void  bw_window_update           (BwWindow     *self);

/* bw-window-size.c: of an application's window; its size is remembered for those to come. */
void  bw_window_init_size        (BwWindow     *self);
/* What was changed just now counts: the window goes. */
void  bw_window_settle_size      (BwWindow     *self);

/* bw-window-file.c */
extern const GActionEntry bw_window_file_actions[];
extern const guint bw_window_n_file_actions;
/* A save came to its end: tells others. */
void  bw_window_emit_saved       (BwWindow     *self,
                                  gboolean      saved);

/* bw-window-load.c */
extern const GActionEntry bw_window_load_actions[];
extern const guint bw_window_n_load_actions;
void  bw_window_drop_board       (BwWindow     *self);
/* What is told of a board that KiCad has open; `owner` is "" where nobody knows who. */
char *bw_window_dup_lock_message (const char   *owner);
/* The board and what lies beside it, in this window; parts that moved lie there as now. Where
 * that fails, all stays as it is. */
void  bw_window_read_again       (BwWindow     *self);

/* bw-window-watch.c */
extern const GActionEntry bw_window_watch_actions[];
extern const guint bw_window_n_watch_actions;
/* From now on asks what to do where the file holds something else than is known. */
void  bw_window_watch_file       (BwWindow     *self);
void  bw_window_unwatch_file     (BwWindow     *self);

/* bw-window-export.c */
extern const GActionEntry bw_window_export_actions[];
extern const guint bw_window_n_export_actions;

/* bw-window-progress.c */
void  bw_window_init_progress    (BwWindow     *self);
void  bw_window_bind_progress    (GtkWidgetClass *widget_class);
void  bw_window_show_progress    (BwWindow     *self,
                                  BwRunState    state,
                                  const BwFrame *frame);
/* A command took effect. */
void  bw_window_note_begin       (BwWindow     *self,
                                  const BwLogEntry *entry);
/* The run has another state: tells the desktop of its end where nobody looks on. */
void  bw_window_note_state       (BwWindow     *self);

/* While seeds are tried; FALSE: they are not. */
gboolean bw_window_show_trial_progress (BwWindow *self);

/* bw-window-trials.c */
void  bw_window_bind_trials      (GtkWidgetClass *widget_class);
void  bw_window_begin_trials     (BwWindow     *self);
void  bw_window_stop_trials      (BwWindow     *self);
void  bw_window_drop_trials      (BwWindow     *self);
gboolean bw_window_is_trying     (BwWindow     *self);

/* bw-window-compare.c */
extern const GActionEntry bw_window_compare_actions[];
extern const guint bw_window_n_compare_actions;
/* Moments that were marked are of a board that is gone. */
void  bw_window_forget_marks     (BwWindow     *self);

/* bw-window-toast.c */
extern const GActionEntry bw_window_toast_actions[];
extern const guint bw_window_n_toast_actions;
void  bw_window_bind_toast       (GtkWidgetClass *widget_class);
/* Puts the parts where the frame has them, and tells that with a way back. FALSE: a run moves
 * them, which is told. */
gboolean bw_window_adopt         (BwWindow     *self,
                                  BwFrame      *frame,
                                  const char   *message);
/* The same once the board is there anew: tells that, with a way back to `frame`, of this board;
 * NULL: there is none. */
void  bw_window_offer_frame      (BwWindow     *self,
                                  BwFrame      *frame,
                                  const char   *message);
/* What it offers to take back is of a board that is gone. */
void  bw_window_hide_toast       (BwWindow     *self);

/* bw-window-recovery.c */
extern const GActionEntry bw_window_recovery_actions[];
extern const guint bw_window_n_recovery_actions;
void  bw_window_update_recovery  (BwWindow     *self);
/* Parts lie elsewhere, and not because a run goes on. */
void  bw_window_keep_soon        (BwWindow     *self);
void  bw_window_drop_recovery    (BwWindow     *self);
void  bw_window_offer_restore    (BwWindow     *self,
                                  BwFrame      *frame,
                                  gint64        time_s);

/* bw-window-hand.c */
extern const GActionEntry bw_window_hand_actions[];
extern const guint bw_window_n_hand_actions;
/* Actions follow the selection and what can be undone. */
void  bw_window_update_hand      (BwWindow     *self);
/* What is being dragged is let go of where it is by now. */
void  bw_window_drop_drag        (BwWindow     *self);
/* The same, and what was done cannot be undone any more. */
void  bw_window_forget_hand      (BwWindow     *self);
/* Puts all parts as the frame has them, with what is held and what is not. FALSE: a run moves them,
 * or an edit is under way. */
gboolean bw_window_put_all       (BwWindow     *self,
                                  BwFrame      *frame);
/* Makes it as it was before the edit, or else as it is after it. */
void  bw_window_put              (BwWindow     *self,
                                  const BwHandEdit *edit,
                                  gboolean      before);
/* A part is in this window's hand. */
gboolean bw_window_is_dragging   (BwWindow     *self);
/* Where the part lies, or was asked to and is on its way. */
BwPose bw_window_get_pose        (BwWindow     *self,
                                  guint32       footprint);
gboolean bw_window_is_held       (BwWindow     *self,
                                  guint32       footprint);
void  bw_window_bind_hand        (GtkWidgetClass *widget_class);
void  bw_hand_state_free         (BwHandState  *state);

/* bw-window-history.c: what can be undone from now on. */
extern const GActionEntry bw_window_history_actions[];
extern const guint bw_window_n_history_actions;
void  bw_window_init_history     (BwWindow     *self);
void  bw_window_remember_edits   (BwWindow     *self,
                                  const BwHandEdit *edits,
                                  guint         n_edits);
void  bw_window_remember_rule    (BwWindow     *self,
                                  const BwRuleEdit *edit);
void  bw_window_remember_setting (BwWindow     *self,
                                  const BwSettingEdit *edit);
/* Before the list has the weight. */
void  bw_window_remember_net     (BwWindow     *self,
                                  guint32       net,
                                  double        weight);
/* A run began, started by `who`; NULL: here. */
void  bw_window_remember_run     (BwWindow     *self,
                                  guint32       epoch,
                                  const char   *who);
/* Parts that lay as in the frame were put as another placement has them. */
void  bw_window_remember_placement (BwWindow   *self,
                                  BwFrame      *before);
/* What the log says that `who` did elsewhere. */
void  bw_window_remember_deed    (BwWindow     *self,
                                  const BwLogEntry *entry,
                                  const char   *who);
/* Nothing was done since the parts lay as in the frame, but for the step that moved them. */
gboolean bw_window_is_before     (BwWindow     *self,
                                  BwFrame      *frame);
/* The session is free, or not any more: what waits to be undone may go on. */
void  bw_window_go_on_stepping   (BwWindow     *self);
/* Actions follow what there is. */
void  bw_window_update_history   (BwWindow     *self);
/* The board was read again, and is the same but for what no edit is about. (transfer full) */
void  bw_window_restore_history  (BwWindow     *self,
                                  BwHandHistory *history);
void  bw_window_forget_history   (BwWindow     *self);

/* bw-window-people.c */
void  bw_window_init_people      (BwWindow     *self);
/* Sharing began or ended. */
void  bw_window_update_people    (BwWindow     *self);
/* Before they are dragged here: nobody else may move them from now on. FALSE: somebody else has
 * one, which is told. */
gboolean bw_window_grab          (BwWindow     *self,
                                  const guint32 *parts,
                                  guint         n);
void  bw_window_let_go           (BwWindow     *self);
/* Whether somebody in a browser drags any part now. */
gboolean bw_window_others_drag   (BwWindow     *self);
/* FALSE: somebody else drags it, which is told. */
gboolean bw_window_may_move      (BwWindow     *self,
                                  guint32       footprint);
/* A command began a run: that can be undone. */
void  bw_window_note_run         (BwWindow     *self,
                                  const BwLogEntry *entry);
/* A command took effect: where somebody else sent it, that is told, and can be undone. */
void  bw_window_note_deed        (BwWindow     *self,
                                  const BwLogEntry *entry);

/* bw-window-parts.c */
extern const GActionEntry bw_window_part_actions[];
extern const guint bw_window_n_part_actions;
void  bw_window_bind_parts       (GtkWidgetClass *widget_class);
/* Why the board cannot be read again now; NULL: it can. */
const char *bw_window_why_not_read_again (BwWindow *self);
/* Nothing is selected, found or told of any more: the board is another, or gone. */
void  bw_window_forget_parts     (BwWindow     *self);

/* bw-window-selection.c */
extern const GActionEntry bw_window_selection_actions[];
extern const guint bw_window_n_selection_actions;
/* Actions follow what is selected, and the run. */
void  bw_window_update_selection (BwWindow     *self);
/* The properties of several parts. */
void  bw_window_show_selection   (BwWindow     *self);

/* bw-window-nets.c: how much nets count. */
extern const GActionEntry bw_window_net_actions[];
extern const guint bw_window_n_net_actions;
void  bw_window_init_nets        (BwWindow     *self);
void  bw_window_show_net_weights (BwWindow     *self);
/* For the run, and in the settings. */
void  bw_window_weigh_net        (BwWindow     *self,
                                  guint32       net,
                                  double        weight);
/* A command took effect. */
void  bw_window_note_weight      (BwWindow     *self,
                                  const BwCommand *command);

/* bw-window-modules.c: which module a part is in, and their colours. */
extern const GActionEntry bw_window_module_actions[];
extern const guint bw_window_n_module_actions;
void  bw_window_init_modules     (BwWindow     *self);
/* "": where the board has it. */
void  bw_window_choose_module    (BwWindow     *self,
                                  guint32       footprint,
                                  const char   *module);
/* Why that cannot be undone or done again now; NULL: it can. */
const char *bw_window_why_not_redo_setting (BwWindow *self,
                                            const BwSettingEdit *edit);
/* Makes it as it was before the edit, or else as it is after it. */
void  bw_window_redo_setting     (BwWindow     *self,
                                  const BwSettingEdit *edit,
                                  gboolean      before);

/* bw-window-rules.c: what is asked of the parts. */
extern const GActionEntry bw_window_rule_actions[];
extern const guint bw_window_n_rule_actions;
void  bw_window_init_rules       (BwWindow     *self);
void  bw_window_bind_rules       (GtkWidgetClass *widget_class);
/* As the session has them, or none. */
void  bw_window_show_rules       (BwWindow     *self);
/* Where they want what is selected. */
void  bw_window_mark_rules       (BwWindow     *self);
/* Those about the selection, a line each. (transfer full) */
char *bw_window_dup_rules        (BwWindow     *self);
/* Makes it as it was before the edit, or else as it is after it. */
void  bw_window_redo_rule        (BwWindow     *self,
                                  const BwRuleEdit *edit,
                                  gboolean      before);

/* bw-window-view.c: what is shown, and beside it. */
extern const GActionEntry bw_window_view_actions[];
extern const guint bw_window_n_view_actions;
void  bw_window_bind_view        (GtkWidgetClass *widget_class);
void  bw_window_init_view        (BwWindow     *self);
/* Actions follow whether there is a board. */
void  bw_window_update_view      (BwWindow     *self);
void  bw_window_remember_view    (BwWindow     *self);
/* How the board is looked at now, and back to that; NULL changes nothing. */
BwViewState *bw_window_dup_view  (BwWindow     *self);
void  bw_window_restore_view     (BwWindow     *self,
                                  const BwViewState *view);

/* bw-window-layers.c: which layers are shown. */
extern const GActionEntry bw_window_layer_actions[];
extern const guint bw_window_n_layer_actions;
/* As they were when somebody chose last. */
void  bw_window_init_layers      (BwWindow     *self);
/* Those that are shown, by their names in the settings; set without changing these. */
GStrv bw_window_dup_layers       (BwWindow     *self);
void  bw_window_set_layers       (BwWindow     *self,
                                  const char *const *names);
/* Actions follow whether there is a board. */
void  bw_window_update_layers    (BwWindow     *self);

/* bw-window-start.c */
/* What the page of a window without a board offers to open. */
void  bw_window_fill_start       (BwWindow     *self);
void  bw_window_bind_start       (GtkWidgetClass *widget_class);

/* bw-window-run.c */
extern const GActionEntry bw_window_run_actions[];
extern const guint bw_window_n_run_actions;
void  bw_window_attach_session   (BwWindow     *self);
void  bw_window_detach_session   (BwWindow     *self);
void  bw_window_update_run       (BwWindow     *self);
/* Begins a run that moves parts, of the selection `only` where that is wished, unless tracks would
 * be left behind: then it is asked first. */
void  bw_window_submit_move      (BwWindow     *self,
                                  BwCommandKind kind,
                                  gboolean      only);
void  bw_window_bind_run         (GtkWidgetClass *widget_class);

G_END_DECLS
