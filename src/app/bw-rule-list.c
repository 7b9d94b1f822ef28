/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-rule-list.h"

#include <glib/gi18n.h>

#include "app/bw-rule-form.h"
#include "app/bw-rule-row.h"

/* More rows than anybody looks through, and few enough to be made at once. */
#define N_ROWS_MAX 200

struct _BwRuleList
{
  GtkWidget parent_instance;

  BwCanvas *canvas;
  BwBoard *board;             /* NULL: none */
  BwConstraints *constraints; /* NULL: none */
  guint8 *broken;             /* which of them are not kept; NULL: nobody told yet */

  GtkStack *stack;
  GtkLabel *title_label;
  GtkWidget *add_button;
  GtkListBox *list;
  BwRuleForm *form;
};

G_DEFINE_FINAL_TYPE (BwRuleList, bw_rule_list, GTK_TYPE_WIDGET)

static guint edited_signal;
static guint unjudged_signal;
static guint region_changed_signal;

static gboolean
is_editing (BwRuleList *self)
{
  return g_str_equal (gtk_stack_get_visible_child_name (self->stack), "form");
}

static void
on_removed (BwRuleRow  *row,
            BwRuleList *self)
{
  g_signal_emit (self, edited_signal, 0, bw_rule_row_get_nth (row), bw_rule_row_get_text (row),
                 NULL);
}

static gboolean
is_about_selection (const BwConstraint *rule,
                    const BwSelection  *selection)
{
  for (guint i = 0; i < rule->n_parts; i++)
    if (bw_selection_has (selection, rule->parts[i]))
      return TRUE;
  return FALSE;
}

/* The module that has the selected parts and no others; -1: none. */
static gint32
find_module (BwRuleList        *self,
             const BwSelection *selection)
{
  gint32 module = self->board->footprints[selection->last].module;

  if (module < 0 || selection->n_selected < 2)
    return -1;
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    if ((self->board->footprints[i].module == module) != bw_selection_has (selection, i))
      return -1;
  return module;
}

static char *
dup_title (BwRuleList        *self,
           const BwSelection *selection)
{
  gint32 module;

  if (selection->n_selected == 0)
    return g_strdup (_("All rules of the board"));
  if (selection->n_selected == 1)
    /* Translators: %s is a part. */
    return g_strdup_printf (_("Rules for %s"), self->board->footprints[selection->last].key);
  module = find_module (self, selection);
  if (module >= 0)
    return g_strdup_printf (_("Rules for module %s"), self->board->modules[module].name);
  return g_strdup_printf (ngettext ("Rules for %u part", "Rules for %u parts",
                                    selection->n_selected), selection->n_selected);
}

static void
add_rows (BwRuleList        *self,
          const BwSelection *selection)
{
  guint n_rows = 0;

  for (guint i = 0; i < self->constraints->n_rules && n_rows < N_ROWS_MAX; i++)
    {
      const BwConstraint *rule = &self->constraints->rules[i];
      BwRuleRow *row;

      if (selection->n_selected > 0 && !is_about_selection (rule, selection))
        continue;
      row = bw_rule_row_new (rule, i);
      g_signal_connect (row, "removed", G_CALLBACK (on_removed), self);
      gtk_list_box_append (self->list, GTK_WIDGET (row));
      n_rows++;
    }
}

static void
show_judgement (BwRuleList *self)
{
  GtkListBoxRow *child;

  for (int i = 0; (child = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      BwRuleRow *row = BW_RULE_ROW (child);

      bw_rule_row_set_kept (row, !self->broken[bw_rule_row_get_nth (row)]);
    }
}

/* A list that is not on show follows once it is. */
static void
refill (BwRuleList *self)
{
  const BwSelection *selection = self->canvas ? bw_canvas_get_selection (self->canvas) : NULL;
  g_autofree char *title = NULL;
  GtkWidget *row;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0))))
    gtk_list_box_remove (self->list, row);
  gtk_widget_set_sensitive (self->add_button, self->board != NULL);
  gtk_label_set_text (self->title_label, "");
  if (!self->board || !selection || selection->n_parts != self->board->n_footprints)
    return;
  title = dup_title (self, selection);
  gtk_label_set_text (self->title_label, title);
  if (self->constraints)
    add_rows (self, selection);
  if (self->broken)
    show_judgement (self);
  else if (self->constraints)
    g_signal_emit (self, unjudged_signal, 0);
}

