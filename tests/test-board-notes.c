/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a board and of the files beside it is not understood is told with its line. */

#include "board-fixtures.h"

#define BOARD "(kicad_pcb (version 20211014) (net 0 \"\") (net 1 \"GND\"))\n"

static BwBoard *
board_beside (GBytes *project,
              GBytes *rules,
              GBytes *settings)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (BOARD, strlen (BOARD));
  g_autoptr (GError) error = NULL;
  BwBoard *board = bw_board_new_with_project (bytes, project, rules, settings, "t.kicad_pcb",
                                              &error);

  g_assert_no_error (error);
  return board;
}

/* `note`: the only one, or NULL for none. */
static void
assert_note (const BwBoard *board,
             const char    *note)
{
  g_assert_cmpstr (board->notes[0], ==, note);
  if (note != NULL)
    g_assert_null (board->notes[1]);
}

/* The board with a text beside it in one of the three places. */
static void
assert_note_beside (const char *project,
                    const char *rules,
                    const char *settings,
                    const char *note)
{
  const char *texts[] = { project, rules, settings };
  GBytes *bytes[3] = { NULL };
  g_autoptr (BwBoard) board = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    bytes[i] = texts[i] != NULL ? g_bytes_new (texts[i], strlen (texts[i])) : NULL;
  board = board_beside (bytes[0], bytes[1], bytes[2]);
  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    g_clear_pointer (&bytes[i], g_bytes_unref);
  assert_note (board, note);
}

#define assert_note_on_project(text, note) assert_note_beside (text, NULL, NULL, note)
#define assert_note_on_rules(text, note) assert_note_beside (NULL, text, NULL, note)
#define assert_note_on_settings(text, note) assert_note_beside (NULL, NULL, text, note)

