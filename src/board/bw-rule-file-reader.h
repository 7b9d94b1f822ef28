/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rule file (.kicad_dru) beside a board, as far as it concerns where parts lie. */

#pragma once

#include "board/bw-reader.h"

G_BEGIN_DECLS

/* Once footprints, nets and zones are read: overrides the board's rules, gives footprints rules of
 * their own, and adds keepouts. A rule that is about parts and not followed is noted with its line
 * and why; those about tracks alone with one note for all. */
void bw_reader_rule_file (BwReader *self,
                          GBytes   *bytes);

G_END_DECLS
