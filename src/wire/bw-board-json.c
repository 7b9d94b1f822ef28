/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/bw-board-json.h"

#include "wire/bw-text-writer.h"

#define FORMAT 1

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

static void
put_integer (BwTextWriter *writer,
             const char   *name,
             gint64        value)
{
  bw_text_writer_name (writer, name);
  bw_text_writer_integer (writer, value);
}

static void
put_boolean (BwTextWriter *writer,
             const char   *name,
             gboolean      value)
{
  bw_text_writer_name (writer, name);
  bw_text_writer_boolean (writer, value);
}

static void
put_string (BwTextWriter *writer,
            const char   *name,
            const char   *value)
{
  bw_text_writer_name (writer, name);
  bw_text_writer_string (writer, value);
}

static void
put_points (BwTextWriter  *writer,
            const BwPoint *points,
            guint32        n_points)
{
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < n_points; i++)
    {
      bw_text_writer_integer (writer, points[i].x_nm);
      bw_text_writer_integer (writer, points[i].y_nm);
    }
  bw_text_writer_end_array (writer);
}

static void
put_point (BwTextWriter *writer,
           const char   *name,
           BwPoint       point)
{
  bw_text_writer_name (writer, name);
  put_points (writer, &point, 1);
}

static void
put_ring (BwTextWriter *writer,
          const char   *name,
          const BwRing *ring)
{
  bw_text_writer_name (writer, name);
  put_points (writer, ring->points, ring->n_points);
}

static void
put_graphics (BwTextWriter    *writer,
              const BwGraphic *graphics,
              guint32          n_graphics)
{
  bw_text_writer_name (writer, "graphics");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < n_graphics; i++)
    {
      const BwGraphic *graphic = &graphics[i];

      bw_text_writer_begin_object (writer);
      put_string (writer, "layer", layer_name (graphic->layer));
      put_integer (writer, "side", graphic->side);
      put_integer (writer, "width", graphic->width_nm);
      put_boolean (writer, "closed", graphic->closed);
      put_boolean (writer, "filled", graphic->filled);
      bw_text_writer_name (writer, "points");
      put_points (writer, graphic->points, graphic->n_points);
      bw_text_writer_end_object (writer);
    }
  bw_text_writer_end_array (writer);
}

static void
put_outlines_and_keepouts (BwTextWriter  *writer,
                           const BwBoard *board)
{
  bw_text_writer_name (writer, "outlines");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < board->n_outlines; i++)
    {
      bw_text_writer_begin_object (writer);
      put_boolean (writer, "hole", board->outlines[i].hole);
      put_ring (writer, "points", &board->outlines[i].ring);
      bw_text_writer_end_object (writer);
    }
  bw_text_writer_end_array (writer);

  bw_text_writer_name (writer, "keepouts");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < board->n_keepouts; i++)
    {
      bw_text_writer_begin_object (writer);
      put_integer (writer, "sides", board->keepouts[i].sides);
      put_ring (writer, "points", &board->keepouts[i].ring);
      bw_text_writer_end_object (writer);
    }
  bw_text_writer_end_array (writer);
}

static void
put_tracks (BwTextWriter  *writer,
            const BwBoard *board)
{
  bw_text_writer_name (writer, "tracks");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < board->n_tracks; i++)
    {
      const BwTrack *track = &board->tracks[i];

      bw_text_writer_begin_object (writer);
      put_integer (writer, "net", track->net);
      put_integer (writer, "sides", track->sides);
      put_integer (writer, "width", track->width_nm);
      bw_text_writer_name (writer, "points");
      put_points (writer, track->points, track->n_points);
      bw_text_writer_end_object (writer);
    }
  bw_text_writer_end_array (writer);
}

