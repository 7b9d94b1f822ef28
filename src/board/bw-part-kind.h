/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a part is for, told by its reference, value, library and the names of its nets. */

#pragma once

#include "board/bw-board.h"

G_BEGIN_DECLS

typedef enum
{
  BW_PART_OTHER,           /* resistors, transistors, …: belong to the part they serve */
  BW_PART_CAPACITOR,
  BW_PART_NONE,            /* holes, fiducials, logos, test points */
  BW_PART_POWER_SUPPLY,
  BW_PART_REGULATOR,
  BW_PART_MICROCONTROLLER,
  BW_PART_RF,
  BW_PART_ANALOG,
  BW_PART_DIGITAL,
  BW_PART_SENSOR,
  BW_PART_CONNECTOR,
  BW_PART_ESD,
  BW_PART_CRYSTAL,
  BW_PART_LED,
  BW_N_PART_KINDS,
} BwPartKind;

BwPartKind  bw_part_kind_guess (const BwBoard     *board,
                                const BwFootprint *footprint);

/* As shown to people; untranslated. */
const char *bw_part_kind_name  (BwPartKind         kind);

G_END_DECLS
