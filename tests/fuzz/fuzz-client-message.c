/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes become a message of one of the two dialects, or an error in words. */

#include "bw-fuzz.h"

#include "wire/bw-client-message.h"
#include "wire/bw-viewer-message.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static void
fuzz_viewer (const char *text,
             size_t      size)
{
  g_autoptr (GError) error = NULL;
  BwViewerMessage message = { 0 };
  guint32 seq;

  bw_viewer_message_parse_ack ((const guint8 *) text, size, &seq);
  if (!bw_viewer_message_parse (text, size, &message, &error))
    {
      if (error == NULL || error->domain != BW_WIRE_ERROR
          || !g_utf8_validate (error->message, -1, NULL))
        fuzz_fail ("refused without a word");
    }
  else if (!g_utf8_validate (message.name, -1, NULL)
           || message.n_selected > BW_VIEWER_SELECTION_MAX
           || message.x_nm > BW_COORD_MAX_NM || message.x_nm < -BW_COORD_MAX_NM
           || message.command > BW_COMMAND_WEIGH || message.role > 2)
    {
      fuzz_fail ("a message that is not to be had");
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  /* A copy of its own, so that a read beyond its end is seen. */
  g_autofree char *text = g_memdup2 (data, size);
  g_autoptr (GError) error = NULL;
  BwClientMessage message = { 0 };

  if (!bw_client_message_parse (text, size, &message, &error))
    {
      if (error == NULL || error->domain != BW_WIRE_ERROR
          || !g_utf8_validate (error->message, -1, NULL))
        fuzz_fail ("refused without a word");
    }
  else if (message.kind == BW_CLIENT_MESSAGE_COMMAND && message.command != BW_COMMAND_PAUSE
           && message.command != BW_COMMAND_RESUME && message.command != BW_COMMAND_STOP)
    {
      fuzz_fail ("a command that is not to be had");
    }
  fuzz_viewer (text, size);
  return 0;
}
