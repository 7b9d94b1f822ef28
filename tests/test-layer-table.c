/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "board/bw-layer-table.h"

#define FRONT (1u << BW_SIDE_FRONT)
#define BACK (1u << BW_SIDE_BACK)

typedef struct
{
  BwSexpr *sexpr;
  BwLayerTable *table;
} Layers;

static Layers
read_layers (const char *text,
             gint32      version)
{
  Layers layers = { bw_sexpr_new (text, strlen (text), "t", NULL), NULL };

  g_assert_nonnull (layers.sexpr);
  layers.table = bw_layer_table_new (layers.sexpr, bw_sexpr_find (layers.sexpr, 0,
                                                                  BW_KEYWORD_LAYERS), version);
  return layers;
}

static void
clear (Layers *layers)
{
  bw_layer_table_free (layers->table);
  bw_sexpr_free (layers->sexpr);
}

static void
assert_layer (const Layers *layers,
              const char   *name,
              BwLayer       layer,
              guint         sides)
{
  BwLayerMeaning meaning = bw_layer_table_find (layers->table, name, strlen (name));

  g_assert_cmpint (meaning.layer, ==, layer);
  g_assert_cmpuint (meaning.sides, ==, sides);
}

static void
assert_flip (const Layers *layers,
             const char   *name,
             const char   *other)
{
  char buffer[64];

  g_assert_cmpstr (bw_layer_table_flip (layers->table, name, strlen (name), buffer), ==, other);
}

static void
copper_that_was_renamed_is_told_by_its_number (void)
{
  Layers layers = read_layers ("(kicad_pcb (layers (0 Top signal) (1 GND power) (2 F.Route power)"
                               "(31 Bottom signal) (37 F.SilkS user)))", 20171130);

  assert_layer (&layers, "Top", BW_LAYER_COPPER, FRONT);
  assert_layer (&layers, "Bottom", BW_LAYER_COPPER, BACK);
  assert_layer (&layers, "GND", BW_LAYER_COPPER, 0);
  assert_layer (&layers, "F.Route", BW_LAYER_COPPER, 0);
  assert_layer (&layers, "F.SilkS", BW_LAYER_SILK, FRONT);
  assert_layer (&layers, "*.Cu", BW_LAYER_COPPER, FRONT | BACK);
  assert_flip (&layers, "Top", "Bottom");
  assert_flip (&layers, "GND", "F.Route");
  assert_flip (&layers, "F.SilkS", "B.SilkS");
  assert_flip (&layers, "*.Cu", NULL);
  clear (&layers);
}

static void
the_back_is_2_from_kicad_9_on (void)
{
  Layers layers = read_layers ("(kicad_pcb (layers (0 \"F.Cu\" signal) (4 \"In1.Cu\" signal)"
                               "(6 \"In2.Cu\" signal) (2 \"B.Cu\" signal) (31 \"F.CrtYd\" user)))",
                               20241229);

  assert_layer (&layers, "B.Cu", BW_LAYER_COPPER, BACK);
  assert_layer (&layers, "In2.Cu", BW_LAYER_COPPER, 0);
  assert_layer (&layers, "F.CrtYd", BW_LAYER_COURTYARD, FRONT);
  assert_layer (&layers, "Edge.Cuts", BW_LAYER_EDGE, 0);
  assert_layer (&layers, "F.Mask", BW_LAYER_OTHER, FRONT);
  assert_flip (&layers, "In1.Cu", "In2.Cu");
  assert_flip (&layers, "B.Cu", "F.Cu");
  assert_flip (&layers, "Edge.Cuts", NULL);
  clear (&layers);
}

static void
kicad_3_counts_from_the_back (void)
{
  Layers layers = read_layers ("(kicad_pcb (layers (15 Front signal) (0 Back signal)))", 3);

  assert_layer (&layers, "Front", BW_LAYER_COPPER, FRONT);
  assert_layer (&layers, "Back", BW_LAYER_COPPER, BACK);
  clear (&layers);
}

static void
a_board_without_a_table_has_the_usual_names (void)
{
  Layers layers = read_layers ("(kicad_pcb (layers (-1 x) (9999999999 y) (z) (\"q\")))", 20171130);

  assert_layer (&layers, "B.Cu", BW_LAYER_COPPER, BACK);
  assert_layer (&layers, "B.Fab", BW_LAYER_FAB, BACK);
  assert_layer (&layers, "F&B.Cu", BW_LAYER_COPPER, FRONT | BACK);
  assert_layer (&layers, "", BW_LAYER_OTHER, 0);
  assert_layer (&layers, "x", BW_LAYER_OTHER, 0);
  clear (&layers);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layer-table/copper-that-was-renamed-is-told-by-its-number",
                   copper_that_was_renamed_is_told_by_its_number);
  g_test_add_func ("/layer-table/the-back-is-2-from-kicad-9-on", the_back_is_2_from_kicad_9_on);
  g_test_add_func ("/layer-table/kicad-3-counts-from-the-back", kicad_3_counts_from_the_back);
  g_test_add_func ("/layer-table/a-board-without-a-table-has-the-usual-names",
                   a_board_without_a_table_has_the_usual_names);
  return g_test_run ();
}
