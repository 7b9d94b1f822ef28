/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/bw-board-json-private.h"

#include <string.h>

/* What a custom pad is made of. */
static void
put_copper (BwTextWriter *writer,
            const BwPad  *pad)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new ();

  for (guint32 i = 0; i < pad->n_copper; i++)
    g_ptr_array_add (pieces, (gpointer) &pad->copper[i]);
  bw_board_json_graphics (writer, "copper", pieces);
}

static void
put_pads (BwTextWriter      *writer,
          const BwFootprint *footprint)
{
  bw_text_writer_name (writer, "pads");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < footprint->n_pads; i++)
    {
      const BwPad *pad = &footprint->pads[i];

      bw_text_writer_begin_object (writer);
      bw_board_json_string (writer, "number", pad->number);
      bw_text_writer_name (writer, "at");
      bw_board_json_points (writer, &pad->at, 1);
      bw_board_json_integer (writer, "sides", pad->sides);
      bw_board_json_integer (writer, "drill", pad->drill_nm);
      if (pad->slot.x_nm != 0 || pad->slot.y_nm != 0)
        {
          bw_text_writer_name (writer, "slot");
          bw_board_json_points (writer, &pad->slot, 1);
        }
      bw_board_json_ring (writer, "points", &pad->outline);
      if (pad->n_copper > 0)
        put_copper (writer, pad);
      bw_text_writer_end_object (writer);
    }
  bw_text_writer_end_array (writer);
}

static void
put_body (BwTextWriter      *writer,
          const BwFootprint *footprint)
{
  bw_text_writer_name (writer, "body");
  bw_text_writer_begin_array (writer);
  for (guint side = 0; side < BW_N_SIDES; side++)
    {
      bw_text_writer_begin_array (writer);
      for (guint32 i = 0; i < footprint->n_body[side]; i++)
        bw_board_json_points (writer, footprint->body[side][i].points,
                              footprint->body[side][i].n_points);
      bw_text_writer_end_array (writer);
    }
  bw_text_writer_end_array (writer);
}

/* What is a part's own though the board has it: zones and areas, brought to the front frame. */
typedef struct
{
  GArray *copper;   /* BwGraphic */
  GArray *keepouts; /* BwKeepout */
  GArray *rules;    /* BwRuleArea */
  GPtrArray *points;
} Own;

static BwRing
own_ring (Own               *own,
          const BwFootprint *footprint,
          const BwRing      *ring)
{
  BwTransform transform = bw_pose_transform (&footprint->pose);
  BwPoint *points = g_new (BwPoint, ring->n_points);

  for (guint32 i = 0; i < ring->n_points; i++)
    points[i] = bw_transform_point_back (&transform, ring->points[i]);
  g_ptr_array_add (own->points, points);
  return (BwRing) { points, ring->n_points };
}

/* Bits of sides as they are while the part lies on the front. */
static guint8
front_sides (const BwFootprint *footprint,
             guint8             sides)
{
  if (footprint->pose.side == BW_SIDE_FRONT)
    return sides;
  return (guint8) (((sides & 1) << 1) | ((sides >> 1) & 1));
}

static Own *
find_own (const BwBoard *board)
{
  Own *own = g_new (Own, board->n_footprints);

  for (guint32 i = 0; i < board->n_footprints; i++)
    own[i] = (Own) {
      .copper = g_array_new (FALSE, FALSE, sizeof (BwGraphic)),
      .keepouts = g_array_new (FALSE, FALSE, sizeof (BwKeepout)),
      .rules = g_array_new (FALSE, FALSE, sizeof (BwRuleArea)),
      .points = g_ptr_array_new_with_free_func (g_free),
    };
  for (guint32 i = 0; i < board->n_keepouts; i++)
    {
      BwKeepout keepout = board->keepouts[i];

      if (keepout.footprint < 0)
        continue;
      keepout.sides = front_sides (&board->footprints[keepout.footprint], keepout.sides);
      keepout.ring = own_ring (&own[keepout.footprint], &board->footprints[keepout.footprint],
                               &keepout.ring);
      g_array_append_val (own[keepout.footprint].keepouts, keepout);
    }
  for (guint32 i = 0; i < board->n_rule_areas; i++)
    {
      BwRuleArea area = board->rule_areas[i];

      if (area.footprint < 0 || area.sides == 0 || (area.bars & BW_BARS_FOOTPRINTS))
        continue;
      area.sides = front_sides (&board->footprints[area.footprint], area.sides);
      area.ring = own_ring (&own[area.footprint], &board->footprints[area.footprint],
                            &area.ring);
      g_array_append_val (own[area.footprint].rules, area);
    }
  for (guint32 i = 0; i < board->n_zones; i++)
    for (guint32 k = 0; board->zones[i].footprint >= 0 && k < board->zones[i].n_fills; k++)
      {
        const BwFootprint *footprint = &board->footprints[board->zones[i].footprint];
        const BwZoneFill *fill = &board->zones[i].fills[k];
        BwRing ring = own_ring (&own[board->zones[i].footprint], footprint, &fill->ring);

        for (guint8 side = 0; side < BW_N_SIDES; side++)
          if (front_sides (footprint, fill->sides) & (1 << side))
            g_array_append_val (own[board->zones[i].footprint].copper, ((BwGraphic) {
              .points = ring.points, .n_points = ring.n_points, .layer = BW_LAYER_COPPER,
              .side = side, .closed = TRUE, .filled = TRUE,
            }));
      }
  return own;
}

