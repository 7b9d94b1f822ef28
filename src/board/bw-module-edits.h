/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Parts that somebody put into other modules than the board tells or lets guess: in the object
 * "modules" of the settings file beside the board (BOARD.boardwalk.json),
 *
 *     "modules": { "R7": "Power", "U2": "" }
 *
 * whose keys are those of footprints and whose values are names of modules, "" for none. */

#pragma once

#include "board/bw-reader.h"

G_BEGIN_DECLS

/* Once modules and keys are complete. What is wrong with the modules is noted, and keys of the
 * settings that nobody knows; that it is no JSON tells who reads the rest of the same file. */
void    bw_reader_module_edits (BwReader    *self,
                                GBytes      *settings);

/* The settings with `key` in `module` (NULL: where the board has it), and all else in them as it
 * was, to the byte. `settings` may be NULL: none yet.
 *
 * Returns: (transfer full) (nullable): NULL with a BW_BOARD_ERROR that begins with NAME:LINE where
 * the settings are no JSON object. */
GBytes *bw_module_edits_set    (GBytes      *settings,
                                const char  *name,
                                const char  *key,
                                const char  *module,
                                GError     **error);

G_END_DECLS
