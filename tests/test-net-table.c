/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-net-table.h"

static void
supplies_are_told_by_their_names (void)
{
  static const char *const power[] = {
    "GND", "/Power/GND", "AGND", "GNDA", "GND_ISO", "VCC", "VDDA", "VDD_IO", "+3V3", "3.3V", "5V",
    "+12VA", "-12V", "/sheet/+5", "VBUS", "VIN", "VIN_RAW", "VSS", "0V", "BAT+", "V+", "earth",
  };
  static const char *const signal[] = {
    "", "/SIGNAL", "VSYNC", "VINT", "GPIO5", "SDA", "Net-(C1-Pad2)", "Net-(U1-VCC)", "D3", "3D",
    "GND/SENSE", "VOUTX", "IN-", "unconnected-(U1-VDD-Pad3)", "1", "V",
  };

  for (guint i = 0; i < G_N_ELEMENTS (power); i++)
    if (!bw_net_name_is_power (power[i]))
      g_error ("%s", power[i]);
  for (guint i = 0; i < G_N_ELEMENTS (signal); i++)
    if (bw_net_name_is_power (signal[i]))
      g_error ("%s", signal[i]);
}

static void
names_are_shown_without_words_for_characters (void)
{
  static const struct { const char *name, *shown; } cases[] = {
    { "GND", "GND" },
    { "Net-(U2-EN{slash}UVLO)", "Net-(U2-EN/UVLO)" },
    { "{slash}A{backslash}B{colon}{dblquote}{lt}{gt}{space}{brace}", "/A\\B:\"<> {" },
    { "~{RESET}", "~{RESET}" },
    { "~{slash}", "~{slash}" },      /* an overbar over that word */
    { "{return}", "{return}" },
    { "D{7..0}", "D{7..0}" },
    { "{slash", "{slash" },
    { "{", "{" },
  };
  g_autoptr (BwArena) arena = bw_arena_new ();
  g_autoptr (BwNetTable) table = bw_net_table_new (arena);
  BwNet *nets;
  guint32 n_nets;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    bw_net_table_add (table, i, cases[i].name);
  nets = bw_net_table_finish (table, NULL, 0, &n_nets);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpstr (nets[i].name, ==, cases[i].name);
      g_assert_cmpstr (nets[i].shown, ==, cases[i].shown);
    }
}

static void
nets_are_found_by_number_and_by_name (void)
{
  g_autoptr (BwArena) arena = bw_arena_new ();
  g_autoptr (BwNetTable) table = bw_net_table_new (arena);
  BwPad pads[] = { { .net = 1 }, { .net = 0 }, { .net = -1 }, { .net = 1 } };
  BwFootprint footprint = { .pads = pads, .n_pads = 4 };
  BwNet *nets;
  guint32 n_nets;

  g_assert_true (bw_net_table_add (table, 7, "A"));
  g_assert_true (bw_net_table_add (table, G_MAXINT64, "GND"));
  g_assert_false (bw_net_table_add (table, 7, "B"));
  g_assert_false (bw_net_table_add (table, G_MAXINT64, "B"));
  g_assert_cmpint (bw_net_table_find_number (table, 7), ==, 0);
  g_assert_cmpint (bw_net_table_find_number (table, G_MAXINT64), ==, 1);
  g_assert_cmpint (bw_net_table_find_number (table, 8), ==, -1);
  g_assert_cmpint (bw_net_table_find_name (table, "GND"), ==, 1);
  g_assert_cmpint (bw_net_table_find_name (table, ""), ==, -1);
  g_assert_cmpint (bw_net_table_find_name (table, "new"), ==, 2);
  bw_net_table_count_track (table, 2);
  bw_net_table_count_track (table, -1);

  nets = bw_net_table_finish (table, &footprint, 1, &n_nets);
  g_assert_cmpuint (n_nets, ==, 3);
  g_assert_cmpuint (nets[0].n_pins, ==, 1);
  g_assert_cmpuint (nets[1].n_pins, ==, 2);
  g_assert_cmpuint (nets[1].pins[0].pad, ==, 0);
  g_assert_cmpuint (nets[1].pins[1].pad, ==, 3);
  g_assert_true (nets[1].power);
  g_assert_cmpuint (nets[2].n_tracks, ==, 1);
}

static void
a_net_with_many_pins_is_a_supply (void)
{
  g_autoptr (BwArena) arena = bw_arena_new ();
  g_autoptr (BwNetTable) table = bw_net_table_new (arena);
  BwPad pads[60] = { 0 };
  BwFootprint footprint = { .pads = pads, .n_pads = 60 };
  BwNet *nets;
  guint32 n_nets;

  bw_net_table_add (table, 1, "plain");
  bw_net_table_add (table, 2, "other");
  for (guint i = 0; i < 60; i++)
    pads[i].net = i < 45 ? 0 : 1;
  nets = bw_net_table_finish (table, &footprint, 1, &n_nets);
  g_assert_true (nets[0].power);
  g_assert_false (nets[1].power);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net-table/supplies-are-told-by-their-names", supplies_are_told_by_their_names);
  g_test_add_func ("/net-table/names-are-shown-without-words-for-characters",
                   names_are_shown_without_words_for_characters);
  g_test_add_func ("/net-table/nets-are-found-by-number-and-by-name",
                   nets_are_found_by_number_and_by_name);
  g_test_add_func ("/net-table/a-net-with-many-pins-is-a-supply", a_net_with_many_pins_is_a_supply);
  return g_test_run ();
}
