/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-part-kind.h"

#include <string.h>

/* A part with so many pads is more than a gate or an amplifier. */
#define MANY_PADS 28
/* Longer names are not looked at: many pads may be on one net. */
#define MAX_NAME 200
/* A converter of this many pads or fewer that drives a coil is a regulator. */
#define FEW_PADS 12

typedef struct
{
  BwPartKind kind;
  const char *words[48];
} Words;

/* By what stands at the start of a word in value or library, in capitals; earlier lines win. */
static const Words by_words[] = {
  { BW_PART_LED, { "LED", "WS281", "SK68", "APA102", "NEOPIXEL" } },
  { BW_PART_ESD, { "ESD", "USBLC", "TPD", "SRV05", "PRTR", "TVS", "PESD", "SMAJ", "SMBJ", "SP050",
                   "RCLAMP", "IP4220", "VARISTOR" } },
  { BW_PART_CRYSTAL, { "CRYSTAL", "XTAL", "OSCILLATOR", "RESONATOR", "TCXO" } },
  { BW_PART_POWER_SUPPLY, { "BARREL", "DC_JACK", "BATTERY", "FUSE", "POLYFUSE", "TP4056",
                            "MCP73", "BQ2", "CHARGER" } },
  { BW_PART_REGULATOR, { "LDO", "REGULATOR", "AMS1117", "LM1117", "LD1117", "AZ1117", "LM78",
                         "L78", "78L", "78M", "TPS5", "TPS6", "TPS7", "TLV6", "TLV7", "AP2112",
                         "AP22", "AP73", "AP6", "MIC5", "MIC2", "XC62", "NCP1", "RT8", "RT9",
                         "LT30", "LT19",
                         "LT86", "LTC3", "MP1", "MP2", "SPX", "ME62", "HT73", "LP29", "LP59",
                         "BUCK", "BOOST", "DCDC", "LM25", "LM317", "MCP17" } },
  { BW_PART_MICROCONTROLLER, { "STM32", "STM8", "ATMEGA", "ATTINY", "ATSAM", "SAMD", "ESP32",
                               "ESP8266", "ESP-", "RP2040", "RP2350", "NRF5", "PIC1", "PIC2",
                               "PIC3", "DSPIC", "MSP430", "LPC", "GD32", "CH32", "CH55", "EFM",
                               "MIMXRT", "MK2", "ICE40", "LCMXO", "ECP5", "XC6S", "XC7", "EP4C",
                               "FPGA", "CPU", "MCU", "CY8C", "TEENSY", "ARDUINO" } },
  { BW_PART_RF, { "SX12", "CC11", "CC12", "CC25", "CC26", "RFM", "NRF24", "SIM8", "SIM7", "LNA",
                  "BALUN", "ANTENNA", "MAX28", "MAX58", "RFFC", "SI446", "AT86RF", "SKY1", "SKY6",
                  "MGA", "SMA", "COAX", "U.FL", "RF_", "GPS", "NEO-" } },
  { BW_PART_SENSOR, { "SENSOR", "BME", "BMP", "BMI", "BNO", "MPU", "LSM", "LIS", "SHT", "HDC",
                      "TMP1", "TMP3", "LM75", "DS18", "VL53", "ICM", "ADXL", "HALL", "AS50",
                      "AS56", "DRV50", "TCS3", "TSL", "MLX", "THERMISTOR", "MAX31", "QMC",
                      "HMC", "MCP97" } },
  { BW_PART_ANALOG, { "OPAMP", "OPA", "LM358", "LM324", "TL07", "TL08", "NE55", "MCP60", "MCP3",
                      "ADS1", "AD8", "AD7", "INA", "LMV", "LM39", "ADC", "DAC", "COMPARATOR",
                      "AMPLIFIER", "MAX98", "PAM8", "WM8", "PCM" } },
  { BW_PART_CONNECTOR, { "CONN", "USB-", "USB_C", "USB_MICRO", "USB_MINI", "USB_A", "USB_B",
                         "PINHEADER",
                         "PINSOCKET", "JST", "TERMINALBLOCK", "RJ45", "MICROSD", "SDCARD" } },
};

