/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a board file says, whatever wrote it. */

#include "board-fixtures.h"

static void
keys_are_unique_whatever_the_references (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(footprint a (layer F.Cu) (at 0 0) (fp_text reference \"R1\" (at 0 0)))\n"
                   "(footprint a (layer F.Cu) (at 0 0) (fp_text reference \"R1\" (at 0 0)))\n"
                   "(footprint a (layer F.Cu) (at 0 0) (fp_text reference \"R1#0\" (at 0 0)))\n"
                   "(footprint a (layer F.Cu) (at 0 0))\n"
                   "(footprint a (layer F.Cu) (at 0 0) (fp_text reference \"#0\" (at 0 0)))\n"
                   "(footprint a (layer F.Cu) (at 0 0) (fp_text reference \"R1#0\" (at 0 0)))\n");

  g_assert_cmpstr (board->footprints[0].key, ==, "R1#0");
  g_assert_cmpstr (board->footprints[1].key, ==, "R1#1");
  g_assert_cmpstr (board->footprints[2].key, ==, "R1#0#0");
  g_assert_cmpstr (board->footprints[3].key, ==, "#1");
  g_assert_cmpstr (board->footprints[4].key, ==, "#0");
  g_assert_cmpstr (board->footprints[5].key, ==, "R1#0#1");
  for (guint32 i = 0; i < board->n_footprints; i++)
    g_assert_cmpint (bw_board_find (board, board->footprints[i].key), ==, i);
}

static void
an_open_outline_is_noted_with_its_gap (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(gr_line (start 0 0) (end 10 0) (layer Edge.Cuts))\n"
                   "(gr_line (start 10 0) (end 10 10) (layer Edge.Cuts))\n"
                   "(gr_line (start 10 10) (end 0 8) (layer Edge.Cuts))\n");
  g_autoptr (BwBoard) nearly =
    good_board_of ("(gr_line (start 0 0) (end 10 0) (layer Edge.Cuts))\n"
                   "(gr_line (start 10 0) (end 10 10) (layer Edge.Cuts))\n"
                   "(gr_line (start 10 10) (end 0 0.3) (layer Edge.Cuts))\n");

  g_assert_cmpuint (board->n_outlines, ==, 0);
  g_assert_nonnull (board->notes[0]);
  g_assert_nonnull (strstr (board->notes[0], "(0.000, 8.000)"));
  g_assert_nonnull (strstr (board->notes[0], "(0.000, 0.000)"));
  assert_box (board->box, 0.0, 0.0, 10.0, 10.0);

  g_assert_cmpuint (nearly->n_outlines, ==, 1);
  g_assert_nonnull (strstr (nearly->notes[0], "taken to be closed"));
}

static void
islands_in_holes_are_boards_again (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(gr_rect (start 0 0) (end 50 50) (layer Edge.Cuts))\n"
                   "(gr_rect (start 10 10) (end 40 40) (layer Edge.Cuts))\n"
                   "(gr_circle (center 25 25) (end 30 25) (layer Edge.Cuts))\n"
                   "(footprint a (layer B.Cu) (at 80 0 90) (fp_rect (start 0 0) (end 5 9)"
                   " (layer Edge.Cuts)))\n");

  g_assert_cmpuint (board->n_outlines, ==, 4);
  for (guint32 i = 0; i < 4; i++)
    g_assert_cmpint (board->outlines[i].hole, ==,
                     fabs (ring_area_mm2 (&board->outlines[i].ring) - 900.0) < 1.0);
  assert_box (board->box, 0.0, -5.0, 89.0, 50.0);
}

/* Squares in squares in squares, at very different scales, one beside another. */
static void
nesting_is_told_at_every_scale (void)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (BwBoard) board = NULL;
  guint n_holes = 0;

  for (guint i = 0; i < 60; i++)
    {
      double size_mm = 0.01 * pow (1.17, i), x_mm = size_mm * 8.0;

      for (guint depth = 0; depth < 5; depth++)
        g_string_append_printf (lines, "(gr_rect (start %.6f %.6f) (end %.6f %.6f)"
                                " (layer Edge.Cuts) (width 0.001))\n",
                                x_mm + 0.11 * depth * size_mm, 0.07 * depth * size_mm,
                                x_mm + (1.0 - 0.07 * depth) * size_mm,
                                (1.0 - 0.11 * depth) * size_mm);
    }
  board = good_board_of (lines->str);
  g_assert_cmpuint (board->n_outlines, ==, 300);
  for (guint32 i = 0; i < board->n_outlines; i++)
    n_holes += board->outlines[i].hole;
  g_assert_cmpuint (n_holes, ==, 120);
}

