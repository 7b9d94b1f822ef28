/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-table.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/bw-index-list.h"

/* Rows that change their places faster than this cannot be read. */
#define SORT_INTERVAL_US G_USEC_PER_SEC

/* Until rows that are sorted have been laid out so. */
#define N_FRAMES_LAID_OUT 2

typedef struct
{
  BwTable *table;
  const BwTableColumn *what;
  GtkColumnViewColumn *view; /* the view's */
} Column;

struct _BwTable
{
  GtkWidget parent_instance;

  Column *columns;
  guint n_columns;
  gpointer data;
  BwIndexList *rows;
  GHashTable *cells;      /* GtkListItem that are on show → Column */
  GtkFilter *filter;
  char *needle;           /* casefolded; NULL: all */
  const Column *sorted_by; /* by the menu last; NULL: not yet */
  GtkSortType sort_type;
  gint64 sorted_us;
  BwSelection *chosen;    /* rows, on show or not */
  gboolean selecting;     /* the list follows, it does not choose */
  gboolean fresh;         /* of rows that are yet to be shown from the first */
  gboolean reordered;     /* so are these, in an order that a person chose … */
  gboolean sorting_again; /* … which this is not: the list stays where it is */
  guint show_first_id;    /* tick callback */
  guint n_frames;         /* that it waits yet */
  gboolean stale;         /* what stands in the rows changed while they were not on show */

  GtkSearchEntry *filter_entry;
  GtkMenuButton *sort_button;
  GtkColumnView *view;
  GtkMultiSelection *selection;
  GtkSortListModel *sorted;
  GtkFilterListModel *filtered;
  GtkLabel *placeholder;
};

G_DEFINE_FINAL_TYPE (BwTable, bw_table, GTK_TYPE_WIDGET)

static guint selected_signal;
static guint activated_signal;

static guint
row_of (gpointer item)
{
  return bw_index_item_get_index (BW_INDEX_ITEM (item));
}

static void
show_cell (GtkListItem  *item,
           const Column *column)
{
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));
  g_autofree char *text = column->what->dup_text (column->table->data,
                                                  row_of (gtk_list_item_get_item (item)));

  /* A label's text costs a layout. */
  if (g_strcmp0 (gtk_label_get_text (label), text ? text : "") != 0)
    gtk_label_set_text (label, text ? text : "");
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          const Column             *column)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));
  gboolean from_right = gtk_widget_get_direction (GTK_WIDGET (column->table)) == GTK_TEXT_DIR_RTL;

  /* 1 is the other side where one reads from the right, and numbers end on the right there, too. */
  gtk_label_set_xalign (label, column->what->number && !from_right ? 1 : 0);
  if (column->what->wide)
    {
      gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (label, 5);
    }
  if (column->what->number)
    gtk_widget_add_css_class (GTK_WIDGET (label), "numeric");
  gtk_list_item_set_child (item, GTK_WIDGET (label));
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         Column                   *column)
{
  g_hash_table_insert (column->table->cells, item, column);
  show_cell (item, column);
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           Column                   *column)
{
  g_hash_table_remove (column->table->cells, item);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const Column *column = user_data;
  gpointer data = column->table->data;
  guint row_a = row_of ((gpointer) a), row_b = row_of ((gpointer) b);
  g_autofree char *text_a = NULL;
  g_autofree char *text_b = NULL;

  if (column->what->compare)
    return column->what->compare (data, row_a, row_b);
  text_a = column->what->dup_text (data, row_a);
  text_b = column->what->dup_text (data, row_b);
  return g_utf8_collate (text_a ? text_a : "", text_b ? text_b : "");
}

static gboolean
matches (gpointer item,
         gpointer user_data)
{
  BwTable *self = user_data;

  if (!self->needle)
    return TRUE;
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_autofree char *text = self->columns[i].what->dup_text (self->data, row_of (item));
      g_autofree char *folded = text ? g_utf8_casefold (text, -1) : NULL;

      if (folded && strstr (folded, self->needle))
        return TRUE;
    }
  return FALSE;
}

static void
on_filter_changed (GtkEditable *entry,
                   BwTable     *self)
{
  const char *text = gtk_editable_get_text (entry);

  g_free (self->needle);
  self->needle = text[0] != '\0' ? g_utf8_casefold (text, -1) : NULL;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_stop_search (GtkEditable *entry,
                BwTable     *self)
{
  gtk_editable_set_text (entry, "");
}

/* GTK 4.8 offers it to the list inside alone. */
static void
scroll_to (BwTable *self,
           guint    position)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
}

static guint
row_at (BwTable *self,
        guint    position)
{
  g_autoptr (BwIndexItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  return row_of (item);
}

/* Has the list select, of these places, what is selected. */
static void
follow (BwTable *self,
        guint    from,
        guint    n)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = gtk_bitset_new_range (from, n);
  guint last = GTK_INVALID_LIST_POSITION;

  for (guint i = from; self->chosen->n_selected > 0 && i < from + n; i++)
    {
      guint row = row_at (self, i);

      if (bw_selection_has (self->chosen, row))
        gtk_bitset_add (selected, i);
      if ((gint32) row == self->chosen->last
          && !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), i))
        last = i;
    }
  self->selecting = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), selected, mask);
  self->selecting = FALSE;
  if (last != GTK_INVALID_LIST_POSITION)
    scroll_to (self, last);
}

