/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-net-table.h"

#include "board/bw-seeded-hash.h"
#include "board/bw-shown-name.h"

#include <string.h>

/* Numbers up to here beyond the number of nets are looked up in an array. */
#define MAX_NUMBERS_LEFT_OUT 1024

/* A net with a twentieth of all pins, and no fewer than this, is a supply whatever its name. */
#define POWER_MIN_PINS 20
#define POWER_SHARE_OF_PINS 20

struct _BwNetTable
{
  BwArena *arena;
  GArray *nets;          /* BwNet */
  GArray *small_numbers; /* index + 1 of the net of each small number; 0: none */
  GHashTable *by_number; /* of those that are not small: number → index + 1 */
  GHashTable *by_name;   /* name → index + 1 */
};

BwNetTable *
bw_net_table_new (BwArena *arena)
{
  BwNetTable *self = g_new0 (BwNetTable, 1);

  self->arena = arena;
  self->nets = g_array_new (FALSE, TRUE, sizeof (BwNet));
  self->small_numbers = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->by_number = g_hash_table_new_full (bw_seeded_hash_int64, g_int64_equal, g_free, NULL);
  self->by_name = g_hash_table_new (bw_seeded_hash_string, g_str_equal);
  return self;
}

void
bw_net_table_free (BwNetTable *self)
{
  g_array_unref (self->nets);
  g_array_unref (self->small_numbers);
  g_hash_table_unref (self->by_number);
  g_hash_table_unref (self->by_name);
  g_free (self);
}

static gint32
append (BwNetTable *self,
        const char *name)
{
  BwNet net = { .name = name, .shown = bw_shown_name (name, self->arena) };

  g_array_append_val (self->nets, net);
  if (!g_hash_table_contains (self->by_name, name))
    g_hash_table_insert (self->by_name, (gpointer) name, GUINT_TO_POINTER (self->nets->len));
  return (gint32) self->nets->len - 1;
}

gboolean
bw_net_table_add (BwNetTable *self,
                  gint64      number,
                  const char *name)
{
  gint32 index;

  if (bw_net_table_find_number (self, number) >= 0)
    return FALSE;
  index = append (self, name);
  if (number < 0 || number >= (gint64) self->nets->len + MAX_NUMBERS_LEFT_OUT)
    {
      g_hash_table_insert (self->by_number, g_memdup2 (&number, sizeof number),
                           GINT_TO_POINTER (index + 1));
      return TRUE;
    }
  if (number >= self->small_numbers->len)
    g_array_set_size (self->small_numbers, (guint) number + 1);
  g_array_index (self->small_numbers, guint32, (guint) number) = (guint32) index + 1;
  return TRUE;
}

gint32
bw_net_table_find_number (const BwNetTable *self,
                          gint64            number)
{
  if (number >= 0 && number < self->small_numbers->len)
    {
      guint32 found = g_array_index (self->small_numbers, guint32, (guint) number);

      if (found != 0)
        return (gint32) found - 1;
    }
  return GPOINTER_TO_INT (g_hash_table_lookup (self->by_number, &number)) - 1;
}

gint32
bw_net_table_find_name (BwNetTable *self,
                        const char *name)
{
  gpointer found;

  if (name[0] == '\0')
    return -1;
  found = g_hash_table_lookup (self->by_name, name);
  return found != NULL ? GPOINTER_TO_INT (found) - 1 : append (self, name);
}

void
bw_net_table_count_track (BwNetTable *self,
                          gint32      net)
{
  if (net >= 0)
    g_array_index (self->nets, BwNet, net).n_tracks++;
}

/* One of the words, alone or with what numbers or qualifies it: VIN, VIN2, VIN_RAW. After the
 * first ones letters may follow at once, as in VDDA. */
