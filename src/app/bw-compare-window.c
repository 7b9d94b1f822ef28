/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-compare-window.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/bw-still.h"

/* Copper is of where parts were once. */
#define SHOWN (BW_SHOW_DEFAULT & ~BW_SHOW_TRACKS & ~BW_SHOW_ZONES)

#define FULL_TURN_CDEG 36000

struct _BwCompareWindow
{
  GtkWindow parent_instance;

  BwBoard *board;
  GPtrArray *frames; /* (element-type BwFrame) */
  gboolean filling;  /* the choices follow, they do not ask */

  GtkDropDown *first_choice;
  GtkDropDown *second_choice;
  GtkToggleButton *overlay_toggle;
  BwStill *first_still;
  BwStill *second_still;
  GtkLabel *metrics_label;
  GtkLabel *moved_label;
  GtkStringList *moved;
};

G_DEFINE_FINAL_TYPE (BwCompareWindow, bw_compare_window, GTK_TYPE_WINDOW)

/* What became of a part. */
typedef struct
{
  guint32 footprint;
  double way_mm;
  gint32 turned_cdeg;
  gboolean flipped;
} Change;

static gint
compare_changes (gconstpointer a,
                 gconstpointer b)
{
  const Change *one = a, *other = b;

  if (one->way_mm != other->way_mm)
    return one->way_mm < other->way_mm ? 1 : -1;
  return one->footprint < other->footprint ? -1 : one->footprint > other->footprint;
}

static GArray *
find_changes (const BwFrame *first,
              const BwFrame *second)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (Change));

  for (guint32 i = 0; i < first->n_footprints; i++)
    {
      const BwPose *from = &first->poses[i], *to = &second->poses[i];
      double x_mm = bw_nm_to_mm ((gint64) to->at.x_nm - from->at.x_nm);
      double y_mm = bw_nm_to_mm ((gint64) to->at.y_nm - from->at.y_nm);
      Change change = { i, hypot (x_mm, y_mm),
                        bw_cdeg_normalize (to->rotation_cdeg - from->rotation_cdeg),
                        from->side != to->side };

      if (!bw_pose_equal (from, to))
        g_array_append_val (changes, change);
    }
  g_array_sort (changes, compare_changes);
  return changes;
}

static char *
describe_change (BwCompareWindow *self,
                 const Change    *change)
{
  GString *text = g_string_new (self->board->footprints[change->footprint].key);
  gint32 turn = change->turned_cdeg > FULL_TURN_CDEG / 2 ? change->turned_cdeg - FULL_TURN_CDEG
                                                         : change->turned_cdeg;

  /* Translators: follows a part's name: how far it lies from where it lay. */
  g_string_append_printf (text, _(": moved %.2f mm"), change->way_mm);
  if (turn != 0)
    /* Translators: follows a part's name and its way: an angle. */
    g_string_append_printf (text, _(", turned %g°"), turn / 100.0);
  if (change->flipped)
    g_string_append (text, _(", flipped"));
  return g_string_free (text, FALSE);
}

static void
list_changes (BwCompareWindow *self,
              const BwFrame   *first,
              const BwFrame   *second)
{
  g_autoptr (GArray) changes = find_changes (first, second);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *heading = NULL;

  for (guint i = 0; i < changes->len; i++)
    g_ptr_array_add (lines, describe_change (self, &g_array_index (changes, Change, i)));
  g_ptr_array_add (lines, NULL);
  gtk_string_list_splice (self->moved, 0, g_list_model_get_n_items (G_LIST_MODEL (self->moved)),
                          (const char *const *) lines->pdata);
  heading = g_strdup_printf (ngettext ("%u part lies elsewhere", "%u parts lie elsewhere",
                                       changes->len), changes->len);
  gtk_label_set_text (self->moved_label, heading);
}

static void
add_length (GString    *text,
            const char *name,
            double      first,
            double      second)
{
  g_string_append_printf (text, "%s: %.1f → %.1f mm (%+.1f %%)\n", name, first, second,
                          first > 0 ? (second / first - 1) * 100 : 0);
}