static void
assert_note_on_rest (const char *rest,
                     const char *note)
{
  g_autofree char *text = g_strconcat (BOARD, rest, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (BwBoard) board = bw_board_new_from_bytes (bytes, "t.kicad_pcb", &error);

  g_assert_no_error (error);
  assert_note (board, note);
}

static void
what_follows_the_end_of_a_board_is_noted (void)
{
#define NOTE ": what follows the end of the board is not read, and left as it is"
  assert_note_on_rest ("", NULL);
  assert_note_on_rest ("\n \t\r\n", NULL);
  assert_note_on_rest (")", "t.kicad_pcb:2" NOTE);
  assert_note_on_rest ("\n\n(footprint a (layer F.Cu) (at 0 0))\n)\n", "t.kicad_pcb:4" NOTE);
  assert_note_on_rest (BOARD, "t.kicad_pcb:2" NOTE);
#undef NOTE
}

static void
rules_behind_a_parenthesis_too_many_are_noted (void)
{
  assert_note_on_rules ("(rule a (constraint edge_clearance (min 1mm)))\n", NULL);
  assert_note_on_rules ("(version 1)\n)\n(rule a (constraint edge_clearance (min 1mm)))",
                        "t.kicad_dru:2: a parenthesis closes nothing; the rules that follow it"
                        " are left out");
}

static void
a_zero_byte_among_the_rules_is_told_as_that (void)
{
  static const char rules[] = "(version 1)\n(rule a\0 (constraint edge_clearance (min 1mm)))\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (rules, sizeof rules - 1);
  g_autoptr (BwBoard) board = board_beside (NULL, bytes, NULL);

  assert_note (board, "t.kicad_dru:2: a zero byte; this is not a text file; its rules are left"
               " out");
}

static void
limits_that_are_no_lengths_are_noted (void)
{
#define RULE(min) "\n(rule a (constraint edge_clearance (min " min ")))"
  assert_note_on_rules (RULE ("0mm"), NULL);
  assert_note_on_rules (RULE ("2000mm"), NULL);
  assert_note_on_rules (RULE ("-1mm"), "t.kicad_dru:2: rule “a” has a lower limit that is negative;"
                        " it counts as 0");
  assert_note_on_rules (RULE ("1e30mm"), "t.kicad_dru:2: rule “a” has a lower limit beyond 2 m,"
                        " which was cut to that");
#undef RULE
}

static void
rules_of_an_unknown_version_are_noted (void)
{
  assert_note_on_rules ("(version 1)", NULL);
  assert_note_on_rules ("(version 20200610)", NULL);
  assert_note_on_rules ("\n(version 99)", "t.kicad_dru:2: version “99” of rules is not known; they"
                        " are read as version 1");
  assert_note_on_rules ("(version)", "t.kicad_dru:1: version “” of rules is not known; they are"
                        " read as version 1");
}

static void
what_a_rule_file_has_that_is_none_is_noted (void)
{
#define RULE "(rule a (severity error) (layer outer)" \
             " (constraint edge_clearance (min 0mm)) (condition \"A.Type == 'Pad'\")"
#define NOTE(line, what) "t.kicad_dru:" line ": “" what "” is not understood and left out"
  assert_note_on_rules (RULE ")", NULL);
  assert_note_on_rules ("# (foo)\n" RULE ")", NULL);
  assert_note_on_rules ("\n(foo (bar 1))", NOTE ("2", "(foo (bar 1))"));
  assert_note_on_rules ("\nfoo", NOTE ("2", "foo"));
  assert_note_on_rules (RULE "\n(min 1mm))", NOTE ("2", "(min 1mm)"));
  assert_note_on_rules (RULE "\n\"ä\")", NOTE ("2", "ä"));
  assert_note_on_rules ("(ruler)", NOTE ("1", "(ruler)"));
#undef NOTE
#undef RULE
}

static void
long_names_of_rules_are_cut_between_characters (void)
{
#define TEN "ääääääääää"
  assert_note_on_rules ("(rule a" TEN TEN TEN TEN TEN TEN
                        " (constraint edge_clearance (min -1mm)))",
                        "t.kicad_dru:1: rule “a" TEN TEN TEN TEN TEN "äääääääää”"
                        " has a lower limit that is negative; it counts as 0");
#undef TEN
}

static void
a_project_that_is_none_is_noted (void)
{
#define NOTE "t.kicad_pro:1: not a KiCad project; its net classes and rules are left out"
  assert_note_on_project ("{}", NULL);
  assert_note_on_project ("\xef\xbb\xbf{}", NULL);
  assert_note_on_project ("[]", NOTE);
  assert_note_on_project ("null", NOTE);
  assert_note_on_project ("\"x\"", NOTE);
  assert_note_on_project ("", NOTE);
#undef NOTE
}

#define MINIMA(members) "{\"board\": {\"design_settings\": {\"rules\":\n{" members "}}}}"
#define NETS(members) "{\"net_settings\":\n{" members "}}"
#define LEFT_OUT(fact) "t.kicad_pro:2: " fact ", and is left out"

static void
lengths_of_a_project_that_are_none_are_noted (void)
{
  assert_note_on_project (MINIMA ("\"min_clearance\": 0.2, \"min_hole_to_hole\": 0"), NULL);
  assert_note_on_project (MINIMA ("\"min_silk_clearance\": null"), NULL);
  assert_note_on_project (MINIMA ("\"min_copper_edge_clearance\": -0.01"), NULL);
  assert_note_on_project (MINIMA ("\"min_clearance\": \"x\""),
                          LEFT_OUT ("“min_clearance” is not a number"));
  assert_note_on_project (MINIMA ("\"min_hole_clearance\": []"),
                          LEFT_OUT ("“min_hole_clearance” is not a number"));
  assert_note_on_project (MINIMA ("\"min_clearance\": true"),
                          LEFT_OUT ("“min_clearance” is not a number"));
  assert_note_on_project (MINIMA ("\"min_clearance\": -0.01"),
                          "t.kicad_pro:2: “min_clearance” is negative; it counts as 0");
  assert_note_on_project (MINIMA ("\"min_clearance\": 1e308"),
                          "t.kicad_pro:2: “min_clearance” is beyond 2 m, and was cut to that");
#define CLASS(clearance) \
  NETS ("\"classes\": [{\"name\": \"Default\", \"clearance\": " clearance "}]")
  assert_note_on_project (CLASS ("0.2"), NULL);
  assert_note_on_project (CLASS ("\"0.2\""), LEFT_OUT ("“clearance” is not a number"));
  assert_note_on_project (CLASS ("-5"), "t.kicad_pro:2: “clearance” is negative; it counts as 0");
  assert_note_on_project (CLASS ("1e308"),
                          "t.kicad_pro:2: “clearance” is beyond 2 m, and was cut to that");
#undef CLASS
}

static void
what_a_project_has_in_the_wrong_place_is_noted (void)
{
  assert_note_on_project (NETS ("\"classes\": null, \"netclass_patterns\": [],"
                                " \"netclass_assignments\": null"), NULL);
  assert_note_on_project (NETS ("\"netclass_assignments\": {\"GND\": [], \"A\": [\"B\"]}"), NULL);
  assert_note_on_project ("{\n\"board\": 1}", LEFT_OUT ("“board” is not an object"));
  assert_note_on_project ("{\n\"net_settings\": []}", LEFT_OUT ("“net_settings” is not an object"));
  assert_note_on_project (NETS ("\"classes\": \"x\""), LEFT_OUT ("“classes” is not an array"));
  assert_note_on_project (NETS ("\"classes\": [1]"),
                          LEFT_OUT ("an entry of “classes” is not an object"));
  assert_note_on_project (NETS ("\"classes\": [{\"clearance\": 1}]"),
                          "t.kicad_pro:2: a net class without a name is left out");
  assert_note_on_project (NETS ("\"classes\": [{\"name\": \"A\", \"nets\": [7]}]"),
                          LEFT_OUT ("a net of a class is not a text"));
  assert_note_on_project (NETS ("\"netclass_patterns\": [{\"pattern\": \"A*\"}]"),
                          "t.kicad_pro:2: a pattern without its text or its net class is left"
                          " out");
  assert_note_on_project (NETS ("\"netclass_assignments\": {\"GND\": 1}"),
                          LEFT_OUT ("the net class of a net is not a name"));
}

static void
notes_on_a_project_come_to_an_end (void)
{
  g_autoptr (GString) project = g_string_new ("{\"net_settings\": {\"classes\": [1");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BwBoard) board = NULL;

  for (guint i = 1; i < 1000000; i++)
    g_string_append (project, ",\n1");
  g_string_append (project, "]}}");
  bytes = g_bytes_new (project->str, project->len);
  board = board_beside (bytes, NULL, NULL);
  g_assert_cmpuint (g_strv_length ((char **) board->notes), ==, 101);
  g_assert_cmpstr (board->notes[99], ==,
                   "t.kicad_pro:100: an entry of “classes” is not an object, and is left out");
  g_assert_cmpstr (board->notes[100], ==, "t.kicad_pcb: and 999900 more notes");
}

