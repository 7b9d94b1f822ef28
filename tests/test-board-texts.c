/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board-fixtures.h"

/* A board with one footprint, which lies as `head` says and holds `inside`, and `outside`. */
static BwBoard *
read_board (gint        version,
            const char *head,
            const char *inside,
            const char *outside)
{
  g_autofree char *text = g_strdup_printf (
    "(kicad_pcb (version %d)\n"
    " (layers (0 \"F.Cu\" signal) (31 \"B.Cu\" signal))\n"
    " (footprint \"Own:P\" %s\n"
    "  (property \"Reference\" \"U7\" (at 0 0 0) (layer \"F.Fab\") (hide yes))\n"
    "  (property \"Value\" \"NE555\" (at 0 0 0) (layer \"F.Fab\") (hide yes))\n"
    "  %s)\n"
    " %s)\n", version, head, inside, outside);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BwBoard *board = bw_board_new_from_bytes (bytes, "texts.kicad_pcb", &error);

  g_assert_no_error (error);
  return board;
}

#define FRONT "(layer \"F.Cu\") (at 10 20 30)"
#define BACK "(layer \"B.Cu\") (at 10 20 30)"

static void
a_footprint_keeps_the_texts_that_are_shown (void)
{
  g_autoptr (BwBoard) board = read_board (
    20241229, FRONT,
    "(property \"Note\" \"${REFERENCE} is ${VALUE}\" (at 1 -2 75) (unlocked yes)"
    " (layer \"F.SilkS\") (effects (font (size 1.5 1.2) (thickness 0.3)) (justify left top)))"
    "(fp_text user \"a\\nb\" (at 0 1 30) (layer \"B.SilkS\") (effects (font (size 1 1))"
    " (justify mirror)))"
    "(fp_text user \"unseen\" (at 0 0) (layer \"F.SilkS\") hide)"
    "(fp_text user \"unseen\" (at 0 0) (layer \"F.SilkS\") (effects (font (size 1 1)) hide))"
    "(fp_text user \"unseen\" (at 0 0) (layer \"F.SilkS\") (effects (font (size 1 1))"
    " (hide yes)))", "");
  const BwFootprint *part = &board->footprints[0];

  g_assert_cmpuint (part->n_texts, ==, 2);
  g_assert_cmpstr (part->texts[0].text, ==, "U7 is NE555");
  g_assert_cmpint (part->texts[0].at.x_nm, ==, 1000000);
  g_assert_cmpint (part->texts[0].at.y_nm, ==, -2000000);
  g_assert_cmpint (part->texts[0].height_nm, ==, 1500000);
  g_assert_cmpint (part->texts[0].width_nm, ==, 1200000);
  g_assert_cmpint (part->texts[0].stroke_nm, ==, 300000);
  g_assert_cmpint (part->texts[0].rotation_cdeg, ==, 4500);
  g_assert_cmpint (part->texts[0].align_x, ==, -1);
  g_assert_cmpint (part->texts[0].align_y, ==, -1);
  g_assert_cmpuint (part->texts[0].layer, ==, BW_LAYER_SILK);
  g_assert_cmpuint (part->texts[0].side, ==, BW_SIDE_FRONT);
  g_assert_false (part->texts[0].upright);
  g_assert_false (part->texts[0].mirrored);

  g_assert_cmpstr (part->texts[1].text, ==, "a\nb");
  g_assert_cmpint (part->texts[1].rotation_cdeg, ==, 0);
  g_assert_cmpint (part->texts[1].stroke_nm, ==, 125000);
  g_assert_cmpuint (part->texts[1].side, ==, BW_SIDE_BACK);
  g_assert_true (part->texts[1].mirrored);
  g_assert_true (part->texts[1].upright);
}

/* A text that lies turned by 40 degrees on a part at 30, seen from the part's own front. */
static void
a_text_on_the_back_is_that_of_the_part_turned_over (void)
{
  g_autoptr (BwBoard) board = read_board (
    20241229, BACK,
    "(fp_text user \"x\" (at 1 -2 70) (layer \"B.SilkS\") (effects (font (size 1 1))"
    " (justify right mirror)))", "");
  const BwText *text = &board->footprints[0].texts[0];

  g_assert_cmpuint (board->footprints[0].n_texts, ==, 1);
  g_assert_cmpint (text->at.x_nm, ==, 1000000);
  g_assert_cmpint (text->at.y_nm, ==, 2000000);
  g_assert_cmpint (text->rotation_cdeg, ==, 14000);
  g_assert_cmpint (text->align_x, ==, 1);
  g_assert_cmpuint (text->side, ==, BW_SIDE_FRONT);
  g_assert_false (text->mirrored);
}

