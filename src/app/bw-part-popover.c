/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-part-popover.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/bw-part-text.h"

/* A part of a thousand pins would fill the screen with its nets. */
#define N_NETS_MAX 12
/* More cannot be chosen from by eye; any can be typed. */
#define N_MODULES_MAX 100

struct _BwPartPopover
{
  GtkPopover parent_instance;

  GtkLabel *reference_label;
  GtkLabel *hold_label;
  GtkLabel *value_label;
  GtkLabel *footprint_label;
  GtkSpinButton *x_spin;
  GtkSpinButton *y_spin;
  GtkSpinButton *rotation_spin;
  GtkLabel *side_label;
  GtkLabel *nets_label;
  GtkComboBoxText *module_combo;
  GtkLabel *inferred_label;
  GtkLabel *rules_label;
  BwPose pose;       /* as it is told */
  char *module;      /* the one that it is in; "" for none */
  gboolean updating; /* the field follows, nobody chose */
};

G_DEFINE_FINAL_TYPE (BwPartPopover, bw_part_popover, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_MODULE_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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
  self->pose = *pose;
  self->updating = TRUE;
  gtk_spin_button_set_value (self->x_spin, bw_nm_to_mm (pose->at.x_nm));
  gtk_spin_button_set_value (self->y_spin, bw_nm_to_mm (pose->at.y_nm));
  gtk_spin_button_set_value (self->rotation_spin, pose->rotation_cdeg / 100.0);
  self->updating = FALSE;
  set_text (self->side_label, pose->side == BW_SIDE_FRONT ? _("Front") : _("Back"));
}

/* A field that is left takes over what stands in it, rounded: that is no wish. */
static gboolean
is_wish (BwPartPopover *self,
         GtkSpinButton *spin,
         double         told)
{
  return !self->updating && fabs (gtk_spin_button_get_value (spin) - told)
                              > 0.6 / pow (10, gtk_spin_button_get_digits (spin));
}

static void
put (BwPartPopover *self,
     const char    *what,
     gint32         value)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.put", "(si)", what, value);
}

static void
on_x (GtkSpinButton *spin,
      BwPartPopover *self)
{
  if (!is_wish (self, spin, bw_nm_to_mm (self->pose.at.x_nm)))
    return;
  self->pose.at.x_nm = bw_nm_from_mm (gtk_spin_button_get_value (spin));
  put (self, "x", self->pose.at.x_nm);
}

static void
on_y (GtkSpinButton *spin,
      BwPartPopover *self)
{
  if (!is_wish (self, spin, bw_nm_to_mm (self->pose.at.y_nm)))
    return;
  self->pose.at.y_nm = bw_nm_from_mm (gtk_spin_button_get_value (spin));
  put (self, "y", self->pose.at.y_nm);
}

static void
on_rotation (GtkSpinButton *spin,
             BwPartPopover *self)
{
  if (!is_wish (self, spin, self->pose.rotation_cdeg / 100.0))
    return;
  self->pose.rotation_cdeg = (gint32) lround (gtk_spin_button_get_value (spin) * 100);
  put (self, "rotation", self->pose.rotation_cdeg);
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
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", board->nets[net].shown);
    }
  if (g_hash_table_size (seen) > N_NETS_MAX)
    {
      guint n_more = g_hash_table_size (seen) - N_NETS_MAX;

      g_string_append (text, ", ");
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", n_more), n_more);
    }
  return g_string_free (text, FALSE);
}

static void
show_modules (BwPartPopover *self,
              const BwBoard *board,
              gint32         module)
{
  GtkEditable *entry = GTK_EDITABLE (gtk_combo_box_get_child (GTK_COMBO_BOX (self->module_combo)));

  self->updating = TRUE;
  gtk_combo_box_text_remove_all (self->module_combo);
  for (guint32 i = 0; i < MIN (board->n_modules, N_MODULES_MAX); i++)
    gtk_combo_box_text_append_text (self->module_combo, board->modules[i].name);
  g_free (self->module);
  self->module = g_strdup (module >= 0 ? board->modules[module].name : "");
  gtk_editable_set_text (entry, self->module);
  gtk_widget_set_visible (GTK_WIDGET (self->inferred_label),
                          module >= 0 && board->modules[module].inferred);
  self->updating = FALSE;
}