static void
open_form (BwRuleList   *self,
           guint         nth,
           const char   *text,
           const BwRule *rule)
{
  gtk_stack_set_visible_child_name (self->stack, "form");
  bw_rule_form_open (self->form, nth, text, rule);
}

/* Of the selected parts; of none the person says which. */
static void
on_add (BwRuleList *self)
{
  const BwSelection *selection = bw_canvas_get_selection (self->canvas);
  g_autoptr (BwRule) rule = bw_rule_new ();
  g_autofree guint32 *parts = bw_selection_list (selection);
  gint32 module = selection->n_selected > 0 ? find_module (self, selection) : -1;
  BwRuleWay way = module >= 0 ? BW_RULE_GROUP : BW_RULE_PARTS;
  guint n = module >= 0 ? 1 : selection->n_selected;

  rule->patterns[way] = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    rule->patterns[way][i] = g_strdup (module >= 0 ? self->board->modules[module].name
                                                   : self->board->footprints[parts[i]].key);
  if (n == 0)
    g_clear_pointer (&rule->patterns[way], g_strfreev);
  open_form (self, self->constraints ? self->constraints->n_rules : 0, NULL, rule);
}

static void
on_row_activated (GtkListBox *list,
                  BwRuleRow  *row,
                  BwRuleList *self)
{
  open_form (self, bw_rule_row_get_nth (row), bw_rule_row_get_text (row), NULL);
}

static void
on_applied (BwRuleForm *form,
            guint       nth,
            const char *before,
            const char *after,
            BwRuleList *self)
{
  g_signal_emit (self, edited_signal, 0, nth, before, after);
}

static void
on_region_changed (BwRuleList *self)
{
  g_signal_emit (self, region_changed_signal, 0);
}

/* A rule is accepted when it has been written: who is elsewhere by then is left there. */
static void
on_closed (BwRuleList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean is_here = focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self));

  gtk_stack_set_visible_child_name (self->stack, "list");
  on_region_changed (self);
  if (is_here)
    gtk_widget_grab_focus (self->add_button);
}

void
bw_rule_list_set_canvas (BwRuleList *self,
                         BwCanvas   *canvas)
{
  g_return_if_fail (BW_IS_RULE_LIST (self) && self->canvas == NULL);

  g_set_weak_pointer (&self->canvas, canvas);
  g_signal_connect_object (canvas, "notify::selected", G_CALLBACK (refill), self,
                           G_CONNECT_SWAPPED);
}

void
bw_rule_list_set_rules (BwRuleList    *self,
                        BwBoard       *board,
                        BwConstraints *constraints)
{
  g_return_if_fail (BW_IS_RULE_LIST (self));

  if (board != self->board && is_editing (self))
    gtk_stack_set_visible_child_name (self->stack, "list");
  if (board)
    bw_board_ref (board);
  if (constraints)
    bw_constraints_ref (constraints);
  g_clear_pointer (&self->board, bw_board_unref);
  g_clear_pointer (&self->constraints, bw_constraints_unref);
  g_clear_pointer (&self->broken, g_free);
  self->board = board;
  self->constraints = constraints;
  refill (self);
}

BwConstraints *
bw_rule_list_get_shown (BwRuleList *self)
{
  g_return_val_if_fail (BW_IS_RULE_LIST (self), NULL);

  return gtk_widget_get_mapped (GTK_WIDGET (self)) ? self->constraints : NULL;
}

