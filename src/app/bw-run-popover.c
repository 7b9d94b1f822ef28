/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-run-popover.h"

#include "app/bw-settings.h"

struct _BwRunPopover
{
  GtkPopover parent_instance;

  GtkSpinButton *time_spin;
  GtkSpinButton *seed_spin;
  GtkCheckButton *refine_check;
};

G_DEFINE_FINAL_TYPE (BwRunPopover, bw_run_popover, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
bw_run_popover_fill (BwRunPopover *self,
                     BwRunOptions *options)
{
  g_return_if_fail (BW_IS_RUN_POPOVER (self));

  options->time_s = gtk_spin_button_get_value (self->time_spin);
  options->seed = (guint64) gtk_spin_button_get_value (self->seed_spin);
  options->stay = gtk_check_button_get_active (self->refine_check) ? BW_REFINE_STAY : 0;
}

void
bw_run_popover_set_seed (BwRunPopover *self,
                         guint64       seed)
{
  g_return_if_fail (BW_IS_RUN_POPOVER (self));

  gtk_spin_button_set_value (self->seed_spin, (double) seed);
}

static void
on_changed (BwRunPopover *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
bw_run_popover_class_init (BwRunPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", BW_TYPE_RUN_POPOVER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/run-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, BwRunPopover, time_spin);
  gtk_widget_class_bind_template_child (widget_class, BwRunPopover, seed_spin);
  gtk_widget_class_bind_template_child (widget_class, BwRunPopover, refine_check);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
bw_run_popover_init (BwRunPopover *self)
{
  GSettings *settings = bw_settings_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  if (settings)
    g_settings_bind (settings, BW_SETTINGS_RUN_TIME, self->time_spin, "value",
                     G_SETTINGS_BIND_DEFAULT);
}