static void
choose_module (BwPartPopover *self)
{
  g_autofree char *name = gtk_combo_box_text_get_active_text (self->module_combo);

  if (self->updating || !name || g_str_equal (name, self->module))
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_MODULE_CHOSEN], 0, name);
}

/* Comes for each letter that is typed as well: those wait for Enter. */
static void
on_module_changed (GtkComboBox   *combo,
                   BwPartPopover *self)
{
  if (gtk_combo_box_get_active (combo) >= 0)
    choose_module (self);
}

void
bw_part_popover_set_editable (BwPartPopover *self,
                              gboolean       editable,
                              const char    *reason)
{
  g_return_if_fail (BW_IS_PART_POPOVER (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->module_combo), editable);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->module_combo), editable ? NULL : reason);
}

void
bw_part_popover_show (BwPartPopover *self,
                      const BwBoard *board,
                      guint32        footprint,
                      const BwPose  *pose,
                      gboolean       held,
                      const char    *rules)
{
  const BwFootprint *part = &board->footprints[footprint];
  const char *hold = bw_part_text_hold ((BwHold) part->hold);
  gboolean by_hand = !hold && held;
  g_autofree char *nets = dup_nets (board, part);

  g_return_if_fail (BW_IS_PART_POPOVER (self));

  set_text (self->reference_label, part->key);
  gtk_label_set_text (self->hold_label, by_hand ? _("Stays where it was put") : hold ? hold : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hold_label), by_hand || hold);
  set_text (self->value_label, part->value);
  set_text (self->footprint_label, part->library_id);
  set_text (self->nets_label, nets);
  set_text (self->rules_label, rules);
  show_modules (self, board, part->module);
  show_pose (self, pose);
  gtk_widget_set_sensitive (GTK_WIDGET (self->x_spin), part->hold != BW_HOLD_LOCKED);
  gtk_widget_set_sensitive (GTK_WIDGET (self->y_spin), part->hold != BW_HOLD_LOCKED);
  gtk_widget_set_sensitive (GTK_WIDGET (self->rotation_spin), part->hold != BW_HOLD_LOCKED);
}

static void
bw_part_popover_finalize (GObject *object)
{
  g_free (BW_PART_POPOVER (object)->module);
  G_OBJECT_CLASS (bw_part_popover_parent_class)->finalize (object);
}

static void
bw_part_popover_class_init (BwPartPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bw_part_popover_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/part-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, reference_label);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, hold_label);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, value_label);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, footprint_label);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, x_spin);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, y_spin);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, rotation_spin);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, side_label);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, nets_label);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, module_combo);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, inferred_label);
  gtk_widget_class_bind_template_child (widget_class, BwPartPopover, rules_label);
  gtk_widget_class_bind_template_callback (widget_class, on_module_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_x);
  gtk_widget_class_bind_template_callback (widget_class, on_y);
  gtk_widget_class_bind_template_callback (widget_class, on_rotation);

  signals[SIGNAL_MODULE_CHOSEN] =
    g_signal_new ("module-chosen", BW_TYPE_PART_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* What has the focus in it are an entry and a button, which take no name from it. */
static void
name_parts_of (GtkWidget *combo)
{
  if (GTK_IS_ENTRY (combo) || GTK_IS_TOGGLE_BUTTON (combo))
    gtk_accessible_update_property (GTK_ACCESSIBLE (combo), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _("Module"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (combo); child;
       child = gtk_widget_get_next_sibling (child))
    name_parts_of (child);
}

static void
bw_part_popover_init (BwPartPopover *self)
{
  GtkWidget *entry;

  gtk_widget_init_template (GTK_WIDGET (self));
  name_parts_of (GTK_WIDGET (self->module_combo));
  entry = gtk_combo_box_get_child (GTK_COMBO_BOX (self->module_combo));
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (choose_module), self);
}

BwPartPopover *
bw_part_popover_new (GtkWidget *parent)
{
  BwPartPopover *self = g_object_new (BW_TYPE_PART_POPOVER, NULL);

  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  return self;
}