static void
names_of_kicad_5_stand_for_reference_and_value (void)
{
  g_autoptr (BwBoard) board = read_board (
    20171130, FRONT, "(fp_text user %R=%V (at 0 0) (layer F.Fab))", "");
  g_autoptr (BwBoard) later = read_board (
    20241229, FRONT, "(fp_text user \"%R\" (at 0 0) (layer F.Fab))", "");

  g_assert_cmpstr (board->footprints[0].texts[0].text, ==, "U7=NE555");
  g_assert_cmpstr (later->footprints[0].texts[0].text, ==, "%R");
}

static void
a_short_text_does_not_stand_for_megabytes (void)
{
  g_autofree char *name = g_strnfill (990, 'x');
  g_autofree char *inside = g_strdup_printf ("(property \"Value\" \"%s\" (at 0 0) (hide yes))"
                                             "(fp_text user \"${VALUE}${VALUE}\" (at 0 0)"
                                             " (layer F.Fab))", name);
  g_autofree char *wanted = g_strconcat (name, "${VALUE}", NULL);
  g_autoptr (BwBoard) board = read_board (20241229, FRONT, inside, "");

  g_assert_cmpstr (board->footprints[0].texts[0].text, ==, wanted);
}

static void
texts_of_the_board_are_where_the_file_has_them (void)
{
  g_autoptr (BwBoard) board = read_board (
    20241229, FRONT, "",
    "(gr_text \"${TITLE}\" locked (at 3 4 -90) (layer \"B.SilkS\")"
    " (effects (font (size 2 2) (thickness 0.2)) (justify bottom mirror)))"
    "(gr_text_box \"box\" (start 10 20) (end 30 26) (angle 90) (layer \"F.SilkS\")"
    " (effects (font (size 1 1)) (justify left top)) (border yes) (stroke (width 0.2)))"
    "(table (column_count 1) (layer \"F.SilkS\") (cells"
    " (table_cell \"cell\" (start 0 0) (end 10 4) (layer \"F.SilkS\")"
    "  (effects (font (size 1 1))) (border no))))");

  g_assert_cmpuint (board->n_texts, ==, 3);
  g_assert_cmpstr (board->texts[0].text, ==, "${TITLE}");
  g_assert_cmpint (board->texts[0].rotation_cdeg, ==, 27000);
  g_assert_cmpint (board->texts[0].align_y, ==, 1);
  g_assert_cmpuint (board->texts[0].side, ==, BW_SIDE_BACK);
  g_assert_true (board->texts[0].mirrored);

  /* It reads upwards, so that its top left is the box's lower left corner. */
  g_assert_cmpint (board->texts[1].at.x_nm, ==, 10000000);
  g_assert_cmpint (board->texts[1].at.y_nm, ==, 26000000);
  g_assert_cmpint (board->texts[2].at.x_nm, ==, 5000000);
  g_assert_cmpint (board->texts[2].at.y_nm, ==, 2000000);

  g_assert_cmpuint (board->n_graphics, ==, 1);
  g_assert_cmpuint (board->graphics[0].n_points, ==, 4);
  g_assert_cmpint (board->graphics[0].width_nm, ==, 200000);
}

