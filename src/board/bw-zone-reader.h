/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Zones: copper with what fills it, keepouts, and areas that hold certain parts. */

#pragma once

#include "board/bw-reader.h"

G_BEGIN_DECLS

/* Reads a (zone) list into the reader's zones, keepouts or areas. `footprint`: index of the one
 * that it belongs to, -1: the board. */
void bw_reader_zone  (BwReader *self,
                      guint32   node,
                      gint32    footprint);

/* Once all footprints are read: finds those that each area holds, and hands the areas out. */
void bw_reader_areas (BwReader *self);

G_END_DECLS
