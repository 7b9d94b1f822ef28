/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/bw-board-json.h"

#include "wire/bw-board-json-private.h"

#define FORMAT 2

static void
put_board_graphics (BwTextWriter  *writer,
                    const BwBoard *board)
{
  g_autoptr (GPtrArray) graphics = g_ptr_array_new ();

  for (guint32 i = 0; i < board->n_graphics; i++)
    g_ptr_array_add (graphics, (gpointer) &board->graphics[i]);
  bw_board_json_graphics (writer, "graphics", graphics);
}

/* Those of footprints count as overlaps, which frames tell. */
static void
put_pad_keepouts (BwTextWriter  *writer,
                  const BwBoard *board)
{
  bw_text_writer_name (writer, "pad_keepouts");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < board->n_pad_keepouts; i++)
    {
      const BwPadKeepout *keepout = &board->pad_keepouts[i];

      if (keepout->footprint >= 0)
        continue;
      bw_text_writer_begin_object (writer);
      bw_board_json_integer (writer, "net", keepout->net);
      bw_board_json_integer (writer, "sides", keepout->sides);
      bw_board_json_ring (writer, "points", &keepout->ring);
      bw_text_writer_end_object (writer);
    }
  bw_text_writer_end_array (writer);
}

static void
put_outlines_and_areas (BwTextWriter  *writer,
                        const BwBoard *board)
{
  bw_text_writer_name (writer, "outlines");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < board->n_outlines; i++)
    {
      bw_text_writer_begin_object (writer);
      bw_board_json_boolean (writer, "hole", board->outlines[i].hole);
      bw_board_json_ring (writer, "points", &board->outlines[i].ring);
      bw_text_writer_end_object (writer);
    }
  bw_text_writer_end_array (writer);

  bw_text_writer_name (writer, "keepouts");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < board->n_keepouts; i++)
    if (board->keepouts[i].footprint < 0)
      bw_board_json_area (writer, NULL, board->keepouts[i].sides, &board->keepouts[i].ring);
  bw_text_writer_end_array (writer);

  put_pad_keepouts (writer, board);
  bw_text_writer_name (writer, "rules");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < board->n_rule_areas; i++)
    {
      const BwRuleArea *area = &board->rule_areas[i];

      if (area->footprint < 0 && area->sides != 0 && !(area->bars & BW_BARS_FOOTPRINTS))
        bw_board_json_area (writer, area->name, area->sides, &area->ring);
    }
  bw_text_writer_end_array (writer);

  bw_text_writer_name (writer, "areas");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < board->n_areas; i++)
    bw_board_json_area (writer, board->areas[i].name[0] != '\0' ? board->areas[i].name
                                                      : board->areas[i].source,
              board->areas[i].sides, &board->areas[i].ring);
  bw_text_writer_end_array (writer);
}

static void
put_board_texts (BwTextWriter  *writer,
                 const BwBoard *board)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint32 i = 0; i < board->n_texts; i++)
    g_ptr_array_add (texts, (gpointer) &board->texts[i]);
  bw_board_json_texts (writer, texts, NULL);
}

static void
put_zones (BwTextWriter  *writer,
           const BwBoard *board)
{
  bw_text_writer_name (writer, "zones");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < board->n_zones; i++)
    {
      const BwZone *zone = &board->zones[i];

      if (zone->footprint >= 0 || zone->sides == 0)
        continue;
      bw_text_writer_begin_object (writer);
      bw_board_json_integer (writer, "net", zone->net);
      bw_board_json_integer (writer, "sides", zone->sides);
      if (zone->teardrop)
        bw_board_json_boolean (writer, "teardrop", TRUE);
      bw_text_writer_name (writer, "outlines");
      bw_text_writer_begin_array (writer);
      for (guint32 k = 0; k < zone->n_outlines; k++)
        bw_board_json_points (writer, zone->outlines[k].points, zone->outlines[k].n_points);
      bw_text_writer_end_array (writer);
      bw_text_writer_name (writer, "fills");
      bw_text_writer_begin_array (writer);
      for (guint32 k = 0; k < zone->n_fills; k++)
        bw_board_json_area (writer, NULL, zone->fills[k].sides, &zone->fills[k].ring);
      bw_text_writer_end_array (writer);
      bw_text_writer_end_object (writer);
    }
  bw_text_writer_end_array (writer);
}

static int
compare_tracks (gconstpointer a,
                gconstpointer b)
{
  const BwTrack *one = *(const BwTrack *const *) a;
  const BwTrack *two = *(const BwTrack *const *) b;

  if (one->sides != two->sides)
    return one->sides < two->sides ? -1 : 1;
  if (one->net != two->net)
    return one->net < two->net ? -1 : 1;
  if (one->width_nm != two->width_nm)
    return one->width_nm < two->width_nm ? -1 : 1;
  return (one->drill_nm > two->drill_nm) - (one->drill_nm < two->drill_nm);
}

/* Tracks, or vias, of one net, width and side make one object. */
static void
put_tracks (BwTextWriter  *writer,
            const BwBoard *board,
            const char    *name,
            gboolean       vias)
{
  g_autoptr (GPtrArray) tracks = g_ptr_array_new ();
  gconstpointer last = NULL;

  for (guint32 i = 0; i < board->n_tracks; i++)
    if ((board->tracks[i].n_points == 1) == vias && board->tracks[i].sides != 0)
      g_ptr_array_add (tracks, (gpointer) &board->tracks[i]);
  g_ptr_array_sort (tracks, compare_tracks);

  bw_text_writer_name (writer, name);
  bw_text_writer_begin_array (writer);
  for (guint i = 0; i < tracks->len; i++)
    {
      const BwTrack *track = g_ptr_array_index (tracks, i);

      if (last == NULL || compare_tracks (&last, &track) != 0)
        {
          if (last != NULL)
            bw_board_json_end_paths (writer);
          bw_text_writer_begin_object (writer);
          bw_board_json_integer (writer, "net", track->net);
          bw_board_json_integer (writer, "sides", track->sides);
          bw_board_json_integer (writer, "width", track->width_nm);
          if (vias)
            bw_board_json_integer (writer, "drill", track->drill_nm);
          bw_board_json_begin_paths (writer);
        }
      bw_board_json_points (writer, track->points, track->n_points);
      last = track;
    }
  if (last != NULL)
    bw_board_json_end_paths (writer);
  bw_text_writer_end_array (writer);
}