/* Rows are filtered when there is time: what is selected may come into the list only now. */
static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  BwTable    *self)
{
  g_autoptr (GtkBitset) selected =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), g_list_model_get_n_items (model) == 0);
  if (gtk_bitset_get_size (selected) < self->chosen->n_selected)
    follow (self, position, n_added);
}

static gboolean
is_sorted (BwTable *self)
{
  return gtk_filter_list_model_get_pending (self->filtered) == 0
         && gtk_sort_list_model_get_pending (self->sorted) == 0
         && g_list_model_get_n_items (G_LIST_MODEL (self->sorted)) > 0;
}

/* From right to left it is the rightmost, where GTK shows the leftmost. */
static void
show_first_column (BwTable *self)
{
  GtkAdjustment *place = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->view));

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    gtk_adjustment_set_value (place, gtk_adjustment_get_upper (place));
}

/* The list holds on to the row that came first, wherever the others put it, and listens to nobody
 * before it has a height. */
static gboolean
show_first (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  BwTable *self = BW_TABLE (widget);
  GtkAdjustment *place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  if (gtk_widget_get_mapped (widget))
    {
      if (!is_sorted (self) || gtk_adjustment_get_page_size (place) < 1 || self->n_frames-- > 0)
        return G_SOURCE_CONTINUE;
      if (self->chosen->n_selected == 0)
        scroll_to (self, 0);
      if (self->fresh)
        show_first_column (self);
      self->fresh = self->reordered = FALSE;
    }
  self->show_first_id = 0;
  return G_SOURCE_REMOVE;
}

static void
on_sorted (BwTable *self)
{
  if ((!self->fresh && !self->reordered) || !is_sorted (self))
    return;
  self->n_frames = N_FRAMES_LAID_OUT;
  if (!self->show_first_id)
    self->show_first_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), show_first, NULL, NULL);
}

static void
on_order_chosen (BwTable *self)
{
  self->reordered |= !self->sorting_again;
}

static void
on_selected (GtkSelectionModel *model,
             guint              position,
             guint              n,
             BwTable           *self)
{
  g_autoptr (GtkBitset) selected = NULL;
  g_autofree guint8 *flags = NULL;
  GtkBitsetIter iter;
  guint at;

  if (self->selecting)
    return;
  selected = gtk_selection_model_get_selection (model);
  flags = g_new0 (guint8, self->chosen->n_parts + 1);
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &at); more;
       more = gtk_bitset_iter_next (&iter, &at))
    flags[row_at (self, at)] = TRUE;
  if (bw_selection_assign (self->chosen, flags, FALSE))
    g_signal_emit (self, selected_signal, 0);
}

static void
on_activate (GtkColumnView *view,
             guint          position,
             BwTable       *self)
{
  g_signal_emit (self, activated_signal, 0, row_at (self, position));
}

const BwSelection *
bw_table_get_selection (BwTable *self)
{
  g_return_val_if_fail (BW_IS_TABLE (self), NULL);

  return self->chosen;
}

void
bw_table_select (BwTable      *self,
                 const guint8 *flags,
                 gint32        last)
{
  g_return_if_fail (BW_IS_TABLE (self));

  if (!bw_selection_assign (self->chosen, flags, FALSE)
      && last == self->chosen->last)
    return;
  self->chosen->last = last;
  follow (self, 0, g_list_model_get_n_items (G_LIST_MODEL (self->selection)));
}

/* Chosen again, the other way round. */
static void
on_sort (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  BwTable *self = BW_TABLE (widget);
  const Column *column = NULL;

  for (guint i = 0; i < self->n_columns; i++)
    if (g_str_equal (self->columns[i].what->id, g_variant_get_string (parameter, NULL)))
      column = &self->columns[i];
  if (!column)
    return;
  if (column == self->sorted_by)
    self->sort_type = self->sort_type == GTK_SORT_ASCENDING ? GTK_SORT_DESCENDING
                                                            : GTK_SORT_ASCENDING;
  else
    self->sort_type = column->what->number ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING;
  self->sorted_by = column;
  gtk_column_view_sort_by_column (self->view, column->view, self->sort_type);
}

static void
add_column (BwTable             *self,
            Column              *column,
            const BwTableColumn *what)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter =
    GTK_SORTER (gtk_custom_sorter_new (compare_rows, column, NULL));

  *column = (Column) { self, what, gtk_column_view_column_new (_(what->title), factory) };
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), column);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), column);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), column);
  gtk_column_view_column_set_sorter (column->view, sorter);
  gtk_column_view_column_set_expand (column->view, what->wide);
  gtk_column_view_column_set_resizable (column->view, TRUE);
  gtk_column_view_append_column (self->view, column->view);
}

