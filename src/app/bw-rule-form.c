/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-rule-form.h"

#include <glib/gi18n.h>
#include <math.h>

struct _BwRuleForm
{
  GtkWidget parent_instance;

  guint nth;
  char *text;       /* of the rule as the file has it; NULL: a new one */

  GtkEntry *parts_entry;
  GtkEntry *group_entry;
  GtkEntry *value_entry;
  GtkEntry *footprint_entry;
  GtkDropDown *lock_choice;
  GtkDropDown *side_choice;
  GtkEntry *rotations_entry;
  GtkCheckButton *region_check;
  GtkSpinButton *left_spin;
  GtkSpinButton *top_spin;
  GtkSpinButton *right_spin;
  GtkSpinButton *bottom_spin;
  GtkDropDown *edge_choice;
  GtkEntry *near_entry;
  GtkSpinButton *near_spin;
  GtkCheckButton *together_check;
  GtkSpinButton *together_spin;
  GtkCheckButton *apart_check;
  GtkEntry *apart_entry;
  GtkSpinButton *apart_spin;
  GtkSpinButton *importance_spin;
  GtkEntry *name_entry;
  GtkLabel *error_label;
};

G_DEFINE_FINAL_TYPE (BwRuleForm, bw_rule_form, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_APPLIED,
  SIGNAL_CLOSED,
  SIGNAL_REGION_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_text (GtkEntry   *entry,
          const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text ? text : "");
}

/* NULL where there is none. */
static char *
dup_text (GtkEntry *entry)
{
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

static void
set_patterns (GtkEntry *entry,
              char    **patterns)
{
  g_autofree char *text = patterns ? g_strjoinv (", ", patterns) : NULL;

  set_text (entry, text);
}

/* What nobody touched stays, though a name may have a comma in it. */
static void
get_patterns (GtkEntry *entry,
              char   ***patterns)
{
  g_autofree char *before = *patterns ? g_strjoinv (", ", *patterns) : g_strdup ("");
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (g_str_equal (text, before))
    return;
  g_strfreev (*patterns);
  *patterns = bw_rule_split (text);
}

/* As the file has numbers: a comma divides them. */
static void
show_rotations (BwRuleForm   *self,
                const BwRule *rule)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; rule->rotations && i < rule->rotations->len; i++)
    {
      g_ascii_formatd (number, sizeof number, "%g", g_array_index (rule->rotations, double, i));
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", number);
    }
  set_text (self->rotations_entry, text->str);
}

/* FALSE where something is no number, which is told. */
static gboolean
read_rotations (BwRuleForm *self,
                BwRule     *rule)
{
  g_auto (GStrv) words = bw_rule_split (gtk_editable_get_text (
                                          GTK_EDITABLE (self->rotations_entry)));

  g_clear_pointer (&rule->rotations, g_array_unref);
  if (!words)
    return TRUE;
  rule->rotations = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; words[i]; i++)
    {
      char *end;
      double degrees = g_ascii_strtod (words[i], &end);
      g_autofree char *message = NULL;

      while (*end == ' ' || g_str_has_prefix (end, "°"))
        end = g_utf8_next_char (end);
      if (*end == '\0' && isfinite (degrees))
        {
          g_array_append_val (rule->rotations, degrees);
          continue;
        }
      /* Translators: %s is what somebody typed. */
      message = g_strdup_printf (_("“%s” is no rotation in degrees"), words[i]);
      bw_rule_form_show_error (self, message);
      gtk_widget_grab_focus (GTK_WIDGET (self->rotations_entry));
      return FALSE;
    }
  return TRUE;
}

/* What is only rounded stays as the file has it. */
static void
get_value (GtkSpinButton *spin,
           double        *value)
{
  double now;

  /* What was typed and not left yet counts. */
  gtk_spin_button_update (spin);
  now = gtk_spin_button_get_value (spin);
  if (!(fabs (now - *value) <= 0.6 / pow (10, gtk_spin_button_get_digits (spin))))
    *value = now;
}

/* FALSE where it would be about no parts, which is told. */
static gboolean
read_parts (BwRuleForm *self,
            BwRule     *rule)
{
  GtkEntry *const entries[BW_N_RULE_WAYS] = { self->parts_entry, self->group_entry,
                                              self->value_entry, self->footprint_entry };
  gboolean any = FALSE;

  for (guint i = 0; i < BW_N_RULE_WAYS; i++)
    {
      get_patterns (entries[i], &rule->patterns[i]);
      any |= rule->patterns[i] != NULL;
    }
  g_free (rule->name);
  rule->name = dup_text (self->name_entry);
  if (any)
    return TRUE;
  bw_rule_form_show_error (self, _("Say for which parts: fill in Parts, Module, Value or "
                                   "Footprint"));
  gtk_widget_grab_focus (GTK_WIDGET (self->parts_entry));
  return FALSE;
}

