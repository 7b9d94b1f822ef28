/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-selection-popover.h"

#include <glib/gi18n.h>

#include "base/bw-geometry.h"

struct _BwSelectionPopover
{
  GtkPopover parent_instance;

  GtkLabel *count_label;
  GtkLabel *side_label;
  GtkLabel *hold_label;
  GtkButton *lock_button;
  GtkSpinButton *x_spin;
  GtkSpinButton *y_spin;
  GtkLabel *rules_label;
};

G_DEFINE_FINAL_TYPE (BwSelectionPopover, bw_selection_popover, GTK_TYPE_POPOVER)

static void
on_move_by (BwSelectionPopover *self)
{
  gint32 dx_nm = bw_nm_from_mm (gtk_spin_button_get_value (self->x_spin));
  gint32 dy_nm = bw_nm_from_mm (gtk_spin_button_get_value (self->y_spin));

  if (dx_nm != 0 || dy_nm != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.move-by", "(ii)", dx_nm, dy_nm);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_lock (BwSelectionPopover *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.lock", NULL);
  gtk_popover_popdown (GTK_POPOVER (self));
}

void
bw_selection_popover_show (BwSelectionPopover       *self,
                           const BwSelectionSummary *summary,
                           const char               *rules)
{
  guint n = summary->n_parts;
  g_autofree char *count = g_strdup_printf (ngettext ("%u Part", "%u Parts", n), n);
  g_autofree char *held = NULL;
  gboolean free_ones = summary->n_held < n;

  g_return_if_fail (BW_IS_SELECTION_POPOVER (self));

  gtk_label_set_text (self->count_label, count);
  gtk_label_set_text (self->side_label, summary->n_front == n   ? _("Front")
                                        : summary->n_front == 0 ? _("Back")
                                                                : _("Front and back"));
  held = summary->n_held == 0 ? g_strdup (_("None stays where it is"))
         : !free_ones         ? g_strdup (_("All stay where they are"))
                              /* Translators: of the selected parts. */
                              : g_strdup_printf (ngettext ("%u stays where it is",
                                                           "%u stay where they are",
                                                           summary->n_held), summary->n_held);
  gtk_label_set_text (self->hold_label, held);
  gtk_label_set_text (self->rules_label, rules);
  gtk_button_set_label (self->lock_button, free_ones ? _("_Hold All") : _("_Release All"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->lock_button), summary->n_locked < n);
  gtk_spin_button_set_value (self->x_spin, 0);
  gtk_spin_button_set_value (self->y_spin, 0);
}

static void
bw_selection_popover_class_init (BwSelectionPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/selection-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, BwSelectionPopover, count_label);
  gtk_widget_class_bind_template_child (widget_class, BwSelectionPopover, side_label);
  gtk_widget_class_bind_template_child (widget_class, BwSelectionPopover, hold_label);
  gtk_widget_class_bind_template_child (widget_class, BwSelectionPopover, lock_button);
  gtk_widget_class_bind_template_child (widget_class, BwSelectionPopover, x_spin);
  gtk_widget_class_bind_template_child (widget_class, BwSelectionPopover, y_spin);
  gtk_widget_class_bind_template_child (widget_class, BwSelectionPopover, rules_label);
  gtk_widget_class_bind_template_callback (widget_class, on_move_by);
  gtk_widget_class_bind_template_callback (widget_class, on_lock);
}

static void
bw_selection_popover_init (BwSelectionPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

BwSelectionPopover *
bw_selection_popover_new (GtkWidget *parent)
{
  BwSelectionPopover *self = g_object_new (BW_TYPE_SELECTION_POPOVER, NULL);

  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  return self;
}
