/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-part-text.h"

#include <glib/gi18n.h>

const char *
bw_part_text_hold (BwHold hold)
{
  switch (hold)
    {
    case BW_HOLD_LOCKED:
      return _("Locked");
    case BW_HOLD_NO_NETS:
      return _("Stays: it has no nets");
    case BW_HOLD_MOUNTING_HOLE:
      return _("Stays: it is a mounting hole");
    case BW_HOLD_BOARD_ONLY:
      return _("Stays: it is not in the schematic");
    case BW_HOLD_AT_EDGE:
      return _("Stays: it lies well at the edge");
    case BW_HOLD_CARRIER:
      return _("Stays: the board has its form");
    case BW_HOLD_NONE:
    default:
      return NULL;
    }
}

char *
bw_part_text_module (const BwBoard *board,
                     guint32        footprint)
{
  gint32 index = board->footprints[footprint].module;

  if (index < 0)
    return NULL;
  if (!board->modules[index].inferred)
    return g_strdup (board->modules[index].name);
  /* Translators: the name of a module that was guessed from nets and values. */
  return g_strdup_printf (_("%s (inferred)"), board->modules[index].name);
}

static void
add_line (GString    *text,
          const char *format,
          const char *value)
{
  g_autofree char *line = g_markup_printf_escaped (format, value);

  g_string_append_printf (text, "\n%s", line);
}

char *
bw_part_text_describe (const BwBoard *board,
                       guint32        footprint)
{
  const BwFootprint *part = &board->footprints[footprint];
  const char *hold = bw_part_text_hold ((BwHold) part->hold);
  g_autofree char *head = g_markup_printf_escaped ("<b>%s</b>  %s", part->reference[0] != '\0'
                                                                     ? part->reference : part->key,
                                                   part->value);
  g_autofree char *module = bw_part_text_module (board, footprint);
  GString *text = g_string_new (head);

  if (part->library_id[0] != '\0')
    add_line (text, "%s", part->library_id);
  if (module)
    /* Translators: the module that a part belongs to. */
    add_line (text, _("Module: %s"), module);
  if (hold)
    add_line (text, "<i>%s</i>", hold);
  return g_string_free (text, FALSE);
}
