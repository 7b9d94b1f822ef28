/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-side-panel.h"

#include <glib/gi18n.h>

#include "app/bw-layer-list.h"
#include "app/bw-module-list.h"
#include "app/bw-net-list.h"
#include "app/bw-part-text.h"
#include "app/bw-settings.h"
#include "app/bw-table.h"
#include "base/bw-natural-order.h"

/* Numbers that change faster than this cannot be read. */
#define MEASURE_INTERVAL_MS 250

/* What the lists tell. `net_mm` and `part_mm` are of one frame, measured in a thread. */
typedef struct
{
  BwBoard *board;
  BwFrame *frame;
  double *net_mm;
  double *part_mm;
  BwConstraints *constraints; /* NULL: nobody looks at them */
  guint8 *broken;             /* which of their rules are not kept */
} Facts;

struct _BwSidePanel
{
  GtkWidget parent_instance;

  BwCanvas *canvas;
  BwBoard *board;
  Facts *facts;             /* NULL: nothing was measured yet */
  gboolean measuring;
  BwFrame *measured;        /* the newest that was measured, or is being so */
  guint measure_id;

  GtkStack *stack;
  BwTable *parts;
  BwNetList *nets;
  BwModuleList *modules;
  BwLayerList *layers;
  BwWeightList *weights;
  BwRuleList *rules;
};

G_DEFINE_FINAL_TYPE (BwSidePanel, bw_side_panel, GTK_TYPE_WIDGET)

static void measure_soon (BwSidePanel *self);

static void
facts_free (Facts *facts)
{
  bw_frame_unref (facts->frame);
  bw_board_unref (facts->board);
  g_free (facts->net_mm);
  g_free (facts->part_mm);
  g_clear_pointer (&facts->constraints, bw_constraints_unref);
  g_free (facts->broken);
  g_free (facts);
}

static const BwFootprint *
part_of (gpointer data,
         guint    row)
{
  return &BW_SIDE_PANEL (data)->board->footprints[row];
}

static char *
dup_part_name (gpointer data,
               guint    row)
{
  return g_strdup (part_of (data, row)->key);
}

static int
compare_part_names (gpointer data,
                    guint    a,
                    guint    b)
{
  return bw_natural_compare (part_of (data, a)->key, part_of (data, b)->key);
}

static char *
dup_part_value (gpointer data,
                guint    row)
{
  return g_strdup (part_of (data, row)->value);
}

static char *
dup_part_length (gpointer data,
                 guint    row)
{
  const Facts *facts = BW_SIDE_PANEL (data)->facts;

  return bw_table_dup_length (facts ? facts->part_mm : NULL, row);
}

static int
compare_part_lengths (gpointer data,
                      guint    a,
                      guint    b)
{
  const Facts *facts = BW_SIDE_PANEL (data)->facts;

  return bw_table_compare_numbers (facts ? facts->part_mm : NULL, a, b);
}

static const BwPose *
pose_of (gpointer data,
         guint    row)
{
  BwFrame *frame = bw_canvas_get_frame (BW_SIDE_PANEL (data)->canvas);

  return frame ? &frame->poses[row] : &part_of (data, row)->pose;
}

static char *
dup_part_side (gpointer data,
               guint    row)
{
  return g_strdup (pose_of (data, row)->side == BW_SIDE_BACK ? _("Back") : _("Front"));
}

static char *
dup_part_hold (gpointer data,
               guint    row)
{
  BwFrame *frame = bw_canvas_get_frame (BW_SIDE_PANEL (data)->canvas);
  gboolean locked = part_of (data, row)->hold == BW_HOLD_LOCKED;
  gboolean held = frame && frame->held ? frame->held[row]
                                       : part_of (data, row)->hold != BW_HOLD_NONE;

  if (!held && !locked)
    return NULL;
  /* Translators: of a part that the optimizer leaves alone, though it is not locked in the file. */
  return g_strdup (locked ? _("Locked") : _("Held"));
}

static char *
dup_part_module (gpointer data,
                 guint    row)
{
  return bw_part_text_module (BW_SIDE_PANEL (data)->board, row);
}

static const BwTableColumn part_columns[] = {
  { "part", N_("Part"), FALSE, FALSE, dup_part_name, compare_part_names },
  { "value", N_("Value"), FALSE, TRUE, dup_part_value, NULL },
  { "length", N_("Wire"), TRUE, FALSE, dup_part_length, compare_part_lengths },
  { "hold", N_("Lock"), FALSE, FALSE, dup_part_hold, NULL },
  { "side", N_("Side"), FALSE, FALSE, dup_part_side, NULL },
  { "module", N_("Module"), FALSE, TRUE, dup_part_module, NULL },
};

