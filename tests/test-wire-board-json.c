/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <json-glib/json-glib.h>

#include "support/feed-fixture.h"
#include "wire/bw-board-json.h"

static JsonNode *
parse_json (const BwBoard *board)
{
  g_autoptr (GBytes) bytes = bw_board_json_new (board);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  json_parser_load_from_data (parser, data, (gssize) size, &error);
  g_assert_no_error (error);
  return json_node_copy (json_parser_get_root (parser));
}

static JsonObject *
object_at (JsonObject *object,
           const char *name,
           guint       index)
{
  JsonArray *array = json_object_get_array_member (object, name);

  g_assert_cmpuint (index, <, json_array_get_length (array));
  return json_array_get_object_element (array, index);
}

static void
assert_array_length (JsonObject *object,
                     const char *name,
                     guint       length)
{
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, name)), ==,
                    length);
}

static void
assert_points (JsonArray     *array,
               const BwPoint *points,
               guint32        n_points)
{
  gint64 x_nm = 0, y_nm = 0;

  g_assert_cmpuint (json_array_get_length (array), ==, 2 * n_points);
  for (guint32 i = 0; i < n_points; i++)
    {
      x_nm += json_array_get_int_element (array, 2 * i);
      y_nm += json_array_get_int_element (array, 2 * i + 1);
      g_assert_cmpint (x_nm, ==, points[i].x_nm);
      g_assert_cmpint (y_nm, ==, points[i].y_nm);
    }
}

static void
assert_box (JsonArray   *array,
            const BwBox *box)
{
  g_assert_cmpuint (json_array_get_length (array), ==, 4);
  g_assert_cmpint (json_array_get_int_element (array, 0), ==, box->x0_nm);
  g_assert_cmpint (json_array_get_int_element (array, 1), ==, box->y0_nm);
  g_assert_cmpint (json_array_get_int_element (array, 2), ==, box->x1_nm);
  g_assert_cmpint (json_array_get_int_element (array, 3), ==, box->y1_nm);
}

/* The first path of the index-th object of a list. */
static JsonArray *
path_at (JsonObject *object,
         const char *name,
         guint       index)
{
  JsonArray *paths = json_object_get_array_member (object_at (object, name, index), "paths");

  g_assert_cmpuint (json_array_get_length (paths), ==, 1);
  return json_array_get_array_element (paths, 0);
}

static void
assert_shape (JsonObject        *object,
              const BwFootprint *footprint)
{
  JsonArray *body = json_object_get_array_member (object, "body");

  g_assert_cmpuint (json_array_get_length (body), ==, 2);
  for (guint side = 0; side < 2; side++)
    {
      JsonArray *rings = json_array_get_array_element (body, side);

      g_assert_cmpuint (json_array_get_length (rings), ==, footprint->n_body[side]);
      for (guint32 i = 0; i < footprint->n_body[side]; i++)
        assert_points (json_array_get_array_element (rings, i),
                       footprint->body[side][i].points, footprint->body[side][i].n_points);
    }

  assert_array_length (object, "pads", footprint->n_pads);
  for (guint32 i = 0; i < footprint->n_pads; i++)
    {
      JsonObject *pad = object_at (object, "pads", i);

      g_assert_cmpstr (json_object_get_string_member (pad, "number"), ==,
                       footprint->pads[i].number);
      g_assert_cmpint (json_object_get_int_member (pad, "sides"), ==, footprint->pads[i].sides);
      g_assert_cmpint (json_object_get_int_member (pad, "drill"), ==,
                       footprint->pads[i].drill_nm);
      assert_points (json_object_get_array_member (pad, "at"), &footprint->pads[i].at, 1);
      assert_points (json_object_get_array_member (pad, "points"),
                     footprint->pads[i].outline.points, footprint->pads[i].outline.n_points);
    }
}

