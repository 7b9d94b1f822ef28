/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-trial-strip.h"

#include <glib/gi18n.h>

#include "app/bw-still.h"

#define WIDTH_PX 132
#define HEIGHT_PX 88

/* What can be seen at that size. */
#define SHOWN (BW_SHOW_RATSNEST | BW_SHOW_OVERLAPS)

/* The first is the board as it was. */
#define FIRST_TRIAL 1

typedef struct
{
  GtkWidget *button; /* these two not owned */
  GtkLabel *label;
  char *title;
  char *result;
} Choice;

struct _BwTrialStrip
{
  GtkWidget parent_instance;

  BwBoard *board;
  GPtrArray *choices; /* (element-type Choice) */
  gint marked;        /* among them */
  gint best;          /* as well; 0: none yet */

  GtkLabel *label;
  GtkWidget *stop_button;
  GtkBox *box;
  GtkScrolledWindow *scroller;
};

G_DEFINE_FINAL_TYPE (BwTrialStrip, bw_trial_strip, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_TAKE,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_free (choice->title);
  g_free (choice->result);
  g_free (choice);
}

static void
show_mark (BwTrialStrip *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    {
      const Choice *choice = self->choices->pdata[i];

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (choice->button), (gint) i == self->marked);
    }
}

static gboolean
is_of (gconstpointer choice,
       gconstpointer button)
{
  return ((const Choice *) choice)->button == button;
}

static void
on_clicked (GtkToggleButton *button,
            BwTrialStrip    *self)
{
  guint index;

  if (!g_ptr_array_find_with_equal_func (self->choices, button, is_of, &index))
    return;
  /* A click on what is taken already does not let go of it. */
  show_mark (self);
  g_signal_emit (self, signals[SIGNAL_TAKE], 0, (gint) index - FIRST_TRIAL);
}

static GtkWidget *
make_picture (BwTrialStrip *self,
              BwFrame      *frame,
              const char   *name)
{
  GtkWidget *still = g_object_new (BW_TYPE_STILL, NULL);

  gtk_widget_set_size_request (still, WIDTH_PX, HEIGHT_PX);
  bw_still_show (BW_STILL (still), self->board, frame, NULL, SHOWN, name);
  return still;
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* All that the best one is told by. */
static char *
dup_facts (const BwFrame *frame)
{
  g_autofree char *crossings = g_strdup_printf (
    ngettext ("%u crossing", "%u crossings", frame->routability.crossings),
    frame->routability.crossings);
  g_autofree char *overlaps = g_strdup_printf (
    ngettext ("%u overlap", "%u overlaps", frame->overlaps), frame->overlaps);
  g_autofree char *outside = g_strdup_printf (
    ngettext ("%u part outside", "%u parts outside", frame->outside), frame->outside);

  /* Translators: overlaps, parts outside, the weighted sum of all aims, crossings. */
  return g_strdup_printf (_("%s, %s, energy %.1f, %s"), overlaps, outside, frame->energy,
                          crossings);
}

static void
name_choice (BwTrialStrip *self,
             guint         index)
{
  const Choice *choice = self->choices->pdata[index];
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;

  if ((gint) index == self->best && self->best >= FIRST_TRIAL)
    /* Translators: "Seed 5, Best". */
    title = g_strdup_printf (_("%s, Best"), choice->title);
  else
    title = g_strdup (choice->title);
  name = g_strdup_printf ("%s: %s", title, choice->result);
  gtk_label_set_text (choice->label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
add (BwTrialStrip *self,
     BwFrame      *frame,
     const char   *title)
{
  Choice *choice = g_new0 (Choice, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = make_label (title, "trial-title");
  const char *format = bw_frame_is_legal (frame) ? _("%.1f mm, legal") : _("%.1f mm, not legal");
  g_autofree char *facts = dup_facts (frame);

  *choice = (Choice) { gtk_toggle_button_new (), GTK_LABEL (label), g_strdup (title),
                       g_strdup_printf (format, frame->hpwl_mm) };
  gtk_box_append (GTK_BOX (box), make_picture (self, frame, title));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), make_label (choice->result, "caption"));
  gtk_button_set_child (GTK_BUTTON (choice->button), box);
  gtk_widget_add_css_class (choice->button, "flat");
  gtk_widget_set_tooltip_text (choice->button, facts);
  g_signal_connect (choice->button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_box_append (self->box, choice->button);
  g_ptr_array_add (self->choices, choice);
  name_choice (self, self->choices->len - 1);
}

/* It may be another one with each that ends. */
static void
show_best (BwTrialStrip *self,
           gint          best)
{
  gint before = self->best;

  self->best = best;
  name_choice (self, (guint) before);
  name_choice (self, (guint) best);
}

static void
clear (BwTrialStrip *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->choices, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))))
    gtk_box_remove (self->box, child);
  g_clear_pointer (&self->board, bw_board_unref);
}

