/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of the parts: the rules beside the board, changed in the file and then for the runs
 * to come. */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/bw-rule-text.h"
#include "board/bw-settings-edit.h"

/* In the properties. The list has them all. */
#define N_TOLD_MAX 4

/* What a change in the file needs, and what it gives. */
typedef struct
{
  BwBoard *board;
  guint nth;
  char *before;               /* NULL: a new rule */
  char *after;                /* NULL: the rule goes */
  gboolean remembered;        /* it can be undone, or is no undo itself */
  BwConstraints *constraints; /* as the file has them then */
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  bw_board_unref (edit->board);
  g_free (edit->before);
  g_free (edit->after);
  g_clear_pointer (&edit->constraints, bw_constraints_unref);
  g_free (edit);
}

/* Whether the rule makes sense by itself: what does not is told without the file, which may not
 * even be there, and where in it. */
static gboolean
check_rule (const Edit *edit,
            const char *name,
            GError    **error)
{
  g_autofree char *text = g_strdup_printf ("{\"version\": 1, \"rules\": [%s]}", edit->after);
  g_autoptr (GBytes) settings = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) found = NULL;
  g_autoptr (BwConstraints) alone = bw_constraints_new_from_bytes (edit->board, settings, name,
                                                                   &found);
  const char *told;

  if (alone)
    return TRUE;
  told = g_str_has_prefix (found->message, name) ? strstr (found->message + strlen (name), ": ")
                                                 : NULL;
  g_set_error_literal (error, found->domain, found->code, told ? told + 2 : found->message);
  return FALSE;
}

/* What would be refused the next time is not written. */
static GBytes *
edit_settings (GBytes     *settings,
               const char *name,
               gpointer    user_data,
               GError    **error)
{
  Edit *edit = user_data;
  g_autoptr (GBytes) edited = NULL;

  if (edit->after && !check_rule (edit, name, error))
    return NULL;
  edited = bw_settings_edit_array (settings, name, "rules", edit->nth, edit->before, edit->after,
                                   error);
  if (!edited)
    return NULL;
  edit->constraints = bw_constraints_new_from_bytes (edit->board, edited, name, error);
  return edit->constraints ? g_steal_pointer (&edited) : NULL;
}

static void
take_over (BwWindow   *self,
           const Edit *edit)
{
  const BwRuleEdit done = { edit->nth, edit->before, edit->after };

  bw_session_set_constraints (self->session, edit->constraints);
  bw_window_show_rules (self);
  if (!edit->remembered)
    return;
  bw_rule_list_accept (bw_side_panel_get_rules (self->side_panel));
  bw_window_remember_rule (self, &done);
}

static void
on_edited (gpointer      owner,
           gpointer      edit_data,
           const GError *error)
{
  BwWindow *self = owner;
  const Edit *edit = edit_data;

  if (self->closing || !self->session || self->board != edit->board)
    return;
  if (!error)
    take_over (self, edit);
  else if (!edit->remembered
           || !bw_rule_list_refuse (bw_side_panel_get_rules (self->side_panel), error->message))
    bw_window_show_error (self, error->message, NULL, NULL);
}

static void
edit_rule (BwWindow         *self,
           const BwRuleEdit *wanted,
           gboolean          remembered)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->board = bw_board_ref (self->board);
  edit->nth = wanted->nth;
  edit->before = g_strdup (wanted->before);
  edit->after = g_strdup (wanted->after);
  edit->remembered = remembered;
  bw_edit_queue_push (self->rule_edits, self->file, edit);
}

void
bw_window_redo_rule (BwWindow         *self,
                     const BwRuleEdit *edit,
                     gboolean          before)
{
  const BwRuleEdit back = { edit->nth, edit->after, edit->before };

  edit_rule (self, before ? &back : edit, FALSE);
}

static void
on_rule_edited (BwRuleList *list,
                guint       nth,
                const char *before,
                const char *after,
                BwWindow   *self)
{
  if (self->session)
    edit_rule (self, &(BwRuleEdit) { nth, before, after }, TRUE);
}

