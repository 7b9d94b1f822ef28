/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-module-list.h"

#include <string.h>

#include "app/bw-module-row.h"

/* A broken file can have as many as it has parts. */
#define N_ROWS_MAX 500

struct _BwModuleList
{
  GtkWidget parent_instance;

  BwCanvas *canvas;
  BwBoard *board;
  GPtrArray *rows;      /* (element-type BwModuleRow), by module; none until it is on show */
  gulong frame_handler; /* on the canvas */
  BwFrame *frame;       /* whose locks are shown */

  guint left;           /* the row that had the focus last */

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (BwModuleList, bw_module_list, GTK_TYPE_WIDGET)

static void
on_show_changed (BwModuleList *self)
{
  g_autofree guint8 *hidden = g_new0 (guint8, self->board->n_footprints + 1);
  g_autoptr (GBytes) bytes = NULL;
  gboolean any = FALSE;

  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      gint32 module = self->board->footprints[i].module;

      if (module < 0 || (guint) module >= self->rows->len)
        continue;
      hidden[i] = !bw_module_row_get_shown (self->rows->pdata[module]);
      any |= hidden[i];
    }
  if (any)
    bytes = g_bytes_new (hidden, self->board->n_footprints);
  bw_canvas_set_hidden (self->canvas, bytes);
}

/* A row says “held” where all of its parts are. */
static void
on_frame (BwModuleList *self)
{
  BwFrame *frame = bw_canvas_get_frame (self->canvas);
  g_autofree gboolean *free_parts = NULL;

  if (!frame || !frame->held
      || (self->frame && self->frame->held
          && memcmp (self->frame->held, frame->held, frame->n_footprints) == 0))
    return;
  bw_frame_ref (frame);
  g_clear_pointer (&self->frame, bw_frame_unref);
  self->frame = frame;
  free_parts = g_new0 (gboolean, self->rows->len + 1);
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      gint32 module = self->board->footprints[i].module;

      if (module >= 0 && (guint) module < self->rows->len && !frame->held[i])
        free_parts[module] = TRUE;
    }
  for (guint i = 0; i < self->rows->len; i++)
    bw_module_row_set_held (self->rows->pdata[i], !free_parts[i]);
}

static void
forget (BwModuleList *self)
{
  if (self->canvas)
    g_clear_signal_handler (&self->frame_handler, self->canvas);
  self->canvas = NULL;
  for (guint i = 0; i < self->rows->len; i++)
    gtk_list_box_remove (self->list, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  self->left = 0;
  g_clear_pointer (&self->frame, bw_frame_unref);
  g_clear_pointer (&self->board, bw_board_unref);
}

static void
add_rows (BwModuleList *self)
{
  BwBoard *board = self->board;
  g_autofree guint *n_parts = g_new0 (guint, board->n_modules + 1);
  g_autofree guint *n_free = g_new0 (guint, board->n_modules + 1);

  for (guint32 i = 0; i < board->n_footprints; i++)
    if (board->footprints[i].module >= 0)
      {
        n_parts[board->footprints[i].module]++;
        n_free[board->footprints[i].module] += board->footprints[i].hold != BW_HOLD_LOCKED;
      }
  for (guint32 i = 0; i < MIN (board->n_modules, N_ROWS_MAX); i++)
    {
      BwModuleRow *row = bw_module_row_new (board, i, n_parts[i], n_free[i]);

      g_signal_connect_swapped (row, "show-changed", G_CALLBACK (on_show_changed), self);
      gtk_list_box_append (self->list, GTK_WIDGET (row));
      g_ptr_array_add (self->rows, row);
    }
  self->frame_handler = g_signal_connect_swapped (self->canvas, "notify::frame",
                                                  G_CALLBACK (on_frame), self);
  on_frame (self);
}

void
bw_module_list_set_board (BwModuleList *self,
                          BwCanvas     *canvas,
                          BwBoard      *board)
{
  g_return_if_fail (BW_IS_MODULE_LIST (self));

  forget (self);
  if (!board)
    return;
  self->canvas = canvas;
  self->board = bw_board_ref (board);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    add_rows (self);
}

void
bw_module_list_update_colors (BwModuleList *self)
{
  g_return_if_fail (BW_IS_MODULE_LIST (self));

  for (guint i = 0; i < self->rows->len; i++)
    bw_module_row_update_color (self->rows->pdata[i]);
}

static void
bw_module_list_map (GtkWidget *widget)
{
  BwModuleList *self = BW_MODULE_LIST (widget);

  if (self->board && !self->frame_handler)
    add_rows (self);
  GTK_WIDGET_CLASS (bw_module_list_parent_class)->map (widget);
}

static gboolean
bw_module_list_grab_focus (GtkWidget *widget)
{
  BwModuleList *self = BW_MODULE_LIST (widget);

  return self->left < self->rows->len && gtk_widget_grab_focus (self->rows->pdata[self->left]);
}

/* The row that has the focus; -1: none has it. */
static int
find_focus (BwModuleList *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  return row ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

/* A colour: keys are its own. */
static gboolean
is_choosing (BwModuleList *self)
{
  int now = find_focus (self);

  return now >= 0 && bw_module_row_is_choosing (self->rows->pdata[now]);
}

/* One stop of Tab, at the row that was left last; arrows go on within the list. */
static gboolean
bw_module_list_focus (GtkWidget       *widget,
                      GtkDirectionType direction)
{
  BwModuleList *self = BW_MODULE_LIST (widget);

  if (is_choosing (self)
      || (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD))
    return GTK_WIDGET_CLASS (bw_module_list_parent_class)->focus (widget, direction);
  if (gtk_widget_get_focus_child (widget))
    {
      self->left = (guint) MAX (find_focus (self), 0);
      return FALSE;
    }
  return self->left < self->rows->len && gtk_widget_grab_focus (self->rows->pdata[self->left]);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint                  key,
        guint                  code,
        GdkModifierType        modifiers,
        BwModuleList          *self)
{
  int last = (int) self->rows->len - 1;
  int now = find_focus (self);
  int next;

  if (now < 0 || is_choosing (self) || (modifiers & gtk_accelerator_get_default_mod_mask ()))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Up)
    next = MAX (now - 1, 0);
  else if (key == GDK_KEY_Down)
    next = MIN (now + 1, last);
  else if (key == GDK_KEY_Home)
    next = 0;
  else if (key == GDK_KEY_End)
    next = last;
  else
    return GDK_EVENT_PROPAGATE;
  bw_module_row_focus_like (self->rows->pdata[next], self->rows->pdata[now]);
  return GDK_EVENT_STOP;
}

static void
bw_module_list_dispose (GObject *object)
{
  BwModuleList *self = BW_MODULE_LIST (object);
  GtkWidget *child;

  if (self->list)
    forget (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  self->list = NULL;
  G_OBJECT_CLASS (bw_module_list_parent_class)->dispose (object);
}

static void
bw_module_list_finalize (GObject *object)
{
  g_ptr_array_unref (BW_MODULE_LIST (object)->rows);
  G_OBJECT_CLASS (bw_module_list_parent_class)->finalize (object);
}

static void
bw_module_list_class_init (BwModuleListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_module_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = bw_module_list_finalize;
  widget_class->grab_focus = bw_module_list_grab_focus;
  widget_class->focus = bw_module_list_focus;
  widget_class->map = bw_module_list_map;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/module-list.ui");
  gtk_widget_class_bind_template_child (widget_class, BwModuleList, list);
}

static void
bw_module_list_init (BwModuleList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}
