/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/bw-board-json-private.h"

static const char *
layer_name (guint8 layer)
{
  switch ((BwLayer) layer)
    {
    case BW_LAYER_COPPER:
      return "copper";
    case BW_LAYER_SILK:
      return "silk";
    case BW_LAYER_FAB:
      return "fab";
    case BW_LAYER_COURTYARD:
      return "courtyard";
    case BW_LAYER_EDGE:
      return "edge";
    case BW_LAYER_OTHER:
    default:
      return "other";
    }
}

void
bw_board_json_integer (BwTextWriter *writer,
                       const char   *name,
                       gint64        value)
{
  bw_text_writer_name (writer, name);
  bw_text_writer_integer (writer, value);
}

void
bw_board_json_boolean (BwTextWriter *writer,
                       const char   *name,
                       gboolean      value)
{
  bw_text_writer_name (writer, name);
  bw_text_writer_boolean (writer, value);
}

void
bw_board_json_string (BwTextWriter *writer,
                      const char   *name,
                      const char   *value)
{
  bw_text_writer_name (writer, name);
  bw_text_writer_string (writer, value);
}

void
bw_board_json_points (BwTextWriter  *writer,
                      const BwPoint *points,
                      guint32        n_points)
{
  BwPoint last = { 0, 0 };

  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < n_points; i++)
    {
      bw_text_writer_integer (writer, (gint64) points[i].x_nm - last.x_nm);
      bw_text_writer_integer (writer, (gint64) points[i].y_nm - last.y_nm);
      last = points[i];
    }
  bw_text_writer_end_array (writer);
}

void
bw_board_json_ring (BwTextWriter *writer,
                    const char   *name,
                    const BwRing *ring)
{
  bw_text_writer_name (writer, name);
  bw_board_json_points (writer, ring->points, ring->n_points);
}

void
bw_board_json_begin_paths (BwTextWriter *writer)
{
  bw_text_writer_name (writer, "paths");
  bw_text_writer_begin_array (writer);
}

void
bw_board_json_end_paths (BwTextWriter *writer)
{
  bw_text_writer_end_array (writer);
  bw_text_writer_end_object (writer);
}

void
bw_board_json_area (BwTextWriter *writer,
                    const char   *name,
                    guint         sides,
                    const BwRing *ring)
{
  bw_text_writer_begin_object (writer);
  if (name != NULL)
    bw_board_json_string (writer, "name", name);
  bw_board_json_integer (writer, "sides", sides);
  bw_board_json_ring (writer, "points", ring);
  bw_text_writer_end_object (writer);
}

/* Graphics of one style follow one another; within it they keep the file's order. */
static int
compare_graphics (gconstpointer a,
                  gconstpointer b)
{
  const BwGraphic *one = *(const BwGraphic *const *) a;
  const BwGraphic *two = *(const BwGraphic *const *) b;
  gint64 differences[] = {
    one->layer - two->layer, one->side - two->side, one->closed - two->closed,
    one->filled - two->filled, (gint64) one->width_nm - two->width_nm,
  };

  for (guint i = 0; i < G_N_ELEMENTS (differences); i++)
    if (differences[i] != 0)
      return differences[i] < 0 ? -1 : 1;
  return 0;
}

static void
put_style (BwTextWriter    *writer,
           const BwGraphic *graphic)
{
  bw_board_json_string (writer, "layer", layer_name (graphic->layer));
  bw_board_json_integer (writer, "side", graphic->side);
  bw_board_json_integer (writer, "width", graphic->width_nm);
  bw_board_json_boolean (writer, "closed", graphic->closed);
  bw_board_json_boolean (writer, "filled", graphic->filled);
}

/* Takes the pointers of `graphics`, BwGraphic. */
void
bw_board_json_graphics (BwTextWriter *writer,
                        const char   *name,
                        GPtrArray    *graphics)
{
  gconstpointer last = NULL;

  g_ptr_array_sort (graphics, compare_graphics);
  bw_text_writer_name (writer, name);
  bw_text_writer_begin_array (writer);
  for (guint i = 0; i < graphics->len; i++)
    {
      const BwGraphic *graphic = g_ptr_array_index (graphics, i);

      if (last == NULL || compare_graphics (&last, &graphic) != 0)
        {
          if (last != NULL)
            bw_board_json_end_paths (writer);
          bw_text_writer_begin_object (writer);
          put_style (writer, graphic);
          bw_board_json_begin_paths (writer);
        }
      bw_board_json_points (writer, graphic->points, graphic->n_points);
      last = graphic;
    }
  if (last != NULL)
    bw_board_json_end_paths (writer);
  bw_text_writer_end_array (writer);
}

/* What is as it mostly is goes unsaid. */
static void
put_text (BwTextWriter *writer,
          const char   *words,
          const BwText *text)
{
  bw_text_writer_begin_object (writer);
  bw_board_json_string (writer, "text", words);
  bw_text_writer_name (writer, "at");
  bw_board_json_points (writer, &text->at, 1);
  bw_board_json_integer (writer, "height", text->height_nm);
  if (text->width_nm != text->height_nm)
    bw_board_json_integer (writer, "width", text->width_nm);
  bw_board_json_integer (writer, "stroke", text->stroke_nm);
  if (text->rotation_cdeg != 0)
    bw_board_json_integer (writer, "rotation", text->rotation_cdeg);
  if (text->align_x != 0 || text->align_y != 0)
    {
      bw_text_writer_name (writer, "align");
      bw_text_writer_begin_array (writer);
      bw_text_writer_integer (writer, text->align_x);
      bw_text_writer_integer (writer, text->align_y);
      bw_text_writer_end_array (writer);
    }
  bw_board_json_string (writer, "layer", layer_name (text->layer));
  if (text->side != BW_SIDE_FRONT)
    bw_board_json_integer (writer, "side", text->side);
  if (text->mirrored)
    bw_board_json_boolean (writer, "mirrored", TRUE);
  if (text->upright)
    bw_board_json_boolean (writer, "upright", TRUE);
  bw_text_writer_end_object (writer);
}

void
bw_board_json_texts (BwTextWriter      *writer,
                     GPtrArray         *texts,
                     const BwFootprint *footprint)
{
  bw_text_writer_name (writer, "texts");
  bw_text_writer_begin_array (writer);
  for (guint i = 0; i < texts->len; i++)
    {
      const BwText *text = g_ptr_array_index (texts, i);

      if (footprint != NULL && g_str_equal (text->text, footprint->reference))
        put_text (writer, "${REFERENCE}", text);
      else if (footprint != NULL && g_str_equal (text->text, footprint->value))
        put_text (writer, "${VALUE}", text);
      else
        put_text (writer, text->text, text);
    }
  bw_text_writer_end_array (writer);
}