static void
add_count (GString    *text,
           const char *name,
           guint       first,
           guint       second)
{
  g_string_append_printf (text, "%s: %u → %u\n", name, first, second);
}

static void
tell_metrics (BwCompareWindow *self,
              const BwFrame   *first,
              const BwFrame   *second)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_length (text, _("Wire Length"), first->hpwl_mm, second->hpwl_mm);
  add_count (text, _("Overlaps"), first->overlaps, second->overlaps);
  add_count (text, _("Outside"), first->outside, second->outside);
  add_count (text, _("Crossings"), (guint) first->routability.crossings,
             (guint) second->routability.crossings);
  g_string_append_printf (text, "%s: %.1f → %.1f", _("Energy"), first->energy, second->energy);
  gtk_label_set_text (self->metrics_label, text->str);
}

static const char *
name_of (GtkDropDown *choice)
{
  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (choice));
}

static void
show_both (BwCompareWindow *self)
{
  BwFrame *first, *second;
  gboolean overlay = gtk_toggle_button_get_active (self->overlay_toggle);

  if (self->filling)
    return;
  first = self->frames->pdata[gtk_drop_down_get_selected (self->first_choice)];
  second = self->frames->pdata[gtk_drop_down_get_selected (self->second_choice)];
  gtk_widget_set_visible (GTK_WIDGET (self->second_still), !overlay);
  bw_still_show (self->first_still, self->board, first, overlay ? second : NULL,
                 SHOWN, name_of (self->first_choice));
  bw_still_show (self->second_still, self->board, second, NULL, SHOWN,
                 name_of (self->second_choice));
  tell_metrics (self, first, second);
  list_changes (self, first, second);
}

static void
bw_compare_window_finalize (GObject *object)
{
  BwCompareWindow *self = BW_COMPARE_WINDOW (object);

  g_clear_pointer (&self->frames, g_ptr_array_unref);
  g_clear_pointer (&self->board, bw_board_unref);
  G_OBJECT_CLASS (bw_compare_window_parent_class)->finalize (object);
}

static void
bw_compare_window_class_init (BwCompareWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bw_compare_window_finalize;
  g_type_ensure (BW_TYPE_STILL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/compare-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BwCompareWindow, first_choice);
  gtk_widget_class_bind_template_child (widget_class, BwCompareWindow, second_choice);
  gtk_widget_class_bind_template_child (widget_class, BwCompareWindow, overlay_toggle);
  gtk_widget_class_bind_template_child (widget_class, BwCompareWindow, first_still);
  gtk_widget_class_bind_template_child (widget_class, BwCompareWindow, second_still);
  gtk_widget_class_bind_template_child (widget_class, BwCompareWindow, metrics_label);
  gtk_widget_class_bind_template_child (widget_class, BwCompareWindow, moved_label);
  gtk_widget_class_bind_template_child (widget_class, BwCompareWindow, moved);
  gtk_widget_class_bind_template_callback (widget_class, show_both);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bw_compare_window_init (BwCompareWindow *self)
{
  /* Choices begin with none. */
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

BwCompareWindow *
bw_compare_window_new (GtkWindow         *parent,
                       BwBoard           *board,
                       GPtrArray         *frames,
                       const char *const *names,
                       guint              first,
                       guint              second)
{
  BwCompareWindow *self;
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);

  g_return_val_if_fail (frames->len >= 2 && first < frames->len && second < frames->len, NULL);

  self = g_object_new (BW_TYPE_COMPARE_WINDOW, "transient-for", parent, NULL);
  self->board = bw_board_ref (board);
  self->frames = g_ptr_array_ref (frames);
  gtk_drop_down_set_model (self->first_choice, G_LIST_MODEL (list));
  gtk_drop_down_set_model (self->second_choice, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->first_choice, first);
  gtk_drop_down_set_selected (self->second_choice, second);
  /* Else all of the text that can be copied is selected. */
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->first_choice));
  self->filling = FALSE;
  show_both (self);
  return self;
}
