/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames of RFC 6455 from a server: what is sent to many is framed once and shared. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest header of an unmasked frame. */
#define BW_WS_HEADER_MAX 10

typedef enum
{
  BW_WS_TEXT = 0x1,
  BW_WS_BINARY = 0x2,
  BW_WS_CLOSE = 0x8,
  BW_WS_PING = 0x9,
} BwWsOpcode;

/* An empty string with room for a header in front, to append one text message to. */
GString *bw_ws_text_begin  (void);

/* Frames the message and frees `text`. With `ping` (nullable; at most 125 bytes), a ping with
 * that payload stands behind it.
 *
 * Returns: (transfer full) */
GBytes  *bw_ws_text_finish (GString      *text,
                            const char   *ping);

/* Appends a whole message, framed, to what is sent in one go. */
void     bw_ws_append      (GByteArray   *packet,
                            BwWsOpcode    opcode,
                            const guint8 *payload,
                            gsize         length);

/* `reason` is cut to what a close frame can hold. (transfer full) */
GBytes  *bw_ws_close_new   (guint16       code,
                            const char   *reason);

G_END_DECLS
