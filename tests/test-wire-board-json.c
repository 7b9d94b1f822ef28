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
  g_assert_cmpuint (json_array_get_length (array), ==, 2 * n_points);
  for (guint32 i = 0; i < n_points; i++)
    {
      g_assert_cmpint (json_array_get_int_element (array, 2 * i), ==, points[i].x_nm);
      g_assert_cmpint (json_array_get_int_element (array, 2 * i + 1), ==, points[i].y_nm);
    }
}

static void
assert_footprint (JsonObject        *object,
                  const BwFootprint *footprint)
{
  JsonArray *pose = json_object_get_array_member (object, "pose");
  JsonArray *body = json_object_get_array_member (object, "body");

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

  g_assert_cmpuint (json_array_get_length (body), ==, 2);
  for (guint side = 0; side < 2; side++)
    {
      JsonArray *rings = json_array_get_array_element (body, side);

      g_assert_cmpuint (json_array_get_length (rings), ==, footprint->n_body[side]);
      for (guint32 i = 0; i < footprint->n_body[side]; i++)
        assert_points (json_array_get_array_element (rings, i),
                       footprint->body[side][i].points, footprint->body[side][i].n_points);
    }

  assert_array_length (object, "graphics", footprint->n_graphics);
  assert_array_length (object, "pads", footprint->n_pads);
  for (guint32 i = 0; i < footprint->n_pads; i++)
    {
      JsonObject *pad = object_at (object, "pads", i);

      g_assert_cmpstr (json_object_get_string_member (pad, "number"), ==,
                       footprint->pads[i].number);
      g_assert_cmpint (json_object_get_int_member (pad, "net"), ==, footprint->pads[i].net);
      g_assert_cmpint (json_object_get_int_member (pad, "sides"), ==, footprint->pads[i].sides);
      g_assert_cmpint (json_object_get_int_member (pad, "drill"), ==,
                       footprint->pads[i].drill_nm);
      assert_points (json_object_get_array_member (pad, "at"), &footprint->pads[i].at, 1);
      assert_points (json_object_get_array_member (pad, "points"),
                     footprint->pads[i].outline.points, footprint->pads[i].outline.n_points);
    }
}

static void
test_the_json_says_what_the_board_says (void)
{
  g_autoptr (BwBoard) board = fixture_parse_board (TINY_BOARD);
  g_autoptr (JsonNode) root = parse_json (board);
  JsonObject *object = json_node_get_object (root);
  g_autofree char *hash = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", board->hash);
  BwPoint corners[2] = { { board->box.x0_nm, board->box.y0_nm },
                         { board->box.x1_nm, board->box.y1_nm } };

  g_assert_cmpint (json_object_get_int_member (object, "format"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "tiny.kicad_pcb");
  g_assert_cmpstr (json_object_get_string_member (object, "hash"), ==, hash);
  assert_points (json_object_get_array_member (object, "box"), corners, 2);

  g_assert_cmpuint (board->n_footprints, ==, 3);
  assert_array_length (object, "footprints", 3);
  for (guint32 i = 0; i < board->n_footprints; i++)
    assert_footprint (object_at (object, "footprints", i), &board->footprints[i]);
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
  assert_array_length (object, "graphics", board->n_graphics);
  assert_array_length (object, "modules", board->n_modules);

  g_assert_cmpuint (board->n_tracks, ==, 1);
  assert_array_length (object, "tracks", 1);
  assert_points (json_object_get_array_member (object_at (object, "tracks", 0), "points"),
                 board->tracks[0].points, board->tracks[0].n_points);
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
test_graphics_carry_layer_side_and_shape (void)
{
  g_autoptr (BwBoard) board = fixture_parse_board (TINY_BOARD);
  g_autoptr (JsonNode) root = parse_json (board);
  JsonObject *footprint = object_at (json_node_get_object (root), "footprints", 0);
  JsonObject *line = object_at (footprint, "graphics", 0);
  const BwGraphic *graphic = &board->footprints[0].graphics[0];

  g_assert_cmpstr (json_object_get_string_member (line, "layer"), ==, "silk");
  g_assert_cmpint (json_object_get_int_member (line, "side"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (line, "width"), ==, 120000);
  g_assert_false (json_object_get_boolean_member (line, "closed"));
  g_assert_false (json_object_get_boolean_member (line, "filled"));
  assert_points (json_object_get_array_member (line, "points"), graphic->points,
                 graphic->n_points);
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
  g_test_add_func ("/wire/board-json/graphics-carry-layer-side-and-shape",
                   test_graphics_carry_layer_side_and_shape);
  g_test_add_func ("/wire/board-json/the-same-board-gives-the-same-bytes",
                   test_the_same_board_gives_the_same_bytes);
  return g_test_run ();
}
