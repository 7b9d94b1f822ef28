/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-rule-row.h"

#include <glib/gi18n.h>

#include "app/bw-rule-text.h"

struct _BwRuleRow
{
  GtkListBoxRow parent_instance;

  guint nth;
  char *text;
  gint kept;  /* -1: nobody told */

  GtkImage *kept_image;
  GtkLabel *what_label;
  GtkLabel *parts_label;
};

G_DEFINE_FINAL_TYPE (BwRuleRow, bw_rule_row, GTK_TYPE_LIST_BOX_ROW)

static guint removed_signal;

static void
on_remove (BwRuleRow *self)
{
  g_signal_emit (self, removed_signal, 0);
}

guint
bw_rule_row_get_nth (BwRuleRow *self)
{
  g_return_val_if_fail (BW_IS_RULE_ROW (self), 0);

  return self->nth;
}

const char *
bw_rule_row_get_text (BwRuleRow *self)
{
  g_return_val_if_fail (BW_IS_RULE_ROW (self), NULL);

  return self->text;
}

static void
describe (BwRuleRow  *self,
          const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

void
bw_rule_row_set_kept (BwRuleRow *self,
                      gboolean   kept)
{
  /* Translators: of a rule. */
  const char *state = kept ? _("Kept") : _("Not kept");
  g_autofree char *description = NULL;

  g_return_if_fail (BW_IS_RULE_ROW (self));

  if (kept == self->kept)
    return;
  self->kept = kept;
  gtk_image_set_from_icon_name (self->kept_image, kept ? "object-select-symbolic"
                                                       : "dialog-warning-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->kept_image), state);
  description = g_strdup_printf ("%s: %s", state, gtk_label_get_text (self->parts_label));
  describe (self, description);
}

BwRuleRow *
bw_rule_row_new (const BwConstraint *rule,
                 guint               nth)
{
  BwRuleRow *self = g_object_new (BW_TYPE_RULE_ROW, NULL);
  g_autoptr (BwRule) read = bw_rule_read (rule->text);
  g_autofree char *what = bw_rule_text_dup_what (read);
  g_autofree char *parts = bw_rule_text_dup_parts (read);
  g_autofree char *named = read->name ? g_strdup_printf ("%s: %s", read->name, parts) : NULL;

  self->nth = nth;
  self->text = g_strdup (rule->text);
  gtk_label_set_text (self->what_label, what);
  gtk_label_set_text (self->parts_label, named ? named : parts);
  describe (self, named ? named : parts);
  return self;
}

static void
bw_rule_row_finalize (GObject *object)
{
  g_free (BW_RULE_ROW (object)->text);
  G_OBJECT_CLASS (bw_rule_row_parent_class)->finalize (object);
}

static void
bw_rule_row_class_init (BwRuleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bw_rule_row_finalize;
  removed_signal = g_signal_new ("removed", BW_TYPE_RULE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/rule-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BwRuleRow, kept_image);
  gtk_widget_class_bind_template_child (widget_class, BwRuleRow, what_label);
  gtk_widget_class_bind_template_child (widget_class, BwRuleRow, parts_label);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
}

static void
bw_rule_row_init (BwRuleRow *self)
{
  self->kept = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}