static void
a_broken_courtyard_gives_way_to_a_box (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(footprint a (layer F.Cu) (at 0 0) (fp_text reference \"U7\" (at 0 0))\n"
                   " (fp_line (start -3 -1) (end 2 -1) (layer F.CrtYd) (width 0.05))\n"
                   " (fp_line (start 0 0) (end 0 4) (layer F.Fab) (width 0.2))\n"
                   " (pad 1 smd rect (at 0 0) (size 1 1) (layers F.Cu) (net 1 \"A\")))\n");
  const BwFootprint *u7 = footprint_of (board, "U7");

  g_assert_false (u7->has_courtyard);
  assert_box (u7->box, -3.0, -1.0, 2.0, 4.35);
  g_assert_true (g_str_has_prefix (board->notes[0], "t.kicad_pcb:2: the courtyard of U7"));
}

/* The tab of a regulator that is drawn beside its pads. */
static void
copper_without_a_courtyard_takes_room (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(footprint a (layer F.Cu) (at 0 0) (fp_text reference \"U2\" (at 0 0))\n"
                   " (fp_poly (pts (xy 0 0) (xy 3 0) (xy 3 1) (xy 0 1)) (layer F.Cu) (width 0.1))\n"
                   " (fp_line (start 0 0) (end 0 9) (layer B.Cu) (width 0.1))\n"
                   " (pad 1 smd rect (at 0 0) (size 1 1) (layers F.Cu) (net 1 \"A\")))\n");

  assert_box (footprint_of (board, "U2")->box, -0.75, -0.75, 3.3, 1.3);
}

/* What has a courtyard on its back alone is seen as that; an edge of the board as nothing. */
static void
a_logo_is_as_large_as_what_is_printed_of_it (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(footprint a (layer F.Cu) (at 0 0) (fp_text reference \"G1\" (at 0 0))\n"
                   " (fp_line (start -3 -1) (end 2 4) (layer F.SilkS) (width 0.2)))\n"
                   "(footprint b (layer F.Cu) (at 0 0) (fp_text reference \"B1\" (at 0 0))\n"
                   " (fp_rect (start -1 -1) (end 1 1) (layer B.CrtYd) (width 0.05)))\n"
                   "(footprint c (layer F.Cu) (at 0 0) (fp_text reference \"E1\" (at 0 0))\n"
                   " (fp_line (start -9 -9) (end 9 9) (layer Edge.Cuts) (width 0.1)))\n");
  const BwFootprint *logo = footprint_of (board, "G1"), *back = footprint_of (board, "B1");

  g_assert_false (bw_footprint_takes_room (logo));
  assert_box (logo->box, -3.1, -1.1, 2.1, 4.1);
  g_assert_cmpuint (logo->n_silhouette, ==, 1);
  assert_box (bw_ring_box (&logo->silhouette[0]), -3.1, -1.1, 2.1, 4.1);
  g_assert_true (bw_footprint_takes_room (back));
  g_assert_true (back->silhouette == back->body[BW_SIDE_BACK]);
  g_assert_cmpuint (footprint_of (board, "E1")->n_silhouette, ==, 0);
}

static void
a_round_courtyard_is_never_less_than_its_circle (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(footprint a (layer F.Cu) (at 0 0) (fp_circle (center 1 0) (end 6 0)"
                   " (layer F.CrtYd)) (fp_circle (center 1 0) (end 2 0) (layer F.CrtYd)))");
  const BwRing *ring = &board->footprints[0].body[BW_SIDE_FRONT][0];

  /* The inner ring takes up nothing more. */
  g_assert_cmpuint (board->footprints[0].n_body[BW_SIDE_FRONT], ==, 1);
  g_assert_cmpfloat (ring_area_mm2 (ring), >=, 25.0 * G_PI);
  g_assert_cmpfloat (ring_area_mm2 (ring), <=, 5.006 * 5.006 * G_PI);
}

static void
a_courtyard_that_leaves_pads_out_grows_round_them (void)
{
#define COURTYARD(side) " (fp_rect (start -1 -2) (end 1 2) (layer " side ".CrtYd) (width 0.05))"
#define PAD(kind, x, layers) \
  " (pad 1 " kind " rect (at " x " 0) (size 1 1) (layers " layers ") (net 1 A))"
  static const struct { const char *inner; double x0_mm, x1_mm; guint n_points; } cases[] = {
    { COURTYARD ("F") PAD ("smd", "2", "F.Cu"), -1.0, 2.6, 6 },
    { COURTYARD ("F") PAD ("smd", "2", "F.Cu") PAD ("smd", "-2", "F.Cu"), -2.6, 2.6, 8 },
    /* On its line, half a micrometre beyond it, and on the other side. */
    { COURTYARD ("F") PAD ("smd", "0.5", "F.Cu"), -1.0, 1.0, 4 },
    { COURTYARD ("F") PAD ("smd", "0.5005", "F.Cu"), -1.0, 1.0, 4 },
    { COURTYARD ("F") PAD ("smd", "2", "B.Cu"), -1.0, 1.0, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("(footprint a (layer F.Cu) (at 0 0)%s)",
                                               cases[i].inner);
      g_autoptr (BwBoard) board = good_board_of (text);
      const BwFootprint *footprint = &board->footprints[0];

      g_assert_true (footprint->has_courtyard);
      g_assert_cmpuint (footprint->n_body[BW_SIDE_FRONT], ==, 1);
      g_assert_cmpuint (footprint->body[BW_SIDE_FRONT][0].n_points, ==, cases[i].n_points);
      assert_box (bw_ring_box (&footprint->body[BW_SIDE_FRONT][0]), cases[i].x0_mm, -2.0,
                  cases[i].x1_mm, 2.0);
    }
#undef COURTYARD
#undef PAD
}

static void
a_footprint_of_nothing_takes_up_nothing (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(footprint a (layer F.Cu) (at 3 4))");

  g_assert_cmpuint (board->footprints[0].n_body[0] + board->footprints[0].n_body[1], ==, 0);
  g_assert_true (bw_box_is_empty (&board->footprints[0].box));
  assert_box (board->box, 3.0, 4.0, 3.0, 4.0);
}

static void
what_is_not_understood_is_noted_once (void)
{
  g_autoptr (BwBoard) board = good_board_of ("(wormhole 1)\n(wormhole 2)\n(setup (x))\n");

  g_assert_cmpstr (board->notes[0], ==,
                   "t.kicad_pcb:2: “wormhole” is not understood and left as it is");
  g_assert_null (board->notes[1]);
}

static void
absurd_sizes_are_cut_and_noted (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(footprint a (layer F.Cu) (at 1e300 -99999999999999999999)\n"
                   " (pad 1 smd roundrect (at 1e9 0 1e9) (size 1e300 1e9) (roundrect_rratio 7)"
                   " (layers F.Cu) (net 1))\n"
                   " (pad 2 smd circle (at -1e9 0) (size -5 0) (layers F.Cu) (net 99)))\n");

  g_assert_cmpint (board->footprints[0].pose.at.x_nm, ==, BW_COORD_MAX_NM);
  g_assert_nonnull (board->notes[0]);
  g_assert_cmpuint (board->footprints[0].n_pads, ==, 2);
  g_assert_cmpint (board->footprints[0].pads[1].net, ==, -1);
}

static void
texts_that_are_not_utf8_are_made_so (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(footprint a (layer F.Cu) (at 0 0) (fp_text value \"1\xb5" "F\" (at 0 0)))");

  g_assert_cmpstr (board->footprints[0].value, ==, "1\xef\xbf\xbd" "F");
  g_assert_nonnull (board->notes[0]);
}

static void
assert_error_of (const char   *lines,
                 const char   *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (board_of (lines, &error));
  g_assert_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT);
  g_assert_cmpstr (error->message, ==, message);
}

#define SQUARE(from, to) \
  "(pts (xy " from " " from ") (xy " to " " from ") (xy " to " " to ") (xy " from " " to "))"

static void
zones_are_read_with_their_fills (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(zone (net 2) (net_name \"B\") (layers F.Cu In1.Cu) (polygon " SQUARE ("0", "9")
                   ") (polygon (pts (xy 1 1) (xy 2 2)))\n"
                   " (filled_polygon (layer F.Cu) (island) " SQUARE ("1", "8") ")\n"
                   " (filled_polygon (layer In1.Cu) " SQUARE ("1", "8") "))\n"
                   "(zone (net 0) (layer B.Cu) (polygon " SQUARE ("0", "5") ")\n"
                   " (filled_polygon " SQUARE ("1", "4") "))\n"
                   "(zone (net 1) (layer F.Cu))\n"
                   "(zone (layer F.Cu) (keepout (tracks not_allowed)) (polygon "
                   SQUARE ("0", "5") "))");
  const BwZone *first = &board->zones[0], *second = &board->zones[1];

  g_assert_cmpuint (board->n_zones, ==, 2);
  g_assert_cmpuint (board->n_keepouts, ==, 0);
  g_assert_cmpint (first->net, ==, 1);
  g_assert_cmpint (first->footprint, ==, -1);
  g_assert_cmpuint (first->sides, ==, 1u << BW_SIDE_FRONT);
  g_assert_cmpuint (first->n_outlines, ==, 1);
  g_assert_cmpuint (first->n_fills, ==, 1);
  assert_box (bw_ring_box (&first->outlines[0]), 0, 0, 9, 9);
  assert_box (bw_ring_box (&first->fills[0].ring), 1, 1, 8, 8);
  g_assert_cmpint (second->net, ==, -1);
  g_assert_cmpuint (second->fills[0].sides, ==, 1u << BW_SIDE_BACK);
}

static void
areas_know_the_parts_that_they_are_to_hold (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(footprint a (layer F.Cu) (at 0 0) (sheetname \"/Power/\"))\n"
                   "(footprint a (layer F.Cu) (at 0 0) (sheetname \"/\")"
                   " (component_classes (class \"RF\") (class \"Hot\")))\n"
                   "(footprint a (layer F.Cu) (at 0 0) (sheetname \"/Power/\"))\n"
                   "(zone (layer F.Cu) (name \"supply\") (keepout (footprints allowed))"
                   " (placement (enabled yes) (sheetname \"/Power/\")) (polygon "
                   SQUARE ("0", "5") "))\n"
                   "(zone (layers \"F&B.Cu\") (placement (enabled yes) (component_class \"Hot\"))"
                   " (polygon " SQUARE ("0", "5") "))\n"
                   "(zone (layer F.Cu) (placement (enabled no) (sheetname \"/Power/\")) (polygon "
                   SQUARE ("0", "5") "))\n"
                   "(zone (layer F.Cu) (placement (enabled yes) (sheetname \"/None/\")) (polygon "
                   SQUARE ("0", "5") "))\n"
                   "(zone (layer F.Cu) (placement (enabled yes) (weather \"g\")) (polygon "
                   SQUARE ("0", "5") "))");

  g_assert_cmpuint (board->n_areas, ==, 3);
  g_assert_cmpstr (board->areas[0].name, ==, "supply");
  g_assert_cmpstr (board->areas[0].source, ==, "/Power/");
  g_assert_cmpuint (board->areas[0].n_footprints, ==, 2);
  g_assert_cmpuint (board->areas[0].footprints[1], ==, 2);
  assert_box (bw_ring_box (&board->areas[0].ring), 0, 0, 5, 5);
  g_assert_true (board->areas[1].by_class);
  g_assert_cmpuint (board->areas[1].sides, ==, 3);
  g_assert_cmpuint (board->areas[1].n_footprints, ==, 1);
  g_assert_cmpuint (board->areas[1].footprints[0], ==, 1);
  g_assert_cmpuint (board->areas[2].n_footprints, ==, 0);
  g_assert_true (g_str_has_prefix (board->notes[0], "t.kicad_pcb:9: an area"));
  g_assert_null (board->notes[1]);
}

static void
marks_of_footprints_are_read_in_old_and_new_words (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(footprint a (layer F.Cu) (at 0 0) (attr smd dnp exclude_from_bom))\n"
                   "(footprint a (layer F.Cu) (at 0 0) (attr virtual))\n"
                   "(footprint a (layer F.Cu) (at 0 0) (net_tie_pad_groups \"1, 2\"))\n"
                   "(footprint a (layer F.Cu) (at 0 0) (tags \"net tie short\"))\n"
                   "(footprint a (layer F.Cu) (at 0 0) (attr smd) (tags \"not a net tie\"))\n");

  g_assert_cmpuint (board->footprints[0].flags, ==,
                    BW_FOOTPRINT_NOT_FITTED | BW_FOOTPRINT_NOT_IN_BOM);
  g_assert_cmpuint (board->footprints[1].flags, ==,
                    BW_FOOTPRINT_NOT_IN_POSITIONS | BW_FOOTPRINT_NOT_IN_BOM);
  g_assert_cmpuint (board->footprints[2].flags, ==, BW_FOOTPRINT_NET_TIE);
  g_assert_cmpuint (board->footprints[3].flags, ==, BW_FOOTPRINT_NET_TIE);
  g_assert_cmpuint (board->footprints[4].flags, ==, 0);
}

#define ADDRESSED(address) \
  "(footprint a (layer F.Cu) (at 0 0) (property \"atopile_address\" \"" address "\"))\n"

static void
an_atopile_module_has_two_parts_or_more (void)
{
  g_autoptr (BwBoard) board =
    good_board_of (ADDRESSED ("ldo.divider.top") ADDRESSED ("ldo.divider.bottom")
                   ADDRESSED ("ldo.package") ADDRESSED ("mcu.button.button.package")
                   ADDRESSED ("mcu.button.pulldown") ADDRESSED ("mcu.chip")
                   ADDRESSED ("led") ADDRESSED ("connector.package"));
  static const char *const names[] = {
    "ldo.divider", "ldo.divider", "ldo", "mcu.button", "mcu.button", "mcu", NULL, NULL,
  };

  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      gint32 module = board->footprints[i].module;

      g_assert_cmpstr (module >= 0 ? board->modules[module].name : NULL, ==, names[i]);
    }
}

static void
a_path_of_one_id_twice_names_no_sheet (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(footprint a (layer F.Cu) (at 0 0) (path \"/1a/1a\"))\n"
                   "(footprint a (layer F.Cu) (at 0 0) (path \"/2b\"))\n"
                   "(footprint a (layer F.Cu) (at 0 0) (path \"\"))\n"
                   "(footprint a (layer F.Cu) (at 0 0) (path \"/\"))\n"
                   "(footprint a (layer F.Cu) (at 0 0) (path \"/1a/2b\"))\n"
                   "(footprint a (layer F.Cu) (at 0 0) (path \"/1a/3c\"))\n");

  for (guint32 i = 0; i < 4; i++)
    g_assert_cmpint (board->footprints[i].module, ==, -1);
  g_assert_cmpint (board->footprints[4].module, ==, 0);
  g_assert_cmpint (board->footprints[5].module, ==, 0);
  g_assert_cmpuint (board->n_modules, ==, 1);
}

static void
facts_that_cannot_be_are_told_by_line (void)
{
  assert_error_of ("(footprint a (layer F.Cu)\n(at 0 0)\n(fp_text reference \"R7\" (at 0 0))\n"
                   "(pad 3 smd rect (size 1 1)))",
                   "t.kicad_pcb:5: pad “3” of R7 has no position");
  assert_error_of ("\n(footprint a (layer F.Cu) (fp_text reference \"R7\" (at 0 0)))",
                   "t.kicad_pcb:3: footprint “R7” has no position");
  assert_error_of ("(footprint a (layer F.Cu)\n(at 1 nan))",
                   "t.kicad_pcb:3: “nan” is not a number");
  assert_error_of ("(gr_line (start 1) (end 1 1))", "t.kicad_pcb:2: a number is missing");
  assert_error_of ("(gr_arc (start 1 1) (end 1 1))", "t.kicad_pcb:2: an arc without mid or angle");
  assert_error_of ("(via (size 1))", "t.kicad_pcb:2: a via has no position");
  assert_error_of ("(net 3)", "t.kicad_pcb:2: a net without a name");
}

static void
assert_refused (const char   *text,
                BwBoardError  code,
                const char   *message)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_null (bw_board_new_from_bytes (bytes, "f", &error));
  g_assert_error (error, BW_BOARD_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
what_is_no_board_is_refused_by_its_kind (void)
{
  assert_refused ("(kicad_sch (version 20211123))", BW_BOARD_ERROR_NOT_A_BOARD,
                  "f:1: a KiCad schematic, not a board");
  assert_refused ("\n(footprint \"x\")", BW_BOARD_ERROR_NOT_A_BOARD,
                  "f:2: a single footprint, not a board");
  assert_refused ("(hello)", BW_BOARD_ERROR_NOT_A_BOARD,
                  "f:1: a list of another kind, not a board");
  assert_refused ("PCBNEW-BOARD Version 1", BW_BOARD_ERROR_VERSION,
                  "f:1: a board of KiCad 3 or older; save it with a newer KiCad first");
  assert_refused ("(kicad_pcb (version 1))", BW_BOARD_ERROR_VERSION,
                  "f:1: format version 1 cannot be read; save the board with a newer KiCad first");
  assert_refused ("(kicad_pcb)", BW_BOARD_ERROR_CONTENT, "f:1: the board has no (version)");
  assert_refused ("(kicad_pcb (version x))", BW_BOARD_ERROR_CONTENT, "f:1: “x” is not a number");
}

static void
a_newer_version_is_read_and_noted (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("(kicad_pcb (version 20990101))", 30);
  g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "f", NULL);

  g_assert_nonnull (board);
  g_assert_nonnull (strstr (board->notes[0], "20990101"));
}

static void
files_that_cannot_be_read_are_named (void)
{
  g_autoptr (GFile) missing = g_file_new_for_path ("/nonexistent/x.kicad_pcb");
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_tmp_dir ());
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "boards", "v4.kicad_pcb",
                                                 NULL);
  g_autoptr (GFile) fixture = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_null (bw_board_load (missing, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_true (g_str_has_prefix (error->message, "/nonexistent/x.kicad_pcb: "));
  g_assert_null (strstr (error->message + 5, "/nonexistent"));
  g_clear_error (&error);
  g_assert_null (bw_board_load (folder, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (bw_board_load (fixture, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-reader/keys-are-unique-whatever-the-references",
                   keys_are_unique_whatever_the_references);
  g_test_add_func ("/board-reader/an-open-outline-is-noted-with-its-gap",
                   an_open_outline_is_noted_with_its_gap);
  g_test_add_func ("/board-reader/islands-in-holes-are-boards-again",
                   islands_in_holes_are_boards_again);
  g_test_add_func ("/board-reader/nesting-is-told-at-every-scale", nesting_is_told_at_every_scale);
  g_test_add_func ("/board-reader/a-logo-is-as-large-as-what-is-printed-of-it",
                   a_logo_is_as_large_as_what_is_printed_of_it);
  g_test_add_func ("/board-reader/a-broken-courtyard-gives-way-to-a-box",
                   a_broken_courtyard_gives_way_to_a_box);
  g_test_add_func ("/board-reader/copper-without-a-courtyard-takes-room",
                   copper_without_a_courtyard_takes_room);
  g_test_add_func ("/board-reader/a-round-courtyard-is-never-less-than-its-circle",
                   a_round_courtyard_is_never_less_than_its_circle);
  g_test_add_func ("/board-reader/a-courtyard-that-leaves-pads-out-grows-round-them",
                   a_courtyard_that_leaves_pads_out_grows_round_them);
  g_test_add_func ("/board-reader/a-footprint-of-nothing-takes-up-nothing",
                   a_footprint_of_nothing_takes_up_nothing);
  g_test_add_func ("/board-reader/what-is-not-understood-is-noted-once",
                   what_is_not_understood_is_noted_once);
  g_test_add_func ("/board-reader/absurd-sizes-are-cut-and-noted", absurd_sizes_are_cut_and_noted);
  g_test_add_func ("/board-reader/texts-that-are-not-utf8-are-made-so",
                   texts_that_are_not_utf8_are_made_so);
  g_test_add_func ("/board-reader/zones-are-read-with-their-fills",
                   zones_are_read_with_their_fills);
  g_test_add_func ("/board-reader/areas-know-the-parts-that-they-are-to-hold",
                   areas_know_the_parts_that_they_are_to_hold);
  g_test_add_func ("/board-reader/marks-of-footprints-are-read-in-old-and-new-words",
                   marks_of_footprints_are_read_in_old_and_new_words);
  g_test_add_func ("/board-reader/an-atopile-module-has-two-parts-or-more",
                   an_atopile_module_has_two_parts_or_more);
  g_test_add_func ("/board-reader/a-path-of-one-id-twice-names-no-sheet",
                   a_path_of_one_id_twice_names_no_sheet);
  g_test_add_func ("/board-reader/facts-that-cannot-be-are-told-by-line",
                   facts_that_cannot_be_are_told_by_line);
  g_test_add_func ("/board-reader/what-is-no-board-is-refused-by-its-kind",
                   what_is_no_board_is_refused_by_its_kind);
  g_test_add_func ("/board-reader/a-newer-version-is-read-and-noted",
                   a_newer_version_is_read_and_noted);
  g_test_add_func ("/board-reader/files-that-cannot-be-read-are-named",
                   files_that_cannot_be_read_are_named);
  return g_test_run ();
}
