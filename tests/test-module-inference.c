/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board-fixtures.h"

#include "board/bw-part-kind.h"

#define PART(reference, value, pads) \
  "(footprint \"Own:Part\" (layer F.Cu) (at 0 0) (fp_text reference \"" reference "\" (at 0 0))" \
  " (fp_text value \"" value "\" (at 0 0)) " pads ")\n"
#define PAD(net) "(pad 1 smd rect (at 0 0) (size 1 1) (layers F.Cu) (net 9999 \"" net "\"))"

static void
assert_module (const BwBoard *board,
               const char    *key,
               const char    *module)
{
  gint32 index = footprint_of (board, key)->module;

  g_assert_cmpstr (index >= 0 ? board->modules[index].name : NULL, ==, module);
}

static BwBoard *
flat_board (void)
{
  return good_board_of (
    PART ("U1", "STM32F030", PAD ("+3V3") PAD ("GND") PAD ("XIN") PAD ("XOUT") PAD ("LED1")
          PAD ("SDA") PAD ("RST") PAD ("OUT1"))
    PART ("Y1", "8MHz", PAD ("XIN") PAD ("XOUT"))
    PART ("C1", "18p", PAD ("XIN") PAD ("GND"))
    PART ("C2", "18p", PAD ("XOUT") PAD ("GND"))
    PART ("C3", "100n", PAD ("+3V3") PAD ("GND"))
    PART ("C4", "100n", PAD ("+3V3") PAD ("GND"))
    PART ("R1", "10k", PAD ("RST") PAD ("+3V3"))
    PART ("C7", "100n", PAD ("RST") PAD ("GND"))
    PART ("U2", "AMS1117-3.3", PAD ("VIN") PAD ("+3V3") PAD ("GND"))
    PART ("C5", "10u", PAD ("VIN") PAD ("GND"))
    PART ("L1", "1u", PAD ("VIN") PAD ("VIN_RAW"))
    PART ("D1", "LED red", PAD ("LED_A") PAD ("GND"))
    PART ("R2", "1k", PAD ("LED1") PAD ("LED_A"))
    PART ("D2", "LED green", PAD ("LED_B") PAD ("GND"))
    PART ("R3", "1k", PAD ("OUT1") PAD ("LED_B"))
    PART ("J1", "Header", PAD ("VIN_RAW") PAD ("GND"))
    PART ("H1", "Hole", "")
    PART ("TP1", "Test", PAD ("SDA")));
}

static void
parts_are_put_with_the_one_that_they_serve (void)
{
  g_autoptr (BwBoard) board = flat_board ();

  for (guint32 i = 0; i < board->n_modules; i++)
    g_assert_true (board->modules[i].inferred);
  assert_module (board, "U1", "Microcontroller U1");
  assert_module (board, "R1", "Microcontroller U1");
  assert_module (board, "C7", "Microcontroller U1");
  assert_module (board, "Y1", "Crystal Y1");
  assert_module (board, "C1", "Crystal Y1");
  assert_module (board, "C2", "Crystal Y1");
  assert_module (board, "U2", "Regulator U2");
  assert_module (board, "C5", "Regulator U2");
  assert_module (board, "C3", "Decoupling");
  assert_module (board, "C4", "Decoupling");
  assert_module (board, "D1", "LED");
  assert_module (board, "R2", "LED");
  assert_module (board, "R3", "LED");
  assert_module (board, "H1", NULL);
  assert_module (board, "TP1", NULL);
}

static void
modules_of_the_file_are_left_as_they_are (void)
{
  g_autoptr (BwBoard) board =
    good_board_of ("(footprint a (layer F.Cu) (at 0 0) (path \"/1a/2b\"))\n"
                   PART ("U1", "STM32", PAD ("A") PAD ("B") PAD ("C")));

  g_assert_cmpuint (board->n_modules, ==, 1);
  g_assert_false (board->modules[0].inferred);
  assert_module (board, "U1", NULL);
}

static void
kinds_are_told_by_name_and_by_nets (void)
{
  static const struct { const char *reference, *value; BwPartKind kind; } cases[] = {
    { "U1", "ESP32-WROOM", BW_PART_MICROCONTROLLER }, { "IC3", "LM358", BW_PART_ANALOG },
    { "U9", "74HC595", BW_PART_DIGITAL }, { "U4", "BME280", BW_PART_SENSOR },
    { "D7", "WS2812B", BW_PART_LED }, { "D8", "1N4148", BW_PART_OTHER },
    { "D9", "PESD5V0", BW_PART_ESD }, { "U5", "USBLC6-2SC6", BW_PART_ESD },
    { "U6", "SX1276", BW_PART_RF }, { "AE1", "chip", BW_PART_RF }, { "J3", "SMA", BW_PART_RF },
    { "J4", "STM32 debug", BW_PART_CONNECTOR }, { "BT1", "CR2032", BW_PART_POWER_SUPPLY },
    { "Y2", "32.768k", BW_PART_CRYSTAL }, { "C9", "LED", BW_PART_CAPACITOR },
    { "R9", "LDO sense", BW_PART_OTHER }, { "U8", "bulLDOzer", BW_PART_DIGITAL },
    { "TP3", "RF_out", BW_PART_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BwPad pads[] = { { .net = -1 }, { .net = -1 }, { .net = -1 } };
      BwFootprint footprint = {
        .reference = cases[i].reference, .value = cases[i].value, .library_id = "Own:x",
        .pads = pads, .n_pads = 3,
      };
      BwBoard board = { .footprints = &footprint, .n_footprints = 1 };

      if (bw_part_kind_guess (&board, &footprint) != cases[i].kind)
        g_error ("%s %s", cases[i].reference, cases[i].value);
    }
}

static void
a_chip_between_supplies_is_a_regulator (void)
{
  g_autoptr (BwBoard) board =
    good_board_of (PART ("U1", "", PAD ("+5V") PAD ("GND") PAD ("+3V3") PAD ("+5V"))
                   PART ("U2", "", PAD ("SW") PAD ("GND") PAD ("+5V"))
                   PART ("L1", "", PAD ("SW") PAD ("+3V3"))
                   PART ("U3", "", PAD ("A") PAD ("GND") PAD ("+5V") PAD ("+3V3") PAD ("B")));

  g_assert_cmpint (bw_part_kind_guess (board, &board->footprints[0]), ==, BW_PART_REGULATOR);
  g_assert_cmpint (bw_part_kind_guess (board, &board->footprints[1]), ==, BW_PART_REGULATOR);
  g_assert_cmpint (bw_part_kind_guess (board, &board->footprints[3]), ==, BW_PART_DIGITAL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/module-inference/parts-are-put-with-the-one-that-they-serve",
                   parts_are_put_with_the_one_that_they_serve);
  g_test_add_func ("/module-inference/modules-of-the-file-are-left-as-they-are",
                   modules_of_the_file_are_left_as_they_are);
  g_test_add_func ("/module-inference/kinds-are-told-by-name-and-by-nets",
                   kinds_are_told_by_name_and_by_nets);
  g_test_add_func ("/module-inference/a-chip-between-supplies-is-a-regulator",
                   a_chip_between_supplies_is_a_regulator);
  return g_test_run ();
}
