/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board-fixtures.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define NETS "(net 1 \"GND\") (net 2 \"/CLK0\") (net 3 \"/CLK1\") (net 4 \"A\\\"B\")\n"

static BwBoard *
board_with (const char *lines,
            const char *project,
            const char *rules)
{
  g_autofree char *text = g_strdup_printf ("(kicad_pcb (version 20211014) " NETS "%s)", lines);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) project_bytes = project ? g_bytes_new (project, strlen (project)) : NULL;
  g_autoptr (GBytes) rule_bytes = rules ? g_bytes_new (rules, strlen (rules)) : NULL;
  g_autoptr (GError) error = NULL;
  BwBoard *board = bw_board_new_with_project (bytes, project_bytes, rule_bytes, NULL, "t.kicad_pcb",
                                              &error);

  g_assert_no_error (error);
  return board;
}

static const char *
class_of_net (const BwBoard *board,
              guint32        net)
{
  return board->net_classes[board->nets[net].net_class].name;
}

static void
classes_of_kicad_5_are_in_the_board (void)
{
  g_autoptr (BwBoard) board =
    board_with ("(net_class Default \"\" (clearance 0.2) (trace_width 0.25) (add_net GND))\n"
                "(net_class \"Fast ones\" \"\" (clearance 0.3) (add_net /CLK0)"
                " (add_net \"A\\\"B\") (add_net nowhere))\n", NULL, NULL);

  g_assert_cmpuint (board->n_net_classes, ==, 2);
  g_assert_cmpint (board->net_classes[0].clearance_nm, ==, 200000);
  g_assert_cmpint (board->net_classes[0].track_width_nm, ==, 250000);
  g_assert_cmpint (board->net_classes[1].track_width_nm, ==, -1);
  g_assert_cmpstr (class_of_net (board, 0), ==, "Default");
  g_assert_cmpstr (class_of_net (board, 1), ==, "Fast ones");
  g_assert_cmpstr (class_of_net (board, 2), ==, "Default");
  g_assert_cmpstr (class_of_net (board, 3), ==, "Fast ones");
  g_assert_null (board->notes[0]);
}

static void
classes_and_limits_are_in_the_project_since (void)
{
  g_autoptr (BwBoard) board =
    board_with ("",
                "{\"board\": {\"design_settings\": {\"rules\": {\"min_clearance\": 0.15,"
                " \"min_copper_edge_clearance\": 0.5, \"min_hole_clearance\": 1}}},\n"
                " \"net_settings\": {\"classes\": [{\"name\": \"Default\", \"clearance\": 0.2,"
                " \"track_width\": 0.3}, {\"name\": \"Six\", \"nets\": [\"GND\"]}],\n"
                " \"netclass_patterns\": [{\"netclass\": \"Fast\", \"pattern\": \"/CLK?\"}],\n"
                " \"netclass_assignments\": {\"/CLK1\": [\"Slow\", \"Fast\"],"
                " \"A\\\"B\": \"Slow\"}}}", NULL);

  g_assert_cmpint (board->rules.clearance_nm, ==, 150000);
  g_assert_cmpint (board->rules.edge_clearance_nm, ==, 500000);
  g_assert_cmpint (board->rules.hole_clearance_nm, ==, 1000000);
  g_assert_cmpint (board->rules.courtyard_clearance_nm, ==, -1);
  g_assert_cmpint (board->net_classes[0].track_width_nm, ==, 300000);
  g_assert_cmpstr (class_of_net (board, 0), ==, "Six");
  g_assert_cmpstr (class_of_net (board, 1), ==, "Fast");
  g_assert_cmpstr (class_of_net (board, 2), ==, "Slow");
  g_assert_cmpstr (class_of_net (board, 3), ==, "Slow");
  g_assert_null (board->notes[0]);
}

