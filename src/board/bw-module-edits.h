/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Parts that somebody put into other modules than the board tells or lets guess, and colours that
 * somebody chose for modules: in objects of the settings file beside the board
 * (BOARD.boardwalk.json),
 *
 *     "modules": { "R7": "Power", "U2": "" },
 *     "colors": { "Power": "#c061cb" }
 *
 * The keys of the first are those of footprints, and its values names of modules, "" for none; the
 * keys of the other are names of modules. bw_settings_edit() changes either. */

#pragma once

#include "board/bw-reader.h"

G_BEGIN_DECLS

#define BW_SETTINGS_MODULES "modules"
#define BW_SETTINGS_COLORS "colors"

/* Once modules and keys are complete. What is wrong with either is noted, and keys of the settings
 * that nobody knows; that it is no JSON tells who reads the rest of the same file. */
void    bw_reader_module_edits (BwReader   *self,
                                GBytes     *settings);

/* 0xRRGGBB with BW_COLOR_CHOSEN of "#rrggbb"; 0: it is nothing of that form. */
guint32 bw_module_color_parse  (const char *text);

/* (transfer full) */
char   *bw_module_color_print  (guint32     color);

G_END_DECLS
