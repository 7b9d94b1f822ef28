/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-wrap-layout.h"

struct _BwWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
  int line_spacing;
  gboolean at_end;
};

enum
{
  PROP_SPACING = 1,
  PROP_LINE_SPACING,
  PROP_AT_END,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (BwWrapLayout, bw_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Children of one line. */
typedef struct
{
  GtkWidget *first;
  GtkWidget *end;    /* the one after the last; NULL: none */
  int width;
  int height;
} Line;

static int
width_of (GtkWidget *child,
          int        most)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, most));
}

static int
height_of (GtkWidget *child,
           int        width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* The line that begins with `first`, of at least one child. */
static Line
fill_line (const BwWrapLayout *self,
           GtkWidget          *first,
           int                 most)
{
  Line line = { .first = first };
  GtkWidget *child;

  for (child = first; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int width, space = line.width > 0 ? self->spacing : 0;

      if (!gtk_widget_should_layout (child))
        continue;
      width = width_of (child, most);
      if (line.width > 0 && line.width + space + width > most)
        break;
      line.width += space + width;
      line.height = MAX (line.height, height_of (child, width));
    }
  line.end = child;
  return line;
}

static int
measure_height (const BwWrapLayout *self,
                GtkWidget          *widget,
                int                 width)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int height = 0;

  while (child != NULL)
    {
      Line line = fill_line (self, child, width);

      height += line.height + (height > 0 && line.height > 0 ? self->line_spacing : 0);
      child = line.end;
    }
  return height;
}

static void
bw_wrap_layout_measure (GtkLayoutManager *manager,
                        GtkWidget        *widget,
                        GtkOrientation    orientation,
                        int               for_size,
                        int              *minimum,
                        int              *natural,
                        int              *minimum_baseline,
                        int              *natural_baseline)
{
  BwWrapLayout *self = BW_WRAP_LAYOUT (manager);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = measure_height (self, widget, for_size < 0 ? G_MAXINT : for_size);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least, wanted;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation, -1, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += wanted + (*natural > 0 ? self->spacing : 0);
    }
}

static void
allocate_line (const BwWrapLayout *self,
               const Line         *line,
               gboolean            from_right,
               int                 most,
               int                 y)
{
  int x = self->at_end ? MAX (most - line->width, 0) : 0;

  for (GtkWidget *child = line->first; child != line->end;
       child = gtk_widget_get_next_sibling (child))
    {
      int width;

      if (!gtk_widget_should_layout (child))
        continue;
      width = width_of (child, most);
      gtk_widget_size_allocate (child, &(GtkAllocation) { from_right ? most - x - width : x, y,
                                                          width, line->height }, -1);
      x += width + self->spacing;
    }
}

static void
bw_wrap_layout_allocate (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         int               width,
                         int               height,
                         int               baseline)
{
  BwWrapLayout *self = BW_WRAP_LAYOUT (manager);
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = gtk_widget_get_first_child (widget);
  /* In the middle of what it got; of one line, as a rule. */
  int y = MAX (height - measure_height (self, widget, width), 0) / 2;

  while (child != NULL)
    {
      Line line = fill_line (self, child, width);

      allocate_line (self, &line, from_right, width, y);
      y += line.height + self->line_spacing;
      child = line.end;
    }
}

static GtkSizeRequestMode
bw_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                 GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
bw_wrap_layout_set_property (GObject      *object,
                             guint         property,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  BwWrapLayout *self = BW_WRAP_LAYOUT (object);

  switch (property)
    {
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    case PROP_LINE_SPACING:
      self->line_spacing = g_value_get_int (value);
      break;
    case PROP_AT_END:
      self->at_end = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
      return;
    }
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

static void
bw_wrap_layout_class_init (BwWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = bw_wrap_layout_set_property;
  layout_class->measure = bw_wrap_layout_measure;
  layout_class->allocate = bw_wrap_layout_allocate;
  layout_class->get_request_mode = bw_wrap_layout_get_request_mode;

  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, 1000, 0, flags);
  properties[PROP_LINE_SPACING] = g_param_spec_int ("line-spacing", NULL, NULL, 0, 1000, 0, flags);
  properties[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
bw_wrap_layout_init (BwWrapLayout *self)
{
}
