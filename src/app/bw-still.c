/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-still.h"

#include "app/bw-style.h"
#include "app/bw-thumbnail.h"

struct _BwStill
{
  GtkWidget parent_instance;

  BwBoard *board;
  BwFrame *frame;
  BwFrame *ghost;
  BwShow show;
  GCancellable *painting; /* NULL: nothing is being painted */
  GdkTexture *texture;
};

G_DEFINE_FINAL_TYPE (BwStill, bw_still, GTK_TYPE_WIDGET)

static void
on_painted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (BwStill) self = user_data;
  GdkTexture *texture = bw_thumbnail_paint_finish (result);

  if (!texture)
    return;
  g_clear_object (&self->texture);
  self->texture = texture;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What is being painted is of another size, or of something else. */
static void
paint (BwStill *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  BwThumbnail thumbnail = {
    .board = self->board,
    .frame = self->frame,
    .ghost = self->ghost,
    .style = bw_style_of_widget (widget),
    .show = self->show,
    .width_px = gtk_widget_get_width (widget),
    .height_px = gtk_widget_get_height (widget),
    .scale = gtk_widget_get_scale_factor (widget),
  };

  g_cancellable_cancel (self->painting);
  g_clear_object (&self->painting);
  if (!self->frame || thumbnail.width_px < 1 || thumbnail.height_px < 1)
    return;
  self->painting = g_cancellable_new ();
  bw_thumbnail_paint_async (&thumbnail, self->painting, on_painted, g_object_ref (self));
}

static void
clear (BwStill *self)
{
  g_cancellable_cancel (self->painting);
  g_clear_object (&self->painting);
  g_clear_pointer (&self->ghost, bw_frame_unref);
  g_clear_pointer (&self->frame, bw_frame_unref);
  g_clear_pointer (&self->board, bw_board_unref);
}

void
bw_still_show (BwStill    *self,
               BwBoard    *board,
               BwFrame    *frame,
               BwFrame    *ghost,
               BwShow      show,
               const char *name)
{
  g_return_if_fail (BW_IS_STILL (self));

  clear (self);
  self->board = bw_board_ref (board);
  self->frame = bw_frame_ref (frame);
  self->show = show;
  self->ghost = ghost ? bw_frame_ref (ghost) : NULL;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  paint (self);
}

static void
bw_still_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  paint (BW_STILL (widget));
}

static void
bw_still_snapshot (GtkWidget   *widget,
                   GtkSnapshot *snapshot)
{
  BwStill *self = BW_STILL (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                               (float) gtk_widget_get_height (widget));

  if (self->texture)
    gtk_snapshot_append_texture (snapshot, self->texture, &bounds);
}

static void
bw_still_css_changed (GtkWidget         *widget,
                      GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (bw_still_parent_class)->css_changed (widget, change);
  paint (BW_STILL (widget));
}

static void
bw_still_dispose (GObject *object)
{
  BwStill *self = BW_STILL (object);

  clear (self);
  g_clear_object (&self->texture);
  G_OBJECT_CLASS (bw_still_parent_class)->dispose (object);
}

static void
bw_still_class_init (BwStillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_still_dispose;
  widget_class->size_allocate = bw_still_size_allocate;
  widget_class->snapshot = bw_still_snapshot;
  widget_class->css_changed = bw_still_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
bw_still_init (BwStill *self)
{
  bw_style_watch_colors (GTK_WIDGET (self), G_CALLBACK (paint));
}