static void
what_keeps_parts_apart_is_read_from_the_rule_file (void)
{
  g_autoptr (BwBoard) board =
    board_with ("", NULL,
                "(version 1)\n# a (comment \"\n(rule apart (constraint courtyard_clearance"
                " (min 20mil)))\n(rule \"edge\" (constraint edge_clearance (min 0.3mm)))\n"
                "(rule hv (condition \"A.NetClass == 'HV'\")\n"
                " (constraint courtyard_clearance (min 9mm)))\n"
                "(rule wide (constraint track_width (min 1mm)))\n");

  g_assert_cmpint (board->rules.courtyard_clearance_nm, ==, 508000);
  g_assert_cmpint (board->rules.edge_clearance_nm, ==, 300000);
  g_assert_cmpstr (board->notes[0], ==, "t.kicad_dru:7: what rules here say of copper alone is not "
                   "followed (1 in all, this is the first)");
  g_assert_null (board->notes[1]);
}

#define TWO_PARTS \
  "(layers (0 \"F.Cu\" signal) (31 \"B.Cu\" signal))\n" \
  "(footprint a (layer F.Cu) (at 0 0) (uuid \"u1\") (sheetname \"/power/\")" \
  " (component_classes (class \"tall\"))" \
  " (fp_text reference \"J1\" (at 0 0)) (pad 1 smd rect (at 0 0) (size 1 1) (layers F.Cu)))\n" \
  "(footprint a (layer F.Cu) (at 9 0) (uuid \"u2\")" \
  " (fp_text reference \"R1\" (at 0 0)) (pad 1 smd rect (at 0 0) (size 1 1) (layers F.Cu)))\n" \
  "(group \"edge parts\" (uuid \"g1\") (members \"u1\"))\n" \
  "(zone (layers \"F.Cu\" \"B.Cu\") (name \"low\") (polygon (pts (xy 0 0) (xy 9 0) (xy 9 9))))\n"

static void
assert_own_clearance (const char *condition,
                      gint32      of_j1_nm,
                      gint32      of_r1_nm)
{
  g_autofree char *rules =
    g_strdup_printf ("(rule own (condition \"%s\") (constraint courtyard_clearance (min 2mm)))",
                     condition);
  g_autoptr (BwBoard) board = board_with (TWO_PARTS, NULL, rules);

  g_assert_cmpint (board->rules.courtyard_clearance_nm, ==, -1);
  g_assert_cmpint (footprint_of (board, "J1")->courtyard_clearance_nm, ==, of_j1_nm);
  g_assert_cmpint (footprint_of (board, "R1")->courtyard_clearance_nm, ==, of_r1_nm);
  g_assert_null (board->notes[0]);
}

static void
a_condition_chooses_the_parts_that_a_rule_is_for (void)
{
  const gint32 own_nm = 2000000;

  assert_own_clearance ("A.Reference == 'j*'", own_nm, -1);
  assert_own_clearance ("'R1' == A.Reference && B.Type == 'Footprint'", -1, own_nm);
  assert_own_clearance ("A.memberOfGroup('edge*')", own_nm, -1);
  assert_own_clearance ("!A.memberOf('edge parts')", -1, own_nm);
  assert_own_clearance ("A.memberOfSheet('/power/')", own_nm, -1);
  assert_own_clearance ("A.memberOfSheet('/power') && !A.memberOfSheet('/')", own_nm, -1);
  assert_own_clearance ("A.memberOfSheetOrChildren('/power')", own_nm, -1);
  assert_own_clearance ("A.memberOfSheetOrChildren('/pow')", -1, -1);
  assert_own_clearance ("A.hasComponentClass('tall')", own_nm, -1);
  assert_own_clearance ("B.Reference == 'J1'", own_nm, -1);
  assert_own_clearance ("A.Type == 'Footprint' && (A.Reference != 'J1')", -1, own_nm);
  assert_own_clearance ("A.Type == 'Track'", -1, -1);
}

/* KiCad's own checker reads them so, unlike C does. */
static void
or_binds_more_tightly_than_and (void)
{
  const gint32 own_nm = 2000000;

  assert_own_clearance ("A.Reference == 'J1' || A.Reference == 'R1' && A.Reference == 'R1'",
                        -1, own_nm);
  assert_own_clearance ("A.Reference == 'J1' && A.Type == 'Via' || A.Type == 'Footprint'",
                        own_nm, -1);
}

