/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "wire/bw-text-writer.h"

static char *
write_number (double value)
{
  GString *text = g_string_new (NULL);
  BwTextWriter writer = bw_text_writer_on (text);

  bw_text_writer_number (&writer, value);
  return g_string_free (text, FALSE);
}

static void
assert_number (double      value,
               const char *expected)
{
  g_autofree char *text = write_number (value);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_numbers_have_one_to_three_decimals (void)
{
  assert_number (0.0, "0.0");
  assert_number (-0.0, "0.0");
  assert_number (10.5, "10.5");
  assert_number (20.25, "20.25");
  assert_number (1234.567, "1234.567");
  assert_number (-0.125, "-0.125");
  assert_number (0.001, "0.001");
  assert_number (0.01, "0.01");
  assert_number (-7.0, "-7.0");
  assert_number (15.2, "15.2");
  assert_number (15.199999999999999, "15.2");
  assert_number (0.0004, "0.0");
  assert_number (-0.0004, "0.0");
  assert_number (0.9996, "1.0");
}

static void
test_no_number_is_nan_or_infinite (void)
{
  assert_number (NAN, "0.0");
  assert_number (INFINITY, "1000000000000000.0");
  assert_number (-INFINITY, "-1000000000000000.0");
  assert_number (1e300, "1000000000000000.0");
  assert_number (1e21, "1000000000000000.0");
}

/* The C library's own rounding, with zeros cut off as ours are. */
static char *
print_number (double value)
{
  char *text = g_strdup_printf ("%.3f", value);
  gsize length = strlen (text);

  while (text[length - 1] == '0' && text[length - 2] != '.')
    text[--length] = '\0';
  if (strcmp (text, "-0.0") == 0)
    memmove (text, text + 1, strlen (text));
  return text;
}

static void
test_any_number_is_what_printf_would_print (void)
{
  guint n_different = 0;

  for (guint i = 0; i < 200000; i++)
    {
      double size = pow (10.0, g_test_rand_double_range (-4.0, 9.0));
      double value = g_test_rand_double_range (-1.0, 1.0) * size;
      g_autofree char *ours = write_number (value);
      g_autofree char *theirs = print_number (value);

      if (strcmp (ours, theirs) == 0)
        continue;

      /* A tie, to within the last bit of the product. */
      n_different++;
      g_assert_cmpfloat (fabs (fabs (value * 1000.0 - trunc (value * 1000.0)) - 0.5), <, 1e-3);
      g_assert_cmpfloat (fabs (g_ascii_strtod (ours, NULL) - g_ascii_strtod (theirs, NULL)), <,
                         0.00101);
    }

  g_assert_cmpuint (n_different, <, 100);
}

static void
assert_mm (gint64      value_nm,
           const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  BwTextWriter writer = bw_text_writer_on (text);

  bw_text_writer_nm_as_mm (&writer, value_nm);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_nanometres_become_millimetres_exactly (void)
{
  assert_mm (0, "0.0");
  assert_mm (10500000, "10.5");
  assert_mm (499, "0.0");
  assert_mm (500, "0.001");
  assert_mm (-499, "0.0");
  assert_mm (-500, "-0.001");
  assert_mm (2000000000, "2000.0");
  assert_mm (-2000000000, "-2000.0");

  for (guint i = 0; i < 100000; i++)
    {
      gint64 value_nm = (gint64) g_test_rand_int_range (-2000000000, 2000000000);
      g_autoptr (GString) text = g_string_new (NULL);
      BwTextWriter writer = bw_text_writer_on (text);

      bw_text_writer_nm_as_mm (&writer, value_nm);
      g_assert_cmpint (ABS (llround (g_ascii_strtod (text->str, NULL) * 1e6) - value_nm), <=, 500);
    }
}

static void
test_integers_are_whole (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  BwTextWriter writer = bw_text_writer_on (text);

  bw_text_writer_begin_array (&writer);
  bw_text_writer_integer (&writer, 0);
  bw_text_writer_integer (&writer, -1);
  bw_text_writer_integer (&writer, G_MAXINT64);
  bw_text_writer_integer (&writer, G_MININT64);
  bw_text_writer_end_array (&writer);
  g_assert_cmpstr (text->str, ==, "[0,-1,9223372036854775807,-9223372036854775808]");
}

static void
test_commas_are_where_they_belong (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  BwTextWriter writer = bw_text_writer_on (text);

  bw_text_writer_begin_object (&writer);
  bw_text_writer_name (&writer, "a");
  bw_text_writer_begin_array (&writer);
  bw_text_writer_end_array (&writer);
  bw_text_writer_name (&writer, "b");
  bw_text_writer_begin_object (&writer);
  bw_text_writer_name (&writer, "c");
  bw_text_writer_boolean (&writer, TRUE);
  bw_text_writer_name (&writer, "d");
  bw_text_writer_raw (&writer, "{}", 2);
  bw_text_writer_end_object (&writer);
  bw_text_writer_name (&writer, "e");
  bw_text_writer_string (&writer, NULL);
  bw_text_writer_end_object (&writer);
  g_assert_cmpstr (text->str, ==, "{\"a\":[],\"b\":{\"c\":true,\"d\":{}},\"e\":\"\"}");
}

static void
test_strings_come_back_as_they_were (void)
{
  static const char *const strings[] = {
    "", "R1", "a\"b", "back\\slash", "tab\tline\nreturn\r", "\x01\x1f\x7f", "\xc3\xa4\xe2\x82\xac",
    "\xf0\x9f\x94\x8c", "</script>", "\xe2\x80\xa8",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      BwTextWriter writer = bw_text_writer_on (text);
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (GError) error = NULL;

      bw_text_writer_string (&writer, strings[i]);
      for (gsize at = 0; at < text->len; at++)
        g_assert_cmpint ((guint8) text->str[at], >=, 0x20);
      node = json_from_string (text->str, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (json_node_get_string (node), ==, strings[i]);
    }
}

static void
test_bytes_that_are_not_utf8_are_replaced (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  BwTextWriter writer = bw_text_writer_on (text);

  bw_text_writer_string (&writer, "a\xff\xc3z\xe2\x82");
  g_assert_cmpstr (text->str, ==, "\"a\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd\xef\xbf\xbd\"");
  g_assert_true (g_utf8_validate (text->str, -1, NULL));
}

static void
test_the_locale_does_not_matter (void)
{
  /* Where a locale with a decimal comma is installed. */
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL && setlocale (LC_ALL, "fr_FR.UTF-8") == NULL)
    {
      g_test_skip ("No locale with a decimal comma");
      return;
    }
  assert_number (1.5, "1.5");
  setlocale (LC_ALL, "C");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/text-writer/numbers-have-one-to-three-decimals",
                   test_numbers_have_one_to_three_decimals);
  g_test_add_func ("/wire/text-writer/no-number-is-nan-or-infinite",
                   test_no_number_is_nan_or_infinite);
  g_test_add_func ("/wire/text-writer/any-number-is-what-printf-would-print",
                   test_any_number_is_what_printf_would_print);
  g_test_add_func ("/wire/text-writer/nanometres-become-millimetres-exactly",
                   test_nanometres_become_millimetres_exactly);
  g_test_add_func ("/wire/text-writer/integers-are-whole", test_integers_are_whole);
  g_test_add_func ("/wire/text-writer/commas-are-where-they-belong",
                   test_commas_are_where_they_belong);
  g_test_add_func ("/wire/text-writer/strings-come-back-as-they-were",
                   test_strings_come_back_as_they_were);
  g_test_add_func ("/wire/text-writer/bytes-that-are-not-utf8-are-replaced",
                   test_bytes_that_are_not_utf8_are_replaced);
  g_test_add_func ("/wire/text-writer/the-locale-does-not-matter",
                   test_the_locale_does_not_matter);
  return g_test_run ();
}
