/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/bw-client-message.h"

#include <string.h>

#include "wire/bw-json-input.h"

static gboolean
look_up (const char      *type,
         BwClientMessage *message_out)
{
  static const BwCommandKind commands[] = { BW_COMMAND_PAUSE, BW_COMMAND_RESUME, BW_COMMAND_STOP };

  if (strcmp (type, "ping") == 0)
    {
      *message_out = (BwClientMessage) { .kind = BW_CLIENT_MESSAGE_PING };
      return TRUE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (strcmp (type, bw_command_kind_name (commands[i])) == 0)
        {
          *message_out = (BwClientMessage) {
            .kind = BW_CLIENT_MESSAGE_COMMAND,
            .command = commands[i],
          };
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
bw_client_message_parse (const char      *text,
                         gsize            length,
                         BwClientMessage *message_out,
                         GError         **error)
{
  g_autoptr (JsonParser) parser = NULL;
  const char *type;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  parser = bw_json_input_parse (text, length, &type, error);
  if (parser == NULL)
    return FALSE;

  if (!look_up (type, message_out))
    {
      g_set_error_literal (error, BW_WIRE_ERROR, BW_WIRE_ERROR_CONTENT,
                           "The \"type\" of a message is one of pause, resume, stop and ping");
      return FALSE;
    }

  return TRUE;
}
