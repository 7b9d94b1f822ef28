/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Net classes and design rules: from the board itself up to KiCad 5, from the project beside it
 * since, and what concerns placement from its rule file. */

#pragma once

#include "board/bw-reader.h"

G_BEGIN_DECLS

/* Once nets are complete. `project` and `rules` are the bytes of the .kicad_pro and .kicad_dru
 * files, or NULL. What is wrong with them is noted, and the board is read without. */
void bw_reader_rules (BwReader *self,
                      GBytes   *project,
                      GBytes   *rules);

G_END_DECLS