static gboolean
starts_with_supply (const char *name)
{
  static const char *const words[] = {
    "VCC", "VDD", "VSS", "VBAT", "VBUS", "VEE", "VPP", "VIN", "VSYS", "VREG", "VMOT", "VAA",
    "VMM", "VUSB", "V3V3", "V5V", "V12V", "V+", "V-", "PWR", "POWER", "BAT+", "BAT-", "BATT",
    "EARTH", "CHASSIS",
  };
  const guint n_open = 5;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length;

      if (name[0] != words[i][0])
        continue;
      length = strlen (words[i]);
      if (strncmp (name, words[i], length) == 0 && (i < n_open || !g_ascii_isalpha (name[length])))
        return TRUE;
    }
  return FALSE;
}

/* 5V, 3V3, 3.3V, 12VA, with or without a sign before. */
static gboolean
is_voltage (const char *name)
{
  const char *p = name;
  gboolean has_sign = *p == '+' || *p == '-';
  gboolean has_v = FALSE;

  if (has_sign)
    p++;
  if (!g_ascii_isdigit (*p))
    return has_sign && (*p == 'V' || *p == 'v');
  for (; g_ascii_isdigit (*p) || *p == '.' || *p == ','; p++)
    ;
  if (*p == 'V' || *p == 'v')
    {
      has_v = TRUE;
      p++;
    }
  for (; g_ascii_isdigit (*p); p++)
    ;
  return has_sign || (has_v && (*p == '\0' || *p == '_' || strlen (p) <= 3));
}

gboolean
bw_net_name_is_power (const char *name)
{
  static const char *const exact[] = { "VS", "PE", "0V", "BAT", NULL };
  const char *slash = strrchr (name, '/');
  const char *last = slash != NULL ? slash + 1 : name;
  g_autofree char *upper = g_ascii_strup (last, -1);

  for (guint i = 0; exact[i] != NULL; i++)
    if (g_str_equal (upper, exact[i]))
      return TRUE;
  if (g_str_has_prefix (upper, "NET-(") || g_str_has_prefix (upper, "UNCONNECTED-("))
    return FALSE;
  return strstr (upper, "GND") != NULL || strstr (upper, "GROUND") != NULL ||
         is_voltage (last) || starts_with_supply (upper);
}

static guint32
count_pins (BwNetTable        *self,
            const BwFootprint *footprints,
            guint32            n_footprints)
{
  guint32 n_pins = 0;

  for (guint32 f = 0; f < n_footprints; f++)
    for (guint32 p = 0; p < footprints[f].n_pads; p++)
      if (footprints[f].pads[p].net >= 0)
        {
          g_array_index (self->nets, BwNet, footprints[f].pads[p].net).n_pins++;
          n_pins++;
        }
  return n_pins;
}

BwNet *
bw_net_table_finish (BwNetTable        *self,
                     const BwFootprint *footprints,
                     guint32            n_footprints,
                     guint32           *n_nets_out)
{
  guint32 n_pins = count_pins (self, footprints, n_footprints);
  guint32 threshold = MAX (POWER_MIN_PINS, n_pins / POWER_SHARE_OF_PINS);
  BwPin *free_pins = bw_arena_alloc (self->arena, n_pins * sizeof (BwPin));
  g_autofree BwPin **ends = g_new (BwPin *, self->nets->len + 1);
  BwNet *nets = (BwNet *) (gpointer) self->nets->data;

  for (guint32 i = 0; i < self->nets->len; i++)
    {
      nets[i].pins = ends[i] = free_pins;
      free_pins += nets[i].n_pins;
      nets[i].power = nets[i].n_pins >= threshold || bw_net_name_is_power (nets[i].name);
    }
  for (guint32 f = 0; f < n_footprints; f++)
    for (guint32 p = 0; p < footprints[f].n_pads; p++)
      if (footprints[f].pads[p].net >= 0)
        *ends[footprints[f].pads[p].net]++ = (BwPin) { f, p };

  *n_nets_out = self->nets->len;
  return bw_arena_copy (self->arena, self->nets->data, self->nets->len * sizeof (BwNet));
}