void
bw_trial_strip_begin (BwTrialStrip *self,
                      BwBoard      *board,
                      BwFrame      *before)
{
  g_return_if_fail (BW_IS_TRIAL_STRIP (self));

  clear (self);
  self->board = bw_board_ref (board);
  self->best = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  add (self, before, _("As It Was"));
  bw_trial_strip_mark (self, -1);
}

void
bw_trial_strip_update (BwTrialStrip *self,
                       BwTrials     *trials)
{
  guint n_done = bw_trials_n_done (trials);
  gboolean running = bw_trials_is_running (trials);
  g_autofree char *text = NULL;

  g_return_if_fail (BW_IS_TRIAL_STRIP (self));

  for (guint i = self->choices->len - FIRST_TRIAL; i < n_done; i++)
    {
      /* Translators: a number that random choices begin with. */
      g_autofree char *title = g_strdup_printf (_("Seed %u"),
                                                (guint) bw_trials_get_seed (trials, i));

      add (self, bw_trials_get_frame (trials, i), title);
    }
  show_best (self, bw_trials_find_best (trials) + FIRST_TRIAL);
  text = g_strdup_printf (running ? _("Trying seeds: %u of %u") : _("Tried seeds: %u of %u"),
                          n_done, bw_trials_n_wanted (trials));
  if (g_strcmp0 (text, gtk_label_get_text (self->label)) != 0)
    gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (self->stop_button, running);
}

/* What was added with the same turn of the main loop has no place yet. */
static gboolean
scroll_to_mark (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  BwTrialStrip *self = BW_TRIAL_STRIP (widget);
  graphene_rect_t bounds;
  GtkWidget *button;

  if ((guint) self->marked >= self->choices->len)
    return G_SOURCE_REMOVE;
  button = ((const Choice *) self->choices->pdata[self->marked])->button;
  if (gtk_widget_get_width (button) == 0)
    return G_SOURCE_CONTINUE;
  if (gtk_widget_compute_bounds (button, GTK_WIDGET (self->box), &bounds))
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_hadjustment (self->scroller),
                               bounds.origin.x, bounds.origin.x + bounds.size.width);
  return G_SOURCE_REMOVE;
}

void
bw_trial_strip_mark (BwTrialStrip *self,
                     gint          trial)
{
  g_return_if_fail (BW_IS_TRIAL_STRIP (self));

  self->marked = trial + FIRST_TRIAL;
  show_mark (self);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_to_mark, NULL, NULL);
}

void
bw_trial_strip_end (BwTrialStrip *self)
{
  g_return_if_fail (BW_IS_TRIAL_STRIP (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  clear (self);
}

static void
on_close (BwTrialStrip *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
bw_trial_strip_dispose (GObject *object)
{
  BwTrialStrip *self = BW_TRIAL_STRIP (object);
  GtkWidget *child;

  g_clear_pointer (&self->board, bw_board_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bw_trial_strip_parent_class)->dispose (object);
}

static void
bw_trial_strip_class_init (BwTrialStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_trial_strip_dispose;
  signals[SIGNAL_TAKE] = g_signal_new ("take", BW_TYPE_TRIAL_STRIP, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", BW_TYPE_TRIAL_STRIP, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/trial-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, BwTrialStrip, label);
  gtk_widget_class_bind_template_child (widget_class, BwTrialStrip, stop_button);
  gtk_widget_class_bind_template_child (widget_class, BwTrialStrip, box);
  gtk_widget_class_bind_template_child (widget_class, BwTrialStrip, scroller);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
}

static void
bw_trial_strip_init (BwTrialStrip *self)
{
  self->choices = g_ptr_array_new_with_free_func (choice_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
