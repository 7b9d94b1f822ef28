/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-timeline.h"

#include <glib/gi18n.h>

#include "app/bw-phase-text.h"
#include "app/bw-style.h"
#include "app/bw-timeline-plot.h"

/* A run has more frames than a curve needs to follow it. */
#define UPDATE_INTERVAL_MS 200

/* Of what is played: a pause of the run is none of the film. */
#define LONGEST_GAP_US (G_USEC_PER_SEC / 4)

/* As high as it is with common fonts: a board that is fitted before a first run leaves it room. */
#define USUAL_HEIGHT_PX 70

struct _BwTimeline
{
  GtkWidget parent_instance;

  BwCanvas *canvas;
  BwRunHistory *history;
  GPtrArray *frames;     /* (element-type BwFrame): of the run, after the last one before it */
  guint64 version;       /* of the history that they are from */
  gint position;         /* that is looked at; -1: live */
  guint update_id;
  guint tick_id;         /* while it plays */
  gint64 played_us;      /* of the film, since its first frame */
  gint64 last_tick_us;

  GtkButton *play_button;
  GtkDropDown *speed_choice;
  GtkLabel *legend_label;
  GtkLabel *place_label;
  GtkDrawingArea *plot;
  GtkButton *live_button;
};

G_DEFINE_FINAL_TYPE (BwTimeline, bw_timeline, GTK_TYPE_WIDGET)

/* Where one looks, in words. */
static char *
dup_place (BwTimeline    *self,
           const BwFrame *frame)
{
  const BwFrame *newest = self->frames->pdata[self->frames->len - 1];

  if (frame->epoch != newest->epoch)
    return g_strdup (_("Before the Run"));
  /* Translators: a place in the run: its phase, such as “Annealing”, and a number. */
  return g_strdup_printf (_("%s, iteration %u"), bw_phase_text (frame->phase), frame->iteration);
}

static void
show_place (BwTimeline *self)
{
  const BwFrame *frame = self->frames->len == 0 ? NULL
                         : self->position < 0   ? self->frames->pdata[self->frames->len - 1]
                                                : self->frames->pdata[self->position];
  g_autofree char *text = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->live_button), self->position >= 0);
  gtk_widget_queue_draw (GTK_WIDGET (self->plot));
  if (!frame)
    return;
  text = dup_place (self, frame);
  gtk_label_set_text (self->place_label, self->position < 0 ? _("Live") : text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->plot),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) self->frames->len - 1,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  self->position < 0 ? (double) self->frames->len - 1
                                                     : self->position,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
stop_playing (BwTimeline *self)
{
  if (!self->tick_id)
    return;
  gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  gtk_button_set_icon_name (self->play_button, "media-playback-start-symbolic");
}

static void
look_at (BwTimeline *self,
         gint        position)
{
  if (self->frames->len == 0)
    return;
  self->position = CLAMP (position, 0, (gint) self->frames->len - 1);
  bw_canvas_show_past (self->canvas, self->frames->pdata[self->position]);
  show_place (self);
}

void
bw_timeline_go_live (BwTimeline *self)
{
  g_return_if_fail (BW_IS_TIMELINE (self));

  stop_playing (self);
  self->position = -1;
  bw_canvas_show_past (self->canvas, NULL);
  show_place (self);
}

/* How long after the frame before it, as it is played. */
static gint64
gap_us (BwTimeline *self,
        gint        position)
{
  const BwFrame *frame = self->frames->pdata[position];
  const BwFrame *before = self->frames->pdata[position - 1];

  return CLAMP (frame->time_us - before->time_us, 0, LONGEST_GAP_US);
}

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  static const double speeds[] = { 0.5, 1, 2, 4 };
  BwTimeline *self = BW_TIMELINE (widget);
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);
  guint speed = MIN (gtk_drop_down_get_selected (self->speed_choice), G_N_ELEMENTS (speeds) - 1);
  gint position = self->position;

  self->played_us += (gint64) ((double) (now_us - self->last_tick_us) * speeds[speed]);
  self->last_tick_us = now_us;
  while (position + 1 < (gint) self->frames->len && self->played_us >= gap_us (self, position + 1))
    self->played_us -= gap_us (self, ++position);
  if (position != self->position)
    look_at (self, position);
  if (position + 1 < (gint) self->frames->len)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  gtk_button_set_icon_name (self->play_button, "media-playback-start-symbolic");
  return G_SOURCE_REMOVE;
}