static void
a_rule_can_be_about_two_parts_and_no_single_one (void)
{
  g_autoptr (BwBoard) board = board_with (
    TWO_PARTS
    "(footprint a (layer F.Cu) (at 20 0) (fp_text reference \"R2\" (at 0 0)))\n", NULL,
    "(rule pair (condition \"A.Reference == 'R*' && B.memberOfGroup('edge*')\")"
    " (constraint courtyard_clearance (min 3mm)))\n"
    "(rule some (condition \"A.Reference == 'R1' || B.Value == '?'\")"
    " (constraint courtyard_clearance (min 1mm)))\n");

  g_assert_null (board->notes[0]);
  g_assert_cmpuint (board->n_pair_rules, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (board->pair_rules[i].a, ==, 0);
      g_assert_cmpuint (board->pair_rules[i].b, ==, i + 1);
      g_assert_cmpint (board->pair_rules[i].courtyard_clearance_nm, ==, 3000000);
    }
  g_assert_cmpint (footprint_of (board, "J1")->courtyard_clearance_nm, ==, -1);
  g_assert_cmpint (footprint_of (board, "R1")->courtyard_clearance_nm, ==, 1000000);
  g_assert_cmpint (footprint_of (board, "R2")->courtyard_clearance_nm, ==, -1);
}

static void
later_rules_win (void)
{
  g_autoptr (BwBoard) board = board_with (
    TWO_PARTS, NULL,
    "(rule a (condition \"A.Reference == 'J1'\") (constraint edge_clearance (min 3mm)))\n"
    "(rule b (constraint edge_clearance (min 1mm)))\n"
    "(rule c (condition \"A.Reference == 'R1'\") (constraint edge_clearance (min 0mm)))\n"
    "(rule d (severity ignore) (constraint edge_clearance (min 7mm)))\n"
    "(rule e (constraint physical_clearance (min 0.1mm)) (constraint hole_to_hole (min 0.2mm))"
    " (constraint silk_clearance (min 10um)) (constraint hole_clearance (min 0.01in)))\n");

  g_assert_cmpint (board->rules.edge_clearance_nm, ==, 1000000);
  g_assert_cmpint (footprint_of (board, "J1")->edge_clearance_nm, ==, -1);
  g_assert_cmpint (footprint_of (board, "R1")->edge_clearance_nm, ==, 0);
  g_assert_cmpint (board->rules.physical_clearance_nm, ==, 100000);
  g_assert_cmpint (board->rules.hole_to_hole_nm, ==, 200000);
  g_assert_cmpint (board->rules.silk_clearance_nm, ==, 10000);
  g_assert_cmpint (board->rules.hole_clearance_nm, ==, 254000);
  g_assert_null (board->notes[0]);
}

static void
parts_are_barred_from_an_area_by_its_name (void)
{
  g_autoptr (BwBoard) board = board_with (
    TWO_PARTS, NULL,
    "(rule a (condition \"A.insideArea('LOW') && A.Layer == 'B.Cu'\")"
    " (constraint disallow track footprint))\n"
    "(rule b (condition \"A.intersectsArea('lo?')\") (layer F.Cu) (constraint disallow footprint))"
    "(rule c (condition \"A.insideArea('low')\") (constraint disallow via))");

  g_assert_cmpuint (board->n_keepouts, ==, 2);
  g_assert_cmpuint (board->keepouts[0].sides, ==, 1u << BW_SIDE_BACK);
  g_assert_cmpuint (board->keepouts[0].ring.n_points, ==, 3);
  g_assert_cmpint (board->keepouts[0].footprint, ==, -1);
  g_assert_cmpuint (board->keepouts[1].sides, ==, 1u << BW_SIDE_FRONT);
  g_assert_cmpuint (board->n_rule_areas, ==, 2);
  g_assert_nonnull (strstr (board->notes[0], "t.kicad_dru:2: what rules here say of copper alone"));
}

