/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-part-text.h"

#include <glib/gi18n.h>
#include <math.h>

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

const char *
bw_part_text_force (guint8 kind)
{
  switch (kind)
    {
    case BW_FORCE_ATTRACTION:
      /* Translators: what pulls or pushes a part. */
      return _("Wire");
    case BW_FORCE_REPULSION:
      return _("Overlap");
    case BW_FORCE_BOUNDARY:
      return _("Edge");
    case BW_FORCE_ALIGNMENT:
      return _("Alignment");
    case BW_FORCE_CONSTRAINT:
    default:
      return _("Constraint");
    }
}

static void
add_forces (GString       *text,
            guint32        footprint,
            const BwFrame *frame)
{
  static const char *const arrows[] = { "→", "↗", "↑", "↖", "←", "↙", "↓", "↘" };

  for (guint32 i = 0; i < frame->n_forces; i++)
    {
      const BwFrameForce *force = &frame->forces[i];
      double turns = atan2 (-(double) force->fy, (double) force->fx) / (2 * G_PI);
      g_autofree char *told = NULL;

      if (force->footprint != footprint || (force->fx == 0 && force->fy == 0))
        continue;
      /* Translators: what pulls or pushes a part, how strong, and an arrow: "Wire: 3.2 ↗". */
      told = g_markup_printf_escaped (_("%s: %.3g %s"), bw_part_text_force (force->kind),
                                      hypot ((double) force->fx, (double) force->fy),
                                      arrows[(int) floor (turns * 8 + 8.5) % 8]);
      g_string_append_printf (text, "\n%s", told);
    }
}

char *
bw_part_text_describe (const BwBoard *board,
                       guint32        footprint,
                       gint32         pad,
                       const BwFrame *frame)
{
  const BwFootprint *part = &board->footprints[footprint];
  const char *hold = bw_part_text_hold ((BwHold) part->hold);
  g_autofree char *head = g_markup_printf_escaped ("<b>%s</b>  %s", part->reference[0] != '\0'
                                                                     ? part->reference : part->key,
                                                   part->value);
  g_autofree char *module = bw_part_text_module (board, footprint);
  GString *text = g_string_new (head);

  if (pad >= 0)
    {
      gint32 net = part->pads[pad].net;
      /* Translators: a pad and its net: "Pad 3: GND". */
      g_autofree char *line = g_markup_printf_escaped (_("Pad %s: %s"), part->pads[pad].number,
                                                       net >= 0 ? board->nets[net].shown
                                                                : _("no net"));

      g_string_append_printf (text, "\n%s", line);
      if (net >= 0 && board->nets[net].net_class > 0)
        /* Translators: of the net of a pad: the class that sets its widths and clearances. */
        add_line (text, _("Net class: %s"),
                  board->net_classes[board->nets[net].net_class].name);
    }
  if (part->library_id[0] != '\0')
    add_line (text, "%s", part->library_id);
  if (module)
    /* Translators: the module that a part belongs to. */
    add_line (text, _("Module: %s"), module);
  if (hold)
    add_line (text, "<i>%s</i>", hold);
  if ((frame->strays && frame->strays[footprint]) || (frame->barred && frame->barred[footprint]))
    /* Translators: of a part: it leaves the outline, or lies in an area barred to it. */
    add_line (text, "<b>%s</b>", _("Lies where it may not"));
  add_forces (text, footprint, frame);
  return g_string_free (text, FALSE);
}