static const struct { const char *prefix; BwPartKind kind; } by_reference[] = {
  { "C", BW_PART_CAPACITOR }, { "R", BW_PART_OTHER }, { "L", BW_PART_OTHER },
  { "Q", BW_PART_OTHER }, { "FB", BW_PART_OTHER }, { "RN", BW_PART_OTHER },
  { "RV", BW_PART_OTHER }, { "T", BW_PART_OTHER }, { "SW", BW_PART_OTHER },
  { "S", BW_PART_OTHER }, { "K", BW_PART_OTHER }, { "JP", BW_PART_OTHER },
  { "H", BW_PART_NONE }, { "MH", BW_PART_NONE }, { "FID", BW_PART_NONE },
  { "TP", BW_PART_NONE }, { "LOGO", BW_PART_NONE }, { "G", BW_PART_NONE },
  { "REF", BW_PART_NONE }, { "KIBOT", BW_PART_NONE },
  { "LED", BW_PART_LED }, { "TVS", BW_PART_ESD }, { "Y", BW_PART_CRYSTAL },
  { "XTAL", BW_PART_CRYSTAL }, { "X", BW_PART_CRYSTAL }, { "BT", BW_PART_POWER_SUPPLY },
  { "F", BW_PART_POWER_SUPPLY }, { "AE", BW_PART_RF }, { "ANT", BW_PART_RF },
  { "J", BW_PART_CONNECTOR }, { "P", BW_PART_CONNECTOR }, { "CN", BW_PART_CONNECTOR },
  { "CON", BW_PART_CONNECTOR }, { "USB", BW_PART_CONNECTOR },
};

static gboolean
has_word (const char *text,
          const char *word)
{
  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    if (at == text || !g_ascii_isalpha (at[-1]))
      return TRUE;
  return FALSE;
}

static BwPartKind
kind_of_words (const char *text)
{
  guint8 starts[256] = { FALSE }; /* which bytes words of the text start with */

  for (const char *p = text; *p != '\0'; p++)
    if (p == text || !g_ascii_isalpha (p[-1]))
      starts[(guchar) *p] = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (by_words); i++)
    for (guint k = 0; k < G_N_ELEMENTS (by_words[i].words) && by_words[i].words[k] != NULL; k++)
      if (starts[(guchar) by_words[i].words[k][0]] && has_word (text, by_words[i].words[k]))
        return by_words[i].kind;
  return BW_N_PART_KINDS;
}

static BwPartKind
kind_of_reference (const char *reference)
{
  char first = g_ascii_toupper (reference[0]);
  gsize length = 0;

  while (g_ascii_isalpha (reference[length]))
    length++;
  for (guint i = 0; i < G_N_ELEMENTS (by_reference); i++)
    if (by_reference[i].prefix[0] == first && strlen (by_reference[i].prefix) == length &&
        g_ascii_strncasecmp (reference, by_reference[i].prefix, length) == 0)
      return by_reference[i].kind;
  return BW_N_PART_KINDS;
}

