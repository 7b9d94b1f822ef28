/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits of the settings file beside the board (BOARD.boardwalk.json) that leave all else in it as
 * it was, to the byte. Any thread. */

#pragma once

#include "board/bw-json.h"

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

/* The text of the value that `key` has in the object `object`. (transfer full) (nullable): it has
 * none, or the settings are no settings. */
char   *bw_settings_dup_member   (GBytes      *settings,
                                  const char  *object,
                                  const char  *key);

/* The settings with `before`, the text of a value in the array `array`, being `after`; NULL:
 * without it. It is looked for at place `nth` first. With `before` NULL, `after` is put in there,
 * or at the end of an array that is shorter.
 *
 * Returns: (transfer full) (nullable): as above; NULL also where `before` is not there. */
GBytes *bw_settings_edit_array   (GBytes       *settings,
                                  const char   *name,
                                  const char   *array,
                                  guint         nth,
                                  const char   *before,
                                  const char   *after,
                                  GError      **error);

/* The text of a value, as it stands there. (transfer full) */
char   *bw_settings_dup_value    (const BwJson *json,
                                  guint32       index);

/* As JSON has it, in quotes. (transfer full) */
char   *bw_settings_quote        (const char  *text);

G_END_DECLS