static void
settings_that_are_not_understood_are_noted (void)
{
#define NOTE(key) "t.boardwalk.json:2: “" key "” is not understood and left as it is"
  assert_note_on_settings ("{\"version\": 1, \"rules\": [], \"tidy\": {}, \"modules\": {}}", NULL);
  assert_note_on_settings ("{\"version\": 1,\n\"foo\": 1}", NOTE ("foo"));
  assert_note_on_settings ("{\n\"constraints\": [{\"bar\": 1}], \"version\": 1}",
                           NOTE ("constraints"));
  assert_note_on_settings ("{\n\"ääääääääääääääääääääääääääääääääääääääääää\": 1}",
                           NOTE ("ääääääääääääääääääääääääääääääääääääääää"));
  assert_note_on_settings ("{\n\"modules\": [1]}",
                           "t.boardwalk.json:2: “modules” is not an object, and is left out");
  assert_note_on_settings ("[\n1]", NULL);
#undef NOTE
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-notes/what-follows-the-end-of-a-board-is-noted",
                   what_follows_the_end_of_a_board_is_noted);
  g_test_add_func ("/board-notes/rules-behind-a-parenthesis-too-many-are-noted",
                   rules_behind_a_parenthesis_too_many_are_noted);
  g_test_add_func ("/board-notes/a-zero-byte-among-the-rules-is-told-as-that",
                   a_zero_byte_among_the_rules_is_told_as_that);
  g_test_add_func ("/board-notes/limits-that-are-no-lengths-are-noted",
                   limits_that_are_no_lengths_are_noted);
  g_test_add_func ("/board-notes/rules-of-an-unknown-version-are-noted",
                   rules_of_an_unknown_version_are_noted);
  g_test_add_func ("/board-notes/what-a-rule-file-has-that-is-none-is-noted",
                   what_a_rule_file_has_that_is_none_is_noted);
  g_test_add_func ("/board-notes/long-names-of-rules-are-cut-between-characters",
                   long_names_of_rules_are_cut_between_characters);
  g_test_add_func ("/board-notes/a-project-that-is-none-is-noted", a_project_that_is_none_is_noted);
  g_test_add_func ("/board-notes/lengths-of-a-project-that-are-none-are-noted",
                   lengths_of_a_project_that_are_none_are_noted);
  g_test_add_func ("/board-notes/what-a-project-has-in-the-wrong-place-is-noted",
                   what_a_project_has_in_the_wrong_place_is_noted);
  g_test_add_func ("/board-notes/notes-on-a-project-come-to-an-end",
                   notes_on_a_project_come_to_an_end);
  g_test_add_func ("/board-notes/settings-that-are-not-understood-are-noted",
                   settings_that_are_not_understood_are_noted);
  return g_test_run ();
}
