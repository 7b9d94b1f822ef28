/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-weight-row.h"

#include <glib/gi18n.h>
#include <math.h>

/* Two values that are shown alike. */
#define SAME 0.005

struct _BwWeightRow
{
  GtkListBoxRow parent_instance;

  BwWeight weight;
  double usual;
  gboolean updating; /* the slider follows, it does not ask */

  GtkAdjustment *adjustment;
  GtkLabel *name_label;
  GtkSpinButton *spin;
  GtkScale *scale;
  GtkWidget *reset_button;
};

G_DEFINE_FINAL_TYPE (BwWeightRow, bw_weight_row, GTK_TYPE_LIST_BOX_ROW)

/* In the order of BwWeight. `most` is as far as the slider goes, not as far as a value may. */
static const struct
{
  const char *name;
  const char *hint;
  double most;
} terms[] = {
  { N_("Decoupling"), N_("Capacitors at the pins that they serve"), 5 },
  { N_("Crystals"), N_("Crystals at the pins that they drive"), 5 },
  { N_("Edges"), N_("Connectors at the edge of the board"), 5 },
  { N_("Alignment"), N_("Equal parts in line"), 5 },
  { N_("Modules"), N_("Parts of a sheet together"), 2 },
  { N_("Channels"), N_("Repeated sheets laid out alike"), 60 },
  { N_("Crossings"), N_("Wires that cross, where the best of several searches is chosen"), 10 },
  { N_("Supplies"), N_("Wires of power and ground"), 1 },
  { N_("Grid in mm"), N_("What parts end on"), 2.54 },
  { N_("Gap in mm"), N_("Wished between parts"), 3 },
  { N_("Escape in mm"), N_("Wished about parts with many pins"), 3 },
  { N_("Margin in mm"), N_("Wished between parts and the edge"), 5 },
};

G_STATIC_ASSERT (G_N_ELEMENTS (terms) == BW_N_WEIGHTS);

static guint changed_signal;

gboolean
bw_weight_row_is_default (BwWeightRow *self)
{
  g_return_val_if_fail (BW_IS_WEIGHT_ROW (self), TRUE);

  return fabs (gtk_adjustment_get_value (self->adjustment) - self->usual) <= SAME;
}

static void
show_reset (BwWeightRow *self)
{
  gtk_widget_set_sensitive (self->reset_button, !bw_weight_row_is_default (self));
}

static void
on_value (BwWeightRow *self)
{
  show_reset (self);
  if (!self->updating)
    g_signal_emit (self, changed_signal, 0);
}

void
bw_weight_row_reset (BwWeightRow *self)
{
  g_return_if_fail (BW_IS_WEIGHT_ROW (self));

  gtk_adjustment_set_value (self->adjustment, self->usual);
}

BwWeight
bw_weight_row_get_weight (BwWeightRow *self)
{
  g_return_val_if_fail (BW_IS_WEIGHT_ROW (self), BW_N_WEIGHTS);

  return self->weight;
}

double
bw_weight_row_get_value (BwWeightRow *self)
{
  g_return_val_if_fail (BW_IS_WEIGHT_ROW (self), 0);

  return gtk_adjustment_get_value (self->adjustment);
}

void
bw_weight_row_set_value (BwWeightRow *self,
                         double       value)
{
  g_return_if_fail (BW_IS_WEIGHT_ROW (self));

  self->updating = TRUE;
  /* A file, or somebody else, may have told more than the slider goes to. */
  gtk_adjustment_set_upper (self->adjustment, MAX (terms[self->weight].most, value));
  gtk_adjustment_set_value (self->adjustment, value);
  self->updating = FALSE;
}

void
bw_weight_row_set_default (BwWeightRow *self,
                           double       value)
{
  g_return_if_fail (BW_IS_WEIGHT_ROW (self));

  self->usual = value;
  show_reset (self);
}

BwWeightRow *
bw_weight_row_new (BwWeight weight)
{
  BwWeightRow *self = g_object_new (BW_TYPE_WEIGHT_ROW, NULL);
  const char *name = _(terms[weight].name);

  self->weight = weight;
  gtk_label_set_text (self->name_label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _(terms[weight].hint));
  bw_weight_row_set_value (self, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  return self;
}

static gboolean
bw_weight_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BW_WEIGHT_ROW (widget)->scale));
}

static void
bw_weight_row_class_init (BwWeightRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = bw_weight_row_grab_focus;
  changed_signal = g_signal_new ("changed", BW_TYPE_WEIGHT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/weight-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BwWeightRow, adjustment);
  gtk_widget_class_bind_template_child (widget_class, BwWeightRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, BwWeightRow, spin);
  gtk_widget_class_bind_template_child (widget_class, BwWeightRow, scale);
  gtk_widget_class_bind_template_child (widget_class, BwWeightRow, reset_button);
  gtk_widget_class_bind_template_callback (widget_class, on_value);
  gtk_widget_class_bind_template_callback (widget_class, bw_weight_row_reset);
}

static void
bw_weight_row_init (BwWeightRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