/* Nothing where none is chosen. */
static void
put_colors (BwTextWriter  *writer,
            const BwBoard *board)
{
  guint32 any = 0;

  for (guint32 i = 0; i < board->n_modules; i++)
    any |= bw_board_get_module_color (board, (gint32) i);
  if (any == 0)
    return;

  bw_text_writer_name (writer, "colors");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < board->n_modules; i++)
    bw_text_writer_integer (writer, bw_board_get_module_color (board, (gint32) i));
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
  put_colors (writer, board);

  if (board->n_net_classes > 1)
    {
      bw_text_writer_name (writer, "classes");
      bw_text_writer_begin_array (writer);
      for (guint32 i = 0; i < board->n_net_classes; i++)
        bw_text_writer_string (writer, board->net_classes[i].name);
      bw_text_writer_end_array (writer);
    }

  bw_text_writer_name (writer, "nets");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < board->n_nets; i++)
    {
      const BwNet *net = &board->nets[i];

      bw_text_writer_begin_object (writer);
      bw_board_json_string (writer, "name", net->name);
      if (net->shown != net->name)
        bw_board_json_string (writer, "shown", net->shown);
      bw_board_json_boolean (writer, "power", net->power);
      if (net->net_class > 0)
        bw_board_json_integer (writer, "class", net->net_class);
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
put_footprint (BwTextWriter      *writer,
               const BwFootprint *footprint,
               guint32            shape)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  bw_text_writer_begin_object (writer);
  bw_board_json_string (writer, "key", footprint->key);
  bw_board_json_string (writer, "reference", footprint->reference);
  bw_board_json_string (writer, "value", footprint->value);
  bw_board_json_integer (writer, "module", footprint->module);
  bw_board_json_boolean (writer, "locked", footprint->locked);
  bw_board_json_boolean (writer, "held", footprint->hold != BW_HOLD_NONE);

  bw_text_writer_name (writer, "pose");
  bw_text_writer_begin_array (writer);
  bw_text_writer_integer (writer, footprint->pose.at.x_nm);
  bw_text_writer_integer (writer, footprint->pose.at.y_nm);
  bw_text_writer_integer (writer, footprint->pose.rotation_cdeg);
  bw_text_writer_integer (writer, footprint->pose.side);
  bw_text_writer_end_array (writer);

  bw_text_writer_name (writer, "label");
  bw_board_json_points (writer, &footprint->label_at, 1);
  bw_board_json_integer (writer, "shape", shape);
  for (guint32 i = 0; i < footprint->n_texts; i++)
    if (footprint->texts[i].role != BW_TEXT_OTHER)
      g_ptr_array_add (texts, (gpointer) &footprint->texts[i]);
  bw_board_json_texts (writer, texts, NULL);
  bw_text_writer_name (writer, "nets");
  bw_text_writer_begin_array (writer);
  for (guint32 i = 0; i < footprint->n_pads; i++)
    bw_text_writer_integer (writer, footprint->pads[i].net);
  bw_text_writer_end_array (writer);
  bw_text_writer_end_object (writer);
}

static void
put_box (BwTextWriter *writer,
         const BwBox  *box)
{
  gboolean empty = bw_box_is_empty (box);

  bw_text_writer_name (writer, "box");
  bw_text_writer_begin_array (writer);
  bw_text_writer_integer (writer, empty ? 0 : box->x0_nm);
  bw_text_writer_integer (writer, empty ? 0 : box->y0_nm);
  bw_text_writer_integer (writer, empty ? 0 : box->x1_nm);
  bw_text_writer_integer (writer, empty ? 0 : box->y1_nm);
  bw_text_writer_end_array (writer);
}

GBytes *
bw_board_json_new (const BwBoard *board)
{
  GString *text = g_string_new (NULL);
  BwTextWriter writer = bw_text_writer_on (text);
  g_autofree guint32 *shape_of = NULL;
  char hash[17];

  g_snprintf (hash, sizeof hash, "%016" G_GINT64_MODIFIER "x", board->hash);

  bw_text_writer_begin_object (&writer);
  bw_board_json_integer (&writer, "format", FORMAT);
  bw_board_json_string (&writer, "name", board->name);
  bw_board_json_string (&writer, "hash", hash);
  put_box (&writer, &board->box);
  put_outlines_and_areas (&writer, board);
  put_zones (&writer, board);
  put_board_graphics (&writer, board);
  put_board_texts (&writer, board);
  put_tracks (&writer, board, "tracks", FALSE);
  put_tracks (&writer, board, "vias", TRUE);
  put_modules_and_nets (&writer, board);
  shape_of = bw_board_json_shapes (&writer, board);

  bw_text_writer_name (&writer, "footprints");
  bw_text_writer_begin_array (&writer);
  for (guint32 i = 0; i < board->n_footprints; i++)
    put_footprint (&writer, &board->footprints[i], shape_of[i]);
  bw_text_writer_end_array (&writer);
  bw_text_writer_end_object (&writer);

  return g_string_free_to_bytes (text);
}