static void
assert_footprint (JsonObject        *root,
                  JsonObject        *object,
                  const BwFootprint *footprint)
{
  JsonArray *pose = json_object_get_array_member (object, "pose");
  JsonArray *nets = json_object_get_array_member (object, "nets");

  g_assert_cmpstr (json_object_get_string_member (object, "key"), ==, footprint->key);
  g_assert_cmpstr (json_object_get_string_member (object, "reference"), ==, footprint->reference);
  g_assert_cmpstr (json_object_get_string_member (object, "value"), ==, footprint->value);
  g_assert_cmpint (json_object_get_int_member (object, "module"), ==, footprint->module);
  g_assert_cmpint (json_object_get_boolean_member (object, "locked"), ==, footprint->locked);
  g_assert_cmpint (json_object_get_boolean_member (object, "held"), ==,
                   footprint->hold != BW_HOLD_NONE);
  g_assert_cmpuint (json_array_get_length (pose), ==, 4);
  g_assert_cmpint (json_array_get_int_element (pose, 0), ==, footprint->pose.at.x_nm);
  g_assert_cmpint (json_array_get_int_element (pose, 1), ==, footprint->pose.at.y_nm);
  g_assert_cmpint (json_array_get_int_element (pose, 2), ==, footprint->pose.rotation_cdeg);
  g_assert_cmpint (json_array_get_int_element (pose, 3), ==, footprint->pose.side);
  assert_points (json_object_get_array_member (object, "label"), &footprint->label_at, 1);

  g_assert_cmpuint (json_array_get_length (nets), ==, footprint->n_pads);
  for (guint32 i = 0; i < footprint->n_pads; i++)
    g_assert_cmpint (json_array_get_int_element (nets, i), ==, footprint->pads[i].net);
  assert_shape (object_at (root, "shapes",
                           (guint) json_object_get_int_member (object, "shape")), footprint);
}

