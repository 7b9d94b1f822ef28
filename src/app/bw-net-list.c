/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-net-list.h"

#include <glib/gi18n.h>

#include "app/bw-table.h"
#include "base/bw-natural-order.h"

struct _BwNetList
{
  GtkWidget parent_instance;

  BwCanvas *canvas;
  BwBoard *board;           /* NULL: none */
  const double *lengths_mm; /* NULL: nothing was measured yet */
  double *weights;
  gboolean updating;        /* the weight follows, nobody chose */

  BwTable *table;
  GtkWidget *weight_bar;
  GtkSpinButton *weight_spin;
};

G_DEFINE_FINAL_TYPE (BwNetList, bw_net_list, GTK_TYPE_WIDGET)

static const BwNet *
net_of (gpointer data,
        guint    row)
{
  return &BW_NET_LIST (data)->board->nets[row];
}

static char *
dup_name (gpointer data,
          guint    row)
{
  return g_strdup (net_of (data, row)->shown);
}

static int
compare_names (gpointer data,
               guint    a,
               guint    b)
{
  return bw_natural_compare (net_of (data, a)->shown, net_of (data, b)->shown);
}

static char *
dup_length (gpointer data,
            guint    row)
{
  return bw_table_dup_length (BW_NET_LIST (data)->lengths_mm, row);
}

static int
compare_lengths (gpointer data,
                 guint    a,
                 guint    b)
{
  return bw_table_compare_numbers (BW_NET_LIST (data)->lengths_mm, a, b);
}

static char *
dup_pads (gpointer data,
          guint    row)
{
  return g_strdup_printf ("%u", net_of (data, row)->n_pins);
}

static int
compare_pads (gpointer data,
              guint    a,
              guint    b)
{
  guint n_a = net_of (data, a)->n_pins, n_b = net_of (data, b)->n_pins;

  return (n_a > n_b) - (n_a < n_b);
}

static char *
dup_class (gpointer data,
           guint    row)
{
  BwBoard *board = BW_NET_LIST (data)->board;
  const BwNet *net = net_of (data, row);

  /* Translators: of a net, short for “supply or ground”: it counts little in the wire length. */
  return g_strdup (net->power ? _("Power") : board->net_classes[net->net_class].name);
}

/* What is usual is not worth a number. */
static char *
dup_weight (gpointer data,
            guint    row)
{
  double weight = BW_NET_LIST (data)->weights[row];

  return weight == 1.0 ? NULL : g_strdup_printf ("%g", weight);
}

static int
compare_weights (gpointer data,
                 guint    a,
                 guint    b)
{
  return bw_table_compare_numbers (BW_NET_LIST (data)->weights, a, b);
}

static const BwTableColumn columns[] = {
  { "net", N_("Net"), FALSE, TRUE, dup_name, compare_names },
  { "length", N_("Length"), TRUE, FALSE, dup_length, compare_lengths },
  { "pads", N_("Pads"), TRUE, FALSE, dup_pads, compare_pads },
  { "class", N_("Class"), FALSE, FALSE, dup_class, NULL },
  { "weight", N_("Weight"), TRUE, FALSE, dup_weight, compare_weights },
};

/* Nets stand out as long as their list is on show. */
static void
show_nets (BwNetList *self)
{
  const BwSelection *selection;
  g_autofree guint32 *nets = NULL;

  if (!self->canvas)
    return;
  selection = bw_table_get_selection (self->table);
  nets = bw_selection_list (selection);
  bw_canvas_set_nets (self->canvas, nets,
                      gtk_widget_get_mapped (GTK_WIDGET (self)) ? selection->n_selected : 0);
}

static void
show_weight (BwNetList *self)
{
  gint32 last = bw_table_get_selection (self->table)->last;

  gtk_widget_set_sensitive (self->weight_bar, last >= 0);
  self->updating = TRUE;
  gtk_spin_button_set_value (self->weight_spin, last >= 0 ? self->weights[last] : 1.0);
  self->updating = FALSE;
}

static void
on_selected (BwTable   *table,
             BwNetList *self)
{
  show_nets (self);
  show_weight (self);
}

/* Selects the parts on the selected nets. */
static void
on_activated (BwTable   *table,
              guint      activated,
              BwNetList *self)
{
  const BwSelection *selection = bw_table_get_selection (table);
  g_autofree guint8 *flags = g_new0 (guint8, self->board->n_footprints + 1);

  for (guint32 n = 0; n < self->board->n_nets; n++)
    if (n == activated || bw_selection_has (selection, n))
      for (guint32 i = 0; i < self->board->nets[n].n_pins; i++)
        flags[self->board->nets[n].pins[i].footprint] = TRUE;
  bw_canvas_select_parts (self->canvas, flags, FALSE);
}

