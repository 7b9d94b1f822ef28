/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits of the settings file beside the board (BOARD.boardwalk.json) that leave all else in it as
 * it was, to the byte. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The settings with `key` in the object `object` being `value`, which is JSON; NULL: without that
 * key. `settings` may be NULL: none yet. `name` is the file's, for messages.
 *
 * Returns: (transfer full) (nullable): NULL with a BW_BOARD_ERROR that begins with NAME:LINE where
 * the settings are no JSON object. */
GBytes *bw_settings_edit         (GBytes      *settings,
                                  const char  *name,
                                  const char  *object,
                                  const char  *key,
                                  const char  *value,
                                  GError     **error);

/* As JSON has it, in quotes. (transfer full) */
char   *bw_settings_quote        (const char  *text);

G_END_DECLS