static void
free_own (Own    *own,
          guint32 n_footprints)
{
  for (guint32 i = 0; i < n_footprints; i++)
    {
      g_array_unref (own[i].copper);
      g_array_unref (own[i].keepouts);
      g_array_unref (own[i].rules);
      g_ptr_array_unref (own[i].points);
    }
  g_free (own);
}

/* What parts of one kind have in common. */
static char *
shape_new (const BwFootprint *footprint,
           const Own         *own)
{
  GString *text = g_string_new (NULL);
  BwTextWriter writer = bw_text_writer_on (text);
  g_autoptr (GPtrArray) graphics = g_ptr_array_new ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint32 i = 0; i < footprint->n_texts; i++)
    if (footprint->texts[i].role == BW_TEXT_OTHER)
      g_ptr_array_add (texts, (gpointer) &footprint->texts[i]);
  for (guint32 i = 0; i < footprint->n_graphics; i++)
    g_ptr_array_add (graphics, (gpointer) &footprint->graphics[i]);
  for (guint i = 0; i < own->copper->len; i++)
    g_ptr_array_add (graphics, &g_array_index (own->copper, BwGraphic, i));

  bw_text_writer_begin_object (&writer);
  put_body (&writer, footprint);
  bw_board_json_graphics (&writer, "graphics", graphics);
  bw_text_writer_name (&writer, "keepouts");
  bw_text_writer_begin_array (&writer);
  for (guint i = 0; i < own->keepouts->len; i++)
    {
      const BwKeepout *keepout = &g_array_index (own->keepouts, BwKeepout, i);

      bw_board_json_area (&writer, NULL, keepout->sides, &keepout->ring);
    }
  bw_text_writer_end_array (&writer);
  bw_text_writer_name (&writer, "rules");
  bw_text_writer_begin_array (&writer);
  for (guint i = 0; i < own->rules->len; i++)
    {
      const BwRuleArea *area = &g_array_index (own->rules, BwRuleArea, i);

      bw_board_json_area (&writer, area->name, area->sides, &area->ring);
    }
  bw_text_writer_end_array (&writer);
  bw_board_json_texts (&writer, texts, footprint);
  put_pads (&writer, footprint);
  bw_text_writer_end_object (&writer);
  return g_string_free (text, FALSE);
}

guint32 *
bw_board_json_shapes (BwTextWriter  *writer,
                      const BwBoard *board)
{
  g_autoptr (GHashTable) shapes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint32 *shape_of = g_new (guint32, board->n_footprints);
  Own *own = find_own (board);

  bw_text_writer_name (writer, "shapes");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      g_autofree char *shape = shape_new (&board->footprints[i], &own[i]);
      gpointer known;

      if (g_hash_table_lookup_extended (shapes, shape, NULL, &known))
        shape_of[i] = GPOINTER_TO_UINT (known);
      else
        {
          shape_of[i] = g_hash_table_size (shapes);
          bw_text_writer_raw (writer, shape, strlen (shape));
          g_hash_table_insert (shapes, g_steal_pointer (&shape), GUINT_TO_POINTER (shape_of[i]));
        }
    }
  bw_text_writer_end_array (writer);
  free_own (own, board->n_footprints);
  return shape_of;
}