gboolean
bw_rule_list_is_unjudged (BwRuleList *self)
{
  return bw_rule_list_get_shown (self) != NULL && self->broken == NULL;
}

void
bw_rule_list_judge (BwRuleList    *self,
                    BwConstraints *constraints,
                    const guint8  *broken)
{
  g_return_if_fail (BW_IS_RULE_LIST (self));

  if (constraints != bw_rule_list_get_shown (self))
    return;
  g_free (self->broken);
  self->broken = g_memdup2 (broken, constraints->n_rules + 1);
  show_judgement (self);
}

void
bw_rule_list_accept (BwRuleList *self)
{
  g_return_if_fail (BW_IS_RULE_LIST (self));

  if (is_editing (self))
    bw_rule_form_close (self->form);
}

gboolean
bw_rule_list_refuse (BwRuleList *self,
                     const char *message)
{
  g_return_val_if_fail (BW_IS_RULE_LIST (self), FALSE);

  if (!is_editing (self) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  bw_rule_form_show_error (self->form, message);
  return TRUE;
}

void
bw_rule_list_set_region (BwRuleList *self,
                         BwBox       region)
{
  g_return_if_fail (BW_IS_RULE_LIST (self));

  if (is_editing (self))
    bw_rule_form_set_region (self->form, region);
}

gboolean
bw_rule_list_get_region (BwRuleList *self,
                         BwBox      *region_out)
{
  g_return_val_if_fail (BW_IS_RULE_LIST (self), FALSE);

  return is_editing (self) && bw_rule_form_get_region (self->form, region_out);
}

static gboolean
bw_rule_list_grab_focus (GtkWidget *widget)
{
  BwRuleList *self = BW_RULE_LIST (widget);

  return is_editing (self) ? gtk_widget_child_focus (GTK_WIDGET (self->form), GTK_DIR_TAB_FORWARD)
                           : gtk_widget_grab_focus (self->add_button);
}

static void
bw_rule_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bw_rule_list_parent_class)->map (widget);
  refill (BW_RULE_LIST (widget));
}

/* The parts may be elsewhere when it is seen again. */
static void
bw_rule_list_unmap (GtkWidget *widget)
{
  g_clear_pointer (&BW_RULE_LIST (widget)->broken, g_free);
  GTK_WIDGET_CLASS (bw_rule_list_parent_class)->unmap (widget);
}

static void
bw_rule_list_dispose (GObject *object)
{
  BwRuleList *self = BW_RULE_LIST (object);
  GtkWidget *child;

  g_clear_weak_pointer (&self->canvas);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_clear_pointer (&self->board, bw_board_unref);
  g_clear_pointer (&self->constraints, bw_constraints_unref);
  g_clear_pointer (&self->broken, g_free);
  G_OBJECT_CLASS (bw_rule_list_parent_class)->dispose (object);
}

static void
bw_rule_list_class_init (BwRuleListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_rule_list_dispose;
  widget_class->grab_focus = bw_rule_list_grab_focus;
  widget_class->map = bw_rule_list_map;
  widget_class->unmap = bw_rule_list_unmap;
  edited_signal = g_signal_new ("edited", BW_TYPE_RULE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_STRING, G_TYPE_STRING);
  unjudged_signal = g_signal_new ("unjudged", BW_TYPE_RULE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  region_changed_signal = g_signal_new ("region-changed", BW_TYPE_RULE_LIST, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (BW_TYPE_RULE_FORM);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/rule-list.ui");
  gtk_widget_class_bind_template_child (widget_class, BwRuleList, stack);
  gtk_widget_class_bind_template_child (widget_class, BwRuleList, title_label);
  gtk_widget_class_bind_template_child (widget_class, BwRuleList, add_button);
  gtk_widget_class_bind_template_child (widget_class, BwRuleList, list);
  gtk_widget_class_bind_template_child (widget_class, BwRuleList, form);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_region_changed);
}

static void
bw_rule_list_init (BwRuleList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