static void
on_weight (GtkSpinButton *spin,
           BwNetList     *self)
{
  const BwSelection *selection = bw_table_get_selection (self->table);
  g_autofree guint32 *nets = bw_selection_list (selection);
  double weight = gtk_spin_button_get_value (spin);

  if (self->updating)
    return;
  for (guint i = 0; i < selection->n_selected; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.weigh-net", "(ud)", nets[i], weight);
      self->weights[nets[i]] = weight;
    }
  bw_table_refresh (self->table);
}

void
bw_net_list_set_canvas (BwNetList *self,
                        BwCanvas  *canvas)
{
  g_return_if_fail (BW_IS_NET_LIST (self) && self->canvas == NULL);

  g_set_weak_pointer (&self->canvas, canvas);
}

void
bw_net_list_set_board (BwNetList *self,
                       BwBoard   *board)
{
  BwBoard *last;

  g_return_if_fail (BW_IS_NET_LIST (self));

  if (board)
    bw_board_ref (board);
  /* The table lets go of the old one before it goes. */
  bw_table_set_rows (self->table, 0, self);
  last = self->board;
  self->board = board;
  g_clear_pointer (&last, bw_board_unref);
  self->lengths_mm = NULL;
  g_free (self->weights);
  self->weights = g_new (double, board ? board->n_nets + 1 : 1);
  for (guint32 i = 0; board && i < board->n_nets; i++)
    self->weights[i] = 1.0;
  if (board)
    bw_table_set_rows (self->table, board->n_nets, self);
  show_weight (self);
}

void
bw_net_list_set_lengths (BwNetList    *self,
                         const double *lengths_mm)
{
  g_return_if_fail (BW_IS_NET_LIST (self));

  self->lengths_mm = lengths_mm;
  bw_table_refresh (self->table);
}

double
bw_net_list_get_weight (BwNetList *self,
                        guint32    net)
{
  g_return_val_if_fail (BW_IS_NET_LIST (self) && self->board && net < self->board->n_nets, 1.0);

  return self->weights[net];
}

void
bw_net_list_set_weight (BwNetList *self,
                        guint32    net,
                        double     weight)
{
  g_return_if_fail (BW_IS_NET_LIST (self) && self->board && net < self->board->n_nets);

  if (self->weights[net] == weight)
    return;
  self->weights[net] = weight;
  bw_table_refresh (self->table);
  /* What somebody is typing is not taken away. */
  if (!(gtk_widget_get_state_flags (GTK_WIDGET (self->weight_spin))
        & GTK_STATE_FLAG_FOCUS_WITHIN))
    show_weight (self);
}

static gboolean
bw_net_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BW_NET_LIST (widget)->table));
}

static void
bw_net_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bw_net_list_parent_class)->map (widget);
  show_nets (BW_NET_LIST (widget));
}

static void
bw_net_list_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bw_net_list_parent_class)->unmap (widget);
  show_nets (BW_NET_LIST (widget));
}

static void
bw_net_list_dispose (GObject *object)
{
  BwNetList *self = BW_NET_LIST (object);
  GtkWidget *child;

  g_clear_weak_pointer (&self->canvas);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_clear_pointer (&self->board, bw_board_unref);
  g_clear_pointer (&self->weights, g_free);
  G_OBJECT_CLASS (bw_net_list_parent_class)->dispose (object);
}

static void
bw_net_list_class_init (BwNetListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bw_net_list_dispose;
  widget_class->grab_focus = bw_net_list_grab_focus;
  widget_class->map = bw_net_list_map;
  widget_class->unmap = bw_net_list_unmap;
  g_type_ensure (BW_TYPE_TABLE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/boardwalk_pcb/Boardwalk/net-list.ui");
  gtk_widget_class_bind_template_child (widget_class, BwNetList, table);
  gtk_widget_class_bind_template_child (widget_class, BwNetList, weight_bar);
  gtk_widget_class_bind_template_child (widget_class, BwNetList, weight_spin);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_weight);
}

static void
bw_net_list_init (BwNetList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bw_table_set_columns (self->table, columns, G_N_ELEMENTS (columns), _("Nets"),
                        _("No nets found"));
}