static void
a_dimension_is_a_text_and_its_lines (void)
{
  g_autoptr (BwBoard) board = read_board (
    20241229, FRONT, "",
    "(dimension (type aligned) (layer \"F.Fab\") (pts (xy 10 20) (xy 10 10)) (height 8)"
    " (gr_text \"10 mm\" (at 17 15 90) (layer \"F.Fab\") (effects (font (size 1 1))))"
    " (style (thickness 0.1)))");
  g_autoptr (BwBoard) old = read_board (
    20171130, FRONT, "",
    "(dimension 10 (width 0.3) (layer F.Fab)"
    " (gr_text \"10 mm\" (at 17 15 90) (layer F.Fab) (effects (font (size 1 1))))"
    " (feature1 (pts (xy 10 20) (xy 18 20))) (crossbar (pts (xy 18 20) (xy 18 10))))");

  g_assert_cmpuint (board->n_texts, ==, 1);
  g_assert_cmpuint (board->n_graphics, ==, 3);
  g_assert_cmpint (board->graphics[0].points[0].x_nm, ==, 18000000);
  g_assert_cmpint (board->graphics[0].points[0].y_nm, ==, 20000000);
  g_assert_cmpint (board->graphics[0].points[1].x_nm, ==, 18000000);
  g_assert_cmpint (board->graphics[0].points[1].y_nm, ==, 10000000);
  g_assert_cmpuint (board->graphics[0].layer, ==, BW_LAYER_FAB);

  g_assert_cmpuint (old->n_texts, ==, 1);
  g_assert_cmpuint (old->n_graphics, ==, 2);
  g_assert_cmpint (old->graphics[1].points[1].y_nm, ==, 10000000);
  g_assert_cmpint (old->graphics[1].width_nm, ==, 300000);
}

static void
a_rule_area_says_what_it_bars (void)
{
  g_autoptr (BwBoard) board = read_board (
    20241229, FRONT, "",
    "(zone (layers \"F.Cu\") (name \"antenna\") (keepout (tracks not_allowed) (vias allowed)"
    " (pads allowed) (copperpour not_allowed) (footprints allowed))"
    " (polygon (pts (xy 0 0) (xy 9 0) (xy 9 9))))"
    "(zone (layers \"*.Cu\") (name \"bare\") (keepout (tracks allowed) (footprints not_allowed))"
    " (polygon (pts (xy 0 0) (xy 9 0) (xy 9 9))))"
    "(zone (layers \"F.Cu\") (name \"nothing\") (keepout (tracks allowed))"
    " (polygon (pts (xy 0 0) (xy 9 0) (xy 9 9))))");

  g_assert_cmpuint (board->n_rule_areas, ==, 2);
  g_assert_cmpstr (board->rule_areas[0].name, ==, "antenna");
  g_assert_cmpuint (board->rule_areas[0].bars, ==, BW_BARS_TRACKS | BW_BARS_COPPER);
  g_assert_cmpuint (board->rule_areas[0].sides, ==, 1u << BW_SIDE_FRONT);
  g_assert_cmpuint (board->rule_areas[1].bars, ==, BW_BARS_FOOTPRINTS);
  g_assert_cmpuint (board->n_keepouts, ==, 1);
}

static void
a_via_has_a_drill (void)
{
  g_autoptr (BwBoard) board = read_board (
    20241229, FRONT, "",
    "(via (at 1 2) (size 0.6) (drill 0.3) (layers \"F.Cu\" \"B.Cu\") (net \"A\"))");

  g_assert_cmpuint (board->n_tracks, ==, 1);
  g_assert_cmpint (board->tracks[0].width_nm, ==, 600000);
  g_assert_cmpint (board->tracks[0].drill_nm, ==, 300000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-texts/a-footprint-keeps-the-texts-that-are-shown",
                   a_footprint_keeps_the_texts_that_are_shown);
  g_test_add_func ("/board-texts/a-text-on-the-back-is-that-of-the-part-turned-over",
                   a_text_on_the_back_is_that_of_the_part_turned_over);
  g_test_add_func ("/board-texts/names-of-kicad-5-stand-for-reference-and-value",
                   names_of_kicad_5_stand_for_reference_and_value);
  g_test_add_func ("/board-texts/a-short-text-does-not-stand-for-megabytes",
                   a_short_text_does_not_stand_for_megabytes);
  g_test_add_func ("/board-texts/texts-of-the-board-are-where-the-file-has-them",
                   texts_of_the_board_are_where_the_file_has_them);
  g_test_add_func ("/board-texts/a-dimension-is-a-text-and-its-lines",
                   a_dimension_is_a_text_and_its_lines);
  g_test_add_func ("/board-texts/a-rule-area-says-what-it-bars", a_rule_area_says_what_it_bars);
  g_test_add_func ("/board-texts/a-via-has-a-drill", a_via_has_a_drill);
  return g_test_run ();
}