static void
read_exact (BwRuleForm *self,
            BwRule     *rule)
{
  GtkSpinButton *const spins[] = { self->left_spin, self->top_spin, self->right_spin,
                                   self->bottom_spin };

  rule->lock = (BwLock) gtk_drop_down_get_selected (self->lock_choice);
  rule->side = (gint) gtk_drop_down_get_selected (self->side_choice) - 1;
  rule->has_region = gtk_check_button_get_active (self->region_check);
  for (guint i = 0; i < G_N_ELEMENTS (spins); i++)
    get_value (spins[i], &rule->region_mm[i]);
}

static void
read_weighed (BwRuleForm *self,
              BwRule     *rule)
{
  rule->edge = (BwEdge) gtk_drop_down_get_selected (self->edge_choice);
  g_free (rule->near);
  rule->near = dup_text (self->near_entry);
  get_value (self->near_spin, &rule->near_mm);
  rule->together = gtk_check_button_get_active (self->together_check);
  gtk_spin_button_update (self->together_spin);
  if (gtk_spin_button_get_value (self->together_spin) > 0)
    get_value (self->together_spin, &rule->together_mm);
  else if (rule->together_mm > 0)
    rule->together_mm = -1;
  rule->apart = gtk_check_button_get_active (self->apart_check);
  get_value (self->apart_spin, &rule->apart_mm);
  get_patterns (self->apart_entry, &rule->apart_from);
  gtk_spin_button_update (self->importance_spin);
  if (!isnan (rule->importance)
      || gtk_spin_button_get_value (self->importance_spin) != BW_CONSTRAINT_IMPORTANCE)
    get_value (self->importance_spin, &rule->importance);
}

static void
show_exact (BwRuleForm   *self,
            const BwRule *rule)
{
  GtkSpinButton *const spins[] = { self->left_spin, self->top_spin, self->right_spin,
                                   self->bottom_spin };

  gtk_drop_down_set_selected (self->lock_choice, rule->lock);
  gtk_drop_down_set_selected (self->side_choice, (guint) (rule->side + 1));
  show_rotations (self, rule);
  gtk_check_button_set_active (self->region_check, rule->has_region);
  for (guint i = 0; i < G_N_ELEMENTS (spins); i++)
    gtk_spin_button_set_value (spins[i], rule->region_mm[i]);
}

static void
show_weighed (BwRuleForm   *self,
              const BwRule *rule)
{
  gtk_drop_down_set_selected (self->edge_choice, rule->edge);
  set_text (self->near_entry, rule->near);
  gtk_spin_button_set_value (self->near_spin, rule->near ? rule->near_mm : 4);
  gtk_check_button_set_active (self->together_check, rule->together);
  gtk_spin_button_set_value (self->together_spin, MAX (rule->together_mm, 0));
  gtk_check_button_set_active (self->apart_check, rule->apart);
  gtk_spin_button_set_value (self->apart_spin, rule->apart ? rule->apart_mm : 10);
  set_patterns (self->apart_entry, rule->apart_from);
  gtk_spin_button_set_value (self->importance_spin, isnan (rule->importance)
                                                      ? BW_CONSTRAINT_IMPORTANCE
                                                      : rule->importance);
}

static void
on_region_changed (BwRuleForm *self)
{
  g_signal_emit (self, signals[SIGNAL_REGION_CHANGED], 0);
}

/* What is not asked needs no number. */
static void
on_toggled (BwRuleForm *self)
{
  gboolean region = gtk_check_button_get_active (self->region_check);
  gboolean apart = gtk_check_button_get_active (self->apart_check);

  gtk_widget_set_sensitive (GTK_WIDGET (self->left_spin), region);
  gtk_widget_set_sensitive (GTK_WIDGET (self->top_spin), region);
  gtk_widget_set_sensitive (GTK_WIDGET (self->right_spin), region);
  gtk_widget_set_sensitive (GTK_WIDGET (self->bottom_spin), region);
  gtk_widget_set_sensitive (GTK_WIDGET (self->together_spin),
                            gtk_check_button_get_active (self->together_check));
  gtk_widget_set_sensitive (GTK_WIDGET (self->apart_spin), apart);
  gtk_widget_set_sensitive (GTK_WIDGET (self->apart_entry), apart);
  on_region_changed (self);
}

