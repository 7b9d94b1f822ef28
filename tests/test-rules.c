/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board-fixtures.h"

#include <glib/gstdio.h>

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
  BwBoard *board = bw_board_new_with_project (bytes, project_bytes, rule_bytes, "t.kicad_pcb",
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
                " \"min_copper_edge_clearance\": 0.5, \"min_hole_clearance\": 1e300}}},\n"
                " \"net_settings\": {\"classes\": [{\"name\": \"Default\", \"clearance\": 0.2,"
                " \"track_width\": 0.3}, {\"name\": \"Six\", \"nets\": [\"GND\"]},"
                " {\"nets\": 3}],\n"
                " \"netclass_patterns\": [{\"netclass\": \"Fast\", \"pattern\": \"/CLK?\"}],\n"
                " \"netclass_assignments\": {\"/CLK1\": [\"Slow\", \"Fast\"],"
                " \"A\\\"B\": \"Slow\"}}}", NULL);

  g_assert_cmpint (board->rules.clearance_nm, ==, 150000);
  g_assert_cmpint (board->rules.edge_clearance_nm, ==, 500000);
  g_assert_cmpint (board->rules.hole_clearance_nm, ==, BW_COORD_MAX_NM);
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
  g_assert_true (g_str_has_prefix (board->notes[0], "t.kicad_dru:5: a rule"));
  g_assert_true (g_str_has_prefix (board->notes[1], "t.kicad_dru: and 1 more"));
  g_assert_null (board->notes[2]);
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

static void
the_project_is_found_beside_the_board (void)
{
  g_autofree char *folder = g_dir_make_tmp ("boardwalk-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.y.kicad_pcb", NULL);
  g_autofree char *project = g_build_filename (folder, "x.y.kicad_pro", NULL);
  g_autofree char *rules = g_build_filename (folder, "x.y.kicad_dru", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = NULL;

  g_file_set_contents (path, "(kicad_pcb (version 20211014))", -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (project, "{\"net_settings\": {\"classes\": [{\"name\": \"B\"}]}}", -1,
                       &error);
  g_assert_no_error (error);
  g_file_set_contents (rules, "(rule a (constraint courtyard_clearance (min 1mm)))", -1, &error);
  g_assert_no_error (error);
  board = bw_board_load (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (board->n_net_classes, ==, 2);
  g_assert_cmpint (board->rules.courtyard_clearance_nm, ==, 1000000);
  g_unlink (path);
  g_unlink (project);
  g_unlink (rules);
  g_rmdir (folder);
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
  g_test_add_func ("/rules/what-is-wrong-beside-a-board-is-noted",
                   what_is_wrong_beside_a_board_is_noted);
  g_test_add_func ("/rules/patterns-that-never-end-come-to-an-end",
                   patterns_that_never_end_come_to_an_end);
  g_test_add_func ("/rules/the-project-is-found-beside-the-board",
                   the_project_is_found_beside_the_board);
  return g_test_run ();
}