static void
put_modules_and_nets (BwTextWriter  *writer,
                      const BwBoard *board)
{
  bw_text_writer_name (writer, "modules");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < board->n_modules; i++)
    bw_text_writer_string (writer, board->modules[i].name);
  bw_text_writer_end_array (writer);

  bw_text_writer_name (writer, "nets");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < board->n_nets; i++)
    {
      const BwNet *net = &board->nets[i];

      bw_text_writer_begin_object (writer);
      put_string (writer, "name", net->name);
      put_boolean (writer, "power", net->power);
      bw_text_writer_name (writer, "pins");
      bw_text_writer_begin_array (writer);
      for (guint32 pin = 0; pin < net->n_pins; pin++)
        {
          bw_text_writer_integer (writer, net->pins[pin].footprint);
          bw_text_writer_integer (writer, net->pins[pin].pad);
        }
      bw_text_writer_end_array (writer);
      bw_text_writer_end_object (writer);
    }
  bw_text_writer_end_array (writer);
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
      put_string (writer, "number", pad->number);
      put_integer (writer, "net", pad->net);
      put_point (writer, "at", pad->at);
      put_integer (writer, "sides", pad->sides);
      put_integer (writer, "drill", pad->drill_nm);
      put_ring (writer, "points", &pad->outline);
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
        put_points (writer, footprint->body[side][i].points, footprint->body[side][i].n_points);
      bw_text_writer_end_array (writer);
    }
  bw_text_writer_end_array (writer);
}

static void
put_footprint (BwTextWriter      *writer,
               const BwFootprint *footprint)
{
  bw_text_writer_begin_object (writer);
  put_string (writer, "key", footprint->key);
  put_string (writer, "reference", footprint->reference);
  put_string (writer, "value", footprint->value);
  put_integer (writer, "module", footprint->module);
  put_boolean (writer, "locked", footprint->locked);
  put_boolean (writer, "held", footprint->hold != BW_HOLD_NONE);

  bw_text_writer_name (writer, "pose");
  bw_text_writer_begin_array (writer);
  bw_text_writer_integer (writer, footprint->pose.at.x_nm);
  bw_text_writer_integer (writer, footprint->pose.at.y_nm);
  bw_text_writer_integer (writer, footprint->pose.rotation_cdeg);
  bw_text_writer_integer (writer, footprint->pose.side);
  bw_text_writer_end_array (writer);

  put_point (writer, "label", footprint->label_at);
  put_body (writer, footprint);
  put_graphics (writer, footprint->graphics, footprint->n_graphics);
  put_pads (writer, footprint);
  bw_text_writer_end_object (writer);
}

static void
put_box (BwTextWriter *writer,
         const BwBox  *box)
{
  BwPoint corners[2] = { { box->x0_nm, box->y0_nm }, { box->x1_nm, box->y1_nm } };
  BwPoint none[2] = { { 0, 0 }, { 0, 0 } };

  bw_text_writer_name (writer, "box");
  put_points (writer, bw_box_is_empty (box) ? none : corners, 2);
}

GBytes *
bw_board_json_new (const BwBoard *board)
{
  GString *text = g_string_new (NULL);
  BwTextWriter writer = bw_text_writer_on (text);
  char hash[17];

  g_snprintf (hash, sizeof hash, "%016" G_GINT64_MODIFIER "x", board->hash);

  bw_text_writer_begin_object (&writer);
  put_integer (&writer, "format", FORMAT);
  put_string (&writer, "name", board->name);
  put_string (&writer, "hash", hash);
  put_box (&writer, &board->box);
  put_outlines_and_keepouts (&writer, board);
  put_graphics (&writer, board->graphics, board->n_graphics);
  put_tracks (&writer, board);
  put_modules_and_nets (&writer, board);

  bw_text_writer_name (&writer, "footprints");
  bw_text_writer_begin_array (&writer);
  for (guint32 i = 0; i < board->n_footprints; i++)
    put_footprint (&writer, &board->footprints[i]);
  bw_text_writer_end_array (&writer);
  bw_text_writer_end_object (&writer);

  return g_string_free_to_bytes (text);
}
