/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-ws-frame.h"

#include <string.h>

#define FIN 0x80
#define CONTROL_PAYLOAD_MAX 125

/* Returns the header's length. */
static gsize
write_header (guint8     header[BW_WS_HEADER_MAX],
              BwWsOpcode opcode,
              guint64    length)
{
  header[0] = (guint8) (FIN | opcode);

  if (length <= 125)
    {
      header[1] = (guint8) length;
      return 2;
    }

  if (length <= G_MAXUINT16)
    {
      header[1] = 126;
      header[2] = (guint8) (length >> 8);
      header[3] = (guint8) length;
      return 4;
    }

  header[1] = 127;
  for (guint i = 0; i < 8; i++)
    header[2 + i] = (guint8) (length >> (56 - 8 * i));
  return 10;
}

GString *
bw_ws_text_begin (void)
{
  GString *text = g_string_sized_new (1024);

  g_string_set_size (text, BW_WS_HEADER_MAX);
  return text;
}

GBytes *
bw_ws_text_finish (GString    *text,
                   const char *ping)
{
  guint8 header[BW_WS_HEADER_MAX];
  gsize header_length;
  g_autoptr (GBytes) whole = NULL;

  g_return_val_if_fail (text != NULL && text->len >= BW_WS_HEADER_MAX, NULL);

  header_length = write_header (header, BW_WS_TEXT, text->len - BW_WS_HEADER_MAX);
  memcpy (text->str + BW_WS_HEADER_MAX - header_length, header, header_length);

  if (ping != NULL)
    {
      gsize length = MIN (strlen (ping), CONTROL_PAYLOAD_MAX);
      guint8 ping_header[BW_WS_HEADER_MAX];
      gsize ping_header_length = write_header (ping_header, BW_WS_PING, length);

      g_string_append_len (text, (const char *) ping_header, (gssize) ping_header_length);
      g_string_append_len (text, ping, (gssize) length);
    }

  whole = g_string_free_to_bytes (text);
  return g_bytes_new_from_bytes (whole, BW_WS_HEADER_MAX - header_length,
                                 g_bytes_get_size (whole) - BW_WS_HEADER_MAX + header_length);
}

void
bw_ws_append (GByteArray   *packet,
              BwWsOpcode    opcode,
              const guint8 *payload,
              gsize         length)
{
  guint8 header[BW_WS_HEADER_MAX];
  gsize header_length = write_header (header, opcode, length);

  g_byte_array_append (packet, header, (guint) header_length);
  g_byte_array_append (packet, payload, (guint) length);
}

GBytes *
bw_ws_close_new (guint16     code,
                 const char *reason)
{
  guint8 frame[2 + CONTROL_PAYLOAD_MAX];
  gsize length = MIN (strlen (reason), CONTROL_PAYLOAD_MAX - 2);

  /* Not in the middle of a character. */
  while (length > 0 && ((guint8) reason[length] & 0xc0) == 0x80)
    length--;

  write_header (frame, BW_WS_CLOSE, length + 2);
  frame[2] = (guint8) (code >> 8);
  frame[3] = (guint8) code;
  memcpy (frame + 4, reason, length);
  return g_bytes_new (frame, length + 4);
}
