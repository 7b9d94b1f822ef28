/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A JSON message from a peer, checked before a general parser sees it. The input is hostile. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* `text` need not be terminated. An object with a `type` that is a string, which lies in
 * `*type_out` as long as the parser.
 *
 * Returns: (transfer full) (nullable): NULL with a BW_WIRE_ERROR whose message may be shown to
 * the sender */
JsonParser *bw_json_input_parse (const char  *text,
                                 gsize        length,
                                 const char **type_out,
                                 GError     **error);

G_END_DECLS