void
bw_rule_form_open (BwRuleForm   *self,
                   guint         nth,
                   const char   *text,
                   const BwRule *rule)
{
  g_autoptr (BwRule) read = NULL;

  g_return_if_fail (BW_IS_RULE_FORM (self));

  if (text)
    rule = read = bw_rule_read (text);
  self->nth = nth;
  g_free (self->text);
  self->text = g_strdup (text);
  set_patterns (self->parts_entry, rule->patterns[BW_RULE_PARTS]);
  set_patterns (self->group_entry, rule->patterns[BW_RULE_GROUP]);
  set_patterns (self->value_entry, rule->patterns[BW_RULE_VALUE]);
  set_patterns (self->footprint_entry, rule->patterns[BW_RULE_FOOTPRINT]);
  set_text (self->name_entry, rule->name);
  show_exact (self, rule);
  show_weighed (self, rule);
  on_toggled (self);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->parts_entry));
}

void
bw_rule_form_show_error (BwRuleForm *self,
                         const char *message)
{
  g_return_if_fail (BW_IS_RULE_FORM (self));

  gtk_label_set_text (self->error_label, message);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
}

void
bw_rule_form_set_region (BwRuleForm *self,
                         BwBox       region)
{
  g_return_if_fail (BW_IS_RULE_FORM (self));

  gtk_check_button_set_active (self->region_check, TRUE);
  gtk_spin_button_set_value (self->left_spin, bw_nm_to_mm (region.x0_nm));
  gtk_spin_button_set_value (self->top_spin, bw_nm_to_mm (region.y0_nm));
  gtk_spin_button_set_value (self->right_spin, bw_nm_to_mm (region.x1_nm));
  gtk_spin_button_set_value (self->bottom_spin, bw_nm_to_mm (region.y1_nm));
}

static gint32
get_nm (GtkSpinButton *spin)
{
  return (gint32) lround (gtk_spin_button_get_value (spin) * BW_NM_PER_MM);
}

gboolean
bw_rule_form_get_region (BwRuleForm *self,
                         BwBox      *region_out)
{
  g_return_val_if_fail (BW_IS_RULE_FORM (self), FALSE);

  *region_out = (BwBox) { get_nm (self->left_spin), get_nm (self->top_spin),
                          get_nm (self->right_spin), get_nm (self->bottom_spin) };
  return gtk_check_button_get_active (self->region_check) && !bw_box_is_empty (region_out);
}

void
bw_rule_form_close (BwRuleForm *self)
{
  g_return_if_fail (BW_IS_RULE_FORM (self));

  g_clear_pointer (&self->text, g_free);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
on_apply (BwRuleForm *self)
{
  g_autoptr (BwRule) rule = self->text ? bw_rule_read (self->text) : bw_rule_new ();
  g_autofree char *after = NULL;

  if (!read_parts (self, rule) || !read_rotations (self, rule))
    return;
  read_exact (self, rule);
  read_weighed (self, rule);
  after = bw_rule_write (rule, self->text);
  if (g_strcmp0 (after, self->text) == 0)
    bw_rule_form_close (self);
  else
    g_signal_emit (self, signals[SIGNAL_APPLIED], 0, self->nth, self->text, after);
}

static void
on_cancel (BwRuleForm *self)
{
  bw_rule_form_close (self);
}

static gboolean
cancel (GtkWidget *widget,
        GVariant  *arguments,
        gpointer   user_data)
{
  bw_rule_form_close (BW_RULE_FORM (widget));
  return TRUE;
}

static void
bw_rule_form_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bw_rule_form_parent_class)->dispose (object);
}

static void
bw_rule_form_finalize (GObject *object)
{
  g_free (BW_RULE_FORM (object)->text);
  G_OBJECT_CLASS (bw_rule_form_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, parts_entry);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, group_entry);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, value_entry);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, footprint_entry);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, lock_choice);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, side_choice);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, rotations_entry);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, region_check);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, left_spin);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, top_spin);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, right_spin);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, bottom_spin);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, edge_choice);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, near_entry);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, near_spin);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, together_check);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, together_spin);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, apart_check);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, apart_entry);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, apart_spin);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, importance_spin);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, name_entry);
  gtk_widget_class_bind_template_child (widget_class, BwRuleForm, error_label);
}

static void
bw_rule_form_class_init (BwRuleFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_rule_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = bw_rule_form_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/rule-form.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_apply);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_region_changed);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, cancel, NULL);

  signals[SIGNAL_APPLIED] =
    g_signal_new ("applied", BW_TYPE_RULE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_REGION_CHANGED] =
    g_signal_new ("region-changed", BW_TYPE_RULE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED] =
    g_signal_new ("closed", BW_TYPE_RULE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
bw_rule_form_init (BwRuleForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
