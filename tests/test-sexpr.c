/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "board/bw-board.h"
#include "board/bw-sexpr.h"

static BwSexpr *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  BwSexpr *sexpr = bw_sexpr_new (text, strlen (text), "t", &error);

  g_assert_no_error (error);
  return sexpr;
}

static void
assert_fails (const char *text,
              gsize       length,
              const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (bw_sexpr_new (text, length, "t", &error));
  g_assert_error (error, BW_BOARD_ERROR, BW_BOARD_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, message);
}

static void
every_list_knows_its_bytes (void)
{
  const char *text = " (kicad_pcb (at 1 (xy 2)) word (layer \"F)\"))\n";
  g_autoptr (BwSexpr) sexpr = parse (text);

  g_assert_cmpuint (sexpr->n_nodes, ==, 4);
  g_assert_cmpuint (sexpr->nodes[0].keyword, ==, BW_KEYWORD_KICAD_PCB);
  g_assert_cmpuint (sexpr->nodes[0].offset, ==, 1);
  g_assert_cmpuint (sexpr->nodes[0].length, ==, strlen (text) - 2);
  g_assert_cmpuint (sexpr->nodes[1].keyword, ==, BW_KEYWORD_AT);
  g_assert_cmpuint (sexpr->nodes[1].next, ==, 3);
  g_assert_cmpuint (sexpr->nodes[2].keyword, ==, BW_KEYWORD_XY);
  g_assert_cmpuint (sexpr->nodes[3].next, ==, 4);
  g_assert_cmpuint (bw_sexpr_find (sexpr, 0, BW_KEYWORD_LAYER), ==, 3);
  g_assert_cmpuint (bw_sexpr_find (sexpr, 0, BW_KEYWORD_XY), ==, 0);
}

static void
a_cursor_meets_all_items_in_order (void)
{
  g_autoptr (BwSexpr) sexpr = parse ("(fp_text reference \"a \\\" b\"(at 1 2)0.96\" \"\" hide)");
  BwSexprCursor cursor = bw_sexpr_enter (sexpr, 0);

  g_assert_cmpint (bw_sexpr_next (&cursor), ==, BW_SEXPR_ATOM);
  g_assert_true (bw_sexpr_is (&cursor, "reference"));
  g_assert_cmpint (bw_sexpr_next (&cursor), ==, BW_SEXPR_STRING);
  g_assert_true (bw_sexpr_is (&cursor, "a \\\" b"));
  g_assert_cmpint (bw_sexpr_next (&cursor), ==, BW_SEXPR_LIST);
  g_assert_cmpuint (cursor.node, ==, 1);
  g_assert_cmpint (bw_sexpr_next (&cursor), ==, BW_SEXPR_ATOM);
  g_assert_true (bw_sexpr_is (&cursor, "0.96\""));
  g_assert_cmpint (bw_sexpr_next (&cursor), ==, BW_SEXPR_STRING);
  g_assert_cmpuint (cursor.length, ==, 0);
  g_assert_cmpint (bw_sexpr_next (&cursor), ==, BW_SEXPR_ATOM);
  g_assert_true (bw_sexpr_is (&cursor, "hide"));
  g_assert_cmpint (bw_sexpr_next (&cursor), ==, BW_SEXPR_END);
  g_assert_cmpint (bw_sexpr_next (&cursor), ==, BW_SEXPR_END);
}

static void
an_empty_file_is_named (void)
{
  assert_fails ("", 0, "t:1: the file is empty");
  assert_fails (" \r\n\n", 4, "t:1: the file is empty");
}

static void
syntax_errors_say_where (void)
{
  g_autoptr (GString) deep = g_string_new ("(\n");

  assert_fails ("hello (a)", 9, "t:1: not a KiCad board");
  assert_fails ("(a\n\0)", 5, "t:2: a zero byte; this is not a text file");
  assert_fails ("(a\n(b \"c\n)", 10, "t:2: the text that begins here has no closing quote");
  assert_fails ("(a\n(b \"c\\\"", 10, "t:2: the text that begins here has no closing quote");
  assert_fails ("(a\n(b\nc", 7,
                "t:3: the file ends inside what begins in line 2; it is cut off");
  for (int i = 0; i < BW_SEXPR_MAX_DEPTH; i++)
    g_string_append_c (deep, '(');
  assert_fails (deep->str, deep->len, "t:2: lists are nested too deep");
}