char *
bw_table_dup_length (const double *lengths_mm,
                     guint         row)
{
  /* Translators: a length in a list, millimetres. */
  return lengths_mm && lengths_mm[row] > 0 ? g_strdup_printf (_("%.1f mm"), lengths_mm[row]) : NULL;
}

int
bw_table_compare_numbers (const double *numbers,
                          guint         a,
                          guint         b)
{
  return numbers ? (numbers[a] > numbers[b]) - (numbers[a] < numbers[b]) : 0;
}

void
bw_table_set_columns (BwTable             *self,
                      const BwTableColumn *columns,
                      guint                n_columns,
                      const char          *name,
                      const char          *placeholder)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_return_if_fail (BW_IS_TABLE (self) && self->columns == NULL);

  self->columns = g_new0 (Column, n_columns);
  self->n_columns = n_columns;
  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *action = g_strdup_printf ("table.sort::%s", columns[i].id);

      add_column (self, &self->columns[i], &columns[i]);
      g_menu_append (menu, _(columns[i].title), action);
    }
  gtk_menu_button_set_menu_model (self->sort_button, G_MENU_MODEL (menu));
  self->sorted_by = &self->columns[0];
  self->sort_type = GTK_SORT_ASCENDING;
  gtk_column_view_sort_by_column (self->view, self->sorted_by->view, self->sort_type);
  gtk_label_set_text (self->placeholder, placeholder);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

void
bw_table_set_rows (BwTable *self,
                   guint    n_rows,
                   gpointer data)
{
  g_return_if_fail (BW_IS_TABLE (self));

  bw_selection_free (self->chosen);
  self->chosen = bw_selection_new (n_rows);
  self->data = data;
  self->fresh = TRUE;
  /* GTK makes widgets for the cells of some 200 rows, seen or not. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_filter_list_model_set_model (self->filtered, NULL);
  bw_index_list_set_length (self->rows, n_rows);
  on_items_changed (G_LIST_MODEL (self->selection), 0, 0, 0, self);
}

void
bw_table_refresh (BwTable *self)
{
  GHashTableIter iter;
  gpointer item, column;
  gint64 now_us = g_get_monotonic_time ();

  g_return_if_fail (BW_IS_TABLE (self));

  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->stale)
    return;
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &item, &column))
    show_cell (item, column);
  if (now_us - self->sorted_us < SORT_INTERVAL_US)
    return;
  self->sorted_us = now_us;
  self->sorting_again = TRUE;
  gtk_sorter_changed (gtk_column_view_get_sorter (self->view), GTK_SORTER_CHANGE_DIFFERENT);
  self->sorting_again = FALSE;
}

static void
bw_table_map (GtkWidget *widget)
{
  BwTable *self = BW_TABLE (widget);

  GTK_WIDGET_CLASS (bw_table_parent_class)->map (widget);
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (self->rows));
  if (self->stale)
    bw_table_refresh (self);
}

static gboolean
bw_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BW_TABLE (widget)->filter_entry));
}

static void
bw_table_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bw_table_parent_class)->dispose (object);
}

static void
bw_table_finalize (GObject *object)
{
  BwTable *self = BW_TABLE (object);

  g_clear_object (&self->rows);
  g_clear_object (&self->filter);
  g_hash_table_unref (self->cells);
  g_free (self->needle);
  g_free (self->columns);
  bw_selection_free (self->chosen);
  G_OBJECT_CLASS (bw_table_parent_class)->finalize (object);
}

static void
bw_table_class_init (BwTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bw_table_dispose;
  object_class->finalize = bw_table_finalize;
  widget_class->grab_focus = bw_table_grab_focus;
  widget_class->map = bw_table_map;

  selected_signal = g_signal_new ("selected", BW_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  activated_signal = g_signal_new ("activated", BW_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_install_action (widget_class, "table.sort", "s", on_sort);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/boardwalk_pcb/Boardwalk/table.ui");
  gtk_widget_class_bind_template_child (widget_class, BwTable, filter_entry);
  gtk_widget_class_bind_template_child (widget_class, BwTable, sort_button);
  gtk_widget_class_bind_template_child (widget_class, BwTable, view);
  gtk_widget_class_bind_template_child (widget_class, BwTable, selection);
  gtk_widget_class_bind_template_child (widget_class, BwTable, sorted);
  gtk_widget_class_bind_template_child (widget_class, BwTable, filtered);
  gtk_widget_class_bind_template_child (widget_class, BwTable, placeholder);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_items_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
bw_table_init (BwTable *self)
{
  self->chosen = bw_selection_new (0);
  self->cells = g_hash_table_new (NULL, NULL);
  self->rows = bw_index_list_new ();
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_filter_list_model_set_filter (self->filtered, self->filter);
  g_signal_connect_object (self->sorted, "notify::pending", G_CALLBACK (on_sorted), self,
                           G_CONNECT_SWAPPED);
  gtk_sort_list_model_set_sorter (self->sorted, gtk_column_view_get_sorter (self->view));
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (on_order_chosen), self, G_CONNECT_SWAPPED);
}
