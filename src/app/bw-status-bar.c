/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-status-bar.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/bw-phase-text.h"

/* A broken file can have as many as it has lines. */
#define N_NOTICES_MAX 200

/* Long enough to look and read. */
#define NEWS_S 8

/* Of a line. Wider ones wrap, and make the list as high as it says it is. */
#define N_NOTICE_CHARS 60

struct _BwStatusBar
{
  GtkWidget parent_instance;

  BwFrame *frame;        /* the one whose numbers are shown */
  double start_hpwl_mm;
  guint n_notices;
  guint news_timeout_id;

  GtkLabel *state_label;
  GtkLabel *news_label;
  GtkMenuButton *notice_button;
  GtkLabel *notice_label;
  GtkListBox *notice_list;
  GtkLabel *iteration_label;
  GtkLabel *hpwl_label;
  GtkLabel *overlaps_label;
  GtkLabel *outside_label;
  GtkLabel *move_label;
  GtkLabel *energy_label;
};

G_DEFINE_FINAL_TYPE (BwStatusBar, bw_status_bar, GTK_TYPE_WIDGET)

/* How a run ended that is legal but for parts that nothing moves. NULL: it did not end so. */
static char *
describe_clash (BwRunState     state,
                const BwFrame *frame,
                const BwBoard *board)
{
  guint n;
  g_autofree char *names = bw_frame_dup_clashing (frame, board, &n);
  const char *format;

  if (n == 0 || !bw_frame_is_legal (frame) ||
      (state != BW_RUN_STOPPED && state != BW_RUN_FINISHED))
    return NULL;
  /* Translators: parts that are held overlap one another; then come their names. */
  format = state == BW_RUN_STOPPED
             ? ngettext ("Stopped, Legal, but %u held part is in conflict: %s",
                         "Stopped, Legal, but %u held parts are in conflict: %s", n)
             : ngettext ("Finished, Legal, but %u held part is in conflict: %s",
                         "Finished, Legal, but %u held parts are in conflict: %s", n);
  return g_strdup_printf (format, n, names);
}

static char *
describe_state (BwRunState     state,
                const BwFrame *frame)
{
  gboolean legal = bw_frame_is_legal (frame);

  switch (state)
    {
    case BW_RUN_RUNNING:
      return g_strdup (bw_phase_text (frame->phase));
    case BW_RUN_PAUSED:
      /* Translators: the phase of the run, such as "Annealing". */
      return g_strdup_printf (_("%s, Paused"), bw_phase_text (frame->phase));
    case BW_RUN_STOPPED:
      return g_strdup (legal ? _("Stopped, Legal") : _("Stopped, Not Legal"));
    case BW_RUN_FINISHED:
      return g_strdup (legal ? _("Finished, Legal") : _("Finished, Not Legal"));
    case BW_RUN_IDLE:
    default:
      return g_strdup (_("Ready"));
    }
}

/* A label's text costs a layout; most numbers stay the same most of the time. */
static void
set_text (GtkLabel   *label,
          const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static void
set_number (GtkLabel   *label,
            const char *format,
            double      value)
{
  g_autofree char *text = NULL;

  if (isfinite (value))
    text = g_strdup_printf (format, value);
  set_text (label, text ? text : "–");
}

static void
set_css_class (GtkLabel   *label,
               const char *css_class,
               gboolean    set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), css_class);
}

static void
set_count (GtkLabel *label,
           guint     count)
{
  set_number (label, "%.0f", count);
  set_css_class (label, "bad", count > 0);
}

static void
show_hpwl (BwStatusBar *self,
           double       hpwl_mm)
{
  g_autofree char *text = NULL;
  double change = 100 * (hpwl_mm / self->start_hpwl_mm - 1);

  /* No change is no news, and without wires there is none. */
  if (!isfinite (change) || fabs (change) < 0.05)
    {
      set_number (self->hpwl_label, _("%.1f mm"), hpwl_mm);
      return;
    }
  /* Translators: a length, and by how much it is longer or shorter than at the start. */
  text = g_strdup_printf (_("%.1f mm (%+.1f %%)"), hpwl_mm, change);
  set_text (self->hpwl_label, text);
}

/* What is moved by hand between two iterations, or taken back, is no move of the optimizer. */
static double
find_move (BwStatusBar *self,
           BwFrame     *frame)
{
  if (!self->frame)
    return frame->max_move_mm;
  if (frame->epoch == self->frame->epoch && frame->iteration == self->frame->iteration)
    return 0;
  return bw_frame_max_move_mm (frame, self->frame);
}

