/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-phase-text.h"

#include <glib/gi18n.h>

const char *
bw_phase_text (BwPhase phase)
{
  switch (phase)
    {
    case BW_PHASE_GLOBAL:
      return _("Global Placement");
    case BW_PHASE_ANNEALING:
      return _("Annealing");
    case BW_PHASE_LEGALIZATION:
      return _("Legalization");
    case BW_PHASE_REFINEMENT:
      return _("Refinement");
    case BW_PHASE_FINAL:
      return _("Final");
    case BW_PHASE_INITIAL:
    default:
      return _("Initial");
    }
}