static void
assert_not_followed (const char *rule,
                     const char *note)
{
  g_autofree char *rules = g_strdup_printf ("# one\n(rule \"it\" %s)", rule);
  g_autoptr (BwBoard) board = board_with (TWO_PARTS, NULL, rules);
  g_autofree char *wanted = g_strdup_printf ("t.kicad_dru:2: rule “it” is not followed: %s", note);

  g_assert_cmpstr (board->notes[0], ==, wanted);
  g_assert_null (board->notes[1]);
  g_assert_cmpuint (board->n_keepouts, ==, 0);
  g_assert_cmpint (board->rules.courtyard_clearance_nm, ==, -1);
}

static void
what_is_not_followed_of_a_rule_file_is_told_with_its_line (void)
{
  g_autofree char *deep = g_strnfill (5000, '!');
  g_autofree char *deep_rule =
    g_strdup_printf ("(condition \"%sA.Locked\") (constraint courtyard_clearance (min 1mm))", deep);
  static const char *const undecided[] = {
    "A.NetClass == 'HV'", "A.Reference == ", "A.Reference = 'J1'", "A.Layer == 'F.Cu'",
    "A.intersectsCourtyard('J1')", "A.Reference == 'J1' && B.NetClass == 'HV'", "((((", "",
    "A.Width > 1mm", "A.Reference == 'J1", "A.memberOfGroup('a'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (undecided); i++)
    {
      g_autofree char *rule = g_strdup_printf (
        "(condition \"%s\") (constraint courtyard_clearance (min 1mm))", undecided[i]);

      assert_not_followed (rule, "its condition cannot be decided for parts");
    }
  assert_not_followed (deep_rule, "its condition cannot be decided for parts");
  assert_not_followed ("(constraint courtyard_clearance (min 1parsec))",
                       "its lower limit is not understood");
  assert_not_followed ("(constraint courtyard_clearance (max 1mm))",
                       "its lower limit is not understood");
  assert_not_followed ("(layer F.Cu) (constraint courtyard_clearance (min 1mm))",
                       "it is for one layer alone");
  assert_not_followed ("(condition \"A.memberOfFootprint('J1')\")"
                       " (constraint hole_clearance (min 1mm))", "it is for some parts alone");
  assert_not_followed ("(constraint disallow footprint)",
                       "it bars parts, but not from one area by its name");
  assert_not_followed ("(condition \"A.insideArea('low') || A.insideArea('high')\")"
                       " (constraint disallow footprint)",
                       "it bars parts, but not from one area by its name");
  assert_not_followed ("(condition \"A.insideArea('high')\") (constraint disallow footprint)",
                       "the board has no area of that name");
  assert_not_followed ("(condition \"!A.insideArea('low')\") (constraint disallow footprint)",
                       "it does not bar all parts alike from its area");
  assert_not_followed ("(condition \"A.insideArea('low') && A.Reference == 'J1'\")"
                       " (constraint disallow footprint)",
                       "it does not bar all parts alike from its area");
}

static void
an_area_can_hold_a_group (void)
{
  g_autoptr (BwBoard) board = board_with (
    TWO_PARTS
    "(group \"outer\" (uuid \"g2\") (members \"g1\"))\n"
    "(zone (layers \"F.Cu\") (name \"room\") (placement (enabled yes) (group \"outer\"))"
    " (polygon (pts (xy 0 0) (xy 9 0) (xy 9 9))))", NULL, NULL);

  g_assert_cmpuint (board->n_areas, ==, 1);
  g_assert_true (board->areas[0].by_group);
  g_assert_cmpstr (board->areas[0].source, ==, "outer");
  g_assert_cmpuint (board->areas[0].n_footprints, ==, 1);
  g_assert_cmpuint (board->areas[0].footprints[0], ==, 0);
  g_assert_null (board->notes[0]);
}

static guint32
n_in_area_of_sheet (guint       version,
                    const char *sheet)
{
  g_autofree char *text = g_strdup_printf (
    "(kicad_pcb (version %u) (layers (0 \"F.Cu\" signal) (2 \"B.Cu\" signal))\n"
    "(footprint a (layer F.Cu) (at 0 0) (sheetname \"/amp/\"))\n"
    "(footprint b (layer F.Cu) (at 0 0) (sheetname \"/amp/left/\"))\n"
    "(footprint c (layer F.Cu) (at 0 0) (sheetname \"/amps/\"))\n"
    "(footprint d (layer F.Cu) (at 0 0))\n"
    "(zone (layers F.Cu) (placement (enabled yes) (sheetname \"%s\"))"
    " (polygon (pts (xy 0 0) (xy 9 0) (xy 9 9)))))", version, sheet);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "t.kicad_pcb", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (board->n_areas, ==, 1);
  return board->areas[0].n_footprints;
}

static void
an_area_of_a_sheet_holds_the_sheets_below_it_since_kicad_10 (void)
{
  g_assert_cmpuint (n_in_area_of_sheet (20241229, "/amp/"), ==, 1);
  g_assert_cmpuint (n_in_area_of_sheet (20241229, "/amp"), ==, 1);
  g_assert_cmpuint (n_in_area_of_sheet (20260206, "/amp/"), ==, 2);
  g_assert_cmpuint (n_in_area_of_sheet (20260206, "/"), ==, 4);
  g_assert_cmpuint (n_in_area_of_sheet (20241229, "/none/"), ==, 0);
}

static void
rules_beyond_counting_come_to_an_end (void)
{
  g_autoptr (GString) rules = g_string_new (NULL);
  g_autoptr (BwBoard) board = NULL;
  guint n_notes = 0;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (rules, "(rule r (condition \"A.memberOfGroup('*%u*') && A.Reference == "
                            "'*a*b*c*d*'\") (constraint courtyard_clearance (min 1mm)))\n", i);
  board = board_with (TWO_PARTS, NULL, rules->str);
  while (board->notes[n_notes] != NULL)
    n_notes++;
  g_assert_cmpuint (n_notes, <=, 101);
}

static void
what_is_wrong_beside_a_board_is_noted (void)
{
  g_autoptr (BwBoard) board = board_with ("", "{\n]", "(rule x\n");

  g_assert_cmpuint (board->n_net_classes, ==, 1);
  g_assert_true (g_str_has_prefix (board->notes[0], "t.kicad_pro:2: not a KiCad project"));
  g_assert_true (g_str_has_prefix (board->notes[1], "t.kicad_dru:"));
}

static void
patterns_that_never_end_come_to_an_end (void)
{
  g_autoptr (GString) project = g_string_new ("{\"net_settings\": {\"netclass_patterns\": [");
  g_autoptr (GString) nets = g_string_new (NULL);
  g_autoptr (BwBoard) board = NULL;
  guint n_notes = 0;

  for (guint i = 0; i < 3000; i++)
    {
      g_string_append_printf (nets, "(net %u \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%u\")",
                              i + 9, i);
      g_string_append_printf (project, "%s{\"netclass\": \"x\", \"pattern\": \"*a*a*a*a*ab\"}",
                              i > 0 ? "," : "");
    }
  g_string_append (project, "]}}");
  board = board_with (nets->str, project->str, NULL);
  while (board->notes[n_notes] != NULL)
    n_notes++;
  g_assert_cmpuint (n_notes, ==, 1);
  g_assert_nonnull (strstr (board->notes[0], "so many"));
}

/* A board in a folder of its own, and what may lie beside it. */
typedef struct
{
  char *folder;
  char *path;
  char *project;
  char *rules;
} Beside;

static Beside
beside_new (void)
{
  Beside self = { .folder = g_dir_make_tmp ("boardwalk-test-XXXXXX", NULL) };
  g_autoptr (GError) error = NULL;

  self.path = g_build_filename (self.folder, "x.y.kicad_pcb", NULL);
  self.project = g_build_filename (self.folder, "x.y.kicad_pro", NULL);
  self.rules = g_build_filename (self.folder, "x.y.kicad_dru", NULL);
  g_file_set_contents (self.path, "(kicad_pcb (version 20211014))", -1, &error);
  g_assert_no_error (error);
  return self;
}

static BwBoard *
beside_load (const Beside *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GError) error = NULL;
  BwBoard *board = bw_board_load (file, NULL, &error);

  g_assert_no_error (error);
  return board;
}

