/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "board/bw-board-reader.h"
#include "board/bw-module-edits.h"
#include "board/bw-settings-edit.h"

#define FOOTPRINT(reference, sheet)                                                                \
  "(footprint a (layer F.Cu) (at 0 0) (sheetname \"" sheet "\")"                                   \
  " (property Reference " reference "))"

static const char board_text[] =
  "(kicad_pcb (version 20241229)"
  FOOTPRINT ("R1", "/Power/") FOOTPRINT ("R2", "/Power/") FOOTPRINT ("U1", "/Logic/") ")";

static BwBoard *
board_with (const char *settings)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (board_text, strlen (board_text));
  g_autoptr (GBytes) beside = g_bytes_new (settings, strlen (settings));
  g_autoptr (GError) error = NULL;
  BwBoard *board = bw_board_new_with_project (bytes, NULL, NULL, beside, "t.kicad_pcb", &error);

  g_assert_no_error (error);
  return board;
}

static const char *
module_of (const BwBoard *board,
           const char    *key)
{
  gint32 module = board->footprints[bw_board_find ((BwBoard *) board, key)].module;

  return module >= 0 ? board->modules[module].name : "";
}

static char *
edited (const char *settings,
        const char *key,
        const char *module)
{
  g_autoptr (GBytes) old = settings ? g_bytes_new (settings, strlen (settings)) : NULL;
  g_autofree char *value = module ? bw_settings_quote (module) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = bw_settings_edit (old, "t.boardwalk.json", BW_SETTINGS_MODULES, key,
                                               value, &error);
  gsize length;
  const char *text;

  g_assert_no_error (error);
  text = g_bytes_get_data (bytes, &length);
  return g_strndup (text, length);
}

static void
assert_refused (const char *settings,
                const char *message)
{
  g_autoptr (GBytes) old = g_bytes_new (settings, strlen (settings));
  g_autoptr (GError) error = NULL;

  g_assert_null (bw_settings_edit (old, "t.boardwalk.json", BW_SETTINGS_MODULES, "R1", "\"X\"",
                                   &error));
  g_assert_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_CONTENT);
  g_assert_cmpstr (error->message, ==, message);
}

static void
parts_move_to_other_modules_and_to_new_ones (void)
{
  g_autoptr (BwBoard) board =
    board_with ("{\"modules\": {\"R1\": \"Logic\", \"R2\": \"\", \"U1\": \"Radio\"}}");

  g_assert_cmpstr (module_of (board, "R1"), ==, "Logic");
  g_assert_cmpstr (module_of (board, "R2"), ==, "");
  g_assert_cmpstr (module_of (board, "U1"), ==, "Radio");
  g_assert_cmpuint (board->n_modules, ==, 3);
  g_assert_false (board->modules[2].inferred);
  g_assert_null (board->notes[0]);
}

static void
what_makes_no_sense_is_noted_and_left_out (void)
{
  g_autoptr (BwBoard) board = board_with ("{\"modules\": {\"R9\": \"Logic\", \"R1\": 7}}");
  g_autoptr (BwBoard) broken = board_with ("{\n\"modules\": {\n\"R1\"}}");
  g_autoptr (BwBoard) other = board_with ("{\"modules\": [\"R1\"]}");

  g_assert_cmpstr (board->notes[0], ==, "t.boardwalk.json: modules are told of a part “R9” that "
                                        "is not on the board");
  g_assert_cmpstr (board->notes[1], ==, "t.boardwalk.json: the module of “R1” is not a name");
  g_assert_cmpstr (module_of (board, "R1"), ==, "Power");
  /* Who reads the rules in it says so. */
  g_assert_null (broken->notes[0]);
  g_assert_cmpstr (module_of (other, "R1"), ==, "Power");
}

static void
an_edit_changes_one_member_and_nothing_else (void)
{
  g_autofree char *made = edited (NULL, "R1", "Logic");
  g_autofree char *more = edited (made, "U1", "Ra\"di\\o");
  g_autofree char *changed = edited (more, "R1", "Power");
  g_autofree char *less = edited (changed, "R1", NULL);
  g_autofree char *other = edited ("{ \"rules\" :[ 1,2 ] }\n", "R1", "Logic");
  g_autofree char *nothing = edited ("{}", "R1", "Logic");
  g_autoptr (BwBoard) board = board_with (changed);

  g_assert_cmpstr (made, ==,
                   "{\n  \"modules\": {\n    \"R1\": \"Logic\"\n  },\n  \"version\": 1\n}\n");
  g_assert_cmpstr (module_of (board, "U1"), ==, "Ra\"di\\o");
  g_assert_cmpstr (module_of (board, "R1"), ==, "Power");
  g_assert_cmpstr (less, ==, "{\n  \"modules\": {\n    \"U1\": \"Ra\\\"di\\\\o\"\n  },\n"
                             "  \"version\": 1\n}\n");
  g_assert_cmpstr (other, ==,
                   "{\n  \"modules\": {\n    \"R1\": \"Logic\"\n  }, \"rules\" :[ 1,2 ] }\n");
  g_assert_cmpstr (nothing, ==, "{\n  \"modules\": {\n    \"R1\": \"Logic\"\n  }\n}");
}