static void
measure_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Facts *facts = task_data;

  bw_board_measure_wires (facts->board, facts->frame->poses, facts->net_mm, facts->part_mm);
  if (facts->constraints)
    bw_constraints_judge (facts->constraints, facts->board, facts->frame->poses, facts->broken);
  g_task_return_boolean (task, TRUE);
}

static void
on_measured (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (BwSidePanel) self = user_data;
  Facts *facts = g_task_get_task_data (G_TASK (result));

  self->measuring = FALSE;
  if (facts->board == self->board)
    {
      Facts *last = self->facts;
      Facts *copy = g_memdup2 (facts, sizeof *facts);

      bw_board_ref (copy->board);
      bw_frame_ref (copy->frame);
      facts->net_mm = facts->part_mm = NULL;
      copy->constraints = NULL;
      copy->broken = NULL;
      self->facts = copy;
      g_clear_pointer (&last, facts_free);
      bw_table_refresh (self->parts);
      bw_net_list_set_lengths (self->nets, copy->net_mm);
      if (facts->constraints)
        bw_rule_list_judge (self->rules, facts->constraints, facts->broken);
    }
  measure_soon (self);
}

static gboolean
is_measured (BwSidePanel *self)
{
  return bw_canvas_get_frame (self->canvas) == self->measured
         && !bw_rule_list_is_unjudged (self->rules);
}

static void
take_rules (BwSidePanel *self,
            Facts       *facts)
{
  BwConstraints *constraints = bw_rule_list_get_shown (self->rules);

  if (!constraints)
    return;
  facts->constraints = bw_constraints_ref (constraints);
  facts->broken = g_new (guint8, constraints->n_rules + 1);
}

static gboolean
measure (gpointer user_data)
{
  BwSidePanel *self = user_data;
  BwFrame *frame = self->board ? bw_canvas_get_frame (self->canvas) : NULL;
  g_autoptr (GTask) task = NULL;
  Facts *facts;

  self->measure_id = 0;
  if (!frame || is_measured (self))
    return G_SOURCE_REMOVE;
  g_clear_pointer (&self->measured, bw_frame_unref);
  self->measured = bw_frame_ref (frame);
  facts = g_new0 (Facts, 1);
  facts->board = bw_board_ref (self->board);
  facts->frame = bw_frame_ref (frame);
  facts->net_mm = g_new (double, self->board->n_nets + 1);
  facts->part_mm = g_new (double, self->board->n_footprints + 1);
  take_rules (self, facts);
  self->measuring = TRUE;
  task = g_task_new (NULL, NULL, on_measured, g_object_ref (self));
  g_task_set_name (task, "bw_side_panel measure");
  g_task_set_task_data (task, facts, (GDestroyNotify) facts_free);
  g_task_run_in_thread (task, measure_in_thread);
  return G_SOURCE_REMOVE;
}

static void
measure_soon (BwSidePanel *self)
{
  if (!self->measuring && !self->measure_id && self->canvas
      && gtk_widget_get_mapped (GTK_WIDGET (self)) && !is_measured (self))
    self->measure_id = g_timeout_add (MEASURE_INTERVAL_MS, measure, self);
}

/* A list that is not on show follows once it is. */
static void
on_canvas_selected (BwSidePanel *self)
{
  const BwSelection *selection = self->canvas ? bw_canvas_get_selection (self->canvas) : NULL;

  if (self->board && selection && gtk_widget_get_mapped (GTK_WIDGET (self->parts))
      && selection->n_parts == bw_table_get_selection (self->parts)->n_parts)
    bw_table_select (self->parts, selection->flags, selection->last);
}

static void
on_part_selected (BwTable     *table,
                  BwSidePanel *self)
{
  const BwSelection *selection = bw_table_get_selection (table);

  if (!self->board)
    return;
  bw_canvas_select_parts (self->canvas, selection->flags, FALSE);
  if (selection->n_selected == 1)
    bw_canvas_reveal (self->canvas, selection->last);
}

static void
on_part_activated (BwTable     *table,
                   guint        part,
                   BwSidePanel *self)
{
  if (!bw_selection_has (bw_canvas_get_selection (self->canvas), part))
    bw_canvas_select (self->canvas, (gint32) part);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.properties", NULL);
}