static void
a_million_open_lists_are_refused (void)
{
  g_autofree char *text = g_strnfill (1000000, '(');

  assert_fails (text, 1000000, "t:1: lists are nested too deep");
}

#define SPELLING(name, word) { BW_KEYWORD_##name, #word },
static const struct { BwKeyword keyword; const char *word; } keywords[] = {
  BW_KEYWORDS (SPELLING)
  BW_KEYWORDS_LEFT_ALONE (SPELLING)
};
#undef SPELLING

static void
each_keyword_is_found_and_nothing_near_it (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    {
      g_autofree char *word = g_strdup (keywords[i].word);
      gsize length = strlen (word);

      g_assert_cmpint (bw_keyword_find (word, length), ==, (int) keywords[i].keyword);
      g_assert_cmpint (bw_keyword_find (word, 0), ==, BW_KEYWORD_UNKNOWN);
      for (gsize k = 0; k < length; k++)
        {
          word[k] ^= 0x60;
          g_assert_cmpint (bw_keyword_find (word, length), ==, BW_KEYWORD_UNKNOWN);
          word[k] ^= 0x60;
        }
    }
}

static void
lines_are_counted_across_blocks (void)
{
  g_autoptr (GString) text = g_string_new ("(kicad_pcb");
  g_autoptr (BwSexpr) sexpr = NULL;

  for (int i = 0; i < 5000; i++)
    g_string_append (text, "\n(net 1)");
  g_string_append (text, ")");
  sexpr = parse (text->str);
  g_assert_cmpuint (sexpr->n_nodes, ==, 5001);
  for (guint32 i = 1; i < sexpr->n_nodes; i++)
    g_assert_cmpuint (bw_sexpr_line (sexpr, sexpr->nodes[i].offset), ==, i + 1);
}

static void
numbers_are_exact_to_a_millionth (void)
{
  static const struct { const char *text; gint64 micro; } good[] = {
    { "0", 0 }, { "-0", 0 }, { "1", 1000000 }, { "67.450000", 67450000 }, { "-.5", -500000 },
    { "+3", 3000000 }, { "0.0000005", 1 }, { "-0.0000005", -1 }, { "0.00000049", 0 },
    { "1e3", 1000000000 }, { "-2.5E-1", -250000 }, { "145.86212", 145862120 },
    { "1e300", BW_SEXPR_MICRO_MAX }, { "-99999999999999999999", -BW_SEXPR_MICRO_MAX },
    { "123456789012", G_GINT64_CONSTANT (123456789012000000) },
  };
  static const char *const bad[] = { "", "-", ".", "abc", "1a", "nan", "inf", "-inf", "0x10",
                                     "1,5", "--1", "1e", " 1" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      gint64 micro = 12345;

      g_assert_true (bw_sexpr_parse_micro (good[i].text, strlen (good[i].text), &micro));
      g_assert_cmpint (micro, ==, good[i].micro);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      gint64 micro;

      g_assert_false (bw_sexpr_parse_micro (bad[i], strlen (bad[i]), &micro));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sexpr/every-list-knows-its-bytes", every_list_knows_its_bytes);
  g_test_add_func ("/sexpr/a-cursor-meets-all-items-in-order", a_cursor_meets_all_items_in_order);
  g_test_add_func ("/sexpr/an-empty-file-is-named", an_empty_file_is_named);
  g_test_add_func ("/sexpr/syntax-errors-say-where", syntax_errors_say_where);
  g_test_add_func ("/sexpr/a-million-open-lists-are-refused", a_million_open_lists_are_refused);
  g_test_add_func ("/sexpr/each-keyword-is-found-and-nothing-near-it",
                   each_keyword_is_found_and_nothing_near_it);
  g_test_add_func ("/sexpr/lines-are-counted-across-blocks", lines_are_counted_across_blocks);
  g_test_add_func ("/sexpr/numbers-are-exact-to-a-millionth", numbers_are_exact_to_a_millionth);
  return g_test_run ();
}