void
bw_status_bar_show (BwStatusBar *self,
                    BwRunState   state,
                    BwFrame     *frame,
                    BwBoard     *board)
{
  g_autofree char *clash = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (BW_IS_STATUS_BAR (self));

  clash = describe_clash (state, frame, board);
  text = clash ? g_strdup (clash) : describe_state (state, frame);
  set_text (self->state_label, text);
  /* It may be cut off. */
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self->state_label)), clash) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->state_label), clash);
  set_css_class (self->state_label, "good",
                 (state == BW_RUN_STOPPED || state == BW_RUN_FINISHED)
                   && bw_frame_is_legal (frame) && !clash);
  set_number (self->iteration_label, "%.0f", frame->iteration);
  show_hpwl (self, frame->hpwl_mm);
  set_count (self->overlaps_label, frame->overlaps);
  set_count (self->outside_label, frame->outside);
  set_number (self->energy_label, fabs (frame->energy) < 1e7 ? "%.1f" : "%.3g", frame->energy);
  /* A state may change without a new frame: the number is then the same. */
  if (frame == self->frame)
    return;
  set_number (self->move_label, _("%.2f mm"), find_move (self, frame));
  g_clear_pointer (&self->frame, bw_frame_unref);
  self->frame = bw_frame_ref (frame);
}

static gboolean
on_news_timeout (gpointer user_data)
{
  BwStatusBar *self = user_data;

  self->news_timeout_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->news_label), FALSE);
  return G_SOURCE_REMOVE;
}

void
bw_status_bar_tell (BwStatusBar *self,
                    const char  *text)
{
  g_return_if_fail (BW_IS_STATUS_BAR (self));

  set_text (self->news_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->news_label), TRUE);
  g_clear_handle_id (&self->news_timeout_id, g_source_remove);
  self->news_timeout_id = g_timeout_add_seconds (NEWS_S, on_news_timeout, self);
}

static void
show_notice_button (BwStatusBar *self)
{
  g_autofree char *count = g_strdup_printf ("%u", self->n_notices);
  g_autofree char *name = g_strdup_printf (ngettext ("%u Notice", "%u Notices", self->n_notices),
                                           self->n_notices);

  gtk_widget_set_visible (GTK_WIDGET (self->notice_button), self->n_notices > 0);
  gtk_label_set_text (self->notice_label, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->notice_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
bw_status_bar_add_notice (BwStatusBar *self,
                          const char  *message,
                          gboolean     of_run)
{
  GtkWidget *label;

  g_return_if_fail (BW_IS_STATUS_BAR (self));

  if (self->n_notices >= N_NOTICES_MAX)
    return;
  label = gtk_label_new (message);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), N_NOTICE_CHARS);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_list_box_append (self->notice_list, label);
  if (of_run)
    gtk_widget_add_css_class (gtk_widget_get_parent (label), "of-run");
  self->n_notices++;
  show_notice_button (self);
}

static void
remove_notices (BwStatusBar *self,
                gboolean     of_run_only)
{
  GtkWidget *next;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->notice_list)); row;
       row = next)
    {
      next = gtk_widget_get_next_sibling (row);
      if (of_run_only && !gtk_widget_has_css_class (row, "of-run"))
        continue;
      gtk_list_box_remove (self->notice_list, row);
      self->n_notices--;
    }
  show_notice_button (self);
}

void
bw_status_bar_forget_run (BwStatusBar *self)
{
  g_return_if_fail (BW_IS_STATUS_BAR (self));

  remove_notices (self, TRUE);
}

void
bw_status_bar_reset (BwStatusBar *self,
                     double       start_hpwl_mm)
{
  g_return_if_fail (BW_IS_STATUS_BAR (self));

  g_clear_pointer (&self->frame, bw_frame_unref);
  self->start_hpwl_mm = start_hpwl_mm;
  remove_notices (self, FALSE);
}

static void
bw_status_bar_dispose (GObject *object)
{
  BwStatusBar *self = BW_STATUS_BAR (object);
  GtkWidget *child;

  g_clear_handle_id (&self->news_timeout_id, g_source_remove);
  g_clear_pointer (&self->frame, bw_frame_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bw_status_bar_parent_class)->dispose (object);
}

static void
bw_status_bar_class_init (BwStatusBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_status_bar_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BwStatusBar, state_label);
  gtk_widget_class_bind_template_child (widget_class, BwStatusBar, news_label);
  gtk_widget_class_bind_template_child (widget_class, BwStatusBar, notice_button);
  gtk_widget_class_bind_template_child (widget_class, BwStatusBar, notice_label);
  gtk_widget_class_bind_template_child (widget_class, BwStatusBar, notice_list);
  gtk_widget_class_bind_template_child (widget_class, BwStatusBar, iteration_label);
  gtk_widget_class_bind_template_child (widget_class, BwStatusBar, hpwl_label);
  gtk_widget_class_bind_template_child (widget_class, BwStatusBar, overlaps_label);
  gtk_widget_class_bind_template_child (widget_class, BwStatusBar, outside_label);
  gtk_widget_class_bind_template_child (widget_class, BwStatusBar, move_label);
  gtk_widget_class_bind_template_child (widget_class, BwStatusBar, energy_label);
}

static void
bw_status_bar_init (BwStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