void
bw_timeline_toggle_play (BwTimeline *self)
{
  g_return_if_fail (BW_IS_TIMELINE (self));

  if (self->tick_id)
    {
      stop_playing (self);
      return;
    }
  if (self->frames->len < 2)
    return;
  if (self->position < 0 || self->position + 1 >= (gint) self->frames->len)
    look_at (self, 0);
  self->played_us = 0;
  self->last_tick_us = g_get_monotonic_time ();
  gtk_button_set_icon_name (self->play_button, "media-playback-pause-symbolic");
  self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* The one that is looked at stays so, though others were thinned out or came. -1: it is of another
 * run than the newest. */
static gint
find_again (GPtrArray     *frames,
            const BwFrame *frame)
{
  const BwFrame *newest = frames->pdata[frames->len - 1];

  for (guint i = 0; i < frames->len; i++)
    {
      const BwFrame *other = frames->pdata[i];

      if (other == frame)
        return (gint) i;
      if (other->epoch == newest->epoch && frame->epoch == newest->epoch
          && other->index >= frame->index)
        return (gint) i;
    }
  return -1;
}

/* What is moved by hand before the first run has no curves. */
static gboolean
has_run (GPtrArray *frames)
{
  const BwFrame *newest = frames->len > 1 ? frames->pdata[frames->len - 1] : NULL;

  return newest && newest->epoch > 0;
}

/* The run's first frame may have all parts piled up: how the board was before that comes first. */
static GPtrArray *
dup_frames (BwTimeline *self)
{
  GPtrArray *frames = bw_run_history_dup (self->history, &self->version);
  BwFrame *before = NULL;

  if (has_run (frames))
    before = bw_run_history_dup_before (self->history, ((BwFrame *) frames->pdata[0])->epoch);
  if (before)
    g_ptr_array_insert (frames, 0, before);
  return frames;
}

static void
set_visible (BwTimeline *self,
             gboolean    visible)
{
  gtk_widget_set_visible (GTK_WIDGET (self), visible);
  bw_canvas_set_room (self->canvas, visible ? 0 : USUAL_HEIGHT_PX);
}

static gboolean
update (gpointer user_data)
{
  BwTimeline *self = user_data;
  GPtrArray *frames;
  gint position = -1;

  self->update_id = 0;
  if (!self->history || bw_run_history_version (self->history) == self->version)
    return G_SOURCE_REMOVE;
  frames = dup_frames (self);
  if (self->position >= 0)
    position = find_again (frames, self->frames->pdata[self->position]);
  g_ptr_array_unref (self->frames);
  self->frames = frames;
  /* Another run began: nobody looks at what is not kept any more. */
  if (self->position >= 0 && position < 0)
    bw_timeline_go_live (self);
  self->position = position;
  set_visible (self, has_run (frames));
  show_place (self);
  return G_SOURCE_REMOVE;
}

static void
on_news (BwTimeline *self)
{
  if (!self->update_id && self->history)
    self->update_id = g_timeout_add (UPDATE_INTERVAL_MS, update, self);
}

static void
look_at_x (BwTimeline *self,
           double      x_px)
{
  double width_px = MAX (gtk_widget_get_width (GTK_WIDGET (self->plot)) - 1, 1);

  stop_playing (self);
  look_at (self, (gint) (x_px / width_px * (self->frames->len - 1) + 0.5));
}

static void
on_drag_begin (GtkGestureDrag *gesture,
               double          x_px,
               double          y_px,
               BwTimeline     *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->plot));
  look_at_x (self, x_px);
}