/* Nets that programmers and debuggers speak over. */
static gboolean
is_debug_net (const char *name)
{
  static const char *const words[] = {
    "SWDIO", "SWCLK", "SWD", "NRST", "BOOT0", "UPDI", "TDI", "TCK",
  };
  const char *slash;

  if (strnlen (name, MAX_NAME) == MAX_NAME)
    return FALSE;
  slash = strrchr (name, '/');
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strncasecmp (slash != NULL ? slash + 1 : name, words[i], strlen (words[i])) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_coil (const BwBoard *board,
          const BwNet   *net)
{
  for (guint32 i = 0; i < net->n_pins && net->n_pins <= 8; i++)
    {
      const char *reference = board->footprints[net->pins[i].footprint].reference;

      if (g_ascii_toupper (reference[0]) == 'L' && g_ascii_isdigit (reference[1]))
        return TRUE;
    }
  return FALSE;
}

/* Of a chip whose name says nothing. */
static BwPartKind
kind_of_nets (const BwBoard     *board,
              const BwFootprint *footprint)
{
  gboolean drives_coil = FALSE, can_be_debugged = FALSE;
  gint32 supplies[3] = { -1, -1, -1 };
  guint n_supplies = 0, n_signals = 0;

  for (guint32 i = 0; i < footprint->n_pads; i++)
    {
      const BwNet *net = footprint->pads[i].net >= 0 ? &board->nets[footprint->pads[i].net] : NULL;

      if (net == NULL)
        continue;
      if (net->power)
        {
          gint32 index = footprint->pads[i].net;

          if (n_supplies < 3 && index != supplies[0] && index != supplies[1])
            supplies[n_supplies++] = index;
          continue;
        }
      n_signals++;
      drives_coil = drives_coil || has_coil (board, net);
      can_be_debugged = can_be_debugged || is_debug_net (net->name);
    }
  if (footprint->n_pads >= MANY_PADS && can_be_debugged)
    return BW_PART_MICROCONTROLLER;
  /* In, out and ground, and hardly anything else. */
  if (footprint->n_pads <= FEW_PADS && (drives_coil || (n_supplies == 3 && n_signals < 2)))
    return BW_PART_REGULATOR;
  return BW_PART_DIGITAL;
}

/* The first MAX_NAME bytes in capitals, and a zero. Returns how many there are. */
static gsize
put_upper (char       *to,
           const char *name)
{
  gsize length = strnlen (name, MAX_NAME);

  for (gsize i = 0; i < length; i++)
    to[i] = g_ascii_toupper (name[i]);
  to[length] = '\0';
  return length;
}

BwPartKind
bw_part_kind_guess (const BwBoard     *board,
                    const BwFootprint *footprint)
{
  const char *library = strrchr (footprint->library_id, ':');
  BwPartKind kind = kind_of_reference (footprint->reference);
  BwPartKind by_text;
  char text[2 * MAX_NAME + 2];
  gsize length;

  /* A capacitor is one, whatever its value; so is a resistor at a sensor's output. */
  if (kind == BW_PART_CAPACITOR || kind == BW_PART_OTHER || kind == BW_PART_NONE)
    return kind;
  length = put_upper (text, footprint->value);
  text[length++] = ' ';
  put_upper (text + length, library != NULL ? library + 1 : footprint->library_id);
  by_text = kind_of_words (text);
  if (g_ascii_toupper (footprint->reference[0]) == 'D' &&
      g_ascii_isdigit (footprint->reference[1]))
    return by_text == BW_PART_LED || by_text == BW_PART_ESD ? by_text : BW_PART_OTHER;
  /* What a connector is called after may be on its other side, but for those of power and RF. */
  if (kind == BW_PART_CONNECTOR)
    return by_text == BW_PART_RF || by_text == BW_PART_POWER_SUPPLY ? by_text : kind;
  if (by_text != BW_N_PART_KINDS)
    return by_text;
  if (kind != BW_N_PART_KINDS)
    return kind;
  return footprint->n_pads > 2 ? kind_of_nets (board, footprint) : BW_PART_OTHER;
}

const char *
bw_part_kind_name (BwPartKind kind)
{
  static const char *const names[BW_N_PART_KINDS] = {
    [BW_PART_OTHER] = "Other",
    [BW_PART_CAPACITOR] = "Decoupling",
    [BW_PART_NONE] = "Other",
    [BW_PART_POWER_SUPPLY] = "Power supply",
    [BW_PART_REGULATOR] = "Regulator",
    [BW_PART_MICROCONTROLLER] = "Microcontroller",
    [BW_PART_RF] = "RF",
    [BW_PART_ANALOG] = "Analog",
    [BW_PART_DIGITAL] = "Digital",
    [BW_PART_SENSOR] = "Sensor",
    [BW_PART_CONNECTOR] = "Connector",
    [BW_PART_ESD] = "ESD",
    [BW_PART_CRYSTAL] = "Crystal",
    [BW_PART_LED] = "LED",
  };

  return kind < BW_N_PART_KINDS ? names[kind] : "Other";
}