void
bw_side_panel_set_canvas (BwSidePanel *self,
                          BwCanvas    *canvas)
{
  g_return_if_fail (BW_IS_SIDE_PANEL (self) && self->canvas == NULL);

  self->canvas = canvas;
  bw_layer_list_set_canvas (self->layers, canvas);
  bw_net_list_set_canvas (self->nets, canvas);
  bw_rule_list_set_canvas (self->rules, canvas);
  g_signal_connect_object (canvas, "notify::frame", G_CALLBACK (measure_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "notify::selected", G_CALLBACK (on_canvas_selected), self,
                           G_CONNECT_SWAPPED);
}

void
bw_side_panel_set_board (BwSidePanel *self,
                         BwBoard     *board)
{
  BwBoard *last;

  g_return_if_fail (BW_IS_SIDE_PANEL (self));

  if (board)
    bw_board_ref (board);
  /* The list lets go of the old one before it goes. */
  bw_table_set_rows (self->parts, 0, self);
  bw_net_list_set_board (self->nets, board);
  last = self->board;
  self->board = board;
  g_clear_pointer (&last, bw_board_unref);
  g_clear_pointer (&self->facts, facts_free);
  g_clear_pointer (&self->measured, bw_frame_unref);
  bw_module_list_set_board (self->modules, self->canvas, board);
  if (!board)
    return;
  bw_table_set_rows (self->parts, board->n_footprints, self);
  on_canvas_selected (self);
  measure_soon (self);
}

BwWeightList *
bw_side_panel_get_weights (BwSidePanel *self)
{
  g_return_val_if_fail (BW_IS_SIDE_PANEL (self), NULL);

  return self->weights;
}

BwRuleList *
bw_side_panel_get_rules (BwSidePanel *self)
{
  g_return_val_if_fail (BW_IS_SIDE_PANEL (self), NULL);

  return self->rules;
}

double
bw_side_panel_get_net_weight (BwSidePanel *self,
                              guint32      net)
{
  g_return_val_if_fail (BW_IS_SIDE_PANEL (self), 1.0);

  return bw_net_list_get_weight (self->nets, net);
}

void
bw_side_panel_update_colors (BwSidePanel *self)
{
  g_return_if_fail (BW_IS_SIDE_PANEL (self));

  bw_module_list_update_colors (self->modules);
}

void
bw_side_panel_set_net_weight (BwSidePanel *self,
                              guint32      net,
                              double       weight)
{
  g_return_if_fail (BW_IS_SIDE_PANEL (self));

  bw_net_list_set_weight (self->nets, net, weight);
}

void
bw_side_panel_focus (BwSidePanel *self,
                     const char  *page)
{
  GtkWidget *child;

  g_return_if_fail (BW_IS_SIDE_PANEL (self));

  if (page)
    gtk_stack_set_visible_child_name (self->stack, page);
  child = gtk_stack_get_visible_child (self->stack);
  if (!gtk_widget_grab_focus (child))
    gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
}

static void
bw_side_panel_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bw_side_panel_parent_class)->map (widget);
  measure_soon (BW_SIDE_PANEL (widget));
}

static void
bw_side_panel_dispose (GObject *object)
{
  BwSidePanel *self = BW_SIDE_PANEL (object);
  GtkWidget *child;

  self->canvas = NULL;
  g_clear_handle_id (&self->measure_id, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_clear_pointer (&self->facts, facts_free);
  g_clear_pointer (&self->measured, bw_frame_unref);
  g_clear_pointer (&self->board, bw_board_unref);
  G_OBJECT_CLASS (bw_side_panel_parent_class)->dispose (object);
}

static void
bw_side_panel_class_init (BwSidePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_side_panel_dispose;
  widget_class->map = bw_side_panel_map;

  g_type_ensure (BW_TYPE_TABLE);
  g_type_ensure (BW_TYPE_NET_LIST);
  g_type_ensure (BW_TYPE_MODULE_LIST);
  g_type_ensure (BW_TYPE_LAYER_LIST);
  g_type_ensure (BW_TYPE_WEIGHT_LIST);
  g_type_ensure (BW_TYPE_RULE_LIST);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/side-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, BwSidePanel, stack);
  gtk_widget_class_bind_template_child (widget_class, BwSidePanel, parts);
  gtk_widget_class_bind_template_child (widget_class, BwSidePanel, nets);
  gtk_widget_class_bind_template_child (widget_class, BwSidePanel, modules);
  gtk_widget_class_bind_template_child (widget_class, BwSidePanel, layers);
  gtk_widget_class_bind_template_child (widget_class, BwSidePanel, weights);
  gtk_widget_class_bind_template_child (widget_class, BwSidePanel, rules);
  gtk_widget_class_bind_template_callback (widget_class, on_part_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_part_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_canvas_selected);
  gtk_widget_class_bind_template_callback (widget_class, measure_soon);
}

static void
bw_side_panel_init (BwSidePanel *self)
{
  GSettings *settings = bw_settings_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  bw_table_set_columns (self->parts, part_columns, G_N_ELEMENTS (part_columns), _("Parts"),
                        _("No parts found"));
  if (settings)
    g_settings_bind (settings, BW_SETTINGS_PANEL_PAGE, self->stack, "visible-child-name",
                     G_SETTINGS_BIND_DEFAULT);
}