static void
on_drag_update (GtkGestureDrag *gesture,
                double          dx_px,
                double          dy_px,
                BwTimeline     *self)
{
  double x_px, y_px;

  gtk_gesture_drag_get_start_point (gesture, &x_px, &y_px);
  look_at_x (self, x_px + dx_px);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint                  key,
        guint                  code,
        GdkModifierType        modifiers,
        BwTimeline            *self)
{
  gint newest = (gint) self->frames->len - 1;
  gint position = self->position < 0 ? newest : self->position;

  switch (key)
    {
    case GDK_KEY_space:
      bw_timeline_toggle_play (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (self->position < 0)
        return GDK_EVENT_PROPAGATE;
      bw_timeline_go_live (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Left:
      position--;
      break;
    case GDK_KEY_Right:
      position++;
      break;
    case GDK_KEY_Home:
      position = 0;
      break;
    case GDK_KEY_End:
      position = newest;
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  stop_playing (self);
  look_at (self, position);
  return GDK_EVENT_STOP;
}

static void
draw_plot (GtkDrawingArea *area,
           cairo_t        *cr,
           int             width,
           int             height,
           gpointer        user_data)
{
  BwTimeline *self = user_data;

  if (self->frames->len > 0)
    bw_timeline_plot_draw (cr, bw_theme_get (bw_style_of_widget (GTK_WIDGET (self))), self->frames,
                           self->position, width, height);
}

/* A curve's name in its colour. */
static void
show_legend (BwTimeline *self)
{
  const BwTheme *theme = bw_theme_get (bw_style_of_widget (GTK_WIDGET (self)));
  const char *names[BW_N_CURVES] = { _("Energy"), _("Wire Length"), _("Overlaps"),
                                     _("Crossings") };
  g_autoptr (GString) markup = g_string_new (NULL);

  for (guint i = 0; i < BW_N_CURVES; i++)
    {
      BwColor color = bw_timeline_plot_color (theme, (BwCurve) i);
      g_autofree char *name = g_markup_escape_text (names[i], -1);

      g_string_append_printf (markup, "<span color=\"#%02x%02x%02x\">■</span> %s   ",
                              (guint) (color.red * 255), (guint) (color.green * 255),
                              (guint) (color.blue * 255), name);
    }
  gtk_label_set_markup (self->legend_label, markup->str);
}

static void
follow_colors (BwTimeline *self)
{
  show_legend (self);
  gtk_widget_queue_draw (GTK_WIDGET (self->plot));
}

static void
bw_timeline_css_changed (GtkWidget         *widget,
                         GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (bw_timeline_parent_class)->css_changed (widget, change);
  show_legend (BW_TIMELINE (widget));
}

void
bw_timeline_set_canvas (BwTimeline *self,
                        BwCanvas   *canvas)
{
  g_return_if_fail (BW_IS_TIMELINE (self) && self->canvas == NULL);

  self->canvas = canvas;
  g_signal_connect_object (canvas, "live-frame", G_CALLBACK (on_news), self, G_CONNECT_SWAPPED);
}

void
bw_timeline_set_history (BwTimeline   *self,
                         BwRunHistory *history)
{
  g_return_if_fail (BW_IS_TIMELINE (self));

  bw_timeline_go_live (self);
  g_clear_pointer (&self->history, bw_run_history_unref);
  g_ptr_array_set_size (self->frames, 0);
  self->history = history ? bw_run_history_ref (history) : NULL;
  self->version = 0;
  set_visible (self, FALSE);
  on_news (self);
}

static void
bw_timeline_dispose (GObject *object)
{
  BwTimeline *self = BW_TIMELINE (object);
  GtkWidget *child;

  stop_playing (self);
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_pointer (&self->history, bw_run_history_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bw_timeline_parent_class)->dispose (object);
}

static void
bw_timeline_finalize (GObject *object)
{
  g_ptr_array_unref (BW_TIMELINE (object)->frames);
  G_OBJECT_CLASS (bw_timeline_parent_class)->finalize (object);
}

static void
bw_timeline_class_init (BwTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_timeline_dispose;
  G_OBJECT_CLASS (klass)->finalize = bw_timeline_finalize;
  widget_class->css_changed = bw_timeline_css_changed;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/timeline.ui");
  gtk_widget_class_bind_template_child (widget_class, BwTimeline, play_button);
  gtk_widget_class_bind_template_child (widget_class, BwTimeline, speed_choice);
  gtk_widget_class_bind_template_child (widget_class, BwTimeline, legend_label);
  gtk_widget_class_bind_template_child (widget_class, BwTimeline, place_label);
  gtk_widget_class_bind_template_child (widget_class, BwTimeline, plot);
  gtk_widget_class_bind_template_child (widget_class, BwTimeline, live_button);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_begin);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_update);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, bw_timeline_toggle_play);
  gtk_widget_class_bind_template_callback (widget_class, bw_timeline_go_live);
}

static void
bw_timeline_init (BwTimeline *self)
{
  self->position = -1;
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) bw_frame_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drawing_area_set_draw_func (self->plot, draw_plot, self, NULL);
  bw_style_watch_colors (GTK_WIDGET (self), G_CALLBACK (follow_colors));
}
