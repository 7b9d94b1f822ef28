/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/bw-popover.h"

static gboolean
holds_text (const char *text,
            const char *folded_needle)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, folded_needle) != NULL;
}

static gboolean
is_on_net (const BwBoard     *board,
           const BwFootprint *part,
           const char        *folded_needle)
{
  for (guint32 i = 0; i < part->n_pads; i++)
    {
      g_autofree char *folded = NULL;

      if (part->pads[i].net < 0)
        continue;
      folded = g_utf8_casefold (board->nets[part->pads[i].net].shown, -1);
      if (g_str_equal (folded, folded_needle))
        return TRUE;
    }
  return FALSE;
}

/* Whole references before their beginnings, those before values, those before nets; in each the
 * file's order. */
static GArray *
find_parts (const BwBoard *board,
            const char    *text)
{
  g_autofree char *needle = g_utf8_casefold (text, -1);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (gint32));

  for (int rank = 0; rank < 4; rank++)
    for (guint32 i = 0; i < board->n_footprints; i++)
      {
        const BwFootprint *part = &board->footprints[i];
        g_autofree char *reference = g_utf8_casefold (part->key, -1);
        gint32 index = (gint32) i;
        int best = g_str_equal (reference, needle)           ? 0
                   : g_str_has_prefix (reference, needle)    ? 1
                   : holds_text (part->value, needle)        ? 2
                   : rank == 3 && is_on_net (board, part, needle) ? 3
                                                             : -1;

        if (best == rank)
          g_array_append_val (found, index);
      }
  return found;
}

/* Selects the match that is `step` away from the selected one; 0: the first. */
static void
find (BwWindow *self,
      int       step)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->find_entry));
  g_autoptr (GArray) found = NULL;
  g_autofree char *count = NULL;
  gint32 match;
  int at = -1;

  if (!self->board || text[0] == '\0')
    {
      gtk_label_set_text (self->find_label, "");
      return;
    }
  found = find_parts (self->board, text);
  if (found->len == 0)
    {
      gtk_label_set_text (self->find_label, _("No Match"));
      return;
    }
  for (guint i = 0; i < found->len; i++)
    if (g_array_index (found, gint32, i) == bw_canvas_get_selected (self->canvas))
      at = (int) i;
  at = step == 0 || at < 0 ? 0 : (at + step + (int) found->len) % (int) found->len;
  match = g_array_index (found, gint32, at);
  /* Translators: which of the parts that were found is selected: "2 of 7". */
  count = g_strdup_printf (_("%d of %u"), at + 1, found->len);
  gtk_label_set_text (self->find_label, count);
  bw_canvas_select (self->canvas, match);
  bw_canvas_reveal (self->canvas, match);
}

static void
on_find_changed (GtkSearchEntry *entry,
                 BwWindow       *self)
{
  find (self, 0);
}

static void
on_find_next (GtkSearchEntry *entry,
              BwWindow       *self)
{
  find (self, 1);
}

static void
on_find_previous (GtkSearchEntry *entry,
                  BwWindow       *self)
{
  find (self, -1);
}

static void
on_find_stopped (GtkWidget *widget,
                 BwWindow  *self)
{
  gtk_widget_set_visible (self->find_bar, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/* All that match. */
static void
on_select_found (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  BwWindow *self = user_data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->find_entry));
  g_autoptr (GArray) found = NULL;
  g_autofree guint8 *flags = NULL;
  g_autofree char *count = NULL;

  if (!self->board || text[0] == '\0')
    return;
  found = find_parts (self->board, text);
  if (found->len == 0)
    return;
  flags = g_new0 (guint8, self->board->n_footprints);
  for (guint i = 0; i < found->len; i++)
    flags[g_array_index (found, gint32, i)] = TRUE;
  bw_canvas_select_parts (self->canvas, flags, FALSE);
  count = g_strdup_printf (ngettext ("%u selected", "%u selected", found->len), found->len);
  gtk_label_set_text (self->find_label, count);
}

static void
on_find (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  BwWindow *self = user_data;

  gtk_widget_set_visible (self->find_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->find_entry));
  gtk_editable_select_region (GTK_EDITABLE (self->find_entry), 0, -1);
}

static void
on_selected (BwCanvas   *canvas,
             GParamSpec *pspec,
             BwWindow   *self)
{
  bw_window_set_action_enabled (self, "properties", bw_canvas_get_selected (canvas) >= 0);
  bw_window_update_selection (self);
  bw_window_update_hand (self);
  bw_window_mark_rules (self);
}

/* What shows, places or saves the board has to let go of it. */
const char *
bw_window_why_not_read_again (BwWindow *self)
{
  BwRunState state = bw_session_get_state (self->session);

  if (state == BW_RUN_RUNNING || state == BW_RUN_PAUSED)
    return _("Stop the run to change modules");
  if (bw_share_popover_get_shared (self->share_popover))
    return _("Stop sharing to change modules");
  if (self->saving)
    return _("The board is being saved");
  return NULL;
}

static void
on_module_chosen (BwPartPopover *popover,
                  const char    *module,
                  BwWindow      *self)
{
  gint32 selected = bw_canvas_get_selected (self->canvas);

  if (selected >= 0)
    bw_window_choose_module (self, (guint32) selected, module);
}

static void
on_properties (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  BwWindow *self = user_data;
  gint32 selected = bw_canvas_get_selected (self->canvas);
  const char *why_not;
  g_autofree char *rules = NULL;
  BwPose pose;
  GdkRectangle place;

  if (bw_canvas_get_selection (self->canvas)->n_selected > 1)
    {
      bw_window_show_selection (self);
      return;
    }
  bw_canvas_reveal (self->canvas, selected);
  if (!bw_canvas_get_place (self->canvas, selected, &place))
    return;
  if (!self->part_popover)
    {
      self->part_popover = bw_part_popover_new (GTK_WIDGET (self->canvas));
      g_signal_connect (self->part_popover, "module-chosen", G_CALLBACK (on_module_chosen), self);
    }
  pose = bw_window_get_pose (self, (guint32) selected);
  rules = bw_window_dup_rules (self);
  bw_part_popover_show (self->part_popover, self->board, (guint32) selected, &pose,
                        bw_window_is_held (self, (guint32) selected), rules);
  why_not = bw_window_why_not_read_again (self);
  bw_part_popover_set_editable (self->part_popover, why_not == NULL, why_not);
  bw_popover_popup_at (GTK_POPOVER (self->part_popover), &place);
}

void
bw_window_forget_parts (BwWindow *self)
{
  gtk_widget_set_visible (self->find_bar, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->find_entry), "");
  if (self->part_popover)
    gtk_widget_unparent (GTK_WIDGET (self->part_popover));
  self->part_popover = NULL;
  if (self->selection_popover)
    gtk_widget_unparent (GTK_WIDGET (self->selection_popover));
  self->selection_popover = NULL;
  bw_canvas_select (self->canvas, -1);
  bw_window_forget_hand (self);
  on_selected (self->canvas, NULL, self);
}

void
bw_window_bind_parts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BwWindow, find_bar);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, find_entry);
  gtk_widget_class_bind_template_child (widget_class, BwWindow, find_label);
  gtk_widget_class_bind_template_callback (widget_class, on_find_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_find_next);
  gtk_widget_class_bind_template_callback (widget_class, on_find_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_find_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
}

const GActionEntry bw_window_part_actions[] = {
  { .name = "find", .activate = on_find },
  { .name = "properties", .activate = on_properties },
  { .name = "select-found", .activate = on_select_found },
};
const guint bw_window_n_part_actions = G_N_ELEMENTS (bw_window_part_actions);