static void
beside_clear (Beside *self)
{
  g_remove (self->path);
  g_remove (self->project);
  g_remove (self->rules);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->project);
  g_free (self->rules);
}

static void
the_project_is_found_beside_the_board (void)
{
  Beside beside = beside_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = NULL;

  g_file_set_contents (beside.project, "{\"net_settings\": {\"classes\": [{\"name\": \"B\"}]}}", -1,
                       &error);
  g_assert_no_error (error);
  g_file_set_contents (beside.rules, "(rule a (constraint courtyard_clearance (min 1mm)))", -1,
                       &error);
  g_assert_no_error (error);
  board = beside_load (&beside);
  g_assert_cmpuint (board->n_net_classes, ==, 2);
  g_assert_cmpint (board->rules.courtyard_clearance_nm, ==, 1000000);
  beside_clear (&beside);
}

static void
what_cannot_be_read_beside_the_board_is_noted (void)
{
  Beside beside = beside_new ();
  g_autoptr (BwBoard) board = NULL;

  g_assert_cmpint (g_mkdir (beside.project, 0700), ==, 0);
  g_assert_cmpint (symlink (beside.rules, beside.rules), ==, 0);
  board = beside_load (&beside);
  g_assert_cmpstr (board->notes[0], ==,
                   "x.y.kicad_pro cannot be read, and is left out: a directory, not a file");
  g_assert_true (g_str_has_prefix (board->notes[1], "x.y.kicad_dru cannot be read"));
  g_assert_null (board->notes[2]);
  beside_clear (&beside);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/classes-of-kicad-5-are-in-the-board",
                   classes_of_kicad_5_are_in_the_board);
  g_test_add_func ("/rules/classes-and-limits-are-in-the-project-since",
                   classes_and_limits_are_in_the_project_since);
  g_test_add_func ("/rules/what-keeps-parts-apart-is-read-from-the-rule-file",
                   what_keeps_parts_apart_is_read_from_the_rule_file);
  g_test_add_func ("/rules/a-condition-chooses-the-parts-that-a-rule-is-for",
                   a_condition_chooses_the_parts_that_a_rule_is_for);
  g_test_add_func ("/rules/or-binds-more-tightly-than-and", or_binds_more_tightly_than_and);
  g_test_add_func ("/rules/a-rule-can-be-about-two-parts-and-no-single-one",
                   a_rule_can_be_about_two_parts_and_no_single_one);
  g_test_add_func ("/rules/an-area-of-a-sheet-holds-the-sheets-below-it-since-kicad-10",
                   an_area_of_a_sheet_holds_the_sheets_below_it_since_kicad_10);
  g_test_add_func ("/rules/later-rules-win",
                   later_rules_win);
  g_test_add_func ("/rules/parts-are-barred-from-an-area-by-its-name",
                   parts_are_barred_from_an_area_by_its_name);
  g_test_add_func ("/rules/what-is-not-followed-of-a-rule-file-is-told-with-its-line",
                   what_is_not_followed_of_a_rule_file_is_told_with_its_line);
  g_test_add_func ("/rules/an-area-can-hold-a-group",
                   an_area_can_hold_a_group);
  g_test_add_func ("/rules/rules-beyond-counting-come-to-an-end",
                   rules_beyond_counting_come_to_an_end);
  g_test_add_func ("/rules/what-is-wrong-beside-a-board-is-noted",
                   what_is_wrong_beside_a_board_is_noted);
  g_test_add_func ("/rules/patterns-that-never-end-come-to-an-end",
                   patterns_that_never_end_come_to_an_end);
  g_test_add_func ("/rules/the-project-is-found-beside-the-board",
                   the_project_is_found_beside_the_board);
  g_test_add_func ("/rules/what-cannot-be-read-beside-the-board-is-noted",
                   what_cannot_be_read_beside_the_board_is_noted);
  return g_test_run ();
}
