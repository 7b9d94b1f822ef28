/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Footprints that the board as a whole is the form of: the two rows of pins of a module that other
 * parts lie between. Without a courtyard, a box round their pads stands in for one, which would
 * bar all others from the board. */

#pragma once

#include "board/bw-reader.h"

G_BEGIN_DECLS

/* Holds each such footprint where it is, and lets it take up no more than its pads. Once the
 * outline and all footprints are known. */
void bw_reader_carriers (BwReader *self);

G_END_DECLS