static void
settings_that_are_no_settings_are_not_written_over (void)
{
  assert_refused ("", "t.boardwalk.json:1: not a JSON object");
  assert_refused ("{\n\n\"modules\": }", "t.boardwalk.json:3: not a JSON object");
  assert_refused ("[1]", "t.boardwalk.json:1: not a JSON object");
  assert_refused ("{\"modules\": 3}", "t.boardwalk.json:1: “modules” is not an object");
}

static void
a_member_is_told_as_it_stands_there (void)
{
  static const char settings[] = "{\"modules\": {\"R1\":  \"Lo\\\"gic\", \"R2\": 7}}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (settings, strlen (settings));
  g_autoptr (GBytes) broken = g_bytes_new_static ("{", 1);
  g_autofree char *text = bw_settings_dup_member (bytes, BW_SETTINGS_MODULES, "R1");
  g_autofree char *number = bw_settings_dup_member (bytes, BW_SETTINGS_MODULES, "R2");

  g_assert_cmpstr (text, ==, "\"Lo\\\"gic\"");
  g_assert_cmpstr (number, ==, "7");
  g_assert_null (bw_settings_dup_member (bytes, BW_SETTINGS_MODULES, "R3"));
  g_assert_null (bw_settings_dup_member (bytes, BW_SETTINGS_COLORS, "R1"));
  g_assert_null (bw_settings_dup_member (broken, BW_SETTINGS_COLORS, "R1"));
  g_assert_null (bw_settings_dup_member (NULL, BW_SETTINGS_COLORS, "R1"));
}

static void
modules_have_the_colours_that_were_chosen (void)
{
  g_autoptr (BwBoard) board =
    board_with ("{\"modules\": {\"U1\": \"Radio\"},"
                " \"colors\": {\"Radio\": \"#c061CB\", \"Gone\": \"#000000\"}}");
  g_autofree char *printed = bw_module_color_print (BW_COLOR_CHOSEN | 0x00beef);

  g_assert_cmpuint (bw_board_get_module_color (board, 2), ==, BW_COLOR_CHOSEN | 0xc061cb);
  g_assert_cmpuint (bw_board_get_module_color (board, 0), ==, 0);
  g_assert_cmpuint (bw_board_get_module_color (board, -1), ==, 0);
  g_assert_cmpuint (bw_board_get_module_color (board, 99), ==, 0);
  g_assert_null (board->notes[0]);
  bw_board_set_module_color (board, 0, BW_COLOR_CHOSEN);
  g_assert_cmpuint (bw_board_get_module_color (board, 0), ==, BW_COLOR_CHOSEN);
  g_assert_cmpstr (printed, ==, "#00beef");
}

static void
what_is_no_colour_is_noted_and_left_out (void)
{
  static const char *const wrong[] = { "\"red\"", "\"#12345\"", "\"#1234567\"", "\"#12345g\"",
                                       "7", "{}" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *settings = g_strdup_printf ("{\n\"colors\": {\"Power\": %s}}", wrong[i]);
      g_autoptr (BwBoard) board = board_with (settings);

      g_assert_cmpuint (bw_board_get_module_color (board, 0), ==, 0);
      g_assert_cmpstr (board->notes[0], ==, "t.boardwalk.json:2: a module's colour is not one of "
                                            "the form “#rrggbb”");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/module-edits/parts move to other modules and to new ones",
                   parts_move_to_other_modules_and_to_new_ones);
  g_test_add_func ("/module-edits/what makes no sense is noted and left out",
                   what_makes_no_sense_is_noted_and_left_out);
  g_test_add_func ("/module-edits/an edit changes one member and nothing else",
                   an_edit_changes_one_member_and_nothing_else);
  g_test_add_func ("/module-edits/settings that are no settings are not written over",
                   settings_that_are_no_settings_are_not_written_over);
  g_test_add_func ("/module-edits/a member is told as it stands there",
                   a_member_is_told_as_it_stands_there);
  g_test_add_func ("/module-edits/modules have the colours that were chosen",
                   modules_have_the_colours_that_were_chosen);
  g_test_add_func ("/module-edits/what is no colour is noted and left out",
                   what_is_no_colour_is_noted_and_left_out);
  return g_test_run ();
}
