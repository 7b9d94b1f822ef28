/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-part-popover.h"

#include <glib/gi18n.h>

#include "app/bw-part-text.h"

/* A part of a thousand pins would fill the screen with its nets. */
#define N_NETS_MAX 12

struct _BwPartPopover
{
  GtkPopover parent_instance;

  GtkLabel *reference_label;
  GtkLabel *hold_label;
  GtkLabel *value_label;
  GtkLabel *footprint_label;
  GtkLabel *position_label;
  GtkLabel *rotation_label;
  GtkLabel *side_label;
  GtkLabel *nets_label;
  GtkLabel *module_label;
};

G_DEFINE_FINAL_TYPE (BwPartPopover, bw_part_popover, GTK_TYPE_POPOVER)

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text && text[0] != '\0' ? text : "–");
}

static void
show_pose (BwPartPopover *self,
           const BwPose  *pose)
{
  g_autofree char *position = g_strdup_printf (_("%.3f mm, %.3f mm"), bw_nm_to_mm (pose->at.x_nm),
                                               bw_nm_to_mm (pose->at.y_nm));
  g_autofree char *rotation = g_strdup_printf ("%g°", pose->rotation_cdeg / 100.0);

  set_text (self->position_label, position);
  set_text (self->rotation_label, rotation);
  set_text (self->side_label, pose->side == BW_SIDE_FRONT ? _("Front") : _("Back"));
}

/* Each net once, in the order of the pads. */
static char *
dup_nets (const BwBoard     *board,
          const BwFootprint *part)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint32 i = 0; i < part->n_pads; i++)
    {
      gint32 net = part->pads[i].net;

      if (net < 0 || !g_hash_table_add (seen, GINT_TO_POINTER (net)))
        continue;
      if (g_hash_table_size (seen) <= N_NETS_MAX)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", board->nets[net].name);
    }
  if (g_hash_table_size (seen) > N_NETS_MAX)
    {
      guint n_more = g_hash_table_size (seen) - N_NETS_MAX;

      g_string_append (text, ", ");
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", n_more), n_more);
    }
  return g_string_free (text, FALSE);
}

void
bw_part_popover_show (BwPartPopover *self,
                      const BwBoard *board,
                      const BwFrame *frame,
                      guint32        footprint)
{
  const BwFootprint *part = &board->footprints[footprint];
  const char *hold = bw_part_text_hold ((BwHold) part->hold);
  g_autofree char *nets = dup_nets (board, part);
  g_autofree char *module = bw_part_text_module (board, footprint);

  g_return_if_fail (BW_IS_PART_POPOVER (self));

  set_text (self->reference_label, part->key);
  gtk_label_set_text (self->hold_label, hold ? hold : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hold_label), hold != NULL);
  set_text (self->value_label, part->value);
  set_text (self->footprint_label, part->library_id);
  set_text (self->nets_label, nets);
  set_text (self->module_label, module);
  show_pose (self, &frame->poses[footprint]);
}

static void
bw_part_popover_class_init (BwPartPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/part-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, reference_label);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, hold_label);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, value_label);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, footprint_label);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, position_label);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, rotation_label);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, side_label);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, nets_label);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, module_label);
}

static void
bw_part_popover_init (BwPartPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

BwPartPopover *
bw_part_popover_new (GtkWidget *parent)
{
  BwPartPopover *self = g_object_new (BW_TYPE_PART_POPOVER, NULL);

  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  return self;
}