static gboolean
is_about_selection (BwWindow           *self,
                    const BwConstraint *rule)
{
  const BwSelection *selection = bw_canvas_get_selection (self->canvas);

  for (guint i = 0; i < rule->n_parts; i++)
    if (bw_selection_has (selection, rule->parts[i]))
      return TRUE;
  return FALSE;
}

void
bw_window_mark_rules (BwWindow *self)
{
  const BwConstraints *constraints = self->session ? bw_session_get_constraints (self->session)
                                                   : NULL;
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (BwBox));
  BwBox edited;
  guint edges = 0;

  if (bw_rule_list_get_region (bw_side_panel_get_rules (self->side_panel), &edited))
    g_array_append_val (regions, edited);
  for (guint i = 0; constraints && i < constraints->n_rules; i++)
    {
      const BwConstraint *rule = &constraints->rules[i];

      if ((rule->edge == BW_EDGE_NONE && bw_box_is_empty (&rule->region))
          || !is_about_selection (self, rule))
        continue;
      if (rule->edge != BW_EDGE_NONE)
        edges |= 1u << rule->edge;
      if (!bw_box_is_empty (&rule->region))
        g_array_append_val (regions, rule->region);
    }
  bw_canvas_set_rules (self->canvas, (const BwBox *) (void *) regions->data, regions->len, edges);
}

void
bw_window_show_rules (BwWindow *self)
{
  bw_rule_list_set_rules (bw_side_panel_get_rules (self->side_panel),
                          self->session ? self->board : NULL,
                          self->session ? bw_session_get_constraints (self->session) : NULL);
  bw_window_mark_rules (self);
}

char *
bw_window_dup_rules (BwWindow *self)
{
  const BwConstraints *constraints = bw_session_get_constraints (self->session);
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; constraints && i < constraints->n_rules; i++)
    {
      g_autoptr (BwRule) rule = NULL;
      g_autofree char *what = NULL;

      if (!is_about_selection (self, &constraints->rules[i]) || ++n > N_TOLD_MAX)
        continue;
      rule = bw_rule_read (constraints->rules[i].text);
      what = bw_rule_text_dup_what (rule);
      g_string_append_printf (text, "%s%s", n > 1 ? "\n" : "", what);
    }
  if (n > N_TOLD_MAX)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", n - N_TOLD_MAX),
                              n - N_TOLD_MAX);
    }
  if (n == 0)
    /* Translators: of the rules about a part. */
    g_string_append (text, _("None"));
  return g_string_free (text, FALSE);
}

static void
on_region_drawn (BwCanvas *canvas,
                 gint      x0_nm,
                 gint      y0_nm,
                 gint      x1_nm,
                 gint      y1_nm,
                 BwWindow *self)
{
  bw_rule_list_set_region (bw_side_panel_get_rules (self->side_panel),
                           (BwBox) { x0_nm, y0_nm, x1_nm, y1_nm });
}

static void
on_draw_region (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  BwWindow *self = user_data;

  if (self->session)
    bw_canvas_begin_region (self->canvas);
}

void
bw_window_init_rules (BwWindow *self)
{
  self->rule_edits = bw_edit_queue_new (self, edit_settings, edit_free, on_edited);
  g_signal_connect (bw_side_panel_get_rules (self->side_panel), "edited",
                    G_CALLBACK (on_rule_edited), self);
  g_signal_connect_swapped (bw_side_panel_get_rules (self->side_panel), "region-changed",
                            G_CALLBACK (bw_window_mark_rules), self);
}

void
bw_window_bind_rules (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_region_drawn);
}

const GActionEntry bw_window_rule_actions[] = {
  { .name = "draw-region", .activate = on_draw_region },
};
const guint bw_window_n_rule_actions = G_N_ELEMENTS (bw_window_rule_actions);