static void
test_the_json_says_what_the_board_says (void)
{
  g_autoptr (BwBoard) board = fixture_parse_board (TINY_BOARD);
  g_autoptr (JsonNode) root = parse_json (board);
  JsonObject *object = json_node_get_object (root);
  g_autofree char *hash = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", board->hash);

  g_assert_cmpint (json_object_get_int_member (object, "format"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "tiny.kicad_pcb");
  g_assert_cmpstr (json_object_get_string_member (object, "hash"), ==, hash);
  assert_box (json_object_get_array_member (object, "box"), &board->box);

  g_assert_cmpuint (board->n_footprints, ==, 3);
  assert_array_length (object, "footprints", 3);
  for (guint32 i = 0; i < board->n_footprints; i++)
    assert_footprint (object, object_at (object, "footprints", i), &board->footprints[i]);
}

static void
test_nets_and_tracks_and_the_outline_are_there (void)
{
  g_autoptr (BwBoard) board = fixture_parse_board (TINY_BOARD);
  g_autoptr (JsonNode) root = parse_json (board);
  JsonObject *object = json_node_get_object (root);

  g_assert_cmpuint (board->n_outlines, ==, 1);
  assert_array_length (object, "outlines", 1);
  assert_points (json_object_get_array_member (object_at (object, "outlines", 0), "points"),
                 board->outlines[0].ring.points, board->outlines[0].ring.n_points);
  g_assert_false (json_object_get_boolean_member (object_at (object, "outlines", 0), "hole"));
  assert_array_length (object, "keepouts", board->n_keepouts);
  assert_array_length (object, "modules", board->n_modules);

  g_assert_cmpuint (board->n_tracks, ==, 1);
  assert_array_length (object, "tracks", 1);
  assert_points (path_at (object, "tracks", 0), board->tracks[0].points,
                 board->tracks[0].n_points);
  g_assert_cmpint (json_object_get_int_member (object_at (object, "tracks", 0), "width"), ==,
                   250000);

  g_assert_cmpuint (board->n_nets, ==, 2);
  for (guint32 i = 0; i < board->n_nets; i++)
    {
      JsonObject *net = object_at (object, "nets", i);
      JsonArray *pins = json_object_get_array_member (net, "pins");

      g_assert_cmpstr (json_object_get_string_member (net, "name"), ==, board->nets[i].name);
      g_assert_cmpint (json_object_get_boolean_member (net, "power"), ==, board->nets[i].power);
      g_assert_cmpuint (json_array_get_length (pins), ==, 2 * board->nets[i].n_pins);
      for (guint32 pin = 0; pin < board->nets[i].n_pins; pin++)
        {
          g_assert_cmpint (json_array_get_int_element (pins, 2 * pin), ==,
                           board->nets[i].pins[pin].footprint);
          g_assert_cmpint (json_array_get_int_element (pins, 2 * pin + 1), ==,
                           board->nets[i].pins[pin].pad);
        }
    }
}

static void
test_net_classes_are_told_where_there_is_more_than_one (void)
{
  static const char classes[] =
    "(kicad_pcb (version 20171130) (net 0 \"\") (net 1 \"A\") (net 2 \"B{slash}C\")\n"
    "  (net_class Default \"\" (clearance 0.2) (add_net \"A\"))\n"
    "  (net_class \"<script>\\\"\" \"\" (clearance 0.2) (add_net \"B{slash}C\")))\n";
  g_autoptr (BwBoard) usual = fixture_parse_board (TINY_BOARD);
  g_autoptr (BwBoard) board = fixture_parse_board (classes);
  g_autoptr (JsonNode) usual_root = parse_json (usual);
  g_autoptr (JsonNode) root = parse_json (board);
  JsonObject *object = json_node_get_object (root);
  JsonArray *names = json_object_get_array_member (object, "classes");

  g_assert_cmpuint (json_array_get_length (names), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (names, 0), ==, "Default");
  g_assert_cmpstr (json_array_get_string_element (names, 1), ==, "<script>\"");
  g_assert_false (json_object_has_member (object_at (object, "nets", 0), "class"));
  g_assert_cmpint (json_object_get_int_member (object_at (object, "nets", 1), "class"), ==, 1);
  g_assert_false (json_object_has_member (object_at (object, "nets", 0), "shown"));
  g_assert_cmpstr (json_object_get_string_member (object_at (object, "nets", 1), "name"), ==,
                   "B{slash}C");
  g_assert_cmpstr (json_object_get_string_member (object_at (object, "nets", 1), "shown"), ==,
                   "B/C");

  object = json_node_get_object (usual_root);
  g_assert_false (json_object_has_member (object, "classes"));
  g_assert_false (json_object_has_member (object_at (object, "nets", 0), "class"));
}

static void
test_graphics_carry_layer_side_and_shape (void)
{
  g_autoptr (BwBoard) board = fixture_parse_board (TINY_BOARD);
  g_autoptr (JsonNode) root = parse_json (board);
  JsonObject *shape = object_at (json_node_get_object (root), "shapes", 0);
  JsonObject *line = object_at (shape, "graphics", 0);
  const BwGraphic *graphic = &board->footprints[0].graphics[0];

  g_assert_cmpstr (json_object_get_string_member (line, "layer"), ==, "silk");
  g_assert_cmpint (json_object_get_int_member (line, "side"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (line, "width"), ==, 120000);
  g_assert_false (json_object_get_boolean_member (line, "closed"));
  g_assert_false (json_object_get_boolean_member (line, "filled"));
  assert_points (path_at (shape, "graphics", 0), graphic->points, graphic->n_points);
}

#define RESISTOR(x, y, layer, turn, extra) \
  "(footprint \"R:R\" (layer \"" layer "\") (at " x " " y " " turn ")\n" \
  "  (fp_text reference \"R" x "\" (at 0 -1.5) (layer \"F.SilkS\"))\n" \
  "  (pad \"1\" smd rect (at -0.8 0 " turn ") (size 0.8 0.9) (layers \"" layer "\"))\n" \
  extra ")\n"
#define ZONE(layer, rest) \
  "(zone (net 1) (net_name \"GND\") (layer \"" layer "\") (hatch edge 0.5)\n" rest ")\n"
#define SQUARE "(polygon (pts (xy 10 10) (xy 12 10) (xy 12 12) (xy 10 12)))"
#define FILL(layer) \
  "(filled_polygon (layer \"" layer "\") (pts (xy 10 10) (xy 12 10) (xy 12 12)))"
#define KEEPOUT \
  "(keepout (tracks allowed) (vias allowed) (pads allowed) (copperpour allowed)" \
  " (footprints not_allowed))"
#define AREA \
  "(zone (net 0) (net_name \"\") (layers \"F.Cu\") (name \"amp\") (hatch edge 0.5)" \
  " (keepout (tracks allowed) (vias allowed) (pads allowed) (copperpour allowed)" \
  " (footprints allowed)) (placement (enabled yes) (sheetname \"/amp/\"))" SQUARE ")\n"

static const char rich_board[] =
  "(kicad_pcb (version 20241229) (generator pcbnew)\n"
  "  (layers (0 \"F.Cu\" signal) (2 \"B.Cu\" signal) (5 \"F.SilkS\" user)"
  " (25 \"Edge.Cuts\" user))\n"
  "  (net 0 \"\") (net 1 \"GND\")\n"
  RESISTOR ("10", "10", "F.Cu", "0", "")
  RESISTOR ("20", "10", "F.Cu", "90", "")
  RESISTOR ("30", "20", "F.Cu", "90",
            "(zone (net 0) (net_name \"\") (layers \"F.Cu\") (hatch edge 0.5)" KEEPOUT
            " (polygon (pts (xy 30 20) (xy 30 19) (xy 31 19) (xy 31 20))))")
  "  (gr_rect (start 0 0) (end 50 40) (layer \"Edge.Cuts\") (width 0.1))\n"
  "  (gr_line (start 1 1) (end 2 1) (layer \"F.SilkS\") (width 0.1))\n"
  "  (gr_line (start 1 2) (end 2 2) (layer \"F.SilkS\") (width 0.2))\n"
  "  (gr_line (start 1 3) (end 2 3) (layer \"F.SilkS\") (width 0.1))\n"
  "  (segment (start 10 10) (end 12 10) (width 0.25) (layer \"F.Cu\") (net 1))\n"
  "  (segment (start 10 10) (end 10 12) (width 0.25) (layer \"F.Cu\") (net 1))\n"
  "  (segment (start 10 10) (end 10 12) (width 0.25) (layer \"B.Cu\") (net 1))\n"
  "  (via (at 11 11) (size 0.6) (drill 0.3) (layers \"F.Cu\" \"B.Cu\") (net 1))\n"
  ZONE ("B.Cu", SQUARE FILL ("B.Cu"))
  AREA
  ")\n";

static void
test_zones_areas_and_vias_are_there (void)
{
  g_autoptr (BwBoard) board = fixture_parse_board (rich_board);
  g_autoptr (JsonNode) root = parse_json (board);
  JsonObject *object = json_node_get_object (root);
  JsonObject *zone = object_at (object, "zones", 0);
  JsonObject *area = object_at (object, "areas", 0);
  BwPoint via = { 11000000, 11000000 };

  assert_array_length (object, "zones", 1);
  g_assert_cmpint (json_object_get_int_member (zone, "net"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (zone, "sides"), ==, 2);
  assert_array_length (zone, "outlines", 1);
  assert_points (json_object_get_array_member (object_at (zone, "fills", 0), "points"),
                 board->zones[0].fills[0].ring.points, 3);
  assert_array_length (object, "areas", 1);
  g_assert_cmpstr (json_object_get_string_member (area, "name"), ==, "amp");
  assert_points (json_object_get_array_member (area, "points"), board->areas[0].ring.points, 4);
  assert_array_length (object, "vias", 1);
  g_assert_cmpint (json_object_get_int_member (object_at (object, "vias", 0), "sides"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (object_at (object, "vias", 0), "drill"), ==, 300000);
  assert_points (path_at (object, "vias", 0), &via, 1);
}

static void
test_what_is_of_one_style_is_one_object (void)
{
  g_autoptr (BwBoard) board = fixture_parse_board (rich_board);
  g_autoptr (JsonNode) root = parse_json (board);
  JsonObject *object = json_node_get_object (root);
  guint n_silk = 0;

  /* Two on the front, one on the back. */
  assert_array_length (object, "tracks", 2);
  assert_array_length (object_at (object, "tracks", 0), "paths", 2);
  assert_array_length (object_at (object, "tracks", 1), "paths", 1);
  for (guint i = 0; i < json_array_get_length (json_object_get_array_member (object, "graphics"));
       i++)
    {
      JsonObject *graphic = object_at (object, "graphics", i);

      if (!g_str_equal (json_object_get_string_member (graphic, "layer"), "silk"))
        continue;
      assert_array_length (graphic, "paths", n_silk == 0 ? 2 : 1);
      n_silk++;
    }
  g_assert_cmpuint (n_silk, ==, 2);
}

static void
test_parts_of_one_kind_share_their_shape (void)
{
  g_autoptr (BwBoard) board = fixture_parse_board (rich_board);
  g_autoptr (JsonNode) root = parse_json (board);
  JsonObject *object = json_node_get_object (root);

  assert_array_length (object, "shapes", 2);
  g_assert_cmpint (json_object_get_int_member (object_at (object, "footprints", 0), "shape"), ==,
                   json_object_get_int_member (object_at (object, "footprints", 1), "shape"));
}

static void
test_a_keepout_of_a_part_is_in_its_front_frame (void)
{
  g_autoptr (BwBoard) board = fixture_parse_board (rich_board);
  g_autoptr (JsonNode) root = parse_json (board);
  JsonObject *object = json_node_get_object (root);
  JsonObject *footprint = object_at (object, "footprints", 2);
  JsonObject *shape = object_at (object, "shapes",
                                 (guint) json_object_get_int_member (footprint, "shape"));
  BwPoint square[4] = { { 0, 0 }, { 1000000, 0 }, { 1000000, 1000000 }, { 0, 1000000 } };

  /* Turned back by the 90° of the part. */
  assert_array_length (object, "keepouts", 0);
  assert_array_length (shape, "keepouts", 1);
  assert_points (json_object_get_array_member (object_at (shape, "keepouts", 0), "points"),
                 square, 4);
}

static void
test_texts_and_rule_areas_are_there (void)
{
  static const char text[] =
    "(kicad_pcb (version 20241229) (generator pcbnew)\n"
    "  (layers (0 \"F.Cu\" signal) (2 \"B.Cu\" signal) (5 \"F.SilkS\" user) (35 \"F.Fab\" user))\n"
    "  (net 0 \"\")\n"
    "  (footprint \"R:R\" (layer \"F.Cu\") (at 10 10)\n"
    "    (property \"Reference\" \"R7\" (at 0 -1.5) (layer \"F.SilkS\")"
    " (effects (font (size 1 1) (thickness 0.15))))\n"
    "    (fp_text user \"${REFERENCE}\" (at 0 0) (layer \"F.Fab\")"
    " (effects (font (size 0.5 0.5) (thickness 0.08)))))\n"
    "  (gr_text \"Vin\" (at 5 6 90) (layer \"F.SilkS\")"
    " (effects (font (size 2 1) (thickness 0.2)) (justify left)))\n"
    "  (zone (net 0) (net_name \"\") (layers \"F.Cu\") (name \"quiet\") (hatch edge 0.5)"
    " (keepout (tracks not_allowed) (vias allowed) (pads not_allowed) (copperpour allowed)"
    " (footprints allowed))" SQUARE "))\n";
  g_autoptr (BwBoard) board = fixture_parse_board (text);
  g_autoptr (JsonNode) root = parse_json (board);
  JsonObject *object = json_node_get_object (root);
  JsonObject *vin = object_at (object, "texts", 0);
  JsonObject *rule = object_at (object, "rules", 0);
  JsonObject *barred = object_at (object, "pad_keepouts", 0);
  JsonObject *reference = object_at (object_at (object, "footprints", 0), "texts", 0);
  JsonObject *fab = object_at (object_at (object, "shapes", 0), "texts", 0);
  JsonArray *align = json_object_get_array_member (vin, "align");

  g_assert_cmpstr (json_object_get_string_member (vin, "text"), ==, "Vin");
  g_assert_cmpint (json_object_get_int_member (vin, "height"), ==, board->texts[0].height_nm);
  g_assert_cmpint (json_object_get_int_member (vin, "width"), ==, board->texts[0].width_nm);
  g_assert_cmpint (json_object_get_int_member (vin, "rotation"), ==, 9000);
  g_assert_cmpint (json_array_get_int_element (align, 0), ==, -1);
  g_assert_cmpint (json_array_get_int_element (align, 1), ==, 0);
  g_assert_cmpstr (json_object_get_string_member (rule, "name"), ==, "quiet");
  assert_array_length (object, "pad_keepouts", 1);
  g_assert_cmpint (json_object_get_int_member (barred, "sides"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (barred, "net"), ==, -1);
  assert_points (json_object_get_array_member (barred, "points"),
                 board->pad_keepouts[0].ring.points, board->pad_keepouts[0].ring.n_points);
  g_assert_cmpstr (json_object_get_string_member (reference, "text"), ==, "R7");
  g_assert_false (json_object_has_member (reference, "align"));
  /* Shared by all that are of its kind. */
  g_assert_cmpstr (json_object_get_string_member (fab, "text"), ==, "${REFERENCE}");
}

static void
test_pads_have_their_copper_and_slots (void)
{
  static const char text[] =
    "(kicad_pcb (version 20241229) (generator pcbnew)\n"
    "  (layers (0 \"F.Cu\" signal) (2 \"B.Cu\" signal))\n"
    "  (footprint \"R:R\" (layer \"F.Cu\") (at 10 10)\n"
    "    (pad 1 thru_hole oval (at 5 0) (size 3 4) (drill oval 1 2) (layers \"*.Cu\"))\n"
    "    (pad 2 smd custom (at 0 0) (size 1 1) (layers \"F.Cu\") (options (anchor rect))\n"
    "      (primitives (gr_line (start 0 0) (end 2 0) (width 0.2))))))\n";
  g_autoptr (BwBoard) board = fixture_parse_board (text);
  g_autoptr (JsonNode) root = parse_json (board);
  JsonObject *shape = object_at (json_node_get_object (root), "shapes", 0);
  JsonObject *pad = object_at (shape, "pads", 1);
  JsonObject *stroke = object_at (pad, "copper", 0);
  JsonObject *anchor = object_at (pad, "copper", 1);
  JsonArray *paths = json_object_get_array_member (stroke, "paths");
  const BwPoint line[2] = { { 0, 0 }, { 2000000, 0 } }, slot = { 0, 500000 };

  g_assert_false (json_object_has_member (object_at (shape, "pads", 0), "copper"));
  g_assert_false (json_object_has_member (pad, "slot"));
  assert_points (json_object_get_array_member (object_at (shape, "pads", 0), "slot"), &slot, 1);
  assert_array_length (pad, "copper", 2);
  g_assert_cmpint (json_object_get_int_member (stroke, "width"), ==, 200000);
  g_assert_false (json_object_get_boolean_member (stroke, "filled"));
  assert_points (json_array_get_array_element (paths, 0), line, 2);
  g_assert_true (json_object_get_boolean_member (anchor, "filled"));
}

static void
test_the_same_board_gives_the_same_bytes (void)
{
  g_autoptr (BwBoard) one = fixture_parse_board (TINY_BOARD);
  g_autoptr (BwBoard) two = fixture_parse_board (TINY_BOARD);
  g_autoptr (GBytes) first = bw_board_json_new (one);
  g_autoptr (GBytes) second = bw_board_json_new (two);

  g_assert_true (g_bytes_equal (first, second));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/board-json/the-json-says-what-the-board-says",
                   test_the_json_says_what_the_board_says);
  g_test_add_func ("/wire/board-json/nets-and-tracks-and-the-outline-are-there",
                   test_nets_and_tracks_and_the_outline_are_there);
  g_test_add_func ("/wire/board-json/net-classes-are-told-where-there-is-more-than-one",
                   test_net_classes_are_told_where_there_is_more_than_one);
  g_test_add_func ("/wire/board-json/graphics-carry-layer-side-and-shape",
                   test_graphics_carry_layer_side_and_shape);
  g_test_add_func ("/wire/board-json/zones-areas-and-vias-are-there",
                   test_zones_areas_and_vias_are_there);
  g_test_add_func ("/wire/board-json/what-is-of-one-style-is-one-object",
                   test_what_is_of_one_style_is_one_object);
  g_test_add_func ("/wire/board-json/parts-of-one-kind-share-their-shape",
                   test_parts_of_one_kind_share_their_shape);
  g_test_add_func ("/wire/board-json/a-keepout-of-a-part-is-in-its-front-frame",
                   test_a_keepout_of_a_part_is_in_its_front_frame);
  g_test_add_func ("/wire/board-json/texts-and-rule-areas-are-there",
                   test_texts_and_rule_areas_are_there);
  g_test_add_func ("/wire/board-json/pads-have-their-copper-and-slots",
                   test_pads_have_their_copper_and_slots);
  g_test_add_func ("/wire/board-json/the-same-board-gives-the-same-bytes",
                   test_the_same_board_gives_the_same_bytes);
  return g_test_run ();
}
